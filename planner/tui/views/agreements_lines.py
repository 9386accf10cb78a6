"""The responsibility matrix and the handovers, drawn line by line.

Columns fold away by width: first the words beside the matrix, then teams, which pan; of a handover
first what it delivers, then the days that another day stands for. The heading of a part names its
columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct, structs
from rich.cells import cell_len

from planner.analysis.raci import Column, Duty, Handover
from planner.pages.agreements import mark_of, standing
from planner.pages.parties import side_name
from planner.pages.roles import side_role
from planner.pages.signs import AGREED, COUNTERED, DECLINED
from planner.plan.model import Plan
from planner.roadmap.figures import date_text
from planner.text.visible import visible
from planner.tui.lines.cells import Look, fitted
from planner.tui.lines.pages import Line, line_of
from planner.tui.lines.sides import SHORT_SIDES
from planner.tui.shell.themes import Role
from planner.tui.views.agreements_parts import Part, abbreviated

LEAD = 2
MIDDLE, WIDE = 108, 148
"""From which width on there are words beside the matrix, and what is delivered."""
NO_WORDS = 0
ROOMS = (
    (WIDE, 44, 32),
    (WIDE, 34, 20),
    (MIDDLE, 30, 20),
    (MIDDLE, 30, NO_WORDS),
    (0, 25, NO_WORDS),
)
"""From which width on titles and words have how many columns, the roomiest first."""
LEAST, MOST = 4, 11
"""Columns that a team takes."""
MORE = 5
"""Columns that say how many teams are out of view."""


class Layout(Struct, frozen=True):
    """What stands where in `width` columns. `first` is the first team in view; `teams` are the
    columns that each one in view takes.
    """

    width: int
    label: int
    words: int
    names: tuple[str, ...]
    teams: tuple[int, ...]
    first: int
    days: tuple[tuple[str, int], ...] = ()
    """The dates of a handover that there is room for, with their widths."""

    @property
    def wide(self) -> bool:
        """Whether there is room for what a handover delivers."""
        return self.width >= WIDE

    @property
    def middle(self) -> bool:
        """Whether there is room for every day of a handover."""
        return self.width >= MIDDLE

    @property
    def hidden(self) -> int:
        """How many teams are out of view."""
        return len(self.names) - len(self.teams)


def layout_of(
    width: int,
    columns: tuple[Column, ...],
    first: int,
    widest: Mapping[str, int] | None = None,
    *,
    owed: bool = False,
) -> Layout:
    """The layout for these teams, panned to `first` as far as there is anything to pan, and for
    days of at least these widths; of what is `owed` the day on which it is planned.

    Teams are named in full where that leaves titles their room; else by as many letters for all.
    """
    names = tuple(visible(one.id) for one in columns)
    whole = tuple(max(LEAST, cell_len(name) + 1) for name in names)
    fits = (room for room in ROOMS if width >= room[0] and _left(width, *room[1:]) >= sum(whole))
    if found := next(fits, None):
        layout = Layout(width, *found[1:], names, whole, 0)
    else:
        _, label, words = next((room for room in ROOMS if width >= room[0]), ROOMS[-1])
        layout = _short_names(width, label, words, columns, first)
    return structs.replace(layout, days=_days(layout, widest or {}, owed=owed))


def _left(width: int, label: int, words: int) -> int:
    return width - LEAD - label - words - (2 if words else 1)


def _short_names(
    width: int, label: int, words: int, columns: tuple[Column, ...], first: int
) -> Layout:
    room, count = _left(width, label, words), len(columns)
    team = max(LEAST, min(MOST, room // max(1, count)))
    shown = count if count * team <= room else max(1, (room - MORE) // team)
    names = tuple(abbreviated(columns, team - 1))
    first = max(0, min(first, count - shown))
    return Layout(width, label, words, names, (team,) * shown, first)


# --- headings -------------------------------------------------------------------------------------


def part_line(part: Part, columns: tuple[Column, ...], layout: Layout) -> Line:
    """Title, number and marks, as many as there is room for, and the headings of the columns."""
    room = 1 + (_names_width(layout) if part.hands else layout.label)
    role: Role = "strong" if part.side is None else side_role(part.side)
    number = f" {len(part.members)}"
    marks = sum(len(f" {glyph}{count}") for (glyph, _), count in part.marks) if part.side else 0
    title = fitted(part.title, min(cell_len(part.title), room - len(number) - marks - 1))
    line = line_of((title, role, True), (number, "dim"))
    for (glyph, role), count in part.marks:
        said = f" {glyph}{count}"
        if 1 + _length(line) + len(said) <= room:
            line.append((said, (role, None, True)))
    heads = _hand_heads(layout) if part.hands else _teams(columns, layout)
    return [*line, (" " * (room - _length(line)), _PLAIN), *heads]


def _length(pieces: Line) -> int:
    return sum(cell_len(text) for text, _ in pieces)


def _teams(columns: tuple[Column, ...], layout: Layout) -> Line:
    line: Line = []
    for at, width in enumerate(layout.teams, layout.first):
        name = fitted(layout.names[at], width - 1) + " "
        line.append((name, (side_role(columns[at].side), None, False)))
    if layout.hidden:
        before = "‹" if layout.first else ""
        after = "›" if layout.first < layout.hidden else ""
        line.append((f"{before}+{layout.hidden}{after}", ("key", None, False)))
    return line


def _hand_heads(layout: Layout) -> Line:
    heads = [fitted(head, width) for head, width in layout.days]
    what = [fitted("delivers", _DELIVERS)] if layout.wide else []
    return [("".join([*what, *heads, "waiting for"]), _DIM)]


# --- the matrix -----------------------------------------------------------------------------------

_PLAIN: Look = ("text", None, False)
_DIM: Look = ("dim", None, False)
_LETTERS: dict[str, Role] = {"A": "strong", "R": "text", "C": "dim", "I": "dim"}


def duty_line(plan: Plan, row: Duty, columns: tuple[Column, ...], layout: Layout) -> Line:
    """An agreement or an initiative: what each team has to do with it, and how it stands."""
    glyph, role = mark_of(row)
    quiet = row.kind == "initiatives" and row.standing == "settled"
    name: Role = side_role(row.side) if row.side else "text"
    line = line_of(
        (f"{' ' if quiet else glyph} ", role, True),
        (fitted(visible(row.title), layout.label) + " ", name),
    )
    for at, width in enumerate(layout.teams, layout.first):
        line += _cell(row, columns[at], width)
    if layout.words:
        gap = max(1, layout.width - layout.words - _length(line))
        line.append(
            (" " * gap + fitted(standing(plan, row), layout.words), (_tone(row), None, False))
        )
    return line


def _cell(row: Duty, column: Column, width: int) -> Line:
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


# --- handovers -----------------------------------------------------------------------------------

_DELIVERS = 44
_PAIR = 28
"""Columns that a handover's two initiatives keep; dates with years fold away before that."""
_HEADS = ("asked", "answer", "needed", "promised", "finish", "accepted")
_FEW_HEADS = ("asked", "answer", "by", "finish")
_OWED_HEADS = ("asked", "answer", "needed", "promised", "planned")
_FEW_OWED_HEADS = ("answer", "by", "planned")


