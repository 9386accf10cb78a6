"""A second scheduler that tries one day after another: slow, and written from the rules alone.

It shares no arithmetic with the program. Whether work may be somewhere is asked of a placement by
`_satisfied`, in the words of the rules; early dates are the first placement that is satisfied, late
dates the last. It knows no progress.
"""

from __future__ import annotations

from collections.abc import Iterator
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
    """Early and late places and total floats, by id. Those of started work are of what remains."""

    def __init__(self, roadmap: Roadmap, as_of: date) -> None:
        self.roadmap = roadmap
        self.as_of = as_of
        self.early: dict[str, Place] = {}
        self.late: dict[str, Place] = {}
        self.order = list(_in_order(roadmap))
        self.open = [one for one in self.order if one.actual_finish is None]
        for initiative in self.order:
            self.early[initiative.id] = self._early(initiative)
        planned = {id for id in self.early if not self._is_idea(id)} or set(self.early)
        self.finish = max(self.early[id].finish for id in planned)
        for initiative in reversed(self.open):
            self.late[initiative.id] = self._late(initiative)

    def total_float(self, id: str) -> int | None:
        """Working days between the early and the late finish, on the initiative's calendar."""
        if id not in self.late:
            return None
        calendar = self.calendar(self.roadmap.initiatives[id])
        return _between(calendar, self.early[id].finish, self.late[id].finish)

    def calendar(self, initiative: Initiative) -> Calendar:
        """The calendar that an initiative names, else the roadmap's."""
        return self._named(initiative.calendar or self.roadmap.settings.calendar)

    def _named(self, id: str | None) -> Calendar:
        return self.roadmap.calendars.get(id or "standard", Calendar())

    # --- placing ----------------------------------------------------------------------------------

    def length(self, initiative: Initiative) -> int:
        """Working days that an initiative still takes."""
        assert initiative.estimate is not None
        left = initiative.estimate.likely
        if initiative.actual_start is not None and initiative.remaining is not None:
            left = initiative.remaining
        return length_days(left, len(self.calendar(initiative).workdays or WEEK[:5]))

    def _floor(self, initiative: Initiative) -> date:
        if initiative.actual_start is not None:
            return max(self.as_of, initiative.actual_start)
        return max(self.as_of, self.roadmap.settings.start or self.as_of)

    def _places(self, initiative: Initiative, start: date, step: timedelta) -> Iterator[Place]:
        """Every placement from a day on: work starts at the opening of a working day of its own."""
        calendar, length = self.calendar(initiative), self.length(initiative)
        for number in range(FAR):
            day = start + number * step
            if not length:
                yield Place(day, day)
            elif _works(calendar, day):
                yield Place(day, _closing_after(calendar, day, length))

    def _early(self, initiative: Initiative) -> Place:
        if initiative.actual_finish is not None:
            assert initiative.actual_start is not None
            return Place(initiative.actual_start, initiative.actual_finish + DAY)
        places = self._places(initiative, self._floor(initiative), DAY)
        return next(place for place in places if self._keeps_early(initiative, place))

    def _late(self, initiative: Initiative) -> Place:
        places = self._places(initiative, self._last(initiative) + 7 * DAY, -DAY)
        return next(place for place in places if self._keeps_late(initiative, place))

    def _keeps_early(self, initiative: Initiative, place: Place) -> bool:
        return self._held_back(initiative, place) and all(
            self._satisfied(need, self._before(need.on), initiative, place)
            for need in initiative.needs
        )

    def _before(self, id: str) -> Place:
        """Where work is for what waits for it: it started when it did."""
        started = self.roadmap.initiatives[id].actual_start
        place = self.early[id]
        return place if started is None else Place(started, place.finish)

    def _is_idea(self, id: str) -> bool:
        """Only proposed, and nobody has begun with it."""
        one = self.roadmap.initiatives[id]
        return one.status == "proposed" and not (one.actual_start or one.actual_finish)

    def _last(self, initiative: Initiative) -> date:
        """An idea may end with the roadmap or, where it is later, as late as it does."""
        own = self.early[initiative.id].finish
        return max(self.finish, own) if self._is_idea(initiative.id) else self.finish

    def _keeps_late(self, initiative: Initiative, place: Place) -> bool:
        if place.finish > self._last(initiative):
            return False
        if self._is_idea(initiative.id):
            return True
        if not self._bounded(initiative, place):
            return False
        started = initiative.actual_start is not None
        return all(
            self._satisfied(need, place, successor, self.late[successor.id])
            for successor in self.open
            if not self._is_idea(successor.id)
            for need in successor.needs
            if need.on == initiative.id and not (started and need.type[0] == "S")
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
        starts = (initiative.start_no_earlier_than, initiative.must_start_on)
        for day in starts if initiative.actual_start is None else ():
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
        starts = (initiative.start_no_later_than, initiative.must_start_on)
        for day in starts if initiative.actual_start is None else ():
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
            if one.id not in done
            and (one.actual_finish is not None or all(need.on in done for need in one.needs))
        ]
        yield from ready
        done.update(one.id for one in ready)
