"""A spreadsheet as two departments have it: forty rows that somebody else filled in.

A title line, departments in merged cells, owners, start and end, colours with a legend, comments
("needs SSO from IT"), a column of the systems that work changes, money with its sign, and a total
row. Nobody wrote it with a planning program in mind.
"""

# ruff: noqa: E501   a row of a sheet is a line, as wide as it is

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

HEADINGS = (
    "Department | What | Owner | Start | End | Launch | Systems changed | Budget | Status | Remarks"
)
MARKETING = """
    Spring campaign concept | Anna Weber | 2027-01-11 | 2027-02-05 | | | 12,000 € | in progress |
    Spring campaign | Anna Weber | 2027-03-29 | 2027-04-12 | 2027-04-12 | | 85,000 € | planned | needs SSO from IT
    Spring landing pages | Ben Okafor | 2027-02-08 | 2027-03-12 | | Web shop | 9,500 € | planned | after Spring campaign concept
    Welcome mails | Carla Ruiz | 2027-02-15 | 2027-03-12 | | Mail tool | 4,000 € | planned | waiting for consent API
    Newsletter relaunch | Carla Ruiz | 2027-03-15 | 2027-04-30 | 2027-04-30 | Mail tool | 18,000 € | planned | sobald Mail tool migration fertig
    Loyalty tiers | Dora Lind | 2027-04-12 | 2027-05-28 | | CRM | 22,000 € | planned | after CRM migration
    Loyalty launch | Dora Lind | 2027-06-01 | 2027-06-15 | 2027-06-15 | | 40,000 € | planned | needs Loyalty tiers
    Customer survey | Ben Okafor | 2027-01-18 | 2027-02-12 | | | 6,000 € | planned |
    Segments for spring | Carla Ruiz | 2027-02-22 | 2027-03-19 | | CRM | 3,000 € | planned | needs tracking plan
    Web push | Ben Okafor | 2027-03-08 | 2027-03-26 | | | 5,000 € | planned | depends on Consent API
    Price comparison ads | Anna Weber | 2027-03-01 | 2027-03-26 | | | 30,000 € | planned | needs product feed
    Product videos | Ben Okafor | 2027-02-01 | 2027-03-19 | | | 24,000 € | planned | needs Figma
    App store pages | Ben Okafor | 2027-04-19 | 2027-05-07 | | | 2,500 € | planned | before App launch
    App launch campaign | Anna Weber | 2027-05-10 | 2027-05-28 | 2027-05-28 | | 60,000 € | planned | needs app release from IT
    Partner pages | Dora Lind | 2027-04-05 | 2027-04-30 | | Web shop | 7,000 € | planned |
    Easter raffle | Carla Ruiz | 2027-03-08 | 2027-03-26 | 2027-03-26 | | 8,000 € | planned | after all
    Media plan | Anna Weber | 2027-01-04 | 2027-01-15 | | | 0 € | done |
    Brand guide | Dora Lind | 2027-01-11 | 2027-02-26 | | | 11,000 € | planned |
    Summer campaign concept | Anna Weber | 2027-05-03 | 2027-05-28 | | | 10,000 € | planned |
    Summer campaign | Anna Weber | 2027-06-14 | 2027-07-09 | 2027-07-09 | | 90,000 € | idea | after Summer campaign concept
"""
IT = """
    Single sign-on | Emil Novak | 2027-01-11 | 2027-04-09 | | Directory, Web shop | 45,000 € | in progress |
    Consent API | Fatma Kaya | 2027-01-18 | 2027-03-26 | | Consent tool | 28,000 € | planned |
    CRM migration | Gil Santos | 2027-02-01 | 2027-05-14 | | CRM | 120,000 € | planned | needs Single sign-on
    Mail tool migration | Gil Santos | 2027-03-01 | 2027-04-23 | | Mail tool | 35,000 € | planned |
    Tracking plan | Hana Sato | 2027-01-25 | 2027-02-19 | | | 6,000 € | planned |
    Tag manager | Hana Sato | 2027-02-22 | 2027-03-19 | | Web shop | 9,000 € | planned | after Tracking plan
    Data warehouse feed | Hana Sato | 2027-03-22 | 2027-05-07 | | Warehouse | 31,000 € | planned |
    Product feed | Fatma Kaya | 2027-02-15 | 2027-03-26 | | ERP | 14,000 € | planned |
    Checkout rebuild | Emil Novak | 2027-04-12 | 2027-06-25 | | Web shop | 95,000 € | planned | after SSO
    App release | Ines Moreau | 2027-02-08 | 2027-05-14 | | App | 110,000 € | planned | needs consent API
    App beta | Ines Moreau | 2027-04-12 | 2027-04-30 | | App | 5,000 € | planned |
    Penetration test | Emil Novak | 2027-04-12 | 2027-04-23 | | | 16,000 € | planned | after Single sign-on
    Load test | Emil Novak | 2027-03-15 | 2027-03-26 | | | 8,000 € | planned |
    Payment provider | Fatma Kaya | 2027-03-29 | 2027-05-21 | | Web shop | 20,000 € | planned |
    Search upgrade | Gil Santos | 2027-05-17 | 2027-06-18 | | Web shop | 17,000 € | planned |
    Network refresh | Jon Berg | 2027-02-01 | 2027-03-12 | | | 25,000 € | planned |
    Old shop switched off | Jon Berg | 2027-06-28 | 2027-07-16 | | Web shop | 0 € | planned | when Checkout rebuild is live
    Backup concept | Jon Berg | 2027-01-04 | 2027-01-15 | | | 4,000 € | done |
    ERP patches | Jon Berg | 2027-04-05 | 2027-04-16 | | ERP | 3,000 € | planned |
    Support training | Hana Sato | 2027-05-17 | 2027-05-28 | | | 2,000 € | planned | after App release
"""
FIRST = 4
"""The row of the first initiative."""
YELLOW, RED = "FFFF00", "FF9999"


