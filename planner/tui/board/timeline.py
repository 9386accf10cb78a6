"""The board itself: a table on the left and bars on one time axis on the right, line by line.

Only rows in view are drawn, each once: a row's strip is kept until what it shows changes. Moving
the cursor repaints two rows. What takes thought, the lines of the selected row's links, is drawn
when the cursor has rested. It scrolls by half pages, because every scroll repaints everything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property

from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from planner.analysis.baseline import Against, Baseline
from planner.analysis.conflicts import marked
from planner.conflicts.findings import Finding
from planner.pages.signs import SELECTED
from planner.plan.model import Plan
from planner.query.columns import Facts
from planner.roadmap.entities import ColumnName, Severity
from planner.schedule.dates import Dates
from planner.tui.board import bars
from planner.tui.board.board_row import NO_LOOK, Picture
from planner.tui.board.columns import Column, columns, days_wide, table_width, widened
from planner.tui.board.connectors import Overlay
from planner.tui.board.drag import Drag, Part, is_edge, on_bar
from planner.tui.board.outline import Outline, Row
from planner.tui.board.scale import Scale, fit
from planner.tui.board.scrolling import begun, following
from planner.tui.lines.cells import Look, strip
from planner.tui.shell.checking import known
from planner.tui.shell.themes import Palette, Role, palette

REST = 0.1
"""Seconds the cursor has to stay for lines and details to follow."""

WHEEL = 3
"""Rows that a notch of the mouse's wheel moves."""
CHOSEN_LOOK: Look = ("key", None, True)
"""How the sign of what is selected looks."""
WIDE = 140
"""Columns from which what is under a heading is set in by two."""


