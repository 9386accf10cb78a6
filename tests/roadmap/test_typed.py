"""What people type, on Monday 22 March 2027."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.roadmap.quantities import Length, parse_estimate, parse_length, parse_need
from planner.roadmap.typed import (
    Unclear,
    Understood,
    typed_bool,
    typed_choice,
    typed_date,
    typed_estimate,
    typed_length,
    typed_link,
    typed_need,
    typed_number,
)

TODAY = date(2027, 3, 22)


def day(text: str, *, past: bool = False) -> str:
    found = typed_date(text, TODAY, past=past)
    return str(found) if isinstance(found, Unclear) else found.text


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2027-03-01", "2027-03-01"),
        ("2027-3-1", "2027-03-01"),
        ("1 apr", "2027-04-01"),
        ("1 mar", "2028-03-01"),
        ("1mar 2027", "2027-03-01"),
        ("1st of may", "2027-05-01"),
        ("May 3, 2027", "2027-05-03"),
        ("may 3", "2027-05-03"),
        ("3 sept", "2027-09-03"),
        ("24.12.", "2027-12-24"),
        ("1.2.28", "2028-02-01"),
        ("29 feb", "2028-02-29"),
        ("today", "2027-03-22"),
        ("tomorrow", "2027-03-23"),
        ("mon", "2027-03-29"),
        ("Tuesday", "2027-03-23"),
        ("next fri", "2027-03-26"),
        ("last fri", "2027-03-19"),
        ("last mon", "2027-03-15"),
        ("+2w", "2027-04-05"),
        ("in 2 weeks", "2027-04-05"),
        ("-1w", "2027-03-15"),
        ("+5d", "2027-03-29"),
        ("+7d", "2027-03-31"),
        ("-1d", "2027-03-19"),
        ("+3m", "2027-06-22"),
        ("+1q", "2027-06-22"),
        ("+1y", "2028-03-22"),
        ("q1", "2027-01-01"),
        ("q2", "2027-04-01"),
        ("end q3", "2027-09-30"),
        ("mid q2", "2027-05-16"),
        ("q2 2028", "2028-04-01"),
        ("h2", "2027-07-01"),
        ("end of h1", "2027-06-30"),
        ("apr", "2027-04-01"),
        ("end feb", "2028-02-29"),
        ("end 2027", "2027-12-31"),
        ("2028-02", "2028-02-01"),
        ("w12", "2027-03-22"),
        ("end week 14", "2027-04-09"),
        ("2027-W14", "2027-04-05"),
    ],
)
def test_days(text: str, meant: str) -> None:
    assert day(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [("1 mar", "2027-03-01"), ("1 apr", "2026-04-01"), ("mon", "2027-03-15"), ("q2", "2026-04-01")],
)
def test_actual_dates_lie_behind(text: str, meant: str) -> None:
    assert day(text, past=True) == meant


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("", "no day; nearest: 2027-03-22"),
        ("31 feb", "February 2027 has 28 days; nearest: 28 feb 2027"),
        ("2027-13-01", "months run from 1 to 12; nearest: 2027-12-01"),
        ("2027-02-30", "February 2027 has 28 days; nearest: 28 feb 2027"),
        ("1/4/2027", "day or month first?; nearest: 1 apr 2027"),
        ("12/25", "day or month first?; nearest: 25 dec 2027"),
        ("25", "which month?; nearest: 25 mar 2027"),
        ("1 okt", "no such day; nearest: 1 oct"),
        ("mondy", "no such day; nearest: monday"),
        ("w60", "weeks run from 1 to 53; nearest: w52"),
        ("1 jan 1066", "days run from 1990 to 2200"),
        ("+900y", "days run from 1990 to 2200; nearest: 2027-03-22"),
        ("2027-", "a day is year-month-day; nearest: 2027-01-01"),
        ("2027-11-22j", "a day is year-month-day; nearest: 2027-11-22"),
        ("2027-02-31x", "a day is year-month-day; nearest: 2027-02-28"),
        ("2027-11-221", "a day is year-month-day; nearest: 2027-11-01"),
        ("0000-11-22x", "a day is year-month-day"),
        ("soon", "no such day; nearest: 22 mar 2027"),
    ],
)
def test_what_is_no_day_names_the_nearest(text: str, answer: str) -> None:
    assert day(text) == answer


def test_a_day_is_said_back_with_its_distance() -> None:
    assert said(typed_date("1 apr", TODAY)) == "Thu 1 Apr 2027, in 10 days"
    assert said(typed_date("end q3", TODAY)) == "Thu 30 Sep 2027, in 27 weeks"
    assert said(typed_date("1 mar 2027", TODAY)) == "Mon 1 Mar 2027, 3 weeks ago"


def test_working_days_are_counted_by_the_roadmaps_calendar() -> None:
    def four_day_week(day: date, count: int) -> date:
        return day.replace(day=day.day + count + 1)

    found = typed_date("+5d", TODAY, working=four_day_week)
    assert isinstance(found, Understood)
    assert found.value == date(2027, 3, 28)


def test_the_nearest_of_every_unclear_day_is_clear() -> None:
    for text in ("31 feb", "1/4/2027", "25", "1 okt", "mondy", "w60", "2027-", "soon", "", "+900y"):
        found = typed_date(text, TODAY)
        assert isinstance(found, Unclear)
        assert found.nearest is not None
        assert isinstance(typed_date(found.nearest, TODAY), Understood), text


@pytest.mark.parametrize(
    ("text", "written", "words"),
    [
        ("6w", "6w", "6 weeks = 30 days"),
        ("20d", "20d", "20 days = 4 weeks"),
        ("3 days", "3d", "3 days"),
        ("1.5 weeks", "1.5w", "1.5 weeks = 8 days"),
        ("1w", "1w", "1 week = 5 days"),
        ("0d", "0d", "no time: a milestone"),
    ],
)
def test_lengths(text: str, written: str, words: str) -> None:
    found = typed_length(text)
    assert isinstance(found, Understood)
    assert (found.text, found.said) == (written, words)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("6", "days or weeks?; nearest: 6w"),
        ("20", "days or weeks?; nearest: 20d"),
        ("2 months", "'months' is no working time; nearest: 9w"),
        ("16h", "'h' is no working time; nearest: 2d"),
        ("600w", "a length is at most 10 years; nearest: 522w"),
        ("long", "a length is a number of days or weeks; nearest: 2w"),
    ],
)
def test_what_is_no_length_names_the_nearest(text: str, answer: str) -> None:
    assert str(typed_length(text)) == answer


@pytest.mark.parametrize(
    "text", ["4w/6w/10w", "4/6/10w", "4w 6w 10w", '["4w", "6w", "10w"]', "4-6-10w"]
)
def test_three_point_estimates(text: str) -> None:
    found = typed_estimate(text)
    assert isinstance(found, Understood)
    assert found.text == "4w/6w/10w"
    assert found.value.likely == Length(6, "w")
    assert found.said == "likely 30 days, 20 at best, 50 at worst"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("4w/10w", "an estimate has one value or three; nearest: 4w/7w/10w"),
        ("1,5w", "an estimate has one value or three; nearest: 1.5w"),
        ("6w/4w/10w", "optimistic, likely, pessimistic: from short to long; nearest: 4w/6w/10w"),
        ("4w/x/10w", "a length is a number of days or weeks; nearest: 2w/4w/10w"),
        ("4w/5w/7wx", "'wx' is no working time; nearest: 4w/5w/7w"),
    ],
)
def test_what_is_no_estimate_names_the_nearest(text: str, answer: str) -> None:
    assert str(typed_estimate(text)) == answer


@pytest.mark.parametrize(
    ("text", "written", "words"),
    [
        ("consent-api", "consent-api", "starts after consent-api finishes"),
        ("consent-api SS+5d", "consent-api SS+5d", "starts 5 days after consent-api starts"),
        ("consent-api ss + 1 week", "consent-api SS+1w", "starts 1 week after consent-api starts"),
        ("consent-api +5d", "consent-api +5d", "starts 5 days after consent-api finishes"),
        (
            "consent-api FF-2d",
            "consent-api FF-2d",
            "finishes up to 2 days before consent-api finishes",
        ),
        ("consent-api SS", "consent-api SS", "starts no earlier than consent-api starts"),
    ],
)
def test_links(text: str, written: str, words: str) -> None:
    found = typed_need(text, ["consent-api", "web-push"])
    assert isinstance(found, Understood)
    assert (found.text, found.said) == (written, words)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("consent-ap SS+5d", "no initiative 'consent-ap'; nearest: consent-api SS+5d"),
        ("consent-api SS+5", "days or weeks?; nearest: consent-api SS+5w"),
        (
            "consent-api later",
            "a link is FS, SS, FF or SF, then + or - days or weeks; nearest: consent-api SS+5d",
        ),
    ],
)
def test_what_is_no_link_names_the_nearest(text: str, answer: str) -> None:
    assert str(typed_need(text, ["consent-api", "web-push"])) == answer


def test_the_link_alone_where_the_predecessor_is_known() -> None:
    assert said(typed_link("", "consent-api")) == "starts after consent-api finishes"
    assert said(typed_link("ff+1w", "consent-api")) == "finishes 1 week after consent-api finishes"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("40000", 40000),
        ("40,000", 40000),
        ("€40k", 40000),
        ("1.5m", 1500000),
        ("35 %", 35),
        ("2,5", 2.5),
    ],
)
def test_numbers(text: str, number: float) -> None:
    found = typed_number(text)
    assert isinstance(found, Understood)
    assert found.value == number
    assert isinstance(found.value, int) == (number == int(number))


def test_numbers_out_of_bounds() -> None:
    assert str(typed_number("6", 1, 5, whole=True)) == "at most 5; nearest: 5"
    assert str(typed_number("2.5", 1, 5, whole=True)) == "a whole number; nearest: 2"
    assert str(typed_number("about 12")) == "not a number; nearest: 12"


def test_choices_by_their_first_letters() -> None:
    statuses = ["proposed", "planned", "active", "done", "dropped"]
    assert said(typed_choice("act", statuses)) == "active"
    assert str(typed_choice("p", statuses)) == "proposed or planned?; nearest: proposed"
    assert typed_choice("dnoe", statuses) == Unclear(
        "one of proposed, planned, active, done, dropped", "done"
    )


def test_yes_and_no() -> None:
    assert said(typed_bool("y")) == "yes"
    assert str(typed_bool("maybe")) == "yes or no; nearest: yes"


def said(found: Understood[object] | Unclear) -> str:
    return found.said if isinstance(found, Understood) else str(found)


PIECES = """1 31 99 2027 2027-02-30 9999 mar febr mondy next last end start mid q2 q9 w12 h1 + - 5d
2w 3m 6 1.5 0 / , .. ss FF+5d -2w days weeks months of in today 29 feb 1/4 € k %"""

TYPED = st.one_of(
    st.text(max_size=20),
    st.lists(
        st.sampled_from(PIECES.split()),
        max_size=5,
    ).map(" ".join),
)


@given(TYPED, st.booleans())
@settings(max_examples=300)
def test_whatever_is_typed_for_a_day_is_understood_or_answered(text: str, past: bool) -> None:
    found = typed_date(text, TODAY, past=past)
    near = found.nearest if isinstance(found, Unclear) else found.text
    if near is not None:
        assert isinstance(typed_date(near, TODAY, past=past), Understood), near


@given(TYPED)
@settings(max_examples=300)
def test_whatever_is_typed_for_a_length_or_link_is_one_of_the_file(text: str) -> None:
    length, estimate = typed_length(text), typed_estimate(text)
    if isinstance(length, Understood):
        assert parse_length(length.text) == length.value
    if isinstance(estimate, Understood):
        parts = estimate.text.split("/")
        assert parse_estimate(parts if len(parts) > 1 else parts[0]) == estimate.value
    elif estimate.nearest is not None:
        assert isinstance(typed_estimate(estimate.nearest), Understood), estimate.nearest
    link = typed_link(text, "a")
    if isinstance(link, Understood):
        assert parse_need(link.text) == link.value
    typed_number(text, 0, 5, whole=True)
    typed_choice(text, ("a", "b"))
