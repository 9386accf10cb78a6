"""The Status view: initiatives as cards in columns from planned to done, both sides as lanes.

`<` and `>` take a card in hand; below the board stands what the move would write and what follows,
from a run of the whole plan, before `enter` applies it. The cursor stays on its card wherever that
goes.
"""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.timer import Timer

from planner.analysis.statuses import LANES, Column, Statuses, statuses_of
from planner.pages.lines import Line, Page
from planner.pages.statuses import heads, title_lines
from planner.plan.model import Plan
from planner.roadmap.entities import Grouping
from planner.tui.lines.footer import ActionFooter
from planner.tui.lines.lines_pane import LinesPane
from planner.tui.lines.pages import Explained, coloured, coloured_line
from planner.tui.lines.title_line import TitleLine
from planner.tui.shell.app_state import Desk, Mark, Selected
from planner.tui.shell.checking import known
from planner.tui.views.card_move import CardMoving
from planner.tui.views.card_page import steps_page
from planner.tui.views.status_cards import StatusCards
from planner.tui.views.view import View

REST = 0.1
"""Seconds after which a cursor that has not moved rests."""
DETAIL = ((50, 9), (34, 7), (22, 5), (0, 3))
MOST = 7
"""From which height on what is said of a card has how many rows, with its border, and at
most while it is in hand."""


class CardPane(LinesPane):
    """What is said of the marked card, as wide as the board."""

    SIDE = 1


