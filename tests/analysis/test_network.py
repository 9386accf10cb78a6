"""What is around an initiative in the dependency graph, and what hangs on it."""

from __future__ import annotations

import random
from pathlib import Path

import networkx as nx
import pytest

from planner.analysis.network import around, center_of, hanging, network_shown
from planner.plan.model import Plan
from planner.session.session import Session
from tests.query.plans import plan

SEEDS = pytest.mark.parametrize("seed", range(30))
SAMPLE = Path(__file__).resolve().parents[2] / "roadmaps" / "acme-2027"
HUB = '[initiatives.hub]\nestimate = "1w"\n' + "".join(
    f'[initiatives.w{number}]\nestimate = "{number + 1}d"\nneeds = ["hub"]\n'
    for number in range(50)
)
CIRCLE = """
[initiatives.a]
needs = ["c"]
[initiatives.b]
needs = ["a"]
[initiatives.c]
needs = ["b", "x"]
[initiatives.d]
needs = ["b"]
[initiatives.x]
"""


def drawn(seed: int, size: int = 12) -> Plan:
    """A random plan, in every third with a circle."""
    draw = random.Random(seed)
    text = []
    for number in range(size):
        reach = range(size) if not seed % 3 and number == 4 else range(number)
        others = draw.sample(reach, min(len(reach), draw.randint(0, 3)))
        needs = ", ".join(f'"w{other}{draw.choice(("", "", " SS", " FF+1d"))}"' for other in others)
        status = draw.choice(("planned", "planned", "planned", "dropped"))
        text.append(
            f'[initiatives.w{number}]\nestimate = "3d"\nstatus = "{status}"\nneeds = [{needs}]\n'
        )
    return plan("\n".join(text))


def plain(of: Plan) -> nx.DiGraph:
    """The graph as the file has it."""
    every = of.roadmap.initiatives
    known = {id for id, one in every.items() if one.status != "dropped"}
    graph = nx.DiGraph()
    graph.add_nodes_from(known)
    graph.add_edges_from(
        (need.on, id) for id in known for need in every[id].needs if need.on in known
    )
    return graph


@SEEDS
@pytest.mark.parametrize(("before", "after"), [(1, 1), (2, 1), (1, 3), (12, 12)])
def test_it_shows_what_is_within_its_steps(seed: int, before: int, after: int) -> None:
    made = drawn(seed)
    graph = plain(made)
    for center in graph:
        found = around(made, center, before, after)
        later = nx.single_source_shortest_path_length(graph, center, after)
        earlier = nx.single_source_shortest_path_length(graph.reverse(), center, before)
        assert {*found.nodes} == {*later, *earlier}
        part = graph.subgraph(found.nodes)
        assert {(link.on, link.succ) for link in found.links} == {*part.edges}
        assert found.total == len(graph)
        for id, node in found.nodes.items():
            assert node.before == sum(on not in found.nodes for on in graph.pred[id])
            assert node.after == sum(succ not in found.nodes for succ in graph.succ[id])


@SEEDS
def test_columns_are_the_longest_way_along_what_is_shown(seed: int) -> None:
    made = drawn(seed)
    for center in plain(made):
        found = around(made, center, 2, 2)
        knots = nx.condensation(plain(made).subgraph(found.nodes))
        at = knots.graph["mapping"]
        for id, node in found.nodes.items():
            ways = [*nx.all_simple_paths(knots, at[center], at[id])]
            ways += [*nx.all_simple_paths(knots, at[id], at[center])] if not node.column > 0 else []
            if at[id] == at[center]:
                assert node.column == 0
            else:
                assert abs(node.column) == max(len(way) - 1 for way in ways)
        for link in found.links:
            left, right = found.nodes[link.on].column, found.nodes[link.succ].column
            assert left < right or at[link.on] == at[link.succ]


@SEEDS
def test_what_hangs_on_it(seed: int) -> None:
    made = drawn(seed)
    graph = plain(made)
    for id in graph:
        found = hanging(made, id)
        assert {*found.initiatives} == nx.descendants(graph, id)
        assert found.before == len(nx.ancestors(graph, id))


