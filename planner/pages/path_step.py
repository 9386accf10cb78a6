"""One step of a path in words: what it is, why it starts then, what it takes and hands over."""

from __future__ import annotations

from collections.abc import Iterable

from planner.analysis.path import Lanes
from planner.conflicts.findings import Finding
from planner.pages import path_words, why
from planner.pages.canvas import cells, shorten
from planner.pages.conflicts import put_conflicts
from planner.pages.lines import Line, Page, fitted
from planner.pages.network_facts import labelled
from planner.pages.parties import party_name, side_name
from planner.pages.roles import Role, side_role
from planner.plan.model import Plan
from planner.roadmap.output_path import PathLink, Step
from planner.text.visible import visible


def step_page(
    plan: Plan, lanes: Lanes, id: str, findings: Iterable[Finding], width: int
) -> list[Line]:
    """The step and its conflicts in lines of `width` columns; nothing where it is no step."""
    near = (step for chain in lanes.near for step in chain.steps)
    step = lanes.step(id) or next((step for step in near if step.id == id), None)
    if step is None:
        return []
    page = Page(width)
    _title(page, step)
    page.text(_standing(plan, step), "dim")
    _why(page, plan, step)
    for text in _waiting(lanes, step):
        page.labelled("bottleneck", text)
    for chain in lanes.near:
        if step in chain.steps:
            page.labelled("behind", path_words.slip(lanes, chain))
    for link in lanes.links_into(step.id):
        _link(page, "from", link.on, link, lanes)
    for link in lanes.links:
        if link.on == step.id:
            _link(page, "to", link.succ, link, lanes)
    put_conflicts(page, findings)
    return page.lines


def _title(page: Page, step: Step) -> None:
    name, title = visible(step.id), visible(step.title)
    room = page.width - cells(name) - 13
    shown = f"{shorten(title, room)}  " if title != name and room > 8 else ""
    page.line(
        (f"{name}  ", side_role(step.side)),
        (shown, "title"),
        ("critical" if step.critical else "", "critical"),
    )


def _standing(plan: Plan, step: Step) -> str:
    parts = [
        side_name(plan, step.side),
        party_name(plan, step.owner) if step.owner else "no owner",
        path_words.length(step),
        path_words.days(step, plan.as_of),
        path_words.floats(step),
    ]
    return " · ".join(part for part in parts if part)


def _why(page: Page, plan: Plan, step: Step) -> None:
    dates = plan.schedule.get(step.id)
    driven = why.driven_by(plan, dates) if dates is not None else [why.no_dates(plan, step.id)]
    labelled(page, why.DRIVEN_BY, driven)


def _waiting(lanes: Lanes, step: Step) -> list[str]:
    """What waits for the step where much does; of the target, for each bottleneck before it."""
    if step.id == lanes.target:
        return path_words.bottlenecks(lanes)
    mine = (one for one in lanes.bottlenecks if one.id == step.id)
    return [path_words.bottleneck(lanes.title, one.id, one) for one in mine]


def _link(page: Page, label: str, other: str, link: PathLink, lanes: Lanes) -> None:
    step, name = lanes.step(other), visible(other)
    said = path_words.handover(link, lanes.as_of) if link.crosses else path_words.ties(link)
    role: Role = path_words.state_role(link) if link.crosses else "dim"
    page.line(
        (fitted(label, page.label), "dim"),
        (name, side_role(step.side if step else "")),
        (shorten(f"  {said}" if said else "", page.width - page.label - cells(name)), role),
    )
