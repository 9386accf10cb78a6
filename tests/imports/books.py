"""The Excel workbooks among the thirty exports, built by code, so that each can be reviewed here.

What each must give stands beside the other exports, in `exports/NAME.expect.toml`. Two more, whose
cells LibreOffice has calculated and saved, are files of their own there.
"""

# ruff: noqa: E501   a row of a sheet is a line, as wide as it is

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

EXPORTS = Path(__file__).parent / "exports"
"""The exports that are files, and what each of all must give."""
YELLOW, GREEN = "FFFF00", "92D050"


def _sheet(book: Workbook, title: str, rows: str) -> Worksheet:
    """The next sheet of a book: a line is a row, ``|`` stands between cells, ``-`` is an empty row.

    Days and numbers are typed, but where an apostrophe makes them text, as it does in Excel; ``⏎``
    is a line break in a cell.
    """
    sheet: Worksheet = book.create_sheet(title)
    for row in rows.strip().splitlines():
        sheet.append([] if row.strip() == "-" else [_cell(text.strip()) for text in row.split("|")])
    return sheet


def _cell(text: str) -> Any:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return datetime.fromisoformat(text)
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return float(text) if "." in text else int(text)
    return text.removeprefix("'").replace("⏎", "\n") or None


def _book() -> Workbook:
    book = Workbook()
    del book[book.sheetnames[0]]
    return book


def _fill(sheet: Worksheet, cells: str, colour: str) -> None:
    """Fill the cells, written as ``A4 B9``, with a colour."""
    for cell in cells.split():
        sheet[cell].fill = PatternFill("solid", start_color=colour, end_color=colour)


def _comment(sheet: Worksheet, cell: str, words: str) -> None:
    sheet[cell].comment = Comment(words, "Anna Weber")


def spring_two_departments() -> Workbook:
    """Departments in merged cells down the rows, a title line, a legend, colours and comments."""
    book = _book()
    rows = """
        Joint plan spring 2027 (draft 7)
        -
        Department | What | Who | Start | End | Must be live by | Systems changed
        Marketing | Spring claim | Anna | 2027-01-11 | 2027-01-29
         | Spring pictures | Ben | 2027-02-01 | 2027-02-19
         | Spring landing pages | Anna | 2027-02-22 | 2027-03-19 |  | Web shop
         | Spring campaign | Anna | 2027-03-22 | 2027-04-09 | 2027-04-09
         | Member mails | Carla | 2027-04-12 | 2027-04-30 | 2027-04-30 | Mail tool
         | Easter raffle | Ben | 2027-03-08 | 2027-03-19
         | Mail templates | Carla | 2027-01-04 | 2027-02-12 |  | Mail tool
         | Influencer pilot | Carla | 2027-05-03 | 2027-05-28
         | Survey | Ben | 2027-06-07 | 2027-06-18
        IT | Single sign-on | Dana | 2027-01-04 | 2027-04-09 |  | Directory
         | Consent API | Emil | 2027-01-18 | 2027-03-12 |  | Consent tool
         | Shop release 8 | Dana | 2027-03-01 | 2027-04-16 |  | Web shop
         | Mail tool update | Emil | 2027-01-25 | 2027-02-26 |  | Mail tool
         | Data cleansing | Emil | 2027-03-15 | 2027-04-02 |  | CRM
         | Penetration test | Dana | 2027-05-03 | 2027-05-14
        Legal | Raffle rules | Fiona | 2027-02-15 | 2027-02-26
        -
        Legend | yellow = not agreed yet
         | green = done
    """
    sheet = _sheet(book, "Plan", rows)
    for first, last in ((4, 12), (13, 18)):
        sheet.merge_cells(f"A{first}:A{last}")
    sheet.merge_cells("A1:G1")
    _fill(sheet, "B8 B15 B21", YELLOW)
    _fill(sheet, "B22", GREEN)
    _comment(sheet, "B8", "needs SSO from IT")
    _comment(sheet, "B6", "waiting for the consent API")
    _comment(sheet, "B9", "after the raffle rules from Legal")
    _comment(sheet, "B12", "after all, a nice idea")
    return book


