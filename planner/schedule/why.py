"""Why an initiative has its date: its reason, and that of what it waits for, to a first cause."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from planner.network.walks import followed
from planner.schedule.compute import Schedule
from planner.schedule.dates import Dates, Reason

_NAMED = 30
"""No more days off than this are remarked on."""


class Step(Struct, frozen=True, kw_only=True, gc=False):
    """One answer to "why this date?": `id` has its dates for `reason`.

    `skipped` are the named days off between what was asked and the start: a remark, no reason.
    """

    id: str
    reason: Reason
    skipped: tuple[tuple[date, str], ...] = ()


def steps(schedule: Schedule, id: str) -> tuple[Step, ...]:
    """The steps from an initiative to the first cause.

    What was moved as late as possible waits for its successor, which may wait for it in turn.
    """

    def waits_on(id: str) -> str | None:
        dates = schedule.get(id)
        return None if dates is None else dates.reason.on

    known = map(schedule.get, followed(id, waits_on))
    return tuple(
        Step(id=dates.id, reason=dates.reason, skipped=_skipped(schedule, dates))
        for dates in known
        if dates is not None
    )


def _skipped(schedule: Schedule, dates: Dates) -> tuple[tuple[date, str], ...]:
    """The named days off just before unfinished work goes on: rolling over them is no reason."""
    if dates.finished:
        return ()
    work = schedule.work
    calendar = work.calendars.all[work.calendar[schedule.network.index[dates.id]]]
    day = dates.remaining_start or dates.start
    found: list[tuple[date, str]] = []
    while len(found) < _NAMED:
        day = date.fromordinal(day.toordinal() - 1)
        if calendar.is_working(day):
            break
        name = calendar.holiday(day)
        if name is not None:
            found.append((day, name))
    return tuple(reversed(found))
