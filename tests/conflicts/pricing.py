"""Random small plans with prices, and the cheapest price of each finish by trying everything.

`python -m tests.conflicts.pricing [COUNT]` counts the answers that are not the cheapest.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import count as numbers
from itertools import product
from random import Random
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from planner.conflicts.context import Context
from planner.conflicts.reach import reach
from planner.conflicts.trial import finish_of, tried
from planner.roadmap.entities import Initiative
from planner.roadmap.quantities import Length, length_days
from tests.conflicts.plans import plan
from tests.conflicts.reaching import TARGET, finish_with, longest, may_overlap, random_plan

Price = tuple[bool, float]
"""Whether it takes more than money, and how much money."""

MOST = 3_000
"""So many schedules are tried for one plan."""


class OneLength(Struct, frozen=True):
    """One length that work could have, for a price."""

    work: Initiative
    price: Price


def priced_plan(draw: Random, *, mixed: bool) -> dict[str, Any]:
    """A small plan in which money could shorten most work."""
    data = random_plan(draw, most=4, longest=6, mixed=mixed)
    for keys in data["initiatives"].values():
        written = keys.get("estimate")
        if written is None or not draw.randrange(4):
            continue
        days = int((written[1] if isinstance(written, list) else written)[:-1])
        if days:
            keys["accelerate"] = {
                "to": f"{draw.randint(0, days)}d",
                "cost": draw.choice((0, 100, 700, 1000, 2400)),
            }
            keys["cost"] = 1000
    return data


def small_plans() -> Iterator[Context]:
    """Those with a price on the way; every fourth with several calendars."""
    for seed in numbers(1):
        context = plan(priced_plan(Random(f"priced {seed}"), mixed=not seed % 4))
        ids = (
            {TARGET, *context.network.ancestors(TARGET)} if TARGET in context.network.index else ()
        )
        if finish_of(context, TARGET) and any(
            context.roadmap.initiatives[id].accelerate for id in ids
        ):
            yield context


def cheapest(context: Context, most: int = MOST) -> dict[date, Price] | None:
    """The cheapest price of each finish, of all whole days that could be bought, with each estimate
    as it is or optimistic, and every overlap that may be; None where they are too many.
    """
    initiatives, before = context.roadmap.initiatives, context.network.ancestors(TARGET) | {TARGET}
    ids = [id for id in initiatives if id in before and context.is_open(id)]
    lengths = [list(_lengths(context, initiatives[id])) for id in ids]
    links = [
        (id, place, need)
        for id in ids
        for place, need in enumerate(initiatives[id].needs)
        if may_overlap(context, id, need)
    ]
    lags = [[None, *range(longest(context, need.on))] for _, _, need in links]
    size = 1
    for each in (*lengths, *lags):
        size *= len(each)
    if size > most:
        return None
    found: dict[date, Price] = {}
    for chosen, lag in product(product(*lengths), product(*lags)):
        finish = finish_with(context, [one.work for one in chosen], zip(links, lag, strict=True))
        hoped = any(one.price[0] for one in chosen) or any(one is not None for one in lag)
        price = hoped, round(sum(one.price[1] for one in chosen), 2)
        if finish is not None and price < found.get(finish, (True, float("inf"))):
            found[finish] = price
    return found


def _lengths(context: Context, one: Initiative) -> Iterator[OneLength]:
    estimate = one.estimate
    yield OneLength(one, (False, 0.0))
    if estimate is None or one.kind == "milestone":
        return
    week = context.calendars.for_initiative(one).days_per_week
    likely = length_days(estimate.likely, week)
    if estimate.optimistic is not None:
        yield OneLength(_long(context, one, length_days(estimate.optimistic, week)), (True, 0.0))
    if one.accelerate is not None and not one.is_milestone:
        least = length_days(one.accelerate.to, week)
        for days in range(1, likely - least + 1):
            price = round(float(one.accelerate.cost) * days / (likely - least), 2)
            yield OneLength(_long(context, one, likely - days), (False, price))


def _long(context: Context, one: Initiative, days: int) -> Initiative:
    """The work with another estimate, and as large a part of what remains."""
    assert one.estimate is not None
    if one.actual_start is None or one.remaining is None:
        return replace(one, estimate=replace(one.estimate, likely=Length(days, "d")))
    week = context.calendars.for_initiative(one).days_per_week
    left, likely = length_days(one.remaining, week), length_days(one.estimate.likely, week)
    return replace(
        one,
        estimate=replace(one.estimate, likely=Length(days, "d")),
        remaining=Length(-(-left * days // max(1, likely)), "d"),
    )


def wrong(context: Context, true: dict[date, Price]) -> Iterator[str]:
    """What the answers for each day say that is not so."""
    base = finish_of(context, TARGET)
    assert base is not None
    for day in _asked(min(true), base):
        found = reach(context, TARGET, day)
        best, least = found.best, min((true[one] for one in true if one <= day), default=None)
        told = None if best is None or best.gives_up else (not best.certain, best.price)
        if told != least:
            yield f"{day}: {told} is told, {least} can be{'' if found.ended else ' (not ended)'}"
        for one in (*found.options, *(each for _, each in found.others), *([best] if best else [])):
            if finish_of(tried(context, one.edit), TARGET) != one.finish:
                yield f"{day}: {one.title} does not finish on {one.finish}"


def _asked(first: date, last: date) -> Sequence[date]:
    """Every day from the one before the earliest to the one before today's finish."""
    return [first + timedelta(days=n) for n in range(-1, (last - first).days)]


def main(count: int) -> None:
    """Count over so many small plans that can be tried."""
    bad = looked = 0
    for number, context in enumerate(small_plans(), 1):
        true = cheapest(context)
        if true is None:
            continue
        looked += 1
        said = list(wrong(context, true))
        bad += bool(said)
        if said:
            print(f"priced plan {number}: {said[0]} ({len(said)})", flush=True)
        if looked == count:
            break
    print(f"{bad} of {looked} plans have an answer that is not the cheapest", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
