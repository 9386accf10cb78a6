"""How figures read: the year where it is needed, the plural of a noun, money as people say it."""

from __future__ import annotations

from datetime import date

import pytest

from planner.roadmap.figures import (
    count,
    date_range,
    date_text,
    date_width,
    days_short,
    listed,
    money,
    money_short,
    number,
    per_cent,
    signed,
    working_days,
)

NOW = date(2027, 3, 22)
THEN = date(2029, 11, 2)


def test_a_date_of_another_year_shows_all_of_it() -> None:
    assert date_text(date(2027, 11, 2), NOW) == "2 Nov"
    assert date_text(THEN, NOW) == "2 Nov 2029"


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2027, 3, 1), date(2027, 3, 12), "1–12 Mar"),
        (date(2027, 5, 27), date(2027, 7, 8), "27 May – 8 Jul"),
        (date(2027, 3, 1), date(2027, 3, 1), "1 Mar"),
        (date(2026, 12, 21), date(2027, 1, 8), "21 Dec 2026 – 8 Jan"),
        (date(2027, 12, 20), date(2028, 1, 7), "20 Dec 2027 – 7 Jan 2028"),
        (date(2026, 3, 1), date(2027, 3, 12), "1 Mar 2026 – 12 Mar"),
        (date(2029, 3, 1), date(2029, 3, 12), "1–12 Mar 2029"),
        (date(2029, 3, 1), date(2029, 4, 12), "1 Mar – 12 Apr 2029"),
        (THEN, THEN, "2 Nov 2029"),
    ],
)
def test_a_range_shows_the_years_it_needs(first: date, last: date, text: str) -> None:
    assert date_range(first, last, NOW) == text


def test_a_column_is_as_wide_as_its_dates() -> None:
    assert date_width(NOW, date(2027, 12, 31), None, near=NOW) == len("22 Mar")
    assert date_width(NOW, THEN, near=NOW) == len("22 Nov 2029")


def test_a_number_has_a_noun_and_the_noun_its_plural() -> None:
    assert [working_days(n) for n in (0, 1, 5)] == [
        "0 working days",
        "1 working day",
        "5 working days",
    ]
    assert [count(n, "launch") for n in (1, 2)] == ["1 launch", "2 launches"]
    assert count(2, "capability", "capabilities") == "2 capabilities"
    assert count(-1, "point") == "−1 point"
    assert [count(n, "week") for n in (0.5, 1.0, 1.5)] == ["0.5 weeks", "1 week", "1.5 weeks"]


def test_signs_are_arithmetic() -> None:
    assert [signed(n) for n in (5, -5, 0)] == ["+5", "−5", "0"]
    assert [days_short(n) for n in (5, -5, 0)] == ["5d", "−5d", "0d"]


@pytest.mark.parametrize(
    ("amount", "sentence", "table"),
    [
        (0, "€0", "€0"),
        (-0.2, "−€0.20", "€0"),
        (999, "€999", "€999"),
        (999.7, "€999.70", "€1k"),
        (1_240, "€1,240", "€1.2k"),
        (11_042, "€11,042", "€11k"),
        (40_000, "€40,000", "€40k"),
        (140_000, "€140,000", "€140k"),
        (999_600, "€999,600", "€1.00m"),
        (1_020_000, "€1,020,000", "€1.02m"),
        (1_002_500, "€1,002,500", "€1.00m"),
        (1_000_000, "€1,000,000", "€1m"),
        (1_200_000, "€1,200,000", "€1.2m"),
        (-1_020_000, "−€1,020,000", "−€1.02m"),
        (25_400_000, "€25,400,000", "€25m"),
        (1 / 3, "€0.33", "€0"),
    ],
)
def test_money_is_exact_in_a_sentence_and_short_in_a_table(
    amount: float, sentence: str, table: str
) -> None:
    assert money(amount, "EUR") == sentence
    assert money_short(amount, "EUR") == table


def test_a_currency_without_a_sign_stands_before_the_amount() -> None:
    assert money_short(900, "CHF") == money(900, "CHF") == "CHF 900"
    assert money_short(900, None) == money(900, None) == "900"
    assert money_short(1_500_000, "JPY") == "¥1.5m"


def test_a_share_is_told_in_per_cent() -> None:
    shares = (0.24, -0.25, 0.125, -0.125, -0.001, 1.0)
    assert [per_cent(share) for share in shares] == ["24%", "−25%", "13%", "−13%", "0%", "100%"]


def test_a_number_has_the_digits_that_were_meant() -> None:
    assert number(2.1) == "2.1"
    assert number(0.1 + 0.2) == "0.3"
    assert number(0.000001) == "0.000001"
    assert number(1_250_000) == "1,250,000"
    assert number(1e16) == "10,000,000,000,000,000"
    assert number(1e21) == "1,000,000,000,000,000,000,000"
    assert number(-0.5) == "−0.5"
    assert number(2.5, "%") == "2.5%"
    assert number(40, "leads") == "40 leads"


def test_names_are_listed_as_people_list_them() -> None:
    assert [listed("abc"[:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert listed("abcd", most=2) == "a, b and 2 more"
    assert listed("abcdefghijkl") == "a, b, c, d, e, f, g, h, i, j and 2 more"
    assert listed("abcdefghijkl", most=None).endswith("j, k and l")
