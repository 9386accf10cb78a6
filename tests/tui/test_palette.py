"""The palette does what was typed: exact words and ids first, however fast enter follows."""

from __future__ import annotations

import pytest

from planner.session.session import Session
from planner.tui.dialogs.form import FormDialog
from planner.tui.dialogs.search import SearchDialog
from planner.tui.shell.commands import Command, found, places
from planner.tui.views.view import View
from tests.tui.looking import Looked, looking
from tests.tui.test_shell import EDIT, view


def all_found(view: View, query: str) -> list[Command]:
    ids = places(view.plan.roadmap)
    return found(query, view.by_name.commands(), ids, view.by_name.jump)


def first(view: View, query: str) -> str:
    return all_found(view, query)[0].name


async def test_q_quits_even_when_typed_fast(acme: Session) -> None:
    async with looking(acme) as board:
        await board.press("colon", "q", "enter")
        assert board.app.return_code == 0


async def test_wq_saves_and_quits(small: Session) -> None:
    async with looking(small) as board:
        view(board).changes.make(EDIT, "shorter")
        await board.press("colon", "w", "q", "enter")
        assert small.path.read_text().count('"1w"') == 2
        assert board.app.return_code == 0


async def test_q_with_a_bang_loses_what_is_unsaved(small: Session) -> None:
    async with looking(small) as board:
        view(board).changes.make(EDIT, "shorter")
        await board.press("colon", "q", "exclamation_mark", "enter")
        assert board.app.return_code == 0
        assert small.path.read_text().count('"1w"') == 1


async def test_an_exact_id_is_jumped_to(acme: Session) -> None:
    async with looking(acme) as board:
        await board.press("colon", *_keys("customer-sso"), "enter")
        await board.rest()
        assert board.selected == "customer-sso"
        assert not isinstance(board.app.screen, FormDialog)


def _keys(text: str) -> list[str]:
    return ["minus" if letter == "-" else letter for letter in text]


async def test_an_initiative_comes_before_a_system_of_the_same_id(acme: Session) -> None:
    assert "api-gateway" in acme.plan.roadmap.systems
    async with looking(acme) as board:
        await board.press("colon", *_keys("api-gateway"), "enter")
        await board.rest()
        assert board.selected == "api-gateway"
        assert not isinstance(board.app.screen, FormDialog)


async def test_enter_acts_on_what_stands_in_the_input_and_not_on_an_older_list(
    small: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SearchDialog, "on_input_changed", lambda *_: None)
    async with looking(small) as board:
        await board.press("colon", "q", "enter")
        assert board.app.return_code == 0


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("w", "w"),
        ("q", "q"),
        ("wq", "wq"),
        ("q!", "q!"),
        ("undo", "undo"),
        ("customer-sso", "customer-sso"),
        ("zoom o", "zoom out"),
        ("theme l", "theme light"),
        ("systems", "list systems"),
        ("glossary", "edit glossary"),
    ],
)
async def test_the_exact_word_is_first_then_what_begins_so(
    acme: Session, typed: str, name: str
) -> None:
    async with looking(acme) as board:
        assert first(view(board), typed) == name


async def test_it_starts_with_what_is_useful_and_leaves_steps_out(small: Session) -> None:
    async with looking(small) as board:
        await board.press("colon")
        assert board_lines(board)[0].startswith("▸ fixes")
        names = [each.name for each in view_under(board).by_name.commands()]
        assert not {"down", "up", "page", "first", "−week", "palette"} & {*names}


def view_under(board: Looked) -> View:
    under = board.app.screen_stack[0]
    assert isinstance(under, View)
    return under


def board_lines(board: Looked) -> list[str]:
    """The hits, one a line, without the frame."""
    lines = [line.strip(" │") for line in board.lines if "│" in line]
    start = next(at for at, line in enumerate(lines) if line.startswith("▸"))
    return lines[start:]


async def test_every_hit_is_one_line_with_its_key_at_the_right(acme: Session) -> None:
    async with looking(acme) as board:
        await board.press("colon", *"save")
        assert board_lines(board)[0].split() == ["▸", "w", "Save", "w"]


async def test_nothing_found_is_said_and_enter_does_nothing(small: Session) -> None:
    async with looking(small) as board:
        await board.press("colon", *"xyzzy", "enter")
        assert "no match" in board.text
