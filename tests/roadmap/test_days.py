"""How days are named: the year where, and only where, a day would be taken for another year's."""

from __future__ import annotations

from datetime import date

import pytest

from planner.roadmap.days import day_width, named_day, named_days, short_day

NOW = date(2027, 3, 22)
THEN = date(2029, 11, 2)


def test_a_day_of_another_year_shows_it() -> None:
    assert named_day(date(2027, 11, 2), NOW) == "2 Nov"
    assert named_day(THEN, NOW) == "2 Nov 2029"
    assert short_day(date(2027, 11, 2), NOW) == "2 Nov"
    assert short_day(THEN, NOW) == "2 Nov 29"


@pytest.mark.parametrize(
    ("first", "last", "named"),
    [
        (date(2027, 3, 1), date(2027, 3, 12), "1 Mar – 12 Mar"),
        (date(2027, 3, 1), date(2027, 3, 1), "1 Mar"),
        (date(2026, 12, 21), date(2027, 1, 8), "21 Dec 2026 – 8 Jan"),
        (date(2027, 12, 20), date(2028, 1, 7), "20 Dec 2027 – 7 Jan 2028"),
        (date(2029, 3, 1), date(2029, 3, 12), "1 Mar – 12 Mar 2029"),
        (THEN, THEN, "2 Nov 2029"),
    ],
)
def test_a_range_shows_the_years_it_needs(first: date, last: date, named: str) -> None:
    assert named_days(first, last, NOW) == named


def test_a_column_is_as_wide_as_its_days() -> None:
    assert day_width(NOW, date(2027, 12, 31), None, near=NOW) == len("22 Mar")
    assert day_width(NOW, THEN, near=NOW) == len("22 Nov 29")
