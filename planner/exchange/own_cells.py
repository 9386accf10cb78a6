"""A roadmap's values in cells, and back, in the format's own words: ``sso SS+5d; profile-api``.

A day is a day and a number a number. A list is its items with semicolons between them, an estimate
of three has slashes; what that can't say without doubt stands as TOML writes it, in brackets.
"""

from __future__ import annotations

import math
import re
from datetime import date
from typing import Any

import tomli

from planner.exchange.sheets.sheet import EMPTY, Cell, as_text
from planner.roadmap.fields import Form
from planner.roadmap.values import near_day
from planner.text.rendering import render

ANYTHING = Form(what="anything")
"""The form of a key that the format does not know."""
_PLAIN = ("text", "id", "choice", "length", "need")
_BETWEEN = re.compile(r"\s*[;\n]\s*")
_SLASH = re.compile(r"\s*/\s*")
_FLAGS = {"true": True, "false": False}


def own_cell(form: Form, value: Any) -> Cell:
    """The cell for a value as a file has it."""
    if value is None or value in ([], {}):
        return EMPTY
    if isinstance(value, str):
        return Cell(value if _reads_as_it_is(form, value) else render(_as_item(form, value)))
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        return Cell(_listed(form, value))
    is_plain = isinstance(value, int) or type(value) is date
    is_plain = is_plain or (isinstance(value, float) and math.isfinite(value))
    return Cell(value if is_plain else render(value))


def own_value(form: Form, cell: Cell) -> Any:
    """What a cell says, as a file would have it; None for an empty one. It may be wrong there."""
    value, text = cell.value, cell.text
    if not text:
        return None
    if form.what in _PLAIN:
        return text
    if form.what == "day":
        return value if isinstance(value, date) else near_day(text) or text
    if form.what == "flag":
        return _FLAGS.get(text.casefold(), text)
    if text[0] in '[{"' and (found := _parsed(text)) is not None:
        return found
    if form.what == "list":
        return [part for part in _BETWEEN.split(text) if part]
    if form.what == "estimate":
        return _SLASH.split(text) if "/" in text else text
    return _figure(text) if isinstance(value, str) else value


def _reads_as_it_is(form: Form, text: str) -> bool:
    if form.what in _PLAIN:
        return True
    return _is_item(text) if form.what == "list" else text[:1] not in ("[", "{", '"')


def _as_item(form: Form, text: str) -> Any:
    return [text] if form.what == "list" else text


def _listed(form: Form, items: list[str]) -> str:
    if form.what == "estimate":
        return "/".join(items)
    return "; ".join(items) if all(map(_is_item, items)) else render(items)


def _is_item(text: str) -> bool:
    """Whether a text is still itself where it stands among others."""
    return bool(text) and text == as_text(text) and not set(text) & set(';\r\n[{"')


def _figure(text: str) -> Any:
    """A number as a person may have typed it, else the text."""
    found = _parsed(text.replace(",", "."))
    return found if isinstance(found, (int, float, date)) else text


def _parsed(text: str) -> Any:
    """A value as TOML writes it; None where it is none."""
    try:
        return tomli.loads(f"x = {text}")["x"]
    except (tomli.TOMLDecodeError, RecursionError, ValueError):
        return None
