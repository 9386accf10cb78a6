"""LINK: hand-overs between the sides, and whether the one who supplies knows and agrees.

A hand-over is a link between two different portfolios, neither of them joint. Two links between one
pair (start to start with finish to finish) are one hand-over.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planner.conflicts.context import Context, by_days, count, listed
from planner.conflicts.findings import Finding, Size
from planner.conflicts.rule import Limits, RollUp, Rule, Topic
from planner.conflicts.rules.dates import answer, next_for
from planner.network.graph import handovers as network_handovers
from planner.roadmap.quantities import Need
from planner.schedule.dates import Dates

Pair = tuple[str, str]

STATES = ("agreed", "asked", "not asked", "declined")
"""How far a hand-over is agreed, the best first."""


def handovers(context: Context) -> list[Pair]:
    """(successor, supplier) of each hand-over that is still to come: both are unfinished."""
    return list(context.handovers)


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
        size=Size((STATES.index(state),), state, subject=supplier),
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


# --- LINK03 ---------------------------------------------------------------------------------------


def handover_undefined(context: Context, limits: Limits) -> Iterator[Finding]:
    """Hand-overs that start soon and don't say what is handed over."""
    for successor, supplier in handovers(context):
        if context.starts_within(successor, limits["handover_days"]) and not _defined(
            context, successor, supplier
        ):
            yield _undefined(context, successor, supplier)


def _defined(context: Context, successor: str, supplier: str) -> bool:
    return any(need.delivers or need.why for need in links_of(context, successor, supplier))


def links_of(context: Context, successor: str, supplier: str) -> list[Need]:
    """The links of a pair, as the successor's `needs` lists them."""
    return [one for one in context.roadmap.initiatives[successor].needs if one.on == supplier]


def _undefined(context: Context, successor: str, supplier: str) -> Finding:
    dates = context.dates(successor)
    assert dates is not None
    when = "has started" if dates.started else f"starts {context.day(dates.start)}"
    sides = [context.side_name(context.sides[id]) for id in (successor, supplier)]
    return Finding(
        code="LINK03",
        severity="warning",
        on=(successor, supplier),
        key=("needs",),
        root=(successor, supplier),
        message=f"{successor} ({sides[0]}) {when} and waits for {supplier} ({sides[1]}), but "
        "neither what is handed over nor why is written",
        who=context.owner(successor),
        data={"start": dates.start.isoformat()},
    )


# --- LINK04 ---------------------------------------------------------------------------------------


def unanswered_request(context: Context, limits: Limits) -> Iterator[Finding]:
    """Suppliers that were asked some time ago and have not answered; one for each supplier.

    LINK01 says what an agreement holds up, this says who has owed an answer for how long: one
    answer clears both.
    """
    waiting: dict[str, dict[str, date]] = {}
    for initiative, need in context.dated_needs:
        if need.asked is None or not initiative.open or not context.is_open(need.on):
            continue
        state, asked = answer(context, initiative.id, need.on)
        if state != "asked" or asked is None:
            continue
        if context.days(asked, context.as_of) > limits["answer_days"]:
            waiting.setdefault(need.on, {})[initiative.id] = asked
    for supplier, asking in waiting.items():
        yield _unanswered(context, supplier, asking)


def _unanswered(context: Context, supplier: str, asking: dict[str, date]) -> Finding:
    ids, since = sorted(asking, key=lambda id: (asking[id], id)), min(asking.values())
    days = context.days(since, context.as_of)
    return Finding(
        code="LINK04",
        severity="warning",
        on=(*ids, supplier),
        key=("needs",),
        root=(supplier,),
        size=by_days(context.schedule.shift(since, context.as_of), "without an answer", supplier),
        message=f"{supplier} was asked on {context.day(since)} ({count(days, 'day')} ago) for what "
        f"{listed(ids)} {'needs' if len(ids) == 1 else 'need'}, and has not answered",
        who=context.owner(supplier),
        data={"asking": ids, "days": days, "asked": since.isoformat()},
    )


def _asked(context: Context, _limits: Limits) -> int:
    """How many suppliers of work that is still to come were asked for something."""
    needs = ((one, need) for one, need in context.dated_needs if need.asked and one.open)
    return len({need.on for _, need in needs if context.is_open(need.on)})


# --- LINK05 ---------------------------------------------------------------------------------------


def not_accepted(context: Context, limits: Limits) -> Iterator[Finding]:
    """What was handed over across sides some time ago and has not been accepted."""
    for (successor, supplier), done in delivered(context).items():
        if any(need.accepted for need in links_of(context, successor, supplier)):
            continue
        days = context.days(done, context.as_of)
        if days > limits["accept_days"]:
            yield _unaccepted(context, successor, supplier, done, days)


def delivered(context: Context) -> dict[Pair, date]:
    """The day on which each supplier finished that open work of another side builds on."""
    found = {}
    for link in network_handovers(context.roadmap, context.network):
        done = context.roadmap.initiatives[link.pred].actual_finish
        if done is not None and context.is_open(link.succ):
            found[link.succ, link.pred] = done
    return found


