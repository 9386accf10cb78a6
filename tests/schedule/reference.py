"""A second scheduler that tries one day after another: slow, and written from the rules alone.

It shares no arithmetic with the program. Whether work may be somewhere is asked of a placement by
`_satisfied`, in the words of the rules; early dates are the first placement that is satisfied, late
dates the last. What is wanted as late as possible goes to the last one that moves no successor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from planner.roadmap.entities import Calendar, Initiative, Roadmap
from planner.roadmap.quantities import Need, length_days

DAY = timedelta(days=1)
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FAR = 800


class Place(NamedTuple):
    """Where work is: the boundaries of its start and finish, each as the day that opens there."""

    start: date
    finish: date


class Day(NamedTuple):
    """The day on which something without length shows, and whether it closes there."""

    closes: bool
    day: date


class Reference:
    """Early and late places and total floats, by id. Those of started work are of what remains.

    `early` is before anything was moved as late as possible, `places` after that; `shown` has the
    days of what has no length, before anything was moved.
    """

    def __init__(self, roadmap: Roadmap, as_of: date) -> None:
        self.roadmap = roadmap
        self.as_of = as_of
        self.early: dict[str, Place] = {}
        self.late: dict[str, Place] = {}
        self.shown: dict[str, Day] = {}
        self.order = list(_in_order(roadmap))
        self.open = [one for one in self.order if not _finished(one)]
        for initiative in self.order:
            self.early[initiative.id] = self._early(initiative)
        for initiative in self.order:
            if not self.length(initiative) and not (
                _finished(initiative) and self.full(initiative)
            ):
                self.shown[initiative.id] = self._shows(initiative)
        planned = {id for id in self.early if not self._is_idea(id)} or set(self.early)
        self.finish = max(self.early[id].finish for id in planned)
        for initiative in reversed(self.open):
            self.late[initiative.id] = self._late(initiative)
        self.places = dict(self.early)
        for initiative in reversed(self.open):
            if initiative.as_late_as_possible and initiative.actual_start is None:
                self.places[initiative.id] = self._as_late(initiative)

    def total_float(self, id: str) -> int | None:
        """Working days between the finish and the late finish, on the initiative's calendar."""
        if id not in self.late:
            return None
        calendar = self.calendar(self.roadmap.initiatives[id])
        return _between(calendar, self.places[id].finish, self.late[id].finish)

    def free_float(self, id: str) -> int | None:
        """Own working days until an unfinished successor, or the roadmap's finish, would move."""
        if id not in self.late:
            return None
        initiative = self.roadmap.initiatives[id]
        last = self._latest(initiative, lambda place: self._moves_nobody(initiative, place))
        return _between(self.calendar(initiative), self.places[id].finish, last.finish)

    def driven_by(self, id: str) -> set[str]:
        """What it waits for without any slack, before anything was moved."""
        initiative = self.roadmap.initiatives[id]
        if _finished(initiative):
            return set()
        return {need.on for need in initiative.needs if self._tight(need, initiative)}

    def calendar(self, initiative: Initiative) -> Calendar:
        """The calendar that an initiative names, else the roadmap's."""
        return self._named(initiative.calendar or self.roadmap.settings.calendar)

    def _named(self, id: str | None) -> Calendar:
        return self.roadmap.calendars.get(id or "standard", Calendar())

    # --- placing ----------------------------------------------------------------------------------

    def full(self, initiative: Initiative) -> int:
        """Working days that an initiative takes as a whole."""
        assert initiative.estimate is not None
        week = len(self.calendar(initiative).workdays or WEEK[:5])
        return length_days(initiative.estimate.likely, week)

    def length(self, initiative: Initiative) -> int:
        """Working days that an initiative still takes."""
        whole, week = self.full(initiative), len(self.calendar(initiative).workdays or WEEK[:5])
        if _finished(initiative) or not whole:
            return 0
        if initiative.actual_start is None:
            return whole
        if initiative.remaining is not None:
            return length_days(initiative.remaining, week)
        done = initiative.percent_complete or 0
        return next(days for days in range(whole + 1) if 100 * days >= whole * (100 - done))

    def spent(self, initiative: Initiative) -> bool:
        """Active with nothing remaining: it is no milestone."""
        return self.full(initiative) > 0 and not self.length(initiative)

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
        if _finished(initiative):
            return self._ended(initiative)
        places = self._places(initiative, self._floor(initiative), DAY)
        if self.spent(initiative):
            places = filter(partial(self._may_end, initiative), places)
        return next(place for place in places if self._keeps_early(initiative, place))

    def _may_end(self, initiative: Initiative, place: Place) -> bool:
        """What has nothing remaining ends as a working day closes, or opens; not before `as_of`."""
        calendar, day = self.calendar(initiative), place.start
        closes = day > self._floor(initiative) and _works(calendar, day - DAY)
        return closes or _works(calendar, day)

    def _ended(self, initiative: Initiative) -> Place:
        written, start = initiative.actual_finish, initiative.actual_start
        finish = self.as_of if written is None else written + DAY
        if start is None:
            start = _opening_before(self.calendar(initiative), finish, self.full(initiative))
        return Place(start, finish)

    def _late(self, initiative: Initiative) -> Place:
        return self._latest(initiative, lambda place: self._keeps_late(initiative, place))

    def _latest(self, initiative: Initiative, keeps: Callable[[Place], bool]) -> Place:
        after = self._last(initiative) + 70 * DAY
        return next(filter(keeps, self._places(initiative, after, -DAY)))

    def _as_late(self, initiative: Initiative) -> Place:
        late, now = self.late[initiative.id].finish, self.early[initiative.id]
        place = self._latest(
            initiative,
            lambda place: place.finish <= late and self._moves_nobody(initiative, place),
        )
        gained = _between(self.calendar(initiative), now.finish, place.finish)
        return place if gained > 0 else now

    def _moves_nobody(self, initiative: Initiative, place: Place) -> bool:
        """Whether every unfinished successor could stay; without one, the roadmap's finish."""
        started = initiative.actual_start is not None
        ties = [
            (need, successor)
            for successor in self.open
            for need in successor.needs
            if need.on == initiative.id and not (started and need.type[0] == "S")
        ]
        if not ties:
            return place.finish <= self._last(initiative)
        return all(self._stays(need, place, successor) for need, successor in ties)

    def _stays(self, need: Need, place: Place, successor: Initiative) -> bool:
        """On one calendar, a milestone between Friday's closing and Monday's opening stays."""
        there = self.places[successor.id]
        if not self.length(successor) and self._on_one_calendar():
            asked = self._asked(need, place)
            return _between(self.calendar(successor), there.start, asked) <= 0
        return self._satisfied(need, place, successor, there)

    def _on_one_calendar(self) -> bool:
        used = {self.calendar(one).id for one in self.order}
        return used == {self._named(self.roadmap.settings.calendar).id}

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
        asked = self._asked(need, before)
        if not self.length(initiative):
            return place.start >= asked
        if need.type[1] == "S":
            return place.start >= asked
        return _between(self.calendar(initiative), place.finish, asked) <= 0

    def _asked(self, need: Need, before: Place) -> date:
        """The boundary that a link asks for; a lag gives the closing of the day that it reaches."""
        asked = before.finish if need.type[0] == "F" else before.start
        lag = self._lag(need)
        roadmaps = self._named(self.roadmap.settings.calendar)
        return _lagged(roadmaps, asked, lag) if lag else asked

    def _lag(self, need: Need) -> int:
        week = len(self._named(self.roadmap.settings.calendar).workdays or WEEK[:5])
        return 0 if need.lag is None else length_days(need.lag, week)

    def _tight(self, need: Need, initiative: Initiative) -> bool:
        """Whether no own working day lies between what a link asks for and where the work is."""
        place = self.early[initiative.id]
        have = place.start if need.type[1] == "S" else place.finish
        asked = self._asked(need, self._before(need.on))
        return _between(self.calendar(initiative), asked, have) <= 0

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
        """Bounds count in working time: the closing of Friday is also the opening of Monday.

        A milestone that closes may do so on any day, and is late on the next one.
        """
        calendar = self.calendar(initiative)
        starts = (initiative.start_no_later_than, initiative.must_start_on)
        for day in starts if initiative.actual_start is None else ():
            if day is not None and place.start > _working_before(calendar, day):
                return False
        bounds = (
            initiative.finish_no_later_than,
            initiative.must_finish_on,
            initiative.deadline,
        )
        return all(
            self._in_time(initiative, day, place.finish) for day in bounds if day is not None
        )

    def _in_time(self, initiative: Initiative, bound: date, finish: date) -> bool:
        calendar, shown = self.calendar(initiative), self.shown.get(initiative.id)
        if shown is not None and not shown.closes:
            return finish <= _working_before(calendar, bound)
        if not self.length(initiative) and not self.spent(initiative):
            return finish <= bound + DAY
        return _between(calendar, _working_before(calendar, bound) + DAY, finish) <= 0

    # --- the day on which something without length shows ------------------------------------------

    def _shows(self, initiative: Initiative) -> Day:
        if _finished(initiative):
            written = initiative.actual_finish
            return Day(True, written) if written else Day(False, self.as_of)
        calendar, place = self.calendar(initiative), self.early[initiative.id]
        closing = max(self._closings(initiative), default=None)
        if closing is None or any(closing < day for day in self._holding(initiative)):
            closing = None
        if self.spent(initiative):
            if closing is not None and _works(calendar, closing):
                return Day(True, closing)
            return Day(False, _next_working(calendar, place.start))
        if closing is not None:
            return Day(True, closing)
        return Day(False, max([place.start, *self._openings(initiative)]))

    def _closings(self, initiative: Initiative) -> Iterator[date]:
        """The days that close there: where what sets it ends."""
        for need in initiative.needs:
            if self._tight(need, initiative):
                shown = self._set_by(need, initiative)
                if shown.closes:
                    yield shown.day
        calendar, here = self.calendar(initiative), self.early[initiative.id].finish
        for bound in (initiative.finish_no_earlier_than, initiative.must_finish_on):
            if bound is not None:
                day = _next_working(calendar, bound)
                if _between(calendar, day + DAY, here) == 0:
                    yield day

    def _openings(self, initiative: Initiative) -> Iterator[date]:
        """The days that links set by opening."""
        for need in initiative.needs:
            if self._tight(need, initiative):
                shown = self._set_by(need, initiative)
                if not shown.closes:
                    yield shown.day

    def _set_by(self, need: Need, initiative: Initiative) -> Day:
        """What a link sets: by its end, or as the milestone shows that it comes from."""
        before = self.roadmap.initiatives[need.on]
        fact = need.type[0] == "S" and before.actual_start is not None
        as_that = None if fact else self.shown.get(need.on)
        lag, asked = self._lag(need), self._asked(need, self._before(need.on))
        if as_that is not None and not lag:
            return as_that
        if need.type[0] == "F" if as_that is None else as_that.closes:
            return Day(True, asked - DAY)
        return Day(False, _next_working(self.calendar(initiative), asked) if lag else asked)

    def _holding(self, initiative: Initiative) -> Iterator[date]:
        """The days before which it never shows, with those of milestones that it waits for."""
        yield self.as_of
        if initiative.actual_start is not None:
            yield initiative.actual_start
        else:
            yield self.roadmap.settings.start or self.as_of
            for day in (initiative.start_no_earlier_than, initiative.must_start_on):
                if day is not None:
                    yield _next_working(self.calendar(initiative), day)
        for need in initiative.needs:
            before = self.roadmap.initiatives[need.on]
            fact = need.type[0] == "S" and before.actual_start is not None
            if before.id in self.shown and not (_finished(before) or fact or self._lag(need)):
                yield from self._holding(before)


