"""Text with a separator between the cells, as spreadsheets and other tools save it.

Neither the letters nor the separator are written in such a file. Both are found by looking: the
separator is the one that cuts most of the first rows into equally many cells.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections import Counter
from collections.abc import Iterator

from planner.errors import ReadError
from planner.exchange.sheets.guard import guarded, plain_lines, printable, unguarded
from planner.exchange.sheets.letters import assumed, encoding_of
from planner.exchange.sheets.limits import Budget
from planner.exchange.sheets.sheet import EMPTY, Cell, Sheet

SEPARATORS = "\t;,|"
"""What none is told by comes first: a tab stands between cells, and in them hardly ever."""
_FIRST_LINES = 200
_QUOTED = re.compile(r'(?:^|(?<=[\t;,|\r\n]))"(?:[^"]|"")*+"(?=[\t;,|\r\n]|\Z)')
_QUOTE = '"'
_TO_QUOTE = re.compile(r'[\t;,|"\n]|^\s|\s$')
_SAID = re.compile(r"\s*sep=(.)\s*", re.IGNORECASE)
_LONGEST = 1 << 20
"""Characters of a line; many cells of them."""


def separated_sheet(raw: bytes, title: str, file: str) -> Sheet:
    """The one sheet of such a file. Raises ReadError with the line."""
    codec = encoding_of(raw)
    if codec is None:
        raise ReadError("is not text", file=file, hint="save the sheet as XLSX or as CSV UTF-8")
    separator, said = _separator(raw, codec, file)
    rows = _rows(_Lines(raw, codec, file, skip=said), separator, Budget(file))
    return Sheet(title, _trimmed(rows), notes=assumed(codec))


def separated_bytes(sheet: Sheet, separator: str) -> bytes:
    """A sheet as UTF-8, with the mark without which Excel takes the letters for others.

    Lines end as git likes them; spreadsheets take either.
    """
    rows = (separator.join(map(_written, row)) for row in sheet.rows)
    return "".join(f"{row}\n" for row in rows).encode("utf-8-sig")


def _written(cell: Cell) -> str:
    """A cell, in quotes wherever it has anything that some program could take for a separator."""
    text = guarded(printable(cell.value)) if isinstance(cell.value, str) else cell.text
    return f'"{text.replace(_QUOTE, _QUOTE * 2)}"' if _TO_QUOTE.search(text) else text


class _Lines:
    """The lines of a file one by one, each of bearable length; what csv parses from."""

    def __init__(self, raw: bytes, codec: str, file: str, *, skip: bool = False) -> None:
        self.text = io.TextIOWrapper(io.BytesIO(raw), codec, "replace", newline="")
        self.file = file
        self.number = 0
        self.since: list[str] = []
        """Lines of the row that is being parsed."""
        if skip:
            next(self)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self.text.readline(_LONGEST)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) == _LONGEST:
            raise ReadError(
                f"a line of more than {_LONGEST:,} characters",
                file=self.file,
                line=self.number,
                hint="check that it is a table with line breaks between its rows",
            )
        self.since.append(line)
        return line


def _separator(raw: bytes, codec: str, file: str) -> tuple[str, bool]:
    """The separator, and whether the first line does nothing but name it, as Excel has it."""
    first = next(_Lines(raw, codec, file), "")
    if (said := _SAID.fullmatch(first)) is not None:
        return said[1], True
    lines = itertools.islice(_Lines(raw, codec, file), _FIRST_LINES)
    unquoted = _QUOTED.sub("", "".join(lines)).splitlines()
    return max(SEPARATORS, key=lambda each: _agreement(unquoted, each)), False


def _agreement(lines: list[str], separator: str) -> tuple[int, int]:
    """How many of the first lines are cut into equally many cells, and into how many."""
    counts = Counter(line.count(separator) for line in lines if separator in line)
    width, rows = max(counts.items(), key=lambda each: (each[1], each[0]), default=(0, 0))
    return rows, width


def _rows(lines: _Lines, separator: str, budget: Budget) -> Iterator[tuple[Cell, ...]]:
    reader = csv.reader(lines, delimiter=separator)
    start = lines.number + 1
    try:
        for row in reader:
            _refuse_open_quote(lines, separator)
            where = f"line {start}"
            budget.spend(len(row) + 1, where)
            yield _cells(row, budget, where)
            start = lines.number + 1
            lines.since.clear()
    except csv.Error as error:
        why = "a quote that is opened in this row is not closed" if '"' in lines.since[0] else error
        raise ReadError(str(why), file=lines.file, line=start, hint="look at the quotes") from None


def _refuse_open_quote(lines: _Lines, separator: str) -> None:
    """The parser takes all that follows an open quote for one text, and says nothing of it."""
    if len(lines.since) == 1:
        return
    try:
        list(csv.reader(lines.since, delimiter=separator, strict=True))
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise error from None


def _cells(row: list[str], budget: Budget, where: str) -> tuple[Cell, ...]:
    cells = tuple(_cell(text, budget, where) for text in row)
    end = len(cells)
    while end and cells[end - 1] is EMPTY:
        end -= 1
    return cells[:end]


def _cell(text: str, budget: Budget, where: str) -> Cell:
    if not text:
        return EMPTY
    budget.check_text(text, where)
    return Cell(unguarded(plain_lines(text)))


def _trimmed(rows: Iterator[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    """All rows up to the last that holds something."""
    kept = list(rows)
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)
