"""Schedule of a roadmap: all day boundaries at once, dates and floats on demand.

The passes run over integers (planner.schedule.passes). Ids and dates are made here, for one
initiative at a time, because a screen shows forty of ten thousand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cached_property
from operator import attrgetter

from planner.calendars.working import Calendars
from planner.network.graph import Network
from planner.network.walks import reached
from planner.roadmap.entities import Initiative, Roadmap
from planner.roadmap.quantities import Need, length_days
from planner.schedule.aims import Aim, main_of
from planner.schedule.boundaries import DayBoundaries
from planner.schedule.dates import Dates, LinkDates, Reason
from planner.schedule.initiative_dates import initiative_dates, link_dates
from planner.schedule.passes import boundaries
from planner.schedule.shift import Shift
from planner.schedule.shown import ShownDays
from planner.schedule.work import Terms, Work
from planner.schedule.worked import Span, Worked, worked

__all__ = ["Dates", "LinkDates", "Reason", "Schedule", "compute"]


TOO_LATE = "would finish after 2200"
"""Why work has no dates that there are no years for."""


def compute(
    roadmap: Roadmap,
    network: Network,
    calendars: Calendars,
    as_of: date,
) -> Schedule:
    """The schedule as of the opening of `as_of`."""
    terms = Terms.of(as_of, roadmap.settings.start, roadmap.checks)
    return Schedule(roadmap, Work(network, calendars, terms), as_of)


class Schedule:
    """Dates, floats and driving links of one roadmap at one `as_of`. Immutable."""

    def __init__(self, roadmap: Roadmap, work: Work, as_of: date) -> None:
        self.as_of = as_of
        self.roadmap = roadmap
        self.work = work
        self.network = work.network
        self.calendars = work.calendars
        self.boundaries: DayBoundaries = boundaries(work)
        self._live = frozenset(self.boundaries.live)
        self._scheduled = [*self.boundaries.live, *work.ended]
        self._shown = ShownDays(self.boundaries)
        self._before_moved = ShownDays(self.boundaries.early)
        self._dates: dict[str, Dates | None] = {}
        self._paths: dict[tuple[str, int], tuple[str, ...]] = {}
        self._driving: dict[int, tuple[int, ...]] = {}
        self._driving_links: dict[str, tuple[LinkDates, ...]] = {}
        self._worked: dict[str, Worked] = {}
        self._near = roadmap.settings.near_critical

    # --- the whole --------------------------------------------------------------------------------

    @cached_property
    def start(self) -> date | None:
        """The first day on which anything starts; None where nothing is scheduled."""
        days = map(self._shown.first_day, self._scheduled)
        return _as_date(min(days, default=None))

    @cached_property
    def finish(self) -> date | None:
        """The last day on which anything finishes; None where nothing is scheduled.

        What is only proposed does not count, where there is anything else.
        """
        planned = [node for node in self._scheduled if node not in self.work.ideas]
        return self._last_of(planned or self._scheduled)

    @cached_property
    def last_day(self) -> date | None:
        """The last day on which anything at all finishes: how far a time axis has to reach."""
        return self._last_of(self._scheduled)

    def _last_of(self, nodes: Iterable[int]) -> date | None:
        return _as_date(max(map(self._shown.last_day, nodes), default=None))

    @cached_property
    def unscheduled(self) -> dict[str, str]:
        """Why an initiative has no dates, by id in file order."""
        reasons = dict(self.network.left_out)
        for node in self.boundaries.beyond:
            reasons[self.network.ids[node]] = TOO_LATE
        if not reasons:
            return {}
        return {id: reasons[id] for id in self.network.ids if id in reasons}

    @cached_property
    def main_launch(self) -> str | None:
        """What the roadmap is about (planner.schedule.aims); None where no work is left."""
        nodes, initiatives = list(self._planned) or self.boundaries.live, self.network.initiatives
        named = self.roadmap.settings.main_launch
        if named is not None and self.network.index.get(named) in nodes:
            return named
        launches = [node for node in nodes if initiatives[node].is_launch]
        return main_of(map(self._aim, launches or nodes))

    def _aim(self, node: int) -> Aim:
        """It finishes when it would if it were not moved late: what is moved up to it is not it."""
        initiative = self.network.initiatives[node]
        missed = self._missed(initiative, self._shown.finish(node))
        return Aim(initiative, self._before_moved.finish(node), missed)

    @property
    def critical_path(self) -> tuple[str, ...]:
        """The path to the main launch."""
        return () if self.main_launch is None else self.path_to(self.main_launch)

    @cached_property
    def launches(self) -> tuple[str, ...]:
        """Open milestones, campaigns and what is announced, in order of finish, then id."""
        ends, ids, initiatives = self.boundaries.ends, self.network.ids, self.network.initiatives
        nodes = (node for node in self.boundaries.live if initiatives[node].is_launch)
        return tuple(ids[n] for n in sorted(nodes, key=lambda n: (ends[2 * n + 1], ids[n])))

    @cached_property
    def near_critical(self) -> tuple[str, ...]:
        """What has a total float above 0 and at most `near_critical` days, in schedule order."""
        margin, near = self.boundaries.total_float, self._near
        return self._ordered(node for node in self._planned if 0 < margin(node) <= near)

    @cached_property
    def critical(self) -> tuple[str, ...]:
        """What has no total float left, in schedule order."""
        margin = self.boundaries.total_float
        return self._ordered(node for node in self._planned if margin(node) <= 0)

    def moved_since(self, before: Schedule) -> tuple[str, ...]:
        """Ids, in file order, whose start or finish is not what it was, or that came or went."""
        if self.network.ids != before.network.ids:
            old, new = before._days(), self._days()
            return tuple(id for id in {**old, **new} if old.get(id) != new.get(id))
        mine, theirs = self.boundaries.ends, before.boundaries.ends
        moved = {end >> 1 for end, at in enumerate(mine) if at != theirs[end]}
        # What takes no time, or has taken it, may show on another day at the same boundary.
        left, was_left = self.work.left, before.work.left
        unsure = {node for node, days in enumerate(left) if not (days and was_left[node])}
        moved -= unsure
        moved |= {node for node in unsure if self._days_of(node) != before._days_of(node)}
        return tuple(self.network.ids[node] for node in sorted(moved))

    def _days(self) -> dict[str, tuple[date, date]]:
        return {self.network.ids[node]: self._shown.both(node) for node in self._scheduled}

    def _days_of(self, node: int) -> tuple[date, date] | None:
        return self._shown.both(node) if self._has_dates(node) else None

    # --- one initiative ---------------------------------------------------------------------------

    def get(self, id: str) -> Dates | None:
        """Its dates; None for an unknown id and for what is not scheduled (see `unscheduled`)."""
        found = self._dates.get(id)
        if found is None and id not in self._dates:
            node = self.network.index.get(id)
            if node is not None and self._has_dates(node):
                found = initiative_dates(self.boundaries, self._shown, node, self._near)
            self._dates[id] = found
        return found

    def span(self, id: str) -> tuple[date, date] | None:
        """Its first and last day, as `get` has them, where nothing else is asked for."""
        node = self.network.index.get(id)
        return None if node is None else self._days_of(node)

    def links_into(self, id: str) -> tuple[LinkDates, ...]:
        """The links that `id` waits for, one for each of its `needs`, in their order."""
        node = self.network.index.get(id)
        if node is None:
            return ()
        needs = self.network.initiatives[node].needs
        return tuple(self._link(node, need) for need in needs)

    def driving_into(self, id: str) -> tuple[LinkDates, ...]:
        """Of the links that `id` waits for, those that leave it no slack."""
        found = self._driving_links.get(id)
        if found is None:
            found = tuple(link for link in self.links_into(id) if link.driving)
            self._driving_links[id] = found
        return found

    def links_out_of(self, id: str) -> tuple[LinkDates, ...]:
        """The links of those that wait for `id`, in file order."""
        index = self.network.index
        return tuple(
            self._link(index[link.succ], link.need) for link in self.network.links_out_of(id)
        )

    def delivery(self, need: Need) -> date | None:
        """The day of the predecessor's end that a link waits for, inclusive; None without dates.

        FS and FF wait for its finish; SS and SF for its start and, with a lag, for the day that
        this reaches. A lag behind a finish is time that passes after what was delivered.
        """
        days = self.span(need.on)
        if days is None or need.type[0] == "F":
            return None if days is None else days[1]
        lag = 0 if need.lag is None else length_days(need.lag, self.network.week)
        before = days[0] - timedelta(days=1)
        return self.calendars.roadmap.add(before, lag) if lag else days[0]

    def path_to(self, id: str, most: int | None = None) -> tuple[str, ...]:
        """All that drives `id`, and itself last or among them, in schedule order (start, then id).

        Finished work ends a path and is on none, and so does what is only proposed but for `id`
        itself; empty where `id` has finished or has no dates. Of more than `most` the nearest by
        number of links.
        """
        limit = len(self.network.ids) if most is None else most
        path = self._paths.get((id, limit))
        if path is None:
            path = self._paths[id, limit] = self._path_to(self.network.index.get(id), limit)
        return path

    def _path_to(self, node: int | None, limit: int) -> tuple[str, ...]:
        if node is None or node not in self._live:
            return ()
        return self._ordered(reached([node], self._driven_by, limit))

    def _driven_by(self, node: int) -> tuple[int, ...]:
        """The unfinished, planned predecessors of driving links. Paths share much: kept."""
        found = self._driving.get(node)
        if found is None:
            sources = (source >> 1 for source, _, _ in self.boundaries.early.drivers(node))
            ended, ideas = self.work.ended, self.work.ideas
            found = tuple(pred for pred in sources if pred not in ended and pred not in ideas)
            self._driving[node] = found
        return found

    def worked(self, id: str) -> Worked | None:
        """When it is worked, and when it waits; None where it has no dates."""
        found = self._worked.get(id)
        if found is None:
            node = self.network.index.get(id)
            if node is None or not self._has_dates(node):
                return None
            found = self._worked[id] = worked(self.work, self._shown, node)
        return found

    def waiting(self, id: str) -> Span | None:
        """The days, inclusive, on which it has started and nobody works on it; None without any."""
        node = self.network.index.get(id)
        found = self.worked(id) if node in self.work.begun else None
        return None if found is None else found.waiting

    # --- days -------------------------------------------------------------------------------------

    def shift(self, first: date, last: date) -> Shift:
        """How far the second day is from the first, on the roadmap's calendar; signed."""
        return Shift(first, last, self.calendars.roadmap.working_days(first, last))

    def late(self, limit: date | None, day: date | None) -> Shift | None:
        """By how much a day is after its limit; None where it is not, or where either is missing.

        The one question that everything asks that tells of a date that is missed.
        """
        if limit is None or day is None or day <= limit:
            return None
        return self.shift(limit, day)

    def missed(self, id: str) -> Shift | None:
        """By how much it finishes after its deadline or its announced day, the worse of the two."""
        days = self.span(id)
        return None if days is None else self._missed(self.roadmap.initiatives[id], days[1])

    def _missed(self, initiative: Initiative, finish: date) -> Shift | None:
        limits = (initiative.deadline, initiative.announced)
        shifts = filter(None, (self.late(limit, finish) for limit in limits))
        return max(shifts, key=attrgetter("size"), default=None)

    # --- by node ----------------------------------------------------------------------------------

    @property
    def _planned(self) -> Iterator[int]:
        """What is unfinished and more than an idea, in topological order."""
        return (node for node in self.boundaries.live if node not in self.work.ideas)

    def _has_dates(self, node: int | None) -> bool:
        return node in self.work.ended or node in self._live

    def _ordered(self, nodes: Iterable[int]) -> tuple[str, ...]:
        ends, ids, length = self.boundaries.ends, self.network.ids, self.work.length
        # A milestone starts when it is reached, also where somebody has begun with it.
        return tuple(
            ids[node]
            for node in sorted(nodes, key=lambda n: (ends[2 * n + (not length[n])], ids[n]))
        )

    def _link(self, node: int, need: Need) -> LinkDates:
        pred = self.network.index.get(need.on)
        binds = pred is not None and node in self._live and self._has_dates(pred)
        return link_dates(self.boundaries, node, need, binds=binds)


def _as_date(ordinal: int | None) -> date | None:
    return None if ordinal is None else date.fromordinal(ordinal)
