"""Working time of Microsoft Project: calendars on calendars, exceptions that recur, other weeks.

Here a day is worked or it is not, so a day with fewer hours is a working day, and told. What recurs
is written out day by day, as far as the file says that it does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain, islice
from typing import Any

from msgspec import Struct

from planner.calendars.working import WEEKDAYS, WORKING_WEEK
from planner.errors import ReadError
from planner.exchange.microsoft.records import Record, fields_of, inner
from planner.exchange.microsoft.terms import day_of, last_day_of, number_of
from planner.roadmap.values import FIRST_DAY, LAST_DAY

MOST_DAYS = 366 * 40
"""So many days of a recurrence are looked at."""
MOST_LOOKS = 1_000_000
"""So many in a file."""
MOST_EXCEPTIONS = 5_000
"""So many days one calendar may name."""
_DAY = timedelta(days=1)
_DAILY, _YEARLY_BY_WEEKDAY, _MONTHLY_BY_WEEKDAY = 1, 3, 5


class Special(Struct, frozen=True):
    """A day that is not as its weekday; `hours` are those worked."""

    day: date
    hours: float
    name: str = ""


class Working(Struct, frozen=True):
    """One calendar of the file, with what its base says: hours by weekday from Monday, and days."""

    uid: str
    name: str
    base: str
    week: tuple[float, ...]
    special: Mapping[date, Special] = {}

    @property
    def workdays(self) -> list[str]:
        """The weekdays that are worked."""
        return [day for day, hours in zip(WEEKDAYS, self.week, strict=True) if hours]

    def table(self, id: str) -> dict[str, Any]:
        """The calendar as the roadmap writes it."""
        keys: dict[str, Any] = {"title": self.name} if self.name and self.name != id else {}
        if self.workdays != list(WORKING_WEEK):
            keys["workdays"] = self.workdays
        for key, works in (("holidays", False), ("working", True)):
            days = [one for one in self.special.values() if bool(one.hours) == works]
            named = {str(one.day): one.name for one in sorted(days, key=lambda one: one.day)}
            keys |= {key: named} if named else {}
        return keys

    def is_working(self, day: date) -> bool:
        """Whether anything is worked on a day."""
        special = self.special.get(day)
        return bool(self.week[day.weekday()] if special is None else special.hours)

    def days(self, first: date, last: date) -> int:
        """Working days from one day to another, both with."""
        weeks, rest = divmod((last - first).days + 1, 7)
        worked = [bool(hours) for hours in self.week]
        tail = sum(worked[(first.weekday() + n) % 7] for n in range(rest))
        found = weeks * sum(worked) + tail
        for day, special in self.special.items():
            if first <= day <= last:
                found += bool(special.hours) - worked[day.weekday()]
        return found

    def is_same_time(self, other: Working) -> bool:
        """Whether both work the same days."""
        if self is other:
            return True
        days = {**self.special, **other.special}
        week = [bool(hours) for hours in self.week] == [bool(hours) for hours in other.week]
        return week and all(self.is_working(day) == other.is_working(day) for day in days)

    def short_days(self, full: float) -> int:
        """On how many of its days fewer hours are worked than a day has."""
        hours = [*self.week, *(one.hours for one in self.special.values())]
        return sum(0 < each < full - 0.01 for each in hours)


def working_times(records: Sequence[Record]) -> dict[str, Working]:
    """Every calendar by its UID."""
    by_uid = {fields_of(record).get("UID", ""): record for record in records}
    found: dict[str, Working] = {}
    left = _Days()
    for uid in by_uid:
        _resolve(uid, by_uid, found, (), left)
    return found


class _Days:
    """How many days may still be looked at."""

    def __init__(self) -> None:
        self._left = MOST_LOOKS

    def spend(self) -> None:
        """Look at one. Raises ReadError where there are no more."""
        self._left -= 1
        if self._left < 0:
            raise ReadError(
                "too many exceptions of calendars, for too many years",
                hint="take out exceptions that recur, or end them sooner",
            )


STANDARD = Working("", "Standard", "", (8, 8, 8, 8, 8, 0, 0))
"""What a file without calendars works on."""


def _resolve(
    uid: str,
    records: Mapping[str, Record],
    found: dict[str, Working],
    above: tuple[str, ...],
    left: _Days,
) -> Working:
    """A calendar with what its base says; one that is its own base is Microsoft's standard."""
    if uid in found:
        return found[uid]
    if uid not in records or uid in above or len(above) > 20:
        return STANDARD
    record = records[uid]
    fields = fields_of(record)
    base = fields.get("BaseCalendarUID", "")
    upper = (
        _resolve(base, records, found, (*above, uid), left)
        if base not in ("-1", "0", "")
        else STANDARD
    )
    week = list(upper.week)
    for day in inner(record, "WeekDays", "WeekDay"):
        if (number := number_of(day.get("DayType"))) in range(1, 8):
            week[(number - 2) % 7] = _hours(day)
    special = {one.day: one for one in _special(record, week, left)}
    made = Working(
        uid, fields.get("Name", "").strip(), base, tuple(week), {**upper.special, **special}
    )
    found[uid] = made
    return made


