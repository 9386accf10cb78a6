"""The board: one joint table and timeline of both sides' work, and what is known of one row.

`RowsView` moves the cursor, `InHand` moves bars, `Timeline` draws. What is left to this view is
what stands where, and what it says when there is nothing to show.
"""

from __future__ import annotations

from collections.abc import Mapping

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from planner.plan.model import Plan
from planner.roadmap.entities import Severity
from planner.tui.board.axis import Axis
from planner.tui.board.detail import DetailPane
from planner.tui.board.outline import Outline, same_rows
from planner.tui.board.timeline import Timeline
from planner.tui.lines.frame import HEIGHTS, lines_at
from planner.tui.shell.checking import known
from planner.tui.views.move_mode import InHand

RANK: Mapping[Severity, int] = {"error": 0, "warning": 1, "info": 2}

EMPTY = """
  Nothing is planned yet.

  a   adds the first initiative
  o   opens the file in $EDITOR
  ?   shows all keys
"""
FILTERED = """
  Nothing matches the filter.

  /     changes it
  esc   shows everything again
"""
PLACES = "\n".join(
    f"BoardView.{each.name} Axis {{ height: {each.axis}; }}"
    f"BoardView.{each.name} DetailPane {{ height: {each.details}; }}"
    + ("" if each.details else f"BoardView.{each.name} DetailPane {{ display: none; }}")
    for each in HEIGHTS
)


class BoardView(InHand):
    """The joint timeline."""

    view_name = "board"
    VERTICAL_BREAKPOINTS = [(each.least, each.name) for each in HEIGHTS]

    DEFAULT_CSS = f"""
    BoardView {{ background: $ground; }}
    {PLACES}
    BoardView #nothing {{ display: none; height: 1fr; color: $text; background: $ground; }}
    BoardView.-empty #nothing {{ display: block; }}
    BoardView.-empty Timeline, BoardView.-empty DetailPane,
    BoardView.-empty Axis {{ display: none; }}
    """

    def body(self) -> ComposeResult:
        """Axis, rows, details; with the pane from the first frame where there is room for it."""
        self.add_class(lines_at(self.app.size.height).name)
        yield Axis(self.timeline)
        yield self.timeline
        yield Static(EMPTY, id="nothing", markup=False)
        yield DetailPane()

    def on_mount(self) -> None:
        """Start on the row of the main launch."""
        if self.desk.selected is None and (main := self.plan.schedule.main_launch):
            self.desk.selected = ("initiatives", main)
        self.show(self.plan, self.outline(self.plan))
        self.selection_changed()

    # --- what is on screen ------------------------------------------------------------------------

    def show(self, plan: Plan, outline: Outline | None = None) -> None:
        """Draw a plan, its conflicts marked, and what a bar in hand stood for before."""
        ghost = (self.grab.plan, self.grab.id) if self.grab else None
        marks = marked(plan) if known(plan) else None
        self.timeline.show(plan, outline, marks, ghost)
        empty = not self.timeline.outline.rows
        self.set_class(empty, "-empty")
        if empty:
            self.query_one("#nothing", Static).update(FILTERED if self.desk.filter else EMPTY)
        axis, arranged = self.query_one(Axis), self.desk.arrangement
        axis.said = "" if arranged.usual else arranged.said
        axis.refresh()

    def plan_changed(self, before: Plan, after: Plan) -> None:
        """Draw the new plan; the cursor stays on what it was on."""
        desk = self.desk
        free = not desk.filter and not desk.sort
        same = free and same_rows(before.roadmap, after.roadmap, desk.grouping)
        self.show(after, None if same else self.outline(after))
        if self.timeline.fitted and before.schedule.start is None:
            self.timeline.fit()
        self.selection_changed()

    def findings_came(self) -> None:
        """Mark the rows that findings are about, now that they are known."""
        self.show(self.plan)

    def filter_changed(self) -> None:
        """Show the rows that match, under the headings that are asked for."""
        self.show(self.plan, self.outline(self.plan))
        self.selection_changed()
        self.timeline.start_over()

    def selection_changed(self) -> None:
        """Put the cursor on the selected thing, unfolding what hides it."""
        selected = self.desk.selected
        if selected is None:
            self.remember()
            return
        if self.selected == selected:
            return  # it may have several rows: stay on this one
        at = self.timeline.outline.find(*selected)
        hidden = selected[0] == "initiatives" and selected[1] in self.plan.roadmap.initiatives
        if hidden and at is not None and self.timeline.outline.rows[at].heading:
            self.folded -= set(self.timeline.outline.folds_over(selected[1]))
            self.show(self.plan, self.outline(self.plan))
            at = self.timeline.outline.find(*selected)
        if at is None:
            self.remember()
        elif at != self.timeline.cursor:
            self.timeline.move_to(at)
            self.timeline.reveal()

    def select(self, kind: str, id: str) -> None:
        """Mark it; where the filter leaves it out, say so."""
        super().select(kind, id)
        if kind == "initiatives" and self.selected != (kind, id) and self.desk.filter:
            self.say(f"{id} is there, and the filter hides it: esc shows everything", "warning")

    @on(Timeline.Rested)
    def _follow(self) -> None:
        shown = self.timeline
        self.query_one(DetailPane).show(shown.plan, shown.outline, shown.row)

    @on(Timeline.Rescaled)
    def _rescaled(self) -> None:
        self.query_one(Axis).refresh()

    def cell(self) -> tuple[str, ...] | None:
        """The key under the cursor; a heading has only its title."""
        row = self.timeline.row
        if row is None or row.heading:
            return ("title",) if row is not None else None
        return self.timeline.cell.key

    def computed(self) -> str:
        """Dates, float and conflicts of an initiative are worked out, not typed."""
        row = self.timeline.row
        return self.timeline.cell.computed if row is not None and not row.heading else ""


def marked(plan: Plan) -> dict[str, Severity]:
    """The worst severity of the findings, not waived, that involve each initiative."""
    found: dict[str, Severity] = {}
    for finding in plan.findings:
        if not finding.waived:
            for id in finding.initiatives:
                if id not in found or RANK[finding.severity] < RANK[found[id]]:
                    found[id] = finding.severity
    return found
