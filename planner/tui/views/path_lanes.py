"""The drawing of a path on screen: its rows in the theme's colours, with a cursor on one step.

The drawing is made by `planner.lanes`, once for each plan, target and width; here its tones become
colours. A cursor move repaints the rows of the two steps only.
"""

from __future__ import annotations

from typing import cast

from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from planner.analysis.path import Lanes
from planner.pages import path_words
from planner.pages.canvas import Drawing, Row, Run, Tone, cells
from planner.pages.path_across import draw_across
from planner.pages.path_down import draw_down
from planner.pages.roles import side_role
from planner.tui.lines.cells import Look
from planner.tui.shell.themes import Palette, Role, palette, rest

WIDE = 100
"""Columns from which time runs to the right, unless one in five names has no room."""

_DRAWN: tuple[Tone, ...] = ("bar", "rest", "edge", "link", "faint")
"""What would be another sign if it were reversed."""
MARK = Run("▸", "today")
"""The same beside the step under the cursor, so that it reads without colour."""
BLANK = Run(" ")
"""The blank column at the left."""


def look(run: Run) -> Look:
    """How a run is shown: the role of its colour, and whether it is bold."""
    if run.tone == "rest":
        return rest(run.side), None, False
    if run.tone in ("side", "name", "bar"):
        return side_role(run.side), None, run.tone != "bar"
    return tone_look(run.tone)


def tone_look(tone: Tone) -> Look:
    """How a tone is shown that has no side."""
    role = cast("Role", "critical" if tone in ("edge", "late") else tone)
    return role, None, tone in ("strong", "late")


