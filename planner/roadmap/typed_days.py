"""Typed dates, parsed leniently: ``1 mar``, ``end q3``, ``fri next week``.

One rule for all that recurs (a month, a weekday, a week, the 15th): without a year or a month it is
the next one that is not past, for actual dates the last one. The guess is shown. A text that can be
two dates is unclear, and one that no calendar has, 31 Feb or week 53 of 2027, is refused. Nothing
here reads a clock: `today` is given.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from difflib import get_close_matches

from msgspec import Struct

from planner.roadmap.figures import count, working_days
from planner.roadmap.typed import Unclear, Understood, sure
from planner.roadmap.typed_words import (
    EDGES,
    MONTH_NAMES,
    MONTHS,
    NAMES,
    ORDINALS,
    WEEKDAY_NAMES,
    WEEKDAYS,
    in_one_spelling,
    is_known,
)
from planner.roadmap.values import FIRST_DAY, LAST_DAY

FIRST_YEAR, LAST_YEAR = FIRST_DAY.year, LAST_DAY.year
AROUND = 8
"""How many years away the next 29 February may be."""
FAR = 10
"""Years from today beyond which a day in figures is not meant, where another could be."""
NOT_A_DATE = "not a date"
NO_DATE = f"{NOT_A_DATE}: write 1 mar, fri, +2w, end q3 or 2027-03-01"

Working = Callable[[date, int], date]
"""(day, n) to the day `n` working days later; negative n is earlier."""


class Span(Struct, frozen=True):
    """A day, week, month, quarter, half or year: its first and last day, both in it."""

    first: date
    last: date


class Period(Struct, frozen=True):
    """What words name: `at` gives the one `n` periods from the present one, None where there is
    none; one that is `fixed` is the same for every n.
    """

    at: Callable[[int], Span | Unclear | None]
    fixed: bool = False
    unit: str = "y"
    """What it comes again in: each week, month, quarter or year."""
    week: bool = False
    """Whether it ends, for work, on a Friday."""


class DateContext(Struct, frozen=True):
    """What is known while a text is read: the day it is typed, and which way a bare name goes."""

    today: date
    past: bool
    working: Working


class Found(Struct, frozen=True):
    """A day; `guessed` where the rule chose which of several; `apart` says how far in its words."""

    day: date
    guessed: bool = False
    apart: str = ""


Read = Found | Unclear | None


def say_day(day: date) -> str:
    """``Mon 1 Mar 2027``."""
    return f"{WEEKDAY_NAMES[day.weekday()].title()} {_short(day).title()}"


def typed_date(
    text: str, today: date, *, past: bool = False, working: Working | None = None
) -> Understood[date] | Unclear:
    """A day: ``2027-03-01``, ``1 mar``, ``mon``, ``+2w``, ``+5d``, ``q2``, ``end q3``, ``w12``.

    A day without a year is the next one (the last one where `past`: an actual date). ``+5d`` counts
    working days by `working` (Monday to Friday without it); weeks and longer are calendar time.
    """
    now = DateContext(today, past, working or _weekdays_only)
    return sure(_date(text, now), lambda words: _date(words, now))


def typed_span(
    text: str, today: date, working: Working | None = None
) -> Understood[tuple[date, date]] | Unclear:
    """The first and the last day of what is named: of a month without a year, the one that is not
    over. A day is both.
    """
    now = DateContext(today, False, working or _weekdays_only)
    period = _period(in_one_spelling(text), now)
    if isinstance(period, Period):
        span = _chosen(period, now, lambda each: each.last)
        if isinstance(span, Span) and _within(span.first) and _within(span.last):
            return Understood((span.first, span.last), text, "")
    day = typed_date(text, today, working=working)
    return day if isinstance(day, Unclear) else Understood((day.value, day.value), day.text, "")


def _date(text: str, now: DateContext) -> Understood[date] | Unclear:
    words = in_one_spelling(text)
    if not words:
        return Unclear("no date is typed" if not text.strip() else NO_DATE)
    found = _day(words, now) or _no_day(text, now)
    if isinstance(found, Unclear):
        return found
    if not _within(found.day):
        return Unclear(f"dates run from {FIRST_YEAR} to {LAST_YEAR}")
    day = found.day
    guessed = found.guessed and day != now.today
    which = f", the {'last' if now.past else 'next'} one" if guessed else ""
    return Understood(
        day, day.isoformat(), f"{say_day(day)}{which}{found.apart or _apart(day, now.today)}"
    )


def _day(words: str, now: DateContext) -> Read:
    for read in (_numeric, _named, _relative, _weekday, _day_of_month, _nth, _edge, _bare):
        found = read(words, now)
        if found is not None:
            return found
    return None


def _no_day(text: str, now: DateContext) -> Unclear:
    """Unclear text, with a typing error corrected where the whole text is a date then."""
    mended = re.sub(r"[^\W\d_]{2,}", lambda match: _slip(match[0].casefold()), text)
    if mended != text and isinstance(_day(in_one_spelling(mended), now), Found):
        return Unclear(NOT_A_DATE, mended)
    return Unclear(NO_DATE)


def _slip(word: str) -> str:
    if is_known(word):
        return word
    close = get_close_matches(word, NAMES, n=1, cutoff=0.79)
    return close[0] if close else word


# --- the one rule ---------------------------------------------------------------------------------


def _chosen(
    period: Period, now: DateContext, pick: Callable[[Span], date | None], *, today: bool = True
) -> Span | Unclear | None:
    """Of all periods the one meant: the next whose picked day is not past, or the last whose is.

    Without `today` one that is picked today is not it.
    """
    if period.fixed:
        return period.at(0)
    if isinstance(wrong := period.at(0), Unclear):
        return wrong
    for n in range(1, AROUND + 5):
        span = period.at(1 - n if now.past else n - 1)
        day = pick(span) if isinstance(span, Span) else None
        if day is None:
            continue
        ahead = (now.today - day).days if now.past else (day - now.today).days
        if ahead > 0 or (ahead == 0 and today):
            return span if isinstance(span, Span) else None
    return None


def _picked(
    period: Period, now: DateContext, pick: Callable[[Span], date | None], *, today: bool = True
) -> Read:
    """The day that is picked of the period meant."""
    span = _chosen(period, now, pick, today=today)
    if not isinstance(span, Span):
        return span
    day = pick(span)
    return None if day is None else Found(day, guessed=not period.fixed)


def _beside(found: Read, before: str, after: str = "") -> Read:
    """What is unclear in a part of a text, with the rest of it kept in what is nearest."""
    if not isinstance(found, Unclear) or found.nearest is None:
        return found
    return Unclear(found.why, f"{before}{found.nearest}{after}")


# --- figures --------------------------------------------------------------------------------------

_FIGURES = re.compile(r"(\d{4}|\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{1,2})|(\d{4})(\d\d)(\d\d)")
_TWO_FIGURES = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\.?")
_ISO_WEEK_DAY = re.compile(r"(\d{4}) ?w(\d\d)-?([1-7])")


def _numeric(words: str, now: DateContext) -> Read:
    words = re.sub(r"(?<=\d\.) (?=\d)", "", words)
    if match := _FIGURES.fullmatch(words):
        return _of_figures(match, now)
    if match := _TWO_FIGURES.fullmatch(words):
        return _of_two_figures(match, now)
    if match := _ISO_WEEK_DAY.fullmatch(words):
        week = _week(int(match[1]), int(match[2]))
        return _plus(week, int(match[3]) - 1) if isinstance(week, Span) else week
    if re.fullmatch(r"\d{1,2}\.?", words):
        found = _day_of_month(f"{words.rstrip('.')}th", now)
        near = _short(found.day) if isinstance(found, Found) else None
        return Unclear("which month?", near) if near else None
    if re.fullmatch(r"[a-z]{3}-\d\d", words):
        near = in_one_spelling(words.replace("-", " 20"))
        return Unclear("a day or a year?", near)
    return None


def _plus(span: Span, days: int) -> Found:
    return Found(span.first + timedelta(days))


def _of_figures(match: re.Match[str], now: DateContext) -> Read:
    if match[5]:
        return _sure_day(int(match[5]), int(match[6]), int(match[7]))
    one, middle, last = int(match[1]), int(match[3]), int(match[4])
    if len(match[1]) == 4:
        return _sure_day(one, middle, last) if len(match[4]) < 3 else None
    year = last if len(match[4]) == 4 else 2000 + last
    readings = [(year, middle, one)] if len(match[4]) > 1 else []
    if readings and match[2] != ".":
        readings.append((year, one, middle))
    if len(match[1]) == 2 and len(match[4]) < 3 and match[2] != "/":
        readings.append((2000 + one, middle, last))
    return _which(readings, now) if readings else None


def _which(readings: list[tuple[int, int, int]], now: DateContext) -> Read:
    """The one day that figures can mean; asked back where they can mean two."""
    days = {day: None for each in readings if (day := _day_or_none(*each)) is not None}
    near = [day for day in days if abs(day.year - now.today.year) <= FAR] or list(days)
    if len(near) == 1:
        return Found(near[0])
    if not near:
        return _sure_day(*readings[0])
    return Unclear(f"{' or '.join(map(_short, near))}?", _short(near[0]))


def _of_two_figures(match: re.Match[str], now: DateContext) -> Read:
    one, two = int(match[1]), int(match[3])
    readings = [(one, two)] if match[2] == "." else [(one, two), (two, one)]
    days = [found for each in readings if isinstance(found := _next(*each, now), Found)]
    if not days:
        return _next(one, two, now)
    if len({found.day for found in days}) == 1:
        return days[0]
    return Unclear(f"{' or '.join(_short(each.day) for each in days)}?", _short(days[0].day))


def _next(number: int, month: int, now: DateContext) -> Read:
    """A day of each year."""
    if not 1 <= month <= 12:
        return Unclear("months run from 1 to 12")

    def at(n: int) -> Span | None:
        day = _day_or_none(now.today.year + n, month, number)
        return None if day is None else Span(day, day)

    found = _picked(Period(at), now, lambda span: span.first)
    return found or _too_many(number, month, now)


def _too_many(number: int, month: int, now: DateContext) -> Unclear:
    """31 February, and the last day there is, in the year that the rule chooses."""
    last = _picked(_month_of(month, now), now, lambda span: span.last)
    if not isinstance(last, Found):
        return Unclear("no such month")
    return _sure_or_nearest(last.day.year, month, number)


def _sure_day(year: int, month: int, number: int) -> Found | Unclear:
    day = _day_or_none(year, month, number)
    return Found(day) if day is not None else _sure_or_nearest(year, month, number)


def _sure_or_nearest(year: int, month: int, number: int) -> Unclear:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return Unclear(f"dates run from {FIRST_YEAR} to {LAST_YEAR}")
    if not 1 <= month <= 12:
        swapped = _day_or_none(year, number, month)
        return Unclear("months run from 1 to 12", swapped.isoformat() if swapped else None)
    last = monthrange(year, month)[1]
    near = _short(date(year, month, last)) if last < number <= 31 else None
    return Unclear(f"{MONTHS[month - 1].title()} {year} has {last} days", near)


def _day_or_none(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


# --- words ----------------------------------------------------------------------------------------

_DAYS = {
    "today": 0,
    "tomorrow": 1,
    "yesterday": -1,
    "d after tomorrow": 2,
    "d before yesterday": -2,
}
_WHICH = {"this": 0, "next": 1, "last": -1}
_LENGTHS = r"\d{1,4}(?:wd|cd|[dwmqy])(?: ?\d{1,4}(?:wd|cd|[dwmqy]))*"
_RELATIVE = re.compile(rf"(\+ ?|- ?|in |before )?({_LENGTHS})( from today| later| ago)?")
_FROM = re.compile(rf"({_LENGTHS}) (after|from|before) (.+)|(.+?) ?([+-]) ?({_LENGTHS})")
_WEEKDAY = "|".join(WEEKDAY_NAMES)
_MONTH = "|".join(MONTH_NAMES)
_KINDS_OF_DAY = {"d": "day of", "wd": "working day of"}
_UNIT_NAMES = {"w": "week", "m": "month", "q": "quarter", "y": "year"}


def _named(words: str, now: DateContext) -> Read:
    """``today``, or the Monday of a week that is named by a day in it."""
    if words in _DAYS:
        return Found(now.today + timedelta(_DAYS[words]))
    if not words.startswith("weekof "):
        return None
    found = _day(words.removeprefix("weekof "), now)
    if not isinstance(found, Found):
        return _beside(found, "week of ")
    return Found(found.day - timedelta(found.day.weekday()), found.guessed)


def _relative(words: str, now: DateContext) -> Read:
    """So long from today, or from a day that is named."""
    if match := _RELATIVE.fullmatch(words):
        back = (match[1] or "").strip() in ("-", "before") or match[3] == " ago"
        if not match[1] and not match[3] and (now.past or re.search(r"[mqy]$", match[2])):
            return Unclear("ago, or from now?", f"{match[2]} ago" if now.past else f"+{match[2]}")
        return _away(now.today, match[2], back=back, now=now)
    match = _FROM.fullmatch(words)
    if match is None:
        return None
    base = _day(match[3] or match[4], now)
    if not isinstance(base, Found):
        if match[5] == "-" and match[4].isdecimal():
            return Unclear(NO_DATE)
        at = 3 if match[3] else 4
        return _beside(base, words[: match.start(at)], words[match.end(at) :])
    back = match[2] == "before" or match[5] == "-"
    found = _away(base.day, match[1] or match[6], back=back, now=now)
    return None if found is None else Found(found.day, base.guessed)


def _away(day: date, lengths: str, *, back: bool, now: DateContext) -> Found | None:
    parts = re.findall(r"(\d+)(wd|cd|[dwmqy])", lengths)
    for number, unit in parts:
        later = _later(day, int(number) * (-1 if back else 1), unit, now.working)
        if later is None:
            return None
        day = later
    [number, unit], *more = parts
    if more or unit not in ("d", "wd"):
        return Found(day)
    amount = working_days(int(number))
    return Found(day, apart=f", {amount} ago" if back else f", in {amount}")


def _later(day: date, count: int, unit: str, working: Working) -> date | None:
    if unit in ("d", "wd"):
        return _working_days(day, count, working)
    try:
        if unit in ("cd", "w"):
            return day + timedelta(count * (7 if unit == "w" else 1))
        return _months_later(day, count * {"m": 1, "q": 3, "y": 12}[unit])
    except (OverflowError, ValueError):
        return LAST_DAY + timedelta(1) if count > 0 else FIRST_DAY - timedelta(1)


def _working_days(day: date, count: int, working: Working) -> date:
    """From a day off, the first working day after it is one later, and that before it one earlier;
    nobody works on the day itself.
    """
    if count < 0 and working(working(day, 1), -1) != day:
        return working(working(day, 1), count)
    return working(day, count)


def _weekday(words: str, now: DateContext) -> Read:
    match = re.fullmatch(rf"(?:(this|next|last) )?({_WEEKDAY})", words)
    if match:
        return _some_weekday(match[1], WEEKDAY_NAMES.index(match[2]), now)
    match = re.fullmatch(rf"({_WEEKDAY}) (.+)|(.+) ({_WEEKDAY})", words)
    if match is None:
        return None
    at, rest = WEEKDAY_NAMES.index(match[1] or match[4]), match[2] or match[3]
    if rest == "w":
        coming = _some_weekday("this", at, now)
        return Found(coming.day + timedelta(weeks=1)) if isinstance(coming, Found) else coming
    week = _week_named(rest, now)
    if week is not None:
        found = _picked(week, now, lambda span: span.first + timedelta(at))
        return _beside(found, f"{WEEKDAY_NAMES[at]} ")
    if isinstance(period := _period(rest, now), Unclear):
        return _beside(period, f"{WEEKDAY_NAMES[at]} ")
    return _on_weekday(_day(rest, now), at) if re.search(r"\d", rest) else None


def _some_weekday(which: str | None, at: int, now: DateContext) -> Read:
    def day(span: Span) -> date:
        return span.first + timedelta(at)

    weekly = _weekly(now)
    past = which == "last" or (now.past and which is None)
    ahead = _picked(weekly, DateContext(now.today, past, now.working), day, today=False)
    if which == "last" and isinstance(ahead, Found):
        return Found(ahead.day)
    present = weekly.at(0)
    if which == "next" and isinstance(ahead, Found) and isinstance(present, Span):
        if ahead.day <= present.last:
            return Unclear("this week's or next week's?", f"{WEEKDAY_NAMES[at]} next week")
        return Found(ahead.day)
    return ahead


def _on_weekday(found: Read, at: int) -> Read:
    """A day with its weekday before it, which has to be right, in what is nearest too."""
    if isinstance(found, Unclear):
        return _beside(found, f"{WEEKDAY_NAMES[at]} ")
    if isinstance(found, Found) and found.day.weekday() != at:
        return Unclear(f"{_short(found.day)} is a {WEEKDAYS[found.day.weekday()].title()}")
    return found


def _week_named(words: str, now: DateContext) -> Period | None:
    """``next w``, ``w14``, ``in 2w``."""
    if match := re.fullmatch(r"(?:in )?(\d{1,3})w(?: from today)?", words):
        return _fixed(_week_after(now.today, int(match[1])), week=True)
    found = _period(words, now)
    return found if isinstance(found, Period) and found.week and found.unit != "w" else None


# --- days in a month ------------------------------------------------------------------------------

_YEARS = r"(\d{4}|\d\d|(?:this|next|last) y)"
_DAY_MONTH = re.compile(rf"(\d{{1,2}})(?:th)? ?({_MONTH})(?: ?{_YEARS})?")
_MONTH_DAY = re.compile(rf"({_MONTH}) ?(\d{{1,2}})(?:th)?(?: {_YEARS})?")
_YEAR_FIRST = re.compile(rf"(\d{{4}}) ({_MONTH}) (\d{{1,2}})(?:th)?")


def _day_of_month(words: str, now: DateContext) -> Read:
    """``1 mar``, ``mar 1 2027``, ``2027 mar 1``, ``15th``, ``15th next m``."""
    for pattern, number, name, year in (
        (_DAY_MONTH, 1, 2, 3),
        (_MONTH_DAY, 2, 1, 3),
        (_YEAR_FIRST, 3, 2, 1),
    ):
        if match := pattern.fullmatch(words):
            month = MONTH_NAMES.index(match[name]) + 1
            return _in_year(int(match[number]), month, match[year], now)
    match = re.fullmatch(r"(\d{1,2})th(?: (.+))?", words)
    period = _period(match[2] or "m", now) if match else None
    if match is not None and isinstance(period, Unclear):
        return _beside(period, f"{match[1]} ")
    if match is None or not isinstance(period, Period) or not _is_month(period):
        return None
    return _picked(period, now, lambda span: _in_span(span, int(match[1])))


def _in_year(number: int, month: int, year: str | None, now: DateContext) -> Read:
    if year is None:
        return _next(number, month, now)
    return _sure_day(_year(year, now), month, number)


def _year(words: str, now: DateContext) -> int:
    if words.endswith(" y"):
        return now.today.year + _WHICH[words[:-2]]
    return int(words) if len(words) == 4 else 2000 + int(words)


def _is_month(period: Period) -> bool:
    span = period.at(0)
    return isinstance(span, Span) and 27 <= (span.last - span.first).days <= 30


def _in_span(span: Span, number: int) -> date | None:
    return _day_or_none(span.first.year, span.first.month, number)


# --- days in a period -----------------------------------------------------------------------------


def _nth(words: str, now: DateContext) -> Read:
    """``last d jun``, ``1th wd next m``, ``3th fri may``."""
    match = re.fullmatch(rf"(last|[1-4]th) (d|wd|{_WEEKDAY}) (.+)", words)
    if match is None:
        return None
    nth = 0 if match[1] == "last" else int(match[1][0])
    before = f"{('last', *ORDINALS)[nth]} {_KINDS_OF_DAY.get(match[2], match[2])} "
    period = _period(match[3], now)
    if not isinstance(period, Period):
        return _beside(period, before)
    found = _picked(period, now, lambda span: _nth_in(span, nth, match[2], now))
    return _beside(found, before)


def _nth_in(span: Span, nth: int, what: str, now: DateContext) -> date | None:
    """The nth day of a kind in a span, 0 the last; None where it has not so many."""
    one = timedelta(1)
    if what == "d":
        day = span.last if nth == 0 else span.first + timedelta(nth - 1)
    elif what == "wd":
        day = now.working(span.last + one, -1) if nth == 0 else now.working(span.first - one, nth)
    elif nth == 0:
        day = span.last - timedelta((span.last.weekday() - WEEKDAY_NAMES.index(what)) % 7)
    else:
        away = (WEEKDAY_NAMES.index(what) - span.first.weekday()) % 7
        day = span.first + timedelta(away, weeks=nth - 1)
    return day if span.first <= day <= span.last else None


def _edge(words: str, now: DateContext) -> Read:
    """``end q3``, ``mid next m``, ``jun end``."""
    match = re.fullmatch(rf"({'|'.join(EDGES)}) (.+)|(.+) ({'|'.join(EDGES)})", words)
    if match is None:
        return None
    edge = EDGES.index(match[1] or match[4])
    period = _period(match[2] or match[3], now)
    if not isinstance(period, Period):
        return _beside(period, f"{EDGES[edge]} ")
    found = _picked(period, now, lambda span: _at_edge(span, edge, week=period.week))
    return _beside(found, f"{EDGES[edge]} ")


def _at_edge(span: Span, edge: int, *, week: bool) -> date:
    if week:
        return span.first + timedelta((0, 2, 4)[edge])
    return (span.first, span.first + (span.last - span.first) // 2, span.last)[edge]


def _bare(words: str, now: DateContext) -> Read:
    """A period stands for its first day; of the present one that is past, or it is today."""
    period = _period(words, now)
    if not isinstance(period, Period):
        return period
    if words in _UNIT_NAMES:
        return None
    found = _picked(period, now, lambda span: span.first)
    over = isinstance(found, Found) and not now.past and found.day < now.today
    if words.startswith("this ") and isinstance(found, Found) and over:
        unit = _UNIT_NAMES.get(words[5:], words[5:])
        return Unclear(f"{_short(found.day)} is past", f"end of this {unit}")
    return found


# --- periods --------------------------------------------------------------------------------------

_NAME = rf"q[1-4]|h[12]|w\d{{1,2}}|{_MONTH}"
_NAMED = re.compile(rf"({_NAME})(?: (\d{{4}}|(?:this|next|last) y))?|(\d{{4}}) ?({_NAME})")
_MONTH_IN_FIGURES = re.compile(r"(\d{4})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{4})")


def _period(words: str, now: DateContext) -> Period | Unclear | None:
    """The week, month, quarter, half or year that words name."""
    if words in _UNIT_NAMES:
        return Period(lambda n: _unit(words, n, now.today), unit=words, week=words == "w")
    if match := re.fullmatch(r"(this|next|last) ([wmqy])|([wmqy]) (after next|before last)", words):
        unit, week = match[2] or match[3], (match[2] or match[3]) == "w"
        n = _WHICH[match[1]] if match[1] else 2 if match[4] == "after next" else -2
        return _fixed(_unit(unit, n, now.today), week=week)
    if match := re.fullmatch(rf"(this|next|last) ({_NAME})", words):
        return _which_name(match[1], match[2], now)
    if match := _NAMED.fullmatch(words):
        return _name(match[1] or match[4], match[2] or match[3], now)
    if match := _MONTH_IN_FIGURES.fullmatch(words):
        year, month = int(match[1] or match[4]), int(match[2] or match[3])
        if not 1 <= month <= 12:
            return Unclear("months run from 1 to 12")
        return _fixed(_months(year, month, 1))
    if re.fullmatch(r"\d{4}", words):
        return _fixed(_months(int(words), 1, 12))
    return None


def _name(name: str, year: str | None, now: DateContext) -> Period | Unclear:
    week = _is_week(name)
    if year is None:
        return Period(lambda n: _called(name, _this_year(name, now) + n), week=week)
    span = _called(name, _year(year, now))
    return span if isinstance(span, Unclear) else _fixed(span, week=week)


def _is_week(name: str) -> bool:
    return name[0] == "w"


def _this_year(name: str, now: DateContext) -> int:
    """The present year, of the weeks' own for a week."""
    return now.today.isocalendar().year if _is_week(name) else now.today.year


