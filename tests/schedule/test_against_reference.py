"""The passes against a scheduler that tries one day after another."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings

from planner.roadmap.entities import Roadmap
from planner.schedule.compute import Schedule
from tests.schedule.generated import roadmaps
from tests.schedule.making import MONDAY, dates, run
from tests.schedule.reference import Place, Reference


def early(schedule: Schedule, id: str) -> Place:
    """The moments of the early start and finish."""
    node = schedule.network.index[id]
    return Place(*map(date.fromordinal, schedule.moments.ends[2 * node : 2 * node + 2]))


def late_finish(schedule: Schedule, reference: Reference, id: str) -> date:
    """The moment of the late finish, at the closing of a day where it has length."""
    found = dates(schedule, id)
    assert found.late_finish is not None
    if reference.length(reference.roadmap.initiatives[id]):
        return date.fromordinal(found.late_finish.toordinal() + 1)
    return date.fromordinal(schedule.moments.latest[schedule.network.index[id]])


@settings(max_examples=150, deadline=None)
@given(roadmaps())
def test_several_calendars_agree(roadmap: Roadmap) -> None:
    agree(roadmap)


@settings(max_examples=100, deadline=None)
@given(roadmaps(set_dates=True))
def test_set_dates_agree(roadmap: Roadmap) -> None:
    agree(roadmap)


@settings(max_examples=100, deadline=None)
@given(roadmaps(mixed=False, set_dates=True))
def test_one_calendar_agrees(roadmap: Roadmap) -> None:
    agree(roadmap)


def agree(roadmap: Roadmap) -> None:
    schedule, reference = run(roadmap), Reference(roadmap, MONDAY)
    for id in roadmap.initiatives:
        assert early(schedule, id) == reference.early[id]
        assert dates(schedule, id).total_float == reference.total_float(id)
        assert late_finish(schedule, reference, id) == reference.late[id].finish
        if reference.length(roadmap.initiatives[id]):
            assert dates(schedule, id).late_start == reference.late[id].start
