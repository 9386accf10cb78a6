"""STD: a review first, an agreement that covers it, or a longer standing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from planner.conflicts.agreement import must_agree
from planner.conflicts.allowances import Allowed
from planner.conflicts.context import Context
from planner.conflicts.findings import Finding
from planner.conflicts.fix import Ask, Fix
from planner.conflicts.fix_dates import timed
from planner.conflicts.fixes.system_landscape import prolonged
from planner.conflicts.needs import added
from planner.conflicts.personal_data import system_reviewer
from planner.conflicts.trial import after_edits, together
from planner.roadmap.entities import Agreement, System
from planner.roadmap.figures import listed
from planner.roadmap.ids import make_id
from planner.roadmap.sides import BOTH
from planner.text.edits import AddTable, Edit, SetKey


def review(ask: Ask) -> Iterator[Fix]:
    """Complete an agreement that covers it, wait for a planned review, or add one first."""
    finding, context = ask.finding, ask.context
    system = context.roadmap.systems[finding.data["system"]]
    for agreement in context.roadmap.agreements.values():
        fix = _agreed(context, finding, agreement)
        if fix is not None:
            yield fix
    yield from _planned(ask, system.id)
    owner = system_reviewer(context) or system.owner
    new = _new_review(context, system, owner)
    edits: list[Edit] = [new]
    for one in finding.on:
        dates = context.dates(one)
        link = f"{new.id} FF" if dates is not None and dates.started else new.id
        edits.append(added(context, one, link))
    title = f"add a review of {system.id} (1w) before {listed(finding.on, 2)}"
    parties = filter(None, (owner, *must_agree(context, *finding.on)))
    first = timed(ask, title, edits, finding.on[0], needs_agreement=parties)
    yield from (fix for fix in first if fix.clears)  # what has started can't wait for it


def _new_review(context: Context, system: System, owner: str | None) -> AddTable:
    values: dict[str, Any] = {"title": f"Review of {system.label}", "kind": "review"}
    if owner:
        values["owner"] = owner
    id = make_id(f"{system.id} review", context.roadmap.initiatives)
    return AddTable("initiatives", id, {**values, "estimate": "1w", "uses": [system.id]})


def _planned(ask: Ask, system: str) -> Iterator[Fix]:
    """What relies on a system put after a review of it that nothing links to all of that."""
    finding, context = ask.finding, ask.context
    for one in context.open_having("uses"):
        if one.effective_kind != "review" or system not in one.uses:
            continue
        linked = {link.succ for link in context.network.links_out_of(one.id)}
        waiting = [id for id in finding.on if id not in linked]
        if waiting:
            edits = [added(context, id, one.id) for id in waiting]
            parties = must_agree(context, one.id, *waiting)
            title = f"start {listed(waiting, 2)} after {one.id}"
            yield from timed(ask, title, edits, waiting[0], needs_agreement=parties)


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
    sides = tuple(context.roadmap.side_title(side) for side in lacking)
    agree = "agrees" if len(sides) == 1 else "agree"
    title = f"record that {listed(sides)} {agree} to agreement {agreement.id}"
    return Fix(title=title, edit=together(edits, title), needs_agreement=sides)


def standing(ask: Ask) -> Iterator[Fix]:
    """Prolonged until the last of its users is done, or approved for good."""
    yield prolonged(ask, "standing_until", "extend the standing of {0} to {1}")
    system = ask.finding.data["system"]
    yield Fix(
        title=f"approve system {system}",
        edit=SetKey("systems", system, ("standing",), "approved"),
        needs_agreement=(ask.context.roadmap.side_title("it"),),
    )


def brought_to_light(ask: Ask) -> Iterator[Fix]:
    """A review of the system planned, or its table added where it has none."""
    context, id = ask.context, ask.finding.data["system"]
    system = context.roadmap.systems.get(id)
    if system is None:
        title = id.replace("-", " ").capitalize()
        yield Fix(title=f"add system {id}", edit=AddTable("systems", id, {"title": title}))
        return
    owner = system_reviewer(context, filter(context.roadmap.data.get, system.data)) or system.owner
    yield Fix(
        title=f"add a review of {id} (1w)",
        edit=_new_review(context, system, owner),
        needs_agreement=(owner,) if owner else (),
    )
