"""The first line: the roadmap, what is unsaved, its worst date, and how many conflicts."""

from __future__ import annotations

from textual.widget import Widget

from planner.tui.desk import Desk


class HeaderLine(Widget):
    """Title, ●n unsaved, the headline, ✗n ▲n."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
