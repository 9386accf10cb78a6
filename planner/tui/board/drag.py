"""What is under the mouse's button on the board: a bar, its right edge, or an edge of the table.

Where the button goes down decides; so a click that does not move means what it always means. A drag
counts in days of the axis as it was when it began, since the axis may change on the way.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from planner.tui.board.columns import GAP, MARGIN, Column
from planner.tui.board.scale import Scale

Part = Literal["bar", "end", "edge"]
"""A bar, its last cell, or the edge behind the titles or behind the table."""


class Drag(Struct, frozen=True):
    """What the button went down on: which row, in which column of the widget, on which axis."""

    part: Part
    row: int
    x: int
    left: int
    """Where the timeline began."""
    scale: Scale

    def days(self, x: int) -> tuple[date, date]:
        """The day under the button where it went down, and the day where it is now."""
        here = min(max(0, x - self.left), self.scale.width)
        return self.scale.day(self.x - self.left), self.scale.day(here)


def is_edge(x: int, columns: tuple[Column, ...], left: int) -> bool:
    """Whether a column of the widget is an edge that can be dragged."""
    titles = MARGIN + columns[0].width
    return x in (titles, left - GAP)


def on_bar(cell: int, span: tuple[int, int]) -> Part | None:
    """What of a bar a cell of the timeline is; a bar of one cell has no end to drag."""
    first, last = span
    if not first <= cell <= last:
        return None
    return "end" if first < cell == last else "bar"
