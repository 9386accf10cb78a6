"""A filter on a screen: what is wrong with it stays in sight as long as it is in force."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from planner.session.session import Session
from tests.tui.conftest import SMALL
from tests.tui.looking import Looked, looking


async def filtered(board: Looked, text: str) -> Looked:
    """Type a filter, and leave it in force."""
    names = {" ": "space", "<": "less_than_sign", "!": "exclamation_mark", ":": "colon"}
    await board.press("slash", *(names.get(letter, letter) for letter in text), "enter")
    return await board.rest()


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (120, 36)])
async def test_an_error_stays_until_the_filter_is_another(
    small: Session, size: tuple[int, int]
) -> None:
    async with looking(small, size) as board:
        await filtered(board, "flaot < 10 zzz")
        assert "no key `flaot`" in board.state
        await board.press("j", "2")
        await board.rest()
        assert "no key `flaot`" in board.state
        await board.press("1", "escape")
        await board.rest()
        assert "flaot" not in board.text
        assert board.shows("Profile API")


async def test_what_people_type_in_other_programs_works(small: Session) -> None:
    async with looking(small) as board:
        await filtered(board, "float < 0 !owner:crm")
        assert board.shows("Profile API")
        assert not board.shows("Web push")
        await board.press("escape")
        await filtered(board, "tag or push")
        assert board.shows("Tag clean-up")
        assert board.shows("Web push")
        assert not board.shows("Profile API")


async def test_accents_do_not_matter_in_the_palette(
    roadmap: Callable[[str], Session],
) -> None:
    session = roadmap(SMALL.replace("Web push", "Öl für Maß"))
    async with looking(session) as board:
        await board.press("G", "colon", *"ol", "space", *"fur", "space", *"mass", "enter")
        await board.rest()
        assert board.selected == "web-push"
