"""SYS: links to what brings a system, an order of switching off, support extended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from planner.conflicts.agreement import must_agree
from planner.conflicts.context import Context
from planner.conflicts.fix import Ask, Fix
from planner.conflicts.fix_dates import best_first, timed
from planner.conflicts.needs import set_needs, written_needs
from planner.conflicts.reference_lists import left_out
from planner.roadmap.figures import listed
from planner.roadmap.ids import make_id
from planner.roadmap.sides import BOTH
from planner.text.edits import AddTable, Edit, SetKey


def provider(ask: Ask) -> Iterator[Fix]:
    """Wait for what brings the system, or say that it is live already."""
    finding, context = ask.finding, ask.context
    id, providers = finding.id, finding.data["providers"]
    if providers:
        links = set_needs(id, [*written_needs(context, id), *providers])
        title = f"start {id} after {listed(providers, 3)}"
        yield from timed(
            ask, title, [links], id, needs_agreement=must_agree(context, id, *providers)
        )
    known = [one for one in finding.data["systems"] if one in context.roadmap.systems]
    owners = [owner for one in known if (owner := context.roadmap.systems[one].owner)]
    live: list[Edit] = [SetKey("systems", one, ("status",), "live") for one in known]
    if live:
        title = f"record that {listed(known)} {'is' if len(known) == 1 else 'are'} live"
        yield from timed(ask, title, live, id, needs_agreement=owners)


def retire_later(ask: Ask) -> Iterator[Fix]:
    """Switch off once its last user is done: at the same time, or only start then."""
    finding, context = ask.finding, ask.context
    id, users = finding.id, finding.data["users"]
    found: list[Fix] = []
    if not context.is_open(id):
        yield from _not_on(ask, users)
        return
    for type, words in (("FF", "finish {0} with or after {1}"), ("FS", "start {0} after {1}")):
        suffix = " FF" if type == "FF" else ""
        needs = set_needs(id, [*written_needs(context, id), *(f"{one}{suffix}" for one in users)])
        title = words.format(id, listed(users))
        found += timed(ask, title, [needs], id, needs_agreement=must_agree(context, id, *users))
    yield from best_first(ask, found) if found else _on_its_own(ask, users)


def _on_its_own(ask: Ask, users: list[str]) -> Iterator[Fix]:
    """Where a user waits for the very work that switches it off: the switch-off split from it."""
    context, id = ask.context, ask.finding.id
    system, initiative = ask.finding.data["system"], context.roadmap.initiatives[id]
    apart = make_id(f"{system} switch off", context.roadmap.initiatives)
    values: dict[str, Any] = {"title": f"Switch {system} off", "kind": "milestone"}
    if initiative.accountable:
        values["owner"] = initiative.accountable
    values |= {"estimate": "0d", "needs": users, "retires": [system]}
    edits = [*left_out(context, id, system, ("retires",)), AddTable("initiatives", apart, values)]
    title = f"switch {system} off on its own, after {listed(users)}"
    yield from timed(ask, title, edits, id, needs_agreement=must_agree(context, id, *users))


def _not_on(ask: Ask, users: list[str]) -> Iterator[Fix]:
    """What is left once a system is gone: its users say that they do without it."""
    context, system = ask.context, ask.finding.data["system"]
    keys = ("uses", "replaces")
    edits = [edit for id in users for edit in left_out(context, id, system, keys)]
    title = f"remove {system} from {listed(users, 3)}"
    yield from timed(ask, title, edits, users[0], needs_agreement=must_agree(context, *users))


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
