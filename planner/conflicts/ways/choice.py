"""Whether the best way out can be taken as it is, or somebody has to choose.

A program may do what it is asked to, once it is plain what that is. It may not say for a person
what they agreed to or did, nor take work or links out of a plan, nor pick one of several names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from planner.conflicts.context import Context
from planner.conflicts.findings import Finding
from planner.conflicts.trial import tables_of
from planner.conflicts.ways.fix import Fix
from planner.text.edits import Edit, Edits, Key, RemoveKey, SetKey, Tables, apply_to_data, touched

FACTS = frozenset(
    ("asked", "agreed", "declined", "accepted", "reviews", "decided", "actual_start",
     "actual_finish", "status_date", "standing_until", "supported_until", "capacity", "budget",
     "relates", "standing", "connects")
)  # fmt: skip
"""Keys that hold what somebody said, did or granted: the world has to change before they do."""


def undecided(finding: Finding, offers: Sequence[Fix], context: Context) -> str:
    """Why the first of these is not taken unless it is chosen; empty where it is plain."""
    if not offers:
        return "no edit can do it"
    best, tables = offers[0], tables_of(context)
    if not best.clears:
        return "none of them clears it"
    after = apply_to_data(best.edit, tables)
    places = touched(best.edit, tables)
    accepts = any(kind == "waivers" and id in after.get(kind, {}) for kind, id in places)
    if accepts or Counter(_facts(after, places)) - Counter(_facts(tables, places)):
        return "what somebody said or did has to be known, not assumed"
    if finding.code not in REPAIRS and _cut(context, tables, places) - _cut(context, after, places):
        return "it takes work, a link or what work touches out of the plan"
    others = [fix for fix in offers[1:] if fix.clears]
    same = _plain(best.edit) and any(_plain(fix.edit) == _plain(best.edit) for fix in others)
    picks = finding.code not in REPAIRS and _names(best.edit)
    return "several are as good" if same or (picks and any(_names(o.edit) for o in others)) else ""


def _facts(tables: Tables, places: set[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for kind, id in places:
        yield from _told(tables.get(kind, {}).get(id))


def _told(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            if key in FACTS:
                yield key, repr(item)
            else:
                yield from _told(item)
    elif isinstance(value, list):
        for item in value:
            yield from _told(item)


REPAIRS = frozenset(("READ01", "READ02", "PLAN02", "PLAN05"))
"""Rules about what was written wrongly: what a way out takes away there was never in the plan."""

TOUCHES = ("uses", "changes", "replaces", "processes", "activates", "outcomes")
"""Lists whose items are true of the work: leaving one out is a claim about it, no repair."""


NAMES = frozenset(("owner", "accountable", "responsible", "consulted", "informed", "outcomes"))
"""Keys that name who works on something, and what it is for: whom or what to name is a choice."""


def _cut(context: Context, tables: Tables, places: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """What would be cut: (initiative, open predecessor or what it touches), and (initiative, "")
    where it is open.
    """
    found = set()
    for kind, id in places:
        table = tables.get(kind, {}).get(id)
        if kind == "initiatives" and table is not None:
            if table.get("status") not in ("dropped", "done"):
                found.add((id, ""))
            found |= {(id, on) for on in _ons(table) if context.is_open(on)}
            found |= {(id, f"{key} {one}") for key in TOUCHES for one in _items(table.get(key))}
    return found


def _items(value: Any) -> list[Any]:
    """A list, of which a single item may stand alone; empty for what no list could hold."""
    if isinstance(value, str | Mapping):
        return [value]
    return value if isinstance(value, list) else []


def _ons(table: Mapping[str, Any]) -> Iterator[str]:
    for one in _items(table.get("needs")):
        on = one.get("on") if isinstance(one, Mapping) else one
        if isinstance(on, str):
            yield on.partition(" ")[0]


def _names(edit: Edit) -> bool:
    """Whether an edit names other people, teams or outcomes than were named."""
    return any(isinstance(one, SetKey | RemoveKey) and one.key[0] in NAMES for one in _parts(edit))


def _parts(edit: Edit) -> tuple[Edit, ...]:
    return edit.edits if isinstance(edit, Edits) else (edit,)


def _plain(edit: Edit) -> frozenset[tuple[str, str, Key]]:
    """Where an edit writes one value; nothing where it does something else, as in a list."""
    parts = _parts(edit)
    if not all(isinstance(one, SetKey) and not isinstance(one.value, list) for one in parts):
        return frozenset()
    return frozenset((one.kind, one.id, one.key) for one in parts if isinstance(one, SetKey))
