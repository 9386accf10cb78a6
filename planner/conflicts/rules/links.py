"""LINK: handovers between the sides, and whether the one who supplies knows and agrees.

A handover is a link between two different portfolios, neither of them joint. Two links between one
pair (start to start with finish to finish) are one handover.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import get_args

from msgspec import Struct

from planner.conflicts.agreed_terms import Hardened, hardened, parts_of_terms
from planner.conflicts.context import Context, by_days
from planner.conflicts.evidence import HISTORY, Wanted, in_git
from planner.conflicts.findings import Finding, Size
from planner.conflicts.handovers import Agreed, answer
from planner.conflicts.rule import Limits, RollUp, Rule, Topic, in_use, where_others_do
from planner.conflicts.rules.dates import next_for
from planner.conflicts.terms import Term, Waiting, link_name, links_of, waiting, who_wants
from planner.roadmap.answers import handover_state
from planner.roadmap.figures import count
from planner.roadmap.quantities import Counter, Need
from planner.schedule.dates import Dates
from planner.schedule.shift import Shift

Pair = tuple[str, str]

ASKED = ("asked", "agreed", "promised")
"""The keys that say that the sides talk of a handover."""

STATES = get_args(Agreed)
"""How far a handover is agreed, the best first."""


def handovers(context: Context) -> list[Pair]:
    """(successor, supplier) of each handover that is still to come: both are unfinished."""
    return list(context.handovers)


def unagreed_handover(context: Context, limits: Limits) -> Iterator[Finding]:
    """Handovers that the supplier has not agreed to and that are close or hold a date up; that
    nobody asked is told where others are asked for.
    """
    asked = in_use(*_described(context, *ASKED))
    for successor, supplier in handovers(context):
        dates = context.dates(successor)
        if dates is None or not _pressing(context, dates, limits):
            continue
        state, since = answer(context, successor, supplier)
        if state != "agreed" and (asked or state != "not asked"):
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
    day = f" {context.day(since)}" if since else ""
    said = f"{state}{day}" if state in ("declined", "not asked") else f"not agreed, {state}{day}"
    return Finding(
        on=(successor, supplier),
        key=("needs",),
        root=(successor, supplier),
        size=Size((STATES.index(state),), state, subject=supplier),
        message=f"{supplier} → {successor}: {said}, {_pressure(context, successor)}",
        who=who,
        data={
            "state": state,
            "since": since.isoformat() if since else None,
            "asker": context.ends[successor],
            "supplier": context.ends[supplier],
        },
    )


def _supplier(finding: Finding) -> str:
    """Whose agreement, or whose answer, is missing."""
    return finding.on[-1]


def _pressure(context: Context, id: str) -> str:
    dates = context.dates(id)
    assert dates is not None
    if dates.critical:
        return "critical"
    return "started" if dates.started else f"starts {context.day(dates.start)}"


# --- LINK02 ---------------------------------------------------------------------------------------


class Apart(Struct, frozen=True):
    """Two days that one handover has: for which it is promised, and by which it is needed.

    `planned` says that nobody wrote the second: it is the day on which the plan counts on it.
    `wanted` says that one of them is no more than wanted: the other side has not answered.
    """

    successor: str
    supplier: str
    need: Need
    by: Shift
    planned: bool
    wanted: bool


def apart(context: Context, days: int) -> list[Apart]:
    """One for each handover whose two days are apart, the worst of its links.

    Where nobody wrote by when it is needed, the plan may count on it `days` before the promise.
    """
    worst: dict[Pair, Apart] = {}
    for successor, supplier in handovers(context):
        for need in links_of(context, successor, supplier):
            one = _apart(context, successor, need, days)
            pair = (successor, supplier)
            if one is not None and (pair not in worst or one.by.size > worst[pair].by.size):
                worst[pair] = one
    return list(worst.values())


def _apart(context: Context, successor: str, need: Need, days: int) -> Apart | None:
    """The two days of one link; what one side wants instead stands for what it said before."""
    wanted = need.counter or Counter()
    promised, needed = wanted.promised or need.promised, wanted.needed_by or need.needed_by
    late = context.schedule.late(needed or context.schedule.delivery(need), promised)
    if late is None or (needed is None and late.working <= days):
        return None
    countered = bool(wanted.promised or wanted.needed_by)
    return Apart(successor, need.on, need, late, planned=needed is None, wanted=countered)


def terms_apart(context: Context, limits: Limits) -> Iterator[Finding]:
    """Handovers that are promised for a day after the one on which they are needed."""
    for one in apart(context, limits["apart_days"]):
        yield _terms_apart(context, one)


def _terms_apart(context: Context, one: Apart) -> Finding:
    dates = context.dates(one.successor)
    critical = dates is not None and dates.critical
    counter = waiting(context, one.successor, one.supplier)
    who = context.owner(one.supplier if counter and counter.end == "supplier" else one.successor)
    said = f"promised {context.day(one.by.last)}, {one.by.amount} late"
    if one.wanted:
        said = _wanted_apart(context, one)
    return Finding(
        severity="error" if critical else "warning",
        on=(one.successor, one.supplier),
        key=("needs",),
        root=(one.successor, one.supplier),
        size=by_days(one.by, "after it is needed", one.supplier),
        message=f"{one.supplier} → {one.successor}: {said}",
        who=who,
        data={
            "days": one.by.working,
            "calendar_days": one.by.calendar,
            "promised": one.by.last.isoformat(),
            "planned" if one.planned else "needed_by": one.by.first.isoformat(),
            "countered": counter is not None,
        },
    )


def _wanted_apart(context: Context, one: Apart) -> str:
    """What a side wants instead: the supplier a later day, the successor an earlier one."""
    counter = one.need.counter or Counter()
    if counter.promised is not None:
        name, day, what = context.end_name(one.supplier), counter.promised, "late"
    else:
        name, day, what = (
            context.end_name(one.successor),
            counter.needed_by or one.by.first,
            "early",
        )
    return f"{name} wants {context.day(day)}, {one.by.amount} {what}"


# --- LINK03 ---------------------------------------------------------------------------------------


def handover_undefined(context: Context, limits: Limits) -> Iterator[Finding]:
    """Handovers that start soon and don't say what is handed over, or when it is right."""
    judged = in_use(*_described(context, "accepted_when"))
    for successor, supplier in handovers(context):
        if context.starts_within(successor, limits["handover_days"]):
            links = links_of(context, successor, supplier)
            if not any(_says(need, "delivers", "why") for need in links):
                yield _undefined(context, successor, supplier, "delivers")
            elif judged and not any(_says(need, "accepted_when") for need in links):
                yield _undefined(context, successor, supplier, "accepted_when")


