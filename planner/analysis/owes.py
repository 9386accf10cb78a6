"""What one side owes the other: handovers that are still to come, and answers that are waited for.

A handover is owed until its end has been delivered, as long as the work that waits for it is open.
What was asked, countered or delivered is answered by the side that moves next; a handover and an
answer about it may both be owed, by different sides. Report, mandate and view ask here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from planner.analysis.raci import Handover
from planner.plan.model import Plan
from planner.roadmap.output import SCHEMA
from planner.roadmap.output_owes import Answering, AnswerRow, By, DebtRow, OwedTotal, OwesShown
from planner.roadmap.sides import STANDARD, in_order

ACTS: dict[str, Answering] = {
    "asked": "answer",
    "countered": "answer the counter",
    "delivered": "accept",
}
"""What is owed about a handover in each state in which the other side waits for an answer."""


def owing(plan: Plan, found: Iterable[Handover]) -> list[Handover]:
    """The handovers that are owed, by the day that counts, else the planned one."""
    ready = [one for one in found if is_owed(plan, one)]
    return sorted(ready, key=lambda one: (one.due or day_of(one), one.supplier, one.successor))


def is_owed(plan: Plan, one: Handover) -> bool:
    """Whether a handover is still to come for open work."""
    needed = plan.roadmap.initiatives[one.successor].open
    return one.open and needed and not _has_been(plan, one)


def _has_been(plan: Plan, one: Handover) -> bool:
    """Whether the end that a link waits for has passed, of work that goes on."""
    dates = plan.schedule.get(one.supplier)
    started = dates is not None and dates.started
    return started and one.delivery is not None and one.delivery < plan.as_of


def day_of(one: Handover) -> date:
    """The day of a handover in the plan, else the one that was said."""
    return one.delivery or one.due or date.max


def answering(found: Iterable[Handover]) -> list[Handover]:
    """The handovers about which an answer is owed, those first that have waited longest."""
    waiting = [one for one in found if one.waiting is not None]
    return sorted(waiting, key=lambda one: (-(one.waiting or 0), one.supplier, one.successor))


def owes_of(plan: Plan, found: Iterable[Handover], by: By = "team") -> OwesShown:
    """All of it, of these handovers."""
    handovers = list(found)
    debts = debts_of(plan, handovers)
    answers = tuple(map(_answer, answering(handovers)))
    used = [side for one in debts for side in (one.giver, one.taker)]
    sides = in_order([*used, *(side for one in answers for side in (one.side, one.other))])
    return OwesShown(
        schema=SCHEMA,
        title=plan.roadmap.title,
        as_of=plan.as_of,
        by=by,
        sides={side: plan.roadmap.side_title(side) for side in sides},
        totals=tuple(_totals(debts, answers, sides)),
        debts=tuple(_grouped(debts, by)),
        answers=answers,
    )


def debts_of(plan: Plan, found: Iterable[Handover]) -> list[DebtRow]:
    """What is owed of these handovers, by the day that counts."""
    return [_debt(plan, one) for one in owing(plan, found)]


def _debt(plan: Plan, one: Handover) -> DebtRow:
    day = day_of(one)
    known = None if day == date.max else day
    month = one.due or known
    return DebtRow(
        supplier=one.supplier,
        successor=one.successor,
        giver=one.supplier_side,
        taker=one.successor_side,
        team=plan.roadmap.initiatives[one.supplier].accountable,
        what=one.delivers,
        month=f"{month:%Y-%m}" if month else None,
        promised=one.promised,
        needed_by=one.needed_by,
        due=one.due,
        day=known,
        days=one.late,
        calendar_days=one.calendar_days,
        late=one.lateness is not None,
        state=one.state,
        agreed=one.agreed_on,
    )


def _answer(one: Handover) -> AnswerRow:
    side = one.next_side or ""
    other = one.successor_side if side == one.supplier_side else one.supplier_side
    since = {
        "asked": one.asked,
        "countered": one.counter.on if one.counter is not None else None,
        "delivered": one.finish,
    }
    return AnswerRow(
        act=ACTS[one.state],
        supplier=one.supplier,
        successor=one.successor,
        side=side,
        other=other,
        team=one.next_team,
        since=since[one.state],
        days=one.waiting or 0,
    )


def _totals(
    debts: list[DebtRow], answers: Iterable[AnswerRow], sides: list[str]
) -> Iterator[OwedTotal]:
    """Each direction in which anything is owed, both ways next to each other."""
    owed = [(one.giver, one.taker) for one in debts] + [(one.side, one.other) for one in answers]
    for giver, taker in sorted({*owed}, key=lambda pair: [sides.index(side) for side in pair]):
        mine = [one for one in debts if (one.giver, one.taker) == (giver, taker)]
        yield OwedTotal(
            giver=giver,
            taker=taker,
            handovers=len(mine),
            late=sum(one.late for one in mine),
            not_agreed=sum(not one.agreed for one in mine),
            answers=sum((one.side, one.other) == (giver, taker) for one in answers),
        )


def _grouped(debts: list[DebtRow], by: By) -> list[DebtRow]:
    """By giver, then by team or month, in the order of the first day of each; within one by day."""
    sides = in_order((one.giver for one in debts), STANDARD)
    groups = list(dict.fromkeys((one.giver, group_of(one, by)) for one in debts))
    return sorted(
        debts,
        key=lambda one: (sides.index(one.giver), groups.index((one.giver, group_of(one, by)))),
    )


def group_of(row: DebtRow, by: By) -> str:
    """The team or the month that a debt stands under; empty without one."""
    return (row.team if by == "team" else row.month) or ""
