"""Consequence of a handover on a named date.

A promised or needed date moves nothing in the schedule. So where one is entered, the plan is
scheduled again with the delivery on that date, and the result is shown beside that of the edit.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from planner.conflicts.delivering import delivering
from planner.plan.impact import Consequence, compare
from planner.plan.impact_line import Part, joined, target_parts
from planner.plan.model import Plan
from planner.roadmap.entities import Initiative
from planner.roadmap.figures import date_text
from planner.roadmap.quantities import Need
from planner.text.visible import visible

MOST = 3
"""Named dates tried for one edit; each schedules the whole plan."""

DAYS = ("promised", "needed_by")
"""Keys of a link and of its counter that name a delivery date."""


class Arrival(Struct, frozen=True):
    """A named date of the handover `supplier` → `successor`, and the plan with that delivery.

    `consequence` compares it with the plan before the edit; both are scheduled.
    """

    successor: str
    supplier: str
    day: date
    consequence: Consequence

    @property
    def freezes(self) -> tuple[str, ...]:
        """The titles of the freezes in which the launch, or the last of what it needs, would be."""
        plan, launch = self.consequence.after, self.consequence.target
        finish = self.consequence.after_finish
        if launch is None or finish is None:
            return ()
        work = [plan.roadmap.initiatives[id] for id in {launch, *plan.network.ancestors(launch)}]
        frozen = plan.context.frozen
        inside = {one.id for each in work for one in frozen.stopping(each, finish, finish)}
        return tuple(one.freeze.label for id, one in frozen.windows.items() if id in inside)

    def parts(self) -> Iterator[Part]:
        """``if it comes on 26 May:``, then the launch, its cost, and a freeze that it is in."""
        day = date_text(self.day, self.consequence.after.as_of)
        first, *parts = target_parts(self.consequence)
        yield Part(f"if it comes on {day}: {first.text}", first.role)
        yield from parts
        for title in self.freezes:
            yield Part(f"inside {visible(title)}", "bad")

    @property
    def line(self) -> str:
        """``if it comes on 26 May: Peak 29 Oct +10d · 15d late · delay cost +€31k``."""
        return joined(self.parts())


def arrivals(before: Plan, after: Plan) -> Iterator[Arrival]:
    """The first `MOST` dates that an edit adds and that differ from the scheduled delivery.

    Delivered handovers are not included.
    """
    found: dict[tuple[str, date], Arrival] = {}
    for initiative in after.roadmap.initiatives.values():
        old = before.roadmap.initiatives.get(initiative.id)
        if old is initiative:
            continue
        for need, day in _named(old, initiative):
            if (need.on, day) in found or len(found) == MOST:
                continue
            one = _arrival(before, after, initiative.id, need, day)
            if one is not None:
                found[need.on, day] = one
                yield one


def _named(old: Initiative | None, new: Initiative) -> Iterator[tuple[Need, date]]:
    """Links with a new named date, and that date."""
    known = {(one.on, *named) for one in (old.needs if old else ()) for named in _days(one)}
    for need in new.needs:
        for key, day in _days(need):
            if (need.on, key, day) not in known:
                yield need, day


def _days(need: Need) -> Iterator[tuple[str, date]]:
    for holder in (need.counter, need):
        for key in DAYS:
            day: date | None = getattr(holder, key, None)
            if day is not None:
                yield key if holder is need else f"counter {key}", day


def _arrival(before: Plan, after: Plan, successor: str, need: Need, day: date) -> Arrival | None:
    edit = delivering(after.context, need, day)
    if edit is None:
        return None
    then = after.with_edit(edit)
    came = then.schedule.delivery(need)
    if came is None or (day < came and then.calendars.roadmap.working_days(day, came) > 1):
        return None
    return Arrival(successor, need.on, day, compare(before, then))
