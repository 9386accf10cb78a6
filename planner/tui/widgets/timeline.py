"""The board itself: a table on the left and bars on one time axis on the right, line by line.

Only rows in view are drawn, each once: a row's strip is kept until what it shows changes. Moving
the cursor repaints two rows. What takes thought, the lines of the selected row's links, is drawn
when the cursor has rested. It scrolls by half pages, because every scroll repaints everything.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from planner.plan import Plan
from planner.roadmap.entities import Initiative, Severity
from planner.schedule.dates import LinkDates
from planner.text.visible import visible
from planner.tui.theme import Role, palette, side
from planner.tui.widgets import bars
from planner.tui.widgets.cells import Cell, Look, fitted, strip
from planner.tui.widgets.columns import (
    GAP,
    MARGIN,
    SEVERITY_GLYPHS,
    Column,
    columns,
    status_glyph,
    table_width,
    text,
    title_look,
)
from planner.tui.widgets.connectors import Connector, End, Overlay, overlay
from planner.tui.widgets.outline import Outline, Row
from planner.tui.widgets.scale import Scale, fit

REST = 0.1
"""Seconds the cursor has to stay for lines and details to follow."""

MOST_LINES = 40
WHEEL = 3
"""Rows that a notch of the mouse's wheel moves."""
UNFOLDED, FOLDED = "▾", "▸"
WORST: tuple[Severity, ...] = ("error", "warning", "info")
LANE_TITLES = {"it": "IT", "": "NO PORTFOLIO"}


