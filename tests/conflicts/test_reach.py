"""What can give, so that a piece of work finishes by a day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.conflicts.levers import CUTS
from planner.conflicts.reach import Reach, reach
from planner.conflicts.trial import finish_of, tried
from planner.errors import EditRefused, UsageError
from tests.conflicts.plans import march, plan

CHAIN = """
[initiatives.sso]
portfolio = "it"
estimate = ["3w", "4w", "6w"]
[initiatives.cdp]
portfolio = "it"
estimate = ["9d", "2w", "4w"]
needs = [{ on = "sso", agreed = 2027-02-01, delivers = "one id" }]
[initiatives.journeys]
portfolio = "marketing"
estimate = "2w"
needs = ["cdp"]
[initiatives.launch]
kind = "milestone"
portfolio = "joint"
needs = ["journeys"]
"""
FINISH = date(2027, 4, 23)


def asked(text: str, day: date, id: str = "launch") -> Reach:
    return reach(plan(text), id, day)


def titles(found: Reach) -> list[str]:
    return [one.lever.title for one in found.levers]


def steps(found: Reach) -> list[str]:
    return [one.lever.title for one in found.steps]


def test_a_day_that_is_met_needs_nothing() -> None:
    found = asked(CHAIN, FINISH)
    assert found.reached
    assert (found.short, found.steps, found.edit) == (0, (), None)


def test_every_lever_on_the_chain_says_what_it_wins_and_whose_yes_it_needs() -> None:
    found = asked(CHAIN, date(2027, 4, 16))
    assert [(one.lever.title, one.wins, one.lever.needs_yes) for one in found.levers] == [
        ("overlap cdp with sso (SS+15d)", 5, ("IT",)),
        ("overlap journeys with cdp (SS+5d)", 5, ("IT", "marketing")),
        ("sso at 3w (optimistic)", 5, ("IT",)),
        ("cdp at 9d (optimistic)", 1, ("IT",)),
        ("let cdp not wait for sso", 20, ("IT",)),
        ("let journeys not wait for cdp", 30, ("IT", "marketing")),
        ("let launch not wait for journeys", 39, ("marketing", "IT")),
        ("drop sso", 20, ("IT",)),
        ("drop cdp", 10, ("IT", "marketing")),
        ("drop journeys", 10, ("marketing", "IT")),
    ]


def test_one_lever_is_the_shortest_set() -> None:
    found = asked(CHAIN, date(2027, 4, 16))
    assert steps(found) == ["overlap cdp with sso (SS+15d)"]
    assert found.needs_yes == ("IT",)


def test_an_overlap_is_as_long_as_it_has_to_be_and_keeps_what_was_agreed() -> None:
    context = plan(CHAIN)
    (step,) = reach(context, "launch", date(2027, 4, 21)).steps
    assert step.lever.title == "overlap cdp with sso (SS+18d)"
    assert step.lever.assumes == "the first 2 days of cdp can do without the end of sso"
    made = tried(context, step.edit)
    assert made.tables is not None
    assert made.tables["initiatives"]["cdp"]["needs"] == [
        {
            "on": "sso",
            "type": "SS",
            "lag": "+18d",
            "delivers": "one id",
            "agreed": date(2027, 2, 1),
        },
        "sso FF",
    ]
    assert finish_of(made, "launch") == date(2027, 4, 21)


def test_time_that_is_meant_to_pass_is_no_overlap() -> None:
    text = CHAIN.replace('needs = ["cdp"]', 'needs = ["cdp +2w"]')
    assert not [one for one in titles(asked(text, date(2027, 5, 3))) if "overlap journeys" in one]


def test_several_levers_are_tried_one_after_the_other() -> None:
    context = plan(CHAIN)
    found = reach(context, "launch", date(2027, 4, 9))
    assert found.short == 10
    assert len(found.steps) == 2
    assert found.steps[-1].finish <= date(2027, 4, 9)
    assert found.edit is not None
    assert finish_of(tried(context, found.edit), "launch") == found.steps[-1].finish


def test_where_nothing_gentle_reaches_it_something_is_dropped() -> None:
    found = asked(CHAIN, march(19))
    assert found.earliest == date(2027, 3, 31)
    assert found.reached
    assert {one.lever.give for one in found.steps} & set(CUTS)


def test_what_can_not_be_reached_says_how_early_it_gets() -> None:
    text = '[initiatives.a]\nestimate = ["2w", "3w", "4w"]\n'
    found = asked(text, march(5), "a")
    assert not found.reached
    assert (found.short, found.earliest, found.steps) == (10, march(12), ())


PARALLEL = """
[initiatives.left]
estimate = ["1w", "2w", "3w"]
[initiatives.right]
estimate = ["1w", "2w", "3w"]
[initiatives.launch]
kind = "milestone"
needs = ["left", "right"]
"""


def test_two_chains_of_one_length_take_two_levers_that_win_nothing_alone() -> None:
    found = asked(PARALLEL, march(5))
    assert [one.wins for one in found.levers if one.lever.give == "shorten"] == [0, 0]
    assert steps(found) == ["left at 1w (optimistic)", "right at 1w (optimistic)"]


def test_work_waits_less_for_several_at_once() -> None:
    text = PARALLEL.replace('kind = "milestone"', 'estimate = "2w"')
    found = asked(text, march(22))
    assert steps(found) == ["overlap launch with left (SS+6d) and right (SS+6d)"]


def test_a_date_that_holds_work_back_can_go() -> None:
    text = '[initiatives.a]\nestimate = "1w"\nstart_no_earlier_than = 2027-03-15\n'
    (one,) = asked(text, march(12), "a").steps
    assert one.lever.title == "start a as soon as it can (not held by start_no_earlier_than 15 Mar)"
    assert (one.wins, one.finish) == (10, march(5))


def test_work_held_until_after_a_freeze_can_be_exempt() -> None:
    text = """
    [freezes.sale]
    start = 2027-03-08
    end = 2027-03-12
    exempt = ["other"]
    [systems.cms]
    owner = "web-eng"
    [teams.web-eng]
    portfolio = "it"
    [initiatives.a]
    portfolio = "marketing"
    changes = ["cms"]
    estimate = "8d"
    finish_no_earlier_than = 2027-03-15
    """
    context = plan(text)
    (one,) = reach(context, "a", march(12)).steps
    assert one.lever.title == "exempt a from the freeze sale, and don't hold it until 15 Mar"
    assert one.lever.needs_yes == ("IT",)
    assert tried(context, one.edit).roadmap.freezes["sale"].exempt == ("other", "a")


def test_work_in_progress_goes_as_its_optimistic_estimate() -> None:
    text = """
    [initiatives.a]
    estimate = ["2w", "4w", "6w"]
    actual_start = 2027-02-22
    remaining = "3w"
    """
    (one,) = asked(text, march(12), "a").steps
    assert one.lever.title == "finish a in 8 more days (optimistic 2w)"
    assert one.finish == march(10)


def test_dropped_work_leaves_the_order_of_what_is_around_it() -> None:
    context = plan(CHAIN)
    found = reach(context, "launch", march(31))
    drop = next(one for one in found.levers if one.lever.title == "drop cdp")
    made = tried(context, drop.edit)
    assert made.roadmap.initiatives["journeys"].needs[0].on == "sso"
    assert drop.finish == date(2027, 4, 9)


def test_finished_work_and_reviews_are_no_levers() -> None:
    text = CHAIN.replace('needs = ["cdp"]', 'needs = ["cdp"]\nkind = "review"')
    text = text.replace('["3w", "4w", "6w"]', '["3w", "4w", "6w"]\nactual_finish = 2027-02-26')
    assert not [title for title in titles(asked(text, march(2))) if "sso" in title]
    assert "drop journeys" not in titles(asked(text, march(2)))


def test_a_long_chain_is_tried_in_part_and_says_so() -> None:
    text = "\n".join(
        f'[initiatives.w{n}]\nestimate = ["3d", "1w", "2w"]\nneeds = {[f"w{n - 1}"] if n else []}'
        for n in range(30)
    )
    found = asked(text, date(2027, 9, 1), "w29")
    assert found.left_out > 0
    assert found.reached


def test_what_has_no_dates_has_no_answer() -> None:
    with pytest.raises(UsageError):
        asked('[initiatives.a]\nneeds = ["a"]', march(5), "a")
    with pytest.raises(UsageError):
        asked(CHAIN, march(5), "other")


def test_without_tables_there_is_no_trial() -> None:
    context = plan(CHAIN)
    context.tables = None
    with pytest.raises(EditRefused):
        reach(context, "launch", march(5))


# --- how early it gets ----------------------------------------------------------------------------

TWO = """
[roadmap]
start = 2027-03-01
status_date = 2027-03-01
[initiatives.x]
estimate = ["5d", "10d", "20d"]
[initiatives.y]
estimate = ["1d", "2d", "3d"]
needs = ["x"]
deadline = 2027-03-04
"""


def test_the_earliest_is_what_overlap_and_lengths_reach_together() -> None:
    never = asked(TWO, date(2027, 2, 26), "y")
    assert (never.reached, never.earliest, never.earliest_dropping) == (False, march(5), march(1))
    there = asked(TWO, march(5), "y")
    assert (there.reached, there.drops, there.earliest) == (True, False, march(5))
    dropping = asked(TWO, march(3), "y")
    assert (dropping.reached, dropping.drops, dropping.earliest) == (True, True, march(5))


@st.composite
def chains(draw: st.DrawFn) -> dict[str, Any]:
    """A few pieces of work, each with an estimate of three lengths and links to earlier ones."""
    work: dict[str, Any] = {}
    for number in range(draw(st.integers(2, 4))):
        lengths = sorted(draw(st.lists(st.integers(0, 10), min_size=3, max_size=3)))
        before = draw(st.lists(st.sampled_from(sorted(work)), unique=True)) if work else []
        ties = [f"{on}{draw(st.sampled_from(['', '', ' SS+1d', ' FF', ' +1d']))}" for on in before]
        work[f"w{number}"] = {"estimate": [f"{length}d" for length in lengths], "needs": ties}
    return {"initiatives": work}


@settings(max_examples=8, deadline=None, derandomize=True)
@given(chains())
def test_no_day_that_is_reached_is_before_the_earliest_that_another_question_told(
    data: dict[str, Any],
) -> None:
    context = plan(data)
    target = list(context.roadmap.initiatives)[-1]
    finish = finish_of(context, target)
    assert finish is not None
    never = reach(context, target, date(2027, 2, 26))
    for back in range(1, max(2, context.days(march(1), finish) + 1)):
        found = reach(context, target, context.schedule.add_working_days(finish, -back))
        if found.steps:
            told = never.earliest_dropping if found.drops else never.earliest
            assert told <= found.steps[-1].finish
            assert (found.earliest_dropping if found.drops else found.earliest) <= found.day
