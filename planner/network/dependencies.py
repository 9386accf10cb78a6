"""The dependency graph as networkx has it, and the questions that are asked of it.

The schedule and `check` work on the arrays of `planner.network.graph`; everything else that walks
links does it here. Importing networkx costs 100 ms, so this module is imported when a question is
first asked, and never before the first paint.

Two graphs hold the same links. `event_graph` is a `MultiDiGraph` of starts and finishes, in which
the four link types are one thing: an edge from an end to an end. `work_graph` is the `DiGraph` of
initiatives with all links of a pair as one edge, since several algorithms take no multigraph.
Dropped work is in neither; finished work is. The questions take the second.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import islice
from typing import Literal

import networkx as nx
from msgspec import Struct

from planner.network.graph import DROPPED, Network
from planner.roadmap.quantities import LinkType, length_days

End = Literal["start", "finish"]
Pair = tuple[str, str]
"""(predecessor, successor)."""

ENDS: dict[LinkType, tuple[End, End]] = {
    "FS": ("finish", "start"),
    "SS": ("start", "start"),
    "FF": ("finish", "finish"),
    "SF": ("start", "finish"),
}

LEAST_WAITING, LEAST_SHARE = 3, 1 / 3
"""A bottleneck holds at least so many initiatives, and at least so much of all that are open."""

MOST_WAYS = 1_000
"""So many ways to a launch are compared; of more, the first found are."""


def event_graph(network: Network) -> nx.MultiDiGraph:
    """Starts and finishes as nodes ``(id, "start")`` and ``(id, "finish")``, links as edges.

    The key of an edge is the place of its link in `needs`; it has a `type`, and a `lag` in days of
    the roadmap's calendar. The edge from the start to the finish of one initiative has the type
    ``work``.
    """
    graph = nx.MultiDiGraph()
    for id in _undropped(network):
        graph.add_edge((id, "start"), (id, "finish"), type="work")
    for id in _undropped(network):
        for place, need in enumerate(network.initiatives[network.index[id]].needs):
            begin, end = ENDS[need.type]
            if (need.on, begin) in graph:
                lag = 0 if need.lag is None else length_days(need.lag, network.week)
                graph.add_edge((need.on, begin), (id, end), key=place, type=need.type, lag=lag)
    return graph


def work_graph(network: Network) -> nx.DiGraph:
    """Initiatives by id in file order, with one edge for each pair; its `links` are the pair's."""
    graph = nx.DiGraph()
    graph.add_nodes_from(_undropped(network))
    for id in network.ids:
        for link in network.links_into(id):
            if graph.has_edge(link.pred, id):
                graph.edges[link.pred, id]["links"].append(link)
            else:
                graph.add_edge(link.pred, id, links=[link])
    return graph


def _undropped(network: Network) -> Iterator[str]:
    pairs = zip(network.ids, network.standing, strict=True)
    return (id for id, standing in pairs if standing != DROPPED)


# --- what waits for what --------------------------------------------------------------------------


class Hanging(Struct, frozen=True):
    """What waits for an initiative, each in the order of the graph: its successors at any distance,
    the launches among them, and the handovers from it or from one of them.
    """

    initiatives: tuple[str, ...]
    launches: tuple[str, ...]
    handovers: tuple[Pair, ...]


def hanging_on(
    graph: nx.DiGraph, id: str, launches: Collection[str], crossing: Collection[Pair]
) -> Hanging:
    """What waits for `id`; `crossing` are the handovers of the plan."""
    if id not in graph:
        return Hanging((), (), ())
    later = nx.descendants(graph, id) - {id}
    return Hanging(
        tuple(one for one in graph if one in later),
        tuple(one for one in graph if one in later and one in launches),
        tuple(pair for pair in crossing if pair[0] == id or pair[0] in later),
    )


class Bottleneck(Struct, frozen=True):
    """`waiting` of the `among` other open initiatives before a launch wait for `id`."""

    id: str
    waiting: int
    among: int


