"""OUT and GAP: what the work is for, whether that can be measured, and whether it is.

An initiative contributes to the outcomes it names. Work behind which no outcome stands may still
enable work that has one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planner.conflicts.context import Context, by_count, count, figure, listed
from planner.conflicts.contributions import contributors, enabling, reached
from planner.conflicts.findings import Finding, Next, Size
from planner.conflicts.rule import Limits, RollUp, Rule, Topic
from planner.roadmap.entities import Initiative, Outcome
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
            when = f" ({context.day(dates.start)})" if dates is not None else ""
            yield Finding(
                on=(initiative.id,),
                root=(initiative.id,),
                message=f"{initiative.id}{when} is for no outcome, nor is anything that it enables",
                who=context.owner(initiative.id),
            )


def _worth(context: Context) -> list[Initiative]:
    return [one for one in context.open if one.effective_kind in WORTH]


# --- OUT02 ----------------------------------------------------------------------------------------


def unmeasurable_kpi(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Outcomes that lack what measuring needs, or whose first reading came too late."""
    behind = contributors(context)
    for outcome in context.roadmap.outcomes.values():
        lacking = lacks(outcome)
        late = _measured_after(outcome, behind.get(outcome.id, []))
        if lacking or late:
            yield _unmeasurable(context, outcome, lacking, late)


