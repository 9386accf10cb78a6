"""JSON of `outcomes --json`: outcomes with KPIs, completion dates, cost and value per year.

Every key is always there; a missing value is `null`, never 0. Money is in the roadmap's currency,
`value` per year; dates are inclusive, margins are working days. A side is a portfolio, ``""`` none.
The views of the terminal interface show the same values.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from planner.roadmap.entities import Kind, Status

Class = Literal["market", "integration", "foundation", "other"]
"""Market-facing are features and campaigns; reviews and milestones are other work."""


class ContributionRow(Struct, frozen=True, kw_only=True):
    """One initiative behind an outcome; `cost` is this outcome's share of it, by side.

    `lands` is its last day; `last` says that the outcome lands with it.
    """

    id: str
    title: str
    side: str
    status: Status
    open: bool
    lands: date | None
    last: bool
    share: int
    """Among how many outcomes its cost is shared, equally."""
    cost: dict[str, float]
    scores: dict[str, int]


class OutcomeRow(Struct, frozen=True, kw_only=True):
    """One outcome. `progress` is how much of the way from baseline to target the last reading has
    gone: 1 is the target, below 0 is away from it. `lands` is when its last open work finishes, or
    when its last work did; `margin` the working days from then to `by`, and `calendar_margin` the
    calendar days, below 0 when it lands late: over a weekend `margin` is 0 then.
    `returns` is value of one year over cost; `payback` the months of value that the cost takes.
    `realised` is what of `value` the last reading shows: `value` times `progress`, from none to
    all of it. `answers` are what was decided about it, by date.
    `disagree` are the initiatives that the two sides score differently, the widest first.
    """

    id: str
    title: str
    kpi: str | None
    unit: str | None
    baseline: float | None
    readings: dict[date, float]
    target: float | None
    by: date | None
    progress: float | None
    reached: bool
    owner: str | None
    contributors: tuple[ContributionRow, ...]
    lands: date | None
    landed: bool
    margin: int | None
    calendar_margin: int | None
    cost: dict[str, float]
    total_cost: float
    value: float | None
    realised: float | None
    answers: dict[date, str]
    delay_per_day: float | None
    delay_per_week: float | None
    returns: float | None
    payback: float | None
    scores: dict[str, float]
    disagree: tuple[str, ...]


class MoneyRow(Struct, frozen=True, kw_only=True):
    """What one side pays: for open work and for what is done, against its budget."""

    side: str
    title: str
    budget: float | None
    spent: float
    open: float
    left: float | None


class QuarterRow(Struct, frozen=True, kw_only=True):
    """What one side pays in one quarter (``2027-Q2``; ``""`` for work without dates).

    An initiative's cost is spread evenly over its working days. `total` is all up to the end of the
    quarter, `left` the budget less that.
    """

    quarter: str
    side: str
    cost: float
    total: float
    left: float | None


class BalanceRow(Struct, frozen=True, kw_only=True):
    """One class of work on one side. Initiatives and days are the side's own work, cost is what the
    side pays for that class of work on whichever side it is done.
    """

    side: str
    work: Class
    initiatives: int
    days: int
    cost: float


class UnrelatedRow(Struct, frozen=True, kw_only=True):
    """Work that names no outcome; `enables` says that something after it, at any distance, does."""

    id: str
    title: str
    side: str
    kind: Kind
    cost: float
    enables: bool


class OutcomesShown(Struct, frozen=True, kw_only=True):
    """`outcomes --json`. `sides` are what portfolios are called; `formulas` says in words how each
    figure is computed.
    """

    schema: int
    title: str
    as_of: date
    currency: str | None
    sides: dict[str, str]
    formulas: dict[str, str]
    outcomes: tuple[OutcomeRow, ...]
    money: tuple[MoneyRow, ...]
    quarters: tuple[QuarterRow, ...]
    balance: tuple[BalanceRow, ...]
    no_outcome: tuple[UnrelatedRow, ...]
