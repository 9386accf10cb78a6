"""A page in the making: lines of pieces under labels, for a pane that shows lines."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from rich.cells import cell_len

from planner.pages import lines as pages
from planner.pages.canvas import wrap
from planner.tui.lines.cells import Look, fitted
from planner.tui.shell.themes import Role

Line = list[tuple[str, Look]]
"""Texts with their looks, from left to right."""

Piece = tuple[str, Role] | tuple[str, Role, bool]
"""Text that is safe to show, the role of its colour, and whether it is bold."""

LABEL = 10
"""Columns of the words at the left."""


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


class Page:
    """Lines of at most `width` columns, from top to bottom."""

    def __init__(self, width: int, label: int = LABEL) -> None:
        self.width = max(30, width)
        self.label = label
        self.lines: list[Line] = []

    @property
    def explained(self) -> Explained:
        """What a pane shows; nothing in it can be chosen."""
        return Explained(tuple(self.lines), ())

    def line(self, *pieces: Piece) -> None:
        """One line as it is; without pieces a blank one."""
        self.lines.append(line_of(*pieces))

    def title(self, text: str, role: Role = "strong") -> None:
        """A heading, with a blank line above it where there is something above."""
        if self.lines:
            self.line()
        self.text(text, role, bold=True)

    def text(self, text: str, role: Role = "text", *, bold: bool = False) -> None:
        """Words in as many lines as they need."""
        for part in wrap(text, self.width):
            self.line((part, role, bold))

    def labelled(
        self, label: str, text: str, role: Role = "text", label_role: Role = "dim"
    ) -> None:
        """Words under a label at the left, in as many lines as they need."""
        for at, part in enumerate(wrap(text, self.width - self.label)):
            self.line((f"{'' if at else label:<{self.label}}", label_role), (part, role))

    def verbatim(self, label: str, lines: Iterable[str]) -> None:
        """Lines under a label as they are written, cut where they are too long."""
        for at, line in enumerate(lines):
            head = f"{'' if at else label:<{self.label}}"
            self.line((head, "dim"), (cut(line, self.width - self.label), "key"))


def cut(text: str, width: int) -> str:
    """At most `width` columns of a text."""
    return fitted(text, min(width, cell_len(text)))
