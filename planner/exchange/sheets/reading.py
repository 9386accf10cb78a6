"""Sheets from a file, by its suffix. Whatever stands in it, it is read within 200 MB or refused."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from planner.errors import ReadError
from planner.exchange.sheets.limits import MAX_BYTES
from planner.exchange.sheets.sheet import Sheet
from planner.files.reading import opened

_TEXT = (".csv", ".tsv", ".tab", ".txt", ".md", ".markdown")
_BOOKS = (".xlsx", ".xlsm")
SUFFIXES = (*_TEXT, *_BOOKS)
"""Of the files that can be read."""

_AS_XLSX = {
    ".xls": "open it in Excel or LibreOffice and save it as .xlsx",
    ".xlsb": "open it in Excel and save it as .xlsx",
    ".ods": "open it in LibreOffice and save it as .xlsx (File, Save As, Excel 2007-365)",
    ".numbers": "open it in Numbers and export it (File, Export To, Excel)",
    ".gsheet": "open it in Google Sheets and download it (File, Download, Microsoft Excel)",
}
_BEGINNINGS = {
    b"PK\x03\x04": "a zip archive or a workbook",
    b"\xd0\xcf\x11\xe0": "an old .xls",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\x1f\x8b": "a gzip archive",
}


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """The sheets of a CSV, TSV, XLSX or Markdown file.

    Raises ReadError, with the line or the sheet and cell, for what can't be read or is too much.
    """
    suffix = path.suffix.lower()
    if (hint := _AS_XLSX.get(suffix)) is not None:
        raise ReadError(f"{suffix} can't be read", file=str(path), hint=hint)
    if suffix not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        raise ReadError("is no sheet by its name", file=str(path), hint=f"one of {known}")
    with opened(path) as source:
        if suffix in _BOOKS:
            return _workbook(source, str(path))
        return _text(_bytes(source, str(path)), path)


def _workbook(source: BinaryIO, file: str) -> tuple[Sheet, ...]:
    from planner.exchange.extras import needs

    with needs("xlsx"):
        from planner.exchange.sheets.workbook import workbook_sheets

        return workbook_sheets(source, file)


def _text(raw: bytes, path: Path) -> tuple[Sheet, ...]:
    if path.suffix.lower() in (".md", ".markdown"):
        from planner.exchange.sheets.markdown import markdown_sheets

        return markdown_sheets(raw, path.stem, str(path))
    from planner.exchange.sheets.separated import separated_sheet

    return (separated_sheet(raw, path.stem, str(path)),)


def _bytes(source: BinaryIO, file: str) -> bytes:
    """All of a file of text. The size may be a lie: what is read is what counts."""
    raw = source.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise ReadError(
            f"more than {MAX_BYTES // 1024 // 1024} MB of text",
            file=file,
            hint="save the rows of the plan alone in a file of their own",
        )
    for beginning, what in _BEGINNINGS.items():
        if raw.startswith(beginning):
            raise ReadError(
                f"is {what}, not text", file=file, hint="give it the suffix of what it is"
            )
    return raw
