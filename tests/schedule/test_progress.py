"""Progress: facts decide, unfinished work is never before the status date, logic is retained."""

from __future__ import annotations

from typing import Any

import pytest

from planner.roadmap.entities import Checks, Initiative
from planner.roadmap.quantities import parse_estimate
from planner.schedule.dates import Reason
from tests.schedule.making import dates, late_span, march, schedule, span, work

WEDNESDAY = march(10)
STARTED: dict[str, Any] = {"actual_start": march(2)}
FINISHED: dict[str, Any] = {"actual_start": march(2), "actual_finish": march(4)}


class TestNotStarted:
    def test_is_never_scheduled_before_the_status_date(self) -> None:
        assert span(schedule(work("a", "2d"), as_of=WEDNESDAY), "a") == "10 Mar - 11 Mar"

    def test_waits_for_the_roadmaps_start_where_that_is_later(self) -> None:
        assert span(schedule(work("a", "2d"), as_of=march(1), start=march(8)), "a").startswith("8")

    def test_a_roadmap_without_a_start_starts_at_the_status_date(self) -> None:
        assert span(schedule(work("a", "2d"), as_of=WEDNESDAY, start=None), "a").startswith("10")

    @pytest.mark.parametrize("status", ["active", "paused"])
    def test_active_or_paused_without_actual_start_is_not_started(self, status: str) -> None:
        plan = schedule(
            work("a", "4d", status=status, percent_complete=50, remaining="1d"), as_of=WEDNESDAY
        )
        assert span(plan, "a") == "10 Mar - 15 Mar"
        assert dates(plan, "a").assumed == ("start",)
        assert not dates(plan, "a").started

    def test_proposed_is_scheduled_like_planned(self) -> None:
        plan = schedule(work("a", "2d", status="proposed"), work("b", "1d", "a"))
        assert span(plan, "b") == "3 Mar"

    def test_percent_complete_counts_only_once_started(self) -> None:
        assert span(schedule(work("a", "4d", percent_complete=50)), "a") == "1 Mar - 4 Mar"


