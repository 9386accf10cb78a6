"""JSON of `reach --budget --json`: sets of work that bring sides under a budget if dropped.

Every key is always there. Amounts are in the roadmap's currency, values are per year; dates are
inclusive, moves are working days.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class BudgetSide(Struct, frozen=True, kw_only=True):
    """What a side plans to spend, done and open work together, and what it may."""

    side: str
    planned: float
    budget: float
    over: float


class BudgetLaunch(Struct, frozen=True, kw_only=True):
    """A launch that is another day with a set; `after` is null where it has no dates then."""

    id: str
    before: date
    after: date | None
    days: int | None


class BudgetSet(Struct, frozen=True, kw_only=True):
    """Initiatives to drop together, and what is then planned by side.

    `value_lost` is the yearly value of the `outcomes` that the work contributes to, itself or
    through open work that waits for it. `kind` says how the set differs from the others.
    """

    kind: str
    drops: tuple[str, ...]
    saves: float
    planned: dict[str, float]
    value_lost: float
    outcomes: tuple[str, ...]
    launches: tuple[BudgetLaunch, ...]
    needs_agreement: tuple[str, ...]
    clears: int
    new: int
    command: str | None


class BudgetShown(Struct, frozen=True, kw_only=True):
    """`reach --budget --json`. `least` says whether the first set is known to lose the least value;
    `sets` is empty where nothing is over, or nothing that is not started saves enough.

    `open` is what could be saved by side: the cost of work that has not started.
    """

    schema: int
    title: str
    as_of: date
    currency: str | None
    sides: tuple[BudgetSide, ...]
    open: dict[str, float]
    sets: tuple[BudgetSet, ...]
    least: bool
