"""The board's rows under other headings: by group, owner, status or outcome, and saved views."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from planner.query.arrangement import GROUPINGS
from planner.session.session import Session
from planner.text.edits import SetKey
from planner.tui.board.timeline import Timeline
from planner.tui.shell.commands import found
from tests.tui.looking import Looked, looking
from tests.tui.test_shell import view

PLAN = """
[roadmap]
start = 2027-03-01
[teams.crm]
title = "CRM desk"
portfolio = "marketing"
[teams.data]
portfolio = "it"
[outcomes.reach]
title = "More reach"
[outcomes.trust]
title = "More trust"
[groups.base]
[groups.base-api]
part_of = "base"

[initiatives.mail]
owner = "crm"
estimate = "4w"
outcomes = ["reach"]
journey = ["discover"]
part_of = "base"
[initiatives.api]
owner = "data"
estimate = "1w"
part_of = "base-api"
status = "active"
outcomes = ["trust", "reach"]
[initiatives.push]
owner = "crm"
estimate = "2w"
part_of = "base"
needs = ["api"]
[initiatives.clean-up]
estimate = "1w"

[views.crm-first]
title = "CRM, the longest first"
query = "owner:crm"
group_by = "status"
sort = "-finish"
[views.odd]
title = "An odd one"
group_by = "teams"
"""


@pytest.fixture
def plan(roadmap: Callable[[str], Session]) -> Session:
    return roadmap(PLAN)


def headings(board: Looked) -> list[str]:
    return [line[1:40].split("  ")[0].strip() for line in board.lines if "▾" in line or "▹" in line]


def under(board: Looked, heading: str) -> list[str]:
    """The titles of the rows under an outermost heading."""
    lines = [line[:40] for line in board.lines[3:-1]]
    at = next(index for index, line in enumerate(lines) if f"▾ {heading}" in line)
    titles = []
    for line in lines[at + 1 :]:
        if not line.strip() or "▾" in line:
            break
        titles.append(line.split()[1])
    return titles


def titles(board: Looked) -> list[str]:
    """The titles of the rows of a flat board."""
    lines = [line[:40] for line in board.lines[3:-1]]
    return [line.split()[1] for line in lines if line[1:2].strip() and line[2:3] == " "]


async def test_r_goes_through_the_groupings_and_comes_back(plan: Session) -> None:
    async with looking(plan) as board:
        first = headings(board)
        assert first[:1] == ["▾ MARKETING"]
        await board.press("r")
        assert headings(board) == ["▾ base", "▾ base-api", "▾ No group"]
        await board.press("r")
        assert headings(board) == ["▾ CRM desk", "▾ data", "▾ No owner"]
        assert "Initiative by owner" in board.lines[2]
        await board.press("r")
        assert headings(board) == ["▾ Planned", "▾ Active"]
        await board.press("r")
        assert headings(board) == ["▾ More reach", "▾ More trust", "▾ No outcome"]
        await board.press("r")
        assert headings(board) == ["▾ Discover", "▾ No stage of the customer journey"]
        await board.press("r")
        assert headings(board) == []
        assert "Initiative flat" in board.lines[2]
        assert titles(board) == ["mail", "api", "push", "clean-up"]
        await board.press("z")
        assert "No groups to fold" in board.foot
        await board.press("r")
        assert headings(board) == first
        assert "by portfolio: 4 initiatives" in board.foot.lower()


async def test_the_cursor_stays_on_its_initiative(plan: Session) -> None:
    async with looking(plan) as board:
        view(board).select("initiatives", "push")
        for _ in GROUPINGS:
            await board.press("r")
            assert board.selected == "push"


async def test_work_for_two_outcomes_stands_under_both_and_the_cursor_stays_where_it_is(
    plan: Session,
) -> None:
    async with looking(plan) as board:
        await board.press("r", "r", "r", "r")
        assert under(board, "More reach") == ["mail", "api"]
        assert under(board, "More trust") == ["api"]
        await board.press("g", "j", "j", "j", "j")
        assert board.selected == "api"
        view(board).changes.make(SetKey("initiatives", "api", ("estimate",), "2w"))
        await board.press("2", "1", "j")
        assert board.app.desk.selected is None, "the heading after the second place"


async def test_a_fold_is_of_one_heading_and_is_kept_for_its_grouping(plan: Session) -> None:
    async with looking(plan) as board:
        await board.press("r", "r", "g", "z")
        assert headings(board)[0].startswith("▹ CRM desk")
        assert not board.shows("mail")
        await board.press("r")
        assert board.shows("mail")
        await board.press("colon", *"group by owner", "enter")
        assert not board.shows("mail")
        await board.press("Z", "Z")
        assert board.shows("mail")


async def test_folding_a_group_stays_in_its_portfolio(plan: Session) -> None:
    """Both sides' work is part of `base`: the one that is folded is the one under the cursor."""
    async with looking(plan) as board:
        view(board).select("initiatives", "api")
        await board.press("z", "k")
        assert [line.split()[0:2] for line in board.lines if "base" in line] == [
            ["▾", "base"], ["▾", "base"], ["▹", "base-api"],
        ]  # fmt: skip
        await board.press("z")
        assert [line.split()[0:2] for line in board.lines if "base" in line] == [
            ["▾", "base"], ["▹", "base"],
        ]  # fmt: skip
        shown = board.app.screen.query_one(Timeline)
        base = (("portfolios", "it"), ("groups", "base"))
        assert shown.row is not None
        assert shown.row.under == base


