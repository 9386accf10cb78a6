"""`reach` on random plans: it never contradicts itself, and its earliest day is the earliest."""

from __future__ import annotations

from itertools import islice
from random import Random

import pytest

from tests.conflicts.plans import plan
from tests.conflicts.reaching import contradictions, earliest, random_plan, small_plans


@pytest.mark.parametrize("first", range(0, 18, 6))
def test_no_answer_contradicts_another(first: int) -> None:
    for seed in range(first, first + 6):
        assert contradictions(plan(random_plan(Random(seed)))) == []


def test_the_earliest_is_what_a_search_of_everything_finds() -> None:
    pairs = [earliest(context, 600) for context in islice(small_plans(), 40)]
    known = [(told, true) for told, true in pairs if true is not None]
    assert len(known) > 20
    assert [told for told, _ in known] == [true for _, true in known]
