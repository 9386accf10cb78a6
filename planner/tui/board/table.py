"""Which columns the board's table has just now: those chosen, or that fit, as wide as somebody made
them by dragging an edge; and in which of them the cursor is.

An edge is the blank behind a column. The one behind the whole table moves the titles' width, as the
one behind the titles does: the others are as wide as what they show, and the titles never are.
"""

from __future__ import annotations

from planner.plan.model import Plan
from planner.roadmap.entities import ColumnName
from planner.tui.board.columns import (
    GAP,
    MARGIN,
    Column,
    columns,
    days_wide,
    room,
    table_width,
    widened,
)


class Table:
    """The columns on a screen of some width; `fit` chooses them anew."""

    def __init__(self, plan: Plan) -> None:
        self.chosen: tuple[ColumnName, ...] = ()
        """The columns that were chosen; none for those that fit."""
        self.sort = ""
        """What the rows are sorted by, which the heading says."""
        self.at = 0
        """The place of the column under the cursor."""
        self._more: dict[ColumnName, int] = {}
        """By how many cells somebody made columns wider."""
        self._days = days_wide(plan)
        self._screen = 0
        self.fit(0, compared=False)

    def fit(self, screen: int, *, compared: bool) -> None:
        """Choose the columns for a screen of that width."""
        self._screen = screen
        self._usual = columns(screen, self._days, compared=compared, chosen=self.chosen)
        self._widen()

    def _widen(self) -> None:
        self.columns = widened(self._usual, self._more, self._screen)
        self.at = min(self.at, len(self.columns) - 1)

    def days_differ(self, plan: Plan) -> bool:
        """Whether days are wider in another plan than in the one before."""
        before, self._days = self._days, days_wide(plan, self.chosen)
        return self._days != before

    @property
    def width(self) -> int:
        """Where the timeline begins."""
        return table_width(self.columns)

    @property
    def cell(self) -> Column:
        """The column under the cursor."""
        return self.columns[self.at]

    @property
    def left_out(self) -> int:
        """How many columns that were chosen have no room."""
        chosen = [name for name in self.chosen if name != "title"]
        return max(0, len(chosen) - len(self.columns) + 1) if chosen else 0

    # --- edges ------------------------------------------------------------------------------------

    def edge(self, x: int, *, inner: bool = True) -> Column | None:
        """The column whose edge that column of the screen is: an `inner` one, or the table's."""
        if x == self.width - GAP:
            return self.columns[0]
        right = MARGIN
        for each in self.columns if inner else ():
            right += each.width + GAP
            if x == right - GAP:
                return each
        return None

    def make(self, column: Column, width: int) -> None:
        """Make a column that wide, as far as there is room; what goes past that is not kept."""
        now = next(each for each in self.columns if each.name == column.name)
        most = now.width + max(0, room(self.columns, self._screen))
        usual = next(each for each in self._usual if each.name == column.name)
        self._more[column.name] = min(width, most) - usual.width
        self._widen()
        made = next(each for each in self.columns if each.name == column.name)
        self._more[column.name] = made.width - usual.width

    def reset(self, column: Column) -> None:
        """Make a column as wide as usual."""
        self._more.pop(column.name, None)
        self._widen()
