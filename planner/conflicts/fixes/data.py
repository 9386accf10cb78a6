"""DATA: consent first, reviews given, and access as it is agreed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from planner.conflicts.agreement import must_agree
from planner.conflicts.context import Context
from planner.conflicts.fix import Ask, Fix
from planner.conflicts.fix_dates import timed
from planner.conflicts.fixes.reviews import reviewed
from planner.conflicts.needs import added
from planner.conflicts.personal_data import CONSENT, consent_systems, reviewers
from planner.conflicts.reference_lists import left_out
from planner.conflicts.trial import together
from planner.roadmap.figures import listed
from planner.roadmap.ids import make_id
from planner.roadmap.sides import BOTH
from planner.text.edits import AddTable, Edit, SetKey


def consent(ask: Ask) -> Iterator[Fix]:
    """Put a consent provider before it, or plan one; else leave the personal data out."""
    finding, context = ask.finding, ask.context
    id, providers = finding.id, finding.data["providers"]
    for provider in providers:
        parties = must_agree(context, id, provider)
        link = added(context, id, provider)
        yield from timed(ask, f"start {id} after {provider}", [link], id, needs_agreement=parties)
    if not providers:
        yield from _planned_consent(ask)
    personal = finding.data["activates"]
    without = [edit for data in personal for edit in left_out(context, id, data, ("activates",))]
    if len(personal) == 1:
        title = f"remove {personal[0]} from what {id} activates"
        yield from timed(ask, title, without, id, needs_agreement=must_agree(context, id))


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
    parties = filter(None, (owner, *must_agree(context, id)))
    title = f"add {work}, which introduces consent, before {id}"
    yield from timed(ask, title, edits, id, needs_agreement=parties)


def steward(ask: Ask) -> Iterator[Fix]:
    """The review of who looks after the data, recorded as given today."""
    data = ask.finding.data
    asked = [one for one in reviewers(ask.context, data["data"]) if one in data["reviewers"]]
    yield reviewed(ask, asked)


def looked_again(ask: Ask) -> Iterator[Fix]:
    """The reviews given anew today, by the calendar: git knows of no other."""
    parties: list[str] = ask.finding.data["reviewers"]
    yield reviewed(ask, parties, max(ask.context.as_of, ask.context.today), " again")


def access(ask: Ask) -> Iterator[Fix]:
    """The access agreed anew as high as the data is, or the data left out."""
    finding, context = ask.finding, ask.context
    agreed_id, data = finding.data["agreement"], finding.data["data"]
    agreed = dict.fromkeys(BOTH, context.as_of)
    classification = context.classification(data)
    edits = [
        SetKey("agreements", agreed_id, ("access",), classification),
        SetKey("agreements", agreed_id, ("agreed",), agreed),
    ]
    title = f"record that both sides agree to {classification} data in agreement {agreed_id}"
    steward = context.roadmap.data[data].steward
    parties = (
        *(context.roadmap.side_title(side) for side in BOTH),
        *((steward,) if steward else ()),
    )
    yield Fix(title=title, edit=together(edits, title), needs_agreement=parties)
    without = [
        edit
        for id in finding.on
        for edit in left_out(context, id, data, ("processes", "activates"))
    ]
    title = f"remove {data} from {listed(finding.on, 3)}"
    yield Fix(
        title=title, edit=together(without, title), needs_agreement=must_agree(context, *finding.on)
    )
