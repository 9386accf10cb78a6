"""The forward and the backward pass, and moving work as late as possible, over plain integers.

All moments are ordinals, so that calendars meet where lag 0 keeps a moment as it is. A moment is
turned into a calendar's number only where work is placed:

- Work that is asked to start at moment x starts at number `before[x]`: its first opening at or
  after x. Work that is asked to finish at x satisfies that when its finish has at least the number
  `before[x]`: no working day of its own lies between.
- A lag other than 0 turns a moment into the closing of the day reached on the roadmap's calendar.
- What has no length keeps the moment it is asked for; it never rolls.

The backward pass is the exact inverse. For each step above there is a last moment that still
satisfies it (`openings`), so late dates are the latest that satisfy the same rules, and no float is
negative without a set date.
"""

from __future__ import annotations

from collections.abc import Iterable

from planner.calendars.working import LIMIT, REACH, Table
from planner.network.graph import FINISHED, OPEN, Network
from planner.schedule.work import Work

NEVER = 1 << 40
"""A moment after every other, for what is not bound or can't be reached."""

Tie = tuple[int, int, int]
"""A link into a node: from which end of which, with which lag, onto its start (0) or finish (1)."""

_GROWTH = 8 * 366
"""How many days after the last named date are worked out at first; few roadmaps need more."""


