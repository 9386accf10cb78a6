"""What the roadmap is for: each outcome with its work, landing day, cost, value and return.

Nothing here is judged: every figure is computed from what the file says, by a formula that stands
beside it in words (`FORMULAS`). The one assumption is the allocation: an initiative that names
several outcomes costs each of them an equal share, so that shares add up to the whole. Dropped
work costs nothing and contributes to nothing; what is only proposed costs nothing and does no work.
Days are working days on the roadmap's calendar.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from statistics import fmean

from msgspec.structs import replace

from planner.conflicts.contributions import contributors, enabling, reached
from planner.conflicts.costs import shares
from planner.plan.model import Plan
from planner.roadmap.entities import Initiative, Kind, Outcome
from planner.roadmap.output import SCHEMA
from planner.roadmap.output_outcomes import (
    BalanceRow,
    Class,
    ContributionRow,
    MoneyRow,
    OutcomeRow,
    OutcomesShown,
    QuarterRow,
    UnrelatedRow,
)
from planner.roadmap.sides import BOTH, IT, MARKETING, in_order
from planner.schedule.delay import lander, open_contributors, working_days_in_year
from planner.schedule.shift import Shift

FORMULAS = {
    "cost": "what its initiatives cost, done and open; one that names several outcomes is shared "
    "equally among them, and what is only proposed costs nothing",
    "lands": "the date on which its last open initiative finishes; one that is only proposed "
    "counts where there is no other",
    "progress": "(last reading - baseline) / (target - baseline)",
    "realised": "value per year x progress of the last reading, from none to all of it",
    "quarters": "the cost of an initiative is spread evenly over its working days",
    "delay_per_day": "value per year / working days of the year in which it is complete",
    "delay_per_week": "cost of delay per working day x working days of a week",
    "returns": "value per year / cost",
    "payback": "12 x cost / value per year, in months from its completion",
}
"""How each figure is computed; every front end prints these words."""

CLASSES: dict[Class, str] = {
    "market": "market-facing",
    "integration": "integration",
    "foundation": "foundation",
    "other": "reviews, milestones",
}
"""The classes of work, in the order in which they are shown, with what they are called."""

_CLASS_OF: dict[Kind, Class] = {
    "feature": "market",
    "campaign": "market",
    "integration": "integration",
    "foundation": "foundation",
}
MONTHS = 12


def worth_of(plan: Plan) -> OutcomesShown:
    """Everything about outcomes and money, outcomes in file order."""
    behind = contributors(plan.context)
    paid = {id: cost_by_side(plan, one) for id, one in plan.roadmap.initiatives.items()}
    landing = {id: lander(plan, ids) for id, ids in open_contributors(plan).items()}
    rows = (
        _outcome(
            plan, one, list(_contributions(plan, landing[one.id], behind.get(one.id, ()), paid))
        )
        for one in plan.roadmap.outcomes.values()
    )
    return OutcomesShown(
        schema=SCHEMA,
        title=plan.roadmap.title,
        as_of=plan.as_of,
        currency=plan.roadmap.settings.currency,
        sides={side: plan.roadmap.side_title(side) for side in sides_of(plan)},
        formulas=FORMULAS,
        outcomes=tuple(rows),
        money=tuple(_money(plan, paid)),
        quarters=tuple(_quarters(plan, paid)),
        balance=tuple(_balance(plan, paid)),
        no_outcome=tuple(_unrelated(plan, paid)),
    )


def only_of(shown: OutcomesShown, ids: frozenset[str]) -> OutcomesShown:
    """The outcomes to which some initiatives contribute, and those of these that name none; money
    and balance stay those of the whole roadmap.
    """
    return replace(
        shown,
        outcomes=tuple(
            row for row in shown.outcomes if any(one.id in ids for one in row.contributors)
        ),
        no_outcome=tuple(row for row in shown.no_outcome if row.id in ids),
    )


def cost_by_side(plan: Plan, one: Initiative) -> dict[str, float]:
    """What each side pays for an initiative; ``""`` pays what no side answers for."""
    if one.status == "dropped" or one.is_idea or one.cost is None:
        return {}
    found = shares(plan.context, one)
    return found if found or isinstance(one.cost, dict) else {"": float(one.cost.likely)}


def sides_of(plan: Plan) -> list[str]:
    """Every side that has work, money or a table: marketing, IT, joint, others, and none last."""
    used = {side or "" for side in plan.context.sides.values()}
    paying = {s for i in plan.roadmap.initiatives.values() for s in cost_by_side(plan, i)}
    return in_order({*used, *paying, *plan.roadmap.portfolios})


# --- one outcome ----------------------------------------------------------------------------------


def _contributions(
    plan: Plan,
    last: str | None,
    behind: Iterable[Initiative],
    paid: dict[str, dict[str, float]],
) -> Iterator[ContributionRow]:
    for one in behind:
        known = [id for id in dict.fromkeys(one.outcomes) if id in plan.roadmap.outcomes]
        dates = plan.schedule.get(one.id)
        yield ContributionRow(
            id=one.id,
            title=one.label,
            side=plan.context.sides[one.id] or "",
            status=one.status,
            open=one.open,
            lands=dates.finish if dates is not None else None,
            last=one.id == last,
            share=len(known),
            cost={side: amount / len(known) for side, amount in paid[one.id].items()},
            scores=dict(one.value),
        )


def _outcome(plan: Plan, one: Outcome, rows: list[ContributionRow]) -> OutcomeRow:
    landed = bool(rows) and not any(row.open for row in rows)
    ending = (row.lands for row in rows if row.lands is not None and (row.last or landed))
    lands = max(ending, default=None)
    margin = plan.schedule.shift(lands, one.by) if lands and one.by else None
    cost = _added(row.cost for row in rows)
    total = sum(cost.values(), 0.0)
    value = None if one.value is None else float(one.value)
    per_day = None if landed else _per_day(plan, value, lands)
    week = plan.calendars.roadmap.days_per_week
    return OutcomeRow(
        id=one.id,
        title=one.label,
        kpi=one.kpi,
        unit=one.unit,
        baseline=_number(one.baseline),
        readings={when: float(one.readings[when]) for when in sorted(one.readings)},
        target=_number(one.target),
        by=one.by,
        progress=_progress(one),
        reached=reached(one),
        owner=one.owner,
        contributors=tuple(sorted(rows, key=_by_landing)),
        lands=lands,
        landed=landed,
        margin=None if margin is None else margin.working,
        calendar_margin=None if margin is None else margin.calendar,
        cost=cost,
        total_cost=total,
        value=value,
        realised=_realised(value, _progress(one)),
        answers={when: one.answers[when] for when in sorted(one.answers)},
        delay_per_day=per_day,
        delay_per_week=None if per_day is None else per_day * week,
        returns=value / total if value is not None and total > 0 else None,
        payback=MONTHS * total / value if value is not None and value > 0 and total > 0 else None,
        scores=_scores(rows),
        disagree=_disagree(rows),
    )


def spare(row: OutcomeRow) -> Shift | None:
    """From the day on which an outcome lands to the day by which it is measured.

    Not `later` where it lands too late; None where one of the days is not known.
    """
    if row.lands is None or row.by is None or row.margin is None:
        return None
    return Shift(row.lands, row.by, row.margin)


def is_late(row: OutcomeRow) -> bool:
    """Whether an outcome lands after the day by which it is measured."""
    return row.lands is not None and row.by is not None and row.lands > row.by


def _by_landing(row: ContributionRow) -> tuple[date, str]:
    return row.lands or date.max, row.id


def _number(value: float | None) -> float | None:
    return None if value is None else float(value)


def _progress(one: Outcome) -> float | None:
    if one.baseline is None or one.target is None or not one.readings:
        return None
    way = float(one.target) - float(one.baseline)
    gone = float(one.readings[max(one.readings)]) - float(one.baseline)
    return round(gone / way, 4) if way else None


def _realised(value: float | None, progress: float | None) -> float | None:
    """What of a value per year the last reading shows; None without one of them."""
    return None if value is None or progress is None else value * min(1.0, max(0.0, progress))


def _per_day(plan: Plan, value: float | None, lands: date | None) -> float | None:
    """What a working day of delay costs; None without a value or without a day to delay."""
    if value is None or lands is None:
        return None
    return value / working_days_in_year(plan, lands.year)


def _scores(rows: list[ContributionRow]) -> dict[str, float]:
    """Each side's mean score of the work behind an outcome that it has scored."""
    scored = dict.fromkeys(side for row in rows for side in row.scores)
    return {side: fmean(r.scores[side] for r in rows if side in r.scores) for side in scored}


