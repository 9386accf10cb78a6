"""Options to finish an initiative by a day."""

from __future__ import annotations

from datetime import date

import pytest

from planner.conflicts.fix_choice import CUT
from planner.conflicts.fixing import fixes
from planner.conflicts.reach import Reach, another_day, reach
from planner.conflicts.trial import finish_of, tried
from planner.errors import EditRefused, UsageError
from planner.roadmap.quantities import parse_length
from planner.text.edits import RemoveKey, SetKey
from tests.conflicts.plans import march, plan, the

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
    return [one.title for one in found.options]


def best(found: Reach) -> str | None:
    return None if found.best is None else found.best.title


def test_a_day_that_is_met_needs_nothing() -> None:
    found = asked(CHAIN, FINISH)
    assert found.reached
    assert (found.late, found.options, found.best) == (None, (), None)


def test_every_lever_on_the_chain_says_what_it_wins_and_whose_yes_it_needs() -> None:
    found = asked(CHAIN, date(2027, 4, 16))
    assert [(one.title, one.wins, one.needs_agreement) for one in found.options] == [
        ("start cdp 5d before sso finishes (SS+15d)", 5, ("IT",)),
        ("start journeys 5d before cdp finishes (SS+5d)", 5, ("IT", "Marketing")),
        ("shorten sso to its optimistic estimate 3w", 5, ("IT",)),
        ("shorten cdp to its optimistic estimate 9d", 1, ("IT",)),
        ("unlink sso → cdp", 20, ("IT",)),
        ("unlink cdp → journeys", 30, ("IT", "Marketing")),
        ("unlink journeys → launch", 39, ("Marketing", "IT")),
        ("drop sso", 20, ("IT",)),
        ("drop cdp", 10, ("IT", "Marketing")),
        ("drop journeys", 10, ("Marketing", "IT")),
    ]


def test_one_lever_that_is_enough_is_the_best_set() -> None:
    found = asked(CHAIN, date(2027, 4, 16))
    assert best(found) == "start cdp 5d before sso finishes (SS+15d)"
    assert found.best is not None
    assert found.best.needs_agreement == ("IT",)


def test_an_overlap_is_as_long_as_it_has_to_be_and_keeps_what_was_agreed() -> None:
    context = plan(CHAIN)
    option = reach(context, "launch", date(2027, 4, 21)).best
    assert option is not None
    assert option.title == "start cdp 2d before sso finishes (SS+18d)"
    made = tried(context, option.edit)
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


def test_an_overlap_of_an_agreed_handover_waits_for_the_other_side() -> None:
    text = CHAIN.replace('["cdp"]', '[{ on = "cdp", agreed = 2027-02-01 }]')
    found = asked(text, date(2027, 4, 21))
    overlap = next(one for one in found.options if one.title.startswith("start journeys"))
    made = tried(plan(text), overlap.edit).roadmap.initiatives["journeys"]
    (need, _) = made.needs
    assert need.agreed == date(2027, 2, 1)
    assert need.counter is not None
    assert (need.counter.by, need.counter.type) == ("marketing", "FS")
    assert "IT has to take it" in overlap.assumes


def test_time_that_is_meant_to_pass_is_no_overlap() -> None:
    text = CHAIN.replace('needs = ["cdp"]', 'needs = ["cdp +2w"]')
    assert not [one for one in titles(asked(text, date(2027, 5, 3))) if "start journeys" in one]


def test_several_levers_promise_what_the_plan_says_with_all_of_them() -> None:
    context = plan(CHAIN)
    found = reach(context, "launch", date(2027, 4, 8))
    assert found.late is not None
    assert found.late.working == 11
    assert found.best is not None
    assert len(found.best.options) == 2
    assert found.best.finish <= date(2027, 4, 8)
    assert finish_of(tried(context, found.best.edit), "launch") == found.best.finish


def test_a_set_takes_as_few_sides_as_it_can() -> None:
    found = asked(CHAIN, date(2027, 4, 7))
    assert best(found) == (
        "shorten sso to its optimistic estimate 3w; start cdp 7d before sso finishes (SS+8d)"
    )
    assert found.best is not None
    assert found.best.needs_agreement == ("IT",)


