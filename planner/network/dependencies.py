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

from collections.abc import Callable, Collection, Iterator
from itertools import compress, islice
from typing import Literal

import networkx as nx
from msgspec import Struct

from planner.network.graph import DROPPED, Network
from planner.roadmap.output_agreements import Freeing
from planner.roadmap.output_path import Bottleneck
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

MOST_HANDOVERS = 100
"""So many open handovers before a launch are listed: in a large plan there may be thousands."""


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


def freeing(
    graph: nx.DiGraph, launches: Collection[str], open_handovers: Collection[Pair]
) -> tuple[Freeing, ...]:
    """Which agreements free which launch, the launch that needs fewest first; none that needs none.

    `open_handovers` are those that are not agreed. They go down the graph together, a bit for each,
    since there may be a thousand launches; what is on a circle waits for all that leads into it.
    """
    knots = nx.condensation(graph)
    knot_of, held = knots.graph["mapping"], dict.fromkeys(knots, 0)
    for place, (_, succ) in enumerate(open_handovers):
        held[knot_of[succ]] |= 1 << place
    for knot in nx.topological_sort(knots):
        for after in knots.successors(knot):
            held[after] |= held[knot]
    found = []
    for launch in launches:
        bits = held[knot_of[launch]] if launch in graph else 0
        if bits:
            pairs = compress(open_handovers, map(int, reversed(f"{bits:b}")))
            found.append(Freeing(launch, bits.bit_count(), tuple(islice(pairs, MOST_HANDOVERS))))
    return tuple(sorted(found, key=lambda one: one.number))


# --- ways ----------------------------------------------------------------------------------------


class Way(Struct, frozen=True):
    """A way into a path: `steps` are neither on it nor on a nearer way, and lead to `joins`.

    `slack` is the least that the links from its last step to the target have in all.
    """

    steps: tuple[str, ...]
    joins: str
    slack: float


def ways(
    graph: nx.DiGraph,
    path: Collection[str],
    target: str,
    slack: Callable[[str, str], float | None],
    *,
    most: int,
    limit: float | None = None,
) -> tuple[Way, ...]:
    """The ways to `target` beside its `path`, those with the least slack first.

    Of `shortest_simple_paths` over slack they are the ones that lead over an initiative which no
    way before them does: where work runs side by side the others tell nothing new, and there are
    too many of them. A way begins where none of its predecessors leaves it no slack. `slack` is
    what a pair could slip, None where it is not followed; nothing beyond `limit` is.
    """

    def weight(succ: str, pred: str, _edge: object) -> float | None:
        return slack(pred, succ)

    reverse = graph.reverse(copy=False)
    onward, length = nx.dijkstra_predecessor_and_distance(reverse, target, limit, weight)
    told = {*path, target}
    found: list[Way] = []
    for id in length:  # in the order of their slack
        if len(found) == most:
            break
        if id not in told:
            steps, first = [], id
            while first:
                steps.append(first)
                told.add(first)
                before = (one for one in graph.predecessors(first) if one not in told)
                first = next((one for one in before if slack(one, first) == 0), "")
            found.append(Way(tuple(steps[::-1]), onward[id][0], length[id]))
    return tuple(found)


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
