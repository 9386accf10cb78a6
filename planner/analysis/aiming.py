"""A launch and a date to aim for: the sets that reach it as values, each with the edit it makes.

Of a launch that is late one aims for the day that it misses first; of one that is on time for the
working day before its finish, since that is what can still be won.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from planner.analysis.options import reach_shown
from planner.conflicts.curve import curve
from planner.conflicts.option_trials import Each, without_a_word
from planner.conflicts.reach import Reach, reach
from planner.conflicts.trial import finish_of
from planner.plan.impact import lateness
from planner.plan.model import Plan
from planner.roadmap.output_reach import ReachOption, ReachShown
from planner.text.edits import Edit


class Aim(Struct, frozen=True):
    """The answer for one date, and each of its sets, best first, with its edit."""

    found: Reach
    shown: ReachShown
    sets: tuple[tuple[ReachOption, Edit], ...]


def aim(plan: Plan, id: str, day: date, each: Each = without_a_word) -> Aim:
    """What takes `id` to `day`. Raises UsageError for what has no dates."""
    found = reach(plan.context, id, day, each=each)
    return _of(found, reach_shown(plan, found))


def along(plan: Plan, one: Aim, each: Each = without_a_word) -> ReachShown:
    """The same answer with the cheapest price of each date."""
    return reach_shown(plan, one.found, curve(plan.context, one.found.id, each))


def _of(found: Reach, shown: ReachShown) -> Aim:
    best = [] if found.best is None else [found.best]
    sets = [*best, *(one for _, one in found.others), *found.last]
    rows = [*([shown.best] if shown.best else []), *shown.others, *shown.last]
    edits = (one.edit for one in sets)
    return Aim(found, shown, tuple(zip(rows, edits, strict=True)))


def first_aim(plan: Plan, id: str) -> date | None:
    """The date to aim for first; None where nothing can be won: no dates, or finished."""
    dates, finish = plan.schedule.get(id), finish_of(plan.context, id)
    if dates is None or finish is None or dates.finished:
        return None
    late = lateness(plan, id)
    return late.first if late is not None else plan.calendars.roadmap.add(finish, -1)


def why_no_aim(plan: Plan, id: str) -> str:
    """Why nothing can be won, in words."""
    dates = plan.schedule.get(id)
    if dates is not None and dates.finished:
        return f"{id} is done: its dates are actual dates"
    return plan.schedule.unscheduled.get(id, "it has no dates")
