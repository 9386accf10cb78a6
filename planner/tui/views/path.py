"""The path view: what a date depends on, as lanes of marketing and IT with the handovers between.

The target is the main launch, or what was chosen with `t` or, anywhere, with `p`; `t` also says
which launch is the main one. The cursor walks the steps in schedule order; what it is on is
explained below the lanes.
"""

from __future__ import annotations

from functools import partial
from typing import cast

from planner.analysis.conflicts import findings_on
from planner.analysis.path import Lanes, lanes_of, targets_of, with_graph
from planner.pages import path_words
from planner.pages.lines import Page
from planner.pages.path_step import step_page
from planner.plan.model import Plan
from planner.text.edits import SetKey
from planner.text.visible import visible
from planner.tui.lines.pages import Explained, Line, coloured
from planner.tui.lines.row_list import Row
from planner.tui.shell.checking import graph_at_once, known
from planner.tui.views.list_view import BELOW, ListView
from planner.tui.views.path_lanes import PathLanes, tone_look


class PathView(ListView):
    """The path to a target in swimlanes, and what is close behind it."""

    view_name = "path"
    offers = (*(id for id in ListView.offers if id != "next_part"), "target")
    foot = ()
    unfit = ()
    lists = PathLanes
    beside = BELOW
    share = 72

    # --- what is shown ----------------------------------------------------------------------------

    @property
    def lanes(self) -> PathLanes:
        """The drawing."""
        return cast("PathLanes", self.listing)

    @property
    def target(self) -> str | None:
        """What the path leads to: what was chosen, if it is there, else the main launch."""
        chosen = self.desk.target
        if chosen is not None and chosen in self.plan.roadmap.initiatives:
            return chosen
        return self.plan.schedule.main_launch

    def recompute(self) -> None:
        """Draw the path; what the graph says of it when it is known, where it has to be loaded."""
        path = lanes_of(self.plan, self.target)
        if not graph_at_once(self.plan):
            self.show(self.plan, path)
        self.work_out(lambda plan: with_graph(plan, path), self._told, asks_graph=True)

    def _told(self, plan: Plan, path: Lanes) -> None:
        if path.target == (self.target or ""):
            self.show(plan, path)

    def filter_changed(self) -> None:
        """A path is drawn whole."""

    def selection_changed(self) -> None:
        """The path to another target; the cursor on what is selected in all views."""
        if self.found is not None and self.found.target != (self.target or ""):
            self.recompute()
        else:
            super().selection_changed()

    def rows(self, plan: Plan) -> list[Row]:
        """The steps of the path, then those close behind; drawn as lanes."""
        path: Lanes = self.found
        self.lanes.draw(path)
        near = (step.id for chain in path.near[: path_words.MOST] for step in chain.steps)
        ids = dict.fromkeys([*(step.id for step in path.steps), *near])
        return [Row(_no_line, id, partial(self._page, plan, id), ("initiatives", id)) for id in ids]

    def _page(self, plan: Plan, id: str, width: int) -> Explained:
        findings = findings_on(plan, id) if known(plan) else ()
        return coloured(step_page(plan, self.found, id, findings, width))

    def headings(self) -> tuple[Line, ...]:
        """Where it leads, and what that says."""
        path: Lanes = self.found
        if not path.target:
            return ([("Path", ("dim", None, False))],)
        pieces: Line = [("Path to ", ("dim", None, False))]
        for text, tone in path_words.heading(path):
            if len(pieces) > 1:
                pieces.append((" · ", ("faint", None, False)))
            pieces.append((text, tone_look(tone)))
        return (pieces,)

    def nothing(self, width: int) -> Explained:
        """Why there is no path."""
        why = (self.found.why_not if self.found is not None else None) or "nothing is scheduled"
        page = Page(width)
        page.line(("No path to draw: ", "title"), (visible(why), "text"))
        page.line(("a adds an initiative, d says what it needs", "dim"))
        return coloured(page.lines)

    # --- actions ----------------------------------------------------------------------------------

    def do_right(self) -> None:
        """The next step."""
        self.both.do_down()

    def do_left(self) -> None:
        """The step before."""
        self.both.do_up()

    def do_open(self) -> None:
        """Go to the step on the board."""
        if self.lanes.step is not None:
            self.trail.go("board", ("initiatives", self.lanes.step))

    def do_path_here(self) -> None:
        """The path to the step under the cursor."""
        if self.lanes.step is not None:
            self.trail.leave()
            self._aim(self.lanes.step)

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
            self.recompute()


def _no_line(_width: int) -> Line:
    """Steps are drawn as lanes, not line by line."""
    return []
