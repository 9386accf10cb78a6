"""PLAN: circles, references and links put right, estimates written, ideas decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from planner.conflicts.agreement import must_agree
from planner.conflicts.context import Context
from planner.conflicts.fix import Ask, Fix
from planner.conflicts.fix_choice import GIVEN_UP, MEANT
from planner.conflicts.fix_dates import timed
from planner.conflicts.needs import parsed, without, written_needs
from planner.conflicts.slips import with_ids
from planner.conflicts.trial import tables_of, together
from planner.roadmap.fields import KIND_NOUNS
from planner.roadmap.figures import listed
from planner.roadmap.ids import is_id
from planner.text.edits import AddTable, Edit, RemoveKey, SetKey

MOST_LINKS = 8
"""No circle is offered more fixes than this, and no large one has more links looked at."""

MOST_STEPS = 100_000
"""About so many links are followed to find the fixes of one circle."""


def uncircle(ask: Ask) -> Iterator[Fix]:
    """The links without which the circle is none, at most `MOST_LINKS` of them.

    Such a link is on every circle, so on the shortest one too: only its links are looked at, and
    only in the links themselves, since no date is asked for.
    """
    from planner.network.cycles import cuts

    context, loop = ask.context, ask.finding.data["loop"]
    links = tuple(context.network.binding(ask.finding.on))
    number = max(MOST_LINKS, MOST_STEPS // len(links))
    ring = islice(zip([loop[-1], *loop], loop, strict=False), number)
    for on, id in islice(cuts(links, ring), MOST_LINKS):
        edit, parties = without(context, id, on), must_agree(context, on, id)
        yield Fix(title=f"unlink {on} → {id}", edit=edit, needs_agreement=parties)


def reference(ask: Ask) -> Iterator[Fix]:
    """The nearest id instead; the members of the group that it is; a table for it; else without."""
    finding, context = ask.finding, ask.context
    unknown: str = finding.data.get("unknown", "")
    near: str | None = finding.data.get("nearest")
    places: list[list[str]] = finding.data.get("places", [])
    members: list[str] = finding.data.get("members", [])
    if not places:
        return
    if members and {key for _, _, key in places} == {"needs"}:
        yield from _members_instead(ask, places, unknown, members)
    if near:
        edits = [_renamed(context, place, unknown, [near]) for place in places]
        title = f"write {near} instead of {unknown}"
        yield Fix(title=title, edit=together(edits, title), choice=MEANT if members else "")
    if finding.data["is"] is None and is_id(unknown):
        kind = finding.root[0]
        edit = AddTable(kind, unknown, {})
        yield Fix(title=f"add the {KIND_NOUNS[kind]} {unknown}", edit=edit, choice=MEANT)
    edits = [_renamed(context, place, unknown, []) for place in places]
    named = dict.fromkeys(id or "[roadmap]" for _, id, _ in places)
    title = f"remove {unknown} from {listed(named)}"
    yield Fix(title=title, edit=together(edits, title), choice=GIVEN_UP)


def _members_instead(
    ask: Ask, places: Sequence[Sequence[str]], group: str, members: Sequence[str]
) -> Iterator[Fix]:
    """Where work waits for a group, it waits for the work that is in it."""
    edits = []
    for place in places:
        id = place[1]
        known = {id, *(need.on for need in map(parsed, written_needs(ask.context, id)) if need)}
        new = [one for one in members if one not in known]
        edits.append(_renamed(ask.context, place, group, new))
    title = f"write {listed(members, 3)} instead of {group}"
    yield from timed(ask, title, edits, places[0][1], choice=MEANT)


def _renamed(context: Context, place: Sequence[str], unknown: str, new: Sequence[str]) -> Edit:
    kind, id, key = place
    value = with_ids(tables_of(context)[kind][id][key], unknown, new)
    return (
        RemoveKey(kind, id, (key,)) if value in (None, [], {}) else SetKey(kind, id, (key,), value)
    )


def dropped(ask: Ask) -> Iterator[Fix]:
    """The links taken out, or the work taken up again."""
    finding, context = ask.finding, ask.context
    dropped = finding.data["dropped"]
    edits = [without(context, id, dropped) for id in finding.on]
    title = f"unlink {dropped} → {listed(finding.on)}"
    yield Fix(
        title=title,
        edit=together(edits, title),
        needs_agreement=must_agree(context, *finding.on),
        choice=MEANT,
    )
    again = SetKey("initiatives", dropped, ("status",), "planned")
    yield Fix(
        title=f"set {dropped} to planned again",
        edit=again,
        needs_agreement=must_agree(context, dropped),
    )


def estimate(ask: Ask) -> Iterator[Fix]:
    """The assumed length written as what the work takes."""
    finding, context = ask.finding, ask.context
    written = context.roadmap.checks.thresholds.get("assumed_estimate", "2w")
    yield Fix(
        title=f"write the assumed estimate {written}",
        edit=SetKey("initiatives", finding.id, ("estimate",), written),
        needs_agreement=must_agree(context, finding.id),
    )


def decided(ask: Ask) -> Iterator[Fix]:
    """What is only proposed planned, or what is paused taken up again; else not waited for."""
    finding, context = ask.finding, ask.context
    id, waiting = finding.id, finding.on[1:]
    begun = context.roadmap.initiatives[id].actual_start is not None
    status = "active" if begun else "planned"
    edit = SetKey("initiatives", id, ("status",), status)
    direct = [one for one in waiting if _waits_directly(context, one, id)]
    links = [without(context, one, id) for one in direct]
    title = f"unlink {id} → {listed(direct)}"
    yield from timed(
        ask, f"set {id} to {status}", [edit], waiting[0], needs_agreement=must_agree(context, id)
    )
    if links:
        parties = must_agree(context, *direct)
        apart = timed(ask, title, links, waiting[0], needs_agreement=parties)
        yield from (fix for fix in apart if fix.clears)


def _waits_directly(context: Context, id: str, on: str) -> bool:
    return any(need.on == on for need in context.roadmap.initiatives[id].needs)
