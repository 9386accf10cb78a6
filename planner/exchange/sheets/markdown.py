"""Tables in Markdown: each pipe table of a page is a sheet, titled by the heading above it."""

from __future__ import annotations

import html
import io
import itertools
import re
from collections.abc import Iterator, Sequence

from msgspec import structs

from planner.errors import ReadError
from planner.exchange.sheets.guard import printable
from planner.exchange.sheets.letters import assumed, encoding_of
from planner.exchange.sheets.limits import Budget
from planner.exchange.sheets.sheet import EMPTY, Cell, Sheet

_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_CELLS = re.compile(r"(?:[^|\\]|\\.|\\$)*")
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_TO_ESCAPE = re.compile(r"[\\|`*\[\]~]|(?<!\w)_|_(?!\w)")
_OF_A_TABLE = 100
"""Cells that a table takes besides its own."""
_LINE_END = re.compile("\r\n?|\n")


def markdown_sheets(raw: bytes, title: str, file: str) -> tuple[Sheet, ...]:
    """The tables of a page. Raises ReadError where it has none."""
    codec = encoding_of(raw)
    if codec is None:
        raise ReadError("is not text", file=file, hint="save it as UTF-8")
    lines = io.TextIOWrapper(io.BytesIO(raw), codec, "replace")
    sheets = tuple(_tables((line.rstrip("\n") for line in lines), title, Budget(file)))
    if not sheets:
        raise ReadError(
            "has no table", file=file, hint="a table has a line of `|---|` under its headings"
        )
    return tuple(structs.replace(sheet, notes=assumed(codec)) for sheet in sheets)


def markdown_text(sheets: Sequence[Sheet]) -> str:
    """Sheets as tables; each under its title where there are several."""
    parts = []
    for sheet in sheets:
        heading = f"## {_escaped(sheet.title)}\n\n" if len(sheets) > 1 else ""
        parts.append(heading + "".join(_written(sheet)))
    return "\n".join(parts)


def _written(sheet: Sheet) -> Iterator[str]:
    width = max((len(row) for row in sheet.rows), default=0)
    for number, row in enumerate(sheet.rows):
        texts = [_written_cell(cell) for cell in row] + [""] * (width - len(row))
        yield f"| {' | '.join(texts)} |\n"
        if number == 0:
            yield f"|{'---|' * width}\n"


def _written_cell(cell: Cell) -> str:
    return _escaped(cell.value if isinstance(cell.value, str) else cell.text)


def _escaped(text: str) -> str:
    """Text that a page shows as it stands: no link, no picture, no tag, one line."""
    safe = html.escape(printable(text).strip(), quote=False)
    return _LINE_END.sub("<br>", _TO_ESCAPE.sub(r"\\\g<0>", safe))


def _tables(lines: Iterator[str], title: str, budget: Budget) -> Iterator[Sheet]:
    fence, before = "", ""
    rows: list[tuple[Cell, ...]] = []
    for line in itertools.chain(lines, [""]):
        if rows and "|" in line:
            rows.append(_row(line, budget))
            continue
        if rows:
            yield Sheet(title, tuple(rows))
            rows = []
        if (mark := _FENCE.match(line)) is not None and fence in ("", mark[1]):
            fence = "" if fence else mark[1]
        elif not fence and (heading := _HEADING.fullmatch(line)) is not None:
            title = _plain(heading[1]) or title
        elif not fence and "|" in before and _RULE.fullmatch(line):
            budget.spend(_OF_A_TABLE, "tables")
            rows = [_row(before, budget)]
        before = "" if fence else line


def _row(line: str, budget: Budget) -> tuple[Cell, ...]:
    inner = line.strip().removeprefix("|")
    cells: list[Cell] = []
    at = 0
    while not cells or at < len(inner):
        found = _CELLS.match(inner, at)
        assert found is not None
        budget.spend(1, "a table")
        cells.append(_cell(found[0], budget))
        at = found.end() + 1
    return tuple(cells)


def _cell(source: str, budget: Budget) -> Cell:
    text = _plain(source)
    budget.check_text(text, "a table")
    return Cell(text) if text else EMPTY


def _plain(source: str) -> str:
    """The text that is written so."""
    lines = _BREAK.sub("\n", source.strip())
    return html.unescape(_ESCAPED.sub(r"\1", lines)).strip()
