"""DOT: the dependencies as Graphviz draws them, a box for each side.

Names of nodes are made, labels are quoted. What drives a date is bold, a handover between two sides
dashed, what is critical red.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from planner.exchange.own_sheets import links_outside
from planner.exchange.sheets.guard import printable
from planner.plan.model import Plan
from planner.roadmap.figures import date_range
from planner.roadmap.quantities import format_tie
from planner.roadmap.sides import LANES, in_order
from planner.schedule.dates import Dates, LinkDates


def export(plan: Plan, ids: Sequence[str]) -> bytes:
    """The graph of these initiatives."""
    return "".join(f"{line}\n" for line in _lines(plan, ids)).encode()


def left_out(plan: Plan, ids: Sequence[str]) -> Mapping[str, int]:
    """Links that lead out of it."""
    return {"links to other initiatives": links_outside(plan, ids)}


def _lines(plan: Plan, ids: Sequence[str]) -> Iterator[str]:
    names = {id: f"n{number}" for number, id in enumerate(ids, 1)}
    yield "digraph roadmap {"
    yield f"  graph [rankdir=LR, fontname=sans, label={_quoted(plan.roadmap.title)}]"
    yield "  node [shape=box, style=rounded, fontname=sans]"
    yield "  edge [fontname=sans, fontsize=10]"
    for number, (side, mine) in enumerate(_by_side(plan, ids).items(), 1):
        yield f"  subgraph cluster_{number} {{"
        yield f"    label={_quoted(plan.roadmap.side_title(side))}"
        yield from (f"    {names[id]} {_node(plan, id)}" for id in mine)
        yield "  }"
    for id in ids:
        for link in plan.schedule.links_into(id):
            if link.on in names:
                yield f"  {names[link.on]} -> {names[id]}{_edge(plan, link)}"
    yield "}"


def _by_side(plan: Plan, ids: Sequence[str]) -> Mapping[str, list[str]]:
    sides = {id: plan.roadmap.portfolio_of(plan.roadmap.initiatives[id]) or "" for id in ids}
    order = in_order(sides.values(), LANES)
    return {side: [id for id in ids if sides[id] == side] for side in order}


def _node(plan: Plan, id: str) -> str:
    initiative, dates = plan.roadmap.initiatives[id], plan.schedule.get(id)
    days = "no dates" if dates is None else date_range(dates.start, dates.finish, plan.as_of)
    terms = [f"label={_quoted(initiative.short or initiative.label, days)}"]
    terms += ["shape=diamond"] if initiative.is_milestone else []
    return f"[{', '.join((*terms, *_looks(dates)))}]"


def _looks(dates: Dates | None) -> Iterator[str]:
    if dates is None or dates.idea:
        yield 'style="rounded,dashed"'
    elif dates.finished:
        yield "color=gray50, fontcolor=gray50"
    elif dates.critical:
        yield "color=red3, penwidth=2"


def _edge(plan: Plan, link: LinkDates) -> str:
    tie = format_tie(link.need)
    terms = [f"label={_quoted(tie)}"] if tie else []
    terms += ["style=dashed"] if plan.context.across(link.on, link.succ) else []
    terms += ["penwidth=2"] if link.driving else []
    return f" [{', '.join(terms)}]" if terms else ""


def _quoted(*lines: str) -> str:
    """Lines of text in quotes, in which nothing is Graphviz's: no end, no escape, no entity."""
    shown = (" ".join(printable(line).split()) for line in lines)
    escaped = (
        line.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"') for line in shown
    )
    joined = "\\n".join(escaped)
    return f'"{joined}"'
