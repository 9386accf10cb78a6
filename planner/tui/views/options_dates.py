"""The finish dates for which options are shown, one after the other as on the curve of prices."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from planner.analysis.aiming import Aim, first_aim
from planner.conflicts.trial import finish_of
from planner.plan.model import Plan
from planner.roadmap.figures import date_text
from planner.tui.views.options_aims import Aims
from planner.tui.views.view import View


class Dates:
    """Knows which date is asked about; `chosen` is called when a person has chosen another."""

    def __init__(self, view: View, aims: Aims, chosen: Callable[[], None]) -> None:
        self._view, self._aims, self._chosen = view, aims, chosen
        self.day: date | None = None
        self._by_a_person = False

    @property
    def aim(self) -> Aim | None:
        """What is known for the date."""
        return self._aims.of(self.day)

    def begin(self, plan: Plan, id: str, *, afresh: bool) -> None:
        """The date that a person chose, where it is still to be won; else the first one for `id`.

        `afresh` is for another launch than before, of which nobody chose a date.
        """
        there = id in plan.roadmap.initiatives
        finish = finish_of(plan.context, id) if there else None
        chosen = self.day if self._by_a_person and not afresh else None
        late = plan.schedule.missed(id) is not None
        kept = late and chosen is not None and finish is not None and chosen < finish
        self._by_a_person = kept
        if not kept:
            self.day = first_aim(plan, id) if there else None

    def do_right(self) -> None:
        """An earlier finish: further to the right on the curve."""
        self._aim_at(1)

    def do_left(self) -> None:
        """A later finish."""
        self._aim_at(-1)

    def _aim_at(self, by: int) -> None:
        """The next date on the curve, else the next working day."""
        if self.day is None:
            self._view.say("Nothing can be won here", "warning")
            return
        wanted = self._next_day(by)
        if wanted is None:
            self._view.say(self._the_end(by), "warning")
            return
        self.day, self._by_a_person = wanted, True
        self._chosen()

    def _next_day(self, by: int) -> date | None:
        """The next finish of the curve; before its end, and where none is known, the next day."""
        assert self.day is not None
        days = [one.finish for one in self._aims.priced.curve] if self._aims.priced else []
        found = [day for day in days if (day < self.day if by > 0 else day > self.day)]
        if found and (by > 0 or self.day >= days[-1]):
            return max(found) if by > 0 else min(found)
        if self.aim is None:
            return None
        shown, day = self.aim.shown, self._view.plan.calendars.roadmap.add(self.day, -by)
        first = min(shown.earliest, shown.earliest_dropping)
        return day if first <= day < shown.finish else None

    def _the_end(self, by: int) -> str:
        known = self.aim
        if known is None:
            return "Options for this date are still being tried"
        if by < 0:
            return "Any later date is reached as things are"
        earliest = date_text(known.shown.earliest, self._view.plan.as_of)
        return f"{earliest} is the earliest{'' if known.shown.ended else ' found'}"