def test_where_nothing_gentle_reaches_it_something_is_given_up() -> None:
    found = asked(CHAIN, march(19))
    assert found.earliest == march(31)
    assert found.best is not None
    assert found.best.gives_up
    gentle = asked(CHAIN, march(31)).best
    assert gentle is not None
    assert not gentle.gives_up


def test_what_can_not_be_reached_says_how_early_it_gets() -> None:
    text = '[initiatives.a]\nestimate = ["2w", "3w", "4w"]\n'
    found = asked(text, march(5), "a")
    assert not found.reached
    assert (found.earliest, found.best, found.ended) == (march(12), None, True)


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
    assert not [title for title in titles(found) if "optimistic" in title]
    assert best(found) == "shorten left (1w) and right (1w) to their optimistic estimates"


def test_work_waits_less_for_several_at_once() -> None:
    text = PARALLEL.replace('kind = "milestone"', 'estimate = "2w"')
    found = asked(text, march(22))
    assert best(found) == "start launch before left and right finish (SS+6d and SS+6d)"


def test_a_day_that_holds_work_back_is_moved_by_the_least() -> None:
    text = '[initiatives.a]\nestimate = "1w"\nstart_no_earlier_than = 2027-03-15\n'
    found = asked(text, march(12), "a")
    assert found.earliest == march(19)
    assert found.best is not None
    assert found.best.gives_up
    assert found.best.edit == SetKey("initiatives", "a", ("start_no_earlier_than",), march(8))
    assert (found.best.wins, found.best.finish) == (5, march(12))


PINS = """
[initiatives.a]
estimate = ["1w", "2w", "3w"]
{} = 2027-03-15
[initiatives.b]
estimate = ["1w", "2w", "3w"]
needs = ["a"]
"""


@pytest.mark.parametrize("key", ["must_start_on", "start_no_earlier_than"])
def test_what_somebody_set_is_given_up_only_where_nothing_else_reaches_it(key: str) -> None:
    text = PINS.format(key)
    for day in (date(2027, 4, 2), march(26)):
        found = asked(text, day, "b")
        assert found.best is not None
        assert not found.best.gives_up
        assert not {one.kind for one in found.options[:-1]} & {"move"}
    assert asked(text, march(25), "b").best != asked(text, march(26), "b").best


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
    one = reach(context, "a", march(12)).best
    assert one is not None
    assert one.title == "exempt a from freeze sale and remove finish_no_earlier_than 15 Mar"
    assert one.needs_agreement == ("IT",)
    assert tried(context, one.edit).roadmap.freezes["sale"].exempt == ("other", "a")


def test_work_in_progress_goes_as_its_optimistic_estimate() -> None:
    text = """
    [initiatives.a]
    estimate = ["2w", "4w", "6w"]
    actual_start = 2027-02-22
    remaining = "3w"
    """
    one = asked(text, march(12), "a").best
    assert one is not None
    assert one.title == "shorten the rest of a to 8d (optimistic estimate 2w)"
    assert one.finish == march(10)


def test_dropped_work_leaves_the_order_of_what_is_around_it() -> None:
    context = plan(CHAIN)
    found = reach(context, "launch", march(31))
    drop = next(one for one in found.options if one.title == "drop cdp")
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


def test_nothing_overlaps_with_a_review_or_with_what_brings_what_is_used() -> None:
    for keys, other in (
        ('kind = "review"', ""),
        ("", 'kind = "review"'),
        ('introduces = ["cdp"]', 'uses = ["cdp"]'),
        ('introduces = ["cdp"]', 'changes = ["cdp"]'),
        ('introduces = ["cmp"]', 'activates = ["profiles"]'),
    ):
        text = f"""
        [systems.cmp]
        capabilities = ["consent"]
        [initiatives.first]
        estimate = ["1w", "2w", "3w"]
        {keys}
        [initiatives.then]
        estimate = "1w"
        needs = ["first"]
        {other}
        """
        assert not [title for title in titles(asked(text, march(15), "then")) if "over" in title]
        found = asked(text, march(12), "then")
        assert (found.earliest, best(found)) == (
            march(12),
            "shorten first to its optimistic estimate 1w",
        )


def test_an_overlap_takes_half_of_what_its_predecessor_then_is() -> None:
    context = plan(CHAIN)
    found = reach(context, "launch", march(31))
    assert found.best is not None
    assert {one.kind for one in found.best.options} == {"overlap", "shorten"}
    made = tried(context, found.best.edit).roadmap.initiatives
    lags = {need.lag for one in made.values() for need in one.needs if need.type == "SS"}
    assert parse_length("8d") in lags  # half of sso, 15 days when it is short, rounded up
    assert {need.on for one in made.values() for need in one.needs if need.type == "FF"}


