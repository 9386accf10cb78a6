"""A grid of characters on which a path is drawn: text, bars, and lines that join where they meet.

A cell holds one character, its tone (what it means, never a colour) and the step it belongs to. Of
what falls on one cell the first drawn stays, so the important is drawn first and lines run behind
it; lines alone merge with lines, so that a crossing becomes ``┼`` and a branch ``├``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal
from unicodedata import combining, east_asian_width

from msgspec import Struct

Tone = Literal[
    "plain",
    "strong",
    "dim",
    "rule",
    "link",
    "side",
    "name",
    "bar",
    "rest",
    "edge",
    "late",
    "good",
    "ask",
    "bad",
    "today",
]
"""What a run is. ``side``, ``name``, ``bar`` and ``rest`` take the colour of the run's side,
``edge`` is the critical edge of a bar, ``late`` a negative float, ``good``, ``ask`` and ``bad`` say
whether something is agreed."""


class Run(Struct, frozen=True):
    """Neighbouring cells that mean the same. `side` is a portfolio's id, `step` an initiative's."""

    text: str
    tone: Tone = "plain"
    side: str = ""
    step: str | None = None


Row = tuple[Run, ...]


class Drawing(Struct, frozen=True):
    """Rows, top to bottom, and where each step is: (first row, last row), both inclusive.

    `unnamed` counts the steps whose name had no room; the first `head` rows are headings, which
    stay in sight where a drawing scrolls.
    """

    rows: tuple[Row, ...]
    places: dict[str, tuple[int, int]]
    unnamed: int = 0
    head: int = 0

    def text(self) -> list[str]:
        """The rows as plain lines without trailing blanks."""
        return ["".join(run.text for run in row).rstrip() for row in self.rows]


def cells(text: str) -> int:
    """How many columns of a terminal a text takes: two for wide characters, none for combining."""
    if text.isascii():
        return len(text)
    return len(text) + sum([_width(char) - 1 for char in text if not char.isascii()])


def _width(char: str) -> int:
    if combining(char):
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def shorten(text: str, width: int) -> str:
    """`text` in at most `width` columns; what is cut off ends in ``…``."""
    if cells(text) <= width:
        return text
    kept, room = "", width - 1
    for char in text:
        room -= _width(char)
        if room < 0:
            break
        kept += char
    return kept.rstrip() + "…" if width > 0 else ""


def wrap(text: str, width: int) -> list[str]:
    """Whole words in lines of at most `width` columns; a longer word stays whole."""
    return phrases(text.split(), width, between=" ")


def phrases(parts: Iterable[str], width: int, indent: str = "", between: str = " · ") -> list[str]:
    """Whole phrases in lines of at most `width` columns, all but the first set in by `indent`."""
    lines: list[str] = []
    used, gap = 0, cells(between)
    for part in parts:
        size = cells(part)
        if lines and used + gap + size <= width:
            lines[-1] += f"{between}{part}"
            used += gap + size
        else:
            lead = indent if lines else ""
            lines.append(f"{lead}{part}")
            used = cells(lead) + size
    return lines


def folded(text: str, width: int, most: int) -> list[str]:
    """`text` in at most `most` lines of `width` columns; the last one ends in ``…`` if need be."""
    lines = wrap(text, width)
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return [shorten(line, width) for line in lines]


_UP, _RIGHT, _DOWN, _LEFT = 1, 2, 4, 8
_JOINED = " ╵╶╰╷│╭├╴╯─┴╮┤┬┼"
"""A line's character by the sum of the directions it leaves its cell in."""


class _Cell(Struct, frozen=True):
    char: str
    tone: Tone
    side: str
    step: str | None


class Canvas:
    """A grid `width` columns wide and as many rows as are drawn on."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._cells: dict[tuple[int, int], _Cell] = {}
        self._lines: dict[tuple[int, int], tuple[int, Tone]] = {}
        self._height = 0

    def room(self, row: int, column: int, *, lines: bool = True) -> int:
        """How many free columns there are from here to the right; a line is not free."""
        taken = self._lines if lines else {}
        for x in range(column, self.width):
            if (row, x) in self._cells or (row, x) in taken:
                return x - column
        return max(0, self.width - column)

    def room_before(self, row: int, column: int) -> int:
        """How many free columns end just before this one."""
        for x in range(column - 1, -1, -1):
            if (row, x) in self._cells or (row, x) in self._lines:
                return column - 1 - x
        return max(0, column)

    def put(
        self,
        row: int,
        column: int,
        text: str,
        tone: Tone = "plain",
        side: str = "",
        step: str | None = None,
    ) -> int:
        """Write `text` over lines, but not over what is written; returns the column after it."""
        self._height = max(self._height, row + 1)
        for char in text:
            width = _width(char)
            if width == 0 or column < 0 or column + width > self.width:
                column += width
                continue
            for at in range(column, column + width):
                shown = char if at == column else ""
                self._cells.setdefault((row, at), _Cell(shown, tone, side, step))
            column += width
        return column

    def across(self, row: int, start: int, end: int, tone: Tone = "link") -> None:
        """A line from the middle of one column to the middle of another."""
        first, last = sorted((start, end))
        for x in range(first, last):
            self._join(row, x, _RIGHT, tone)
            self._join(row, x + 1, _LEFT, tone)

    def down(self, column: int, start: int, end: int, tone: Tone = "link") -> None:
        """A line from the middle of one row to the middle of another."""
        first, last = sorted((start, end))
        for y in range(first, last):
            self._join(y, column, _DOWN, tone)
            self._join(y + 1, column, _UP, tone)

    def _join(self, row: int, column: int, direction: int, tone: Tone) -> None:
        if not 0 <= column < self.width:
            return
        self._height = max(self._height, row + 1)
        known, first = self._lines.get((row, column), (0, tone))
        stronger = tone if first == "rule" else first
        self._lines[row, column] = (known | direction, stronger)

    def rows(self) -> tuple[Row, ...]:
        """What is drawn, as rows of runs."""
        return tuple(tuple(self._runs(row)) for row in range(self._height))

    def _runs(self, row: int) -> Iterator[Run]:
        text, last = "", _BLANK
        for x in range(self.width):
            cell = self._at(row, x)
            if (cell.tone, cell.side, cell.step) != (last.tone, last.side, last.step):
                if text:
                    yield Run(text, last.tone, last.side, last.step)
                text, last = "", cell
            text += cell.char
        if text.strip() or last.step is not None:
            yield Run(text, last.tone, last.side, last.step)

    def _at(self, row: int, column: int) -> _Cell:
        found = self._cells.get((row, column))
        if found is not None:
            return found
        directions, tone = self._lines.get((row, column), (0, "plain"))
        return _Cell(_JOINED[directions], tone, "", None) if directions else _BLANK


_BLANK = _Cell(" ", "plain", "", None)
