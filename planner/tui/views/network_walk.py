"""Walking along the network: what arrows, pages and ends do in its drawing, or in the text about a
node while that has the whole screen.
"""

from __future__ import annotations

from collections.abc import Callable

from planner.pages.network import unseen
from planner.tui.lines.lines_pane import LinesPane
from planner.tui.shell.stage import Stage
from planner.tui.views.network_graph import Drawn, NetworkGraph
from planner.tui.views.part import Part


class Walk(Part):
    """Moves the cursor of the graph; `draw` shows other initiatives where a column has more."""

    def __init__(
        self, view: Stage, graph: NetworkGraph, facts: LinesPane, draw: Callable[[], None]
    ) -> None:
        super().__init__(view)
        self.graph, self.facts, self._draw = graph, facts, draw
        self.reading = False
        """Whether the text about the node has the whole screen."""
        self.first: dict[int, str] = {}
        """With which initiative a column begins, by its distance, where not with the first."""

    def drawn(self) -> Drawn | None:
        """What is walked along; None where there is no graph on screen, which is said."""
        if self.reading:
            self.view.say("The graph is behind the details: esc shows it", "warning")
            return None
        if self.graph.drawn is None:
            self.view.say("No dependencies yet", "warning")
        return self.graph.drawn

    def do_right(self) -> None:
        """To a successor."""
        self._follow(after=True)

    def do_left(self) -> None:
        """To a predecessor."""
        self._follow(after=False)

    def _follow(self, *, after: bool) -> None:
        """Along a line: to the end of it that is nearest."""
        if (drawn := self.drawn()) is None or (here := self.graph.cursor) is None:
            return
        around, picture = drawn
        ends = [(on, succ) if after else (succ, on) for on, succ in picture.links]
        beside = [far for near, far in ends if near == here != far]
        if beside:
            rows = picture.drawing.places
            self.graph.cursor = min(beside, key=lambda id: abs(rows[id][0] - rows[here][0]))
        else:
            self.view.say(unseen(around, picture, here, after=after), "warning")

    def do_down(self) -> None:
        """The node below, or more of the column."""
        self.step(1)

    def do_up(self) -> None:
        """The node above."""
        self.step(-1)

    def step(self, by: int) -> None:
        """Up or down in the column; beyond its last node come those that had no room."""
        if self.reading:
            self.facts.scroll_lines(by)
            return
        column = self.graph.column
        at = column.index(self.graph.cursor) + by if self.graph.cursor in column else 0
        if 0 <= at < len(column):
            self.graph.cursor = column[at]
        elif not self._turn_over(by):
            end = "Last" if by > 0 else "First"
            self.view.say(f"{end} initiative of this column", "warning")

    def _turn_over(self, by: int) -> bool:
        """Show other initiatives of this column; whether there are any."""
        column, drawn = self.graph.column, self.graph.drawn
        if drawn is None or not column:
            return False
        picture = drawn[1]
        distance = picture.columns.index(column) - picture.middle
        others = picture.left_out.get(distance, ())
        if not others or (by < 0 and distance not in self.first):
            return False
        first = others[0] if by > 0 else others[max(0, len(others) - len(column))]
        self.first[distance] = first
        self.graph.put(first)
        self._draw()
        return True

    def do_page_down(self) -> None:
        """Half a screen of text, or more of the column."""
        self._by_pages(1)

    def do_page_up(self) -> None:
        """Half a screen of text back, or less of the column."""
        self._by_pages(-1)

    def _by_pages(self, by: int) -> None:
        if self.reading:
            self.facts.scroll_lines(by * max(1, self.facts.size.height // 2))
        elif not self._turn_over(by):
            self._end(by)

    def do_top(self) -> None:
        """The first node of the column."""
        self._end(-1)

    def do_bottom(self) -> None:
        """The last node of the column."""
        self._end(1)

    def _end(self, by: int) -> None:
        if self.reading:
            self.facts.to_end(by)
        elif self.graph.column:
            self.graph.cursor = self.graph.column[-1 if by > 0 else 0]
