"""Rename detection: removed and new tables that are one table under another id.

They are if they share most of their keys and values, and no other pair shares as many.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from planner.errors import EditRefused
from planner.roadmap.entities import KINDS, Tables
from planner.text.edits import RenameId, apply_to_data, same

ENOUGH = 0.6
"""The share of all keys on either side that has to be there on both with the same value."""

PAIRS = 10_000
"""Past so many pairs of tables that differ, nobody renamed: it is another roadmap."""

Kind = Mapping[str, Any]
"""The tables of one kind by their ids."""


def renamed_tables(before: Tables, after: Tables) -> dict[tuple[str, str], str]:
    """(kind, id before) → id afterwards, of whole roadmaps: of one of several files, a table that
    went to another file or came from there can seem to be a table with another id."""
    found: dict[tuple[str, str], str] = {}
    for kind in KINDS:
        old, new = before.get(kind, {}), after.get(kind, {})
        gone = {id: old[id] for id in old if id not in new and isinstance(old[id], Mapping)}
        came = {id: new[id] for id in new if id not in old and isinstance(new[id], Mapping)}
        if gone and came and len(gone) * len(came) <= PAIRS:
            found |= {(kind, was): now for was, now in renames(gone, came).items()}
    return found


def with_renames(tables: Tables, renamed: Mapping[tuple[str, str], str]) -> Tables:
    """The tables under the ids of afterwards, as far as those are free."""
    for (kind, old), new in renamed.items():
        with suppress(EditRefused):
            tables = apply_to_data(RenameId(kind, old, new, as_it_was=True), tables)
    return tables


def followed(
    renamed: Mapping[tuple[str, str], str], later: Mapping[tuple[str, str], str]
) -> dict[tuple[str, str], str]:
    """What was renamed, and then renamed again or for the first time: (kind, first id) → last."""
    found = dict(renamed)
    first = {(kind, new): (kind, old) for (kind, old), new in renamed.items()}
    for where, new in later.items():
        found[first.get(where, where)] = new
    return found


def renames(gone: Kind, new: Kind) -> dict[str, str]:
    """Old id → new id, among the tables of one kind that a side no longer has and newly has."""
    found = _word_for_word(gone, new)
    taken = set(found.values())
    gone = {id: table for id, table in gone.items() if id not in found}
    new = {id: table for id, table in new.items() if id not in taken}
    return found | _alike(gone, new) if len(gone) * len(new) <= PAIRS else found


def _word_for_word(gone: Kind, new: Kind) -> dict[str, str]:
    """Those that say the same, where no other one says it."""
    old, came = _by_content(gone), _by_content(new)
    return {
        ids[0]: came[said][0]
        for said, ids in old.items()
        if len(ids) == 1 and len(came.get(said, ())) == 1
    }


def _by_content(tables: Kind) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for id, table in tables.items():
        if table:
            found.setdefault(repr(sorted(table.items(), key=str)), []).append(id)
    return found


def _alike(gone: Kind, new: Kind) -> dict[str, str]:
    """Those that are alike enough, and more so than with any other."""
    likeness = [
        (share, old, id)
        for old, table in gone.items()
        for id, other in new.items()
        if (share := _likeness(table, other)) >= ENOUGH
    ]
    best_old = _best((old, share) for share, old, _ in likeness)
    best_new = _best((id, share) for share, _, id in likeness)
    return {
        old: id
        for share, old, id in likeness
        if best_old[old][0] == share and best_new[id][0] == share
        if share not in best_old[old][1:] and share not in best_new[id][1:]
    }


def _best(pairs: Iterable[tuple[str, float]]) -> dict[str, list[float]]:
    """For each name its shares, the largest first."""
    found: dict[str, list[float]] = {}
    for name, share in pairs:
        found.setdefault(name, []).append(share)
    return {name: sorted(shares, reverse=True) for name, shares in found.items()}


def _likeness(one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    keys = one.keys() | other.keys()
    alike = sum(key in one and key in other and same(one[key], other[key]) for key in keys)
    return alike / len(keys) if keys else 0.0
