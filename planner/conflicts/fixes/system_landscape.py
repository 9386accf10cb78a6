"""SYS: links to what brings a system, an order of switching off, support extended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from planner.conflicts.agreement import must_agree
from planner.conflicts.context import Context
from planner.conflicts.fix import Ask, Fix
from planner.conflicts.fix_dates import timed
from planner.conflicts.needs import set_needs, written_needs
from planner.roadmap.figures import listed
from planner.roadmap.ids import make_id
from planner.roadmap.sides import BOTH
from planner.text.edits import AddTable, Edit, SetKey


def provider(ask: Ask) -> Iterator[Fix]:
    """Wait for what brings the system, or say that it is live already."""
    finding, context = ask.finding, ask.context
    ids, providers, system = finding.data["users"], finding.data["providers"], finding.through[0]
    if providers:
        links: list[Edit] = [set_needs(id, [*written_needs(context, id), *providers]) for id in ids]
        title = f"start {listed(ids, 3)} after {listed(providers, 3)}"
        parties = must_agree(context, *ids, *providers)
        yield from timed(ask, title, links, ids[0], needs_agreement=parties)
    known = context.roadmap.systems.get(system)
    if known is not None:
        live = SetKey("systems", system, ("status",), "live")
        owners = (known.owner,) if known.owner else ()
        yield from timed(
            ask, f"record that {system} is live", [live], ids[0], needs_agreement=owners
        )


def twice(ask: Ask) -> Iterator[Fix]:
    """An agreement on which is for what, or one of them on its way out."""
    finding, context = ask.finding, ask.context
    systems = context.roadmap.systems
    owners = list(dict.fromkeys(owner for one in finding.on if (owner := systems[one].owner)))
    capabilities: list[str] = finding.data["capabilities"]
    lacking = list(BOTH)
    open_one = _on(context, capabilities)
    if open_one is not None:
        said = context.roadmap.agreements[open_one].agreed
        lacking = [side for side in BOTH if side not in said]
        agreed = {**said, **dict.fromkeys(lacking, context.as_of)}
        edit: Edit = SetKey("agreements", open_one, ("agreed",), agreed)
        who = listed(context.roadmap.side_title(side) for side in lacking)
        agree = "agrees" if len(lacking) == 1 else "agree"
        title = f"record that {who} {agree} to agreement {open_one}"
    else:
        agreed = dict.fromkeys(BOTH, context.as_of)
        id = make_id(capabilities[0], context.roadmap.agreements)
        values: dict[str, Any] = {"title": f"Which system is for {listed(capabilities)}"}
        if owners:
            values |= {"accountable": owners[0], "responsible": owners}
        values |= {"capabilities": capabilities, "systems": list(finding.on), "agreed": agreed}
        edit = AddTable("agreements", id, values)
        title = f"record a working agreement on {listed(capabilities, 3)}"
    sides = tuple(context.roadmap.side_title(side) for side in lacking)
    yield Fix(title=title, edit=edit, needs_agreement=sides)
    if len(finding.on) == 2:
        for one in [id for id in finding.on if systems[id].status != "planned"]:
            retiring = SetKey("systems", one, ("status",), "retiring")
            parties = (systems[one].owner or "",) if systems[one].owner else ()
            yield Fix(title=f"set {one} to retiring", edit=retiring, needs_agreement=parties)


def _on(context: Context, capabilities: list[str]) -> str | None:
    """An agreement on all of these that is only not agreed by both yet."""
    found = context.roadmap.agreements.values()
    return next((one.id for one in found if set(capabilities) <= set(one.capabilities)), None)


def connect(ask: Ask) -> Iterator[Fix]:
    """The island connected to one of the others, those with most connections first."""
    finding, context = ask.finding, ask.context
    systems, here = context.roadmap.systems, finding.id
    others: list[str] = finding.data["others"]
    named = [other for one in systems.values() for other in one.connects]
    for other in sorted(others, key=lambda one: (-named.count(one), one))[:3]:
        owners = (owner for one in (here, other) if (owner := systems[one].owner))
        yield Fix(
            title=f"connect {here} to {other}",
            edit=SetKey("systems", here, ("connects",), [*systems[here].connects, other]),
            needs_agreement=tuple(dict.fromkeys(owners)),
        )


def support(ask: Ask) -> Iterator[Fix]:
    """Prolonged until the last of its users is done."""
    yield prolonged(ask, "supported_until", "extend the support of {0} to {1}")


def prolonged(ask: Ask, key: str, words: str) -> Fix:
    """A day of the system put off to the end of the month in which its last user is done."""
    context, system = ask.context, ask.finding.data["system"]
    last = date.fromisoformat(ask.finding.data["last"])
    until = _month_end(last)
    return Fix(
        title=words.format(system, context.day(until)),
        edit=SetKey("systems", system, (key,), until),
        needs_agreement=(context.roadmap.side_title("it"),),
    )


def _month_end(day: date) -> date:
    following = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return following - timedelta(days=1)
