"""Milestones: no length, no rolling, and the day on which they show."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.roadmap.entities import Initiative
from tests.schedule.making import dates, late_span, march, schedule, span, work

WEEK = work("week", "5d")  # 1 to 5 March
DAYS_4 = work("days-4", "4d")  # 1 to 4 March
NEXT = work("next", "5d", "week")  # 8 to 12 March
DONE = work("done", "5d", actual_start=march(1), actual_finish=march(3))
DONE_ON_SATURDAY = work("done-sat", "5d", actual_start=march(1), actual_finish=march(6))


def milestone(*needs: str, **keys: Any) -> Initiative:
    return work("gate", "0d", *needs, **keys)


@pytest.mark.parametrize(
    ("gate", "shown"),
    [
        (milestone(), "1 Mar"),
        (milestone("week"), "5 Mar"),
        (milestone("week FF"), "5 Mar"),
        (milestone("week +2d"), "9 Mar"),
        (milestone("week -1d"), "4 Mar"),
        (milestone("next SS"), "8 Mar"),
        (milestone("next SF"), "8 Mar"),
        (milestone("week SS+5d"), "8 Mar"),
        (milestone("week SS+1d"), "2 Mar"),
        (milestone("days-4", "week SS+4d"), "4 Mar"),  # closing wins ties
        (milestone("week", "next SS"), "5 Mar"),  # Friday's closing is Monday's opening
        (milestone(start_no_earlier_than=march(10)), "10 Mar"),
        (milestone(start_no_earlier_than=march(6)), "8 Mar"),
        (milestone(must_start_on=march(10)), "10 Mar"),
        (milestone(finish_no_earlier_than=march(10)), "10 Mar"),
        (milestone(finish_no_earlier_than=march(6)), "8 Mar"),
        (milestone(must_finish_on=march(10)), "10 Mar"),
        (milestone("week", finish_no_earlier_than=march(5)), "5 Mar"),
        (milestone("days-4", start_no_earlier_than=march(5)), "5 Mar"),  # never before what holds
        (milestone("week", start_no_earlier_than=march(8)), "8 Mar"),
        (milestone("week", start_no_earlier_than=march(6)), "8 Mar"),
        (milestone("week", must_start_on=march(8)), "8 Mar"),
        (milestone("week", start_no_earlier_than=march(5)), "5 Mar"),
        (milestone("done-sat"), "6 Mar"),  # never rolls
        (milestone("done", start_no_earlier_than=march(4)), "4 Mar"),
        (milestone(deadline=march(1)), "1 Mar"),
    ],
)
def test_the_day_on_which_it_shows(gate: Initiative, shown: str) -> None:
    plan = schedule(WEEK, DAYS_4, NEXT, DONE, DONE_ON_SATURDAY, gate)
    assert span(plan, "gate") == shown
    assert dates(plan, "gate").duration == 0


def test_one_set_by_a_milestone_shows_as_that_one_does() -> None:
    plan = schedule(
        WEEK,
        milestone("week"),
        work("after", "0d", "gate"),
        work("later", "0d", "gate +5d"),
        work("opening", "0d"),
        work("second", "0d", "opening SS"),
        work("third", "0d", "opening +5d"),
    )
    assert span(plan, "after") == "5 Mar"
    assert span(plan, "later") == "12 Mar"
    assert span(plan, "second") == "1 Mar"
    assert span(plan, "third") == "8 Mar"


def test_what_follows_a_milestone_starts_at_the_next_opening() -> None:
    plan = schedule(WEEK, milestone("week"), work("b", "2d", "gate"))
    assert span(plan, "b") == "8 Mar - 9 Mar"


def test_one_calendars_saturday_is_kept_for_the_next() -> None:
    """The milestone's own calendar has no Saturday, but it does not roll."""
    plan = schedule(
        work("a", "6d", calendar="seven"),
        milestone("a"),
        work("b", "1d", "gate", calendar="seven"),
    )
    assert span(plan, "gate") == "6 Mar"
    assert span(plan, "b") == "7 Mar"


def test_kind_milestone_has_no_length() -> None:
    plan = schedule(WEEK, work("gate", None, "week", kind="milestone"))
    assert span(plan, "gate") == "5 Mar"
    assert dates(plan, "gate").assumed == ()


def test_an_estimate_of_zero_is_a_milestone_of_any_kind() -> None:
    assert span(schedule(WEEK, work("gate", "0w", "week", kind="campaign")), "gate") == "5 Mar"


@pytest.mark.parametrize(
    ("gate", "late", "total"),
    [
        (milestone("week"), "12 Mar", 5),
        (milestone("week", deadline=march(3)), "3 Mar", -2),
        (milestone("week", deadline=march(6)), "5 Mar", 0),
        (milestone("week", start_no_later_than=march(4)), "3 Mar", -2),
        (milestone(), "12 Mar", 10),
        # Where it shows on the day that opens, a finish bound means the opening of that day.
        (milestone(deadline=march(4)), "4 Mar", 3),
        (milestone(deadline=march(1)), "1 Mar", 0),
        (milestone(deadline=march(7)), "5 Mar", 4),
        (milestone(finish_no_later_than=march(4)), "4 Mar", 3),
        (milestone(must_finish_on=march(4)), "4 Mar", 0),  # that sets it, and it closes
        (milestone("next SS", deadline=march(5)), "5 Mar", -1),
        (milestone("week", start_no_earlier_than=march(8), deadline=march(5)), "5 Mar", -1),
    ],
)
def test_late_dates(gate: Initiative, late: str, total: int) -> None:
    plan = schedule(WEEK, NEXT, gate)
    assert late_span(plan, "gate") == late
    assert dates(plan, "gate").total_float == total