def bottlenecks(
    graph: nx.DiGraph, launch: str, critical: Collection[str], open_: Collection[str]
) -> tuple[Bottleneck, ...]:
    """What much of the open work before a launch waits for, of its critical path, the most first.

    It is `ancestors` of the launch ∩ `descendants` of each; dominators find nothing where work has
    several starts.
    """
    if launch not in graph:
        return ()
    earlier = (nx.ancestors(graph, launch) - {launch}).intersection(open_)
    found = []
    for id in critical:
        if id in earlier:
            waiting = len((nx.descendants(graph, id) - {id}) & earlier)
            among = len(earlier) - 1
            if waiting >= LEAST_WAITING and waiting >= LEAST_SHARE * among:
                found.append(Bottleneck(id, waiting, among))
    return tuple(sorted(found, key=lambda one: (-one.waiting, one.id)))


class Freeing(Struct, frozen=True):
    """The open handovers before a launch: when all of these are agreed, none is open any more."""

    launch: str
    handovers: tuple[Pair, ...]


def freeing(
    graph: nx.DiGraph, launches: Collection[str], open_handovers: Collection[Pair]
) -> tuple[Freeing, ...]:
    """Which agreements free which launch, the launch that needs fewest first; none that needs none.

    `open_handovers` are those that are not agreed.
    """
    found = []
    for launch in launches:
        if launch in graph:
            reached = nx.ancestors(graph, launch) | {launch}
            pairs = tuple(pair for pair in open_handovers if pair[1] in reached)
            if pairs:
                found.append(Freeing(launch, pairs))
    return tuple(sorted(found, key=lambda one: len(one.handovers)))


# --- ways ----------------------------------------------------------------------------------------


def ways(
    graph: nx.DiGraph, target: str, slack: Mapping[Pair, float], most: int
) -> tuple[tuple[str, ...], ...]:
    """The ways to `target` from what waits for nothing, those with the least slack first.

    Ways of equal slack come in the order of the graph. `slack` has what each edge could slip;
    an edge without one (of finished work, or on a circle) is not followed.
    """
    if target not in graph:
        return ()
    earlier = nx.ancestors(graph, target) | {target}
    known = nx.DiGraph()
    known.add_nodes_from(one for one in graph if one in earlier)
    known.add_weighted_edges_from(
        (pred, succ, max(0, slack[pred, succ]))
        for pred, succ in graph.subgraph(earlier).edges
        if (pred, succ) in slack
    )
    starts = [one for one in known if not known.in_degree(one) and one != target]
    source = object()
    known.add_weighted_edges_from((source, start, 0) for start in starts)
    if not starts:
        return ((target,),)
    found = nx.shortest_simple_paths(known, source, target, weight="weight")
    return tuple(tuple(way[1:]) for way in islice(found, min(most, MOST_WAYS)))


def nearest(
    graph: nx.DiGraph,
    target: str,
    slack: Callable[[str, str], float | None],
    limit: float,
    most: int,
) -> dict[str, tuple[float, str]]:
    """The predecessors at any distance within `limit` of `target`: (least slack, next one on).

    `slack` is what a pair could slip, None where it is not followed. At most `most` are found, the
    closest first.
    """
    reverse = graph.reverse(copy=False)
    found: dict[str, tuple[float, str]] = {target: (0, target)}

    def weight(succ: str, pred: str, _edge: object) -> float | None:
        return slack(pred, succ)

    lengths, paths = nx.single_source_dijkstra(reverse, target, cutoff=limit, weight=weight)
    for id, length in islice(lengths.items(), most):
        found[id] = (length, paths[id][-2] if len(paths[id]) > 1 else target)
    return found


# --- a part of it, in layers ----------------------------------------------------------------------


def layers(graph: nx.DiGraph, ids: Collection[str]) -> tuple[tuple[str, ...], ...]:
    """`ids` in generations, each after all of them that it waits for; circles stand in one.

    Within a generation they come in the order of the graph.
    """
    part = graph.subgraph(ids)
    condensed = nx.condensation(part)
    place = {id: number for number, id in enumerate(graph)}
    return tuple(
        tuple(
            sorted(
                (one for knot in generation for one in condensed.nodes[knot]["members"]),
                key=place.__getitem__,
            )
        )
        for generation in nx.topological_generations(condensed)
    )
