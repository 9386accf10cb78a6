"""JSON of `why --json` and `reach --json`: what gives an initiative its dates, and what could.

Every key is always there; a missing value is `null`, never 0. Dates are inclusive; lags, slacks,
floats and what is won are working days.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from planner.roadmap.output import NeedRow, ReasonRow
from planner.roadmap.output_path import LateBy


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


class ReachOption(Struct, frozen=True, kw_only=True):
    """Options applied together: the days won, the finish then, and the command that writes them.

    `needs_agreement` are sides, teams and people; `command` is null where none can say it.
    """

    title: str
    assumes: str
    wins: int
    finish: date
    gives_up: bool
    needs_agreement: tuple[str, ...]
    command: str | None


class ReachShown(Struct, frozen=True, kw_only=True):
    """`reach --json`. `late` is null where no option is needed, `best` where no set reaches it.

    `earliest` gives nothing up; where the search did not come to its end (`ended`), it is the
    earliest found. `not_tried` counts options that were not tried.
    """

    schema: int
    title: str
    as_of: date
    id: str
    day: date
    finish: date
    late: LateBy | None
    best: ReachOption | None
    earliest: date
    earliest_dropping: date
    ended: bool
    not_tried: int
    options: tuple[ReachOption, ...]
