"""Working calendars: which days are worked, and day numbers both ways in O(1).

A day boundary lies between two calendar days; it is the proleptic ordinal of the day that opens
there (so it closes the day before). A calendar numbers a boundary by the working days before it:
closing Friday and opening Monday have one number, since they are the same working time. Three lists
give the number of a boundary, the working day of a number, and the last boundary with a number.
They cover the span in use and grow with it, because two centuries of every calendar would cost more
than a whole schedule.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import accumulate, compress
from typing import NamedTuple

from msgspec.structs import replace

from planner.calendars.public import (
    NO_DAYS,
    PublicDays,
    check_country,
    check_region,
    public_days,
)
from planner.roadmap.entities import Calendar, Initiative, Roadmap
from planner.roadmap.problems import Problem, invalid_value
from planner.roadmap.values import FIRST_DAY, LAST_DAY, NotAllowedError

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WORKING_WEEK = WEEKDAYS[:5]
STANDARD = "standard"

LIMIT = LAST_DAY.toordinal() + 1
"""The last boundary of the days that the format knows."""
REACH = (date(1600, 1, 1).toordinal(), date(2202, 1, 1).toordinal())
"""As far as calendars are ever worked out: late dates may lie before the format's first day."""
_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()
_YEAR = 366


class Table(NamedTuple):
    """One calendar over a span of days; numbers count from its first day.

    `before[b - first]` is the number of boundary b; `days[n]` the working day that opens at number
    n (an ordinal); `openings[n]` the last boundary with number n: as `days`, and one for the end.
    """

    first: int
    before: list[int]
    days: list[int]
    openings: list[int]

    @property
    def last(self) -> int:
        """The last boundary that has a number here."""
        return self.first + len(self.before) - 1


