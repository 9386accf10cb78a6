"""GraphML: the dependencies as programs for graphs read them, with what the plan says of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from planner.exchange.own_sheets import links_outside
from planner.exchange.sheets.guard import printable
from planner.plan.model import Plan
from planner.schedule.dates import LinkDates


def export(plan: Plan, ids: Sequence[str]) -> bytes:
    """The graph of these initiatives: a node for each, by its id, and an edge for each link."""
    import networkx as nx  # 100 ms

    graph = nx.MultiDiGraph(title=printable(plan.roadmap.title), as_of=plan.as_of.isoformat())
    for id in ids:
        graph.add_node(id, **_said(_node(plan, id)))
    for id in ids:
        for link in plan.schedule.links_into(id):
            if link.on in graph:
                graph.add_edge(link.on, id, **_said(_edge(plan, link)))
    written = BytesIO()
    nx.write_graphml_xml(graph, written, named_key_ids=True)
    return written.getvalue()


def left_out(plan: Plan, ids: Sequence[str]) -> Mapping[str, int]:
    """Links that lead out of it."""
    return {"links to other initiatives": links_outside(plan, ids)}


def _node(plan: Plan, id: str) -> Mapping[str, Any]:
    initiative, dates = plan.roadmap.initiatives[id], plan.schedule.get(id)
    found: dict[str, Any] = {
        "title": initiative.label,
        "side": plan.roadmap.portfolio_of(initiative),
        "owner": initiative.accountable,
        "kind": initiative.effective_kind,
        "status": initiative.status,
        "group": initiative.part_of,
        "deadline": initiative.deadline,
    }
    if dates is not None:
        names = ("start", "finish", "duration", "total_float", "free_float", "critical")
        found |= {name: getattr(dates, name) for name in names}
    return found


def _edge(plan: Plan, link: LinkDates) -> Mapping[str, Any]:
    return {
        "type": link.type,
        "lag": link.lag,
        "slack": link.slack,
        "driving": link.driving,
        "handover": plan.context.across(link.on, link.succ),
        "delivers": link.need.delivers,
    }


def _said(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What is known, with types that the format has: days are text, as ISO writes them."""
    return {
        name: value if isinstance(value, (bool, int, float)) else printable(str(value))
        for name, value in facts.items()
        if value is not None
    }
