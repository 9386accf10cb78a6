"""Reason of a date: the first that holds of actual date, link, date constraint, status date and the
roadmap's start. Read from the boundaries that the passes stored.

For work moved as late as possible that is the reason, and it drives no other date: what drives a
date did so before anything was moved.
"""

from __future__ import annotations

from datetime import date

from planner.network.graph import ENDS
from planner.schedule.boundaries import DayBoundaries, IncomingLink
from planner.schedule.dates import AS_LATE, Reason
from planner.schedule.work import FINISH_FROM, START_FROM

_TYPES = {ends: type for type, ends in ENDS.items()}


def ranked_drivers(boundaries: DayBoundaries, node: int) -> list[IncomingLink]:
    """The links that drive a node, the latest-starting first, then by id."""
    early, ids = boundaries.early, boundaries.network.ids
    ends, drivers = early.ends, early.drivers(node)
    if len(drivers) > 1:
        drivers.sort(key=lambda tie: (-ends[tie[0] & ~1], ids[tie[0] >> 1]))
    return drivers


def reason(boundaries: DayBoundaries, node: int, drivers: list[IncomingLink]) -> Reason:
    """Which rule gave a node its date; `drivers` as `ranked_drivers` gives them."""
    work, initiative = boundaries.work, boundaries.network.initiatives[node]
    if node in work.begun:
        return Reason(kind="actual", key="actual_start", day=initiative.actual_start)
    if node in work.ended and initiative.actual_finish is not None:
        return Reason(kind="actual", key="actual_finish", day=initiative.actual_finish)
    if node in boundaries.moved:
        return Reason(kind="date", key=AS_LATE, on=_moved_up_to(boundaries, node))
    if drivers and node not in work.ended:
        source, lag, end = drivers[0]
        on, type = boundaries.network.ids[source >> 1], _TYPES[source & 1, end]
        return Reason(kind="link", on=on, type=type, lag=lag)
    key = None if node in work.ended else _holding_date(boundaries, node)
    if key is not None:
        return Reason(kind="date", key=key, day=getattr(initiative, key))
    if node in work.ended or work.terms.start <= work.terms.as_of:
        return Reason(kind="status_date", day=date.fromordinal(work.terms.as_of))
    return Reason(kind="start", day=date.fromordinal(work.terms.start))


def _moved_up_to(boundaries: DayBoundaries, node: int) -> str | None:
    """The successor that would move if it were any later: the first to start, then by id.

    None where the roadmap's finish or a date of its own holds it.
    """
    ends, ids, out_of = boundaries.ends, boundaries.network.ids, boundaries.network.out_of
    held = (
        (ends[target & ~1], ids[target >> 1])
        for end in (2 * node, 2 * node + 1)
        for target, lag in out_of[end]
        if ends[target | 1] and boundaries.slack(target, end, lag) <= 0
    )
    return min(held, default=(0, None))[1]


def _holding_date(boundaries: DayBoundaries, node: int) -> str | None:
    """The key of the set date that asks for exactly where the work is."""
    work, initiative = boundaries.work, boundaries.network.initiatives[node]
    before = boundaries.tables[work.calendar[node]].before
    for keys, day, length in (
        (START_FROM, work.start_from.get(node), 0),
        (FINISH_FROM, work.finish_from.get(node), work.left[node]),
    ):
        if day is None:
            continue
        asked = before[day - boundaries.first] + (keys is FINISH_FROM)
        if asked == boundaries.number[node] + length:
            held = date.fromordinal(day)
            return next(key for key in keys if getattr(initiative, key) == held)
    return None
