"""Cards by status: their columns, lanes, order, and what is more than `[checks] wip` allows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from planner.analysis.statuses import Statuses, a_month_after, statuses_of
from planner.pages.lines import plain
from planner.pages.statuses import lay_out, statuses_page
from planner.plan.model import Plan
from planner.session.session import Session

WORK = """
[roadmap]
start = 2027-03-01
status_date = 2027-03-22
[teams.crm]
title = "CRM"
portfolio = "marketing"
[teams.data]
portfolio = "it"
[people.ana]
team = "data"
[initiatives.far]
owner = "crm"
estimate = "1w"
start_no_earlier_than = 2027-06-01
[initiatives.on-the-day]
owner = "crm"
estimate = "1w"
start_no_earlier_than = 2027-04-22
[initiatives.a-day-after]
owner = "crm"
estimate = "1w"
start_no_earlier_than = 2027-04-23
[initiatives.sooner]
owner = "crm"
estimate = "1w"
start_no_earlier_than = 2027-04-05
[initiatives.running]
owner = "data"
estimate = "9w"
status = "active"
actual_start = 2027-03-01
[initiatives.nearly]
owner = "ana"
estimate = "4w"
status = "active"
actual_start = 2027-03-01
[initiatives.resting]
owner = "data"
estimate = "4w"
status = "paused"
actual_start = 2027-03-01
[initiatives.finished]
portfolio = "joint"
estimate = "1w"
status = "done"
actual_start = 2027-03-01
actual_finish = 2027-03-05
[initiatives.an-idea]
owner = "data"
estimate = "1w"
status = "proposed"
[initiatives.given-up]
owner = "data"
estimate = "1w"
status = "dropped"
"""


@pytest.fixture
def made(tmp_path: object) -> Callable[[str], Plan]:
    from pathlib import Path

    def plan(text: str) -> Plan:
        file = Path(str(tmp_path)) / "roadmap.toml"
        file.write_text(text, encoding="utf-8")
        return Session.open(file, today=date(2027, 3, 22)).plan

    return plan


def cards(found: Statuses) -> Mapping[str, Mapping[str, list[str]]]:
    """The ids by lane and column."""
    return {
        lane.title: {column: [card.id for card in each] for column, each in lane.cards.items()}
        for lane in found.lanes
    }


def test_columns_are_by_status_and_a_month_and_lanes_by_side(made: Callable[[str], Plan]) -> None:
    found = statuses_of(made(WORK))
    assert found.until == date(2027, 4, 22)
    assert cards(found) == {
        "Marketing": {"soon": ["sooner", "on-the-day"], "later": ["a-day-after", "far"]},
        "Joint": {"done": ["finished"]},
        "IT": {
            "active": ["nearly", "running"],
            "paused": ["resting"],
            "proposed": ["an-idea"],
            "dropped": ["given-up"],
        },
    }
    assert found.total == 10
    assert found.counts["later"] == found.counts["soon"] == found.counts["active"] == 2


def test_a_month_ends_with_the_month_where_the_next_one_is_shorter() -> None:
    assert a_month_after(date(2027, 1, 31)) == date(2027, 2, 28)
    assert a_month_after(date(2027, 12, 31)) == date(2028, 1, 31)


def test_other_lanes_and_a_filter(made: Callable[[str], Plan]) -> None:
    plan = made(WORK)
    found = statuses_of(plan, "owner", {"running", "nearly", "finished"})
    assert cards(found) == {
        "data": {"active": ["running"]},
        "ana": {"active": ["nearly"]},
        "No owner": {"done": ["finished"]},
    }
    assert found.total == 3


@pytest.mark.parametrize(
    ("wip", "over"),
    [
        ("wip = 2", {}),
        ("wip = 1", {"data": (2, 1)}),
        ("wip = 0", {"data": (2, 0)}),
        ("[checks.wip]\ndata = 1\ncrm = 0", {"data": (2, 1)}),
        ("[checks.wip]\ncrm = 1", {}),
        ("", {}),
    ],
)
def test_more_in_progress_than_wip_allows(
    made: Callable[[str], Plan], wip: str, over: dict[str, tuple[int, int]]
) -> None:
    """Of people for their team; what is paused is not in progress, and a filter hides no excess."""
    found = statuses_of(made(f"{WORK}[checks]\n{wip}\n"), "owner", {"running"})
    assert {one.team: (one.active, one.limit) for one in found.too_much} == over
    told = next(lane.too_much for lane in found.lanes if lane.title == "data")
    assert (told is not None) == ("data" in over)


@pytest.mark.parametrize("width", [60, 72, 80, 100, 120, 160, 200])
def test_the_board_is_as_wide_as_it_may_be_and_cuts_no_figure(acme: Plan, width: int) -> None:
    found = statuses_of(acme)
    text = list(plain(statuses_page(found, width)))
    assert max(map(len, text)) <= width
    whole = "\n".join(text)
    for column, head in (("later", "later 20"), ("active", "active 6"), ("done", "done 5")):
        assert head in whole, column
    layout = lay_out(found, found.shown(unfolded=False), width, "done")
    assert sum(layout.widths) == width
    assert "done" in layout.drawn


@pytest.fixture
def acme() -> Plan:
    from tests.tui.conftest import ROOT

    return Session.open(ROOT / "roadmaps" / "acme-2027", today=date(2027, 3, 22)).plan