def test_a_critical_milestone_shows_one_day() -> None:
    plan = schedule(WEEK, milestone("week"), work("b", "2d", "gate"))
    assert span(plan, "gate") == late_span(plan, "gate") == "5 Mar"


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ({"actual_finish": march(3)}, "3 Mar"),
        ({"actual_finish": march(6)}, "6 Mar"),
        ({"actual_start": march(2), "actual_finish": march(3)}, "3 Mar"),
        ({"status": "done"}, "10 Mar"),
    ],
)
def test_one_that_was_reached(keys: dict[str, Any], shown: str) -> None:
    plan = schedule(milestone(**keys), work("b", "1d"), as_of=march(10))
    assert span(plan, "gate") == shown
    assert dates(plan, "gate").finished


@pytest.mark.parametrize(
    ("as_of", "shown"),
    [
        (march(10), "10 Mar"),  # the status date opens
        (march(4), "4 Mar"),  # never before it, though the work before it closed there
        (march(7), "7 Mar"),  # never rolls
    ],
)
def test_one_that_waits_for_the_status_date(as_of: date, shown: str) -> None:
    assert span(schedule(DONE, milestone("done"), as_of=as_of), "gate") == shown


def test_the_day_that_opens_is_looked_up_in_its_own_calendar() -> None:
    keys: dict[str, Any] = {"start_no_later_than": march(6), "deadline": march(6)}
    plan = schedule(
        work("build", "10d"),
        milestone("build SS+5d", calendar="six", **keys),
        work("sales", "3d", "gate", calendar="six"),
    )
    assert span(plan, "gate") == late_span(plan, "gate") == "6 Mar"
    assert dates(plan, "gate").total_float == 0
    assert span(plan, "sales").startswith("6 Mar")


def test_what_waits_for_one_that_is_held_is_held_with_it() -> None:
    """Though the work that both wait for closed before the days off."""
    plan = schedule(
        WEEK,
        milestone("week", start_no_earlier_than=march(8)),
        work("launch", "0d", "gate", "week"),
    )
    assert span(plan, "gate") == span(plan, "launch") == "8 Mar"


def test_what_waits_for_an_actual_start_is_not_held_with_it() -> None:
    begun = work("begun", "0d", "held", actual_start=march(2))
    plan = schedule(
        work("held", "0d", start_no_earlier_than=march(26)),
        begun,
        milestone("begun SS", actual_start=march(3)),
        as_of=march(4),
    )
    assert span(plan, "begun") == "26 Mar"
    assert span(plan, "gate") == "4 Mar"


class TestAsLateAsPossible:
    @pytest.mark.parametrize("late", [False, True])
    def test_what_sets_one_is_told_by_links_moments(self, late: bool) -> None:
        """Also where their other ends have moved: on Thursday or Friday, two days on is Tuesday."""
        plan = schedule(
            work("a", "3d", calendar="seven", as_late_as_possible=late),
            milestone("a FS+2d"),
            work("last", "1d", "gate"),
            holidays=[march(4)],
        )
        assert span(plan, "a") == ("2 Mar - 4 Mar" if late else "1 Mar - 3 Mar")
        assert span(plan, "gate") == "8 Mar"

    def test_what_moved_up_to_one_does_not_set_it(self) -> None:
        """It opens with `next`, though what is moved closes there."""
        plan = schedule(
            WEEK,
            NEXT,
            work("x", "1d", as_late_as_possible=True),
            milestone("next SS", "x"),
        )
        assert span(plan, "x") == "5 Mar"
        assert span(plan, "gate") == "8 Mar"
        assert dates(plan, "gate").driven_by == ("next",)

    def test_days_off_are_no_gain(self) -> None:
        """Saturday's opening is Monday's: nothing is moved, and nothing is its reason."""
        plan = schedule(
            milestone(as_late_as_possible=True), work("b", "1d", "gate"), as_of=march(6)
        )
        assert span(plan, "gate") == "6 Mar"
        assert dates(plan, "gate").reason.kind == "status_date"

    def test_up_to_work_it_opens_with_it(self) -> None:
        plan = schedule(WEEK, milestone(as_late_as_possible=True), work("b", "1d", "week", "gate"))
        assert span(plan, "gate") == "8 Mar"

    def test_up_to_a_milestone_it_shows_as_that_one_does(self) -> None:
        plan = schedule(
            WEEK, milestone(as_late_as_possible=True), work("end", "0d", "week", "gate")
        )
        assert span(plan, "end") == "5 Mar"
        assert span(plan, "gate") == "5 Mar"

    def test_up_to_the_roadmaps_finish_it_closes(self) -> None:
        assert span(schedule(DAYS_4, milestone(as_late_as_possible=True)), "gate") == "4 Mar"


def test_fridays_closing_is_mondays_opening_to_what_starts_with_it() -> None:
    """A start link may use the weekend: the milestone keeps its working time and its day."""
    starts = work("x", "1d", start_no_earlier_than=march(3))
    plan = schedule(WEEK, starts, milestone("week", "x SS"), work("end", "9d"))
    assert dates(plan, "x").free_float == 3
    starts = work("x", "1d", start_no_earlier_than=march(8))
    plan = schedule(WEEK, starts, milestone("week", "x SS"), work("end", "9d"))
    assert span(plan, "gate") == "5 Mar"
    assert set(dates(plan, "gate").driven_by) == {"week", "x"}