class PathLanes(ScrollView, can_focus=False):
    """The lanes of one path. Posts `Moved` when the cursor came to another step."""

    DEFAULT_CSS = (
        "PathLanes { background: $ground; scrollbar-size-vertical: 1; overflow-x: hidden; }"
    )

    cursor: reactive[str | None] = reactive(None, repaint=False, init=False)

    class Moved(Message):
        """The cursor is on another step."""

    class Opened(Message):
        """A step was clicked that was selected before."""

    def __init__(self) -> None:
        super().__init__()
        self.lanes: Lanes | None = None
        self.drawing = Drawing((), {})

    # --- what is drawn ----------------------------------------------------------------------------

    def show(self, lanes: Lanes) -> None:
        """Draw another path, the cursor where it was, else on the first step."""
        self.lanes = lanes
        self._draw()
        steps = self.steps
        self.put(next((id for id in (self.cursor, *steps[:1]) if id in steps), None))

    def put(self, step: str | None) -> None:
        """Put the cursor on a step, of no person's own accord: nobody is notified."""
        self.set_reactive(PathLanes.cursor, step)
        self.refresh()
        self.call_after_refresh(self._into_view)

    def _draw(self) -> None:
        if self.lanes is None or not self.size.width:
            return
        width, height = self.size.width - 2, self.size.height
        across = draw_across(self.lanes, width, height) if self.size.width >= WIDE else None
        crowded = across is None or 5 * across.unnamed > len(self.lanes.steps)
        self.drawing = draw_down(self.lanes, width) if crowded or across is None else across
        self.virtual_size = Size(self.size.width, len(self.drawing.rows))
        self.refresh()

    def on_resize(self) -> None:
        """Draw anew in the new width."""
        self._draw()
        self.call_after_refresh(self._into_view)

    # --- the cursor -------------------------------------------------------------------------------

    @property
    def steps(self) -> list[str]:
        """The ids that the cursor can be on: the path's steps, then those close behind."""
        if self.lanes is None:
            return []
        near = (step.id for chain in self.lanes.near[: path_words.MOST] for step in chain.steps)
        return list(dict.fromkeys([*(step.id for step in self.lanes.steps), *near]))

    def move(self, by: int) -> None:
        """Move the cursor by steps, stopping at the ends."""
        steps = self.steps
        if steps:
            at = steps.index(self.cursor) if self.cursor in steps else 0
            self.cursor = steps[max(0, min(at + by, len(steps) - 1))]

    def watch_cursor(self, before: str | None, after: str | None) -> None:
        """Repaint the rows of the two steps and keep the cursor in view."""
        for id in (before, after):
            self._refresh_step(id)
        self._into_view()
        self.post_message(self.Moved())

    def _refresh_step(self, id: str | None) -> None:
        if id in self.drawing.places:
            first, last = self.drawing.places[id]
            top = first - self.scroll_offset.y
            self.refresh(Region(0, top, self.size.width, last - first + 1))

    def _into_view(self) -> None:
        if self.cursor not in self.drawing.places:
            return
        first, last = self.drawing.places[self.cursor]
        top, height = self.scroll_offset.y, self.size.height
        head = self.drawing.head if top else 0
        near = top > 0 and last < height
        if height and (near or first < top + head or last >= top + height):
            target = 0 if last < height else first - max(self.drawing.head, height // 3)
            self.scroll_to(y=max(0, target), animate=False, immediate=True, force=True)

    @property
    def page(self) -> int:
        """How many steps half a screen holds."""
        first = self.scroll_offset.y
        inside = range(first, first + self.size.height)
        return max(1, sum(top in inside for top, _ in self.drawing.places.values()) // 2)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the cursor, as keys do."""
        event.stop()
        self.move(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves the cursor, as keys do."""
        event.stop()
        self.move(-1)

    def on_click(self, event: events.Click) -> None:
        """A click selects a step; on the selected one it opens it."""
        id = self._step_at(event.x - 1 + self.scroll_offset.x, self._row_on_line(event.y))
        if id is not None and id == self.cursor:
            self.post_message(self.Opened())
        elif id is not None:
            self.cursor = id

    def _step_at(self, column: int, row: int) -> str | None:
        for run in self.drawing.rows[row] if row < len(self.drawing.rows) else ():
            if column < cells(run.text):
                return run.step
            column -= cells(run.text)
        return None

    # --- drawing ----------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """One row of the drawing."""
        at = self._row_on_line(y)
        colours = palette(self.app)
        row: Row = self.drawing.rows[at] if at < len(self.drawing.rows) else ()
        mark = MARK if at == self._marked_row else BLANK
        mine = [number for number, run in enumerate(row) if run.step and run.step == self.cursor]
        marked = range(min(mine), max(mine) + 1) if mine else range(0)
        segments = [self._segment(mark, colours, marked=False)]
        segments += [
            self._segment(run, colours, marked=number in marked) for number, run in enumerate(row)
        ]
        end = colours.style("text", "ground")
        return Strip(segments).crop_extend(0, self.size.width, end)

    @property
    def _marked_row(self) -> int | None:
        """The row that begins with the cursor's mark: where the step under the cursor is named."""
        if self.cursor not in self.drawing.places:
            return None
        first, last = self.drawing.places[self.cursor]
        named = (
            at
            for at in range(first, min(last + 1, len(self.drawing.rows)))
            if any(run.step == self.cursor and run.tone == "name" for run in self.drawing.rows[at])
        )
        return next(named, first)

    def _segment(self, run: Run, colours: Palette, *, marked: bool) -> Segment:
        """A run; all between the first and the last of the step under the cursor is marked."""
        role, _, bold = look(run)
        if not marked:
            return Segment(run.text, colours.style(role, "ground", bold=bold))
        style = colours.style(role, "cursor-ground", bold=run.step == self.cursor)
        if colours.sixteen:
            style += colours.line if run.tone in _DRAWN else colours.reverse
        return Segment(run.text, style)

    def _row_on_line(self, y: int) -> int:
        """The row that a line of the widget shows: headings stay where they are."""
        return y if y < self.drawing.head else y + self.scroll_offset.y
