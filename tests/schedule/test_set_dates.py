"""Dates that people set: logic wins, dates complain."""

from __future__ import annotations

from datetime import date

import pytest

from planner.schedule.dates import Reason
from planner.schedule.why import steps
from tests.schedule.making import dates, late_span, march, schedule, span, work

FRIDAY, SATURDAY, SUNDAY, MONDAY_8 = march(5), march(6), march(7), march(8)


class TestHoldingBack:
    @pytest.mark.parametrize(
        ("key", "day", "expected"),
        [
            ("start_no_earlier_than", march(10), "10 Mar - 12 Mar"),
            ("start_no_earlier_than", SATURDAY, "8 Mar - 10 Mar"),
            ("start_no_earlier_than", date(2027, 2, 1), "1 Mar - 3 Mar"),
            ("must_start_on", march(10), "10 Mar - 12 Mar"),
            ("must_start_on", SUNDAY, "8 Mar - 10 Mar"),
            ("finish_no_earlier_than", march(10), "8 Mar - 10 Mar"),
            ("finish_no_earlier_than", SATURDAY, "4 Mar - 8 Mar"),
            ("must_finish_on", march(10), "8 Mar - 10 Mar"),
            ("start_no_later_than", march(1), "1 Mar - 3 Mar"),
            ("deadline", march(1), "1 Mar - 3 Mar"),
        ],
    )
    def test_moves_the_work(self, key: str, day: date, expected: str) -> None:
        assert span(schedule(work("a", "3d", **{key: day})), "a") == expected

    def test_never_breaks_a_link(self) -> None:
        plan = schedule(work("a", "5d"), work("b", "2d", "a", must_start_on=march(3)))
        assert span(plan, "b") == "8 Mar - 9 Mar"
        assert dates(plan, "b").total_float == -3
        assert dates(plan, "a").total_float == -3

    def test_must_finish_earlier_than_logic(self) -> None:
        plan = schedule(work("a", "5d"), work("b", "2d", "a", must_finish_on=march(3)))
        assert span(plan, "b") == "8 Mar - 9 Mar"
        assert late_span(plan, "b") == "2 Mar - 3 Mar"


class TestBounds:
    @pytest.mark.parametrize(
        ("key", "day", "late", "total"),
        [
            ("start_no_later_than", march(10), "10 Mar - 12 Mar", 7),
            ("start_no_later_than", SATURDAY, "5 Mar - 9 Mar", 4),
            ("finish_no_later_than", march(10), "8 Mar - 10 Mar", 5),
            ("finish_no_later_than", SUNDAY, "3 Mar - 5 Mar", 2),
            ("deadline", march(10), "8 Mar - 10 Mar", 5),
            ("deadline", SATURDAY, "3 Mar - 5 Mar", 2),
            ("deadline", march(2), "26 Feb - 2 Mar", -1),
            ("must_start_on", march(10), "10 Mar - 12 Mar", 0),
            ("must_finish_on", march(10), "8 Mar - 10 Mar", 0),
            ("must_start_on", SATURDAY, "5 Mar - 9 Mar", -1),
            ("start_no_earlier_than", march(10), "15 Mar - 17 Mar", 3),
            ("deadline", march(29), "15 Mar - 17 Mar", 10),
        ],
    )
    def test_bind_the_backward_pass(self, key: str, day: date, late: str, total: int) -> None:
        plan = schedule(work("a", "3d", **{key: day}), work("end", "13d"))
        assert late_span(plan, "a") == late
        assert dates(plan, "a").total_float == total

    def test_a_missed_deadline_gives_negative_float_upstream(self) -> None:
        plan = schedule(
            work("a", "5d"), work("b", "5d", "a", deadline=march(10)), work("c", "5d", "b")
        )
        assert [dates(plan, id).total_float for id in "abc"] == [-2, -2, 0]
        assert [dates(plan, id).critical for id in "abc"] == [True, True, True]
        assert span(plan, "b") == "8 Mar - 12 Mar"

    def test_late_dates_may_lie_before_the_roadmap(self) -> None:
        plan = schedule(work("a", "10d", deadline=march(5)))
        assert late_span(plan, "a") == "22 Feb - 5 Mar"

    def test_every_late_finish_is_capped_at_the_roadmaps(self) -> None:
        """Also where a successor could wait much longer."""
        plan = schedule(work("a", "5d"), work("b", "2d", "a SS"))
        assert late_span(plan, "a") == "1 Mar - 5 Mar"
        assert late_span(plan, "b") == "4 Mar - 5 Mar"

    def test_under_a_deadline_free_float_may_exceed_total_float(self) -> None:
        plan = schedule(work("a", "2d", deadline=march(3)), work("b", "10d"))
        assert (dates(plan, "a").total_float, dates(plan, "a").free_float) == (1, 8)

    def test_announced_and_links_promises_move_nothing(self) -> None:
        plan = schedule(work("a", "5d", announced=march(2)), work("b", "5d"))
        assert dates(plan, "a").total_float == 0


