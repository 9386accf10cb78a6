"""Proposed work is an idea: scheduled and shown, but no plan."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from planner.roadmap.entities import Roadmap
from tests.long import examples
from tests.schedule.generated import roadmaps
from tests.schedule.making import dates, late_span, march, run, schedule, span, work

PLAN = (
    work("api", "5d"),
    work("site", "10d"),
    work("referral", "20d", "api", status="proposed"),
)


def test_does_not_lengthen_the_roadmap() -> None:
    assert schedule(*PLAN).finish == march(12)
    assert span(schedule(*PLAN), "referral") == "8 Mar - 2 Apr"


def test_is_the_roadmap_where_there_is_nothing_else() -> None:
    assert schedule(work("idea", "3d", status="proposed")).finish == march(3)


def test_makes_nothing_hurry() -> None:
    plan = schedule(*PLAN)
    assert (dates(plan, "api").total_float, dates(plan, "api").critical) == (5, False)
    assert plan.critical == ("site",)


def test_may_finish_with_the_roadmap_or_as_late_as_it_does() -> None:
    plan = schedule(*PLAN, work("short", "2d", status="proposed"))
    assert late_span(plan, "short") == "11 Mar - 12 Mar"
    assert late_span(plan, "referral") == span(plan, "referral")
    assert dates(plan, "referral").total_float == 0


def test_is_never_critical_nor_near() -> None:
    plan = schedule(*PLAN, work("short", "8d", status="proposed"))
    for id in ("referral", "short"):
        assert (dates(plan, id).critical, dates(plan, id).near_critical) == (False, False)
    assert plan.near_critical == ("api",)


def test_is_bound_by_no_date_of_its_own() -> None:
    idea = work("idea", "5d", status="proposed", deadline=march(2), start_no_later_than=march(1))
    assert dates(schedule(idea, work("site", "10d")), "idea").total_float == 5


def test_is_on_no_path_but_its_own() -> None:
    plan = schedule(*PLAN, work("launch", "2d", "referral", "site"))
    assert dates(plan, "launch").driven_by == ("referral",)
    assert plan.path_to("launch") == ("launch",)
    assert plan.path_to("referral") == ("api", "referral")
    second = schedule(*PLAN, work("next", "2d", "referral", status="proposed"))
    assert second.path_to("next") == ("next",)


def test_holds_back_what_needs_it() -> None:
    plan = schedule(*PLAN, work("launch", "2d", "referral"))
    assert span(plan, "launch") == "5 Apr - 6 Apr"
    assert (plan.finish, dates(plan, "launch").critical) == (
        march(31).replace(month=4, day=6),
        True,
    )


def test_has_free_float_up_to_its_late_finish() -> None:
    plan = schedule(*PLAN, work("short", "2d", status="proposed"))
    assert (dates(plan, "referral").free_float, dates(plan, "short").free_float) == (0, 8)


def test_as_late_as_possible_ends_with_the_roadmap() -> None:
    idea = work("idea", "2d", status="proposed", as_late_as_possible=True)
    assert span(schedule(idea, work("site", "10d")), "idea") == "11 Mar - 12 Mar"
    longer = work("idea", "15d", status="proposed", as_late_as_possible=True)
    assert span(schedule(longer, work("site", "10d")), "idea") == "1 Mar - 19 Mar"


def test_what_has_started_is_no_idea() -> None:
    begun = work("referral", "20d", status="proposed", actual_start=march(1))
    plan = schedule(work("site", "10d"), begun)
    assert (plan.finish, plan.critical) == (march(26), ("referral",))


@settings(max_examples=examples(40, 100), deadline=None)
@given(roadmaps(set_dates=True, ideas=True))
def test_dropping_what_nothing_needs_changes_no_other_date(roadmap: Roadmap) -> None:
    """Ideas that only other ideas need may go: the plan without them is the same."""
    planned = {id: one for id, one in roadmap.initiatives.items() if not one.is_idea}
    needed = {need.on for one in planned.values() for need in one.needs}
    if not planned or needed - planned.keys():
        return
    with_ideas, without = run(roadmap), run(replace(roadmap, initiatives=planned))
    assert with_ideas.finish == without.finish
    for id in planned:
        one, other = dates(with_ideas, id), dates(without, id)
        assert replace(one, free_float=other.free_float) == other


@settings(max_examples=examples(40, 100), deadline=None)
@given(roadmaps(set_dates=True, ideas=True), st.booleans())
def test_no_idea_is_critical_or_on_another_path(roadmap: Roadmap, late: bool) -> None:
    moved = {id: replace(one, as_late_as_possible=late) for id, one in roadmap.initiatives.items()}
    plan = run(replace(roadmap, initiatives=moved))
    ideas = {id for id, one in moved.items() if one.is_idea}
    assert not ideas.intersection(plan.critical + plan.near_critical)
    for id in moved:
        assert ideas.intersection(plan.path_to(id)) <= {id}
    for id in ideas:
        found = dates(plan, id)
        assert (found.total_float or 0) >= 0
        assert (found.free_float or 0) >= 0
