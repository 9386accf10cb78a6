"""XLSX: a sheet for each kind of table, and one for the links with what was agreed about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from planner.exchange.own_sheets import initiatives_sheet, links_outside, links_sheet, other_sheets
from planner.exchange.sheets.limits import MAX_TEXT
from planner.exchange.sheets.sheet import Sheet
from planner.exchange.sheets.writing import sheets_bytes
from planner.plan.model import Plan


def export(plan: Plan, ids: Sequence[str]) -> bytes:
    """The workbook of these initiatives, and of all that they refer to."""
    return sheets_bytes(list(_sheets(plan, ids)), ".xlsx")


def left_out(plan: Plan, ids: Sequence[str]) -> Mapping[str, int]:
    """Links that lead out of it, and the end of texts that no cell can hold."""
    cells = (cell for sheet in _sheets(plan, ids) for row in sheet.rows for cell in row)
    long = sum(len(cell.text) > MAX_TEXT for cell in cells)
    return {
        "links to other initiatives": links_outside(plan, ids),
        f"texts of more than {MAX_TEXT:,} characters": long,
    }


def _sheets(plan: Plan, ids: Sequence[str]) -> Iterator[Sheet]:
    yield initiatives_sheet(plan, ids, links=False)
    yield links_sheet(plan, ids)
    yield from other_sheets(plan)
