"""JSON of `show --by-status --json`: the initiatives as cards, in the order of the board.

Every key is always there. Dates are inclusive, floats are working days.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from planner.roadmap.entities import Severity, Status


class StatusCard(Struct, frozen=True, kw_only=True):
    """An initiative in one lane; one that stands in several has a card in each.

    `column` is the status, but what is planned is `soon` where it starts until `until`, and else
    `later`. `severity` is that of its worst conflict, null without one.
    """

    id: str
    title: str
    lane: str
    side: str | None
    status: Status
    column: str
    start: date | None
    finish: date | None
    total_float: int | None
    critical: bool
    severity: Severity | None


class TooMuchRow(Struct, frozen=True, kw_only=True):
    """A team with more initiatives in progress than `[checks] wip` allows."""

    team: str
    title: str
    active: int
    limit: int


class StatusesShown(Struct, frozen=True, kw_only=True):
    """`show --by-status --json`: `group_by` is what the lanes are made by, `columns` counts the
    initiatives in each.
    """

    schema: int
    title: str
    as_of: date
    until: date
    group_by: str
    columns: Mapping[str, int]
    cards: tuple[StatusCard, ...]
    too_much: tuple[TooMuchRow, ...]
