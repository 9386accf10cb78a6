"""JSON of `ready --json`: what can start now, and what can as soon as one thing is there.

Every key is always there. Dates are inclusive, floats are working days. Rows come in order of what
they drive: critical ones first, then the least float, then the highest cost of delay.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from planner.roadmap.entities import Severity


class AgainstRow(Struct, frozen=True, kw_only=True):
    """A conflict that speaks against starting now."""

    code: str
    severity: Severity
    message: str


class MissingRow(Struct, frozen=True, kw_only=True):
    """The one thing that an initiative waits for.

    `kind` is `initiative` or `decision` with its `id`, `date` with the key that holds it, or
    `start`, the roadmap's. `side` and `who` bring it; `handover` is how far it is agreed, where it
    crosses from side to side. `day` is when it is there by the plan; null where nothing says.
    """

    kind: Literal["initiative", "decision", "date", "start"]
    id: str
    title: str
    side: str | None
    who: str | None
    day: date | None
    handover: str | None


class ReadyRow(Struct, frozen=True, kw_only=True):
    """An initiative that is planned and has not started.

    `start` and `finish` are the plan's. `launch` is the launch that waits for it: the main one, or
    the first. `cost_of_delay` is what the outcomes cost that are late and wait for it. `against`
    says why it should not start although it can. `missing` is null where it can start.
    """

    id: str
    title: str
    portfolio: str | None
    owner: str | None
    start: date
    finish: date
    total_float: int | None
    critical: bool
    near_critical: bool
    launch: str | None
    cost_of_delay: float
    against: tuple[AgainstRow, ...]
    missing: MissingRow | None


class ReadyShown(Struct, frozen=True, kw_only=True):
    """`ready --json`. `ready` can start at `as_of`, `almost` waits for one thing each; `waiting` is
    the number of those that wait for more.
    """

    schema: int
    title: str
    as_of: date
    ready: tuple[ReadyRow, ...]
    almost: tuple[ReadyRow, ...]
    waiting: int
