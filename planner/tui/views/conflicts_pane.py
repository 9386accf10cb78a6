"""A pane of lines: it scrolls, shows what it is given, and repaints only the lines that differ.

It keeps its own place instead of a scrollbar's, because a scrollbar that comes and goes, or a new
height, repaints everything: on a slow line that is what a person waits for. An arrow at the right
edge says that there is more above or below.
"""

from __future__ import annotations

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from planner.tui.lines.cells import Look, strip
from planner.tui.lines.pages import Explained, Line
from planner.tui.shell.themes import Role, palette

EMPTY = Explained((), ())
BLANK: Look = ("text", None, False)
WHEEL = 3
"""Lines that one turn of the mouse wheel scrolls."""


class LinesPane(Widget, can_focus=False):
    """Shows lines from `top` on; `reveal` brings a fix into view."""

    DEFAULT_CSS = "LinesPane { background: $panel-ground; }"
    SIDE = 2
    """Blank columns on each side."""

    class Chosen(Message):
        """A fix was clicked."""

        def __init__(self, fix: int) -> None:
            super().__init__()
            self.fix = fix

    class Resized(Message):
        """The text has to be wrapped anew."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.shown = EMPTY
        self.marked: int | None = None
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

    def show(self, shown: Explained, *, marked: int | None, from_top: bool) -> None:
        """Show other lines; `marked` is the fix that the cursor is on, if it is here."""
        before = self._looks()
        self.shown, self.marked = shown, marked
        self._go(0 if from_top else self.top)
        after = self._looks()
        for y, (old, new) in enumerate(zip(before, after, strict=True)):
            if old != new:
                self.refresh(Region(0, y, self.size.width, 1))

    def _looks(self) -> list[tuple[object, ...]]:
        """What each row in view shows."""
        return [self._look(y) for y in range(self.size.height)]

    def _look(self, y: int) -> tuple[object, ...]:
        at = self.top + y
        return (*self.lines[at : at + 1], self._is_marked(at), self._arrow(y))

    def _is_marked(self, line: int) -> bool:
        if self.marked is None or self.marked >= len(self.shown.places):
            return False
        first, last = self.shown.places[self.marked]
        return first <= line <= last

    def _arrow(self, y: int) -> str:
        """That there is more: ``↑`` on the first row, ``↓`` on the last."""
        if y == 0 and self.top > 0:
            return "↑"
        return "↓" if y == self.size.height - 1 and self.top < self._last_top else " "

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

    def reveal(self, fix: int) -> None:
        """Bring the lines of a fix into view; the first one with all that stands above it."""
        if fix >= len(self.shown.places):
            return
        first, last = self.shown.places[fix]
        if last >= self.top + self.size.height:
            self.scroll_lines(last - self.size.height + 1 - self.top)
        elif first < self.top:
            self.scroll_lines((first if fix else 0) - self.top)

    def shows(self, fix: int) -> bool:
        """Whether a fix is wholly in view."""
        if fix >= len(self.shown.places):
            return False
        first, last = self.shown.places[fix]
        return self.top <= first and last < self.top + self.size.height

    def begins_in_view(self, fix: int) -> bool:
        """Whether the first line of a fix can be read."""
        if fix >= len(self.shown.places):
            return False
        return self.top <= self.shown.places[fix][0] < self.top + self.size.height

    def is_below(self, fix: int) -> bool:
        """Whether a fix ends below what is in view."""
        places = self.shown.places
        return fix < len(places) and places[fix][1] >= self.top + self.size.height

    # --- events -----------------------------------------------------------------------------------

    def on_resize(self) -> None:
        """Wrap anew."""
        self._go(self.top)
        self.post_message(self.Resized())

    def on_mouse_scroll_down(self) -> None:
        """The wheel."""
        self.turn(WHEEL)

    def on_mouse_scroll_up(self) -> None:
        """The wheel."""
        self.turn(-WHEEL)

    def turn(self, by: int) -> None:
        """Hook: what the wheel does, by lines."""
        self.scroll_lines(by)

    def on_click(self, event: events.Click) -> None:
        """A click on a fix chooses it."""
        at = event.y + self.top
        for fix, (first, last) in enumerate(self.shown.places):
            if first <= at <= last:
                self.post_message(self.Chosen(fix))

    def render_line(self, y: int) -> Strip:
        """One line."""
        at, width = y + self.top, self.size.width
        colours = palette(self.app)
        pieces = self.lines[at] if at < len(self.lines) else []
        here = self._is_marked(at)
        under: Role = "cursor-ground" if here else "panel-ground"
        indented = [(" " * self.SIDE, BLANK), *pieces, (" " * width, BLANK)]
        line = strip(indented, [], colours, under, reversed_text=here and colours.sixteen)
        arrow = strip([(self._arrow(y), ("key", None, True))], [], colours, under)
        cut = line.crop_extend(0, width - 1, colours.style("text", under))
        return Strip([*cut, *arrow])
