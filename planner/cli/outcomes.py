"""`planner outcomes`: what the roadmap is for, what it costs, and what it is worth."""

from __future__ import annotations

from collections.abc import Iterator

import click

from planner.analysis.outcomes import (
    CLASSES,
    amount,
    formula_lines,
    kpi_words,
    spare,
    spare_words,
    working,
    worth_of,
)
from planner.cli.printing import print_data
from planner.cli.roadmap_option import open_session, opens_roadmap
from planner.conflicts.context import count, listed
from planner.exchange.report import as_json
from planner.plan.impact import day
from planner.plan.model import Plan
from planner.roadmap.output_outcomes import ContributionRow, OutcomeRow, OutcomesShown
from planner.text.visible import visible

START = (
    "no outcomes yet: nothing says what the work is for, or what a day later costs.\n"
    "  planner add outcomes.ID kpi=… baseline=… target=… by=… value=…  what it is for\n"
    "  planner set INITIATIVE outcomes=ID                              which work brings it"
)
START_COST = "  planner set INITIATIVE cost=…                                   what it costs"


@click.command("outcomes")
@opens_roadmap(path_argument=True)
@click.option("--json", "as_object", is_flag=True, help="Show one JSON object.")
def command(path: str | None, roadmap: str | None, as_of: str | None, as_object: bool) -> int:
    """Show outcomes with their KPIs and initiatives, then cost and value by side."""
    plan = open_session(roadmap, as_of, path).plan
    worth = worth_of(plan)
    if as_object:
        print_data(as_json(worth))
    else:
        for line in worth_text(plan, worth):
            click.echo(visible(line, keep_newlines=True))
    return 0


def worth_text(plan: Plan, worth: OutcomesShown) -> Iterator[str]:
    """The lines, for people and for screen readers: nothing is said by place or colour alone."""
    for row in worth.outcomes:
        yield from _outcome(plan, worth, row)
        yield ""
    if not worth.outcomes:
        yield from _start(worth)
    yield from _money(worth)
    yield from _balance(worth)
    if worth.outcomes:
        yield from _unrelated(worth)
        yield ""
        yield "How it is computed"
        yield from (f"  {line}" for line in formula_lines())


def _start(worth: OutcomesShown) -> Iterator[str]:
    """How to begin; no figure and no formula stands where nothing is written yet."""
    yield START
    if not any(row.spent or row.open for row in worth.money):
        yield START_COST
    if worth.money or worth.balance:
        yield ""


def _outcome(plan: Plan, worth: OutcomesShown, row: OutcomeRow) -> Iterator[str]:
    yield f"{row.id}  {row.title}" if row.title != row.id else row.id
    yield f"  {kpi_words(row)}"
    yield f"  {_landing(row)}"
    costs = [f"{_name(worth, side)} {amount(c, worth.currency)}" for side, c in row.cost.items()]
    total = amount(row.total_cost, worth.currency)
    yield f"  cost {total}: {', '.join(costs)}" if costs else "  no cost is written"
    for line in working(plan, row):
        yield f"  {line}"
    if row.scores:
        scores = (f"{_name(worth, side)} {score:.1f}" for side, score in row.scores.items())
        apart = f"; apart on {listed(row.disagree, 4)}" if row.disagree else ""
        yield f"  scores {', '.join(scores)} of 5{apart}"
    for one in row.contributors:
        yield f"    {_contribution(worth, one)}"


def _landing(row: OutcomeRow) -> str:
    if row.lands is None:
        return "does not land: no work with dates names it"
    verb = "landed" if row.landed else "lands"
    lands, left = f"{verb} {day(row.lands)} {row.lands.year}", spare(row)
    if left is None:
        return lands
    return f"{lands}, {spare_words(left)} the day it is measured by"


def _contribution(worth: OutcomesShown, one: ContributionRow) -> str:
    cost = sum(one.cost.values())
    parts = [one.id, _name(worth, one.side), one.status]
    parts.append(f"{day(one.lands)}{', the last' if one.last else ''}" if one.lands else "no dates")
    if cost:
        shared = f" (1 of {one.share} shares)" if one.share > 1 else ""
        parts.append(amount(cost, worth.currency) + shared)
    return " · ".join(parts)


def _money(worth: OutcomesShown) -> Iterator[str]:
    if worth.money:
        yield "Cost by side"
    for row in worth.money:
        total = amount(row.spent + row.open, worth.currency)
        line = f"  {row.title}: {total}, {amount(row.open, worth.currency)} of it open"
        if row.budget is not None and row.left is not None:
            over = "over" if row.left < 0 else "left"
            budget, left = amount(row.budget, worth.currency), abs(row.left)
            line += f"; budget {budget}, {amount(left, worth.currency)} {over}"
        yield line


def _balance(worth: OutcomesShown) -> Iterator[str]:
    if worth.balance:
        yield "Balance of work"
    for row in worth.balance:
        cost = f", {amount(row.cost, worth.currency)}" if row.cost else ""
        number = count(row.initiatives, "initiative")
        yield f"  {_name(worth, row.side)}, {CLASSES[row.work]}: {number}, {row.days}d{cost}"


def _unrelated(worth: OutcomesShown) -> Iterator[str]:
    for enables, heading in (
        (False, "For no outcome"),
        (True, "For none, but before work that is"),
    ):
        found = [row for row in worth.no_outcome if row.enables is enables]
        if found:
            yield heading
            for row in found:
                cost = f", {amount(row.cost, worth.currency)}" if row.cost else ""
                yield f"  {row.id} ({_name(worth, row.side)} {row.kind}{cost})"


def _name(worth: OutcomesShown, side: str) -> str:
    return worth.sides[side]
