"""Acceleration: what money could shorten work to, day by day, and what that writes.

Any whole number of the working days between the estimate and `to` can be bought, each at the same
price. Of started work as large a part of what remains is bought as of the estimate. What is bought
is in the estimate and the cost then, and what is left to buy in `accelerate`, so that no day is
bought twice. An optimistic estimate stays, unless the new estimate is shorter; a pessimistic one
stays, since money promises nothing of the worst case.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from planner.conflicts.context import Context
from planner.conflicts.trial import tables_of
from planner.roadmap.entities import Initiative
from planner.roadmap.quantities import Length, format_length, length_days
from planner.text.edits import Edit, RemoveKey, SetKey


def days_to_buy(context: Context, id: str) -> int:
    """How many working days of its estimate money could take; 0 where nobody has priced any."""
    initiative = context.roadmap.initiatives[id]
    offer, estimate = initiative.accelerate, initiative.estimate
    if offer is None or estimate is None or initiative.is_milestone:
        return 0
    return max(0, _days(context, initiative, estimate.likely) - _least(context, initiative))


def price_of(context: Context, id: str, days: int) -> float:
    """What so many days cost, in proportion to all that could be bought."""
    offer, most = context.roadmap.initiatives[id].accelerate, days_to_buy(context, id)
    return round(float(offer.cost) * days / most, 2) if offer is not None and most else 0.0


def price_of_a_day(context: Context, id: str) -> float:
    """What one of the days costs that could be bought, not rounded."""
    offer, most = context.roadmap.initiatives[id].accelerate, days_to_buy(context, id)
    return float(offer.cost) / most if offer is not None and most else 0.0


def planned_days(context: Context, id: str) -> int:
    """The working days of its estimate."""
    initiative = context.roadmap.initiatives[id]
    return _days(context, initiative, initiative.estimate.likely) if initiative.estimate else 0


def remaining_with(context: Context, id: str, days: int) -> int | None:
    """The days that remain of started work with so many bought; None where none are written."""
    initiative = context.roadmap.initiatives[id]
    if initiative.actual_start is None or initiative.remaining is None:
        return None
    left, planned = _days(context, initiative, initiative.remaining), planned_days(context, id)
    return -(-left * (planned - days) // max(1, planned))


def hoped_days(context: Context, id: str) -> int:
    """By how many days its optimistic estimate is shorter; 0 without one."""
    initiative = context.roadmap.initiatives[id]
    estimate = initiative.estimate
    if estimate is None or estimate.optimistic is None:
        return 0
    return planned_days(context, id) - _days(context, initiative, estimate.optimistic)


def shorter_than_hoped(context: Context, id: str, days: int) -> bool:
    """Whether work with so many days bought is shorter than its optimistic estimate."""
    return days > hoped_days(context, id)


def accelerated_to(context: Context, id: str, days: int) -> str:
    """The estimate with so many days bought: ``4w``, ``38d``."""
    initiative = context.roadmap.initiatives[id]
    if initiative.accelerate is not None and days == days_to_buy(context, id):
        return format_length(initiative.accelerate.to)
    left, week = planned_days(context, id) - days, _week(context, initiative)
    in_weeks = initiative.estimate is not None and initiative.estimate.likely.unit == "w"
    whole = in_weeks and left % week == 0 and left > 0
    return format_length(Length(left // week, "w") if whole else Length(left, "d"))


def accelerating(context: Context, id: str, days: int) -> Iterator[Edit]:
    """What buying so many days writes."""
    initiative = context.roadmap.initiatives[id]
    if initiative.accelerate is None or not days:
        return
    written, paid = tables_of(context)["initiatives"][id], price_of(context, id, days)
    yield SetKey("initiatives", id, ("estimate",), _estimate(context, id, days))
    left = remaining_with(context, id, days)
    if left is not None:
        yield SetKey("initiatives", id, ("remaining",), f"{left}d")
    if paid:
        yield _cost(context, id, written.get("cost"), paid)
    if days == days_to_buy(context, id):
        yield RemoveKey("initiatives", id, ("accelerate",))
    else:
        rest = float(initiative.accelerate.cost) - paid
        yield SetKey("initiatives", id, ("accelerate", "cost"), _amount(rest))


def _estimate(context: Context, id: str, days: int) -> Any:
    """The estimate as it is written then: a length, or three."""
    written, new = (
        tables_of(context)["initiatives"][id]["estimate"],
        accelerated_to(context, id, days),
    )
    if not isinstance(written, list | tuple):
        return new
    return [new if shorter_than_hoped(context, id, days) else written[0], new, *written[2:]]


def _cost(context: Context, id: str, written: Any, paid: float) -> Edit:
    """The price on top of what it costs; of several sides it is paid by its own, else the first."""
    if not isinstance(written, dict):
        return SetKey("initiatives", id, ("cost",), _more(written, paid))
    side = context.sides[id]
    payer = side if side in written or side in ("marketing", "it") else next(iter(written), side)
    return SetKey("initiatives", id, ("cost", payer or "joint"), _more(written.get(payer), paid))


def _more(written: Any, paid: float) -> Any:
    if isinstance(written, list | tuple):
        return [_amount(float(one) + paid) for one in written]
    return _amount(float(written or 0) + paid)


def _amount(value: float) -> int | float:
    """Money as it is written: whole where it is, else with two digits."""
    rounded = round(value, 2)
    return int(rounded) if rounded == int(rounded) else rounded


def _least(context: Context, initiative: Initiative) -> int:
    assert initiative.accelerate is not None
    return _days(context, initiative, initiative.accelerate.to)


def _days(context: Context, initiative: Initiative, length: Length) -> int:
    return length_days(length, _week(context, initiative))


def _week(context: Context, initiative: Initiative) -> int:
    return context.calendars.for_initiative(initiative).days_per_week
