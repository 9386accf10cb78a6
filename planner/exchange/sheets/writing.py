"""Sheets into a file, by its suffix; the same sheets always give the same bytes."""

from __future__ import annotations

from collections.abc import Sequence

from planner.errors import UsageError
from planner.exchange.sheets.sheet import Sheet

SUFFIXES = (".csv", ".tsv", ".xlsx", ".md")
"""Of the files that can be written."""


def sheets_bytes(sheets: Sequence[Sheet], suffix: str) -> bytes:
    """The bytes of a file with this suffix; of several sheets only XLSX and Markdown hold more
    than the first. Nothing in them is taken for a formula.
    """
    if suffix in (".csv", ".tsv"):
        from planner.exchange.sheets.separated import separated_bytes

        return separated_bytes(sheets[0], "\t" if suffix == ".tsv" else ",")
    if suffix == ".md":
        from planner.exchange.sheets.markdown import markdown_text

        return markdown_text(sheets).encode()
    if suffix == ".xlsx":
        from planner.exchange.extras import needs

        with needs("xlsx"):
            from planner.exchange.sheets.workbook_bytes import workbook_bytes

            return workbook_bytes(sheets)
    raise UsageError(f"no sheet is written as {suffix}", hint=f"one of {', '.join(SUFFIXES)}")
