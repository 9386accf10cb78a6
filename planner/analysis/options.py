"""Options as values: what each set wins and costs, who has to agree, and the command for it."""

from __future__ import annotations

from collections.abc import Iterable

from planner.analysis.raci import slipped
from planner.conflicts.option_sets import OptionSet
from planner.conflicts.reach import Reach
from planner.plan.impact import Consequence, compare
from planner.plan.model import Plan
from planner.roadmap.output import SCHEMA
from planner.roadmap.output_path import LateBy
from planner.roadmap.output_reach import ReachOption, ReachShown
from planner.text.commands import as_command


def reach_shown(plan: Plan, found: Reach) -> ReachShown:
    """The options for an initiative to finish by a date, and the best set."""
    late = found.late
    slip = None if plan.is_large else slipped(plan, found.id, 1)
    return ReachShown(
        schema=SCHEMA,
        title=plan.roadmap.title,
        as_of=plan.as_of,
        currency=plan.roadmap.settings.currency,
        id=found.id,
        day=found.day,
        finish=found.finish,
        late=LateBy(working=late.working, calendar=late.calendar) if late else None,
        best=judged_row(plan, found.best, "best") if found.best else None,
        others=tuple(judged_row(plan, one, kind) for kind, one in found.others),
        last=tuple(judged_row(plan, one, one.kind) for one in found.last),
        earliest=found.earliest,
        earliest_dropping=found.earliest_dropping,
        ended=found.ended,
        not_tried=found.left_out,
        options=tuple(option_rows(plan, found.options)),
        curve=(),
        delay_cost_per_day=slip.cost if slip else None,
        worth=None,
        unpriced=(),
    )


def option_rows(plan: Plan, sets: Iterable[OptionSet]) -> Iterable[ReachOption]:
    """Sets of options with their own kinds, as JSON has them."""
    return (option_row(plan, one, one.kind) for one in sets)


def judged_row(plan: Plan, one: OptionSet, kind: str) -> ReachOption:
    """A set with its consequence for delay cost and conflicts, where the plan is not too large."""
    change = None if plan.is_large else compare(plan, plan.with_edit(one.edit), one.edit)
    return option_row(plan, one, kind, change)


def option_row(
    plan: Plan, one: OptionSet, kind: str, change: Consequence | None = None
) -> ReachOption:
    """One set of options, as JSON has it."""
    return ReachOption(
        title=one.title,
        kind=kind,
        assumes=one.assumes,
        wins=one.wins,
        finish=one.finish,
        price=one.price,
        days_optimistic=one.days_optimistic,
        gives_up=one.gives_up,
        loses=one.loses,
        needs_agreement=one.needs_agreement,
        command=as_command(one.edit, plan.reading.roadmap),
        delay_cost=change.cost if change else None,
        clears=len(change.changes.of("cleared")) if change else None,
        new=len(change.changes.of("new")) if change else None,
    )
