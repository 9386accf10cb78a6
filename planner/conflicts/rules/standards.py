"""STD: systems against IT's standards, and the ways in which using one is in order.

Using an unreviewed system is in order once a review of it is finished first, or where both sides
agreed on what a team may do there. A trial is in order as long as no data about people is in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from planner.conflicts.allowances import Allowed
from planner.conflicts.context import Context, briefly, by_days, naming
from planner.conflicts.findings import Finding, Next
from planner.conflicts.personal_data import system_reviewer
from planner.conflicts.providers import RELIES, finishing_after, users_of
from planner.conflicts.rule import Limits, Rule, Topic
from planner.network.marks import first_of, reached_from
from planner.roadmap.entities import Initiative, System
from planner.roadmap.references import mistyped


def unreviewed_vendor(context: Context, _limits: Limits) -> Iterator[Finding]:
    """One finding for each such system, with the open work that uses it without a review."""
    for id, initiatives in _unreviewed_users(context).items():
        yield _finding(context, context.roadmap.systems[id], initiatives)


def _unreviewed_users(context: Context) -> dict[str, list[Initiative]]:
    """The systems that need a review, and the open work that uses them without one."""
    systems = {
        id: one
        for id, one in context.roadmap.systems.items()
        if one.standing in ("unreviewed", "trial")
    }
    if not systems:
        return {}
    reviews = _Reviews(context, systems)
    allowed = Allowed(context, context.roadmap.agreements.values())
    users: dict[str, list[Initiative]] = {}
    for initiative in context.open:
        for id in dict.fromkeys(one for key in RELIES for one in getattr(initiative, key)):
            if id in systems and _unreviewed(context, reviews, allowed, systems[id], initiative):
                users.setdefault(id, []).append(initiative)
    return users


def _unreviewed(
    context: Context,
    reviews: _Reviews,
    allowed: Allowed,
    system: System,
    initiative: Initiative,
) -> bool:
    if initiative.kind == "review":
        return False
    if system.standing == "trial" and not _holds_personal(context, system, initiative):
        return False
    return not (reviews.came_first(system.id, initiative.id) or allowed.covers(system, initiative))


def _holds_personal(context: Context, system: System, initiative: Initiative) -> bool:
    data = system.data or (*initiative.processes, *initiative.activates)
    return context.is_personal(data)


class _Reviews:
    """Which of these systems was reviewed before what: a review names them in `uses`.

    It is before what waits for it, at any distance, and starts after it is finished. One pass over
    the network marks what comes after each review.
    """

    def __init__(self, context: Context, systems: Iterable[str]) -> None:
        asked = frozenset(systems)
        reviews = [
            one
            for one in context.having("uses")
            if one.kind == "review" and one.status != "dropped" and asked.intersection(one.uses)
        ]
        self._ordered = context.by_finish(one.id for one in reviews)
        bit = {id: 1 << number for number, id in enumerate(self._ordered)}
        self._before = reached_from(context.network, bit) if bit else {}
        self._done = {system for one in reviews if not one.open for system in one.uses}
        self._of: dict[str, int] = {}
        for one in reviews:
            for system in one.uses:
                self._of[system] = self._of.get(system, 0) | bit[one.id]
        self._context = context

    def came_first(self, system: str, id: str) -> bool:
        """Whether a review of the system is done, or will be before this work starts."""
        before = self._before.get(id, 0) & self._of.get(system, 0)
        return system in self._done or (
            before > 0 and self._context.done_before(self._ordered[first_of(before)], id)
        )


def _finding(context: Context, system: System, initiatives: list[Initiative]) -> Finding:
    ids = context.by_start(one.id for one in initiatives)
    personal = any(_holds_personal(context, system, one) for one in initiatives)
    who = context.party(system.owner) if system.owner else context.together(ids)
    verb = "uses" if len(ids) == 1 else "use"
    facts = ["on trial"] * (system.standing == "trial") + ["personal data"] * personal
    known = f" ({', '.join(facts)})" if facts else ""
    return Finding(
        severity="error" if personal else "warning",
        on=tuple(ids),
        key=(naming(context.roadmap.initiatives[ids[0]], system.id, RELIES),),
        through=(system.id,),
        root=(system.id,),
        message=f"{briefly(ids, 20)} {verb} {system.id} without a review{known}",
        who=who,
        data={"system": system.id, "standing": system.standing, "personal": personal},
    )


# --- STD02 ----------------------------------------------------------------------------------------


def outside_standard(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Systems whose exception or trial ends before the work that relies on it does."""
    limited = {
        id: one
        for id, one in context.roadmap.systems.items()
        if one.standing in ("exception", "trial") and one.standing_until is not None
    }
    users = users_of(context, RELIES) if limited else {}
    for id, system in limited.items():
        assert system.standing_until is not None
        later = finishing_after(context, users.get(id, ()), system.standing_until)
        if later:
            yield _outside(context, system, later)


