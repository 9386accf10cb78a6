"""What people type for a day, a length, an estimate, a link or a number, and how it is understood.

The file format has one spelling for each of these; fingers have many. Every function here takes the
text as typed and gives either `Understood` (the value, its spelling in the file, and the words that
tell the person what was understood) or `Unclear` (what is wrong, and the nearest text that would be
right). Nothing is guessed silently: what was guessed is in `said`. Nothing here reads a clock:
`today` is given.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Collection, Iterable
from datetime import date, timedelta
from difflib import get_close_matches
from typing import Generic, TypeVar

from msgspec import Struct

from planner.roadmap.quantities import (
    MAX_DAYS,
    MAX_WEEKS,
    Amount,
    Estimate,
    Length,
    LinkType,
    Need,
    format_length,
    format_need_text,
    length_days,
)
from planner.roadmap.values import FIRST_DAY, LAST_DAY

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

FIRST_YEAR, LAST_YEAR = FIRST_DAY.year, LAST_DAY.year

Working = Callable[[date, int], date]
"""(day, n) to the day `n` working days later; negative n is earlier."""


class Understood(Struct, Generic[T_co], frozen=True):
    """`value` is what was meant, `text` its spelling in the file, `said` how to say it back."""

    value: T_co
    text: str
    said: str


class Unclear(Struct, frozen=True):
    """`why` is what is wrong, in a few words; `nearest` is a text that would be right, or None."""

    why: str
    nearest: str | None = None

    def __str__(self) -> str:
        return f"{self.why}; nearest: {self.nearest}" if self.nearest else self.why


def _sure(
    found: Understood[T] | Unclear, read: Callable[[str], Understood[T] | Unclear]
) -> Understood[T] | Unclear:
    """The same, with a nearest text only where that is right: it may need mending itself."""
    if isinstance(found, Understood) or found.nearest is None:
        return found
    nearest: str | None = found.nearest
    for _ in range(3):
        again = read(nearest) if nearest is not None else None
        if not isinstance(again, Unclear):
            break
        nearest = again.nearest
    else:
        nearest = None
    return Unclear(found.why, nearest)


# --- days -----------------------------------------------------------------------------------------

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
DAY_WORDS = {"today": 0, "now": 0, "tomorrow": 1, "yesterday": -1}
EDGES = {"start": 0, "begin": 0, "early": 0, "mid": 1, "middle": 1, "end": 2, "late": 2}
SPANS = {"d": "day", "w": "week", "m": "month", "q": "quarter", "y": "year"}

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_ISO_WEEK = re.compile(r"(\d{4})-?w(\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.?(\d{4}|\d{2})?")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?")
_RELATIVE = re.compile(r"([+\-−]|in )\s*(\d{1,4})\s*([a-z]+)")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.?\s*([a-z]{3,})\.?,?\s*(\d{4}|\d{2})?")
_MONTH_DAY = re.compile(r"([a-z]{3,})\.?\s*(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}|\d{2}))?")
_PERIOD = re.compile(
    r"(?:(start|begin|early|mid|middle|end|late)\s*)?"
    r"(?:(q[1-4])|(h[12])|(?:w|wk|week)\s*(\d{1,2})|(\d{4})-(\d{1,2})|([a-z]{3,}))?"
    r"\s*(\d{4})?"
)


def say_day(day: date) -> str:
    """``Mon 1 Mar 2027``."""
    weekday, month = WEEKDAYS[day.weekday()], MONTHS[day.month - 1]
    return f"{weekday[:3].title()} {day.day} {month[:3].title()} {day.year}"


def typed_date(
    text: str, today: date, *, past: bool = False, working: Working | None = None
) -> Understood[date] | Unclear:
    """A day: ``2027-03-01``, ``1 mar``, ``mon``, ``+2w``, ``+5d``, ``q2``, ``end q3``, ``w12``.

    A day without a year is the next one (the last one where `past`: an actual date). ``+5d`` counts
    working days by `working` (Monday to Friday without it); weeks and longer are calendar time.
    """

    def read(words: str) -> Understood[date] | Unclear:
        return _date(words, today, past, working or _weekdays_only)

    return _sure(read(text), read)


def _date(text: str, today: date, past: bool, working: Working) -> Understood[date] | Unclear:
    words = " ".join(word for word in text.casefold().split() if word != "of")
    if not words:
        return Unclear("no day", today.isoformat())
    found = _read_day(words, today, past, working)
    if isinstance(found, Unclear):
        return found
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        return Unclear(
            f"days run from {FIRST_YEAR} to {LAST_YEAR}", _put(today.year, found).isoformat()
        )
    return Understood(found, found.isoformat(), f"{say_day(found)}{_apart(found, today)}")


def _read_day(words: str, today: date, past: bool, working: Working) -> date | Unclear:
    for read in (_numeric, _named, _relative, _day_and_month, _period):
        found = read(words, today, past, working)
        if found is not None:
            return found
    return _no_day(words, today, past, working)


def _numeric(words: str, today: date, past: bool, _: Working) -> date | Unclear | None:
    if match := _ISO.fullmatch(words):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _ISO_WEEK.fullmatch(words):
        return _week(int(match[2]), int(match[1]), 0, today, past)
    if match := _DOTTED.fullmatch(words):
        return _yearless(int(match[1]), int(match[2]), match[3], today, past)
    if match := _SLASHED.fullmatch(words):
        one, two = int(match[1]), int(match[2])
        number, month = (one, two) if two <= 12 else (two, one)
        meant = _yearless(number, month, match[3], today, past)
        near = meant.nearest if isinstance(meant, Unclear) else _short(meant)
        return Unclear("day or month first?", near)
    if words.isdigit() and len(words) <= 2:
        meant = _yearless(int(words), today.month, None, today, past)
        return Unclear("which month?", None if isinstance(meant, Unclear) else _short(meant))
    return None


def _named(words: str, today: date, past: bool, _: Working) -> date | None:
    if words in DAY_WORDS:
        return today + timedelta(DAY_WORDS[words])
    which, _sep, name = words.rpartition(" ")
    weekday = _position(name, WEEKDAYS)
    if weekday is None or which not in ("", "next", "last", "this", "on"):
        return None
    ahead = (weekday - today.weekday() - 1) % 7 + 1
    back = ahead - 7 or -7
    return today + timedelta(back if which == "last" or (past and not which) else ahead)


def _relative(words: str, today: date, _past: bool, working: Working) -> date | None:
    match = _RELATIVE.fullmatch(words)
    span = _span(match[3]) if match else None
    if match is None or span is None:
        return None
    count = int(match[2]) * (-1 if match[1] in "-−" else 1)
    if span == "d":
        return working(today, count)
    if span == "w":
        return today + timedelta(weeks=count)
    return _months_later(today, count * {"m": 1, "q": 3, "y": 12}[span])


def _day_and_month(words: str, today: date, past: bool, _: Working) -> date | Unclear | None:
    for pattern, number, name in ((_DAY_MONTH, 1, 2), (_MONTH_DAY, 2, 1)):
        match = pattern.fullmatch(words)
        month = _position(match[name], MONTHS) if match else None
        if match is not None and month is not None:
            return _yearless(int(match[number]), month + 1, match[3], today, past)
    return None


def _period(words: str, today: date, past: bool, _: Working) -> date | Unclear | None:
    match = _PERIOD.fullmatch(words)
    if match is None or not any(match.groups()[1:]):
        return None
    edge = EDGES[match[1]] if match[1] else 0
    year = int(match[8] or match[5] or 0) or None
    if match[4]:
        return _week(int(match[4]), year, edge, today, past)
    months = _months(match)
    if months is None:
        return None
    first, last = months
    if not 1 <= first <= 12:
        return Unclear("months run from 1 to 12", f"{year}-12")
    if year is None:
        year = _year_of(lambda y: _span_end(y, last), lambda y: date(y, first, 1), today, past)
    return (date(year, first, 1), _middle(year, first, last), _span_end(year, last))[edge]


def _months(match: re.Match[str]) -> tuple[int, int] | None:
    """First and last month of the period named, 1-based."""
    if match[2]:
        first = int(match[2][1]) * 3 - 2
        return first, first + 2
    if match[3]:
        return (1, 6) if match[3] == "h1" else (7, 12)
    if match[6]:
        return int(match[6]), int(match[6])
    if match[7]:
        month = _position(match[7], MONTHS)
        return None if month is None else (month + 1, month + 1)
    return 1, 12


def _week(number: int, year: int | None, edge: int, today: date, past: bool) -> date | Unclear:
    def monday(in_year: int) -> date:
        return date.fromisocalendar(in_year, 1, 1) + timedelta(weeks=number - 1)

    if not 1 <= number <= 53:
        return Unclear("weeks run from 1 to 53", f"w{min(max(number, 1), 52)}")
    if year is None:
        year = _year_of(lambda y: monday(y) + timedelta(6), monday, today, past)
    return monday(year) + timedelta((0, 2, 4)[edge])


def _no_day(words: str, today: date, past: bool, working: Working) -> Unclear:
    """Say what is wrong, with the typing mistake mended where that makes a day."""
    known = [*DAY_WORDS, *EDGES, *MONTHS, *(name[:3] for name in (*MONTHS, *WEEKDAYS)), *WEEKDAYS]
    mended = re.sub(r"[a-z]+", lambda match: _closest(match[0], known) or match[0], words)
    if mended != words and isinstance(_read_day(mended, today, past, working), date):
        return Unclear("no such day", mended)
    digits = re.match(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?!\d))?)?", words)
    if digits:
        year, month = int(digits[1]), min(max(int(digits[2] or 1), 1), 12)
        last = monthrange(year, month)[1] if FIRST_YEAR <= year <= LAST_YEAR else 28
        number = min(max(int(digits[3] or 1), 1), last)
        return Unclear("a day is year-month-day", f"{digits[1]}-{month:02}-{number:02}")
    return Unclear("no such day", _short(today))


def _year_of(
    end: Callable[[int], date], start: Callable[[int], date], today: date, past: bool
) -> int:
    """The year of the next period that is not over; where `past`, of the last that has begun."""
    if past:
        return today.year if start(today.year) <= today else today.year - 1
    return today.year if end(today.year) >= today else today.year + 1


def _yearless(number: int, month: int, year: str | None, today: date, past: bool) -> date | Unclear:
    if year:
        return _day(int(year) + (2000 if len(year) == 2 else 0), month, number)
    if (month, number) == (2, 29):
        return _leap_day(today, past)
    found = _day(today.year, month, number)
    if isinstance(found, Unclear):
        return found
    if past:
        return found if found <= today else _put(found.year - 1, found)
    return found if found >= today else _put(found.year + 1, found)


def _leap_day(today: date, past: bool) -> date:
    years = range(today.year, today.year + (-9 if past else 9), -1 if past else 1)
    days = [date(year, 2, 29) for year in years if monthrange(year, 2)[1] == 29]
    return next(day for day in days if (day <= today if past else day >= today))


def _day(year: int, month: int, number: int) -> date | Unclear:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return Unclear(f"days run from {FIRST_YEAR} to {LAST_YEAR}")
    if not 1 <= month <= 12:
        return Unclear("months run from 1 to 12", f"{year}-{min(max(month, 1), 12):02}-01")
    last = monthrange(year, month)[1]
    if not 1 <= number <= last:
        name = MONTHS[month - 1].title()
        return Unclear(
            f"{name} {year} has {last} days", _short(date(year, month, min(max(number, 1), last)))
        )
    return date(year, month, number)


def _put(year: int, day: date) -> date:
    return day.replace(year=year, day=min(day.day, monthrange(year, day.month)[1]))


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9998:
        return date(9998 if months > 0 else 1, 1, 1)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _span_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _middle(year: int, first: int, last: int) -> date:
    return date(year, first, 1) + (_span_end(year, last) - date(year, first, 1)) // 2


def _span(word: str) -> str | None:
    """``w``, ``wk``, ``weeks`` to ``w``; None for what is no span of time."""
    for letter, name in SPANS.items():
        if (
            word == letter
            or word.rstrip("s") == name
            or word.rstrip("s") == {"w": "wk"}.get(letter)
        ):
            return letter
    return None


def _position(word: str, names: list[str]) -> int | None:
    """Index of the name that `word` abbreviates to three letters or more."""
    if len(word) < 3:
        return None
    return next((at for at, name in enumerate(names) if name.startswith(word.rstrip("."))), None)


def _weekdays_only(day: date, count: int) -> date:
    step = 1 if count >= 0 else -1
    weeks, rest = divmod(abs(count), 5)
    day += timedelta(weeks=weeks * step)
    while rest or day.weekday() > 4:
        day += timedelta(step)
        rest -= day.weekday() < 5 and rest > 0
    return day


def _short(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def _apart(day: date, today: date) -> str:
    """``, in 14 weeks``: how far a day is from today, where that helps."""
    days = (day - today).days
    if not days:
        return ", today"
    count, unit = (abs(days), "day") if abs(days) < 14 else (round(abs(days) / 7), "week")
    amount = f"{count} {unit}{'s' if count > 1 else ''}"
    return f", in {amount}" if days > 0 else f", {amount} ago"


# --- working time ---------------------------------------------------------------------------------

_LENGTH = re.compile(r"(\d+(?:\.\d+)?|\.\d+)\s*([a-z]+)?")
_UNITS = {"d": "d", "day": "d", "w": "w", "wk": "w", "week": "w"}
_IN_WEEKS = {"m": 52 / 12, "month": 52 / 12, "mo": 52 / 12, "y": 52.0, "year": 52.0, "q": 13.0}


def say_length(length: Length, days_per_week: int = 5) -> str:
    """``6 weeks = 30 days``, ``20 days = 4 weeks``, ``3 days``."""
    days = length_days(length, days_per_week)
    weeks = length.number / (1 if length.unit == "w" else days_per_week)
    in_weeks = f"{_amount(weeks)} {_plural('week', weeks)}"
    if length.unit == "w" and days:
        return f"{in_weeks} = {_count(days)}"
    return f"{_count(days)} = {in_weeks}" if days and weeks == int(weeks) else _count(days)


def typed_length(text: str, days_per_week: int = 5) -> Understood[Length] | Unclear:
    """Working time: ``6w``, ``20d``, ``1.5 weeks``. Days are working days."""

    def read(words: str) -> Understood[Length] | Unclear:
        return _one_length(words, days_per_week)

    return _sure(read(text), read)


def _one_length(text: str, days_per_week: int) -> Understood[Length] | Unclear:
    found = _read_length(" ".join(text.casefold().split()))
    if isinstance(found, Unclear):
        return found
    return Understood(found, format_length(found), say_length(found, days_per_week))


def typed_estimate(text: str, days_per_week: int = 5) -> Understood[Estimate] | Unclear:
    """One length, or three as ``4w/6w/10w`` (optimistic, likely, pessimistic); ``4/6/10w`` too."""

    def read(words: str) -> Understood[Estimate] | Unclear:
        return _estimate(words, days_per_week)

    return _sure(read(text), read)


def _estimate(text: str, days_per_week: int) -> Understood[Estimate] | Unclear:
    parts = _estimate_parts(text)
    if len(parts) == 1:
        one = typed_length(parts[0], days_per_week)
        if isinstance(one, Unclear):
            return one
        return Understood(Estimate(likely=one.value), one.text, one.said)
    lengths = [_read_length(part) for part in parts]
    clear = [length for length in lengths if isinstance(length, Length)]
    if len(clear) < len(lengths):
        wrong = next(length for length in lengths if isinstance(length, Unclear))
        return Unclear(wrong.why, "/".join(_spelled(length) for length in lengths))
    return _three(clear, text, days_per_week)


def _spelled(length: Length | Unclear) -> str:
    return format_length(length) if isinstance(length, Length) else length.nearest or "2w"


def _three(lengths: list[Length], text: str, days_per_week: int) -> Understood[Estimate] | Unclear:
    ordered = sorted(lengths, key=lambda length: length_days(length, days_per_week))
    if len(lengths) == 2:
        decimal = re.fullmatch(r"\s*(\d+),(\d+)\s*([dw])\s*", text.casefold())
        low, high = ordered
        middle = Length((low.number + high.number) // 2, low.unit) if low.unit == high.unit else low
        near = f"{decimal[1]}.{decimal[2]}{decimal[3]}" if decimal else _joined([low, middle, high])
        return Unclear("an estimate has one value or three", near)
    if len(lengths) != 3:
        return Unclear("an estimate has one value or three", _joined([*ordered[:2], ordered[-1]]))
    if ordered != lengths:
        return Unclear("optimistic, likely, pessimistic: from short to long", _joined(ordered))
    low, likely, high = lengths
    said = (
        f"likely {_count(length_days(likely, days_per_week))}, "
        f"{length_days(low, days_per_week)} at best, {length_days(high, days_per_week)} at worst"
    )
    return Understood(Estimate(likely, low, high), _joined(lengths), said)


def _estimate_parts(text: str) -> list[str]:
    """The lengths in a text; a bare number takes the unit of the next that has one."""
    words = re.sub(r"[\[\]\"']", " ", text.casefold())
    split = re.split(r"\s*(?:/|,|;|\.\.+|–|\bto\b|(?<=[\da-z])\s*-)\s*|(?<=[a-z])\s+(?=\d)", words)
    parts = [part.strip() for part in split if part and part.strip()]
    unit = ""
    for at in range(len(parts) - 1, -1, -1):
        if parts[at].replace(".", "", 1).isdigit():
            parts[at] += unit
        else:
            unit = parts[at].lstrip("0123456789. ")
    return parts or [""]


def _read_length(words: str) -> Length | Unclear:
    if words in ("0", "none", "milestone"):
        return Length(0, "d")
    match = _LENGTH.fullmatch(words)
    if match is None:
        return Unclear("a length is a number of days or weeks", "2w")
    number, word = float(match[1]), match[2]
    if not word:
        return Unclear("days or weeks?", f"{_amount(number)}{'w' if number <= 12 else 'd'}")
    unit = _UNITS.get(word.rstrip("s") or word)
    if unit is None:
        return Unclear(f"'{word}' is no working time", _in_weeks(number, word))
    if number > (MAX_WEEKS if unit == "w" else MAX_DAYS):
        return Unclear("a length is at most 10 years", f"{MAX_WEEKS}w")
    return Length(number, "d" if unit == "d" else "w")


def _in_weeks(number: float, word: str) -> str:
    weeks = _IN_WEEKS.get(word.rstrip("s"))
    if weeks is not None:
        return f"{round(number * weeks)}w"
    if word.startswith("h"):
        return f"{max(1, round(number / 8))}d"
    return f"{_amount(number)}{'d' if word.startswith('d') else 'w'}"


def _amount(number: float) -> str:
    return f"{number:g}"


def _joined(lengths: Iterable[Length]) -> str:
    return "/".join(format_length(length) for length in lengths)


def _count(days: int) -> str:
    return "no time: a milestone" if days == 0 else f"{days} {_plural('day', days)}"


def _plural(word: str, count: float) -> str:
    return word if count == 1 else f"{word}s"


# --- links ----------------------------------------------------------------------------------------

_LINK = re.compile(r"(fs|ss|ff|sf)?\s*(?:([+\-−])\s*(\d+(?:\.\d+)?)\s*([a-z]*))?", re.IGNORECASE)
_EDGE_WORDS: dict[LinkType, tuple[str, str]] = {
    "FS": ("starts", "finishes"),
    "SS": ("starts", "starts"),
    "FF": ("finishes", "finishes"),
    "SF": ("finishes", "starts"),
}


def typed_need(text: str, ids: Collection[str] | None = None) -> Understood[Need] | Unclear:
    """A link: ``consent-api``, ``consent-api SS+5d``, ``consent-api +1w``; FS if left out.

    With `ids`, the predecessor has to be one of them.
    """
    id, _, rest = text.strip().partition(" ")
    if not id:
        return Unclear("which predecessor?", next(iter(ids), None) if ids else None)
    if ids is not None and id not in ids:
        near = _closest(id.casefold(), ids)
        return Unclear(f"no initiative '{id}'", f"{near} {rest}".strip() if near else None)
    return typed_link(rest, id)


def typed_link(text: str, on: str) -> Understood[Need] | Unclear:
    """What follows the predecessor's id: ``SS+5d``, ``+1w``, ``ff``, or nothing (FS)."""
    match = _LINK.fullmatch(text.strip())
    if match is None:
        return Unclear("a link is FS, SS, FF or SF, then + or - days or weeks", f"{on} SS+5d")
    kind = _link_type(match[1])
    lag = _lag(match)
    if isinstance(lag, Unclear):
        return Unclear(lag.why, f"{on} {kind}{match[2]}{lag.nearest}")
    need = Need(on=on, type=kind, lag=lag)
    return Understood(need, format_need_text(need), say_need(need))


