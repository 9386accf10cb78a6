"""The forward and the backward pass, and moving work as late as possible, over plain integers.

All day boundaries are ordinals, so that calendars meet where lag 0 keeps a boundary. A boundary is
turned into a calendar's number only where work is placed:

- Work required to start at boundary x starts at number `before[x]`: its first opening at or after
  x. Work required to finish at x does so when its finish has at least the number `before[x]`: no
  working day of its own lies between.
- A lag other than 0 turns a boundary into the closing of the day reached on the roadmap's calendar.
- A milestone keeps the boundary required of it; it never rolls. Started work with nothing left
  keeps one that closes a working day of its own, and else is at the first opening. Where one of
  these shows on the day that opens, a deadline or another finish date means the opening of that
  day.

The backward pass is the exact inverse. For each step above there is a last boundary that still
satisfies it (`openings`), so late dates are the latest that satisfy the same rules, and no float is
negative without a set date.

An initiative that is only proposed is an idea: scheduled like others, but it neither lengthens the
roadmap nor reduces the float of its predecessors. Its late finish is the roadmap's finish or, where
later, its own.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator
from copy import copy

from planner.calendars.working import LIMIT, REACH
from planner.network.graph import FINISHED, OPEN
from planner.network.walks import reached
from planner.schedule.boundaries import NEVER, DayBoundaries, OutOfSpanError
from planner.schedule.milestones import milestone_days, moved_days
from planner.schedule.work import Work

CLOSES = (True, 0)
"""How work with a length shows its finish."""

_GROWTH = 8 * 366
"""How many days after the last named date are worked out at first; few roadmaps need more."""


class _Passes(DayBoundaries):
    """The boundaries of one roadmap during the passes."""

    def __init__(self, work: Work, first: int, last: int) -> None:
        super().__init__(work, first, last)
        self._run()

    def _run(self) -> None:
        self._place_finished()
        self._forward()
        self._leave_out()
        self.shown = milestone_days(self)
        self.finish = self._finish()
        self._backward(self._limits(), self.work.ideas)
        if self.work.late_wanted:
            self._move_late()

    def _finish(self) -> int:
        """The latest finish of all that is scheduled and no idea; of all where there is no more."""
        ends, ideas = self.ends, self.work.ideas
        latest = max(ends[1::2], default=0)
        if not ideas:
            return latest
        planned = (ends[2 * node + 1] for node in range(len(self.late)) if node not in ideas)
        return max(planned, default=0) or latest

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
                    self.look_back()
                start = min(table.openings[max(number, 0)], finish)
            self.ends[2 * node], self.ends[2 * node + 1] = start, finish

    def _asked(self) -> tuple[list[int], list[int]]:
        """For each node the boundaries of its start and finish dates; links are not included."""
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
        calendar, left, whole = self.work.calendar, self.work.left, self.work.length
        begun = [0] * len(left)
        for node, boundary in self.work.begun.items():
            begun[node] = boundary
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
                        boundary = ends[source]
                        if lag:
                            reached = lag_before[boundary - first] + lag
                            boundary = lag_days[reached - 1] + 1 if reached > 0 else first
                        if boundary > start:
                            start = boundary
                    finish = finish_asked[node]
                    for source, lag in into_finish[node]:
                        boundary = ends[source]
                        if lag:
                            reached = lag_before[boundary - first] + lag
                            boundary = lag_days[reached - 1] + 1 if reached > 0 else first
                        if boundary > finish:
                            finish = boundary
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
                        if whole[node] and not (
                            start > start_asked[node] and days[at - 1] == start - 1
                        ):
                            start = days[at]
                        ends[2 * node] = begun[node] or start
                        ends[2 * node + 1] = start
                    number[node] = at
                break
            except IndexError:
                if self._may_grow:
                    raise OutOfSpanError(earlier=False) from None
                ends[2 * node] = ends[2 * node + 1] = NEVER

    # --- what can't be scheduled ------------------------------------------------------------------

    def _leave_out(self) -> None:
        """Take out what would finish after the format's last day, and what depends on it."""
        ends = self.ends
        if self.last <= LIMIT or max(ends, default=0) <= LIMIT:
            return
        late = [node for node in self.live if ends[2 * node + 1] > LIMIT]
        self.beyond = set(reached(late, self._unfinished_after))
        self.live = [node for node in self.live if node not in self.beyond]
        for node in self.beyond:
            ends[2 * node] = ends[2 * node + 1] = 0

    def _unfinished_after(self, node: int) -> Iterator[int]:
        standing = self.network.standing
        return (after for after in self.network.successors[node] if standing[after] < FINISHED)

    # --- backward ---------------------------------------------------------------------------------

    def _limits(self) -> list[int]:
        """For each end the last boundary that the roadmap's finish and date constraints permit."""
        work, first = self.work, self.first
        limits = [NEVER, self.finish] * len(work.calendar)
        for node, day in work.finish_by.items():
            if not self.shown.get(node, CLOSES)[0]:
                bound = self._last_opening(node, day)
            elif work.length[node]:
                table = self.tables[work.calendar[node]]
                # The last boundary with the number of that closing: the same working time.
                bound = table.openings[table.before[day + 1 - first]]
            else:
                # A milestone may close on any day, and is late on the next one.
                bound = day + 1
            limits[2 * node + 1] = min(self.finish, bound)
        for node, day in work.start_by.items():
            limits[2 * node] = self._last_opening(node, day)
        return limits

    def _last_opening(self, node: int, day: int) -> int:
        """The opening of a day, or of the last one before it that the work's calendar works."""
        table = self.tables[self.work.calendar[node]]
        number = table.before[day + 1 - self.first] - 1
        if number < 0:
            self.look_back()
        return table.openings[max(number, 0)]

    def _backward(self, limits: list[int], ideas: Container[int]) -> None:
        first, late, latest = self.first, self.late, self.latest
        calendar, left, begun = self.work.calendar, self.work.left, self.work.begun
        tables = [(table.before, table.openings) for table in self.tables]
        into_start, into_finish = self.network.into_start, self.network.into_finish
        for node in reversed(self.live):
            idea = node in ideas
            finish = self.last_finish(node) if idea else limits[2 * node + 1]
            start = NEVER if idea else limits[2 * node]
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
                    self.look_back()
                    at = length
                start = openings[at - length]
                latest[node] = finish = openings[at]
            else:
                if bound:
                    finish = start
                at = before[finish - first]
                latest[node] = start = finish
            late[node] = at
            if idea:
                continue
            for source, lag in into_start[node]:
                boundary = self.before_lag(start, lag) if lag else start
                if boundary < limits[source]:
                    limits[source] = boundary
            for source, lag in into_finish[node]:
                boundary = self.before_lag(finish, lag) if lag else finish
                if boundary < limits[source]:
                    limits[source] = boundary

    def towards(self, target: int, nodes: Collection[int]) -> dict[int, int]:
        """See the function of that name."""
        alone = copy(self)
        alone.late, alone.latest = self.late.copy(), self.latest.copy()
        alone.live = [node for node in self.live if node in nodes or node == target]
        limits = [NEVER, self.last] * len(self.late)
        limits[2 * target : 2 * target + 2] = self._kept(2 * target), self._kept(2 * target + 1)
        alone._backward(limits, ())
        left, number = self.work.left, self.number
        return {
            node: alone.late[node] - number[node] - left[node]
            for node in alone.live
            if limits[2 * node + 1] < self.last
            or (limits[2 * node] < self.last and node not in self.work.begun)
        }

    # --- as late as possible ----------------------------------------------------------------------

    def _move_late(self) -> None:
        """Spend free float, successors first, so that chains move together."""
        self.unmoved = copy(self)
        self.ends, self.number, self.moved = self.ends.copy(), self.number.copy(), set()
        work, standing = self.work, self.network.standing
        for node in reversed(self.live):
            if node in work.late_wanted and standing[node] == OPEN:
                if work.left[node]:
                    self._move_work(node)
                else:
                    self._move_milestone(node)
        self.shown = moved_days(self, self.shown)

    def _move_work(self, node: int) -> None:
        length = self.work.left[node]
        number = min(self.last_number(node), self.late[node] - length)
        if number > self.number[node]:
            days = self.tables[self.work.calendar[node]].days
            self.number[node] = number
            self.ends[2 * node] = days[number]
            self.ends[2 * node + 1] = days[number + length - 1] + 1
            self.moved.add(node)

    def _move_milestone(self, node: int) -> None:
        boundary = min(self.last_boundary(node), self.latest[node])
        number = self.tables[self.work.calendar[node]].before[boundary - self.first]
        if number > self.number[node]:
            self.number[node] = number
            self.ends[2 * node] = self.ends[2 * node + 1] = boundary
            self.moved.add(node)


def boundaries(work: Work) -> DayBoundaries:
    """Run both passes, with calendars over as many years as they turn out to need."""
    first, last = work.span()
    first, last = first - 366, last + _GROWTH
    while True:
        try:
            return _Passes(work, first, last)
        except OutOfSpanError as error:
            width = 3 * (last - first)
            if error.earlier:
                first = max(REACH[0], first - width)
            else:
                last = min(REACH[1], last + width)


def towards(at: DayBoundaries, target: int, nodes: Collection[int]) -> dict[int, int]:
    """Own working days by which `target` and each of `nodes` can slip before `target` moves.

    It is their float where they are scheduled alone, through the links among them, with no date to
    keep but the one on which `target` finishes. `nodes` are before the target, and no ideas. What
    can slip for ever is left out: where the start is a fact, links from it hold nothing back.
    """
    assert isinstance(at, _Passes)
    return at.towards(target, nodes)