def gantt_in_weeks() -> Workbook:
    """A Gantt chart drawn in cells: no dates at all, weeks as columns, bars as filled cells."""
    book = _book()
    rows = """
        Project | Area | Needs | Changes system | CW 1 | CW 2 | CW 3 | CW 4 | CW 5 | CW 6 | CW 7 | CW 8 | CW 9 | CW 10 | CW 11 | CW 12
        Tag manager | IT
        Consent banner | IT | Tag manager
        Media plan | Marketing
        Retargeting | Marketing | Consent banner
        Shop filters | IT |  | Shop
        Filter texts | Marketing |  | Shop
        Catalogue | Marketing | Filter texts
        Load test | IT | Shop filters
    """
    sheet = _sheet(book, "2027", rows)
    bars = ((2, 1, 3), (3, 4, 6), (4, 1, 4), (5, 5, 8), (6, 2, 7), (7, 3, 4), (8, 5, 9), (9, 8, 9))
    for row, first, last in bars:
        for week in range(first, last + 1):
            place = sheet.cell(row, 4 + week).coordinate
            _fill(sheet, place, "5B9BD5")
    return book


def smartsheet() -> Workbook:
    """Smartsheet's export: predecessors by the row's number there, durations as ``5d``."""
    book = _book()
    rows = """
        Task Name | Department | Assigned To | Start | Finish | Duration | Predecessors | % Complete | Status | Go-Live Date | Comments
        Release 12 | IT | dana@acme.example | 2027-01-04 | 2027-02-26 | 40d |  | 0 | Not Started
        Price service | IT | emil@acme.example | 2027-03-01 | 2027-03-26 | 20d | '1 | 0 | Not Started
        Price campaign | Marketing | anna@acme.example | 2027-03-15 | 2027-04-09 | 20d | 2FS -5d | 0 | Not Started | 2027-04-09
        Price pages | Marketing | ben@acme.example | 2027-03-08 | 2027-03-19 | 10d | 2SS +5d | 0 | Not Started
        Voucher codes | IT | emil@acme.example | 2027-04-05 | 2027-04-16 | 2w |  | 0 | Not Started
        Voucher mails | Marketing | ben@acme.example | 2027-04-12 | 2027-04-16 | 5d | '5 | 0 | Not Started | 2027-04-16 | Voucher codes must be final
        Budget round | Marketing | anna@acme.example | 2026-11-02 | 2026-11-13 | 10d |  | 1 | Complete
        Half a thing | Marketing | anna@acme.example |  |  | 2.5d | '99 | 0 | On Hold
        Print ads | Marketing | ben@acme.example | 2027-05-03 | 2027-05-14 | 10d | 3, 4 | 0 | Not Started
    """
    _sheet(book, "Pricing", rows)
    _sheet(
        book,
        "Comments",
        """
        Row 6 | Voucher codes must be final | anna@acme.example
    """,
    )
    return book


def monday() -> Workbook:
    """Monday.com's export: a title, groups with headings of their own, sums below each group."""
    book = _book()
    rows = """
        Loyalty programme
        Everything about the loyalty programme
        -
        Foundations
        Name | Person | Status | Timeline - Start | Timeline - End | Dependent On | Department | Due date | Cost
        Points engine | Dana Lee | Not Started | '2027-02-15 | '2027-04-30 | Customer import | IT |  | 40000
        Customer import | Emil Roth | Not Started | '2027-01-11 | '2027-03-05 |  | IT |  | 15000
        Partner contracts | Anna Weber | Working on it | '2026-11-16 | '2027-01-29 |  | Marketing |  | 5000
         |  |  |  |  |  |  |  | 60000
        -
        Launch
        Name | Person | Status | Timeline - Start | Timeline - End | Dependent On | Department | Due date | Cost
        Teaser | Anna Weber | Not Started | '2027-04-12 | '2027-04-30 |  | Marketing |  | 8000
        Loyalty launch | Anna Weber, Ben Ortiz | Not Started | '2027-05-03 | '2027-05-14 | Points engine, Teaser | Marketing | '2027-05-14 | 25000
        Call centre training | Ben Ortiz | Stuck | '2027-04-19 | '2027-04-30 |  | Marketing
         |  |  |  |  |  |  |  | 33000
    """
    _sheet(book, "loyalty programme", rows)
    return book


