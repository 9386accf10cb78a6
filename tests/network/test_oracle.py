"""The arrays of `check` and the schedule against networkx, on random graphs of all four links."""

from __future__ import annotations

import random

import networkx as nx
import pytest

from planner.conflicts.rules.redundant_links import isolated
from planner.network import marks, redundant
from planner.network.dependencies import work_graph
from planner.network.graph import Network
from planner.network.redundant import implied
from planner.network.walks import followed, nearest, reached
from planner.roadmap.entities import Roadmap
from planner.roadmap.quantities import Length
from planner.schedule.compute import Schedule
from tests.conflicts.plans import plan as plan_of
from tests.schedule.making import roadmap, run, work

LINKS = ("", "", " -2d", " SS", " SS+3d", " FF", " FF-1d", " SF", " SF+2d", " +1d")
SEEDS = pytest.mark.parametrize("seed", range(30))


def drawn(
    seed: int, size: int = 14, *, circles: bool = False, links: tuple[str, ...] = LINKS
) -> Roadmap:
    """A random roadmap in a random order of the file, on a calendar without days off."""
    draw = random.Random(seed)
    made = []
    for number in range(size):
        others = range(size) if circles else range(number)
        needs = draw.choices(others, k=draw.randint(0, 3)) if others else []
        written = [f"w{on}{draw.choice(links)}" for on in needs]
        made.append(work(f"w{number}", f"{draw.randint(0, 9)}d", *written))
    draw.shuffle(made)
    return roadmap(*made, calendar="seven")


def links_of(plan: Roadmap) -> nx.MultiDiGraph:
    """The links as they are written."""
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(plan.initiatives)
    for one in plan.initiatives.values():
        graph.add_edges_from((need.on, one.id, {"need": need}) for need in one.needs)
    return graph


# --- what is before and after ---------------------------------------------------------------------


@SEEDS
def test_all_that_is_before_and_after(seed: int) -> None:
    plan = drawn(seed, circles=seed % 2 == 0)
    network, graph = Network.of(plan), links_of(plan)
    assert set(work_graph(network).edges) == {(pred, succ) for pred, succ, _ in graph.edges}
    for id in plan.initiatives:
        on_circle = any(id in nx.descendants(graph, succ) | {succ} for succ in graph.succ[id])
        itself = {id} if on_circle else set()
        assert network.ancestors(id) == nx.ancestors(graph, id) | itself
        assert network.descendants(id) == nx.descendants(graph, id) | itself
    some = [id for number, id in enumerate(plan.initiatives) if number % 3 == 0]
    together = set[str]().union(*(network.descendants(id) for id in some))
    assert network.descendants(*some) == together


@SEEDS
def test_of_many_the_nearest_are_reached_first(seed: int) -> None:
    graph = nx.DiGraph(links_of(drawn(seed, 30, circles=True)))
    far = nx.single_source_shortest_path_length(graph, "w0")
    for most in (1, 4, 9, 100):
        found = reached(["w0"], graph.succ.__getitem__, most)
        assert len(found) == len(set(found)) == min(most, len(far))
        assert sorted(far.values())[: len(found)] == [far[id] for id in found]


@SEEDS
def test_the_nearest_marked_ones_before_each(seed: int) -> None:
    graph = nx.DiGraph(links_of(drawn(seed, 20)))
    marked = {id for id in graph if int(id[1:]) % 3 == 0}
    found = nearest(nx.topological_sort(graph), graph.pred.__getitem__, marked, 3)
    for id in graph:
        far = nx.single_source_shortest_path_length(graph.reverse(), id)
        expected = sorted(far[one] for one in marked & far.keys())
        assert [far[one] for one in found[id]] == expected[:3]


def test_a_line_ends_where_it_comes_back_to_itself() -> None:
    following = {1: 2, 2: 3, 3: 1, 4: 5}
    assert list(followed(1, following.get)) == [1, 2, 3]
    assert list(followed(4, following.get)) == [4, 5]


# --- order, marks, redundant links ----------------------------------------------------------------


@SEEDS
def test_each_is_in_order_after_what_it_waits_for(seed: int) -> None:
    plan = drawn(seed, circles=seed % 2 == 0)
    network, graph = Network.of(plan), links_of(plan)
    knots = nx.strongly_connected_components(graph)
    circling = {id for knot in knots for id in knot if len(knot) > 1 or graph.has_edge(id, id)}
    stuck = circling.union(*(nx.descendants(graph, id) for id in circling))
    assert {network.ids[node] for node in network.sequence} == set(graph) - stuck
    for order in (network.sequence, network.order):
        place = {network.ids[node]: at for at, node in enumerate(order)}
        assert all(place[a] < place[b] for a, b, _ in graph.edges if b not in stuck)
    assert sorted(network.order) == list(range(len(graph)))
    first = nx.lexicographical_topological_sort(
        graph.subgraph(set(graph) - stuck), network.index.get
    )
    assert [network.ids[node] for node in network.sequence] == list(first)


@SEEDS
@pytest.mark.parametrize("at_once", [1, 3, 2_048])
def test_marks_go_to_all_that_is_after(
    monkeypatch: pytest.MonkeyPatch, seed: int, at_once: int
) -> None:
    monkeypatch.setattr(marks, "AT_ONCE", at_once)
    plan = drawn(seed)
    network, graph, draw = Network.of(plan), links_of(plan), random.Random(seed)
    bits = {id: 1 << number for number, id in enumerate(draw.sample(list(graph), 5))}
    found = marks.reached_from(network, bits)
    for id in graph:
        before = nx.ancestors(graph, id) | {id}
        assert found.get(id, 0) == sum(bit for one, bit in bits.items() if one in before)
    pairs = [tuple(draw.sample(list(graph), 2)) for _ in range(20)]
    assert marks.joined(network, pairs) == {
        (one, other)
        for one, other in pairs
        if nx.has_path(graph, one, other) or nx.has_path(graph, other, one)
    }


