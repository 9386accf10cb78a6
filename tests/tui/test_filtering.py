"""A filter on a screen: what is wrong with it stays in sight as long as it is in force."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from planner.session.session import Session
from planner.tui.views.conflicts import ConflictsView
from tests.tui.conftest import SMALL
from tests.tui.looking import Looked, looking
from tests.tui.test_shell import view


async def filtered(board: Looked, text: str) -> Looked:
    """Type a filter, and leave it in force."""
    names = {" ": "space", "<": "less_than_sign", "!": "exclamation_mark", ":": "colon"}
    await board.press("slash", *(names.get(letter, letter) for letter in text), "enter")
    return await board.rest()


@pytest.mark.one_in(2)
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


@pytest.mark.parametrize("way", ["r", "5"])
async def test_what_a_filter_hides_leaves_its_mark_to_an_initiative_until_it_is_shown_again(
    small: Session, way: str
) -> None:
    async with looking(small) as board:
        view(board).select("initiatives", "web-push")
        await board.press(way)
        assert board.selected == "web-push"
        view(board).filtering.set("-push")
        await board.press("equals_sign", *"9d", "enter")
        assert board.selected in ("profile-api", "tag-cleanup", "spring-launch")
        assert small.plan.written("initiatives", board.selected)["estimate"] == "9d"
        await board.press("escape")
        assert board.selected == "web-push"
        view(board).filtering.set("-push")
        await board.press("j")
        moved = board.selected
        await board.press("escape")
        assert board.selected == moved, "where a person went"


async def test_in_a_list_the_mark_comes_from_a_row_to_a_row_and_back(acme: Session) -> None:
    async with looking(acme) as screen:
        await screen.press("2", "g", "j", "j", "z", "j", "j")
        conflicts = screen.app.screen
        assert isinstance(conflicts, ConflictsView)
        marked = conflicts.finding
        for text in ("zzz", "owner:crm"):
            conflicts.filtering.set(text)
            assert conflicts.finding != marked
        assert conflicts.finding is not None
        await screen.press("escape")
        assert conflicts.finding == marked