class StatusesView(View):
    """Cards by status."""

    view_name = "statuses"
    offers = (
        *("down", "up", "left", "right", "page_down", "page_up", "top", "bottom"),
        *("next_conflict", "previous_conflict", "open", "fold", "regroup"),
        *CardMoving.offers,
    )
    foot: ClassVar[tuple[str, ...]] = ("move_back", "move_on", "edit", "status", "regroup",
                                       "filter", "fold")  # fmt: skip
    DEFAULT_CSS = """
    StatusesView {
        CardPane { height: 5; border-top: solid $faint; }
        &.-empty StatusCards, &.-empty #heads { display: none; }
        &.-empty CardPane { height: 1fr; border-top: none; }
    }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.cards = StatusCards()
        self.pane = CardPane()
        self.lanes: Grouping = LANES[0]
        self.unfolded = False
        self.moving = CardMoving(self, self.cards, self._explain)
        self.parts = (self.moving, *self.parts)
        self._rest: Timer | None = None

    def body(self) -> ComposeResult:
        """Heading, the columns' heads, the cards, and the marked one in words."""
        yield TitleLine(id="heading")
        yield TitleLine(id="heads")
        yield self.cards
        yield self.pane

    # --- what is shown ----------------------------------------------------------------------------

    def on_mount(self) -> None:
        """The board, on what was marked in the view before."""
        super().on_mount()
        self._fit()
        self._show()

    def on_resize(self) -> None:
        """What is said of a card has more lines on a higher screen."""
        self._fit()

    def _fit(self) -> None:
        """Leave to the board what the pane does not need; a card in hand has more to say."""
        height = self.app.size.height
        rows = next(rows for least, rows in DETAIL if height >= least)
        self.pane.styles.height = max(rows, min(MOST, height // 3)) if self.in_hand else rows
        if self.has_class("-empty"):
            self.pane.styles.height = "1fr"

    def _show(self) -> None:
        matching, grouping = self.desk.matching(self.plan), self.lanes
        self.work_out(
            lambda plan: statuses_of(plan, grouping, matching, checked=known(plan)), self._came
        )

    def _came(self, _plan: Plan, found: Statuses) -> None:
        self.set_class(not found.total, "-empty")
        self._fit()
        kind, id = self.desk.selected or ("", "")
        self.cards.wanted = id if kind == "initiatives" else None
        self.cards.show(found, self._columns(found))
        self.desk.come_back(self._has)
        self.selection_changed()
        self._laid_out()

    def _has(self, one: Selected) -> bool:
        return one[0] == "initiatives" and self.cards.column_of(one[1]) is not None

    def _columns(self, found: Statuses) -> tuple[Column, ...]:
        return found.shown(unfolded=self.unfolded)

    def plan_changed(self, _before: Plan, _after: Plan) -> None:
        """The board of the new plan."""
        self._show()

    def findings_came(self) -> None:
        """Mark the cards that findings are about."""
        if not self.in_hand:
            self._show()

    def filter_changed(self) -> None:
        """The cards that match."""
        self._show()

    def selection_changed(self) -> None:
        """Mark what is selected in all views; unfold the column that hides it."""
        kind, id = self.desk.selected or ("", "")
        found, marked = self.cards.found, self.cards.cursor
        if kind != "initiatives" or found is None or (marked and marked.id == id):
            return
        column = self.cards.column_of(id)
        if column is not None and column not in self.cards.columns:
            self.unfolded = True
            self.cards.show(found, self._columns(found))
        spot = self.cards.find(id)
        if spot is not None:
            self.cards.put(spot)
            self._explain()

    @on(StatusCards.LaidOut)
    def _laid_out(self) -> None:
        """Another board is drawn, or the same one otherwise."""
        self._head()
        if (about := self.mark.about) not in (None, self.desk.selected):
            assert about is not None
            self.desk.stand_in(about)
        self.query_one(ActionFooter).catch_up()
        self._explain()

    def _head(self) -> None:
        """The lines above the cards."""
        layout = self.cards.layout_
        if layout is None:
            self.query_one("#heading", TitleLine).show(coloured_line((("Status", "title"),)))
            return
        ways = title_lines(layout, filtered=bool(self.desk.filter))
        self.query_one("#heading", TitleLine).show(*map(coloured_line, ways))
        self.query_one("#heads", TitleLine).show(coloured_line(_without_margin(heads(layout))))

    @property
    def mark(self) -> Mark:
        """The card under the cursor."""
        spot = self.cards.cursor if self.is_mounted else None
        return Mark() if spot is None else Mark(("initiatives", spot.id), openable=True)

    # --- what is said of a card -------------------------------------------------------------------

    @on(StatusCards.Moved)
    def _moved(self) -> None:
        self.remember()
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(REST, self._explain)

    def _explain(self) -> None:
        """Say what is marked."""
        self._fit()
        self.pane.tell(self.moving.page if self.in_hand else self._page)

    def _page(self, width: int) -> Explained:
        id = self.mark.initiative
        if id is not None and id in self.plan.roadmap.initiatives:
            return coloured(steps_page(self.plan, id, width))
        found = self.cards.found
        return coloured(_nothing(width, filtered=bool(self.desk.filter)) if found else [])

    # --- actions ----------------------------------------------------------------------------------

    async def action_do(self, id: str) -> None:
        """While a card is in hand, actions are about it."""
        if not self.moving.takes(id):
            await super().action_do(id)

    @property
    def in_hand(self) -> bool:
        """Whether a card is being moved."""
        return self.moving.held is not None

    def do_down(self) -> None:
        """Next card of the column."""
        self.cards.move(1)

    def do_up(self) -> None:
        """The card above."""
        self.cards.move(-1)

    def do_left(self) -> None:
        """The nearest card of the column before."""
        if not self.cards.across(-1):
            self.say("No card in a column before this one", "warning")

    def do_right(self) -> None:
        """The nearest card of the next column."""
        if not self.cards.across(1):
            self.say("No card in a column after this one", "warning")

    def do_page_down(self) -> None:
        """Half a screen down."""
        self.cards.page(1)

    def do_page_up(self) -> None:
        """Half a screen up."""
        self.cards.page(-1)

    def do_top(self) -> None:
        """The first card of the column."""
        self.cards.move(-len(self.cards.column))

    def do_bottom(self) -> None:
        """The last card of the column."""
        self.cards.move(len(self.cards.column))

    def do_next_conflict(self) -> None:
        """The next card with a conflict, column by column, from the first again after the last."""
        self._conflict(1)

    def do_previous_conflict(self) -> None:
        """The card with a conflict before."""
        self._conflict(-1)

    def _conflict(self, step: int) -> None:
        spots = [spot for column in self.cards.columns for spot in self.cards.spots[column]]
        if self.cards.cursor is None:
            return
        here = spots.index(self.cards.cursor)
        for away in range(1, len(spots) + 1):
            spot = spots[(here + step * away) % len(spots)]
            if self.cards.card(spot).severity in ("error", "warning"):
                self.cards.cursor = spot
                return
        self.say("No conflicts on these cards")

    @on(StatusCards.Opened)
    def do_open(self) -> None:
        """All that is known of the card, as a page."""
        if (id := self.mark.initiative) is not None:
            from planner.tui.views.details import DetailScreen

            self.app.push_screen(DetailScreen(self.plan, id, self.desk.keymap), self._asked_for)

    async def _asked_for(self, action: str | None) -> None:
        """Do what was asked for on the page of details."""
        if action is not None and action in self.actions():
            await self.action_do(action)

    def do_fold(self) -> None:
        """Show the columns of what nobody works on, or fold them."""
        found = self.cards.found
        if found is not None:
            self.unfolded = not self.unfolded
            self.cards.show(found, self._columns(found))

    def do_regroup(self) -> None:
        """Other lanes; the cursor stays on its card."""
        self.lanes = LANES[(LANES.index(self.lanes) + 1) % len(LANES)]
        self._show()


def _without_margin(line: Line) -> Line:
    """A title line begins with a blank of its own."""
    (text, role), *others = line
    return ((text[1:], role), *others)


def _nothing(width: int, *, filtered: bool) -> list[Line]:
    """Why there is no card, and how to begin."""
    page = Page(width)
    if filtered:
        page.text("Nothing matches the filter", "title")
        page.labelled("/", "changes it", label_role="key")
        page.labelled("esc", "shows everything again", label_role="key")
    else:
        page.text("No initiatives yet", "title")
        page.text("They stand here as cards: planned, active, done, in a lane for each side.")
        page.labelled("a", "adds an initiative (`planner add ID`)", label_role="key")
    return page.lines
