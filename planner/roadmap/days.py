"""How a day is named to a person: with its year exactly where it would be taken for another year's.

A reader takes a day without a year to be of the year that the plan is looked at from. So a day of
any other year shows its own, everywhere: on screens, in commands and in messages. Names of months
don't follow the locale, so that the same plan reads the same everywhere.
"""

from __future__ import annotations

from datetime import date

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def named_day(day: date, near: date) -> str:
    """``15 Oct``; ``15 Oct 2029`` where that is not the year of `near`."""
    text = f"{day.day} {MONTHS[day.month - 1]}"
    return text if day.year == near.year else f"{text} {day.year}"


def short_day(day: date, near: date) -> str:
    """The same for a column of a table: ``15 Oct``, ``15 Oct 29``; at most 9 letters."""
    text = f"{day.day} {MONTHS[day.month - 1]}"
    return text if day.year == near.year else f"{text} {day.year % 100:02}"


def named_days(first: date, last: date, near: date) -> str:
    """A range of inclusive days: ``1 Mar – 12 Mar``, ``15 Oct`` for one day, and the year once
    where both ends are of the same other year: ``1 Mar – 12 Mar 2029``.
    """
    if first == last:
        return named_day(last, near)
    return f"{named_day(first, last if near.year != last.year else near)} – {named_day(last, near)}"


def day_width(*days: date | None, near: date) -> int:
    """Letters that a column of `short_day` needs for days from the first to the last of these."""
    return 9 if any(day is not None and day.year != near.year for day in days) else 6
