"""The drawing of the network on screen: its rows in the theme's colours, a cursor on one node.

The drawing is made by `planner.pages.network_drawing`; here its tones become colours. A cursor move
repaints the rows of the two nodes only.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from planner.pages.canvas import Run, cells
from planner.pages.network import marked
from planner.pages.network_drawing import Picture
from planner.tui.lines.cells import Look
from planner.tui.shell.themes import Palette, palette
from planner.tui.views.path_lanes import look

if TYPE_CHECKING:
    from planner.analysis.network import Around

Drawn = tuple["Around", Picture]
DIM: Look = ("dim", None, False)
"""How a node is shown that the filter does not match."""


class NetworkGraph(Widget, can_focus=False):
    """The graph. Posts `Moved` when the cursor came to another node."""

    DEFAULT_CSS = "NetworkGraph { height: 1fr; background: $ground; }"

    cursor: reactive[str | None] = reactive(None, repaint=False, init=False)

    class Moved(Message):
        """The cursor is on another node."""

    class Opened(Message):
        """A node was clicked that was marked before."""

    class Resized(Message):
        """The graph has to be drawn anew."""

    class Turned(Message):
        """The wheel was turned."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    def __init__(self) -> None:
        super().__init__()
        self.drawn: Drawn | None = None
        """What is drawn; None where there is nothing, or not yet."""
        self.matching: Collection[str] | None = None
        """What the filter asks for; None where it asks for nothing in particular."""

    def show(self, drawn: Drawn | None, matching: Collection[str] | None) -> None:
        """Show another drawing, the cursor where it was, else on the center."""
        self.drawn, self.matching = drawn, matching
        places = drawn[1].drawing.places if drawn is not None else {}
        if self.cursor not in places:
            self.put(drawn[0].center if drawn is not None else None)
        self.refresh()

    def put(self, cursor: str | None) -> None:
        """Put the cursor on a node, of no person's own accord: nobody is notified."""
        self.set_reactive(NetworkGraph.cursor, cursor)

    @property
    def column(self) -> tuple[str, ...]:
        """The nodes of the column that the cursor is in."""
        columns = self.drawn[1].columns if self.drawn is not None else ()
        return next((ids for ids in columns if self.cursor in ids), ())

    def watch_cursor(self, before: str | None, after: str | None) -> None:
        """Repaint the two nodes."""
        for id in (before, after):
            self._repaint(id)
        self.post_message(self.Moved())

    def _repaint(self, id: str | None) -> None:
        if self.drawn is None or id not in self.drawn[1].drawing.places:
            return
        picture = self.drawn[1]
        number = next(at for at, ids in enumerate(picture.columns) if id in ids)
        left, right = (*picture.lefts, self.size.width)[number : number + 2]
        first, last = picture.drawing.places[id]
        self.refresh(Region(left, first, right - left, last - first + 1))

    # --- events -----------------------------------------------------------------------------------

    def on_resize(self) -> None:
        """Another size shows more of it, or less."""
        self.post_message(self.Resized())

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the cursor, as keys do."""
        event.stop()
        self.post_message(self.Turned(1))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves the cursor, as keys do."""
        event.stop()
        self.post_message(self.Turned(-1))

    def on_click(self, event: events.Click) -> None:
        """A click marks a node; on the marked one it opens its details."""
        id = self._node_at(event.x, event.y)
        if id is not None and id == self.cursor:
            self.post_message(self.Opened())
        elif id is not None:
            self.cursor = id

    def _node_at(self, column: int, row: int) -> str | None:
        for run in self._row(row):
            if column < cells(run.text):
                return run.step
            column -= cells(run.text)
        return None

    # --- drawing ----------------------------------------------------------------------------------

    def _row(self, y: int) -> tuple[Run, ...]:
        rows = self.drawn[1].drawing.rows if self.drawn is not None else ()
        return rows[y] if y < len(rows) else ()

    def render_line(self, y: int) -> Strip:
        """One row of the drawing. Blanks look as what they follow: that is less to send."""
        colours = palette(self.app)
        segments: list[Segment] = []
        before: Run | None = None
        for run in self._row(y):
            plain = self.cursor not in (run.step, before.step if before else None)
            if before is not None and plain and not run.text.strip():
                segments[-1] = Segment(segments[-1].text + run.text, segments[-1].style)
            else:
                segments.append(self._segment(run, colours))
            before = run
        return Strip(segments).crop_extend(0, self.size.width, colours.style("text", "ground"))

    def _segment(self, run: Run, colours: Palette) -> Segment:
        role, _, bold = self._look(run)
        text = marked(run, self.cursor)
        if run.step is None or run.step != self.cursor:
            return Segment(text, colours.style(role, "ground", bold=bold))
        style = colours.style(role, "cursor-ground", bold=bold)
        if colours.sixteen:
            style += colours.line if run.tone == "edge" else colours.reverse
        return Segment(text, style)

    def _look(self, run: Run) -> Look:
        """How a run is shown: critical ids alone are bold, and what does not match is quieter."""
        hidden = self.matching is not None and run.step is not None
        if hidden and run.step not in (self.matching or ()):
            return DIM
        role, ground, bold = look(run)
        return role, ground, bold and run.tone != "name"
