"""What can't be scheduled, and that all else still is."""

from __future__ import annotations

from datetime import date, timedelta

from planner.calendars.working import Calendars
from planner.network.graph import Network
from planner.roadmap.entities import Calendar
from planner.schedule.compute import compute
from tests.schedule.making import MONDAY, dates, march, roadmap, schedule, span, work


class TestCycles:
    def test_take_only_themselves_and_what_waits_for_them(self) -> None:
        plan = schedule(
            work("a", "2d", "c"),
            work("b", "2d", "a"),
            work("c", "2d", "b", "free"),
            work("after", "2d", "b", "free"),
            work("free", "2d"),
            work("other", "2d", "free"),
        )
        assert plan.unscheduled == {
            "a": "cycle: a → b → c → a",
            "b": "cycle: a → b → c → a",
            "c": "cycle: a → b → c → a",
            "after": "waits for a cycle",
        }
        assert plan.get("after") is None
        assert span(plan, "other") == "3 Mar - 4 Mar"
        assert plan.critical_path == ("free", "other")

    def test_a_self_link_is_one(self) -> None:
        plan = schedule(work("a", "2d", "a SS+1d"), work("b", "1d"))
        assert plan.unscheduled == {"a": "cycle: a → a"}
        assert plan.network.cycles == (("a",),)

    def test_their_links_bind_nobody(self) -> None:
        plan = schedule(work("a", "2d", "b", "x"), work("b", "2d", "a"), work("x", "1d"))
        assert dates(plan, "x").total_float == 0
        assert dates(plan, "x").free_float == 0
        assert plan.links_into("a")[0].slack is None

    def test_finished_work_after_one_keeps_its_dates(self) -> None:
        plan = schedule(
            work("a", "2d", "b"),
            work("b", "2d", "a"),
            work("c", "1d", "b", actual_start=march(1), actual_finish=march(1)),
        )
        assert span(plan, "c") == "1 Mar"


class TestUnreadable:
    def test_takes_its_table_out_and_nothing_else(self) -> None:
        plan = roadmap(work("a", "5d"), work("b", "2d", "a"), work("c", "2d", "b"))
        invalid = {("initiatives", "b"): {"estimate"}, ("teams", "b"): {"needs"}}
        found = compute(plan, Network.of(plan, invalid), Calendars.of(plan), MONDAY)
        assert found.unscheduled == {"b": "unreadable estimate"}
        assert span(found, "c") == "1 Mar - 2 Mar"
        assert dates(found, "a").total_float == 0
        assert found.network.ancestors("c") == {"a", "b"}

    def test_other_keys_cost_nothing(self) -> None:
        plan = roadmap(work("a", "5d"))
        invalid = {("initiatives", "a"): {"percent_complete", "owner"}}
        found = compute(plan, Network.of(plan, invalid), Calendars.of(plan), MONDAY)
        assert span(found, "a") == "1 Mar - 5 Mar"


class TestFarDates:
    def test_what_would_finish_after_2200_is_left_out_with_what_waits_for_it(self) -> None:
        chain = [work("w0", "520w")]
        chain += [work(f"w{n}", "520w", f"w{n - 1}") for n in range(1, 30)]
        plan = schedule(*chain, work("free", "1w"), work("early", "1d", "w25 SS-520w"))
        gone = [f"w{n}" for n in range(17, 30)]
        assert list(plan.unscheduled) == [*gone, "early"]
        assert set(plan.unscheduled.values()) == {"would finish after 2200"}
        assert dates(plan, "w16").finish.year == 2196
        assert span(plan, "free") == "1 Mar - 5 Mar"
        assert dates(plan, "w0").total_float == 0

    def test_late_dates_reach_back_before_1990(self) -> None:
        chain = [work("w0", "520w")]
        chain += [work(f"w{n}", "520w", f"w{n - 1}") for n in range(1, 16)]
        plan = schedule(*chain, work("end", "0d", "w15", deadline=date(1990, 1, 1)))
        weeks = timedelta(weeks=16 * 520)
        assert dates(plan, "w0").late_start == date(1990, 1, 2) - weeks

    def test_calendars_grow_with_what_is_asked(self) -> None:
        plan = schedule(work("a", "1d", start_no_earlier_than=date(2199, 12, 30)), work("b", "1d"))
        assert span(plan, "a") == "30 Dec 2199"
        assert dates(plan, "b").late_start == date(2199, 12, 30)

    def test_a_negative_lag_far_into_the_past_binds_nothing(self) -> None:
        plan = schedule(work("a", "1d"), work("b", "1d", "a -520w"))
        assert span(plan, "b") == "1 Mar"
        slack = plan.links_into("b")[0].slack
        assert slack is not None
        assert slack == 2599

    def test_a_calendar_that_never_works_leaves_its_work_out(self) -> None:
        days = {date.fromordinal(n): "off" for n in range(MONDAY.toordinal(), 804_000)}
        never = Calendar(id="never", holidays=days)
        plan = schedule(work("a", "1d", calendar="never"), work("b", "1d"), calendars=[never])
        assert plan.unscheduled == {"a": "would finish after 2200"}
        assert span(plan, "b") == "1 Mar"


def test_an_empty_roadmap() -> None:
    plan = schedule()
    assert (plan.launches, plan.near_critical, plan.unscheduled) == ((), (), {})
