"""JSON of `why --json`: what gives an initiative its dates.

Every key is always there; a missing value is `null`, never 0. Dates are inclusive; lags, slacks and
floats are working days.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from planner.roadmap.output import NeedRow, ReasonRow


class WhyStep(Struct, frozen=True, kw_only=True):
    """One step back: an initiative has its dates for `reason`; `skipped` are named days off."""

    id: str
    start: date
    finish: date
    reason: ReasonRow
    skipped: tuple[tuple[date, str], ...]


class WhyShown(Struct, frozen=True, kw_only=True):
    """`why --json`. Steps lead back to the first cause; `needs` are the links into the initiative,
    those with the least slack first. `why_not` says why it has no dates.
    """

    schema: int
    title: str
    as_of: date
    id: str
    start: date | None
    finish: date | None
    total_float: int | None
    critical: bool
    why_not: str | None
    steps: tuple[WhyStep, ...]
    needs: tuple[NeedRow, ...]
