"""A list of rows with a cursor, drawn line by line: what stands on the left or top of all lists.

Only what is in view is drawn, so ten thousand rows scroll as ten do, and a cursor move repaints two
rows. A row says itself how it is drawn and what its page says; which rows there are, the view
decides. Headings stay on the first line while the rows below them are scrolled.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from typing import ClassVar

from msgspec import Struct
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from planner.pages.signs import CURSOR, OPEN, SELECTED, SHUT
from planner.tui.lines.cells import Look, strip
from planner.tui.lines.lines_pane import Told, nothing
from planner.tui.lines.pages import Line
from planner.tui.shell.app_state import Selected
from planner.tui.shell.themes import Role, palette

SIGNS = 2
"""Columns of the cursor's mark and, at the other end, of what scrolls."""
_DIM: Look = ("dim", None, False)
_STRONG: Look = ("strong", None, True)


Draw = Callable[[int], Line]


class Row(Struct, frozen=True):
    """A line of a list. The cursor passes by one that has no key, and a heading that has one folds
    the rows of its group. A heading may itself be inside other groups.
    """

    draw: Draw
    """What stands on it in so many columns; of a heading that folds, after the sign of that."""
    key: str | None = None
    """Its name, by which the cursor stays on it from plan to plan."""
    page: Told = nothing
    """What is told about it."""
    about: Selected | None = None
    """The table that keys act on."""
    of: object = None
    """What it shows, for the view."""
    heading: bool = False
    """Whether it stands above the rows that follow."""
    group: str = ""
    """What it folds with."""
    inside: tuple[str, ...] = ()
    """The groups around that one."""
    amiss: bool = False
    """Whether ``]`` and ``[`` stop at it."""

    @property
    def folds(self) -> bool:
        """Whether it is the heading of rows that can be folded."""
        return self.heading and self.key is not None

    @property
    def hidden_by(self) -> tuple[str, ...]:
        """The groups that hide it where one of them is folded."""
        return self.inside if self.folds else (self.group, *self.inside)


def set_in(draw: Draw) -> Draw:
    """The same line with a blank between it and the mark of the cursor."""
    return lambda width: [(" ", _DIM), *draw(width - 1)]


def heading(draw: Draw) -> Row:
    """A heading that the cursor passes by."""
    return Row(set_in(draw), heading=True)


GAP = Row(lambda _: [])
"""A blank line."""


def _name(row: Row) -> tuple[object, ...]:
    """What tells rows apart that are laid out otherwise."""
    return row.key, row.heading, row.draw is GAP.draw


