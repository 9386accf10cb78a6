"""Cost of delay: an outcome is complete when its last open contributor finishes, without ideas.

The cost is the working days of delay times the yearly value of each outcome that is complete later,
divided by the working days of the year of its completion. Both plans have one status date. An
outcome that loses a contributor, or its dates, is not earlier and saves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
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


def lander(plan: Scheduled, outcome: str) -> str | None:
    """The open contributor of an outcome that finishes last, then by id."""
    contributors = contributors_to(plan, outcome)
    dated = [(day, id) for id in contributors if (day := finish_of(plan, id)) is not None]
    return max(dated)[1] if dated else None


def contributors_to(plan: Scheduled, outcome: str) -> list[str]:
    """The open initiatives that name an outcome, in file order; ideas where there is no other."""
    open_ = [i for i in plan.roadmap.initiatives.values() if outcome in i.outcomes and i.open]
    return [i.id for i in open_ if not i.is_idea] or [i.id for i in open_]


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
    valued = ((outcome.id, float(outcome.value)) for outcome in outcomes if outcome.value)
    return [_cost_of(before, after, renamed, id, value) for id, value in valued]


def _cost_of(
    before: Scheduled, after: Scheduled, renamed: Renamed, outcome: str, value: float
) -> float:
    """Work that was open counts as long as it contributes, also where it is done afterwards."""
    known = after.roadmap.initiatives
    now = renamed.get(("outcomes", outcome), outcome)
    was = contributors_to(before, outcome)
    behind = [renamed.get(("initiatives", id), id) for id in was]
    still = [id for id in behind if finish_of(after, id) and now in known[id].outcomes]
    old = last_finish(before, was)
    new = last_finish(after, {*still, *contributors_to(after, now)})
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
    costs = costs_of_lateness(plan)
    if not costs:
        return None
    before = plan.network.ancestors(launch) | {launch}
    found = [cost for id, cost in costs if id in before]
    return sum(found) if found else None


def costs_of_lateness(plan: Scheduled) -> list[tuple[str, float]]:
    """The last contributor of each outcome that is late for what waits for it, with the cost."""
    found = []
    for outcome in plan.roadmap.outcomes.values():
        last = lander(plan, outcome.id) if outcome.value else None
        dates = plan.schedule.get(last) if last is not None else None
        late = plan.schedule.late(dates.late_finish, dates.finish) if dates is not None else None
        if last is not None and late is not None:
            year = working_days_in_year(plan, late.last.year)
            found.append((last, late.working * float(outcome.value or 0) / year))
    return found


def working_days_in_year(plan: Scheduled, year: int) -> int:
    """Working days of a calendar year on the roadmap's calendar; at least 1."""
    before, last = date(year - 1, 12, 31), date(year, 12, 31)
    return max(1, plan.calendars.roadmap.working_days(before, last))
