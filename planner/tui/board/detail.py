"""The pane under the board: facts of the selected row on the left, its conflicts on the right."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from planner.plan.model import Plan
from planner.tui.board.details_text import conflicts, facts, heading
from planner.tui.board.outline import Outline, Row
from planner.tui.lines.terms import underlined
from planner.tui.shell.checking import known


class DetailPane(Widget):
    """Facts on the left, conflicts on the right, under the board."""

    DEFAULT_CSS = """
    DetailPane { width: 1fr; background: $panel-ground; color: $text; padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Plan, Outline, Row | None, bool] | None = None

    def show(self, plan: Plan, outline: Outline, row: Row | None) -> None:
        """Show what is under the cursor; nothing is drawn while that is the same."""
        shown = (plan, outline, row, known(plan))
        if shown != self._shown:
            self._shown = shown
            self.refresh()

    def render(self) -> Content:
        """Two columns where there is room for two."""
        if self._shown is None or self._shown[2] is None:
            return Content("")
        plan, outline, row, _ = self._shown
        assert row is not None
        width, height = self.size.width, self.size.height
        if row.heading:
            return Content("\n").join(heading(plan, outline, row, width)[:height])
        initiative = plan.roadmap.initiatives[row.id]
        left = width // 2 - 1
        known_facts = underlined(plan, facts(plan, initiative, left))
        return beside(known_facts, conflicts(plan, row.id, width - left - 2), left, height)


def beside(left: list[Content], right: list[Content], width: int, height: int) -> Content:
    """Two columns of lines as one text; the left one is `width` wide, each cut where it ends."""
    lines = []
    for index in range(min(height, max(len(left), len(right)))):
        first = left[index] if index < len(left) else Content("")
        if first.cell_length > width:
            first = first.truncate(width, ellipsis=True)
        second = right[index] if index < len(right) else Content("")
        lines.append(first + Content(" " * (width - first.cell_length + 2)) + second)
    return Content("\n").join(lines)
