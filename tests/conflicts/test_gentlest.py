"""Sets that take hope instead of money: none asks for less, and nothing is there for nothing."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice
from random import Random

from msgspec.structs import replace

from planner.conflicts.context import Context
from planner.conflicts.gentlest import Asks, asks
from planner.conflicts.option_sets import OptionSet
from planner.conflicts.option_trials import NEVER, trials_of
from planner.conflicts.path_options import Option
from planner.conflicts.reach import reach
from planner.conflicts.trial import finish_of
from tests.conflicts.plans import march, plan
from tests.conflicts.reaching import TARGET, every_choice, random_plan, small_plans
from tests.long import examples

ONE_OR_TWO = """
[roadmap]
start = 2027-03-01
status_date = 2027-03-01
[initiatives.one]
estimate = ["3d", "15d", "20d"]
kind = "review"
[initiatives.two]
estimate = ["6d", "10d", "20d"]
needs = ["one"]
kind = "review"
[initiatives.three]
estimate = ["2d", "5d", "20d"]
needs = ["two"]
kind = "review"
[initiatives.launch]
kind = "milestone"
needs = ["three"]
"""
"""12, 4 and 3 days could go, and nothing overlaps with a review."""


def test_seven_optimistic_days_are_fewer_than_twelve() -> None:
    context = plan(ONE_OR_TWO)
    finish = finish_of(context, "launch")
    assert finish is not None
    best = reach(context, "launch", context.calendars.roadmap.add(finish, -7)).best
    assert best is not None
    assert (best.days_optimistic, [one.id for one in best.options]) == (7, ["two", "three"])
    assert best.finish > march(26)


def test_no_set_asks_for_less() -> None:
    """Of all choices of lengths and overlaps, on small random plans."""
    known = ((one, least(one, 300)) for one in small_plans())
    for context, true in islice(((one, all) for one, all in known if all), examples(6, 300)):
        first, base = min(true), finish_of(context, TARGET)
        assert base is not None
        for day in (first + timedelta(days=number) for number in range((base - first).days)):
            best = reach(context, TARGET, day).best
            if best is not None and not best.gives_up:
                can_be = min(one for finish, one in true.items() if finish <= day)
                assert asks(context, frozenset(best.options)) == can_be, best.title


def least(context: Context, most: int) -> dict[date, Asks]:
    """What has to be asked for at least for each finish; nothing where the choices are too many."""
    found: dict[date, Asks] = {}
    for work, overlaps, finish in every_choice(context, most):
        planned = context.roadmap.initiatives
        shorter = {Option("shorten", one.id) for one in work if one is not planned[one.id]}
        applied = shorter | {Option("overlap", id, need.on) for (id, _, need), _ in overlaps}
        asked = asks(context, frozenset(applied))
        found[finish] = min(asked, found.get(finish, asked))
    return found


def test_nothing_in_a_set_is_there_for_nothing() -> None:
    """Without one of its options, or with a step less of one, it finishes too late."""
    for seed in range(examples(5, 300)):
        context = plan(random_plan(Random(f"least {seed}"), most=10))
        base = finish_of(context, TARGET)
        if base is None:
            continue
        for days in (2, 6, 11):
            best = reach(context, TARGET, base - timedelta(days=days)).best
            if best is not None and not best.gives_up:
                assert list(reducible(context, best, base - timedelta(days=days))) == []


def reducible(context: Context, best: OptionSet, day: date) -> list[str]:
    """What could be left out of a set, or applied less."""
    tries, whole = trials_of(context, TARGET), frozenset(best.options)
    smaller = [whole - {one} for one in whole]
    steps = (one for one in whole if one.kind in ("overlap", "accelerate"))
    smaller += [whole - {one} | {replace(one, less=one.less + 1)} for one in steps]
    return [repr(one) for one in smaller if tries.finish(one) <= day < NEVER]
