"""PLAN and OWN: links, references, estimates and owners put right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import islice
from typing import Any

from planner.conflicts.context import Context, listed
from planner.conflicts.levers import yes_of
from planner.conflicts.needs import without
from planner.conflicts.trial import tables_of, together
from planner.conflicts.ways.fix import Ask, Fix
from planner.text.edits import Edit, RemoveKey, SetKey

MOST_LINKS = 8
"""No circle is offered more ways out than this, and no large one has more links looked at."""

MOST_STEPS = 100_000
"""About so many links are followed to find the ways out of one circle."""


def uncircle(ask: Ask) -> Iterator[Fix]:
    """The links without which the circle is none, at most `MOST_LINKS` of them.

    Such a link is on every circle, so on the shortest one too: only its links are looked at, and
    only in the links themselves, since no date is asked for.
    """
    context, loop = ask.context, ask.finding.data["loop"]
    waits = _waits(context, ask.finding.on)
    links = sum(map(len, waits.values()))
    number = max(MOST_LINKS, MOST_STEPS // max(1, links))
    found = (
        (on, id)
        for on, id in islice(zip([loop[-1], *loop], loop, strict=False), number)
        if _is_sorted_without(waits, on, id)
    )
    for on, id in islice(found, MOST_LINKS):
        edit, yes = without(context, id, on), yes_of(context, on, id)
        yield Fix(title=f"let {id} not wait for {on}", edit=edit, needs_yes=yes)


def _waits(context: Context, members: Iterable[str]) -> dict[str, set[str]]:
    """What each member of a circle waits for inside it."""
    inside = set(members)
    initiatives = context.roadmap.initiatives
    return {id: inside.intersection(need.on for need in initiatives[id].needs) for id in inside}


def _is_sorted_without(waits: Mapping[str, set[str]], on: str, id: str) -> bool:
    """Whether an order exists once `id` no longer waits for `on`."""
    order = TopologicalSorter({**waits, id: waits[id] - {on}})
    try:
        order.prepare()
    except CycleError:
        return False
    return True


def reference(ask: Ask) -> Iterator[Fix]:
    """The nearest id instead, or the reference taken out."""
    finding, context = ask.finding, ask.context
    unknown: str = finding.data.get("unknown", "")
    near: str | None = finding.data.get("nearest")
    places = finding.data.get("places", [])
    if near:
        edits = [_renamed(context, place, unknown, near) for place in places]
        yield Fix(title=f"{near} instead of {unknown}", edit=together(edits, f"name {near}"))
    if places:
        edits = [_renamed(context, place, unknown, None) for place in places]
        title = f"remove {unknown} from {listed(dict.fromkeys(id for _, id, _ in places))}"
        yield Fix(title=title, edit=together(edits, title))


def _renamed(context: Context, place: Sequence[str], unknown: str, new: str | None) -> Edit:
    kind, id, key = place
    value = _with_id(tables_of(context)[kind][id][key], unknown, new)
    return (
        RemoveKey(kind, id, (key,)) if value in (None, [], {}) else SetKey(kind, id, (key,), value)
    )


def _with_id(value: Any, old: str, new: str | None) -> Any:
    """A reference's value with an id replaced or taken out: an id, links, lists, a table's keys."""
    if isinstance(value, str):
        name, blank, rest = value.partition(" ")
        return value if name != old else None if new is None else f"{new}{blank}{rest}"
    if isinstance(value, list):
        changed = [_with_id(item, old, new) for item in value]
        return [item for item in changed if item is not None]
    if isinstance(value, Mapping):
        if value.get("on") == old:
            return None if new is None else {**value, "on": new}
        renamed = ((new if key == old else key, item) for key, item in value.items())
        return {key: item for key, item in renamed if key is not None}
    return value


def dropped(ask: Ask) -> Iterator[Fix]:
    """The links taken out, or the work taken up again."""
    finding, context = ask.finding, ask.context
    dropped = finding.data["dropped"]
    edits = [without(context, id, dropped) for id in finding.on]
    title = f"let {listed(finding.on)} not wait for {dropped}"
    yield Fix(title=title, edit=together(edits, title), needs_yes=yes_of(context, *finding.on))
    again = SetKey("initiatives", dropped, ("status",), "planned")
    yield Fix(title=f"take {dropped} up again", edit=again, needs_yes=yes_of(context, dropped))


def estimate(ask: Ask) -> Iterator[Fix]:
    """The assumed length written as what the work takes."""
    finding, context = ask.finding, ask.context
    written = context.roadmap.checks.thresholds.get("assumed_estimate", "2w")
    yield Fix(
        title=f"write the assumed {written} as its estimate",
        edit=SetKey("initiatives", finding.id, ("estimate",), written),
        needs_yes=yes_of(context, finding.id),
        assumes=f"{finding.id} does take {written}",
    )


def owner(ask: Ask) -> Iterator[Fix]:
    """The teams of its side that own what is around it, most of that first; then the others."""
    finding, context = ask.finding, ask.context
    side = context.sides[finding.id]
    network = context.network
    around = [link.pred for link in network.links_into(finding.id)]
    around += [link.succ for link in network.links_out_of(finding.id)]
    number: dict[str, int] = {}
    for id in around:
        team = context.team(id)
        if team and context.sides[id] == side:
            number[team] = number.get(team, 0) + 1
    others = [id for id, team in context.roadmap.teams.items() if team.portfolio == side]
    if not context.roadmap.teams:
        owning = (context.team(one.id) for one in context.open if context.sides[one.id] == side)
        others = list(dict.fromkeys(team for team in owning if team))
    ranked = sorted(number, key=lambda team: (-number[team], team))
    for team in [*ranked, *(one for one in others if one not in number)][:3]:
        yield Fix(
            title=f"{team} is accountable for {finding.id}",
            edit=SetKey("initiatives", finding.id, ("owner",), team),
            needs_yes=(team,),
        )