def _outside(context: Context, system: System, users: dict[str, date]) -> Finding:
    ids = context.by_start(users)
    until, last = system.standing_until, max(users.values())
    assert until is not None
    word = "exception for" if system.standing == "exception" else "trial of"
    ended = "ended" if until < context.as_of else "ends"
    verb = "uses" if len(ids) == 1 else "use"
    return Finding(
        on=tuple(ids),
        key=(naming(context.roadmap.initiatives[ids[0]], system.id, RELIES),),
        through=(system.id,),
        root=(system.id,),
        size=by_days(context.schedule.shift(until, last), "past its end", f"{word} {system.id}"),
        message=f"{word} {system.id} {ended} {context.day(until)}; {briefly(ids, 20)} {verb} it "
        f"until {context.day(last)}",
        who=context.party(system.owner) if system.owner else context.together(ids),
        data={"system": system.id, "until": until.isoformat(), "last": last.isoformat()},
    )


# --- STD03 ----------------------------------------------------------------------------------------


def shadow_system(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Systems that nobody has looked at and no initiative brings to light; one for each."""
    told = _unreviewed_users(context)
    reviewed = {
        system
        for one in context.having("uses")
        if one.kind == "review" and one.status != "dropped"
        for system in one.uses
    }
    for system in context.roadmap.systems.values():
        if system.id not in told and system.id not in reviewed and _in_the_shadow(context, system):
            yield _shadow(context, system)
    for id, users in _without_table(context).items():
        if id not in reviewed:
            yield _unlisted(context, id, users)


def _in_the_shadow(context: Context, system: System) -> bool:
    """Whether it has no standing though it holds personal data, or is live and unreviewed."""
    personal = context.is_personal(system.data)
    unread = context.unread("systems", system.id, "owner", "standing", "status", "vendor")
    if unread or system.status == "retired":
        return False
    outside = bool(system.vendor) or not system.owner
    if system.standing is None:
        return outside and personal
    return system.standing == "unreviewed" and system.status == "live" and (outside or personal)


def _without_table(context: Context) -> dict[str, list[str]]:
    """The systems that open work names and that have no table, unless they are mistyped."""
    keys = (*RELIES, "replaces", "retires")
    found: dict[str, dict[str, None]] = {}
    for one in context.open_having(*keys):
        for system in (system for key in keys for system in getattr(one, key)):
            if system not in context.roadmap.systems:
                found.setdefault(system, {})[one.id] = None
    if not found:
        return {}
    slips = mistyped(context.roadmap, "systems")
    return {id: context.by_start(users) for id, users in found.items() if id not in slips}


def _reviews(context: Context, data: Iterable[str]) -> tuple[str, Next]:
    """Who reviews a system, in words and as who moves next."""
    party = system_reviewer(context, data)
    if party is None:
        return "nobody reviews systems", Next("it")
    who = context.party(party)
    title = context.roadmap.party_title(party)
    return f"{title} reviews", who if who.side else Next("it", party)


def _shadow(context: Context, system: System) -> Finding:
    personal = context.is_personal(system.data)
    said, who = _reviews(context, [one for one in system.data if context.is_personal((one,))])
    facts = ", personal data" * personal
    state = "is live and unreviewed" if system.standing else "has no standing"
    return Finding(
        kind="systems",
        on=(system.id,),
        key=("standing",) if system.standing else ("data",),
        root=(system.id,),
        message=f"system {system.id} {state}{facts}: {said}",
        who=who,
        data={"system": system.id, "standing": system.standing, "personal": personal},
    )


def _unlisted(context: Context, id: str, users: list[str]) -> Finding:
    said, who = _reviews(context, ())
    verb = "names" if len(users) == 1 else "name"
    return Finding(
        on=tuple(users),
        through=(id,),
        root=(id,),
        message=f"{briefly(users, 20)} {verb} system {id}, which has no table: {said}",
        who=who,
        data={"system": id, "standing": None, "personal": False},
    )


STANDINGS = Topic(
    "systems",
    "a system has a `standing`",
    lambda context: any(one.standing for one in context.roadmap.systems.values()),
)

RULES = (
    Rule(
        code="STD01",
        name="unreviewed-vendor",
        severity="warning",
        family="standards",
        summary="an initiative that uses an unreviewed system",
        fires_when="an initiative `uses`, `changes` or `introduces` a system whose `standing` is "
        "`unreviewed`, and no review that has that system in `uses` is done, or is a predecessor "
        "that finishes before it starts; an error with personal data. A system on `trial` counts "
        "if it holds personal data",
        not_when="a trial without personal data; a working agreement that both sides agreed covers "
        "one of its capabilities, names the owner's team, allows `access` to the data it holds "
        "and has a `limit` not below its cost",
        why_marketing="a tool that fails its review late stops the campaign",
        why_it="data leaves the company before anybody has reviewed where it goes",
        example='[systems.ab-tool]\nstanding = "unreviewed"\n'
        '[initiatives.ab-testing]\nuses = ["ab-tool"]',
        fix_kinds=("start it after a planned review", "add a review before it"),
        topic=STANDINGS,
        find=unreviewed_vendor,
        fixes="standards.review",
    ),
    Rule(
        code="STD02",
        name="outside-standard",
        severity="warning",
        family="standards",
        summary="a system in use after its exception or trial ends",
        fires_when="an open initiative that `uses`, `changes` or `introduces` a system on "
        "`exception` or `trial` finishes after the system's `standing_until`",
        why_marketing="the tool may be switched off while the work still needs it",
        why_it="an exception without an end is a standard that nobody decided on",
        example='[systems.dam]\nstanding = "exception"\nstanding_until = 2027-03-31\n'
        '[initiatives.site]\nestimate = "8w"\nuses = ["dam"]',
        fix_kinds=("extend it", "approve the system"),
        topic=STANDINGS,
        find=outside_standard,
        fixes="standards.standing",
    ),
    Rule(
        code="STD03",
        name="shadow-system",
        severity="warning",
        family="standards",
        summary="a system that nobody has reviewed and no initiative brings to light",
        fires_when="a system with a `vendor` or without an `owner` holds personal data and has no "
        "`standing`, or is live and `unreviewed`, as is any such system with personal data; or an "
        "open initiative names a system that has no table",
        not_when="STD01 reports the system, or a review of it is in the plan",
        why_marketing="the tool is switched off on the day on which somebody finds it",
        why_it="data is where nobody would look for it when a customer asks",
        example='[data.profiles]\nclassification = "personal"\n[systems.cdp]\nowner = "data"\n'
        'standing = "approved"\n[systems.chatbot]\nowner = "growth"\nvendor = "Palaver"\n'
        'status = "live"\ndata = ["profiles"]',
        fix_kinds=("add a review of it", "add its table"),
        topic=STANDINGS,
        find=shadow_system,
        fixes="standards.brought_to_light",
    ),
)
