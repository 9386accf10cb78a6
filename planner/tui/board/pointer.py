"""The mouse on the board: rows that are clicked, and what is dragged: a bar, its right end, or the
edge of a column.

Where the button goes down decides what is dragged; a click that does not move means what it always
means. A drag counts from where it began, in days of the axis and cells of the columns as they were
then: so it may change both on its way, and an edge that can go no further goes back at once.
"""

from __future__ import annotations

from datetime import date
from functools import singledispatchmethod
from typing import Literal, Protocol

from msgspec import Struct
from textual import events, on
from textual.message import Message
from textual.widget import Widget

from planner.plan.model import Plan
from planner.tui.board.columns import Column
from planner.tui.board.outline import Outline
from planner.tui.board.scale import Scale
from planner.tui.board.table import Table
from planner.tui.board.time_axis import TimeAxis

Part = Literal["bar", "end"]
"""A bar, or its last cell."""
WHEEL = 3
"""Rows that a notch of the mouse's wheel moves."""


class Picked(Message):
    """A row was clicked, or the wheel was turned towards it; a heading, or a second click, `opens`
    it.
    """

    def __init__(self, row: int, *, opens: bool = False) -> None:
        super().__init__()
        self.row, self.opens = row, opens


class Dragged(Message):
    """The bar of a row, or its end, is dragged from one day to another; the first such message of a
    drag `begins` it.
    """

    def __init__(self, row: int, first: date, last: date, *, end: bool, begins: bool) -> None:
        super().__init__()
        self.row, self.first, self.last = row, first, last
        self.end, self.begins = end, begins


class Board(Protocol):
    """What the mouse is over: rows of a plan, in columns and on days."""

    plan: Plan
    outline: Outline
    table: Table
    time: TimeAxis
    top: int
    cursor: int

    def lay_out_anew(self) -> None:
        """Draw other columns."""

    def post_message(self, message: Message) -> bool:
        """Tell the view."""


class Bar(Struct, frozen=True):
    """A bar, or its end, that is held: in which row, from which column of the screen on."""

    part: Part
    row: int
    x: int
    left: int
    """Where the timeline began."""
    scale: Scale

    def days(self, x: int) -> tuple[date, date]:
        """The day under the button where it went down, and the day where it is now."""
        here = min(max(0, x - self.left), self.scale.width)
        return self.scale.day(self.x - self.left), self.scale.day(here)


class Edge(Struct, frozen=True):
    """The edge of a column that is held, which was as wide when the button went down."""

    column: Column
    x: int


class Pointer:
    """What the mouse does with a timeline, `on` its rows or the `headings` over them."""

    def __init__(self, timeline: Board, on: Widget, *, headings: bool = False) -> None:
        self._timeline, self._on, self._headings = timeline, on, headings
        self._held: Bar | Edge | None = None
        self._x: int | None = None
        """The column of the screen to which it was dragged; None before it moved."""

    @singledispatchmethod
    def heard(self, event: events.MouseEvent) -> None:
        """Anything else means nothing."""

    @heard.register
    def _(self, event: events.MouseDown) -> None:
        """Hold what is under the button."""
        self._x = None
        self._held = self._under(event.x, self._row(event.y)) if event.button == 1 else None
        if self._held is not None:
            self._on.capture_mouse()

    @heard.register
    def _(self, event: events.MouseMove) -> None:
        """Drag what is held."""
        held, shown = self._held, self._timeline
        if held is None or event.x == (held.x if self._x is None else self._x):
            return
        begins, self._x = self._x is None, event.x
        if isinstance(held, Edge):
            shown.table.make(held.column, held.column.width + event.x - held.x)
            shown.lay_out_anew()
        else:
            days, end = held.days(event.x), held.part == "end"
            shown.post_message(Dragged(held.row, *days, end=end, begins=begins))

    @heard.register
    def _(self, event: events.MouseUp) -> None:
        """Let go; what was dragged stays where it is."""
        if self._held is not None:
            self._on.release_mouse()
        self._held = None

    @heard.register
    def _(self, event: events.Click) -> None:
        """Mark the row; twice on an edge: its column is as wide as usual again."""
        shown, row, dragged = self._timeline, self._row(event.y), self._x is not None
        edge = self._edge(event.x, row)
        if edge is not None and event.chain == 2:
            shown.table.reset(edge)
            shown.lay_out_anew()
        elif row is not None and not dragged:
            rows = shown.outline.rows
            opens = row < len(rows) and (event.chain == 2 or rows[row].heading)
            shown.post_message(Picked(row, opens=opens))

    @heard.register
    def _(self, event: events.MouseScrollDown) -> None:
        """Further down."""
        self._timeline.post_message(Picked(self._timeline.cursor + WHEEL))

    @heard.register
    def _(self, event: events.MouseScrollUp) -> None:
        """Further up."""
        self._timeline.post_message(Picked(self._timeline.cursor - WHEEL))

    def _row(self, y: int) -> int | None:
        """The row on a line; None among the headings."""
        return None if self._headings else self._timeline.top + y

    def _under(self, x: int, row: int | None) -> Bar | Edge | None:
        if (column := self._edge(x, row)) is not None:
            return Edge(column, x)
        shown = self._timeline
        rows, left, scale = shown.outline.rows, shown.table.width, shown.time.scale
        if row is None or row >= len(rows) or rows[row].heading or x < left:
            return None
        dates = shown.plan.schedule.get(rows[row].id)
        part = dates and on_bar(x - left, scale.span(dates.start, dates.finish))
        return Bar(part, row, x, left, scale) if row is not None and part else None

    def _edge(self, x: int, row: int | None) -> Column | None:
        """The column whose edge is there; a heading stands across the columns and has none."""
        rows = self._timeline.outline.rows
        across = row is not None and row < len(rows) and rows[row].heading
        return self._timeline.table.edge(x, inner=not across)


class Pointed(Widget):
    """A widget whose mouse is its `pointer`'s."""

    pointer: Pointer

    @on(events.Click)
    @on(events.MouseDown)
    @on(events.MouseMove)
    @on(events.MouseUp)
    @on(events.MouseScrollDown)
    @on(events.MouseScrollUp)
    def _pointed(self, event: events.MouseEvent) -> None:
        self.pointer.heard(event)


def on_bar(cell: int, span: tuple[int, int]) -> Part | None:
    """What of a bar a cell of the timeline is; a bar of one cell has no end to drag."""
    first, last = span
    if not first <= cell <= last:
        return None
    return "end" if first < cell == last else "bar"
