"""DATE: dates that people set, against the dates that follow from the plan.

Nothing here moves work: logic wins, and these rules say by how much a date is missed and what
drives it. Where one missed date is the whole reason for another one down its chain, the second is
told inside the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from itertools import islice
from operator import attrgetter

from msgspec import Struct

from planner.conflicts.context import (
    FINISH_BOUNDS,
    START_BOUNDS,
    Context,
    briefly,
    by_days,
)
from planner.conflicts.findings import Also, Finding, Next
from planner.conflicts.handovers import Gap, WaitsOn, gaps, waits_on
from planner.conflicts.rule import Limits, Rule, Topic
from planner.network.walks import followed
from planner.roadmap.entities import Initiative
from planner.schedule.dates import Dates
from planner.schedule.shift import Shift

# --- what drives a date ---------------------------------------------------------------------------


def chain(context: Context, id: str) -> list[str]:
    """The unfinished work whose driving links lead to `id`, in order of start, without itself."""
    return [one for one in context.path_to(id) if one != id]


def line(context: Context, id: str) -> list[str]:
    """One line through that chain: from `id` back over what starts last, in order of time."""
    before = islice(followed(id, partial(_driver, context)), 1, 1 + context.far(context.dated))
    return list(before)[::-1]


def head_of(context: Context, id: str) -> str:
    """The first of that line, the unfinished work that it all hangs on; itself without any."""
    known, passed = context.heads, []
    for at in followed(id, partial(_driver, context)):
        passed.append(at)
        if at in known:
            break
    found = known.get(passed[-1], passed[-1])
    known.update(dict.fromkeys(passed, found))
    return found


def _driver(context: Context, id: str) -> str | None:
    """The unfinished work that drives it and starts last."""
    dates = context.dates(id)
    if dates is None or not dates.driven_by:
        return None
    before = context.dates(dates.driven_by[0])
    return None if before is None or before.finished else before.id


def cause(context: Context, id: str) -> str:
    """What drives a date, in a few words: the first work of its chain, else what holds it."""
    dates = context.dates(id)
    assert dates is not None
    reason, before = dates.reason, line(context, id)
    if reason.as_late:
        return f"placed {reason.as_late}"
    assumed = [one for one in [*before, id] if is_assumed(context, one)]
    if before:
        whose = f"{assumed[0]}: " if assumed and assumed[0] != before[0] else ""
        return f"due to {before[0]}" + (f" ({whose}no estimate)" if assumed else "")
    if reason.kind == "date" and reason.key:
        return "due to its set date"
    if reason.kind == "actual" or dates.started:
        return "due to its remaining work"
    return f"due to its {'default' if assumed else 'own'} estimate"


def is_assumed(context: Context, id: str) -> bool:
    """Whether nobody estimated work, so that dates which rest on its length have to say so."""
    dates = context.dates(id)
    initiative = context.roadmap.initiatives[id]
    return dates is not None and "estimate" in dates.assumed and initiative.remaining is None


# --- one finding for one root cause ---------------------------------------------------------------


def grouped(context: Context, late: Mapping[str, Shift]) -> list[tuple[str, list[str]]]:
    """Missed dates by root: each with those down its chain that are late by no more than it is.

    `late` is by id. A date that is later than what it hangs on has a cause of its own.
    """
    roots: dict[str, list[str]] = {}
    number: dict[str, int] = {}
    for id in context.by_start(late):
        before = chain(context, id) if len(late) > 1 else ()
        size = late[id].size
        known = [one for one in before if one in roots and size <= late[one].size]
        if known:
            roots[min(known, key=number.__getitem__)].append(id)
        else:
            roots[id], number[id] = [], len(number)
    return list(roots.items())


# --- DATE01 ---------------------------------------------------------------------------------------


def deadline_missed(context: Context, _limits: Limits) -> Iterator[Finding]:
    """One finding for each missed deadline, with the chain that drives it."""
    late = {}
    for initiative in context.open:
        by = late_by(context, initiative.id, initiative.deadline)
        if by is not None:
            late[initiative.id] = by
    for id, also in grouped(context, late):
        yield _missed(context, id, also, late)


def late_by(context: Context, id: str, bound: date | None) -> Shift | None:
    """By how much unfinished work finishes after a day; None where it does not."""
    dates = context.dates(id) if bound is not None else None
    if dates is None or dates.finished:
        return None
    return context.schedule.late(bound, dates.finish)


def _missed(context: Context, id: str, also: list[str], late: Mapping[str, Shift]) -> Finding:
    initiative = context.roadmap.initiatives[id]
    dates = context.dates(id)
    assert initiative.deadline is not None
    assert dates is not None
    deadline = context.day(initiative.deadline)
    text = f"{id} is {late[id].amount} late for {deadline} {cause(context, id)}"
    if initiative.deadline < context.as_of and not dates.started and not line(context, id):
        text = f"{id}: its deadline passed on {deadline} and it has not started"
    with_it = f"; also late: {briefly(also, 20)}" if also else ""
    waits = waits_on(context, id)
    who = _mover(context, id, waits)
    return Finding(
        on=(id, *also),
        key=("deadline",),
        root=(id,),
        size=by_days(late[id], "late"),
        also=tuple(Also((one,), by_days(late[one], "late", one)) for one in also),
        message=f"{text}{with_it}",
        who=who,
        data={
            "days": late[id].working,
            "calendar_days": late[id].calendar,
            "deadline": initiative.deadline.isoformat(),
            "finish": dates.finish.isoformat(),
            "chain": chain(context, id),
            "also": {one: late[one].working for one in also},
            "waits_on": _as_data(waits),
        },
    )


def _mover(context: Context, id: str, waits: WaitsOn | None) -> Next:
    """Who can move first: who must still agree, else who has the first open work of the chain."""
    if waits is not None and waits.state != "agreed":
        return next_for(context, waits.successor, waits.supplier, waits.state)
    return context.owner(next(iter(chain(context, id)), id))


def next_for(context: Context, successor: str, supplier: str, state: str) -> Next:
    """Who moves next on a handover: the side that was asked answers; else it is for who needs it.

    What was never asked for has to be asked for, and what was declined needs another plan. Where
    nobody writes what was asked, who has the head of the supplier's chain moves.
    """
    if state == "not asked" and not context.asking:
        return context.owner(head_of(context, supplier))
    return context.owner(supplier if state in ("asked", "promised") else successor)


def _as_data(waits: WaitsOn | None) -> dict[str, str | None] | None:
    if waits is None:
        return None
    return {
        "supplier": waits.supplier,
        "successor": waits.successor,
        "side": waits.side,
        "state": waits.state,
        "since": waits.since.isoformat() if waits.since else None,
    }


# --- DATE02 ---------------------------------------------------------------------------------------

_bounds_of = attrgetter(*START_BOUNDS, *FINISH_BOUNDS)
_size_of = attrgetter("size")
PAST_IT = "past its bound"
BOUND_WORDS = {
    "must_start_on": "start",
    "start_no_later_than": "latest start",
    "must_finish_on": "finish",
    "finish_no_later_than": "latest finish",
}


class Broken(Struct, frozen=True):
    """A bound that the plan does not meet, and by how much."""

    key: str
    late: Shift

    @property
    def bound(self) -> date:
        """The day that is written."""
        return self.late.first

    @property
    def day(self) -> date:
        """Where the work is instead."""
        return self.late.last


def date_against_logic(context: Context, _limits: Limits) -> Iterator[Finding]:
    """One finding for each initiative whose bounds or pinned dates can't be met.

    A pinned start that has only passed is no matter of logic: DATE04 speaks of it.
    """
    bounded = (one for one in context.open if any(_bounds_of(one)))
    broken = {one.id: found for one in bounded if (found := _broken(context, one))}
    late = {id: max((one.late for one in found), key=_size_of) for id, found in broken.items()}
    for id, also in grouped(context, late):
        yield _impossible(context, id, broken[id], {one: late[one] for one in also})


def _broken(context: Context, initiative: Initiative) -> list[Broken]:
    dates = context.dates(initiative.id)
    if dates is None or dates.finished:
        return []
    found = list(_past(context, initiative, FINISH_BOUNDS, dates.finish))
    if not dates.started:
        clock = dates.reason.kind == "status_date"
        keys = [key for key in START_BOUNDS if not (clock and key == "must_start_on")]
        found = [*_past(context, initiative, keys, dates.start), *found]
    return found


def _past(
    context: Context, initiative: Initiative, keys: Iterable[str], day: date
) -> Iterator[Broken]:
    for key in keys:
        late = context.schedule.late(getattr(initiative, key), day)
        if late is not None:
            yield Broken(key, late)


def _impossible(
    context: Context, id: str, broken: list[Broken], also: Mapping[str, Shift]
) -> Finding:
    who = context.owner(next(iter(chain(context, id)), id))
    with_it = f"; also late: {briefly(also, 20)}" if also else ""
    return Finding(
        on=(id, *also),
        key=(broken[0].key,),
        root=(id,),
        size=by_days(max((one.late for one in broken), key=_size_of), PAST_IT),
        also=tuple(Also((one,), by_days(late, PAST_IT, one)) for one, late in also.items()),
        message=f"{_too_late(context, id, broken)} {_why(context, id, broken)}{with_it}",
        who=who,
        data={
            "bounds": {one.key: _bound_data(one) for one in broken},
            "chain": chain(context, id),
            "also": {one: late.working for one, late in also.items()},
        },
    )


def _bound_data(broken: Broken) -> dict[str, str | int]:
    return {
        "bound": broken.bound.isoformat(),
        "day": broken.day.isoformat(),
        "days": broken.late.working,
        "calendar_days": broken.late.calendar,
    }


def _why(context: Context, id: str, broken: list[Broken]) -> str:
    dates = context.dates(id)
    assert dates is not None
    first, reason = broken[0], dates.reason
    if reason.kind == "date" and reason.key == first.key and reason.day == first.bound:
        return "(no working day)"
    if first.key in START_BOUNDS and reason.kind == "status_date":
        return "(in the past)"
    if first.key in START_BOUNDS and reason.kind == "start":
        return "(before the roadmap starts)"
    return cause(context, id)


def _too_late(context: Context, id: str, broken: list[Broken]) -> str:
    """``web-push misses latest start 1 Mar by 5 working days``: of several bounds the first."""
    first = broken[0]
    bound = f"{BOUND_WORDS[first.key]} {context.day(first.bound)}"
    return f"{id} misses {bound} by {first.late.amount}"


# --- DATE06 ---------------------------------------------------------------------------------------


def promise_gap(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Suppliers that deliver after what was promised, or after `needed_by` without a promise."""
    for gap in gaps(context):
        yield _promise(context, gap)


