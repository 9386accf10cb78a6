"""Freezes and single days: which freeze a date waits for, and the first day after one."""

from __future__ import annotations

from datetime import date, timedelta

from planner.calendars.freezes import Window
from planner.conflicts.context import Context


def first_free(context: Context, id: str, window: Window) -> date:
    """The first day after a freeze on which this work is done and no other one stops it."""
    initiative = context.roadmap.initiatives[id]
    calendar = context.calendars.for_initiative(initiative)
    last: date | None = window.end
    while last is not None:
        day = calendar.add(last, 1)
        stopping = context.frozen.stopping(initiative, day, day)
        last = max((one.end for one in stopping), default=None)
    return day


def freeze_behind(context: Context, id: str, key: str) -> Window | None:
    """The freeze after whose end a date holds work, as far as the calendar tells."""
    initiative = context.roadmap.initiatives[id]
    held: date = getattr(initiative, key)
    before = context.calendars.roadmap.add(held, -1)
    for window in context.frozen.stopping(initiative, before, held - timedelta(days=1)):
        if window.end < held <= context.calendars.roadmap.add(window.end, 1):
            return window
    return None
