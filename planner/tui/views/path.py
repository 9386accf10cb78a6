"""The path view: what a date depends on, as lanes of marketing and IT with the handovers between.

The target is the main launch, or what was chosen with `t` or, anywhere, with `p`; `t` also says
which launch is the main one. The cursor walks the steps in schedule order; what it is on is
explained below the lanes.
"""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.timer import Timer

from planner.analysis.conflicts import findings_on
from planner.analysis.path import Lanes, lanes_of, targets_of, with_graph
from planner.pages import path_words
from planner.pages.path_step import step_page
from planner.plan.model import Plan
from planner.text.edits import SetKey
from planner.text.visible import visible
from planner.tui.lines.lines_pane import LinesPane
from planner.tui.lines.pages import Explained, Line, coloured
from planner.tui.lines.title_line import TitleLine
from planner.tui.shell.actions import bindings
from planner.tui.shell.app_state import Desk, Mark
from planner.tui.shell.checking import graph_at_once, known
from planner.tui.views.path_lanes import PathLanes, tone_look
from planner.tui.views.view import View

REST = 0.1
"""Seconds after which a cursor that has not moved rests."""
DETAIL = ((50, 15), (34, 9), (0, 6))
"""From which height on the explanation has how many rows, with its border."""


class PathView(View):
    """The path to a target in swimlanes, and what is close behind it."""

    view_name = "path"
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
        "target",
    )
    BINDINGS = bindings(offers)
    DEFAULT_CSS = """
    PathView {
        PathLanes { height: 1fr; }
        LinesPane { height: 6; border-top: solid $faint; }
    }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.path: Lanes | None = None
        self._rest: Timer | None = None

    def body(self) -> ComposeResult:
        """Heading, lanes, and the step under the cursor in words."""
        yield TitleLine(id="heading")
        yield PathLanes()
        yield LinesPane()

    # --- what is shown ----------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Draw the path."""
        super().on_mount()
        self._show()

    def plan_changed(self, _before: Plan, _after: Plan) -> None:
        """Draw the path of the new plan."""
        self._show()

    def selection_changed(self) -> None:
        """Put the cursor on what is selected in all views, where it is on this path."""
        if self.path is None or self.path.target != self.target:
            self._show()
        elif self.is_mounted and self._wanted not in (None, self.lanes.cursor):
            self.lanes.put(self._wanted)
            self._explain()

    @property
    def mark(self) -> Mark:
        """The step under the cursor."""
        step = self.lanes.cursor if self.is_mounted else None
        return Mark(("initiatives", step), openable=True) if step is not None else Mark()

    @property
    def _wanted(self) -> str | None:
        """What was selected last in any view, where it is a step of this path."""
        kind, id = self.desk.selected or ("", "")
        return id if kind == "initiatives" and id in self.lanes.steps else None

    def on_resize(self) -> None:
        """More words on a high screen."""
        self._fit()

    def _fit(self) -> None:
        if self.path is not None and not self.path.steps:
            self.query_one(LinesPane).styles.height = "1fr"
            return
        rows = next(rows for height, rows in DETAIL if self.size.height >= height)
        self.query_one(LinesPane).styles.height = rows

    @property
    def lanes(self) -> PathLanes:
        """The drawing."""
        return self.query_one(PathLanes)

    @property
    def target(self) -> str | None:
        """What the path leads to: what was chosen, if it is there, else the main launch."""
        chosen = self.desk.target
        if chosen is not None and chosen in self.plan.roadmap.initiatives:
            return chosen
        return self.plan.schedule.main_launch

    def _show(self) -> None:
        """Draw the path; what the graph says of it at once, or of a large plan when it is known."""
        path = lanes_of(self.plan, self.target)
        if not graph_at_once(self.plan):
            self._draw(path)
        self.work_out(lambda plan: with_graph(plan, path), self._told, asks_graph=True)

    def _told(self, _plan: Plan, path: Lanes) -> None:
        if path.target == (self.target or ""):
            self._draw(path)

    def _draw(self, path: Lanes) -> None:
        self.path = path
        self.query_one("#heading", TitleLine).show(_heading(self.path))
        self.lanes.show(self.path)
        if self._wanted is not None:
            self.lanes.put(self._wanted)
        self.lanes.display = bool(self.path.steps)
        self._fit()
        self._explain()

    def findings_came(self) -> None:
        """The findings of a large plan are known now."""
        self._explain()

    @on(PathLanes.Moved)
    def _moved(self) -> None:
        self.remember()
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(REST, self._explain)

    def _explain(self) -> None:
        self.query_one(LinesPane).tell(self._page)

    def _page(self, width: int) -> Explained:
        if self.path is None or not self.path.steps:
            return _nothing(self.path)
        cursor = self.lanes.cursor or ""
        findings = findings_on(self.plan, cursor) if known(self.plan) else ()
        return coloured(step_page(self.plan, self.path, cursor, findings, width))

    # --- actions ----------------------------------------------------------------------------------

    def do_down(self) -> None:
        """The next step."""
        self.lanes.move(1)

    def do_up(self) -> None:
        """The step before."""
        self.lanes.move(-1)

    do_right, do_left = do_down, do_up

    def do_page_down(self) -> None:
        """Half a screen further."""
        self.lanes.move(self.lanes.page)

    def do_page_up(self) -> None:
        """Half a screen back."""
        self.lanes.move(-self.lanes.page)

    def do_top(self) -> None:
        """The first step."""
        self.lanes.move(-len(self.lanes.steps))

    def do_bottom(self) -> None:
        """The last step."""
        self.lanes.move(len(self.lanes.steps))

    def do_open(self) -> None:
        """Go to the step on the board."""
        if self.lanes.cursor is not None:
            self.trail.go("board", ("initiatives", self.lanes.cursor))

    @on(PathLanes.Opened)
    def _opened(self) -> None:
        self.do_open()

    def do_path_here(self) -> None:
        """The path to the step under the cursor."""
        if self.lanes.cursor is not None:
            self.trail.leave()
            self._aim(self.lanes.cursor)

    def do_target(self) -> None:
        """Choose what the path leads to, among the launches, or what the roadmap is about."""
        from planner.tui.dialogs.target import TargetDialog

        shown = (self.target,) if self.target is not None else ()
        dialog = TargetDialog(self.session, tuple(dict.fromkeys((*targets_of(self.plan), *shown))))
        self.app.push_screen(dialog, lambda id: self._chosen(id, main=dialog.main))

    def _chosen(self, id: str | None, *, main: bool) -> None:
        if id is not None and main and id != self.plan.roadmap.settings.main_launch:
            self.changes.make(SetKey("roadmap", "", ("main_launch",), id), f"main launch {id}")
        self._aim(id)

    def _aim(self, id: str | None) -> None:
        if id is not None:
            self.desk.target = id
            self._show()


def _heading(path: Lanes) -> Line:
    if not path.target:
        return [("Path", ("dim", None, False))]
    pieces: Line = [("Path to ", ("dim", None, False))]
    for text, tone in path_words.heading(path):
        if len(pieces) > 1:
            pieces.append((" · ", ("faint", None, False)))
        pieces.append((text, tone_look(tone)))
    return pieces


def _nothing(path: Lanes | None) -> Explained:
    why = visible((path.why_not if path else None) or "nothing is scheduled")
    lines: tuple[Line, ...] = (
        [
            ("No path to draw: ", ("strong", None, True)),
            (why, ("text", None, False)),
        ],
        [("a adds an initiative, d says what it needs", ("dim", None, False))],
    )
    return Explained(lines, ())
