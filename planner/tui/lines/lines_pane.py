"""A pane of lines: it scrolls, shows what it is given, and repaints only the lines that differ.

It keeps its own place instead of a scrollbar's, because a scrollbar that comes and goes, or a new
height, repaints everything: on a slow line that is what a person waits for. An arrow at the right
edge says that there is more above or below.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from planner.tui.lines.cells import Look, strip
from planner.tui.lines.pages import Explained, Line
from planner.tui.shell.themes import Role, palette

Told = Callable[[int], Explained]
"""Makes the lines of a page in so many columns."""

BLANK: Look = ("text", None, False)
WHEEL = 3
"""Lines that one turn of the mouse wheel scrolls."""


def nothing(_width: int) -> Explained:
    """No lines at all."""
    return Explained((), ())


class LinesPane(Widget, can_focus=False):
    """Shows lines from `top` on. While `choosing`, the cursor is on one of what can be chosen."""

    DEFAULT_CSS = "LinesPane { background: $panel-ground; }"
    SIDE = 2
    """Blank columns on each side."""
    GROUND: ClassVar[Role] = "panel-ground"
    """What its lines stand on."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._told: Told = nothing
        self.shown = nothing(0)
        self.chosen = 0
        self.choosing = False
        self.top = 0

    @property
    def text_width(self) -> int:
        """Columns for text."""
        return max(30, self.size.width - 2 * self.SIDE)

    @property
    def lines(self) -> tuple[Line, ...]:
        """All that can be scrolled to."""
        return self.shown.lines

    # --- what is shown ----------------------------------------------------------------------------

    def tell(self, told: Told, *, from_top: bool = True) -> None:
        """Show other lines."""
        self._told = told
        self._show(from_top=from_top)

    def _show(self, *, from_top: bool = False) -> None:
        """Make the lines for the width there is, and with the mark where it is."""
        before = self._looks()
        self.shown = self._told(self.text_width)
        self.chosen = max(0, min(self.chosen, len(self.shown.places) - 1))
        self._go(0 if from_top else self.top)
        for y, (old, new) in enumerate(zip(before, self._looks(), strict=True)):
            if old != new:
                self.refresh(Region(0, y, self.size.width, 1))

    def _looks(self) -> list[tuple[object, ...]]:
        """What each row in view shows."""
        return [self._look(y) for y in range(self.size.height)]

    def _look(self, y: int) -> tuple[object, ...]:
        at = self.top + y
        return (*self.lines[at : at + 1], self._is_marked(at), self._arrow(y))

    def _is_marked(self, line: int) -> bool:
        if not self.choosing or self.chosen >= len(self.shown.places):
            return False
        first, last = self.shown.places[self.chosen]
        return first <= line <= last

    def _arrow(self, y: int) -> str:
        """That there is more: ``↑`` on the first row, ``↓`` on the last."""
        if y == 0 and self.top > 0:
            return "↑"
        return "↓" if y == self.size.height - 1 and self.top < self._last_top else " "

    # --- choosing ---------------------------------------------------------------------------------

    def open(self) -> None:
        """Put the cursor on the first that can be chosen, the page read from its top."""
        self.chosen, self.choosing = 0, True
        self._show(from_top=True)

    def leave(self) -> None:
        """Take the cursor away."""
        self.chosen, self.choosing = 0, False
        self._show(from_top=True)

    def choose(self, at: int) -> None:
        """Put the cursor on what can be chosen, or on the nearest there is."""
        self.chosen, self.choosing = at, True
        self._show()
        self.reveal()

    def begin_at_choices(self) -> None:
        """Read as much of what stands below the choices as leaves the line above them in view."""
        if self.choosing and self.shown.places:
            self.scroll_lines(max(0, self.shown.places[0][0] - 1 - self.top))

    def step(self, by: int) -> None:
        """To the next that can be chosen, or a line further where this is not wholly in view."""
        after, places = self.chosen + by, self.shown.places
        if self.choosing and 0 <= after < len(places) and self._is_read(by):
            self.choose(after)
        else:
            self.scroll_lines(by)

    def _is_read(self, by: int) -> bool:
        first, last = self.shown.places[self.chosen]
        below = last >= self.top + self.size.height
        return not below and (by > 0 or first >= self.top)

    def to_end(self, by: int) -> None:
        """To the first (-1) or last (1) line, and to what can be chosen there."""
        if self.choosing and self.shown.places:
            self.choose(0 if by < 0 else len(self.shown.places) - 1)
        self.scroll_lines(by * len(self.lines))

    # --- scrolling --------------------------------------------------------------------------------

    @property
    def _last_top(self) -> int:
        return max(0, len(self.lines) - self.size.height)

    def _go(self, top: int) -> None:
        self.top = max(0, min(top, self._last_top))

    def scroll_lines(self, by: int) -> None:
        """Scroll by lines."""
        before = self.top
        self._go(self.top + by)
        if self.top != before:
            self.refresh()

    def reveal(self) -> None:
        """Bring what is chosen into view; the first one with all that stands above it."""
        if self.chosen >= len(self.shown.places):
            return
        first, last = self.shown.places[self.chosen]
        if last >= self.top + self.size.height:
            self.scroll_lines(last - self.size.height + 1 - self.top)
        elif first < self.top:
            self.scroll_lines((first if self.chosen else 0) - self.top)

    @property
    def begins_in_view(self) -> bool:
        """Whether the first line of what is chosen can be read."""
        first, _ = self.shown.places[self.chosen]
        return self.top <= first < self.top + self.size.height

    # --- events -----------------------------------------------------------------------------------

    def on_resize(self) -> None:
        """Wrap anew."""
        self._show()

    def on_mouse_scroll_down(self) -> None:
        """The wheel."""
        self.scroll_lines(WHEEL)

    def on_mouse_scroll_up(self) -> None:
        """The wheel."""
        self.scroll_lines(-WHEEL)

    def on_click(self, event: events.Click) -> None:
        """A click on what can be chosen chooses it."""
        at = event.y + self.top
        for each, (first, last) in enumerate(self.shown.places):
            if first <= at <= last:
                self.choose(each)

    def render_line(self, y: int) -> Strip:
        """One line."""
        at, width = y + self.top, self.size.width
        colours = palette(self.app)
        pieces = self.lines[at] if at < len(self.lines) else []
        here = self._is_marked(at)
        under = "cursor-ground" if here else self.GROUND
        indented = [(" " * self.SIDE, BLANK), *pieces, (" " * width, BLANK)]
        line = strip(indented, [], colours, under, reversed_text=here and colours.sixteen)
        arrow = strip([(self._arrow(y), ("key", None, True))], [], colours, under)
        cut = line.crop_extend(0, width - 1, colours.style("text", under))
        return Strip([*cut, *arrow])
