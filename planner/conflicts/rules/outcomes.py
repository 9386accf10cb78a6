"""OUT and GAP: what the work is for, whether that can be measured, and whether it is.

An initiative contributes to the outcomes it names. Work behind which no outcome stands may still
enable work that has one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planner.conflicts.context import Context, briefly, by_count
from planner.conflicts.contributions import (
    answered,
    at_target,
    contributors,
    enabling,
    falls,
    last_reading,
    reached,
)
from planner.conflicts.findings import Finding, Next, Size
from planner.conflicts.rule import Limits, RollUp, Rule, Topic, where_others_do
from planner.roadmap.entities import Initiative, Outcome
from planner.roadmap.figures import count, number
from planner.roadmap.sides import JOINT, crosses

WORTH = ("feature", "campaign")
"""The kinds of work that are done for an outcome of their own."""

OUTCOMES = Topic(
    "outcomes", "there is an `[outcomes]` table", lambda context: bool(context.roadmap.outcomes)
)


# --- OUT01 ----------------------------------------------------------------------------------------


def no_outcome(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Open features and campaigns that no outcome stands behind, nor behind what they enable."""
    bare = [one for one in _worth(context) if not one.outcomes]
    behind = enabling(context) if bare else set()
    for initiative in bare:
        if initiative.id not in behind:
            dates = context.dates(initiative.id)
            when = f" (starts {context.day(dates.start)})" if dates is not None else ""
            yield Finding(
                on=(initiative.id,),
                root=(initiative.id,),
                message=f"{initiative.id}{when} contributes to no outcome",
                who=context.owner(initiative.id),
            )


def _with_outcome(context: Context) -> tuple[int, int]:
    """How many features and campaigns name outcomes, of done work, too; and how many there are."""
    every = context.roadmap.initiatives.values()
    worth = [one for one in every if one.effective_kind in WORTH]
    return sum(bool(one.outcomes) for one in worth), len(worth)


def _worth(context: Context) -> list[Initiative]:
    return [one for one in context.open if one.effective_kind in WORTH]


# --- OUT02 ----------------------------------------------------------------------------------------


