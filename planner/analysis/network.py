"""The dependency graph around one initiative, as the Network view and `planner network` show it.

What is shown are the initiatives within some links before and after the one in the middle, in
columns: the longest way along what is shown, so that links run from left to right. Around a hub
only as many as have room are looked at closely. Text is as the file has it, days are inclusive,
floats and slacks are working days.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from math import inf
from operator import itemgetter

import networkx as nx
from msgspec import Struct

from planner.analysis.raci import slipped
from planner.network.dependencies import bottlenecks, hanging_on, layers
from planner.plan.model import Plan
from planner.roadmap.output import SCHEMA
from planner.roadmap.output_network import (
    BottleneckRow,
    HandoverState,
    HangingRow,
    LinkRow,
    NetworkShown,
    NodeRow,
)
from planner.roadmap.quantities import format_tie

SETTLED: frozenset[HandoverState] = frozenset(("agreed", "delivered"))
"""How a handover stands that nobody has to agree to any more."""
MOST_LAUNCHES = 5
"""For so many launches an initiative is held against the rest of their work: the main one first."""


class Around(Struct, frozen=True, kw_only=True):
    """The graph within `before` links before and `after` links after `center`.

    `nodes` come by column, within one the most important first. `left_out` are those for which
    there was no room, by the number of links between (below 0 before `center`), in the same order.
    """

    center: str
    before: int
    after: int
    nodes: dict[str, NodeRow]
    links: tuple[LinkRow, ...]
    left_out: dict[int, tuple[str, ...]]
    total: int
    launches: int
    """How many launches wait for `center`."""


def center_of(plan: Plan) -> str | None:
    """Where the graph is shown first: the main launch, else the first with most links; None where
    there is no initiative, or all are dropped.
    """
    graph = plan.graph.initiatives
    if plan.schedule.main_launch in graph:
        return plan.schedule.main_launch
    return max(graph, key=graph.degree, default=None)


def steps_around(plan: Plan, center: str, steps: int) -> tuple[int, int]:
    """Of so many steps those before and those after: the odd one after; all of them on one side
    where there is nothing on the other.
    """
    graph = plan.graph.initiatives
    before, after = steps // 2, steps - steps // 2
    if not graph.succ[center]:
        return steps, after
    return (before, after) if graph.pred[center] else (before, steps)


def around(
    plan: Plan,
    center: str,
    before: int,
    after: int,
    most: int | None = None,
    first: Mapping[int, str] | None = None,
) -> Around:
    """What is within `before` links before and `after` links after an initiative.

    At most `most` at each distance, the most important first; `first` says for a distance with
    which one to begin instead. Raises KeyError for one that is not there or is dropped.
    """
    graph = plan.graph.initiatives
    if center not in graph:
        raise KeyError(center)
    left_out: dict[int, tuple[str, ...]] = {}
    shown = {center: None}
    for direction, steps in ((-1, before), (1, after)):
        edge, known = [center], {center}
        for step in range(direction, direction * (steps + 1), direction):
            ranked = _beside(plan, edge, direction, known)
            at = ranked.index(first[step]) if first and first.get(step) in ranked else 0
            ranked = ranked[at:] + ranked[:at]
            edge = ranked[:most]
            if len(ranked) > len(edge):
                left_out[step] = tuple(ranked[len(edge) :])
            known.update(ranked)
            shown.update(dict.fromkeys(edge))
    columns = _columns(graph, center, shown)
    return Around(
        center=center,
        before=before,
        after=after,
        nodes={id: _node(plan, id, column, shown) for id, column in columns.items()},
        links=tuple(_links(plan, columns)),
        left_out=left_out,
        total=graph.number_of_nodes(),
        launches=len(nx.descendants(graph, center).intersection(plan.schedule.launches)),
    )


def hanging(plan: Plan, id: str) -> HangingRow:
    """What waits for an initiative at any distance; nothing where it is dropped."""
    graph = plan.graph.initiatives
    crossing = [(on, succ) for on, succ, across in graph.edges(data="handover") if across]
    found = hanging_on(graph, id, plan.schedule.launches, crossing)
    main = plan.schedule.main_launch
    launches = sorted(found.launches, key=lambda launch: launch != main)
    return HangingRow(
        before=len(nx.ancestors(graph, id)) if id in graph else 0,
        initiatives=found.initiatives,
        launches=found.launches,
        handovers=found.handovers,
        not_agreed=sum(_state(plan, *pair) not in SETTLED for pair in found.handovers),
        bottlenecks=tuple(_bottlenecks(plan, id, launches[:MOST_LAUNCHES])),
        delay_cost=_delay_cost(plan, id),
    )


def network_shown(plan: Plan, center: str, before: int, after: int) -> NetworkShown:
    """All of it as `network --json` prints it."""
    found = around(plan, center, before, after)
    return NetworkShown(
        schema=SCHEMA,
        title=plan.roadmap.title,
        as_of=plan.as_of,
        center=center,
        before=before,
        after=after,
        total=found.total,
        nodes=tuple(found.nodes.values()),
        links=found.links,
        hanging=hanging(plan, center),
    )


# --- parts ----------------------------------------------------------------------------------------


def _beside(plan: Plan, edge: Iterable[str], direction: int, known: Collection[str]) -> list[str]:
    """The neighbours of `edge` that are not known yet: critical ones first, then what drives, each
    by slack.
    """
    graph, critical = plan.graph.initiatives, {*plan.schedule.critical}
    weights: dict[str, tuple[bool, bool, float]] = {}
    for id in edge:
        links = graph.succ[id] if direction > 0 else graph.pred[id]
        for other, link in links.items():
            if other not in known:
                slack = inf if link["slack"] is None else link["slack"]
                drives = link["drives"]
                weight = (not drives or other not in critical, not drives, slack)
                weights[other] = min(weight, weights.get(other, weight))
    return sorted(weights, key=weights.__getitem__)


def _columns(graph: nx.DiGraph, center: str, shown: Collection[str]) -> dict[str, int]:
    """The column of each initiative: those on a circle with `center` stand in its own."""
    part = graph.subgraph(shown)
    later, earlier = nx.descendants(part, center), nx.ancestors(part, center)
    knot = {center, *(later & earlier)}
    found = {id: 0 for id in part if id in knot}
    for ids, of, direction in ((later, part, 1), (earlier, part.reverse(copy=False), -1)):
        for number, layer in enumerate(layers(of, (ids - knot) | knot)):
            found |= {id: direction * number for id in layer if id not in knot}
    return dict(sorted(((id, found[id]) for id in shown), key=itemgetter(1)))


def _node(plan: Plan, id: str, column: int, shown: Collection[str]) -> NodeRow:
    graph, one, dates = plan.graph.initiatives, plan.roadmap.initiatives[id], plan.schedule.get(id)
    return NodeRow(
        id=id,
        title=one.label,
        side=plan.roadmap.portfolio_of(one),
        status=one.status,
        finish=dates.finish if dates else None,
        total_float=dates.total_float if dates else None,
        critical=_critical(plan, id),
        launch=id in plan.schedule.launches,
        column=column,
        before=sum(on not in shown for on in graph.pred[id]),
        after=sum(succ not in shown for succ in graph.succ[id]),
    )


def _links(plan: Plan, shown: Collection[str]) -> Iterator[LinkRow]:
    graph = plan.graph.initiatives
    pairs = [(on, succ) for succ in shown for on in graph.pred[succ] if on in shown]
    for on, succ in pairs:
        link = graph.edges[on, succ]
        critical = link["drives"] and _critical(plan, on) and _critical(plan, succ)
        yield LinkRow(
            on=on,
            succ=succ,
            ties=tuple(tie for each in link["links"] if (tie := format_tie(each.need))),
            slack=link["slack"],
            driving=link["drives"],
            critical=critical,
            redundant=not link["drives"] and (on, succ) in plan.graph.redundant,
            state=_state(plan, on, succ) if link["handover"] else None,
        )


def _critical(plan: Plan, id: str) -> bool:
    dates = plan.schedule.get(id)
    return dates is not None and dates.critical and not dates.finished


def _state(plan: Plan, on: str, succ: str) -> HandoverState:
    dates = plan.schedule.get(on)
    if dates is not None and dates.finished:
        return "delivered"
    state: HandoverState = plan.graph.initiatives.edges[on, succ]["state"]
    return state


def _bottlenecks(plan: Plan, id: str, launches: Iterable[str]) -> Iterator[BottleneckRow]:
    """The launches of which it is one; on their critical path alone."""
    open_ = {one for one in plan.graph.initiatives if plan.roadmap.initiatives[one].open}
    for launch in launches:
        if id in plan.schedule.path_to(launch):
            for one in bottlenecks(plan.graph.initiatives, launch, (id,), open_):
                yield BottleneckRow(launch=launch, waiting=one.waiting, among=one.among)


def _delay_cost(plan: Plan, id: str) -> float | None:
    """From a run of the whole plan with a later finish."""
    if not any(outcome.value for outcome in plan.roadmap.outcomes.values()):
        return None
    slip = slipped(plan, id, 1)
    return None if slip is None else slip.cost
