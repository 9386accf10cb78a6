"""Cells in the format's own words, taken only where the format takes them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec.structs import replace

from planner.exchange.own_cells import own_value as own_words
from planner.exchange.sheets.sheet import Cell
from planner.roadmap.fields import Form, fields
from planner.roadmap.quantities import need_part
from planner.roadmap.reading import wrong_values
from planner.roadmap.values import NotAllowedError

_DAYS = frozenset(("asked", "needed_by", "promised", "agreed", "declined", "accepted", "rejected"))
_MOSTLY_ONE = ("owner", "accountable")
"""Lists that are written as the one name they mostly have."""
_LINK_FORMS = {"counter": Form(what="record")}


def own_value(kind: str, key: str, cell: Cell) -> Any:
    """What the cell says as the format holds it; None where the format would not take it."""
    field = fields(kind).get(key)
    form = field.form if field is not None else Form(what="anything")
    value = own_words(form, _dated(cell))
    if value is None or wrong_values(kind, "row", {key: value}, {key}):
        return None
    return value[0] if key in _MOSTLY_ONE and isinstance(value, list) and len(value) == 1 else value


def own_part(key: str, cell: Cell) -> Any:
    """One value of a link, as `own_value`."""
    form = Form(what="day") if key in _DAYS else _LINK_FORMS.get(key, Form(what="text"))
    value = own_words(form, _dated(cell))
    try:
        need_part(key, value)
    except NotAllowedError:
        return None
    return value


def _dated(cell: Cell) -> Cell:
    """The cell with a day in place of a day with a time."""
    value = cell.value
    return replace(cell, value=value.date()) if isinstance(value, datetime) else cell
