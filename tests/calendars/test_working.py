"""Working calendars: numbers both ways, holidays, whose calendar counts, and bad ones."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pytest
from holidays import country_holidays
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.calendars.public import public_days
from planner.calendars.working import Calendars, WorkCalendar, roadmap_week
from planner.roadmap.entities import (
    Calendar,
    Initiative,
    Origin,
    Person,
    Roadmap,
    Settings,
    TeamEntity,
)

DAY = timedelta(days=1)
SWAPPING = (
    "AM",
    "AZ",
    "BG",
    "BY",
    "CN",
    "HU",
    "KG",
    "KZ",
    "LV",
    "MM",
    "RU",
    "TW",
    "UA",
    "UZ",
    "VN",
)
"""Every country that is known to have swapped days."""
MONDAY, FRIDAY, SATURDAY = date(2027, 3, 1), date(2027, 3, 5), date(2027, 3, 6)
STANDARD = WorkCalendar(Calendar(id="standard"))


def opening(day: date) -> int:
    """The boundary at which a day opens."""
    return day.toordinal()


def closing(day: date) -> int:
    """The boundary at which a day closes."""
    return day.toordinal() + 1


class TestNumbers:
    def test_closing_friday_and_opening_monday_are_the_same_working_time(self) -> None:
        friday, monday = closing(FRIDAY), opening(date(2027, 3, 8))
        assert STANDARD.number(friday) == STANDARD.number(monday)
        assert STANDARD.opening(STANDARD.number(friday)) == monday
        assert STANDARD.closing(STANDARD.number(monday)) == friday

    def test_a_number_stays_the_same_as_the_calendar_grows(self) -> None:
        calendar = WorkCalendar(Calendar(id="c"))
        before = calendar.number(opening(MONDAY))
        calendar.number(opening(date(1990, 1, 1)))
        calendar.number(opening(date(2200, 12, 31)))
        assert calendar.number(opening(MONDAY)) == before

    @settings(max_examples=50, deadline=None)
    @given(st.dates(date(1990, 1, 1), date(2200, 12, 31)), st.integers(-3000, 3000))
    def test_both_ways(self, day: date, days: int) -> None:
        number = STANDARD.number(opening(day)) + days
        assert STANDARD.number(STANDARD.opening(number)) == number
        assert STANDARD.number(STANDARD.closing(number)) == number
        assert STANDARD.number(STANDARD.opening(number) + 1) == number + 1

    def test_a_table_counts_from_its_first_day(self) -> None:
        table = STANDARD.table(opening(MONDAY), opening(date(2027, 3, 15)))
        assert table.before == [0, 1, 2, 3, 4, 5, 5, 5, 6, 7, 8, 9, 10, 10, 10]
        assert [date.fromordinal(day).day for day in table.days] == [
            1,
            2,
            3,
            4,
            5,
            8,
            9,
            10,
            11,
            12,
        ]
        assert table.openings[-1] == table.last == opening(date(2027, 3, 15))


class TestDays:
    @pytest.mark.parametrize(
        ("day", "days", "expected"),
        [
            (FRIDAY, 1, date(2027, 3, 8)),
            (SATURDAY, 1, date(2027, 3, 8)),
            (SATURDAY, 0, SATURDAY),
            (date(2027, 3, 8), -1, FRIDAY),
            (SATURDAY, -1, date(2027, 3, 4)),
            (FRIDAY, 260, date(2028, 3, 3)),
            (FRIDAY, 10**7, date(2200, 12, 31)),
            (FRIDAY, -(10**7), date(1990, 1, 1)),
        ],
    )
    def test_add(self, day: date, days: int, expected: date) -> None:
        assert STANDARD.add(day, days) == expected

    def test_working_days_are_signed_and_count_from_closing_to_closing(self) -> None:
        assert STANDARD.working_days(FRIDAY, date(2027, 3, 8)) == 1
        assert STANDARD.working_days(date(2027, 3, 8), FRIDAY) == -1
        assert STANDARD.working_days(FRIDAY, SATURDAY) == 0

    def test_first_and_last_working_day(self) -> None:
        assert STANDARD.first_working(SATURDAY) == date(2027, 3, 8)
        assert STANDARD.last_working(SATURDAY) == FRIDAY
        assert STANDARD.first_working(FRIDAY) == STANDARD.last_working(FRIDAY) == FRIDAY


class TestWeeks:
    def test_monday_to_friday_unless_it_says(self) -> None:
        assert [STANDARD.is_working(MONDAY + n * DAY) for n in range(7)] == [True] * 5 + [False] * 2
        assert STANDARD.days_per_week == 5

    def test_workdays(self) -> None:
        gulf = WorkCalendar(Calendar(id="gulf", workdays=("sun", "mon", "tue", "wed", "thu")))
        assert not gulf.is_working(FRIDAY)
        assert gulf.is_working(date(2027, 3, 7))

    def test_extra_working_days_win_over_holidays(self) -> None:
        calendar = WorkCalendar(
            Calendar(
                id="c",
                holidays={FRIDAY: "bridge day", SATURDAY: "fair"},
                working={SATURDAY: "stock-taking"},
            )
        )
        assert not calendar.is_working(FRIDAY)
        assert calendar.is_working(SATURDAY)
        assert calendar.days_per_week == 5
        assert calendar.holiday(FRIDAY) == "bridge day"
        assert calendar.holiday(SATURDAY) is None
        assert calendar.holiday(MONDAY) is None


class TestPublicHolidays:
    def test_of_a_country(self) -> None:
        calendar = WorkCalendar(Calendar(id="de", country="DE"))
        assert not calendar.is_working(date(2027, 3, 26))
        assert calendar.holiday(date(2027, 3, 26)) == "Good Friday"

    def test_are_named_alike_whoever_runs_the_program(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for language in ("de_DE.UTF-8", "C", "fr_FR.UTF-8"):
            monkeypatch.setenv("LANG", language)
            monkeypatch.setenv("LANGUAGE", language)
            public_days.cache_clear()
            names = public_days("DE", None, 2027, 2027).holidays
            assert names[opening(date(2027, 3, 26))] == "Good Friday"

    def test_of_a_region(self) -> None:
        epiphany = date(2027, 1, 6)
        assert WorkCalendar(Calendar(id="de", country="DE")).is_working(epiphany)
        assert not WorkCalendar(Calendar(id="by", country="DE", region="BY")).is_working(epiphany)

    def test_can_be_worked(self) -> None:
        friday = date(2027, 3, 26)
        assert WorkCalendar(
            Calendar(id="de", country="DE", working={friday: "release"})
        ).is_working(friday)

    @pytest.mark.parametrize("country", SWAPPING)
    def test_what_was_swapped_is_worked_as_the_library_has_it(self, country: str) -> None:
        """Both ends of every swap: the day off, and the day of a weekend that is worked for it."""
        calendar = WorkCalendar(Calendar(id="c", country=country))
        known = country_holidays(country, years=range(2001, 2028))
        first = date(2001, 1, 1)
        for day in (first + n * DAY for n in range(27 * 365)):
            assert calendar.is_working(day) == known.is_working_day(day), day

    def test_the_file_counts_more_than_a_swap(self) -> None:
        exchanged = date(2026, 8, 8)
        hungary = Calendar(id="hu", country="HU")
        closed = Calendar(id="hu", country="HU", holidays={exchanged: "closed"})
        assert WorkCalendar(hungary).is_working(exchanged)
        assert not WorkCalendar(closed).is_working(exchanged)

    def test_years_that_the_library_does_not_know_are_no_warning(
        self, recwarn: pytest.WarningsRecorder
    ) -> None:
        public_days.cache_clear()
        WorkCalendar(Calendar(id="in", country="IN")).number(opening(MONDAY))
        assert not recwarn.list

    def test_the_library_is_imported_only_when_a_country_is_named(self) -> None:
        code = (
            "import sys; from planner.calendars.working import Calendars;"
            "from planner.roadmap.entities import Roadmap;"
            "Calendars.of(Roadmap()).tables(739_000, 740_000); assert 'holidays' not in sys.modules"
        )
        subprocess.run([sys.executable, "-c", code], check=True)


class TestWhoseCalendar:
    roadmap = Roadmap(
        settings=Settings(calendar="six"),
        calendars={
            "six": Calendar(id="six", workdays=("mon", "tue", "wed", "thu", "fri", "sat")),
            "gulf": Calendar(id="gulf", workdays=("sun", "mon", "tue", "wed", "thu")),
        },
        teams={
            "crm": TeamEntity(id="crm", calendar="gulf"),
            "web": TeamEntity(id="web"),
            "lost": TeamEntity(id="lost", calendar="nowhere"),
        },
        people={"ann": Person(id="ann", team="crm")},
    )

    @pytest.mark.parametrize(
        ("initiative", "calendar"),
        [
            (Initiative(id="a"), "six"),
            (Initiative(id="a", owner=("web",)), "six"),
            (Initiative(id="a", owner=("crm",)), "gulf"),
            (Initiative(id="a", owner=("crm", "web")), "gulf"),
            (Initiative(id="a", owner=("ann",)), "gulf"),
            (Initiative(id="a", owner=("nobody",)), "six"),
            (Initiative(id="a", owner=("lost",)), "six"),
            (Initiative(id="a", owner=("crm",), calendar="standard"), "standard"),
            (Initiative(id="a", owner=("crm",), calendar="nowhere"), "gulf"),
        ],
    )
    def test_its_own_then_its_owners_then_the_roadmaps(
        self, initiative: Initiative, calendar: str
    ) -> None:
        assert Calendars.of(self.roadmap).for_initiative(initiative).id == calendar

    def test_standard_exists(self) -> None:
        calendars = Calendars.of(Roadmap())
        assert calendars.roadmap is calendars.standard is calendars.get("standard")
        assert calendars.get("nowhere") is None

    def test_standard_can_be_redefined(self) -> None:
        four = Calendar(id="standard", workdays=("mon", "tue", "wed", "thu"))
        assert Calendars.of(Roadmap(calendars={"standard": four})).roadmap.days_per_week == 4

    def test_an_unknown_calendar_of_the_roadmap_is_standard(self) -> None:
        assert Calendars.of(Roadmap(settings=Settings(calendar="x"))).roadmap.id == "standard"

    def test_what_has_not_changed_is_kept(self) -> None:
        first = Calendars.of(self.roadmap)
        assert Calendars.of(self.roadmap, first) is first
        other = Roadmap(calendars=self.roadmap.calendars)
        assert Calendars.of(other, first) is not first


class TestProblems:
    @pytest.mark.parametrize(
        ("calendar", "key", "nearest"),
        [
            (Calendar(id="c", country="de"), "country", '"DE"'),
            (Calendar(id="c", country="Germany"), "country", '"DE"'),
            (Calendar(id="c", country="Untied States"), "country", '"US"'),
            (Calendar(id="c", country="QX"), "country", None),
            (Calendar(id="c", country="DE", region="by"), "region", '"BY"'),
            (Calendar(id="c", country="DE", region="Bayren"), "region", '"BY"'),
            (Calendar(id="c", country="MT", region="x"), "region", None),
            (Calendar(id="c", region="BY"), "region", None),
            (Calendar(id="c", workdays=()), "workdays", '["mon", "tue", "wed", "thu", …]'),
        ],
    )
    def test_name_the_key_and_the_nearest_right_thing(
        self, calendar: Calendar, key: str, nearest: str | None
    ) -> None:
        roadmap = Roadmap(
            calendars={"c": calendar}, origins={("calendars", "c"): Origin(file="it.toml")}
        )
        (problem,) = Calendars.of(roadmap).problems
        assert (problem.code, problem.kind, problem.id) == ("READ01", "calendars", "c")
        assert (problem.key, problem.nearest, problem.file) == ((key,), nearest, "it.toml")

    def test_an_unknown_region_leaves_the_country(self) -> None:
        calendar = Calendars.of(
            Roadmap(calendars={"c": Calendar(id="c", country="DE", region="XX")})
        ).get("c")
        assert calendar is not None
        assert not calendar.is_working(date(2027, 3, 26))

    def test_an_unknown_country_leaves_the_week_and_the_days(self) -> None:
        calendar = Calendars.of(
            Roadmap(calendars={"c": Calendar(id="c", country="QX", holidays={MONDAY: "x"})})
        ).get("c")
        assert calendar is not None
        assert not calendar.is_working(MONDAY)

    @pytest.mark.parametrize("id", ["c", "standard"])
    def test_standard_stands_in_where_no_weekday_is_worked(self, id: str) -> None:
        never = Calendar(id=id, workdays=(), working={SATURDAY: "x"})
        calendars = Calendars.of(Roadmap(calendars={id: never}, settings=Settings(calendar=id)))
        assert calendars.roadmap is calendars.standard
        assert calendars.roadmap.is_working(MONDAY)
        assert not calendars.roadmap.is_working(SATURDAY)


@pytest.mark.parametrize(
    ("calendars", "chosen"),
    [
        ((), None),
        ((Calendar(id="c", workdays=("mon", "tue")),), "c"),
        ((Calendar(id="c", workdays=()),), "c"),
        ((Calendar(id="c"), Calendar(id="standard", workdays=("mon",))), "c"),
        ((Calendar(id="c", workdays=()), Calendar(id="standard", workdays=("mon",))), "c"),
        ((Calendar(id="standard", workdays=("mon", "mon", "tue")),), None),
        ((Calendar(id="standard", workdays=()),), "nowhere"),
    ],
)
def test_the_roadmaps_week_is_that_of_its_calendar(
    calendars: tuple[Calendar, ...], chosen: str | None
) -> None:
    roadmap = Roadmap(
        calendars={one.id: one for one in calendars}, settings=Settings(calendar=chosen)
    )
    assert roadmap_week(roadmap) == Calendars.of(roadmap).roadmap.days_per_week
