"""Linear's CSV of issues: its columns, its days as JavaScript prints them, its points.

Older exports lack the columns of links; what a description says is asked as in any sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from planner.analysis.importing import Incoming, Loss
from planner.exchange.importing.presets.tracker import (
    Export,
    Issue,
    Named,
    day_cell,
    incoming_from,
    keys_in,
    left_out,
    no_days,
)
from planner.exchange.sheets.sheet import Cell, Sheet

_ALWAYS = frozenset(("ID", "Team", "Title", "Cycle Number", "Parent issue", "Project Milestone"))
"""Columns that all of its exports have, and together nobody else's."""
_OWN = frozenset(
    (
        "Project ID", "Creator", "Cycle Number", "Cycle Name", "Cycle Start", "Cycle End",
        "Created", "Updated", "Triaged", "Canceled", "Archived", "Project Milestone ID",
        "SLA Status", "UUID", "Time in status (minutes)",
    )
)  # fmt: skip
"""Columns that Linear has for itself."""
_MEANINGS = {
    "Team": "portfolio",
    "Status": "status",
    "Priority": "priority",
    "Assignee": "person",
    "Labels": "tags",
    "Initiatives": "tags",
    "Project Milestone": "tags",
    "Due Date": "deadline",
    "Started": "actual_start",
    "Completed": "finished",
    "Description": "notes",
}
POINTS, DUPLICATE = "Estimate", "Duplicate of"
_DAYS = frozenset(("Due Date", "Started", "Completed"))
_ELSEWHERE = frozenset(
    ("ID", "Title", "Estimate", "Project", "Parent issue", "Related to", "Blocked by", DUPLICATE)
)


def recognises(sheets: Sequence[Sheet]) -> bool:
    """Whether a sheet is Linear's."""
    rows = sheets[0].rows if sheets else ()
    return bool(rows) and {cell.text for cell in rows[0]} >= _ALWAYS


def incoming(
    sheets: Sequence[Sheet],
    source: str,
    mapping: Mapping[str, str] | None = None,
    today: date | None = None,
) -> Incoming:
    """What the issues say."""
    own = mapping or {}
    headings = [cell.text for cell in sheets[0].rows[0]]
    rows = [
        (at, {heading: cell.text for heading, cell in zip(headings, cells, strict=False)})
        for at, cells in enumerate(sheets[0].rows[1:], 2)
        if any(cell.text for cell in cells)
    ]
    issues = tuple(_issue(row, cells, own) for row, cells in rows)
    losses = (
        *_losses(headings, [cells for _, cells in rows], own),
        *_duplicates(rows),
    )
    names = ("ID", "Title", "Project")
    export = Export("Linear", source, _MEANINGS, issues, losses, 2, *names)
    return incoming_from(export, mapping, today)


def _losses(
    headings: Sequence[str], rows: Sequence[Mapping[str, str]], own: Mapping[str, str]
) -> Iterator[Loss]:
    filled = {heading for row in rows for heading, text in row.items() if text}
    yield from left_out("Linear", (h for h in headings if h in _OWN & filled and h not in own))
    if POINTS not in own:
        yield from no_days(POINTS, sum(bool(row.get(POINTS)) for row in rows))


def _duplicates(rows: Sequence[tuple[int, Mapping[str, str]]]) -> Iterator[Loss]:
    for row, cells in rows:
        if key := cells.get(DUPLICATE):
            yield Loss(row, DUPLICATE, key, "a duplicate waits for nothing")


def _issue(row: int, cells: Mapping[str, str], own: Mapping[str, str]) -> Issue:
    return Issue(
        row=row,
        key=cells.get("ID", ""),
        title=cells.get("Title", ""),
        cells={
            heading: _cell(heading, text)
            for heading, text in cells.items()
            if text and (heading in own or heading not in _OWN | _ELSEWHERE)
        },
        waits_for=_named("Blocked by", cells),
        relates=_named("Related to", cells),
        parent=cells.get("Parent issue", ""),
        whole=cells.get("Project", ""),
    )


def _cell(heading: str, text: str) -> Cell:
    if heading in _DAYS:
        return day_cell(text, is_midnight=heading == "Due Date")
    return Cell(text)


def _named(heading: str, cells: Mapping[str, str]) -> tuple[Named, ...]:
    return tuple(Named(heading, key) for key in keys_in(cells.get(heading, "")))
