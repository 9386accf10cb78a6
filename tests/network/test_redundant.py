"""Redundant links are exactly those that others imply, however they are spread over the passes."""

from __future__ import annotations

import random

import pytest

from planner.network import redundant
from planner.network.graph import Network
from tests.schedule.making import roadmap, work

LAGS = ("", "", " +1d", " SS", " -1d")


def network(seed: int, size: int = 14) -> Network:
    """A small random network with links of several kinds."""
    draw = random.Random(seed)
    made = []
    for number in range(size):
        others = draw.sample(range(number), min(number, draw.randint(0, 3)))
        needs = (f"w{other}{draw.choice(LAGS)}" for other in others)
        made.append(work(f"w{number}", "1w", *needs))
    return Network.of(roadmap(*made))


def by_search(of: Network) -> set[tuple[int, int]]:
    """The same by plain search from each other predecessor."""
    before = [[s >> 1 for s, lag in into if s & 1 and lag >= 0] for into in of.into_start]

    def leads(first: int, last: int) -> bool:
        return any(pred == first or leads(first, pred) for pred in before[last])

    return {
        (node, source >> 1)
        for node, into in enumerate(of.into_start)
        for source, lag in into
        if source & 1 and lag <= 0
        if any(other != source >> 1 and leads(source >> 1, other) for other in before[node])
    }


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("at_once", [1, 3, 1_024])
def test_it_is_what_plain_search_finds(
    monkeypatch: pytest.MonkeyPatch, seed: int, at_once: int
) -> None:
    monkeypatch.setattr(redundant, "AT_ONCE", at_once)
    found = network(seed)
    assert {(succ, pred) for succ, pred, _ in redundant.implied(found)} == by_search(found)
