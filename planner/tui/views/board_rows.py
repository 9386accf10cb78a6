"""Getting about on the board: the cursor, the columns, folds, zoom and pan."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from msgspec import structs

from planner.conflicts.findings import Finding
from planner.plan.model import Plan
from planner.query.arrangement import GROUPINGS, in_sort
from planner.query.columns import Facts
from planner.roadmap.entities import ColumnName
from planner.text.renames import renamed_tables
from planner.tui.board.outline import Fold, Outline
from planner.tui.board.scale import coarser, finer
from planner.tui.board.timeline import Timeline
from planner.tui.shell.checking import known
from planner.tui.views.view import View

Only = Callable[[Plan], Collection[str] | None]
"""The initiatives of a plan that have rows; None for all."""


class Rows:
    """A timeline, which rows it has, and the actions that get about on it."""

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
        "regroup",
        "sort",
        "columns",
        "zoom_in",
        "zoom_out",
        "fit",
        "today",
    )

    def __init__(self, view: View, only: Only) -> None:
        self.view = view
        self._only = only
        self.folded: set[Fold] = set()
        self.findings: Sequence[Finding] = ()
        """The conflicts that rows are sorted by; of a large plan, until they are known, the last
        ones.
        """
        self.timeline = Timeline(view.plan, self.outline(view.plan))

    def outline(self, plan: Plan) -> Outline:
        """The rows of a plan, as they are folded and filtered."""
        desk = self.view.desk
        if known(plan):
            self.findings = plan.findings
        facts = Facts(plan, self.findings)
        ordered = in_sort(plan, desk.sort, facts) if desk.sort else None
        return Outline(plan.roadmap, self.folded, self._only(plan), desk.grouping, ordered)

    def show(self, plan: Plan) -> None:
        """Draw a plan, with its rows as they are folded and filtered."""
        self.timeline.show_columns(self.view.desk.columns, self.view.desk.sort)
        self.timeline.show(plan, self.outline(plan))

    def follow(self, before: Plan, after: Plan) -> None:
        """A folded heading stays so under another id."""
        renamed = renamed_tables(before.tables, after.tables) if self.folded else {}
        self.folded = {
            tuple((kind, renamed.get((kind, id), id)) for kind, id in fold) for fold in self.folded
        }

    def unfold(self, id: str) -> None:
        """Show an initiative that a folded heading hides."""
        self.folded -= set(self.timeline.outline.folds_over(id))
        self.show(self.view.plan)

    # --- the cursor -------------------------------------------------------------------------------

    def to(self, row: int) -> None:
        """Put the cursor on a row: other views open on it."""
        self.timeline.move_to(row)
        self.view.remember()

    def do_down(self) -> None:
        """Next row."""
        self.to(self.timeline.cursor + 1)

    def do_up(self) -> None:
        """Previous row."""
        self.to(self.timeline.cursor - 1)

    def do_page_down(self) -> None:
        """Half a screen down."""
        self.to(self.timeline.cursor + self.timeline.page)

    def do_page_up(self) -> None:
        """Half a screen up."""
        self.to(self.timeline.cursor - self.timeline.page)

    def do_top(self) -> None:
        """First row."""
        self.to(0)

    def do_bottom(self) -> None:
        """Last row."""
        self.to(len(self.timeline.outline) - 1)

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
                self.to(at)
                return
        self.view.say("No conflicts in the rows on the board")

    # --- folding, zooming -------------------------------------------------------------------------

    def do_open(self) -> None:
        """Fold or unfold a heading; details of anything else, as a page."""
        row = self.timeline.row
        if row is not None and row.heading:
            self.do_fold()
        elif row is not None:
            from planner.tui.views.details import DetailScreen

            self.view.app.push_screen(
                DetailScreen(self.view.plan, row.id, self.view.desk.keymap), self._asked_for
            )

    async def _asked_for(self, action: str | None) -> None:
        """Do what was asked for on the page of details."""
        if action is not None:
            await self.view.action_do(action)

    def do_fold(self) -> None:
        """Fold the heading under the cursor, or the one that this row is under."""
        at = self.timeline.cursor
        row = self.timeline.row
        if row is not None and not row.heading:
            up = self.timeline.outline.parent(at)
            row = None if up is None else self.timeline.outline.rows[up]
        if row is None:
            self.view.say("No groups to fold: r groups the rows", "warning")
            return
        self.folded ^= {row.under}
        self._refold(row.under)

    def do_fold_all(self) -> None:
        """Fold every heading; where all are folded, unfold them."""
        headings = self.timeline.outline.headings()
        if not headings:
            self.view.say("No groups to fold: r groups the rows", "warning")
            return
        self.folded ^= headings if headings <= self.folded else headings - self.folded
        row = self.timeline.row
        if row is not None:
            self._refold(row.under)

    def _refold(self, under: Fold) -> None:
        """Show the rows as they are folded now, the cursor on a heading or what it is under."""
        self.show(self.view.plan)
        at = self.timeline.outline.heading(under)
        self.to(self.timeline.cursor if at is None else at)

    def do_regroup(self) -> None:
        """Put the rows under the next headings there are; the cursor stays on its initiative, and
        comes from a heading, which is gone, to the first one.
        """
        row = self.timeline.row
        now = self.view.desk.arrangement
        next = GROUPINGS[(GROUPINGS.index(now.grouping) + 1) % len(GROUPINGS)]
        self.view.filtering.rearrange(structs.replace(now, grouping=next))
        if row is not None and row.heading:
            self.to(self.timeline.outline.near(0) or 0)

    def do_sort(self) -> None:
        """Choose what the rows are sorted by; the one in force again turns it round."""
        from planner.tui.dialogs.sorting import SortDialog

        def sorted_by(sort: str | None) -> None:
            if sort is not None:
                now = self.view.desk.arrangement
                self.view.filtering.rearrange(structs.replace(now, sort=sort))

        self.view.app.push_screen(SortDialog(self.view.desk.sort), sorted_by)

    def do_columns(self) -> None:
        """Choose which columns there are, and their order."""
        from planner.tui.dialogs.columns import ColumnsDialog

        shown = tuple(each.name for each in self.timeline.table.columns if each.name != "title")

        def chose(columns: tuple[ColumnName, ...] | None) -> None:
            now = self.view.desk.arrangement
            if columns is not None and columns != (now.columns or shown):
                self.view.filtering.rearrange(structs.replace(now, columns=columns))

        self.view.app.push_screen(ColumnsDialog(self.view.desk.columns or shown), chose)

    def do_zoom_in(self) -> None:
        """Fewer days on screen."""
        self.timeline.time.zoom(finer(self.timeline.time.scale.days))

    def do_zoom_out(self) -> None:
        """More days on screen."""
        self.timeline.time.zoom(coarser(self.timeline.time.scale.days))

    def do_fit(self) -> None:
        """The whole plan."""
        self.timeline.time.fit()

    def do_today(self) -> None:
        """Today, a third from the left."""
        self.timeline.time.rescale(self.timeline.time.scale.centred(self.view.plan.as_of))
