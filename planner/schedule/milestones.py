"""The day on which something without length shows.

A moment lies between two days. It shows on the day that **closes** there when a finish sets it (an
FS or FF link, or a finish date), else on the day that **opens** there; what another milestone sets
shows as that one does; where several set it, closing wins. What sets it is whatever asks for its
number in its own calendar, since closing Friday and opening Monday are the same working time.

A milestone moved as late as possible is set by what it was moved up to: its successors, or the last
moment at which it may finish.
"""

from __future__ import annotations

from collections.abc import Iterator

from planner.calendars.working import Table
from planner.schedule.moments import Moments

Shown = tuple[bool, int]
"""Whether it shows on a day that closes, and the ordinal of that day; the greater one wins."""


def milestone_days(moments: Moments) -> dict[int, Shown]:
    """The day of everything without length, by node; of finished work only for milestones."""
    found = dict(_reached(moments))
    left = moments.work.left
    plain = [node for node in moments.live if not left[node]]
    for node in plain:
        if node not in moments.moved:
            found[node] = max(_setters(moments, node, found))
    for node in reversed(plain):
        if node in moments.moved:
            found[node] = max(_bounds(moments, node, found))
    return found


def late_milestone_day(moments: Moments, node: int, shown: Shown) -> int:
    """The day of its last moment: as its own day shows, or closing where a finish bounds it."""
    moment = moments.latest[node]
    table = moments.tables[moments.work.calendar[node]]
    number = table.before[moment - moments.first]
    if number == moments.number[node]:
        return shown[1]
    closes = shown[0] or moment >= _finish_limit(moments, node)
    return _working_day(table, number, moment, closes)


def _reached(moments: Moments) -> Iterator[tuple[int, Shown]]:
    """Milestones that have been reached, on the day that was written, else at the status date."""
    work = moments.work
    for node, (_, moment) in work.ended.items():
        if not work.length[node]:
            written = moments.network.initiatives[node].actual_finish is not None
            yield node, (written, moment - written)


def _setters(moments: Moments, node: int, shown: dict[int, Shown]) -> Iterator[Shown]:
    """How it would show by each link, date or floor that asks for its number."""
    work, network = moments.work, moments.network
    table = moments.tables[work.calendar[node]]
    number = moments.number[node]
    for end, into in ((0, network.into_start), (1, network.into_finish)):
        for source, lag in into[node]:
            pred = source >> 1
            if pred in moments.moved or moments.slack(2 * node + end, source, lag):
                continue
            # The start of what has started is a fact, whatever its own moment is.
            begun = not source & 1 and pred in work.begun
            asked = moments.lagged(source, lag)
            yield _linked(moments, source, lag, asked, None if begun else shown.get(pred))
    for day, closes in ((work.finish_from.get(node), True), (work.start_from.get(node), False)):
        if day is not None:
            opening = table.openings[table.before[day - moments.first]]
            if table.before[opening + closes - moments.first] == number:
                yield closes, opening
    moment = moments.ends[2 * node + 1]
    yield False, moment


def _linked(moments: Moments, source: int, lag: int, asked: int, pred: Shown | None) -> Shown:
    """How a link shows what it asks for, from a milestone that shows as `pred`, or from work."""
    if pred is not None and not lag:
        return pred
    closes = bool(source & 1) if pred is None else pred[0]
    if closes:
        return True, asked - 1
    if not lag:
        return False, asked
    table = moments.lag_table
    return False, table.openings[table.before[asked - moments.first]]


def _bounds(moments: Moments, node: int, shown: dict[int, Shown]) -> Iterator[Shown]:
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
    closes = moment >= _finish_limit(moments, node)
    yield closes, _working_day(table, number, moment, closes)


def _finish_limit(moments: Moments, node: int) -> int:
    """The last moment that the roadmap's finish and its own dates leave it."""
    day, last = moments.work.finish_by.get(node), moments.last_finish(node)
    return last if day is None else min(last, day + 1)


def _working_day(table: Table, number: int, moment: int, closes: bool) -> int:
    """The day of its own calendar that closes or opens at a moment, never one after it."""
    if not closes and table.openings[number] == moment:
        return moment
    return table.days[number - 1] if number > 0 else table.first