def _says(need: Need, *keys: str) -> bool:
    """Whether there is a word under one of these keys, not only blanks."""
    return any((getattr(need, key) or "").strip() for key in keys)


def _described(context: Context, *keys: str) -> tuple[int, int]:
    """How many handovers say something under these keys, and how many there are; these are looked
    for only where one does.
    """
    said = len(set(context.saying(*keys)))
    return said, len(context.all_handovers) if said else 0


def _undefined(context: Context, successor: str, supplier: str, lacking: str) -> Finding:
    dates = context.dates(successor)
    assert dates is not None
    when = "started" if dates.started else f"starts {context.day(dates.start)}"
    what = "delivery not described" if lacking == "delivers" else "no `accepted_when`"
    return Finding(
        on=(successor, supplier),
        key=("needs",),
        root=(successor, supplier),
        message=f"{supplier} → {successor}: {what}, {when}",
        who=context.owner(successor),
        data={"start": dates.start.isoformat(), "lacking": lacking},
    )


# --- LINK04 ---------------------------------------------------------------------------------------


def unanswered_request(context: Context, limits: Limits) -> Iterator[Finding]:
    """Suppliers that were asked some time ago and have not answered; one for each supplier.

    LINK01 says what an agreement holds up, this says who has owed an answer for how long: one
    answer clears both.
    """
    asked_for: dict[str, dict[str, date]] = {}
    for initiative, need in context.dated_needs:
        if need.asked is None or not initiative.open or not context.is_open(need.on):
            continue
        state, asked = answer(context, initiative.id, need.on)
        if state != "asked" or asked is None:
            continue
        if context.days(asked, context.as_of) > limits["answer_days"]:
            asked_for.setdefault(need.on, {})[initiative.id] = asked
    for supplier, asking in asked_for.items():
        yield _unanswered(context, supplier, asking)


