"""The list of conflicts: where there is more below, its last line counts that."""

from __future__ import annotations

from textual.strip import Strip

from planner.tui.lines.cells import strip
from planner.tui.lines.pages import Line
from planner.tui.lines.row_list import RowList
from planner.tui.shell.themes import palette
from planner.tui.views.conflicts_rows import more_line


class ConflictList(RowList):
    """Rows, and a line in the place of the last one that says how much there is below."""

    DEFAULT_CSS = "ConflictList { scrollbar-size-vertical: 0; }"

    def __init__(self) -> None:
        super().__init__()
        self.by_cause = True

    @property
    def _goes_on(self) -> bool:
        return self.scroll_offset.y + self.size.height < len(self.rows)

    @property
    def room(self) -> int:
        """The last line is no row where there is more below."""
        return max(1, self.size.height - self._goes_on)

    def row_at(self, x: int, y: int) -> int | None:
        """The line about what is below is no row."""
        return super().row_at(x, y) if y < self.room else None

    def render_line(self, y: int) -> Strip:
        """One row, or what is below."""
        if y < self.room:
            return super().render_line(y)
        colours = palette(self.app)
        below = self.rows[self.scroll_offset.y + self.room :]
        told = more_line(below, self.line_width, by_cause=self.by_cause)
        pieces: Line = [(" ", ("dim", None, False)), *told]
        line = strip(pieces, [], colours, "ground")
        return line.crop_extend(0, self.size.width, colours.style("text", "ground"))
