"""What people type for a length, an estimate, a link, a number or a choice."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.roadmap.quantities import (
    Amount,
    Length,
    QuantityError,
    parse_amount,
    parse_estimate,
    parse_length,
    parse_need,
)
from planner.roadmap.typed import (
    Unclear,
    Understood,
    number_text,
    typed_amount,
    typed_bool,
    typed_choice,
    typed_estimate,
    typed_length,
    typed_link,
    typed_number,
)
from planner.roadmap.values import NotAllowedError, number


@pytest.mark.parametrize(
    ("text", "written", "words"),
    [
        ("6w", "6w", "6 weeks = 30 working days"),
        ("20d", "20d", "20 working days = 4 weeks"),
        ("3 days", "3d", "3 working days"),
        ("1 day", "1d", "1 working day"),
        ("1.5 weeks", "1.5w", "1.5 weeks = 8 working days"),
        ("2,5 weeks", "2.5w", "2.5 weeks = 13 working days"),
        ("1½ weeks", "1.5w", "1.5 weeks = 8 working days"),
        ("half a week", "0.5w", "0.5 weeks = 3 working days"),
        ("two weeks", "2w", "2 weeks = 10 working days"),
        ("4 Wochen", "4w", "4 weeks = 20 working days"),
        ("10 working days", "10d", "10 working days = 2 weeks"),
        ("~4w", "4w", "4 weeks = 20 working days"),
        ("about 4 weeks", "4w", "4 weeks = 20 working days"),
        ("2w 3d", "13d", "13 working days"),
        ("2 weeks and 3 days", "13d", "13 working days"),
        ("2w, 3d", "13d", "13 working days"),
        ("1w", "1w", "1 week = 5 working days"),
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
        ("half a year", "'year' is no working time; nearest: 26w"),
        ("3 wekks", "'wekks' is no working time; nearest: 3w"),
        ("2 sprints", "'sprints' is no working time"),
        ("4wx", "'wx' is no working time"),
        ("600w", "a length is at most 10 years"),
        ("long", "a length is a number of days or weeks, such as 10d or 2w"),
        ("max 4w", "a length is a number of days or weeks, such as 10d or 2w"),
        ("5d 2w", "one length, or weeks and then days, such as 2w 3d"),
    ],
)
def test_what_is_no_length_names_the_nearest(text: str, answer: str) -> None:
    assert str(typed_length(text)) == answer


@pytest.mark.parametrize(
    "text",
    [
        "4w/6w/10w",
        "4/6/10w",
        "4w/6/10",
        "4w/6w/10",
        "4,6,10w",
        "4w 6w 10w",
        '["4w", "6w", "10w"]',
        "4-6-10w",
    ],
)
def test_three_point_estimates(text: str) -> None:
    found = typed_estimate(text)
    assert isinstance(found, Understood)
    assert found.text == "4w/6w/10w"
    assert found.value.likely == Length(6, "w")
    assert found.said == "likely 30 working days, 20 at best, 50 at worst"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("4w/10w", "an estimate has one value or three; nearest: 4w/7w/10w"),
        ("4-6 weeks", "an estimate has one value or three; nearest: 4w/5w/6w"),
        ("1w/2w/3w/4w", "an estimate has one value or three"),
        ("6w/4w/10w", "optimistic, likely, pessimistic: from short to long; nearest: 4w/6w/10w"),
        ("4w/x/10w", "a length is a number of days or weeks, such as 10d or 2w"),
        ("4w/5w/7wx", "'wx' is no working time"),
        ("8w/10d/14", "days or weeks?; nearest: 10d/14d/8w"),
        ("4w/6w/", "a length is a number of days or weeks, such as 10d or 2w"),
    ],
)
def test_what_is_no_estimate_names_the_nearest(text: str, answer: str) -> None:
    assert str(typed_estimate(text)) == answer


def test_an_estimate_that_is_about_right_is_told_how_to_say_so() -> None:
    found = typed_estimate("~4w")
    assert isinstance(found, Understood)
    assert found.text == "4w"
    assert found.said.endswith("three values say")


@pytest.mark.parametrize(
    ("text", "written", "words"),
    [
        ("", "consent-api", "starts after consent-api finishes"),
        (
            "SS+5d",
            "consent-api SS+5d",
            "starts 5 working days after consent-api starts",
        ),
        ("ss + 1 week", "consent-api SS+1w", "starts 1 week after consent-api starts"),
        ("+5d", "consent-api +5d", "starts 5 working days after consent-api finishes"),
        (
            "FF-2d",
            "consent-api FF-2d",
            "finishes up to 2 working days before consent-api finishes",
        ),
        ("SS", "consent-api SS", "starts no earlier than consent-api starts"),
    ],
)
def test_links(text: str, written: str, words: str) -> None:
    found = typed_link(text, "consent-api")
    assert isinstance(found, Understood)
    assert (found.text, found.said) == (written, words)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("SS+5", "days or weeks?; nearest: consent-api SS+5w"),
        (
            "later",
            "a link is FS, SS, FF or SF, then + or - days or weeks, such as SS+5d",
        ),
    ],
)
def test_what_is_no_link_names_the_nearest(text: str, answer: str) -> None:
    assert str(typed_link(text, "consent-api")) == answer


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
        ("12,000", 12000),
        ("12'000", 12000),
        ("12 000", 12000),
        ("12k", 12000),
        ("12 tsd", 12000),
        ("1e6", 1_000_000),
        ("12.000,50", 12000.5),
        ("12,000.50", 12000.5),
        ("1.234.567", 1234567),
        ("1,5 mio", 1_500_000),
        ("12 EUR", 12),
        ("CHF 12'000.-", 12000),
        ("0.125", 0.125),
        ("2.1250", 2.125),
        ("about 12", 12),
    ],
)
def test_numbers(text: str, number: float) -> None:
    found = typed_number(text)
    assert isinstance(found, Understood)
    assert found.value == number
    assert isinstance(found.value, int) == (number == int(number))


@pytest.mark.parametrize(
    ("text", "nearest"),
    [("12.000", "12000"), ("12.500", "12500"), ("1.020k", "1020000"), ("2.125", "2.1250")],
)
def test_a_full_stop_before_three_figures_is_asked_back(text: str, nearest: str) -> None:
    found = typed_number(text)
    assert isinstance(found, Unclear)
    assert found.nearest == nearest


def test_bounds_say_which_number_is_meant() -> None:
    assert typed_number("12.345", 0, 100) == Understood(12.345, "12.3450", "12.345")
    assert typed_number("12.000", 0, whole=True).nearest == "12000"  # type: ignore[union-attr]


@pytest.mark.parametrize("text", ["12 people", "1e400", "", "k", "1,2,3", "12,00,0", "1.2.3"])
def test_what_is_no_number_has_no_nearest_that_leaves_something_out(text: str) -> None:
    assert typed_number(text) == Unclear("not a number, such as 12000, 12.5 or 12k")


@pytest.mark.parametrize(
    ("value", "low", "high", "whole"),
    [("6", 1, 5, True), ("2.5", 1, 5, True), ("-5", 0, None, False), ("101", 0, 100, False)],
)
def test_numbers_out_of_bounds_are_refused_as_in_the_file(
    value: str, low: float, high: float | None, whole: bool
) -> None:
    with pytest.raises(NotAllowedError) as refused:
        number(float(value) if "." in value else int(value), low, high, whole=whole)
    wrong = NotAllowedError(refused.value.found, refused.value.allowed)
    assert typed_number(value, low, high, whole=whole) == Unclear(str(wrong))


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("30/40/60k", "30k/40k/60k"),
        ("60k/30k/40k", "30000/40000/60000"),
        ("12.000/13k/14k", "12000/13000/14000"),
        ("30k/40k", None),
        ("-1/2/3", None),
        ("-5", None),
    ],
)
def test_amounts_that_are_asked_back_or_refused(text: str, nearest: str | None) -> None:
    found = typed_amount(text)
    assert isinstance(found, Unclear)
    assert found.nearest == nearest


@pytest.mark.parametrize("value", [-5, [-1, 2, 3], [3, 2, 1], [1, 2]])
def test_an_amount_is_refused_as_in_the_file(value: int | list[int]) -> None:
    with pytest.raises(QuantityError) as refused:
        parse_amount(value)
    text = "/".join(map(str, value)) if isinstance(value, list) else str(value)
    found = typed_amount(text)
    assert isinstance(found, Unclear)
    assert found.why == str(QuantityError(refused.value.found, refused.value.allowed))


def test_amounts() -> None:
    found = typed_amount("30k/40k/60k")
    assert isinstance(found, Understood)
    assert found.value == Amount(40000, 30000, 60000)


@given(st.floats(min_value=0, max_value=1e14) | st.integers(min_value=0, max_value=10**14))
def test_a_number_as_it_is_shown_is_read_back(value: float) -> None:
    found = typed_number(number_text(value))
    assert isinstance(found, Understood)
    assert found.value == value


def test_choices_by_their_first_letters() -> None:
    statuses = ["proposed", "planned", "active", "done", "dropped"]
    assert said(typed_choice("act", statuses)) == "active"
    assert str(typed_choice("p", statuses)) == "proposed or planned?; nearest: proposed"
    assert typed_choice("dnoe", statuses) == Unclear(
        "one of proposed, planned, active, done, dropped", "done"
    )


def test_yes_and_no() -> None:
    assert said(typed_bool("y")) == "yes"
    assert str(typed_bool("maybe")) == "yes or no"


def said(found: Understood[object] | Unclear) -> str:
    return found.said if isinstance(found, Understood) else str(found)


PIECES = """1 31 99 4 6 1.5 2,5 0 / , .. - ~ half a two 5d 2w 3m 10w ss FF+5d -2w days weeks wekks
months sprints and to € k % 12.000 1e6 '000"""

TYPED = st.one_of(
    st.text(max_size=20),
    st.lists(
        st.sampled_from(PIECES.split()),
        max_size=5,
    ).map(" ".join),
)


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