class TestAsLateAsPossible:
    def test_waits_for_its_successor_by_free_float(self) -> None:
        plan = schedule(
            work("a", "2d", as_late_as_possible=True), work("b", "5d"), work("c", "1d", "a", "b")
        )
        assert span(plan, "a") == "4 Mar - 5 Mar"
        found = dates(plan, "a")
        assert (found.total_float, found.free_float, found.critical) == (0, 0, True)
        assert found.reason == Reason(kind="date", key="as_late_as_possible", on="c")

    def test_never_delays_a_successor_that_has_float(self) -> None:
        plan = schedule(
            work("a", "2d", as_late_as_possible=True), work("b", "1d", "a"), work("end", "20d")
        )
        assert span(plan, "a") == "1 Mar - 2 Mar"
        assert span(plan, "b") == "3 Mar"

    def test_chains_move_together(self) -> None:
        late = {"as_late_as_possible": True}
        plan = schedule(
            work("a", "2d", **late),
            work("b", "2d", "a", **late),
            work("c", "2d", "b SS+1d", **late),
            work("end", "10d"),
        )
        assert span(plan, "c") == "11 Mar - 12 Mar"
        assert span(plan, "b") == "10 Mar - 11 Mar"
        assert span(plan, "a") == "8 Mar - 9 Mar"
        assert dates(plan, "c").driven_by == ("b",)

    def test_without_a_successor_it_ends_with_the_roadmap(self) -> None:
        plan = schedule(work("a", "2d", as_late_as_possible=True), work("b", "5d"))
        assert span(plan, "a") == "4 Mar - 5 Mar"
        assert plan.finish == FRIDAY

    @pytest.mark.parametrize(
        ("key", "day", "expected"),
        [
            ("deadline", march(3), "2 Mar - 3 Mar"),
            ("start_no_later_than", march(3), "3 Mar - 4 Mar"),
            ("deadline", march(1), "1 Mar - 2 Mar"),
        ],
    )
    def test_never_passes_its_own_late_bounds(self, key: str, day: date, expected: str) -> None:
        plan = schedule(work("a", "2d", as_late_as_possible=True, **{key: day}), work("b", "9d"))
        assert span(plan, "a") == expected

    def test_is_ignored_once_started(self) -> None:
        plan = schedule(
            work("a", "2d", as_late_as_possible=True, actual_start=march(1)), work("b", "9d")
        )
        assert span(plan, "a") == "1 Mar - 2 Mar"

    def test_what_is_before_it_gains_the_float_it_moved_by(self) -> None:
        plan = schedule(
            work("a", "2d"), work("b", "2d", "a", as_late_as_possible=True), work("end", "10d")
        )
        assert span(plan, "b") == "11 Mar - 12 Mar"
        assert dates(plan, "a").free_float == 6
        (link,) = plan.links_into("b")
        assert (link.slack, link.driving) == (6, True)

    def test_reasons_drivers_and_paths_are_those_before_anything_moved(self) -> None:
        plan = schedule(
            work("build", "10d"),
            work("prepare", "2d"),
            work("train", "2d", "prepare", as_late_as_possible=True),
            work("launch", "0d", "build", "train"),
        )
        assert span(plan, "train") == "11 Mar - 12 Mar"
        assert dates(plan, "launch").driven_by == ("build",)
        assert dates(plan, "launch").reason == Reason(kind="link", on="build", type="FS", lag=0)
        assert plan.path_to("launch") == ("build", "launch")
        assert [(link.on, link.driving) for link in plan.links_into("launch")] == [
            ("build", True),
            ("train", False),
        ]
        own = Reason(kind="date", key="as_late_as_possible", on="launch")
        assert dates(plan, "train").reason == own
        assert dates(plan, "train").driven_by == ("prepare",)
        assert [step.id for step in steps(plan, "train")] == ["train", "launch", "build"]

    def test_what_moved_up_to_the_end_is_not_what_the_roadmap_is_about(self) -> None:
        plan = schedule(
            work("build", "10d"),
            work("kit", "0d", as_late_as_possible=True),
            work("launch", "0d", "build"),
        )
        assert span(plan, "kit") == span(plan, "launch")
        assert plan.main_launch == "launch"

    def test_what_drives_and_was_moved_is_told_once(self) -> None:
        """Its lag reaches over a day off: it moves, drives still, and why goes round no circle."""
        plan = schedule(
            work("a", "3d", calendar="seven", as_late_as_possible=True),
            work("b", "1d", "a FS+2d"),
            holidays=[march(4)],
        )
        assert span(plan, "a") == "2 Mar - 4 Mar"
        assert [step.id for step in steps(plan, "b")] == ["b", "a"]
        assert dates(plan, "a").reason.on == "b"

    def test_where_its_own_dates_hold_it_no_successor_is_the_reason(self) -> None:
        plan = schedule(
            work("a", "2d", as_late_as_possible=True, deadline=march(4)),
            work("b", "1d", "a"),
            work("c", "9d"),
        )
        assert span(plan, "b") == "3 Mar"
        plan = schedule(
            work("a", "2d", as_late_as_possible=True, deadline=march(4)), work("c", "9d")
        )
        reason = Reason(kind="date", key="as_late_as_possible")
        assert (span(plan, "a"), dates(plan, "a").reason) == ("3 Mar - 4 Mar", reason)
