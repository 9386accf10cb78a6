"""A sheet as values: what its cells say, whatever file they came from or go to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from msgspec import Struct

Value = str | int | float | bool | date | None


class Cell(Struct, frozen=True):
    """One cell. `value` is typed where the file types it (XLSX), else the text as written."""

    value: Value = None
    note: str = ""
    """The comment on the cell, without the name of its author."""
    fill: str = ""
    """The colour behind the cell as ``RRGGBB``; empty where it has none."""
    link: str = ""
    """The address that the cell links to."""
    choices: tuple[str, ...] = ()
    """What may be chosen in the cell, where a sheet is written that offers a list."""

    @property
    def text(self) -> str:
        """The value as a person typed it: a day as ISO, a whole number without a point."""
        return as_text(self.value)

    @property
    def is_empty(self) -> bool:
        return not self.text and not self.note


class Sheet(Struct, frozen=True):
    """Rows of cells; all of them, headings too. A merged cell stands in each place it covers."""

    title: str
    rows: tuple[tuple[Cell, ...], ...]
    hidden: frozenset[int] = frozenset()
    """Rows that the file hides, counted as `rows`, from 0."""
    struck: frozenset[int] = frozenset()
    """Rows whose cells are all struck through, counted the same way."""
    is_hidden: bool = False
    """Whether the file hides the whole sheet."""
    notes: tuple[str, ...] = ()
    """What had to be assumed to read it: its encoding."""
    widths: tuple[int, ...] = ()
    """Characters of each column where a sheet is written; else as many as its cells need."""

    def cell(self, row: int, column: int) -> Cell:
        """The cell at these places, both from 0; an empty one beyond the edge."""
        cells = self.rows[row] if row < len(self.rows) else ()
        return cells[column] if column < len(cells) else EMPTY


EMPTY = Cell()


def sheet_of(title: str, rows: Sequence[Sequence[Any]]) -> Sheet:
    """A sheet of plain values, or of cells where more than a value is to be written."""
    made = (tuple(c if isinstance(c, Cell) else Cell(c) for c in row) for row in rows)
    return Sheet(title, tuple(made))


def as_text(value: Value) -> str:
    """A value of a cell as text, without spaces around it."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