def _unaccepted(context: Context, successor: str, supplier: str, done: date, days: int) -> Finding:
    what = next(
        (one.delivers for one in links_of(context, successor, supplier) if one.delivers), ""
    )
    return Finding(
        code="LINK05",
        severity="info",
        on=(successor, supplier),
        key=("needs",),
        root=(successor, supplier),
        size=by_days(context.schedule.shift(done, context.as_of), "not accepted", supplier),
        message=f"{supplier} delivered {what + ' ' if what else ''}on {context.day(done)} "
        f"({count(days, 'day')} ago), and {successor} has not accepted it",
        who=context.owner(successor),
        data={"days": days, "delivered": done.isoformat()},
    )


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
        example='[initiatives.profile-api]\nportfolio = "it"\nestimate = "4w"\n'
        '[initiatives.web-push]\nportfolio = "marketing"\n'
        'needs = [{ on = "profile-api", asked = 2027-02-01 }]',
        fixes=("record that the supplier agrees", "ask the supplier"),
        thresholds={"handover_days": 30},
        topic=Topic(
            "hand-overs",
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
    Rule(
        code="LINK03",
        name="handover-undefined",
        severity="warning",
        family="links",
        summary="work across sides that starts soon, without a word of what is handed over",
        fires_when="a link leads from one side to the other, what needs it starts within "
        "`handover_days`, and the link says neither what it `delivers` nor `why`",
        why_marketing="what arrives is not what was expected, on the day it is needed",
        why_it="a team builds what it believes was wanted",
        example='[initiatives.api]\nportfolio = "it"\nestimate = "2w"\n[initiatives.site]\n'
        'portfolio = "marketing"\nneeds = ["api"]\n[initiatives.push]\nportfolio = "marketing"\n'
        'needs = [{ on = "api", delivers = "segments by API" }]',
        fixes=("say what it delivers",),
        thresholds={"handover_days": 30},
        topic=Topic(
            "hand-overs",
            "a link has `delivers` or `why`",
            lambda context: any(
                need.delivers or need.why for one in context.having("needs") for need in one.needs
            ),
        ),
        roll_up=RollUp(
            lambda context, _limits: len(handovers(context)),
            lambda number, total: (
                f"{number} of {count(total, 'hand-over')} between the sides start soon and don't "
                "say what is handed over"
            ),
        ),
        find=handover_undefined,
    ),
    Rule(
        code="LINK04",
        name="unanswered-request",
        severity="warning",
        family="links",
        summary="a request that nobody has answered",
        fires_when="`asked` is more than `answer_days` ago and the link was neither `agreed` nor "
        "`declined` since; one finding for each supplier",
        why_marketing="no answer is planned as a yes until it turns out to be a no",
        why_it="those who wait ask again, and those who were asked never hear that it is urgent",
        example='[initiatives.sso]\nestimate = "4w"\n[initiatives.cdp]\n'
        'needs = [{ on = "sso", asked = 2027-02-01 }]',
        fixes=("record that the supplier agrees", "record that it declines"),
        thresholds={"answer_days": 10},
        topic=Topic(
            "hand-overs",
            "a link has `asked`",
            lambda context: any(need.asked for _, need in context.dated_needs),
        ),
        roll_up=RollUp(
            _asked,
            lambda number, total: (
                f"{number} of {count(total, 'supplier')} that were asked have not answered; "
                "waiting for them"
            ),
        ),
        find=unanswered_request,
    ),
    Rule(
        code="LINK05",
        name="not-accepted",
        severity="info",
        family="links",
        summary="something delivered across sides that has not been accepted",
        fires_when="the supplier of a hand-over finished more than `accept_days` ago, what needs "
        "it is open, and the link is not `accepted`",
        not_when="no link is `accepted` anywhere",
        why_marketing="a fault found at the launch was there to be found for weeks",
        why_it="the work counts as done, and comes back when the team has moved on",
        example='[initiatives.domains]\nportfolio = "it"\nstatus = "done"\n'
        "actual_start = 2027-01-04\nactual_finish = 2027-01-15\n[initiatives.mail]\n"
        'portfolio = "marketing"\nneeds = ["domains"]\n[initiatives.push]\n'
        'needs = [{ on = "domains", accepted = 2027-01-20 }]',
        fixes=("record that it is accepted",),
        thresholds={"accept_days": 10},
        topic=Topic(
            "hand-overs",
            "a link has `accepted`",
            lambda context: any(
                need.accepted for one in context.having("needs") for need in one.needs
            ),
        ),
        roll_up=RollUp(
            lambda context, _limits: len(delivered(context)),
            lambda number, total: (
                f"{number} of {count(total, 'hand-over')} that were delivered are not accepted"
            ),
        ),
        find=not_accepted,
    ),
)