class Timeline(Widget, can_focus=True):
    """Draws an outline of a plan. The view that owns it decides what is in the outline."""

    DEFAULT_CSS = """
    Timeline { height: 1fr; width: 1fr; background: $ground; }
    Timeline:focus { background-tint: transparent 0%; }
    """

    class Rested(Message):
        """The cursor has stayed where it is for a moment."""

    class Picked(Message):
        """A row was clicked, or the wheel was turned towards it; a heading, or a second click,
        `opens` it.
        """

        def __init__(self, row: int, *, opens: bool = False) -> None:
            super().__init__()
            self.row, self.opens = row, opens

    class Rescaled(Message):
        """Columns or time axis are others than before."""

    class Dragged(Message):
        """The bar of a row, or its end, is dragged from one day to another; the first such message
        of a drag `begins` it.
        """

        def __init__(self, row: int, first: date, last: date, *, end: bool, begins: bool) -> None:
            super().__init__()
            self.row, self.first, self.last = row, first, last
            self.end, self.begins = end, begins

    def __init__(self, plan: Plan, outline: Outline) -> None:
        super().__init__()
        self.plan = plan
        self.outline = outline
        self.marks: Mapping[str, Severity] = {}
        self.findings: Sequence[Finding] = ()
        """The conflicts of the plan; of a large one, until they are known, those before."""
        self.facts = Facts(plan, ())
        self.chosen: tuple[ColumnName, ...] = ()
        """The columns that were chosen; none for those that fit."""
        self.together: frozenset[str] = frozenset()
        """The initiatives that are selected together."""
        self.sort = ""
        """What the rows are sorted by, which the heading says."""
        self.cursor = 0
        self.column = 0
        self.top = 0
        self.fitted = True
        """Whether the scale shows the whole plan, and keeps doing so when the size changes."""
        self.scale = fit(*bars.whole(plan), 40)
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
        self._days_wide = days_wide(plan)
        self._overlay: Overlay = {}
        self._rest: Timer | None = None
        self._half_drawn: set[int] = set()
        self._drag: Drag | None = None
        self._dragged: int | None = None
        """The column of the widget to which it was dragged; None before it moved."""
        self.widened = 0
        """By how many cells a person made the titles wider."""

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
        if self._days_wide != (wide := days_wide(plan, self.chosen)):
            self._days_wide = wide
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
        if (chosen, sort) != (self.chosen, self.sort):
            self.chosen, self.sort = chosen, sort
            self._laid_out = Size(0, 0)
            self.repaint()
            self.post_message(self.Rescaled())

    @property
    def left_out(self) -> int:
        """How many columns that were chosen have no room."""
        chosen = [name for name in self.chosen if name != "title"]
        return max(0, len(chosen) - len(self.columns) + 1) if chosen else 0

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
            self._laid_out = Size(0, 0)
            self.repaint()
            self.post_message(self.Rescaled())

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

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns that fit."""
        compared = self.baseline is not None
        width, days = self.size.width, self._days_wide
        fit = columns(width, days, compared=compared, chosen=self.chosen)
        return widened(fit, self.widened, width) if self.widened else fit

    @property
    def table_width(self) -> int:
        """Where the timeline begins."""
        return table_width(self.columns)

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
        there = self.column + step
        if 0 <= there < len(self.columns):
            self.column = there
            self._repaint_rows(self.cursor)
            return False
        self.rescale(self.scale.panned(step * max(1, self.scale.width // 8)))
        return True

    @property
    def cell(self) -> Column:
        """The column under the cursor."""
        return self.columns[min(self.column, len(self.columns) - 1)]

    def on_click(self, event: events.Click) -> None:
        """The row under the mouse; twice on an edge of the table: titles as wide as usual."""
        row = self.top + event.y
        if is_edge(event.x, self.columns, self.table_width):
            if event.chain == 2:
                self.widen(0)
            return
        there = row < len(self.outline)
        opens = there and (event.chain == 2 or self.outline.rows[row].heading)
        self.post_message(self.Picked(row, opens=opens))

    # --- the mouse --------------------------------------------------------------------------------

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Hold what is under the button."""
        part = self._part(event.x, self.top + event.y) if event.button == 1 else None
        if part is not None:
            left = self.table_width
            self._drag = Drag(part, self.top + event.y, event.x, left, self.scale)
            self._dragged = None
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag what is held; without a button nothing happens."""
        drag = self._drag
        if drag is None or event.x == (drag.x if self._dragged is None else self._dragged):
            return
        before, self._dragged = self._dragged, event.x
        if drag.part == "edge":
            self.widen(self.widened + event.x - (drag.x if before is None else before))
            return
        first, last = drag.days(event.x)
        end, begins = drag.part == "end", before is None
        self.post_message(self.Dragged(drag.row, first, last, end=end, begins=begins))

    def on_mouse_up(self) -> None:
        """Let go; what was dragged stays where it is."""
        self._drag = None
        self.release_mouse()

    def _part(self, x: int, row: int) -> Part | None:
        if is_edge(x, self.columns, self.table_width):
            return "edge"
        if row >= len(self.outline) or self.outline.rows[row].heading:
            return None
        dates = self.plan.schedule.get(self.outline.rows[row].id)
        if dates is None or x < self.table_width:
            return None
        return on_bar(x - self.table_width, self.scale.span(dates.start, dates.finish))

    def widen(self, cells: int) -> None:
        """Give titles so many cells more than usual, as far as there is room; 0 for as usual."""
        self.widened = cells
        self._laid_out = Size(0, 0)
        self.repaint()
        self.post_message(self.Rescaled())

    def on_mouse_scroll_down(self) -> None:
        """Further down."""
        self.post_message(self.Picked(self.cursor + WHEEL))

    def on_mouse_scroll_up(self) -> None:
        """Further up."""
        self.post_message(self.Picked(self.cursor - WHEEL))

    def rest(self) -> None:
        """Start waiting anew for the cursor to rest."""
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(REST, self._rested)

    def _rested(self) -> None:
        self._rest = None
        for row in self._half_drawn & {*self.in_view}:
            width = self.size.width - self.table_width
            self.refresh(Region(self.table_width, row - self.top, width, 1))
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
                self.refresh(Region(0, row - self.top, self.table_width, 1))

    # --- the time axis ----------------------------------------------------------------------------

    def rescale(self, scale: Scale, *, fitted: bool = False) -> None:
        """Show other days, or the same at another zoom."""
        self.fitted = fitted
        self.scale = scale
        self._overlay = {}
        self.repaint()
        self.rest()
        self.post_message(self.Rescaled())

    def fit(self) -> None:
        """Show the whole plan."""
        width = self.size.width - self.table_width
        self.rescale(fit(*bars.whole(self.plan), width), fitted=True)

    def zoom(self, days: float) -> None:
        """So many days per cell, around the selected bar, else around today."""
        around = self._dates.start if self._dates else self.plan.as_of
        self.rescale(self.scale.zoomed(days, around))

    def reveal(self) -> None:
        """Pan so that the selected bar begins in view, where it does not."""
        dates = self._dates
        if dates and not (self.scale.origin <= dates.finish and dates.start < self.scale.end):
            self.rescale(self.scale.centred(dates.start))

    @property
    def _dates(self) -> Dates | None:
        row = self.row
        return self.plan.schedule.get(row.id) if row and not row.heading else None

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
        self.__dict__.pop("columns", None)
        self.column = min(self.column, len(self.columns) - 1)
        width = max(1, self.size.width - self.table_width)
        self.scale = (
            fit(*bars.whole(self.plan), width) if self.fitted else self.scale.resized(width)
        )
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
                left = self.table_width + first
                self.refresh(Region(left, row - self.top, last - first + 1, 1))

    def _lines(self) -> Overlay:
        return self._picture.links(self.cursor, self.in_view) if self.outline.rows else {}

    # --- drawing ----------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """The row at line `y` of the widget."""
        self.lay_out()
        row, colours = self.top + y, palette(self.app)
        if row >= len(self.outline):
            blank = (" " * self.table_width, NO_LOOK)
            return strip([blank], self._picture.ground, colours)
        if self._colours is not colours:  # another theme
            self._strips.clear()
            self._colours = colours
        if row not in self._strips:
            selected = row == self.cursor
            on_row: Role | None = "cursor-ground" if selected else None
            reverse = selected and colours.sixteen
            column = self.column if selected else None
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
            self.columns,
            self.scale,
            self.ghost,
            1 if self.size.width < WIDE else 2,
            None if self.baseline is None else Against(self.baseline, self.plan),
            self.notes,
        )
