"""The pane beside the findings: lines of pieces that scroll, one of its fixes chosen."""

from __future__ import annotations

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from planner.tui.theme import Role, palette
from planner.tui.widgets.cells import Look, strip
from planner.tui.widgets.findings_explained import Explained, Line

EMPTY = Explained((), ())
BLANK: Look = ("text", None, False)


class LinesPane(ScrollView, can_focus=False):
    """Shows what it is given, from the top; `reveal` brings a fix into view."""

    DEFAULT_CSS = (
        "LinesPane { background: $panel-ground; scrollbar-size-vertical: 1; overflow-x: hidden; }"
    )
    SIDE = 2
    """Blank columns on each side."""

    class Chosen(Message):
        """A fix was clicked."""

        def __init__(self, fix: int) -> None:
            super().__init__()
            self.fix = fix

    class Resized(Message):
        """The text has to be wrapped anew."""

    def __init__(self) -> None:
        super().__init__()
        self.shown = EMPTY
        self.marked: int | None = None

    @property
    def text_width(self) -> int:
        """Columns for text."""
        return max(30, self.size.width - 2 * self.SIDE)

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is shown."""
        return self.shown.lines

    def show(self, shown: Explained, *, marked: int | None, from_top: bool) -> None:
        """Show other lines; `marked` is the fix that the cursor is on, if it is here."""
        self.shown, self.marked = shown, marked
        self.virtual_size = Size(self.size.width, len(shown.lines))
        if from_top:
            self.scroll_to(y=0, animate=False, immediate=True, force=True)
        self.refresh()

    def reveal(self, fix: int) -> None:
        """Bring the lines of a fix into view."""
        if fix >= len(self.shown.places):
            return
        first, last = self.shown.places[fix]
        top, height = self.scroll_offset.y, self.size.height
        if last >= top + height:
            self.scroll_to(y=last - height + 1, animate=False, immediate=True, force=True)
        elif first < top:
            self.scroll_to(y=first if fix else 0, animate=False, immediate=True, force=True)

    def shows(self, fix: int) -> bool:
        """Whether a fix is wholly in view."""
        if fix >= len(self.shown.places):
            return False
        first, last = self.shown.places[fix]
        return self.scroll_offset.y <= first and last < self.scroll_offset.y + self.size.height

    def scroll_lines(self, by: int) -> None:
        """Scroll by lines."""
        self.scroll_to(y=self.scroll_offset.y + by, animate=False, immediate=True, force=True)

    def on_resize(self) -> None:
        """Wrap anew."""
        self.post_message(self.Resized())

    def on_click(self, event: events.Click) -> None:
        """A click on a fix chooses it."""
        at = event.y + self.scroll_offset.y
        for fix, (first, last) in enumerate(self.shown.places):
            if first <= at <= last:
                self.post_message(self.Chosen(fix))

    def render_line(self, y: int) -> Strip:
        """One line."""
        at = y + self.scroll_offset.y
        colours = palette(self.app)
        pieces = self.lines[at] if at < len(self.lines) else []
        here = self._is_marked(at)
        under: Role = "cursor-ground" if here else "panel-ground"
        indented = [(" " * self.SIDE, BLANK), *pieces, (" " * self.size.width, BLANK)]
        line = strip(indented, [], colours, under, reversed_text=here and colours.sixteen)
        return line.crop_extend(0, self.size.width, colours.style("text", under))

    def _is_marked(self, line: int) -> bool:
        if self.marked is None or self.marked >= len(self.shown.places):
            return False
        first, last = self.shown.places[self.marked]
        return first <= line <= last
