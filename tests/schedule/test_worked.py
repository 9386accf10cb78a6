"""When work is worked and when it waits, by hand and against a count of every single day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.calendars.working import WorkCalendar
from planner.roadmap.entities import Roadmap
from planner.schedule.compute import Schedule
from planner.schedule.worked import Days, Worked, at_once, concurrent
from tests.long import examples
from tests.schedule.generated import roadmaps
from tests.schedule.making import MONDAY, march, run, schedule, work

WEDNESDAY = march(10)
GATE = work("gate", "15d")
"""From the status date, Wednesday 10 March, to 30 March."""


def worked(plan: Schedule, id: str) -> Worked:
    found = plan.worked(id)
    assert found is not None
    return found


def started(keys: dict[str, Any], *needs: str) -> Worked:
    """Work of ten days that started on Tuesday 2 March, as of Wednesday the 10th."""
    a = work("a", "10d", *needs, actual_start=march(2), **keys)
    return worked(schedule(GATE, a, as_of=WEDNESDAY), "a")


def test_what_has_not_started_is_worked_from_its_start_to_its_finish() -> None:
    found = worked(schedule(work("a", "8d")), "a")
    assert (found.spans, found.waiting) == (((march(1), march(10)),), None)


def test_a_milestone_is_never_worked() -> None:
    assert worked(schedule(work("a", "0d")), "a").spans == ()


def test_what_is_under_way_is_worked_from_its_actual_start() -> None:
    found = started({"remaining": "4d"})
    assert (found.spans, found.waiting) == (((march(2), march(15)),), None)


@pytest.mark.parametrize(
    ("remaining", "before", "waits_from"),
    [
        ("8d", ((march(2), march(3)),), march(4)),
        ("10d", (), march(2)),
        ("12d", (), march(2)),
        ("1d", ((march(2), march(9)),), WEDNESDAY),
    ],
)
def test_what_waits_was_worked_for_as_long_as_its_done_part_is_long(
    remaining: str, before: tuple[tuple[date, date], ...], waits_from: date
) -> None:
    found = started({"remaining": remaining}, "gate")
    assert found.spans[:-1] == before
    assert found.spans[-1][0] == march(31)
    assert found.waiting == (waits_from, march(30))


def test_paused_work_waits_though_its_remaining_part_could_run() -> None:
    found = started({"remaining": "8d", "status": "paused"})
    assert found.spans == ((march(2), march(3)), (WEDNESDAY, march(19)))
    assert found.waiting == (march(4), march(9))


def test_what_has_nothing_left_but_to_wait_is_not_worked_any_more() -> None:
    found = started({"remaining": "0d"}, "gate FF")
    assert (found.spans, found.waiting) == (((march(2), march(9)),), (WEDNESDAY, march(29)))


def test_paused_work_that_never_started_is_planned_like_any_other() -> None:
    found = worked(schedule(work("a", "2d", status="paused"), as_of=WEDNESDAY), "a")
    assert (found.spans, found.waiting) == (((WEDNESDAY, march(11)),), None)


def test_what_has_no_dates_is_not_worked() -> None:
    plan = schedule(work("a", "2d", status="dropped"))
    assert plan.worked("a") is None
    assert plan.worked("nothing") is None


# --- against every single day ---------------------------------------------------------------------


def days_of(one: Worked) -> set[date]:
    return {
        day
        for first, last in one.spans
        for day in every(first, last)
        if one.calendar.is_working(day)
    }


def every(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def counted(days: set[date]) -> Days | None:
    return Days(min(days), max(days), len(days)) if days else None


@settings(max_examples=examples(60, 150), deadline=None)
@given(roadmaps(progress=True), st.integers(0, 14), st.data())
def test_every_day_of_remaining_work_is_worked_and_none_of_waiting(
    roadmap: Roadmap, after: int, data: st.DataObject
) -> None:
    as_of = MONDAY + timedelta(days=after)
    plan = run(roadmap, as_of)
    for id in roadmap.initiatives:
        dates, found = plan.get(id), worked(plan, id)
        assert dates is not None
        if dates.finished or not (dates.duration or dates.remaining):
            continue
        days = days_of(found)
        if not dates.started:
            assert (len(days), found.waiting) == (dates.duration, None)
            continue
        if dates.remaining_start is not None:
            assert len([d for d in days if d >= dates.remaining_start]) == dates.remaining
        if found.waiting is not None:
            first, last = found.waiting
            assert not days & set(every(first, last))
            assert last == (dates.remaining_start or dates.finish) - timedelta(days=1)
            assert len([d for d in days if d < first]) <= max(0, dates.duration - dates.remaining)
        kinds = [*found.spans, *([found.waiting] if found.waiting else [])]
        parts = [day for span in kinds for day in every(*span)]
        assert len(parts) == len(set(parts))
        window = data.draw(st.integers(0, 20))
        first = as_of + timedelta(days=window)
        last = first + timedelta(days=window // 2)
        assert found.within(first, last) == counted(days & set(every(first, last)))


@settings(max_examples=examples(60, 150), deadline=None)
@given(roadmaps(progress=True, lags=(-9, 2)), st.integers(0, 14))
def test_overlap_is_asked_of_days_that_are_worked(roadmap: Roadmap, after: int) -> None:
    plan = run(roadmap, MONDAY + timedelta(days=after))
    works = [worked(plan, id) for id in roadmap.initiatives]
    days = [days_of(one) for one in works]
    meeting = {frozenset(p) for p in combinations(range(len(works)), 2) if days[p[0]] & days[p[1]]}
    for pair in combinations(range(len(works)), 2):
        one, other = pair
        assert at_once((works[one], works[other])) == counted(days[one] & days[other])
    groups = concurrent(works)
    for group in groups:
        shared = {d for p in combinations(group, 2) for d in days[p[0]] & days[p[1]]}
        assert at_once(works[place] for place in group) == counted(shared)
    together = {frozenset(pair) for group in groups for pair in combinations(group, 2)}
    assert meeting <= together
    assert all(len(g) == 1 or any(meets(p, g, meeting) for p in g) for g in groups)
    assert len(groups) == len(components(len(works), meeting)) - sum(not one for one in days)


def meets(place: int, group: list[int], meeting: set[frozenset[int]]) -> bool:
    return any(frozenset((place, other)) in meeting for other in group if other != place)


def components(count: int, meeting: set[frozenset[int]]) -> set[frozenset[int]]:
    groups = {frozenset([place]) for place in range(count)}
    for pair in meeting:
        joined = frozenset(place for group in groups if group & pair for place in group)
        groups = {group for group in groups if not group & pair} | {joined}
    return groups


@settings(max_examples=examples(40, 100), deadline=None)
@given(roadmaps(progress=True), st.integers(0, 14))
def test_for_another_calendar_its_own_days_off_are_cut_out(roadmap: Roadmap, after: int) -> None:
    plan = run(roadmap, MONDAY + timedelta(days=after))
    for id in roadmap.initiatives:
        one = worked(plan, id)
        for other in plan.calendars.all:
            days = {day for span in one.for_calendar(other) for day in every(*span)}
            assert on(days, other) == on(days_of(one), other)


def on(days: set[date], calendar: WorkCalendar) -> set[date]:
    return {day for day in days if calendar.is_working(day)}
