"""Sheets as people keep them: encodings, separators, quotes, merged cells, notes, hidden rows."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.colors import Color
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from planner.errors import ReadError, UsageError
from planner.exchange.sheets.reading import read_sheets
from planner.exchange.sheets.sheet import Sheet
from tests.cli.conftest import Run, run
from tests.long import of_length

__all__ = ["run"]

UMLAUTS = "Titel;Zuständig\nGröße ändern;Jörg Weiß\nMenü für Straßenfest;Zoë\n"


def sheet_in(tmp_path: Path, raw: bytes, name: str = "plan.csv") -> Sheet:
    file = tmp_path / name
    file.write_bytes(raw)
    (sheet,) = read_sheets(file)
    return sheet


def texts(sheet: Sheet) -> list[list[str]]:
    return [[cell.text for cell in row] for row in sheet.rows]


@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("utf-8", ()),
        ("utf-8-sig", ()),
        ("utf-16", ()),
        ("utf-32", ()),
        ("utf-16-le", ("read as UTF-16, since it is not UTF-8",)),
        ("utf-16-be", ("read as UTF-16, since it is not UTF-8",)),
        ("cp1252", ("read as Windows-1252, since it is not UTF-8",)),
        ("mac_roman", ("read as Mac Roman, since it is not UTF-8",)),
    ],
)
def test_letters_are_told_by_looking(tmp_path: Path, encoding: str, note: tuple[str, ...]) -> None:
    sheet = sheet_in(tmp_path, UMLAUTS.encode(encoding))

    assert texts(sheet) == [line.split(";") for line in UMLAUTS.splitlines()]
    assert sheet.notes == note


@pytest.mark.parametrize("text", ["Événement;Où\nFête à Noël;Hôtel", "Año;Qué\nCampaña;Señor"])
@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_letters_of_other_languages(tmp_path: Path, text: str, encoding: str) -> None:
    sheet = sheet_in(tmp_path, text.encode(encoding))

    assert texts(sheet) == [line.split(";") for line in text.splitlines()]


def test_signs_of_windows_alone_are_windows(tmp_path: Path) -> None:
    sheet = sheet_in(tmp_path, "Title,Cost\nIt’s – “new”,5 €\n".encode("cp1252"))

    assert texts(sheet)[1] == ["It’s – “new”", "5 €"]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
        ("a;b\n1,5;2,5\n", [["a", "b"], ["1,5", "2,5"]]),
        ("a;b\n1,5;2,5\n3,1;4\n", [["a", "b"], ["1,5", "2,5"], ["3,1", "4"]]),
        ("a\tb, c\n1\t2, 3\n", [["a", "b, c"], ["1", "2, 3"]]),
        ("a|b\n1;2|3;4\n", [["a", "b"], ["1;2", "3;4"]]),
        ("sep=;\r\na,b;c\r\n", [["a,b", "c"]]),
        (
            "Plan of 2027, draft\n\na;b;c\n1;2;3\n4;5;6\n",
            [["Plan of 2027, draft"], [], list("abc"), list("123"), list("456")],
        ),
        ('a,b\n"x;y;z","1;2;3"\n', [["a", "b"], ["x;y;z", "1;2;3"]]),
        ('"Title","Say ""so"""\n"two\r\nlines",x\n', [["Title", 'Say "so"'], ["two\nlines", "x"]]),
        ("a\nb\n", [["a"], ["b"]]),
        ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
        ("a,b,c\n1\n\n,,\n2,3,4,5,\n\n", [["a", "b", "c"], ["1"], [], [], list("2345")]),
        ("", []),
    ],
)
def test_separators_are_told_by_looking(tmp_path: Path, text: str, rows: list[list[str]]) -> None:
    assert texts(sheet_in(tmp_path, text.encode())) == rows


def test_tabs_of_a_tsv(tmp_path: Path) -> None:
    assert texts(sheet_in(tmp_path, b"a\tb\n1\t2\n", "plan.tsv")) == [["a", "b"], ["1", "2"]]


