"""What a hostile file does: a message with its name, and never more than 200 MB.

Each is read by a process of its own, whose peak of memory is the kernel's figure.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec import Struct

from planner.errors import ReadError
from planner.exchange import xml_events
from planner.exchange.sheets.reading import read_sheets
from tests.exchange import hostile_files as hostile
from tests.exchange.hostile_files import (
    HEADING,
    MEGABYTE,
    Build,
    Many,
    Part,
    many,
    with_part,
    with_sheet,
    with_type,
)
from tests.long import of_length

MAX_MEMORY = 200
"""Megabytes."""
_LIMITED = """
import json, resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))

def peak():
    line = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1024
"""
_READ = f"""{_LIMITED}
from planner.exchange.sheets.reading import read_sheets
sheets = read_sheets(Path(sys.argv[1]))
said = {{"cells": sum(len(row) for sheet in sheets for row in sheet.rows)}}
said["first"] = [[cell.text for cell in row] for row in sheets[0].rows[:2]]
print(json.dumps({{**said, "megabytes": peak()}}))
"""
_IMPORT = f"""{_LIMITED}
from planner.cli.main import main
try:
    main(["import", sys.argv[1], "new"])
finally:
    print(json.dumps({{"megabytes": peak()}}), file=sys.__stdout__)
