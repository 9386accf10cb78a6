"""The agreements view: who answers for what, and what the two sides hand to each other.

The responsibility matrix stands on top, the handovers below it, in one list with three parts; what
is under the cursor is told below the list. What would break if a supplier slips is worked out in a
thread for the handover that the cursor rests on: it takes a run of the whole plan.
"""

from __future__ import annotations

from functools import partial

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.timer import Timer

from planner.analysis.raci import (
    Duty,
    Handover,
    Matrix,
    Slip,
    agreements_on,
    handovers_of,
    matrix_of,
    slipped,
)
from planner.pages.agreements import waits_short
from planner.plan.model import Plan
from planner.text.visible import visible
from planner.tui.lines.pages import Explained, Line
from planner.tui.shell.actions import bindings
from planner.tui.shell.app_state import Desk, Selected
from planner.tui.views.agreements_detail import (
    duty_explained,
    handover_explained,
    nothing_agreed,
    nothing_matches,
    part_explained,
)
from planner.tui.views.agreements_list import AgreementsList
from planner.tui.views.agreements_rows import Part, Row, lacks, part_of, rows_of
from planner.tui.views.conflicts_heading import TitleLine
from planner.tui.views.conflicts_pane import LinesPane
from planner.tui.views.view import View

REST = 0.1
"""Seconds after which a cursor that has not moved rests."""
DETAIL = ((50, 18), (34, 11), (0, 8))
"""From which height on the words below the list have how many rows, with their border."""

SHORTER = ((True, True), (False, True), (True, False), (False, False))
"""What the heading leaves out, step by step: what its marks mean, or who is waited for."""


