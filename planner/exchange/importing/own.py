"""Sheets that an export of ours made: one for each kind of table, the format's keys as headings.

Known by a column `id` and by headings that are keys of the format or what the schedule says of
initiatives, which is read past. Nothing has to be understood here: a cell is the format's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from planner.analysis.importing import Column, Incoming, Loss
from planner.exchange import own_sheets
from planner.exchange.importing.building import Draft
from planner.exchange.importing.owncells import own_part, own_value
from planner.exchange.own_sheets import LINKS
from planner.exchange.sheets.sheet import Cell, Sheet
from planner.roadmap.entities import KINDS, SINGLES
from planner.roadmap.fields import fields
from planner.roadmap.ids import is_id, make_id
from planner.roadmap.quantities import NEED_KEYS

COMPUTED = frozenset((*own_sheets.COMPUTED, *own_sheets.LINKS_COMPUTED))
"""What an export says of an initiative or a link beside its keys; an import takes nothing of it."""
WORK = "initiatives"


def recognises(sheets: Sequence[Sheet]) -> bool:
    """Whether the first sheet is of our making, and not only called alike by somebody."""
    first = _headings(sheets[0]) if sheets else []
    known = {*fields(WORK), *COMPUTED, "id"}
    ours = {"total_float", "critical", *(name for name in fields(WORK) if "_" in name)}
    return first[:1] == ["id"] and known.issuperset(first) and not ours.isdisjoint(first)


def incoming(draft: Draft, sheets: Sequence[Sheet]) -> Incoming:
    """What the sheets say, key by key."""
    for at, sheet in enumerate(sheets):
        kind = WORK if at == 0 else sheet.title
        if kind in SINGLES:
            _single(draft, kind, sheet)
        elif kind == LINKS:
            _links(draft, sheet)
        elif kind in KINDS:
            _tables(draft, kind, sheet, len(sheets) > 1)
        else:
            cells = sum(not cell.is_empty for row in sheet.rows for cell in row)
            draft.lose(0, f"sheet {sheet.title}", f"{cells} cells", "no sheet of an export")
    return replace(draft.incoming(), is_own=True)


def _headings(sheet: Sheet) -> list[str]:
    return [cell.text for cell in sheet.rows[0]] if sheet.rows else []


def _rows(sheet: Sheet) -> Iterator[tuple[int, dict[str, Cell]]]:
    """Each row that says something, counted from 1, by heading."""
    headings = _headings(sheet)
    for at, row in enumerate(sheet.rows[1:], 2):
        cells = {h: c for h, c in zip(headings, row, strict=False) if not c.is_empty}
        if cells:
            yield at, cells


def _tables(draft: Draft, kind: str, sheet: Sheet, several: bool) -> None:
    label = f"{kind}: " if several and kind != WORK else ""
    keys = fields(kind)
    if kind == WORK:
        draft.columns += [
            Column(h, "computed" if h in COMPUTED else h) for h in _headings(sheet) if h
        ]
    tables = draft.tables.setdefault(kind, {})
    for row, cells in _rows(sheet):
        id = _id(draft, row, cells, tables)
        tables[id] = {}
        if kind == WORK:
            draft.rows[id] = row
        for key, cell in cells.items():
            if key in keys:
                _take(draft, tables[id], (kind, key), cell, Loss(row, label + key, cell.text, ""))
            elif key != "id" and not (kind == WORK and key in COMPUTED):
                draft.lose(row, label + key, cell.text, "no key of the format")


def _id(draft: Draft, row: int, cells: Mapping[str, Cell], tables: Mapping[str, Any]) -> str:
    """The id of a row; another where it is none, or there already."""
    said = cells["id"].text if "id" in cells else ""
    if is_id(said) and said not in tables:
        return said
    title = cells["title"].text if "title" in cells else ""
    made = make_id(said or title, tables)
    why = f"row {draft.rows.get(said, 0)} has the same id" if said in tables else "no id"
    draft.lose(row, "id", said, f"{why}: `{made}`" if said else f"without an id: `{made}`")
    return made


def _take(
    draft: Draft, table: dict[str, Any], where: tuple[str, str], cell: Cell, lost: Loss
) -> None:
    kind, key = where
    value = own_part(key, cell) if kind == LINKS else own_value(kind, key, cell)
    if value is not None:
        table[key] = value
    if value is None and cell.text:
        draft.lose(lost.row, lost.column, lost.value, f"not what `{key}` may be")
    if cell.note:
        draft.lose(lost.row, lost.column, cell.note, "a comment; an export of ours has none")


def _single(draft: Draft, kind: str, sheet: Sheet) -> None:
    table = draft.tables.setdefault(kind, {}).setdefault("", {})
    for row, cells in _rows(sheet):
        key = cells["key"].text if "key" in cells else ""
        value = own_value(kind, key, cells["value"]) if key and "value" in cells else None
        if value is None:
            said = " · ".join(cell.text for cell in cells.values())
            draft.lose(row, f"sheet {sheet.title}", said, f"not what {kind} may say")
        else:
            table[key] = value


def _links(draft: Draft, sheet: Sheet) -> None:
    """The dependencies, whole, with what was agreed about each."""
    for row, cells in _rows(sheet):
        table: dict[str, Any] = {}
        id = cells["id"].text if "id" in cells else ""
        for key, cell in cells.items():
            if key in NEED_KEYS:
                _take(draft, table, (LINKS, key), cell, Loss(row, f"links: {key}", cell.text, ""))
            elif key != "id" and key not in COMPUTED:
                draft.lose(row, f"links: {key}", cell.text, "no key of a link")
        work = draft.tables.get(WORK, {}).get(id)
        if work is None or "on" not in table:
            said = " · ".join(cell.text for cell in cells.values())
            draft.lose(row, "links: id", said, "no initiative and what it needs")
        else:
            work.setdefault("needs", []).append(_short(table))


def _short(table: dict[str, Any]) -> Any:
    """A link as a string where that says all of it."""
    if table.keys() <= {"on", "type", "lag"}:
        type = table.get("type", "")
        lag = str(table.get("lag", ""))
        lag = f"+{lag}" if lag and lag[0] not in "+-" else lag
        end = ("" if type == "FS" else type) + lag
        return f"{table['on']} {end}" if end else table["on"]
    return table
