"""How one initiative looks on the time axis: bar, progress, float, deadline, milestone.

Every sign is a glyph before it is a colour (`planner.pages.signs` has them all); critical work is
closed at both ends besides. What lies under the bars, grid, freezes and today, is
quieter than they are.
"""

from __future__ import annotations

from datetime import date, timedelta

from rich.cells import cell_len

from planner.analysis.baseline import Was
from planner.pages.roles import side_role
from planner.pages.signs import (
    AFTER,
    ASSUMED,
    BASELINE,
    BEFORE,
    CRITICAL,
    DEADLINE,
    DONE,
    FLOAT,
    FOLDED,
    FREEZE,
    IDEA,
    MILESTONE,
    TO_DO,
    TODAY,
    WAITING,
)
from planner.plan.model import Plan
from planner.roadmap.entities import Freeze, Initiative
from planner.schedule.dates import Dates
from planner.text.visible import visible
from planner.tui.board.scale import Scale, boundaries
from planner.tui.lines.cells import BLANK, Cell
from planner.tui.shell.themes import Role, rest

DAY = timedelta(days=1)
GRID, GHOST = "┊", "·"
ROLLUP_LEFT, ROLLUP_RIGHT = "┍", "┑"
CLEAR = (" ", GRID, TODAY, FREEZE, FLOAT, GHOST)
"""What lines to other rows may cover."""
BAR = (DONE, TO_DO, CRITICAL, ASSUMED, IDEA, WAITING)


def ground(plan: Plan, scale: Scale) -> list[Cell]:
    """What lies under every row: grid lines, freezes, today. Made once for a view."""
    cells = [BLANK] * scale.width
    for cell, _ in boundaries(scale):
        cells[cell] = (GRID, "faint", None, False)
    for freeze in plan.roadmap.freezes.values():
        for cell in _frozen(freeze, scale):
            cells[cell] = (FREEZE, "freeze-mark", "freeze", False)
    now = scale.cell(plan.as_of)
    if 0 <= now < scale.width:
        cells[now] = (TODAY, "today", cells[now][2], False)
    return cells


def _frozen(freeze: Freeze, scale: Scale) -> range:
    if freeze.start is None or freeze.end is None or freeze.end < freeze.start:
        return range(0)
    left, right = scale.span(freeze.start, freeze.end)
    return range(max(0, left), min(scale.width, right + 1))


def draw(cells: list[Cell], plan: Plan, initiative: Initiative, scale: Scale) -> None:
    """Draw an initiative's bar, float and deadline over `cells`."""
    dates = plan.schedule.get(initiative.id)
    if dates is None:
        why = plan.schedule.unscheduled.get(initiative.id, "")
        _write(cells, max(0, scale.cell(plan.as_of)) + 2, visible(why), "dim")
        return
    _tail(cells, dates, scale)
    lane = plan.roadmap.portfolio_of(initiative)
    if dates.duration == 0:
        _milestone(cells, dates, scale, lane)
    else:
        _bar(cells, plan, dates, scale, lane)
    _deadline(cells, initiative, dates, scale)
    _beyond(cells, dates, scale, side_role(lane))


def extent(plan: Plan, id: str, scale: Scale) -> tuple[int, int] | None:
    """First and last cell of an initiative's bar, inside the view or not; None without dates."""
    dates = plan.schedule.get(id)
    if dates is None:
        return None
    if dates.duration == 0:
        at = scale.last_cell(dates.finish)
        return at, at
    return scale.span(dates.start, dates.finish)


def rollup(cells: list[Cell], spans: list[tuple[date, date]], scale: Scale, role: Role) -> None:
    """Draw a folded heading: one bracket from the first start to the last finish it holds."""
    if not spans:
        return
    left, right = scale.span(min(s for s, _ in spans), max(f for _, f in spans))
    for cell in range(max(0, left), min(len(cells), right + 1)):
        glyph = ROLLUP_LEFT if cell == left else ROLLUP_RIGHT if cell == right else FOLDED
        _put(cells, cell, glyph, role)


def ghost(cells: list[Cell], plan: Plan, id: str, scale: Scale) -> None:
    """Mark where an initiative stood before it was grabbed, where nothing else is drawn."""
    span = extent(plan, id, scale)
    if span is None:
        return
    for cell in range(max(0, span[0]), min(len(cells), span[1] + 1)):
        _put(cells, cell, GHOST, "dim")


