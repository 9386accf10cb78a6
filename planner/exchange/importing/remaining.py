"""What is left of work that a file calls active and gives an end, but no progress.

Without it the whole length would begin again on the status date, and the first thing said of a
sheet would be a date that nothing but this has moved. So what is left reaches to the end that the
file gives. A later import of the same row keeps it, as the roadmap's own progress goes on from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import structs

from planner.analysis.importing import Incoming, SheetDates
from planner.exchange.importing.days import working_days
from planner.roadmap.entities import Tables

NOTE = "What is left of active work without progress is counted to its end in the file."
_PROGRESS = frozenset(("percent_complete", "remaining", "actual_finish"))


def with_remaining(incoming: Incoming, was: Tables, mine: Tables, as_of: date) -> Incoming:
    """The same with `remaining` for such work; `was` is what the file said last time, `mine` what
    the roadmap says, whose own progress counts.
    """
    initiatives = dict(incoming.tables.get("initiatives", {}))
    counted = False
    for said in incoming.dates:
        one, last = initiatives.get(said.id, {}), _table(was, said.id)
        if not _is_asked(one, said, as_of):
            continue
        left = last.get("remaining") if _same(one, last) else None
        if left is None and _table(mine, said.id).keys() & _PROGRESS - last.keys():
            continue
        days = working_days(as_of, said.finish or as_of)
        initiatives[said.id] = {**one, "remaining": left or f"{days}d"}
        counted = True
    if not counted:
        return incoming
    tables = {**incoming.tables, "initiatives": initiatives}
    return structs.replace(incoming, tables=tables, notes=(*incoming.notes, NOTE))


def _table(tables: Tables, id: str) -> Mapping[str, Any]:
    found = tables.get("initiatives", {}).get(id)
    return found if isinstance(found, Mapping) else {}


def _is_asked(one: Mapping[str, Any], said: SheetDates, as_of: date) -> bool:
    """Whether work runs to a day that the file gives as its end, and gives no progress."""
    if one.get("status") != "active" or "actual_start" not in one or one.keys() & _PROGRESS:
        return False
    return said.finish is not None and said.finish > as_of and one.get("deadline") != said.finish


def _same(one: Mapping[str, Any], last: Mapping[str, Any]) -> bool:
    """Whether the file gives the same span as last time."""
    return all(one.get(key) == last.get(key) for key in ("actual_start", "estimate"))
