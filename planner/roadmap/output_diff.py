"""JSON of `diff --json`: what differs between two moments, and why dates moved.

`then` is the plan of `base` at its own status date, `seen` the same text with the facts of now at
the status date of now, and `now` the plan of `revision`. Every key is always there.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec import Struct, field

from planner.roadmap.output_history import CauseRow, RevisionRow


class MovedRow(Struct, frozen=True, kw_only=True):
    """One date that moved by time or by edits: `key` is ``finish``, or ``start`` where only that
    moved. `moved` is always `time` (then to seen) plus `edits` (seen to now), in working days,
    later is positive; `calendar_days` is of the whole move. A missing date is `null`.

    `before`, `after` and `days` are `then`, `now` and `moved`; `because` has the words of `waited`
    and `causes`.
    """

    id: str
    key: str
    before: date | None
    after: date | None
    days: int | None
    calendar_days: int | None
    because: tuple[str, ...]
    then: date | None
    seen: date | None
    now: date | None
    moved: int | None
    time: int | None
    edits: int | None
    waited: tuple[str, ...]
    causes: tuple[CauseRow, ...]


class KeyRow(Struct, frozen=True, kw_only=True):
    """One key of a table with its value in both texts; `null` where it is not there."""

    key: tuple[str, ...]
    before: Any
    after: Any


class ChangeRow(Struct, frozen=True, kw_only=True):
    """One table that was `added`, `removed`, `renamed` (`was` is its former id) or `changed`."""

    kind: str
    id: str
    what: str
    was: str | None
    keys: tuple[KeyRow, ...]


class WasRow(Struct, frozen=True, kw_only=True):
    """A conflict as it was shown before."""

    fingerprint: str
    severity: str


class FindingChangeRow(Struct, frozen=True, kw_only=True):
    """What became of a conflict by the edits: both plans have the status date of now, so that the
    days that went by make nothing new.
    """

    outcome: str
    code: str
    rule: str
    severity: str
    on: tuple[str, ...]
    message: str
    fingerprint: str
    text: str
    was: tuple[WasRow, ...]


class DiffShown(Struct, frozen=True, kw_only=True):
    """`diff --json`. `from_` and `to` are the words for the revisions, `to` `null` for the files;
    `base` and `revision` are what they named, each with its status date.
    """

    schema: int
    from_: str = field(name="from")
    to: str | None
    as_of: date
    base: RevisionRow
    revision: RevisionRow
    moved: tuple[MovedRow, ...]
    changes: tuple[ChangeRow, ...]
    gained: tuple[FindingChangeRow, ...]
    lost: tuple[FindingChangeRow, ...]
    better: tuple[FindingChangeRow, ...]
    worse: tuple[FindingChangeRow, ...]
