"""Which of one side's removed and added tables are one table under another id.

They are if they share most of their keys and values, and no other pair is as good; anything less
sure is no rename, and a table that one side removed and the other changed is asked about.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.text.edits import same

ENOUGH = 0.6
"""The share of all keys on either side that has to be there on both with the same value."""

Tables = Mapping[str, Mapping[str, Any]]


def renames(gone: Tables, new: Tables) -> dict[str, str]:
    """Old id → new id, among the tables of one kind that a side no longer has and newly has."""
    likeness = {
        (old, id): _likeness(table, other)
        for old, table in gone.items()
        for id, other in new.items()
    }
    found = {}
    for (old, id), share in likeness.items():
        rivals = [s for (a, b), s in likeness.items() if (a == old) != (b == id)]
        if share >= ENOUGH and all(rival < share for rival in rivals):
            found[old] = id
    return found


def _likeness(one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    keys = one.keys() | other.keys()
    alike = sum(key in one and key in other and same(one[key], other[key]) for key in keys)
    return alike / len(keys) if keys else 0.0
