"""The board itself: a table on the left and bars on one time axis on the right, line by line.

Only rows in view are drawn, each once: a row's strip is kept until what it shows changes. Moving
the cursor repaints two rows. What takes thought, the lines of the selected row's links, is drawn
when the cursor has rested. It scrolls by half pages, because every scroll repaints everything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer

from planner.analysis.baseline import Against, Baseline
from planner.analysis.conflicts import marked
from planner.conflicts.findings import Finding
from planner.pages.signs import SELECTED
from planner.plan.model import Plan
from planner.query.columns import Facts
from planner.roadmap.entities import ColumnName, Severity
from planner.tui.board.board_row import NO_LOOK, Picture
from planner.tui.board.connectors import Overlay
from planner.tui.board.outline import Outline, Row
from planner.tui.board.pointer import Pointed, Pointer
from planner.tui.board.scrolling import begun, following
from planner.tui.board.table import Table
from planner.tui.board.time_axis import TimeAxis
from planner.tui.lines.cells import Look, strip
from planner.tui.shell.checking import known
from planner.tui.shell.themes import Palette, Role, palette

REST = 0.1
"""Seconds the cursor has to stay for lines and details to follow."""

CHOSEN_LOOK: Look = ("key", None, True)
"""How the sign of what is selected looks."""
WIDE = 140
"""Columns from which what is under a heading is set in by two."""


class Timeline(Pointed, can_focus=True):
    """Draws an outline of a plan. The view that owns it decides what is in the outline."""

    DEFAULT_CSS = """
    Timeline { height: 1fr; width: 1fr; background: $ground; }
    Timeline:focus { background-tint: transparent 0%; }
    """

    class Rested(Message):
        """The cursor has stayed where it is for a moment."""

    class Rescaled(Message):
        """Columns or time axis are others than before."""

    def __init__(self, plan: Plan, outline: Outline) -> None:
        super().__init__()
        self.plan = plan
        self.outline = outline
        self.marks: Mapping[str, Severity] = {}
        self.findings: Sequence[Finding] = ()
        """The conflicts of the plan; of a large one, until they are known, those before."""
        self.facts = Facts(plan, ())
        self.together: frozenset[str] = frozenset()
        """The initiatives that are selected together."""
        self.cursor = 0
        self.top = 0
        self.ghost: tuple[Plan, str] | None = None
        """The plan before a bar was grabbed, and the initiative that is in hand."""
        self.baseline: Baseline | None = None
        """What the plan is compared with."""
        self.notes: Mapping[str, str] = {}
        """What stands beside the titles of initiatives."""
        self._strips: dict[int, Strip] = {}
        self._colours: Palette | None = None
        """What they are drawn in."""
        self._laid_out = Size(0, 0)
        self._overlay: Overlay = {}
        self._rest: Timer | None = None
        self._half_drawn: set[int] = set()
        self.table = Table(plan)
        """Its columns."""
        self.time = TimeAxis(self)
        """Its days."""
        self.pointer = Pointer(self, self)

    # --- what to show -----------------------------------------------------------------------------

    def show(
        self,
        plan: Plan,
        outline: Outline | None = None,
        ghost: tuple[Plan, str] | None = None,
    ) -> None:
        """Show another plan, or other rows of it; the cursor stays on its row number.

        The conflicts of a large plan are marked as they were until its own are known.
        """
        self.plan = plan
        if self.table.days_differ(plan):
            self._laid_out = Size(0, 0)
        self.ghost = ghost
        if outline is not None:
            self.outline = outline
            self.cursor = min(self.cursor, max(0, len(outline) - 1))
            self._scroll_to_cursor()
        if known(plan):
            self.marks, self.findings = marked(plan), plan.findings
        self.facts = Facts(plan, self.findings)
        self.repaint()
        self._overlay = {} if ghost is None else self._lines()
        self.rest()

    def show_columns(self, chosen: tuple[ColumnName, ...], sort: str) -> None:
        """Show other columns, and say over them what the rows are sorted by."""
        if (chosen, sort) != (self.table.chosen, self.table.sort):
            self.table.chosen, self.table.sort = chosen, sort
            self.lay_out_anew()

    def choose(self, ids: frozenset[str]) -> None:
        """Show which initiatives are selected together; only rows that differ are drawn."""
        changed, self.together = self.together ^ ids, ids
        if changed:
            rows = self.outline.rows
            self._repaint_rows(*(row for row in self.in_view if rows[row].id in changed))
            for row in [row for row in self._strips if rows[row].id in changed]:
                del self._strips[row]

    def compare(self, baseline: Baseline | None) -> None:
        """Show where everything was by a baseline, and how far it moved; None for no longer."""
        if baseline is not self.baseline:
            self.baseline = baseline
            self.lay_out_anew()

    def note(self, notes: Mapping[str, str]) -> None:
        """Show something short beside the titles of initiatives."""
        if notes != self.notes:
            self.notes = notes
            self.repaint()

    def repaint(self) -> None:
        """Draw every row anew."""
        self._strips.clear()
        self.__dict__.pop("_picture", None)
        self.refresh()

    @property
    def row(self) -> Row | None:
        """The row under the cursor; None on an empty board."""
        return self.outline.rows[self.cursor] if self.outline.rows else None

    @property
    def page(self) -> int:
        """Half a screen, the step of every scroll."""
        return max(1, self.size.height // 2)

    @property
    def in_view(self) -> range:
        """The rows on screen."""
        return range(self.top, min(len(self.outline), self.top + self.size.height))

    # --- the cursor -------------------------------------------------------------------------------

    def move_to(self, row: int) -> None:
        """Put the cursor on a row, and bring it into view."""
        row = min(max(0, row), max(0, len(self.outline) - 1))
        before, self.cursor = self.cursor, row
        if not self._scroll_to_cursor() and before != row:
            self._repaint_rows(before, row)
        self.rest()

    def move_column(self, step: int) -> bool:
        """To another column; past the last and before the first one, pan. Whether it panned."""
        there = self.table.at + step
        if 0 <= there < len(self.table.columns):
            self.table.at = there
            self._repaint_rows(self.cursor)
            return False
        self.time.pan(step)
        return True

    def rest(self) -> None:
        """Start waiting anew for the cursor to rest."""
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(REST, self._rested)

    def _rested(self) -> None:
        self._rest = None
        for row in self._half_drawn & {*self.in_view}:
            width = self.size.width - self.table.width
            self.refresh(Region(self.table.width, row - self.top, width, 1))
        self._half_drawn.clear()
        self._draw_lines()
        self.post_message(self.Rested())

    def _scroll_to_cursor(self) -> bool:
        """Bring the cursor's row into view; whether anything moved."""
        return self._begin_at(following(self.outline, self.cursor, self.top, self._height))

    def start_over(self) -> None:
        """Begin with the first row, or as near to it as shows the cursor: the rows are others."""
        self._begin_at(begun(self.outline, self.cursor, self.top, self._height))
        self._overlay = {}
        self.repaint()

    def keep_line(self, line: int) -> None:
        """Show the cursor on the line of the screen on which it was: its row may be another."""
        last = max(0, len(self.outline) - self._height)
        self._begin_at(min(max(0, self.cursor - line), last))

    @property
    def _height(self) -> int:
        return max(1, self.size.height)

    def _begin_at(self, top: int) -> bool:
        before, self.top = self.top, top
        if top != before:
            self._overlay = {}
            self._strips.clear()
            self.refresh()
        return top != before

    def _repaint_rows(self, *rows: int) -> None:
        """Draw the table's part of rows at once; the ground of their bars follows at rest."""
        for row in rows:
            self._strips.pop(row, None)
            self._half_drawn.add(row)
            if row in self.in_view:
                self.refresh(Region(0, row - self.top, self.table.width, 1))

    # --- in another size, on other days -----------------------------------------------------------

    def rescaled(self) -> None:
        """Draw the days that the axis has now."""
        self._overlay = {}
        self.repaint()
        self.rest()
        self.post_message(self.Rescaled())

    def lay_out_anew(self) -> None:
        """Choose columns again, though the size is the same."""
        self._laid_out = Size(0, 0)
        self.repaint()
        self.post_message(self.Rescaled())

    def on_resize(self) -> None:
        """Draw in the new size, unless that has been done already."""
        if self.lay_out():
            self.repaint()

    def lay_out(self) -> bool:
        """Choose columns and scale for the size there is; whether that is another than before.

        Asked before a line is drawn, because sizes are known before they are told.
        """
        if self.size == self._laid_out:
            return False
        self._laid_out = self.size
        self.table.fit(self.size.width, compared=self.baseline is not None)
        self.time.take(self.size.width - self.table.width)
        self._begin_at(begun(self.outline, self.cursor, self.top, self._height))
        self._overlay = {}
        self._strips.clear()
        self.__dict__.pop("_picture", None)
        self.rest()
        self.post_message(self.Rescaled())
        return True

    # --- lines between rows -----------------------------------------------------------------------

    def _draw_lines(self) -> None:
        """Lay the selected row's links over the rows; repaint only the rows that differ."""
        before, self._overlay = self._overlay, self._lines()
        for row in before.keys() | self._overlay.keys():
            old, new = before.get(row, {}), self._overlay.get(row, {})
            changed = [cell for cell in old.keys() | new.keys() if old.get(cell) != new.get(cell)]
            if changed and row in self.in_view:
                self._strips.pop(row, None)
                first, last = min(changed), max(changed)
                left = self.table.width + first
                self.refresh(Region(left, row - self.top, last - first + 1, 1))

    def _lines(self) -> Overlay:
        return self._picture.links(self.cursor, self.in_view) if self.outline.rows else {}

    # --- drawing ----------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """The row at line `y` of the widget."""
        self.lay_out()
        row, colours = self.top + y, palette(self.app)
        if row >= len(self.outline):
            blank = (" " * self.table.width, NO_LOOK)
            return strip([blank], self._picture.ground, colours)
        if self._colours is not colours:  # another theme
            self._strips.clear()
            self._colours = colours
        if row not in self._strips:
            selected = row == self.cursor
            on_row: Role | None = "cursor-ground" if selected else None
            reverse = selected and colours.sixteen
            column = self.table.at if selected else None
            pieces, cells = self._picture.row(row, column, self._overlay.get(row, {}))
            if not (shown := self.outline.rows[row]).heading and shown.id in self.together:
                pieces[0] = (SELECTED, CHOSEN_LOOK)
            self._strips[row] = strip(pieces, cells, colours, on_row, reversed_text=reverse)
        return self._strips[row]

    @cached_property
    def _picture(self) -> Picture:
        """What rows are drawn from; made anew when any of it changes."""
        return Picture(
            self.facts,
            self.outline,
            self.marks,
            self.table.columns,
            self.time.scale,
            self.ghost,
            1 if self.size.width < WIDE else 2,
            None if self.baseline is None else Against(self.baseline, self.plan),
            self.notes,
        )
