"""STD: systems against IT's standards, and the ways in which using one is in order.

Using an unreviewed system is in order once a review of it is finished first, or where both sides
agreed on what a team may do there. A trial is in order as long as no data about people is in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from planner.conflicts.allowances import Allowed
from planner.conflicts.context import Context, briefly, by_days, naming
from planner.conflicts.findings import Finding
from planner.conflicts.rule import Limits, Rule, Topic
from planner.network.marks import reached_from
from planner.roadmap.entities import Initiative, System

NAMES = ("uses", "changes", "introduces")
"""The keys of the systems that work relies on."""


def unreviewed_vendor(context: Context, _limits: Limits) -> Iterator[Finding]:
    """One finding for each such system, with the open work that uses it without a review."""
    systems = {
        id: one
        for id, one in context.roadmap.systems.items()
        if one.standing in ("unreviewed", "trial")
    }
    if not systems:
        return
    reviews = _Reviews(context, systems)
    allowed = Allowed(context, context.roadmap.agreements.values())
    users: dict[str, list[Initiative]] = {}
    for initiative in context.open:
        for id in dict.fromkeys(one for key in NAMES for one in getattr(initiative, key)):
            if id in systems and _unreviewed(context, reviews, allowed, systems[id], initiative):
                users.setdefault(id, []).append(initiative)
    for id, initiatives in users.items():
        yield _finding(context, systems[id], initiatives)


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
        bit = {one.id: 1 << number for number, one in enumerate(reviews)}
        self._before = reached_from(context.network, bit) if bit else {}
        self._done = {system for one in reviews if not one.open for system in one.uses}
        self._of: dict[str, dict[str, int]] = {}
        for one in reviews:
            for system in one.uses:
                self._of.setdefault(system, {})[one.id] = bit[one.id]
        self._context = context

    def came_first(self, system: str, id: str) -> bool:
        """Whether a review of the system is done, or will be before this work starts."""
        before = self._before.get(id, 0)
        return system in self._done or any(
            bit & before and self._context.done_before(review, id)
            for review, bit in self._of.get(system, {}).items()
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
        key=(naming(context.roadmap.initiatives[ids[0]], system.id, NAMES),),
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
    later: dict[str, dict[str, date]] = {}
    for initiative in context.open_having(*NAMES) if limited else ():
        dates = context.dates(initiative.id)
        named = (one for key in NAMES for one in getattr(initiative, key))
        for id in named if dates is not None else ():
            until = limited[id].standing_until if id in limited else None
            if dates is not None and until is not None and dates.finish > until:
                later.setdefault(id, {})[initiative.id] = dates.finish
    for id, users in later.items():
        yield _outside(context, limited[id], users)


def _outside(context: Context, system: System, users: dict[str, date]) -> Finding:
    ids = context.by_start(users)
    until, last = system.standing_until, max(users.values())
    assert until is not None
    word = "exception for" if system.standing == "exception" else "trial of"
    ended = "ended" if until < context.as_of else "ends"
    verb = "uses" if len(ids) == 1 else "use"
    return Finding(
        on=tuple(ids),
        key=(naming(context.roadmap.initiatives[ids[0]], system.id, NAMES),),
        through=(system.id,),
        root=(system.id,),
        size=by_days(context.schedule.shift(until, last), "past its end", f"{word} {system.id}"),
        message=f"{word} {system.id} {ended} {context.day(until)}; {briefly(ids, 20)} {verb} it "
        f"until {context.day(last)}",
        who=context.party(system.owner) if system.owner else context.together(ids),
        data={"system": system.id, "until": until.isoformat(), "last": last.isoformat()},
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
        fix_kinds=("add a review before it",),
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
)
