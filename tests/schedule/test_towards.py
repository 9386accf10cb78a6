"""How far an initiative can slip before another one moves, by running the schedule again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planner.roadmap.entities import Roadmap
from planner.schedule.compute import Schedule
from planner.schedule.passes import towards
from tests.long import examples
from tests.schedule.generated import roadmaps
from tests.schedule.making import MONDAY, edited, march, run, schedule, work


def slips(plan: Schedule, target: str) -> dict[str, int]:
    """By how much each initiative before the target can slip."""
    index = plan.network.index
    earlier = {index[id] for id in plan.network.ancestors(target)}
    found = towards(plan.boundaries.early, index[target], earlier)
    return {plan.network.ids[node]: days for node, days in found.items()}


def delayed(roadmap: Roadmap, plan: Schedule, id: str, days: int) -> Schedule:
    """The schedule where an initiative starts so many of its own working days later."""
    shown = plan.get(id)
    assert shown is not None
    calendar = plan.calendars.for_initiative(roadmap.initiatives[id])
    day = calendar.first_working(shown.start)
    for _ in range(days):
        day = calendar.first_working(day + timedelta(days=1))
    return run(edited(roadmap, id, start_no_earlier_than=day, must_start_on=None))


@settings(max_examples=examples(12, 60), deadline=None)
@given(roadmaps(set_dates=True), st.data())
def test_what_slips_no_further_moves_nothing_and_a_day_more_does(
    roadmap: Roadmap, data: st.DataObject
) -> None:
    plan = run(roadmap)
    target = data.draw(st.sampled_from(sorted(roadmap.initiatives)))
    found = slips(plan, target)
    id = data.draw(st.sampled_from(sorted(found)))
    first, ends = plan.get(id), plan.get(target)
    assert first is not None
    assert ends is not None
    assume(id != target and first.duration and ends.duration)
    assert found[id] >= 0
    assume(found[id] < 500)  # by a lag before the start, a pair may be bound by next to nothing
    for days, moves in ((found[id], False), (found[id] + 1, True)):
        after = delayed(roadmap, plan, id, days).get(target)
        assert after is not None
        assert (after.finish > ends.finish) is moves
        assert after.finish >= ends.finish


@pytest.mark.parametrize("status", ["planned", "proposed"])
def test_a_target_that_is_only_proposed_is_one_all_the_same(status: str) -> None:
    plan = schedule(
        work("long", "9d"), work("short", "4d"), work("end", "2d", "long", "short", status=status)
    )
    assert slips(plan, "end") == {"long": 0, "short": 5, "end": 0}


def test_neither_a_deadline_nor_the_end_of_the_roadmap_counts() -> None:
    plan = schedule(
        work("first", "3d"),
        work("other", "1d"),
        work("end", "1d", "first", "other"),
        work("after", "50d", "end"),
    )
    for one in (plan, run(edited(plan.roadmap, "end", deadline=MONDAY))):
        assert slips(one, "end") == {"first": 0, "other": 2, "end": 0}


def test_what_started_slips_by_its_remaining_work() -> None:
    plan = schedule(
        work("begun", "6d", actual_start=MONDAY, remaining="3d"),
        work("other", "5d"),
        work("end", "0d", "begun", "other"),
        as_of=march(4),
    )
    assert slips(plan, "end") == {"begun": 2, "other": 0, "end": 0}
