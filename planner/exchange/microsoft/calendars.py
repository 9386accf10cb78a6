"""Our calendars as Microsoft Project's: a week of days of eight hours, and exceptions by day.

Public holidays are written out for the years of the plan and a few more, since the file has no rule
for them. A day that the file names is an exception also at a weekend, so that its name comes back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from planner.calendars.working import WEEKDAYS, WORKING_WEEK, WorkCalendar
from planner.exchange.microsoft.elements import Element
from planner.plan.model import Plan

YEARS_BEFORE, YEARS_AFTER = 1, 3
"""So many years around the plan's have their public holidays."""

_HOURS: list[Element] = [
    ("WorkingTime", [("FromTime", "08:00:00"), ("ToTime", "12:00:00")]),
    ("WorkingTime", [("FromTime", "13:00:00"), ("ToTime", "17:00:00")]),
]


def calendar_elements(plan: Plan, others: Iterable[WorkCalendar] = ()) -> Iterator[Element]:
    """Every calendar of a plan, and others; its UID is one more than its place."""
    first, last = _span(plan)
    for place, calendar in enumerate((*plan.calendars.all, *others)):
        yield (
            "Calendar",
            [
                ("UID", place + 1),
                ("Name", calendar.title or calendar.id),
                ("IsBaseCalendar", 1),
                ("IsBaselineCalendar", 0),
                ("BaseCalendarUID", -1),
                ("WeekDays", [_week_day(calendar, number) for number in range(1, 8)]),
                ("Exceptions", list(_exceptions(calendar, first, last))),
            ],
        )


def derived_calendar(uid: int, base: int, name: str) -> Element:
    """A resource's calendar, which is its base calendar's."""
    return "Calendar", [
        ("UID", uid),
        ("Name", name),
        ("IsBaseCalendar", 0),
        ("IsBaselineCalendar", 0),
        ("BaseCalendarUID", base),
    ]


def _span(plan: Plan) -> tuple[date, date]:
    schedule = plan.schedule
    days = [plan.as_of, plan.roadmap.settings.start or plan.as_of]
    days += [day for day in (schedule.start, schedule.last_day) if day is not None]
    return (
        date(max(1990, min(days).year - YEARS_BEFORE), 1, 1),
        date(min(2200, max(days).year + YEARS_AFTER), 12, 31),
    )


def _week_day(calendar: WorkCalendar, number: int) -> Element:
    """A day of the week by Microsoft's number, where Sunday is the first."""
    works = WEEKDAYS[(number - 2) % 7] in _week(calendar)
    times: list[Element] = [("WorkingTimes", _HOURS)] if works else []
    return "WeekDay", [("DayType", number), ("DayWorking", int(works)), *times]


def _week(calendar: WorkCalendar) -> tuple[str, ...]:
    named = calendar.source.workdays
    return WORKING_WEEK if named is None else named


def _exceptions(calendar: WorkCalendar, first: date, last: date) -> Iterator[Element]:
    source, week = calendar.source, _week(calendar)
    days = {first + timedelta(days=n) for n in range((last - first).days + 1)}
    named = {*source.holidays, *source.working}
    for day in sorted(days | named):
        works = calendar.is_working(day)
        if day in named or works != (WEEKDAYS[day.weekday()] in week):
            yield _exception(day, works, _name(calendar, day, works))


def _name(calendar: WorkCalendar, day: date, works: bool) -> str:
    source = calendar.source
    own = source.working.get(day) if works else source.holidays.get(day)
    return own or ("" if works else calendar.holiday(day) or "")


def _exception(day: date, works: bool, name: str) -> Element:
    span: list[Element] = [("FromDate", f"{day}T00:00:00"), ("ToDate", f"{day}T23:59:00")]
    times: list[Element] = [("WorkingTimes", _HOURS)] if works else []
    return "Exception", [
        ("EnteredByOccurrences", 0),
        ("TimePeriod", span),
        ("Occurrences", 1),
        ("Name", name),
        ("Type", 1),
        ("DayWorking", int(works)),
        *times,
    ]
