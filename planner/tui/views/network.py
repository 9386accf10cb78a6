"""The network view: the dependencies around one initiative, to walk along.

The initiative in the middle is the one that was marked in the view before, or that `.` was pressed
on; the cursor walks along the lines that are drawn. What it is on is explained below the graph, or
on the whole screen with `enter`.
"""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.geometry import Size
from textual.timer import Timer

from planner.analysis.conflicts import findings_on
from planner.pages.lines import Line
from planner.pages.network import (
    heading,
    heads,
    no_more_steps,
    none_page,
    rows_in,
    steps_at,
)
from planner.pages.network_drawing import draw
from planner.pages.network_facts import about
from planner.plan.model import Plan
from planner.roadmap.output_network import HangingRow
from planner.text.renames import renamed_tables
from planner.tui.lines.lines_pane import LinesPane
from planner.tui.lines.pages import Explained, coloured, coloured_line
from planner.tui.lines.title_line import TitleLine
from planner.tui.shell.app_state import Desk, Mark, Place
from planner.tui.shell.checking import graph_at_once, known
from planner.tui.views.network_graph import Drawn, NetworkGraph
from planner.tui.views.network_walk import Walk
from planner.tui.views.view import View

REST = 0.1
"""Seconds after which a cursor that has not moved rests."""
DETAIL = ((50, 15), (34, 11), (20, 5), (0, 3))
"""From which height on what is said of a node has how many rows, with its border."""


class FactsPane(LinesPane):
    """What is said of the marked node, as wide as the graph."""

    SIDE = 1