class Timeline(Widget, can_focus=True):
    """Draws an outline of a plan. The view that owns it decides what is in the outline."""

    DEFAULT_CSS = """
    Timeline { height: 1fr; width: 1fr; background: $ground; }
    Timeline:focus { background-tint: transparent 0%; }
    """

    class Rested(Message):
        """The cursor has stayed where it is for a moment."""

    class Picked(Message):
        """A row was clicked, or the wheel was turned towards it."""

        def __init__(self, row: int) -> None:
            super().__init__()
            self.row = row

    class Rescaled(Message):
        """Columns or time axis are others than before."""

    def __init__(self, plan: Plan, outline: Outline) -> None:
        super().__init__()
        self.plan = plan
        self.outline = outline
        self.marks: Mapping[str, Severity] = {}
        self.cursor = 0
        self.column = 0
        self.top = 0
        self.fitted = True
        """Whether the scale shows the whole plan, and keeps doing so when the size changes."""
        self.scale = fit(*bars.whole(plan), 40)
        self.ghost: tuple[Plan, str] | None = None
        """The plan before a bar was grabbed, and the initiative that is in hand."""
        self._strips: dict[int, Strip] = {}
        self._laid_out = Size(0, 0)
        self._overlay: Overlay = {}
        self._rest: Timer | None = None
        self._half_drawn: set[int] = set()

    # --- what to show -----------------------------------------------------------------------------

    def show(
        self,
        plan: Plan,
        outline: Outline | None = None,
        marks: Mapping[str, Severity] | None = None,
        ghost: tuple[Plan, str] | None = None,
    ) -> None:
        """Show another plan, or other rows of it; the cursor stays on its row number."""
        self.plan = plan
        self.ghost = ghost
        if outline is not None:
            self.outline = outline
            self.cursor = min(self.cursor, max(0, len(outline) - 1))
            self._scroll_to_cursor()
        if marks is not None:
            self.marks = marks
        self._overlay = {} if ghost is None else self._lines()
        self.repaint()
        self.rest()

    def repaint(self) -> None:
        """Draw every row anew."""
        self._strips.clear()
        self.__dict__.pop("_ground", None)
        self.refresh()

    @property
    def row(self) -> Row | None:
        """The row under the cursor; None on an empty board."""
        return self.outline.rows[self.cursor] if self.outline.rows else None

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns that fit."""
        return columns(self.size.width)

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
        """The row under the mouse."""
        self.post_message(self.Picked(self.top + event.y))

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
        """Bring the cursor's row into view, by half pages; whether anything moved."""
        height = max(1, self.size.height)
        before = self.top
        if not self.top - height <= self.cursor < self.top + 2 * height:
            self.top = self.cursor - height // 2
        elif self.cursor < self.top:
            self.top = min(self.cursor, self.top - self.page)
        elif self.cursor >= self.top + height:
            self.top = max(self.cursor - height + 1, self.top + self.page)
        self.top = max(0, min(self.top, len(self.outline) - height))
        if self.top != before:
            self._overlay = {}
            self._strips.clear()
            self.refresh()
        return self.top != before

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
        self.rescale(self.scale.zoomed(days, self._focus_day()))

    def reveal(self) -> None:
        """Pan so that the selected bar begins in view, where it does not."""
        row = self.row
        dates = self.plan.schedule.get(row.id) if row and not row.heading else None
        if dates and not (self.scale.origin <= dates.finish and dates.start < self.scale.end):
            self.rescale(self.scale.centred(dates.start))

    def _focus_day(self) -> date:
        row = self.row
        dates = self.plan.schedule.get(row.id) if row and not row.heading else None
        return dates.start if dates else self.plan.as_of

    def on_resize(self) -> None:
        """Draw in the new size, unless that has been done already."""
        if self.lay_out():
            self.repaint()
            self.rest()

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
        self.top = min(self.top, max(0, self.cursor - self.size.height // 2))
        self._scroll_to_cursor()
        self._strips.clear()
        self.__dict__.pop("_ground", None)
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
        row = self.row
        if row is None or row.heading:
            return {}
        schedule = self.plan.schedule
        links = (*schedule.links_into(row.id), *schedule.links_out_of(row.id))
        drawn = [found for link in links[:MOST_LINES] if (found := self._connector(link))]
        return overlay(drawn, self.in_view, self.scale.width)

    def _connector(self, link: LinkDates) -> Connector | None:
        source, target = self._end(link.on), self._end(link.succ)
        if source is None or target is None:
            return None
        return Connector(source, target, link.type, link.driving)

    def _end(self, id: str) -> End | None:
        row = self.outline.find("initiatives", id)
        span = bars.extent(self.plan, id, self.scale)
        return None if row is None or span is None else End(row, *span)

    # --- drawing ----------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """The row at line `y` of the widget."""
        self.lay_out()
        row = self.top + y
        if row >= len(self.outline):
            return strip(
                [(" " * self.table_width, ("text", None, False))], self._ground, palette(self.app)
            )
        if row not in self._strips:
            self._strips[row] = self._draw(row)
        return self._strips[row]

    @cached_property
    def _ground(self) -> list[Cell]:
        return bars.ground(self.plan, self.scale)

    def _draw(self, at: int) -> Strip:
        row = self.outline.rows[at]
        cells = list(self._ground)
        if row.heading:
            pieces = self._heading(row, cells)
        else:
            pieces = self._initiative(self.plan.roadmap.initiatives[row.id], row, cells, at)
        for cell, (glyph, role) in self._overlay.get(at, {}).items():
            there, under, on, _ = cells[cell]
            if there not in (bars.MILESTONE, bars.DEADLINE):
                bar = on is None and there in bars.BAR
                cells[cell] = (glyph, role, under if bar else on, False)
        selected, colours = at == self.cursor, palette(self.app)
        on_row: Role | None = "cursor-ground" if selected else None
        return strip(pieces, cells, colours, on_row, reversed_text=selected and colours.sixteen)

    def _heading(self, row: Row, cells: list[Cell]) -> list[tuple[str, Look]]:
        role = side(row.lane)
        sign = FOLDED if row.folded else UNFOLDED
        label = f"{' ' * (MARGIN + self._indent(row))}{sign} {self._label(row)}"
        if row.folded:
            members = self.outline.members(row)
            dates = [d for id in members if (d := self.plan.schedule.get(id))]
            bars.rollup(cells, [(d.start, d.finish) for d in dates], self.scale, role)
            label += f"  {row.size}{self._worst(members)}"
        lane = row.kind == "portfolios"
        look: Look = (role if lane else "text", None, True)
        return [(fitted(label, self.table_width), look)]

    def _worst(self, members: tuple[str, ...]) -> str:
        held = {self.marks[id] for id in members if id in self.marks}
        worst = next((severity for severity in WORST if severity in held), None)
        return f" {SEVERITY_GLYPHS[worst][0]}" if worst else ""

    def _label(self, row: Row) -> str:
        entity = self.plan.roadmap.table(row.kind).get(row.id)
        if row.kind == "portfolios":
            title = entity.label if entity else LANE_TITLES.get(row.id, row.id)
            return visible(title).upper()
        return visible(entity.label if entity else row.id)

    def _indent(self, row: Row) -> int:
        return row.depth * (1 if self.size.width < 140 else 2)

    def _initiative(
        self, initiative: Initiative, row: Row, cells: list[Cell], at: int
    ) -> list[tuple[str, Look]]:
        if self.ghost is not None:
            bars.ghost(cells, self.ghost[0], row.id, self.scale)
        bars.draw(cells, self.plan, initiative, self.scale)
        pieces: list[tuple[str, Look]] = [(" " * MARGIN, ("text", None, False))]
        for index, column in enumerate(self.columns):
            here = at == self.cursor and index == self.column
            if column.name == "Initiative":
                pieces += self._title(initiative, row, column, here)
            else:
                words, look = text(column, self.plan, initiative, self.marks)
                pieces.append((fitted(words, column.width, right=column.right), _at(look, here)))
            pieces.append((" " * GAP, ("text", None, False)))
        return pieces

    def _title(
        self, initiative: Initiative, row: Row, column: Column, here: bool
    ) -> list[tuple[str, Look]]:
        glyph, look = status_glyph(self.plan, initiative)
        indent = self._indent(row)
        title = fitted(visible(initiative.label), max(1, column.width - indent - 2))
        words = title_look(initiative, self.plan.schedule.get(initiative.id))
        return [
            (" " * indent, ("text", None, False)),
            (glyph + " ", look),
            (title, _at(words, here)),
        ]


def _at(look: Look, here: bool) -> Look:
    """The look of the cell under the cursor: on a ground of its own, and bold."""
    role: Role = look[0]
    return (role, "cell-ground", True) if here else look
