"""The day on which something without length shows.

A moment lies between two days. It shows on the day that **closes** there when a finish sets it (an
FS or FF link, or a finish date), else on the day that **opens** there; what another milestone sets
shows as that one does; where several set it, closing wins. What sets it is whatever asks for its
number in its own calendar, since closing Friday and opening Monday are the same working time.

The day that closes is the one on which what sets it ends, whatever its calendar. It never rolls: a
moment that is asked for as an opening is that day, and only where a lag gives the closing of a day
the one that opens after it is looked up, in its own calendar. It shows on no day before one that
holds it back (a start bound, the status date, the roadmap's start): then it opens. Started work
with nothing left is shown in the same way, but on a working day of its own.

All of this is asked of the moments before anything was moved as late as possible. A milestone that
was moved is set by what it was moved up to: its successors, or the last moment that is left to it;
it shows on no day after that moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.calendars.working import Table
from planner.schedule.moments import Moments, Shown


def milestone_days(early: Moments) -> dict[int, Shown]:
    """The day of everything without length, by node; of finished work only for milestones."""
    found = dict(_reached(early))
    left, held = early.work.left, dict[int, int]()
    for node in early.live:
        if not left[node]:
            held[node] = max(_holding(early, node, held))
            found[node] = _last_shown(early, node, _setters(early, node, found), held[node])
    return found


def moved_days(moments: Moments, early: dict[int, Shown]) -> dict[int, Shown]:
    """The same after some were moved as late as possible, given the days of before that."""
    found = dict(early)
    for node in reversed(moments.live):
        if node in moments.moved and not moments.work.left[node]:
            bounds = _bounds(moments, node, found, early[node])
            found[node] = _last_shown(moments, node, bounds)
    return found


def late_milestone_day(moments: Moments, node: int) -> int:
    """The day of its last moment: as its own day shows, or closing with the roadmap's finish."""
    moment, (closes, day) = moments.latest[node], moments.shown[node]
    table = moments.tables[moments.work.calendar[node]]
    number = table.before[moment - moments.first]
    if number == moments.number[node] and moment >= moments.ends[2 * node + 1]:
        return day
    return _working_day(table, number, moment, closes or moment >= moments.last_finish(node))


def _reached(moments: Moments) -> Iterator[tuple[int, Shown]]:
    """Milestones that have been reached, on the day that was written, else at the status date."""
    work = moments.work
    for node, (_, moment) in work.ended.items():
        if not work.length[node]:
            written = moments.network.initiatives[node].actual_finish is not None
            yield node, (written, moment - written)


def _last_shown(moments: Moments, node: int, setters: Iterable[Shown], held: int = 1) -> Shown:
    """The last of the days that set it: of those that close, unless it is held back beyond them.

    Started work with nothing left ends on a working day of its own, a milestone on any.
    """
    found = list(setters)
    closing = max((day for closes, day in found if closes), default=0)
    spent = moments.work.length[node] > 0
    table, number = moments.tables[moments.work.calendar[node]], moments.number[node]
    if closing >= held and not (spent and closing != _last_day(table, number)):
        return True, closing
    if spent:
        return False, table.openings[number]
    return False, max(day for closes, day in found if not closes)


def _holding(early: Moments, node: int, held: dict[int, int]) -> Iterator[int]:
    """The days before which nothing may show it: its own, and those of milestones it waits for."""
    work, network = early.work, early.network
    begun = node in work.begun
    yield max(work.begun[node], work.terms.as_of) if begun else work.floor
    day = 0 if begun else work.start_from.get(node, 0)
    if day:
        table = early.tables[work.calendar[node]]
        yield table.openings[table.before[day - early.first]]
    for source, lag in (*network.into_start[node], *network.into_finish[node]):
        if not (lag or _is_fact(early, source)):
            yield held.get(source >> 1, 0)


def _is_fact(early: Moments, source: int) -> bool:
    """Whether an end is an actual start, whatever the day is on which a milestone shows."""
    pred, work = source >> 1, early.work
    return not source & 1 and bool(pred in work.begun or work.ended.get(pred, (0, 0))[0])


def _setters(early: Moments, node: int, shown: dict[int, Shown]) -> Iterator[Shown]:
    """How it would show by each link and date that asks for its number."""
    work, network = early.work, early.network
    table = early.tables[work.calendar[node]]
    number = early.number[node]
    for end, into in ((0, network.into_start), (1, network.into_finish)):
        for source, lag in into[node]:
            if not early.slack(2 * node + end, source, lag):
                closes, day = _asked_by(early, source, lag, shown)
                yield closes, day if closes or not lag else table.openings[number]
    day = work.finish_from.get(node, 0)
    opening = day and table.openings[table.before[day - early.first]]
    if opening and table.before[opening + 1 - early.first] == number:
        yield True, opening
    yield False, early.ends[2 * node + 1]


def _asked_by(early: Moments, source: int, lag: int, shown: dict[int, Shown]) -> Shown:
    """How a link shows what it asks for: as the milestone it comes from does, else by its end."""
    milestone = None if _is_fact(early, source) else shown.get(source >> 1)
    if milestone is not None and not lag:
        return milestone
    closes = bool(source & 1) if milestone is None else milestone[0]
    return closes, early.lagged(source, lag) - closes


def _bounds(moments: Moments, node: int, shown: dict[int, Shown], early: Shown) -> Iterator[Shown]:
    """How a milestone moved late would show by each thing it was moved up to."""
    table = moments.tables[moments.work.calendar[node]]
    moment, number = moments.ends[2 * node], moments.number[node]
    for end in (2 * node, 2 * node + 1):
        for target, lag in moments.network.out_of[end]:
            if not moments.ends[target | 1] or moments.slack(target, end, lag):
                continue
            after = shown.get(target >> 1)
            if after is not None and not lag:
                yield after
            else:
                closes = bool(target & 1) if after is None else after[0]
                yield closes, _working_day(table, number, moment, closes)
    closes = moment >= _finish_limit(moments, node, early)
    yield closes, _working_day(table, number, moment, closes)


def _finish_limit(moments: Moments, node: int, early: Shown) -> int:
    """The last moment that the roadmap's finish and its own dates leave what closes."""
    day, last = moments.work.finish_by.get(node), moments.last_finish(node)
    return last if day is None or not early[0] else min(last, day + 1)


def _working_day(table: Table, number: int, moment: int, closes: bool) -> int:
    """The day of its own calendar that closes or opens at a moment, never one after it."""
    if not closes and table.openings[number] == moment:
        return moment
    return _last_day(table, number)


def _last_day(table: Table, number: int) -> int:
    """The working day that closes at a number."""
    return table.days[number - 1] if number > 0 else table.first
