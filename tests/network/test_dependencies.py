"""The questions asked of the dependency graph, each against a plain search on random graphs."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

import networkx as nx
import pytest

from planner.network.dependencies import (
    bottlenecks,
    event_graph,
    freeing,
    hanging_on,
    layers,
    ways,
    work_graph,
)
from planner.network.graph import Network
from planner.roadmap.entities import Roadmap
from tests.schedule.making import roadmap, work

LINKS = ("", "", " SS+2d", " FF", " SF")
SIDES = ("marketing", "it", "joint")
SEEDS = pytest.mark.parametrize("seed", range(25))


def drawn(seed: int, size: int = 9, *, circles: bool = False) -> Roadmap:
    """A small random roadmap with links of all four types; with circles where they are wanted."""
    draw = random.Random(seed)
    made = []
    for number in range(size):
        reach = range(size) if circles else range(number)
        others = draw.sample(reach, min(len(reach), draw.randint(0, 3)))
        needs = [f"w{other}{draw.choice(LINKS)}" for other in others]
        made.append(work(f"w{number}", "1w", *needs, portfolio=draw.choice(SIDES)))
    return roadmap(*made)


def graph_of(plan: Roadmap) -> nx.DiGraph:
    return work_graph(Network.of(plan))


def pairs(plan: Roadmap) -> set[tuple[str, str]]:
    return {(need.on, one.id) for one in plan.initiatives.values() for need in one.needs}


def after(plan: Roadmap, id: str) -> set[str]:
    """What waits for `id`, by walking links until nothing new is found."""
    found: set[str] = set()
    links = pairs(plan)
    while True:
        new = {succ for pred, succ in links if pred == id or pred in found} - found
        if not new:
            return found
        found |= new


@SEEDS
def test_both_graphs_hold_every_link(seed: int) -> None:
    plan = drawn(seed)
    events = event_graph(Network.of(plan))
    ends = {"FS": ("finish", "start"), "SS": ("start", "start"), "FF": ("finish", "finish")}
    for one in plan.initiatives.values():
        for need in one.needs:
            begin, end = ends.get(need.type, ("start", "finish"))
            known = events.get_edge_data((need.on, begin), (one.id, end))
            lag = 2 if need.type == "SS" else 0
            assert [(edge["type"], edge["lag"]) for edge in known.values()] == [(need.type, lag)]
    works = [pair for *pair, kind in events.edges(data="type") if kind == "work"]
    assert works == [[(id, "start"), (id, "finish")] for id in plan.initiatives]
    assert set(graph_of(plan).edges) == pairs(plan)


@SEEDS
def test_what_hangs_on_an_initiative(seed: int) -> None:
    plan = drawn(seed, circles=seed % 2 == 0)
    crossing = sorted(pairs(plan))
    for id in plan.initiatives:
        later = after(plan, id) - {id}
        found = hanging_on(graph_of(plan), id, {"w7", "w8"}, crossing)
        assert set(found.initiatives) == later
        assert set(found.launches) == later & {"w7", "w8"}
        assert set(found.handovers) == {pair for pair in crossing if pair[0] in {id, *later}}


@SEEDS
def test_a_bottleneck_holds_a_third_of_the_open_work_and_at_least_three(seed: int) -> None:
    plan = drawn(seed, size=14)
    open_ = {f"w{number}" for number in range(14) if number % 5}
    before = {id for id in plan.initiatives if "w13" in after(plan, id)} & open_
    held = {id: len(after(plan, id) & before) for id in before}
    expected = {
        id: many for id, many in held.items() if many >= 3 and many >= (len(before) - 1) / 3
    }
    found = bottlenecks(graph_of(plan), "w13", tuple(plan.initiatives), open_)
    assert {one.id: one.waiting for one in found} == expected
    assert {one.among for one in found} <= {len(before) - 1}
    assert [one.waiting for one in found] == sorted(expected.values(), reverse=True)


@SEEDS
def test_which_agreements_free_which_launch(seed: int) -> None:
    plan = drawn(seed)
    waiting = [pair for number, pair in enumerate(sorted(pairs(plan))) if number % 3]
    expected = {
        launch: {pair for pair in waiting if pair[1] == launch or launch in after(plan, pair[1])}
        for launch in ("w6", "w7", "w8")
    }
    found = freeing(graph_of(plan), ("w6", "w7", "w8"), waiting)
    assert {one.launch: set(one.handovers) for one in found} == {
        launch: needed for launch, needed in expected.items() if needed
    }
    sizes = [len(one.handovers) for one in found]
    assert sizes == sorted(sizes)


@SEEDS
def test_on_a_circle_all_wait_for_what_leads_into_it(seed: int) -> None:
    plan = drawn(seed, circles=True)
    graph, waiting = graph_of(plan), sorted(pairs(plan))[::2]
    expected = {}
    for launch in plan.initiatives:
        earlier = nx.ancestors(graph, launch) | {launch}
        if needed := tuple(pair for pair in waiting if pair[1] in earlier):
            expected[launch] = needed
    found = freeing(graph, (*plan.initiatives, "nothing"), waiting)
    assert {one.launch: one.handovers for one in found} == expected
    assert all(one.number == len(one.handovers) for one in found)


def test_of_very_many_handovers_before_a_launch_the_first_are_listed() -> None:
    chain = [work("w0", "1d"), *(work(f"w{n}", "1d", f"w{n - 1}") for n in range(1, 150))]
    waiting = [(f"w{n - 1}", f"w{n}") for n in range(1, 150)]
    [one] = freeing(graph_of(roadmap(*chain)), ("w149",), waiting)
    assert (one.number, one.handovers) == (149, tuple(waiting[:100]))


def slacks(plan: Roadmap, seed: int) -> dict[tuple[str, str], int]:
    """Slack of each pair, drawn so that each initiative has a driver, but for one in eight."""
    draw = random.Random(seed)
    found = {pair: draw.randint(0, 6) for pair in sorted(pairs(plan))}
    for id in plan.initiatives:
        into = [pair for pair in found if pair[1] == id]
        if into and draw.randrange(8):
            found[draw.choice(into)] = 0
    return found


def driving(slack: dict[tuple[str, str], int], target: str) -> set[str]:
    """The path: what leaves the target no slack, and so on."""
    path = {target}
    for pred, succ in sorted(slack, key=lambda pair: -int(pair[1][1:])):
        if succ in path and slack[pred, succ] == 0:
            path.add(pred)
    return path


def simple_ways(graph: nx.DiGraph, target: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Every way to `target` that begins somewhere, the shortest first, as networkx finds them."""
    earlier = nx.ancestors(graph, target)
    whole = graph.subgraph({*earlier, target}).copy()
    whole.add_weighted_edges_from(("", start, 0) for start in earlier)
    for _, *way in nx.shortest_simple_paths(whole, "", target, "weight") if earlier else ():
        yield sum(whole.edges[pair]["weight"] for pair in itertools.pairwise(way)), tuple(way)


