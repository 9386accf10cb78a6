"""Worked spans: on which days an initiative is worked and on which it waits, for load and bars.

Started work counts as worked from its actual start to the status date. Where it is paused, or its
remaining part starts later than it could, it was worked for the length of its done part, then waits
until the remaining part runs: a waiting initiative needs no people and overlaps with nothing. A
span is two inclusive days; only working days of the initiative's own calendar in it are worked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from planner.calendars.working import WorkCalendar
from planner.schedule.shown import ShownDays
from planner.schedule.work import Work

Span = tuple[date, date]
_DAY = timedelta(days=1)


class Days(Struct, frozen=True):
    """How many days there are from the first to the last of them, with both."""

    first: date
    last: date
    days: int


class Worked(Struct, frozen=True):
    """When one piece of work is worked, in order of time; a milestone never is.

    `waiting` is the time between what was done of it and what remains, if it waits.
    """

    calendar: WorkCalendar
    spans: tuple[Span, ...] = ()
    waiting: Span | None = None

    def within(self, first: date, last: date) -> Days | None:
        """The days from `first` to `last` on which it is worked; None where it is on none."""
        found = [
            days
            for start, finish in self.spans
            if (days := counted(self.calendar, max(first, start), min(last, finish)))
        ]
        if not found:
            return None
        return Days(found[0].first, found[-1].last, sum(one.days for one in found))

    def for_calendar(self, other: WorkCalendar) -> Iterator[Span]:
        """The spans without the days on which `other` works and this work's own calendar does not.

        On the working days of `other` that are left it is worked on all of them.
        """
        if other is self.calendar:
            yield from self.spans
            return
        for first, last in self.spans:
            for year in range(first.year, last.year + 1):
                for closed in _closed(self.calendar, other, year):
                    if first <= closed <= last:
                        if first < closed:
                            yield first, closed - _DAY
                        first = closed + _DAY
            if first <= last:
                yield first, last


@lru_cache(maxsize=256)
def _closed(mine: WorkCalendar, other: WorkCalendar, year: int) -> tuple[date, ...]:
    """The days of a year on which only the other calendar works."""
    first, after = date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()
    days = map(date.fromordinal, range(first, after))
    return tuple(day for day in days if other.is_working(day) and not mine.is_working(day))


def worked(work: Work, shown: ShownDays, node: int) -> Worked:
    """When the work of a node that has dates is worked."""
    calendar = work.calendars.all[work.calendar[node]]
    start, finish = shown.both(node)
    if node not in work.begun:
        length = shown.took(node) if node in work.ended else work.length[node]
        return Worked(calendar, ((start, finish),) if length else ())
    if not (work.length[node] or work.left[node]):
        return Worked(calendar)
    start = date.fromordinal(work.begun[node])
    resumes = shown.remaining_start(node) or finish
    as_of = date.fromordinal(work.terms.as_of)
    paused = work.network.initiatives[node].status == "paused"
    if not paused and resumes <= calendar.first_working(max(start, as_of)):
        return Worked(calendar, ((start, finish),))
    done = max(0, work.length[node] - work.left[node])
    before = _before(calendar, start, done, as_of)
    waits = before[1] + _DAY if before else start, resumes - _DAY
    after = (resumes, finish) if work.left[node] else None
    spans = tuple(span for span in (before, after) if span is not None)
    return Worked(calendar, spans, waits if waits[0] <= waits[1] else None)


def _before(calendar: WorkCalendar, start: date, done: int, as_of: date) -> Span | None:
    """The first `done` working days from `start`, as far as they lie before `as_of`."""
    boundary = calendar.closing(calendar.number(start.toordinal()) + done)
    last = min(date.fromordinal(boundary), as_of) - _DAY
    return (start, last) if done and start <= last else None


# --- at the same time -----------------------------------------------------------------------------


def at_once(works: Iterable[Worked]) -> Days | None:
    """The days on which more than one of them is worked; None where there is none."""
    found: list[Days] = []
    running: Counter[WorkCalendar] = Counter()
    changes = sorted(_changes(works), key=lambda change: change[0])
    for (day, calendar, more), (following, _, _) in pairwise(changes):
        running[calendar] += more
        if following > day and running.total() > 1:
            found += _shared(+running, day, following - _DAY)
    if not found:
        return None
    return Days(found[0].first, found[-1].last, sum(one.days for one in found))


def _changes(works: Iterable[Worked]) -> Iterator[tuple[date, WorkCalendar, int]]:
    for one in works:
        for first, last in one.spans:
            yield first, one.calendar, 1
            yield last + _DAY, one.calendar, -1


def _shared(running: Counter[WorkCalendar], first: date, last: date) -> Iterator[Days]:
    """The days on which two of these are worked, where `running` counts them by calendar."""
    if len(running) == 1:
        (calendar,) = running
        days = counted(calendar, first, last)
        yield from (days,) if days else ()
        return
    for number in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(number)
        if sum(many for calendar, many in running.items() if calendar.is_working(day)) > 1:
            yield Days(day, day, 1)


def concurrent(works: Sequence[Worked]) -> list[list[int]]:
    """Groups of them, by place: each is worked on a day on which another of its group is, too.

    In order of start. Of the spans that run on one calendar only the one that ends last is looked
    at: what meets another of them meets that one.
    """
    group = list(range(len(works)))
    latest: dict[WorkCalendar, tuple[date, int]] = {}
    spans = sorted((*span, place) for place, one in enumerate(works) for span in one.spans)
    for first, last, place in spans:
        mine = works[place].calendar
        for calendar, (until, other) in latest.items():
            if until >= first and meet(mine, calendar, first, min(last, until)):
                group[_head(group, place)] = _head(group, other)
        if mine not in latest or last > latest[mine][0]:
            latest[mine] = last, place
    found: dict[int, list[int]] = {}
    for place in dict.fromkeys(place for _, _, place in spans):
        found.setdefault(_head(group, place), []).append(place)
    return list(found.values())


def _head(group: list[int], place: int) -> int:
    while group[place] != place:
        group[place] = group[group[place]]
        place = group[place]
    return place


def meet(one: WorkCalendar, other: WorkCalendar, first: date, last: date) -> bool:
    """Whether a day from `first` to `last` is worked in both calendars."""
    if one is other:
        return counted(one, first, last) is not None
    numbers = range(first.toordinal(), last.toordinal() + 1)
    days = map(date.fromordinal, numbers)
    return any(one.is_working(day) and other.is_working(day) for day in days)


def counted(calendar: WorkCalendar, first: date, last: date) -> Days | None:
    """The working days from `first` to `last`, with both; None where there is none."""
    if first > last:
        return None
    opens, closes = calendar.number(first.toordinal()), calendar.number(last.toordinal() + 1)
    if closes <= opens:
        return None
    start = date.fromordinal(calendar.opening(opens))
    return Days(start, date.fromordinal(calendar.closing(closes) - 1), closes - opens)
