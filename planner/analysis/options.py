"""Options as values: what each set wins and costs, who has to agree, and the command for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from planner.conflicts.acceleration import planned_days
from planner.conflicts.curve import Curve
from planner.conflicts.option_sets import OptionSet
from planner.conflicts.path_options import chain
from planner.conflicts.reach import Reach
from planner.plan.impact import Consequence, compare
from planner.plan.model import Plan
from planner.roadmap.output import SCHEMA
from planner.roadmap.output_path import LateBy
from planner.roadmap.output_reach import CurvePoint, ReachOption, ReachShown, UnpricedRow
from planner.schedule.delay import cost_of_a_day
from planner.text.commands import as_command, initiative_name

UNPRICED = 5
"""So much work without a price is named."""


def reach_shown(plan: Plan, found: Reach, along: Curve | None = None) -> ReachShown:
    """The options for an initiative to finish by a date, and the best set; `along` the curve of
    price against date, where that is asked for. Rows stand in the order of the sets.
    """
    late = found.late
    per_day = cost_of_a_day(plan, chain(plan.context, found.id))
    points = along.points if along else ()
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
        ended=found.ended and (along is None or along.ended),
        cheapest=found.cheapest,
        not_tried=found.left_out,
        options=tuple(option_rows(plan, found.options)),
        curve=tuple(_points(plan, points)),
        delay_cost_per_day=per_day,
        worth=worth_aiming_for(points, per_day),
        unpriced=tuple(islice(_unpriced(plan, found), UNPRICED)),
    )


def worth_aiming_for(points: Iterable[OptionSet], per_day: float | None) -> date | None:
    """The finish that saves most for its price; None where no day saves as much as it costs."""
    if not per_day:
        return None
    saved = [(one.wins * per_day - one.price, one.finish) for one in points if one.price]
    best = max(saved, default=(0.0, None))
    return best[1] if best[0] >= 0 else None


def _points(plan: Plan, points: Iterable[OptionSet]) -> Iterator[CurvePoint]:
    before = 0.0
    for one in points:
        yield CurvePoint(
            finish=one.finish,
            wins=one.wins,
            price=one.price,
            step=round(one.price - before, 2),
            title=one.title,
            needs_agreement=one.needs_agreement,
            command=as_command(one.edit, plan.reading.roadmap),
        )
        before = one.price


def _unpriced(plan: Plan, found: Reach) -> Iterator[UnpricedRow]:
    """The work that drives the finish and has no price yet, and could be as much shorter as days
    are to be won.
    """
    days = max(1, found.late.working if found.late else 1)
    for id in chain(plan.context, found.id):
        one, left = plan.roadmap.initiatives[id], planned_days(plan.context, id)
        if one.accelerate is None and not one.is_milestone and left > 1:
            fewer = min(days, left - 1)
            name = initiative_name(id)
            yield UnpricedRow(
                id=id,
                days=fewer,
                command=f"planner set {name} accelerate.to={left - fewer}d accelerate.cost=",
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
