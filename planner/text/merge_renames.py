"""Which of one side's removed and added tables are one table under another id.

They are if they share most of their keys and values, and no other pair is as good; anything less
sure is no rename, and a table that one side removed and the other changed is asked about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from planner.text.edits import same

ENOUGH = 0.6
"""The share of all keys on either side that has to be there on both with the same value."""

Tables = Mapping[str, Mapping[str, Any]]


def renames(gone: Tables, new: Tables) -> dict[str, str]:
    """Old id → new id, among the tables of one kind that a side no longer has and newly has."""
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
