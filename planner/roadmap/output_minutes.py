"""JSON of `minutes --json`: what was agreed, decided and promised since a day, by whom.

Every key is always there; a missing value is `null`. Nothing is typed for it: it is what the file
says now and did not say before.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

MinuteAct = Literal[
    "agreed", "countered", "declined", "asked", "promised", "accepted", "not accepted", "decided",
    "waived", "assigned", "action", "done", "reviewed", "measured", "announced", "closed",
]  # fmt: skip
"""What was said, in the order of the minutes."""


class SaidRow(Struct, frozen=True, kw_only=True):
    """Who said something: a person, a team or a side, as the record names it; `id` is null where it
    is a name without a table.
    """

    id: str | None
    name: str
    side: str | None


class MinuteRow(Struct, frozen=True, kw_only=True):
    """One line: `kind` and `id` are the table it is about, `other` the supplier of a handover, who
    reviewed, the side that agreed, or the day of a measurement. `text` is what was said, `reason`
    why, `day` when. `said` is who said it, null where the record does not tell; `typed` is the
    author of the `commit` that has it, of what is not committed whoever git commits as.
    """

    act: MinuteAct
    kind: str
    id: str
    other: str = ""
    subject: str
    text: str = ""
    reason: str = ""
    day: date | None = None
    said: SaidRow | None = None
    typed: str | None = None
    commit: str | None = None


class MinutesShown(Struct, frozen=True, kw_only=True):
    """`minutes --json`. `since` is the first day that is looked at, and `base` the commit before it
    (null: there is no history, and `unknown` says what the dates in the file can't tell). `held`
    is when the meeting was closed, and `attends` are those who come to it, there or not.
    """

    schema: int
    title: str
    as_of: date
    meeting: str | None
    meeting_title: str | None
    held: date | None
    attends: tuple[str, ...]
    since: date
    base: str | None
    unknown: str | None
    rows: tuple[MinuteRow, ...]
