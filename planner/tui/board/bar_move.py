"""A bar in hand: how far it was moved and stretched, and the edit that this stands for.

Moving writes `start_no_earlier_than`, because that is all a person can promise about a start: logic
still wins, and a bar that is moved before its predecessors stays where they hold it. A milestone
shows the day that closes at it, so there it is `finish_no_earlier_than`. Stretching
writes `estimate`; of three values, all move by the same days, so that the spread stays. Days are
working days on the roadmap's calendar, a week is five of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.entry.shifts import in_days, stretched
from planner.plan.model import Plan
from planner.roadmap.entities import Initiative
from planner.roadmap.figures import date_range, date_text, signed
from planner.roadmap.quantities import Estimate, Length, format_estimate, format_length, length_days
from planner.text.edits import Edit, Edits, RemoveKey, SetKey

WEEK = 5


def refusal(plan: Plan, id: str) -> str | None:
    """Why a bar can't be grabbed at all; None where it can."""
    dates = plan.schedule.get(id)
    if dates is None:
        return f"{id} has no dates: {plan.schedule.unscheduled.get(id, 'it is not scheduled')}"
    if dates.finished:
        day = date_text(dates.finish, plan.as_of)
        return f"{id} finished on {day}: an actual date can't be moved"
    pinned = plan.roadmap.initiatives[id].must_start_on
    if pinned is not None and not dates.started:
        day = date_text(pinned, plan.as_of)
        return f"{id} must start on {day}: change that with E"
    return None


@dataclass(frozen=True)
class Grab:
    """An initiative in hand: `shift` and `stretch` are working days, signed."""

    plan: Plan
    id: str
    shift: int = 0
    stretch: int = 0

    def moved(self, days: int) -> Grab:
        """Moved further by so many working days."""
        return Grab(self.plan, self.id, self.shift + days, self.stretch)

    def stretched(self, days: int) -> Grab:
        """Made longer by so many working days; never shorter than a day."""
        shortest = 1 - self._likely()
        return Grab(self.plan, self.id, self.shift, max(shortest, self.stretch + days))

    @property
    def started(self) -> bool:
        """Whether the work has begun: then its start is a fact."""
        dates = self.plan.schedule.get(self.id)
        return dates is not None and dates.started

    @property
    def milestone(self) -> bool:
        """Whether it has no length."""
        dates = self.plan.schedule.get(self.id)
        return dates is not None and dates.duration == 0

    @property
    def initiative(self) -> Initiative:
        """What is in hand."""
        return self.plan.roadmap.initiatives[self.id]

    def edit(self) -> Edit | None:
        """What keeping it would write; None where that is what the file says already."""
        edits = [edit for edit in (self._move(), self._length()) if edit is not None]
        if not edits:
            return None
        return edits[0] if len(edits) == 1 else Edits(tuple(edits), self.label)

    @property
    def label(self) -> str:
        """What undo would call it."""
        parts = [f"move {self.id} {signed(self.shift)}d"] if self.shift else []
        if self.stretch:
            parts.append(f"{'' if parts else self.id + ' '}{signed(self.stretch)}d longer")
        return ", ".join(parts)

    def words(self, after: Plan) -> str:
        """What to say beside the consequence: what holds the bar, else its days."""
        dates = after.schedule.get(self.id)
        if dates is None:
            return f"moving {self.id}"
        first = dates.finish if self.milestone else dates.start
        days = date_range(first, dates.finish, after.as_of)
        return self.held(after) or f"moving {self.id}: {days}"

    def held(self, after: Plan) -> str | None:
        """Why the bar did not go where it was moved to, in words; None where it did."""
        dates, target = after.schedule.get(self.id), self._target()
        if target is None or dates is None or dates.start == target:
            return None
        at = f"held at {date_text(dates.start, after.as_of)}"
        if dates.reason.as_late:
            return f"{at}, {dates.reason.as_late}"
        return f"{at} by {', '.join(dates.driven_by) or 'the first date on which work may start'}"

    # --- the two halves ---------------------------------------------------------------------------

    def _target(self) -> date | None:
        dates = self.plan.schedule.get(self.id)
        if dates is None or not self.shift:
            return None
        return self.plan.calendars.roadmap.add(dates.start, self.shift)

    @property
    def key(self) -> str:
        """The key that moving writes."""
        return "finish_no_earlier_than" if self.milestone else "start_no_earlier_than"

    def _move(self) -> Edit | None:
        target, written = self._target(), getattr(self.initiative, self.key)
        if target is None or target == written:
            return None
        if self.shift < 0 and written is None:
            return None
        if self.shift < 0 and target <= self._soonest():
            return RemoveKey("initiatives", self.id, (self.key,))
        return SetKey("initiatives", self.id, (self.key,), target)

    def _soonest(self) -> date:
        """The first day on which it could start if nothing but logic held it."""
        free = self.plan.with_edit(RemoveKey("initiatives", self.id, (self.key,)))
        dates = free.schedule.get(self.id)
        return dates.start if dates is not None else date.min

    def _length(self) -> Edit | None:
        if not self.stretch:
            return None
        if self.started and self.initiative.remaining is not None:
            left = length_days(self.initiative.remaining, WEEK)
            length = in_days(max(1, left + self.stretch), self.initiative.remaining, WEEK)
            return SetKey("initiatives", self.id, ("remaining",), format_length(length))
        return SetKey("initiatives", self.id, ("estimate",), format_estimate(self._estimate()))

    def _estimate(self) -> Estimate:
        old = self.initiative.estimate
        if old is None:
            return Estimate(Length(self._likely() + self.stretch, "d"))
        return stretched(old, self.stretch, WEEK)

    def _likely(self) -> int:
        estimate = self.initiative.estimate
        if estimate is not None:
            return length_days(estimate.likely, WEEK)
        dates = self.plan.schedule.get(self.id)
        return dates.duration if dates is not None else 1
