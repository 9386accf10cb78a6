"""What is written to a sheet is read from it again: any text, in each format, with its guard."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from planner.exchange.sheets.guard import printable
from planner.exchange.sheets.reading import read_sheets
from planner.exchange.sheets.sheet import Cell, Sheet, sheet_of
from planner.exchange.sheets.writing import sheets_bytes

FORMULAS = (
    "=1+1",
    "+49 30 1234",
    "-5d",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =cmd|' /C calc'!A0",
    "＝1+1",
    "'=1",
    "''-1",
)
TEXTS = st.text(max_size=40) | st.sampled_from(FORMULAS)
VALUES = TEXTS | st.integers(-(10**17), 10**17) | st.dates(date(1990, 1, 1), date(2200, 12, 31))


def read_back(tmp_path: Path, sheet: Sheet, suffix: str) -> list[list[str]]:
    """The texts of a sheet that was written and read, without what is empty at its ends."""
    file = tmp_path / f"plan{suffix}"
    file.write_bytes(sheets_bytes([sheet], suffix))
    (found,) = read_sheets(file)
    return [[cell.text for cell in row] for row in found.rows]


def said(sheet: Sheet) -> list[list[str]]:
    """The texts of a sheet as a file can hold them."""
    return [[_said(cell) for cell in row] for row in sheet.rows]


def _said(cell: Cell) -> str:
    return printable(cell.value).strip() if isinstance(cell.value, str) else cell.text


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sheets")


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".xlsx", ".md"])
@given(rows=st.lists(st.tuples(VALUES, VALUES), max_size=4))
@example(rows=[("_x000D_", "a_x0041_b"), ("\x01\x0b\ufffe", "a|b\\|c"), ("sep=;", "a")])
@example(rows=[("<br>", "&lt;br&gt;"), ("![x](http://a.b/c)", "`*_[~"), ("a_b", "_a_")])
@example(rows=[('"', '""'), ('a"b', '"a"\n"b"'), ("|", "||"), ("---", "|---|")])
def test_any_value_comes_back(
    folder: Path, suffix: str, rows: list[tuple[str | int | date, str | int | date]]
) -> None:
    sheet = sheet_of("Plan", [["Title", "Other", "End"], *((*row, "end") for row in rows)])

    assert read_back(folder, sheet, suffix) == said(sheet)


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_is_a_formula_in_a_csv(text: str) -> None:
    raw = sheets_bytes([sheet_of("Plan", [[text]])], ".csv")

    ((written,),) = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    assert written == f"'{printable(text)}"


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_is_a_formula_in_a_workbook(tmp_path: Path, text: str) -> None:
    file = tmp_path / "plan.xlsx"
    file.write_bytes(sheets_bytes([sheet_of("Plan", [["Title"], [text]])], ".xlsx"))

    cell = openpyxl.load_workbook(file).worksheets[0]["A2"]
    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_a_number_below_zero_is_a_number(tmp_path: Path) -> None:
    raw = sheets_bytes([sheet_of("Plan", [["Float"], [-5]])], ".csv")
    assert raw.decode("utf-8-sig") == "Float\n-5\n"

    file = tmp_path / "plan.xlsx"
    file.write_bytes(sheets_bytes([sheet_of("Plan", [["Float"], [-5]])], ".xlsx"))
    assert openpyxl.load_workbook(file).worksheets[0]["A2"].value == -5


def test_a_workbook_keeps_what_a_cell_has(tmp_path: Path) -> None:
    cell = Cell("SSO", note="from IT", fill="FFEE00", link="https://shop.example/a?b=1#c")
    file = tmp_path / "plan.xlsx"
    sheets = [
        sheet_of("Work/1", [["Title", "Day"], [cell, date(2027, 5, 3)]]),
        sheet_of("work-1", []),
    ]
    file.write_bytes(sheets_bytes(sheets, ".xlsx"))

    first, second = read_sheets(file)
    assert first.cell(1, 0) == cell
    assert first.cell(1, 1).value == date(2027, 5, 3)
    assert (first.title, second.title) == ("Work-1", "work-1 2")


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".xlsx", ".md"])
def test_equal_sheets_give_equal_bytes(suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = sheet_of("Plan", [["Title"], [Cell("SSO", note="from IT", choices=("yes", "no"))]])
    before = sheets_bytes([sheet], suffix)

    monkeypatch.setattr("time.localtime", lambda *_: (1999, 1, 2, 3, 4, 5, 0, 0, 0))
    assert sheets_bytes([sheet], suffix) == before
