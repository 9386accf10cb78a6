"""Days as sheets have them: typed, as figures in the order of a column, or as words of a period.

A figure date such as ``3/5/27`` can be read once the order of its column is known. That is decided
by the column (a day past the 12th), by the other columns of days, by the language of the headings;
what is left is ambiguous, and asked back rather than guessed. A period (``Q2 2027``, ``KW 18``) is
a first and a last day: a column of starts takes the first, one of ends the last.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from planner.exchange.sheets.sheet import Cell
from planner.roadmap.ids import plain_letters
from planner.roadmap.values import FIRST_DAY, LAST_DAY

Order = Literal["dmy", "mdy", "ymd", ""]
YEARS = range(FIRST_DAY.year, LAST_DAY.year + 1)


class Span(Struct, frozen=True):
    """What a cell says: its first and last day, one day for most.

    `guessed` where the year was left out. `period` where it names no single day.
    """

    first: date
    last: date
    guessed: bool = False
    period: bool = False


class NoDay(Struct, frozen=True):
    """Why a cell is no day."""

    why: str


Read = Span | NoDay


# --- the order of figures -------------------------------------------------------------------------

_WEEKDAYS = (
    "mon mo monday montag lun lundi lunes",
    "tue tues tuesday di die dienstag mar mardi martes",
    "wed wednesday mi mit mittwoch mer mercredi mie miercoles",
    "thu thur thurs thursday do don donnerstag jeu jeudi jue jueves",
    "fri friday fr fre freitag ven vendredi vie viernes",
    "sat saturday sa sam samstag samedi sab sabado",
    "sun sunday so son sonntag dim dimanche dom domingo",
)
_WEEKDAY_OF = {word: at for at, words in enumerate(_WEEKDAYS) for word in words.split()}
_WEEKDAY = re.compile(
    rf"^({'|'.join(_WEEKDAY_OF)})\b[.,]*\s+(?=\d)(?<!^mar )(?<!^mar\. )"
    r"|^(mar)[.,]?\s+(?=\d+(?:[./-]|\.?\s[a-z]))"
)
"""A weekday before a date; ``mar`` is a Tuesday before figures or another month, else March."""
_FIGURES = re.compile(
    r"(\d{1,2})\s*([./-])\s*(\d{1,2})\s*(?:\2\s*(\d{4}|\d\d)?)?(?:[ ,]+\d{1,2}[:.]\d\d.*)?"
)


def order_of(texts: Iterable[str]) -> Order | None:
    """The order that figures of a column have for sure; "" where each may be read both ways, None
    where some can only be one and some only the other.
    """
    sure = {found for text in texts if (found := _order(text))}
    return None if len(sure) > 1 else next(iter(sure), "")


def _order(text: str) -> Order:
    """The order that one text can only have, by a day past the 12th or by its weekday."""
    weekday, figures = _after_weekday(text)
    match = _FIGURES.fullmatch(figures)
    if match is None or match[2] == ".":
        return ""
    one, two = int(match[1]), int(match[3])
    if 12 < one <= 31 and two <= 12:
        return "dmy"
    if 12 < two <= 31 and one <= 12:
        return "mdy"
    both = _both(match)
    if weekday is None or both is None or both[0].weekday() == both[1].weekday():
        return ""
    orders: dict[int, Order] = {both[0].weekday(): "dmy", both[1].weekday(): "mdy"}
    return orders.get(weekday, "")


def _after_weekday(text: str) -> tuple[int | None, str]:
    """The weekday before a date, from 0 for Monday, and what follows."""
    words = plain_letters(text).strip()
    match = _WEEKDAY.match(words)
    return (
        (_WEEKDAY_OF[match[1] or match[2]], words[match.end() :]) if match else (None, text.strip())
    )


def readings(text: str) -> tuple[date, date] | None:
    """The two days that figures can be, day first and month first; None where there is one."""
    match = _FIGURES.fullmatch(_after_weekday(text)[1])
    return None if match is None or match[2] == "." or _order(text) else _both(match)


def _both(match: re.Match[str]) -> tuple[date, date] | None:
    one, two, year = int(match[1]), int(match[3]), _year(match[4] or "2000")
    if one == two or year is None or not (1 <= one <= 12 and 1 <= two <= 12):
        return None
    return date(year, two, one), date(year, one, two)


# --- one cell -------------------------------------------------------------------------------------


def read_day(cell: Cell, order: Order = "", near: date = date(2027, 1, 1)) -> Read:
    """What a cell of a column of days says; `near` is where days without a year are sought."""
    value = cell.value
    if isinstance(value, datetime):
        return _within(value.date())
    if isinstance(value, date):
        return _within(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _of_number(float(value))
    return read_words(cell.text, order or "dmy", near)


def read_words(text: str, order: Order = "dmy", near: date = date(2027, 1, 1)) -> Read:
    """A day or period as a text."""
    words = _plain(text)
    found = _iso(words) or _figures(words, order, near) or _period(words, near)
    return found or _named_day(words, near) or NoDay("no date")


def _within(day: date) -> Read:
    if FIRST_DAY <= day <= LAST_DAY:
        return Span(day, day)
    return NoDay(f"dates run from {FIRST_DAY.year} to {LAST_DAY.year}")


def _of_number(number: float) -> Read:
    """A number in a column of days: a year, or the days since 1899 that Excel counts in."""
    if number in YEARS:
        return _months(int(number), 1, 12)
    if 32_874 <= number < 109_940:
        return _within(date(1899, 12, 30) + timedelta(int(number)))
    return NoDay("no date")


_MONTHS = (
    "january januar janvier enero jan janv ene jaenner",
    "february februar fevrier febrero feb fev fevr",
    "march marz maerz mars marzo mar mrz",
    "april avril abril apr avr abr",
    "may mai mayo",
    "june juni juin junio jun",
    "july juli juillet julio jul juil",
    "august aout agosto aug ago",
    "september septembre septiembre sep sept setiembre",
    "october oktober octobre octubre oct okt",
    "november novembre noviembre nov",
    "december dezember decembre diciembre dec dez dic",
)
_MONTH_OF = {word: at for at, words in enumerate(_MONTHS, 1) for word in words.split()}
_MONTH = "(" + "|".join(sorted(_MONTH_OF, key=len, reverse=True)) + r")\.?"
_EDGES = {
    "start": "early anfang beginn begin beginning start debut principios comienzos inicios",
    "mid": "mid middle mitte mi mediados milieu",
    "end": "end late ende fin finales finals",
}
_EDGE_OF = {word: edge for edge, words in _EDGES.items() for word in words.split()}
_EDGE = "(" + "|".join(sorted(_EDGE_OF, key=len, reverse=True)) + ")"
_SAID = re.compile(
    r"^(?:(?:ca|circa|approx|about|etwa|vers|hacia|ab|bis|by|on|am|le|el|from|until|spatestens|"
    r"von|vom|zum|du|au|before|vor|week of|w/c|~|≈)\b\.?\s*|[~≈<>]\s*)+"
)


@lru_cache(maxsize=1 << 12)
def _plain(text: str) -> str:
    words = " ".join(plain_letters(text).replace("’", "'").replace("–", "-").split())
    words = _WEEKDAY.sub("", _SAID.sub("", _WEEKDAY.sub("", words)))
    words = re.sub(r"\b(?:of|de|del|du|of the|des)\s+", "", words)
    words = re.sub(r"(?<=\d)(?:st|nd|rd|th|er|o)\b(?!\w)", "", words)
    return words.strip(" ,;")


def _iso(words: str) -> Read | None:
    match = re.fullmatch(
        r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[t ].*)?|((?:19|20)\d\d)(\d\d)(\d\d)", words
    )
    if match is None:
        return None
    year, month, day = (
        int(part) for part in (match.group(1, 3, 4) if match[1] else match.group(5, 6, 7))
    )
    return _day(year, month, day)


def _figures(words: str, order: Order, near: date) -> Read | None:
    if re.fullmatch(r"\d{5}(?:\.\d+)?", words):
        return _of_number(float(words))
    match = re.fullmatch(r"(\d\d)-(\d\d)-(\d\d)", words) if order == "ymd" else None
    if match is not None:
        return _day(2000 + int(match[1]), int(match[2]), int(match[3]))
    match = _FIGURES.fullmatch(words)
    if match is None:
        return None
    one, two = int(match[1]), int(match[3])
    day, month = (two, one) if order == "mdy" and match[2] != "." else (one, two)
    if match[4] is None:
        return _without_year(month, day, near)
    year = _year(match[4])
    return NoDay("no date") if year is None else _day(year, month, day)


def _year(text: str) -> int | None:
    year = int(text) if len(text) == 4 else 2000 + int(text)
    return year if year in YEARS else None


def _day(year: int, month: int, day: int) -> Read:
    if not 1 <= month <= 12:
        return NoDay("months run from 1 to 12")
    if year not in YEARS:
        return NoDay(f"dates run from {FIRST_DAY.year} to {LAST_DAY.year}")
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        return NoDay(f"that month has {last} days")
    return _within(date(year, month, day))


def _without_year(month: int, day: int, near: date) -> Read:
    """The day in the year that brings it nearest to the other days of the sheet."""
    years = sorted((near.year - 1, near.year, near.year + 1), key=lambda y: abs(y - near.year))
    found = [each for year in years if isinstance(each := _day(year, month, day), Span)]
    if not found:
        return _day(near.year, month, day)
    best = min(found, key=lambda each: abs((each.first - near).days))
    return Span(best.first, best.last, guessed=True)


def _named_day(words: str, near: date) -> Read | None:
    """``3. mai 2027``, ``5-mar-27``, ``march 3, 2027``, ``12 apr``."""
    year = r"(?:[ .,/'-]+(\d{4}|\d\d))?(?:[ ,]+\d{1,2}:\d\d.*)?"
    match = re.fullmatch(rf"(\d{{1,2}})[ ./-]*{_MONTH}{year}", words)
    day, month, in_year = match.groups() if match else ("", "", "")
    if match is None:
        match = re.fullmatch(rf"{_MONTH}[ ./-]*(\d{{1,2}})\.?{year}", words)
        if match is None:
            return None
        month, day, in_year = match.groups()
    number = _MONTH_OF[month.rstrip(".")]
    if in_year is None:
        return _without_year(number, int(day), near)
    known = _year(in_year)
    return NoDay("no date") if known is None else _day(known, number, int(day))


# --- periods --------------------------------------------------------------------------------------


def _period(words: str, near: date) -> Read | None:
    """A week, month, quarter, half or year, or the beginning, middle or end of one."""
    match = re.fullmatch(rf"{_EDGE}[ -]*(.+)|(.+) {_EDGE}", words)
    if match is not None:
        span = _named_period(match[2] or match[3], near)
        return _part(span, _EDGE_OF[match[1] or match[4]]) if isinstance(span, Span) else span
    return _named_period(words, near)


def _part(span: Span, edge: str) -> Span:
    """A third of a period; of a long one its first, middle or last month."""
    third = max(((span.last - span.first).days + 1) // 3, 1)
    if edge == "start":
        return Span(span.first, span.first + timedelta(third - 1), span.guessed, True)
    if edge == "end":
        return Span(span.last - timedelta(third - 1), span.last, span.guessed, True)
    first = span.first + timedelta(third)
    return Span(first, first + timedelta(third - 1), span.guessed, True)


_ENDS = r"[ ./'-]*(\d{4}|\d\d)"
_KINDS: tuple[tuple[str, Callable[[int, int], Read]], ...] = (
    (r"(?:kw|cw|w|wk|week|woche|kalenderwoche|s|sem|semaine|semana)[ .]*(\d{1,2})",
     lambda year, number: _week(year, number)),
    (r"(\d{1,2})\. ?(?:kw|woche|kalenderwoche)", lambda year, number: _week(year, number)),
    (r"(?:q|qtr|quarter|quartal|t|trimestre|trim)[ .]*([1-4])",
     lambda year, number: _quarter(year, number)),
    (r"([1-4])\.? ?(?:q|t|quartal|quarter|trimestre|trim)",
     lambda year, number: _quarter(year, number)),
    (r"(?:h|half|hj|halbjahr|semestre)[ .]*([12])", lambda year, number: _half(year, number)),
    (r"([12])\.? ?(?:h|hj|halbjahr|semestre)", lambda year, number: _half(year, number)),
)  # fmt: skip


def _named_period(words: str, near: date) -> Read | None:
    if re.fullmatch(r"(?:19|20)\d\d", words):
        return _months(int(words), 1, 12)
    match = re.fullmatch(rf"{_MONTH}(?:{_ENDS})?|(\d{{4}})[ -]*{_MONTH}", words)
    if match is not None:
        month = _MONTH_OF[(match[1] or match[4]).rstrip(".")]
        return _in_year(match[2] or match[3], near, lambda year: _months(year, month, 1))
    match = re.fullmatch(r"(\d{1,2})[./-](\d{4})|(\d{4})[./-](\d{1,2})", words)
    if match is not None:
        month = int(match[1] or match[4])
        year = int(match[2] or match[3])
        return _months(year, month, 1) if 1 <= month <= 12 else NoDay("months run from 1 to 12")
    for name, made in _KINDS:
        match = re.fullmatch(rf"{name}(?:{_ENDS})?|(\d{{4}})[ ./-]*{name}", words)
        if match is not None:
            number, after, before, later = match.groups()
            return _in_year(after or before, near, lambda y: made(y, int(number or later)))  # noqa: B023
    return None


def _in_year(year: str | None, near: date, made: Callable[[int], Read]) -> Read:
    if year is not None:
        known = _year(year)
        return NoDay("no date") if known is None else made(known)
    around = (near.year, near.year - 1, near.year + 1)
    found = [span for each in around if isinstance(span := made(each), Span)]
    if not found:
        return made(near.year)
    best = min(found, key=lambda span: abs((span.first - near).days))
    return Span(best.first, best.last, guessed=True, period=True)


def _months(year: int, first: int, count: int) -> Read:
    if year not in YEARS:
        return NoDay(f"dates run from {FIRST_DAY.year} to {LAST_DAY.year}")
    last = first + count - 1
    return Span(date(year, first, 1), date(year, last, monthrange(year, last)[1]), period=True)


def _quarter(year: int, number: int) -> Read:
    return _months(year, 3 * number - 2, 3)


def _half(year: int, number: int) -> Read:
    return _months(year, 6 * number - 5, 6)


def _week(year: int, number: int) -> Read:
    weeks = date(year, 12, 28).isocalendar().week
    if not 1 <= number <= weeks:
        return NoDay(f"{year} has {weeks} weeks")
    monday = date.fromisocalendar(year, number, 1)
    return Span(monday, monday + timedelta(4), period=True)


# --- two days in one cell -------------------------------------------------------------------------


def read_period(text: str, order: Order, near: date) -> Read:
    """``2027-03-01 - 2027-04-02``, ``3.5.–12.6.2027``, ``KW 18 bis KW 22``; or one period."""
    text = " ".join(text.split())
    for gap in (r"\s+(?:-|–|—|to|bis|au|al|a|hasta|until|→)\s+", r"\s*(?:–|—|→|\.\.+)\s*", "-"):
        parts = re.split(gap, text)
        if len(parts) == 2:
            last = read_words(parts[1], order, near)
            first = read_words(parts[0], order, last.first if isinstance(last, Span) else near)
            if isinstance(first, Span) and isinstance(last, Span) and first.first <= last.last:
                return Span(first.first, last.last, first.guessed or last.guessed, True)
    return read_words(text, order, near)


# --- working days ---------------------------------------------------------------------------------


def working_days(first: date, last: date) -> int:
    """Days from Monday to Friday from `first` to `last`, both inclusive; 0 where it is earlier."""
    if last < first:
        return 0
    weeks, rest = divmod((last - first).days + 1, 7)
    return weeks * 5 + sum((first.weekday() + day) % 7 < 5 for day in range(rest))
