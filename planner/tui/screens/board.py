"""The board: one joint table and timeline of both sides' work, and what is known of one row.

The view decides what is in the outline (folds, filter) and what keys mean; `Timeline` draws it. A
bar in hand (`m`) is a `Grab`: while there is one, keys move it and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping

from textual import events, on
from textual.app import ComposeResult
from textual.widgets import Static

from planner.consequence import compare
from planner.errors import PlannerError
from planner.plan import Plan
from planner.roadmap.entities import Severity
from planner.session import Preview
from planner.text.edits import Edit
from planner.tui.actions import bindings
from planner.tui.desk import Desk
from planner.tui.screens.grab import WEEK, Grab, refusal
from planner.tui.screens.view import View
from planner.tui.widgets.axis import Axis
from planner.tui.widgets.detail import DetailPane
from planner.tui.widgets.footer import ActionFooter
from planner.tui.widgets.header import latest
from planner.tui.widgets.outline import Fold, Outline
from planner.tui.widgets.scale import coarser, finer
from planner.tui.widgets.timeline import Timeline

GRAB_KEYS = [
    ("h l", "days"),
    ("H L", "weeks"),
    ("< >", "length"),
    ("enter", "keep"),
    ("esc", "drop"),
]
MOVES = {"h": -1, "left": -1, "l": 1, "right": 1, "H": -WEEK, "L": WEEK}
STRETCHES = {"less_than_sign": -1, "greater_than_sign": 1, "comma": -1, "full_stop": 1}
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


class BoardView(View):
    """The joint timeline."""

    view_name = "board"
    offers = (
        "down",
        "up",
        "left",
        "right",
        "page_down",
        "page_up",
        "top",
        "bottom",
        "next_conflict",
        "previous_conflict",
        "open",
        "fold",
        "fold_all",
        "zoom_in",
        "zoom_out",
        "fit",
        "today",
        "move",
    )
    BINDINGS = bindings(offers)
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall"), (50, "-vast")]

    DEFAULT_CSS = """
    BoardView { background: $ground; }
    BoardView Axis { height: 1; }
    BoardView.-tall Axis, BoardView.-vast Axis { height: 2; }
    BoardView DetailPane { display: none; }
    BoardView.-tall DetailPane { display: block; height: 10; }
    BoardView.-vast DetailPane { display: block; height: 15; }
    BoardView #nothing { display: none; height: 1fr; color: $text; background: $ground; }
    BoardView.-empty #nothing { display: block; }
    BoardView.-empty Timeline, BoardView.-empty DetailPane, BoardView.-empty Axis { display: none; }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.folded: set[Fold] = set()
        self.grab: Grab | None = None
        self.timeline = Timeline(self.plan, self._outline(self.plan))

    def body(self) -> ComposeResult:
        """Axis, rows, details."""
        yield Axis(self.timeline)
        yield self.timeline
        yield Static(EMPTY, id="nothing", markup=False)
        yield DetailPane()

    def on_mount(self) -> None:
        """Start on the row that the plan's worst news is about."""
        if self.selected is None and (worst := latest(self.plan)):
            self.desk.selected = ("initiatives", worst)
        self._show(self.plan, self._outline(self.plan))
        self.selection_changed()

    # --- what is on screen ------------------------------------------------------------------------

    def _outline(self, plan: Plan) -> Outline:
        return Outline(plan.roadmap, self.folded, self.desk.matching(plan))

    def _show(self, plan: Plan, outline: Outline | None = None) -> None:
        ghost = (self.grab.plan, self.grab.id) if self.grab else None
        marks = marked(plan) if self.desk.checked else {}
        self.timeline.show(plan, outline, marks, ghost)
        empty = not self.timeline.outline.rows
        self.set_class(empty, "-empty")
        if empty:
            self.query_one("#nothing", Static).update(FILTERED if self.desk.filter else EMPTY)
        self.query_one(Axis).refresh()

    def plan_changed(self, before: Plan, after: Plan) -> None:
        """Draw the new plan; the cursor stays on what it was on."""
        rows_differ = any(
            getattr(before.roadmap, table) is not getattr(after.roadmap, table)
            for table in ("initiatives", "groups", "portfolios", "teams")
        )
        self._show(after, self._outline(after) if rows_differ or self.desk.filter else None)
        if self.timeline.fitted:
            self.timeline.fit()
        self.selection_changed()

    def findings_came(self) -> None:
        """Mark the rows that findings are about, now that they are known."""
        self._show(self.plan)

    def filter_changed(self) -> None:
        """Show the rows that match."""
        self._show(self.plan, self._outline(self.plan))
        self.selection_changed()

    def selection_changed(self) -> None:
        """Put the cursor on the selected thing, unfolding what hides it."""
        selected = self.selected
        if selected is None:
            self._remember()
            return
        at = self.timeline.outline.find(*selected)
        hidden = selected[0] == "initiatives" and selected[1] in self.plan.roadmap.initiatives
        if hidden and at is not None and self.timeline.outline.rows[at].heading:
            self.folded -= set(self.timeline.outline.folds_over(selected[1]))
            self._show(self.plan, self._outline(self.plan))
            at = self.timeline.outline.find(*selected)
        if at is None:
            self._remember()
        elif at != self.timeline.cursor:
            self.timeline.move_to(at)
            self.timeline.reveal()

    def _remember(self) -> None:
        """Tell the desk what is under the cursor."""
        row = self.timeline.row
        self.desk.selected = (row.kind, row.id) if row else None
        self.query_one(ActionFooter).refresh()

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

    # --- moving -----------------------------------------------------------------------------------

    def _to(self, row: int) -> None:
        self.timeline.move_to(row)
        self._remember()

    def do_down(self) -> None:
        """Next row."""
        self._to(self.timeline.cursor + 1)

    def do_up(self) -> None:
        """Previous row."""
        self._to(self.timeline.cursor - 1)

    def do_page_down(self) -> None:
        """Half a screen down."""
        self._to(self.timeline.cursor + self.timeline.page)

    def do_page_up(self) -> None:
        """Half a screen up."""
        self._to(self.timeline.cursor - self.timeline.page)

    def do_top(self) -> None:
        """First row."""
        self._to(0)

    def do_bottom(self) -> None:
        """Last row."""
        self._to(len(self.timeline.outline) - 1)

    def do_left(self) -> None:
        """Previous column, or pan."""
        self.timeline.move_column(-1)

    def do_right(self) -> None:
        """Next column, or pan."""
        self.timeline.move_column(1)

    def do_next_conflict(self) -> None:
        """The next row with a conflict, from the top again after the last."""
        self._conflict(1)

    def do_previous_conflict(self) -> None:
        """The row with a conflict above."""
        self._conflict(-1)

    def _conflict(self, step: int) -> None:
        rows, marks = self.timeline.outline.rows, self.timeline.marks
        for away in range(1, len(rows) + 1):
            at = (self.timeline.cursor + step * away) % len(rows)
            if not rows[at].heading and marks.get(rows[at].id, "info") != "info":
                self._to(at)
                return
        self.say("No conflicts in the rows on the board")

    # --- folding, zooming -------------------------------------------------------------------------

    def do_open(self) -> None:
        """Fold or unfold a heading; details of anything else, as a page."""
        row = self.timeline.row
        if row is not None and row.heading:
            self.do_fold()
        elif row is not None:
            from planner.tui.screens.details import DetailScreen

            self.app.push_screen(DetailScreen(self.plan, row.id))

    def do_fold(self) -> None:
        """Fold the heading under the cursor, or the one that this row is under."""
        at = self.timeline.cursor
        row = self.timeline.row
        if row is not None and not row.heading:
            up = self.timeline.outline.parent(at)
            row = None if up is None else self.timeline.outline.rows[up]
        if row is None:
            return
        self.folded ^= {row.fold}
        self._refold(row.kind, row.id)

    def do_fold_all(self) -> None:
        """Fold every heading; where all are folded, unfold them."""
        headings = self.timeline.outline.headings()
        self.folded = set() if headings <= self.folded else headings
        row = self.timeline.row
        if row is not None:
            self._refold(
                "portfolios" if self.folded else row.kind, row.lane if self.folded else row.id
            )

    def _refold(self, kind: str, id: str) -> None:
        self._show(self.plan, self._outline(self.plan))
        at = self.timeline.outline.find(kind, id)
        self._to(self.timeline.cursor if at is None else at)

    def do_zoom_in(self) -> None:
        """Fewer days on screen."""
        self.timeline.zoom(finer(self.timeline.scale.days))

    def do_zoom_out(self) -> None:
        """More days on screen."""
        self.timeline.zoom(coarser(self.timeline.scale.days))

    def do_fit(self) -> None:
        """The whole plan."""
        self.timeline.fit()

    def do_today(self) -> None:
        """Today, a third from the left."""
        self.timeline.rescale(self.timeline.scale.centred(self.plan.as_of))

    # --- a bar in hand ----------------------------------------------------------------------------

    def do_move(self) -> None:
        """Take the selected bar in hand."""
        row = self.timeline.row
        if row is None or row.heading:
            return
        if reason := refusal(self.plan, row.id):
            self.say(reason, "warning")
            return
        self._hold(Grab(self.plan, row.id))

    def on_key(self, event: events.Key) -> None:
        """Keys that belong to a bar in hand; all others go their usual way."""
        if self.grab is None:
            return
        self.query_one(ActionFooter).hush()
        event.stop()
        event.prevent_default()
        grab, key = self.grab, event.character if event.character in MOVES else event.key
        if key in MOVES and grab.started:
            self.say(f"{grab.id} has started: its start is a fact, only < and > work", "warning")
        elif key in MOVES:
            self._hold(grab.moved(MOVES[key]))
        elif key in STRETCHES:
            self._hold(grab.stretched(STRETCHES[key]))
        elif key == "enter":
            self._let_go(grab.edit(), grab.label)
        elif key == "escape":
            self._let_go(None, "")

    def _hold(self, grab: Grab) -> None:
        """Show what the plan would be with the bar where it is now."""
        edit = grab.edit()
        try:
            preview = self.session.preview(edit) if edit else None
        except PlannerError as error:
            self.say(error.message, "warning")
            return
        self.grab = grab
        self.query_one(ActionFooter).show_keys(GRAB_KEYS)
        self._show(preview.plan if preview else self.plan)
        self.timeline.reveal()
        shown = preview or Preview(self.plan, compare(self.plan, self.plan))
        self.show_consequence(shown, grab.words(shown.plan))

    def _let_go(self, edit: Edit | None, label: str) -> None:
        self.grab = None
        self.query_one(ActionFooter).show_keys(None)
        self.show_consequence(None)
        if edit is None or not self.act(edit, label):
            self._show(self.plan)


def marked(plan: Plan) -> dict[str, Severity]:
    """The worst severity of the findings, not waived, that involve each initiative."""
    found: dict[str, Severity] = {}
    for finding in plan.findings:
        if not finding.waived:
            for id in finding.initiatives:
                if id not in found or RANK[finding.severity] < RANK[found[id]]:
                    found[id] = finding.severity
    return found
