"""One step of a path in words: what it is, why it starts then, what it takes and hands over."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

from planner.analysis.path import Lanes, NearPath, PathLink, Step
from planner.conflicts.findings import SEVERITY_MARKS
from planner.pages import path_words, why
from planner.pages.canvas import wrap
from planner.pages.conflicts import SEVERITY_ROLES
from planner.pages.lines import Page
from planner.pages.parties import party_name, side_name
from planner.pages.roles import side_role
from planner.plan.model import Plan
from planner.text.visible import visible
from planner.tui.board.details_text import findings_on
from planner.tui.lines.cells import fitted
from planner.tui.lines.pages import Explained, Line, coloured_line
from planner.tui.shell.checking import known
from planner.tui.shell.themes import Role

LABEL, CODE = 11, 10
"""Columns of the words at the left."""


def step_explained(plan: Plan, lanes: Lanes, id: str, width: int) -> Explained:
    """The step in lines of at most `width` columns; nothing where it is no step."""
    step = _find(lanes, id)
    if step is None:
        return Explained((), ())
    lines = [_title(step, width), _standing(plan, step), *_why(plan, step, width)]
    lines += [_behind(lanes, chain) for chain in lanes.near if step in chain.steps]
    lines += _links(lanes, step, width)
    lines += _found(plan, step, width)
    return Explained(tuple(lines), ())


def _find(lanes: Lanes, id: str) -> Step | None:
    near = (step for chain in lanes.near for step in chain.steps)
    return lanes.step(id) or next((step for step in near if step.id == id), None)


def _title(step: Step, width: int) -> Line:
    name, title = visible(step.id), visible(step.title)
    room = width - cell_len(name) - 13
    line: Line = [(f"{name}  ", (side_role(step.side), None, True))]
    if title != name and room > 8:
        line.append((fitted(title, min(room, cell_len(title))) + "  ", ("strong", None, False)))
    if step.critical:
        line.append(("critical", ("critical", None, False)))
    return line


def _standing(plan: Plan, step: Step) -> Line:
    parts = [
        side_name(plan, step.side),
        party_name(plan, step.owner) if step.owner else "no owner",
        path_words.length(step),
        path_words.days(step, plan.as_of),
        path_words.floats(step),
    ]
    return [(" · ".join(part for part in parts if part), ("dim", None, False))]


def _why(plan: Plan, step: Step, width: int) -> Iterator[Line]:
    dates = plan.schedule.get(step.id)
    page = Page(width - LABEL)
    page.flow(why.driven_by(plan, dates) if dates is not None else [why.no_dates(plan, step.id)])
    for at, line in enumerate(page.lines):
        yield [_label("" if at else why.DRIVEN_BY), *coloured_line(line)]


def _behind(lanes: Lanes, chain: NearPath) -> Line:
    last = visible(chain.steps[-1].id)
    text = f"{last} can slip {chain.margin}d before {visible(lanes.title)} moves"
    return [_label("behind"), (text, ("text", None, False))]


def _found(plan: Plan, step: Step, width: int) -> Iterator[Line]:
    """Its conflicts, whole; none while a large plan is still being checked."""
    lead = LABEL + CODE
    for finding in findings_on(plan, step.id) if known(plan) else ():
        mark = SEVERITY_MARKS[finding.severity]
        first, *more = wrap(visible(finding.message), max(20, width - lead))
        yield [
            (f"{'':<{LABEL - 2}}{mark} ", (SEVERITY_ROLES[finding.severity], None, True)),
            (f"{finding.code:<{CODE}}", ("dim", None, False)),
            (first, ("text", None, False)),
        ]
        for line in more:
            yield [(f"{'':<{lead}}{line}", ("text", None, False))]


def _links(lanes: Lanes, step: Step, width: int) -> Iterator[Line]:
    for link in lanes.links:
        if link.succ == step.id:
            yield _link("from", link.on, link, lanes, width)
    for link in lanes.links:
        if link.on == step.id:
            yield _link("to", link.succ, link, lanes, width)


def _link(label: str, other: str, link: PathLink, lanes: Lanes, width: int) -> Line:
    step = lanes.step(other)
    line: Line = [
        _label(label),
        (visible(other), (side_role(step.side if step else ""), None, True)),
    ]
    said = path_words.handover(link, lanes.as_of) if link.crosses else path_words.ties(link)
    if said:
        room = max(0, width - LABEL - cell_len(visible(other)) - 2)
        role = _STATES[path_words.state_tone(link)] if link.crosses else "dim"
        line.append(("  " + fitted(said, min(room, cell_len(said))), (role, None, False)))
    return line


_STATES: dict[str, Role] = {"good": "good", "ask": "warning", "bad": "critical"}


def _label(text: str) -> tuple[str, tuple[Role, None, bool]]:
    return f"{text:<{LABEL}}", ("dim", None, False)
