"""SYS, STD and DATA: coordinate, review first, put consent first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from planner.conflicts.context import BOTH, Context, listed
from planner.conflicts.findings import Finding
from planner.conflicts.levers import yes_of
from planner.conflicts.needs import added
from planner.conflicts.reach import after_edits
from planner.conflicts.rules.standards import covers
from planner.conflicts.trial import finish_of, together, won
from planner.conflicts.ways.fix import Ask, Fix
from planner.roadmap.entities import Agreement
from planner.roadmap.ids import make_id
from planner.text.edits import AddTable, Edit, SetKey


def overlap(ask: Ask) -> Iterator[Fix]:
    """Say that they are coordinated, or put one after the other."""
    finding, context = ask.finding, ask.context
    if len(finding.on) != 2:
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
    title = f"add a review of {system.id} before {listed(finding.on)}"
    yield Fix(
        title=title,
        edit=together(edits, title),
        needs_yes=tuple(dict.fromkeys(filter(None, (owner, *yes_of(context, *finding.on))))),
        assumes="a week is enough for it",
    )


def _reviewer(context: Context) -> str | None:
    """Who has the most reviews in this roadmap."""
    owners = [
        o for i in context.roadmap.initiatives.values() if i.kind == "review" for o in i.owner
    ]
    return max(sorted(set(owners)), key=owners.count) if owners else None


def _agreed(context: Context, finding: Finding, agreement: Agreement) -> Fix | None:
    """An agreement that would cover it, if those sides agreed that have not yet."""
    lacking = [side for side in BOTH if side not in agreement.agreed]
    system = context.roadmap.systems[finding.data["system"]]
    if not lacking:
        return None
    edits = [SetKey("agreements", agreement.id, ("agreed", s), context.as_of) for s in lacking]
    after = after_edits(context, edits)
    if after is None or not all(
        covers(after, after.roadmap.agreements[agreement.id], system, one)
        for one in (context.roadmap.initiatives[id] for id in finding.on)
    ):
        return None
    sides = tuple(context.side_name(side) for side in lacking)
    title = f"record that {listed(sides)} agrees to {agreement.id}"
    return Fix(title=title, edit=together(edits, title), needs_yes=sides)


def consent(ask: Ask) -> Iterator[Fix]:
    """Put a consent provider before it, where that closes no circle."""
    finding, context = ask.finding, ask.context
    after = context.network.descendants(finding.id)
    for provider in finding.data["providers"]:
        if provider not in after:
            edit = added(context, finding.id, provider)
            tried = after_edits(context, [edit])
            yield Fix(
                title=f"put {provider} before {finding.id}",
                edit=edit,
                needs_yes=yes_of(context, finding.id, provider),
                wins=None if tried is None else won(context, tried, finding.id),
                finish=None if tried is None else finish_of(tried, finding.id),
            )
