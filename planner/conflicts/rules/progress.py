"""DATE: what has happened, against what is written about it.

Facts decide and `status` does not, so a status that says something else than the dates misleads
only people. Work that started early keeps its date, and its remaining work waits.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain

from planner.conflicts.context import START_HOLDS, Context, briefly, by_days
from planner.conflicts.evidence import HISTORY, Change, Planned, Wanted, in_git, whole
from planner.conflicts.findings import NOBODY, Finding
from planner.conflicts.joint_meetings import last_held
from planner.conflicts.rule import Limits, RollUp, Rule, Topic
from planner.roadmap.entities import Initiative
from planner.roadmap.facts import ACTUALS, Fact, dated_after
from planner.roadmap.figures import count, working_days
from planner.roadmap.quantities import Need, length_days

MOST_PLANNED = 2_000
"""Of more initiatives no earlier plan is made: it would take longer than all the rest."""

# --- DATE03 ---------------------------------------------------------------------------------------


def out_of_sequence(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Started work whose finish-to-start predecessor is unfinished; once for each pair."""
    for initiative in context.having("actual_start"):
        early = [need for need in initiative.needs if _early(context, initiative, need)]
        for on in dict.fromkeys(need.on for need in early):
            yield _out_of_sequence(context, initiative, on)


def _early(context: Context, initiative: Initiative, need: Need) -> bool:
    return initiative.open and _ahead_of(context, need, initiative.actual_start)


def _ahead_of(context: Context, need: Need, day: date | None) -> bool:
    """Whether what happened on a day waits for an end that has not come, and no lead covers it."""
    before = context.dates(need.on) if need.type == "FS" else None
    if before is None or before.finished or day is None:
        return False
    lag = length_days(need.lag, context.network.week) if need.lag else 0
    return lag >= 0 or day <= context.calendars.roadmap.add(before.finish, lag)


def _out_of_sequence(context: Context, initiative: Initiative, on: str) -> Finding:
    before = context.dates(on)
    started = initiative.actual_start
    assert before is not None
    assert started is not None
    return Finding(
        on=(initiative.id, on),
        key=("needs",),
        root=(initiative.id, on),
        size=by_days(context.schedule.shift(started, before.finish), f"ahead of {on}"),
        message=f"{initiative.id} started {context.day(started)} although {on} finishes "
        f"{context.day(before.finish)}",
        who=context.owner(initiative.id),
        data={"started": started.isoformat(), "finish": before.finish.isoformat()},
    )


Case = tuple[str, str]
"""Which contradiction it is, and the sentence."""

# --- DATE04 ---------------------------------------------------------------------------------------


def status_against_date(context: Context, limits: Limits) -> Iterator[Finding]:
    """Work whose status and dates say different things; one finding for each."""
    for initiative in context.roadmap.initiatives.values():
        if initiative.status not in ("paused", "dropped"):
            case = _contradicts(context, initiative, limits)
            if case is not None and not _slip(context, initiative):
                yield _contradiction(context, initiative, *case)


def _slip(context: Context, one: Initiative) -> bool:
    """Whether an actual date of it is in the future (DATE05) or could not be read: not missing."""
    written = context.reading.roadmap.initiatives.get(one.id, one)
    later = any(getattr(written, key) != getattr(one, key) for key in ACTUALS)
    return later or context.unread("initiatives", one.id, *ACTUALS)


def _contradicts(context: Context, one: Initiative, limits: Limits) -> Case | None:
    if one.status == "done":
        return _not_done(context, one)
    if one.status == "active":
        return _not_active(context, one, limits["active_times"])
    for day, verb in ((one.actual_finish, "finished"), (one.actual_start, "started")):
        if day is not None:
            return "dated", f"{one.id} is {one.status}, but {verb} {context.day(day)}"
    text = _overdue(context, one, limits["late_start_days"])
    return ("start", text) if text else None


def _not_done(context: Context, one: Initiative) -> Case | None:
    if one.actual_finish is None:
        return "finish", f"{one.id} is done, but has no `actual_finish`"
    ahead = (n.on for n in one.needs if _ahead_of(context, n, one.actual_finish))
    before = next(filter(context.is_open, ahead), None)
    if before is not None:
        return "before", f"{one.id} is done, but {before}, which it needs, is not"
    return None


def _not_active(context: Context, one: Initiative, times: int) -> Case | None:
    if one.actual_start is None:
        return "started", f"{one.id} is active, but has no `actual_start`"
    if one.actual_finish is not None:
        return "finished", f"{one.id} is active, but finished {context.day(one.actual_finish)}"
    dates = context.dates(one.id)
    if dates is None or not dates.duration:
        return None
    if not dates.remaining:
        return "remaining", f"{one.id} is active, but nothing of it remains"
    gone = context.days(one.actual_start, context.as_of)
    if "estimate" not in dates.assumed and gone > times * dates.duration:
        estimate = working_days(dates.duration)
        return "long", f"{one.id} is active for {working_days(gone)}, estimate {estimate}"
    return None