def test_a_quote_without_end_is_told_by_its_row(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as refused:
        sheet_in(tmp_path, b'a,b\n1,2\n3,"4\n5,6\n7,8\n')

    assert refused.value.line == 3


@pytest.mark.parametrize("suffix", [".xls", ".xlsb", ".ods", ".numbers"])
def test_other_workbooks_say_how_to_save_them(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"plan{suffix}"
    file.write_bytes(b"\xd0\xcf\x11\xe0")

    with pytest.raises(ReadError) as refused:
        read_sheets(file)
    assert refused.value.file == str(file)
    assert ".xlsx" in f"{refused.value.hint}" or "Excel" in f"{refused.value.hint}"


def test_tables_of_markdown(tmp_path: Path) -> None:
    page = "\n".join(
        (
            "# Plan",
            "```",
            "| not | a table |",
            "|---|---|",
            "```",
            "## First | one",
            "| Title | Say \\| so |",
            "|:--|--:|",
            "| a<br>b | `x` |",
            "| c |",
            "",
            "Name | Day",
            "--- | ---",
            "d | 3 May",
            "# Last",
            "|e|",
            "|-|",
        )
    )
    file = tmp_path / "plan.md"
    file.write_text(page)

    first, second, last = read_sheets(file)
    assert (first.title, second.title, last.title) == ("First | one", "First | one", "Last")
    assert texts(first) == [["Title", "Say | so"], ["a\nb", "`x`"], ["c"]]
    assert texts(second) == [["Name", "Day"], ["d", "3 May"]]
    assert texts(last) == [["e"]]


def book(tmp_path: Path, *, since_1904: bool = False) -> Path:
    """A workbook with all that a cell can have."""
    made = openpyxl.Workbook()
    if since_1904:
        made.epoch = CALENDAR_MAC_1904
    page = made.worksheets[0]
    page.title = "Pläne"
    page.append(["Title", "Day", "Part", "Sum", "Done", "Error", "When"])
    page.append(["SSO", date(2027, 5, 3), 0.25, "=C2*2", True, "#REF!", datetime(2027, 5, 3, 14)])
    page.append(["two\r\nlines", None, None, None, None, None, time(9, 30)])
    page["C2"].number_format = "0%"
    page["A2"].comment = Comment("Elena:\nneeds consent API from IT", "Elena")
    page["A2"].fill = PatternFill("solid", fgColor="FFFFEE00")
    page["B2"].fill = PatternFill("solid", fgColor=Color(theme=4, tint=0.4))
    page["A2"].hyperlink = "https://shop.example/SSO"
    page["A5"] = "Marketing"
    page.merge_cells("A5:A6")
    page["B5"], page["B6"] = "one", "two"
    page["A7"], page["B7"] = "gone", "too"
    page["A7"].font = page["B7"].font = Font(strike=True)
    page.row_dimensions[6].hidden = True
    for row in range(10, 2000):
        page.cell(row, 3).fill = PatternFill("solid", fgColor="FF000000")
    hidden = made.create_sheet("Lists")
    hidden.append(["yes"])
    hidden.sheet_state = "hidden"
    file = tmp_path / "plan.xlsx"
    made.save(file)
    return file


@pytest.mark.parametrize("since_1904", [False, True])
def test_cells_of_a_workbook(tmp_path: Path, since_1904: bool) -> None:
    sheet, lists = read_sheets(book(tmp_path, since_1904=since_1904))

    assert [cell.value for cell in sheet.rows[1]] == [
        "SSO",
        date(2027, 5, 3),
        "25%",
        "=C2*2",
        True,
        "#REF!",
        date(2027, 5, 3),
    ]
    assert sheet.cell(2, 0).value == "two\nlines"
    assert sheet.cell(2, 6).value == "09:30"
    assert sheet.cell(1, 0).note == "needs consent API from IT"
    assert sheet.cell(1, 0).fill == "FFEE00"
    assert sheet.cell(1, 0).link == "https://shop.example/SSO"
    assert sheet.cell(1, 1).fill == "95B3D7"
    assert [sheet.cell(row, 0).text for row in (4, 5)] == ["Marketing", "Marketing"]
    assert sheet.hidden == {5}
    assert sheet.struck == {6}
    assert len(sheet.rows) == 7
    assert (sheet.title, sheet.is_hidden, lists.title, lists.is_hidden) == (
        "Pläne",
        False,
        "Lists",
        True,
    )


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice here")
@pytest.mark.parametrize("form", of_length(["ods", "xlsx"], ["xlsx"]))
def test_cells_of_a_workbook_that_libreoffice_saved(tmp_path: Path, form: str) -> None:
    file, (before, _) = book(tmp_path), read_sheets(book(tmp_path))
    saved = converted(file, form)
    saved = converted(saved, "xlsx") if form == "ods" else saved

    sheet, lists = read_sheets(saved)
    values = [cell.value for cell in sheet.rows[1]]
    assert values[:3] == ["SSO", date(2027, 5, 3), "25%"]
    assert values[3] == 0.5
    assert [[cell.text for cell in row] for row in sheet.rows[4:7]] == [
        [cell.text for cell in row] for row in before.rows[4:7]
    ]
    assert sheet.cell(1, 0).note.endswith("needs consent API from IT")
    assert (sheet.cell(1, 0).fill, sheet.cell(1, 0).link) == ("FFEE00", before.cell(1, 0).link)
    assert (set(sheet.hidden), set(sheet.struck), lists.is_hidden) == ({5}, {6}, True)


def converted(file: Path, form: str) -> Path:
    """A workbook as LibreOffice saves it."""
    folder = file.parent / f"saved-{file.suffix[1:]}"
    profile = f"-env:UserInstallation={(file.parent / 'profile').as_uri()}"
    words = ["soffice", profile, "--headless", "--convert-to", form, "--outdir", str(folder)]
    subprocess.run([*words, str(file)], capture_output=True, check=True)
    return folder / f"{file.stem}.{form}"


def test_without_the_extra_it_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = book(tmp_path)
    for name in ("openpyxl.styles.colors", "openpyxl.styles.numbers", "openpyxl.utils.datetime"):
        monkeypatch.setitem(__import__("sys").modules, name, None)

    with pytest.raises(UsageError) as refused:
        read_sheets(file)
    assert "joint-planner[xlsx]" in f"{refused.value.hint}"
    assert "'.[xlsx]'" in f"{refused.value.hint}"


def test_an_import_says_which_letters_were_assumed(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_bytes(UMLAUTS.encode("cp1252"))

    ran = run("import", str(file), str(tmp_path / "new.toml"), "--dry-run", "--json")
    assert "Windows-1252" in str(json.loads(ran.out)["notes"])