class TestStarted:
    def test_keeps_its_start_and_has_its_remaining_work_from_the_status_date(self) -> None:
        plan = schedule(work("a", "8d", **STARTED, percent_complete=50), as_of=WEDNESDAY)
        assert span(plan, "a") == "2 Mar - 15 Mar"
        found = dates(plan, "a")
        assert (found.remaining, found.remaining_start) == (4, WEDNESDAY)
        assert (found.started, found.finished, found.duration) == (True, False, 8)

    @pytest.mark.parametrize(
        ("estimate", "keys", "left"),
        [
            ("8d", {}, 8),
            ("8d", {"percent_complete": 50}, 4),
            ("10d", {"percent_complete": 70}, 3),
            ("10d", {"percent_complete": 71}, 3),
            ("10d", {"percent_complete": 69}, 4),
            ("1000d", {"percent_complete": 33.3}, 667),
            ("8d", {"remaining": "3d"}, 3),
            ("8d", {"remaining": "2w", "percent_complete": 50}, 10),
            ("8d", {"remaining": "1.5d"}, 2),
            ("8d", {"percent_complete": 100}, 0),
            ("8d", {"remaining": "0d"}, 0),
        ],
    )
    def test_remaining(self, estimate: str, keys: dict[str, Any], left: int) -> None:
        plan = schedule(work("a", estimate, **STARTED, **keys), as_of=WEDNESDAY)
        assert dates(plan, "a").remaining == left

    def test_with_nothing_left_it_is_still_not_before_the_status_date(self) -> None:
        plan = schedule(
            work("a", "8d", **STARTED, percent_complete=100), work("b", "1d", "a"), as_of=WEDNESDAY
        )
        assert span(plan, "a") == "2 Mar - 10 Mar"
        assert span(plan, "b") == "10 Mar"
        assert dates(plan, "a").remaining_start is None

    def test_with_nothing_left_it_is_no_milestone(self) -> None:
        """It finishes on a working day, where what waits for it may start."""
        plan = schedule(
            work("a", "8d", **STARTED, percent_complete=100),
            work("b", "1d", "a"),
            work("c", "1d", "a", calendar="seven"),
            as_of=march(13),
        )
        assert span(plan, "a") == "2 Mar - 15 Mar"
        assert span(plan, "b") == span(plan, "c") == "15 Mar"

    def test_with_nothing_left_it_finishes_with_what_it_waits_for(self) -> None:
        plan = schedule(
            work("week", "3d"),
            work("seven", "4d", calendar="seven"),
            work("a", "8d", "week", **STARTED, remaining="0d"),
            work("b", "8d", "seven", **STARTED, remaining="0d"),
            work("after", "1d", "a", calendar="seven"),
            as_of=WEDNESDAY,
        )
        assert span(plan, "week") == "10 Mar - 12 Mar"
        assert span(plan, "a") == "2 Mar - 12 Mar"
        assert span(plan, "after") == "13 Mar"
        assert span(plan, "seven") == "10 Mar - 13 Mar"
        assert span(plan, "b") == "2 Mar - 15 Mar", "not on its own day off"

    def test_with_nothing_left_it_has_missed_a_deadline_before_it(self) -> None:
        done: dict[str, Any] = {**STARTED, "remaining": "0d"}
        plan = schedule(work("a", "8d", **done, deadline=march(12)), as_of=march(13))
        assert span(plan, "a") == "2 Mar - 15 Mar"
        assert dates(plan, "a").total_float == -1

    def test_start_links_use_its_actual_start(self) -> None:
        plan = schedule(
            work("a", "20d", **STARTED),
            work("b", "3d", "a SS+8d"),
            work("c", "2d", "a SF+9d"),
            as_of=WEDNESDAY,
        )
        assert span(plan, "b") == "12 Mar - 16 Mar"
        assert span(plan, "c") == "11 Mar - 12 Mar"

    def test_start_links_from_it_do_not_bind_the_backward_pass(self) -> None:
        plan = schedule(
            work("a", "5d", **STARTED),
            work("b", "3d", "a SS+8d", deadline=WEDNESDAY),
            as_of=WEDNESDAY,
        )
        assert dates(plan, "b").total_float == -4
        assert dates(plan, "a").total_float == 0
        assert late_span(plan, "a") == "10 Mar - 16 Mar"

    def test_start_links_from_it_take_no_free_float(self) -> None:
        plan = schedule(work("a", "2d", **STARTED), work("b", "8d", "a SS"), as_of=WEDNESDAY)
        assert dates(plan, "a").free_float == 6

    def test_finish_links_bind_both_ways(self) -> None:
        plan = schedule(
            work("a", "5d", **STARTED), work("b", "3d", "a", deadline=march(18)), as_of=WEDNESDAY
        )
        assert span(plan, "b") == "17 Mar - 19 Mar"
        assert dates(plan, "a").total_float == -1
        assert late_span(plan, "a") == "9 Mar - 15 Mar"

    def test_retained_logic(self) -> None:
        """Started before its predecessor finished: its remaining work waits."""
        plan = schedule(
            work("a", "5d"),
            work("b", "6d", "a", **STARTED, percent_complete=50),
            as_of=WEDNESDAY,
        )
        assert span(plan, "a") == "10 Mar - 16 Mar"
        assert span(plan, "b") == "2 Mar - 19 Mar"
        found = dates(plan, "b")
        assert found.remaining_start == march(17)
        assert found.reason == Reason(kind="actual", key="actual_start", day=march(2))
        assert found.driven_by == ("a",)
        assert plan.path_to("b") == ("b", "a")

    def test_links_into_it_mean_its_remaining_work(self) -> None:
        plan = schedule(
            work("a", "5d"), work("b", "6d", "a SS+2d", **STARTED, remaining="1d"), as_of=WEDNESDAY
        )
        assert dates(plan, "b").remaining_start == march(12)
        assert dates(plan, "a").free_float == 0

    def test_dates_on_its_start_hold_nothing_any_more(self) -> None:
        keys = {"start_no_earlier_than": march(22), "start_no_later_than": march(1)}
        plan = schedule(work("a", "5d", **STARTED, **keys), as_of=WEDNESDAY)
        assert span(plan, "a") == "2 Mar - 16 Mar"
        assert dates(plan, "a").total_float == 0

    def test_dates_on_its_finish_still_do(self) -> None:
        plan = schedule(
            work("a", "5d", **STARTED, finish_no_earlier_than=march(19)), as_of=WEDNESDAY
        )
        assert span(plan, "a") == "2 Mar - 19 Mar"
        assert dates(plan, "a").remaining_start == march(15)

    def test_paused_work_goes_on_at_the_status_date(self) -> None:
        plan = schedule(
            work("a", "4d", **STARTED, status="paused", percent_complete=25), as_of=WEDNESDAY
        )
        assert span(plan, "a") == "2 Mar - 12 Mar"

    def test_started_today_is_not_in_the_future(self) -> None:
        plan = schedule(work("a", "2d", actual_start=WEDNESDAY), as_of=WEDNESDAY)
        assert span(plan, "a") == "10 Mar - 11 Mar"

    def test_work_that_began_before_the_roadmap_goes_on_at_the_status_date(self) -> None:
        plan = schedule(work("a", "2d", actual_start=march(1)), as_of=WEDNESDAY, start=march(22))
        assert span(plan, "a") == "1 Mar - 11 Mar"

    def test_a_started_milestone_is_not_reached(self) -> None:
        plan = schedule(
            work("a", "0d", **STARTED), work("b", "0d", **STARTED, remaining="2d"), as_of=WEDNESDAY
        )
        assert span(plan, "a") == span(plan, "b") == "10 Mar"
        assert plan.start == march(10)

    def test_a_started_milestone_is_on_its_path_where_it_is_reached(self) -> None:
        plan = schedule(work("a", "3d"), work("end", "0d", "a", **STARTED), as_of=WEDNESDAY)
        assert span(plan, "end") == "12 Mar"
        assert plan.path_to("end") == ("a", "end")


