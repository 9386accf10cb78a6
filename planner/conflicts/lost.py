"""What an edit takes away that findings are made of: people, what was measured, the checks.

A finding that is gone because the person it is about left the file, because a reading, a cost or an
estimate was taken out, or because its rule was switched off, is not solved. `restoring` puts all
that back, so that whoever compares two plans can ask whether something would be better with it too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from planner.roadmap.entities import Tables
from planner.roadmap.fields import keys_naming
from planner.text.edits import AddTable, Edit, Edits, RemoveTable, SetKey, Table

PARTIES = ("teams", "people")
RECORDS = {
    "outcomes": ("readings",),
    "initiatives": ("reviews", "value"),
    "systems": ("reviews",),
}
"""Keys in which each entry is a record of its own."""
LEFT = ("remaining", "percent_complete")
"""How far work is: one of them says it."""
PROGRESS = ("actual_start", "actual_finish", *LEFT)
"""What was done: it belongs to the status, and where that is another the work is in another state.
"""
FACTS = {
    "portfolios": ("budget",),
    "teams": ("capacity", "capacity_from", "portfolio"),
    "people": ("skills", "until"),
    "systems": ("standing", "standing_until", "supported_until"),
    "data": ("classification",),
    "outcomes": ("kpi", "baseline", "target", "by", "source"),
    "initiatives": ("estimate", "cost", *PROGRESS),
}
"""Keys that say what there is, beside those that name a team or a person."""
CORRECTED = frozenset(("READ01", "READ02", "PLAN02", "DATE04", "DATE05"))
"""Rules that ask to take out what is written wrongly: to do so is no loss."""


def restoring(before: Tables, after: Tables) -> Edit | None:
    """The edit on `after` that puts back what `before` has of it; None where nothing is lost.

    Both have the same ids. A role that others fill now is no loss, and neither is another value.
    """
    edits = (*_checks(before, after), *_facts(before, after))
    return Edits(edits) if edits else None


def _checks(before: Tables, after: Tables) -> Iterator[Edit]:
    was, now = (tables.get("checks", {}).get("") for tables in (before, after))
    if was != now:
        if now is not None:
            yield RemoveTable("checks", "")
        if was is not None:
            yield AddTable("checks", "", dict(was))


def _facts(before: Tables, after: Tables) -> Iterator[Edit]:
    gone = {id for kind in PARTIES for id in before.get(kind, {}) if id not in after.get(kind, {})}
    for kind, id, was, now in _changed(before, after):
        if now is not None:
            for key in _keys(kind, was, now):
                value = _with_what_was_lost(kind, key, was.get(key), now.get(key), gone)
                if value is not None:
                    yield SetKey(kind, id, (key,), value)
        elif kind in (*PARTIES, "portfolios") or (kind == "outcomes" and was.get("readings")):
            yield AddTable(kind, id, dict(was), as_it_was=True)


def _changed(before: Tables, after: Tables) -> Iterator[tuple[str, str, Table, Table | None]]:
    for kind, tables in before.items():
        there = after.get(kind, {})
        for id, was in tables.items() if there is not tables else ():
            now = there.get(id)
            if now is not was and isinstance(was, Mapping) and isinstance(now, Mapping | None):
                yield kind, id, was, now


def _keys(kind: str, was: Table, now: Table) -> list[str]:
    """The keys that may have lost something; not how far work is, where it says that otherwise."""
    parties = (key for party in PARTIES for key in keys_naming(kind, party))
    keys = dict.fromkeys((*parties, *RECORDS.get(kind, ()), *FACTS.get(kind, ())))
    said = PROGRESS if was.get("status") != now.get("status") else ()
    if any(key in now for key in LEFT):
        said = (*said, *LEFT)
    return [key for key in keys if kind != "initiatives" or key not in said]


def _with_what_was_lost(kind: str, key: str, was: Any, now: Any, gone: set[str]) -> Any:
    """The value as it has to be again; None where nothing is missing."""
    if was in (None, "", [], {}):
        return None
    if now in (None, "", [], {}):
        return was
    if isinstance(was, Mapping) and isinstance(now, Mapping):
        each = key in RECORDS.get(kind, ()) or (key == "cost" and now.items() <= was.items())
        lost = {name: was[name] for name in was if name not in now and (each or name in gone)}
        return {**now, **lost} if lost else None
    lost_parties = gone.intersection(_items(was)) - set(_items(now))
    return was if lost_parties else None


def _items(value: Any) -> list[str]:
    items = value if isinstance(value, list) else [value]
    return [each for each in items if isinstance(each, str)]