class WorkCalendar:
    """One calendar. Immutable but for the span it has worked out so far.

    `title` is what to call it, `days_per_week` how many days "1w" is.
    """

    def __init__(self, calendar: Calendar) -> None:
        week = calendar.workdays if calendar.workdays is not None else WORKING_WEEK
        self.id = calendar.id
        self.title = calendar.title or calendar.id
        self.source = calendar
        self._week = bytes(day in week for day in WEEKDAYS)
        self.days_per_week = sum(self._week)
        self._anchored: tuple[Table, int] | None = None
        self._latest: Table | None = None

    # --- over a span ------------------------------------------------------------------------------

    def table(self, first: int, last: int) -> Table:
        """The calendar from the opening of day `first` to boundary `last`."""
        latest = self._latest
        if latest is None or (latest.first, latest.last) != (first, last):
            latest = self._latest = self._build(first, last)
        return latest

    def _build(self, first: int, last: int) -> Table:
        start = (first - 1) % 7  # ordinal 1 is a Monday
        weeks = (last - first) // 7 + 1
        worked = bytearray((self._week[start:] + self._week[:start]) * weeks)[: last - first]
        public, source = self._public(first, last), self.source
        # What the file says of a day counts more than what the country does.
        for of_days, works in (
            (public.holidays, 0),
            (public.exchanged, 1),
            (map(date.toordinal, source.holidays), 0),
            (map(date.toordinal, source.working), 1),
        ):
            for day in of_days:
                if first <= day < last:
                    worked[day - first] = works
        days = list(compress(range(first, last), worked))
        return Table(first, list(accumulate(worked, initial=0)), days, [*days, last])

    def _public(self, first: int, last: int) -> PublicDays:
        country = self.source.country
        if not country:
            return NO_DAYS
        years = date.fromordinal(first).year, date.fromordinal(last - 1).year
        return public_days(country, self.source.region, *years)

    # --- any day ----------------------------------------------------------------------------------

    def number(self, boundary: int) -> int:
        """The working days before a day boundary, counted from a day that is always the same one.

        May be negative. Where the calendar has to grow first, it does.
        """
        table, zero = self._around(boundary)
        return table.before[boundary - table.first] - zero

    def opening(self, number: int) -> int:
        """The last boundary with this number: the opening of a working day."""
        table, zero = self._reaching(number)
        return table.openings[number + zero]

    def closing(self, number: int) -> int:
        """The first boundary with this number: the closing of a working day."""
        table, zero = self._reaching(number - 1)
        return table.days[number - 1 + zero] + 1

    def is_working(self, day: date) -> bool:
        """Whether the day is worked."""
        boundary = day.toordinal()
        return self.number(boundary + 1) > self.number(boundary)

    def first_working(self, day: date) -> date:
        """The day itself, or the next one that is worked."""
        return date.fromordinal(self.opening(self.number(day.toordinal())))

    def last_working(self, day: date) -> date:
        """The day itself, or the last one before it that is worked."""
        return date.fromordinal(self.closing(self.number(day.toordinal() + 1)) - 1)

    def working_days(self, first: date, last: date) -> int:
        """Working days from the closing of one day to the closing of another; signed."""
        return self.number(last.toordinal() + 1) - self.number(first.toordinal() + 1)

    def add(self, day: date, days: int) -> date:
        """The working day that is `days` working days after (or before) a day.

        From a day that is not worked, counting starts at the last working day before it; 0 keeps
        the day. The days of the format (1990 to 2200) are as far as it goes.
        """
        if days == 0:
            return day
        try:
            return date.fromordinal(self.closing(self.number(day.toordinal() + 1) + days) - 1)
        except OverflowError:
            return LAST_DAY if days > 0 else FIRST_DAY

    def holiday(self, day: date) -> str | None:
        """What a day off in the working week is called; None on a working day and at weekends."""
        if not self._week[day.weekday()] or self.is_working(day):
            return None
        boundary = day.toordinal()
        own = self.source.holidays.get(day)
        return own or self._public(boundary, boundary + 1).holidays.get(boundary)

    def _around(self, boundary: int) -> tuple[Table, int]:
        """The table that covers a day boundary, grown if need be, and where its number 0 is."""
        held = self._anchored
        if held is None:
            table = self._build(*years_around(boundary - _YEAR, boundary + 3 * _YEAR))
            held = self._anchored = (table, table.before[boundary - table.first])
        table, _ = held
        if not table.first <= boundary < table.last:
            held = self._grow(min(boundary - _YEAR, table.first), max(boundary + _YEAR, table.last))
        return held

    def _grow(self, first: int, last: int) -> tuple[Table, int]:
        assert self._anchored is not None
        table, zero = self._anchored
        grown = self._build(*years_around(first, last - 1))
        self._anchored = held = (grown, zero + grown.before[table.first - grown.first])
        return held

    def _reaching(self, number: int) -> tuple[Table, int]:
        """The table that has the working day of this number; OverflowError where none has."""
        table, zero = self._anchored or self._around(LIMIT)
        while not 0 <= number + zero < len(table.days):
            span = table.last - table.first
            first = table.first - (span if number + zero < 0 else 0)
            last = table.last + (0 if number + zero < 0 else span)
            if first < REACH[0] - span or last > REACH[1] + span:
                raise OverflowError(f"calendar {self.id} has no working day number {number}")
            table, zero = self._grow(first, last)
        return table, zero


def years_around(first: int, last: int) -> tuple[int, int]:
    """The boundaries at which the years of two boundaries begin and end, inside years 1 to 9999."""
    low = date.fromordinal(max(_FIRST, min(first, _LAST)))
    high = date.fromordinal(max(_FIRST, min(last, _LAST)))
    end = _LAST if high.year == date.max.year else date(high.year + 1, 1, 1).toordinal()
    return date(low.year, 1, 1).toordinal(), end


