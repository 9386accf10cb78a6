"""Display date of a milestone, and of started work with nothing left to do.

A day boundary lies between two days: show the day before it (the day that **closes** there) if a
finish sets it (an FS or FF link, or a finish date), else the day after it (the day that **opens**
there). What another milestone sets shows as that one does; where several set it, closing wins. What
sets it is every link or date that requires its number in its own calendar, since closing Friday and
opening Monday are the same working time.

The day that closes is the one on which what sets it ends, in any calendar. It never rolls: a
boundary required as an opening is that day, and only where a lag gives the closing of a day, the
next day that opens is looked up, in its own calendar. It shows on no day before a limit of its own
(a date constraint, the status date, the roadmap's start): then it opens. Started work with nothing
left is shown in the same way, but on a working day of its own.

All of this uses the boundaries before anything was moved as late as possible. A milestone that was
moved is set by what it was moved up to: its successors, or its last possible boundary; it shows on
no day after that boundary.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.calendars.working import Table
from planner.schedule.boundaries import DayBoundaries, Shown


def milestone_days(early: DayBoundaries) -> dict[int, Shown]:
    """Display dates of nodes without length; of finished work only for milestones."""
    found = dict(_reached(early))
    left, held = early.work.left, dict[int, int]()
    for node in early.live:
        if not left[node]:
            held[node] = max(_holding(early, node, held))
            found[node] = _last_shown(early, node, _setters(early, node, found), held[node])
    return found


def moved_days(boundaries: DayBoundaries, early: dict[int, Shown]) -> dict[int, Shown]:
    """Display dates after some nodes were moved as late as possible; `early` is from before."""
    found = dict(early)
    for node in reversed(boundaries.live):
        if node in boundaries.moved and not boundaries.work.left[node]:
            bounds = _bounds(boundaries, node, found, early[node])
            found[node] = _last_shown(boundaries, node, bounds)
    return found


def late_milestone_day(boundaries: DayBoundaries, node: int) -> int:
    """Display date of the latest boundary: as its own date, or at the roadmap's finish."""
    boundary, (closes, day) = boundaries.latest[node], boundaries.shown[node]
    table = boundaries.tables[boundaries.work.calendar[node]]
    number = table.before[boundary - boundaries.first]
    if number == boundaries.number[node] and boundary >= boundaries.ends[2 * node + 1]:
        return day
    return _working_day(table, number, boundary, closes or boundary >= boundaries.last_finish(node))


def _reached(boundaries: DayBoundaries) -> Iterator[tuple[int, Shown]]:
    """Milestones that were reached, on their `actual_finish`, else at the status date."""
    work = boundaries.work
    for node, (_, boundary) in work.ended.items():
        if not work.length[node]:
            written = boundaries.network.initiatives[node].actual_finish is not None
            yield node, (written, boundary - written)


def _last_shown(
    boundaries: DayBoundaries, node: int, setters: Iterable[Shown], held: int = 1
) -> Shown:
    """The last day that sets it: of those that close, unless a limit (`held`) is later.

    Started work with nothing left ends on a working day of its own, a milestone on any.
    """
    found = list(setters)
    closing = max((day for closes, day in found if closes), default=0)
    spent = boundaries.work.length[node] > 0
    table, number = boundaries.tables[boundaries.work.calendar[node]], boundaries.number[node]
    if closing >= held and not (spent and closing != _last_day(table, number)):
        return True, closing
    if spent:
        return False, table.openings[number]
    return False, max(day for closes, day in found if not closes)


def _holding(early: DayBoundaries, node: int, held: dict[int, int]) -> Iterator[int]:
    """Days before which it may not show: its own limits, and those of its predecessors."""
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


def _is_fact(early: DayBoundaries, source: int) -> bool:
    """Whether an end is an actual start."""
    pred, work = source >> 1, early.work
    return not source & 1 and bool(pred in work.begun or work.ended.get(pred, (0, 0))[0])


def _setters(early: DayBoundaries, node: int, shown: dict[int, Shown]) -> Iterator[Shown]:
    """Display date by each link and date that requires its number."""
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


def _asked_by(early: DayBoundaries, source: int, lag: int, shown: dict[int, Shown]) -> Shown:
    """Display date that a link gives: that of the milestone it comes from, else by its end."""
    milestone = None if _is_fact(early, source) else shown.get(source >> 1)
    if milestone is not None and not lag:
        return milestone
    closes = bool(source & 1) if milestone is None else milestone[0]
    return closes, early.lagged(source, lag) - closes


def _bounds(
    boundaries: DayBoundaries, node: int, shown: dict[int, Shown], early: Shown
) -> Iterator[Shown]:
    """Display date of a milestone moved late, by each successor or limit that it meets."""
    table = boundaries.tables[boundaries.work.calendar[node]]
    boundary, number = boundaries.ends[2 * node], boundaries.number[node]
    for end in (2 * node, 2 * node + 1):
        for target, lag in boundaries.network.out_of[end]:
            if not boundaries.ends[target | 1] or boundaries.slack(target, end, lag):
                continue
            after = shown.get(target >> 1)
            if after is not None and not lag:
                yield after
            else:
                closes = bool(target & 1) if after is None else after[0]
                yield closes, _working_day(table, number, boundary, closes)
    closes = boundary >= _finish_limit(boundaries, node, early)
    yield closes, _working_day(table, number, boundary, closes)


def _finish_limit(boundaries: DayBoundaries, node: int, early: Shown) -> int:
    """The last boundary that the roadmap's finish and its own finish dates permit."""
    day, last = boundaries.work.finish_by.get(node), boundaries.last_finish(node)
    return last if day is None or not early[0] else min(last, day + 1)


def _working_day(table: Table, number: int, boundary: int, closes: bool) -> int:
    """The day of its own calendar that closes or opens at a day boundary, never one after it."""
    if not closes and table.openings[number] == boundary:
        return boundary
    return _last_day(table, number)


def _last_day(table: Table, number: int) -> int:
    """The working day that closes at a number."""
    return table.days[number - 1] if number > 0 else table.first