def _waits_width(layout: Layout) -> int:
    return 14 if layout.middle else 11


def widest_days(plan: Plan, handovers: Iterable[Handover]) -> dict[str, int]:
    """Cells of the widest date below each heading: more where one is of another year."""
    found: dict[str, int] = {}
    for one in handovers:
        for head in {*_HEADS, *_FEW_HEADS, *_OWED_HEADS}:
            found[head] = max(found.get(head, 0), cell_len(_day(plan, one, head)[0]))
    return found


def _days(layout: Layout, widest: Mapping[str, int], *, owed: bool) -> tuple[tuple[str, int], ...]:
    """The dates that there is room for, with their widths; the first ones fold away first."""
    heads: tuple[str, ...] = _HEADS if layout.middle else _FEW_HEADS
    if owed:
        heads = _OWED_HEADS if layout.middle else _FEW_OWED_HEADS
    days = tuple((head, max(_usual(layout, head), widest.get(head, 0) + 1)) for head in heads)
    while len(days) > 1 and _names_width(structs.replace(layout, days=days)) < _PAIR:
        days = days[1:]
    return days


def _usual(layout: Layout, head: str) -> int:
    if not layout.middle:
        return 9 if head in ("answer", "planned") else 7
    return 10 if head in ("promised", "accepted", "answer") else 9 if head == "planned" else 8


def _names_width(layout: Layout) -> int:
    used = sum(width for _, width in layout.days) + _waits_width(layout)
    return layout.width - LEAD - 1 - used - (_DELIVERS if layout.wide else 0)


def handover_line(plan: Plan, one: Handover, layout: Layout) -> Line:
    """A handover: its two ends, its days, and who is waited for."""
    glyph, role = mark_of(one)
    line: Line = [(f"{glyph} ", (role, None, True)), *_pair(one, _names_width(layout))]
    if layout.wide:
        what = visible(one.delivers or "")
        line.append((fitted(what, _DELIVERS - 1) + " ", _PLAIN))
    for head, width in layout.days:
        text, tone = _day(plan, one, head)
        line.append((fitted(text, width), (tone, None, tone == "critical")))
    text, tone = _waits(plan, one, short=not layout.middle)
    return [*line, (fitted(text, _waits_width(layout)), (tone, None, False))]


def _pair(one: Handover, width: int) -> Line:
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
        if one.state == "countered" and one.counter is not None:
            return (
                f"{COUNTERED} {date_text(one.counter.on, plan.as_of) if one.counter.on else ''}",
                "warning",
            )
        if one.declined and one.declined > (one.agreed or date.min):
            return f"{DECLINED} {date_text(one.declined, plan.as_of)}", "critical"
        return (
            (f"{AGREED} {date_text(one.agreed, plan.as_of)}", "good")
            if one.agreed
            else ("–", "faint")
        )
    if head == "accepted" and one.state == "not accepted" and one.rejected:
        return f"{DECLINED} {date_text(one.rejected, plan.as_of)}", "critical"
    days = {
        "needed": one.needed_by,
        "by": one.due,
        "promised": one.promised,
        "planned": one.delivery,
    }
    value: date | None = days[head] if head in days else getattr(one, head)
    if value is None:
        return "–", "faint"
    late = head in ("finish", "planned") and one.lateness and one.open
    return date_text(value, plan.as_of), "critical" if late else "text"


def _waits(plan: Plan, one: Handover, *, short: bool) -> tuple[str, Role]:
    """Who is waited for and how long, or how late it is."""
    if one.lateness and one.open:
        return f"{one.lateness.brief} late", "critical"
    if one.waiting is not None and one.next_side:
        name = side_name(plan, one.next_side)
        if short:
            name = SHORT_SIDES.get(one.next_side, fitted(name, min(6, cell_len(name))))
        return f"{name} {one.waiting}d", "warning"
    if one.state in ("not asked", "declined", "not accepted"):
        return one.state, "warning"
    return ("delivered" if one.state == "delivered" else ""), "dim"
