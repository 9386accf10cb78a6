"""Shift from one date to another, in working days and in calendar days.

A finish on Sunday after a deadline on Saturday is late, though no working day lies between them. So
a `Shift` is true where the dates differ, not where its count is not 0; where the count of working
days is 0, text gives calendar days.
"""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

from planner.roadmap.figures import MINUS, count, days_short, working_days


class Shift(Struct, frozen=True):
    """From one inclusive day to another, signed: later is positive. True where the days differ.

    `working` counts working days of the roadmap's calendar, from one day's closing to the other's.
    """

    first: date
    last: date
    working: int

    def __bool__(self) -> bool:
        return self.first != self.last

    @property
    def calendar(self) -> int:
        """Calendar days from the first day to the last, signed."""
        return (self.last - self.first).days

    @property
    def later(self) -> bool:
        """Whether the second day is after the first."""
        return self.last > self.first

    @property
    def size(self) -> tuple[int, int]:
        """Sort key of shifts: working days, then calendar days."""
        return self.working, self.calendar

    @property
    def amount(self) -> str:
        """``5 working days``; ``1 calendar day`` where no working day lies between."""
        if self.working or not self:
            return working_days(abs(self.working))
        return count(abs(self.calendar), "calendar day")

    @property
    def late(self) -> str:
        """``5 working days late``; ``1 calendar day late, over a weekend``."""
        over = "" if self.working or not self else f", over {self._days_off}"
        return f"{self.amount} late{over}"

    @property
    def brief(self) -> str:
        """For a column or one line: ``5d``, ``1 calendar day``."""
        return days_short(abs(self.working)) if self.working else self.amount

    @property
    def short(self) -> str:
        """The same with its sign: ``+5d``, ``−5d``; ``+1 calendar day``; ``0``."""
        return f"{'+' if self.later else MINUS}{self.brief}" if self else "0"

    @property
    def _days_off(self) -> str:
        start = min(self.first, self.last)
        days = (start + timedelta(days=1 + n) for n in range(abs(self.calendar)))
        return "a weekend" if all(day.weekday() >= 5 for day in days) else "days off"
