"""A grid of characters on which graphs are drawn: text, bars, and lines that join where they meet.

A cell holds one character, its tone (what it means, never a colour) and the step it belongs to. Of
what falls on one cell the first drawn stays, so the important is drawn first and lines run behind
it; lines alone merge with lines, so that a crossing becomes ``┼`` and a branch ``├``. A line is
light or heavy, solid or dotted; there is a character for every mix of light and heavy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal
from unicodedata import combining, east_asian_width, name

from msgspec import Struct

from planner.pages.roles import Role

Tone = Role | Literal["side", "name", "bar", "rest", "edge", "late"]
"""What a run is: a role, or what a drawing adds to them. ``side``, ``name``, ``bar`` and ``rest``
take the colour of the run's side; ``edge`` is what is drawn critical, ``late`` a negative float."""


class Run(Struct, frozen=True):
    """Neighbouring cells that mean the same. `side` is a portfolio's id, `step` an initiative's."""

    text: str
    tone: Tone = "text"
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


Weight = Literal[1, 2]
LIGHT: Weight = 1
HEAVY: Weight = 2
_UP, _RIGHT, _DOWN, _LEFT = range(4)
_DIRECTIONS = {
    "UP": (_UP,),
    "RIGHT": (_RIGHT,),
    "DOWN": (_DOWN,),
    "LEFT": (_LEFT,),
    "HORIZONTAL": (_LEFT, _RIGHT),
    "VERTICAL": (_UP, _DOWN),
}
_WEIGHTS = {"LIGHT": LIGHT, "HEAVY": HEAVY}
_NEITHER = {"DOUBLE", "DASH", "ARC", "DIAGONAL"}
Arms = tuple[int, int, int, int]
"""How heavy a line leaves its cell up, right, down and left; 0 where it does not."""


def _joined() -> dict[Arms, str]:
    """A line's character by its arms, from the names that Unicode gives them; corners are round."""
    found = {}
    for point in range(0x2500, 0x2580):
        words = name(chr(point)).removeprefix("BOX DRAWINGS ")
        if _NEITHER.isdisjoint(words.split()):
            found[_arms(words)] = chr(point)
    round_: dict[Arms, str] = dict(zip(_CORNERS, "╭╮╰╯", strict=True))
    return found | round_


_CORNERS: tuple[Arms, ...] = ((0, 1, 1, 0), (0, 0, 1, 1), (1, 1, 0, 0), (1, 0, 0, 1))


def _arms(words: str) -> Arms:
    """``DOWN HEAVY AND RIGHT LIGHT``: a word of weight is of the directions that it stands with."""
    arms, weight = [0, 0, 0, 0], LIGHT
    for part in words.split(" AND "):
        weight = next((_WEIGHTS[word] for word in part.split() if word in _WEIGHTS), weight)
        for word in part.split():
            for direction in _DIRECTIONS.get(word, ()):
                arms[direction] = weight
    return (arms[_UP], arms[_RIGHT], arms[_DOWN], arms[_LEFT])


_JOINED = _joined()
_DOTTED: dict[Arms, str] = {(0, 1, 0, 1): "┄", (1, 0, 1, 0): "┆"}


class _Line(Struct, frozen=True):
    """What lines make of a cell. It is dotted where all of them are."""

    arms: Arms
    tone: Tone
    dotted: bool

    @property
    def char(self) -> str:
        """The character that has these arms."""
        return (_DOTTED.get(self.arms) if self.dotted else None) or _JOINED[self.arms]


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
        self._lines: dict[tuple[int, int], _Line] = {}
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
        tone: Tone = "text",
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

    def fill(self, row: int, start: int, end: int, char: str, tone: Tone = "text") -> None:
        """Write `char` into each column of a stretch where nothing is yet, no line either."""
        for column in range(max(0, start), end + 1):
            if (row, column) not in self._lines:
                self.put(row, column, char, tone)

    def across(
        self,
        row: int,
        start: int,
        end: int,
        tone: Tone = "link",
        weight: Weight = LIGHT,
        *,
        dotted: bool = False,
    ) -> None:
        """A line from the middle of one column to the middle of another."""
        first, last = sorted((start, end))
        for x in range(first, last):
            self._join(row, x, _RIGHT, tone, weight, dotted=dotted)
            self._join(row, x + 1, _LEFT, tone, weight, dotted=dotted)

    def down(
        self,
        column: int,
        start: int,
        end: int,
        tone: Tone = "link",
        weight: Weight = LIGHT,
        *,
        dotted: bool = False,
    ) -> None:
        """A line from the middle of one row to the middle of another."""
        first, last = sorted((start, end))
        for y in range(first, last):
            self._join(y, column, _DOWN, tone, weight, dotted=dotted)
            self._join(y + 1, column, _UP, tone, weight, dotted=dotted)

    def _join(
        self, row: int, column: int, direction: int, tone: Tone, weight: Weight, *, dotted: bool
    ) -> None:
        """One arm more in a cell; of two tones the heavier line's stays, and a rule's never."""
        if not 0 <= column < self.width:
            return
        self._height = max(self._height, row + 1)
        known = self._lines.get((row, column)) or _Line((0, 0, 0, 0), tone, dotted)
        arms = list(known.arms)
        stronger = weight > max(arms) or known.tone == "faint"
        arms[direction] = max(weight, arms[direction])
        self._lines[row, column] = _Line(
            (arms[_UP], arms[_RIGHT], arms[_DOWN], arms[_LEFT]),
            tone if stronger else known.tone,
            known.dotted and dotted,
        )

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
        line = self._lines.get((row, column))
        return _BLANK if line is None else _Cell(line.char, line.tone, "", None)


_BLANK = _Cell(" ", "text", "", None)
