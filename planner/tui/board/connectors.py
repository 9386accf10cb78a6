"""Lines from the selected row to the other ends of its links.

A line leaves a bar at its side, or drops from under it, runs down or up in the column next to the
place where the other bar is touched, and ends there in an arrow head. Where the other end is out
of view, the line ends in an arrow at the edge. Lines are laid over the rows as sparse cells, so
that only the cells that differ from the last ones need repainting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from planner.pages.signs import ABOVE, AFTER, BEFORE, BELOW
from planner.roadmap.quantities import LinkType
from planner.schedule.dates import LinkDates
from planner.tui.shell.themes import Role

Overlay = dict[int, dict[int, tuple[str, Role]]]
"""Row of the outline → cell of the timeline → glyph and role."""

N, E, S, W = 1, 2, 4, 8
GLYPHS = {
    N: "│",
    S: "│",
    N | S: "│",
    E: "─",
    W: "─",
    E | W: "─",
    S | E: "╭",
    S | W: "╮",
    N | E: "╰",
    N | W: "╯",
    N | S | E: "├",
    N | S | W: "┤",
    E | W | S: "┬",
    E | W | N: "┴",
    N | E | S | W: "┼",
}
TO_RIGHT, TO_LEFT = "▶", "◀"
Free = Callable[[int, int], bool]
"""Whether a line may be drawn on a cell of a row: no bar and no word is there."""


class End(Struct, frozen=True):
    """One end of a link: its row, and first and last cell of its bar (outside the view or not)."""

    row: int
    left: int
    right: int


class Connector(Struct, frozen=True):
    """A link to draw. One that drives is drawn bright, one with slack is drawn quietly."""

    source: End
    target: End
    type: LinkType
    driving: bool


def connected(links: Iterable[LinkDates], end: Callable[[str], End | None]) -> Iterator[Connector]:
    """The links as lines between the ends they have on the board; without one, no line."""
    for link in links:
        source, target = end(link.on), end(link.succ)
        if source is not None and target is not None:
            yield Connector(source, target, link.type, link.driving)


def overlay(connectors: Iterable[Connector], rows: range, width: int, free: Free) -> Overlay:
    """All the lines as cells, for the rows in view; slack lines first, so that drivers cover.

    Lines run behind bars and words: what is not `free` has no cell of a line.
    """
    marks: dict[tuple[int, int], int] = {}
    roles: dict[tuple[int, int], Role] = {}
    heads: dict[tuple[int, int], str] = {}
    for each in sorted(connectors, key=lambda c: c.driving):
        role: Role = "link" if each.driving else "dim"
        for at, mark in _line(each, rows, width):
            marks[at] = marks.get(at, 0) | mark
            roles[at] = role
        for at, head in _heads(each, rows, width, free):
            heads[at] = head
            roles[at] = role
    found: Overlay = {}
    for (row, cell), mark in marks.items():
        if not free(row, cell):
            continue
        found.setdefault(row, {})[cell] = (GLYPHS.get(mark, "┼"), roles[row, cell])
    for (row, cell), head in heads.items():
        if not free(row, cell):
            continue
        found.setdefault(row, {})[cell] = (head, roles[row, cell])
    return found


def _column(each: Connector) -> int:
    """The cell next to the touched side of the target, in which the line runs up or down."""
    return each.target.left - 1 if each.type in ("FS", "SS") else each.target.right + 1


def _line(each: Connector, rows: range, width: int) -> Iterator[tuple[tuple[int, int], int]]:
    """((row, cell), directions) of each cell of one line, inside the view."""
    source, target, column = each.source, each.target, _column(each)
    if source.row == target.row:
        return
    if source.row in rows:
        yield from _sideways(each, width)
    if not 0 <= column < width:
        return
    step = 1 if target.row > source.row else -1
    inside = source.left <= column <= source.right
    first, last = min(source.row, target.row), max(source.row, target.row)
    for row in range(max(first, rows.start), min(last, rows.stop - 1) + 1):
        if row == source.row:
            if not inside:
                yield (row, column), S if step > 0 else N
        elif row != target.row:
            yield (row, column), N | S


def _sideways(each: Connector, width: int) -> Iterator[tuple[tuple[int, int], int]]:
    source, column = each.source, _column(each)
    if column > source.right:
        for cell in range(max(0, source.right + 1), min(column, width)):
            yield (source.row, cell), E | W
        if 0 <= column < width:
            yield (source.row, column), W
    elif column < source.left:
        for cell in range(max(0, column + 1), min(source.left, width)):
            yield (source.row, cell), E | W
        if 0 <= column < width:
            yield (source.row, column), E


def _heads(
    each: Connector, rows: range, width: int, free: Free
) -> Iterator[tuple[tuple[int, int], str]]:
    """Arrow heads: at the target, and at the edges of the view where an end lies beyond."""
    source, target, column = each.source, each.target, _column(each)
    if source.row == target.row:
        return
    if not 0 <= column < width:
        if source.row in rows:
            edge = (width - 1, AFTER) if column >= width else (0, BEFORE)
            yield (source.row, edge[0]), edge[1]
        return
    if target.row in rows:
        yield (target.row, column), TO_RIGHT if each.type in ("FS", "SS") else TO_LEFT
    for row in (source.row, target.row):
        if row in rows:
            continue
        inwards, arrow = (rows, ABOVE) if row < rows.start else (reversed(rows), BELOW)
        room = next((each for each in inwards if free(each, column)), None)
        if room is not None:
            yield (room, column), arrow
