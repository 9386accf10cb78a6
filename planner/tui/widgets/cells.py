"""Cells of a line that a widget draws itself, and how they become one strip.

A cell is one column: a character one column wide and the roles that colour it. Lines are composed
cell by cell, so that what is drawn later covers what was drawn before, and then cells that look
the same are joined to as few segments as a terminal needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from planner.tui.theme import Palette, Role

Cell = tuple[str, Role, Role | None, bool]
"""Character, role of its colour, role of its ground (None: whatever lies under it), bold."""

Look = tuple[Role, Role | None, bool]
"""A cell without its character."""

BLANK: Cell = (" ", "faint", None, False)
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
    Blanks take the colour of what they follow, where the ground is the same: a line is as few
    changes of colour as it can be, because each takes some forty bytes on its way to the terminal.
    """
    runs: list[list[str]] = []
    looks: list[tuple[Look, bool]] = []
    reverse = reversed_text
    for piece, look in text:
        _append(runs, looks, piece, look, reverse)
    for letter, role, ground, bold in cells:
        _append(runs, looks, letter, (role, ground, bold), False)
    return Strip(
        [
            Segment("".join(run), _style(palette, look, under, reverse))
            for run, (look, reverse) in zip(runs, looks, strict=True)
        ]
    )


def _append(
    runs: list[list[str]], looks: list[tuple[Look, bool]], piece: str, look: Look, reverse: bool
) -> None:
    if not piece:
        return
    if looks:
        last, last_reverse = looks[-1]
        blank = last[1] == look[1] and piece.isspace()
        if last_reverse == reverse and (last == look or blank):
            runs[-1].append(piece)
            return
    runs.append([piece])
    looks.append((look, reverse))


def _style(palette: Palette, look: Look, under: Role | None, reverse: bool) -> Style:
    role, ground, bold = look
    style = palette.style(role, ground or under or "ground", bold=bold)
    if reverse:
        return palette.underlined if ground == "cell-ground" else palette.reverse
    return style
