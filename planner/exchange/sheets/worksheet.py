"""The cells of one sheet of a workbook, as its events say them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time

from planner.errors import ReadError
from planner.exchange.sheets.guard import plain_lines, unguarded
from planner.exchange.sheets.limits import MAX_COLUMNS, MAX_ROWS, Budget
from planner.exchange.sheets.sheet import EMPTY, Cell, Value
from planner.exchange.sheets.styles import PLAIN, Style
from planner.exchange.xml_events import Events

Place = tuple[int, int]
"""Row and column, both from 0."""
Area = tuple[int, int, int, int]
"""First row and column, last row and column."""

_PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_KEPT = ("v", "t", "f")


class Strings(Events):
    """The texts that the cells of a workbook share, in their order."""

    def __init__(self, budget: Budget) -> None:
        self.texts: list[str] = []
        self._budget = budget
        self._parts: list[str] = []
        self._taken = self._phonetic = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "si":
            self._parts = []
        elif name == "rPh":
            self._phonetic = True
        self._taken = name == "t" and not self._phonetic

    def end(self, name: str) -> None:
        self._taken = False
        if name == "rPh":
            self._phonetic = False
        elif name == "si":
            text, where = "".join(self._parts), f"text {len(self.texts) + 1}"
            self._budget.spend_string(where)
            self._budget.check_text(text, where)
            self.texts.append(plain(text))

    def text(self, text: str) -> None:
        if self._taken:
            self._budget.spend_text(len(text), f"text {len(self.texts) + 1}")
            self._parts.append(text)


class Grid(Events):
    """Cells by row, and what is said of areas of them below."""

    def __init__(
        self,
        title: str,
        budget: Budget,
        strings: Sequence[str],
        styles: Sequence[Style],
        day: Callable[[float], Value],
    ) -> None:
        self.rows: dict[int, list[Cell]] = {}
        self.hidden: set[int] = set()
        self.struck: set[int] = set()
        self.merged: list[Area] = []
        self.links: list[tuple[Area, str, str]] = []
        """Area, number of the relation, and a place in the workbook."""
        self._title, self._budget = title, budget
        self._strings, self._styles, self._day = strings, styles, day
        self._row = self._column = -1
        self._cells: list[Cell] = []
        self._width = 0
        self._all_struck: bool | None = None
        self._is_hidden = False
        self._type = ""
        self._style = PLAIN
        self._taken = ""
        self._parts: dict[str, list[str]] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in _KEPT:
            self._taken = name
        elif name == "rPh":
            self._taken = "-"
        elif name == "c":
            self._start_cell(attributes)
        elif name == "row":
            self._start_row(attributes)
        elif name == "mergeCell":
            self.merged.extend(_area(attributes))
            self._budget.spend(1, self._title)
        elif name == "hyperlink":
            self._link(attributes)

    def end(self, name: str) -> None:
        if name in _KEPT or name == "rPh":
            self._taken = ""
        elif name == "c":
            self._end_cell()
        elif name == "row":
            self._end_row()

    def text(self, text: str) -> None:
        if self._taken in _KEPT:
            self._budget.spend_text(len(text), self._where)
            self._parts.setdefault(self._taken, []).append(text)

    @property
    def _where(self) -> str:
        return f"{self._title}!{name_of(self._row, self._column)}"

    def _start_row(self, attributes: Mapping[str, str]) -> None:
        number = attributes.get("r", "")
        self._row = int(number) - 1 if number.isdecimal() and len(number) < 9 else self._row + 1
        self._column = -1
        self._cells = []
        self._all_struck = None
        self._is_hidden = attributes.get("hidden") in ("1", "true")

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        place = place_of(attributes.get("r", ""))
        self._column = place[1] if place else self._column + 1
        self._type = attributes.get("t", "n")
        number = attributes.get("s", "")
        known = number.isdecimal() and len(number) < 9 and int(number) < len(self._styles)
        self._style = self._styles[int(number)] if known else PLAIN
        self._parts = {}

    def _end_cell(self) -> None:
        if not (0 <= self._row < MAX_ROWS and 0 <= self._column < MAX_COLUMNS):
            raise ReadError(f"{self._where}: beyond the last row or column", file=self._budget.file)
        value = self._value()
        if value is None and not self._style.fill:
            return
        if value is not None:
            self._all_struck = self._style.is_struck and self._all_struck is not False
        missing = self._column + 1 - len(self._cells)
        if missing > 0:
            self._cells.extend([EMPTY] * missing)
        self._cells[self._column] = Cell(value, fill=self._style.fill)

    def _is_beside(self, cells: list[Cell]) -> bool:
        """Whether the last cell says nothing: a colour counts under what stands above it alone."""
        return not cells[-1].fill or len(cells) > self._width

    def _end_row(self) -> None:
        cells = self._cells
        while cells and cells[-1].value is None and self._is_beside(cells):
            cells.pop()
        if any(cell.value is not None for cell in cells):
            self._width = max(self._width, len(cells))
            self._budget.spend(len(cells) + 1, f"{self._title}!{self._row + 1}")
            self.rows[self._row] = cells
            if self._is_hidden:
                self.hidden.add(self._row)
            if self._all_struck:
                self.struck.add(self._row)
        self._cells = []

    def _link(self, attributes: Mapping[str, str]) -> None:
        self._budget.spend(1, self._title)
        relation = next((attributes[key] for key in attributes if key.endswith(":id")), "")
        for area in _area(attributes):
            self.links.append((area, relation, attributes.get("location", "")))

    def _value(self) -> Value:
        """The value of the cell that ends; of a formula what it last gave, else the formula."""
        raw = self._joined("t" if self._type == "inlineStr" else "v")
        if self._type == "inlineStr":
            return unguarded(plain(raw)) or None
        if not raw:
            formula = self._joined("f")
            return f"={formula}" if "f" in self._parts and self._type != "str" else None
        if self._type == "s":
            return self._shared(raw)
        if self._type == "n":
            return self._number(raw)
        if self._type == "b":
            return raw == "1"
        return _iso(raw) if self._type == "d" else unguarded(plain(raw))

    def _joined(self, part: str) -> str:
        text = "".join(self._parts.get(part, ()))
        self._budget.check_text(text, self._where)
        return text

    def _shared(self, raw: str) -> Value:
        number = int(raw) if raw.isdecimal() and len(raw) < 9 else len(self._strings)
        if number >= len(self._strings):
            raise ReadError(
                f"{self._where}: text {raw[:20]} is not in the file", file=self._budget.file
            )
        return unguarded(self._strings[number]) or None

    def _number(self, raw: str) -> Value:
        try:
            number = float(raw)
        except ValueError:
            return plain(raw)
        if self._style.kind == "date":
            return self._day(number)
        if self._style.kind == "time":
            return f"{number * 24:g}h"
        if self._style.kind == "percent":
            return f"{number * 100:.10g}%"
        return int(number) if number.is_integer() and abs(number) < 1e15 else number


def plain(text: str) -> str:
    """A text of a workbook: what its XML can't hold stands there in a spelling of its own."""
    if "_x" in text:
        text = _ESCAPED.sub(_character, text)
    return plain_lines(text)


