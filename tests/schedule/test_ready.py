"""What can start now, and what holds the rest: link types, lags, facts, dates and decisions."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.plan.model import Plan
from planner.schedule.ready import Readiness
from tests.query.plans import TODAY, plan

DONE = 'status = "done"\nactual_start = 2027-03-01\nactual_finish = 2027-03-12\n'
STARTED = 'status = "active"\nactual_start = 2027-03-15\n'
A = "[initiatives.a]\nestimate = '2w'\n"
B = "[initiatives.b]\nestimate = '2w'\n"


def ready(text: str) -> tuple[str, ...]:
    return Readiness(plan(text).schedule).ready()


def holds(text: str, id: str = "b") -> list[tuple[str, str, date | None]]:
    return [(one.kind, one.id, one.day) for one in Readiness(plan(text).schedule).holds(id)]


@pytest.mark.parametrize(
    ("before", "need", "is_ready"),
    [
        ("", "a", False),
        (DONE, "a", True),
        (STARTED, "a", False),
        ("", "a SS", False),
        (STARTED, "a SS", True),
        (STARTED, "a SS+2w", False),
        (STARTED, "a SS+5d", True),
        (DONE, "a +5d", True),
        (DONE, "a +2w", False),
        (STARTED, "a -2w", True),
        (STARTED, "a -9d", False),
        ("", "a -2w", True),
        (STARTED, "a FF", True),
        (STARTED, "a FF+2w", False),
        (STARTED, "a SF", True),
        ('status = "dropped"\n', "a", True),
        ('status = "paused"\n' + STARTED.partition("\n")[2], "a", False),
    ],
)
def test_a_predecessor_holds_the_start_as_its_link_says(
    before: str, need: str, is_ready: bool
) -> None:
    assert ("b" in ready(f"{A}{before}{B}needs = ['{need}']\n")) is is_ready


def test_what_is_finished_today_holds_nothing() -> None:
    done = f'status = "done"\nactual_start = 2027-03-01\nactual_finish = {TODAY}\n'
    assert ready(f"{A}{done}{B}needs = ['a']\n") == ("b",)


def test_a_milestone_that_nobody_has_reached_holds_although_it_takes_no_time() -> None:
    gate = '[initiatives.gate]\nkind = "milestone"\n'
    assert ready(f"{gate}{B}needs = ['gate']\n") == ("gate",)
    assert holds(f"{gate}{B}needs = ['gate']\n") == [("initiative", "gate", TODAY)]


@pytest.mark.parametrize(
    "keys",
    [
        'status = "proposed"',
        'status = "paused"',
        'status = "dropped"',
        'status = "active"',
        'status = "done"',
        "actual_start = 2027-03-15",
        "start_no_earlier_than = 2027-03-23",
        "must_start_on = 2027-03-23",
        "finish_no_earlier_than = 2027-04-05",
        'needs = ["b"]',
        'estimate = "soon"',
    ],
)
def test_only_what_is_planned_and_held_by_no_date_can_start(keys: str) -> None:
    text = "[initiatives.b]\n" + ("" if "estimate" in keys else "estimate = '2w'\n")
    assert ready(f"{text}{keys}\n") == ()


@pytest.mark.parametrize(
    "keys",
    [
        "start_no_earlier_than = 2027-03-22",
        "finish_no_earlier_than = 2027-04-02",
        "as_late_as_possible = true",
        "deadline = 2027-03-24",
    ],
)
def test_a_date_that_has_come_or_that_moves_nothing_holds_nothing(keys: str) -> None:
    assert ready(f"{B}{keys}\n") == ("b",)


def test_a_decision_holds_until_it_is_made() -> None:
    decision = "[decisions.vendor]\nneeded_by = 2027-04-01\n"
    assert holds(f"{decision}{B}awaits = ['vendor']\n") == [
        ("decision", "vendor", date(2027, 4, 1))
    ]
    made = "decided = 2027-03-19\nchoice = 'x'\n"
    assert ready(f"{decision}{made}{B}awaits = ['vendor']\n") == ("b",)


def test_the_start_of_the_roadmap_holds_everything() -> None:
    text = f"[roadmap]\nstart = 2027-06-01\n{B}"
    assert holds(text) == [("start", "", date(2027, 6, 1))]


def test_on_a_weekend_ready_is_what_starts_on_monday() -> None:
    text = f"[roadmap]\nstatus_date = 2027-03-20\n{B}start_no_earlier_than = 2027-03-22\n"
    assert ready(text) == ("b",)


def test_each_hold_is_named_once_with_the_day_on_which_it_is_over() -> None:
    text = f"{A}{B}needs = ['a SS+1d', 'a FF']\nstart_no_earlier_than = 2027-05-03\n"
    assert holds(text) == [
        ("initiative", "a", date(2027, 3, 22)),
        ("date", "start_no_earlier_than", date(2027, 5, 3)),
    ]


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Work without milestones, decisions and finishes of today: the schedule tells all."""
    parts = []
    for number in range(draw(st.integers(2, 8))):
        before = draw(st.sets(st.integers(0, number - 1), max_size=2)) if number else set()
        needs = [f"w{other}{draw(st.sampled_from(KINDS))}" for other in sorted(before)]
        parts += [f"[initiatives.w{number}]", f"estimate = '{draw(st.integers(1, 15))}d'"]
        parts += [f"needs = {needs}", draw(st.sampled_from(("", "", STARTED, DONE)))]
        held = draw(st.sampled_from((None, None, -5, 0, 3, 8)))
        if held is not None:
            key = draw(st.sampled_from(("start_no_earlier_than", "finish_no_earlier_than")))
            parts.append(f"{key} = {TODAY + timedelta(days=held)}")
    return plan("\n".join(parts))


KINDS = ("", " SS", " FF", " SF", " +3d", " -3d", " SS+2d", " FF-2d")


@settings(max_examples=150, deadline=None)
@given(plans())
def test_ready_is_what_the_schedule_starts_on_the_status_date(found: Plan) -> None:
    """But for what starts with something that is planned for the same day and has not started."""
    known = found.roadmap.initiatives
    planned = [one for one in known.values() if one.status == "planned"]
    starting = {one.id for one in planned if (found.schedule.span(one.id) or ())[:1] == (TODAY,)}
    with_another = {
        one.id
        for one in planned
        if any(need.type == "SS" and known[need.on].status == "planned" for need in one.needs)
    }
    assert set(Readiness(found.schedule).ready()) == starting - with_another
