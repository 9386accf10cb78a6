"""Cells of a line that a widget draws itself, and how they become one strip.

A cell is one column: a character one column wide and the roles that colour it. Lines are composed
cell by cell, so that what is drawn later covers what was drawn before, and then cells that look
the same are joined to as few segments as a terminal needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from planner.tui.theme import Palette, Role

Cell = tuple[str, Role, Role | None, bool]
"""Character, role of its colour, role of its ground (None: whatever lies under it), bold."""

Look = tuple[Role, Role | None, bool]
"""A cell without its character."""

BLANK: Cell = (" ", "text", None, False)
ELLIPSIS = "…"


def fitted(text: str, width: int, *, right: bool = False) -> str:
    """`text` in exactly `width` columns: cut with an ellipsis, or filled up with blanks."""
    size = cell_len(text)
    if size > width:
        return set_cell_size(text, width - 1) + ELLIPSIS if width > 0 else ""
    return " " * (width - size) + text if right else text + " " * (width - size)


def strip(
    text: Iterable[tuple[str, Look]],
    cells: Sequence[Cell],
    palette: Palette,
    under: Role | None = None,
    *,
    reversed_text: bool = False,
) -> Strip:
    """One line: pieces of text, then single cells, all on the ground `under` where they have none.

    `reversed_text` reverses the text alone: how a row is marked where no ground can be mixed.
    """
    segments = [Segment(piece, _style(palette, look, under, reversed_text)) for piece, look in text]
    for look, run in groupby(cells, key=_look):
        piece = "".join(cell[0] for cell in run)
        segments.append(Segment(piece, _style(palette, look, under, False)))
    return Strip([segment for segment in segments if segment.text])


def _look(cell: Cell) -> Look:
    return cell[1:]


def _style(palette: Palette, look: Look, under: Role | None, reverse: bool) -> Style:
    role, ground, bold = look
    style = palette.style(role, ground or under or "ground", bold=bold)
    if reverse:
        return palette.underlined if ground == "cell-ground" else palette.reverse
    return style
