"""The list of teams of the capacity view: a click marks a cell, on the marked one it opens it."""

from __future__ import annotations

from textual import events
from textual.message import Message

from planner.tui.lines.row_list import RowList


class TeamList(RowList):
    """Rows whose cells can be clicked. Posts `Picked` with the column of the click."""

    class Picked(Message):
        """A cell was clicked, on the row that was marked before or on another one."""

        def __init__(self, column: int, *, same_row: bool) -> None:
            super().__init__()
            self.column = column
            self.same_row = same_row

    def on_click(self, event: events.Click) -> None:
        """Mark the row; the view knows which cell it is."""
        event.prevent_default()
        at = self.row_at(event.x, event.y)
        if at is not None and at < len(self.rows) and self.rows[at].key is not None:
            same = at == self.cursor
            self.cursor = at
            self.post_message(self.Picked(event.x, same_row=same))