def ms_project_german() -> Workbook:
    """A German Microsoft Project's workbook: "4EA+3 Tage", "Anna[50%]", days with their weekday."""
    book = _book()
    rows = """
        Nr. | Vorgangsname | Dauer | Anfang | Fertig stellen | Vorgänger | Ressourcennamen | % Abgeschlossen | Stichtag | Abteilung
        1 | Lastenheft | 10 Tage | Mon 04.01.27 | Fre 15.01.27 |  | Anna[50%] | 0% | NV | Marketing
        2 | Schnittstelle Kasse | 30 Tage? | Mon 18.01.27 | Fre 26.02.27 | '1 | Jonas;Petra[50%] | 0% | NV | IT
        3 | Testkasse | 15 Tage | Mon 25.01.27 | Fre 12.02.27 | 2AA+5 Tage | Petra | 0% | NV | IT
        4 | Coupons in Filialen | 2 Wochen | Mit 24.02.27 | Die 09.03.27 | 2EA+3 Tage | Anna | 0% | Fre 12.03.27 | Marketing
        5 | Schulung Filialen | 5 Tage | Mon 22.02.27 | Fre 26.02.27 | 2EE;3 | Ben | 0% | NV | Marketing
        6 | Start Coupons | 0 Tage | Fre 12.03.27 | Fre 12.03.27 | 4;5 | Anna | 0% | Fre 12.03.27 | Marketing
        7 | Kassenschnittstelle abnehmen | 4 Std. | Mon 01.03.27 | Mon 01.03.27 | '2 | Jonas | 0% | NV | IT
        8 | Plakate | 8 Tage | Mon 01.03.27 | Mit 10.03.27 |  | Ben | 25% | NV | Marketing
    """
    _sheet(book, "Vorgangstabelle1", rows)
    return book


def two_sheets_german() -> Workbook:
    """A sheet for each department, each counting its rows from 1, a third with explanations."""
    book = _book()
    _sheet(
        book,
        "Marketing",
        """
        Nr | Thema | Verantwortung | von | bis | Deadline | benötigt | verändert | Anmerkung
        1 | Markenauftritt | A. Weber | 04.01.2027 | 26.02.2027
        2 | Webseite Relaunch Texte | A. Weber | 01.03.2027 | 26.03.2027 |  | Markenauftritt | CMS
        3 | Relaunch | A. Weber | 29.03.2027 | 02.04.2027 | 02.04.2027 | Webseite Relaunch Texte⏎Neues CMS
        4 | Messe Juni | B. Ortiz | KW 20 | KW 23 | 11.06.2027 |  |  | nach Freigabe durch Legal
        5 | Messe-App Inhalte | B. Ortiz | 10.05.2027 | 28.05.2027 |  | Messe-App | Messe-App
    """,
    )
    _sheet(
        book,
        "IT",
        """
        Nr | Thema | Verantwortung | von | bis | Deadline | benötigt | verändert | Anmerkung
        1 | Neues CMS | J. Köhler | 11.01.2027 | 16.04.2027 |  |  | CMS
        2 | Messe-App | P. Groß | 01.03.2027 | 07.05.2027 |  |  | Messe-App | sobald Neues CMS fertig
        3 | Rechenzentrum Umzug | S. Lütz | 31.02.2027 | 30.04.2027
        4 | Monitoring | S. Lütz | 03.05.2027 | 21.05.2027 |  | Rechenzentrum Umzug
    """,
    )
    _sheet(
        book,
        "Erklärung",
        """
        Alle Angaben ohne Gewähr
        Stand: 27.11.2026
    """,
    )
    return book


