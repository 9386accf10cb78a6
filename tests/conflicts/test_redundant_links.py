"""PLAN05 finds exactly the links that others imply, however they are spread over the passes."""

from __future__ import annotations

import random

import pytest

from planner.conflicts.rules import redundant_links
from planner.network.graph import Network
from tests.conflicts.plans import after, findings, plan

LAGS = ("", "", " +1d", " SS", " -1d")


def network(seed: int, size: int = 14) -> Network:
    """A small random network with links of several kinds."""
    draw = random.Random(seed)
    parts = []
    for number in range(size):
        others = draw.sample(range(number), min(number, draw.randint(0, 3)))
        needs = ", ".join(f'"w{other}{draw.choice(LAGS)}"' for other in others)
        parts.append(f'[initiatives.w{number}]\nestimate = "1w"\nneeds = [{needs}]')
    return plan("\n".join(parts)).network


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
    monkeypatch.setattr(redundant_links, "AT_ONCE", at_once)
    found = network(seed)
    assert {(succ, pred) for succ, pred, _ in redundant_links.implied(found)} == by_search(found)


def test_many_are_told_as_one() -> None:
    chain = "".join(f'[initiatives.w{n}]\nneeds = ["a", "w{n - 1}"]\n' for n in range(2, 9))
    text = f'[initiatives.a]\n[initiatives.w1]\nneeds = ["a"]\n{chain}'
    (one,) = findings(text, "PLAN05")
    assert one.message.startswith("7 of 15 links are redundant: w2, w3")


TWICE = [
    ('["a", "a"]', ("a",)),
    ('["a", "a +5d"]', ("a +5d",)),
    ('["a -2d", "x SS", "a"]', ("x SS", "a")),
    ('["a", { on = "a", why = "the last word" }]', ({"on": "a", "why": "the last word"},)),
]


@pytest.mark.parametrize(("needs", "left"), TWICE)
def test_of_two_links_of_one_pair_the_one_that_says_more_stays(
    needs: str, left: tuple[object, ...]
) -> None:
    context = plan(f"[initiatives.a]\n[initiatives.x]\n[initiatives.b]\nneeds = {needs}")
    made = after(context, "PLAN05", "remove the second link a → b")
    assert made.tables is not None
    assert tuple(made.tables["initiatives"]["b"]["needs"]) == left


@pytest.mark.parametrize("needs", ['["a SS", "a FF"]', '["a SS", "a"]', '["a -2d", "a -1d"]'])
def test_two_links_of_one_pair_that_say_two_things_are_none_too_many(needs: str) -> None:
    assert not findings(f"[initiatives.a]\n[initiatives.b]\nneeds = {needs}", "PLAN05")


def test_a_link_to_finished_work_is_no_burden() -> None:
    text = '[initiatives.a]\n[initiatives.b]\nneeds = ["a"]\n[initiatives.c]\nneeds = ["a", "b"]'
    assert findings(text, "PLAN05")
    done = 'status = "done"\nactual_start = 2027-02-01\nactual_finish = 2027-02-05\n'
    assert not findings(text.replace("[initiatives.b]", f"{done}[initiatives.b]"), "PLAN05")