class RowList(ScrollView, can_focus=False):
    """Rows with a cursor. Posts `Moved` when the cursor came to another row.

    It takes no focus: arrows and pages would scroll it, and leave the cursor where it was.
    """

    DEFAULT_CSS = "RowList { background: $ground; scrollbar-size-vertical: 1; overflow-x: hidden; }"

    wheel: ClassVar[int] = 3
    """Rows that one turn of the mouse wheel moves the cursor."""

    cursor = reactive(0, repaint=False, init=False)

    class Moved(Message):
        """The cursor is on another row."""

    class Opened(Message):
        """A row was clicked that was selected before."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []
        """The rows that are not folded."""
        self.folded: frozenset[str] = frozenset()
        """The groups of which the heading alone is shown."""
        self.together: frozenset[str] = frozenset()
        """The initiatives that are selected together."""
        self._all: Sequence[Row] = ()
        self.lost: str | None = None
        """The key of the row where the cursor was, while that is gone and nobody has moved it."""

    # --- what is in it ----------------------------------------------------------------------------

    def show(self, rows: Sequence[Row]) -> None:
        """Show other rows, the cursor on the same one if it is there, else where it was until that
        is there again.
        """
        before = self.row
        wanted = [self.lost, before and before.key]
        self._all = rows
        self.rows = [row for row in rows if self.folded.isdisjoint(row.hidden_by)]
        same = [at for each in wanted if each and (at := self._with_key(each)) is not None]
        self._lay_out()
        self.put(same[0] if same else self._instead(before))
        here = self.row and self.row.key
        self.lost = next((key for key in wanted if key), None)
        self.lost = None if self.lost == here else self.lost

    def _instead(self, before: Row | None) -> int:
        """Where the cursor comes when its row is gone: nearby, and from a row to no heading."""
        at = self._nearest(self.cursor, 1)
        if before is None or before.folds or not self.rows or not self.rows[at].folds:
            return at
        ways = chain(range(at, len(self.rows)), range(at, -1, -1))
        rows = (each for each in ways if self.rows[each].key and not self.rows[each].folds)
        return next(rows, at)

    def choose(self, ids: frozenset[str]) -> None:
        """Show which initiatives are selected together."""
        changed, self.together = self.together ^ ids, ids
        for at in range(self.scroll_offset.y, self.scroll_offset.y + self.size.height):
            row = self.rows[at] if at < len(self.rows) else GAP
            if row.about is not None and row.about[1] in changed:
                self.repaint(at)

    def _lay_out(self) -> None:
        self.virtual_size = Size(self.size.width, len(self.rows))

    def put(self, at: int) -> None:
        """Put the cursor on a row, of no person's own accord: nobody is notified."""
        self.set_reactive(RowList.cursor, self._nearest(at, 1))
        self._into_view()
        self.refresh()

    def relay(self, rows: Sequence[Row]) -> None:
        """The same rows laid out otherwise: the cursor stays, and lines that differ are drawn."""
        key, before = self.row and self.row.key, [_name(row) for row in self.rows]
        self._all = rows
        self.rows = [row for row in rows if self.folded.isdisjoint(row.hidden_by)]
        self._lay_out()
        at = self.find(lambda row: row.key == key)
        self.set_reactive(RowList.cursor, self.cursor if at is None else at)
        after = [_name(row) for row in self.rows]
        for line in range(max(len(before), len(after))):
            if before[line : line + 1] != after[line : line + 1]:
                self.repaint(line)
        self._into_view()

    def find(self, wanted: Callable[[Row], bool]) -> int | None:
        """The first such row on which the cursor can be."""
        rows = enumerate(self.rows)
        return next((at for at, row in rows if row.key is not None and wanted(row)), None)

    def _with_key(self, key: str) -> int | None:
        return self.find(lambda row: row.key == key)

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        row = self.rows[self.cursor] if self.cursor < len(self.rows) else None
        return row if row is not None and row.key is not None else None

    def uncover(self, wanted: Callable[[Row], bool]) -> int | None:
        """The first such row on which the cursor can be, unfolded where all of them are folded."""
        found = self.find(wanted)
        hidden = (row for row in self._all if row.key is not None and wanted(row))
        row = next(hidden, None) if found is None else None
        if row is None:
            return found
        self.folded -= {*row.hidden_by}
        self.show(self._all)
        return self.find(lambda each: each.key == row.key)

    @property
    def half(self) -> int:
        """Rows on half a screen."""
        return max(1, self.size.height // 2)

    @property
    def height_wanted(self) -> int:
        """Lines that all rows take."""
        return len(self.rows)

    @property
    def line_width(self) -> int:
        """Columns that a row has."""
        return self.size.width - SIGNS

    # --- folding ----------------------------------------------------------------------------------

    def fold(self) -> None:
        """Fold or unfold the group of the cursor."""
        if self.row is not None and self.row.group:
            self._fold(self.folded ^ {self.row.group})

    def fold_all(self) -> None:
        """Fold all groups, or unfold all."""
        groups = frozenset(row.group for row in self._all if row.folds)
        self._fold(frozenset() if groups <= self.folded else groups)

    def _fold(self, folded: frozenset[str]) -> None:
        """Show what is left, the cursor on the heading of what it was on, where that is folded."""
        group = self.row.group if self.row is not None else ""
        self.folded = folded
        self.show(self._all)
        heading = self.find(lambda row: row.folds and row.group == group)
        if heading is not None and group in folded:
            self.put(heading)
        self.post_message(self.Moved())

    # --- the cursor -------------------------------------------------------------------------------

    def move(self, by: int) -> None:
        """Move the cursor by rows, past headings that are not for it, stopping at the ends."""
        self.cursor = self._nearest(self.cursor + by, by)

    def move_to(self, at: int) -> None:
        """Put the cursor on a row."""
        self.cursor = self._nearest(at, 1)

    def move_on(self, by: int, wanted: Callable[[Row], bool]) -> bool:
        """To the next (1) or last (-1) such row, unfolded where all that are left are folded;
        whether there is one.
        """
        ways = range(self.cursor + by, len(self.rows) if by > 0 else -1, by)
        at = next((at for at in ways if wanted(self.rows[at])), None)
        if at is None and (hidden := self._beyond(by, wanted)) is not None:
            at = self.uncover(lambda row: row.key == hidden.key)
        if at is not None:
            self.move_to(at)
        return at is not None

    def _beyond(self, by: int, wanted: Callable[[Row], bool]) -> Row | None:
        """The next such row on that side of the cursor, among all that there are."""
        keys, key = [row.key for row in self._all], self.row and self.row.key
        here = keys.index(key) if key in keys else 0
        rows = self._all[here + 1 :] if by > 0 else self._all[:here][::-1]
        return next((row for row in rows if row.key is not None and wanted(row)), None)

    def _nearest(self, at: int, by: int) -> int:
        """The row there, or the next one on which the cursor can be, else the last before it."""
        at = min(max(0, at), len(self.rows) - 1)
        down, up = range(max(0, at), len(self.rows)), range(at, -1, -1)
        ways = chain(down, up) if by > 0 else chain(up, down)
        return next((each for each in ways if self.rows[each].key is not None), 0)

    def watch_cursor(self, before: int, after: int) -> None:
        """Repaint the two rows that changed and keep the cursor in view."""
        self.lost = None
        self.repaint(before)
        self.repaint(after)
        self._into_view()
        self.post_message(self.Moved())

    def repaint(self, at: int) -> None:
        """Draw a row anew, if it is in view."""
        y = at - self.scroll_offset.y
        if 0 <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    def _into_view(self) -> None:
        """Scroll by half a screen, so that most steps repaint two rows only; near the first row to
        that, which nobody can reach where it is a heading.
        """
        height, top = self.room, self.scroll_offset.y
        covered = self.row_on_line(0) != top
        near = top > 0 and self.cursor < height // 2
        if height and (near or not top + covered <= self.cursor < top + height):
            y = max(0, self.cursor - height // 2)
            self.scroll_to(y=y, animate=False, immediate=True, force=True)

    @property
    def room(self) -> int:
        """Rows that are in view, with the list scrolled as it is."""
        return self.size.height

    def row_on_line(self, y: int) -> int:
        """The row that line `y` of the widget shows; on the first one stands the heading of what
        is below it.
        """
        at = y + self.scroll_offset.y
        if y or at >= len(self.rows) or self.rows[at].heading:
            return at
        group = self.rows[at].group
        above = (each for each in range(at - 1, -1, -1) if self.rows[each].heading)
        return next((each for each in above if self.rows[each].group == group), at)

    def row_at(self, _x: int, y: int) -> int | None:
        """The row that is clicked there."""
        return self.row_on_line(y)

    # --- events -----------------------------------------------------------------------------------

    def on_resize(self) -> None:
        """The rows are as wide as the widget."""
        self._lay_out()
        self._into_view()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the cursor, as keys do."""
        event.stop()
        self.move(self.wheel)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves the cursor, as keys do."""
        event.stop()
        self.move(-self.wheel)

    def on_click(self, event: events.Click) -> None:
        """A click selects; on what is selected it opens."""
        at = self.row_at(event.x, event.y)
        if at is None or at >= len(self.rows) or self.rows[at].key is None:
            return
        if at == self.cursor:
            self.post_message(self.Opened())
        self.cursor = at

    # --- drawing ----------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """One row."""
        at, colours = self.row_on_line(y), palette(self.app)
        row = self.rows[at] if at < len(self.rows) else GAP
        here = row.key is not None and at == self.cursor
        under: Role = "cursor-ground" if here else "ground"
        turned = here and colours.sixteen
        line = strip(self._pieces(row, here=here), [], colours, under, reversed_text=turned)
        end = colours.reverse if turned else colours.style("text", under)
        return line.crop_extend(0, self.size.width, end)

    def _pieces(self, row: Row, *, here: bool) -> Line:
        """The row behind its marks; its words are bold where the cursor is."""
        mark = CURSOR if here else " "
        if (
            row.about is not None
            and row.about[0] == "initiatives"
            and row.about[1] in self.together
        ):
            mark = SELECTED
        if row.folds:
            mark += f"{SHUT if row.group in self.folded else OPEN} "
        line = row.draw(self.line_width)
        if here:
            line = [(text, _STRONG if look[0] == "text" else look) for text, look in line]
        look = line[0][1] if line and not row.folds else _DIM
        return [(mark, look), *line]
