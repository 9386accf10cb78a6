"""LINK: hand-overs between the sides, and whether the one who supplies knows and agrees.

A hand-over is a link between two different portfolios, neither of them joint. Two links between one
pair (start to start with finish to finish) are one hand-over.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planner.conflicts.context import Context, count
from planner.conflicts.findings import Finding
from planner.conflicts.rule import Limits, RollUp, Rule, Topic
from planner.conflicts.rules.dates import answer, next_for
from planner.network.graph import handovers as network_handovers
from planner.schedule.dates import Dates

Pair = tuple[str, str]


def handovers(context: Context) -> list[Pair]:
    """(successor, supplier) of each hand-over that is still to come: both are unfinished."""
    links = network_handovers(context.roadmap, context.network)
    pairs = dict.fromkeys((link.succ, link.pred) for link in links)
    return [pair for pair in pairs if all(map(context.is_open, pair))]


def unagreed_handover(context: Context, limits: Limits) -> Iterator[Finding]:
    """Hand-overs that the supplier has not agreed to and that are close or hold a date up."""
    for successor, supplier in handovers(context):
        dates = context.dates(successor)
        if dates is None or not _pressing(context, dates, limits):
            continue
        state, since = answer(context, successor, supplier)
        if state != "agreed":
            yield _finding(context, successor, supplier, state, since)


def _pressing(context: Context, dates: Dates, limits: Limits) -> bool:
    return (
        dates.critical
        or dates.near_critical
        or context.starts_within(dates.id, limits["handover_days"])
    )


def _finding(
    context: Context, successor: str, supplier: str, state: str, since: date | None
) -> Finding:
    who = next_for(context, successor, supplier, state)
    asked = f" on {context.day(since)}" if since else ""
    side = context.side_name(context.sides[supplier])
    states = {
        "declined": f"which {side} declined{f' on {context.day(since)}' if since else ''}",
        "asked": f"not agreed: {side} was asked{asked} and has not answered",
        "not asked": f"not agreed: {side} has not been asked",
    }
    return Finding(
        code="LINK01",
        severity="warning",
        on=(successor, supplier),
        key=("needs",),
        root=(successor, supplier),
        message=f"{successor} ({context.side_name(context.sides[successor])}) relies on "
        f"{supplier} ({side}), {states[state]}; {_pressure(context, successor)}",
        who=who,
        data={
            "state": state,
            "since": since.isoformat() if since else None,
            "asker": context.sides[successor],
            "supplier": context.sides[supplier],
        },
    )


def _pressure(context: Context, id: str) -> str:
    dates = context.dates(id)
    assert dates is not None
    when = "it has started" if dates.started else f"it starts {context.day(dates.start)}"
    if dates.total_float is None:
        return when
    if dates.critical:
        return f"{when} and is critical"
    return f"{when} with {count(dates.total_float, 'day')} of float"


RULES = (
    Rule(
        code="LINK01",
        name="unagreed-handover",
        severity="warning",
        family="links",
        summary="work across sides that its supplier has not agreed to",
        fires_when="a link leads from one side to the other (neither of them joint), the supplier "
        "has not agreed, and what needs it is critical, near-critical or starts within "
        "`handover_days`",
        not_when="the supplier has finished",
        why_marketing="a date rests on work that the other side may not even know of",
        why_it="a request that was never made arrives as a surprise, with a date on it",
        example='[initiatives.web-push]\nportfolio = "marketing"\n'
        'needs = [{ on = "profile-api", agreed = 2026-11-05 }]',
        fixes=("record that the supplier agrees", "ask the supplier"),
        thresholds={"handover_days": 30},
        topic=Topic(
            "agreed hand-overs",
            "a link has `asked`, `agreed` or `promised`",
            lambda context: any(n.asked or n.agreed or n.promised for _, n in context.dated_needs),
        ),
        roll_up=RollUp(
            lambda context, _limits: len(handovers(context)),
            lambda number, total: (
                f"{number} of {count(total, 'hand-over')} between the sides are close or hold a "
                "date up and are not agreed"
            ),
        ),
        find=unagreed_handover,
    ),
)
