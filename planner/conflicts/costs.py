"""Costs: what each initiative costs each side."""

from __future__ import annotations

from planner.conflicts.context import Context
from planner.roadmap.entities import Initiative


def costs(context: Context) -> dict[str, dict[str, float]]:
    """What each initiative costs each portfolio: portfolio → initiative → amount.

    A single number is its own portfolio's; dropped and proposed work costs nothing.
    """
    found: dict[str, dict[str, float]] = {}
    for initiative in context.having("cost"):
        if initiative.status != "dropped" and not initiative.is_idea:
            for side, amount in shares(context, initiative).items():
                found.setdefault(side, {})[initiative.id] = amount
    return found


def shares(context: Context, initiative: Initiative) -> dict[str, float]:
    """What one initiative costs each portfolio; of three values, the likely one."""
    cost = initiative.cost
    if isinstance(cost, dict):
        return {side: float(amount.likely) for side, amount in cost.items()}
    side = context.sides[initiative.id]
    return {side: float(cost.likely)} if cost is not None and side is not None else {}


def cost(initiative: Initiative) -> float:
    """What an initiative costs all sides; of three values, the likely one."""
    written = initiative.cost
    amounts = written.values() if isinstance(written, dict) else filter(None, (written,))
    return float(sum(amount.likely for amount in amounts))