def _promise(context: Context, gap: Gap) -> Finding:
    dates: Dates | None = context.dates(gap.supplier)
    assert dates is not None
    who = context.owner(gap.supplier)
    return Finding(
        on=(gap.successor, gap.supplier),
        key=("needs",),
        root=(gap.successor, gap.supplier),
        size=by_days(gap.late, f"later than {gap.key.replace('_by', '')}", gap.supplier),
        message=f"{gap.supplier} → {gap.successor}: {_later(context, gap)}",
        who=who,
        data={
            "days": gap.late.working,
            "calendar_days": gap.late.calendar,
            gap.key: gap.bound.isoformat(),
            "finish": dates.finish.isoformat(),
            "delivery": gap.late.last.isoformat(),
            "agreed": gap.need.agreed.isoformat() if gap.need.agreed else None,
        },
    )


def _later(context: Context, gap: Gap) -> str:
    """``agreed 5 Nov, now 6 days later than 11 May``: a yes counts, else what somebody wrote."""
    day, days = context.day(gap.bound), gap.late.amount.replace("working ", "")
    if gap.need.agreed is not None:
        return f"agreed {context.day(gap.need.agreed)}, now {days} later than {day}"
    return f"{'promised' if gap.key == 'promised' else 'needed'} {day}, now {days} later"