def _character(found: re.Match[str]) -> str:
    """The character of an escape; half of one stays as it stands."""
    code = int(found[1], 16)
    return found[0] if 0xD800 <= code < 0xE000 else chr(code)


def days_from(since_1904: bool) -> Callable[[float], Value]:
    """Days of a workbook from their numbers; a time of day is left out, a time alone is text."""
    from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

    epoch = MAC_EPOCH if since_1904 else WINDOWS_EPOCH

    def day(number: float) -> Value:
        try:
            found = from_excel(number, epoch)
        except (OverflowError, ValueError):
            return number
        if isinstance(found, datetime):
            return found.date()
        return found.isoformat("minutes") if isinstance(found, time) else number

    return day


def _iso(raw: str) -> Value:
    try:
        return datetime.fromisoformat(raw).date()
    except ValueError:
        return plain(raw)


def name_of(row: int, column: int) -> str:
    """A place as spreadsheets call it: ``B7``."""
    letters = ""
    column += 1
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def place_of(name: str) -> Place | None:
    """The place that spreadsheets call so; None where it is none."""
    found = _PLACE.fullmatch(name)
    if found is None:
        return None
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def _area(attributes: Mapping[str, str]) -> Sequence[Area]:
    first, _, last = attributes.get("ref", "").partition(":")
    start = place_of(first)
    end = place_of(last) if last else start
    return [(*start, *end)] if start and end else []