def baseline(cells: list[Cell], plan: Plan, id: str, was: Was, scale: Scale) -> None:
    """Mark where an initiative was: a thin bar where nothing else is drawn, and its last cell in a
    bar that goes on further now.
    """
    if was.start is None or was.finish is None:
        return
    left, right = scale.span(was.start, was.finish)
    now = extent(plan, id, scale)
    for cell in range(max(0, left), min(len(cells), right + 1)):
        glyph, role, ground, bold = cells[cell]
        if glyph in CLEAR:
            cells[cell] = (BASELINE, "link", ground, False)
        elif glyph in BAR and now is not None and cell == right < now[1]:
            cells[cell] = (BASELINE, "strong", role, bold)


def _tail(cells: list[Cell], dates: Dates, scale: Scale) -> None:
    if not dates.total_float or dates.total_float < 0 or dates.late_finish is None:
        return
    first = scale.last_cell(dates.finish) + 1
    for cell in range(max(0, first), min(len(cells), scale.last_cell(dates.late_finish) + 1)):
        _put(cells, cell, FLOAT, "dim")


def _bar(cells: list[Cell], plan: Plan, dates: Dates, scale: Scale, lane: str | None) -> None:
    left, right = scale.span(dates.start, dates.finish)
    done, resumes = _parts(plan, dates, scale)
    glyph = IDEA if dates.idea else ASSUMED if "estimate" in dates.assumed else TO_DO
    glyph = CRITICAL if dates.critical else glyph
    for cell in range(max(0, left), min(len(cells), right + 1)):
        if dates.finished:
            _put(cells, cell, DONE, "done-bar")
        elif cell < done:
            _put(cells, cell, DONE, side_role(lane))
        elif cell < resumes:
            _put(cells, cell, WAITING, rest(lane))
        else:
            _put(cells, cell, glyph, side_role(lane) if dates.critical else rest(lane))
    if dates.critical and not dates.finished:
        for cell in (left if resumes == done else resumes, right):
            if 0 <= cell < len(cells):
                _put(cells, cell, DONE, "critical")


def _parts(plan: Plan, dates: Dates, scale: Scale) -> tuple[int, int]:
    """The first cell after what is done, and the first of what is to do: between them it waits."""
    left, right = scale.span(dates.start, dates.finish)
    if not dates.started or dates.finished:
        return left, left
    waiting = plan.schedule.waiting(dates.id)
    resumes = min(right, max(left, scale.cell(dates.remaining_start or dates.finish)))
    if waiting is None:
        return resumes, resumes
    done = left if waiting[0] <= dates.start else scale.last_cell(waiting[0] - DAY) + 1
    return min(done, resumes), resumes


def _milestone(cells: list[Cell], dates: Dates, scale: Scale, lane: str | None) -> None:
    at = scale.last_cell(dates.finish)
    if 0 <= at < len(cells):
        late = dates.critical and not dates.finished
        role: Role = "done" if dates.finished else "critical" if late else side_role(lane)
        _put(cells, at, MILESTONE, role, bold=True)


def _deadline(cells: list[Cell], initiative: Initiative, dates: Dates, scale: Scale) -> None:
    if initiative.deadline is None or dates.finished:
        return
    at = scale.last_cell(initiative.deadline)
    if 0 <= at < len(cells) and cells[at][0] != MILESTONE:
        missed = dates.finish > initiative.deadline
        _put(cells, at, DEADLINE, "critical" if missed else "strong", bold=True)


def _beyond(cells: list[Cell], dates: Dates, scale: Scale, role: Role) -> None:
    left, right = scale.span(dates.start, dates.finish)
    if right < 0:
        _put(cells, 0, BEFORE, role)
    elif left >= len(cells):
        _put(cells, len(cells) - 1, AFTER, role)


def _put(cells: list[Cell], at: int, glyph: str, role: Role, *, bold: bool = False) -> None:
    """Draw on the ground that is there."""
    cells[at] = (glyph, role, cells[at][2], bold)


def _write(cells: list[Cell], at: int, text: str, role: Role) -> None:
    if cell_len(text) != len(text):
        text = ascii(text)[1:-1]
    for cell, letter in enumerate(text[: max(0, len(cells) - at)], at):
        _put(cells, cell, letter, role)


def whole(plan: Plan) -> tuple[date, date]:
    """The days that fit has to show: the whole plan, today and deadlines where they are not far
    away, and some air, so that a bar in hand has somewhere to go.
    """
    today = plan.as_of
    first, last = plan.schedule.start or today, plan.schedule.last_day or today
    air = (last - first) / 8
    first = today if first - air <= today < first else first
    last = today if last < today <= last + air else last
    near = last + air
    deadlines = (i.deadline for i in plan.roadmap.initiatives.values() if i.deadline and i.open)
    last = max([last, *(deadline for deadline in deadlines if deadline <= near)])
    return first, last + timedelta(days=max(7, (last - first).days // 16))