async def test_it_works_with_a_filter(plan: Session) -> None:
    async with looking(plan) as board:
        await board.press("r", "r", "slash", *"status:active", "enter")
        assert headings(board) == ["▾ data"]
        await board.press("escape")
        assert len(headings(board)) == 3


async def test_a_row_moves_to_its_new_heading_with_the_cursor(plan: Session) -> None:
    async with looking(plan) as board:
        await board.press("r", "r", "r")
        view(board).select("initiatives", "mail")
        view(board).changes.make(SetKey("initiatives", "mail", ("status",), "active"))
        await board.rest()
        assert under(board, "Active") == ["mail", "api"]
        assert board.selected == "mail"


async def test_what_is_no_table_says_why_it_cannot_be_edited(plan: Session) -> None:
    async with looking(plan) as board:
        await board.press("r", "r", "r", "g", "E")
        assert "Select a row first" in board.foot
        await board.press("enter")
        assert headings(board)[0].startswith("▹ Planned")


async def test_a_filter_set_elsewhere_is_in_force_on_the_board(plan: Session) -> None:
    async with looking(plan) as board:
        await board.press("2", "slash", *"owner:crm", "enter", "1")
        assert board.shows("mail")
        assert not board.shows("clean-up")


async def test_a_saved_view_is_asked_for_by_name(plan: Session) -> None:
    async with looking(plan) as board:
        await board.press("2")
        await board.press("colon", *"view: crm", "enter")
        assert headings(board) == ["▾ Planned"]
        assert under(board, "Planned") == ["mail", "push"]
        assert board.lines[2].startswith(" View crm-first")
        view(board).changes.make(SetKey("initiatives", "push", ("estimate",), "9w"))
        await board.rest()
        assert under(board, "Planned") == ["push", "mail"]


async def test_a_view_that_names_what_is_not_says_so_and_changes_nothing(plan: Session) -> None:
    async with looking(plan) as board:
        before = headings(board)
        await board.press("colon", *"view: an odd", "enter")
        assert '"teams"' in board.foot
        assert "views.odd.group_by" in board.foot
        assert headings(board) == before


async def test_the_palette_groups_and_sorts(plan: Session) -> None:
    async with looking(plan) as board:
        await board.press("colon", *"group by status", "enter")
        await board.press("colon", *"sort by finish", "enter")
        assert under(board, "Planned") == ["clean-up", "push", "mail"]
        assert found("sort by file", view(board).by_name.commands())[0].name == "sort by file"


async def test_other_rows_begin_with_a_heading_at_the_end_of_the_list_too(acme: Session) -> None:
    async with looking(acme) as board:
        await board.press("r", "r")
        assert board.selected == "peak-readiness"
        assert board.lines[3].startswith(" ▾ Growth")
