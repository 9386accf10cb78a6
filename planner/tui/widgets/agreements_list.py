"""The responsibility matrix and the hand-overs, drawn line by line.

Columns fold away by width: first the words beside the matrix, then teams, which pan; of a hand-over
first what it delivers, then the days that another day stands for. The heading of a part names its
columns, and stays on the first line while its rows are scrolled.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from rich.cells import cell_len
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from planner.consequence import day
from planner.plan import Plan
from planner.responsibilities import Column, Duty, Handover
from planner.text.visible import visible
from planner.tui.theme import Role, palette
from planner.tui.theme import side as side_role
from planner.tui.widgets.agreements_rows import (
    DUTY_WORDS,
    TITLES,
    Part,
    Row,
    abbreviated,
    mark_of,
    part_of,
)
from planner.tui.widgets.cells import Look, fitted, strip
from planner.tui.widgets.findings_groups import side_name

Pieces = list[tuple[str, Look]]

LEAD = 3
MIDDLE, WIDE = 110, 150
"""From which width on there are words beside the matrix, and what is delivered."""
LEAST, MOST = 4, 11
"""Columns that a team takes."""
MORE = 4
"""Columns that say how many teams are out of view."""


class Layout(Struct, frozen=True):
    """What stands where in `width` columns. `first` is the first team in view, `shown` how many."""

    width: int
    label: int
    team: int
    first: int
    shown: int
    words: int

    @property
    def wide(self) -> bool:
        """Whether there is room for what a hand-over delivers."""
        return self.width >= WIDE

    @property
    def middle(self) -> bool:
        """Whether there is room for every day of a hand-over."""
        return self.width >= MIDDLE


def layout_of(width: int, teams: int, first: int) -> Layout:
    """The layout for so many teams, panned to `first` as far as there is anything to pan."""
    label, words = (25, 0) if width < MIDDLE else (30, 20) if width < WIDE else (44, 32)
    room = width - LEAD - label - words - 2
    team = max(LEAST, min(MOST, room // max(1, teams)))
    shown = teams if teams * team <= room else max(1, (room - MORE) // team)
    return Layout(width, label, team, max(0, min(first, teams - shown)), shown, words)


class AgreementsList(ScrollView, can_focus=True):
    """Rows with a cursor. Posts `Moved` when the cursor came to another row."""

    DEFAULT_CSS = (
        "AgreementsList { background: $ground; scrollbar-size-vertical: 1; overflow-x: hidden; }"
    )

    cursor = reactive(0, repaint=False)

    class Moved(Message):
        """The cursor is on another row."""

    class Opened(Message):
        """A row was clicked that was selected before."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self.columns: tuple[Column, ...] = ()
        self.plan: Plan | None = None
        self.first = 0

    # --- what is in it ----------------------------------------------------------------------------

    def show(self, plan: Plan, columns: tuple[Column, ...], rows: list[Row], keep: int) -> None:
        """Show other rows, with the cursor on row `keep` or the nearest there is."""
        self.plan, self.columns, self.rows = plan, columns, rows
        self.virtual_size = Size(self.size.width, len(rows))
        self.set_reactive(AgreementsList.cursor, max(0, min(keep, len(rows) - 1)))
        self._into_view()
        self.refresh()

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    @property
    def layout_now(self) -> Layout:
        """What stands where now."""
        width = self.size.width - (1 if len(self.rows) > self.size.height else 0)
        return layout_of(width, len(self.columns), self.first)

    def pan(self, by: int) -> None:
        """Show other teams, where not all are in view."""
        before = self.layout_now.first
        self.first = before + by
        self.first = self.layout_now.first
        if self.first != before:
            self.refresh()

    # --- the cursor -------------------------------------------------------------------------------

    def move(self, by: int) -> None:
        """Move the cursor by rows, stopping at the ends."""
        self.move_to(self.cursor + by)

    def move_to(self, row: int) -> None:
        """Put the cursor on a row."""
        self.cursor = max(0, min(row, len(self.rows) - 1))

    def watch_cursor(self, before: int, after: int) -> None:
        """Repaint the two rows that changed and keep the cursor in view."""
        for row in (before, after):
            y = row - self.scroll_offset.y
            if 0 <= y < self.size.height:
                self.refresh(Region(0, y, self.size.width, 1))
        self._into_view()
        self.post_message(self.Moved())

    def _into_view(self) -> None:
        """Scroll by half a screen; the first line is the heading's once anything is above it."""
        height, top = self.size.height, self.scroll_offset.y
        if height and not top + bool(top) <= self.cursor < top + height:
            y = max(0, self.cursor - height // 2)
            self.scroll_to(y=y, animate=False, immediate=True, force=True)

    def on_resize(self) -> None:
        """The rows are as wide as the widget."""
        self.virtual_size = Size(self.size.width, len(self.rows))
        self._into_view()

    def on_click(self, event: events.Click) -> None:
        """A click selects; on what is selected it opens."""
        row = event.y + self.scroll_offset.y
        if row == self.cursor:
            self.post_message(self.Opened())
        elif row < len(self.rows):
            self.cursor = row

    # --- drawing ----------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """One row, or on the first line the heading that has been scrolled away."""
        at = y + self.scroll_offset.y
        colours = palette(self.app)
        if at >= len(self.rows) or self.plan is None:
            return strip([(" " * self.size.width, ("text", "ground", False))], [], colours)
        row, here = self.rows[at], at == self.cursor
        if y == 0 and at and not isinstance(row, Part):
            key = part_of(row)
            row = next(one for one in self.rows if isinstance(one, Part) and one.key == key)
            here = False
        pieces = drawn(self.plan, row, self.columns, self.layout_now, here=here)
        under: Role = "cursor-ground" if here else "ground"
        line = strip(pieces, [], colours, under, reversed_text=here and colours.sixteen)
        return line.crop_extend(0, self.size.width, colours.style("text", under))


def drawn(
    plan: Plan, row: Row, columns: tuple[Column, ...], layout: Layout, *, here: bool
) -> Pieces:
    """A row as pieces of text."""
    if isinstance(row, Part):
        heads = _hand_heads(layout) if row.key == "handovers" else _teams(columns, layout)
        return [*_heading(row, layout), *heads]
    if isinstance(row, Duty):
        return _duty(plan, row, columns, layout, here=here)
    return _hand(plan, row, layout)


# --- headings -------------------------------------------------------------------------------------


def _heading(part: Part, layout: Layout) -> Pieces:
    room = LEAD + (_names_width(layout) if part.key == "handovers" else layout.label) + 1
    fold = "▸" if part.folded else "▾"
    line: Pieces = [
        (f" {fold} ", ("dim", None, False)),
        (TITLES[part.key], ("strong", None, True)),
        (f" {part.count}", ("dim", None, False)),
    ]
    line += [(f" {glyph}{count}", (role, None, True)) for (glyph, role), count in part.marks]
    return [*line, (" " * (room - sum(cell_len(text) for text, _ in line)), _PLAIN)]


def _teams(columns: tuple[Column, ...], layout: Layout) -> Pieces:
    names = abbreviated(columns, layout.team - 1)
    shown = range(layout.first, layout.first + layout.shown)
    line: Pieces = [
        (
            fitted(visible(names[at]), layout.team - 1) + " ",
            (side_role(columns[at].side), None, False),
        )
        for at in shown
    ]
    hidden = len(columns) - layout.shown
    return [*line, (f"+{hidden}", ("key", None, False))] if hidden else line


def _hand_heads(layout: Layout) -> Pieces:
    heads = [fitted(head, width) for head, width in _days(layout)]
    what = [fitted("delivers", _DELIVERS)] if layout.wide else []
    return [("".join([*what, *heads, "waits"]), ("dim", None, False))]


# --- the matrix -----------------------------------------------------------------------------------

_PLAIN: Look = ("text", None, False)
_LETTERS: dict[str, Role] = {"A": "strong", "R": "text", "C": "dim", "I": "dim"}


def _duty(
    plan: Plan, row: Duty, columns: tuple[Column, ...], layout: Layout, *, here: bool
) -> Pieces:
    glyph, role = mark_of(row)
    quiet = row.kind == "initiatives" and row.standing == "settled"
    name: Role = "strong" if here else side_role(row.side) if row.side else "text"
    line: Pieces = [
        (f" {' ' if quiet else glyph} ", (role, None, True)),
        (fitted(visible(row.title), layout.label) + " ", (name, None, here)),
    ]
    for column in columns[layout.first : layout.first + layout.shown]:
        line += _cell(row, column, layout.team)
    if layout.words:
        used = sum(cell_len(text) for text, _ in line)
        gap = max(1, layout.width - layout.words - used)
        line.append(
            (" " * gap + fitted(_words(plan, row), layout.words), (_tone(row), None, False))
        )
    return line


def _cell(row: Duty, column: Column, width: int) -> Pieces:
    letters = row.letters.get(column.id, "")
    if not letters:
        return [(fitted("·", width), ("faint", None, False))]
    double = letters[0] == "A" and row.standing == "double"
    role: Role = "warning" if double else _LETTERS[letters[0]]
    if letters[0] == "A" and not double:
        role = side_role(column.side)
    return [(fitted(letters, width), (role, None, letters[0] == "A"))]


def _tone(row: Duty) -> Role:
    return "dim" if row.standing == "settled" else mark_of(row)[1]


def _words(plan: Plan, row: Duty) -> str:
    if row.standing == "unagreed":
        sides = " and ".join(side_name(plan, side) for side in row.lacking)
        return f"{sides} not agreed"
    if row.standing == "due" and row.review_by:
        return f"look again: {day(row.review_by)}"
    if row.standing != "settled":
        return f"{len(row.accountables)} accountable" if row.accountables else DUTY_WORDS["gap"]
    if row.review_by:
        return f"agreed until {day(row.review_by)}"
    return f"seen by {', '.join(map(visible, row.reviews))}" if row.reviews else ""


# --- hand-overs -----------------------------------------------------------------------------------

_DELIVERS = 44
_WAITS = 11


def _days(layout: Layout) -> list[tuple[str, int]]:
    """The days of a hand-over that there is room for, with their widths."""
    if not layout.middle:
        return [("asked", 7), ("answer", 9), ("by", 7), ("finish", 7)]
    heads = ("asked", "answer", "needed", "promised", "finish", "accepted")
    return [(head, 10 if head in ("promised", "accepted", "answer") else 8) for head in heads]


def _names_width(layout: Layout) -> int:
    used = sum(width for _, width in _days(layout)) + _WAITS
    return layout.width - LEAD - 1 - used - (_DELIVERS if layout.wide else 0)


def _hand(plan: Plan, one: Handover, layout: Layout) -> Pieces:
    glyph, role = mark_of(one)
    line: Pieces = [(f" {glyph} ", (role, None, True)), *_pair(one, _names_width(layout))]
    if layout.wide:
        what = visible(one.delivers or "")
        line.append((fitted(what, _DELIVERS - 1) + " ", _PLAIN))
    for head, width in _days(layout):
        text, tone = _day(plan, one, head)
        line.append((fitted(text, width), (tone, None, tone == "critical")))
    text, tone = _waits(plan, one)
    return [*line, (fitted(text, _WAITS), (tone, None, False))]


def _pair(one: Handover, width: int) -> Pieces:
    """``supplier → successor``: both cut where there is no room for both."""
    supplier, successor = visible(one.supplier), visible(one.successor)
    room = width - 3
    left = min(cell_len(supplier), max(room // 2, room - cell_len(successor)))
    return [
        (fitted(supplier, left), (side_role(one.supplier_side), None, False)),
        (" → ", ("dim", None, False)),
        (fitted(successor, room - left) + " ", (side_role(one.successor_side), None, False)),
    ]


def _day(plan: Plan, one: Handover, head: str) -> tuple[str, Role]:
    if head == "answer":
        if one.declined and one.declined > (one.agreed or date.min):
            return f"✗ {_short(plan, one.declined)}", "critical"
        return (f"√ {_short(plan, one.agreed)}", "good") if one.agreed else ("–", "faint")
    days = {"needed": one.needed_by, "by": one.by, "promised": one.promised}
    value: date | None = days[head] if head in days else getattr(one, head)
    if value is None:
        return "–", "faint"
    late = head == "finish" and one.late and one.open
    return _short(plan, value), "critical" if late else "text"


def _short(plan: Plan, value: date) -> str:
    """``15 Oct``; in another year than the plan's ``Oct’26``."""
    return day(value) if value.year == plan.as_of.year else f"{value:%b’%y}"


def _waits(plan: Plan, one: Handover) -> tuple[str, Role]:
    if one.late and one.open:
        return f"{one.late}d late", "critical"
    if one.waiting is not None and one.next_side:
        return f"{side_name(plan, one.next_side)[:6]} {one.waiting}d", "warning"
    if one.state in ("not asked", "declined"):
        return one.state, "warning"
    return ("delivered" if one.state == "delivered" else ""), "dim"