class _OutOfSpanError(Exception):
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
    after the format's last day, with all that depends on them.
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
        self._one_calendar = work.one_calendar()
        self._run()

    def _run(self) -> None:
        self._place_finished()
        self._forward()
        self._leave_out()
        self.finish = max(self.ends[1::2], default=0)
        self._backward()
        if self.work.late_wanted:
            self._move_late()

    @property
    def _may_grow(self) -> bool:
        return self.last < REACH[1]

    # --- forward ----------------------------------------------------------------------------------

    def _place_finished(self) -> None:
        """Finished work keeps its dates; an unknown start is its length before its finish."""
        work = self.work
        for node, (start, finish) in work.ended.items():
            table = self.tables[work.calendar[node]]
            if not start:
                number = table.before[finish - self.first] - work.length[node]
                if number < 0:
                    self._look_back()
                start = min(table.openings[max(number, 0)], finish)
            self.ends[2 * node], self.ends[2 * node + 1] = start, finish

    def _asked(self) -> tuple[list[int], list[int]]:
        """For each node the moments at which, links aside, it is asked to start and to finish."""
        work, first = self.work, self.first
        count = len(work.calendar)
        starts, finishes = [work.floor] * count, [0] * count
        for node, begun in work.begun.items():
            starts[node] = max(begun, work.terms.as_of)
        for node, day in work.start_from.items():
            table = self.tables[work.calendar[node]]
            starts[node] = max(starts[node], table.openings[table.before[day - first]])
        for node, day in work.finish_from.items():
            table = self.tables[work.calendar[node]]
            finishes[node] = table.openings[table.before[day - first]] + 1
        return starts, finishes

    def _forward(self) -> None:
        first, ends, number = self.first, self.ends, self.number
        calendar, left = self.work.calendar, self.work.left
        begun = [0] * len(left)
        for node, moment in self.work.begun.items():
            begun[node] = moment
        tables = [(table.before, table.days) for table in self.tables]
        lag_before, lag_days = self.lag_table.before, self.lag_table.days
        into_start, into_finish = self.network.into_start, self.network.into_finish
        start_asked, finish_asked = self._asked()
        waiting = iter(self.live)
        node = -1
        while True:
            try:
                for node in waiting:
                    start = start_asked[node]
                    for source, lag in into_start[node]:
                        moment = ends[source]
                        if lag:
                            reached = lag_before[moment - first] + lag
                            moment = lag_days[reached - 1] + 1 if reached > 0 else first
                        if moment > start:
                            start = moment
                    finish = finish_asked[node]
                    for source, lag in into_finish[node]:
                        moment = ends[source]
                        if lag:
                            reached = lag_before[moment - first] + lag
                            moment = lag_days[reached - 1] + 1 if reached > 0 else first
                        if moment > finish:
                            finish = moment
                    before, days = tables[calendar[node]]
                    length = left[node]
                    if length:
                        at = before[start - first]
                        if finish:
                            back = before[finish - first] - length
                            if back > at:
                                at = back
                        ends[2 * node] = begun[node] or days[at]
                        ends[2 * node + 1] = days[at + length - 1] + 1
                    else:
                        if finish > start:
                            start = finish
                        at = before[start - first]
                        ends[2 * node] = begun[node] or start
                        ends[2 * node + 1] = start
                    number[node] = at
                break
            except IndexError:
                if self._may_grow:
                    raise _OutOfSpanError(earlier=False) from None
                ends[2 * node] = ends[2 * node + 1] = NEVER

    # --- what can't be scheduled ------------------------------------------------------------------

    def _leave_out(self) -> None:
        """Take out what would finish after the format's last day, and what depends on it."""
        ends = self.ends
        if self.last <= LIMIT or max(ends, default=0) <= LIMIT:
            return
        late = [node for node in self.live if ends[2 * node + 1] > LIMIT]
        self.beyond = _with_dependents(late, self.network)
        self.live = [node for node in self.live if node not in self.beyond]
        for node in self.beyond:
            ends[2 * node] = ends[2 * node + 1] = 0

    # --- backward ---------------------------------------------------------------------------------

    def _limits(self) -> list[int]:
        """For each end the last moment that the roadmap's finish and the set dates leave it."""
        work, first = self.work, self.first
        limits = [NEVER, self.finish] * len(work.calendar)
        for node, day in work.finish_by.items():
            table = self.tables[work.calendar[node]]
            # The last moment with the number of that closing: the same working time.
            bound = table.openings[table.before[day + 1 - first]]
            limits[2 * node + 1] = min(self.finish, bound)
        for node, day in work.start_by.items():
            table = self.tables[work.calendar[node]]
            number = table.before[day + 1 - first] - 1
            if number < 0:
                self._look_back()
            limits[2 * node] = table.openings[max(number, 0)]
        return limits

    def _backward(self) -> None:
        first, late, latest = self.first, self.late, self.latest
        calendar, left, begun = self.work.calendar, self.work.left, self.work.begun
        tables = [(table.before, table.openings) for table in self.tables]
        into_start, into_finish = self.network.into_start, self.network.into_finish
        limits = self._limits()
        for node in reversed(self.live):
            finish = limits[2 * node + 1]
            start = limits[2 * node]
            # Links from the start of what has started bind forward only: it is a fact.
            bound = start < finish and node not in begun
            before, openings = tables[calendar[node]]
            length = left[node]
            if length:
                at = before[finish - first]
                if bound:
                    ahead = before[start + 1 - first] - 1 + length
                    if ahead < at:
                        at = ahead
                if at < length:
                    self._look_back()
                    at = length
                start = openings[at - length]
                latest[node] = finish = openings[at]
            else:
                if bound:
                    finish = start
                at = before[finish - first]
                latest[node] = start = finish
            late[node] = at
            for source, lag in into_start[node]:
                moment = self._before_lag(start, lag) if lag else start
                if moment < limits[source]:
                    limits[source] = moment
            for source, lag in into_finish[node]:
                moment = self._before_lag(finish, lag) if lag else finish
                if moment < limits[source]:
                    limits[source] = moment

    def _before_lag(self, moment: int, lag: int) -> int:
        """The last moment from which a lag leads no further than to this one."""
        number = self.lag_table.before[moment - self.first] - lag
        openings = self.lag_table.openings
        if number < 0:
            self._look_back()
            number = 0
        return openings[number] if number < len(openings) else NEVER

    def _look_back(self) -> None:
        """Something lies before the span: work out more of the past, as far as there is any."""
        if self.first > REACH[0]:
            raise _OutOfSpanError(earlier=True)

    # --- as late as possible ----------------------------------------------------------------------

    def _move_late(self) -> None:
        """Spend free float, successors first, so that chains move together."""
        work, standing = self.work, self.network.standing
        for node in reversed(self.live):
            if node in work.late_wanted and standing[node] == OPEN:
                if work.left[node]:
                    self._move_work(node)
                else:
                    self._move_milestone(node)

    def _move_work(self, node: int) -> None:
        length = self.work.left[node]
        number = min(self._last_number(node), self.late[node] - length)
        if number > self.number[node]:
            days = self.tables[self.work.calendar[node]].days
            self.number[node] = number
            self.ends[2 * node] = days[number]
            self.ends[2 * node + 1] = days[number + length - 1] + 1
            self.moved.add(node)

    def _move_milestone(self, node: int) -> None:
        moment = min(self._last_moment(node), self.latest[node])
        if moment > self.ends[2 * node]:
            before = self.tables[self.work.calendar[node]].before
            self.ends[2 * node] = self.ends[2 * node + 1] = moment
            self.number[node] = before[moment - self.first]
            self.moved.add(node)

    # --- free float -------------------------------------------------------------------------------

    def free_float(self, node: int) -> int:
        """Own working days by which a node can slip before an unfinished successor moves.

        Without such a successor, before the roadmap's finish moves.
        """
        if self.work.left[node]:
            return self._last_number(node) - self.number[node]
        before = self.tables[self.work.calendar[node]].before
        return before[self._last_moment(node) - self.first] - self.number[node]

    def _last_number(self, node: int) -> int:
        """The last number at which work can start before something moves."""
        start, finish = self._held(node)
        if finish == NEVER and start == NEVER:
            finish = self.finish
        before = self.tables[self.work.calendar[node]].before
        found = []
        if finish != NEVER:
            found.append(before[finish - self.first] - self.work.left[node])
        if start != NEVER:
            found.append(before[min(start, self.last - 1) + 1 - self.first] - 1)
        return min(found)

    def _last_moment(self, node: int) -> int:
        """The last moment of what has no length before something moves."""
        start, finish = self._held(node)
        return self.finish if finish == NEVER and start == NEVER else min(start, finish)

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
                    moment = self._before_lag(moment, lag)
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

    def driven(self, node: int) -> set[int]:
        """The unfinished successors to which a node leaves no slack."""
        return {
            target >> 1
            for end in (2 * node, 2 * node + 1)
            for target, lag in self.network.out_of[end]
            if self.ends[target | 1] and self.slack(target, end, lag) <= 0
        }

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


def moments(work: Work) -> Moments:
    """Run both passes, with calendars over as many years as they turn out to need."""
    first, last = work.span()
    first, last = first - 366, last + _GROWTH
    while True:
        try:
            return Moments(work, first, last)
        except _OutOfSpanError as error:
            width = 3 * (last - first)
            if error.earlier:
                first = max(REACH[0], first - width)
            else:
                last = min(REACH[1], last + width)


def _live(network: Network) -> list[int]:
    standing = network.standing
    if max(standing, default=OPEN) < FINISHED:
        return network.sequence
    return [node for node in network.sequence if standing[node] < FINISHED]


def _with_dependents(nodes: Iterable[int], network: Network) -> set[int]:
    found = set(nodes)
    waiting = list(found)
    while waiting:
        for after in network.successors[waiting.pop()]:
            if after not in found and network.standing[after] < FINISHED:
                found.add(after)
                waiting.append(after)
    return found
