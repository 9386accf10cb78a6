"""SYS: an order of switching off, and what takes the place of a system."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from planner.conflicts.agreement import must_agree
from planner.conflicts.context import Context
from planner.conflicts.fix import Ask, Fix
from planner.conflicts.fix_dates import parted, timed
from planner.conflicts.needs import added, set_needs, written_needs
from planner.conflicts.providers import NEEDED, providers_of
from planner.conflicts.reference_lists import left_out
from planner.roadmap.figures import listed
from planner.roadmap.ids import as_one_word, make_id
from planner.roadmap.sides import BOTH
from planner.text.edits import AddTable, SetKey


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
    good, bad = parted(ask, found)
    yield from good
    yield from () if good else _on_its_own(ask, users)
    yield from bad


def _on_its_own(ask: Ask, users: list[str]) -> Iterator[Fix]:
    """The switch-off split from work that a user waits for, or that may not finish later."""
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
    keys = (*NEEDED, "replaces")
    edits = [edit for id in users for edit in left_out(context, id, system, keys)]
    title = f"remove {system} from {listed(users, 3)}"
    yield from timed(ask, title, edits, users[0], needs_agreement=must_agree(context, *users))


def offered_first(ask: Ask) -> Iterator[Fix]:
    """Retire a system once another offers the same, or agree to do without it."""
    finding, context = ask.finding, ask.context
    id, capabilities = finding.id, finding.data["capabilities"]
    for provider in _bringing(context, capabilities) if context.is_open(id) else ():
        title = f"start {id} after {provider}"
        parties = must_agree(context, id, provider)
        yield from timed(ask, title, [added(context, id, provider)], id, needs_agreement=parties)
    agreed = dict.fromkeys(BOTH, context.as_of)
    values = {"title": f"Without {listed(capabilities)}", "capabilities": capabilities}
    table = make_id(f"without {capabilities[0]}", context.roadmap.agreements)
    yield Fix(
        title=f"record a working agreement on {listed(capabilities, 3)}",
        edit=AddTable("agreements", table, {**values, "agreed": agreed}),
        needs_agreement=tuple(context.roadmap.side_title(side) for side in BOTH),
    )


def _bringing(context: Context, capabilities: list[str]) -> list[str]:
    """Open work that brings a system which offers all of these."""
    wanted = set(map(as_one_word, capabilities))
    offering = [
        one.id
        for one in context.roadmap.systems.values()
        if wanted <= set(map(as_one_word, one.capabilities))
    ]
    providers = providers_of(context)
    found = (id for system in offering for id in providers.get(system, ()) if context.is_open(id))
    return list(dict.fromkeys(found))


def done_without(ask: Ask) -> Iterator[Fix]:
    """A retired system left out, or back in use."""
    finding, context = ask.finding, ask.context
    system, ids = finding.data["system"], finding.on
    edits = [edit for id in ids for edit in left_out(context, id, system, NEEDED)]
    title = f"remove {system} from {listed(ids, 3)}"
    yield from timed(ask, title, edits, ids[0], needs_agreement=must_agree(context, *ids))
    owner = context.roadmap.systems[system].owner
    live = SetKey("systems", system, ("status",), "live")
    parties = (owner,) if owner else ()
    yield Fix(title=f"record that {system} is live", edit=live, needs_agreement=parties)
