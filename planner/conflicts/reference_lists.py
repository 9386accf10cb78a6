"""A reference left out of the lists of an initiative, whichever way they are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from planner.conflicts.context import Context
from planner.conflicts.trial import tables_of
from planner.text.edits import Edit, RemoveKey, SetKey


def left_out(context: Context, id: str, named: str, keys: Iterable[str]) -> Iterator[Edit]:
    """The edits after which an initiative no longer names `named` under any of these keys."""
    written = tables_of(context)["initiatives"][id]
    for key in keys:
        value: Any = written.get(key, [])
        names = [value] if isinstance(value, str) else value
        kept = [one for one in names if one != named]
        if len(kept) < len(names):
            yield (
                SetKey("initiatives", id, (key,), kept)
                if kept
                else RemoveKey("initiatives", id, (key,))
            )
