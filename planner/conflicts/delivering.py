"""What would make a supplier deliver on a day that somebody names: edits of its dates.

A named day moves nothing by itself. These edits say what the plan is if it comes true, or hold the
supplier to it, and are made by nobody but a person who chose so.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planner.conflicts.context import Context
from planner.conflicts.trial import together
from planner.roadmap.quantities import Need
from planner.schedule.dates import Dates
from planner.text.edits import Edit, RemoveKey, SetKey

LATER = ("finish_no_earlier_than", "must_finish_on")
"""What can hold a finish back."""


def held(context: Context, need: Need, day: date) -> Edit | None:
    """The supplier held back to a day; None where the plan delivers on it or later anyway, or the
    end that the link waits for has been.
    """
    planned, dates = context.schedule.delivery(need), context.dates(need.on)
    if planned is None or dates is None or dates.finished or day <= planned:
        return None
    if need.type[0] == "F":
        return SetKey("initiatives", need.on, ("finish_no_earlier_than",), day)
    if dates.started:
        return None
    start = context.calendars.roadmap.add(dates.start, context.days(planned, day))
    return SetKey("initiatives", need.on, ("start_no_earlier_than",), start)


def delivering(context: Context, need: Need, day: date) -> Edit | None:
    """The supplier's dates if it delivers on a day: held back to it, or shorter by as much.

    None where the plan says that day, where it can't be so short, or a start would have to be
    earlier than what comes before it.
    """
    planned, dates = context.schedule.delivery(need), context.dates(need.on)
    if planned is None or dates is None or dates.finished or day == planned:
        return None
    if day > planned:
        return held(context, need, day)
    if need.type[0] == "S":
        return None
    return _shorter(context, dates, day)


def _shorter(context: Context, dates: Dates, day: date) -> Edit | None:
    initiative = context.roadmap.initiatives[dates.id]
    calendar = context.calendars.for_initiative(initiative)
    left = dates.remaining - calendar.working_days(day, dates.finish)
    if left < 1:
        return None
    key = "remaining" if dates.started else "estimate"
    edits: list[Edit] = [SetKey("initiatives", dates.id, (key,), f"{left}d")]
    edits += _loosened(context, dates.id, day)
    return together(edits, f"{dates.id} ends on {context.day(day)}")


def _loosened(context: Context, id: str, day: date) -> Iterator[Edit]:
    """What holds its finish back beyond the day."""
    initiative = context.roadmap.initiatives[id]
    for key in LATER:
        held_until: date | None = getattr(initiative, key)
        if held_until is not None and held_until > day:
            yield RemoveKey("initiatives", id, (key,))
