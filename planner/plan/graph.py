"""The dependency graph of a plan: that of its network, with dates, slack and how handovers stand.

`Plan.graph` makes it when first asked for and keeps it. Nothing else that a plan is made of imports
networkx, so `check`, `show` and the first paint, which don't ask for it, do without.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import networkx as nx

from planner.conflicts.context import Context
from planner.conflicts.handovers import answer
from planner.network.dependencies import ENDS, Pair, event_graph, work_graph
from planner.network.redundant import implied
from planner.schedule.dates import LinkDates


class Graph:
    """The two graphs of `planner.network.dependencies` for one plan, not to be changed.

    Nodes have the `side`, `kind` and `status` of their initiative, a start and a finish the `day`
    on which it is, an initiative both as `start` and `finish`; a day is None without dates. Edges
    have `slack` (None where a link binds nothing), `drives`, `handover`, and `state`: how far a
    handover is agreed, None where it is none. Joined links have the least slack of them, and drive
    where one of them does.
    """

    def __init__(self, context: Context) -> None:
        self._context = context

    @cached_property
    def events(self) -> nx.MultiDiGraph:
        """Starts and finishes as nodes, each link an edge with its `type` and `lag`."""
        graph = event_graph(self._context.network)
        for (id, end), facts in graph.nodes.items():
            start, finish = self._days(id)
            facts.update(self._about(id), day=start if end == "start" else finish)
        for id in self._context.network.ids:
            for place, link in enumerate(self._context.schedule.links_into(id)):
                begin, end = ENDS[link.type]
                edge = graph.get_edge_data((link.on, begin), (id, end), place)
                if edge is not None:
                    edge.update(self._handover(link), slack=link.slack, drives=link.driving)
        return graph

    @cached_property
    def initiatives(self) -> nx.DiGraph:
        """Initiatives by id in file order, with all links of a pair as one edge."""
        graph = work_graph(self._context.network)
        for id, facts in graph.nodes.items():
            start, finish = self._days(id)
            facts.update(self._about(id), start=start, finish=finish)
            for link in self._context.schedule.links_into(id):
                edge = graph.get_edge_data(link.on, id)
                if edge is not None:
                    slacks = {edge.get("slack"), link.slack} - {None}
                    drives = edge.get("drives", False) or link.driving
                    edge.update(self._handover(link), drives=drives)
                    edge["slack"] = min(slacks, default=None)
        return graph

    @cached_property
    def redundant(self) -> frozenset[Pair]:
        """The pairs whose order other links already keep (PLAN05), whatever else they say."""
        ids = self._context.network.ids
        return frozenset((ids[on], ids[succ]) for succ, on, _ in implied(self._context.network))

    def _about(self, id: str) -> dict[str, Any]:
        one = self._context.roadmap.initiatives[id]
        return {"side": self._context.sides[id], "kind": one.effective_kind, "status": one.status}

    def _days(self, id: str) -> tuple[Any, Any]:
        return self._context.schedule.span(id) or (None, None)

    def _handover(self, link: LinkDates) -> dict[str, Any]:
        """Whether a link is a handover, and how that stands; the links of a pair stand as one."""
        across = self._context.across(link.on, link.succ)
        state = answer(self._context, link.succ, link.on)[0] if across else None
        return {"handover": across, "state": state}