def unmeasurable_kpi(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Outcomes that lack what measuring needs, or whose first reading came too late."""
    behind = contributors(context)
    for outcome in context.roadmap.outcomes.values():
        lacking = [key for key in lacks(outcome) if not context.unread("outcomes", outcome.id, key)]
        late = _measured_after(outcome, behind.get(outcome.id, []))
        if lacking or late or _no_better(outcome):
            yield _unmeasurable(context, outcome, lacking, late)


def lacks(outcome: Outcome) -> list[str]:
    """What an outcome has to say before anyone can tell whether it is reached, and doesn't."""
    said = {
        "kpi": outcome.kpi,
        "baseline": outcome.baseline,
        "target": outcome.target,
        "source": outcome.source,
        "owner": outcome.owner,
    }
    return [key for key, value in said.items() if value is None]


def _measured_after(outcome: Outcome, behind: list[Initiative]) -> date | None:
    """The first reading, where something that it measures was done before it."""
    if not outcome.readings:
        return None
    first = min(outcome.readings)
    done = [one.actual_finish for one in behind if one.actual_finish is not None]
    return first if done and min(done) < first else None


def _no_better(outcome: Outcome) -> bool:
    """Whether the target is what was measured at the start."""
    return outcome.target is not None and outcome.target == outcome.baseline


def _unmeasurable(
    context: Context, outcome: Outcome, lacking: list[str], late: date | None
) -> Finding:
    why = [f"no {', '.join(lacking)}"] if lacking else []
    if _no_better(outcome):
        why.append(f"its target is its baseline, {number(outcome.target or 0)}")
    if late is not None:
        why.append(f"first measurement ({context.day(late)}) after the work")
    return Finding(
        kind="outcomes",
        on=(outcome.id,),
        root=(outcome.id,),
        size=by_count(len(lacking), "key", "missing"),
        message=f"outcome {outcome.id} can't be measured: {', '.join(why)}",
        who=_owner(context, outcome),
        data={
            "missing": lacking,
            "first_reading": late.isoformat() if late else None,
            "no_better": _no_better(outcome),
        },
    )


def _owner(context: Context, outcome: Outcome) -> Next:
    return context.party(outcome.owner) if outcome.owner else Next(JOINT)


# --- OUT04 ----------------------------------------------------------------------------------------


def unread_kpi(context: Context, limits: Limits) -> Iterator[Finding]:
    """Outcomes without a reading since what contributes to them was done."""
    for id, behind in contributors(context).items():
        outcome = context.roadmap.outcomes.get(id)
        if outcome is not None:
            read = max(outcome.readings, default=date.min)
            done = [one for one in behind if _long_done(context, one, read, limits["reading_days"])]
            if done:
                last = max(one.actual_finish for one in done if one.actual_finish is not None)
                yield _unread(context, outcome, [one.id for one in done], last)


def _long_done(context: Context, one: Initiative, read: date, days: int) -> bool:
    """Whether it was done long ago, and nothing was read on that day or since."""
    finish = one.actual_finish
    if finish is None or finish <= read:
        return False
    return context.days(finish, context.as_of) >= days


def _unread(context: Context, outcome: Outcome, ids: list[str], last: date) -> Finding:
    return Finding(
        kind="outcomes",
        on=(outcome.id,),
        key=("readings",) if outcome.readings else (),
        through=tuple(ids),
        root=(outcome.id,),
        size=by_count(len(ids), "initiative", "done and not measured"),
        message=f"outcome {outcome.id} has no measurement since {briefly(ids, 20)} finished "
        f"{context.day(last)}",
        who=_owner(context, outcome),
        data={"done": ids, "since": last.isoformat()},
    )


# --- OUT05 ----------------------------------------------------------------------------------------


def missed_target(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Outcomes whose day has passed without the target, while work on them goes on."""
    due = [
        one
        for one in context.roadmap.outcomes.values()
        if one.target is not None
        and one.by is not None
        and one.by < context.as_of
        and not reached(one)
    ]
    behind = contributors(context) if due else {}
    for outcome in due:
        going_on = [one.id for one in behind.get(outcome.id, ()) if one.open]
        if going_on:
            yield _missed(context, outcome, context.by_start(going_on))


def _missed(context: Context, outcome: Outcome, ids: list[str]) -> Finding:
    assert outcome.by is not None
    assert outcome.target is not None
    last = last_reading(outcome)
    measured = f"last {number(last)}" if last is not None else "not measured"
    return Finding(
        kind="outcomes",
        on=(outcome.id,),
        key=("by",),
        through=tuple(ids),
        root=(outcome.id,),
        size=_short_of(outcome.target, last),
        message=f"outcome {outcome.id} missed {number(outcome.target)} by "
        f"{context.day(outcome.by)} ({measured}): {count(len(ids), 'initiative')} still open",
        who=_owner(context, outcome),
        data={"open": ids, "by": outcome.by.isoformat(), "last": last},
    )


def _short_of(target: float, last: float | None) -> Size | None:
    """How far a reading is from the target; nobody can tell without one."""
    if last is None:
        return None
    short = abs(target - last)
    return Size((short,), number(short), "short of its target")


# --- OUT06, OUT07 ---------------------------------------------------------------------------------


def outcome_reached(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Outcomes at their target, while work on them goes on, and nobody has said what now; where the
    target was measured at the start, OUT02 says so.
    """
    outcomes = context.roadmap.outcomes.values()
    there = [one for one in outcomes if reached(one) and _is_told(one) and not _no_better(one)]
    behind = contributors(context) if there else {}
    for outcome in there:
        going_on = [one.id for one in behind.get(outcome.id, ()) if one.open]
        if going_on and not answered(outcome, _reached_on(outcome)):
            yield _reached(context, outcome, context.by_start(going_on))


def _is_told(outcome: Outcome) -> bool:
    """Whether the file says which way the target lies, or the last reading is on it."""
    return outcome.baseline is not None or last_reading(outcome) == outcome.target


def _reached_on(outcome: Outcome) -> date:
    """The first of the readings, in a row up to the last one, that are at the target."""
    first = max(outcome.readings)
    for day in sorted(outcome.readings, reverse=True):
        if not at_target(outcome, outcome.readings[day]):
            break
        first = day
    return first


def _reached(context: Context, outcome: Outcome, ids: list[str]) -> Finding:
    day = _reached_on(outcome)
    last = last_reading(outcome)
    assert last is not None
    return Finding(
        kind="outcomes",
        on=(outcome.id,),
        key=("readings",),
        through=tuple(ids),
        root=(outcome.id,),
        size=by_count(len(ids), "initiative", "still open"),
        message=f"{outcome.id} reached {number(outcome.target or 0)} on {context.day(day)} (last "
        f"{number(last)}): {count(len(ids), 'initiative')} still open",
        who=_owner(context, outcome),
        data={"open": ids, "reached": day.isoformat(), "last": last},
    )


def wrong_direction(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Outcomes whose last two readings moved away from the target, each from the one before."""
    for outcome in context.roadmap.outcomes.values():
        away = _away(outcome)
        if away and not answered(outcome, away[-1][0]):
            yield _wrong(context, outcome, away)


def _away(outcome: Outcome) -> list[tuple[date, float]]:
    """The last two readings, if each is further from the target than the one before it; before the
    first one stands the baseline.
    """
    if outcome.target is None or reached(outcome):
        return []
    days = sorted(outcome.readings)
    values = [outcome.readings[day] for day in days]
    if outcome.baseline is not None:
        values.insert(0, outcome.baseline)
    if len(values) < 3 or len(days) < 2:
        return []
    sign = -1 if falls(outcome) else 1
    third, second, last = (sign * value for value in values[-3:])
    worse = last < second < third
    return [(day, outcome.readings[day]) for day in days[-2:]] if worse else []


def _wrong(context: Context, outcome: Outcome, away: list[tuple[date, float]]) -> Finding:
    (_, before), (day, last) = away
    target = outcome.target or 0
    return Finding(
        kind="outcomes",
        on=(outcome.id,),
        key=("readings",),
        root=(outcome.id,),
        size=_short_of(target, last),
        message=f"{outcome.id} moved away from {number(target)} twice: {number(before)}, then "
        f"{number(last)} on {context.day(day)}",
        who=_owner(context, outcome),
        data={"readings": {one.isoformat(): value for one, value in away}, "target": target},
    )


# --- GAP01 ----------------------------------------------------------------------------------------


def one_sided(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Outcomes that only one side works on, with the other's systems; one finding for all."""
    found = {}
    behind = contributors(context) if context.roadmap.systems else {}
    for outcome in context.roadmap.outcomes:
        sides = {side for one in behind.get(outcome, ()) for side in _sides_at_work(context, one)}
        work = [one for one in behind.get(outcome, ()) if one.open]
        side = next(iter(sides)) if len(sides) == 1 else None
        if side is not None and side != JOINT and not _supplied(context, work):
            systems = _others(context, work, side)
            if systems:
                found[outcome] = (side, systems)
    if found:
        yield _gap(found)


def _supplied(context: Context, work: list[Initiative]) -> bool:
    """Whether some of the work takes a handover from another side."""
    sides = context.sides
    return any(crosses(sides[one.id], sides.get(need.on)) for one in work for need in one.needs)


def _sides_at_work(context: Context, one: Initiative) -> set[str | None]:
    """The side of some work, and those of the teams whose people it takes."""
    staffed = {context.party(team).side for team in one.staff} - {None}
    return {context.sides[one.id], *staffed}


def _others(context: Context, work: list[Initiative], side: str) -> list[str]:
    """The systems of other sides that work uses or changes."""
    touched = dict.fromkeys(
        system for one in work for system in (*one.uses, *one.changes, *one.introduces)
    )
    return [system for system in touched if crosses(side, context.system_side(system))]


def _gap(found: dict[str, tuple[str, list[str]]]) -> Finding:
    sides = {side for side, _ in found.values()}
    noun = "outcome has" if len(found) == 1 else "outcomes have"
    return Finding(
        kind="outcomes",
        on=tuple(found),
        root=("outcomes",),
        message=f"{len(found)} {noun} work on one side only: {briefly(found)}",
        who=Next(sides.pop() if len(sides) == 1 else JOINT),
        data={
            outcome: {"side": side, "systems": systems}
            for outcome, (side, systems) in found.items()
        },
    )


RULES = (
    Rule(
        code="OUT01",
        name="no-outcome",
        severity="warning",
        family="outcomes",
        summary="an initiative that contributes to no outcome",
        fires_when="an open feature or campaign names no outcome, and none of its direct or "
        "indirect successors names one",
        not_when="reviews, milestones, foundations and integrations",
        why_marketing="it takes the place of something that customers would notice",
        why_it="when time is short, nobody knows what is lost if it is dropped",
        example='[outcomes.sales]\n[initiatives.site]\nestimate = "2w"\noutcomes = ["sales"]\n'
        '[initiatives.pages]\nkind = "campaign"\nestimate = "2w"\n[initiatives.shop]\n'
        'outcomes = ["sales"]',
        fix_kinds=("set its outcome", "drop it"),
        topic=where_others_do(
            OUTCOMES.name,
            "three features and campaigns, or a third of them, name `outcomes`",
            _with_outcome,
        ),
        roll_up=RollUp(
            lambda context, _limits: len(_worth(context)),
            lambda number, total: (
                f"{number} of {count(total, 'feature')} and campaigns have no outcome"
            ),
        ),
        find=no_outcome,
        fixes="outcomes.outcome",
    ),
    Rule(
        code="OUT02",
        name="unmeasurable-kpi",
        severity="warning",
        family="outcomes",
        summary="an outcome that can't be measured",
        fires_when="an outcome has no `kpi`, `baseline`, `target`, `source` or `owner`, a target "
        "that is its baseline, or a first measurement that came after some of its initiatives were "
        "done",
        not_when="what is missing is written and could not be read",
        why_marketing="there is no budget for a success that nobody can show",
        why_it="nobody can work towards a number that nobody has",
        example='[outcomes.awareness]\nkpi = "spontaneous awareness"\ntarget = 24',
        fix_kinds=("set an owner", "use the first measurement as the baseline"),
        topic=OUTCOMES,
        roll_up=RollUp(
            lambda context, _limits: len(context.roadmap.outcomes),
            lambda number, total: f"{number} of {count(total, 'outcome')} can't be measured",
        ),
        find=unmeasurable_kpi,
        fixes="outcomes.measure",
    ),
    Rule(
        code="OUT04",
        name="unread-kpi",
        severity="warning",
        family="outcomes",
        summary="an outcome without a measurement since its initiatives finished",
        fires_when="an initiative for it finished `reading_days` working days ago or more, and "
        "there is no measurement on that day or since",
        why_marketing="nobody knows whether it worked, and the next one is planned",
        why_it="what has no effect is kept running",
        example='[outcomes.sales]\n[initiatives.search]\nstatus = "done"\n'
        'actual_start = 2026-11-02\nactual_finish = 2026-12-11\noutcomes = ["sales"]',
        fix_kinds=("add a measurement",),
        thresholds={"reading_days": 30},
        topic=Topic(
            "outcomes",
            "an initiative with an outcome has an `actual_finish`",
            lambda context: any(one.actual_finish for one in context.having("outcomes")),
        ),
        find=unread_kpi,
        by_hand="a reading has to be taken before it can be written",
    ),
    Rule(
        code="OUT05",
        name="missed-target",
        severity="warning",
        family="outcomes",
        summary="a missed target with open initiatives: continue, change or drop them",
        fires_when="`by` has passed, the last measurement is not at the `target`, and open "
        "initiatives still name the outcome",
        why_marketing="to continue may be right, but somebody should decide it",
        why_it="other work may need these people more",
        example="[outcomes.sales]\nbaseline = 2.1\ntarget = 2.5\nby = 2027-02-01\n"
        '[initiatives.search]\noutcomes = ["sales"]',
        fix_kinds=("set a later date", "drop the initiatives"),
        topic=OUTCOMES,
        find=missed_target,
        fixes="outcomes.target",
    ),
    Rule(
        code="OUT06",
        name="outcome-reached",
        severity="info",
        family="outcomes",
        summary="a target that is reached, with open initiatives: continue, change or stop them",
        fires_when="the last measurement is at the `target`, and open initiatives name the outcome",
        not_when="`answers` has an entry since the target was reached",
        why_marketing="what was for this outcome could be for the next one",
        why_it="work continues on what is good enough already",
        example="[outcomes.sales]\nbaseline = 2.1\ntarget = 2.5\nreadings = { 2027-02-01 = 2.6 }\n"
        '[initiatives.search]\noutcomes = ["sales"]',
        fix_kinds=("remove the outcome from the initiatives",),
        topic=OUTCOMES,
        find=outcome_reached,
        fixes="outcomes.stop",
    ),
    Rule(
        code="OUT07",
        name="wrong-direction",
        severity="warning",
        family="outcomes",
        summary="two measurements in a row that moved away from the target",
        fires_when="each of the last two measurements is further from the `target` than the one "
        "before it, or than the `baseline`",
        not_when="the target is reached; `answers` has an entry since the last measurement",
        why_marketing="what is done for it does not work, or does harm",
        why_it="more of the same is built on an assumption that the figures deny",
        example="[outcomes.sales]\nbaseline = 2.1\ntarget = 2.5\n"
        "readings = { 2027-01-04 = 2.0, 2027-02-01 = 1.9 }",
        topic=OUTCOMES,
        find=wrong_direction,
        by_hand="only the outcome's owner knows whether to continue, change or stop: write it in "
        "its `answers`",
    ),
    Rule(
        code="GAP01",
        name="one-sided",
        severity="info",
        family="outcomes",
        summary="an outcome that one side works on alone, with the other side's systems",
        fires_when="all initiatives for an outcome are on one side, and the open ones use or "
        "change systems that another side owns; one conflict for all such outcomes",
        not_when="a joint initiative contributes, the other side's is done, its people take part, "
        "or the work takes a handover from the other side",
        why_marketing="on the other side nobody has a reason to support this outcome",
        why_it="the work on its systems is not in its own plan",
        example='[teams.web]\nportfolio = "marketing"\n[teams.eng]\nportfolio = "it"\n'
        '[systems.cms]\nowner = "eng"\n[outcomes.sales]\n[initiatives.site]\nowner = "web"\n'
        'changes = ["cms"]\noutcomes = ["sales"]',
        fix_kinds=("plan the other side's part",),
        topic=OUTCOMES,
        find=one_sided,
        by_hand="the other side's part has to be planned with them",
    ),
)
