"""PLAN: what keeps the plan from being one: cycles, unknown and doubled ids, links to nothing.

References are checked for every key that the entities' metadata calls one. Teams, people, systems
and data may be named before they have a table; such a name is wrong only where a written one is
near to it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping

from planner.conflicts.context import Context, by_count, chained, count, listed
from planner.conflicts.findings import NOBODY, Finding, Next
from planner.conflicts.rule import Limits, RollUp, Rule
from planner.conflicts.rules.parse_errors import reported
from planner.roadmap.entities import KINDS, Initiative
from planner.roadmap.fields import KIND_NOUNS
from planner.roadmap.references import UnknownReference, unknown_references

MOST_MEMBERS = 100
"""Of a group with more members than that none are told where something waits for it."""


# --- PLAN01 ---------------------------------------------------------------------------------------


def cycle(context: Context, _limits: Limits) -> Iterator[Finding]:
    """One finding for each strongly connected component, its members in order."""
    most = context.far(len(context.network.cycles))
    for ring, members in zip(context.network.loops, context.network.cycles, strict=True):
        who = context.together(members)
        held, more = _held_up(context, members, most)
        others = listed(id for id in members if id not in ring)
        also = f", together with {others}" if others else ""
        figure = f"{'more than ' if more else ''}{count(held, 'initiative')}"
        tail = f"; {figure} after them can't be scheduled either" if held else ""
        text = (
            f"{ring[0]} needs itself"
            if len(ring) == 1
            else f"{chained([*ring, ring[0]], 12)} wait for each other{also}"
        )
        yield Finding(
            on=members,
            key=("needs",),
            root=tuple(sorted(members)),
            size=by_count(len(members) + held, "initiative", "without dates"),
            message=f"{text}: none of it can be scheduled{tail}",
            who=who,
            data={"members": list(members), "loop": list(ring), "held_up": held},
        )


def _held_up(context: Context, members: tuple[str, ...], most: int) -> tuple[int, bool]:
    """How much open work waits for a circle, and whether there is more than was looked at."""
    network, inside = context.network, set(members)
    after: dict[str, None] = {}
    waiting = [network.index[id] for id in members]
    while waiting and len(after) < most:
        for node in network.successors[waiting.pop()]:
            id = network.ids[node]
            if id not in inside and id not in after:
                after[id] = None
                waiting.append(node)
    return sum(map(context.is_open, after)), bool(waiting)


# --- PLAN02 ---------------------------------------------------------------------------------------


def unknown_reference(context: Context, _limits: Limits) -> Iterator[Finding]:
    """One finding for each id that names nothing, with all the places that name it."""
    yield from reported(context, "PLAN02")
    places: dict[tuple[tuple[str, ...], str], list[UnknownReference]] = {}
    for one in unknown_references(context.roadmap):
        places.setdefault((one.kinds, one.ref), []).append(one)
    members = _members(context) if places else {}
    for (kinds, unknown), users in places.items():
        yield _unknown(context, kinds, unknown, users, members)


def _unknown(
    context: Context,
    kinds: tuple[str, ...],
    unknown: str,
    users: list[UnknownReference],
    members_of: Mapping[str, list[str]],
) -> Finding:
    kind, _, key, _, near = users[0]
    on = tuple(dict.fromkeys(one.id for one in users if one.kind == kind and one.id))
    who = context.together(on) if kind == "initiatives" else NOBODY
    who = Next(who.side) if who.team == unknown else who
    other = next((one for one in KINDS if unknown in context.roadmap.table(one)), None)
    inside = members_of.get(unknown, []) if other == "groups" and kind == "initiatives" else []
    members = inside if len(inside) <= MOST_MEMBERS else []
    hint = f"; the nearest is {near}" if near else ""
    in_it = listed(members) if members else f"more than {count(MOST_MEMBERS, 'initiative')}"
    hint += f"; in it: {in_it}" if inside else ""
    verb = "names" if len(on) < 2 else "name"
    users_of = listed(on) or f"[{kind}]"
    noun = " or ".join(KIND_NOUNS[one] for one in kinds)
    is_one = f"a {KIND_NOUNS[other]}, no {noun}" if other else f"no {noun}"
    return Finding(
        kind=kind,
        on=on,
        key=(key,),
        root=(kinds[0], unknown),
        message=f"{unknown} is {is_one}, but {users_of} {verb} it in `{key}`{hint}",
        who=who,
        data={
            "unknown": unknown,
            "nearest": near,
            "places": [[one.kind, one.id, one.key] for one in users],
            "is": other,
            "members": members,
        },
    )


def _members(context: Context) -> dict[str, list[str]]:
    """The work in each group and in those that are part of it, in file order, up to one more than
    `MOST_MEMBERS`: what is in a full group fills those that it is part of.
    """
    found: dict[str, list[str]] = {}
    groups = context.roadmap.groups
    for initiative in context.roadmap.initiatives.values():
        passed: set[str] = set()
        at = initiative.part_of
        while at and at not in passed and len(found.get(at, ())) <= MOST_MEMBERS:
            passed.add(at)
            found.setdefault(at, []).append(initiative.id)
            at = groups[at].part_of if at in groups else None
    return found


# --- PLAN03 ---------------------------------------------------------------------------------------


def duplicate_id(context: Context, _limits: Limits) -> Iterator[Finding]:
    """What reading found: one id in two files."""
    return reported(context, "PLAN03")


# --- PLAN04 ---------------------------------------------------------------------------------------


def dropped_predecessor(context: Context, _limits: Limits) -> Iterator[Finding]:
    """One finding for each dropped piece of work, with all the open work that needs it."""
    needed: dict[str, list[str]] = {}
    dropped = {id for id, one in context.roadmap.initiatives.items() if one.status == "dropped"}
    if not dropped:
        return
    for initiative in context.open:
        for on in dict.fromkeys(need.on for need in initiative.needs if need.on in dropped):
            needed.setdefault(on, []).append(initiative.id)
    for on, successors in needed.items():
        ordered = context.by_start(successors)
        who = context.together(ordered)
        verb = "needs" if len(ordered) == 1 else "need"
        yield Finding(
            on=tuple(ordered),
            key=("needs",),
            root=(on,),
            message=f"{listed(ordered)} {verb} {on}, which is dropped: the link holds nothing back",
            who=who,
            data={"dropped": on, "successors": ordered},
        )


# --- PLAN07 ---------------------------------------------------------------------------------------


def assumed_estimate(context: Context, limits: Limits) -> Iterator[Finding]:
    """Open work that starts within the horizon and whose length is only assumed."""
    for initiative in context.open:
        if initiative.estimate is not None:
            continue
        dates = context.dates(initiative.id)
        if dates is None or "estimate" not in dates.assumed or _remains(initiative):
            continue
        if context.starts_within(initiative.id, limits["horizon"]):
            yield _assumed(context, initiative, dates.duration)


def _remains(initiative: Initiative) -> bool:
    """Whether somebody has said how much of it is left: no length is assumed then."""
    return initiative.actual_start is not None and initiative.remaining is not None


def _assumed(context: Context, initiative: Initiative, duration: int) -> Finding:
    who = context.owner(initiative.id)
    dates = context.dates(initiative.id)
    assert dates is not None
    starts = f"starts {context.day(dates.start)}" if not dates.started else "has started"
    return Finding(
        on=(initiative.id,),
        root=(initiative.id,),
        message=f"{initiative.id} {starts} and has no estimate: {count(duration, 'day')} assumed",
        who=who,
        data={"days": duration, "start": dates.start.isoformat()},
    )


def _soon(context: Context, limits: Limits) -> int:
    return sum(
        one.kind != "milestone" and context.starts_within(one.id, limits["horizon"])
        for one in context.open
    )


# --- PLAN08 ---------------------------------------------------------------------------------------


def rests_on_idea(context: Context, limits: Limits) -> Iterator[Finding]:
    """One finding for each idea, or paused work, that planned work with little float waits for."""
    uncertain = {one.id for one in context.open if one.is_idea or one.status == "paused"}
    if not uncertain:
        return
    needed: dict[str, dict[str, int]] = {}
    far = context.far(len(context.open_having("announced")))
    for one in context.open:
        dates = None if one.is_idea else context.dates(one.id)
        if dates is None or dates.total_float is None:
            continue
        direct = _waited_for(context, one)
        near = direct if dates.total_float <= limits["idea_float"] else ()
        behind = _rested_on(context, direct, far) if one.announced else near
        for id in uncertain.intersection(behind):
            needed.setdefault(id, {})[one.id] = dates.total_float
    for id in context.by_start(needed):
        yield _resting(context, id, context.by_start(needed[id]), min(needed[id].values()))


def _waited_for(context: Context, one: Initiative) -> list[str]:
    """The open work whose end an initiative still waits for: what has started has its start."""
    initiatives = context.roadmap.initiatives
    return [
        need.on
        for need in one.needs
        if context.is_open(need.on)
        and (need.type[0] == "F" or initiatives[need.on].actual_start is None)
    ]


def _rested_on(context: Context, direct: Iterable[str], most: int) -> set[str]:
    """What is waited for at any distance, the nearest first, as far as `most` of them."""
    found: set[str] = set()
    waiting = deque(direct)
    while waiting and len(found) < most:
        id = waiting.popleft()
        if id not in found:
            found.add(id)
            waiting += _waited_for(context, context.roadmap.initiatives[id])
    return found


def _resting(context: Context, id: str, waiting: list[str], spare: int) -> Finding:
    initiatives = context.roadmap.initiatives
    announced = [one for one in waiting if initiatives[one].announced]
    verb = "waits" if len(waiting) == 1 else "wait"
    state = "only proposed" if initiatives[id].is_idea else "paused"
    return Finding(
        on=(id, *waiting),
        key=("status",),
        root=(id,),
        message=f"{listed(waiting)} {verb} for {id}, which is {state}, "
        f"with {count(spare, 'day')} of float" + _told_outside(context, announced),
        who=context.owner(id),
        data={
            "idea": id,
            "status": initiatives[id].status,
            "waiting": waiting,
            "announced": announced,
            "float": spare,
        },
    )


def _told_outside(context: Context, announced: list[str]) -> str:
    days = (context.roadmap.initiatives[id].announced for id in announced)
    told = [f"{id} for {context.day(day)}" for id, day in zip(announced, days, strict=True) if day]
    return f"; announced: {listed(told)}" if told else ""


RULES = (
    Rule(
        code="PLAN01",
        name="cycle",
        severity="error",
        family="plan",
        summary="pieces of work that wait for each other in a circle",
        fires_when="links that block (`needs`) lead from an initiative back to itself; one finding "
        "for each group of initiatives that wait for each other",
        why_marketing="a launch behind such a circle has no date at all, so nothing can be "
        "announced",
        why_it="each team believes that the other one starts; nobody does",
        example='[initiatives.cdp]\nneeds = ["consent"]\n[initiatives.consent]\nneeds = ["cdp"]',
        fix_kinds=("drop one link of the circle",),
        find=cycle,
        fixes="plan.uncircle",
    ),
    Rule(
        code="PLAN02",
        name="unknown-reference",
        severity="error",
        family="plan",
        summary="an id that names nothing",
        fires_when="a key that refers to a table holds an id that no table has; one finding for "
        "each such id",
        not_when="the work is done or dropped (its id still resolves); teams, people, systems and "
        "data without a table, unless a written id is near",
        why_marketing="a link to a misspelt id holds nothing back, so a date looks earlier than "
        "it is",
        why_it="a dependency that was meant is not in the plan",
        example='[initiatives.consent-api]\n[initiatives.web-push]\nneeds = ["consent-apii"]',
        fix_kinds=(
            "name the nearest id",
            "wait for what is in the group",
            "add what is named",
            "remove the reference",
        ),
        find=unknown_reference,
        fixes="plan.reference",
    ),
    Rule(
        code="PLAN03",
        name="duplicate-id",
        severity="error",
        family="plan",
        summary="one id in two files",
        fires_when="two files of one roadmap hold a table of the same kind with the same id",
        why_marketing="two sides edit what each believes is its own entry",
        why_it="only one of the two tables is in the plan",
        example="# marketing.toml\n[initiatives.cdp]\n# it.toml\n[initiatives.cdp]",
        fix_kinds=("rename one of the two",),
        find=duplicate_id,
        by_hand="which of two tables with one id is meant, only who wrote them knows: "
        "`planner resolve` asks in which file one stays",
    ),
    Rule(
        code="PLAN04",
        name="dropped-predecessor",
        severity="warning",
        family="plan",
        summary="open work that needs work that was dropped",
        fires_when="an open initiative's `needs` names a dropped one; one finding for each dropped "
        "initiative",
        why_marketing="what the campaign was to build on will not come",
        why_it="the order that the link kept is no longer kept",
        example='[initiatives.profile-api]\nstatus = "dropped"\n'
        '[initiatives.web-push]\nneeds = ["profile-api"]',
        fix_kinds=("drop the link", "take the work up again"),
        find=dropped_predecessor,
        fixes="plan.dropped",
    ),
    Rule(
        code="PLAN07",
        name="assumed-estimate",
        severity="warning",
        family="plan",
        summary="work that starts soon and has no estimate",
        fires_when="open work starts within the horizon and its length is the assumed one",
        not_when="milestones; work whose remaining time is written",
        why_marketing="the launch date rests on a length that nobody has said",
        why_it="a date is promised that no team has estimated",
        example='[initiatives.profile-api]\nowner = "data"',
        fix_kinds=("write an estimate", "accept the assumed length as the estimate"),
        thresholds={"horizon": 65},
        roll_up=RollUp(
            _soon,
            lambda number, total: (
                f"{number} of {count(total, 'initiative')} that start soon have no estimate"
            ),
        ),
        find=assumed_estimate,
        fixes="plan.estimate",
    ),
    Rule(
        code="PLAN08",
        name="rests-on-idea",
        severity="warning",
        family="plan",
        summary="planned work that waits for work that is only proposed, or paused",
        fires_when="planned work with a float of at most `idea_float` days waits directly for "
        "proposed or paused work; work that is announced, at any float and distance; one finding "
        "for each piece of proposed or paused work",
        not_when="the work that waits is itself proposed",
        why_marketing="a date is counted on that hangs on work nobody has decided to do",
        why_it="an idea that a launch needs is a commitment that nobody has made",
        example='[initiatives.referral]\nestimate = "4w"\nstatus = "proposed"\n'
        '[initiatives.launch]\nestimate = "1w"\nneeds = ["referral"]',
        fix_kinds=("plan it, or go on with it", "drop the link"),
        thresholds={"idea_float": 10},
        find=rests_on_idea,
        fixes="plan.decided",
    ),
)