def test_a_counter_is_answered_before_anything_overlaps() -> None:
    text = CHAIN.replace("agreed = 2027-02-01", "counter = { by = 'it', lag = '+2d' }")
    assert not [one for one in titles(asked(text, date(2027, 4, 16))) if "start cdp" in one]


def test_a_launch_may_have_another_day_before_scope_goes_and_it_is_only_chosen() -> None:
    context = plan(f"{CHAIN}\ndeadline = 2027-04-16\nannounced = 2027-04-30")
    edit = SetKey("initiatives", "launch", ("deadline",), FINISH)
    assert another_day(context, "launch") == edit
    clearing = [fix for fix in fixes(the(context, "DATE01"), context) if fix.clears]
    kept = [fix for fix in clearing if fix.choice != CUT]
    assert kept[-1].edit == edit
    assert kept[-1].choice
    assert clearing[: len(kept)] == kept


def test_what_is_in_time_and_what_is_no_launch_needs_no_other_day() -> None:
    assert another_day(plan(CHAIN), "launch") is None
    late = CHAIN.replace('needs = ["cdp"]', 'needs = ["cdp"]\ndeadline = 2027-04-01')
    assert another_day(plan(late), "journeys") is None


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
    assert there.best is not None
    assert (there.best.gives_up, there.earliest) == (False, march(5))
    dropping = asked(TWO, march(3), "y")
    assert dropping.best is not None
    assert (dropping.best.gives_up, dropping.earliest) == (True, march(5))


HELD_BY_ITS_END = """
[roadmap]
start = 2027-03-01
status_date = 2027-03-01
[initiatives.long]
estimate = "20d"
[initiatives.with]
estimate = ["1d", "10d", "20d"]
needs = ["long FF"]
[initiatives.after]
estimate = "10d"
needs = ["with"]
"""


def test_what_ends_with_other_work_is_not_shortened_where_that_makes_it_begin_later() -> None:
    found = asked(HELD_BY_ITS_END, date(2027, 2, 26), "after")
    assert found.earliest == date(2027, 4, 2)
    assert best(asked(HELD_BY_ITS_END, date(2027, 4, 2), "after")) == (
        "start after 5d before with finishes (SS+5d)"
    )


def test_what_is_placed_late_can_be_early_and_holds_nothing_else() -> None:
    text = """
    [initiatives.long]
    estimate = ["5w", "6w", "8w"]
    [initiatives.late]
    estimate = "1w"
    as_late_as_possible = true
    [initiatives.launch]
    kind = "milestone"
    needs = ["long", "late"]
    """
    found = asked(text, march(5), "late")
    assert (found.finish, found.earliest) == (date(2027, 4, 9), date(2027, 4, 2))
    assert found.best is not None
    assert found.best.gives_up
    assert found.best.edit == RemoveKey("initiatives", "late", ("as_late_as_possible",))
    assert found.best.finish == march(5)
    assert titles(asked(text, date(2027, 4, 2)))[0] == "shorten long to its optimistic estimate 5w"


def test_what_is_done_is_never_reached_earlier() -> None:
    text = """
    [initiatives.a]
    estimate = ["1w", "2w", "3w"]
    [initiatives.b]
    needs = ["a"]
    actual_start = 2027-02-15
    actual_finish = 2027-02-26
    """
    found = asked(text, date(2027, 2, 25), "b")
    assert (found.reached, found.options) == (False, ())
    assert (found.earliest, found.earliest_dropping) == (date(2027, 2, 26), date(2027, 2, 26))


def test_what_is_as_late_as_possible_comes_earlier_with_what_it_is_moved_up_to() -> None:
    text = """
    [initiatives.long]
    estimate = ["5w", "6w", "8w"]
    [initiatives.late]
    estimate = ["1w", "2w", "3w"]
    as_late_as_possible = true
    """
    found = asked(text, date(2027, 4, 2), "late")
    assert found.best is not None
    assert (found.best.title, found.best.gives_up) == (
        "shorten long to its optimistic estimate 5w",
        False,
    )
    assert found.earliest == date(2027, 4, 2)
