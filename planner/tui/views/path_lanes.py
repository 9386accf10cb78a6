"""The drawing of a path on screen: its rows in the theme's colours, with a cursor on one step.

The drawing is made by `planner.lanes`, once for each plan, target and width; here its tones become
colours. A cursor move repaints the rows of the two steps only.
"""

from __future__ import annotations

from typing import cast

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.strip import Strip

from planner.analysis.path import Lanes
from planner.pages.canvas import Drawing, Row, Run, Tone, cells
from planner.pages.path_across import draw_across
from planner.pages.path_down import draw_down
from planner.pages.roles import side_role
from planner.tui.lines.cells import Look
from planner.tui.lines.row_list import RowList
from planner.tui.shell.themes import Palette, Role, palette, rest

WIDE = 100
"""Columns from which time runs to the right, unless one in five names has no room."""

_DRAWN: tuple[Tone, ...] = ("bar", "rest", "edge", "link", "faint")
"""What would be another sign if it were reversed."""
MARK = Run("▸", "today")
"""The same beside the step under the cursor, so that it reads without colour."""
BLANK = Run(" ")
"""The blank column at the left."""


def look(run: Run) -> Look:
    """How a run is shown: the role of its colour, and whether it is bold."""
    if run.tone == "rest":
        return rest(run.side), None, False
    if run.tone in ("side", "name", "bar"):
        return side_role(run.side), None, run.tone != "bar"
    return tone_look(run.tone)


def tone_look(tone: Tone) -> Look:
    """How a tone is shown that has no side."""
    role = cast("Role", "critical" if tone in ("edge", "late") else tone)
    return role, None, tone in ("strong", "late")


class PathLanes(RowList):
    """The lanes of one path, whose rows are its steps, then those close behind."""

    wheel = 1

    def __init__(self) -> None:
        super().__init__()
        self.lanes: Lanes | None = None
        self.drawing = Drawing((), {})

    # --- what is drawn ----------------------------------------------------------------------------

    def draw(self, lanes: Lanes) -> None:
        """Draw another path."""
        self.lanes = lanes
        self._draw()

    def _draw(self) -> None:
        if self.lanes is None or not self.size.width:
            return
        width, height = self.size.width - 2, self.size.height
        across = draw_across(self.lanes, width, height) if self.size.width >= WIDE else None
        crowded = across is None or 5 * across.unnamed > len(self.lanes.steps)
        self.drawing = draw_down(self.lanes, width) if crowded or across is None else across
        self._lay_out()
        self.refresh()

    def _lay_out(self) -> None:
        self.virtual_size = Size(self.size.width, len(self.drawing.rows))
        self.call_after_refresh(self._into_view)

    def on_resize(self) -> None:
        """Draw anew in the new width."""
        self._draw()

    # --- the cursor -------------------------------------------------------------------------------

    @property
    def step(self) -> str | None:
        """The step under the cursor."""
        return self.row.key if self.row is not None else None

    def repaint(self, at: int) -> None:
        """Draw the rows of a step anew."""
        id = self.rows[at].key if at < len(self.rows) else None
        if id in self.drawing.places:
            first, last = self.drawing.places[id]
            top = first - self.scroll_offset.y
            self.refresh(Region(0, top, self.size.width, last - first + 1))

    def _into_view(self) -> None:
        if self.step not in self.drawing.places:
            return
        first, last = self.drawing.places[self.step]
        top, height = self.scroll_offset.y, self.size.height
        head = self.drawing.head if top else 0
        near = top > 0 and last < height
        if height and (near or first < top + head or last >= top + height):
            target = 0 if last < height else first - max(self.drawing.head, height // 3)
            self.scroll_to(y=max(0, target), animate=False, immediate=True, force=True)

    @property
    def half(self) -> int:
        """How many steps half a screen holds."""
        first = self.scroll_offset.y
        inside = range(first, first + self.size.height)
        return max(1, sum(top in inside for top, _ in self.drawing.places.values()) // 2)

    @property
    def height_wanted(self) -> int:
        """All the lines there are: how many a drawing across needs depends on those it has."""
        return 999

    def row_at(self, x: int, y: int) -> int | None:
        """The step that is clicked there."""
        id = self._step_at(x - 1 + self.scroll_offset.x, self.row_on_line(y))
        return self.find(lambda row: row.key == id)

    def _step_at(self, column: int, row: int) -> str | None:
        for run in self.drawing.rows[row] if row < len(self.drawing.rows) else ():
            if column < cells(run.text):
                return run.step
            column -= cells(run.text)
        return None

    # --- drawing ----------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """One row of the drawing."""
        at = self.row_on_line(y)
        colours = palette(self.app)
        row: Row = self.drawing.rows[at] if at < len(self.drawing.rows) else ()
        mark = MARK if at == self._marked_row else BLANK
        mine = [number for number, run in enumerate(row) if run.step and run.step == self.step]
        marked = range(min(mine), max(mine) + 1) if mine else range(0)
        segments = [self._segment(mark, colours, marked=False)]
        segments += [
            self._segment(run, colours, marked=number in marked) for number, run in enumerate(row)
        ]
        end = colours.style("text", "ground")
        return Strip(segments).crop_extend(0, self.size.width, end)

    @property
    def _marked_row(self) -> int | None:
        """The row that begins with the cursor's mark: where the step under the cursor is named."""
        if self.step not in self.drawing.places:
            return None
        first, last = self.drawing.places[self.step]
        named = (
            at
            for at in range(first, min(last + 1, len(self.drawing.rows)))
            if any(run.step == self.step and run.tone == "name" for run in self.drawing.rows[at])
        )
        return next(named, first)

    def _segment(self, run: Run, colours: Palette, *, marked: bool) -> Segment:
        """A run; all between the first and the last of the step under the cursor is marked."""
        role, _, bold = look(run)
        if not marked:
            return Segment(run.text, colours.style(role, "ground", bold=bold))
        style = colours.style(role, "cursor-ground", bold=run.step == self.step)
        if colours.sixteen:
            style += colours.line if run.tone in _DRAWN else colours.reverse
        return Segment(run.text, style)

    def row_on_line(self, y: int) -> int:
        """The row that a line of the widget shows: headings stay where they are."""
        return y if y < self.drawing.head else y + self.scroll_offset.y
