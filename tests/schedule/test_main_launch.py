"""Which launch a roadmap is about."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from planner.roadmap.entities import Initiative, Roadmap
from planner.schedule.compute import Schedule
from tests.long import examples
from tests.schedule.generated import days, roadmaps
from tests.schedule.making import dates, march, run, schedule, work

BOTH_LATE = (
    work("spring", "5d", kind="campaign", deadline=march(4)),
    work("summer", "10d", kind="campaign", announced=march(9)),
    work("winter", "40d", kind="campaign"),
)


def test_is_the_one_that_is_named() -> None:
    assert schedule(*BOTH_LATE, main_launch="spring").main_launch == "spring"
    assert schedule(*BOTH_LATE, work("any", "1d"), main_launch="any").main_launch == "any"


def test_is_never_named_where_it_is_unknown_finished_unscheduled_or_an_idea() -> None:
    others = (
        work("past", "0d", actual_finish=march(1)),
        work("gone", "0d", status="dropped"),
        work("circle", "0d", "circle"),
        work("idea", "0d", status="proposed"),
    )
    for id in ("past", "gone", "circle", "idea", "nothing"):
        assert schedule(*BOTH_LATE, *others, main_launch=id).main_launch == "summer"


def test_misses_its_deadline_or_its_announced_day_by_most() -> None:
    assert schedule(*BOTH_LATE).main_launch == "summer"
    later = work("spring", "5d", kind="campaign", deadline=march(12), announced=march(1))
    assert schedule(later, *BOTH_LATE[1:]).main_launch == "spring"


def test_over_a_weekend_is_missed_too() -> None:
    saturdays = work("gate", "0d", start_no_earlier_than=march(7), announced=march(6))
    plan = schedule(saturdays, work("winter", "40d", kind="campaign"), calendar="seven")
    assert plan.main_launch == "gate"
    weekend = schedule(
        work("gate", "0d", start_no_earlier_than=march(7), announced=march(6), calendar="seven"),
        work("winter", "40d", kind="campaign"),
    )
    assert weekend.main_launch == "gate"


def test_else_is_the_launch_that_finishes_last() -> None:
    tasks = (work("z", "9d", kind="campaign"), work("a", "5d", kind="campaign"), work("b", "20d"))
    assert schedule(*tasks).main_launch == "z"


def test_a_deadline_alone_makes_no_launch() -> None:
    due = work("due", "20d", deadline=march(2))
    assert schedule(due, work("small", "2d", kind="campaign")).main_launch == "small"
    assert schedule(due, work("small", "2d")).main_launch == "due"


def test_without_launches_is_what_misses_its_deadline_then_the_last_deadline() -> None:
    early, late = work("early", "9d", deadline=march(20)), work("late", "2d", deadline=march(30))
    assert schedule(early, late, work("long", "50d")).main_launch == "late"
    missed = work("early", "9d", deadline=march(3))
    assert schedule(missed, late, work("long", "50d")).main_launch == "early"


def test_without_deadlines_is_what_finishes_last() -> None:
    assert schedule(work("b", "2d", "a SS"), work("a", "9d")).main_launch == "a"


def test_ties_go_to_the_first_id() -> None:
    assert schedule(work("b", "5d"), work("a", "5d"), work("c", "4d")).main_launch == "a"
    launches = [work(id, "5d", kind="campaign", deadline=march(1)) for id in "cab"]
    assert schedule(*launches).main_launch == "a"


def test_is_an_idea_only_where_there_is_nothing_else() -> None:
    idea = work("referral", "50d", kind="campaign", status="proposed", announced=march(1))
    assert schedule(idea, work("small", "1d")).main_launch == "small"
    assert schedule(idea, work("past", "1d", actual_finish=march(1))).main_launch == "referral"
    assert schedule(idea).critical_path == ("referral",)


def test_of_nothing_is_none() -> None:
    plan = schedule()
    assert (plan.main_launch, plan.start, plan.finish, plan.critical_path) == (None, None, None, ())


@st.composite
def with_launches(draw: st.DrawFn) -> Roadmap:
    """A roadmap of which some work is a campaign, announced or only proposed."""
    made = draw(roadmaps(set_dates=True, progress=True, ideas=True))
    changed = {
        id: replace(
            one,
            kind=draw(st.sampled_from((None, None, "campaign"))),
            announced=draw(st.one_of(st.none(), st.none(), days(0, 40))),
        )
        for id, one in made.initiatives.items()
    }
    named = draw(st.sampled_from((None, None, *changed)))
    return replace(made, initiatives=changed, settings=replace(made.settings, main_launch=named))


@settings(max_examples=examples(80, 200), deadline=None)
@given(with_launches(), st.integers(1, 31))
def test_is_what_the_rule_says_of_the_days(roadmap: Roadmap, day: int) -> None:
    found = run(roadmap, march(day))
    assert found.main_launch == by_the_rule(found)


def by_the_rule(found: Schedule) -> str | None:
    """The rule once more, over dates as everybody sees them, one sentence after the other."""
    every = found.roadmap.initiatives
    unfinished = [every[id] for id in sorted(every) if not dates(found, id).finished]
    ideas = [one for one in unfinished if one.status == "proposed" and not one.actual_start]
    open_ = [one for one in unfinished if one not in ideas] or ideas
    if found.roadmap.settings.main_launch in [one.id for one in open_]:
        return found.roadmap.settings.main_launch
    launches = [
        one
        for one in open_
        if one.kind == "campaign" or one.announced or dates(found, one.id).duration == 0
    ]
    for group in filter(None, (launches, open_)):
        if missed := [one for one in group if _missed(found, one) > (0, 0)]:
            return max(missed, key=lambda one: _missed(found, one)).id
        if group is launches:
            return max(group, key=lambda one: dates(found, one.id).finish).id
        if due := [one for one in group if one.deadline]:
            return max(due, key=lambda one: one.deadline or date.min).id
        return max(group, key=lambda one: dates(found, one.id).finish).id
    return None


def _missed(found: Schedule, one: Initiative) -> tuple[int, int]:
    """Working and calendar days by which it misses its day, (0, 0) where it does not."""
    finish = dates(found, one.id).finish
    limits = [day for day in (one.deadline, one.announced) if day is not None and day < finish]
    shifts = (
        (found.calendars.roadmap.working_days(day, finish), (finish - day) // timedelta(days=1))
        for day in limits
    )
    return max(shifts, default=(0, 0))
