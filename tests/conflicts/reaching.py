"""Random plans for `reach`, what has to hold of its answers on each, and a search of everything.

`python -m tests.conflicts.reaching [COUNT]` counts the plans on which it contradicts itself, and of
a fifth as many small ones those whose earliest day is not what the search of everything finds.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import count as numbers
from itertools import product
from random import Random
from typing import Any

from msgspec.structs import replace

from planner.conflicts.context import Context
from planner.conflicts.option_sets import OptionSet
from planner.conflicts.reach import Reach, reach
from planner.conflicts.trial import finish_of, tried
from planner.roadmap.entities import Initiative
from planner.roadmap.quantities import Length, Need
from planner.schedule.compute import Schedule
from tests.conflicts.plans import MONDAY, plan
from tests.schedule.making import run

TARGET = "launch"
LINKS = ("", "", "", "", "SS", "FF", "SF")
LAGS = (0, 0, 0, 0, 2, -1, -3)
CALENDARS = {
    "six": {"workdays": ["mon", "tue", "wed", "thu", "fri", "sat"]},
    "seven": {"workdays": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]},
    "part": {"workdays": ["tue", "thu"]},
}
DAYS = (
    "start_no_earlier_than",
    "finish_no_earlier_than",
    "must_start_on",
    "must_finish_on",
    "start_no_later_than",
    "finish_no_later_than",
)
ANSWERS = 12
"""About so many days are asked for on each plan."""


# --- plans ----------------------------------------------------------------------------------------


def random_plan(
    draw: Random, *, most: int = 8, longest: int = 16, mixed: bool = True
) -> dict[str, Any]:
    """A plan that ends in a launch: estimates of three values, links, days, facts, calendars."""
    names = [f"t{number}" for number in range(1, draw.randint(2, most) + 1)]
    work: dict[str, dict[str, Any]] = {}
    for number, name in enumerate(names):
        work[name] = _work(draw, names[max(0, number - 6) : number], longest)
        if mixed and not draw.randrange(5):
            work[name]["calendar"] = draw.choice(sorted(CALENDARS))
    waited_for = {on for keys in work.values() for on in map(_on, keys["needs"])}
    ends = [name for name in names if name not in waited_for]
    kind = {"kind": "milestone"} if draw.randrange(4) else _length(draw, longest)
    work[TARGET] = {"needs": ends, "owner": draw.choice(("crm", "core")), **kind}
    if not draw.randrange(10):
        work[TARGET] |= draw.choice((_facts(draw), {"as_late_as_possible": True}))
    return {**_around(draw), "initiatives": work}


def _around(draw: Random) -> dict[str, Any]:
    """Everything but the initiatives."""
    off = (MONDAY + timedelta(days=draw.randint(0, 60)) for _ in range(draw.choice((0, 0, 1, 3))))
    holidays = {day.isoformat(): "off" for day in off}
    return {
        "roadmap": {"start": MONDAY, "status_date": MONDAY},
        "calendars": {"standard": {"holidays": holidays}, **CALENDARS},
        "teams": {"crm": {"portfolio": "marketing"}, "core": {"portfolio": "it"}},
        "systems": {"cdp": {"owner": "core"}, "cms": {"owner": "crm"}},
        "freezes": {"sale": {"start": date(2027, 3, 15), "end": date(2027, 3, 19)}},
    }


def _work(draw: Random, before: Sequence[str], longest: int) -> dict[str, Any]:
    keys: dict[str, Any] = {"owner": draw.choice(("crm", "core")), **_length(draw, longest)}
    known = draw.sample(before, min(len(before), draw.choice((0, 1, 1, 1, 2, 2))))
    keys["needs"] = [_need(draw, on) for on in known]
    if not draw.randrange(5):
        keys[draw.choice(DAYS)] = MONDAY + timedelta(days=draw.randint(0, 40))
    if not draw.randrange(8):
        keys |= _facts(draw)
    for odd in (
        {"kind": "review"},
        {"as_late_as_possible": True},
        {"changes": ["cms"], "finish_no_earlier_than": date(2027, 3, 22)},
        {"introduces": ["cdp"]},
        {"uses": ["cdp"]},
        {"status": "proposed"},
    ):
        if not draw.randrange(14):
            keys |= odd
    return keys


def _length(draw: Random, longest: int) -> dict[str, Any]:
    if not draw.randrange(5):
        return {"estimate": f"{draw.randint(0, longest)}d"}
    days = sorted(draw.randint(1, longest) for _ in range(3))
    return {"estimate": [f"{one}d" for one in days]}


def _need(draw: Random, on: str) -> Any:
    if not draw.randrange(8):
        return {"on": on, "agreed": date(2027, 2, 1), "delivers": "what was agreed"}
    lag = draw.choice((*LAGS, draw.randint(-6, 6)))
    return f"{on} {draw.choice(LINKS)}{f'{lag:+}d' if lag else ''}".strip()


def _on(need: Any) -> str:
    return need.split()[0] if isinstance(need, str) else need["on"]


def _facts(draw: Random) -> dict[str, Any]:
    started = {"actual_start": MONDAY - timedelta(days=draw.randint(3, 20)), "status": "active"}
    states: tuple[dict[str, Any], ...] = (
        started,
        {**started, "remaining": f"{draw.randint(1, 6)}d"},
        {**started, "percent_complete": draw.choice((20, 50, 75))},
        {"actual_start": started["actual_start"], "actual_finish": MONDAY - timedelta(days=2)},
        {"status": "dropped"},
    )
    return draw.choice(states)


# --- what has to hold -----------------------------------------------------------------------------


def contradictions(context: Context) -> list[str]:
    """What the answers to several questions about one plan say against the plan, or each other."""
    finish = finish_of(context, TARGET)
    if finish is None:
        return []
    answers = [reach(context, TARGET, day) for day in _asked(context, finish)]
    return [
        said for found in answers for said in (*_alone(context, found), *_among(found, answers))
    ]


def _asked(context: Context, finish: date) -> list[date]:
    """A day of no hope, the days that it then names, and some up to the day before the plan's."""
    never = reach(context, TARGET, context.as_of - timedelta(days=1))
    first, last = never.earliest_dropping, finish - timedelta(days=1)
    between = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    some = between[:: max(1, len(between) // ANSWERS)]
    named = {never.day, never.earliest, never.earliest - timedelta(days=1), first, last, *some}
    return sorted(day for day in named if day < finish)


def _alone(context: Context, found: Reach) -> Iterator[str]:
    """One answer against the plan: each set gives what it promises, wins something, and may be."""
    for one in offered(found):
        made = tried(context, one.edit)
        told = finish_of(made, TARGET)
        yield from (f"{found.day}: {one.title}: {said}" for said in _unfit(context, made))
        if told != one.finish:
            yield f"{found.day}: {one.title} promises {one.finish} and gives {told}"
        if one.finish >= found.finish:
            yield f"{found.day}: {one.title} wins nothing"
    if found.best is not None and found.best.finish > found.day:
        yield f"{found.day}: {found.best.title} finishes {found.best.finish}"
    written = [repr(one.edit) for one in found.options]
    if len(set(written)) < len(written):
        yield f"{found.day}: two options write the same"
    if not found.ended:
        yield f"{found.day}: the search did not end"


def offered(found: Reach) -> list[OptionSet]:
    """The options one by one, and the best set."""
    return [*found.options, *([found.best] if found.best is not None else [])]


def _unfit(context: Context, made: Context) -> Iterator[str]:
    """Overlaps by more than half of a predecessor, without FF, or of what has to come first."""
    for id, one in made.roadmap.initiatives.items():
        before = context.roadmap.initiatives[id].needs
        ends = {need.on for need in one.needs if need.type == "FF" and _lag(need) >= 0}
        for need in one.needs:
            if need in before or need.type != "SS":
                continue
            if need.on not in ends:
                yield f"{id} may finish before {need.on}"
            if not _leaves_half(made.schedule, need.on, int(_lag(need))):
                yield f"{id} starts before half of {need.on} is done"
            if not any(was.on == need.on and may_overlap(context, id, was) for was in before):
                yield f"{id} overlaps with {need.on}"


def _lag(need: Need) -> float:
    return 0 if need.lag is None else need.lag.number


def _among(found: Reach, answers: Sequence[Reach]) -> Iterator[str]:
    """One answer against all others."""
    for one in (one for other in answers for one in offered(other)):
        earliest = found.earliest_dropping if one.gives_up else found.earliest
        if one.finish < earliest:
            yield f"{found.day}: the earliest is {earliest}, {one.title} reaches {one.finish}"
    if found.reached != (found.day >= found.earliest_dropping):
        yield f"{found.day}: reached is {found.reached}, the earliest {found.earliest_dropping}"
    gentle = found.best is not None and not found.best.gives_up
    if gentle != any(found.day >= other.earliest for other in answers):
        yield f"{found.day}: without giving anything up is {gentle}, earliest {found.earliest}"


# --- everything that could give -------------------------------------------------------------------

Overlap = tuple[str, int, Need]
"""A successor, the place of a link among its own, and the link."""


Choice = tuple[Sequence[Initiative], Sequence[tuple[Overlap, int]], date]
"""The work as it is then, the overlaps with their lags, and the finish."""


def exhaustive(context: Context, most: int) -> date | None:
    """The earliest finish of all choices; None where they are too many."""
    return min((finish for _, _, finish in every_choice(context, most)), default=None)


def every_choice(context: Context, most: int) -> Iterator[Choice]:
    """All choices of lengths and overlaps that may be; none where they are too many.

    An estimate is as it is or its optimistic value. A finish to start without a positive lag, on
    unfinished work that is no review and brings nothing that is used, may be a start to start of
    any lag that leaves at least half of the predecessor, as it then is, before it; FF is kept.
    """
    initiatives, before = context.roadmap.initiatives, context.network.ancestors(TARGET) | {TARGET}
    ids = [id for id in initiatives if id in before and context.is_open(id)]
    lengths = [_lengths(initiatives[id]) for id in ids]
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
    for made, chosen in product(product(*lengths), product(*lags)) if size <= most else ():
        pulled = zip(links, chosen, strict=True)
        overlaps = [(link, lag) for link, lag in pulled if lag is not None]
        finish = finish_with(context, made, iter(overlaps))
        if finish is not None:
            yield made, overlaps, finish


def _lengths(one: Initiative) -> list[Initiative]:
    """The work as it is, and with its optimistic estimate, or as much of what remains of it."""
    estimate = one.estimate
    if estimate is None or estimate.optimistic is None or one.kind == "milestone":
        return [one]
    if one.actual_start is None or one.remaining is None:
        return [one, replace(one, estimate=replace(estimate, likely=estimate.optimistic))]
    left = -(-one.remaining.number * estimate.optimistic.number // estimate.likely.number)
    return [one, replace(one, remaining=Length(left, "d"))]


def longest(context: Context, id: str) -> int:
    """The lag at which a start waits for the whole of work, as it is planned."""
    dates = context.dates(id)
    assert dates is not None
    return max(dates.duration, context.days(dates.start, dates.finish) + 1)


def may_overlap(context: Context, id: str, need: Need) -> bool:
    one, on = context.roadmap.initiatives[id], context.roadmap.initiatives.get(need.on)
    if on is None or not on.open or on.actual_finish or need.type != "FS" or _lag(need) > 0:
        return False
    return "review" not in (one.kind, on.kind) and not set(on.introduces) & {*one.uses}


def finish_with(
    context: Context, made: Sequence[Initiative], overlaps: Iterator[tuple[Overlap, int | None]]
) -> date | None:
    """The finish of the launch; None where an overlap is longer than half of its predecessor."""
    changed = {one.id: one for one in made}
    pulled = [(link, lag) for link, lag in overlaps if lag is not None]
    for (id, place, need), lag in pulled:
        needs = list(changed[id].needs)
        needs[place] = replace(need, type="SS", lag=Length(lag, "d"))
        changed[id] = replace(changed[id], needs=(*needs, Need(on=need.on, type="FF")))
    initiatives = {**context.roadmap.initiatives, **changed}
    schedule = run(replace(context.roadmap, initiatives=initiatives), context.as_of)
    if not all(_leaves_half(schedule, need.on, lag) for (_, _, need), lag in pulled):
        return None
    span = schedule.span(TARGET)
    return None if span is None else span[1]


def _leaves_half(schedule: Schedule, on: str, lag: int) -> bool:
    """Whether so many days after its start at least half of work is done."""
    dates = schedule.get(on)
    assert dates is not None
    own = schedule.calendars.for_initiative(schedule.roadmap.initiatives[on])
    node = schedule.network.index[on]
    half = own.closing(own.number(schedule.boundaries.ends[2 * node + 1]) - dates.duration // 2)
    return schedule.boundaries.lagged(2 * node, lag) >= half


# --- counting -------------------------------------------------------------------------------------


def small_plans() -> Iterator[Context]:
    """Small plans on which everything can be tried; every fourth with several calendars."""
    for seed in numbers(1):
        context = plan(random_plan(Random(f"small {seed}"), most=4, longest=6, mixed=not seed % 4))
        if finish_of(context, TARGET) is not None:
            yield context


def earliest(context: Context, most: int) -> tuple[date, date | None]:
    """The earliest day that is told, and that of the search of everything (None: too many)."""
    found = reach(context, TARGET, context.as_of - timedelta(days=1))
    return found.earliest, exhaustive(context, most)


def main(count: int) -> None:
    """Count over so many random plans, and over a fifth as many small ones."""
    bad = 0
    for seed in range(count):
        said = contradictions(plan(random_plan(Random(seed))))
        bad += bool(said)
        if said:
            print(f"plan {seed}: {said[0]} ({len(said)})", flush=True)
    print(f"{bad} of {count} plans contradict themselves", flush=True)
    wrong = looked = 0
    for number, context in enumerate(small_plans(), 1):
        told, true = earliest(context, 20_000)
        looked += true is not None
        wrong += true not in (None, told)
        if true not in (None, told):
            print(f"small plan {number}: {told} is told, {true} can be", flush=True)
        if looked == count // 5:
            break
    print(f"{wrong} of {looked} earliest days are not the earliest", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
