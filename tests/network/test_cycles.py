"""Circles: what is knotted together, its shortest ring, and the links that cut it."""

from __future__ import annotations

import itertools
import random

import networkx as nx
import pytest

from planner.network import cycles
from planner.network.closing import closed_circle
from planner.network.cycles import cuts, knots, shortest_ring
from planner.network.graph import Network
from tests.schedule.making import roadmap, work

SEEDS = pytest.mark.parametrize("seed", range(40))
Links = list[tuple[str, str]]


def drawn(seed: int, size: int = 8) -> Links:
    """Random links, more of them than make a circle for most seeds; some onto themselves."""
    draw = random.Random(seed)
    ids = [f"w{number}" for number in range(size)]
    return [(draw.choice(ids), draw.choice(ids)) for _ in range(draw.randint(4, 2 * size))]


def closed(ring: tuple[str, ...]) -> set[tuple[str, str]]:
    """The links of a ring."""
    return {*itertools.pairwise((*ring, ring[0]))}


def network(links: Links) -> Network:
    """The network with these links, of all four types."""
    types = itertools.cycle(("", " SS+2d", " FF", " SF"))
    ids = sorted({id for link in links for id in link})
    needs = [f"{pred}{next(types)}" for pred, _ in links]
    pairs = list(zip(needs, (succ for _, succ in links), strict=True))
    return Network.of(
        roadmap(*(work(id, "1d", *(need for need, succ in pairs if succ == id)) for id in ids))
    )


@SEEDS
def test_the_cycles_of_a_network_are_its_strongly_connected_components(seed: int) -> None:
    links = drawn(seed)
    made, graph = network(links), nx.MultiDiGraph(links)
    expected = {
        frozenset(found)
        for found in nx.strongly_connected_components(graph)
        if len(found) > 1 or graph.has_edge(*found, *found)
    }
    assert {frozenset(members) for members in made.cycles} == expected
    assert {frozenset(knot) for knot in knots(links)} == expected
    after = {id for ids in expected for one in ids for id in nx.descendants(graph, one)}
    assert set(made.left_out) == after.union(*expected)
    for members, ring in zip(made.cycles, made.loops, strict=True):
        assert members[: len(ring)] == ring
        assert ring[0] == min(ring)
        assert closed(ring) <= set(links)


@SEEDS
def test_no_ring_of_a_knot_is_shorter_than_the_one_that_is_told(seed: int) -> None:
    for knot in knots(drawn(seed)):
        ring = shortest_ring(knot)
        assert len(ring) == min(map(len, nx.simple_cycles(knot)))


def test_a_short_ring_is_found_in_a_large_knot() -> None:
    size = 5_000
    links = [(f"w{n:04}", f"w{(n + 1) % size:04}") for n in range(size)]
    (knot,) = knots([*links, ("w4001", "w4000")])
    assert shortest_ring(knot) == ("w4000", "w4001")


def test_the_search_in_a_large_knot_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cycles, "MOST_STEPS", 10)
    links = [(f"w{n:04}", f"w{(n + 1) % 900:04}") for n in range(900)]
    (knot,) = knots([*links, ("w0800", "w0790")])
    ring = shortest_ring(knot)
    assert ring[0] == "w0000"
    assert closed(ring) <= set(links)


@SEEDS
def test_a_cut_is_on_every_ring(seed: int) -> None:
    for knot in knots(drawn(seed)):
        ring = shortest_ring(knot)
        rings = [closed(tuple(one)) for one in nx.simple_cycles(knot)]
        expected = {link for link in closed(ring) if all(link in one for one in rings)}
        assert set(cuts(knot.edges, closed(ring))) == expected


@SEEDS
def test_the_circle_that_an_edit_closes_leads_over_its_new_link(seed: int) -> None:
    links = drawn(seed)
    for new in range(len(links)):
        before = [*links[:new], *links[new + 1 :]]
        found = closed_circle(network(before), network(links), {})
        pred, succ = links[new]
        if links[new] in before or not nx.has_path(nx.DiGraph(links), succ, pred):
            assert found is None
        else:
            assert found is not None
            assert found[0] == pred
            assert found[1 % len(found)] == succ
            assert closed(found) <= set(links)
            assert len(found) == 1 + nx.shortest_path_length(nx.DiGraph(links), succ, pred)
