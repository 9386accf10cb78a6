"""The schedule of a roadmap: computed at once, and made into dates for what is asked for.

The passes run over integers (planner.schedule.passes). Names and dates appear here, at the edge,
one initiative at a time, because a screen shows forty of ten thousand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property

from planner.calendars.working import Calendars
from planner.network.graph import FINISHED, Invalid, Network
from planner.roadmap.entities import Roadmap
from planner.roadmap.quantities import LinkType, Need, length_days
from planner.schedule.dates import Dates, LinkDates, Reason, Step
from planner.schedule.milestones import Shown, late_milestone_day, milestone_days
from planner.schedule.passes import Moments, Tie, moments
from planner.schedule.work import FINISH_FROM, START_FROM, Terms, Work

__all__ = ["Dates", "LinkDates", "Reason", "Schedule", "Step", "compute"]

_TYPES: dict[tuple[int, int], LinkType] = {(1, 0): "FS", (0, 0): "SS", (1, 1): "FF", (0, 1): "SF"}


def compute(
    roadmap: Roadmap,
    network: Network,
    calendars: Calendars,
    as_of: date,
    *,
    invalid: Invalid | None = None,  # noqa: ARG001 - the network has left out what is unreadable
    previous: Schedule | None = None,
) -> Schedule:
    """The schedule as of the opening of `as_of`.

    `previous` is any earlier schedule: what it knows of initiatives that are still the same is used
    again. It never changes the result.
    """
    terms = Terms.of(as_of, roadmap.settings.start, roadmap.checks)
    known = None if previous is None else previous.work
    return Schedule(roadmap, Work.of(network, calendars, terms, known), as_of)


class Schedule:
    """Dates, floats and driving links of one roadmap at one `as_of`. Immutable."""

    def __init__(self, roadmap: Roadmap, work: Work, as_of: date) -> None:
        self.as_of = as_of
        self.roadmap = roadmap
        self.work = work
        self.network = work.network
        self.calendars = work.calendars
        self.moments: Moments = moments(work)
        self._dates: dict[str, Dates | None] = {}
        self._near = roadmap.settings.near_critical

    # --- the whole --------------------------------------------------------------------------------

    @cached_property
    def start(self) -> date | None:
        """The first day on which anything starts; None where nothing is scheduled."""
        nodes = self._scheduled
        if not nodes:
            return None
        ends = self.moments.ends
        first = min(ends[2 * node] for node in nodes)
        return min(self._start_day(node) for node in nodes if ends[2 * node] == first)

    @cached_property
    def finish(self) -> date | None:
        """The last day on which anything finishes; None where nothing is scheduled."""
        ends, last = self.moments.ends, self.moments.finish
        days = [self._finish_day(node) for node in self._scheduled if ends[2 * node + 1] == last]
        return max(days, default=None)

    @cached_property
    def unscheduled(self) -> dict[str, str]:
        """Why an initiative has no dates, by id in file order."""
        reasons = dict(self.network.left_out)
        for node in self.moments.beyond:
            reasons[self.network.ids[node]] = "would finish after 2200"
        if not reasons:
            return {}
        return {id: reasons[id] for id in self.network.ids if id in reasons}

    @cached_property
    def target(self) -> str | None:
        """What finishes last and drives nothing (then by id); None where no work is left."""
        ends = self.moments.ends
        last = max((ends[2 * node + 1] for node in self.moments.live), default=0)
        ending = {node for node in self.moments.live if ends[2 * node + 1] == last}
        leaves = {node for node in ending if next(self._driven(node), None) is None}
        # An SS link may make what finishes last drive what finishes sooner.
        ends_there = leaves or {n for n in ending if ending.isdisjoint(self._driven(n))} or ending
        return min((self.network.ids[node] for node in ends_there), default=None)

    @property
    def critical_path(self) -> tuple[str, ...]:
        """The path to the default target."""
        return () if self.target is None else self.path_to(self.target)

    @cached_property
    def launches(self) -> tuple[str, ...]:
        """Open milestones, campaigns and what has a deadline, in order of finish, then id."""
        ends, ids = self.moments.ends, self.network.ids
        nodes = self.work.launching.intersection(self.moments.live)
        return tuple(ids[n] for n in sorted(nodes, key=lambda n: (ends[2 * n + 1], ids[n])))

    @cached_property
    def near_critical(self) -> tuple[str, ...]:
        """What has a total float above 0 and at most `near_critical` days, in schedule order."""
        return self._ordered(n for n in self.moments.live if 0 < self._float(n) <= self._near)

    @cached_property
    def critical(self) -> tuple[str, ...]:
        """What has no total float left, in schedule order."""
        return self._ordered(node for node in self.moments.live if self._float(node) <= 0)

    def moved_since(self, before: Schedule) -> tuple[str, ...]:
        """Ids, in file order, whose start or finish is not what it was, or that came or went."""
        if self.network.ids != before.network.ids:
            old, new = before._days_by_id(), self._days_by_id()
            return tuple(id for id in {**old, **new} if old.get(id) != new.get(id))
        mine, theirs = self.moments.ends, before.moments.ends
        moved = {end >> 1 for end, at in enumerate(mine) if at != theirs[end]}
        # What takes no time, or has taken it, may show on another day at the same moment.
        left, was_left = self.work.left, before.work.left
        unsure = {node for node, days in enumerate(left) if not (days and was_left[node])}
        moved -= unsure
        moved |= {node for node in unsure if self._days_of(node) != before._days_of(node)}
        return tuple(self.network.ids[node] for node in sorted(moved))

    # --- one initiative ---------------------------------------------------------------------------

    def get(self, id: str) -> Dates | None:
        """Its dates; None for an unknown id and for what is not scheduled (see `unscheduled`)."""
        found = self._dates.get(id)
        if found is None and id not in self._dates:
            node = self.network.index.get(id)
            known = node is not None and self._has_dates(node)
            found = self._dates[id] = self._made(node) if known and node is not None else None
        return found

    def links_into(self, id: str) -> tuple[LinkDates, ...]:
        """The links that `id` waits for, one for each of its `needs`, in their order."""
        node = self.network.index.get(id)
        if node is None:
            return ()
        needs = self.network.initiatives[node].needs
        return tuple(self._link(node, need) for need in needs)

    def links_out_of(self, id: str) -> tuple[LinkDates, ...]:
        """The links of those that wait for `id`, in file order."""
        index = self.network.index
        return tuple(
            self._link(index[link.succ], link.need) for link in self.network.links_out_of(id)
        )

    def path_to(self, id: str) -> tuple[str, ...]:
        """All that drives `id`, and itself last or among them, in schedule order (start, then id).

        Finished work ends a path and is on none; empty where `id` has finished or has no dates.
        """
        node = self.network.index.get(id)
        if node is None or not self._is_live(node):
            return ()
        found, waiting = {node}, [node]
        while waiting:
            for source, _, _ in self.moments.drivers(waiting.pop()):
                pred = source >> 1
                if pred not in found and pred not in self.work.ended:
                    found.add(pred)
                    waiting.append(pred)
        return self._ordered(found)

    def why(self, id: str) -> tuple[Step, ...]:
        """Why it has its date, then the same for what it waits for, up to the first cause."""
        steps = []
        at: str | None = id
        while at is not None and (dates := self.get(at)) is not None:
            steps.append(Step(id=at, reason=dates.reason, skipped=self._skipped(dates)))
            at = dates.reason.on
        return tuple(steps)

    # --- days -------------------------------------------------------------------------------------

    def working_days(self, first: date, last: date) -> int:
        """Working days from one day's closing to another's on the roadmap's calendar; signed."""
        return self.calendars.roadmap.working_days(first, last)

    def slip(self, before: date, after: date) -> int:
        """By how many working days a finish moved; later is positive."""
        return self.working_days(before, after)

    def add_working_days(self, day: date, days: int) -> date:
        """The working day `days` after (or before) a day, on the roadmap's calendar."""
        return self.calendars.roadmap.add(day, days)

    # --- by node ----------------------------------------------------------------------------------

    @cached_property
    def _live(self) -> frozenset[int]:
        return frozenset(self.moments.live)

    @cached_property
    def _scheduled(self) -> list[int]:
        standing = self.network.standing
        finished = (n for n in self.work.ended if standing[n] == FINISHED)
        return [*self.moments.live, *finished]

    def _is_live(self, node: int) -> bool:
        return node in self._live

    def _has_dates(self, node: int) -> bool:
        return node in self.work.ended or self._is_live(node)

    def _float(self, node: int) -> int:
        at = self.moments
        return at.late[node] - at.number[node] - self.work.left[node]

    def _ordered(self, nodes: Iterable[int]) -> tuple[str, ...]:
        ends, ids = self.moments.ends, self.network.ids
        return tuple(ids[node] for node in sorted(nodes, key=lambda n: (ends[2 * n], ids[n])))

    def _days_of(self, node: int) -> tuple[date, date] | None:
        if not self._has_dates(node):
            return None
        return self._start_day(node), self._finish_day(node)

    def _days_by_id(self) -> dict[str, tuple[date, date] | None]:
        return {self.network.ids[node]: self._days_of(node) for node in self._scheduled}

    @cached_property
    def _milestones(self) -> dict[int, Shown]:
        return milestone_days(self.moments)

    def _start_day(self, node: int) -> date:
        if self.work.length[node] == 0 and node not in self.work.begun:
            return self._finish_day(node)
        return date.fromordinal(self.moments.ends[2 * node])

    def _finish_day(self, node: int) -> date:
        shown = self._milestones.get(node) if not self.work.left[node] else None
        if shown is not None:
            begun = self.work.begun.get(node, 0)
            return date.fromordinal(max(shown[1], begun and max(begun, self.work.terms.as_of)))
        finish = self.moments.ends[2 * node + 1]
        if node in self.work.ended and self.network.initiatives[node].actual_finish is None:
            return date.fromordinal(self._assumed_finish(node, finish))
        return date.fromordinal(finish - 1)

    def _assumed_finish(self, node: int, moment: int) -> int:
        """Done at the opening of the status date: on the last working day before, if it has one."""
        if not self.work.length[node]:
            return moment
        calendar = self.calendars.all[self.work.calendar[node]]
        last = calendar.last_working(date.fromordinal(moment - 1)).toordinal()
        return max(last, self.moments.ends[2 * node])

    def _made(self, node: int) -> Dates:
        work, at = self.work, self.moments
        finished = node in work.ended
        margin = None if finished else self._float(node)
        table = at.tables[work.calendar[node]]
        late_start, late_finish = (None, None) if finished else self._late_days(node)
        begun = node in work.begun
        drivers = [] if finished else self._drivers(node)
        return Dates(
            id=self.network.ids[node],
            start=self._start_day(node),
            finish=self._finish_day(node),
            late_start=late_start,
            late_finish=late_finish,
            duration=self._took(node) if finished else work.length[node],
            total_float=margin,
            free_float=None if finished else at.free_float(node),
            critical=margin is not None and margin <= 0,
            near_critical=margin is not None and 0 < margin <= self._near,
            driven_by=tuple(dict.fromkeys(self.network.ids[s >> 1] for s, _, _ in drivers)),
            reason=self._reason(node, drivers),
            assumed=work.assumed.get(node, ()),
            started=begun or finished,
            finished=finished,
            remaining=work.left[node],
            remaining_start=date.fromordinal(table.openings[at.number[node]]) if begun else None,
        )

    def _took(self, node: int) -> int:
        if not self.work.length[node]:
            return 0
        calendar = self.calendars.all[self.work.calendar[node]]
        start, finish = self.moments.ends[2 * node : 2 * node + 2]
        return max(0, calendar.number(finish) - calendar.number(start))

    def _late_days(self, node: int) -> tuple[date, date]:
        work, at = self.work, self.moments
        if not work.left[node]:
            day = date.fromordinal(late_milestone_day(at, node, self._milestones[node]))
            return day, day
        days, number = at.tables[work.calendar[node]].days, at.late[node]
        start, finish = days[number - work.left[node]], days[number - 1]
        return date.fromordinal(start), date.fromordinal(finish)

    # --- what drives ------------------------------------------------------------------------------

    def _drivers(self, node: int) -> list[Tie]:
        """The links that drive a node, the latest-starting first, then by id."""
        ends, ids = self.moments.ends, self.network.ids
        drivers = self.moments.drivers(node)
        if len(drivers) > 1:
            drivers.sort(key=lambda tie: (-ends[tie[0] & ~1], ids[tie[0] >> 1]))
        return drivers

    def _driven(self, node: int) -> Iterator[int]:
        """The unfinished successors that a node drives."""
        at, out_of = self.moments, self.network.out_of
        for end in (2 * node, 2 * node + 1):
            for target, lag in out_of[end]:
                if self._is_live(target >> 1) and at.slack(target, end, lag) <= 0:
                    yield target >> 1

    def _reason(self, node: int, drivers: list[Tie]) -> Reason:
        initiative = self.network.initiatives[node]
        if node in self.work.begun:
            return Reason(kind="actual", key="actual_start", day=initiative.actual_start)
        if node in self.work.ended and initiative.actual_finish is not None:
            return Reason(kind="actual", key="actual_finish", day=initiative.actual_finish)
        if node in self.work.ended:
            return Reason(kind="status_date", day=self.as_of)
        if drivers:
            source, lag, end = drivers[0]
            type = _TYPES[source & 1, end]
            return Reason(kind="link", on=self.network.ids[source >> 1], type=type, lag=lag)
        if node in self.moments.moved:
            return Reason(kind="date", key="as_late_as_possible")
        key = self._holding_date(node)
        if key is not None:
            return Reason(kind="date", key=key, day=getattr(initiative, key))
        start = self.roadmap.settings.start
        if start is None or start <= self.as_of:
            return Reason(kind="status_date", day=self.as_of)
        return Reason(kind="start", day=start)

    def _holding_date(self, node: int) -> str | None:
        """The key of the set date that asks for exactly where the work is."""
        at, work, initiative = self.moments, self.work, self.network.initiatives[node]
        table = at.tables[work.calendar[node]]
        for keys, day, length in (
            (START_FROM, work.start_from.get(node), 0),
            (FINISH_FROM, work.finish_from.get(node), work.left[node]),
        ):
            if day is None:
                continue
            asked = table.before[day - at.first] + (keys is FINISH_FROM)
            if asked == at.number[node] + length:
                held = date.fromordinal(day)
                return next(key for key in keys if getattr(initiative, key) == held)
        return None

    def _link(self, node: int, need: Need) -> LinkDates:
        lag = 0 if need.lag is None else length_days(need.lag, self.network.week)
        pred = self.network.index.get(need.on)
        slack = None
        if pred is not None and self._is_live(node) and self._has_dates(pred):
            source = 2 * pred + (need.type[0] == "F")
            slack = self.moments.slack(2 * node + (need.type[1] == "F"), source, lag)
        return LinkDates(
            on=need.on,
            succ=self.network.ids[node],
            type=need.type,
            lag=lag,
            slack=slack,
            driving=slack is not None and slack <= 0,
            need=need,
        )

    def _skipped(self, dates: Dates) -> tuple[tuple[date, str], ...]:
        """The named days off just before a start, which is rolling and no reason."""
        calendar = self.calendars.all[self.work.calendar[self.network.index[dates.id]]]
        found: list[tuple[date, str]] = []
        day = dates.remaining_start or dates.start
        while not dates.finished and day > date.min:
            day = date.fromordinal(day.toordinal() - 1)
            if calendar.is_working(day) or len(found) > 30:
                break
            name = calendar.holiday(day)
            if name is not None:
                found.append((day, name))
        return tuple(reversed(found))