class TestFinished:
    def test_keeps_its_actual_dates_on_days_off_too(self) -> None:
        plan = schedule(
            work("a", "8d", actual_start=march(6), actual_finish=march(14)), as_of=march(22)
        )
        assert span(plan, "a") == "6 Mar - 14 Mar"

    def test_has_no_float_and_is_on_no_path(self) -> None:
        plan = schedule(work("a", "2d", **FINISHED), work("b", "2d", "a"), as_of=march(5))
        found = dates(plan, "a")
        assert (found.total_float, found.free_float) == (None, None)
        assert (found.late_start, found.late_finish) == (None, None)
        assert not found.critical
        assert plan.path_to("a") == ()
        assert plan.path_to("b") == ("b",)

    def test_links_into_it_bind_nothing(self) -> None:
        plan = schedule(
            work("a", "5d"), work("b", "2d", "a", **FINISHED), work("c", "9d"), as_of=WEDNESDAY
        )
        assert span(plan, "b") == "2 Mar - 4 Mar"
        (link,) = plan.links_into("b")
        assert (link.slack, link.driving) == (None, False)
        assert dates(plan, "a").free_float == 4  # no unfinished successor: the roadmap's finish

    def test_links_out_of_it_use_its_actual_dates(self) -> None:
        plan = schedule(
            work("a", "2d", **FINISHED),
            work("b", "1d", "a +5d"),
            work("c", "1d", "a SS+8d"),
            as_of=march(5),
        )
        assert span(plan, "b") == "12 Mar"
        assert span(plan, "c") == "12 Mar"

    def test_finished_means_actual_finish_whatever_the_status_says(self) -> None:
        plan = schedule(work("a", "9d", **FINISHED, status="active"), as_of=WEDNESDAY)
        assert dates(plan, "a").finished

    def test_done_without_actual_finish_ended_as_the_status_date_opened(self) -> None:
        plan = schedule(
            work("a", "9d", **STARTED, status="done"), work("b", "2d", "a"), as_of=WEDNESDAY
        )
        assert span(plan, "a") == "2 Mar - 9 Mar"
        assert span(plan, "b") == "10 Mar - 11 Mar"
        assert dates(plan, "a").assumed == ("finish",)

    def test_done_without_any_date_took_its_estimate(self) -> None:
        plan = schedule(work("a", "3d", status="done"), as_of=march(8))
        assert span(plan, "a") == "3 Mar - 5 Mar"
        assert dates(plan, "a").assumed == ("start", "finish")

    def test_finished_without_a_start_took_its_estimate(self) -> None:
        plan = schedule(
            work("a", "3d", actual_finish=march(5)), work("b", "1d", "a SS+4d"), as_of=march(5)
        )
        assert span(plan, "a") == "3 Mar - 5 Mar"
        assert span(plan, "b") == "9 Mar"
        assert dates(plan, "a").assumed == ("start",)

    def test_its_duration_is_what_it_took(self) -> None:
        plan = schedule(work("a", "9d", actual_start=march(4), actual_finish=march(9)))
        assert dates(plan, "a").duration == 4

    def test_everything_finished(self) -> None:
        plan = schedule(work("a", "9d", **FINISHED), as_of=WEDNESDAY)
        assert (plan.start, plan.finish) == (march(2), march(4))
        assert plan.main_launch is None
        assert plan.critical_path == ()

    def test_cycles_through_it_are_none(self) -> None:
        plan = schedule(work("a", "9d", "b", **FINISHED), work("b", "1d", "a"), as_of=WEDNESDAY)
        assert span(plan, "a") == "2 Mar - 4 Mar"
        assert span(plan, "b") == "10 Mar"
        assert plan.network.cycles == ()


