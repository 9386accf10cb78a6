"""Workbooks as they are written: to be read, filtered, filled in and printed as they are.

Days are days and numbers are numbers; text is text, whatever it begins with. The first row is bold
and stays in view. Nothing in a workbook says when it was written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as Place
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from planner.exchange.archives import ALWAYS, without_time
from planner.exchange.sheets.guard import guarded_again, printable
from planner.exchange.sheets.limits import MAX_TEXT
from planner.exchange.sheets.sheet import Cell, Sheet, as_text

_WIDEST, _NARROWEST = 60, 8
_LINE, _HIGHEST = 14, 409
"""Points of a line, and of the highest row that Excel has."""
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_TITLES = re.compile(r"[\x00-\x1f\x7f\[\]:*?/\\]")
_LONGEST_TITLE, _LONGEST_LIST = 31, 255
_FIRST_DAY = date(1900, 3, 1)
"""Before it Excel counts a day that never was."""


def workbook_bytes(sheets: Sequence[Sheet]) -> bytes:
    """A workbook of these sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "planner"
    book.properties.created = ALWAYS
    titles: set[str] = set()
    for sheet in sheets:
        _write(book.create_sheet(_title(sheet.title, titles)), sheet)
    made = BytesIO()
    book.save(made)
    return without_time(made)


def _title(title: str, taken: set[str]) -> str:
    """A title that Excel allows, and no other sheet has in any case of letters."""
    plain = _NOT_IN_TITLES.sub("-", title).strip("' ")[:_LONGEST_TITLE] or "Sheet"
    found, number = plain, 2
    while found.lower() in taken or found.lower() == "history":
        end = f" {number}"
        found, number = f"{plain[: _LONGEST_TITLE - len(end)]}{end}", number + 1
    taken.add(found.lower())
    return found


def _write(page: Worksheet, sheet: Sheet) -> None:
    for row, cells in enumerate(sheet.rows, 1):
        for column, cell in enumerate(cells, 1):
            if cell != Cell():
                place = page.cell(row, column)
                assert isinstance(place, Place)
                _write_cell(place, cell, is_heading=row == 1)
    _offer_choices(page, sheet)
    _lay_out(page, sheet)


def _write_cell(place: Place, cell: Cell, *, is_heading: bool) -> None:
    _set_value(place, cell)
    place.alignment = Alignment(vertical="top", wrap_text=_wraps(cell))
    if is_heading:
        place.font = Font(bold=True)
        place.border = Border(bottom=Side("thin"))
    if cell.fill:
        place.fill = PatternFill("solid", fgColor=cell.fill)
    if cell.note:
        place.comment = Comment(_text(cell.note), "planner")
    if cell.link:
        place.hyperlink = cell.link


def _wraps(cell: Cell) -> bool:
    """Whether a cell goes over several lines; a key of one word is no better for being broken."""
    return not cell.text or any(letter.isspace() for letter in cell.text)


def _set_value(place: Place, cell: Cell) -> None:
    value = cell.value
    if isinstance(value, str):
        _set_text(place, guarded_again(value))
    elif isinstance(value, date) and value >= _FIRST_DAY:
        place.value = value
        place.number_format = "yyyy-mm-dd"
    elif isinstance(value, date) or (isinstance(value, int) and abs(value) >= 10**15):
        _set_text(place, as_text(value))
    else:
        place.value = value


def _set_text(place: Place, text: str) -> None:
    """Let a cell hold text, also after somebody has edited it: whatever it begins with."""
    place.value = _text(text)
    place.data_type = "s"
    place.quotePrefix = True


def _text(text: str) -> str:
    """Text as a workbook spells it, and no longer than a cell of Excel."""
    return _LOOKS_ESCAPED.sub("_x005F_", printable(text)[:MAX_TEXT])


def _offer_choices(page: Worksheet, sheet: Sheet) -> None:
    """Lists to choose from; what else is typed is taken too."""
    lists: dict[tuple[str, ...], DataValidation] = {}
    for row, cells in enumerate(sheet.rows, 1):
        for column, cell in enumerate(cells, 1):
            if _fits(cell.choices):
                offered = lists.setdefault(cell.choices, _choice(cell.choices))
                offered.add(f"{get_column_letter(column)}{row}")
    for offered in lists.values():
        page.add_data_validation(offered)


def _fits(choices: tuple[str, ...]) -> bool:
    """Whether Excel can hold them beside the cell; it opens no file with longer ones."""
    joined = ",".join(choices)
    return bool(choices) and len(joined) < _LONGEST_LIST and joined.count(",") < len(choices)


def _choice(choices: tuple[str, ...]) -> DataValidation:
    listed = ",".join(choices).replace('"', '""')
    return DataValidation(
        "list", formula1=f'"{_text(listed)}"', allow_blank=True, showErrorMessage=False
    )


def _lay_out(page: Worksheet, sheet: Sheet) -> None:
    """Widths, the heading in view and on each printed page, and A4 across."""
    width = max((len(row) for row in sheet.rows), default=0)
    for column in range(width):
        letter = get_column_letter(column + 1)
        page.column_dimensions[letter].width = _width(sheet, column)
    for row, cells in enumerate(sheet.rows if sheet.widths else (), 1):
        page.row_dimensions[row].height = _height(cells, sheet.widths)
        for column, (cell, most) in enumerate(zip(cells, sheet.widths, strict=False), 1):
            if not _wraps(cell) and len(cell.text) > most:  # it ends at the edge of its column
                page.cell(row, column).alignment = Alignment(vertical="top", horizontal="fill")
    if width and len(sheet.rows) > 1:
        page.freeze_panes = "A2"
        page.auto_filter.ref = f"A1:{get_column_letter(width)}{len(sheet.rows)}"
        page.print_title_rows = "1:1"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = 9
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _width(sheet: Sheet, column: int) -> int:
    if column < len(sheet.widths):
        return sheet.widths[column]
    longest = max(_longest(row[column]) if column < len(row) else 0 for row in sheet.rows)
    return min(max(longest + 2, _NARROWEST), _WIDEST)


def _height(cells: Sequence[Cell], widths: Sequence[int]) -> int:
    """As high as the cell with the most lines: not every program works that out by itself."""
    wrapped = ((cell.text, width) for cell, width in zip(cells, widths, strict=False))
    lines = (
        sum(-(-len(part) // max(1, width - 2)) or 1 for part in text.split("\n"))
        for text, width in wrapped
        if " " in text
    )
    return min(_LINE * max(lines, default=1) + 3, _HIGHEST)


def _longest(cell: Cell) -> int:
    return max(map(len, cell.text.split("\n")))
