"""Cost of delay: an outcome is complete when its last open contributor finishes, without ideas.

The cost is the working days of delay times the yearly value of each outcome that is complete later,
divided by the working days of the year of its completion. Both plans have one status date. An
outcome that loses a contributor, or its dates, is not earlier and saves nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from math import fsum
from typing import Protocol

from planner.calendars.working import Calendars
from planner.network.graph import Network
from planner.roadmap.entities import Roadmap
from planner.schedule.compute import Schedule


class Scheduled(Protocol):
    """What has the dates of a roadmap: a plan, or what the rules see of it."""

    roadmap: Roadmap
    calendars: Calendars
    network: Network
    schedule: Schedule


Renamed = Mapping[tuple[str, str], str]
"""(kind, id before) → id afterwards."""


def lander(plan: Scheduled, contributors: Iterable[str]) -> str | None:
    """The contributor of an outcome that finishes last, then by id."""
    dated = [(day, id) for id in contributors if (day := finish_of(plan, id)) is not None]
    return max(dated)[1] if dated else None


def open_contributors(plan: Scheduled) -> dict[str, list[str]]:
    """The open initiatives that name each outcome, in file order; ideas where there is no other."""
    planned: dict[str, list[str]] = {outcome: [] for outcome in plan.roadmap.outcomes}
    ideas: dict[str, list[str]] = {}
    for one in plan.roadmap.initiatives.values():
        for outcome in dict.fromkeys(one.outcomes) if one.open else ():
            (ideas if one.is_idea else planned).setdefault(outcome, []).append(one.id)
    return {outcome: found or ideas.get(outcome, []) for outcome, found in planned.items()}


def finish_of(plan: Scheduled, id: str | None) -> date | None:
    """An initiative's last working day, inclusive; None where it is not scheduled."""
    dates = plan.schedule.get(id) if id is not None else None
    return None if dates is None else dates.finish


def last_finish(plan: Scheduled, ids: Iterable[str]) -> date | None:
    """The last of the finishes; None where none of them is scheduled."""
    return max((day for id in ids if (day := finish_of(plan, id)) is not None), default=None)


def costs_of_change(before: Scheduled, after: Scheduled, renamed: Renamed) -> list[float]:
    """Cost of delay for each outcome with a value; negative where it is complete earlier."""
    outcomes = before.roadmap.outcomes.values()
    valued = {outcome.id: float(outcome.value) for outcome in outcomes if outcome.value}
    was, then = (open_contributors(plan) if valued else {} for plan in (before, after))
    found = []
    for id, value in valued.items():
        now = renamed.get(("outcomes", id), id)
        found.append(_cost_of(before, after, renamed, now, value, was[id], then.get(now, [])))
    return found


def _cost_of(
    before: Scheduled,
    after: Scheduled,
    renamed: Renamed,
    now: str,
    value: float,
    was: Sequence[str],
    then: Sequence[str],
) -> float:
    """Work that was open counts as long as it contributes, also where it is done afterwards."""
    known = after.roadmap.initiatives
    behind = [renamed.get(("initiatives", id), id) for id in was]
    still = [id for id in behind if finish_of(after, id) and now in known[id].outcomes]
    old = last_finish(before, was)
    new = last_finish(after, {*still, *then})
    if old is None or new is None:
        return 0.0
    days = before.calendars.roadmap.working_days(old, new)
    if days < 0 and len(still) < len(behind):
        return 0.0
    return days * value / working_days_in_year(before, old.year)


def cost_of_lateness(plan: Scheduled, launch: str) -> float | None:
    """Cost of delay of a late launch; None where no outcome has a value.

    Counts each outcome whose last contributor is the launch or one of its predecessors and has
    negative float, by the working days that it finishes after its late finish.
    """
    return CostsOfLateness(plan).behind([launch])


def cost_of_a_day(plan: Scheduled, path: Collection[str]) -> float | None:
    """What a working day costs by which all of a path is later: its outcomes are complete with the
    last of their contributors. None where no outcome has a value.
    """
    valued = [outcome for outcome in plan.roadmap.outcomes.values() if outcome.value]
    behind = open_contributors(plan) if valued else {}
    found = [
        float(outcome.value or 0) / working_days_in_year(plan, finish.year)
        for outcome in valued
        if (last := lander(plan, behind[outcome.id])) in path
        and (finish := finish_of(plan, last)) is not None
    ]
    return fsum(found) if valued else None


class CostsOfLateness:
    """Cost of delay of the outcomes of a plan that are late, by the last work for each."""

    def __init__(self, plan: Scheduled) -> None:
        self._network = plan.network
        self._by: dict[str, list[float]] = {}
        for id, cost in _costs_of_lateness(plan):
            self._by.setdefault(id, []).append(cost)

    def __bool__(self) -> bool:
        return bool(self._by)

    @property
    def by_work(self) -> dict[str, float]:
        """The cost of the outcomes that each initiative completes, late."""
        return {id: fsum(costs) for id, costs in self._by.items()}

    def behind(self, ids: Collection[str], most: int | None = None) -> float | None:
        """The cost of those that wait for any of these, or for what is before them; None without
        any. Of what is before them at `most` so many are looked at, the nearest.
        """
        if not self._by:
            return None
        before = self._network.ancestors(*ids, most=most).union(ids)
        found = [cost for id in before for cost in self._by.get(id, ())]
        return fsum(found) if found else None


def _costs_of_lateness(plan: Scheduled) -> Iterator[tuple[str, float]]:
    """The last contributor of each outcome that is late for what waits for it, with the cost."""
    valued = [outcome for outcome in plan.roadmap.outcomes.values() if outcome.value]
    behind = open_contributors(plan) if valued else {}
    for outcome in valued:
        last = lander(plan, behind[outcome.id])
        dates = plan.schedule.get(last) if last is not None else None
        late = plan.schedule.late(dates.late_finish, dates.finish) if dates is not None else None
        if last is not None and late is not None:
            year = working_days_in_year(plan, late.last.year)
            yield last, late.working * float(outcome.value or 0) / year


def working_days_in_year(plan: Scheduled, year: int) -> int:
    """Working days of a calendar year on the roadmap's calendar; at least 1."""
    before, last = date(year - 1, 12, 31), date(year, 12, 31)
    return max(1, plan.calendars.roadmap.working_days(before, last))
