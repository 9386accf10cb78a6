"""Columns of figures at the right of titles: each as wide as its widest piece, under its head.

Where there is no room for all of them those that are needed least are left out, as the table says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from planner.pages.canvas import cells
from planner.pages.lines import Line, Piece, fitted
from planner.pages.parties import names, side_name, side_of_party
from planner.pages.roles import side_role
from planner.plan.model import Plan
from planner.roadmap.sides import STANDARD

NOTHING: Piece = ("·", "dim")
"""What stands in a column where there is nothing to say."""
SEPARATOR: Piece = (", ", "dim")


class Column(Struct, frozen=True):
    """One column: its head, and a piece for each row; `gap` are the blanks before it."""

    head: str
    pieces: tuple[Line, ...]
    right: bool
    gap: int = 2

    @property
    def width(self) -> int:
        """Columns that the widest piece needs, with the blanks before it."""
        return self.gap + max(cells(self.head), *map(line_width, self.pieces))

    @property
    def says(self) -> bool:
        """Whether it says something of any row."""
        return any(line and line[0] != NOTHING for line in self.pieces)


def columns_width(columns: Iterable[Column]) -> int:
    """What they take together."""
    return sum(one.width for one in columns)


def folded(columns: Sequence[Column], room: int, first: Iterable[str]) -> list[Column]:
    """As many as have room; of those named `first` the first is left out first, others never."""
    kept = [*columns]
    for head in first:
        if columns_width(kept) > room:
            kept = [one for one in kept if one.head != head]
    return kept


def heads(columns: Iterable[Column]) -> Iterator[Piece]:
    """The line above."""
    for one in columns:
        yield " " * one.gap + fitted(one.head, one.width - one.gap, right=one.right), "dim"


def figures(columns: Iterable[Column], at: int) -> Iterator[Piece]:
    """One row."""
    for one in columns:
        line = one.pieces[at]
        blank = " " * (one.width - one.gap - line_width(line))
        yield " " * one.gap + (blank if one.right else ""), "text"
        yield from line
        yield "" if one.right else blank, "text"


def in_colour(plan: Plan, parties: Iterable[str]) -> Line:
    """``Marketing, IT``: who has to agree, sides by title, teams and people by id, each name once
    and in the colour of its side.
    """
    sides = {side_name(plan, id): id for id in (*plan.roadmap.portfolios, *STANDARD)}
    found = {names(plan, (one,)): one for one in reversed([*parties])}
    pieces: list[Piece] = []
    for name, one in reversed(found.items()):
        side = sides.get(name) or side_of_party(plan, one)
        pieces += [SEPARATOR] * bool(pieces)
        pieces.append((name, side_role(side)))
    return tuple(pieces)


def line_width(line: Iterable[Piece]) -> int:
    """Columns of a line."""
    return sum(cells(text) for text, _ in line)
