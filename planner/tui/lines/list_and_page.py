"""A list and, of the row under its cursor, a page: beside it, below it, or on the whole screen.

What is alike in all views that are made so: getting around in both, their sizes, and when the page
follows: when the cursor has rested, so that moving it repaints no more than two rows. Keys act on
the list, or on the page while that has the whole screen or one of its choices is under the cursor.
"""

from __future__ import annotations

from functools import partialmethod
from typing import cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message
from textual.timer import Timer

from planner.tui.lines.lines_pane import LinesPane, Told
from planner.tui.lines.row_list import RowList
from planner.tui.shell.stage import Stage

REST = 0.1
"""Seconds after which a cursor that has not moved rests."""
ROOM = 110
"""Columns from which a page has room for its choices where it stands."""
LEAST = 3
"""Lines that a list has at least."""


class ListAndPage(Container, can_focus=False):
    """Holds both, and has a method for each of the actions that it `offers`."""

    offers = (
        *("down", "up", "left", "right", "page_down", "page_up", "top", "bottom"),
        *("next_part", "open"),
    )
    DEFAULT_CSS = """
    ListAndPage {
        layout: vertical; height: 1fr;
        LinesPane { height: 1fr; border-top: solid $faint; }
        &.-beside { layout: horizontal; }
        &.-beside RowList { width: 56%; }
        &.-beside LinesPane { width: 1fr; border-top: none; border-left: solid $faint; }
        &.-page RowList, &.-empty RowList { display: none; }
        &.-page LinesPane, &.-empty LinesPane { width: 1fr; border-top: none; border-left: none; }
    }
    """

    class Rested(Message):
        """The page of the row under the cursor is shown."""

    class Turned(Message):
        """The page was given the keys, or has given them back."""

    def __init__(self, listing: RowList, instead: Told, beside: int, share: int) -> None:
        super().__init__()
        self.listing = listing
        self.page = LinesPane()
        self._instead = instead
        self._beside, self._share = beside, share
        self._rest: Timer | None = None

    def compose(self) -> ComposeResult:
        """The list, then the page."""
        yield self.listing
        yield self.page

    # --- what is shown ----------------------------------------------------------------------------

    def catch_up(self) -> None:
        """The list shows other rows: give it its room, and show the page of the one marked."""
        empty = self.listing.row is None
        self.page.chosen, self.page.choosing = 0, self.page.choosing and not empty
        self.set_class(empty, "-empty")
        self._fit()
        self.tell()

    def tell(self, *, from_top: bool = True) -> None:
        """Show the page of the row under the cursor."""
        if self._rest is not None:
            self._rest.stop()
        row = self.listing.row
        self.page.tell(self._instead if row is None else row.page, from_top=from_top)
        self.post_message(self.Rested())

    @on(RowList.Moved)
    def _moved(self) -> None:
        self.page.chosen, self.page.choosing = 0, self.has_class("-page")
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(REST, self.tell)

    def on_resize(self) -> None:
        """Below each other or side by side."""
        self.set_class(self.size.width >= self._beside, "-beside")
        self._fit()

    def _fit(self) -> None:
        """Below each other the list has its share of the height, or what it needs of it."""
        most = max(LEAST, self.size.height * self._share // 100)
        below = not self.has_class("-beside")
        self.listing.styles.height = min(self.listing.height_wanted, most) if below else "1fr"

    # --- getting around ---------------------------------------------------------------------------

    @property
    def roomy(self) -> bool:
        """Whether what the page offers is chosen where it stands."""
        return self.size.width >= ROOM

    @property
    def reading(self) -> bool:
        """Whether keys act on the page."""
        return self.page.choosing or self.has_class("-page") or self.has_class("-empty")

    def turn(self, *, to_page: bool) -> None:
        """Act on the page, on the whole screen where its choices have no room; or on the list."""
        whole = to_page and not (self.roomy and self.page.shown.places)
        self.set_class(whole, "-page")
        self.page.open() if to_page else self.page.leave()
        self.post_message(self.Turned())

    def _say(self, text: str) -> None:
        cast("Stage", self.screen).say(text, "warning")

    # --- its actions ------------------------------------------------------------------------------

    def _step(self, by: int) -> None:
        self.page.step(by) if self.reading else self.listing.move(by)

    def _half(self, by: int) -> None:
        if self.reading:
            self.page.scroll_lines(by * max(1, self.page.size.height // 2))
        else:
            self.listing.move(by * self.listing.half)

    def _to_end(self, by: int) -> None:
        if self.reading:
            self.page.to_end(by)
        else:
            self.listing.move(by * len(self.listing.rows))

    def _to_amiss(self, by: int) -> None:
        if not self.listing.move_on(by, lambda row: row.amiss):
            self._say(f"This is the {'last' if by > 0 else 'first'} one with a conflict")

    do_down, do_up = partialmethod(_step, 1), partialmethod(_step, -1)
    do_page_down, do_page_up = partialmethod(_half, 1), partialmethod(_half, -1)
    do_bottom, do_top = partialmethod(_to_end, 1), partialmethod(_to_end, -1)
    do_next_conflict = partialmethod(_to_amiss, 1)
    do_previous_conflict = partialmethod(_to_amiss, -1)

    def do_next_part(self) -> None:
        """The next heading or what stands below it, after the last one the first."""
        at, rows = self.listing.cursor, self.listing.rows
        heads = [each for each, row in enumerate(rows) if row.heading]
        if len(heads) < 2 or self.reading:
            self._say("There is no other section here")
        else:
            self.listing.move_to(next((each for each in heads if each > at), heads[0]))

    def do_right(self) -> None:
        """To the page."""
        self._go(to_page=True, there="This is the page: h goes back to the list")

    def do_left(self) -> None:
        """Back to the list."""
        self._go(to_page=False, there="This is the list: l goes to the page")

    def _go(self, *, to_page: bool, there: str) -> None:
        if self.listing.row is None:
            self._say("Nothing is listed here")
        elif self.reading is to_page:
            self._say(there)
        else:
            self.turn(to_page=to_page)

    def do_open(self) -> None:
        """Fold a heading; go to the page, or back."""
        row = self.listing.row
        if row is not None and row.folds and not self.reading:
            self.do_fold()
        elif row is not None:
            self.turn(to_page=not self.reading)

    def do_fold(self) -> None:
        """Fold or unfold the group of the cursor."""
        self.listing.fold()
        self.catch_up()

    def do_fold_all(self) -> None:
        """Fold all groups, or unfold all."""
        self.listing.fold_all()
        self.catch_up()