def _unanswered(context: Context, supplier: str, asking: dict[str, date]) -> Finding:
    ids, since = sorted(asking, key=lambda id: (asking[id], id)), min(asking.values())
    days = context.days(since, context.as_of)
    return Finding(
        on=(*ids, supplier),
        key=("needs",),
        root=(supplier,),
        size=by_days(context.schedule.shift(since, context.as_of), "without an answer", supplier),
        message=f"{_who_answers(context, supplier)} answered for {supplier} in "
        f"{count(days, 'working day')}",
        who=context.owner(supplier),
        data={"asking": ids, "days": days, "asked": since.isoformat()},
    )


def _who_answers(context: Context, supplier: str) -> str:
    """Who was asked and has not: the accountable team or person, else the side."""
    owner, side = context.roadmap.initiatives[supplier].accountable, context.sides[supplier]
    if owner is None and side is None:
        return "nobody has"
    return f"{context.roadmap.party_title(owner) if owner else context.end_name(supplier)} has not"


def _asked(context: Context, _limits: Limits) -> int:
    """How many suppliers of work that is still to come were asked for something."""
    needs = ((one, need) for one, need in context.dated_needs if need.asked and one.open)
    return len({need.on for _, need in needs if context.is_open(need.on)})


# --- LINK05 ---------------------------------------------------------------------------------------


def not_accepted(context: Context, limits: Limits) -> Iterator[Finding]:
    """What was handed over across sides some time ago and has not been accepted."""
    for (successor, supplier), done in delivered(context).items():
        state, said = handover_state(links_of(context, successor, supplier))
        days = context.days(done, context.as_of)
        if state != "accepted" and days > limits["accept_days"]:
            rejected = said if state == "not accepted" else None
            yield _unaccepted(context, successor, supplier, done, days, rejected)


def delivered(context: Context) -> dict[Pair, date]:
    """The day on which each supplier finished that open work of another side builds on."""
    found = {}
    for succ, pred in context.all_handovers:
        done = context.roadmap.initiatives[pred].actual_finish
        if done is not None and context.is_open(succ):
            found[succ, pred] = done
    return found


def _accepted(context: Context) -> tuple[int, int]:
    """How many handovers say that they are accepted, and how many have been delivered."""
    initiatives = context.roadmap.initiatives
    said = len(set(context.saying("accepted")))
    all_of_them = context.all_handovers if said else ()
    return said, sum(initiatives[on].actual_finish is not None for _, on in all_of_them)


def _unaccepted(
    context: Context, successor: str, supplier: str, done: date, days: int, rejected: date | None
) -> Finding:
    """What was not accepted is the supplier's again; what nobody has looked at is the other's."""
    links = links_of(context, successor, supplier)
    what = next((one.delivers for one in links if one.delivers), None)
    note = next((one.note for one in links if one.note), None) if rejected is not None else None
    when = f"in {count(days, 'working day')}"
    when = f"on {context.day(rejected)}" if rejected is not None else when
    return Finding(
        on=(successor, supplier),
        key=("needs",),
        root=(successor, supplier),
        size=by_days(context.schedule.shift(done, context.as_of), "not accepted", supplier),
        message=f"{supplier} → {successor}: not accepted {when}",
        who=context.owner(successor if rejected is None else supplier),
        data={
            "days": days,
            "delivered": done.isoformat(),
            "rejected": rejected.isoformat() if rejected else None,
            "delivers": what,
            "note": note,
        },
    )