# --- one day after another ------------------------------------------------------------------------


def _works(calendar: Calendar, day: date) -> bool:
    if day in calendar.working:
        return True
    return WEEK[day.weekday()] in (calendar.workdays or WEEK[:5]) and day not in calendar.holidays


def _between(calendar: Calendar, first: date, last: date) -> int:
    """Working days between two boundaries; negative where the second is the earlier."""
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


def _lagged(calendar: Calendar, boundary: date, lag: int) -> date:
    """The closing of the day that is `lag` working days on (or back) from a day boundary."""
    if lag > 0:
        return _closing_after(calendar, boundary, lag)
    day = boundary
    for _ in range(1 - lag):  # the day that closes here or before, and then so many before it
        day -= DAY
        while not _works(calendar, day):
            day -= DAY
    return day + DAY


def _opening_before(calendar: Calendar, finish: date, days: int) -> date:
    """The opening at which work starts that has taken so many days when it finishes."""
    if not days:
        return finish
    day = finish
    while days:
        day -= DAY
        days -= _works(calendar, day)
    return day


def _next_working(calendar: Calendar, day: date) -> date:
    while not _works(calendar, day):
        day += DAY
    return day


def _working_before(calendar: Calendar, day: date) -> date:
    while not _works(calendar, day):
        day -= DAY
    return day


def _finished(initiative: Initiative) -> bool:
    return initiative.actual_finish is not None or initiative.status == "done"


def _in_order(roadmap: Roadmap) -> Iterator[Initiative]:
    done: set[str] = set()
    while len(done) < len(roadmap.initiatives):
        ready = [
            one
            for one in roadmap.initiatives.values()
            if one.id not in done and (_finished(one) or all(need.on in done for need in one.needs))
        ]
        yield from ready
        done.update(one.id for one in ready)
