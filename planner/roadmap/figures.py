"""Figures as a person reads them: dates, working days, counts, money and shares, each worded once.

Commands, screens, conflicts and reports all take their figures from here, so that one value reads
the same everywhere. Names of months don't follow the locale, for the same reason. Dates and ranges
are inclusive; days are working days unless the words say otherwise. JSON never has these texts: it
has ISO dates and plain numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

MINUS = "−"
"""The sign before a negative number, U+2212: as wide as a plus, and no hyphen."""
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONG_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August",
               "September", "October", "November", "December")  # fmt: skip
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
COMMIT = 7
"""Digits of a commit's hash that are shown."""
CURRENCY_SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥"}
TEN_MONTHS = 300
"""Days."""
MOST_LISTED = 10
"""The names in one sentence; of more, the rest is counted."""


# --- dates ----------------------------------------------------------------------------------------


def date_text(day: date, near: date) -> str:
    """``15 Oct``; ``15 Oct 2029`` where that is not the year of `near`, mostly the status date: a
    reader takes a date without a year to be of the year from which the plan is looked at.
    """
    text = f"{day.day} {MONTHS[day.month - 1]}"
    return text if day.year == near.year else f"{text} {day.year}"


def day_before(day: date, near: date) -> str:
    """``3 Dec``: a day before `near`, of another year only where a reader could take it for one of
    the year of `near`: ten months and more before it.
    """
    recent = 0 <= (near - day).days < TEN_MONTHS
    return date_text(day, day if recent else near)


def date_in_words(day: date, near: date) -> str:
    """``15 October``, ``15 October 2029``: for the sentence that is read first."""
    text = f"{day.day} {LONG_MONTHS[day.month - 1]}"
    return text if day.year == near.year else f"{text} {day.year}"


def date_or_none(day: date | None, near: date) -> str:
    """``15 Oct`` as `date_text` has it, or ``no date``."""
    return "no date" if day is None else date_text(day, near)


def day_of_week(day: date, near: date) -> str:
    """``Thu 25 Mar``."""
    return f"{WEEKDAYS[day.weekday()]} {date_text(day, near)}"


def date_range(first: date, last: date, near: date) -> str:
    """``1–12 Mar``, ``27 May – 8 Jul``, ``15 Oct`` for one date; the year once where both ends are
    of the same other year: ``1–12 Mar 2029``.
    """
    if first == last:
        return date_text(last, near)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{date_text(last, near)}"
    return f"{date_text(first, last if near.year != last.year else near)} – {date_text(last, near)}"


def date_width(*days: date | None, near: date) -> int:
    """Cells that `date_text` needs at most, for dates from the first to the last of these."""
    other = any(day is not None and day.year != near.year for day in days)
    return len("15 Oct 2029" if other else "15 Oct")


# --- numbers --------------------------------------------------------------------------------------


def count(number: float, noun: str, plural: str | None = None) -> str:
    """``1 launch``, ``2 launches``, ``2.5 weeks``; `plural` where it is not the noun with an s."""
    many = noun if abs(number) == 1 else plural or _plural(noun)
    size = f"{abs(number):g}" if isinstance(number, float) else str(abs(number))
    return f"{MINUS if number < 0 else ''}{size} {many}"


def working_days(number: int) -> str:
    """``1 working day``, ``5 working days``: for sentences."""
    return count(number, "working day")


def days_short(number: int) -> str:
    """``5d``, ``−5d``: working days in a table."""
    return f"{MINUS if number < 0 else ''}{abs(number)}d"


def signed(number: int) -> str:
    """``+5``, ``−5``, ``0``: a difference."""
    return f"+{number}" if number > 0 else f"{MINUS}{-number}" if number < 0 else "0"


def number(value: float, unit: str | None = None) -> str:
    """``2.1``, ``1,250,000``, ``40 leads``, ``2.5%``: never more digits than were meant, and never
    an exponent.
    """
    text = f"{value:,.15g}"
    if "e" in text:
        from decimal import Decimal  # 2 ms, which figures of usual size have no use for

        text = f"{Decimal(text):,f}"
    text = text.replace("-", MINUS)
    return f"{text}{'' if unit == '%' else ' '}{unit}" if unit else text


def per_cent(share: float) -> str:
    """``24%`` for 0.24, ``−25%``; a half is rounded away from 0."""
    whole = int(abs(share) * 100 + 0.5)
    return f"{MINUS if share < 0 and whole else ''}{whole}%"


# --- money ----------------------------------------------------------------------------------------


def money(amount: float, currency: str | None) -> str:
    """``€1,020,000``, ``CHF 900``, ``−€12.50``: for sentences, to the cent."""
    size = round(abs(amount), 2)
    digits = number(size) if size == int(size) else f"{size:,.2f}"
    return f"{MINUS if amount < 0 else ''}{_sign(currency)}{digits}"


def priced(title: str, price: float, currency: str | None) -> str:
    """``accelerate site to 4w for €5,000``: what is done, and the money that it takes."""
    return f"{title} for {money(price, currency)}" if price else title


def money_short(amount: float, currency: str | None) -> str:
    """``€1.02m``, ``€40k``, ``−€1.2k``, ``CHF 900``: for tables, as exact as sums need.

    A million that was rounded keeps its zeros: ``€1.00m`` stands for 1,002,500, ``€1m`` for itself.
    """
    size = abs(amount)
    for limit, unit, decimals in ((1_000_000, "m", 2), (1_000, "k", 1)):
        if size >= limit * 0.9995:
            scaled = f"{size / limit:.{decimals if size < 10 * limit else 0}f}"
            exact = unit == "k" or size % 10_000 == 0
            bare = scaled.rstrip("0").rstrip(".") if exact and "." in scaled else scaled
            text = bare + unit
            break
    else:
        text = f"{size:.0f}"
    return f"{MINUS if amount < 0 and text != '0' else ''}{_sign(currency)}{text}"


def _sign(currency: str | None) -> str:
    """``€``, ``CHF `` with a blank; nothing without a currency."""
    return CURRENCY_SIGNS.get(currency or "", f"{currency} " if currency else "")


# --- names ----------------------------------------------------------------------------------------


def short_commit(commit: str | None) -> str:
    """``4be7d21``; empty for what is not committed."""
    return (commit or "")[:COMMIT]


def listed(names: Iterable[str], most: int | None = MOST_LISTED) -> str:
    """``a, b and c``; past `most`, the first ones and how many more there are."""
    all = list(names)
    if most is not None and len(all) > most:
        return f"{', '.join(all[:most])} and {len(all) - most} more"
    return " and ".join([", ".join(all[:-1]), all[-1]] if len(all) > 1 else all)


def _plural(noun: str) -> str:
    ending = "es" if noun.endswith(("s", "x", "ch", "sh")) else "s"
    return f"{noun}{ending}"
