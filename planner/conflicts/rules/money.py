"""COST: what is planned and spent, against what there is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import fsum

from planner.conflicts.context import Context, figure, money
from planner.conflicts.costs import costs
from planner.conflicts.findings import Finding, Next, Size
from planner.conflicts.rule import Limits, Rule, Topic


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
                    context.side_name(id),
                ),
                message=f"{context.side_name(id)} has planned {figure(total)} {currency}".rstrip()
                + f" ({figure(open_sum)} of it open), {figure(_sum((total, -budget)))} above its "
                f"budget of {figure(budget)}",
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
        summary="more planned than there is money for",
        fires_when="the `cost` of a portfolio's spent and open work is above its `budget`",
        not_when="dropped and proposed work",
        why_marketing="something will not be done, and it is better to choose which",
        why_it="work that is begun and then not paid for is worth nothing",
        example="[portfolios.marketing]\nbudget = 10000\n[initiatives.site]\n"
        'portfolio = "marketing"\ncost = 12000',
        fix_kinds=("raise the budget", "drop what matters least"),
        topic=Topic(
            "budgets",
            "a portfolio has a `budget` and work has a `cost`",
            lambda context: (
                any(one.budget is not None for one in context.roadmap.portfolios.values())
                and bool(context.having("cost"))
            ),
        ),
        find=over_budget,
        fixes="money.budget",
    ),
)
