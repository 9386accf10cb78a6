"""How long done work took, beside what was estimated first: what makes a next estimate likely."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from planner.conflicts.context import Context
from planner.roadmap.entities import Initiative
from planner.roadmap.quantities import Estimate, length_days

UNKNOWN = frozenset(("start", "finish"))
"""What nobody wrote of done work, where one of these is assumed."""


def ratio(context: Context, one: Initiative, first: Estimate | None) -> float | None:
    """The working days that done work took, divided by those of its first estimate.

    None where one of the two is not known. What began and ended on a day off took a day.
    """
    dates = context.dates(one.id)
    if first is None or dates is None or not dates.finished or UNKNOWN & set(dates.assumed):
        return None
    days = estimated_days(context, one, first)
    return max(1, dates.duration) / days if days else None


def estimated_days(context: Context, one: Initiative, estimate: Estimate) -> int:
    """An estimate in working days of the calendar on which the work is counted."""
    return length_days(estimate.likely, context.calendars.for_initiative(one).days_per_week)


def is_measured(one: Initiative) -> bool:
    """Whether it is done work that takes time."""
    return one.status == "done" and not one.is_milestone


def median(numbers: Sequence[float]) -> float:
    """The middle one, or the mean of the two in the middle."""
    ordered, middle = sorted(numbers), len(numbers) // 2
    if len(numbers) % 2:
        return float(ordered[middle])
    return (ordered[middle - 1] + ordered[middle]) / 2


def begun(table: Any) -> bool:
    """Whether an initiative's table says that work has begun, or is over."""
    return "actual_start" in table or table.get("status") == "active" or ended(table)


def ended(table: Any) -> bool:
    """Whether an initiative's table says that it is done."""
    return "actual_finish" in table or table.get("status") == "done"
