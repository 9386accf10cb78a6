"""The board's columns, its order, and saving what is shown as a view."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from syrupy.assertion import SnapshotAssertion

from planner.pages.columns import cell
from planner.query.arrangement import Arrangement, in_sort
from planner.query.columns import COLUMNS, SORTS, Facts
from planner.session.session import Session
from planner.text.edits import SetKey
from planner.tui.board.columns import columns, table_width
from tests.tui.looking import Looked, looking
from tests.tui.test_grouping import titles
from tests.tui.test_shell import view

PLAN = """
[roadmap]
start = 2027-03-01
[teams.crm]
title = "CRM desk"
portfolio = "marketing"
[initiatives.mail]
owner = "crm"
estimate = "4w"
priority = 2
cost = 40000
[initiatives.api]
portfolio = "it"
estimate = "1w"
priority = 1
[initiatives.push]
owner = "crm"
estimate = "2w"
needs = ["api"]
[views.late-work]
title = "Late work"
query = "owner:crm"
group_by = "none"
sort = "-finish"
columns = ["finish", "cost", "owner"]
"""


@pytest.fixture
def plan(roadmap: Callable[[str], Session]) -> Session:
    return roadmap(PLAN)


def heading(board: Looked) -> list[str]:
    """The words over the table."""
    return board.lines[2][:60].split()


async def test_columns_are_chosen_and_ordered_in_a_dialog(plan: Session) -> None:
    async with looking(plan, (120, 36)) as board:
        await board.press("colon", *"columns", "enter")
        assert "Columns after the title" in board.text
        await board.press("0")
        await board.press("colon", *"columns", "enter", "G", "space", "home", "greater_than_sign")
        shown = list(board.app.desk.columns)
        assert shown == []
        await board.press("enter")
        shown = list(board.app.desk.columns)
        assert shown[-1] == "next"
        assert shown[1] == "owner", "it was the first, and was moved"
        await board.press("colon", *"columns", "enter", "0")
        assert board.app.desk.columns == ()


async def test_a_saved_view_has_its_columns_and_what_has_no_room_is_counted(plan: Session) -> None:
    async with looking(plan, (120, 36)) as board:
        await board.press("colon", *"late-work", "enter")
        assert board.app.desk.columns == ("finish", "cost", "owner")
        words = heading(board)
        assert words[-3:] == ["Finis↓", "Cost", "Owner"]
        assert board.lines[2].startswith(" View late-work, flat, −finish")
        assert titles(board) == ["mail", "push"]
        assert "€" not in board.row("mail").line
        assert "40k" in board.row("mail").line
        await board.press("escape")
        assert board.lines[2].startswith(" View late-work, changed")
    plan.apply(SetKey("views", "late-work", ("columns",), [*COLUMNS]))
    async with looking(plan, (200, 60)) as board:
        await board.press("colon", *"late-work", "enter")
        shown = len(columns(200, chosen=COLUMNS)) - 1
        assert f"View late-work, +{len(COLUMNS) - 1 - shown} " in board.lines[2]


async def test_s_sorts_and_again_turns_it_round_and_the_cursor_stays(plan: Session) -> None:
    async with looking(plan) as board:
        await board.press("r", "r", "r", "r", "r", "r")
        view(board).select("initiatives", "push")
        await board.press("S", *"finish", "enter")
        assert titles(board) == ["api", "push", "mail"]
        assert board.selected == "push"
        assert "finish" in board.lines[2]
        await board.press("S", "enter")
        assert titles(board) == ["mail", "push", "api"]
        assert "−finish" in board.lines[2]
        view(board).changes.make(SetKey("initiatives", "push", ("estimate",), "9w"))
        await board.rest()
        assert titles(board) == ["push", "mail", "api"]
        assert board.selected == "push"
        await board.press("S", *"file", "enter")
        assert titles(board) == ["mail", "api", "push"]


async def test_what_is_shown_is_saved_as_a_view_and_over_another_after_a_question(
    plan: Session,
) -> None:
    async with looking(plan, (120, 36)) as board:
        await board.press("r", "slash", *"owner:crm", "ctrl+s")
        await board.press(*"What CRM does", "enter")
        assert plan.plan.written("views", "what-crm-does") == {
            "title": "What CRM does",
            "query": "owner:crm",
            "group_by": "group",
        }
        assert board.lines[2].startswith(" View what-crm-does")
        last = plan.history.last_command()
        assert last is not None
        assert last.startswith("planner add views.what-crm-does")
        await board.press("u")
        assert "what-crm-does" not in plan.plan.roadmap.views
        await board.press("colon", *"save view", "enter", *"late-work", "enter")
        assert "Replace the saved view late-work?" in board.text
        await board.press("escape", "escape")
        assert plan.plan.roadmap.views["late-work"].sort == "-finish"
        await board.press("colon", *"save view", "enter", *"late-work", "enter", "right", "enter")
        assert plan.plan.written("views", "late-work") == {
            "title": "Late work",
            "query": "owner:crm",
            "group_by": "group",
        }


@pytest.mark.parametrize("sort", SORTS)
def test_each_column_can_be_sorted_by_either_way(acme: Session, sort: str) -> None:
    plan = acme.plan
    forth, back = (
        [each.id for each in in_sort(plan, minus + sort, Facts(plan))] for minus in ("", "-")
    )
    assert sorted(forth) == sorted(back) == sorted(plan.roadmap.initiatives)
    assert forth != back or sort == "announced", "of which the sample has one"


def test_each_column_says_something_of_some_initiative(acme: Session) -> None:
    plan = acme.plan
    facts, known = Facts(plan), plan.roadmap.initiatives.values()
    silent = [
        name for name in COLUMNS if not any(cell(name, facts, one, 9, None)[0] for one in known)
    ]
    assert silent == ["moved", "tags"], "without a baseline, and the sample has no tags"


@pytest.mark.parametrize("width", range(60, 260, 20))
def test_chosen_columns_stand_in_their_order_and_leave_from_the_right(width: int) -> None:
    chosen = tuple(name for name in reversed(COLUMNS) if name != "title")
    shown = [each.name for each in columns(width, chosen=chosen)]
    assert shown == ["title", *chosen[: len(shown) - 1]]
    assert table_width(columns(width, chosen=chosen)) <= width - width // 4


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_flat_sorted_board_with_chosen_columns(
    acme: Session, snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    async with looking(acme, size) as board:
        desk = board.app.desk
        desk.arrangement = Arrangement(
            "-done", "none", "-float", ("finish", "float", "conflicts", "next", "cost", "progress")
        )
        view(board).catch_up()
        await board.rest()
        assert board.text == snapshot