@SEEDS
def test_a_way_behind_is_the_nearest_over_what_no_way_before_it_has(seed: int) -> None:
    plan = drawn(seed)
    slack = slacks(plan, seed)
    graph = graph_of(plan)
    nx.set_edge_attributes(graph, {pair: {"weight": days} for pair, days in slack.items()})
    told = driving(slack, "w8")
    every = list(simple_ways(graph, "w8"))
    for way in ways(graph, told, "w8", lambda *pair: slack[pair], most=99):
        new = [(length, steps) for length, steps in every if not told.issuperset(steps)]
        assert way.slack == new[0][0]
        assert told.isdisjoint(way.steps)
        assert way.joins in told
        inside = [*itertools.pairwise((*way.steps, way.joins))]
        assert all(slack[pair] == 0 for pair in inside[:-1])
        told.update(way.steps)
    assert told == {"w8", *nx.ancestors(graph, "w8")}


@SEEDS
def test_no_more_ways_than_asked_for_and_none_beyond_the_limit(seed: int) -> None:
    plan = drawn(seed)
    slack = slacks(plan, seed)
    known = dict(slack)
    for pred, succ in slack:
        if pred == "w3":
            del known[pred, succ]
    path = driving(known, "w8")
    every = ways(graph_of(plan), path, "w8", lambda *pair: known.get(pair), most=99)
    assert not any("w3" in way.steps for way in every)
    for most in range(4):
        found = ways(graph_of(plan), path, "w8", lambda *pair: known.get(pair), most=most)
        assert found == every[:most]
    for limit in range(7):
        near = ways(graph_of(plan), path, "w8", lambda *pair: known.get(pair), most=99, limit=limit)
        assert near == tuple(way for way in every if way.slack <= limit)


@SEEDS
def test_a_layer_is_after_all_that_it_waits_for(seed: int) -> None:
    plan = drawn(seed)
    shown = [id for number, id in enumerate(plan.initiatives) if (number + seed) % 4]
    depth: dict[str, int] = {}
    for id in shown:
        known = [depth[pred] for pred, succ in pairs(plan) if succ == id and pred in shown]
        depth[id] = max(known, default=-1) + 1
    found = layers(graph_of(plan), shown)
    assert {id: number for number, ids in enumerate(found) for id in ids} == depth


def test_a_circle_stands_in_one_layer() -> None:
    plan = roadmap(
        work("a", "1d"), work("b", "1d", "a", "c"), work("c", "1d", "b"), work("d", "1d", "c")
    )
    assert layers(graph_of(plan), tuple(plan.initiatives)) == (("a",), ("b", "c"), ("d",))


def test_dropped_work_is_in_neither_graph_and_finished_work_in_both() -> None:
    plan = roadmap(
        work("done", "1d", status="done"),
        work("gone", "1d", "done", status="dropped"),
        work("last", "1d", "gone", "done"),
    )
    assert set(graph_of(plan).edges) == {("done", "last")}
    assert {id for id, _ in event_graph(Network.of(plan))} == {"done", "last"}
