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

from planner.pages import signs
from planner.roadmap.entities import Severity
from planner.tui.shell.themes import Palette, Role

Cell = tuple[str, Role, Role | None, bool]
"""Character, role of its colour, role of its ground (None: whatever lies under it), bold."""

Look = tuple[Role, Role | None, bool]
"""A cell without its character."""

SEVERITY_GLYPHS: dict[Severity, tuple[str, Role]] = {
    "error": (signs.ERROR, "critical"),
    "warning": (signs.WARNING, "warning"),
    "info": (signs.INFO, "dim"),
}
"""How a conflict of each severity is marked in a list."""

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

    What is `under` goes from edge to edge: cells have a ground of their own only without it.
    `reversed_text` is how a row is marked where no ground can be mixed: its text is reversed, its
    cells are underlined, since a bar that is reversed would be another bar.
    Blanks take the colour of what they follow, where the ground is the same: a line is as few
    changes of colour as it can be, because each takes some forty bytes on its way to the terminal.
    """
    runs: list[list[str]] = []
    looks: list[tuple[Look, Style | None]] = []
    marks = (palette.reverse, palette.line) if reversed_text else (None, None)
    for piece, look in text:
        _append(runs, looks, piece, look, marks[0])
    for letter, role, ground, bold in cells:
        _append(runs, looks, letter, (role, None if under else ground, bold), marks[1])
    return Strip(
        [
            Segment("".join(run), _style(palette, look, under, mark))
            for run, (look, mark) in zip(runs, looks, strict=True)
        ]
    )


def _append(
    runs: list[list[str]],
    looks: list[tuple[Look, Style | None]],
    piece: str,
    look: Look,
    mark: Style | None,
) -> None:
    if not piece:
        return
    if looks:
        last, last_mark = looks[-1]
        blank = last[1] == look[1] and piece.isspace()
        if last_mark is mark and (last == look or blank):
            runs[-1].append(piece)
            return
    runs.append([piece])
    looks.append((look, mark))


def _style(palette: Palette, look: Look, under: Role | None, mark: Style | None) -> Style:
    role, ground, bold = look
    style = palette.style(role, ground or under or "ground", bold=bold)
    if mark is palette.reverse:
        return palette.underlined if ground == "cell-ground" else mark
    return style if mark is None else style + mark
