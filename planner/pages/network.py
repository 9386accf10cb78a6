"""The page of the dependency graph around an initiative: heading, drawing, and facts below it.

`planner network` prints it whole; the Network view shows the same parts.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from planner.conflicts.findings import Finding
from planner.pages import signs
from planner.pages.canvas import Run, cells, shorten
from planner.pages.lines import Line, Page, Piece, cut, fitted
from planner.pages.network_drawing import Picture
from planner.pages.network_facts import about
from planner.pages.roles import Role, side_role
from planner.plan.model import Plan
from planner.roadmap.figures import count
from planner.roadmap.output_network import HangingRow
from planner.text.visible import visible

if TYPE_CHECKING:
    from planner.analysis.network import Around

WIDE = 100
"""From so many columns on words are whole."""
STEPS = ((180, 5), (100, 3), (0, 2))
"""From which width on how many steps are shown where nobody asks for others: the odd one after."""


def steps_at(width: int) -> int:
    """How many steps are shown before and after together, where nobody asks for others."""
    return next(steps for least, steps in STEPS if width >= least)


def rows_in(height: int) -> int:
    """How many initiatives a column of this height has room for."""
    return max(1, (height + 1) // 3)


def heading(around: Around, picture: Picture, width: int, *, filtered: bool = False) -> Line:
    """``Network · around customer-sso · 1 step before, 1 after · 6 of 38 shown``, as far as it
    has room; then, where there still is some, what the filter does.
    """
    center = around.nodes[around.center]
    before, after = picture.middle, len(picture.columns) - 1 - picture.middle
    shown = f"{picture.shown} of {around.total}"
    parts = (
        (f"{_steps(before)} before, {_steps(after)} after", f"{shown} initiatives shown"),
        (f"{_steps(before)} before, {after or 'none'} after", f"{shown} shown"),
        (f"{before or 'none'} before, {after or 'none'} after", f"{shown}"),
    )
    rest: Line = ((" · ", "faint"), ("filter dims the rest", "warning")) if filtered else ()
    for after_it in (rest, ()):
        for title in ("Network", ""):
            for steps, shown in parts:
                line = _dotted(title, visible(center.id), side_role(center.side), steps, shown)
                if sum(cells(text) for text, _ in (*line, *after_it)) <= width:
                    return (*line, *after_it)
    return line


def _steps(number: int) -> str:
    return count(number, "step") if number else "none"


def _dotted(title: str, id: str, role: Role, *parts: str) -> Line:
    line: list[Piece] = [(title, "title"), (" · ", "faint")] if title else []
    line += [("around ", "dim"), (id, role)]
    for part in parts:
        line += [(" · ", "faint"), (part, "dim")]
    return tuple(line)


def heads(picture: Picture, width: int, middle: str = "selected") -> str:
    """``1 step before``, ``selected``, ``2 steps after``: over the column of each."""
    line = ""
    for number, left in enumerate(picture.lefts):
        end = picture.lefts[number + 1] if number + 1 < len(picture.lefts) else width
        distance = number - picture.middle
        size, where = abs(distance), "before" if distance < 0 else "after"
        words = count(size, "step") if width >= WIDE else str(size)
        text = f"{words} {where}" if distance else middle
        line = fitted(line, left) + shorten(text, max(0, end - left - 1))
    return line


def unseen(around: Around, picture: Picture, id: str, *, after: bool) -> str:
    """Why there is no line to follow from a node: nothing is there, or it is not shown."""
    node, name = around.nodes[id], visible(id)
    ends = [
        (link.on, link.succ) for link in around.links if (link.on, link.succ) not in picture.links
    ]
    hidden = node.after if after else node.before
    hidden += sum(pair[0 if after else 1] == id for pair in ends)
    what = "successor" if after else "predecessor"
    if not hidden:
        return f"{name} has no {what}s"
    verb = "is" if hidden == 1 else "are"
    return f"{count(hidden, what)} of {name} {verb} not shown: . centres it"


def no_more_steps(around: Around, picture: Picture) -> str:
    """Why one more step shows nothing more; empty where it may."""
    columns = {node.column for node in around.nodes.values()}
    if len(columns) > len(picture.columns):
        return "No room for more steps at this width"
    if max(columns) < around.after and -min(columns) < around.before:
        return "No more steps: nothing is further away"
    return ""


def none_page(width: int) -> list[Line]:
    """How to begin where there is no initiative that is not dropped."""
    page = Page(width)
    page.text("No dependencies yet", "title")
    page.text("Initiatives and their dependencies stand here as soon as there are some:")
    page.labelled("a", "adds an initiative (`planner add ID`)", label_role="key")
    page.labelled("d", "adds a dependency (`planner link PREDECESSOR SUCCESSOR`)", label_role="key")
    return page.lines


def network_page(
    plan: Plan,
    around: Around,
    picture: Picture,
    hanging: HangingRow,
    findings: Iterable[Finding],
    width: int,
) -> list[Line]:
    """Heading, drawing and facts, as `planner network` prints them."""
    drawn = [_drawn(row, around.center) for row in picture.drawing.rows]
    return [
        cut(heading(around, picture, width), width),
        ((heads(picture, width), "dim"),),
        *_trimmed(drawn),
        (),
        *about(plan, around.center, hanging, findings, width),
    ]


def _drawn(row: tuple[Run, ...], center: str) -> Line:
    """A row of the drawing, the center marked."""
    return tuple((marked(run, center), "text") for run in row)


def marked(run: Run, id: str | None) -> str:
    """The text of a run, with the cursor before the initiative that is marked."""
    first = run.tone == "today" and run.step == id and id is not None
    return signs.CURSOR if first else run.text


def _trimmed(lines: list[Line]) -> list[Line]:
    """Without blank lines at the ends, but for one at each."""
    full = [at for at, line in enumerate(lines) if any(text.strip() for text, _ in line)]
    return [(), *lines[full[0] : full[-1] + 1]] if full else []