class TestDropped:
    def test_leaves_the_network(self) -> None:
        plan = schedule(work("a", "5d", status="dropped"), work("b", "2d", "a"))
        assert plan.get("a") is None
        assert plan.unscheduled == {"a": "dropped"}
        assert span(plan, "b") == "1 Mar - 2 Mar"
        (link,) = plan.links_into("b")
        assert (link.slack, link.driving) == (None, False)
        assert plan.network.ancestors("b") == set()

    def test_links_into_it_bind_nothing(self) -> None:
        plan = schedule(work("a", "2d"), work("b", "2d", "a", status="dropped"), work("c", "5d"))
        assert dates(plan, "a").total_float == 3
        assert plan.links_into("b")[0].slack is None


class TestAssumedEstimate:
    def test_two_weeks_unless_the_checks_say(self) -> None:
        plan = schedule(work("a"))
        assert dates(plan, "a").duration == 10
        assert dates(plan, "a").assumed == ("estimate",)

    def test_the_checks_say(self) -> None:
        plan = schedule(work("a"), checks=Checks(thresholds={"assumed_estimate": "3d"}))
        assert dates(plan, "a").duration == 3

    def test_a_week_is_the_working_days_of_its_calendar(self) -> None:
        plan = schedule(work("a", "1w", calendar="six"), work("b", "1.5w", calendar="seven"))
        assert dates(plan, "a").duration == 6
        assert dates(plan, "b").duration == 11

    def test_the_schedule_uses_the_middle_value(self) -> None:
        three = parse_estimate(["3d", "4d", "9d"])
        assert dates(schedule(Initiative(id="a", estimate=three)), "a").duration == 4


def test_actual_dates_as_planned_move_no_date() -> None:
    planned = schedule(work("a", "5d"), work("b", "5d", "a"), work("c", "5d", "b"))
    known = schedule(
        work("a", "5d", actual_start=march(1), actual_finish=march(5)),
        work("b", "5d", "a", actual_start=march(8), remaining="2d"),
        work("c", "5d", "b"),
        as_of=march(11),
    )
    assert [span(known, id) for id in "abc"] == [span(planned, id) for id in "abc"]
    assert known.critical_path == ("b", "c")