def _which_name(which: str, name: str, now: DateContext) -> Period | Unclear:
    """``next jun`` is next year's only where this year's is over, else it is asked back."""
    year = _this_year(name, now)
    span = _called(name, year)
    if isinstance(span, Unclear) or which == "this":
        return span if isinstance(span, Unclear) else _fixed(span)
    if which == "last":
        return _name(name, str(year if span.last < now.today else year - 1), now)
    if span.first > now.today:
        return Unclear("this year's or next year's?", f"{name} {year}")
    return _name(name, str(year + 1), now)


def _called(name: str, year: int) -> Span | Unclear:
    """The month, quarter, half or week of a year."""
    if name in MONTH_NAMES:
        return _months(year, MONTH_NAMES.index(name) + 1, 1)
    number = int(name[1:])
    if name[0] == "w":
        return _week(year, number)
    each = 3 if name[0] == "q" else 6
    return _months(year, (number - 1) * each + 1, each)


def _week(year: int, number: int) -> Span | Unclear:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return Unclear(f"dates run from {FIRST_YEAR} to {LAST_YEAR}")
    last = date(year, 12, 28).isocalendar().week
    if not 1 <= number <= last:
        near = f"{year}-w{last}" if number == 53 else None
        return Unclear(f"{year} has {last} weeks", near)
    return _days_from(date.fromisocalendar(year, number, 1), 7)


