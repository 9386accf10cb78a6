"""The palette does what was typed: exact words and ids first, however fast enter follows."""

from __future__ import annotations

import pytest

from planner.cli.main import COMMANDS
from planner.conflicts.registry import RULES
from planner.roadmap.ids import plain_letters
from planner.session.session import Session
from planner.tui.dialogs.form import FormDialog
from planner.tui.dialogs.search import SearchDialog
from planner.tui.shell.actions import ACTIONS, SYNONYMS
from planner.tui.shell.commands import Command, found, places
from planner.tui.views.by_name import IN_A_SHELL
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


FIRST = [
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
]


async def test_the_exact_word_is_first_then_what_begins_so(acme: Session) -> None:
    async with looking(acme) as board:
        found = [(typed, first(view(board), typed)) for typed, _ in FIRST]
    assert found == FIRST


CALLED = [
    ("delete", "remove"),
    ("Remove", "remove"),
    ("estimate", "estimate"),
    ("export", "export"),
    ("save", "w"),
    ("group", "regroup"),
    ("who owns", "agreements"),
    ("dependency", "link"),
    ("depends", "link"),
    ("block", "link"),
    ("zoom", "zoom"),
    ("today", "today"),
    ("exit", "q"),
    ("print", "report"),
    ("report", "report"),
    ("asks", "asks"),
    ("baseline", "baseline"),
    ("kanban", "by status"),
    ("capacity", "capacity"),
    ("commit", "commit"),
    ("scenario", "what-if"),
    ("guide", "guide"),
    ("gantt", "board"),
    ("timeline", "board"),
    ("risk", "conflicts"),
    ("search", "filter"),
    ("new", "add"),
    ("colours", "theme"),
    ("answer", "agree"),
    ("settings", "config edit"),
    ("date01", "DATE01"),
    ("DATE01", "DATE01"),
    ("deadline-missed", "DATE01"),
    ("add decision", "add decision"),
    ("decisions", "list decisions"),
    ("next-month", "view: Starts within a month"),
    ("pim", "pim"),
    ("crm", "crm"),
]


async def test_what_people_call_it_finds_it(acme: Session) -> None:
    async with looking(acme) as board:
        found = [(typed, first(view(board), typed)) for typed, _ in CALLED]
    assert found == CALLED


def test_every_synonym_is_of_an_action_and_none_is_its_name() -> None:
    assert SYNONYMS.keys() <= ACTIONS.keys()
    for id, words in SYNONYMS.items():
        assert len(set(words)) == len(words), id
        assert ACTIONS[id].label not in words, id
        assert all(plain_letters(word) == word for word in words), id


async def test_the_code_of_a_rule_opens_its_page(acme: Session) -> None:
    async with looking(acme, (120, 36)) as board:
        await board.press("colon", *_keys("date02"), "enter")
        await board.rest()
        assert view(board).view_name == "rules"
        assert board.line_with("DATE02").startswith("▸")
        await board.press("backspace")
        assert view(board).view_name == "board"


async def test_what_cant_be_done_now_is_dim_and_says_why(small: Session) -> None:
    async with looking(small) as board:
        await board.press("colon", *"undo")
        assert "Nothing to undo" in board_lines(board)[0]
        await board.press("escape", "2", "colon", *"zoom out")
        assert "Only in board" in board_lines(board)[0]
        await board.press("enter")
        assert "Only in board" in board.foot


async def test_what_only_a_command_does_is_copied(
    small: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(small.path.parent)
    async with looking(small) as board:
        await board.press("colon", *"report", "enter")
        assert board.app.clipboard == "planner report -r roadmap.toml"
        assert "planner report" in board.foot


async def test_every_command_that_is_copied_is_one(small: Session) -> None:
    assert {name.split()[0] for name in IN_A_SHELL} <= COMMANDS.keys()
    async with looking(small) as board:
        names = [each.name for each in view(board).by_name.commands()]
        assert {*IN_A_SHELL, *RULES} <= {*names}


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
        assert board_lines(board)[0].split() == ["▸", "w", "No", "unsaved", "changes:", "Save", "w"]


async def test_nothing_found_is_said_and_enter_does_nothing(small: Session) -> None:
    async with looking(small) as board:
        await board.press("colon", *"xyzzy", "enter")
        assert "no match" in board.text
