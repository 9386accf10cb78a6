"""Circles, by networkx: what is knotted together, the shortest ring in it, and where to cut it.

Whether there is a circle at all shows where nodes are put in order (planner.network.order). Only
where there is one is this module imported, and networkx with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import networkx as nx

MOST_STEPS = 200_000
"""So many nodes are looked at for a shorter ring; then the shortest found until then is it."""

Ring = tuple[str, ...]
"""Ids in the direction of their links; the last leads to the first."""

Links = Iterable[tuple[str, str]]
"""(predecessor, successor) of each."""


def knots(links: Links) -> list[nx.DiGraph]:
    """The strongly connected components that hold a circle; what needs itself alone is one."""
    graph = nx.DiGraph(list(links))
    parts = map(graph.subgraph, nx.strongly_connected_components(graph))
    return [part.copy() for part in parts if part.number_of_edges()]


def shortest_ring(knot: nx.DiGraph) -> Ring:
    """The shortest ring of a knot, its smallest id first.

    Rings twice as long are looked for each time, from every member. In a large knot without a short
    one the search ends after a number of steps that depends on nothing but the knot.
    """
    members = sorted(knot)
    best, steps, longest = _ring_through(knot, members[0]), 0, 1
    while longest < len(best) and knot.number_of_edges() > len(members):
        for start in members:
            reach = min(longest, len(best) - 1) - 1
            near = nx.single_source_shortest_path_length(knot, start, cutoff=reach)
            if not near.keys().isdisjoint(knot.pred[start]):
                best = _ring_through(knot, start)
            steps += 1 + len(near)
            if len(best) == 1 or steps > MOST_STEPS:
                return best
        longest *= 2
    return best


def _ring_through(knot: nx.DiGraph, start: str) -> Ring:
    """A shortest ring through a member."""
    back = nx.shortest_path_length(knot, target=start)
    then = min(knot.succ[start], key=lambda one: (back[one], one))
    return (start, *nx.shortest_path(knot, then, start)[:-1])


def ring_over(links: Links, pred: str, succ: str) -> Ring:
    """A shortest ring over a link of a knot, which is its first."""
    return (pred, *nx.shortest_path(nx.DiGraph(list(links)), succ, pred)[:-1])


def cuts(links: Links, tried: Links) -> Iterator[tuple[str, str]]:
    """Those of the links tried without which a knot holds no circle: they are on every one."""
    left = nx.DiGraph(list(links))
    for pred, succ in tried:
        left.remove_edge(pred, succ)
        if nx.is_directed_acyclic_graph(left):
            yield pred, succ
        left.add_edge(pred, succ)