def _unit(unit: str, n: int, today: date) -> Span:
    """The week, month, quarter or year `n` after the present one."""
    if unit == "w":
        return _week_after(today, n)
    months = {"m": 1, "q": 3, "y": 12}[unit]
    first = today.replace(day=1, month=(today.month - 1) // months * months + 1)
    later = _months_later(first, n * months)
    return _months(later.year, later.month, months)


def _week_after(today: date, n: int) -> Span:
    return _days_from(today - timedelta(today.weekday()) + timedelta(weeks=n), 7)


def _weekly(now: DateContext) -> Period:
    return Period(lambda n: _week_after(now.today, n), unit="w", week=True)


def _month_of(month: int, now: DateContext) -> Period:
    return Period(lambda n: _months(now.today.year + n, month, 1))


def _fixed(span: Span, *, week: bool = False) -> Period:
    return Period(lambda _: span, fixed=True, week=week)


def _days_from(first: date, days: int) -> Span:
    return Span(first, first + timedelta(days - 1))


def _months(year: int, first: int, count: int) -> Span:
    year = min(max(year, 1), 9998)
    last = first + count - 1
    return Span(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


# --- days -----------------------------------------------------------------------------------------


def _weekdays_only(day: date, count: int) -> date:
    """From a day off, counting starts at the last working day before it; 0 keeps the day."""
    if not count:
        return day
    weeks, weekday = divmod(min(day.weekday(), 4) + count, 5)
    return day - timedelta(day.weekday()) + timedelta(weekday, weeks=weeks)


def _within(day: date) -> bool:
    return FIRST_DAY <= day <= LAST_DAY


def _short(day: date) -> str:
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def _apart(day: date, today: date) -> str:
    """``, in 14 weeks``: how far a day is from today, where that helps."""
    days = (day - today).days
    if not days:
        return ", today"
    near = abs(days) < 14
    amount = count(abs(days), "day") if near else count(round(abs(days) / 7), "week")
    return f", in {amount}" if days > 0 else f", {amount} ago"
