"""Cells in the format's own words: ``customer-sso SS+5d; profile-api``, ``3w/4w/7w``.

A value that is a list or a table in the file stands in its cell as several, separated by semicolons
or line ends, or as TOML writes it, in brackets.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import tomli

from planner.exchange.sheets.sheet import Cell
from planner.roadmap.fields import Form, fields
from planner.roadmap.quantities import need_part
from planner.roadmap.reading import wrong_values
from planner.roadmap.values import NotAllowedError, near_day

DAYS_OF_LINKS = frozenset(
    ("asked", "needed_by", "promised", "agreed", "declined", "accepted", "rejected")
)


def own_value(kind: str, key: str, cell: Cell) -> Any:
    """What the cell says as the format holds it; None where the format would not take it."""
    field = fields(kind).get(key)
    if field is None or cell.value is None:
        return None
    value = _value(field.form, cell)
    return None if value is None or wrong_values(kind, "row", {key: value}, {key}) else value


def own_part(key: str, cell: Cell) -> Any:
    """One value of a link, as `own_value`."""
    date_like = key in DAYS_OF_LINKS
    value = _value(Form(what="day" if date_like else "text"), cell)
    try:
        need_part(key, value)
    except NotAllowedError:
        return None
    return value


def _value(form: Form, cell: Cell) -> Any:
    text = cell.text
    if text.startswith(("[", "{")) and (parsed := _parsed(text)) is not None:
        return parsed
    if form.what == "list":
        return [part for part in re.split(r"\s*[;\n]\s*", text) if part]
    if form.what in ("flag", "whole", "number", "amount"):
        return _plain_number(form, cell)
    if form.what == "day":
        value = cell.value.date() if isinstance(cell.value, datetime) else cell.value
        return value if isinstance(value, date) else near_day(text)
    if form.what == "estimate" and "/" in text:
        return re.split(r"\s*/\s*", text)
    return text


def _parsed(text: str) -> Any:
    try:
        return tomli.loads(f"x = {text}")["x"]
    except (tomli.TOMLDecodeError, RecursionError):
        return None


def _plain_number(form: Form, cell: Cell) -> Any:
    if form.what == "flag":
        return {"true": True, "false": False}.get(cell.text.casefold())
    if isinstance(cell.value, (int, float)):
        return cell.value
    return _parsed(cell.text.replace(",", "."))
