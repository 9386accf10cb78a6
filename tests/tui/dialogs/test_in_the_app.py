"""Dialogs over the real board: opened by keys and by name, kept, and taken back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from planner.session.session import Session
from tests.tui.dialogs.stage import spring
from tests.tui.looking import looking


async def test_every_kind_is_listed_by_name(tmp_path: Path) -> None:
    session = spring(tmp_path)
    async with looking(session) as board:
        await board.press("colon", *"list", "space", *"systems")
        await board.rest()
        await board.press("enter")
        await board.rest()
        assert "Customer data platform" in board.text
        await board.press("a", *"CMS", "ctrl+s")
        await board.rest()
        assert "cms" in board.text
        await board.press("escape")
    assert "cms" in session.plan.roadmap.systems


async def test_the_glossary_is_edited_by_name(tmp_path: Path) -> None:
    session = spring(tmp_path)
    async with looking(session) as board:
        await board.press("colon", *"edit", "space", *"glossary")
        await board.rest()
        await board.press("enter")
        await board.rest()
        await board.press(*"lead", "space", "equals_sign", "space", *"address", "ctrl+s")
        await board.rest()
    assert session.plan.tables["glossary"][""] == {"lead": "address"}


async def test_nothing_is_asked_where_there_is_nothing_to_unlink(tmp_path: Path) -> None:
    session = spring(tmp_path)
    async with looking(session) as board:
        board.app.screen.trail.jump("initiatives", "consent-api")  # type: ignore[attr-defined]
        await board.press("D")
        assert "consent-api has no predecessors" in board.foot


async def test_a_status_set_by_key_is_kept_undone_and_told(tmp_path: Path) -> None:
    session = spring(tmp_path)
    async with looking(session) as board:
        await board.press("slash", *"consent", "enter")
        await board.rest()
        await board.press("j", "j", "s")
        await board.rest()
        assert "being worked on" in board.text
        await board.press("down", "enter")
        await board.rest()
        assert written(session)["status"] == "active"
        assert session.history.undo_label == "consent-api is active"
        await board.press("u")
        await board.rest()
        assert "status" not in written(session)
        assert "Undone: consent-api is active" in board.text


def written(session: Session) -> Mapping[str, Any]:
    table: Mapping[str, Any] = session.plan.tables["initiatives"]["consent-api"]
    return table


async def test_what_a_dialog_was_to_do_later_is_not_done_once_it_is_closed(tmp_path: Path) -> None:
    async with looking(spring(tmp_path)) as screen:
        await screen.press("s")
        dialog, late = screen.app.screen, list[bool]()
        screen.app.pop_screen()
        dialog.call_after_refresh(late.append, True)
        await screen.rest()
        assert late == []
