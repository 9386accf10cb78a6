"""Where ids are referred to, and what each place says after a rename.

Which keys hold ids, and where in their values, is metadata of the format's structs; nothing here
names a key except a link's `on`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from planner.errors import EditRefused
from planner.roadmap.fields import TABLES, RefShape, reference_shape, references

Tables = Mapping[str, Mapping[str, Any]]


def holders(tables: Tables, kind: str, id: str) -> list[tuple[str, str]]:
    """The (kind, id) of every table that refers to an id of `kind`."""
    return [
        (holder, name)
        for holder, shapes in _holding(kind).items()
        for name, table in tables.get(holder, {}).items()
        if isinstance(table, Mapping)
        and any(key in table and _mentions(shape, table[key], id) for key, shape in shapes.items())
    ]


def renamed(tables: Tables, kind: str, old: str, new: str) -> Tables:
    """The tables with `old` of `kind` called `new`, as a table's id and in every reference."""
    result = dict(tables)
    if old in tables.get(kind, {}):
        of_kind = tables[kind]
        result[kind] = {new if id == old else id: table for id, table in of_kind.items()}
    for holder, shapes in _holding(kind).items():
        of_kind = result.get(holder, {})
        changed = {
            id: after
            for id, table in of_kind.items()
            if isinstance(table, Mapping)
            and (after := _table_renamed(table, shapes, old, new)) is not table
        }
        if changed:
            result[holder] = {**of_kind, **changed}
    return result


def value_renamed(shape: RefShape, value: Any, old: str, new: str) -> Any:
    """A reference key's value after the rename; the very same object where it does not change."""
    if isinstance(value, str):
        return text_renamed(shape, value, old, new)
    if isinstance(value, list):
        items = [_item_renamed(shape, item, old, new) for item in value]
        return value if all(a is b for a, b in zip(items, value, strict=True)) else items
    if isinstance(value, Mapping) and shape == "keys":
        return _keys_renamed(value, old, new) if old in value else value
    if isinstance(value, Mapping) and shape == "values":
        after = {key: value_renamed("list", each, old, new) for key, each in value.items()}
        return value if all(after[key] is value[key] for key in value) else after
    return value


def _keys_renamed(value: Mapping[str, Any], old: str, new: str) -> dict[str, Any]:
    if new in value:
        raise EditRefused(f"{old} and {new} stand side by side, and would become one", key=old)
    return {new if key == old else key: each for key, each in value.items()}


def text_renamed(shape: RefShape, text: str, old: str, new: str) -> str:
    """One reference as text; what follows a link's id (``SS+5d``) stays as it is written."""
    if shape == "needs":
        id, blank, rest = text.partition(" ")
        return new + blank + rest if id == old else text
    return new if text == old and shape in ("one", "list") else text


def _item_renamed(shape: RefShape, item: Any, old: str, new: str) -> Any:
    if isinstance(item, str):
        return text_renamed(shape, item, old, new)
    if shape == "needs" and isinstance(item, Mapping) and item.get("on") == old:
        return {**item, "on": new}
    return item


def _table_renamed(
    table: Mapping[str, Any], shapes: Mapping[str, RefShape], old: str, new: str
) -> Mapping[str, Any]:
    changed = {
        key: after
        for key, shape in shapes.items()
        if key in table and (after := value_renamed(shape, table[key], old, new)) is not table[key]
    }
    return {**table, **changed} if changed else table


def _mentions(shape: RefShape, value: Any, id: str) -> bool:
    return value_renamed(shape, value, id, f"{id} ") is not value


def _holding(kind: str) -> dict[str, dict[str, RefShape]]:
    """For each kind of table, its keys that can hold ids of `kind`, with where they stand."""
    found: dict[str, dict[str, RefShape]] = {}
    for holder in TABLES:
        keys = [key for key, kinds in references(holder).items() if kind in kinds]
        shapes = {key: shape for key in keys if (shape := reference_shape(holder, key))}
        if shapes:
            found[holder] = shapes
    return found


def reference_keys(kind: str, held: str) -> Iterator[tuple[str, RefShape]]:
    """The keys of a table of `kind` that can hold ids of `held`."""
    yield from _holding(held).get(kind, {}).items()
