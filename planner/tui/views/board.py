"""The board: one joint table and timeline of both sides' work, and what is known of one row.

`Rows` moves the cursor, `Moving` moves bars, `Timeline` draws. What is left to this view is what
stands where, and what it says when there is nothing to show.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from planner.analysis.baseline import Baseline
from planner.plan.model import Plan
from planner.roadmap.figures import count, day_before
from planner.tui.board.axis import Axis
from planner.tui.board.detail import DetailPane
from planner.tui.board.outline import same_rows
from planner.tui.board.pointer import Dragged, Picked
from planner.tui.board.timeline import Timeline
from planner.tui.lines.frame import HEIGHTS, lines_at
from planner.tui.lines.opening_lines import OpeningLines
from planner.tui.shell.app_state import Desk, Mark
from planner.tui.views.baseline import Comparing
from planner.tui.views.board_rows import Rows
from planner.tui.views.move_mode import Moving
from planner.tui.views.view import View

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


class BoardView(View):
    """The joint timeline."""

    view_name = "board"
    offers: ClassVar[tuple[str, ...]] = (*Rows.offers, *Moving.offers, *Comparing.offers)
    VERTICAL_BREAKPOINTS = [(each.least, each.name) for each in HEIGHTS]

    DEFAULT_CSS = f"""
    BoardView {{ background: $ground; }}
    {PLACES}
    BoardView #nothing {{ display: none; height: 1fr; color: $text; background: $ground; }}
    BoardView.-empty #nothing {{ display: block; }}
    BoardView.-empty Timeline, BoardView.-empty DetailPane,
    BoardView.-empty Axis {{ display: none; }}
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.rows = Rows(self, self.only)
        self.timeline = self.rows.timeline
        self.moving = Moving(self, self.timeline)
        self.comparing = Comparing(self, self.compare)
        self.parts = (self.rows, self.moving, self.comparing, *self.parts)

    def above(self) -> ComposeResult:
        """What is said on opening."""
        yield OpeningLines(self.desk)

    def refresh_lines(self) -> None:
        """And what is said on opening, until it is closed."""
        super().refresh_lines()
        self.query_one(OpeningLines).catch_up()

    def do_escape(self) -> None:
        """Close what is said on opening, else what escape does everywhere."""
        if self.desk.opening is None:
            self.filtering.do_escape()
        else:
            self.desk.opening = None
            self.refresh_lines()

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
        self.show(self.plan)
        self.selection_changed()

    # --- what is on screen ------------------------------------------------------------------------

    def show(self, plan: Plan, *, same: bool = False) -> None:
        """Draw a plan, and what is said where it has no rows."""
        if same:
            self.timeline.show(plan)
        else:
            self.rows.show(plan)
        empty = not self.timeline.outline.rows
        self.set_class(empty, "-empty")
        if empty:
            self.query_one("#nothing", Static).update(FILTERED if self.desk.filter else EMPTY)
        self.compare()

    def only(self, plan: Plan) -> Collection[str] | None:
        """The initiatives that have rows; None for all."""
        return self.desk.matching(plan)

    @property
    def against(self) -> Baseline | None:
        """What the plan is compared with."""
        return self.desk.baseline if self.desk.compared else None

    def compare(self) -> None:
        """Show where everything was by the baseline, where one is; and over the rows, which, and
        how they are arranged.
        """
        desk, axis = self.desk, self.query_one(Axis)
        against = self.against
        self.timeline.compare(against)
        arranged = "" if desk.arrangement.usual else desk.arrangement.said
        since, more = "", self.timeline.table.left_out
        if against is not None and against.commit:
            since = f"since {day_before(against.day, self.plan.as_of)}"
        left_out = f"+{count(more, 'column')}" if more else ""
        all = (desk.view_said, arranged, left_out, since)
        shorter = (desk.view_said or arranged, f"+{more}" if more else "", since)
        axis.ways = [way for each in (all, shorter) if (way := ", ".join(filter(None, each)))]
        axis.refresh()

    def plan_changed(self, before: Plan, after: Plan) -> None:
        """Draw the new plan; the cursor stays on what it was on."""
        desk = self.desk
        self.rows.follow(before, after)
        free = not desk.filter and not desk.sort
        same = free and same_rows(before.roadmap, after.roadmap, desk.grouping)
        line = self.timeline.cursor - self.timeline.top
        self.show(after, same=same)
        if self.timeline.time.fitted and before.schedule.start is None:
            self.timeline.time.fit()
        self._mark_near(self.timeline.cursor)
        if not same:
            self.timeline.keep_line(line)

    def findings_came(self) -> None:
        """Mark the rows that findings are about, now that they are known, and sort by them."""
        if self.in_hand:
            return
        if self.desk.sort.removeprefix("-") not in ("conflicts", "next"):
            self.timeline.show(self.plan)
            return
        line = self.timeline.cursor - self.timeline.top
        self.show(self.plan)
        self.selection_changed()
        self.timeline.keep_line(line)

    def filter_changed(self) -> None:
        """Show the rows that match, under the headings that are asked for."""
        self.show(self.plan)
        self._mark_near(0)
        self.timeline.start_over()

    def _mark_near(self, at: int) -> None:
        """Mark what was marked; where that has no row now, the initiative nearest to row `at`, on
        which keys act, until it has one again.
        """
        desk, rows = self.desk, self.timeline.outline
        desk.come_back(lambda one: rows.find(*one) is not None)
        if desk.selected is not None and rows.find(*desk.selected) is None:
            if (near := rows.near(at)) is None:
                return
            self.timeline.move_to(near)
            desk.stand_in(("initiatives", rows.rows[near].id))
        self.selection_changed()

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
            self.rows.unfold(selected[1])
            at = self.timeline.outline.find(*selected)
        if at is None:
            self.remember()
        elif at != self.timeline.cursor:
            self.timeline.move_to(at)
            self.timeline.time.reveal()

    def select(self, kind: str, id: str) -> None:
        """Mark it; where the filter leaves it out, say so."""
        super().select(kind, id)
        if kind == "initiatives" and self.selected != (kind, id) and self.desk.filter:
            self.say(f"{id} is there, and the filter hides it: esc shows everything", "warning")

    @on(Picked)
    def _picked(self, message: Picked) -> None:
        if not self.in_hand:
            self.rows.to(message.row)
            if message.opens:
                self.rows.do_open()

    @on(Dragged)
    def _dragged(self, message: Dragged) -> None:
        """Take a bar in hand by the mouse; enter applies, as with keys."""
        if not self.in_hand:
            self.rows.to(message.row)
        self.moving.drag(message)

    @on(Timeline.Rested)
    def _follow(self) -> None:
        shown = self.timeline
        self.query_one(DetailPane).show(shown.plan, shown.outline, shown.row)

    @on(Timeline.Rescaled)
    def _rescaled(self) -> None:
        self.compare()

    @property
    def line(self) -> int | None:
        """The row under the cursor."""
        return self.timeline.cursor

    def ids_on(self, lines: range) -> Iterator[str]:
        """The initiatives on rows; of a folded heading, those under it."""
        for row in self.timeline.outline.rows[lines.start : lines.stop]:
            if row.folded:
                yield from self.timeline.outline.members(row)
            elif not row.heading:
                yield row.id

    def show_chosen(self) -> None:
        """A sign before each that is selected."""
        self.timeline.choose(frozenset(self.desk.together))

    # --- what is marked ---------------------------------------------------------------------------

    async def action_do(self, id: str) -> None:
        """While a bar is being moved, actions are about it."""
        if not self.moving.takes(id):
            await super().action_do(id)

    @property
    def in_hand(self) -> bool:
        """Whether a bar has been grabbed."""
        return self.moving.grab is not None

    @property
    def mark(self) -> Mark:
        """The row under the cursor. A heading has only its title, and may be about no table."""
        row, column = self.timeline.row, self.timeline.table.cell
        if row is None:
            return Mark()
        if row.heading:
            about = (
                (row.kind, row.id) if row.id and row.kind not in ("statuses", "journeys") else None
            )
            return Mark(about, openable=True, cell=("title",))
        return Mark(("initiatives", row.id), True, column.key, column.computed)