def _overdue(context: Context, one: Initiative, days: int) -> str:
    """Not begun, though nothing but the status date holds it and its start has passed."""
    held = max(filter(None, (one.must_start_on, one.start_no_earlier_than)), default=None)
    if held is None or held >= context.as_of:
        return ""
    dates = context.dates(one.id)
    if dates is None or dates.reason.kind == "link" or context.days(held, context.as_of) <= days:
        return ""
    late = working_days(context.days(held, context.as_of))
    return f"{one.id} is {one.status}, but its start {context.day(held)} passed {late} ago"


def _contradiction(context: Context, one: Initiative, case: str, text: str) -> Finding:
    return Finding(
        on=(one.id,),
        key=(_hold(one) if case == "start" else "status",),
        root=(one.id,),
        message=text,
        who=context.owner(one.id),
        data={"case": case, "status": one.status},
    )


def _hold(initiative: Initiative) -> str:
    return next(key for key in START_HOLDS if getattr(initiative, key))


# --- DATE05 ---------------------------------------------------------------------------------------


def actual_in_future(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Facts that are dated after the status date; one finding for each table."""
    by_table: dict[tuple[str, str], list[Fact]] = {}
    if context.reading.roadmap is context.roadmap:
        return iter(())  # nothing was left out
    for fact in dated_after(context.reading.roadmap, context.as_of):
        by_table.setdefault((fact.kind, fact.id), []).append(fact)
    return (_future(context, *where, facts) for where, facts in by_table.items())


NAMED = {"agreements": "working agreement {}", "systems": "system {}", "decisions": "decision {}"}


def _future(context: Context, kind: str, id: str, facts: list[Fact]) -> Finding:
    days = [f"{_fact(fact)} {context.day(fact.day)}" for fact in facts]
    said = f"{days[0]} is" if len(facts) == 1 else f"{briefly(map(_fact, facts), 28)} are"
    what = NAMED.get(kind, "{}").format(id)
    return Finding(
        kind=kind,
        on=(id,),
        key=facts[0].key[:1],
        root=(id,) if kind == "initiatives" else (kind, id),
        message=f"{what}: {said} after the status date ({context.day(context.as_of)})",
        who=context.owner(id) if kind == "initiatives" else NOBODY,
        data={
            "keys": [list(fact.key) for fact in facts],
            "last": max(fact.day for fact in facts).isoformat(),
            "as_of": context.as_of.isoformat(),
        },
    )


def _fact(fact: Fact) -> str:
    """``actual_start``; ``agreed (api-layer)``; ``review (privacy)``."""
    match fact.key:
        case ("needs", supplier, key):
            return f"{key} ({supplier})"
        case ("reviews", party):
            return f"review ({party})"
        case (key, side):
            return f"{key} ({side})"
    return fact.key[0]


# --- DATE08 ---------------------------------------------------------------------------------------


def not_started(context: Context, limits: Limits) -> Iterator[Finding]:
    """Work that an earlier plan had start some time ago, and that only the status date holds."""
    for one in _late(context, limits) if context.evidence else ():
        planned = context.evidence and context.evidence.starts.get(one.id)
        if not planned:
            continue
        since = max(chain((planned.start,), _free(context, one)))
        if _long_ago(context, limits, since):
            yield _not_started(context, one, planned, since)


def _late(context: Context, limits: Limits) -> Iterator[Initiative]:
    """Work that only the status date holds, and that its predecessors have not held for long."""
    for one in _not_begun(context):
        dates = context.dates(one.id)
        held = dates is None or dates.reason.kind != "status_date"
        if not held and all(_long_ago(context, limits, day) for day in _free(context, one)):
            yield one


def _long_ago(context: Context, limits: Limits, day: date) -> bool:
    return context.days(day, context.as_of) > limits["not_started_days"]


def _not_begun(context: Context) -> Iterator[Initiative]:
    """Planned work that no open predecessor holds, nor a start that was set (DATE04)."""
    for one in context.open:
        planned = one.status == "planned" and one.actual_start is None and not one.is_milestone
        held = planned and any(getattr(one, key) is not None for key in START_HOLDS)
        if planned and not held and not any(context.is_open(need.on) for need in one.needs):
            yield one


def _free(context: Context, one: Initiative) -> Iterator[date]:
    """The days after which the roadmap's start, and each of its predecessors, held it no more."""
    if context.roadmap.settings.start is not None:
        yield context.roadmap.settings.start
    for need in one.needs:
        day = context.schedule.delivery(need)
        if day is not None:
            lag = length_days(need.lag, context.network.week) if need.lag else 0
            yield context.calendars.roadmap.add(day, lag)


def _not_started(context: Context, one: Initiative, planned: Planned, since: date) -> Finding:
    shift = context.schedule.shift(since, context.as_of)
    return Finding(
        on=(one.id,),
        key=("status",),
        root=(one.id,),
        size=by_days(shift, "late to start"),
        message=f"{one.id} should have started {context.day(since)} "
        f"(plan of {context.day(planned.by)}), {working_days(shift.working)} ago",
        who=context.owner(one.id),
        data={
            "start": planned.start.isoformat(),
            "plan": planned.by.isoformat(),
            "since": since.isoformat(),
            "days": shift.working,
        },
    )


def _plans_asked(context: Context, limits: Limits) -> Wanted:
    """The plan of some time ago, and that of the last meeting, where work is late to start."""
    if len(context.roadmap.initiatives) > MOST_PLANNED or not any(_late(context, limits)):
        return Wanted()
    days = [context.calendars.roadmap.add(context.as_of, -limits["plan_days"])]
    met = last_held(context, context.as_of - timedelta(days=1))
    return Wanted(starts=frozenset([*days, *([met] if met is not None else [])]))


# --- DATE07 ---------------------------------------------------------------------------------------


def stale_status(context: Context, limits: Limits) -> Iterator[Finding]:
    """A `status_date` of some time ago."""
    known = context.roadmap.settings.status_date
    if known is None or known >= context.today:
        return
    days = context.days(known, context.today)
    if days > limits["status_days"]:
        yield Finding(
            kind="roadmap",
            on=(),
            key=("status_date",),
            root=("status-date",),
            size=by_days(context.schedule.shift(known, context.today), "old", "the status date"),
            message=f"status date {context.day(known)} is {count(days, 'working day')} old",
            data={"status_date": known.isoformat(), "days": days},
        )


# --- STALE01 --------------------------------------------------------------------------------------


def stale(context: Context, limits: Limits) -> Iterator[Finding]:
    """Work under way of which nothing was written for some time."""
    for initiative in _under_way(context) if context.evidence else ():
        change = context.last_change(whole(initiative))
        days = context.days(change.day, context.today) if change is not None else 0
        if change is not None and days >= limits["unchanged_days"]:
            yield _stale(context, initiative, change, days)


def _under_way(context: Context) -> list[Initiative]:
    return [one for one in context.open if one.status == "active"]


def _stale(context: Context, initiative: Initiative, change: Change, days: int) -> Finding:
    return Finding(
        on=(initiative.id,),
        key=("status",),
        root=(initiative.id,),
        size=by_days(context.schedule.shift(change.day, context.today), "unchanged"),
        message=f"{initiative.id} is active but unchanged since {context.day(change.day)} "
        f"({count(days, 'working day')})",
        who=context.owner(initiative.id),
        data={"changed": change.day.isoformat(), "days": days, "author": change.author},
    )


RULES = (
    Rule(
        code="DATE03",
        name="out-of-sequence",
        severity="warning",
        family="dates",
        summary="an initiative that started before its predecessor finished",
        fires_when="an open initiative has an `actual_start` before a finish-to-start predecessor "
        "finished; its remaining work waits for that finish",
        not_when="the predecessor has finished since; a lead covers the overlap",
        why_marketing="work that starts too early may have to be done again",
        why_it="either the link is wrong, or somebody works around what is missing",
        example='[initiatives.api]\nestimate = "4w"\n[initiatives.journey]\nestimate = "4w"\n'
        'status = "active"\nactual_start = 2027-02-22\nneeds = ["api"]',
        fix_kinds=("let the two overlap", "remove the link"),
        topic=Topic(
            "progress",
            "an initiative has an `actual_start`",
            lambda context: bool(context.having("actual_start")),
        ),
        find=out_of_sequence,
        fixes="progress.sequence",
    ),
    Rule(
        code="DATE04",
        name="status-against-date",
        severity="warning",
        family="dates",
        summary="a status that the dates contradict",
        fires_when="planned or proposed with an actual date, or though its set start passed more "
        "than `late_start_days` working days ago and nothing else holds it; active without "
        "`actual_start`, without remaining work, with `actual_finish`, or for more than "
        "`active_times` times its estimate; done without `actual_finish`, or before what it needs",
        not_when="links hold it later than the start that has passed; paused initiatives; the date "
        "that is missing is in the future (DATE05) or could not be read",
        why_marketing="the board shows that it is under way, and the dates show that it is not",
        why_it="open work is scheduled from the status date on, whatever its status is",
        example='[initiatives.api]\nestimate = "4w"\nstatus = "done"\n'
        '[initiatives.site]\nestimate = "4w"',
        fix_kinds=("set the missing date", "set the status", "move the start"),
        thresholds={"late_start_days": 2, "active_times": 2},
        roll_up=RollUp(
            lambda context, _limits: len(context.roadmap.initiatives),
            lambda number, total: f"started, done or not? {number} of {count(total, 'initiative')}",
            few=2,
        ),
        find=status_against_date,
        fixes="progress.status",
    ),
    Rule(
        code="DATE05",
        name="actual-in-future",
        severity="error",
        family="dates",
        summary="an actual date in the future",
        fires_when="`actual_start`, `actual_finish`, a review, `agreed`, `accepted` or "
        "`decided` is after the status date; it counts as absent, and what rests on that is told "
        "here",
        not_when="it is on the status date",
        why_marketing="it counts as done, and it is only planned",
        why_it="actual dates are for facts, not for plans",
        example='[initiatives.api]\nstatus = "done"\nactual_start = 2027-02-01\n'
        "actual_finish = 2027-04-01",
        fix_kinds=("remove the date", "set it to the status date"),
        find=actual_in_future,
        fixes="progress.future",
    ),
    Rule(
        code="DATE07",
        name="stale-status",
        severity="info",
        family="dates",
        summary="an old status date",
        fires_when="`status_date` is more than `status_days` working days before today (or "
        "`--as-of`)",
        why_marketing="the dates look better than they are: later delays are not in the plan",
        why_it="open work is still scheduled from that date on",
        example="[roadmap]\nstatus_date = 2027-02-01\n[initiatives.api]",
        fix_kinds=("move the status date to today",),
        thresholds={"status_days": 10},
        topic=Topic(
            "progress",
            "`[roadmap]` has a `status_date`",
            lambda context: context.roadmap.settings.status_date is not None,
        ),
        find=stale_status,
        fixes="progress.known_until",
    ),
    Rule(
        code="DATE08",
        name="not-started",
        severity="warning",
        family="dates",
        summary="an initiative that should have started by an earlier plan",
        fires_when="a planned initiative was to start more than `not_started_days` working days "
        "ago by the plan of the last meeting, or of `plan_days` working days ago, has not, and "
        "only the status date holds it",
        not_when="a predecessor held it until then; its start is set (DATE04 reports one that has "
        "passed) or its finish holds it; there is no repository, or a clone without its history; "
        f"more than {MOST_PLANNED:,} initiatives",
        why_marketing="the plan moves by a day each day, and nobody has decided that it may",
        why_it="work that nobody began is still counted on for a date",
        example='[initiatives.api]\nestimate = "4w"',
        fix_kinds=("record that it has started", "plan its start for a later date", "pause it"),
        thresholds={"not_started_days": 10, "plan_days": 30},
        topic=Topic(
            HISTORY,
            in_git("only the status date holds planned work"),
            lambda context: context.evidence is not None and bool(context.evidence.starts),
        ),
        asks=_plans_asked,
        roll_up=RollUp(
            lambda context, _limits: sum(1 for _ in _not_begun(context)),
            lambda number, total: (
                f"{number} of {count(total, 'initiative')} that could start have not started"
            ),
        ),
        find=not_started,
        fixes="progress.begin",
    ),
    Rule(
        code="STALE01",
        name="stale",
        severity="info",
        family="dates",
        summary="an active initiative that nobody has updated for some time",
        fires_when="the table of an active initiative has not changed in git for `unchanged_days` "
        "working days",
        not_when="in a pipeline (`CI` is set), with `--base`, and in every format but text, where "
        "time alone must change nothing; there is no repository, or a clone without its history",
        why_marketing="nobody knows whether it will come, and a question now is cheap",
        why_it="its remaining work starts from the status date again and again",
        example='[initiatives.api]\nestimate = "12w"\nstatus = "active"\n'
        "actual_start = 2027-01-04\npercent_complete = 20",
        fix_kinds=("set its status to done", "set its status to paused"),
        thresholds={"unchanged_days": 30},
        topic=Topic(
            HISTORY,
            in_git("work is active"),
            lambda context: context.evidence is not None and bool(_under_way(context)),
        ),
        asks=lambda context, _limits: Wanted(frozenset(map(whole, _under_way(context)))),
        told=True,
        roll_up=RollUp(
            lambda context, _limits: len(_under_way(context)),
            lambda number, total: (
                f"{number} of {count(total, 'active initiative')} are unchanged for some time"
            ),
        ),
        find=stale,
        fixes="progress.stale",
    ),
)
