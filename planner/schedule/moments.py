"""When everything happens, in moments, and what links ask for between them.

Filled in by planner.schedule.passes; what is asked here holds for whatever stands in it.
"""

from __future__ import annotations

from collections.abc import Iterable

from planner.calendars.working import REACH, Table
from planner.network.graph import FINISHED, OPEN, Network
from planner.schedule.work import Work

NEVER = 1 << 40
"""A moment after every other, for what is not bound or can't be reached."""

Tie = tuple[int, int, int]
"""A link into a node: from which end of which, with which lag, onto its start (0) or finish (1)."""

Shown = tuple[bool, int]
"""How something without length shows: whether on a day that closes, and the ordinal of the day."""


class OutOfSpanError(Exception):
    """A date lies outside what the calendars cover so far: earlier, or later."""

    def __init__(self, *, earlier: bool) -> None:
        super().__init__()
        self.earlier = earlier


class Moments:
    """When everything happens, by node number and end (see planner.network.graph).

    `ends` has the moment of each start and finish; started work has its actual start. `number` is
    the number, in the initiative's calendar, at which its remaining work starts, `late` the number
    of its late finish and `latest` the last moment at which it may finish. `live` are the nodes
    that are scheduled and not finished, in topological order; `beyond` those that would finish
    after the format's last day, with all that depends on them. `shown` has the days of what has no
    length left, and of milestones that have been reached.

    `moved` are the nodes that were moved as late as possible, and `early` the same moments before
    anything was. What drives what, and which link sets a milestone, is asked of `early`: what is
    moved up to its successor is no cause of it.
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
        self.early: Moments = self
        self.shown: dict[int, Shown] = {}
        self.finish = 0
        self._one_calendar = work.one_calendar()

    # --- lags -------------------------------------------------------------------------------------

    def before_lag(self, moment: int, lag: int) -> int:
        """The last moment from which a lag leads no further than to this one."""
        number = self.lag_table.before[moment - self.first] - lag
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
        """The last moment at which a node may finish, its own links and dates aside."""
        return max(self.finish, self.ends[2 * node + 1]) if node in self.work.ideas else self.finish

    # --- free float -------------------------------------------------------------------------------

    def free_float(self, node: int) -> int:
        """Own working days by which a node can slip before an unfinished successor moves.

        Without such a successor, before the roadmap's finish moves.
        """
        if self.work.left[node]:
            return self.last_number(node) - self.number[node]
        before = self.tables[self.work.calendar[node]].before
        return before[self.last_moment(node) - self.first] - self.number[node]

    def last_number(self, node: int) -> int:
        """The last number at which work can start before something moves."""
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

    def last_moment(self, node: int) -> int:
        """The last moment of what has no length before something moves."""
        start, finish = self._held(node)
        return self.last_finish(node) if finish == NEVER and start == NEVER else min(start, finish)

    def _held(self, node: int) -> tuple[int, int]:
        """The last start and finish at which no link from them moves an unfinished successor."""
        out_of = self.network.out_of
        starts = () if node in self.work.begun else out_of[2 * node]
        return self._held_by(starts), self._held_by(out_of[2 * node + 1])

    def _held_by(self, ties: Iterable[tuple[int, int]]) -> int:
        found = NEVER
        for target, lag in ties:
            if self.ends[target | 1]:  # what has no dates holds nothing
                moment = self._kept(target)
                if lag:
                    moment = self.before_lag(moment, lag)
                if moment < found:
                    found = moment
        return found

    def _kept(self, target: int) -> int:
        """The last moment that can be asked of an end without moving it.

        On one calendar a milestone has not moved while its number is the same. Where calendars
        differ its moment counts, because its successors may work on the days between.
        """
        node = target >> 1
        length = self.work.left[node]
        if not length and not self._one_calendar:
            return self.ends[2 * node + 1]
        table = self.tables[self.work.calendar[node]]
        return table.openings[self.number[node] + (length if target & 1 else 0)]

    # --- links ------------------------------------------------------------------------------------

    def drivers(self, node: int) -> list[Tie]:
        """The links that leave a node no slack."""
        found = []
        ends, first, length = self.ends, self.first, self.work.left[node]
        before, number = self.tables[self.work.calendar[node]].before, self.number[node]
        for end, into in ((0, self.network.into_start), (1, self.network.into_finish)):
            have = number + length if end else number
            for source, lag in into[node]:
                moment = self.lagged(source, lag) if lag else ends[source]
                if moment >= first and have <= before[moment - first]:
                    found.append((source, lag, end))
        return found

    def slack(self, target: int, source: int, lag: int) -> int:
        """By how many working days of the successor its end is later than the link asks."""
        node = target >> 1
        have = self.number[node] + (self.work.left[node] if target & 1 else 0)
        return have - self._number(node, self.lagged(source, lag))

    def lagged(self, source: int, lag: int) -> int:
        """The moment that a link from an end asks for."""
        moment = self.ends[source]
        if not lag:
            return moment
        table = self.lag_table
        reached = table.before[moment - self.first] + lag
        if 0 < reached <= len(table.days):
            return table.days[reached - 1] + 1
        calendar = self.work.calendars.roadmap
        try:
            return calendar.closing(calendar.number(moment) + lag)
        except OverflowError:
            return REACH[0]

    def _number(self, node: int, moment: int) -> int:
        place = self.work.calendar[node]
        if moment >= self.first:
            return self.tables[place].before[moment - self.first]
        calendar = self.work.calendars.all[place]
        return calendar.number(moment) - calendar.number(self.first)


def _live(network: Network) -> list[int]:
    standing = network.standing
    if max(standing, default=OPEN) < FINISHED:
        return network.sequence
    return [node for node in network.sequence if standing[node] < FINISHED]