def test_a_circle_stands_in_the_column_of_its_member() -> None:
    found = around(plan(CIRCLE), "a", 1, 1)
    assert {id: node.column for id, node in found.nodes.items()} == {"a": 0, "b": 0, "c": 0}
    found = around(plan(CIRCLE), "a", 2, 2)
    columns = {id: node.column for id, node in found.nodes.items()}
    assert columns == {"x": -1, "a": 0, "b": 0, "c": 0, "d": 1}


def test_around_a_hub_as_many_are_shown_as_have_room() -> None:
    made = plan(HUB)
    found = around(made, "hub", 1, 1, most=7)
    assert len(found.nodes) == 8
    assert len(found.left_out[1]) == 43
    assert found.nodes["hub"].after == 43
    first = found.left_out[1][0]
    more = around(made, "hub", 1, 1, most=7, first={1: first})
    assert {*found.left_out[1][:7]} == {*more.nodes} - {"hub"}


def test_the_sample() -> None:
    made = Session.open(SAMPLE).plan
    found = hanging(made, "customer-sso")
    assert len(found.initiatives) == 12
    assert found.launches == ("loyalty-relaunch", "peak-campaign", "peak-readiness")
    assert (len(found.handovers), found.not_agreed) == (8, 5)
    first = found.bottlenecks[0]
    assert (first.launch, first.waiting, first.among) == ("peak-readiness", 9, 20)
    assert found.before == 1
    assert found.delay_cost
    links = {(link.on, link.succ): link for link in around(made, "customer-sso", 1, 2).links}
    assert links["api-gateway", "customer-sso"].ties == ("SS+5d",)
    assert links["customer-sso", "preference-centre"].state == "not asked"
    assert links["cdp-foundation", "on-site-personalisation"].state == "agreed"
    assert links["customer-sso", "cdp-foundation"].state is None
    critical = {pair for pair, link in links.items() if link.critical}
    assert {
        ("customer-sso", "segment-definitions"),
        ("cdp-foundation", "consent-signals"),
    } < critical


def test_a_link_that_says_nothing_new_is_redundant_unless_it_drives() -> None:
    made = plan(
        '[initiatives.a]\n[initiatives.b]\nneeds = ["a"]\n[initiatives.c]\nneeds = ["a", "b"]'
    )
    links = {(link.on, link.succ): link.redundant for link in around(made, "b", 1, 1).links}
    assert links == {("a", "b"): False, ("b", "c"): False, ("a", "c"): True}
    free = '[initiatives.a]\nestimate = "0d"\n[initiatives.b]\nestimate = "0d"\nneeds = ["a"]\n'
    made = plan(f'{free}[initiatives.c]\nneeds = ["a", "b"]')
    (both,) = (link for link in around(made, "b", 1, 1).links if (link.on, link.succ) == ("a", "c"))
    assert both.driving
    assert not both.redundant


def test_it_begins_at_the_main_launch_or_where_most_links_meet() -> None:
    assert center_of(Session.open(SAMPLE).plan) == "peak-readiness"
    assert center_of(plan('[initiatives.a]\nstatus = "dropped"')) is None
    assert center_of(plan("[roadmap]\n")) is None


def test_what_is_dropped_or_unknown_is_not_in_the_graph() -> None:
    made = plan('[initiatives.a]\nstatus = "dropped"\n[initiatives.b]\nneeds = ["a"]')
    with pytest.raises(KeyError):
        around(made, "a", 1, 1)
    assert {*around(made, "b", 1, 1).nodes} == {"b"}
    assert hanging(made, "a").initiatives == ()


def test_one_alone() -> None:
    shown = network_shown(plan("[initiatives.a]\n"), "a", 2, 2)
    assert [node.id for node in shown.nodes] == ["a"]
    assert shown.links == ()
    assert shown.hanging.initiatives == ()
