"""Load by week against a count of every single day, and the conflicts against the weeks."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from planner.calendars.working import Calendars
from planner.roadmap.entities import Initiative, Roadmap, TeamEntity
from planner.schedule.capacity import (
    Load,
    calendar_of,
    capacity_of,
    loads,
    overloads,
    peaks,
    there_on,
)
from planner.schedule.compute import Schedule
from tests.long import examples
from tests.schedule.generated import IDS, days, roadmaps
from tests.schedule.making import MONDAY
from tests.schedule.making import run as scheduled

AS_OF = MONDAY + timedelta(days=9)
"""A Wednesday, so that the first week is not whole."""
DAY = timedelta(days=1)
TEAMS = ("web", "data")
WEEKS = tuple((MONDAY + 7 * n * DAY, MONDAY + (7 * n + 6) * DAY) for n in range(1, 30))


@st.composite
def staffed(draw: st.DrawFn) -> Roadmap:
    """Work with progress, pauses and ideas, on three calendars, of two teams with their own."""
    found = draw(roadmaps(progress=True, set_dates=True, ideas=True, most=6))
    people = st.sampled_from((0, 0.5, 1, 2, 3))
    teams = {
        id: TeamEntity(
            id=id,
            calendar=draw(st.sampled_from((None, *IDS))),
            capacity=draw(st.sampled_from((None, 0, 0.5, 1, 2))),
            capacity_from=dict(draw(st.lists(st.tuples(days(), people), max_size=2))),
        )
        for id in TEAMS
    }
    initiatives = {id: draw(_staffed(one)) for id, one in found.initiatives.items()}
    return replace(found, teams=teams, initiatives=initiatives)


@st.composite
def _staffed(draw: st.DrawFn, one: Initiative) -> Initiative:
    staff = draw(st.dictionaries(st.sampled_from(TEAMS), st.sampled_from((0.5, 1, 2)), max_size=2))
    paused = one.actual_start is not None and one.actual_finish is None and draw(st.booleans())
    status = "paused" if paused else one.status
    return replace(one, owner=(draw(st.sampled_from(TEAMS)),), staff=staff, status=status)


def needed(roadmap: Roadmap, schedule: Schedule, team: str, day: date) -> float:
    """People of a team on one day, by looking at each piece of work."""
    total = 0.0
    for one in roadmap.initiatives.values():
        staff = one.staff or dict.fromkeys(one.owner, 1)
        found = schedule.worked(one.id)
        if one.status == "proposed" and not (one.actual_start or one.actual_finish):
            continue
        if found is not None and found.calendar.is_working(day):
            total += staff.get(team, 0) * any(a <= day <= b for a, b in found.spans)
    return total


def there(team: TeamEntity, day: date) -> float | None:
    """People that a team has on one day: the last that was written before it."""
    since = [when for when in team.capacity_from if when <= day]
    return team.capacity_from[max(since)] if since else team.capacity


@settings(max_examples=examples(60, 3_000), deadline=None)
@given(staffed())
def test_a_week_is_the_worst_of_its_days(roadmap: Roadmap) -> None:
    schedule, calendars = scheduled(roadmap, AS_OF), Calendars.of(roadmap)
    found = loads(roadmap, schedule, TEAMS)
    for team in roadmap.teams.values():
        calendar, capacity = calendar_of(roadmap, calendars, team.id), capacity_of(team)
        load = found.get(team.id, Load(team.id, (), ()))
        weeks = peaks(load, capacity, calendar, WEEKS, AS_OF)
        runs = overloads(load, capacity, calendar, AS_OF)
        for (first, _), peak in zip(WEEKS, weeks, strict=True):
            week = (first + n * DAY for n in range(7))
            worked = [day for day in week if day >= AS_OF and calendar.is_working(day)]
            each = [(needed(roadmap, schedule, team.id, day), there(team, day)) for day in worked]
            lacking = [0 if has is None else max(0, most - has) for most, has in each]
            assert peak.over is any(lacking)
            if peak.over:
                assert peak.needed - (peak.there or 0) == max(lacking)
            else:
                assert peak.needed == max((most for most, _ in each), default=0)
            assert not each or (peak.needed, peak.there) in each
            inside = (any(one.first <= day <= one.last for one in runs) for day in worked)
            assert [*inside] == [*map(bool, lacking)]
        # what a conflict reports is long and large enough, and its weeks are above capacity
        over = [span for span, peak in zip(WEEKS, weeks, strict=True) if peak.over]
        for run in overloads(load, capacity, calendar, AS_OF, ignored=0.1):
            for day in (run.first, run.last):
                assert any(first <= day <= last for first, last in over)
        assert sum(one.days for one in runs) == sum(
            calendar.is_working(one.first + n * DAY)
            for one in runs
            for n in range((one.last - one.first).days + 1)
        )


def test_capacity_before_its_first_day_is_not_known() -> None:
    assert there_on(((MONDAY, 2.0),), MONDAY - DAY) is None
    assert there_on(((MONDAY, 2.0),), MONDAY) == 2
