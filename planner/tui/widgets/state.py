"""The second line: what is wrong with the plan or, during an edit, what it would become."""

from __future__ import annotations

from textual.widget import Widget

from planner.session import Preview
from planner.tui.desk import Desk


class StateLine(Widget):
    """The consequence line. Idle it says the worst that is wrong, in one sentence."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def show_plan(self) -> None:
        """Say what is wrong with the plan as it is."""

    def show_preview(self, preview: Preview | None, keys: str = "") -> None:
        """Say what the edit in hand would do; None says the plan as it is."""