def say_need(need: Need) -> str:
    """``starts 5 days after consent-api starts``."""
    mine, theirs = _EDGE_WORDS[need.type]
    if need.lag is None or not need.lag.number:
        same = mine == theirs
        return f"{mine} {'no earlier than' if same else 'after'} {need.on} {theirs}"
    unit = _plural("day" if need.lag.unit == "d" else "week", abs(need.lag.number))
    amount = f"{_amount(abs(need.lag.number))} {unit}"
    if need.lag.number < 0:
        return f"{mine} up to {amount} before {need.on} {theirs}"
    return f"{mine} {amount} after {need.on} {theirs}"


def _link_type(word: str | None) -> LinkType:
    kinds: dict[str, LinkType] = {"FS": "FS", "SS": "SS", "FF": "FF", "SF": "SF"}
    return kinds[(word or "FS").upper()]


def _lag(match: re.Match[str]) -> Length | Unclear | None:
    if match[3] is None:
        return None
    found = _read_length(f"{match[3]}{match[4].casefold()}" if match[4] else match[3])
    if match[3].strip("0.") == "":
        return None
    if isinstance(found, Unclear):
        return found
    return Length(-found.number, found.unit) if match[2] in "-−" else found


# --- numbers and words ----------------------------------------------------------------------------