def forty_rows(path: Path) -> Path:
    """Write the spreadsheet."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Plan 2027"
    sheet.append(["Joint plan marketing and IT, first half of 2027 (draft 4)"])
    sheet.append([])
    sheet.append(_cells(HEADINGS))
    for department, rows in (("Marketing", MARKETING), ("IT", IT)):
        _department(sheet, department, rows.strip().splitlines())
    sheet.append(["Total", None, None, None, None, None, None, "1,075,000 €"])
    sheet.append([])
    sheet.append([None, "yellow: to be talked about"])
    _adorn(sheet)
    book.save(path)
    return path


def _department(sheet: Worksheet, name: str, rows: list[str]) -> None:
    first = sheet.max_row + 1
    for row in rows:
        sheet.append([None, *_cells(row)])
    sheet.cell(first, 1).value = name
    sheet.merge_cells(start_row=first, end_row=sheet.max_row, start_column=1, end_column=1)


def _adorn(sheet: Worksheet) -> None:
    """What people do to a sheet by hand."""
    for cell in sheet[3]:
        cell.font = Font(bold=True)
    for row, colour in ((FIRST + 1, RED), (FIRST + 5, YELLOW), (sheet.max_row, YELLOW)):
        sheet.cell(row, 2).fill = PatternFill("solid", start_color=colour, end_color=colour)
    note = "Legal wants to see the raffle first, ask Carla"
    sheet.cell(row_of(sheet, "Easter raffle"), 2).comment = Comment(note, "Anna Weber")
    note = "needs tracking plan before anything is bought"
    sheet.cell(row_of(sheet, "Data warehouse feed"), 2).comment = Comment(note, "Hana Sato")


def _cells(row: str) -> list[Any]:
    return [_cell(text.strip()) for text in row.split("|")]


def _cell(text: str) -> Any:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return datetime.fromisoformat(text)
    return text or None


def row_of(sheet: Worksheet, title: str) -> int:
    """The row, counted from 1, that an initiative stands in."""
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 2).value == title)


def with_end(path: Path, title: str, end: str) -> Path:
    """The spreadsheet, in place, with another end for one initiative."""
    book = load_workbook(path)
    sheet = book["Plan 2027"]
    sheet.cell(row_of(sheet, title), 5).value = datetime.fromisoformat(end)
    book.save(path)
    return path