class Calendars:
    """Every calendar of a roadmap, and who works on which. `problems` are what was wrong with them.

    A calendar that can't be used costs as little as it can: an unknown country or region is left
    out, and `standard` stands in for a calendar without a weekly working day.
    """

    def __init__(self, roadmap: Roadmap) -> None:
        self._source = _source(roadmap)
        self._roadmap = roadmap
        problems: list[Problem] = []
        usable = {id: self._made(one, problems) for id, one in roadmap.calendars.items()}
        standard = usable.pop(STANDARD, None) or WorkCalendar(Calendar(id=STANDARD))
        self.standard: WorkCalendar = standard
        self._by_id = {STANDARD: standard, **{id: one or standard for id, one in usable.items()}}
        self.roadmap = self._by_id.get(roadmap.settings.calendar or STANDARD, standard)
        self.problems = tuple(problems)
        self.all: tuple[WorkCalendar, ...] = tuple(dict.fromkeys(self._by_id.values()))
        self._position = {one: place for place, one in enumerate(self.all)}
        self._of_owner = dict(self._owners(roadmap))
        self._default = self._position[self.roadmap]
        self._span: tuple[int, int] | None = None

    @classmethod
    def of(cls, roadmap: Roadmap, previous: Calendars | None = None) -> Calendars:
        """The calendars of a roadmap; `previous` itself where nothing they depend on differs.

        Its years are worked out: 100 edits of 1,000 initiatives end at 63 MB, else at 102 (goal:
        80).
        """
        if previous is not None and previous._source == _source(roadmap):
            return previous
        return cls(roadmap)

    def get(self, id: str) -> WorkCalendar | None:
        """A calendar by id; `standard` always exists."""
        return self._by_id.get(id)

    def for_initiative(self, initiative: Initiative) -> WorkCalendar:
        """Its own calendar, else its owner's, else the roadmap's."""
        return self.all[self.position(initiative)]

    def position(self, initiative: Initiative) -> int:
        """Where in `all` the calendar of an initiative is."""
        if initiative.calendar is not None:
            own = self._by_id.get(initiative.calendar)
            if own is not None:
                return self._position[own]
        owner = initiative.owner
        return self._of_owner.get(owner[0], self._default) if owner else self._default

    def tables(self, first: int, last: int) -> list[Table]:
        """Every calendar of `all` over one span of whole years that covers both boundaries.

        The span only grows, so that a schedule that is run again finds it worked out.
        """
        if self._span is not None:
            first, last = min(first, self._span[0]), max(last, self._span[1])
        self._span = span = years_around(first, last - 1)
        return [calendar.table(*span) for calendar in self.all]

    def _made(self, calendar: Calendar, problems: list[Problem]) -> WorkCalendar | None:
        """The calendar as far as it can be used; None where `standard` has to stand in."""
        wrong = _wrong(calendar)
        for key, error in wrong.items():
            origin = self._roadmap.origins.get(("calendars", calendar.id))
            file = "" if origin is None else origin.file
            problems.append(invalid_value("calendars", calendar.id, (key,), file, error))
        if "workdays" in wrong:
            return None
        if "country" in wrong:
            return WorkCalendar(replace(calendar, country=None, region=None))
        return WorkCalendar(replace(calendar, region=None) if "region" in wrong else calendar)

    def _owners(self, roadmap: Roadmap) -> Iterator[tuple[str, int]]:
        """Teams, and people through their team, that have a calendar; its place in `all`."""
        teams = {}
        for id, team in roadmap.teams.items():
            own = self._by_id.get(team.calendar) if team.calendar is not None else None
            if own is not None:
                teams[id] = self._position[own]
        yield from ((p.id, teams[p.team]) for p in roadmap.people.values() if p.team in teams)
        yield from teams.items()


def roadmap_week(roadmap: Roadmap) -> int:
    """How many days "1w" is on the roadmap's calendar, without working that calendar out."""
    calendars = roadmap.calendars
    standard = calendars.get(STANDARD)
    for one in (calendars.get(roadmap.settings.calendar or STANDARD, standard), standard):
        if one is not None and one.workdays is not None and set(one.workdays):
            return len(set(one.workdays))
        if one is not None and one.workdays is None:
            break
    return len(WORKING_WEEK)


def _source(roadmap: Roadmap) -> tuple[object, ...]:
    """All that calendars are made from."""
    people = roadmap.people if any(team.calendar for team in roadmap.teams.values()) else None
    return (roadmap.settings.calendar, roadmap.calendars, roadmap.teams, people)


def _wrong(calendar: Calendar) -> dict[str, NotAllowedError]:
    """What can't be used, by key."""
    found = {}
    if calendar.workdays is not None and not set(calendar.workdays) & set(WEEKDAYS):
        allowed = "a list with at least one weekday (until it has one, calendar standard stands in)"
        found["workdays"] = NotAllowedError(list(calendar.workdays), allowed, list(WORKING_WEEK))
    if calendar.country:
        try:
            check_country(calendar.country)
        except NotAllowedError as error:
            return {**found, "country": error}
    if calendar.region:
        try:
            _check_region(calendar.country, calendar.region)
        except NotAllowedError as error:
            found["region"] = error
    return found


def _check_region(country: str | None, region: str) -> None:
    if not country:
        raise NotAllowedError(region, "read without a country beside it")
    check_region(country, region)
