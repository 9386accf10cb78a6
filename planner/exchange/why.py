"""Why an initiative has its dates, for programs."""

from __future__ import annotations

from planner.exchange.report import need_rows, reason_row
from planner.plan.model import Plan
from planner.roadmap.output import SCHEMA
from planner.roadmap.output_why import WhyShown, WhyStep
from planner.schedule.why import Step, steps


def why_shown(plan: Plan, id: str) -> WhyShown:
    """What gives an initiative its dates, back to the first cause."""
    dates = plan.schedule.get(id)
    return WhyShown(
        schema=SCHEMA,
        title=plan.roadmap.title,
        as_of=plan.as_of,
        id=id,
        start=dates.start if dates else None,
        finish=dates.finish if dates else None,
        total_float=dates.total_float if dates else None,
        critical=bool(dates and dates.critical),
        why_not=None if dates else plan.schedule.unscheduled.get(id),
        steps=tuple(_step(plan, step) for step in steps(plan.schedule, id)),
        needs=tuple(sorted(need_rows(plan, id), key=lambda one: (one.slack or 0, one.on))),
    )


def _step(plan: Plan, step: Step) -> WhyStep:
    dates = plan.schedule.get(step.id)
    assert dates is not None, step.id  # what has no dates is no step
    return WhyStep(
        id=step.id,
        start=dates.start,
        finish=dates.finish,
        reason=reason_row(step.reason),
        skipped=step.skipped,
    )
