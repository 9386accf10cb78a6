"""Ready: what can start now, and what holds the rest.

An initiative is ready when it is planned, has not started, and nothing holds its start at the
status date: its predecessors, by link type and lag, decisions that it awaits, dates that hold it
back, and the roadmap's start. Filters, the command and its JSON all ask here.

A predecessor's end that has happened is met as soon as its lag has passed; on the day itself, too.
One that is only scheduled is met by a lead that reaches back over it, and never by standing at the
status date: a milestone that nobody has reached is not met. A link onto a finish holds the start
only where it pushes it, because work is contiguous.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from msgspec import Struct

from planner.network.graph import ENDS, FINISHED, OPEN, STARTED, UNREADABLE
from planner.roadmap.entities import Initiative
from planner.roadmap.quantities import Need
from planner.schedule.boundaries import NEVER, DayBoundaries
from planner.schedule.compute import Schedule
from planner.schedule.work import FINISH_FROM, START_FROM

Held = Literal["initiative", "decision", "date", "start"]


class Hold(Struct, frozen=True):
    """One thing that keeps an initiative from starting: a predecessor or a decision by its id, a
    date by its key, the roadmap's start. `day` is when that is over by the plan, if it says.
    """

    kind: Held
    id: str
    day: date | None


Tie = tuple[str, int, int]
"""A predecessor, and from which of its ends (0 its start) onto which a link leads."""


class Readiness:
    """What holds each initiative of one schedule that is planned and has not started."""

    def __init__(self, schedule: Schedule) -> None:
        self._schedule = schedule
        self._roadmap = schedule.roadmap
        self._network = schedule.network
        self._work = schedule.work
        self._at: DayBoundaries = schedule.boundaries.early
        self._as_of = schedule.as_of.toordinal()
        self._live = frozenset(schedule.boundaries.live)

    @property
    def waiting(self) -> Iterator[str]:
        """What is planned, has dates and has not started, in file order."""
        network = self._network
        for node, (one, standing) in enumerate(
            zip(network.initiatives, network.standing, strict=True)
        ):
            if standing == OPEN and one.status == "planned" and node in self._live:
                yield one.id

    def ready(self) -> tuple[str, ...]:
        """What can start now, in file order."""
        return tuple(id for id in self.waiting if next(self.holds(id), None) is None)

    def holds(self, id: str) -> Iterator[Hold]:
        """What keeps it from starting, each thing once; nothing where it is ready."""
        node = self._network.index[id]
        initiative = self._network.initiatives[node]
        unmet = set(self._unmet(node))
        for pred in dict.fromkeys(need.on for need in initiative.needs if _tie(need) in unmet):
            yield Hold("initiative", pred, self._there(initiative, pred, unmet))
        for decision in dict.fromkeys(initiative.awaits):
            found = self._roadmap.decisions.get(decision)
            if found is not None and found.decided is None:
                yield Hold("decision", decision, found.needed_by)
        yield from self._dates(node, initiative)
        first = self._work.terms.start
        if self._number(node, first) > self._now(node):
            yield Hold("start", "", date.fromordinal(first))

    def _there(self, initiative: Initiative, pred: str, unmet: set[Tie]) -> date | None:
        """When a predecessor delivers by the plan; of one that has, when its lag has passed."""
        needs = (need for need in initiative.needs if need.on == pred and _tie(need) in unmet)
        days = [day for need in needs if (day := self._schedule.delivery(need)) is not None]
        if days and max(days) >= self._schedule.as_of:
            return max(days)
        span = self._schedule.span(initiative.id)
        return span[0] if days and span is not None else None

    # --- by node ----------------------------------------------------------------------------------

    def _unmet(self, node: int) -> Iterator[Tie]:
        """The links that hold the start."""
        network, now, left = self._network, self._now(node), self._work.left[node]
        for source, lag in network.into_start[node]:
            if not self._is_met(node, source, lag, now):
                yield network.ids[source >> 1], source & 1, 0
        for source, lag in network.into_finish[node]:
            if left:
                met = self._reached(node, source, lag) - left <= now
            else:
                met = self._is_met(node, source, lag, now)
            if not met:
                yield network.ids[source >> 1], source & 1, 1
        for link in network.links_into(network.ids[node]):
            if network.standing[network.index[link.pred]] == UNREADABLE:
                yield _tie(link.need)

    def _is_met(self, node: int, source: int, lag: int, now: int) -> bool:
        standing = self._network.standing[source >> 1]
        happened = standing == FINISHED or (standing == STARTED and not source & 1)
        if happened and lag <= 0:
            return True
        return (happened or lag < 0) and self._reached(node, source, lag) <= now

    def _reached(self, node: int, source: int, lag: int) -> int:
        return self._number(node, self._at.lagged(source, lag))

    def _number(self, node: int, boundary: int) -> int:
        """The first working day of an initiative at or after a boundary, as a number."""
        at = self._at
        if boundary < at.first:
            return -1
        if boundary > at.last:
            return NEVER
        return at.tables[self._work.calendar[node]].before[boundary - at.first]

    def _now(self, node: int) -> int:
        return self._number(node, self._as_of)

    def _dates(self, node: int, initiative: Initiative) -> Iterator[Hold]:
        work, now = self._work, self._now(node)
        for keys, held, length in (
            (START_FROM, work.start_from, 0),
            (FINISH_FROM, work.finish_from, work.left[node]),
        ):
            day = held.get(node)
            if day is None:
                continue
            at = self._number(node, day) + (keys is FINISH_FROM) - length
            if at > now:
                found = date.fromordinal(day)
                key = next(key for key in keys if getattr(initiative, key) == found)
                yield Hold("date", key, found)


def _tie(need: Need) -> Tie:
    return (need.on, *ENDS[need.type])