def gap(row: ContributionRow) -> int:
    """Marketing's score less IT's; 0 where one of them has not scored it."""
    if not all(side in row.scores for side in BOTH):
        return 0
    return row.scores[MARKETING] - row.scores[IT]


def _disagree(rows: list[ContributionRow]) -> tuple[str, ...]:
    apart = [row for row in rows if gap(row)]
    return tuple(row.id for row in sorted(apart, key=lambda row: (-abs(gap(row)), row.id)))


# --- all of them together -------------------------------------------------------------------------


def _money(plan: Plan, paid: dict[str, dict[str, float]]) -> Iterator[MoneyRow]:
    still = _added(cost for id, cost in paid.items() if plan.context.is_open(id))
    done = _added(cost for id, cost in paid.items() if not plan.context.is_open(id))
    for side in sides_of(plan):
        portfolio = plan.roadmap.portfolios.get(side)
        budget = _number(portfolio.budget) if portfolio is not None else None
        spent, open = done.get(side, 0.0), still.get(side, 0.0)
        if spent or open or budget is not None:
            yield MoneyRow(
                side=side,
                title=plan.roadmap.side_title(side),
                budget=budget,
                spent=spent,
                open=open,
                left=None if budget is None else budget - spent - open,
            )


def _quarters(plan: Plan, paid: dict[str, dict[str, float]]) -> Iterator[QuarterRow]:
    """What each side pays in each quarter with a cost, the first first; without dates at last."""
    spent: dict[tuple[str, str], float] = {}
    for id, cost in paid.items():
        for quarter, share in _by_quarter(plan, id):
            for side, amount in cost.items():
                spent[quarter, side] = spent.get((quarter, side), 0.0) + amount * share
    totals: dict[str, float] = {}
    order = {side: at for at, side in enumerate(sides_of(plan))}
    for quarter, side in sorted(spent, key=lambda one: (not one[0], one[0], order[one[1]])):
        totals[side] = totals.get(side, 0.0) + spent[quarter, side]
        portfolio = plan.roadmap.portfolios.get(side)
        budget = _number(portfolio.budget) if portfolio is not None else None
        yield QuarterRow(
            quarter=quarter,
            side=side,
            cost=spent[quarter, side],
            total=totals[side],
            left=None if budget is None else budget - totals[side],
        )


