"""What a plan says about one initiative while a field of it is being typed."""

from __future__ import annotations

from textual.content import Content

from planner.entry.progress import decided
from planner.entry.shapes import Field
from planner.plan.model import Plan
from planner.roadmap.figures import date_range, date_text
from planner.schedule.shift import Shift
from planner.text.visible import visible

BOUNDS = ("deadline", "announced", "start_no_later_than", "finish_no_later_than")
"""Days that move nothing: they are met or missed."""

MOVES = ("estimate", "needs", "remaining", "percent_complete", "calendar", "owner")
"""Fields, beside days, that an initiative's dates follow."""


def told(plan: Plan, id: str, field: Field) -> str:
    """``ends 12 May 2027``, ``5 days late``; empty where the field says nothing about dates."""
    dates = plan.schedule.get(id)
    if dates is None:
        return ""
    if field.key in BOUNDS:
        bound = getattr(plan.roadmap.initiatives[id], field.key)
        reached = dates.start if field.key.startswith("start") else dates.finish
        return "" if bound is None else _met(plan.schedule.shift(bound, reached))
    if field.shape == "date" or field.key in MOVES:
        ends = f"ends {date_text(dates.finish, plan.as_of)}"
        return "; ".join(filter(None, (ends, visible(decided(plan, id, field.key)))))
    return ""


def _met(shift: Shift) -> str:
    if not shift:
        return "met exactly"
    return shift.late if shift.later else f"{shift.amount} to spare"


def span(plan: Plan, id: str) -> Content:
    """``30 Jul – 24 Sep 2027 · float −20``, for the frame of a dialog."""
    dates = plan.schedule.get(id)
    if dates is None:
        return Content(visible(plan.schedule.unscheduled.get(id, "not scheduled")))
    days = f"{date_range(dates.start, dates.finish, dates.finish)} {dates.finish.year}"
    if dates.total_float is None:
        return Content(days)
    number = str(dates.total_float).replace("-", "−")
    style = "bold $critical" if dates.total_float <= 0 else ""
    return Content.assemble(days, " · ", (f"float {number}", style))
