"""The line over the board: names of columns, and the months, weeks or quarters of the time axis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from rich.cells import cell_len
from textual.strip import Strip

from planner.pages.columns import heading
from planner.plan.model import Plan
from planner.roadmap.figures import date_text
from planner.text.visible import visible
from planner.tui.board.bars import ground
from planner.tui.board.columns import GAP, MARGIN, Column
from planner.tui.board.pointer import Pointed, Pointer
from planner.tui.board.scale import labels
from planner.tui.board.timeline import Timeline
from planner.tui.lines.cells import Cell, Look, fitted, strip
from planner.tui.shell.themes import Role, palette

TODAY = "▼"


class Axis(Pointed):
    """Reads columns and scale of the timeline below it; refreshed when those change."""

    DEFAULT_CSS = "Axis { height: 1; width: 1fr; background: $panel-ground; }"

    def __init__(self, timeline: Timeline) -> None:
        super().__init__()
        self.timeline = timeline
        self.ways: Sequence[str] = ()
        """How the rows are arranged, where that is not as usual: in one or more ways, the longest
        first.
        """
        self.pointer = Pointer(timeline, self, headings=True)

    def render_line(self, y: int) -> Strip:
        """Names of columns and the axis; below that, where there is room, today and freezes."""
        self.timeline.lay_out()
        if y > 0:
            blank = " " * self.timeline.table.width
            pieces: list[tuple[str, Look]] = [(blank, ("dim", None, False))]
            return strip(pieces, self._marks(), palette(self.app))
        pieces = [(" " * MARGIN, ("dim", None, False))]
        for column in self.timeline.table.columns:
            name = fitted(self._heading(column), column.width, right=column.right)
            pieces.append((name + " " * GAP, ("dim", None, True)))
        return strip(pieces, self._labels(), palette(self.app), "panel-ground")

    def _heading(self, column: Column) -> str:
        """What stands over a column: over the titles also how they are arranged, where that is not
        as usual; nothing over a mere sign.
        """
        if column.name == "title":
            first = heading("title", "", column.width)
            said = [way[:1].upper() + way[1:] for way in self.ways]
            ways = [f"{first} {self.ways[0]}", *said] if self.ways else [first]
            return next((way for way in ways if cell_len(way) <= column.width), ways[-1])
        if column.name == "conflicts" and column.width == 1:
            return ""
        return heading(column.name, self.timeline.table.sort, column.width)

    def _labels(self) -> list[Cell]:
        scale = self.timeline.time.scale
        cells: list[Cell] = [(letter, "text", None, False) for letter in labels(scale)]
        now = scale.cell(self.timeline.plan.as_of)
        if self.size.height == 1 and 0 <= now < len(cells) and cells[now][0] == " ":
            cells[now] = (TODAY, "today", None, True)
        return cells

    def _marks(self) -> list[Cell]:
        """Today with its day, and the names of freezes over their columns; a longer name goes on
        where there is room, and one at the edge begins before its freeze.
        """
        plan, scale = self.timeline.plan, self.timeline.time.scale
        cells = ground(plan, scale)
        spans = sorted((*scale.span(first, last), name) for name, first, last in _freezes(plan))
        shown = [each for each in spans if each[1] >= 0 and each[0] < scale.width]
        free = 0
        for (left, _, label), (end, _, _) in pairwise([*shown, (scale.width, 0, "")]):
            name = f" {label} "
            at = max(free, min(max(0, left), end - cell_len(name)))
            free = at + min(cell_len(name), max(0, end - at))
            _write(cells, at, fitted(name, free - at), "dim")
        _write(
            cells, scale.cell(plan.as_of), f"{TODAY} {date_text(plan.as_of, plan.as_of)}", "today"
        )
        return cells


def _freezes(plan: Plan) -> Iterator[tuple[str, date, date]]:
    """The name of each freeze, its first and its last day."""
    for freeze in plan.roadmap.freezes.values():
        if freeze.start and freeze.end and freeze.start <= freeze.end:
            yield visible(freeze.label), freeze.start, freeze.end


def _write(cells: list[Cell], at: int, text: str, role: Role) -> None:
    """Write over the ground that is there, as far as the line goes; not what has wide letters."""
    if not 0 <= at < len(cells) or cell_len(text) != len(text):
        return
    for cell, letter in enumerate(text[: len(cells) - at], at):
        cells[cell] = (letter, role, cells[cell][2], role == "today")
