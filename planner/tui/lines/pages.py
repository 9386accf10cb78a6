"""Lines of pieces, each with its look, and pages of `planner.pages` in their colours."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from textual.content import Content

from planner.pages import lines as pages
from planner.tui.lines.cells import Look
from planner.tui.shell.themes import Role

Line = list[tuple[str, Look]]
"""Texts with their looks, from left to right."""

Piece = tuple[str, Role] | tuple[str, Role, bool]
"""Text that is safe to show, the role of its colour, and whether it is bold."""


class Explained(Struct, frozen=True):
    """Lines of a pane, and the (first, last) lines of each thing that can be chosen in it."""

    lines: tuple[Line, ...]
    places: tuple[tuple[int, int], ...]


def line_of(*pieces: Piece) -> Line:
    """A line of pieces."""
    return [(one[0], (one[1], None, len(one) == 3 and one[2])) for one in pieces]


def coloured(lines: Iterable[pages.Line], places: Iterable[tuple[int, int]] = ()) -> Explained:
    """What a pane shows of a page; `places` are the (first, last) lines of what can be chosen."""
    return Explained(tuple(coloured_line(line) for line in lines), tuple(places))


def coloured_line(line: pages.Line) -> Line:
    """One line of a page in the colours of its roles; a title is bold."""
    return [
        (text, ("strong", None, True) if role == "title" else (role, None, False))
        for text, role in line
    ]


def content_of(lines: Iterable[pages.Line]) -> Content:
    """A page as one text in the colours of its roles, for a dialog."""
    return Content("\n").join(
        Content.assemble(*((text, _style(role)) for text, role in line)) for line in lines
    )


def _style(role: Role) -> str:
    return "bold $text" if role == "title" else f"${role}"
