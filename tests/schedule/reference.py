"""A second scheduler that tries one day after another: slow, and written from the rules alone.

It shares no arithmetic with the program. Whether work may be somewhere is asked of a placement by
`_satisfied`, in the words of the rules; early dates are the first placement that is satisfied, late
dates the last. It knows no progress.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from planner.roadmap.entities import Calendar, Initiative, Roadmap
from planner.roadmap.quantities import Need, length_days

DAY = timedelta(days=1)
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FAR = 800


class Place(NamedTuple):
    """Where work is: the moments of its start and finish, each as the day that opens there."""

    start: date
    finish: date


class Reference:
    """Early and late places and total floats, by id."""

    def __init__(self, roadmap: Roadmap, as_of: date) -> None:
        self.roadmap = roadmap
        self.floor = max(as_of, roadmap.settings.start or as_of)
        self.early: dict[str, Place] = {}
        self.late: dict[str, Place] = {}
        self.order = list(_in_order(roadmap))
        for initiative in self.order:
            self.early[initiative.id] = self._early(initiative)
        self.finish = max(place.finish for place in self.early.values())
        for initiative in reversed(self.order):
            self.late[initiative.id] = self._late(initiative)

    def total_float(self, id: str) -> int:
        """Working days between the early and the late finish, on the initiative's calendar."""
        calendar = self.calendar(self.roadmap.initiatives[id])
        return _between(calendar, self.early[id].finish, self.late[id].finish)

    def calendar(self, initiative: Initiative) -> Calendar:
        """The calendar that an initiative names, else the roadmap's."""
        return self._named(initiative.calendar or self.roadmap.settings.calendar)

    def _named(self, id: str | None) -> Calendar:
        return self.roadmap.calendars.get(id or "standard", Calendar())

    # --- placing ----------------------------------------------------------------------------------

    def length(self, initiative: Initiative) -> int:
        """Working days of an initiative."""
        assert initiative.estimate is not None
        calendar = self.calendar(initiative)
        return length_days(initiative.estimate.likely, len(calendar.workdays or WEEK[:5]))

    def places(self, initiative: Initiative, start: date, step: timedelta) -> Iterator[Place]:
        """Every placement from a day on: starts that are opening of a working day of its own."""
        calendar, length = self.calendar(initiative), self.length(initiative)
        for number in range(FAR):
            day = start + number * step
            if not length:
                yield Place(day, day)
            elif _works(calendar, day):
                yield Place(day, _closing_after(calendar, day, length))

    def _early(self, initiative: Initiative) -> Place:
        return self._first(self.places(initiative, self.floor, DAY), initiative, self._keeps_early)

    def _late(self, initiative: Initiative) -> Place:
        latest = self.finish + 7 * DAY
        return self._first(self.places(initiative, latest, -DAY), initiative, self._keeps_late)

    def _first(
        self,
        places: Iterator[Place],
        initiative: Initiative,
        kept: Callable[[Initiative, Place], bool],
    ) -> Place:
        return next(place for place in places if kept(initiative, place))

    def _keeps_early(self, initiative: Initiative, place: Place) -> bool:
        return (
            place.start >= self.floor
            and self._held_back(initiative, place)
            and all(
                self._satisfied(need, self.early[need.on], initiative, place)
                for need in initiative.needs
            )
        )

    def _keeps_late(self, initiative: Initiative, place: Place) -> bool:
        if place.finish > self.finish or not self._bounded(initiative, place):
            return False
        return all(
            self._satisfied(need, place, successor, self.late[successor.id])
            for successor in self.order
            for need in successor.needs
            if need.on == initiative.id
        )

    # --- the rules --------------------------------------------------------------------------------

    def _satisfied(self, need: Need, before: Place, initiative: Initiative, place: Place) -> bool:
        """Whether a link is kept when its two ends are at these places."""
        asked = before.finish if need.type[0] == "F" else before.start
        week = len(self._named(self.roadmap.settings.calendar).workdays or WEEK[:5])
        lag = 0 if need.lag is None else length_days(need.lag, week)
        if lag:
            asked = _lagged(self._named(self.roadmap.settings.calendar), asked, lag)
        if not self.length(initiative):
            return place.start >= asked
        if need.type[1] == "S":
            return place.start >= asked
        return _between(self.calendar(initiative), place.finish, asked) <= 0

    def _held_back(self, initiative: Initiative, place: Place) -> bool:
        calendar = self.calendar(initiative)
        for day in (initiative.start_no_earlier_than, initiative.must_start_on):
            if day is not None and place.start < _next_working(calendar, day):
                return False
        return all(
            place.finish >= _next_working(calendar, day) + DAY
            for day in (initiative.finish_no_earlier_than, initiative.must_finish_on)
            if day is not None
        )

    def _bounded(self, initiative: Initiative, place: Place) -> bool:
        """Bounds count in working time: the closing of Friday is also the opening of Monday."""
        calendar = self.calendar(initiative)
        for day in (initiative.start_no_later_than, initiative.must_start_on):
            if day is not None and place.start > _working_before(calendar, day):
                return False
        return all(
            _between(calendar, _working_before(calendar, day) + DAY, place.finish) <= 0
            for day in (
                initiative.finish_no_later_than,
                initiative.must_finish_on,
                initiative.deadline,
            )
            if day is not None
        )


# --- one day after another ------------------------------------------------------------------------


def _works(calendar: Calendar, day: date) -> bool:
    if day in calendar.working:
        return True
    return WEEK[day.weekday()] in (calendar.workdays or WEEK[:5]) and day not in calendar.holidays


def _between(calendar: Calendar, first: date, last: date) -> int:
    """Working days between two moments; negative where the second is the earlier."""
    if last < first:
        return -_between(calendar, last, first)
    return sum(_works(calendar, first + n * DAY) for n in range((last - first).days))


def _closing_after(calendar: Calendar, start: date, days: int) -> date:
    """The closing of the day on which `days` days of work that start at an opening are done."""
    day = start - DAY
    while days:
        day += DAY
        days -= _works(calendar, day)
    return day + DAY


def _lagged(calendar: Calendar, moment: date, lag: int) -> date:
    """The closing of the day that is `lag` working days on (or back) from a moment."""
    if lag > 0:
        return _closing_after(calendar, moment, lag)
    day = moment
    for _ in range(1 - lag):  # the day that closes here or before, and then so many before it
        day -= DAY
        while not _works(calendar, day):
            day -= DAY
    return day + DAY


def _next_working(calendar: Calendar, day: date) -> date:
    while not _works(calendar, day):
        day += DAY
    return day


def _working_before(calendar: Calendar, day: date) -> date:
    while not _works(calendar, day):
        day -= DAY
    return day


def _in_order(roadmap: Roadmap) -> Iterator[Initiative]:
    done: set[str] = set()
    while len(done) < len(roadmap.initiatives):
        ready = [
            one
            for one in roadmap.initiatives.values()
            if one.id not in done and all(need.on in done for need in one.needs)
        ]
        yield from ready
        done.update(one.id for one in ready)
