"""The stories themselves: all kinds are told, and what is planted is what moves the launch."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from tests.history.expected import step
from tests.history.roadmaps import MAIN
from tests.history.stories import Told, kinds, story
from tests.long import examples

SEEDS = range(examples(28, 60))


@pytest.fixture(scope="module")
def told() -> list[Told]:
    return [story(seed) for seed in SEEDS]


def test_every_kind_is_told(told: list[Told]) -> None:
    found = Counter(kind for one in told for each in one.line for kind in each.kinds)
    assert not set(kinds()) - set(found)


def test_what_is_planted_moves_the_main_launch_and_nothing_else_does(told: list[Told]) -> None:
    for one in told:
        readable = [each for each in one.line if each.moment]
        for before, after in pairwise(readable):
            assert before.moment
            assert after.moment
            now = after.moment
            found = step(before.moment, now, after.names[MAIN], after.renames, now)
            assert found.causes == {after.planted}, after.kinds
            assert bool(after.planted) == (found.seen != found.now), after.kinds


def test_the_same_seed_tells_the_same_story() -> None:
    assert story(3).commits == story(3).commits