_NUMBER = re.compile(r"([+\-−])?\s*(\d+(?:\.\d+)?|\.\d+)\s*(k|m|bn)?")
_SCALE = {"k": 1_000, "m": 1_000_000, "bn": 1_000_000_000}


def typed_number(
    text: str, low: float | None = None, high: float | None = None, *, whole: bool = False
) -> Understood[int | float] | Unclear:
    """A number or an amount of money: ``40000``, ``40,000``, ``40k``, ``€1.5m``, ``35 %``."""
    words = re.sub(r"[€$£¥%_'\s]", "", text.casefold())
    words = re.sub(r",(?=\d{3}(?!\d))", "", words).replace(",", ".")
    match = _NUMBER.fullmatch(words)
    if match is None:
        return Unclear("not a number", _first_number(words))
    number = float(match[2]) * _SCALE.get(match[3] or "", 1) * (-1 if match[1] in ("-", "−") else 1)
    if low is not None and number < low:
        return Unclear(f"at least {_amount(low)}", _amount(low))
    if high is not None and number > high:
        return Unclear(f"at most {_amount(high)}", _amount(high))
    if whole and number != int(number):
        return Unclear("a whole number", str(round(number)))
    value = int(number) if number == int(number) else number
    return Understood(value, str(value), f"{value:,}")


