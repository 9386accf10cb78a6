"""What drives a date, the path to a target, and why a date is what it is."""

from __future__ import annotations

from datetime import date

import pytest

from planner.roadmap.entities import Initiative
from planner.schedule.dates import Reason
from planner.schedule.why import steps
from tests.schedule.making import dates, march, schedule, work

FORK = (
    work("design", "5d"),
    work("build", "10d", "design"),
    work("write", "3d", "design"),
    work("launch", "0d", "build", "write"),
)


class TestPath:
    def test_is_the_set_of_driving_links_back_from_its_target(self) -> None:
        plan = schedule(*FORK)
        assert plan.critical_path == ("design", "build", "launch")
        assert plan.path_to("write") == ("design", "write")
        assert plan.path_to("design") == ("design",)

    def test_has_all_that_drives_not_one_chain(self) -> None:
        plan = schedule(work("b", "5d"), work("a", "5d"), work("end", "0d", "a", "b"))
        assert plan.critical_path == ("a", "b", "end")

    def test_is_in_schedule_order(self) -> None:
        plan = schedule(work("z", "5d"), work("a", "1d", "z"), work("m", "0d", "a"))
        assert plan.critical_path == ("z", "a", "m")

    def test_follows_the_links_that_leave_no_slack(self) -> None:
        plan = schedule(*FORK)
        assert [link.on for link in plan.links_into("launch")] == ["build", "write"]
        assert [link.on for link in plan.driving_into("launch")] == ["build"]
        assert plan.driving_into("design") == ()

    def test_has_the_days_of_its_dates(self) -> None:
        plan = schedule(*FORK, work("gone", "1d", status="dropped"))
        for id in ("design", "build", "launch"):
            shown = plan.get(id)
            assert shown is not None
            assert plan.span(id) == (shown.start, shown.finish)
        assert plan.span("gone") is None
        assert plan.span("nothing") is None

    def test_of_something_unknown_or_unscheduled_is_empty(self) -> None:
        plan = schedule(work("a", "1d", status="dropped"), work("b", "1d"))
        assert plan.path_to("a") == ()
        assert plan.path_to("nothing") == ()

    def test_leads_through_ten_thousand_in_a_row(self) -> None:
        chain = [work("w0", "0d")]
        chain += [work(f"w{n}", "0d", f"w{n - 1}") for n in range(1, 10_000)]
        assert len(schedule(*chain).path_to("w9999")) == 10_000


def test_launches_are_open_milestones_campaigns_and_announcements_by_finish() -> None:
    plan = schedule(
        work("spring", "9d", kind="campaign"),
        work("gate", "0d", "api"),
        work("api", "3d"),
        work("due", "6d", deadline=march(30)),
        work("peak", "5d", announced=march(30)),
        work("reached", "0d", actual_finish=march(1)),
        work("dropped", "0d", status="dropped"),
        work("a-gate", None, "peak", kind="milestone"),
    )
    assert plan.launches == ("gate", "a-gate", "peak", "spring")


def test_near_critical() -> None:
    tasks = [work(f"f{gap}", f"{20 - gap}d") for gap in (0, 1, 5, 6)]
    assert schedule(*tasks).near_critical == ("f1", "f5")
    assert schedule(*tasks, near_critical=0).near_critical == ()
    assert dates(schedule(*tasks), "f5").near_critical
    assert not dates(schedule(*tasks), "f0").near_critical


A_AND_B = (work("a", "5d"), work("b", "5d"), work("long", "8d", start_no_earlier_than=march(2)))


