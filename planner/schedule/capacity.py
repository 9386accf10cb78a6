"""Capacity: people that each team needs on a day, compared with the people it has.

The load of a team on a day is the sum of `staff` over the initiatives worked that day
(planner.schedule.worked); the default is one person of the owner. It changes only where work
starts, pauses or ends, so a load is a step function, made by one sweep over the work in order of
time. Capacity moves no date: the schedule ignores it.

Load and capacity are in people: 0.5 is half of a person's time. Days are inclusive.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from msgspec import Struct

from planner.calendars.working import Calendars, WorkCalendar
from planner.roadmap.entities import Initiative, Roadmap, TeamEntity
from planner.schedule.compute import Schedule

Capacity = tuple[tuple[date, float], ...]
"""From which day on how many people there are, in order of time; before the first nobody knows."""


class Work(Struct, frozen=True):
    """A piece of work of one team: how many people it takes, from one day to another.

    What waits, or has days off on which its team works, is several pieces.
    """

    id: str
    first: date
    last: date
    people: float


class Load(Struct, frozen=True):
    """One team's load over time. `steps` are (day, people) where it changes, in order of time."""

    team: str
    work: tuple[Work, ...]
    steps: tuple[tuple[date, float], ...]

    def on(self, day: date) -> float:
        """How many people are needed on a day."""
        at = bisect_right(self.steps, (day, float("inf")))
        return self.steps[at - 1][1] if at else 0

    def running(self, first: date, last: date) -> tuple[str, ...]:
        """The ids of what is worked on any day from `first` to `last`, each once."""
        found = (one.id for one in self.work if one.first <= last and first <= one.last)
        return tuple(dict.fromkeys(found))


class Overload(Struct, frozen=True):
    """A run of working days on which a team needs more people than it has.

    `days` are working days of the team's calendar, `most` the load and `capacity` the people there
    on the one on which most are lacking.
    """

    team: str
    first: date
    last: date
    days: int
    most: float
    capacity: float

    @property
    def lacking(self) -> float:
        """How many people are too few on that day."""
        return self.most - self.capacity


class Peak(Struct, frozen=True):
    """How many people a team needs at most on a working day of some days, and how many are there.

    Both are of one day: of the one on which most are lacking, else of the one on which most are
    needed. `there` is None where nobody wrote it.
    """

    needed: float = 0
    there: float | None = None

    @property
    def over(self) -> bool:
        """Whether more are needed than there are."""
        return self.there is not None and self.needed > self.there

    @property
    def free(self) -> float:
        """How many people nothing is planned for; none where nobody knows how many there are."""
        return max(0, round((self.there or 0) - self.needed, 6))

    def heavier(self, other: Peak) -> bool:
        """Whether it says more of the days than another of them."""
        return self._weight > other._weight

    @property
    def _weight(self) -> tuple[float, float, float]:
        there = self.there or 0
        return (self.needed - there if self.over else 0), self.needed, -there


def loads(roadmap: Roadmap, schedule: Schedule, teams: Iterable[str]) -> dict[str, Load]:
    """The load of each of these teams; one that has no work has no load."""
    calendars = {team: calendar_of(roadmap, schedule.calendars, team) for team in teams}
    work: dict[str, list[Work]] = {}
    for initiative in roadmap.initiatives.values():
        for team, people in staff_of(roadmap, initiative).items():
            if team in calendars and people > 0:
                worked = schedule.worked(initiative.id)
                for first, last in worked.for_calendar(calendars[team]) if worked else ():
                    work.setdefault(team, []).append(Work(initiative.id, first, last, people))
    return {team: _load(team, parts) for team, parts in work.items()}


def calendar_of(roadmap: Roadmap, calendars: Calendars, team: str) -> WorkCalendar:
    """A team's own calendar, else the roadmap's."""
    known = roadmap.teams.get(team)
    own = calendars.get(known.calendar) if known is not None and known.calendar else None
    return own or calendars.roadmap


def staff_of(roadmap: Roadmap, initiative: Initiative) -> Mapping[str, float]:
    """People by team while it runs: its `staff`, else one of its owner's. An idea has none."""
    if initiative.is_idea:
        return {}
    if initiative.staff or not initiative.owner:
        return initiative.staff
    owner = initiative.owner[0]
    person = roadmap.people.get(owner)
    return {(person.team or owner) if person is not None else owner: 1}