def _hours(day: Record) -> float:
    """Hours of a day; one without times that works has eight."""
    times = list(inner(day, "WorkingTimes", "WorkingTime"))
    if day.get("DayWorking") == "0" or (not times and day.get("DayWorking") != "1"):
        return 0
    return sum(map(_span, times)) if times else 8


def _span(time: Record) -> float:
    opens, closes = (_clock(str(time.get(key, ""))) for key in ("FromTime", "ToTime"))
    return (closes - opens) % 24 or 24


def _clock(text: str) -> float:
    hours, minutes = (*text.split(":"), "0", "0")[:2]
    return number_of(hours) + number_of(minutes) / 60


# --- days that are not as their weekday -----------------------------------------------------------


def _special(record: Record, week: Sequence[float], left: _Days) -> Iterator[Special]:
    """Those of other weeks, of a file of before 2007, and of exceptions; the last counts."""
    old = [day for day in inner(record, "WeekDays", "WeekDay") if day.get("DayType") == "0"]
    exceptions = inner(record, "Exceptions", "Exception")
    found = chain(_other_weeks(record, week, left), _named(old, left), _named(exceptions, left))
    yield from islice(found, MOST_EXCEPTIONS)


def _named(exceptions: Iterable[Record], left: _Days) -> Iterator[Special]:
    for exception in exceptions:
        name = str(exception.get("Name", "")).strip()
        for day in _occurrences(exception, left):
            yield Special(day, _hours(exception), name)


def _other_weeks(record: Record, week: Sequence[float], left: _Days) -> Iterator[Special]:
    """The days of a period with working hours of its own that the usual week has otherwise."""
    for other in inner(record, "WorkWeeks", "WorkWeek"):
        days = {number_of(day.get("DayType")): day for day in inner(other, "WeekDays", "WeekDay")}
        hours = {(number - 2) % 7: _hours(day) for number, day in days.items() if number}
        for day in _period(other, left):
            of_day = hours.get(day.weekday(), week[day.weekday()])
            if bool(of_day) != bool(week[day.weekday()]):
                yield Special(day, of_day, str(other.get("Name", "")))


def _period(record: Record, left: _Days) -> Iterator[date]:
    """The days of a period, at most as many as are looked at."""
    for period in inner(record, "TimePeriod")[:1]:
        first, last = day_of(period.get("FromDate")), last_day_of(period.get("ToDate"))
        if first is None or last is None:
            continue
        first, last = max(first, FIRST_DAY), min(last, LAST_DAY)
        for number in range(min((last - first).days + 1, MOST_DAYS)):
            left.spend()
            yield first + number * _DAY


def _occurrences(exception: Record, left: _Days) -> Iterator[date]:
    """The days of an exception: all of its period, or those that its rule names."""
    days = _period(exception, left)
    first = next(days, None)
    if first is None:
        return
    most = number_of(exception.get("Occurrences"))
    by_count = exception.get("EnteredByOccurrences") == "1" and most > 0
    found = 0
    for day in (first, *days):
        if _is_named(exception, first, day):
            found += 1
            yield day
        if by_count and found >= most and number_of(exception.get("Type"), 1) != _DAILY:
            return


def _is_named(exception: Record, first: date, day: date) -> bool:
    type, every = number_of(exception.get("Type"), 1), max(1, number_of(exception.get("Period"), 1))
    months = (day.year - first.year) * 12 + day.month - first.month
    match type:
        case 2 | 3:
            in_month = day.month == number_of(exception.get("Month")) + 1
            return in_month and _is_day(exception, day, by_weekday=type == _YEARLY_BY_WEEKDAY)
        case 4 | 5:
            by_weekday = type == _MONTHLY_BY_WEEKDAY
            return months % every == 0 and _is_day(exception, day, by_weekday=by_weekday)
        case 6:
            weeks = (day - first + timedelta(days=(first.weekday() + 1) % 7)).days // 7
            mask = number_of(exception.get("DaysOfWeek"))
            return weeks % every == 0 and bool(mask >> (day.weekday() + 1) % 7 & 1)
        case _:
            return (day - first).days % every == 0


def _is_day(exception: Record, day: date, *, by_weekday: bool) -> bool:
    """Whether it is the day of the month that is named, or the first to last of its weekday."""
    if not by_weekday:
        return day.day == number_of(exception.get("MonthDay"))
    if (day.weekday() + 1) % 7 != number_of(exception.get("MonthItem")) - 3:
        return False
    position = number_of(exception.get("MonthPosition"))
    is_last = (day + 7 * _DAY).month != day.month
    return is_last if position == 4 else (day.day - 1) // 7 == position
