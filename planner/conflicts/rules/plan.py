"""PLAN: what keeps the plan from being one: cycles, unknown and doubled ids, links to nothing.

References are checked for every key that the entities' metadata calls one. Teams, people, systems
and data may be named before they have a table; such a name is wrong only where a written one is
near to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from planner.conflicts.context import Context, briefly, by_count, chained
from planner.conflicts.findings import NOBODY, Finding, Next
from planner.conflicts.rule import Limits, RollUp, Rule
from planner.conflicts.rules.parse_errors import reported
from planner.network.walks import reached
from planner.roadmap.entities import KINDS, Initiative
from planner.roadmap.fields import KIND_NOUNS
from planner.roadmap.figures import count, working_days
from planner.roadmap.references import UnknownReference, unknown_references

MOST_MEMBERS = 100
"""Of a group with more members than that none are reported where something waits for it."""


# --- PLAN01 ---------------------------------------------------------------------------------------


def cycle(context: Context, _limits: Limits) -> Iterator[Finding]:
    """One finding for each strongly connected component, its members in order."""
    most = context.far(len(context.network.cycles))
    for ring, members in zip(context.network.loops, context.network.cycles, strict=True):
        who = context.together(members)
        held, more = _held_up(context, members, most)
        over = "more than " if more else ""
        figure = f"{over}{count(len(members) + held, 'initiative')}"
        text = f"cycle {chained([*ring, ring[0]], 4)}"
        yield Finding(
            on=members,
            key=("needs",),
            root=tuple(sorted(members)),
            size=by_count(len(members) + held, "initiative", "without dates"),
            message=f"{text} (no dates for {figure})",
            who=who,
            data={"members": list(members), "loop": list(ring), "held_up": held},
        )


def _held_up(context: Context, members: tuple[str, ...], most: int) -> tuple[int, bool]:
    """How much open work waits for a circle, and whether there is more than was looked at."""
    reach = most + len(members) + 1
    after = context.network.descendants(*members, most=reach).difference(members)
    return min(most, sum(map(context.is_open, after))), len(after) > most


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
    hint = f" (nearest: {near})" if near else ""
    in_it = briefly(members, 24) if members else f"more than {count(MOST_MEMBERS, 'initiative')}"
    hint += f" (in it: {in_it})" if inside else ""
    users_of = briefly(on, 20) or f"[{kind}]"
    noun = " or ".join(KIND_NOUNS[one] for one in kinds)
    is_one = f"{unknown} is a {KIND_NOUNS[other]}, no {noun}" if other else f"no {noun} {unknown}"
    return Finding(
        kind=kind,
        on=on,
        key=(key,),
        root=(kinds[0], unknown),
        message=f"`{key}` of {users_of}: {is_one}{hint}",
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
            message=f"{briefly(ordered, 20)} {verb} {on}, which is dropped; the link has no effect",
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
    starts = "started" if dates.started else f"starts {context.day(dates.start)}"
    assumed = count(duration, "working day")
    return Finding(
        on=(initiative.id,),
        root=(initiative.id,),
        message=f"{initiative.id} ({starts}) has no estimate: {assumed} assumed",
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
    waited_for = partial(_waited_for, context)
    for one in context.open:
        dates = None if one.is_idea else context.dates(one.id)
        if dates is None or dates.total_float is None:
            continue
        direct = waited_for(one.id)
        near = direct if dates.total_float <= limits["idea_float"] else ()
        behind = reached(direct, waited_for, far) if one.announced else near
        for id in uncertain.intersection(behind):
            needed.setdefault(id, {})[one.id] = dates.total_float
    for id in context.by_start(needed):
        yield _resting(context, id, context.by_start(needed[id]), min(needed[id].values()))


def _waited_for(context: Context, id: str) -> list[str]:
    """The open work whose end an initiative still waits for: what has started has its start."""
    initiatives = context.roadmap.initiatives
    return [
        need.on
        for need in initiatives[id].needs
        if context.is_open(need.on)
        and (need.type[0] == "F" or initiatives[need.on].actual_start is None)
    ]


def _resting(context: Context, id: str, waiting: list[str], spare: int) -> Finding:
    initiatives = context.roadmap.initiatives
    announced = [one for one in waiting if initiatives[one].announced]
    verb = "waits" if len(waiting) == 1 else "wait"
    state = "is only proposed" if initiatives[id].is_idea else f"is paused{_left(context, id)}"
    return Finding(
        on=(id, *waiting),
        key=("status",),
        root=(id,),
        message=f"{id} {state}: {_waiting(context, waiting, announced)} {verb}"
        + ("" if announced else f", float {count(spare, 'working day')}"),
        who=context.owner(id),
        data={
            "idea": id,
            "status": initiatives[id].status,
            "waiting": waiting,
            "announced": announced,
            "float": spare,
        },
    )


def _left(context: Context, id: str) -> str:
    """`` with 16 weeks left``: how much of what is paused is still to do."""
    dates = context.dates(id)
    days = 0 if dates is None else dates.remaining
    weeks = days / context.network.week
    amount = count(round(weeks), "week") if weeks >= 2 else working_days(days)
    return f" with {amount} left" if days else ""


def _waiting(context: Context, waiting: list[str], announced: list[str]) -> str:
    """``launch (announced 1 Sep) and 2 more``: what was announced comes first."""
    ordered = [*announced, *(id for id in waiting if id not in announced)]
    day = context.roadmap.initiatives[ordered[0]].announced
    told = f" (announced {context.day(day)})" if day else ""
    more = f" and {len(ordered) - 1} more" if len(ordered) > 1 else ""
    return f"{ordered[0]}{told}{more}"


# --- PLAN09 ---------------------------------------------------------------------------------------


def long_piece(context: Context, limits: Limits) -> Iterator[Finding]:
    """Open work that is longer than half a year, with no milestone in its group."""
    groups = {one.part_of for one in context.roadmap.initiatives.values() if one.is_milestone}
    for initiative in context.open:
        dates = context.dates(initiative.id)
        if dates is None or initiative.part_of in groups - {None}:
            continue
        if context.unread("initiatives", initiative.id, "part_of"):
            continue
        if dates.duration > limits["long_piece"]:
            weeks = dates.duration // context.network.week
            yield Finding(
                on=(initiative.id,),
                key=("estimate",),
                root=(initiative.id,),
                size=by_count(weeks, "week", "in one piece"),
                message=f"{initiative.id}: {count(weeks, 'week')} in one piece, no milestone",
                who=context.owner(initiative.id),
                data={"days": dates.duration},
            )


RULES = (
    Rule(
        code="PLAN01",
        name="cycle",
        severity="error",
        family="plan",
        summary="initiatives that wait for each other in a cycle",
        fires_when="links (`needs`) lead from an initiative back to itself; one conflict for each "
        "group of initiatives that wait for each other",
        why_marketing="a launch after such a cycle has no date, so nothing can be announced",
        why_it="each team believes that the other one starts first, and nobody starts",
        example='[initiatives.cdp]\nneeds = ["consent"]\n[initiatives.consent]\nneeds = ["cdp"]',
        fix_kinds=("remove one link of the cycle",),
        find=cycle,
        fixes="plan.uncircle",
    ),
    Rule(
        code="PLAN02",
        name="unknown-reference",
        severity="error",
        family="plan",
        summary="an unknown id",
        fires_when="a key refers to an unknown id; one conflict for each id",
        not_when="the initiative is done or dropped (its id is still known); teams, people, "
        "systems and data without a table, unless a known id is similar",
        why_marketing="a link to a misspelt id has no effect, so a date looks earlier than it is",
        why_it="a dependency that somebody meant is not in the plan",
        example='[initiatives.consent-api]\n[initiatives.web-push]\nneeds = ["consent-apii"]',
        fix_kinds=(
            "use the nearest id",
            "link to the initiatives in the group",
            "add what the id names",
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
        why_marketing="each side edits an entry that it believes is the only one",
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
        summary="an open initiative that needs a dropped one",
        fires_when="an open initiative's `needs` names a dropped one; one conflict for each "
        "dropped initiative",
        why_marketing="the campaign counts on something that will not be built",
        why_it="the link has no effect any more, and the successor may start too early",
        example='[initiatives.profile-api]\nstatus = "dropped"\n'
        '[initiatives.web-push]\nneeds = ["profile-api"]',
        fix_kinds=("remove the link", "plan the dropped initiative again"),
        find=dropped_predecessor,
        fixes="plan.dropped",
    ),
    Rule(
        code="PLAN07",
        name="assumed-estimate",
        severity="warning",
        family="plan",
        summary="an initiative that starts soon and has no estimate",
        fires_when="an open initiative starts within the horizon and has only the default estimate",
        not_when="milestones; initiatives with `remaining` set",
        why_marketing="the launch date depends on a length that nobody has estimated",
        why_it="a date is promised that no team has estimated",
        example='[initiatives.profile-api]\nowner = "data"',
        fix_kinds=("set an estimate", "set the default estimate as its own"),
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
        summary="a planned initiative that waits for a proposed or paused one",
        fires_when="a planned initiative with a float of at most `idea_float` working days waits "
        "directly for a proposed or paused one; for an announced one any float and distance "
        "counts; one conflict for each proposed or paused initiative",
        not_when="the successor is itself proposed",
        why_marketing="a date depends on work that nobody has decided to do",
        why_it="a launch needs a commitment that nobody has made",
        example='[initiatives.referral]\nestimate = "4w"\nstatus = "proposed"\n'
        '[initiatives.launch]\nestimate = "1w"\nneeds = ["referral"]',
        fix_kinds=("plan it, or continue it", "remove the link"),
        thresholds={"idea_float": 10},
        find=rests_on_idea,
        fixes="plan.decided",
    ),
    Rule(
        code="PLAN09",
        name="long-piece",
        severity="info",
        family="plan",
        summary="an initiative of more than half a year in one piece",
        fires_when="an open initiative is longer than `long_piece` working days, and its group has "
        "no milestone",
        not_when="finished, dropped and part of a group with a milestone",
        why_marketing="for half a year nobody can see whether the launch date holds",
        why_it="a delay shows only when it is too late to do anything about it",
        example='[checks.severity]\nPLAN09 = "info"\n[initiatives.content-hub]\nestimate = "52w"',
        by_hand="only its owner knows what can be shown on the way: split it, or add a milestone "
        "to its group",
        thresholds={"long_piece": 130},
        off=True,
        find=long_piece,
    ),
)