def lacks(outcome: Outcome) -> list[str]:
    """What an outcome has to say before anyone can tell whether it is reached, and doesn't."""
    said = {
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


def _unmeasurable(
    context: Context, outcome: Outcome, lacking: list[str], late: date | None
) -> Finding:
    said = []
    told = f"whether {outcome.id} is reached"
    if lacking:
        said.append(f"it has {listed(f'no {key}' for key in lacking)}")
    else:
        told = f"whether the work has moved {outcome.id}"
    if late is not None:
        said.append(f"its first reading ({context.day(late)}) came after some of it was done")
    return Finding(
        kind="outcomes",
        on=(outcome.id,),
        root=(outcome.id,),
        size=by_count(len(lacking), "key", "missing"),
        message=f"nobody can tell {told}: {listed(said)}",
        who=_owner(context, outcome),
        data={"missing": lacking, "first_reading": late.isoformat() if late else None},
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
    """Whether it was done long ago, and not before the last reading."""
    finish = one.actual_finish
    if finish is None or finish < read:
        return False
    return context.days(finish, context.as_of) >= days


def _unread(context: Context, outcome: Outcome, ids: list[str], last: date) -> Finding:
    read = (
        f"the last reading is of {context.day(max(outcome.readings))}" if outcome.readings else ""
    )
    return Finding(
        kind="outcomes",
        on=(outcome.id,),
        key=("readings",) if outcome.readings else (),
        through=tuple(ids),
        root=(outcome.id,),
        size=by_count(len(ids), "initiative", "done and not measured"),
        message=f"{listed(ids)} {'is' if len(ids) == 1 else 'are'} done since {context.day(last)}, "
        f"and {outcome.id} has not been read since: {read or 'it has no reading'}",
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
    last = outcome.readings[max(outcome.readings)] if outcome.readings else None
    stands = f"stands at {figure(last)}" if last is not None else "was never read"
    return Finding(
        kind="outcomes",
        on=(outcome.id,),
        key=("by",),
        through=tuple(ids),
        root=(outcome.id,),
        size=_short_of(outcome.target, last),
        message=f"{outcome.id} {stands}, its target of {figure(outcome.target)} was for "
        f"{context.day(outcome.by)}, and {listed(ids)} {'goes' if len(ids) == 1 else 'go'} on: "
        "go on, change or drop?",
        who=_owner(context, outcome),
        data={"open": ids, "by": outcome.by.isoformat(), "last": last},
    )


def _short_of(target: float, last: float | None) -> Size | None:
    """How far a reading is from the target; nobody can tell without one."""
    if last is None:
        return None
    short = abs(target - last)
    return Size((short,), figure(short), "short of its target")


# --- GAP01 ----------------------------------------------------------------------------------------


def one_sided(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Outcomes that only one side works on, with the other's systems; one finding for all."""
    found = {}
    behind = contributors(context) if context.roadmap.systems else {}
    for outcome in context.roadmap.outcomes:
        sides = {side for one in behind.get(outcome, ()) for side in _sides_at_work(context, one)}
        work = [one for one in behind.get(outcome, ()) if one.open]
        side = next(iter(sides)) if len(sides) == 1 else None
        if side is not None and side != JOINT:
            systems = _others(context, work, side)
            if systems:
                found[outcome] = (side, systems)
    if found:
        yield _gap(context, found)


def _sides_at_work(context: Context, one: Initiative) -> set[str | None]:
    """The side of some work, and those of the teams whose people it takes."""
    staffed = {context.party(team).side for team in one.staff} - {None}
    return {context.sides[one.id], *staffed}


def _others(context: Context, work: list[Initiative], side: str) -> list[str]:
    """The systems of other sides that work uses or changes."""
    touched = dict.fromkeys(system for one in work for system in (*one.uses, *one.changes))
    return [system for system in touched if crosses(side, context.system_side(system))]


def _gap(context: Context, found: dict[str, tuple[str, list[str]]]) -> Finding:
    texts = [
        f"{outcome} ({context.side_name(side)} alone, with {listed(systems, 3)})"
        for outcome, (side, systems) in found.items()
    ]
    sides = {side for side, _ in found.values()}
    noun = "outcome has" if len(found) == 1 else "outcomes have"
    return Finding(
        kind="outcomes",
        on=tuple(found),
        root=("outcomes",),
        message=f"{len(found)} {noun} work on one side only, on the other's systems: "
        f"{listed(texts)}",
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
        summary="work that no outcome stands behind",
        fires_when="an open feature or campaign names no outcome, and nothing that it enables, at "
        "any distance, names one",
        not_when="reviews, milestones, foundations and integrations",
        why_marketing="it takes the place of something that customers would notice",
        why_it="when time is short nobody can say what is lost by leaving it out",
        example='[outcomes.sales]\n[initiatives.site]\nestimate = "2w"\noutcomes = ["sales"]\n'
        '[initiatives.pages]\nkind = "campaign"\nestimate = "2w"\n[initiatives.shop]\n'
        'outcomes = ["sales"]',
        fix_kinds=("say what it is for", "drop it"),
        topic=OUTCOMES,
        roll_up=RollUp(
            lambda context, _limits: len(_worth(context)),
            lambda number, total: (
                f"{number} of {count(total, 'feature')} and campaigns are for no outcome"
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
        summary="an outcome that cannot be measured",
        fires_when="an outcome has no `baseline`, `target`, `source` or `owner`, or its first "
        "reading came after some of the work was done",
        why_marketing="a success that cannot be shown is not paid for again",
        why_it="work cannot be aimed at a number that nobody has",
        example='[outcomes.awareness]\nkpi = "spontaneous awareness"\ntarget = 24',
        fix_kinds=("name who owns it", "take the first reading as the baseline"),
        topic=OUTCOMES,
        roll_up=RollUp(
            lambda context, _limits: len(context.roadmap.outcomes),
            lambda number, total: f"{number} of {count(total, 'outcome')} cannot be measured",
        ),
        find=unmeasurable_kpi,
        fixes="outcomes.measure",
    ),
    Rule(
        code="OUT04",
        name="unread-kpi",
        severity="warning",
        family="outcomes",
        summary="an outcome that nobody has read since the work was done",
        fires_when="something that contributes to it was done `reading_days` ago or more, and "
        "there is no reading since",
        why_marketing="whether it worked is known by nobody, and the next one is planned",
        why_it="what does nothing is kept running",
        example='[outcomes.sales]\n[initiatives.search]\nstatus = "done"\n'
        'actual_start = 2026-11-02\nactual_finish = 2026-12-11\noutcomes = ["sales"]',
        fix_kinds=("write a reading",),
        thresholds={"reading_days": 30},
        topic=Topic(
            "outcomes",
            "work with an outcome has an `actual_finish`",
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
        summary="a target whose day has passed, while the work goes on",
        fires_when="`by` has passed, the last reading is not at the `target`, and open work still "
        "names the outcome",
        why_marketing="going on may be right, but somebody should have said so",
        why_it="the people on it may be needed elsewhere more",
        example="[outcomes.sales]\nbaseline = 2.1\ntarget = 2.5\nby = 2027-02-01\n"
        '[initiatives.search]\noutcomes = ["sales"]',
        fix_kinds=("give it a later day", "drop the work"),
        topic=OUTCOMES,
        find=missed_target,
        fixes="outcomes.target",
    ),
    Rule(
        code="GAP01",
        name="one-sided",
        severity="info",
        family="outcomes",
        summary="an outcome that one side works on alone, with the other's systems",
        fires_when="all work for an outcome is on one side, and what is open of it uses or changes "
        "systems that the other side owns; one finding for all of them",
        not_when="joint work contributes, the other side's is done, or its people are in it",
        why_marketing="an outcome that the other side has no part in is nobody's there to defend",
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
