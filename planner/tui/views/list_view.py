"""Base class of views that are a list above (or beside) a page about the row under the cursor.

Such a view says which rows there are (`rows`) and what is told about one (`page`); getting around,
sizes, and giving the page the whole screen are the same in all of them.
"""

from __future__ import annotations

from typing import Any, ClassVar

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message

from planner.plan.model import Plan
from planner.tui.lines.footer import ActionFooter
from planner.tui.lines.pages import Explained, Line
from planner.tui.shell.app_state import Desk, Selected
from planner.tui.views.conflicts_heading import TitleLine
from planner.tui.views.conflicts_pane import LinesPane
from planner.tui.views.view import View

_WORKING: Line = [("Working it out …", ("dim", None, False))]
AROUND = 5
"""Rows of the screen that are not the view's own: header, state, heading, border, footer."""


class Listed(Struct, frozen=True):
    """A row: its line, a name that it keeps from plan to plan, and the table it is about. A row
    without a name is a heading, which the cursor passes by.
    """

    line: Line
    name: str | None = None
    about: Selected | None = None


class Listing(LinesPane):
    """The list, whose cursor the wheel moves, as keys do."""

    class Turned(Message):
        """The wheel was turned by so many rows."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    def turn(self, by: int) -> None:
        """The view has the cursor."""
        self.post_message(self.Turned(by))


class ListView(View):
    """A list and, of the row under the cursor, a page."""

    offers = ("down", "up", "left", "right", "page_down", "page_up", "top", "bottom", "open")
    foot: ClassVar[tuple[str, ...]] = ("open",)
    unfit: ClassVar[tuple[str, ...]] = ("estimate", "need", "unneed", "path_here", "status")
    beside: ClassVar[int] = 110
    """Columns from which the page stands beside the list."""
    share: ClassVar[int] = 55
    """How much of the height the list may take, in per cent, where the page is below it."""

    DEFAULT_CSS = """
    ListView {
        #listed { layout: vertical; height: 1fr; }
        #page { height: 1fr; border-top: solid $faint; }
        &.-beside #listed { layout: horizontal; }
        &.-beside #list { width: 56%; height: 1fr; }
        &.-beside #page { width: 1fr; height: 1fr; border-top: none; border-left: solid $faint; }
        &.-page #list, &.-empty #list { display: none; }
        &.-page #page, &.-empty #page { width: 1fr; border-top: none; border-left: none; }
    }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.listed: list[Listed] = []
        self.of: Plan | None = None
        """The plan that is shown; None until it is worked out. It follows the plan in hand."""
        self.found: Any = None
        """What `compute` made of it."""
        self.at = 0
        """The cursor: the position among the rows that have a name."""
        self._width = 76

    def body(self) -> ComposeResult:
        """Heading, list and page."""
        yield TitleLine(id="heading")
        yield TitleLine(id="columns")
        with Container(id="listed"):
            yield Listing(id="list")
            yield LinesPane(id="page")

    # --- what a view says -------------------------------------------------------------------------

    def compute(self, plan: Plan) -> Any:
        """Hook: work out what is shown; of a large plan in a thread, so it touches no widget."""

    def take(self, plan: Plan, found: Any) -> None:
        """Hook: keep of what `compute` found what the filter asks for."""

    def heading(self) -> Line:
        """Hook: the line above the list."""
        return []

    def columns(self, width: int) -> Line:
        """Hook: the headings of the columns, which stay while the rows are scrolled; or none."""
        return []

    def rows(self, width: int) -> list[Listed]:
        """Hook: the rows in `width` columns."""
        return []

    def page(self, name: str, width: int) -> Explained:
        """Hook: what is shown about a row."""
        raise NotImplementedError

    def nothing(self, width: int) -> Explained:
        """Hook: what is said where there is no row."""
        raise NotImplementedError

    # --- what is shown ----------------------------------------------------------------------------

    @property
    def list_pane(self) -> LinesPane:
        """The list."""
        return self.query_one("#list", LinesPane)

    @property
    def page_pane(self) -> LinesPane:
        """The page."""
        return self.query_one("#page", LinesPane)

    @property
    def named(self) -> list[Listed]:
        """The rows that the cursor can be on."""
        return [row for row in self.listed if row.name is not None]

    @property
    def row(self) -> Listed | None:
        """The row under the cursor."""
        named = self.named
        return named[self.at] if self.at < len(named) else None

    def on_mount(self) -> None:
        """Show the plan."""
        super().on_mount()
        self.work_out(self.compute, self._take)
        self.call_after_refresh(self.show)

    def plan_changed(self, _before: Plan, _after: Plan) -> None:
        """Show the new plan, the cursor on the same row if it is still there."""
        self.work_out(self.compute, self._take)

    def filter_changed(self) -> None:
        """Show what the filter matches."""
        if self.of is not None:
            self._take(self.of, self.found)

    def _take(self, plan: Plan, found: Any) -> None:
        self.of, self.found = plan, found
        self.take(plan, found)
        self.show()

    def on_screen_resume(self) -> None:
        """What is selected is what the cursor is on, also when coming from another view."""
        super().on_screen_resume()
        self.show()

    def on_resize(self) -> None:
        """Below each other or side by side."""
        self.set_class(self.size.width >= self.beside, "-beside")
        self._fit()

    @on(LinesPane.Resized)
    def show(self) -> None:
        """Make rows and page anew."""
        if not self.list_pane.size.width and not self.page_pane.size.width:
            return
        name = self.row.name if self.row else None
        if self.list_pane.size.width:
            self._width = self.list_pane.text_width
        self.listed = self.rows(self._width) if self.of is not None else []
        names = [row.name for row in self.named]
        wanted = self._wanted() or name
        self.at = names.index(wanted) if wanted in names else min(self.at, max(0, len(names) - 1))
        self.set_class(not names, "-empty")
        heading = self.heading() if self.of is not None else _WORKING
        self.query_one("#heading", TitleLine).show(heading)
        self._show_columns()
        self._fit()
        self._draw()

    def _show_columns(self) -> None:
        line = self.columns(self._width) if self.named else []
        columns = self.query_one("#columns", TitleLine)
        columns.display = bool(line) and not self.reading
        columns.show([(" " * (LinesPane.SIDE - 1), ("text", None, False)), *line])

    def _wanted(self) -> str | None:
        """The row about what was selected in another view."""
        wanted = self.desk.selected
        if wanted is None or self.selected == wanted:
            return None
        return next((row.name for row in self.listed if row.about == wanted), None)

    def _fit(self) -> None:
        if self.has_class("-beside"):
            self.list_pane.styles.height = "1fr"
            return
        around = AROUND + self.query_one("#columns", TitleLine).display
        most = (self.size.height - around) * self.share // 100
        self.list_pane.styles.height = max(3, min(len(self.listed), most))

    def _draw(self) -> None:
        """The list with its cursor, and the page."""
        lines = tuple(row.line for row in self.listed)
        places = tuple((y, y) for y, row in enumerate(self.listed) if row.name is not None)
        self.list_pane.show(Explained(lines, places), marked=self.at, from_top=False)
        if self.list_pane.size.height and places and not self.list_pane.shows(self.at):
            here = places[self.at][0] if self.at else 0
            pane = self.list_pane
            pane.scroll_lines(here - pane.size.height // 2 - pane.top)
        told = self._told(self.row, self.page_pane.text_width)
        self.page_pane.show(told, marked=None, from_top=True)
        self.query_one(ActionFooter).catch_up()

    def _told(self, row: Listed | None, width: int) -> Explained:
        if self.of is None:
            return Explained((), ())
        return self.nothing(width) if row is None else self.page(row.name or "", width)

    # --- getting around ---------------------------------------------------------------------------

    @property
    def selected(self) -> Selected | None:
        """The table that the row under the cursor is about."""
        return self.row.about if self.row is not None else None

    @property
    def openable(self) -> bool:
        """Any row has a page, also one that is about no table of the file."""
        return self.row is not None

    def _turn(self, page: bool) -> None:
        """Give the page the whole screen, or give it back."""
        self.set_class(page, "-page")
        self._show_columns()
        self._fit()

    @property
    def reading(self) -> bool:
        """Whether the page has the whole screen."""
        return self.has_class("-page") or self.has_class("-empty")

    def move(self, by: int) -> None:
        """Move the cursor by rows; where the page has the screen, scroll it."""
        if self.reading:
            self.page_pane.scroll_lines(by)
        else:
            self._go(self.at + by)

    def _go(self, at: int) -> None:
        at = max(0, min(at, len(self.named) - 1))
        if at != self.at:
            self.at = at
            self.remember()
            self._draw()

    @on(Listing.Turned)
    def _turned(self, event: Listing.Turned) -> None:
        self._go(self.at + event.by)

    @on(LinesPane.Chosen)
    def _chosen(self, event: LinesPane.Chosen) -> None:
        if event.fix == self.at:
            self.do_open()
        self._go(event.fix)

    def do_down(self) -> None:
        """Next row."""
        self.move(1)

    def do_up(self) -> None:
        """Previous row."""
        self.move(-1)

    def do_page_down(self) -> None:
        """Half a screen down."""
        self._half(1)

    def do_page_up(self) -> None:
        """Half a screen up."""
        self._half(-1)

    def _half(self, by: int) -> None:
        pane = self.page_pane if self.reading else self.list_pane
        self.move(by * max(1, pane.size.height // 2))

    def do_top(self) -> None:
        """First row."""
        self.move(-len(self.page_pane.lines) if self.reading else -len(self.listed))

    def do_bottom(self) -> None:
        """Last row."""
        self.move(len(self.page_pane.lines) if self.reading else len(self.listed))

    def do_open(self) -> None:
        """Give the page the whole screen, or give it back."""
        self._turn(not self.has_class("-page"))

    def do_right(self) -> None:
        """To the page."""
        self._turn(self.openable)

    def do_left(self) -> None:
        """Back to the list."""
        if not self.has_class("-page"):
            self.say("This is the list: l gives the page the screen", "warning")
        self._turn(False)

    def do_escape(self) -> None:
        """Back to the list, else what escape does everywhere."""
        if self.has_class("-page"):
            self.do_left()
        else:
            self.filtering.do_escape()
