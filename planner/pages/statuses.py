"""The board of cards by status, row by row: what the CLI prints and the TUI colours.

A layout knows which columns have room and how wide each is; rows are made one by one, so that ten
thousand cards cost no more than those in view.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, structs

from planner.analysis.statuses import COLUMNS, FOLDED, Card, Column, Lane, Statuses
from planner.pages import signs
from planner.pages.canvas import cells, shorten
from planner.pages.lines import Line, Piece, cut, fitted
from planner.pages.roles import Role, side_role
from planner.roadmap.entities import Grouping, Severity
from planner.roadmap.figures import count, date_text, date_width, signed
from planner.text.visible import visible

ONE, WIDE = 72, 100
"""Below so many cells one column of cards is shown; from so many on columns may be tight."""
UNIT, ROOMY = 7, 8
"""A column has at least so many cells for each of its weight, on a wide screen and on another."""
WITH_DATES = 34
"""Columns of a card from which its date has room."""
WITH_FLOAT = 20
"""Columns of a card from which its float has room."""
QUIET: frozenset[Column] = frozenset(("proposed", "done", "paused", "dropped"))
"""The columns that get two cells where others get three, as long as both could do with more."""
WHOLE = 999
"""Cells in which all columns have room."""
SEPARATOR, RULE, CROSSING = "│", "─", "┼"
SHORT: dict[Column, str] = {"later": "later"}
HEADS: dict[Column, str] = {"later": "planned, later"}
"""What a column is called, where that is not its status alone."""
BY: dict[Grouping, str] = {"portfolio": "side", "owner": "team", "journey": "stage"}
"""What lanes are made by, in a word, where that is another one than the grouping's own."""
MARKS: dict[Severity, tuple[str, Role]] = {
    "error": (signs.ERROR, "critical"),
    "warning": (signs.WARNING, "warning"),
    "info": (" ", "dim"),
}


class Layout(Struct, frozen=True, kw_only=True):
    """Which columns are drawn, in how many cells each (its separator included), and in which row
    each lane begins with its heading.
    """

    found: Statuses
    columns: tuple[Column, ...]
    """All that are not folded."""
    first: int
    """The first of `columns` that is drawn."""
    widths: tuple[int, ...]
    tops: tuple[int, ...]
    rows: int
    dated: int
    """Cells of a date; 0 where none is shown."""
    figures: int
    """Cells of a float."""

    @property
    def drawn(self) -> tuple[Column, ...]:
        """The columns on the screen."""
        return self.columns[self.first : self.first + len(self.widths)]

    @property
    def hidden(self) -> tuple[tuple[Column, ...], tuple[Column, ...]]:
        """Those left and right of what is drawn."""
        return self.columns[: self.first], self.columns[self.first + len(self.widths) :]

    @property
    def lefts(self) -> tuple[int, ...]:
        """Where each drawn column begins."""
        return tuple(sum(self.widths[:number]) for number in range(len(self.widths)))

    def place(self, row: int) -> tuple[int, int]:
        """The number of the lane that a row belongs to, and its own there: -1 is the heading."""
        lane = bisect_right(self.tops, row) - 1
        return lane, row - self.tops[lane] - 1


def lay_out(
    found: Statuses, columns: Sequence[Column], width: int, at: Column | None = None
) -> Layout:
    """These columns in so many cells; where not all have room, as many as have, among them `at`."""
    first, last = _window(columns, width, at)
    drawn = columns[first:last]
    dated = _date_width(found) if width // len(drawn) >= WITH_DATES else 0
    figures = max((cells(_float(card)) for card in _cards(found)), default=0)
    ends = 4 + (dated + 1 if dated else 0)
    needs = {column: _need(found, column, ends, figures) for column in drawn}
    tops, row = [], 0
    for lane in found.lanes:
        tops.append(row)
        row += 1 + max(1, *(len(lane.cards.get(column, ())) for column in drawn))
    return Layout(
        found=found,
        columns=tuple(columns),
        first=first,
        widths=_shared(width, needs),
        figures=figures,
        tops=tuple(tops),
        rows=row,
        dated=dated,
    )


