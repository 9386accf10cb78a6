"""Base class of views that are a list and a page about the row under the cursor.

Such a view says which rows there are, each with what it shows, what its page says and which table
it is about. The list, the page and all the ways of getting around in them are `ListAndPage`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult

from planner.plan.model import Plan
from planner.tui.lines.footer import ActionFooter
from planner.tui.lines.list_and_page import ListAndPage
from planner.tui.lines.pages import Explained, Line
from planner.tui.lines.row_list import Row, RowList
from planner.tui.lines.title_line import TitleLine
from planner.tui.shell.app_state import Desk, Mark, Selected
from planner.tui.views.view import View

_WORKING: Line = [("Working it out …", ("dim", None, False))]
BELOW = 9999
"""Columns from which a page stands beside a list that takes all the width there is: never."""


class ListView(View):
    """A list and, of the row under the cursor, a page."""

    offers: ClassVar[tuple[str, ...]] = ListAndPage.offers
    foot: ClassVar[tuple[str, ...]] = ("open",)
    unfit: ClassVar[tuple[str, ...]] = ("estimate", "need", "unneed", "path_here", "status")
    beside: ClassVar[int] = 110
    """Columns from which the page stands beside the list."""
    share: ClassVar[int] = 55
    """How much of the height the list may take, in per cent, where the page is below it."""
    asks_graph: ClassVar[bool] = False
    """Whether `compute` asks the dependency graph."""
    adds: ClassVar[str] = "initiatives"
    """The kind of table that is added on a row that is about none."""
    lists: ClassVar[type[RowList]] = RowList
    """What draws the rows."""
    page_keys: ClassVar[tuple[tuple[str, str], ...]] = ()
    """What the footer says while the page has the whole screen, where that is something else."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.both = ListAndPage(self.lists(), self.nothing, self.beside, self.share)
        self.parts = (self.both, *self.parts)
        self.title_line = TitleLine()
        self.of: Plan | None = None
        """The plan that is shown; None until it is worked out. It follows the plan in hand."""
        self.found: Any = None
        """What `compute` made of it."""

    def body(self) -> ComposeResult:
        """Heading, list and page."""
        yield self.title_line
        yield self.both

    # --- what a view says -------------------------------------------------------------------------

    def compute(self, plan: Plan) -> Any:
        """Hook: work out what is shown; of a large plan in a thread, so it touches no widget."""

    def rows(self, plan: Plan) -> list[Row]:
        """Hook: the rows, of what was found what the filter asks for."""
        raise NotImplementedError

    def headings(self) -> tuple[Line, ...]:
        """Hook: the line above the list, in one or more ways, the longest first."""
        raise NotImplementedError

    def nothing(self, width: int) -> Explained:
        """Hook: what is said where there is no row."""
        raise NotImplementedError

    def is_about(self, row: Row, wanted: Selected) -> bool:
        """Hook: whether the cursor goes to this row for what was selected in another view."""
        return row.about == wanted

    # --- what is shown ----------------------------------------------------------------------------

    @property
    def listing(self) -> RowList:
        """The list."""
        return self.both.listing

    def on_mount(self) -> None:
        """Show the plan; a first frame must not wait for it."""
        super().on_mount()
        self.title_line.show(_WORKING)
        self.call_after_refresh(self.recompute)

    def plan_changed(self, _before: Plan, _after: Plan) -> None:
        """Show the new plan, the cursor on the same row if it is still there."""
        self.recompute()

    def filter_changed(self) -> None:
        """Show what the filter matches; other views open on what is marked instead of what does
        not.
        """
        if self.of is not None:
            self.show(self.of, self.found)
            if self.wanted is not None and not _lists(self, self.wanted) and self.mark.initiative:
                self.desk.stand_in(("initiatives", self.mark.initiative))

    def findings_came(self) -> None:
        """The findings of a large plan are known now: the page tells them."""
        self.both.tell(from_top=False)

    def recompute(self) -> None:
        """Work out what is shown."""
        self.work_out(self.compute, self.show, asks_graph=self.asks_graph)

    def show(self, plan: Plan, found: Any) -> None:
        """Show what was found in a plan. The cursor stays where a person put it; where nobody did,
        it goes to what is selected in all views.
        """
        self.of, self.found = plan, found
        mine = self._is_mine
        self.listing.show(self.rows(plan))
        self.desk.come_back(partial(_lists, self))
        if not mine or not self._is_mine:
            self.go_to_selected()
        self.title_line.show(*self.headings())
        self.both.catch_up()
        self.query_one(ActionFooter).catch_up()

    # --- what is marked ---------------------------------------------------------------------------

    @property
    def mark(self) -> Mark:
        """The row under the cursor: any has a page, also one that is about no table."""
        row = self.listing.row
        if row is None:
            return Mark(adds=self.adds)
        return Mark(row.about, openable=True, adds=row.about[0] if row.about else self.adds)

    @property
    def line(self) -> int | None:
        """The row under the cursor."""
        return self.listing.cursor

    def ids_on(self, lines: range) -> Iterator[str]:
        """The initiatives that rows are about."""
        for row in self.listing.rows[lines.start : lines.stop]:
            if row.about is not None and row.about[0] == "initiatives":
                yield row.about[1]

    def show_chosen(self) -> None:
        """A sign before each row about one that is selected."""
        self.listing.choose(frozenset(self.desk.together))

    @property
    def choosing(self) -> bool:
        """Whether something on the page is under the cursor."""
        return self.both.page.choosing and bool(self.both.page.shown.places)

    @property
    def wanted(self) -> Selected | None:
        """What is selected in all views."""
        return self.desk.selected

    @property
    def _is_mine(self) -> bool:
        """Whether what is selected in all views is what the cursor is on."""
        row, wanted = self.listing.row, self.wanted
        return row is not None and (wanted is None or self.is_about(row, wanted))

    def selection_changed(self) -> None:
        """The cursor on what is selected in all views, where it is in the list."""
        if not self._is_mine and self.go_to_selected():
            self.listing.lost = None
            self.both.tell()

    def go_to_selected(self) -> bool:
        """Put the cursor on what is selected in all views; whether it is in the list."""
        wanted = self.wanted
        at = self.listing.find(lambda row: wanted is not None and self.is_about(row, wanted))
        if at is not None:
            self.listing.put(at)
        return at is not None

    @on(RowList.Moved)
    def _moved(self) -> None:
        self.remember()

    @on(RowList.Opened)
    def _opened(self) -> None:
        self.handler("open")()

    # --- the page ---------------------------------------------------------------------------------

    @on(ListAndPage.Turned)
    def _turned(self) -> None:
        keys = self.page_keys if self.both.has_class("-page") else None
        self.query_one(ActionFooter).show_keys(keys or None)

    def do_escape(self) -> None:
        """Back to the list, else what escape does everywhere."""
        if self.both.reading and self.listing.row is not None:
            self.both.turn(to_page=False)
        else:
            self.filtering.do_escape()


def _lists(view: ListView, wanted: Selected) -> bool:
    return view.listing.find(lambda row: view.is_about(row, wanted)) is not None
