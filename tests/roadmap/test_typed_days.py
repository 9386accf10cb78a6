"""What people type for a day, on Monday 22 March 2027."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.roadmap.typed import Unclear, Understood
from planner.roadmap.typed_days import say_day, typed_date, typed_span
from tests.roadmap.phrases import ASKED, REFUSED, TODAY, lines, meant

SATURDAY = date(2027, 3, 27)


def day(text: str, *, past: bool = False, today: date = TODAY) -> str:
    found = typed_date(text, today, past=past)
    return str(found) if isinstance(found, Unclear) else found.text


def test_of_two_hundred_phrases_nearly_all_are_understood_and_none_is_taken_wrongly() -> None:
    phrases = meant()
    read = {phrase: typed_date(phrase, TODAY) for phrase in phrases}
    taken = {each: found.value for each, found in read.items() if isinstance(found, Understood)}
    assert taken == {phrase: phrases[phrase] for phrase in taken}
    assert len(phrases) >= 200
    assert len(taken) >= 0.95 * len(phrases)
    assert sorted(phrases.keys() - taken.keys()) == [
        "Easter monday",
        "a couple of weeks from now",
        "christmas",
        "end of fiscal year",
        "first week of june",
        "spring",
    ]


@pytest.mark.parametrize("text", [*lines(ASKED), *lines(REFUSED)])
def test_what_could_be_two_days_or_is_none_is_not_taken(text: str) -> None:
    assert isinstance(typed_date(text, TODAY), Unclear)


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("1/4/2027", "1 apr 2027"),
        ("15", "15 apr 2027"),
        ("next fri", "fri next week"),
        ("next june", "jun 2027"),
        ("this month", "end of this month"),
        ("jun-27", "jun 2027"),
        ("31 feb", "29 feb 2028"),
        ("2027-02-30", "28 feb 2027"),
        ("2027-13-01", "2027-01-13"),
        ("2027-W53", "2027-w52"),
        ("mondy", "monday"),
        ("end of febuary", "end of february"),
        ("week of 1/4/2027", "week of 1 apr 2027"),
        ("2 days before 1/4/2027", "2d before 1 apr 2027"),
        ("2w after 1/4/2027", "2w after 1 apr 2027"),
        ("end of next june", "end jun 2027"),
        ("last friday of next june", "last fri jun 2027"),
        ("easter", None),
        ("15-3d", None),
        ("1-2-3", None),
        ("none", None),
        ("asap", None),
        ("soon", None),
        ("", None),
        ("2027-", None),
        ("2027-11-22j", None),
        ("2027-11-221", None),
        ("q5", None),
        ("w60", None),
        ("+900y", None),
        ("1 jan 1066", None),
        ("after 1 april", None),
    ],
)
def test_the_nearest_keeps_all_that_was_typed_or_there_is_none(
    text: str, nearest: str | None
) -> None:
    found = typed_date(text, TODAY)
    assert isinstance(found, Unclear)
    assert found.nearest == nearest


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1 mar", "2027-03-01"),
        ("march", "2027-03-01"),
        ("15", "which month?; nearest: 15 mar 2027"),
        ("the 15th", "2027-03-15"),
        ("1 apr", "2026-04-01"),
        ("april", "2026-04-01"),
        ("22 mar", "2027-03-22"),
        ("mon", "2027-03-15"),
        ("q2", "2026-04-01"),
        ("end of month", "2027-02-28"),
        ("this month", "2027-03-01"),
        ("31 feb", "February 2027 has 28 days; nearest: 28 feb 2027"),
        ("10 working days", "ago, or from now?; nearest: 10wd ago"),
        ("10 working days ago", "2027-03-08"),
    ],
)
def test_actual_dates_lie_behind(text: str, meant: str) -> None:
    assert day(text, past=True) == meant


def test_one_rule_holds_for_all_that_comes_again() -> None:
    """The next one that is not past, and the last one where a day has happened."""
    for text in ("1 mar", "march", "the 15th", "q1", "w11", "mid march", "29 feb", "end of q1"):
        ahead, behind = typed_date(text, TODAY), typed_date(text, TODAY, past=True)
        assert isinstance(ahead, Understood)
        assert isinstance(behind, Understood)
        assert behind.value <= TODAY <= ahead.value
        assert "the next one" in ahead.said
        assert "the last one" in behind.said


def test_a_day_is_said_back_with_its_distance() -> None:
    assert said("1 apr") == "Thu 1 Apr 2027, the next one, in 10 days"
    assert said("end q3") == "Thu 30 Sep 2027, the next one, in 27 weeks"
    assert said("1 mar 2027") == "Mon 1 Mar 2027, 3 weeks ago"
    assert said("22 mar") == "Mon 22 Mar 2027, today"
    assert said("+5d") == "Mon 29 Mar 2027, in 5 working days"
    assert said("-1d") == "Fri 19 Mar 2027, 1 working day ago"


def said(text: str) -> str:
    found = typed_date(text, TODAY)
    return str(found) if isinstance(found, Unclear) else found.said


@pytest.mark.parametrize("off", [SATURDAY, SATURDAY + timedelta(1)])
def test_from_a_day_off_each_working_day_more_is_another_day(off: date) -> None:
    friday, monday = SATURDAY - timedelta(1), SATURDAY + timedelta(2)
    assert day("+1d", today=off) == monday.isoformat()
    assert day("-1d", today=off) == friday.isoformat()
    days = [day(f"{count:+}d", today=off) for count in range(-12, 13)]
    assert len(set(days)) == len(days)
    assert day("+5d", today=off) == "2027-04-02"
    assert day("+6d", today=off) == "2027-04-05"


def test_working_days_are_counted_by_the_roadmaps_calendar() -> None:
    def four_day_week(day: date, count: int) -> date:
        return day.replace(day=day.day + count + 1)

    found = typed_date("+5d", TODAY, working=four_day_week)
    assert isinstance(found, Understood)
    assert found.value == date(2027, 3, 28)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("mar", "2027-03-01", "2027-03-31"),
        ("q1", "2027-01-01", "2027-03-31"),
        ("feb", "2028-02-01", "2028-02-29"),
        ("2028", "2028-01-01", "2028-12-31"),
        ("next week", "2027-03-29", "2027-04-04"),
        ("this month", "2027-03-01", "2027-03-31"),
        ("1 mar", "2028-03-01", "2028-03-01"),
        ("end of q2", "2027-06-30", "2027-06-30"),
    ],
)
def test_what_is_named_has_a_first_and_a_last_day(text: str, first: str, last: str) -> None:
    found = typed_span(text, TODAY)
    assert isinstance(found, Understood)
    assert found.value == (date.fromisoformat(first), date.fromisoformat(last))


@given(st.dates(date(1990, 1, 1), date(2200, 12, 31)), st.booleans())
def test_a_day_as_it_is_said_is_read_back(meant: date, past: bool) -> None:
    assert day(say_day(meant), past=past) == meant.isoformat()
    assert day(meant.isoformat(), past=past) == meant.isoformat()


PIECES = """1 31 99 2027 2027-02-30 9999 mar febr mondy next last end start mid q2 q9 w12 h1 + - 5d
2w 3m 6 1.5 0 / , .. days weeks months of in today 29 feb 1/4 the 15th from ago before after this
w53 eom fri week kw 2027-q2 first second working day - ' . nächste ende"""

TYPED = st.one_of(
    st.text(max_size=20),
    st.lists(st.sampled_from(PIECES.split()), max_size=5).map(" ".join),
)


@given(TYPED, st.booleans(), st.dates(date(1990, 1, 1), date(2200, 12, 31)))
@settings(max_examples=500)
def test_whatever_is_typed_for_a_day_is_understood_or_answered(
    text: str, past: bool, today: date
) -> None:
    found = typed_date(text, today, past=past)
    near = found.nearest if isinstance(found, Unclear) else found.text
    if near is not None:
        assert isinstance(typed_date(near, today, past=past), Understood), near
    typed_span(text, today)
