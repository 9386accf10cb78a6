"""The passes against a scheduler that tries one day after another."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.roadmap.entities import Roadmap
from planner.schedule.compute import Schedule
from tests.long import examples
from tests.schedule.generated import roadmaps
from tests.schedule.making import MONDAY, dates, march, run
from tests.schedule.reference import Place, Reference


def place(schedule: Schedule, id: str) -> Place:
    """The boundaries of start and finish; for started work, of what remains."""
    node = schedule.network.index[id]
    start, finish = map(date.fromordinal, schedule.boundaries.ends[2 * node : 2 * node + 2])
    if node in schedule.work.begun:
        start = dates(schedule, id).remaining_start or finish
    return Place(start, finish)


def late_finish(schedule: Schedule, id: str) -> date:
    """The boundary of the late finish, at the closing of a day where it has length."""
    node = schedule.network.index[id]
    found = dates(schedule, id).late_finish
    if found is not None and schedule.work.left[node]:
        return found + timedelta(days=1)
    return date.fromordinal(schedule.boundaries.latest[node])


@settings(max_examples=examples(60, 150), deadline=None)
@given(roadmaps())
def test_several_calendars_agree(roadmap: Roadmap) -> None:
    agree(roadmap, MONDAY)


@settings(max_examples=examples(40, 100), deadline=None)
@given(roadmaps(set_dates=True))
def test_set_dates_agree(roadmap: Roadmap) -> None:
    agree(roadmap, MONDAY)


@settings(max_examples=examples(60, 150), deadline=None)
@given(roadmaps(set_dates=True, late=True))
def test_as_late_as_possible_agrees(roadmap: Roadmap) -> None:
    agree(roadmap, MONDAY)


@settings(max_examples=examples(60, 150), deadline=None)
@given(roadmaps(mixed=False, set_dates=True, late=True))
def test_one_calendar_agrees(roadmap: Roadmap) -> None:
    agree(roadmap, MONDAY)


@settings(max_examples=examples(80, 200), deadline=None)
@given(roadmaps(set_dates=True, progress=True, late=True), st.integers(1, 31))
def test_progress_agrees(roadmap: Roadmap, day: int) -> None:
    agree(roadmap, march(day))


@settings(max_examples=examples(60, 150), deadline=None)
@given(roadmaps(set_dates=True, progress=True, ideas=True, late=True), st.integers(1, 31))
def test_ideas_agree(roadmap: Roadmap, day: int) -> None:
    agree(roadmap, march(day))


def agree(roadmap: Roadmap, as_of: date) -> None:
    """Assert that both schedulers find the same."""
    schedule, reference = run(roadmap, as_of), Reference(roadmap, as_of)
    assert date.fromordinal(schedule.boundaries.finish) == reference.finish
    for id in roadmap.initiatives:
        found = dates(schedule, id)
        assert place(schedule, id) == reference.places[id]
        assert found.total_float == reference.total_float(id)
        assert found.free_float == reference.free_float(id)
        assert set(found.driven_by) == reference.driven_by(id)
        if not found.finished:
            assert late_finish(schedule, id) == reference.late[id].finish
        if found.remaining and not found.finished:
            assert found.late_start == reference.late[id].start
        if id in reference.shown and schedule.network.index[id] not in schedule.boundaries.moved:
            assert found.finish == reference.shown[id].day
