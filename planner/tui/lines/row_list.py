"""A list of rows with a cursor, drawn line by line: what all such lists of views do alike.

Only what is in view is drawn, so ten thousand rows scroll as ten do, and a cursor move repaints two
rows. A list says what stands in a row (`pieces`); which rows there are, the view decides.
"""

from __future__ import annotations

from typing import Generic, TypeVar

from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from planner.tui.lines.cells import Look, strip
from planner.tui.shell.themes import Role, palette

RowT = TypeVar("RowT")
Pieces = list[tuple[str, Look]]
"""The texts of one row and how each looks."""

WHEEL = 3
"""Rows that one turn of the mouse wheel moves the cursor."""


class RowList(ScrollView, Generic[RowT], can_focus=False):
    """Rows with a cursor. Posts `Moved` when the cursor came to another row.

    It takes no focus: arrows and pages would scroll it, and leave the cursor where it was.
    """

    DEFAULT_CSS = "RowList { background: $ground; scrollbar-size-vertical: 1; overflow-x: hidden; }"
    COVERED = 0
    """Lines at the top that cover what is scrolled under them."""

    cursor = reactive(0, repaint=False, init=False)

    class Moved(Message):
        """The cursor is on another row."""

    class Opened(Message):
        """A row was clicked that was selected before."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[RowT] = []

    def pieces(self, at: int, *, here: bool) -> Pieces:
        """Hook: what stands in row `at`; `here`: the cursor is on it."""
        raise NotImplementedError

    def row_on_line(self, y: int) -> int:
        """Hook: the row that line `y` of the widget shows."""
        return y + self.scroll_offset.y

    # --- what is in it ----------------------------------------------------------------------------

    def list_rows(self, rows: list[RowT], keep: int) -> None:
        """Show other rows, with the cursor on row `keep` or the nearest there is."""
        self.rows = rows
        self.virtual_size = Size(self.size.width, len(rows))
        self.set_reactive(RowList.cursor, max(0, min(keep, len(rows) - 1)))
        self._into_view()
        self.refresh()

    def put(self, row: int) -> None:
        """Put the cursor on a row, of no person's own accord: nobody is notified."""
        self.list_rows(self.rows, row)

    @property
    def row(self) -> RowT | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    # --- the cursor -------------------------------------------------------------------------------

    def move(self, by: int) -> None:
        """Move the cursor by rows, stopping at the ends."""
        self.move_to(self.cursor + by)

    def move_to(self, row: int) -> None:
        """Put the cursor on a row."""
        self.cursor = max(0, min(row, len(self.rows) - 1))

    def watch_cursor(self, before: int, after: int) -> None:
        """Repaint the two rows that changed and keep the cursor in view."""
        for row in (before, after):
            y = row - self.scroll_offset.y
            if 0 <= y < self.size.height:
                self.refresh(Region(0, y, self.size.width, 1))
        self._into_view()
        self.post_message(self.Moved())

    def _into_view(self) -> None:
        """Scroll by half a screen, so that most steps repaint two rows only; near the first row to
        that, which nobody can reach where it is a heading.
        """
        height, top = self.size.height, self.scroll_offset.y
        covered = self.COVERED if top else 0
        near = top > 0 and self.cursor < height // 2
        if height and (near or not top + covered <= self.cursor < top + height):
            y = max(0, self.cursor - height // 2)
            self.scroll_to(y=y, animate=False, immediate=True, force=True)

    def on_resize(self) -> None:
        """The rows are as wide as the widget."""
        self.virtual_size = Size(self.size.width, len(self.rows))
        self._into_view()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the cursor, as keys do."""
        event.stop()
        self.move(WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves the cursor, as keys do."""
        event.stop()
        self.move(-WHEEL)

    def on_click(self, event: events.Click) -> None:
        """A click selects; on what is selected it opens."""
        row = self.row_on_line(event.y)
        if row == self.cursor:
            self.post_message(self.Opened())
        elif row < len(self.rows):
            self.cursor = row

    # --- drawing ----------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """One row."""
        at, colours = self.row_on_line(y), palette(self.app)
        if at >= len(self.rows):
            return strip([(" " * self.size.width, ("text", "ground", False))], [], colours)
        here = at == self.cursor
        under: Role = "cursor-ground" if here else "ground"
        pieces = self.pieces(at, here=here)
        line = strip(pieces, [], colours, under, reversed_text=here and colours.sixteen)
        end = colours.reverse if here and colours.sixteen else colours.style("text", under)
        return line.crop_extend(0, self.size.width, end)
