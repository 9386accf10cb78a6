"""References to ids in the data, and their values after a rename.

Which keys hold ids, and where in their values, is metadata of the format's structs; nothing here
names a key except a link's `on`, `by` and `counter`, and a view's `query`, which asks for ids
rather than refers to them: a query that names nobody is empty, not wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from planner.errors import EditRefused
from planner.roadmap.entities import Tables
from planner.roadmap.fields import TABLES, RefShape, reference_shape, references
from planner.roadmap.quantities import SPEAKERS
from planner.text.queries import asking, query_renamed

Shapes = Mapping[str, RefShape]


def holders(tables: Tables, kind: str, id: str) -> list[tuple[str, str]]:
    """The (kind, id) of every table that refers to an id of `kind`."""
    return [
        (holder, name)
        for holder, shapes in holding(kind).items()
        for name in _holders_of(tables.get(holder, {}), shapes, id)
    ]


def mentions(tables: Tables, kind: str, id: str) -> list[tuple[str, str]]:
    """The (kind, id) of every table that a rename changes: those that refer to it or ask for it."""
    views = tables.get("views", {})
    return [*holders(tables, kind, id), *(("views", name) for name in asking(views, kind, id))]


def _holders_of(tables: Mapping[str, Any], shapes: Shapes, id: str) -> Iterator[str]:
    for name, table in tables.items():
        if isinstance(table, dict):
            for key, shape in shapes.items():
                if key in table and _mentions(shape, table[key], id):
                    yield name
                    break


def _mentions(shape: RefShape, value: Any, id: str) -> bool:
    """Whether a reference key's value holds an id. Asked of every table, so quick to say no."""
    if shape == "speakers":
        return isinstance(value, list) and any(_speaks(each, id) for each in value)
    if isinstance(value, str):
        return value == id if shape != "needs" else value.partition(" ")[0] == id
    if not isinstance(value, list | dict):
        return False
    if shape == "values" and isinstance(value, dict):
        return any(_mentions("list", each, id) for each in value.values())
    if shape != "needs" or id in value:
        return id in value
    return _links_to(value, id)


def _links_to(needs: Iterable[Any], id: str) -> bool:
    for item in needs:
        if isinstance(item, str):
            if item.startswith(id) and item.partition(" ")[0] == id:
                return True
        elif isinstance(item, dict) and item.get("on") == id:
            return True
    return False


def _speaks(item: Any, id: str) -> bool:
    """Whether a link, or its counter, is by somebody."""
    return isinstance(item, dict) and (item.get("by") == id or _speaks(item.get("counter"), id))


def renamed(tables: Tables, kind: str, old: str, new: str) -> Tables:
    """The tables with `old` of `kind` called `new`, as a table's id and in every reference."""
    result = dict(tables)
    for holder, shapes in holding(kind).items():
        of_kind = tables.get(holder, {})
        changed = {
            id: _table_renamed(of_kind[id], shapes, old, new)
            for id in _holders_of(of_kind, shapes, old)
        }
        if changed:
            result[holder] = {**of_kind, **changed}
    views = result.get("views", {})
    asked = {name: _view_renamed(views[name], kind, old, new) for name in asking(views, kind, old)}
    if asked:
        result["views"] = {**views, **asked}
    if old in result.get(kind, {}):
        of_kind = result[kind]
        result[kind] = {new if id == old else id: table for id, table in of_kind.items()}
    return result


def _view_renamed(view: Mapping[str, Any], kind: str, old: str, new: str) -> dict[str, Any]:
    return {**view, "query": query_renamed(view["query"], kind, old, new)}


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
    return _by_another(item, old, new) if shape == "speakers" and _speaks(item, old) else item


def _by_another(item: Mapping[str, Any], old: str, new: str) -> dict[str, Any]:
    """A link, or a counter, that is by `new` where it was by `old`."""
    after = {**item, "by": new} if item.get("by") == old else dict(item)
    if _speaks(item.get("counter"), old):
        after["counter"] = _by_another(item["counter"], old, new)
    return after


def _table_renamed(
    table: Mapping[str, Any], shapes: Shapes, old: str, new: str
) -> Mapping[str, Any]:
    changed = {
        key: after
        for key, shape in shapes.items()
        if key in table and (after := value_renamed(shape, table[key], old, new)) is not table[key]
    }
    return {**table, **changed} if changed else table


@lru_cache(maxsize=64)
def holding(kind: str) -> Mapping[str, Shapes]:
    """For each kind of table, its keys that can hold ids of `kind`, with where they stand."""
    found: dict[str, Shapes] = {}
    for holder in TABLES:
        keys = [key for key, kinds in references(holder).items() if kind in kinds]
        shapes = {key: shape for key in keys if (shape := reference_shape(holder, key))}
        if kind in SPEAKERS:
            shapes |= dict.fromkeys(_links_of(holder), "speakers")
        if shapes:
            found[holder] = shapes
    return MappingProxyType(found)


def _links_of(holder: str) -> list[str]:
    return [key for key in references(holder) if reference_shape(holder, key) == "needs"]
