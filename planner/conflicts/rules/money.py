"""COST: what is planned and spent, against what there is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import fsum

from planner.conflicts.context import Context
from planner.conflicts.costs import costs
from planner.conflicts.findings import Finding, Next, Size
from planner.conflicts.rule import Limits, Rule, Topic
from planner.roadmap.figures import money


def over_budget(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Portfolios whose work costs more than their `budget`, spent and open together."""
    budgets = {id: one for id, one in context.roadmap.portfolios.items() if one.budget is not None}
    planned = costs(context) if budgets else {}
    for id, portfolio in budgets.items():
        amounts = planned.get(id, {})
        budget, total = portfolio.budget or 0, _sum(amounts.values())
        if total > budget:
            open_sum = _sum(cost for one, cost in amounts.items() if context.is_open(one))
            currency = context.roadmap.settings.currency or ""
            yield Finding(
                kind="portfolios",
                on=(id,),
                key=("budget",),
                root=(id,),
                size=Size(
                    (over := _sum((total, -budget)),),
                    money(over, currency),
                    "over budget",
                    context.roadmap.side_title(id),
                ),
                message=f"{context.roadmap.side_title(id)} is {money(over, currency)} over budget: "
                f"planned {money(total, currency)}, budget {money(budget, currency)}",
                who=Next(id, portfolio.lead),
                data={"budget": budget, "planned": total, "open": open_sum},
            )


def _sum(amounts: Iterable[float]) -> float:
    """A sum of money, to the cent."""
    return round(fsum(amounts), 2)


RULES = (
    Rule(
        code="COST01",
        name="over-budget",
        severity="warning",
        family="money",
        summary="a side that plans to spend more than its budget",
        fires_when="the `cost` of a portfolio's done and open initiatives is above its `budget`",
        not_when="dropped and proposed initiatives",
        why_marketing="something will not be done, and it is better to choose what",
        why_it="an initiative that stops half-way for lack of money is worth nothing",
        example="[portfolios.marketing]\nbudget = 10000\n[initiatives.site]\n"
        'portfolio = "marketing"\ncost = 12000',
        fix_kinds=("raise the budget", "drop the least important initiative"),
        topic=Topic(
            "budgets",
            "a portfolio has a `budget` and an initiative has a `cost`",
            lambda context: (
                any(one.budget is not None for one in context.roadmap.portfolios.values())
                and bool(context.having("cost"))
            ),
        ),
        find=over_budget,
        fixes="money.budget",
    ),
)
