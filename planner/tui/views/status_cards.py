"""The cards of the Status view on screen: columns and lanes, line by line, a cursor on one card.

Only the lines in view are drawn. A cursor move repaints two cards; where columns have no room the
cursor takes them along. The heading of a lane stays on the first line while its cards are scrolled.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from msgspec import Struct
from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from planner.analysis.statuses import Card, Column, Statuses
from planner.pages.signs import CURSOR
from planner.pages.statuses import (
    SEPARATOR,
    Layout,
    heading_line,
    lay_out,
    row_cells,
)
from planner.tui.lines.cells import strip
from planner.tui.lines.pages import coloured_line
from planner.tui.shell.themes import Role, palette


class Spot(Struct, frozen=True):
    """Where a card stands, whatever has room on the screen."""

    column: Column
    lane: int
    number: int
    """From above, in its lane."""
    id: str

    def away(self, other: Spot | None) -> tuple[int, int]:
        """How far it is from another one: in lanes, then in cards."""
        if other is None:
            return 0, 0
        return abs(self.lane - other.lane), abs(self.number - other.number)


class StatusCards(ScrollView, can_focus=False):
    """The board. Posts `Moved` when the cursor came to another card."""

    DEFAULT_CSS = """
    StatusCards { height: 1fr; background: $ground; scrollbar-size-vertical: 1;
                  overflow-x: hidden; }
    """

    cursor: reactive[Spot | None] = reactive(None, repaint=False, init=False)

    class Moved(Message):
        """The cursor is on another card."""

    class Opened(Message):
        """A card was clicked that was marked before."""

    class LaidOut(Message):
        """Other columns are drawn, or in another width."""

    def __init__(self) -> None:
        super().__init__()
        self.found: Statuses | None = None
        self.columns: tuple[Column, ...] = ()
        self.layout_: Layout | None = None
        self.spots: dict[Column, list[Spot]] = {}
        self.wanted: str | None = None
        """The card that the cursor comes on where it is on none yet."""
        self.held = False
        """Whether a card is in hand: then the mouse moves no cursor."""

    # --- what is in it ----------------------------------------------------------------------------

    def show(self, found: Statuses, columns: tuple[Column, ...]) -> None:
        """Show another board, the cursor on its card wherever that is now."""
        self.found, self.columns = found, columns
        self.spots = {
            column: [
                Spot(column, lane, number, card.id)
                for lane, each in enumerate(found.lanes)
                for number, card in enumerate(each.cards.get(column, ()))
            ]
            for column in columns
        }
        before = self.cursor
        id = before.id if before is not None else self.wanted
        spot = self.find(id) if id is not None else None
        self.set_reactive(StatusCards.cursor, spot or self._near(before))
        self._lay_out()

    def _lay_out(self) -> None:
        """Draw anew in the room there is, the cursor's column among those that have some."""
        if self.found is None or not self.size.width:
            return
        column = self.cursor.column if self.cursor is not None else None
        self.layout_ = lay_out(self.found, self.columns, self.size.width, column)
        self.virtual_size = Size(self.size.width, self.layout_.rows)
        self._into_view()
        self.refresh()
        self.post_message(self.LaidOut())

    @property
    def laid(self) -> Layout:
        """The layout there is."""
        assert self.layout_ is not None
        return self.layout_

    def column_of(self, id: str) -> Column | None:
        """The column that a card is in, also one that is folded."""
        lanes = self.found.lanes if self.found is not None else ()
        cards = (cards for lane in lanes for cards in lane.cards.values())
        return next((card.column for each in cards for card in each if card.id == id), None)

    def card(self, spot: Spot) -> Card:
        """The card that stands there."""
        return self.laid.found.lanes[spot.lane].cards[spot.column][spot.number]

    def find(self, id: str) -> Spot | None:
        """Where a card is: of several places of one the nearest to where the cursor was."""
        found = [spot for spots in self.spots.values() for spot in spots if spot.id == id]
        return min(found, key=lambda spot: spot.away(self.cursor), default=None)

    def _near(self, before: Spot | None) -> Spot | None:
        """The card nearest to where the cursor was, in its column if that has any."""
        spots = self.spots.get(before.column, []) if before is not None else []
        spots = spots or [spot for each in self.columns for spot in self.spots[each]]
        return min(spots, key=lambda spot: spot.away(before), default=None)

    # --- the cursor -------------------------------------------------------------------------------

    def put(self, spot: Spot) -> None:
        """Put the cursor on a card, of no person's own accord: nobody is notified."""
        before = self.cursor
        self.set_reactive(StatusCards.cursor, spot)
        self._followed(before)

    @property
    def column(self) -> Sequence[Spot]:
        """The cards of the column that the cursor is in."""
        return self.spots[self.cursor.column] if self.cursor is not None else []

    def move(self, by: int) -> None:
        """Up or down in the column, stopping at its ends."""
        if self.cursor is not None:
            at = self.column.index(self.cursor) + by
            self.cursor = self.column[min(max(0, at), len(self.column) - 1)]

    def page(self, by: int) -> None:
        """Half a screen up or down."""
        self.move(by * max(1, self.size.height // 2))

    def across(self, by: int) -> bool:
        """To the nearest card of the next column that has one; whether there is one."""
        if (here := self.cursor) is None:
            return False
        at = self.columns.index(here.column)
        ways = self.columns[at + 1 :] if by > 0 else self.columns[:at][::-1]
        spots = next((self.spots[column] for column in ways if self.spots[column]), [])
        if spots:
            self.cursor = min(spots, key=lambda spot: spot.away(here))
        return bool(spots)

    def watch_cursor(self, before: Spot | None, _after: Spot | None) -> None:
        """Repaint the two cards."""
        self._followed(before)
        self.post_message(self.Moved())

    def _followed(self, before: Spot | None) -> None:
        if self.layout_ is None:
            return
        if self.cursor is not None and self.cursor.column not in self.laid.drawn:
            self._lay_out()
            return
        for spot in (before, self.cursor):
            self._repaint(spot)
        self._into_view()

    def _row(self, spot: Spot) -> int:
        return self.laid.tops[spot.lane] + 1 + spot.number

    def _repaint(self, spot: Spot | None) -> None:
        if spot is None or spot.column not in self.laid.drawn or spot.lane >= len(self.laid.tops):
            return
        number = self.laid.drawn.index(spot.column)
        y = self._row(spot) - self.scroll_offset.y
        if 0 <= y < self.size.height:
            self.refresh(Region(self.laid.lefts[number], y, self.laid.widths[number], 1))

    def _into_view(self) -> None:
        """Scroll by half a screen, so that most moves repaint two cards only."""
        if self.cursor is None:
            return
        row, top, height = self._row(self.cursor), self.scroll_offset.y, self.size.height
        near = top > 0 and row < height // 2
        if height and (near or not top + (top > 0) <= row < top + height):
            y = max(0, row - height // 2)
            self.scroll_to(y=y, animate=False, immediate=True, force=True)

    # --- events -----------------------------------------------------------------------------------

    def on_resize(self) -> None:
        """Other columns have room."""
        self._lay_out()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the cursor, as keys do."""
        event.stop()
        if not self.held:
            self.move(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves the cursor, as keys do."""
        event.stop()
        if not self.held:
            self.move(-1)

    def on_click(self, event: events.Click) -> None:
        """A click marks a card; on the marked one it opens its details."""
        spot = self._spot_at(event.x, self._row_on(event.y))
        if spot is None or self.held:
            return
        if spot == self.cursor:
            self.post_message(self.Opened())
        self.cursor = spot

    def _spot_at(self, x: int, row: int) -> Spot | None:
        if self.layout_ is None or row >= self.layout_.rows:
            return None
        place = bisect_right(self.layout_.lefts, x) - 1
        column, (lane, number) = self.layout_.drawn[place], self.layout_.place(row)
        cards = self.layout_.found.lanes[lane].cards.get(column, ())
        return Spot(column, lane, number, cards[number].id) if 0 <= number < len(cards) else None

    # --- drawing ----------------------------------------------------------------------------------

    def _row_on(self, y: int) -> int:
        """The row that a line shows: the first one shows the heading of the lane below it."""
        at = y + self.scroll_offset.y
        if y or self.layout_ is None or at >= self.layout_.rows:
            return at
        _, number = self.layout_.place(at)
        return at - number - 1

    def render_line(self, y: int) -> Strip:
        """One row: the heading of a lane, or cards."""
        colours, end = palette(self.app), palette(self.app).style("text", "ground")
        row = self._row_on(y)
        if self.layout_ is None or row >= self.layout_.rows:
            return strip([], [], colours, "ground").crop_extend(0, self.size.width, end)
        lane, number = self.layout_.place(row)
        if number < 0:
            line = coloured_line(heading_line(self.layout_, self.layout_.found.lanes[lane]))
            return strip(line, [], colours, "ground").crop_extend(0, self.size.width, end)
        spot = self.cursor
        marked = (spot.column, spot.lane, spot.number) if spot is not None else None
        segments: list[Segment] = []
        for place, cells in enumerate(row_cells(self.layout_, row)):
            column = self.layout_.drawn[place]
            here = (column, lane, number) == marked
            mark = CURSOR if here else SEPARATOR if place else " "
            pieces = [(mark, ("today" if here else "faint", None, here)), *coloured_line(cells)]
            ground: Role = "cursor-ground" if here else "ground"
            turned = here and colours.sixteen
            segments += strip(pieces, [], colours, ground, reversed_text=turned)
        return Strip(segments).simplify().crop_extend(0, self.size.width, end)