class AgreementsView(View):
    """The responsibility matrix and the handovers."""

    view_name = "agreements"
    offers = (
        "down",
        "up",
        "left",
        "right",
        "page_down",
        "page_up",
        "top",
        "bottom",
        "next_part",
        "next_conflict",
        "previous_conflict",
        "open",
        "fold",
        "fold_all",
    )
    foot = ("agree", "next_part")
    BINDINGS = bindings(offers)
    DEFAULT_CSS = """
    AgreementsView {
        AgreementsList { height: 1fr; }
        LinesPane { height: 8; border-top: solid $faint; }
        &.-page AgreementsList, &.-empty AgreementsList { display: none; }
        &.-page LinesPane, &.-empty LinesPane { border-top: none; }
    }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.folded: set[str] = set()
        self.of: Plan | None = None
        """The plan that is shown; None until it is worked out. It follows the plan in hand."""
        self.matrix = Matrix((), (), ())
        self.handovers: tuple[Handover, ...] = ()
        self.slips: dict[str, Slip | None] = {}
        self._rest: Timer | None = None
        self._passed_by: Selected | None = None
        """The launch on which every session opens, until something else is selected."""

    def body(self) -> ComposeResult:
        """Heading, list, and what is under the cursor in words."""
        yield TitleLine(id="heading")
        yield AgreementsList()
        yield LinesPane()

    # --- what is shown ----------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Read the plan; the cursor on what is selected in all views, else at the top: the launch
        on which every session opens is no wish to begin below the agreements.
        """
        super().on_mount()
        self.query_one("#heading", TitleLine).show([("Working it out …", ("dim", None, False))])
        self._read()

    def plan_changed(self, _before: Plan, _after: Plan) -> None:
        """Show the new plan, the cursor on the same row if it is still there."""
        self._read()

    def filter_changed(self) -> None:
        """Show work and handovers that match, and the agreements on what that work touches."""
        self._list()

    def findings_came(self) -> None:
        """The findings of a large plan are known now."""
        self._explain()

    def on_resize(self) -> None:
        """More words on a high screen, and in the heading of a wide one."""
        self._fit()
        if self.of is not None:
            self._show_heading()

    @property
    def listing(self) -> AgreementsList:
        """The list."""
        return self.query_one(AgreementsList)

    @property
    def openable(self) -> bool:
        """A row, or the heading of a part."""
        return self.listing.row is not None

    @property
    def pane(self) -> LinesPane:
        """The words below it."""
        return self.query_one(LinesPane)

    def _read(self) -> None:
        self.work_out(lambda plan: (matrix_of(plan), handovers_of(plan)), self._take)

    def _take(self, plan: Plan, found: tuple[Matrix, tuple[Handover, ...]]) -> None:
        first = self.of is None
        self.of, (self.matrix, self.handovers) = plan, found
        self.slips = {}
        self._list()
        if first:
            self._passed_by = ("initiatives", plan.schedule.main_launch or "")
            self.selection_changed()
        self._let_rest()

    def _list(self) -> None:
        if self.of is None:
            return
        before, at = self.listing.row, self.listing.cursor
        matching = self.desk.matching(self.of)
        about = agreements_on(self.of, matching or ())
        rows = rows_of(self.matrix, self.handovers, self.folded, matching, about)
        same = next((n for n, row in enumerate(rows) if _same(row, before)), at)
        self.set_class(not rows, "-empty")
        self.listing.show(self.of, self.matrix.columns, rows, same)
        self._show_heading()
        self._fit()
        self._explain()

    def _fit(self) -> None:
        full = self.has_class("-empty") or self.has_class("-page")
        rows = next(rows for height, rows in DETAIL if self.size.height >= height)
        self.pane.styles.height = "1fr" if full else rows

    def _show_heading(self) -> None:
        """As much as there is room for, in whole words."""
        room = self.size.width - 2
        ways = [self._heading(words=words, waits=waits) for words, waits in SHORTER]
        fits = (way for way in ways if cell_len("".join(text for text, _ in way)) <= room)
        self.query_one("#heading", TitleLine).show(next(fits, ways[-1]))

    def _heading(self, *, words: bool, waits: bool) -> Line:
        line: Line = [("Agreements", ("strong", None, True))]
        gaps, doubles = len(self.matrix.gaps), len(self.matrix.doubles)
        if gaps:
            line.append((f" · ✗{gaps}{' no accountable' * words}", ("critical", None, False)))
        if doubles:
            line.append((f" · ▲{doubles}{' several' * words}", ("warning", None, False)))
        told = waits_short(self.plan, self.handovers)
        if told and waits:
            line.append((f" · {told}", ("dim", None, False)))
        if self.desk.filter:
            line.append((f" · filter {visible(self.desk.filter)}", ("key", None, False)))
        return line

    # --- the words below --------------------------------------------------------------------------

    @on(LinesPane.Resized)
    def _explain(self) -> None:
        self.pane.show(self._words(self.pane.text_width), marked=None, from_top=True)

    def _words(self, width: int) -> Explained:
        row, plan = self.listing.row, self.of
        if plan is None:
            return Explained((), ())
        if row is None:
            return nothing_matches(width) if self.desk.filter else nothing_agreed(width)
        if isinstance(row, Part):
            return part_explained(plan, row, self.handovers, self._short_names(), width)
        if isinstance(row, Duty):
            return duty_explained(plan, row, width)
        slip, working = self.slips.get(row.supplier), row.supplier not in self.slips and row.open
        return handover_explained(plan, row, slip, width, working=working)

    def _short_names(self) -> dict[str, str]:
        """What the teams are called in the matrix, where that is not their id."""
        ids = (column.id for column in self.matrix.columns)
        named = zip(self.listing.layout_now.names, ids, strict=True)
        return {short: id for short, id in named if short != visible(id)}

    @on(AgreementsList.Moved)
    def _moved(self) -> None:
        self.remember()
        self._let_rest()

    def _let_rest(self) -> None:
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(REST, self._rested)

    def _rested(self) -> None:
        self._explain()
        row = self.listing.row
        if isinstance(row, Handover) and row.open and row.supplier not in self.slips:
            later = partial(slipped, self.plan, row.supplier)
            then = partial(self._slipped, self.plan, row.supplier)
            self.planner.in_thread(later, then, "slip", of=self, exclusive=True)

    def _slipped(self, plan: Plan, supplier: str, slip: Slip | None) -> None:
        if plan is self.plan:
            self.slips[supplier] = slip
            self._explain()

    def selection_changed(self) -> None:
        """The cursor on what is selected in all views, where it is in the list."""
        wanted = self.desk.selected
        if wanted != self._passed_by:
            self._passed_by = None
        if not self.is_mounted or wanted in (None, self._passed_by, self.selected):
            return
        found = (n for n, row in enumerate(self.listing.rows) if about(row) == wanted)
        at = next(found, None)
        if at is not None:
            self.listing.put(at)
            self._let_rest()

    @property
    def selected(self) -> Selected | None:
        """What the row under the cursor is about: of a handover, the one that waits for it."""
        return about(self.listing.row) if self.is_mounted else None

    # --- actions: getting around ------------------------------------------------------------------

    def do_down(self) -> None:
        """Next row; on the page, a line down."""
        self._step(1)

    def do_up(self) -> None:
        """Previous row; on the page, a line up."""
        self._step(-1)

    def _step(self, by: int) -> None:
        if self.has_class("-page") or self.has_class("-empty"):
            self.pane.scroll_lines(by)
        else:
            self.listing.move(by)

    def do_left(self) -> None:
        """Earlier teams, where not all are in view."""
        self._pan(-1)

    def do_right(self) -> None:
        """Later teams, where not all are in view."""
        self._pan(1)

    def _pan(self, by: int) -> None:
        if not self.listing.pan(by):
            self.say("No more teams on this side", "warning")

    def do_page_down(self) -> None:
        """Half a screen down."""
        self._step(max(1, self.listing.size.height // 2))

    def do_page_up(self) -> None:
        """Half a screen up."""
        self._step(-max(1, self.listing.size.height // 2))

    def do_top(self) -> None:
        """First row."""
        self.listing.move_to(0)

    def do_bottom(self) -> None:
        """Last row."""
        self.listing.move_to(len(self.listing.rows) - 1)

    def do_next_part(self) -> None:
        """The heading of the next part, after the last one that of the first."""
        heads = [n for n, row in enumerate(self.listing.rows) if isinstance(row, Part)]
        after = [n for n in heads if n > self.listing.cursor]
        if heads:
            self.listing.move_to((after or heads)[0])

    def do_next_conflict(self) -> None:
        """The next row that lacks something."""
        self._to_lacking(range(self.listing.cursor + 1, len(self.listing.rows)), "last")

    def do_previous_conflict(self) -> None:
        """The row before that lacks something."""
        self._to_lacking(range(self.listing.cursor - 1, -1, -1), "first")

    def _to_lacking(self, rows: range, end: str) -> None:
        at = next((n for n in rows if lacks(self.listing.rows[n])), None)
        if at is None:
            self.say(f"This is the {end} one that lacks something")
        else:
            self.listing.move_to(at)

    def do_open(self) -> None:
        """Fold a heading; give the words the whole screen, or give it back."""
        if isinstance(self.listing.row, Part):
            self.do_fold()
        elif self.listing.row is not None:
            self._page(not self.has_class("-page"))

    @on(AgreementsList.Opened)
    def _opened(self) -> None:
        self.do_open()

    def _page(self, on: bool) -> None:
        self.set_class(on, "-page")
        self._fit()

    def do_escape(self) -> None:
        """Back from the page, else what escape does everywhere."""
        if self.has_class("-page"):
            self._page(False)
        else:
            self.filtering.do_escape()

    def do_fold(self) -> None:
        """Fold or unfold the part of the cursor."""
        row = self.listing.row
        if row is not None:
            self.folded ^= {part_of(row)}
            self._list()
            heads = enumerate(self.listing.rows)
            self.listing.move_to(
                next(n for n, one in heads if isinstance(one, Part) and one.key == part_of(row))
            )

    def do_fold_all(self) -> None:
        """Fold all parts, or unfold all."""
        keys = {row.key for row in self.listing.rows if isinstance(row, Part)}
        self.folded = set() if keys <= self.folded else keys
        self._list()

    # --- actions: changing ------------------------------------------------------------------------

    def supplier_here(self) -> str | None:
        """The supplier of the handover under the cursor."""
        row = self.listing.row
        return row.supplier if isinstance(row, Handover) else None

    def kind_here(self) -> str:
        """What `a` adds: a working agreement."""
        return "agreements"


def about(row: Row | None) -> Selected | None:
    """The table that keys act on; a heading is about none."""
    if isinstance(row, Duty):
        return (row.kind, row.id)
    return ("initiatives", row.successor) if isinstance(row, Handover) else None


def _same(row: Row, other: Row | None) -> bool:
    """Whether two rows are about the same thing."""
    if isinstance(row, Part):
        return isinstance(other, Part) and row.key == other.key
    if isinstance(row, Duty):
        return isinstance(other, Duty) and (row.kind, row.id) == (other.kind, other.id)
    if not isinstance(other, Handover):
        return False
    return (row.supplier, row.successor) == (other.supplier, other.successor)
