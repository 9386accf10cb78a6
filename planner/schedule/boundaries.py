"""Day boundaries of every start and finish, and what links require between them.

Filled in by planner.schedule.passes; the methods hold for early and for moved boundaries alike.
"""

from __future__ import annotations

from collections.abc import Iterable

from planner.calendars.working import REACH, Table
from planner.network.graph import FINISHED, OPEN, Network
from planner.schedule.work import Work

NEVER = 1 << 40
"""A day boundary after every other, for what is not bound or can't be reached."""

IncomingLink = tuple[int, int, int]
"""A link into a node: source end, lag in working days, and its start (0) or finish (1)."""

Shown = tuple[bool, int]
"""Display date without length: whether it is the day that closes, and the day's ordinal."""


class OutOfSpanError(Exception):
    """A date lies outside the span of the calendar tables: before, or after."""

    def __init__(self, *, earlier: bool) -> None:
        super().__init__()
        self.earlier = earlier


class DayBoundaries:
    """Day boundaries by node number and end (see planner.network.graph).

    `ends` has the boundary of each start and finish; started work has its actual start. `number` is
    the number, in the initiative's calendar, at which its remaining work starts, `late` the number
    of its late finish and `latest` the last boundary at which it may finish. `live` are the nodes
    that are scheduled and not finished, in topological order; `beyond` those that would finish
    after the format's last day, with all that depends on them. `shown` has the days of what has no
    length left, and of milestones that have been reached.

    `moved` are the nodes that were moved as late as possible, and `early` the boundaries before any
    was. Driving links, and the links that set a milestone, are read from `early`: what is moved up
    to its successor does not drive it.
    """

    def __init__(self, work: Work, first: int, last: int) -> None:
        network = work.network
        count = len(network.ids)
        self.work = work
        self.network: Network = network
        self.tables: list[Table] = work.calendars.tables(first, last)
        self.lag_table = self.tables[work.calendars.all.index(work.calendars.roadmap)]
        self.first, self.last = self.tables[0].first, self.tables[0].last
        self.ends = [0] * (2 * count)
        self.number = [0] * count
        self.late = [0] * count
        self.latest = [0] * count
        self.live = _live(network)
        self.beyond: set[int] = set()
        self.moved: set[int] = set()
        self.unmoved: DayBoundaries | None = None
        self.shown: dict[int, Shown] = {}
        self.finish = 0
        self._one_calendar = work.one_calendar()

    @property
    def early(self) -> DayBoundaries:
        """The boundaries before any was moved. None of them holds itself: with garbage collection
        off, hundreds of schedules of a record would all stay in memory.
        """
        return self.unmoved or self

    # --- lags -------------------------------------------------------------------------------------

    def before_lag(self, boundary: int, lag: int) -> int:
        """The last boundary from which a lag leads to this one at the latest."""
        number = self.lag_table.before[boundary - self.first] - lag
        openings = self.lag_table.openings
        if number < 0:
            self.look_back()
            number = 0
        return openings[number] if number < len(openings) else NEVER

    def look_back(self) -> None:
        """Something lies before the span: work out more of the past, as far as there is any."""
        if self.first > REACH[0]:
            raise OutOfSpanError(earlier=True)

    def last_finish(self, node: int) -> int:
        """The last boundary at which a node may finish, its own links and dates aside."""
        return max(self.finish, self.ends[2 * node + 1]) if node in self.work.ideas else self.finish

    # --- floats -----------------------------------------------------------------------------------

    def total_float(self, node: int) -> int:
        """Own working days by which unfinished work can slip before the finish or a date moves."""
        return self.late[node] - self.number[node] - self.work.left[node]

    def free_float(self, node: int) -> int:
        """Own working days by which a node can slip before an unfinished successor moves.

        Without such a successor, before the roadmap's finish moves.
        """
        if self.work.left[node]:
            return self.last_number(node) - self.number[node]
        before = self.tables[self.work.calendar[node]].before
        return before[self.last_boundary(node) - self.first] - self.number[node]

    def last_number(self, node: int) -> int:
        """The last number at which work can start without moving a successor (free float)."""
        start, finish = self._held(node)
        if finish == NEVER and start == NEVER:
            finish = self.last_finish(node)
        before = self.tables[self.work.calendar[node]].before
        found = []
        if finish != NEVER:
            found.append(before[finish - self.first] - self.work.left[node])
        if start != NEVER:
            found.append(before[min(start, self.last - 1) + 1 - self.first] - 1)
        return min(found)

    def last_boundary(self, node: int) -> int:
        """The last boundary of a node without length that moves no successor."""
        start, finish = self._held(node)
        return self.last_finish(node) if finish == NEVER and start == NEVER else min(start, finish)

    def _held(self, node: int) -> tuple[int, int]:
        """The last start and finish at which no link from them moves an unfinished successor."""
        out_of = self.network.out_of
        starts = () if node in self.work.begun else out_of[2 * node]
        return self._held_by(starts), self._held_by(out_of[2 * node + 1])

    def _held_by(self, links: Iterable[tuple[int, int]]) -> int:
        found = NEVER
        for target, lag in links:
            if self.ends[target | 1]:  # what has no dates holds nothing
                boundary = self._kept(target)
                if lag:
                    boundary = self.before_lag(boundary, lag)
                if boundary < found:
                    found = boundary
        return found

    def _kept(self, target: int) -> int:
        """The last boundary that a link can require of an end without moving it.

        On one calendar a milestone has not moved while its number is the same. Where calendars
        differ its boundary counts, because its successors may work on the days between.
        """
        node = target >> 1
        length = self.work.left[node]
        if not length and not self._one_calendar:
            return self.ends[2 * node + 1]
        table = self.tables[self.work.calendar[node]]
        return table.openings[self.number[node] + (length if target & 1 else 0)]

    # --- links ------------------------------------------------------------------------------------

    def drivers(self, node: int) -> list[IncomingLink]:
        """The links that leave a node no slack."""
        found = []
        ends, first, length = self.ends, self.first, self.work.left[node]
        before, number = self.tables[self.work.calendar[node]].before, self.number[node]
        for end, into in ((0, self.network.into_start), (1, self.network.into_finish)):
            have = number + length if end else number
            for source, lag in into[node]:
                boundary = self.lagged(source, lag) if lag else ends[source]
                if boundary >= first and have <= before[boundary - first]:
                    found.append((source, lag, end))
        return found

    def slack(self, target: int, source: int, lag: int) -> int:
        """Slack of a link: working days of the successor between its end and the link."""
        node = target >> 1
        have = self.number[node] + (self.work.left[node] if target & 1 else 0)
        return have - self._number(node, self.lagged(source, lag))

    def lagged(self, source: int, lag: int) -> int:
        """The boundary that a link requires: its source end plus the lag."""
        boundary = self.ends[source]
        if not lag:
            return boundary
        table = self.lag_table
        reached = table.before[boundary - self.first] + lag
        if 0 < reached <= len(table.days):
            return table.days[reached - 1] + 1
        calendar = self.work.calendars.roadmap
        try:
            return calendar.closing(calendar.number(boundary) + lag)
        except OverflowError:
            return REACH[0]

    def _number(self, node: int, boundary: int) -> int:
        place = self.work.calendar[node]
        if boundary >= self.first:
            return self.tables[place].before[boundary - self.first]
        calendar = self.work.calendars.all[place]
        return calendar.number(boundary) - calendar.number(self.first)


def _live(network: Network) -> list[int]:
    standing = network.standing
    if max(standing, default=OPEN) < FINISHED:
        return network.sequence
    return [node for node in network.sequence if standing[node] < FINISHED]
