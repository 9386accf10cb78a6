"""Lengths, estimates and links: the grammar exactly, and the nearest right text for all else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.roadmap.quantities import (
    Estimate,
    Length,
    Need,
    QuantityError,
    format_estimate,
    format_lag,
    format_length,
    format_need_text,
    length_days,
    parse_estimate,
    parse_lag,
    parse_length,
    parse_need,
)
from planner.roadmap.values import NotAllowedError

WEEK = Length(1, "w")

# --- lengths --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("6w", Length(6, "w")),
        ("20d", Length(20, "d")),
        ("0d", Length(0, "d")),
        ("1.5w", Length(1.5, "w")),
        ("20D", Length(20, "d")),
        ("6W", Length(6, "w")),
        ("522w", Length(522, "w")),
    ],
)
def test_a_length_is_a_number_of_days_or_weeks(text: str, length: Length) -> None:
    assert parse_length(text) == length


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("6 weeks", "6w"),
        ("6 wochen", "6w"),
        ("2 fortnights", "4w"),
        ("6 w", "6w"),
        (" 6w", "6w"),
        ("1 week", "1w"),
        ("20 days", "20d"),
        ("-3w", None),
        ("+3w", "3w"),
        ("6,5w", "6.5w"),
        ("3 months", "13w"),
        ("1 quarter", "13w"),
        ("2y", "104w"),
        ("4h", "1d"),
        ("16 hours", "2d"),
        ("12", "12d"),
        ("1.w", None),
        ("soon", None),
        ("", None),
        ("w", None),
        ("6x", None),
        ("999w", None),
        ("99999d", None),
        ("٣w", None),
    ],
)
def test_what_is_no_length_names_the_nearest_one(text: str, nearest: str | None) -> None:
    with pytest.raises(QuantityError) as caught:
        parse_length(text)
    assert caught.value.found == text
    assert caught.value.nearest == nearest
    assert '"4w"' in caught.value.allowed


def test_an_endless_number_is_over_ten_years_and_not_infinite() -> None:
    with pytest.raises(QuantityError):
        parse_length("9" * 400 + "w")
    with pytest.raises(QuantityError):
        parse_estimate("9" * 400 + "d")


@pytest.mark.parametrize(
    ("length", "days_per_week", "days"),
    [
        (Length(4, "w"), 5, 20),
        (Length(4, "w"), 7, 28),
        (Length(20, "d"), 4, 20),
        (Length(0, "w"), 5, 0),
        (Length(0.5, "d"), 5, 1),
        (Length(1.4, "w"), 5, 7),
        (Length(3.4, "w"), 5, 17),
        (Length(8.2, "w"), 5, 41),
        (Length(1.5, "w"), 5, 8),
        (Length(-1.5, "w"), 5, -8),
        (Length(-2, "d"), 5, -2),
    ],
)
def test_days_are_rounded_away_from_nothing_and_only_where_written(
    length: Length, days_per_week: int, days: int
) -> None:
    assert length_days(length, days_per_week) == days


@given(st.integers(0, 5220), st.integers(1, 7))
def test_tenths_of_a_week_are_exact(tenths: int, days_per_week: int) -> None:
    length = parse_length(f"{tenths // 10}.{tenths % 10}w")
    assert length_days(length, days_per_week) == -(-tenths * days_per_week // 10)


numbers = st.integers(0, 522) | st.floats(0, 522, allow_nan=False).map(lambda n: n + 0.0)
lengths = st.builds(Length, numbers.map(float), st.sampled_from(["d", "w"]))
lags = st.builds(
    Length, numbers.map(float) | numbers.map(lambda n: 0.0 - n), st.sampled_from(["d", "w"])
)


@given(lengths)
def test_a_length_is_read_as_it_was_written(length: Length) -> None:
    assert parse_length(format_length(length)) == length


@given(lags)
def test_a_lag_is_read_as_it_was_written(lag: Length) -> None:
    assert parse_lag(format_lag(lag)) == lag


@given(st.text(alphabet="0123456789.+-dwDW ", max_size=8))
def test_a_length_is_read_or_refused_and_the_nearest_is_right(text: str) -> None:
    try:
        parse_length(text)
    except QuantityError as wrong:
        if wrong.nearest is not None:
            parse_length(str(wrong.nearest))


# --- estimates ------------------------------------------------------------------------------------


def test_an_estimate_is_one_length_or_three_that_grow() -> None:
    assert parse_estimate("4w") == Estimate(Length(4, "w"))
    three = parse_estimate(["3w", "20d", "7w"])
    assert three.optimistic == Length(3, "w")
    assert three.likely == Length(20, "d")
    assert three.pessimistic == Length(7, "w")


@pytest.mark.parametrize(
    ("value", "nearest"),
    [
        (["7w", "4w", "3w"], ["3w", "4w", "7w"]),
        (["3 weeks", "4w", "7w"], ["3w", "4w", "7w"]),
        (["4w"], "4w"),
        (["3w", "4w"], None),
        ([], None),
        ("3w/4w/7w", ["3w", "4w", "7w"]),
        ("6 weeks", "6w"),
        (6, "6d"),
        (-6, "6d"),
        (True, None),
        (float("nan"), None),
        ([3, 4, 7], None),
        ({"likely": "4w"}, None),
        (None, None),
    ],
)
def test_what_is_no_estimate_names_the_nearest_one(value: object, nearest: object) -> None:
    with pytest.raises(QuantityError) as caught:
        parse_estimate(value)
    assert caught.value.nearest == nearest


def test_an_estimate_of_nothing_is_known() -> None:
    assert parse_estimate("0d").is_zero
    assert parse_estimate("0w").is_zero
    assert not parse_estimate("0.1d").is_zero


@given(st.lists(lengths, min_size=3, max_size=3))
def test_an_estimate_is_read_as_it_was_written(three: list[Length]) -> None:
    low, likely, high = sorted(three, key=lambda one: one.number * (5 if one.unit == "w" else 1))
    for estimate in (Estimate(likely), Estimate(likely, low, high)):
        assert parse_estimate(format_estimate(estimate)) == estimate


# --- links ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("api", Need(on="api")),
        ("api FS", Need(on="api")),
        ("api SS+5d", Need(on="api", type="SS", lag=Length(5, "d"))),
        ("api ss+5D", Need(on="api", type="SS", lag=Length(5, "d"))),
        ("api +5d", Need(on="api", lag=Length(5, "d"))),
        ("api -1w", Need(on="api", lag=Length(-1, "w"))),
        ("api Ff-0.5w", Need(on="api", type="FF", lag=Length(-0.5, "w"))),
        ("api SF", Need(on="api", type="SF")),
        ("ss SS", Need(on="ss", type="SS")),
        ("2027", Need(on="2027")),
    ],
)
def test_a_link_is_an_id_a_type_and_a_lag(text: str, need: Need) -> None:
    assert parse_need(text) == need


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("api  SS", "api SS"),
        ("api ", "api"),
        ("api SS + 5d", "api SS+5d"),
        ("api SS +5d", "api SS+5d"),
        ("api SS+5", "api SS+5d"),
        ("api SS+1 week", "api SS+1w"),
        ("api SS5d", "api SS+5d"),
        ("api SS−5d", "api SS-5d"),
        ("Web Push", "web-push"),
        ("API", "api"),
        ("api XS", None),
        ("api:FS", "api FS"),
        ("api +999w", None),
        ("", None),
        ("  ", None),
        ("—", None),
    ],
)
def test_what_is_no_link_names_the_nearest_one(text: str, nearest: str | None) -> None:
    with pytest.raises(QuantityError) as caught:
        parse_need(text)
    assert caught.value.nearest == nearest


def test_a_link_can_be_a_table() -> None:
    need = parse_need({"on": "api", "type": "ss", "lag": "5d", "delivers": "endpoint", "odd": 1})
    assert need == Need(on="api", type="SS", lag=Length(5, "d"), delivers="endpoint")


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"type": "SS"},
        {"on": 3},
        {"on": "api", "type": "XX"},
        {"on": "api", "lag": 5},
        {"on": "api", "agreed": "2027-03-01"},
        {"on": "api", "delivers": True},
        3,
        None,
        ["api"],
    ],
)
def test_a_link_that_says_something_else_is_refused(value: object) -> None:
    with pytest.raises(NotAllowedError):
        parse_need(value)


ids = st.from_regex(r"[a-z0-9]{1,4}(-[a-z0-9]{1,4}){0,3}", fullmatch=True)
needs = st.builds(
    Need, on=ids, type=st.sampled_from(["FS", "SS", "FF", "SF"]), lag=st.none() | lags
)


@given(needs)
def test_a_link_is_read_as_it_was_written(need: Need) -> None:
    assert parse_need(format_need_text(need)) == need


@given(st.text(alphabet="ab-A SF+5dw ", max_size=12))
def test_a_link_is_read_or_refused_and_the_nearest_is_right(text: str) -> None:
    try:
        parse_need(text)
    except QuantityError as wrong:
        if wrong.nearest is not None:
            parse_need(wrong.nearest)