@SEEDS
@pytest.mark.parametrize("at_once", [1, 3, 1_024])
def test_a_link_is_redundant_where_others_lead_from_its_start_to_its_end(
    monkeypatch: pytest.MonkeyPatch, seed: int, at_once: int
) -> None:
    monkeypatch.setattr(redundant, "AT_ONCE", at_once)
    network = Network.of(drawn(seed))
    lasting = nx.DiGraph()
    lasting.add_nodes_from(range(len(network.ids)))
    plain = []
    for node, into in enumerate(network.into_start):
        finishes = [(source >> 1, lag) for source, lag in into if source & 1]
        lasting.add_edges_from((pred, node) for pred, lag in finishes if lag >= 0)
        plain += [(pred, node) for pred, lag in finishes if lag <= 0]
    expected = {
        (succ, pred)
        for pred, succ in plain
        if any(pred in nx.ancestors(lasting, one) for one in lasting.pred[succ])
    }
    assert {(succ, pred) for succ, pred, _ in implied(network)} == expected


@SEEDS
def test_without_redundant_links_plain_ones_are_the_transitive_reduction(seed: int) -> None:
    network = Network.of(drawn(seed, links=("",)))
    graph = nx.DiGraph()
    graph.add_nodes_from(range(len(network.ids)))
    graph.add_edges_from(
        (source >> 1, node) for node, into in enumerate(network.into_start) for source, _ in into
    )
    left = set(graph.edges) - {(pred, succ) for succ, pred, _ in implied(network)}
    assert left == set(nx.transitive_reduction(graph).edges)


@SEEDS
def test_isolated_is_what_is_alone_in_its_part_of_the_graph(seed: int) -> None:
    plan = drawn(seed, links=("", " SS"))
    text = [
        f'[initiatives.{one.id}]\nestimate = "1w"\nneeds = {[need.on for need in one.needs]}'
        for one in plan.initiatives.values()
    ]
    parts = nx.weakly_connected_components(links_of(plan))
    alone = {id for part in parts if len(part) == 1 for id in part}
    context = plan_of("\n".join(text))
    assert {one.id for one in isolated(context, {})} == alone


# --- the two passes -------------------------------------------------------------------------------


def starts_graph(plan: Roadmap) -> nx.DiGraph:
    """How long after the start of its predecessor each initiative starts at the earliest, in days.

    Work is contiguous, so a link between any two ends says how far two starts are apart.
    """
    graph = nx.DiGraph()
    lengths = {
        one.id: _days(one.estimate.likely if one.estimate else None)
        for one in plan.initiatives.values()
    }
    for one in plan.initiatives.values():
        graph.add_edge("roadmap", one.id, after=0)
        for need in one.needs:
            after = _days(need.lag)
            after += lengths[need.on] if need.type[0] == "F" else 0
            after -= lengths[one.id] if need.type[1] == "F" else 0
            known = graph.get_edge_data(need.on, one.id, {"after": after})
            graph.add_edge(need.on, one.id, after=max(after, known["after"]))
    return graph


def _days(length: Length | None) -> int:
    return 0 if length is None else int(length.number)


def longest(graph: nx.DiGraph, source: str) -> dict[str, int]:
    """The longest way from a node to each."""
    found = nx.single_source_bellman_ford_path_length(graph, source, weight=_shorter)
    return {id: -length for id, length in found.items()}


def _shorter(_pred: str, _succ: str, edge: dict[str, int]) -> int:
    """The longest way is the shortest where every length is negative."""
    return -edge["after"]


@SEEDS
def test_early_dates_are_the_longest_ways_from_the_start(seed: int) -> None:
    plan = drawn(seed)
    schedule, early = run(plan), longest(starts_graph(plan), "roadmap")
    assert starts(schedule) == {id: early[id] for id in plan.initiatives}


@SEEDS
def test_late_dates_are_the_longest_ways_to_the_finish(seed: int) -> None:
    plan = drawn(seed)
    schedule, graph = run(plan), starts_graph(plan)
    end = schedule.boundaries.finish - schedule.as_of.toordinal()
    for id, length in lengths_of(schedule).items():
        graph.add_edge(id, "end", after=length)
    graph.remove_node("roadmap")
    for id in plan.initiatives:
        dates = schedule.get(id)
        assert dates is not None
        late = end - longest(graph, id)["end"]
        assert dates.total_float == late - starts(schedule)[id]


@SEEDS
def test_a_path_is_all_that_reaches_its_end_by_links_without_slack(seed: int) -> None:
    plan = drawn(seed)
    schedule, graph = run(plan), starts_graph(plan)
    early = starts(schedule)
    graph.remove_node("roadmap")
    slack = [
        pair
        for *pair, after in graph.edges(data="after")
        if early[pair[1]] - early[pair[0]] > after
    ]
    graph.remove_edges_from(slack)
    for id in plan.initiatives:
        assert set(schedule.path_to(id)) == nx.ancestors(graph, id) | {id}


def starts(schedule: Schedule) -> dict[str, int]:
    """The early starts, in days from the status date."""
    ends, first = schedule.boundaries.ends, schedule.as_of.toordinal()
    return {id: ends[2 * node] - first for id, node in schedule.network.index.items()}


def lengths_of(schedule: Schedule) -> dict[str, int]:
    return dict(zip(schedule.network.ids, schedule.work.length, strict=True))
