"""In which order the dates of a column stand, and near which day a date without a year lies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct

from planner.errors import UsageError
from planner.exchange.importing.days import Order, Span, order_of, read_day, readings
from planner.exchange.importing.headings import DAYS, ORDERS, Headed, Heading, letter
from planner.exchange.sheets.sheet import Cell
from planner.roadmap.figures import MONTHS

Place = tuple[str, int]
"""(sheet, column)."""


class AmbiguousDates(UsageError):
    """A column of days that can be read in two ways: a person has to say which it is."""

    def __init__(
        self,
        message: str,
        *,
        heading: str,
        meaning: str,
        value: str,
        readings: Mapping[str, str],
        file: str,
        hint: str,
    ) -> None:
        super().__init__(message, file=file, hint=hint)
        self.heading = heading
        self.meaning = meaning
        self.value = value
        """A cell of it."""
        self.readings = readings
        """Order → what that cell says then; the column's meaning with an order is the answer."""


class Ordering(Struct, frozen=True):
    """How the days of a file are read."""

    orders: Mapping[Place, tuple[Order, str]]
    """For each column of days its order, and why, where its figures alone don't say."""
    near: date


def ordering(tables: Iterable[Headed], source: str, today: date) -> Ordering:
    """Raises AmbiguousDates for a column that can be read both ways, naming one cell of it."""
    found: dict[Place, tuple[Order, str]] = {}
    columns = [(table, each) for table in tables for each in table.headings if each.meaning in DAYS]
    sure = {_order(table, each) for table, each in columns} - {"", None}
    common = sure.pop() if len(sure) == 1 else ""
    for table, each in columns:
        found[table.sheet.title, each.column] = _decided(table, each, common or "", source)
    return Ordering(found, _near(columns, found, today))


def _texts(table: Headed, column: int) -> Iterator[tuple[int, Cell]]:
    for row in range(table.row + 1, len(table.sheet.rows)):
        cell = table.sheet.cell(row, column)
        if isinstance(cell.value, str) and cell.text:
            yield row, cell


def _order(table: Headed, each: Heading) -> Order | None:
    if each.detail in ORDERS:
        return each.detail  # type: ignore[return-value]
    return order_of(cell.text for _, cell in _texts(table, each.column))


def _decided(table: Headed, each: Heading, common: Order, source: str) -> tuple[Order, str]:
    own = _order(table, each)
    unclear = [(row, cell) for row, cell in _texts(table, each.column) if readings(cell.text)]
    if own or not unclear:
        return own or common, ""
    if common:
        return common, f"{_WORDS[common]}, as in the other columns"
    if own == "" and table.language in ("de", "fr", "es"):
        return "dmy", f"{_WORDS['dmy']}, as the language of the headings has it"
    raise _ambiguous(each, *unclear[0], source)


_WORDS = {"dmy": "day before month", "mdy": "month before day", "ymd": "year first"}


def _ambiguous(each: Heading, row: int, cell: Cell, source: str) -> AmbiguousDates:
    days = readings(cell.text) or (date.min, date.min)
    one, two = (f"{day.day} {MONTHS[day.month - 1]}" for day in days)
    name = each.text or f"column {letter(each.column)}"
    asked = {"dmy": f"{one}: day first", "mdy": f"{two}: month first"}
    return AmbiguousDates(
        f"column “{name}”: “{cell.text}” in row {row + 1} can be {one} or {two}",
        heading=name,
        meaning=each.meaning or "",
        value=cell.text,
        readings=asked,
        file=source,
        hint=f'write `"{name}" = "{each.meaning} dmy"` (day first) or `"{each.meaning} mdy"` '
        "(month first) in a file and name it with --map",
    )


def _near(
    columns: Iterable[tuple[Headed, Heading]],
    orders: Mapping[Place, tuple[Order, str]],
    today: date,
) -> date:
    """The middle one of the days that have a year; without any, today."""
    days = []
    for table, each in columns:
        order = orders[table.sheet.title, each.column][0]
        for row in range(table.row + 1, len(table.sheet.rows)):
            cell = table.sheet.cell(row, each.column)
            found = read_day(cell, order, today) if cell.text else None
            if isinstance(found, Span) and not found.guessed:
                days.append(found.first)
    return sorted(days)[len(days) // 2] if days else today