RULES = (
    Rule(
        code="DATE01",
        name="deadline-missed",
        severity="error",
        family="dates",
        summary="an initiative that finishes after its deadline",
        fires_when="the computed finish is after `deadline`. Later deadlines on the same driving "
        "path that are missed by no more are part of the same conflict",
        not_when="done",
        why_marketing="the launch moves, and all that is planned around it",
        why_it="the driving path shows on which work each day counts",
        example='[initiatives.cdp]\nestimate = "8w"\n[initiatives.peak]\nestimate = "2w"\n'
        'needs = ["cdp"]\ndeadline = 2027-04-30',
        fix_kinds=(
            "overlap two pieces of work",
            "take the optimistic estimate",
            "drop a link",
            "drop work",
            "be exempt from a freeze",
            "move a date that holds it back",
            "say another day",
        ),
        topic=Topic(
            "deadlines",
            "an initiative has a `deadline`",
            lambda context: any(one.deadline for one in context.roadmap.initiatives.values()),
        ),
        find=deadline_missed,
        fixes="dates.deadline",
    ),
    Rule(
        code="DATE02",
        name="date-against-logic",
        severity="error",
        family="dates",
        summary="a set date that the dependencies make impossible",
        fires_when="the computed date is after `start_no_later_than`, `finish_no_later_than`, "
        "`must_start_on` or `must_finish_on`",
        not_when="done; the start of an initiative that has started; a set start that has only "
        "passed (DATE04 reports it)",
        why_marketing="somebody counts on a date that the predecessors make impossible",
        why_it="a set date never breaks a dependency: the links win, and this shows by how much",
        example='[initiatives.profile-api]\nestimate = "4w"\n[initiatives.web-push]\n'
        'estimate = "2w"\nneeds = ["profile-api"]\nmust_start_on = 2027-03-01',
        fix_kinds=("shorten the chain", "move the date to what the plan says", "remove the date"),
        find=date_against_logic,
        fixes="dates.bounds",
    ),
    Rule(
        code="DATE06",
        name="promise-gap",
        severity="error",
        family="dates",
        summary="a delivery after the date for which it was promised or needed",
        fires_when="the delivery date (FS and FF: the predecessor's finish; SS and SF: its start, "
        "with the lag) is after the link's `promised`, or after `needed_by` where no date is "
        "promised",
        not_when="the predecessor has finished, or the successor is done",
        why_marketing="a date was built on a promise that the plan no longer keeps",
        why_it="an agreed date has moved, and the team that agreed it should be the one to say so",
        example='[initiatives.profile-api]\nestimate = "4w"\n[initiatives.web-push]\n'
        'needs = [{ on = "profile-api", agreed = 2026-11-05, needed_by = 2027-03-12 }]',
        fix_kinds=(
            "shorten the supplier's chain",
            "name the new day to the other side",
            "need it later",
        ),
        topic=Topic(
            "handovers",
            "a link has `promised` or `needed_by`",
            lambda context: any(n.promised or n.needed_by for _, n in context.dated_needs),
        ),
        find=promise_gap,
        fixes="dates.promise",
    ),
)
