"""DATA: consent first, reviews given, and access as it is agreed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from planner.conflicts.agreement import must_agree
from planner.conflicts.allowances import level
from planner.conflicts.context import Context
from planner.conflicts.fix import Ask, Fix
from planner.conflicts.fix_dates import timed
from planner.conflicts.fixes.reviews import recorded
from planner.conflicts.needs import added
from planner.conflicts.personal_data import CONSENT, consent_systems
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
    """The reviews of who looks after the data, recorded as given today."""
    yield recorded(ask, ask.finding.data["lacking"], ask.context.as_of)


def looked_again(ask: Ask) -> Iterator[Fix]:
    """The reviews given anew today, by the calendar: git knows of no other."""
    reviews: dict[str, list[str]] = ask.finding.data["reviews"]
    day = max(ask.context.as_of, ask.context.today)
    yield recorded(ask, reviews, day, " again")


def access(ask: Ask) -> Iterator[Fix]:
    """The agreement made anew for what is done, or the data left out."""
    finding, context = ask.finding, ask.context
    agreed_id, above = finding.data["agreement"], finding.data["above"]
    agreement, edits = context.roadmap.agreements[agreed_id], list[Edit]()
    said = []
    if above:
        needed = max((context.classification(data) for _, data in above), key=level)
        edits.append(SetKey("agreements", agreed_id, ("access",), needed))
        said.append(f"{needed} data")
    found = (context.team(id) for id, _ in finding.data["unnamed"])
    teams = dict.fromkeys(team for team in found if team)
    if teams:
        named = [*agreement.responsible, *teams]
        edits.append(SetKey("agreements", agreed_id, ("responsible",), named))
        said.append(listed(teams, 2))
    edits.append(SetKey("agreements", agreed_id, ("agreed",), dict.fromkeys(BOTH, context.as_of)))
    title = f"record that both sides agree to {listed(said)} in agreement {agreed_id}"
    stewards = (context.roadmap.data.get(data) for data in finding.data["data"])
    parties = (
        *(context.roadmap.side_title(side) for side in BOTH),
        *(one.steward for one in stewards if one is not None and one.steward),
    )
    yield Fix(
        title=title, edit=together(edits, title), needs_agreement=tuple(dict.fromkeys(parties))
    )
    pairs = [*above, *finding.data["unnamed"]]
    without = [
        edit
        for id, data in dict.fromkeys(map(tuple, pairs))
        for edit in left_out(context, id, data, ("processes", "activates"))
    ]
    title = f"remove {listed(finding.data['data'], 2)} from {listed(finding.on, 3)}"
    yield Fix(
        title=title, edit=together(without, title), needs_agreement=must_agree(context, *finding.on)
    )
