"""A roadmap as sheets: one for each kind of table, with the format's own keys as headings.

Behind its keys an initiative has what the schedule says of it. The same names are those of `show
--json`; an import knows them, and takes nothing from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from planner.exchange.own_cells import ANYTHING, own_cell
from planner.exchange.sheets.sheet import EMPTY, Cell, Sheet
from planner.plan.model import Plan
from planner.roadmap.entities import KINDS, SINGLES
from planner.roadmap.fields import Form, fields, keys_in_order
from planner.roadmap.quantities import LINK_KEYS, NEED_KEYS
from planner.schedule.dates import LinkDates

COMPUTED = ("start", "finish", "total_float", "critical")
"""What the schedule says of an initiative."""
LINKS = "links"
"""The sheet with a row for each dependency, and what was agreed about it."""
LINKS_COMPUTED = ("slack", "driving")
ID = "id"

_OF_LINKS = Form(what="text")

Table = Mapping[str, Any]


def initiatives_sheet(plan: Plan, ids: Sequence[str], *, links: bool) -> Sheet:
    """The initiatives, with their `needs` where these have no sheet of their own."""
    among = frozenset(ids)
    tables = {id: _within(plan, id, among) for id in ids}
    keys = ["title", *_used("initiatives", tables.values())]
    keys = [key for key in dict.fromkeys(keys) if links or key != "needs"]
    rows = [
        (Cell(id), *_cells("initiatives", keys, table), *_computed(plan, id))
        for id, table in tables.items()
    ]
    return Sheet("initiatives", (_heading((ID, *keys, *COMPUTED)), *rows))


def links_sheet(plan: Plan, ids: Sequence[str]) -> Sheet:
    """The dependencies between initiatives, in the order in which they are written."""
    among = frozenset(ids)
    rows = [row for id in ids for row in _links(plan, id, among)]
    used = {key for _, need, _ in rows for key in need}
    keys = [key for key in NEED_KEYS if key in LINK_KEYS or key in used]
    found = [(Cell(id), *_cells("needs", keys, need), *_of_link(link)) for id, need, link in rows]
    return Sheet(LINKS, (_heading((ID, *keys, *LINKS_COMPUTED)), *found))


def other_sheets(plan: Plan) -> Iterator[Sheet]:
    """The other tables of a roadmap; a single one has a row for each of its keys."""
    for kind, tables in plan.tables.items():
        if kind in KINDS and kind != "initiatives" and tables:
            known = {id: table for id, table in tables.items() if isinstance(table, Mapping)}
            keys = _used(kind, known.values())
            rows = [(Cell(id), *_cells(kind, keys, table)) for id, table in known.items()]
            yield Sheet(kind, (_heading((ID, *keys)), *rows))
        elif kind in SINGLES and isinstance(table := tables.get(""), Mapping):
            rows = [(Cell(key), _cell(kind, key, value)) for key, value in table.items()]
            yield Sheet(kind, (_heading(("key", "value")), *rows))


def links_outside(plan: Plan, ids: Sequence[str]) -> int:
    """How many links lead from these initiatives to others, which are left out with them."""
    among = set(ids)
    needs = (need for id in ids for need in plan.roadmap.initiatives[id].needs)
    return sum(need.on in plan.roadmap.initiatives and need.on not in among for need in needs)


def _within(plan: Plan, id: str, among: frozenset[str]) -> Table:
    """An initiative as written, without links to others than these."""
    table = plan.written("initiatives", id)
    if "needs" not in table or len(among) == len(plan.roadmap.initiatives):
        return table
    kept = [need for need in _as_list(table["needs"]) if _on(need) in among]
    return {**table, "needs": kept}


def _links(
    plan: Plan, id: str, among: frozenset[str]
) -> Iterator[tuple[str, Table, LinkDates | None]]:
    """Links as tables, whichever way they are written, with their dates where all can be read."""
    needs = _as_list(plan.written("initiatives", id).get("needs", []))
    dates: Sequence[LinkDates | None] = plan.schedule.links_into(id)
    dates = dates if len(dates) == len(needs) else [None] * len(needs)
    for need, link in zip(needs, dates, strict=True):
        if _on(need) in among:
            yield id, need if isinstance(need, Mapping) else _parts(need), link


def _parts(need: str) -> Table:
    """``sso SS+5d`` by its parts, as written."""
    on, _, end = need.partition(" ")
    at = min((end.find(sign) for sign in "+-" if sign in end), default=len(end))
    parts = {"on": on, "type": end[:at], "lag": end[at:]}
    return {key: value for key, value in parts.items() if value}


def _as_list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _on(need: Any) -> str:
    found = need.get("on", "") if isinstance(need, Mapping) else need
    return found.partition(" ")[0] if isinstance(found, str) else ""


def _used(kind: str, tables: Iterable[Table]) -> list[str]:
    """The known keys that any of the tables has, in the normal order."""
    written = {key for table in tables for key in table}
    return [key for key in keys_in_order(kind) if key in written]


def _heading(names: Iterable[str]) -> tuple[Cell, ...]:
    return tuple(map(Cell, names))


def _cells(kind: str, keys: Iterable[str], table: Table) -> Iterator[Cell]:
    return (_cell(kind, key, table.get(key)) for key in keys)


def _cell(kind: str, key: str, value: Any) -> Cell:
    field = fields(kind).get(key)
    form = _OF_LINKS if kind == "needs" else ANYTHING
    return own_cell(field.form if field is not None else form, value)


def _computed(plan: Plan, id: str) -> tuple[Cell, ...]:
    dates = plan.schedule.get(id)
    if dates is None:
        return (EMPTY,) * len(COMPUTED)
    return tuple(Cell(getattr(dates, name)) for name in COMPUTED)


def _of_link(link: LinkDates | None) -> tuple[Cell, ...]:
    """What the schedule says of a link."""
    return (EMPTY, EMPTY) if link is None else (Cell(link.slack), Cell(link.driving))
