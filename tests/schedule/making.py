"""Roadmaps in a few words, and their schedules."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from msgspec.structs import replace

from planner.calendars.working import Calendars
from planner.network.graph import Network
from planner.roadmap.entities import Calendar, Checks, Initiative, Roadmap, Settings, TeamEntity
from planner.roadmap.quantities import parse_estimate, parse_length, parse_need
from planner.schedule.compute import Dates, Schedule, compute

MONDAY = date(2027, 3, 1)
"""The first day of every roadmap made here, unless it says otherwise."""

SIX_DAYS = Calendar(id="six", workdays=("mon", "tue", "wed", "thu", "fri", "sat"))
SEVEN_DAYS = Calendar(id="seven", workdays=("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
GULF = Calendar(id="gulf", workdays=("sun", "mon", "tue", "wed", "thu"))
CALENDARS = (SIX_DAYS, SEVEN_DAYS, GULF)


def march(day: int) -> date:
    """A day of March 2027; the first is a Monday."""
    return date(2027, 3, day)


def work(id: str, estimate: str | None = None, *needs: str, **keys: Any) -> Initiative:
    """``work("b", "3d", "a SS+2d", status="active")``."""
    if "remaining" in keys:
        keys["remaining"] = parse_length(keys["remaining"])
    if "owner" in keys:
        keys["owner"] = (keys["owner"],)
    return Initiative(
        id=id,
        estimate=None if estimate is None else parse_estimate(estimate),
        needs=tuple(parse_need(need) for need in needs),
        **keys,
    )


def roadmap(
    *initiatives: Initiative,
    start: date | None = MONDAY,
    calendar: str | None = None,
    calendars: Iterable[Calendar] = CALENDARS,
    holidays: Iterable[date] = (),
    teams: Iterable[TeamEntity] = (),
    checks: Checks | None = None,
    near_critical: int = 5,
    main_launch: str | None = None,
) -> Roadmap:
    """A roadmap; `holidays` are days off on the standard calendar."""
    known = {one.id: one for one in calendars}
    if holidays:
        known["standard"] = Calendar(id="standard", holidays=dict.fromkeys(holidays, "day off"))
    return Roadmap(
        settings=Settings(
            start=start,
            calendar=calendar,
            near_critical=near_critical,
            main_launch=main_launch,
        ),
        calendars=known,
        teams={team.id: team for team in teams},
        checks=checks or Checks(),
        initiatives={one.id: one for one in initiatives},
    )


def run(plan: Roadmap, as_of: date | None = None, previous: Schedule | None = None) -> Schedule:
    """The schedule of a roadmap; without `as_of`, as of its first day."""
    day = as_of or plan.settings.start
    assert day is not None
    network = Network.of(plan, previous=None if previous is None else previous.network)
    calendars = Calendars.of(plan, None if previous is None else previous.calendars)
    return compute(plan, network, calendars, day)


def schedule(*initiatives: Initiative, as_of: date | None = None, **settings: Any) -> Schedule:
    """The schedule of a few initiatives."""
    return run(roadmap(*initiatives, **settings), as_of)


def edited(plan: Roadmap, id: str, **keys: Any) -> Roadmap:
    """The roadmap with keys of one initiative changed."""
    changed = replace(plan.initiatives[id], **keys)
    return replace(plan, initiatives={**plan.initiatives, id: changed})


def dates(schedule: Schedule, id: str) -> Dates:
    """The dates of something that has some."""
    found = schedule.get(id)
    assert found is not None, f"{id}: {schedule.unscheduled.get(id)}"
    return found


def span(schedule: Schedule, id: str) -> str:
    """``"1 Mar - 5 Mar"``: first and last day, or one day where they are one."""
    found = dates(schedule, id)
    first, last = _day(found.start), _day(found.finish)
    return first if first == last else f"{first} - {last}"


def late_span(schedule: Schedule, id: str) -> str:
    """The late dates, written as those of `span` are."""
    found = dates(schedule, id)
    assert found.late_start is not None
    assert found.late_finish is not None
    first, last = _day(found.late_start), _day(found.late_finish)
    return first if first == last else f"{first} - {last}"


def _day(day: date) -> str:
    return f"{day.day} {day:%b}" if day.year == MONDAY.year else f"{day.day} {day:%b %Y}"