@pytest.mark.parametrize(
    ("initiative", "as_of", "reason"),
    [
        (work("x", "1d"), march(1), Reason(kind="status_date", day=march(1))),
        (work("x", "1d"), date(2027, 2, 1), Reason(kind="start", day=march(1))),
        (work("x", "1d"), march(3), Reason(kind="status_date", day=march(3))),
        (
            work("x", "1d", "a", "b"),
            march(1),
            Reason(kind="link", on="a", type="FS", lag=0),  # both drive: by id
        ),
        (
            work("x", "1d", "a", "long FF-3d"),
            march(1),
            Reason(kind="link", on="long", type="FF", lag=-3),  # starts later
        ),
        (
            work("x", "1d", "a", start_no_earlier_than=march(8)),
            march(1),
            Reason(kind="link", on="a", type="FS", lag=0),  # a link before a date
        ),
        (
            work("x", "1d", "a", start_no_earlier_than=march(9)),
            march(1),
            Reason(kind="date", key="start_no_earlier_than", day=march(9)),
        ),
        (
            work("x", "1d", start_no_earlier_than=march(6)),
            march(1),
            Reason(kind="date", key="start_no_earlier_than", day=march(6)),
        ),
        (
            work("x", "3d", must_finish_on=march(9), start_no_earlier_than=march(2)),
            march(1),
            Reason(kind="date", key="must_finish_on", day=march(9)),
        ),
        (
            work("x", "3d", start_no_earlier_than=march(4), must_start_on=march(3)),
            march(1),
            Reason(kind="date", key="start_no_earlier_than", day=march(4)),
        ),
        (
            work("x", "1d", "a", actual_start=march(2)),
            march(2),
            Reason(kind="actual", key="actual_start", day=march(2)),
        ),
        (
            work("x", "1d", actual_finish=march(2)),
            march(2),
            Reason(kind="actual", key="actual_finish", day=march(2)),
        ),
        (work("x", "1d", status="done"), march(2), Reason(kind="status_date", day=march(2))),
    ],
)
def test_why_a_date(initiative: Initiative, as_of: date, reason: Reason) -> None:
    assert dates(schedule(*A_AND_B, initiative, as_of=as_of), "x").reason == reason


def test_why_goes_on_to_the_first_cause() -> None:
    plan = schedule(*FORK)
    found = steps(plan, "launch")
    assert [step.id for step in found] == ["launch", "build", "design"]
    assert found[-1].reason.kind == "status_date"


def test_rolling_over_a_holiday_is_a_remark() -> None:
    plan = schedule(work("a", "4d"), work("b", "1d", "a"), holidays=[march(5)])
    (step, _) = steps(plan, "b")
    assert step.reason.on == "a"
    assert step.skipped == ((march(5), "day off"),)


def test_drivers_come_latest_starting_first() -> None:
    plan = schedule(work("a", "5d"), work("b", "3d", "a SS+2d"), work("c", "1d", "a", "b"))
    assert dates(plan, "c").driven_by == ("b", "a")


def test_links_out_of() -> None:
    plan = schedule(work("a", "5d"), work("b", "3d", "a SS+2d"), work("c", "1d", "a", "b"))
    assert [(link.succ, link.type, link.slack) for link in plan.links_out_of("a")] == [
        ("b", "SS", 0),
        ("c", "FS", 0),
    ]


def test_links_list_every_need_in_its_order() -> None:
    plan = schedule(work("a", "5d"), work("b", "3d", "nobody", "a"))
    links = plan.links_into("b")
    assert [(link.on, link.slack) for link in links] == [("nobody", None), ("a", 0)]


def test_slip_is_in_working_days_of_the_roadmaps_calendar() -> None:
    plan = schedule(work("a", "1d"), holidays=[march(8)])
    assert plan.shift(march(5), march(9)).working == 1
    assert plan.shift(march(9), march(5)).working == -1
    assert plan.calendars.roadmap.working_days(march(6), march(8)) == 0
    assert plan.calendars.roadmap.add(march(5), 1) == march(9)
    assert plan.calendars.roadmap.add(march(7), 1) == march(9)
    assert plan.calendars.roadmap.add(march(9), -1) == march(5)


class TestAShift:
    def test_is_one_where_the_days_differ_though_no_working_day_lies_between(self) -> None:
        shift = schedule(work("a", "1d")).shift(march(6), march(7))
        assert shift
        assert (shift.working, shift.calendar, shift.amount) == (0, 1, "1 calendar day")
        assert (shift.short, shift.late) == (
            "+1 calendar day",
            "1 calendar day late, over a weekend",
        )

    def test_counts_working_days_where_there_are_any(self) -> None:
        shift = schedule(work("a", "1d")).shift(march(5), march(9))
        assert (shift.amount, shift.short, shift.late) == (
            "2 working days",
            "+2d",
            "2 working days late",
        )

    def test_over_a_holiday_is_no_weekend(self) -> None:
        shift = schedule(work("a", "1d"), holidays=[march(8)]).shift(march(6), march(8))
        assert shift.late == "2 calendar days late, over days off"

    def test_is_late_only_after_the_limit(self) -> None:
        plan = schedule(work("a", "1d"))
        assert plan.late(march(6), march(6)) is None
        assert plan.late(march(6), march(5)) is None
        assert plan.late(None, march(5)) is None
        assert plan.late(march(6), march(7))
