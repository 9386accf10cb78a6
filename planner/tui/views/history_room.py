"""What of the record has room on a screen of so many columns and lines."""

from __future__ import annotations

from datetime import date

from textual.geometry import Size

from planner.pages.history import drawing, gap_lines, has_room_for_all, others_lines
from planner.pages.lines import Line
from planner.pages.trend import LEAST
from planner.plan.model import Plan
from planner.roadmap.figures import count
from planner.roadmap.output_history import HistoryShown, TrendRow

STEPS, DETAIL = 6, 6
"""Lines for the table with its heading, and for the page of a step, where there is room."""
LOW = 26
"""Lines of the view below which a step's page has one line."""
MOST_GAPS, MOST_OTHERS = 3, 4
"""Lines for revisions that can't be read, and for the launches that are not drawn."""
SIDE = 1
"""Blank columns on each side of the drawing."""


class Room:
    """What of the record has room above the steps: the drawing of one launch, or of all."""

    def __init__(self, found: HistoryShown | None, trend: TrendRow | None, size: Size) -> None:
        self._found, self._trend = found, trend
        self._width = size.width - 2 * SIDE
        most = max((len(each.steps) for each in found.trends), default=0) if found else 0
        steps = min(STEPS, 1 + most)
        self._height = size.height - steps - (1 if size.height < LOW else DETAIL) - 1
        self.all_in_one = found is not None and has_room_for_all(found, self._width, self._height)

    def lines(self, plan: Plan, marked: date | None) -> list[Line]:
        """The drawing, the other launches where they are not in it, and what could not be read."""
        if self._found is None or self._trend is None:
            return []
        below = gap_lines(self._found, self._width)[:MOST_GAPS]
        if not self.all_in_one:
            below = others_lines(plan, self._found, self._trend, self._width, MOST_OTHERS) + below
        height = self._height - len(below)
        if height < LEAST:
            where: Line = ((_in_more(LEAST - height), "dim"),)
            return [where, *below][: max(0, self._height)]
        return (
            drawing(
                plan,
                self._found,
                self._trend,
                self._width,
                height,
                marked=marked,
                others=self.all_in_one,
            )
            + below
        )


def _in_more(lines: int) -> str:
    return f"trend: in a window {count(lines, 'line')} higher, or planner history"
