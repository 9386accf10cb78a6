"""What holds for every schedule, whatever the roadmap."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from planner.calendars.working import WorkCalendar
from planner.roadmap.entities import Roadmap
from planner.roadmap.quantities import Estimate, Length, LinkType
from planner.schedule.compute import Schedule
from tests.long import examples
from tests.schedule.generated import roadmaps
from tests.schedule.making import MONDAY, dates, edited, run


def boundary(schedule: Schedule, id: str) -> int:
    """The boundary at which it starts."""
    return schedule.boundaries.ends[2 * schedule.network.index[id]]


def calendar_of(schedule: Schedule, id: str) -> WorkCalendar:
    """The calendar it works on."""
    return schedule.calendars.for_initiative(schedule.roadmap.initiatives[id])


def finish(schedule: Schedule) -> int:
    """The boundary at which all is finished."""
    return schedule.boundaries.finish


def drawn(roadmap: Roadmap, data: st.DataObject) -> str:
    """Any one initiative."""
    return data.draw(st.sampled_from(sorted(roadmap.initiatives)))


@settings(max_examples=examples(40, 100), deadline=None)
@given(roadmaps(set_dates=True))
def test_every_link_is_kept(roadmap: Roadmap) -> None:
    schedule = run(roadmap)
    for id in roadmap.initiatives:
        for link in schedule.links_into(id):
            assert link.slack is not None
            assert link.slack >= 0


@settings(max_examples=examples(40, 100), deadline=None)
@given(roadmaps())
def test_no_float_is_negative_without_a_set_date(roadmap: Roadmap) -> None:
    schedule = run(roadmap)
    assert all((dates(schedule, id).total_float or 0) >= 0 for id in roadmap.initiatives)


@settings(max_examples=examples(40, 100), deadline=None)
@given(roadmaps(), st.data())
def test_every_late_start_is_reachable_and_tight(roadmap: Roadmap, data: st.DataObject) -> None:
    schedule = run(roadmap)
    id = drawn(roadmap, data)
    assume(dates(schedule, id).duration)
    late = dates(schedule, id).late_start
    assert late is not None

    reached = run(edited(roadmap, id, start_no_earlier_than=late))
    assert finish(reached) == finish(schedule)

    next_day = calendar_of(schedule, id).first_working(late + timedelta(days=1))
    missed = run(edited(roadmap, id, start_no_earlier_than=next_day))
    assert finish(missed) > finish(schedule)


@settings(max_examples=examples(40, 100), deadline=None)
@given(roadmaps(most=5), st.data())
def test_free_float_is_what_can_be_spent(roadmap: Roadmap, data: st.DataObject) -> None:
    """Spending it moves no successor; a day more moves one."""
    schedule = run(roadmap)
    assume(not schedule.work.one_calendar())
    id = drawn(roadmap, data)
    followers = {link.succ for link in schedule.links_out_of(id)}
    assume(dates(schedule, id).duration and followers)

    def moved(days: int) -> bool:
        later = run(started_later(schedule, id, days))
        return any(boundary(later, other) > boundary(schedule, other) for other in followers)

    free = dates(schedule, id).free_float
    assert free is not None
    assert not moved(free)
    assert moved(free + 1)


@settings(max_examples=examples(40, 100), deadline=None)
@given(roadmaps(mixed=False, most=5), st.data())
def test_on_one_calendar_only_working_time_counts(roadmap: Roadmap, data: st.DataObject) -> None:
    """A milestone between Friday's closing and Monday's opening has not moved."""
    schedule = run(roadmap)
    id = drawn(roadmap, data)
    followers = {link.succ for link in schedule.links_out_of(id)}
    assume(dates(schedule, id).duration and followers)
    number = schedule.calendars.roadmap.number

    def moved(days: int) -> bool:
        later = run(started_later(schedule, id, days))
        return any(
            number(boundary(later, other)) > number(boundary(schedule, other))
            for other in followers
        )

    free = dates(schedule, id).free_float
    assert free is not None
    assert not moved(free)
    assert moved(free + 1)


def started_later(schedule: Schedule, id: str, days: int) -> Roadmap:
    """The roadmap with work held back by some of its own working days."""
    day = calendar_of(schedule, id).add(dates(schedule, id).start, days)
    return edited(schedule.roadmap, id, start_no_earlier_than=day)


@settings(max_examples=examples(40, 100), deadline=None)
@given(roadmaps(), st.data())
def test_as_late_as_possible_moves_nothing_else(roadmap: Roadmap, data: st.DataObject) -> None:
    id = drawn(roadmap, data)
    before = run(roadmap)
    after = run(edited(roadmap, id, as_late_as_possible=True))
    assert finish(after) == finish(before)
    assert boundary(after, id) >= boundary(before, id)
    for other in set(roadmap.initiatives) - {id}:
        assert boundary(after, other) == boundary(before, other)
    for link in after.links_out_of(id):
        assert link.slack is not None
        assert link.slack >= 0


@settings(max_examples=examples(24, 60), deadline=None)
@given(roadmaps(mixed=False, types=("FS",), lags=(0, 5)), st.integers(1, 6), st.data())
def test_delaying_critical_work_moves_the_finish(
    roadmap: Roadmap, days: int, data: st.DataObject
) -> None:
    schedule = run(roadmap)
    id = data.draw(st.sampled_from(schedule.critical))
    assume(dates(schedule, id).duration)
    later = schedule.calendars.roadmap.add(dates(schedule, id).start, days)
    delayed = run(edited(roadmap, id, start_no_earlier_than=later))
    calendar = schedule.calendars.roadmap
    assert calendar.number(finish(delayed)) - calendar.number(finish(schedule)) == days


@settings(max_examples=examples(40, 100), deadline=None)
@given(roadmaps(mixed=False))
def test_the_backward_pass_mirrors_the_forward_pass(roadmap: Roadmap) -> None:
    """Every late finish is as far from the end as the start of its mirror image from the start."""
    schedule, mirror = run(roadmap), run(mirrored(roadmap))
    calendar = schedule.calendars.roadmap
    first, last = calendar.number(MONDAY.toordinal()), calendar.number(finish(schedule))
    for id in roadmap.initiatives:
        late = calendar.number(schedule.boundaries.latest[schedule.network.index[id]])
        assert last - late == calendar.number(boundary(mirror, id)) - first


MIRRORED: dict[LinkType, LinkType] = {"FS": "FS", "SS": "FF", "FF": "SS", "SF": "SF"}


def mirrored(roadmap: Roadmap) -> Roadmap:
    """The same work seen from the end: every link turned round."""
    turned = {id: replace(one, needs=()) for id, one in roadmap.initiatives.items()}
    for id, one in roadmap.initiatives.items():
        for need in one.needs:
            back = replace(need, on=id, type=MIRRORED[need.type])
            turned[need.on] = replace(turned[need.on], needs=(*turned[need.on].needs, back))
    return replace(roadmap, initiatives=turned)


@settings(max_examples=examples(24, 60), deadline=None)
@given(roadmaps(set_dates=True), st.randoms(use_true_random=False))
def test_the_order_of_tables_does_not_matter(roadmap: Roadmap, random: Random) -> None:
    names = list(roadmap.initiatives)
    shuffled = random.sample(names, len(names))
    other = replace(roadmap, initiatives={name: roadmap.initiatives[name] for name in shuffled})
    one, two = run(roadmap), run(other)
    assert {id: one.get(id) for id in names} == {id: two.get(id) for id in names}
    assert one.critical_path == two.critical_path
    assert (one.start, one.finish, one.launches) == (two.start, two.finish, two.launches)


@settings(max_examples=examples(40, 100), deadline=None)
@given(roadmaps(set_dates=True, ideas=True), st.data())
def test_running_again_from_an_earlier_schedule_changes_nothing(
    roadmap: Roadmap, data: st.DataObject
) -> None:
    id = drawn(roadmap, data)
    first = run(roadmap)
    _ = [first.get(one) for one in roadmap.initiatives]
    edits: tuple[dict[str, Any], ...] = (
        {"estimate": Estimate(Length(9, "d"))},
        {"needs": roadmap.initiatives[id].needs[1:]},
        {"status": "dropped"},
        {"status": "done"},
        {"status": "proposed"},
        {"actual_start": MONDAY},
        {"as_late_as_possible": True},
        {"deadline": MONDAY},
    )
    changed = edited(roadmap, id, **data.draw(st.sampled_from(edits)))
    again, anew = run(changed, previous=first), run(changed)
    assert {one: again.get(one) for one in roadmap.initiatives} == {
        one: anew.get(one) for one in roadmap.initiatives
    }
    moved = {one for one in roadmap.initiatives if _days(first, one) != _days(anew, one)}
    assert set(again.moved_since(first)) == moved


def _days(schedule: Schedule, id: str) -> object:
    found = schedule.get(id)
    return found and (found.start, found.finish)
