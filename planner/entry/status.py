"""Edit of a status, with the actual dates that it implies.

Actual dates decide, not the status: work has started when it has an actual start, and is finished
when it has an actual finish. So a status writes its date where none is recorded; a recorded date
stays. Where the status goes back, contradicts a recorded date, or comes with another date, `goes`
names what would be lost, and the user has to confirm that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, get_args

from msgspec import Struct

from planner.roadmap.entities import Status
from planner.text.edits import Edit, Edits, RemoveKey, SetKey

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

BEGUN = ("active", "paused", "done")
"""The statuses that are facts: work has begun, or is done."""


LADDER: tuple[Status, ...] = ("planned", "active", "done")
"""How work goes on; every other status is set by name."""


class Stated(Struct, frozen=True):
    """A status as it would be written: the edit (None where nothing changes), what is recorded and
    would go with it, and the day that stays though another could be meant.
    """

    edit: Edit | None
    goes: Mapping[str, Any]
    stays: Mapping[str, Any]


def state(
    before: Mapping[str, Any], id: str, status: Status, today: date, day: date | None = None
) -> Stated:
    """What setting `status` writes. `day` is the one that was given for the date that it states;
    without one it is the recorded day, else `today`.
    """
    key, contradicted = STATES[status]
    goes = {"status": before["status"]} if _goes_back(before.get("status"), status) else {}
    goes |= {each: before[each] for each in contradicted if each in before}
    stays: dict[str, Any] = {}
    if key in before:
        other = day is not None and day != before[key]
        (goes if other else stays)[key] = before[key]
    edits = tuple(_edits(before, id, status, day or today, goes))
    return Stated(Edits(edits, f"{id} is {status}") if edits else None, goes, stays)


def step(status: str, by: int) -> Status | None:
    """The status one step on (1) or back (-1); None where there is none."""
    at = LADDER.index(status) + by if status in LADDER else -1
    return LADDER[at] if 0 <= at < len(LADDER) else None


def _goes_back(before: Any, status: Status) -> bool:
    if before == "done":
        return status != "done"
    return before in BEGUN and status in ("proposed", "planned")


def _edits(
    before: Mapping[str, Any], id: str, status: Status, day: date, goes: Mapping[str, Any]
) -> Iterator[Edit]:
    key, contradicted = STATES[status]
    if before.get("status", "planned") != status:
        yield SetKey("initiatives", id, ("status",), status)
    if key and (key not in before or key in goes):
        yield SetKey("initiatives", id, (key,), day)
    for each in contradicted:
        if each in goes:
            yield RemoveKey("initiatives", id, (each,))


def named(recorded: Mapping[str, Any]) -> str:
    """``status done and actual_finish 2027-02-26``: what is recorded, as the file has it."""
    return " and ".join(f"{key} {value}" for key, value in recorded.items())
