"""Handovers: how far each is agreed, and whether the plan delivers it in time.

A handover is a link between two different sides, neither of them joint. Its terms, and how they
change, are in `planner.conflicts.terms`.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from planner.conflicts.context import Context
from planner.conflicts.terms import links_of, waiting
from planner.roadmap.answers import handover_state
from planner.roadmap.quantities import Need
from planner.schedule.shift import Shift

Agreed = Literal["agreed", "promised", "countered", "asked", "not asked", "declined"]
"""How far a handover is agreed, the best first."""


class WaitsOn(Struct, frozen=True):
    """A handover on the chain that drives a date: who supplies, and how far it is agreed."""

    supplier: str
    successor: str
    side: str | None
    state: Agreed
    since: date | None


def waits_on(context: Context, id: str) -> WaitsOn | None:
    """The first handover on the driving chain that is not agreed, else the last of all.

    None where the chain never crosses from one side to the other.
    """
    agreed = None
    for successor in context.path_to(id):
        for link in context.schedule.driving_into(successor):
            dates = context.dates(link.on)
            if dates and not dates.finished and context.across(link.on, successor):
                state, since = answer(context, successor, link.on)
                found = WaitsOn(link.on, successor, context.ends[link.on], state, since)
                if state != "agreed":
                    return found
                agreed = found
    return agreed


def answer(context: Context, successor: str, supplier: str) -> tuple[Agreed, date | None]:
    """How far a handover is agreed, and since when. What was accepted, or not, had been agreed,
    and what is agreed stays so while a counter waits; a day that was promised without having been
    asked for is a word, but no agreement.
    """
    links = links_of(context, successor, supplier)
    state, day = handover_state(links)
    if state == "agreed" or state == "accepted" or state == "not accepted":
        return "agreed", day
    counter = waiting(context, successor, supplier)
    if counter is not None and counter.end == "successor":
        return "countered", counter.counter.on
    if state == "not asked" and any(need.promised for need in links):
        return "promised", None
    return state, day


class Gap(Struct, frozen=True):
    """A handover that the plan delivers after the day that was promised, or was needed."""

    successor: str
    supplier: str
    need: Need
    late: Shift

    @property
    def bound(self) -> date:
        """The day that it is held against."""
        return self.late.first

    @property
    def key(self) -> str:
        """Which day it is held against: `promised`, else `needed_by`."""
        return "promised" if self.need.promised is not None else "needed_by"


def gaps(context: Context) -> list[Gap]:
    """One for each handover between two pieces of open work, the worst of its links."""
    worst: dict[tuple[str, str], Gap] = {}
    for initiative, need in context.dated_needs:
        if not (initiative.open and context.is_open(need.on)):
            continue
        late = context.schedule.late(need.promised or need.needed_by, still_to_come(context, need))
        pair = (initiative.id, need.on)
        if late and (pair not in worst or late.size > worst[pair].late.size):
            worst[pair] = Gap(initiative.id, need.on, need, late)
    return list(worst.values())


def still_to_come(context: Context, need: Need) -> date | None:
    """The day on which the plan delivers what a link waits for; None where it has been."""
    day = context.schedule.delivery(need)
    dates = context.dates(need.on)
    been = day is not None and dates is not None and dates.started and day < context.as_of
    return None if been else day
