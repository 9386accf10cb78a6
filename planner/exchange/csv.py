"""CSV: the initiatives, one a row, with the format's own keys as headings.

UTF-8 with a mark, since Excel takes it for another encoding without; lines end with a line feed, so
that git shows a changed row as one line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planner.exchange.own_sheets import initiatives_sheet, links_outside, other_sheets
from planner.exchange.sheets.writing import sheets_bytes
from planner.plan.model import Plan
from planner.roadmap.entities import SINGLES


def export(plan: Plan, ids: Sequence[str]) -> bytes:
    """The table of these initiatives."""
    return sheets_bytes([initiatives_sheet(plan, ids, links=True)], ".csv")


def left_out(plan: Plan, ids: Sequence[str]) -> Mapping[str, int]:
    """All tables but those of the initiatives."""
    tables = {
        sheet.title if sheet.title not in SINGLES else f"keys of {sheet.title}": len(sheet.rows) - 1
        for sheet in other_sheets(plan)
    }
    return {"links to other initiatives": links_outside(plan, ids), **tables}
