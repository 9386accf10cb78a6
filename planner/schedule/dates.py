"""Dates, floats and slack of one initiative or link, as values of a schedule.

Days are inclusive. Durations, lags, floats and slacks are working days: lags on the roadmap's
calendar, floats and durations on the initiative's own, slacks on the successor's.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from planner.roadmap.quantities import LinkType, Need

AS_LATE = "as_late_as_possible"

ReasonKind = Literal["actual", "link", "date", "status_date", "start"]


class Reason(Struct, frozen=True, kw_only=True, gc=False):
    """Which rule gave a date: the first that holds of the kinds, in their order.

    ``actual``: it happened on `day` (`key` says which date was written). ``link``: it waits for
    `on` through a link of `type` with `lag` working days; of several, for the one that starts last.
    ``date``: the set date `key` holds it, at `day`; `as_late_as_possible` has no day, but an `on`
    that it was moved up to, where its own dates and the roadmap's finish did not hold it sooner.
    ``status_date``: unfinished work is not scheduled before `day`. ``start``: nothing starts before
    the roadmap does.
    """

    kind: ReasonKind
    on: str | None = None
    type: LinkType | None = None
    lag: int | None = None
    key: str | None = None
    day: date | None = None

    @property
    def as_late(self) -> str | None:
        """``as late as possible before launch``; None where something else is the reason."""
        if self.key != AS_LATE:
            return None
        words = AS_LATE.replace("_", " ")
        return f"{words} before {self.on}" if self.on else words


class Dates(Struct, frozen=True, kw_only=True, gc=False):
    """One scheduled initiative.

    `duration` is the estimate in days; for finished work the working days it took. A milestone has
    its start and finish on one day. Late dates and floats are None for finished work. For started
    work the late dates are those of its `remaining` days, which begin on `remaining_start`.
    `driven_by` are the predecessors of driving links, the latest-starting first. `assumed` says
    what the file does not: ``estimate``, ``start`` or ``finish``. An `idea` is only proposed.

    `driven_by` is from before anything was moved as late as possible; the days and the floats are
    from after that.
    """

    id: str
    start: date
    finish: date
    late_start: date | None
    late_finish: date | None
    duration: int
    total_float: int | None
    free_float: int | None
    critical: bool
    near_critical: bool
    driven_by: tuple[str, ...]
    reason: Reason
    assumed: tuple[str, ...]
    started: bool
    finished: bool
    idea: bool
    remaining: int
    remaining_start: date | None


class LinkDates(Struct, frozen=True, kw_only=True, gc=False):
    """One link of `succ` onto `on`. `slack` is None where it binds nothing (finished, dropped).

    `driving` says whether it left no slack before anything was moved as late as possible.
    """

    on: str
    succ: str
    type: LinkType
    lag: int
    slack: int | None
    driving: bool
    need: Need
