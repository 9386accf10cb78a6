"""What is copied is what is seen: nothing hidden goes to where it is pasted."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from planner.session.session import Session
from planner.text.visible import visible
from tests.tui.looking import looking


@pytest.mark.parametrize(
    "id", ["a\x1b]52;c;aGk=\x07", "a\nrm -rf x\n", "\u202ea\u200b", "a\x9b2Jb"]
)
async def test_an_id_is_copied_as_it_is_seen(roadmap: Callable[[str], Session], id: str) -> None:
    session = roadmap(f'[initiatives.{json.dumps(id)}]\nestimate = "2w"\n')
    async with looking(session, (120, 36)) as board:
        await board.press("y")
        assert board.app.clipboard == visible(id)
        assert visible(board.app.clipboard) == board.app.clipboard
