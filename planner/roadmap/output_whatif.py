"""JSON of `what-if --json`: a plan with edits that are only tried, beside the plan without them.

`compare` is what `compare --json` says of the two, `now` and `what-if`. Days are inclusive, moves
are working days, later is positive. Every key is always there; what there is none of is `null`.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from planner.roadmap.entities import Severity
from planner.roadmap.output_compare import CompareShown

Became = Literal["cleared", "waived", "unchecked", "better", "worse", "regrouped", "new"]
"""What becomes of a conflict."""


class TriedRow(Struct, frozen=True, kw_only=True):
    """An edit: the first key that it changes and how, how many more it changes, the sides that have
    to agree to it, and the command that makes it.
    """

    key: str
    change: str
    more: int
    needs_agreement: tuple[str, ...]
    command: str | None


class TriedMove(Struct, frozen=True, kw_only=True):
    """An initiative whose finish moves. `within_float`: earlier, and nothing that drives a launch.

    `edits` are the numbers, from 1, of the edits that change it.
    """

    id: str
    title: str
    now: date | None
    what_if: date | None
    moves: int | None
    within_float: bool
    edits: tuple[int, ...]


class TriedConflict(Struct, frozen=True, kw_only=True):
    """What becomes of a conflict, by the rule and id of its first finding."""

    outcome: Became
    severity: Severity
    code: str
    id: str | None
    text: str


class TriedLoad(Struct, frozen=True, kw_only=True):
    """People that the team needs which gets worse, by week, without the edits and with them."""

    team: str
    title: str
    side: str
    there: float | None
    weeks: tuple[date, ...]
    now: tuple[float, ...]
    what_if: tuple[float, ...]


class WhatIfShown(Struct, frozen=True, kw_only=True):
    """`what-if --json`. `cost` is what the edits cost in delay, of all outcomes that land on
    another day, negative where they save; null where no outcome has a value. `unmoved` counts the
    initiatives whose finish stays.
    """

    schema: int
    edits: tuple[TriedRow, ...]
    compare: CompareShown
    cost: float | None
    conflicts: tuple[TriedConflict, ...]
    moved: tuple[TriedMove, ...]
    unmoved: int
    load: TriedLoad | None
