"""What of the loads is on screen: the zoom, the marked period, those in view, and the order.

It knows columns and no widget: the view asks it what to draw, the keys move its mark.
"""

from __future__ import annotations

from collections.abc import Collection

from msgspec import Struct

from planner.analysis.capacity import KINDS, Capacities, Period, by_load, period_with
from planner.pages.capacity import Grid, grid_of, least_cell
from planner.plan.model import Plan
from planner.roadmap.output_capacity import CapacityShown, CellRow, PeriodKind, TeamRow

LEAD = 3
"""Columns before the name of a team: the mark of the cursor, and as far as names of sides."""


class Found(Struct, frozen=True):
    """The loads of a plan, and what is shown of them at one zoom."""

    of: Capacities
    shown: CapacityShown


def found_in(by: PeriodKind, known: Capacities | None, plan: Plan) -> Found:
    """The loads, and what is shown of them; of the same plan they are known."""
    of = known if known is not None and known.plan is plan else Capacities(plan)
    return Found(of, of.shown(by))


class CapacityMap:
    """The part of the map in view. `at` and `first` are numbers of periods: marked, and at left."""

    def __init__(self, found: Found, width: int) -> None:
        self.found = found
        self.width = width
        self.by: PeriodKind = found.shown.by
        self.at = self.first = 0
        self.heaviest_first = False
        self.flat = False
        """Whether all teams stand in one list, not by side."""
        self._cell: tuple[Found, tuple[str, int], CellRow] | None = None
        self._grid: tuple[CapacityShown, tuple[int, int], Grid] | None = None

    # --- what is shown ----------------------------------------------------------------------------

    @property
    def shown(self) -> CapacityShown:
        """What is shown at this zoom."""
        return self.found.shown

    @property
    def periods(self) -> tuple[Period, ...]:
        """All periods, first and last day of each."""
        return self.found.of.periods(self.by)

    @property
    def grid(self) -> Grid:
        """What stands where, in the columns that there are; each row asks for it."""
        known, asked = self._grid, (self.width, self.first)
        if known is None or known[0] is not self.shown or known[1] != asked:
            known = self.shown, asked, grid_of(self.shown, *asked, LEAD)
            self._grid = known
        return known[2]

    def take(self, found: Found) -> None:
        """Show another plan, or the same at another zoom: the mark stays on its day."""
        day = max(self.shown.periods[self.at], found.shown.as_of)
        self.found, self.by = found, found.shown.by
        self.mark(period_with(self.periods, day))

    def teams(self, matching: Collection[str] | None) -> list[TeamRow]:
        """The teams that matching work needs, in the order asked for."""
        only = None if matching is None else self.found.of.working(matching)
        teams = [row for row in self.shown.teams if only is None or row.id in only]
        if not any(row.most or row.capacity is not None for row in teams):
            return []
        return by_load(teams) if self.heaviest_first else teams

    def cell(self, team: str) -> CellRow:
        """The marked period of a team, with what runs then."""
        known, asked = self._cell, (team, self.at)
        if known is None or known[0] is not self.found or known[1] != asked:
            known = self.found, asked, self.found.of.cell(team, self.periods[self.at])
            self._cell = known
        return known[2]

    # --- the mark ---------------------------------------------------------------------------------

    def mark(self, at: int) -> None:
        """Mark a period; one out of view comes into the middle."""
        self.at = at
        grid = self.grid
        if at not in grid.shown:
            self.first = at - grid.count // 2
        self.first = self.grid.first

    def period_at(self, column: int) -> int | None:
        """The number of the period in a column of the map."""
        number, grid = (column - self.grid.left) // self.grid.cell, self.grid
        return grid.shown[number] if 0 <= number < grid.count else None

    def mark_worst(self, row: TeamRow) -> None:
        """Mark the heaviest period of a team."""
        if row.most is not None:
            self.mark(self.shown.periods.index(row.most.period))

    def worked_at(self, team: str, work: str) -> int | None:
        """In which period a team first works on something; None where it never does."""
        since, parts = self.shown.as_of, self.found.of.loads[team].work
        begins = (max(one.first, since) for one in parts if one.id == work and one.last >= since)
        first = next(begins, None)
        return None if first is None else period_with(self.periods, first)

    def is_from_a_day(self, row: TeamRow) -> bool:
        """Whether how many people there are in the marked period is written for a day."""
        return any(day <= self.periods[self.at][1] for day in row.capacity_from)

    def fitting(self) -> PeriodKind:
        """The finest zoom at which all periods are in view."""
        of, grid = self.found.of, self.grid
        room = self.width - grid.left - grid.most
        fits = (by for by in KINDS if len(of.periods(by)) * least_cell(self.shown, by) <= room)
        return next(fits, KINDS[-1])
