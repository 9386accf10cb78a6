"""The network view: the dependencies around one initiative, to walk along.

The initiative in the middle is the one that was marked in the view before, or that `.` was pressed
on; the cursor walks along the lines that are drawn. What it is on is explained below the graph, or
on the whole screen with `enter`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.geometry import Size
from textual.timer import Timer

from planner.analysis.conflicts import findings_on
from planner.pages.network import (
    heading,
    heads,
    no_more_steps,
    none_page,
    rows_in,
    steps_at,
    unseen,
)
from planner.pages.network_drawing import Picture, draw
from planner.pages.network_facts import about
from planner.plan.model import Plan
from planner.roadmap.output_network import HangingRow
from planner.tui.lines.lines_pane import LinesPane
from planner.tui.lines.pages import Explained, coloured, coloured_line
from planner.tui.lines.title_line import TitleLine
from planner.tui.shell.actions import bindings
from planner.tui.shell.app_state import Desk, Mark, Place
from planner.tui.shell.checking import graph_at_once, known
from planner.tui.views.network_graph import NetworkGraph
from planner.tui.views.view import View

if TYPE_CHECKING:
    from planner.analysis.network import Around

REST = 0.1
"""Seconds after which a cursor that has not moved rests."""
DETAIL = ((50, 15), (34, 11), (20, 5), (0, 3))
"""From which height on what is said of a node has how many rows, with its border."""
Drawn = tuple["Around", Picture]


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
    foot = ("centre", "open", "more_steps", "path_here", "agree", "need", "unneed", "back")
    BINDINGS = bindings(offers)
    DEFAULT_CSS = """
    NetworkView {
        FactsPane { height: 5; border-top: solid $faint; }
    }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.center: str | None = None
        """What the graph is around; None until there is one."""
        self.steps: int | None = None
        """How many steps are asked for, before and after together; None: by the width."""
        self._first: dict[int, str] = {}
        """With which initiative a column begins, by its distance, where not with the first."""
        self._drawn: Drawn | None = None
        self._reading = False
        self._rest: Timer | None = None

    def body(self) -> ComposeResult:
        """Heading, the columns' heads, the graph, and the marked node in words."""
        yield TitleLine(id="heading")
        yield TitleLine(id="heads")
        yield NetworkGraph()
        yield FactsPane()

    @property
    def graph(self) -> NetworkGraph:
        """The drawing."""
        return self.query_one(NetworkGraph)

    @property
    def picture(self) -> Picture | None:
        """What is drawn."""
        return self._drawn[1] if self._drawn is not None else None

    # --- what is shown ----------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Begin with what was marked in the view before."""
        super().on_mount()
        self.selection_changed()

    def plan_changed(self, _before: Plan, _after: Plan) -> None:
        """The same part of the new plan."""
        self._show()

    def filter_changed(self) -> None:
        """What does not match is quieter."""
        if self._drawn is not None:
            self._put(*self._drawn)

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
        links, pair = self._drawn[0].links if self._drawn else (), (self.center, node)
        handed = any((each.on, each.succ) == pair and each.state for each in links)
        supplier = self.center if handed else None
        return Mark(("initiatives", node), openable=True, supplier=supplier)

    def _around(self, id: str) -> None:
        """Show the graph around an initiative, which is marked."""
        self.center, self._first = id, {}
        self.graph.set_reactive(NetworkGraph.cursor, id)
        self._show()

    @on(NetworkGraph.Resized)
    def _show(self) -> None:
        """Draw what is asked for: at once, or when networkx is there, or a large plan is walked."""
        self._fit()
        plan, size = self.plan, self.graph.size
        if not size.width or not size.height:
            return
        asked = partial(_drawing, plan, self.center, self.steps, dict(self._first), size)
        if graph_at_once(plan):
            self._came(plan, asked())
        else:
            took = partial(self._came, plan)
            self.planner.in_thread(asked, took, "network", of=self, exclusive=True)

    def _came(self, plan: Plan, found: Drawn | None) -> None:
        if plan is not self.plan or not self.is_mounted:
            return
        self._drawn = found
        if self._drawn is None:
            self.center = None
            self.graph.set_reactive(NetworkGraph.cursor, None)
            self.query_one("#heading", TitleLine).show([("Network", ("strong", None, True))])
            self._fit()
            self._explain()
        else:
            self._put(*self._drawn)

    def _put(self, around: Around, picture: Picture) -> None:
        """Show a drawing, the cursor where it was, else on the center."""
        self.center = around.center
        cursor = self.graph.cursor
        cursor = cursor if cursor in picture.drawing.places else around.center
        self.graph.show(picture, cursor or around.center, self.desk.matching(self.plan))
        self._head()
        self._fit()
        self.remember()
        self._explain()

    def _head(self) -> None:
        """The lines above the graph."""
        if self._drawn is not None:
            around, picture = self._drawn
            width = self.size.width - 2
            line = heading(around, picture, width)
            if self.desk.filter:
                line = (*line, (" · the filter dims what it does not match", "warning"))
            self.query_one("#heading", TitleLine).show(coloured_line(line))
            centred = self.graph.cursor == around.center
            text = heads(picture, self.size.width, "selected" if centred else "centre")
            self.query_one("#heads", TitleLine).show([(text[1:], ("dim", None, False))])

    def _fit(self) -> None:
        """The graph and what is said of a node, or one of them on the whole screen."""
        pane, alone = self.query_one(FactsPane), self._reading or self.center is None
        rows = next(rows for height, rows in DETAIL if self.size.height >= height)
        pane.styles.height = "1fr" if (alone and self._drawn is None) or self._reading else rows
        self.graph.display = not self._reading
        self.query_one("#heads", TitleLine).display = not self._reading

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
        if self._drawn is None or id is None:
            self._tell(None)
            return
        asked = partial(_hanging, plan, id)
        if graph_at_once(plan):
            self._tell(asked())
        else:
            took = partial(self._told, plan, id)
            self.planner.in_thread(asked, took, "hanging", of=self, exclusive=True)

    def _told(self, plan: Plan, id: str, found: HangingRow) -> None:
        if plan is self.plan and id == self.graph.cursor and self.is_mounted:
            self._tell(found)

    def _tell(self, found: HangingRow | None) -> None:
        self.query_one(FactsPane).tell(partial(self._page, found))

    def _page(self, found: HangingRow | None, width: int) -> Explained:
        """What is said of the marked node; where there is none, how to begin."""
        id = self.graph.cursor
        if self._drawn is None or id not in self.plan.roadmap.initiatives:
            return coloured(none_page(width) if self.plan_is_empty else [])
        findings = findings_on(self.plan, id) if known(self.plan) else []
        height = None if self._reading else self.query_one(FactsPane).size.height
        return coloured(about(self.plan, id, found, findings, width, height))

    @property
    def plan_is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        every = self.plan.roadmap.initiatives.values()
        return all(one.status == "dropped" for one in every)

    # --- walking ----------------------------------------------------------------------------------

    def do_right(self) -> None:
        """To a successor."""
        self._follow(after=True)

    def do_left(self) -> None:
        """To a predecessor."""
        self._follow(after=False)

    def _follow(self, *, after: bool) -> None:
        """Along a line: to the end of it that is nearest."""
        if self._reading or self._drawn is None or self.graph.cursor is None:
            return
        around, picture = self._drawn
        here = self.graph.cursor
        ends = [(on, succ) if after else (succ, on) for on, succ in picture.links]
        beside = [far for near, far in ends if near == here != far]
        if beside:
            rows = picture.drawing.places
            self.graph.cursor = min(beside, key=lambda id: abs(rows[id][0] - rows[here][0]))
            return
        self.say(unseen(around, picture, here, after=after), "warning")

    def do_down(self) -> None:
        """The node below, or more of the column."""
        self._step(1)

    def do_up(self) -> None:
        """The node above."""
        self._step(-1)

    @on(NetworkGraph.Turned)
    def _turned(self, event: NetworkGraph.Turned) -> None:
        self._step(event.by)

    def _step(self, by: int) -> None:
        """Up or down in the column; beyond its last node come those that had no room."""
        if self._reading:
            self.query_one(FactsPane).scroll_lines(by)
            return
        column = self._column
        at = column.index(self.graph.cursor) + by if self.graph.cursor in column else 0
        if 0 <= at < len(column):
            self.graph.cursor = column[at]
        elif not self._turn_over(by):
            self.say(f"{'Last' if by > 0 else 'First'} initiative of this column", "warning")

    @property
    def _column(self) -> tuple[str, ...]:
        """The nodes of the column that the cursor is in."""
        columns = self.picture.columns if self.picture is not None else ()
        return next((ids for ids in columns if self.graph.cursor in ids), ())

    def _turn_over(self, by: int) -> bool:
        """Show other initiatives of this column; whether there are any."""
        if self.picture is None or not self._column:
            return False
        distance = self.picture.columns.index(self._column) - self.picture.middle
        others = self.picture.left_out.get(distance, ())
        if not others or (by < 0 and distance not in self._first):
            return False
        first = others[0] if by > 0 else others[max(0, len(others) - len(self._column))]
        self._first[distance] = first
        self.graph.set_reactive(NetworkGraph.cursor, first)
        self._show()
        return True

    def do_page_down(self) -> None:
        """Half a screen of text, or more of the column."""
        self._by_pages(1)

    def do_page_up(self) -> None:
        """Half a screen of text back, or less of the column."""
        self._by_pages(-1)

    def _by_pages(self, by: int) -> None:
        if self._reading:
            pane = self.query_one(FactsPane)
            pane.scroll_lines(by * max(1, pane.size.height // 2))
        elif not self._turn_over(by):
            self._end(-1 if by > 0 else 0)

    def do_top(self) -> None:
        """The first node of the column."""
        self._end(0)

    def do_bottom(self) -> None:
        """The last node of the column."""
        self._end(-1)

    def _end(self, at: int) -> None:
        if self._reading:
            pane = self.query_one(FactsPane)
            pane.scroll_lines(len(pane.lines) * (1 if at else -1))
        elif self._column:
            self.graph.cursor = self._column[at]

    # --- actions ----------------------------------------------------------------------------------

    def do_open(self) -> None:
        """What is said of the node on the whole screen, and back."""
        self._reading = not self._reading
        self._fit()
        self._explain()

    @on(NetworkGraph.Opened)
    def _opened(self) -> None:
        self.do_open()

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
        if self._reading:
            self.do_open()
            return
        place = self.desk.been[-1]
        self.trail.do_back()
        if place.view == self.view_name and place.selected and place.selected[1] != self.center:
            self._around(place.selected[1])

    def do_escape(self) -> None:
        """From the details to the graph; else as everywhere."""
        if self._reading:
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
        """Show more or fewer steps, as far as there are any and they have room."""
        steps = (self.steps or steps_at(self.size.width)) + by
        if steps < 1:
            self.say("At least one step is shown", "warning")
        elif by > 0 and self._drawn is not None and (why := no_more_steps(*self._drawn)):
            self.say(why, "warning")
        else:
            self.steps = steps
            self._show()


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