def typed_amount(text: str, low: float | None = None) -> Understood[Amount] | Unclear:
    """An amount, or three as ``30k/40k/60k`` (optimistic, likely, pessimistic)."""
    parts = [typed_number(part, low) for part in text.split("/")]
    clear = [part for part in parts if isinstance(part, Understood)]
    if len(clear) < len(parts):
        wrong = next(part for part in parts if isinstance(part, Unclear))
        near = [part.text if isinstance(part, Understood) else part.nearest for part in parts]
        return Unclear(wrong.why, None if None in near else "/".join(filter(None, near)))
    if len(clear) == 1:
        return Understood(Amount(clear[0].value), clear[0].text, clear[0].said)
    ordered = sorted(clear, key=lambda part: part.value)
    if len(clear) != 3:
        near_three = (*ordered[:2], ordered[-1])
        return Unclear(
            "an amount has one value or three", "/".join(part.text for part in near_three)
        )
    if ordered != clear:
        return Unclear(
            "optimistic, likely, pessimistic: from low to high",
            "/".join(part.text for part in ordered),
        )
    least, likely, most = clear
    said = f"likely {likely.said}, {least.said} at best, {most.said} at worst"
    three = Amount(likely.value, least.value, most.value)
    return Understood(three, "/".join(part.text for part in clear), said)


def typed_choice(text: str, allowed: Iterable[str]) -> Understood[str] | Unclear:
    """One of a few words; the first letters are enough where they name only one."""
    words = list(allowed)
    typed = text.strip().casefold()
    starting = [word for word in words if word.casefold().startswith(typed)] if typed else []
    chosen = typed if typed in words else starting[0] if len(starting) == 1 else None
    if chosen is not None:
        return Understood(chosen, chosen, chosen)
    if starting:
        return Unclear(f"{' or '.join(starting)}?", starting[0])
    return Unclear(f"one of {', '.join(words)}", _closest(typed, words))


def typed_bool(text: str) -> Understood[bool] | Unclear:
    """Yes or no, in the words people use for them."""
    typed = text.strip().casefold()
    if typed in ("y", "yes", "true", "on", "1", "x"):
        return Understood(True, "true", "yes")
    if typed in ("n", "no", "false", "off", "0", ""):
        return Understood(False, "false", "no")
    return Unclear("yes or no", "yes")


def _first_number(words: str) -> str | None:
    match = re.search(r"\d+(?:\.\d+)?", words)
    return match[0] if match else None


def _closest(word: str, known: Iterable[str]) -> str | None:
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return close[0] if close else None