def _by_quarter(plan: Plan, id: str) -> list[tuple[str, float]]:
    """The quarters in which an initiative is worked, each with its share of the working days."""
    dates = plan.schedule.get(id)
    if dates is None:
        return [("", 1.0)]
    days: dict[str, int] = {}
    calendar, start = plan.calendars.for_initiative(plan.roadmap.initiatives[id]), dates.start
    while start <= dates.finish:
        end = min(_quarter_end(start), dates.finish)
        days[quarter_of(start)] = calendar.working_days(start, end)
        start = end + timedelta(days=1)
    whole = sum(days.values())
    if not whole:
        return [(quarter_of(dates.finish), 1.0)]
    return [(quarter, each / whole) for quarter, each in days.items() if each]


def quarter_of(day: date) -> str:
    """``2027-Q2``."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def _quarter_end(day: date) -> date:
    """The last day of a day's quarter."""
    first = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    return (first + timedelta(days=93)).replace(day=1) - timedelta(days=1)


def _balance(plan: Plan, paid: dict[str, dict[str, float]]) -> Iterator[BalanceRow]:
    every = plan.roadmap.initiatives.values()
    work = [one for one in every if one.status != "dropped" and not one.is_idea]
    for side in sides_of(plan):
        for name in CLASSES:
            of_class = [one for one in work if class_of(one) == name]
            own = [one for one in of_class if (plan.context.sides[one.id] or "") == side]
            cost = sum((paid[one.id].get(side, 0.0) for one in of_class), 0.0)
            if own or cost:
                days = sum(_days(plan, one.id) for one in own)
                yield BalanceRow(side=side, work=name, initiatives=len(own), days=days, cost=cost)


def class_of(one: Initiative) -> Class:
    """Market-facing, integration, foundation or other, by its kind."""
    return _CLASS_OF.get(one.effective_kind, "other")


def _days(plan: Plan, id: str) -> int:
    dates = plan.schedule.get(id)
    return 0 if dates is None else dates.duration


def _unrelated(plan: Plan, paid: dict[str, dict[str, float]]) -> Iterator[UnrelatedRow]:
    """What names no outcome, milestones left out; first what enables none either, then by cost."""
    serving = enabling(plan.context)
    bare = [
        UnrelatedRow(
            id=one.id,
            title=one.label,
            side=plan.context.sides[one.id] or "",
            kind=one.effective_kind,
            cost=sum(paid[one.id].values(), 0.0),
            enables=one.id in serving,
        )
        for one in plan.roadmap.initiatives.values()
        if one.status != "dropped" and not one.outcomes and not one.is_milestone
    ]
    yield from sorted(bare, key=lambda row: (row.enables, -row.cost))


def _added(costs: Iterable[dict[str, float]]) -> dict[str, float]:
    """Costs by side, added up."""
    found: dict[str, float] = {}
    for cost in costs:
        for side, amount in cost.items():
            found[side] = found.get(side, 0.0) + amount
    return found
