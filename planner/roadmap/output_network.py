"""JSON of `network --json`: the dependency graph around one initiative, and what hangs on it.

Every key is always there; a missing value is `null`, never 0. Dates are inclusive, floats and
slacks are working days. Dropped work is not in the graph. The network view shows the same values.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from planner.roadmap.entities import Status

HandoverState = Literal[
    "not asked", "asked", "countered", "declined", "promised", "agreed", "delivered"
]
"""How far a handover is agreed; delivered once its predecessor has finished."""


class NodeRow(Struct, frozen=True, kw_only=True):
    """An initiative of the part that is shown.

    `column` is 0 for the one in the middle, below 0 before it, above 0 after it: the longest way to
    it along what is shown. `before` and `after` count its neighbours that are not shown.
    """

    id: str
    title: str
    side: str | None
    status: Status
    finish: date | None
    total_float: int | None
    critical: bool
    launch: bool
    column: int
    before: int
    after: int


class LinkRow(Struct, frozen=True, kw_only=True):
    """All links of a pair as one: `succ` waits for `on`.

    `ties` are the types and lags that are no plain finish to start (``SS+5d``). A `critical` link
    drives one critical initiative from another; a `redundant` one drives nothing and says nothing
    that other links don't say (PLAN05). `state` is null where it is no handover.
    """

    on: str
    succ: str
    ties: tuple[str, ...]
    slack: int | None
    driving: bool
    critical: bool
    redundant: bool
    state: HandoverState | None


class BottleneckRow(Struct, frozen=True, kw_only=True):
    """`waiting` of the `among` other open initiatives before a launch wait for this one."""

    launch: str
    waiting: int
    among: int


class HangingRow(Struct, frozen=True, kw_only=True):
    """What waits for an initiative at any distance, and how many it waits for itself (`before`).

    `handovers` are (supplier, successor) from this initiative or from one that waits for it;
    `not_agreed` counts those of them that are neither agreed nor delivered. `delay_cost` is the
    cost of delay if it finishes one working day later; null where no outcome has a value or it
    can't slip.
    """

    before: int
    initiatives: tuple[str, ...]
    launches: tuple[str, ...]
    handovers: tuple[tuple[str, str], ...]
    not_agreed: int
    bottlenecks: tuple[BottleneckRow, ...]
    delay_cost: float | None


class NetworkShown(Struct, frozen=True, kw_only=True):
    """`network --json`: what is within `before` links before and `after` links after `center`.

    `total` counts all initiatives that are not dropped. Nodes come by column, the most
    important first; links by successor.
    """

    schema: int
    title: str
    as_of: date
    center: str
    before: int
    after: int
    total: int
    nodes: tuple[NodeRow, ...]
    links: tuple[LinkRow, ...]
    hanging: HangingRow
