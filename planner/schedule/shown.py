"""Inclusive dates for display, from day boundaries."""

from __future__ import annotations

from datetime import date

from planner.schedule.boundaries import DayBoundaries
from planner.schedule.milestones import late_milestone_day


class ShownDays:
    """First and last day of each node that has dates (see planner.network.graph for nodes)."""

    def __init__(self, boundaries: DayBoundaries) -> None:
        self._boundaries = boundaries
        self._work = boundaries.work

    def first_day(self, node: int) -> int:
        """The ordinal of the first day; for a milestone of its one day."""
        if self._work.length[node] == 0:
            return self.last_day(node)
        return self._boundaries.ends[2 * node]

    def last_day(self, node: int) -> int:
        """The ordinal of the last day."""
        shown = self._boundaries.shown.get(node)
        if shown is not None:
            return shown[1]
        boundary, work = self._boundaries.ends[2 * node + 1], self._work
        if node in work.ended and work.network.initiatives[node].actual_finish is None:
            return self._assumed_finish(node, boundary)
        return boundary - 1

    def _assumed_finish(self, node: int, boundary: int) -> int:
        """Work done as the status date opened: the working day before, unless it started later."""
        calendar = self._work.calendars.all[self._work.calendar[node]]
        last = calendar.last_working(date.fromordinal(boundary - 1))
        return max(last.toordinal(), self._boundaries.ends[2 * node])

    def start(self, node: int) -> date:
        """The first day."""
        return date.fromordinal(self.first_day(node))

    def finish(self, node: int) -> date:
        """The last day."""
        return date.fromordinal(self.last_day(node))

    def both(self, node: int) -> tuple[date, date]:
        """First and last day."""
        return self.start(node), self.finish(node)

    def late(self, node: int) -> tuple[date, date]:
        """Late start and late finish of unfinished work; of what remains once it has started."""
        at, length = self._boundaries, self._work.left[node]
        if not length:
            day = date.fromordinal(late_milestone_day(at, node))
            return day, day
        days, number = at.tables[self._work.calendar[node]].days, at.late[node]
        return date.fromordinal(days[number - length]), date.fromordinal(days[number - 1])

    def remaining_start(self, node: int) -> date | None:
        """The day on which started work goes on; None where none has started or is left."""
        if node not in self._work.begun or not self._work.left[node]:
            return None
        table = self._boundaries.tables[self._work.calendar[node]]
        return date.fromordinal(table.days[self._boundaries.number[node]])

    def took(self, node: int) -> int:
        """Working days from start to finish of finished work; 0 for a milestone."""
        if not self._work.length[node]:
            return 0
        calendar = self._work.calendars.all[self._work.calendar[node]]
        start, finish = self._boundaries.ends[2 * node : 2 * node + 2]
        return max(0, calendar.number(finish) - calendar.number(start))