"""


class Read(Struct):
    """What became of a file."""

    megabytes: int
    error: str = ""
    code: int = 0
    cells: int = 0
    first: list[list[str]] = []


def ran(program: str, file: Path) -> Read:
    """What a process of its own makes of a file, in the file's folder."""
    words = [sys.executable, "-c", program, str(file)]
    done = subprocess.run(
        words, capture_output=True, text=True, check=False, timeout=120, cwd=file.parent
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Read(error=done.stderr, code=done.returncode, **json.loads(done.stdout.splitlines()[-1]))


_SHEET = "xl/worksheets/sheet1.xml"
_STRINGS = "xl/sharedStrings.xml"
_CELL = '<c t="inlineStr"><is><t>{}</t></is></c>'
_NUMBER = "<row><c><v>1</v></c></row>"
_MERGED = '<mergeCell ref="A1:XFD1048576"/>'
_ROW = b"Some title,it,2027-05-03,5d\n"


def project(before: str, piece: str, times: int) -> Build:
    """A file of Microsoft Project."""
    return hostile.many_file("plan.xml", many(before, piece, times))


REFUSED: dict[str, Build] = {
    "a member of 10 GB": lambda folder: hostile.one_member(
        folder, claimed=10_000 * MEGABYTE, real=10_000
    ),
    "a member of 10 GB that claims 1 kB": lambda folder: hostile.one_member(
        folder, claimed=1_000, real=10_000
    ),
    "archives in archives": hostile.nested,
    "a directory of 20 MB": hostile.many_members,
    "packed by bzip2": hostile.BY_BZIP2,
    "packed by lzma": hostile.BY_LZMA,
    "cut off": hostile.cut_off,
    "a bit turned over": hostile.flipped,
    "flags of encryption": hostile.flagged,
    "a password": hostile.with_password,
    "entities of entities": with_type(hostile.BILLION_LAUGHS),
    "a long entity often": with_type(hostile.BLOWUP, "&x;" * 10_000),
    "a file as an entity": with_type(hostile.OUTSIDE),
    "an address as an entity": with_type(hostile.PARAMETER, "x"),
    "an address as its type": with_type(hostile.TYPE_OUTSIDE, "x"),
    "an empty type": with_type("<!DOCTYPE x>", "x"),
    "a type in UTF-16": with_part(
        _SHEET, "<!DOCTYPE x><worksheet><sheetData/></worksheet>".encode("utf-16")
    ),
    "entities in the workbook": with_part(
        "xl/workbook.xml", hostile.BILLION_LAUGHS + hostile.WORKBOOK
    ),
    "entities in the texts": with_part(_STRINGS, f"{hostile.BILLION_LAUGHS}<sst/>"),
    "1,048,576 rows": with_sheet(_NUMBER, times=1_048_576),
    "16,384 columns in each row": with_sheet('<row><c r="XFD1"><v>1</v></c></row>', times=100),
    "a row of millions of cells": with_part(
        _SHEET, many("<worksheet><sheetData><row>", "<c/>", 20_000_000)
    ),
    "rows beyond the last": with_sheet('<row r="1048577"><c r="A1048577"><v>1</v></c></row>'),
    "columns beyond the last": with_sheet('<row r="1"><c r="ZZZ1"><v>1</v></c></row>'),
    "a cell of 10 MB": with_part(
        _SHEET,
        many('<worksheet><sheetData><row><c t="str"><v>', "a", 10 * MEGABYTE, "</v></c></row>"),
    ),
    "a text of 10 MB": with_part(_STRINGS, many("<sst><si><t>", "a", 10 * MEGABYTE, "</t></si>")),
    "texts of 100 MB": with_part(
        _STRINGS, many("<sst>", f"<si><t>{chr(0x1F600) * 1000}</t></si>", 25_000)
    ),
    "millions of empty texts": with_part(_STRINGS, many("<sst>", "<si/>", 20_000_000)),
    "millions of styles": with_part(
        "xl/styles.xml", many("<styleSheet><cellXfs>", "<xf/>", 20_000_000)
    ),
    "millions of sheets": with_part(
        "xl/workbook.xml", many('<x xmlns:r="r">', '<sheet r:id="rId1"/>', 5_000_000)
    ),
    "millions of elements": with_sheet("<row/>", times=5_000_000),
    "elements in elements": with_sheet("<row>", times=10_000_000),
    "millions of names": lambda folder: with_part(
        _SHEET, Many(tuple((f"<a{number}/>", 1) for number in range(100_000)))
    )(folder),
    "millions of attributes": lambda folder: with_part(
        _SHEET, Many((("<row", 1), *((f' a{number}=""', 1) for number in range(200_000))))
    )(folder),
    "a comment of 50 MB": with_part(_SHEET, many("<!-- ", "a", 50 * MEGABYTE, " -->")),
    "merged over all": with_sheet(
        HEADING + '<row r="9000"><c r="B9000"><v>1</v></c></row>',
        f"<mergeCells>{_MERGED * 1000}</mergeCells>",
    ),
    "a text that is not there": with_sheet('<row><c t="s"><v>7</v></c></row>'),
    "no XML": with_part("xl/worksheets/sheet1.xml", b"\x00\x01\x02"),
    "no sheet": with_part("xl/workbook.xml", "<workbook/>"),
    "nothing": hostile.text_file("plan.xlsx", b""),
    "a CSV called .xlsx": hostile.text_file("plan.xlsx", b"Title;Start\n"),
    "a workbook called .csv": lambda folder: hostile.book(folder, {}).rename(folder / "plan.csv"),
    "a PDF called .csv": hostile.text_file("plan.csv", b"%PDF-1.7\n"),
    "a picture called .csv": hostile.text_file("plan.csv", b"\x89PNG\r\n\x1a\n"),
    "any bytes called .csv": hostile.text_file("plan.csv", bytes(range(256)) * 10),
    "a CSV of 100 MB": hostile.text_file("plan.csv", _ROW * 1000, 100 * MEGABYTE // 28_000),
    "a CSV of 100 MB in UTF-16": hostile.text_file(
        "plan.csv", (_ROW * 1000).decode().encode("utf-16"), 100 * MEGABYTE // 56_000
    ),
    "a row of 100 MB": hostile.text_file("plan.csv", b"Title," * 100_000, 170),
    "a row of 15 MB": hostile.text_file("plan.csv", b"Title," * 2_500_000),
    "a row of 15 MB of tabs": hostile.text_file("plan.tsv", b"\t" * 15_000_000),
    "a cell of 10 MB of a CSV": hostile.text_file(
        "plan.csv", b'Title\n"' + b"a\n" * 5_000_000 + b'"\n'
    ),
    "15 MB of empty lines": hostile.text_file("plan.csv", b"\n" * 15_000_000),
    "15 MB of quotes": hostile.text_file("plan.csv", b'"' * 15_000_000),
    "a table of 15 MB": hostile.text_file("plan.md", b"|a|b|\n|-|-|\n" + b"|" * 15_000_000),
    "tables of 15 MB": hostile.text_file("plan.md", b"|a|b|\n|-|-|\n\n" * 1_000_000),
    "rules of 15 MB": hostile.text_file("plan.md", b"|a|\n" + b"-" * 15_000_000 + b"x"),
    "entities of Project": project(hostile.BILLION_LAUGHS, "<Project/>", 1),
    "a file as an entity of Project": project(hostile.OUTSIDE, "<Project>&x;</Project>", 1),
    "millions of tasks": project("<Project><Tasks>", "<Task><UID>1</UID></Task>", 1_000_000),
    "100 MB of Project": project("<Project><Notes>", f"{'a' * 999}\n", 110_000),
    "elements in elements of Project": project("<Project>", "<a>", 5_000_000),
    "millions of names of Project": hostile.many_file(
        "plan.xml", Many((("<Project>", 1), *((f"<a{n}/>", 1) for n in range(100_000))))
    ),
    "a tag of Project without end": project("<Project ", "a='' ", 5_000_000),
    "a comment of Project without end": project("<Project><!-- ", "a", 50_000_000),
    "100 MB of JSON": hostile.text_file("plan.json", b"[1]" * 1_000_000, 35),
    "lists in lists of JSON": hostile.text_file("plan.json", b"[" * 15_000_000),
    "millions of values of JSON": hostile.text_file("plan.json", b"[" + b"1," * 7_000_000),
    "a long text of JSON": hostile.text_file(
        "plan.json", b'["' + "😀".encode() * 3_900_000 + b'"]'
    ),
    "a folder": hostile.folder_of_its_name,
    "a pipe": hostile.pipe,
    "a device without end": hostile.link_to("/dev/zero"),
    "a link in a circle": hostile.link_to("plan.csv"),
    "a link to nothing": hostile.link_to("gone.csv"),
    "a file that is not there": lambda folder: folder / "gone.csv",
    "no sheet by its name": hostile.text_file("plan.exe", b"Title\n"),
}


LARGE = ("1,048,576 rows", "millions of elements", "millions of styles", "a table of 15 MB")
"""What is refused only after seconds; others of each kind are refused earlier."""


@pytest.mark.one_in(4)
@pytest.mark.parametrize("name", of_length(REFUSED, LARGE))
def test_an_import_refuses_it_within_bounds_and_writes_nothing(tmp_path: Path, name: str) -> None:
    file = REFUSED[name](tmp_path)
    before = sorted(tmp_path.iterdir())

    found = ran(_IMPORT, file)
    assert found.code == 2
    assert found.error.startswith(f"planner: {file}")
    assert sorted(tmp_path.iterdir()) == before
    assert found.megabytes <= MAX_MEMORY


COLOUR = '<c s="1"/>'
READ: dict[str, tuple[Build, int]] = {
    "1,048,576 empty rows": (with_sheet('<row s="1" hidden="1"/>', times=1_048_575), 0),
    "rows of colour alone": (
        with_sheet(
            f"<row>{COLOUR * 20}</row>", times=100_000, after=HEADING.replace("1", "100001")
        ),
        1,
    ),
    "a whole sheet merged": (
        with_sheet(HEADING, f"<mergeCells>{_MERGED}</mergeCells>"),
        1,
    ),
    "most cells that there may be": (
        with_sheet("<row><c><v>1.5</v></c></row>", times=249_000),
        249_000,
    ),
    "most texts that there may be": (
        with_sheet(f"<row>{_CELL.format('é' * 30) * 19}</row>", times=24_000),
        456_000,
    ),
    "stored, not packed": (hostile.STORED, 0),
    "16 MB of a CSV": (
        hostile.text_file("plan.csv", b"\xf0\x9f\x98\x80 a title,x\n" * 166_000),
        332_000,
    ),
    "a long line": (hostile.text_file("plan.csv", b"Title," * 100_000), 100_000),
}


AT_THE_LIMIT = (
    "1,048,576 empty rows",
    "rows of colour alone",
    "most texts that there may be",
    "stored, not packed",
)


@pytest.mark.parametrize("name", of_length(READ, AT_THE_LIMIT))
def test_it_is_read_within_bounds(tmp_path: Path, name: str) -> None:
    build, cells = READ[name]

    found = ran(_READ, build(tmp_path))
    assert (found.error, found.cells) == ("", cells)
    assert found.megabytes <= MAX_MEMORY


def test_elements_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in `millions of elements`, with a smaller number."""
    monkeypatch.setattr(xml_events, "_MAX_ELEMENTS", 1000)
    with pytest.raises(ReadError, match="1,000 elements"):
        read_sheets(with_sheet("<row/>", times=1000)(tmp_path))


def test_other_workbooks_are_never_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_text("<externalLink/>")
    listing = hostile.PARTS["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>",
        hostile.relation("rId9", "externalLink", secret.as_uri(), "External")
        + hostile.relation("rId8", "externalLink", "../../../secret.xml")
        + "</Relationships>",
    )
    rows = '<row><c t="str"><f>[1]Plan!A1</f><v>SSO</v></c></row>'
    parts: dict[str, Part] = {"xl/_rels/workbook.xml.rels": listing, _SHEET: hostile.sheet(rows)}
    found = ran(_READ, hostile.book(tmp_path, parts))

    assert found.first == [["SSO"]]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_of_somebody_else(tmp_path: Path) -> None:
    assert ran(_IMPORT, hostile.not_to_be_read(tmp_path)).code == 2


@pytest.mark.parametrize(
    "name", ["two\nlines.csv", "\x1b[2Jgone.csv", "-rf.csv", "plan‮vsc.csv", "sep\x1f.csv"]
)
def test_any_name_is_a_name(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text("Title\nSSO\n")

    assert ran(_READ, file).first == [["Title"], ["SSO"]]


def test_20_000_rows_of_20_columns_are_read(tmp_path: Path) -> None:
    cells = "".join(_CELL.format(f"Some text of a cell, {number}") for number in range(20))
    found = ran(_READ, with_sheet(f"<row>{cells}</row>", times=20_000)(tmp_path))

    assert (found.error, found.cells) == ("", 400_000)
    assert found.megabytes <= MAX_MEMORY