# --- LINK06 ---------------------------------------------------------------------------------------


def counter_open(context: Context, limits: Limits) -> Iterator[Finding]:
    """Other terms that one side wants, for which it waits for the other's answer."""
    for successor, supplier in handovers(context):
        found = waiting(context, successor, supplier)
        if found is not None:
            yield _open(context, successor, supplier, found, limits["counter_days"])


def _open(context: Context, successor: str, supplier: str, found: Waiting, days: int) -> Finding:
    answers = successor if found.end == "successor" else supplier
    since = found.counter.on
    age = context.schedule.shift(since, context.as_of) if since is not None else None
    return Finding(
        severity="warning" if age is not None and age.working > days else "info",
        on=(successor, supplier),
        key=("needs",),
        root=(successor, supplier),
        size=None if age is None else by_days(age, "without an answer", supplier),
        message=f"{supplier} → {successor}: {who_wants(context, found)}, no answer",
        who=context.owner(answers),
        data={
            "days": age.working if age is not None else None,
            "since": since.isoformat() if since is not None else None,
            "by": found.counter.by,
        },
    )


# --- LINK07 ---------------------------------------------------------------------------------------


def terms_changed(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Agreed handovers of which a term was made harder for the other side without a counter."""
    for successor, supplier in handovers(context) if context.evidence else ():
        found = hardened(context, successor, supplier)
        if found is not None:
            yield _hardened(context, successor, supplier, found)


def _hardened(context: Context, successor: str, supplier: str, found: Hardened) -> Finding:
    asking = supplier if found.end == "supplier" else successor
    was, now, size = link_name(found.before), link_name(found.after), None
    if found.term != "type":
        last: date = getattr(found.after, found.term)
        first: date = getattr(found.before, found.term) or _other_day(found)
        shift = context.schedule.shift(min(first, last), max(first, last))
        size = by_days(shift, "harder than agreed", supplier)
        was, now = context.day(first), context.day(last)
    assert found.after.agreed is not None
    return Finding(
        on=(successor, supplier),
        key=("needs",),
        root=(successor, supplier),
        size=size,
        message=f"{supplier} → {successor}: {_TERMS[found.term]} {was} → {now} after it was agreed "
        f"{context.day(found.after.agreed)}",
        who=context.owner(asking),
        data={
            "term": found.term,
            "asking": found.end,
            "agreed": found.after.agreed.isoformat(),
            "changed": found.change.day.isoformat(),
            "author": found.change.author,
        },
    )


def _other_day(found: Hardened) -> date:
    """The day that stood for a term which was not written: of the other one."""
    day = found.before.needed_by or found.before.promised
    assert day is not None, found.term
    return day


_TERMS: dict[Term, str] = {"promised": "promised", "needed_by": "needed by", "type": "linked"}


def _terms_asked(context: Context, _limits: Limits) -> Wanted:
    """The terms of each agreed handover that is still to come."""
    agreed = {(one.id, need.on) for one, need in context.dated_needs if need.agreed is not None}
    both = agreed.intersection(handovers(context)) if agreed else ()
    return Wanted(frozenset(part for pair in both for part in parts_of_terms(*pair)))


RULES = (
    Rule(
        code="LINK01",
        name="unagreed-handover",
        severity="warning",
        family="links",
        summary="a handover that is not agreed",
        fires_when="a link leads from one side to another (neither of them joint), the "
        "predecessor's side has not agreed, and the successor is critical, near-critical or starts "
        "within `handover_days` working days",
        not_when="the predecessor has finished; nobody asked, and neither three handovers nor a "
        "third of them are asked for, agreed or promised",
        why_marketing="a date depends on work that the other side may not know of",
        why_it="a request that nobody made arrives as a surprise, with a date on it",
        example='[initiatives.profile-api]\nportfolio = "it"\nestimate = "4w"\n'
        '[initiatives.web-push]\nportfolio = "marketing"\n'
        'needs = [{ on = "profile-api", asked = 2027-02-01 }]',
        fix_kinds=("record that the other side agrees", "ask the other side"),
        thresholds={"handover_days": 30},
        topic=Topic(
            "handovers",
            "a handover has `asked`, `agreed` or `promised`",
            lambda context: any(context.saying(*ASKED)),
        ),
        roll_up=RollUp(
            lambda context, _limits: len(handovers(context)),
            lambda number, total: f"{number} of {count(total, 'handover')} are urgent, not agreed",
            named=_supplier,
        ),
        find=unagreed_handover,
        fixes="links.agree",
    ),
    Rule(
        code="LINK02",
        name="terms-apart",
        severity="warning",
        family="links",
        summary="a handover promised for a later date than it is needed",
        fires_when="`promised`, or the date of a `counter`, is after `needed_by`; without "
        "`needed_by`, it is more than `apart_days` working days after the planned delivery; an "
        "error where the successor is critical",
        not_when="the predecessor has finished, or the successor is done",
        why_marketing="each side expects the other to keep a date that it never agreed",
        why_it="the promise is kept to the day, and the delivery is still too late",
        example='[initiatives.api]\nportfolio = "it"\nestimate = "2w"\n[initiatives.site]\n'
        'portfolio = "marketing"\nneeds = [{ on = "api", needed_by = 2027-03-19, '
        "promised = 2027-03-26, agreed = 2027-02-01 }]",
        fix_kinds=(
            "need it later",
            "promise it sooner",
            "agree to the counter, or decline it",
            "plan with the promised date",
        ),
        thresholds={"apart_days": 10},
        topic=Topic(
            "handovers",
            "a handover has `promised` or a `counter`",
            lambda context: any(context.saying("promised", "counter")),
        ),
        find=terms_apart,
        fixes="links.together_again",
    ),
    Rule(
        code="LINK03",
        name="handover-undefined",
        severity="warning",
        family="links",
        summary="a handover that starts soon and does not describe what is delivered",
        fires_when="a link leads from one side to another, the successor starts within "
        "`handover_days` working days, and the link has neither `delivers` nor `why`, or has no "
        "`accepted_when` where three handovers, or a third of them, have it",
        why_marketing="the delivery is not what was expected, on the day on which it is needed",
        why_it="a team builds what it believes was wanted",
        example='[initiatives.api]\nportfolio = "it"\nestimate = "2w"\n[initiatives.site]\n'
        'portfolio = "marketing"\nneeds = ["api"]\n[initiatives.push]\nportfolio = "marketing"\n'
        'needs = [{ on = "api", delivers = "segments by API" }]',
        fix_kinds=("describe what it delivers", "say when it is right"),
        thresholds={"handover_days": 30},
        topic=where_others_do(
            "handovers",
            "three handovers, or a third of them, have `delivers` or `why`",
            lambda context: _described(context, "delivers", "why"),
        ),
        roll_up=RollUp(
            lambda context, _limits: len(handovers(context)),
            lambda number, total: (
                f"{number} of {count(total, 'handover')} do not describe the delivery"
            ),
        ),
        find=handover_undefined,
        fixes="links.define",
    ),
    Rule(
        code="LINK04",
        name="unanswered-request",
        severity="warning",
        family="links",
        summary="a request without an answer",
        fires_when="`asked` is more than `answer_days` working days ago and the link was neither "
        "`agreed` nor `declined` since; one conflict for each predecessor",
        why_marketing="the plan counts on an agreement that may become a refusal",
        why_it="the team that was asked never hears that the answer is urgent",
        example='[initiatives.sso]\nestimate = "4w"\n[initiatives.cdp]\n'
        'needs = [{ on = "sso", asked = 2027-02-01 }]',
        fix_kinds=("record that the other side agrees", "record that it declines"),
        thresholds={"answer_days": 10},
        topic=Topic(
            "handovers",
            "a link has `asked`",
            lambda context: any(need.asked for _, need in context.dated_needs),
        ),
        roll_up=RollUp(
            _asked,
            lambda number, total: f"{number} of {count(total, 'request')} have no answer",
            named=_supplier,
        ),
        find=unanswered_request,
        fixes="links.respond",
    ),
    Rule(
        code="LINK05",
        name="not-accepted",
        severity="info",
        family="links",
        summary="a delivery to the other side that is not accepted",
        fires_when="the predecessor of a handover finished more than `accept_days` working days "
        "ago, the successor is open, and the link is not `accepted`",
        not_when="no link on the roadmap is `accepted`",
        why_marketing="a fault is found at the launch, weeks after it could have been found",
        why_it="the work counts as done, and comes back when the team works on something else",
        example='[initiatives.domains]\nportfolio = "it"\nstatus = "done"\n'
        "actual_start = 2027-01-04\nactual_finish = 2027-01-15\n[initiatives.mail]\n"
        'portfolio = "marketing"\nneeds = ["domains"]\n[initiatives.push]\n'
        'needs = [{ on = "domains", accepted = 2027-01-20 }]',
        fix_kinds=("record that it is accepted",),
        thresholds={"accept_days": 10},
        topic=where_others_do(
            "handovers",
            "three delivered handovers, or a third of them, have `accepted`",
            _accepted,
        ),
        roll_up=RollUp(
            lambda context, _limits: len(delivered(context)),
            lambda number, total: (
                f"{number} of {count(total, 'delivered handover')} are not accepted"
            ),
        ),
        find=not_accepted,
        fixes="links.accept",
    ),
    Rule(
        code="LINK06",
        name="counter-open",
        severity="info",
        family="links",
        summary="a counter without an answer",
        fires_when="a `counter` waits for the other side's answer; a warning after `counter_days` "
        "working days",
        not_when="the predecessor has finished, or the successor is done",
        why_marketing="there are two dates, and each side plans with its own",
        why_it="the counter binds nobody until the other side agrees or declines",
        example='[initiatives.api]\nportfolio = "it"\nestimate = "2w"\n[initiatives.site]\n'
        'portfolio = "marketing"\nneeds = [{ on = "api", promised = 2027-03-19, '
        'agreed = 2027-02-01, counter = { by = "it", on = 2027-02-26, promised = 2027-03-26 } }]',
        fix_kinds=("agree to the counter", "decline it: the old terms stay"),
        thresholds={"counter_days": 5},
        topic=Topic(
            "handovers",
            "a handover has a `counter`",
            lambda context: any(context.saying("counter")),
        ),
        find=counter_open,
        fixes="links.answered",
    ),
    Rule(
        code="LINK07",
        name="terms-changed",
        severity="warning",
        family="links",
        summary="agreed terms that were made harder for the other side by hand",
        fires_when="after a handover was `agreed`, an earlier `needed_by`, a later `promised`, or "
        "a link that binds the other side more was written in git, without a `counter`",
        not_when="a `counter` waits, or it was agreed anew; the predecessor has finished, or the "
        "successor is done; there is no repository, or a clone without its history",
        why_marketing="a date that the other side never agreed to looks as if it had",
        why_it="a team is held to terms that it does not know of",
        example='[initiatives.api]\nportfolio = "it"\nestimate = "2w"\n[initiatives.site]\n'
        'portfolio = "marketing"\nneeds = [{ on = "api", promised = 2027-03-19, '
        "agreed = 2027-02-01 }]",
        fix_kinds=(
            "make it a counter: the agreed terms stay until the other side answers",
            "put the agreed terms back",
            "record that the other side agrees",
        ),
        topic=Topic(
            HISTORY,
            in_git("a handover is `agreed`"),
            lambda context: context.evidence is not None and any(context.saying("agreed")),
        ),
        asks=_terms_asked,
        find=terms_changed,
        fixes="links.harder",
    ),
)
