"""SYS, STD and DATA: coordinate, review first, put consent first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from planner.conflicts.context import BOTH, Context, listed
from planner.conflicts.findings import Finding
from planner.conflicts.fixes.choice import FIRST
from planner.conflicts.fixes.fix import Ask, Fix
from planner.conflicts.fixes.leaving import left_out
from planner.conflicts.fixes.timed import timed
from planner.conflicts.levers import yes_of
from planner.conflicts.needs import added
from planner.conflicts.rules.data import CONSENT, consent_systems
from planner.conflicts.rules.standards import Allowed
from planner.conflicts.trial import after_edits, finish_of, together, won
from planner.roadmap.entities import Agreement
from planner.roadmap.ids import make_id
from planner.text.edits import AddTable, Edit, SetKey


def overlap(ask: Ask) -> Iterator[Fix]:
    """Say that they are coordinated, or put one after the other."""
    finding, context = ask.finding, ask.context
    if "pairs" in finding.data:
        yield from _coordinated(ask)
        return
    one, other = finding.on
    relates = [*context.roadmap.initiatives[other].relates, one]
    yield Fix(
        title=f"say that {one} and {other} are coordinated",
        edit=SetKey("initiatives", other, ("relates",), relates),
        needs_yes=yes_of(context, one, other),
        assumes="the two teams agree who changes what, and when",
    )
    orders = [_after_another(context, *pair) for pair in ((one, other), (other, one))]
    yield from sorted((fix for fix in orders if fix), key=lambda fix: -(fix.wins or 0))


def _coordinated(ask: Ask) -> Iterator[Fix]:
    """Of many pairs on one system: all of them are coordinated, in one edit."""
    finding, context = ask.finding, ask.context
    others: dict[str, list[str]] = {}
    for one, other in finding.data["pairs"]:
        others.setdefault(other, []).append(one)
    edits = [
        SetKey(
            "initiatives", id, ("relates",), [*context.roadmap.initiatives[id].relates, *related]
        )
        for id, related in others.items()
    ]
    title = f"say that all that change {listed(finding.through)} are coordinated"
    yield from timed(
        ask,
        title,
        edits,
        finding.on[0],
        needs_yes=yes_of(context, *finding.on),
        assumes="their teams agree who changes what, and when",
    )


def _after_another(context: Context, first: str, second: str) -> Fix | None:
    edit = added(context, second, first)
    after = after_edits(context, [edit])
    finish = None if after is None else finish_of(after, second)
    if after is None or finish is None:
        return None
    return Fix(
        title=f"put {second} after {first}",
        edit=edit,
        needs_yes=yes_of(context, first, second),
        wins=won(context, after, second),
        finish=finish,
        choice=FIRST,
    )


def review(ask: Ask) -> Iterator[Fix]:
    """Complete an agreement that covers it, or add a review before all that relies on it."""
    finding, context = ask.finding, ask.context
    system = context.roadmap.systems[finding.data["system"]]
    for agreement in context.roadmap.agreements.values():
        fix = _agreed(context, finding, agreement)
        if fix is not None:
            yield fix
    id = make_id(f"{system.id} review", context.roadmap.initiatives)
    owner = _reviewer(context) or system.owner
    values: dict[str, Any] = {"title": f"Review of {system.label}", "kind": "review"}
    if owner:
        values["owner"] = owner
    values |= {"estimate": "1w", "uses": [system.id]}
    edits: list[Edit] = [AddTable("initiatives", id, values)]
    for one in finding.on:
        dates = context.dates(one)
        link = f"{id} FF" if dates is not None and dates.started else id
        edits.append(added(context, one, link))
    yield from timed(
        ask,
        f"add a review of {system.id} before {listed(finding.on)}",
        edits,
        finding.on[0],
        needs_yes=filter(None, (owner, *yes_of(context, *finding.on))),
        assumes="a week is enough for it",
    )


def _reviewer(context: Context) -> str | None:
    """Who has the most reviews in this roadmap."""
    owners = Counter(
        o for i in context.roadmap.initiatives.values() if i.kind == "review" for o in i.owner
    )
    return max(sorted(owners), key=owners.__getitem__) if owners else None


def _agreed(context: Context, finding: Finding, agreement: Agreement) -> Fix | None:
    """An agreement that would cover it, if those sides agreed that have not yet."""
    lacking = [side for side in BOTH if side not in agreement.agreed]
    system = context.roadmap.systems[finding.data["system"]]
    if not lacking:
        return None
    edits = [SetKey("agreements", agreement.id, ("agreed", s), context.as_of) for s in lacking]
    after = after_edits(context, edits)
    if after is None:
        return None
    allowed = Allowed(after, [after.roadmap.agreements[agreement.id]])
    if not all(allowed.covers(system, context.roadmap.initiatives[id]) for id in finding.on):
        return None
    sides = tuple(context.side_name(side) for side in lacking)
    agree = "agrees" if len(sides) == 1 else "agree"
    title = f"record that {listed(sides)} {agree} to {agreement.id}"
    return Fix(title=title, edit=together(edits, title), needs_yes=sides)


def consent(ask: Ask) -> Iterator[Fix]:
    """Put a consent provider before it, or plan one; else leave the personal data out."""
    finding, context = ask.finding, ask.context
    id, providers = finding.id, finding.data["providers"]
    for provider in providers:
        yes = yes_of(context, id, provider)
        link = added(context, id, provider)
        yield from timed(ask, f"put {provider} before {id}", [link], id, needs_yes=yes)
    if not providers:
        yield from _planned_consent(ask)
    personal = finding.data["activates"]
    without = [edit for data in personal for edit in left_out(context, id, data, ("activates",))]
    if len(personal) == 1:
        title = f"leave {personal[0]} out of what {id} activates"
        yield from timed(ask, title, without, id, needs_yes=yes_of(context, id))


def _to_come(context: Context, system: str) -> bool:
    return context.roadmap.systems[system].status in (None, "planned")


def _planned_consent(ask: Ask) -> Iterator[Fix]:
    """Work that brings a system for consent, before what needs it."""
    context, id = ask.context, ask.finding.id
    known = [one for one in consent_systems(context) if _to_come(context, one)]
    system = known[0] if known else make_id("consent management", context.roadmap.systems)
    edits: list[Edit] = []
    if not known:
        new = {"title": "Consent management", "status": "planned", "capabilities": [CONSENT]}
        edits.append(AddTable("systems", system, new))
    work = make_id(f"{system} rollout", context.roadmap.initiatives)
    values: dict[str, Any] = {"title": f"Bring consent: {system}", "kind": "foundation"}
    owner = context.roadmap.systems[system].owner if known else None
    if owner:
        values["owner"] = owner
    edits.append(AddTable("initiatives", work, {**values, "introduces": [system]}))
    edits.append(added(context, id, work))
    yes = filter(None, (owner, *yes_of(context, id)))
    title = f"plan {work}, which brings consent, before {id}"
    yield from timed(ask, title, edits, id, needs_yes=yes, assumes="nobody has estimated it yet")