def two_heading_lines() -> Workbook:
    """Headings on lines 3 and 4, a deleted column, a hidden and struck row, a key twice."""
    book = _book()
    rows = """
        Portfolio review
        -
         |  |  | Planned |  | Links |  | Tools | Ref
        Key | Topic | Unit | Start | Finish | Predecessor | Live on | Changes | #REF!
        P-1 | Delivery slots | IT | 2027-01-11 | 2027-03-19 |  |  | Order system | #REF!
        P-2 | Slot picker | IT | 2027-03-01 | 2027-04-02 | P-1 |  | Checkout | #REF!
        P-3 | Same-day promise | Marketing | 2027-04-05 | 2027-04-16 | P-2 | 2027-04-16 |  | #REF!
        P-4 | Packaging | Marketing | 2027-02-01 | 2027-02-26 |  |  |  | #REF!
        P-4 | Courier contract | Marketing | 2027-02-08 | 2027-03-05 |  |  | Order system | #REF!
        P-6 | Stopped pilot | IT | 2027-02-01 | 2027-02-12 |  |  |  | #REF!
         | Carrier tracking | IT | 2027-03-15 | 2027-04-16 | P-4 |  |  | #REF!
        P-8 | Tracking mails | Marketing | 2027-04-19 | 2027-04-30 | Carrier tracking |  |  | #REF!
    """
    sheet = _sheet(book, "Review", rows)
    for cells in ("D3:E3", "F3:G3"):
        sheet.merge_cells(cells)
    sheet.row_dimensions[10].hidden = True
    sheet["B10"].font = Font(strike=True)
    return book


def budget_french() -> Workbook:
    """A French budget sheet: money as numbers with a format, merged phases, a legal department."""
    book = _book()
    rows = """
        Phase | Action | Service | Début | Fin | Lancement | Prérequis | Budget | Outil modifié | Remarque
        Socle | Annuaire clients | Informatique | 2027-01-11 | 2027-03-19 |  |  | 35000 | CRM
         | Mentions légales | Juridique | 2027-02-01 | 2027-02-19 |  |  | 4200
         | Nettoyage des adresses | Marketing | 2027-02-15 | 2027-03-05 |  |  | 6000 | CRM
        Lancement | Carte de fidélité | Marketing | 2027-03-08 | 2027-04-02 | 2027-04-02 | Annuaire clients ; Mentions légales | 54000.5
         | Bornes en magasin | Informatique | 2027-03-22 | 2027-05-07 |  | Annuaire clients | 80000 | Caisse
         | Formation des vendeurs | Marketing | 2027-05-10 | 2027-05-21 |  |  |  |  | dépend des bornes en magasin
         | Bilan | Marketing |  |  |  |  |  |  | à préciser
        TOTAL |  |  |  |  |  |  | 179200.5
    """
    sheet = _sheet(book, "Budget", rows)
    for first, last in ((2, 4), (5, 8)):
        sheet.merge_cells(f"A{first}:A{last}")
    for row in range(2, 10):
        sheet.cell(row, 8).number_format = '#,##0.00\\ "€"'
    return book


BOOKS: dict[str, Callable[[], Workbook]] = {
    "spring-two-departments.xlsx": spring_two_departments,
    "gantt-in-weeks.xlsx": gantt_in_weeks,
    "smartsheet.xlsx": smartsheet,
    "monday.xlsx": monday,
    "ms-project-german.xlsx": ms_project_german,
    "two-sheets-german.xlsx": two_sheets_german,
    "two-heading-lines.xlsx": two_heading_lines,
    "budget-french.xlsx": budget_french,
}


def written(name: str, folder: Path) -> Path:
    """A workbook of these as a file in the folder."""
    path = folder / name
    BOOKS[name]().save(path)
    return path