def _window(columns: Sequence[Column], width: int, at: Column | None) -> tuple[int, int]:
    """The first and the end of the columns that have room, as many as have with `at` among them."""
    place = columns.index(at) if at in columns else 0
    room = width // (UNIT if width >= WIDE else ROOMY)
    for size in range(1 if width < ONE else len(columns), 1, -1):
        ways = range(max(0, place - size + 1), min(place, len(columns) - size) + 1)
        fits = [one for one in ways if sum(map(_weight, columns[one : one + size])) <= room]
        if fits:
            first = min(fits, key=lambda one: abs(one + size // 2 - place))
            return first, first + size
    return place, place + 1


def _weight(column: Column) -> int:
    return 2 if column in QUIET else 3


def _cards(found: Statuses) -> Iterator[Card]:
    for lane in found.lanes:
        for cards in lane.cards.values():
            yield from cards


def _date_width(found: Statuses) -> int:
    return date_width(*(card.day for card in _cards(found)), near=found.as_of)


def _float(card: Card) -> str:
    return "" if card.total_float is None else signed(card.total_float).lstrip("+")


def _need(found: Statuses, column: Column, ends: int, figures: int) -> int:
    """The cells that a column has use for, its separator included."""
    ids = [cells(visible(card.id)) for lane in found.lanes for card in lane.cards.get(column, ())]
    size = max(ids, default=0) + 2 + ends + (0 if column == "done" else figures + 1)
    return max(size, cells(head_text(found, column, brief=False)) + cells(str(len(ids))) + 3)


def _shared(width: int, needs: Mapping[Column, int]) -> tuple[int, ...]:
    """`width` shared among columns: none has more than it needs while another has less than its
    share; what then is left over goes to all alike.
    """
    weights = {column: _weight(column) for column in needs}
    given: dict[Column, int] = {}
    left = width
    for column in sorted(needs, key=lambda column: needs[column] / weights[column]):
        others = sum(weights[each] for each in needs if each not in given)
        given[column] = min(needs[column], left * weights[column] // others)
        left -= given[column]
    for place, column in enumerate(needs):
        more = left // (len(needs) - place)
        given[column] += more
        left -= more
    return tuple(given[column] for column in needs)


# --- lines ----------------------------------------------------------------------------------------


def title_lines(
    layout: Layout, *, filtered: bool = False, printed: bool = False
) -> tuple[Line, ...]:
    """What is shown, the longest way to say it first: with the neighbours that have no room, and
    what is folded.
    """
    found = layout.found
    work = f"{count(found.total, 'initiative')} by {BY.get(found.grouping, found.grouping)}"
    dates = ", date: start, once begun finish" if layout.dated else ""
    figures: Piece = (f"number: float (d){dates}", "dim")
    folded = [f"{each} {found.counts[each]}" for each in COLUMNS if each not in layout.columns]
    hidden: Line = (
        ((f"{', '.join(folded)}: z shows them", "dim"),) if folded and not printed else ()
    )
    alone = printed or not found.total
    first: Line = (
        ("Status", "title"),
        *(() if alone else _neighbours(layout)),
        *_warnings(found, filtered=filtered),
    )
    soonest: Piece = (f"{work}, soonest first", "text")
    ways: tuple[Line, ...] = (
        (soonest, figures, *hidden),
        (soonest, *hidden),
        ((work, "text"), *hidden),
        ((work, "text"),),
        (),
    )
    return tuple(_dotted((*first, *way)) for way in ways)


def _warnings(found: Statuses, *, filtered: bool) -> Iterator[Piece]:
    if filtered:
        yield "filtered", "warning"
    for one in found.too_much:
        limit = f"{one.active} active, limit {one.limit}"
        yield f"{signs.WARNING} {visible(one.title)}: {limit}", "warning"


def _neighbours(layout: Layout) -> Iterator[Piece]:
    before, after = layout.hidden
    if before:
        yield f"{signs.BEFORE} {_counted(layout.found, before[-1])}", "key"
    if after:
        yield f"{_counted(layout.found, after[0])} {signs.AFTER}", "key"


def _counted(found: Statuses, column: Column) -> str:
    return f"{head_text(found, column, brief=True)} {found.counts[column]}"


def _dotted(pieces: Line) -> Line:
    line: list[Piece] = []
    for piece in pieces:
        line += [(" · ", "faint"), piece] if line else [piece]
    return tuple(line)


def head_text(found: Statuses, column: Column, *, brief: bool) -> str:
    """``planned, by 22 Apr``: what a column is called."""
    if column == "soon":
        day = date_text(found.until, found.as_of)
        return f"by {day}" if brief else f"planned, by {day}"
    return (SHORT if brief else HEADS).get(column, column)


def heads(layout: Layout) -> Line:
    """The heads of the columns, each with the number of its cards."""
    line: list[Piece] = []
    for number, (column, width) in enumerate(zip(layout.drawn, layout.widths, strict=True)):
        size = f" {layout.found.counts[column]}"
        names = (head_text(layout.found, column, brief=brief) for brief in (False, True))
        room = width - 2 - cells(size)
        name = next((each for each in names if cells(each) <= room), None)
        name = shorten(column, room) if name is None else name
        blanks = " " * max(0, room - cells(name) + 1)
        line += [(SEPARATOR if number else " ", "faint"), (name, "title"), (size + blanks, "dim")]
    return tuple(line)


def heading_line(layout: Layout, lane: Lane) -> Line:
    """``─ MARKETING ─────┼─────``: the heading of a lane, as wide as the board."""
    words = visible(lane.title)
    words = f" {words.upper() if layout.found.grouping == 'portfolio' else words} "
    role = side_role(lane.side) if lane.side else "strong"
    over = f"▲ {lane.too_much.active} active, limit {lane.too_much.limit} " if lane.too_much else ""
    width = sum(layout.widths)
    words, over = shorten(words, width - 2), shorten(over, max(0, width - 3 - cells(words)))
    begun = 1 + cells(words) + cells(over)
    crossings = set(layout.lefts[1:])
    rule = "".join(CROSSING if at in crossings else RULE for at in range(begun, width))
    return (RULE, "faint"), (words, role), (over, "warning"), (rule, "faint")


def card_line(layout: Layout, card: Card | None, width: int) -> Line:
    """A card in exactly so many cells; blanks where there is none."""
    if card is None:
        return ((" " * width, "text"),)
    over = card.column in ("done", "dropped")
    mark, mark_role = MARKS.get(card.severity or "info", (" ", "dim"))
    ends: list[Piece] = []
    if layout.dated:
        day = "" if card.day is None else date_text(card.day, layout.found.as_of)
        ends.append((" " + fitted(day, layout.dated, right=True), "dim"))
    if card.column != "done" and width >= WITH_FLOAT:
        figure = fitted(_float(card), layout.figures, right=True)
        ends.append((f" {figure}", "critical" if card.critical else "dim"))
    ends.append((" " if over and mark == " " else f" {mark} ", mark_role))
    room = width - 2 - sum(cells(text) for text, _ in ends)
    name: Role = "done" if over else "title" if card.critical else "text"
    sign = (f"{signs.STATUS[card.status]} ", "done" if over else side_role(card.side))
    return (sign, (fitted(visible(card.id), room), name), *ends)


def row_cells(layout: Layout, row: int) -> Iterator[Line]:
    """The drawn columns of a row that is no heading, without their separators."""
    lane, number = layout.place(row)
    for column, width in zip(layout.drawn, layout.widths, strict=True):
        cards = layout.found.lanes[lane].cards.get(column, ())
        yield card_line(layout, cards[number] if number < len(cards) else None, width - 1)


def row_line(layout: Layout, row: int) -> Line:
    """Any row."""
    lane, number = layout.place(row)
    if number < 0:
        return heading_line(layout, layout.found.lanes[lane])
    line: list[Piece] = []
    for place, each in enumerate(row_cells(layout, row)):
        line += [(SEPARATOR if place else " ", "faint"), *each]
    return tuple(line)


def statuses_page(found: Statuses, width: int) -> list[Line]:
    """The whole board; the columns that have no room beside the first ones stand below them."""
    columns = [each for each in COLUMNS if each not in FOLDED or found.counts[each]]
    if not found.total:
        return [(("No initiatives to show", "text"),)]
    lines: list[Line] = []
    while columns:
        layout = lay_out(found, columns, width)
        if not lines:
            ways = title_lines(layout, printed=True)
            fits = (way for way in ways if sum(cells(text) for text, _ in way) <= width)
            lines.append(cut(next(fits, ways[-1]), width))
        layout = lay_out(_without_empty(found, layout.drawn), layout.drawn, width)
        lines += [(), heads(layout), *(row_line(layout, row) for row in range(layout.rows))]
        columns = columns[len(layout.widths) :]
    return lines


def _without_empty(found: Statuses, columns: Sequence[Column]) -> Statuses:
    """The lanes that have a card in one of these columns."""
    full = (lane for lane in found.lanes if not lane.cards.keys().isdisjoint(columns))
    return structs.replace(found, lanes=tuple(full))
