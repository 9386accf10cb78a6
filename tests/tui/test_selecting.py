"""Selecting several initiatives, and what keys do to all of them: one edit, one undo step."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from syrupy.assertion import SnapshotAssertion

from planner.query.arrangement import Arrangement
from planner.session.session import Session
from planner.text.edits import RenameId
from tests.tui.looking import Looked, looking
from tests.tui.test_shell import view

PLAN = """
[roadmap]
start = 2027-03-01
status_date = 2027-03-01
[teams.crm]
portfolio = "marketing"
[outcomes.reach]
[outcomes.trust]
[initiatives.mail]
owner = "crm"
estimate = ["2w", "4w", "8w"]
deadline = 2027-06-01
cost = 40000
outcomes = ["reach"]
[initiatives.push]
owner = "crm"
estimate = "13d"
deadline = 2027-06-04
outcomes = ["reach", "trust"]
[initiatives.site]
owner = "crm"
estimate = "2w"
[initiatives.base]
portfolio = "it"
estimate = "1w"
needs = []
[initiatives.last]
portfolio = "it"
estimate = "1w"
needs = ["push", "site", "base"]
"""


@pytest.fixture
def plan(roadmap: Callable[[str], Session]) -> Session:
    return roadmap(PLAN)


def chosen(board: Looked) -> list[str]:
    return list(board.app.desk.together)


def written(plan: Session, key: str) -> dict[str, object]:
    return {id: plan.plan.written("initiatives", id).get(key) for id in ("mail", "push", "site")}


async def all_of_crm(board: Looked) -> None:
    """Select mail, push and site, by a range from the first."""
    view(board).select("initiatives", "mail")
    await board.press("v", "j", "j", "v")


async def test_space_toggles_v_takes_a_range_and_escape_gives_it_up_before_the_filter(
    plan: Session,
) -> None:
    async with looking(plan) as board:
        await board.press("slash", *"-dropped", "enter")
        view(board).select("initiatives", "mail")
        await board.press("space")
        assert chosen(board) == ["mail"]
        assert board.lines[4].startswith("*")
        assert "1 selected · 20 working days · 40k" in board.state
        await board.press("j", "space", "k", "space")
        assert chosen(board) == ["push"]
        assert "1 selected · 13 working days" in board.state
        await board.press("v", "j", "j")
        assert chosen(board) == ["push", "mail", "site"]
        await board.press("k", "k")
        assert chosen(board) == ["push", "mail"]
        await board.press("j", "v", "G")
        assert chosen(board) == ["push", "mail"]
        await board.press("2")
        assert "2 selected" in board.state
        await board.press("1", "escape")
        assert chosen(board) == []
        assert board.app.desk.filter == "-dropped"
        await board.press("escape")
        assert board.app.desk.filter == ""


async def test_a_key_of_all_is_one_edit_and_one_step_back(plan: Session) -> None:
    async with looking(plan) as board:
        await all_of_crm(board)
        assert chosen(board) == ["mail", "push", "site"]
        await board.press("equals_sign", *"+1w", "enter")
        longer = {"mail": ["3w", "5w", "9w"], "push": "18d", "site": "3w"}
        assert written(plan, "estimate") == longer
        await board.press("E", *"priority", "enter", *"2", "enter")
        assert written(plan, "priority") == {"mail": 2, "push": 2, "site": 2}
        command = plan.history.last_command() or ""
        assert command.count("planner set") == 3
        await board.press("E", *"outcomes", "enter", *"-reach", "enter")
        assert "site: outcomes" in board.text
        await board.press("right", "enter")
        assert written(plan, "outcomes") == {"mail": None, "push": ["trust"], "site": None}
        await board.press("u")
        assert written(plan, "outcomes")["mail"] == ["reach"]
        assert written(plan, "outcomes")["push"] == ["reach", "trust"]
        await board.press("u", "u")
        assert written(plan, "estimate") == {
            "mail": ["2w", "4w", "8w"],
            "push": "13d",
            "site": "2w",
        }
        assert plan.history.undo_label is None


async def test_what_some_cannot_take_is_asked_by_row_and_what_none_can_is_refused(
    plan: Session,
) -> None:
    async with looking(plan, (120, 36)) as board:
        await all_of_crm(board)
        await board.press("E", *"deadline", "enter", *"+2w")
        assert "site: deadline has no value to move" in board.text
        await board.press("enter")
        assert "Change only 2 of 3?" in board.text
        await board.press("escape", "escape")
        assert plan.history.undo_label is None
        await board.press("E", *"must_start_on", "enter", *"+2w", "enter")
        assert "must_start_on has no value to move" in board.text
        assert board.app.screen.is_modal
        await board.press("escape")
        assert plan.history.undo_label is None


async def test_status_links_moves_and_removal_are_of_all(plan: Session) -> None:
    async with looking(plan, (120, 36)) as board:
        await all_of_crm(board)
        await board.press("d", *"base", "enter", "enter")
        assert written(plan, "needs") == {"mail": ["base"], "push": ["base"], "site": ["base"]}
        await board.press("D", "enter")
        assert written(plan, "needs") == {"mail": None, "push": None, "site": None}
        await board.press("u", "u", "m", "L", "enter")
        moved = written(plan, "start_no_earlier_than")
        assert {str(day) for day in moved.values()} == {"2027-03-08"}
        await board.press("u", "s", *"act", "enter")
        assert written(plan, "status") == dict.fromkeys(moved, "active")
        await board.press("u", "y")
        assert "Copied mail push site" in board.foot
        await board.press("N")
        assert "announcement of its own" in board.foot
        await board.press("x", "down", "enter")
        assert [*plan.plan.roadmap.initiatives] == ["base", "last"]
        assert plan.plan.written("initiatives", "last")["needs"] == ["base"]
        assert chosen(board) == []
        await board.press("u")
        assert "mail" in plan.plan.roadmap.initiatives
        assert plan.history.undo_label is None


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_consequence_of_an_edit_of_all(
    acme: Session, snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    async with looking(acme, size) as board:
        for id in ("customer-sso", "segment-definitions", "cdp-foundation"):
            view(board).select("initiatives", id)
            await board.press("space")
        await board.press("equals_sign", *"+1w")
        await board.app.workers.wait_for_complete()
        await board.rest()
        assert board.text == snapshot


async def test_a_table_gets_another_id_in_every_reference(plan: Session) -> None:
    async with looking(plan, (120, 36)) as board:
        view(board).select("initiatives", "push")
        await board.press("colon", *"rename", "enter")
        assert "1 reference in roadmap.toml" in board.text
        await board.press(*"mail", "enter")
        assert board.app.screen.is_modal, "the id is taken"
        await board.press("ctrl+u", *"web-push", "enter")
        assert plan.plan.written("initiatives", "last")["needs"] == ["web-push", "site", "base"]
        assert board.selected == "web-push"
        await board.press("u")
        assert plan.plan.written("initiatives", "last")["needs"] == ["push", "site", "base"]


async def test_what_is_renamed_stays_selected_filtered_folded_and_on_the_way_back(
    plan: Session,
) -> None:
    async with looking(plan) as board:
        view(board).filtering.rearrange(Arrangement(grouping="outcome"))
        view(board).select("initiatives", "push")
        await board.press("space")
        view(board).select("initiatives", "mail")
        await board.press("space", "z")
        view(board).filtering.set("-@feeds:push")
        view(board).changes.keep(RenameId("initiatives", "push", "web-push"))
        assert "rename push to web-push" in board.foot
        for keys, now in (("", "web-push"), ("u", "push"), ("U", "web-push"), ("u", "push")):
            await board.press(*keys)
            assert chosen(board) == [now, "mail"]
            assert board.app.desk.filter == f"-@feeds:{now}"
        assert "Undone: rename push to web-push" in board.foot
        view(board).select("initiatives", "site")
        await board.press("2")
        view(board).changes.make(RenameId("initiatives", "site", "shop"))
        view(board).changes.make(RenameId("outcomes", "reach", "wide"))
        await board.press("backspace")
        assert board.selected == "shop"
        assert not board.shows("mail"), "its heading is still folded"
