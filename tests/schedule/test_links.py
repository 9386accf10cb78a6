"""Link types, leads and lags, and the calendars they count on."""

from __future__ import annotations

import pytest

from tests.schedule.making import (
    dates,
    late_span,
    march,
    schedule,
    span,
    work,
)


@pytest.mark.parametrize(
    ("need", "expected"),
    [
        ("a", "8 Mar - 10 Mar"),
        ("a FS", "8 Mar - 10 Mar"),
        ("a +2d", "10 Mar - 12 Mar"),
        ("a FS+1w", "15 Mar - 17 Mar"),
        ("a FS-2d", "4 Mar - 8 Mar"),
        ("a SS", "1 Mar - 3 Mar"),
        ("a SS+5d", "8 Mar - 10 Mar"),
        ("a FF", "3 Mar - 5 Mar"),
        ("a FF+3d", "8 Mar - 10 Mar"),
        ("a FF-1d", "2 Mar - 4 Mar"),
        ("a SF", "1 Mar - 3 Mar"),
        ("a SF+5d", "3 Mar - 5 Mar"),
    ],
)
def test_link_types_and_lags(need: str, expected: str) -> None:
    assert span(schedule(work("a", "5d"), work("b", "3d", need)), "b") == expected


@pytest.mark.parametrize(
    ("need", "expected"),
    [
        ("a", "8 Mar - 12 Mar"),
        ("a +2d", "4 Mar - 10 Mar"),
        ("a SS", "11 Mar - 17 Mar"),
        ("a SS+5d", "8 Mar - 12 Mar"),
        ("a FF", "11 Mar - 17 Mar"),
        ("a FF+3d", "8 Mar - 12 Mar"),
        ("a SF", "11 Mar - 17 Mar"),
        ("a SF+5d", "11 Mar - 17 Mar"),
    ],
)
def test_late_dates_mirror_the_links(need: str, expected: str) -> None:
    plan = schedule(work("a", "5d"), work("b", "3d", need), work("end", "13d"))
    assert late_span(plan, "a") == expected


def test_no_negative_lag_starts_before_the_roadmap() -> None:
    plan = schedule(work("a", "2d"), work("b", "3d", "a FS-10d"), work("c", "1d", "a SF-4d"))
    assert span(plan, "b") == "1 Mar - 3 Mar"
    assert span(plan, "c") == "1 Mar"


def test_no_negative_lag_starts_before_the_status_date() -> None:
    done = work("a", "2d", actual_start=march(1), actual_finish=march(2))
    plan = schedule(done, work("b", "3d", "a FS-1d"), as_of=march(10))
    assert span(plan, "b") == "10 Mar - 12 Mar"


def test_what_finish_links_push_later_moves_its_start_too() -> None:
    plan = schedule(work("a", "5d"), work("b", "2d", "a FF"))
    assert span(plan, "b") == "4 Mar - 5 Mar"


def test_two_links_between_one_pair() -> None:
    plan = schedule(work("a", "10d"), work("b", "5d", "a SS+2d", "a FF+1d"))
    assert span(plan, "b") == "9 Mar - 15 Mar"
    first, second = plan.links_into("b")
    assert (first.type, first.lag, first.slack, first.driving) == ("SS", 2, 4, False)
    assert (second.type, second.lag, second.slack, second.driving) == ("FF", 1, 0, True)
    assert dates(plan, "b").driven_by == ("a",)


def test_extending_is_not_delaying() -> None:
    """Where SS and FF meet, longer work may move nothing."""
    short = schedule(work("a", "5d"), work("b", "10d", "a SS+2d", "a FF+1d"))
    longer = schedule(work("a", "9d"), work("b", "10d", "a SS+2d", "a FF+1d"))
    assert dates(short, "a").total_float == 0
    assert short.finish == longer.finish


class TestSeveralCalendars:
    def test_lag_0_keeps_the_moment(self) -> None:
        """A seven-day team goes on the day after, a Saturday."""
        plan = schedule(work("a", "5d"), work("b", "3d", "a", calendar="seven"))
        assert span(plan, "b") == "6 Mar - 8 Mar"

    def test_a_start_is_the_first_opening_of_its_own_calendar(self) -> None:
        plan = schedule(work("a", "6d", calendar="seven"), work("b", "1d", "a"))
        assert span(plan, "a") == "1 Mar - 6 Mar"
        assert span(plan, "b") == "8 Mar"

    def test_a_lag_counts_on_the_roadmaps_calendar(self) -> None:
        """Friday and one working day more is Monday's closing, for every team."""
        plan = schedule(work("a", "5d"), work("b", "1d", "a +1d", calendar="seven"))
        assert span(plan, "b") == "9 Mar"
        plan = schedule(work("a", "5d"), work("b", "1d", "a +1d"), calendar="seven")
        assert span(plan, "b") == "7 Mar"

    def test_a_negative_lag_gives_the_closing_of_the_day_reached(self) -> None:
        """From Monday's closing a day back is Friday's closing, so Saturday is free to start."""
        plan = schedule(work("a", "6d"), work("b", "1d", "a -1d", calendar="seven"))
        assert span(plan, "b") == "6 Mar"

    def test_weeks_of_a_lag_are_the_roadmaps(self) -> None:
        plan = schedule(
            work("a", "1d", calendar="seven"), work("b", "1d", "a +1w", calendar="seven")
        )
        assert plan.links_into("b")[0].lag == 5
        plan = schedule(work("a", "1d"), work("b", "1d", "a +1w"), calendar="six")
        assert plan.links_into("b")[0].lag == 6

    def test_a_finish_link_is_kept_when_no_own_working_day_lies_between(self) -> None:
        """Work until Saturday is matched by a finish on Friday where Saturday is not worked."""
        plan = schedule(work("a", "6d", calendar="seven"), work("b", "5d", "a FF"))
        assert span(plan, "b") == "1 Mar - 5 Mar"
        assert plan.links_into("b")[0].slack == 0

    def test_the_late_finish_uses_the_days_that_the_successor_does_not_work(self) -> None:
        plan = schedule(work("a", "5d", calendar="seven"), work("b", "1d", "a"))
        assert span(plan, "b") == "8 Mar"
        assert late_span(plan, "a") == "3 Mar - 7 Mar"
        assert dates(plan, "a").total_float == 2
        assert dates(plan, "a").free_float == 2

    def test_late_dates_never_pass_the_roadmaps_finish(self) -> None:
        """The last to finish does so on a Friday: nobody has the weekend after it."""
        plan = schedule(work("a", "5d"), work("b", "3d", calendar="seven"))
        assert late_span(plan, "b") == "3 Mar - 5 Mar"

    def test_a_late_start_bound_is_inverted_exactly(self) -> None:
        """b may open on Sunday at the latest; its Monday-to-Friday supplier by Friday."""
        plan = schedule(
            work("a", "2d"),
            work("b", "1d", "a SS", calendar="gulf"),
            work("end", "4d", "b", calendar="gulf"),
            work("long", "8d", calendar="gulf"),
        )
        assert span(plan, "long") == "1 Mar - 10 Mar"
        assert late_span(plan, "b") == "4 Mar"
        assert late_span(plan, "a") == "4 Mar - 5 Mar"

    def test_floats_count_own_working_days_and_slacks_the_successors(self) -> None:
        plan = schedule(
            work("a", "2d", calendar="seven"),
            work("b", "1d", "a", start_no_earlier_than=march(8)),
        )
        assert plan.links_into("b")[0].slack == 3  # Wednesday, Thursday, Friday
        assert dates(plan, "a").free_float == 5  # and the weekend
