"""What setting a status writes: the status, and the actual dates that it states.

Facts decide, a status does not: work has started when it has an actual start, and is finished when
it has an actual finish. So a status writes its date, and takes back the dates it contradicts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import get_args

from planner.roadmap.entities import Status
from planner.text.edits import Edit, RemoveKey, SetKey

STATUSES: tuple[Status, ...] = get_args(Status)

STATES: Mapping[Status, tuple[str, tuple[str, ...]]] = {
    "active": ("actual_start", ("actual_finish",)),
    "paused": ("actual_start", ("actual_finish",)),
    "done": ("actual_finish", ()),
    "proposed": ("", ("actual_start", "actual_finish")),
    "planned": ("", ("actual_start", "actual_finish")),
    "dropped": ("", ()),
}
"""Which actual date a status states, and which it contradicts."""


def status_edits(
    before: Mapping[str, object], id: str, status: Status, day: date | None
) -> Iterator[Edit]:
    """The keys that a status sets and takes back; `day` is the date it states."""
    stated, contradicted = STATES[status]
    if before.get("status", "planned") != status:
        yield SetKey("initiatives", id, ("status",), status)
    if stated and day is not None and before.get(stated) != day:
        yield SetKey("initiatives", id, (stated,), day)
    for key in contradicted:
        if key in before:
            yield RemoveKey("initiatives", id, (key,))