def capacity_of(team: TeamEntity) -> Capacity:
    """How many people a team has, and from which day on; empty where nobody wrote it."""
    always = [] if team.capacity is None else [(date.min, team.capacity)]
    return (*always, *sorted(team.capacity_from.items()))


def _load(team: str, work: list[Work]) -> Load:
    ordered = tuple(sorted(work, key=lambda one: (one.first, one.id)))
    change: dict[int, float] = {}
    for one in ordered:
        first, after = one.first.toordinal(), one.last.toordinal() + 1
        change[first] = change.get(first, 0) + one.people
        change[after] = change.get(after, 0) - one.people
    steps, people = [], 0.0
    for day in sorted(change):
        people += change[day]
        steps.append((date.fromordinal(day), round(people, 6)))
    return Load(team, ordered, tuple(steps))


def overloads(
    load: Load, capacity: Capacity, calendar: WorkCalendar, since: date, *, ignored: float = 0
) -> list[Overload]:
    """The runs of working days, from `since` on, on which the load is above capacity.

    Less above than the share `ignored` of the capacity (0.1 is 10 %) does not count. A weekend or
    a holiday ends no run, nor does another capacity.
    """
    runs: list[Overload] = []
    for first, last, people, there in _stretches(load, capacity, since):
        days = _working_days(calendar, first, last)
        if people <= there or people < round(there * (1 + ignored), 6) or not days:
            continue
        run = Overload(load.team, first, last, days, people, there)
        if runs and not _working_days(calendar, runs[-1].last, first, between=True):
            run = _joined(runs.pop(), run)
        runs.append(run)
    return [_on_working_days(run, calendar) for run in runs]


def peaks(
    load: Load,
    capacity: Capacity,
    calendar: WorkCalendar,
    periods: Sequence[tuple[date, date]],
    since: date,
) -> list[Peak]:
    """The peak of each of these (first day, last day), which follow one another; days before
    `since` do not count. It is over on the days on which `overloads` ignores nothing.
    """
    found: list[Peak | None] = [None] * len(periods)
    starts = [first for first, _ in periods]
    changes = {day for day, _ in (*load.steps, *capacity) if starts[0] < day <= periods[-1][1]}
    days = sorted({starts[0], *changes, date.fromordinal(periods[-1][1].toordinal() + 1)})
    for day, following in pairwise(days):
        last = date.fromordinal(following.toordinal() - 1)
        here = Peak(load.on(day), there_on(capacity, day))
        for at in range(bisect_right(starts, day) - 1, bisect_right(starts, last)):
            first, end = max(day, periods[at][0], since), min(last, periods[at][1])
            known = found[at]
            if (known is None or here.heavier(known)) and _working_days(calendar, first, end):
                found[at] = here
    idle = (Peak(0, there_on(capacity, max(first, since))) for first, _ in periods)
    return [one or none for one, none in zip(found, idle, strict=True)]


def there_on(capacity: Capacity, day: date) -> float | None:
    """How many people there are on a day; None where nobody wrote it."""
    at = bisect_right(capacity, (day, float("inf")))
    return capacity[at - 1][1] if at else None


def _joined(one: Overload, following: Overload) -> Overload:
    worst = max(one, following, key=lambda run: run.lacking)
    days = one.days + following.days
    return Overload(one.team, one.first, following.last, days, worst.most, worst.capacity)


def _stretches(
    load: Load, capacity: Capacity, since: date
) -> Iterator[tuple[date, date, float, float]]:
    """(first day, last day, people needed, people there) between changes; both days inclusive."""
    ends = [*(start for start, _ in capacity[1:]), date.max]
    for (day, people), (following, _) in pairwise(load.steps):
        at = max(0, bisect_right(capacity, (day, float("inf"))) - 1)
        for number in range(at, len(capacity)):
            start, there = capacity[number]
            if start >= following:
                break
            first, after = max(day, start, since), min(following, ends[number])
            if first < after:
                yield first, date.fromordinal(after.toordinal() - 1), people, there


def _working_days(calendar: WorkCalendar, first: date, last: date, *, between: bool = False) -> int:
    """Working days from `first` to `last` with both of them, or between them with neither."""
    outer = 1 if between else 0
    start, end = first.toordinal() + outer, last.toordinal() + 1 - outer
    return calendar.number(end) - calendar.number(start) if end > start else 0


def _on_working_days(run: Overload, calendar: WorkCalendar) -> Overload:
    first, last = calendar.first_working(run.first), calendar.last_working(run.last)
    return Overload(run.team, first, last, run.days, run.most, run.capacity)