class NetworkView(View):
    """The dependency graph around an initiative, with what is said of the one that is marked."""

    view_name = "network"
    offers = (
        "down",
        "up",
        "left",
        "right",
        "page_down",
        "page_up",
        "top",
        "bottom",
        "open",
        "centre",
        "more_steps",
        "fewer_steps",
    )
    foot: ClassVar[tuple[str, ...]] = (
        "centre",
        "open",
        "more_steps",
        "path_here",
        "agree",
        "need",
        "unneed",
        "back",
    )
    DEFAULT_CSS = """
    NetworkView {
        FactsPane { height: 5; border-top: solid $faint; }
    }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.graph = NetworkGraph()
        self.facts = FactsPane()
        self.walk = Walk(self, self.graph, self.facts, self._show)
        self.parts = (*self.parts, self.walk)
        self.center: str | None = None
        """What the graph is around; None until there is one."""
        self.steps: int | None = None
        """How many steps are asked for, before and after together; None: by the width."""
        self._rest: Timer | None = None

    def body(self) -> ComposeResult:
        """Heading, the columns' heads, the graph, and the marked node in words."""
        yield TitleLine(id="heading")
        yield TitleLine(id="heads")
        yield self.graph
        yield self.facts

    # --- what is shown ----------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Begin with what was marked in the view before."""
        super().on_mount()
        self.selection_changed()

    def plan_changed(self, before: Plan, after: Plan) -> None:
        """The same part of the new plan; its middle may have another id."""
        renamed = renamed_tables(before.tables, after.tables)
        self.center = renamed.get(("initiatives", self.center or ""), self.center)
        self._show()

    def filter_changed(self) -> None:
        """What does not match is quieter."""
        self._put(self.graph.drawn)

    def selection_changed(self) -> None:
        """The graph around what is selected in all views, unless it is marked here already."""
        kind, id = self.desk.selected or ("", "")
        if self.is_mounted and kind == "initiatives" and id != self.graph.cursor:
            self._around(id)

    @property
    def mark(self) -> Mark:
        """The node under the cursor, and the one in the middle where that hands over to it."""
        node = self.graph.cursor if self.is_mounted else None
        if node is None:
            return Mark()
        links = self.graph.drawn[0].links if self.graph.drawn is not None else ()
        pair = (self.center, node)
        handed = any((each.on, each.succ) == pair and each.state for each in links)
        supplier = self.center if handed else None
        return Mark(("initiatives", node), openable=True, supplier=supplier)

    def _around(self, id: str) -> None:
        """Show the graph around an initiative, which is marked."""
        self.center, self.walk.first = id, {}
        self.graph.put(id)
        self._show()

    @on(NetworkGraph.Resized)
    def _show(self) -> None:
        """Draw what is asked for: at once, or when networkx is there, or a large plan is walked."""
        self._fit()
        plan, size = self.plan, self.graph.size
        if not size.width or not size.height:
            return
        asked = partial(_drawing, plan, self.center, self.steps, dict(self.walk.first), size)
        if graph_at_once(plan):
            self._came(plan, asked())
        else:
            took = partial(self._came, plan)
            self.planner.in_thread(asked, took, "network", of=self, exclusive=True)

    def _came(self, plan: Plan, found: Drawn | None) -> None:
        if plan is self.plan and self.is_mounted:
            self._put(found)

    def _put(self, drawn: Drawn | None) -> None:
        """Show a drawing, the cursor where it was, else on the center."""
        self.graph.show(drawn, self.desk.matching(self.plan))
        self.center = drawn[0].center if drawn is not None else None
        self._head()
        self._fit()
        self.remember()
        self._explain()

    def _head(self) -> None:
        """The lines above the graph."""
        line: Line = (("Network", "title"),)
        text, filtered = " ", bool(self.desk.filter)
        if self.graph.drawn is not None:
            around, picture = self.graph.drawn
            line = heading(around, picture, self.size.width - 2, filtered=filtered)
            middle = "selected" if self.graph.cursor == around.center else "centre"
            text = heads(picture, self.size.width, middle)
        self.query_one("#heading", TitleLine).show(coloured_line(line))
        self.query_one("#heads", TitleLine).show([(text[1:], ("dim", None, False))])

    def _fit(self) -> None:
        """The graph and what is said of a node, or one of them on the whole screen."""
        alone = self.walk.reading or self._nothing
        rows = next(rows for height, rows in DETAIL if self.size.height >= height)
        self.facts.styles.height = "1fr" if alone else rows
        self.graph.display = not alone
        self.query_one("#heads", TitleLine).display = not alone

    @property
    def _nothing(self) -> bool:
        """Whether there is nothing to draw."""
        every = self.plan.roadmap.initiatives.values()
        return all(one.status == "dropped" for one in every)

    # --- what is said of a node -------------------------------------------------------------------

    def findings_came(self) -> None:
        """The findings of a large plan are known now."""
        self._explain()

    @on(NetworkGraph.Moved)
    def _moved(self) -> None:
        self.remember()
        self._head()
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(REST, self._explain)

    def _explain(self) -> None:
        """Say what is marked: at once, or of a large plan when it is known what hangs on it."""
        plan, id = self.plan, self.graph.cursor
        if id is None:
            self._told(plan, None, None)
            return
        asked, told = partial(_hanging, plan, id), partial(self._told, plan, id)
        if graph_at_once(plan):
            told(asked())
        else:
            self.planner.in_thread(asked, told, "hanging", of=self, exclusive=True)

    def _told(self, plan: Plan, id: str | None, found: HangingRow | None) -> None:
        if plan is self.plan and id == self.graph.cursor and self.is_mounted:
            self.facts.tell(partial(self._page, found))

    def _page(self, found: HangingRow | None, width: int) -> Explained:
        """What is said of the marked node; where there is none, how to begin."""
        id = self.graph.cursor
        if id is None or id not in self.plan.roadmap.initiatives:
            return coloured(none_page(width) if self._nothing else [])
        findings = findings_on(self.plan, id) if known(self.plan) else []
        height = None if self.walk.reading else self.facts.size.height
        return coloured(about(self.plan, id, found, findings, width, height))

    @on(NetworkGraph.Turned)
    def _turned(self, event: NetworkGraph.Turned) -> None:
        self.walk.step(event.by)

    # --- actions ----------------------------------------------------------------------------------

    @on(NetworkGraph.Opened)
    def do_open(self) -> None:
        """What is said of the node on the whole screen, and back."""
        self.walk.reading = not self.walk.reading
        self._fit()
        self._explain()

    def do_centre(self) -> None:
        """The graph around the node under the cursor; backspace leads back."""
        if self.graph.cursor is None or self.graph.cursor == self.center:
            self.say("This initiative is in the centre already", "warning")
            return
        if self.center is not None:
            place = Place(self.view_name, ("initiatives", self.center), self.desk.target)
            self.desk.been.append(place)
        self._around(self.graph.cursor)

    def do_back(self) -> None:
        """From the details to the graph, to what was in the centre before, or to another view."""
        if self.walk.reading:
            self.do_open()
            return
        place = self.desk.been[-1]
        self.trail.do_back()
        if place.view == self.view_name and place.selected and place.selected[1] != self.center:
            self._around(place.selected[1])

    def do_escape(self) -> None:
        """From the details to the graph; else as everywhere."""
        if self.walk.reading:
            self.do_open()
        else:
            self.filtering.do_escape()

    def do_more_steps(self) -> None:
        """One step more: after, then before."""
        self._steps_by(1)

    def do_fewer_steps(self) -> None:
        """One step less."""
        self._steps_by(-1)

    def _steps_by(self, by: int) -> None:
        """Show more or fewer steps: the next number of them that shows more or less than now."""
        if (drawn := self.walk.drawn()) is None:
            return
        plan, size, steps = self.plan, self.graph.size, self.steps or steps_at(self.size.width)
        asked = partial(_other_steps, plan, drawn, steps, by, dict(self.walk.first), size)
        if graph_at_once(plan):
            self._stepped(plan, asked())
        else:
            took = partial(self._stepped, plan)
            self.planner.in_thread(asked, took, "steps", of=self, exclusive=True)

    def _stepped(self, plan: Plan, found: int | str) -> None:
        if isinstance(found, str):
            self.say(found, "warning")
        elif plan is self.plan and self.is_mounted:
            self.steps = found
            self._show()


def _other_steps(
    plan: Plan, drawn: Drawn, steps: int, by: int, first: dict[int, str], size: Size
) -> int | str:
    """The next number of steps that shows more, or less; in words, why there is none."""
    center, extent = drawn[0].center, drawn[1].extent
    while steps + by > 0:
        if by > 0 and (why := no_more_steps(*drawn)):
            return why
        steps += by
        drawn = _drawing(plan, center, steps, first, size) or drawn
        if drawn[1].extent > extent if by > 0 else drawn[1].extent < extent:
            return steps
    return "At least one step is shown"


def _drawing(
    plan: Plan, center: str | None, steps: int | None, first: dict[int, str], size: Size
) -> Drawn | None:
    """The graph around `center`, or around what a person looks at first; None where it is empty."""
    from planner.analysis.network import around, center_of, steps_around

    if center not in plan.graph.initiatives:
        center = center_of(plan)
    if center is None:
        return None
    before, after = steps_around(plan, center, steps or steps_at(size.width))
    found = around(plan, center, before, after, rows_in(size.height), first)
    return found, draw(found, plan.roadmap, plan.as_of, size.width, size.height)


def _hanging(plan: Plan, id: str) -> HangingRow:
    from planner.analysis.network import hanging

    return hanging(plan, id)
