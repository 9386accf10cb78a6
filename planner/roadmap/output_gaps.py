"""JSON of `gaps --json`: overlaps of both sides, work on one side only, and work without an owner.

Every key is always there. A side is a portfolio, ``""`` none; lists of work are open initiatives in
file order. The views of the terminal interface show the same values.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

Subject = Literal["capability", "system", "outcome", "journey", "skill"]
Standing = Literal["unowned", "across", "both", "one_side", "no_work"]


class OverlapRow(Struct, frozen=True, kw_only=True):
    """One capability, system, outcome, journey stage or skill.

    `work` is the open work on it by side; of a skill, the work that asks for it. `owners` are who
    answers for it by side: teams; of a skill, the people who have it. `agreed` are the working
    agreements that cover it. `standing` says how the sides stand, `question` what to bring to the
    other side; null where there is nothing to ask. `asked_by` are the sides whose lead brings it.
    """

    subject: Subject
    id: str
    title: str
    work: dict[str, tuple[str, ...]]
    owners: dict[str, tuple[str, ...]]
    agreed: tuple[str, ...]
    standing: Standing
    question: str | None
    asked_by: tuple[str, ...]


class BridgeRow(Struct, frozen=True, kw_only=True):
    """A person who works on both sides: marked `bridges`, or responsible for open work on both."""

    id: str
    name: str
    role: str | None
    side: str
    marked: bool
    work: dict[str, tuple[str, ...]]


class GapsShown(Struct, frozen=True, kw_only=True):
    """`gaps --json`. Rows come by subject; within one, what has to be asked first.
    `sides` are what portfolios are called.
    """

    schema: int
    title: str
    as_of: date
    sides: dict[str, str]
    rows: tuple[OverlapRow, ...]
    bridges: tuple[BridgeRow, ...]
