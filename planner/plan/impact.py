"""Consequence of a change for the whole plan: two scheduled plans compared.

Dates and money are compared at one status date: where the change moves it, the shift caused by time
is separate and costs nothing. Findings are counted as in the header, before and after. A table that
only has another id is the same table.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from functools import cached_property

from msgspec import Struct, structs

from planner.conflicts.changes import Changes, Parts
from planner.errors import EditRefused
from planner.plan.model import Plan
from planner.roadmap.entities import Tables
from planner.schedule.delay import Renamed, costs_of_change, finish_of
from planner.schedule.shift import Shift
from planner.text.edits import Edit, apply_to_data, renamed_ids, renames_of


class Moved(Struct, frozen=True):
    """An initiative whose finish changed; `days` is signed, later is positive.

    Over a weekend `days` is 0 and `calendar_days` is not: a move all the same.
    """

    id: str
    before: date
    after: date
    days: int
    calendar_days: int

    @property
    def shift(self) -> Shift:
        """From the finish before to the finish after."""
        return Shift(self.before, self.after, self.days)


class Left(Struct, frozen=True):
    """A launch that has no dates any more: the finish it had, and why."""

    id: str
    before: date
    why: str


class Consequence:
    """`after` seen from `before`; the findings are compared when they are first asked for.

    `renamed` are the tables that only got another id; all ids here are those of afterwards.
    """

    def __init__(self, before: Plan, after: Plan, edit: Edit | None = None) -> None:
        self.before = before
        self.after = after
        self._renames = renames_of(edit) if edit is not None else ()
        self._now: Renamed = renamed_ids(self._renames)
        self._was = {(kind, now): was for (kind, was), now in self._now.items()}

    # --- the main launch --------------------------------------------------------------------------

    @cached_property
    def target(self) -> str | None:
        """The main launch: that of before, else that of afterwards."""
        old = self.before.schedule.main_launch
        return self.after.schedule.main_launch if old is None else self._id_now(old)

    @property
    def before_finish(self) -> date | None:
        """The target's last working day before the change, inclusive."""
        return self._finish_in(self.before, self.target)

    @property
    def after_finish(self) -> date | None:
        """The target's last working day after the change, inclusive; None where it has left."""
        return finish_of(self.after, self.target)

    @property
    def left(self) -> bool:
        """Whether the main launch has lost its dates."""
        return self.before_finish is not None and self.after_finish is None

    @cached_property
    def slip(self) -> Shift | None:
        """How far the target moves, time and edit together; None without dates on one side."""
        return _shift(self.before, self.before_finish, self.after_finish)

    @cached_property
    def slip_by_time(self) -> Shift | None:
        """How far the target would move without any edit, only because time went by."""
        return _shift(self.before, self.before_finish, self._finish_in(self.then, self.target))

    @cached_property
    def slip_by_edit(self) -> Shift | None:
        """How far the target moves at one and the same status date."""
        return _shift(self.before, self._finish_in(self.then, self.target), self.after_finish)

    @cached_property
    def short(self) -> Shift | None:
        """By how much the target is late afterwards; None if it isn't."""
        return lateness(self.after, self.target)

    # --- all that moves ---------------------------------------------------------------------------

    @cached_property
    def moved(self) -> tuple[Moved, ...]:
        """Every initiative whose finish changed, by its finish afterwards, then id."""
        return self._moves(self.after.schedule.moved_since(self.before.schedule))

    @cached_property
    def launches_moved(self) -> tuple[Moved, ...]:
        """Those of `moved` that are launches, before or after."""
        before = map(self._id_now, self.before.schedule.launches)
        return self._moves({*before, *self.after.schedule.launches})

    @cached_property
    def launches_left(self) -> tuple[Left, ...]:
        """The launches that have no dates any more, by the finish they had."""
        found = [
            Left(id, finish, self.why_left(id))
            for was in self.before.schedule.launches
            if (finish := finish_of(self.before, was)) is not None
            and finish_of(self.after, id := self._id_now(was)) is None
        ]
        return tuple(sorted(found, key=lambda each: (each.before, each.id)))

    @property
    def whole(self) -> Shift | None:
        """How far the finish of the whole roadmap moves."""
        return _shift(self.before, self.before.schedule.finish, self.after.schedule.finish)

    def _moves(self, ids: Iterable[str]) -> tuple[Moved, ...]:
        found = [move for id in ids if (move := self._move(id))]
        return tuple(sorted(found, key=lambda each: (each.after, each.id)))

    def _move(self, id: str) -> Moved | None:
        shift = _shift(self.before, self._finish_in(self.before, id), finish_of(self.after, id))
        if not shift:
            return None
        return Moved(id, shift.first, shift.last, shift.working, shift.calendar)

    def why_left(self, id: str) -> str:
        """Why an initiative has no dates after the change."""
        if id not in self.after.roadmap.initiatives:
            return "removed"
        return self.after.schedule.unscheduled.get(id, "not scheduled")

    # --- what it costs, and what it clears --------------------------------------------------------

    @cached_property
    def cost(self) -> float | None:
        """Cost of delay of the edit alone; negative where it saves.

        None without values. Where the target has left, nothing is saved.
        """
        if not any(outcome.value for outcome in self.before.roadmap.outcomes.values()):
            return None
        costs = costs_of_change(self.then, self.after, self._now)
        return sum(max(each, 0) for each in costs) if self.left else sum(costs)

    @cached_property
    def changes(self) -> Changes:
        """New, cleared and changed findings."""
        return Changes(self.before.parts, self.after.parts, self._now, self._unlost)

    @property
    def nothing(self) -> bool:
        """Neither a date nor a finding changes."""
        return not (self.moved or self.launches_left or self.changes.all)

    def _unlost(self) -> Parts | None:
        tables: Tables = self.before.tables
        for each in self._renames:
            with suppress(EditRefused):  # The edit took out first what had that id.
                tables = apply_to_data(structs.replace(each, as_it_was=True), tables)
        return self.after.unlost(tables)

    # --- ids and status dates ---------------------------------------------------------------------

    @cached_property
    def then(self) -> Plan:
        """The plan before the change, at the status date of afterwards."""
        return self.before.at(self.after.as_of)

    def _id_now(self, id: str) -> str:
        return self._now.get(("initiatives", id), id)

    def id_before(self, id: str) -> str:
        """What an initiative was called before the change."""
        return self._was.get(("initiatives", id), id)

    def _finish_in(self, plan: Plan, id: str | None) -> date | None:
        """The finish in a plan from before the change."""
        return finish_of(plan, self.id_before(id) if id else None)


def compare(before: Plan, after: Plan, edit: Edit | None = None) -> Consequence:
    """What changed from `before` to `after`; `edit`, where one did it, says what it renamed."""
    return Consequence(before, after, edit)


def lateness(plan: Plan, id: str | None) -> Shift | None:
    """By how much it misses its deadline or announced day; None where they are met or not set."""
    return None if id is None else plan.schedule.missed(id)


def _shift(plan: Plan, before: date | None, after: date | None) -> Shift | None:
    if before is None or after is None:
        return None
    return plan.schedule.shift(before, after)
