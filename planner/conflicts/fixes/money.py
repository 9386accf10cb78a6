"""COST: a higher budget, or work dropped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import fsum

from planner.conflicts.agreement import must_agree
from planner.conflicts.context import Context
from planner.conflicts.costs import costs
from planner.conflicts.fix import Ask, Fix
from planner.conflicts.fix_dates import best_first, timed
from planner.roadmap.figures import listed, money
from planner.text.edits import SetKey


def budget(ask: Ask) -> Iterator[Fix]:
    """The budget raised, or work dropped that nothing waits for, the least important first."""
    finding, context = ask.finding, ask.context
    side, amount = finding.id, finding.data["planned"]
    lead = context.roadmap.portfolios[side].lead
    currency = context.roadmap.settings.currency
    whole = int(amount) if amount == int(amount) else amount
    yield Fix(
        title=f"raise the budget to {money(amount, currency)}",
        edit=SetKey("portfolios", side, ("budget",), whole),
        needs_agreement=(lead,) if lead else (),
    )
    over = amount - finding.data["budget"]
    amounts = costs(context)[side]
    enough = [id for id in amounts if amounts[id] >= over and _spare(context, id)]
    offers = [(id,) for id in sorted(enough, key=lambda id: _least(context, amounts, id))[:3]]
    found: list[Fix] = []
    for ids in offers or _several(context, amounts, over):
        title = f"drop {listed(ids)} ({money(fsum(amounts[id] for id in ids), currency)})"
        edits = [SetKey("initiatives", id, ("status",), "dropped") for id in ids]
        found += timed(ask, title, edits, ids[0], needs_agreement=must_agree(context, *ids))
    yield from best_first(ask, found)


def _several(
    context: Context, amounts: Mapping[str, float], over: float
) -> Iterator[tuple[str, ...]]:
    """The least important work that together costs as much as there is too much."""
    spare = [id for id in amounts if _spare(context, id)]
    dropped: list[str] = []
    for id in sorted(spare, key=lambda id: _least(context, amounts, id)):
        dropped.append(id)
        above = sum(amounts[one] for one in dropped) - over
        if above >= 0:
            for one in list(dropped):
                if amounts[one] <= above:
                    dropped.remove(one)
                    above -= amounts[one]
            yield tuple(dropped)
            return


def _least(context: Context, amounts: Mapping[str, float], id: str) -> tuple[int, float, str]:
    """Sorts what matters least first, and then what costs least."""
    return -_priority(context, id), amounts[id], id


def _spare(context: Context, id: str) -> bool:
    """Whether it has not started, and nothing open waits for it."""
    dates = context.dates(id)
    after = context.network.links_out_of(id)
    return (
        context.is_open(id)
        and dates is not None
        and not dates.started
        and not any(context.is_open(link.succ) for link in after)
    )


def _priority(context: Context, id: str) -> int:
    return context.roadmap.initiatives[id].priority or 3
