"""Add and remove items of a list or a small table: ``KEY+=VALUE`` and ``KEY-=VALUE``.

Other items keep their place and spelling. An existing item is not added twice; links are identified
by predecessor and type. Removing a missing item is refused. Removing the last item removes the key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from planner.entry.links import need_text
from planner.entry.needs import need_in, need_on
from planner.entry.shapes import Field
from planner.entry.values import items
from planner.errors import UsageError
from planner.roadmap.ids import nearest
from planner.text.editing import from_edited
from planner.text.edits import same
from planner.text.phrases import did_you_mean, typed
from planner.text.visible import visible

LISTS = ("references", "strings", "choices", "needs")
TABLES = (
    "days by id",
    "numbers by id",
    "number or by id",
    "money",
    "days",
    "readings",
    "choices by name",
)
"""Shapes that hold several things; to the others nothing can be added."""


def added(field: Field, before: Any, more: Any) -> Any:
    """The value with `more` in it, which was read as a value of this field. Raises UsageError."""
    _must_hold_several(field, before)
    tables = field.shape in TABLES
    if tables != isinstance(more, Mapping) and field.shape != "needs":
        what = "a small table" if tables else "a list"
        raise UsageError(f"{field.key} is {what}; {_plain(more)} can't be added to it")
    if tables:
        return _table_with(field, before, more)
    found = _list_with(field, before, more)
    return before if found == _as_list(before) else found


def _list_with(field: Field, before: Any, more: Any) -> list[Any]:
    found = _as_list(before)
    for item in [more] if isinstance(more, Mapping) else _as_list(more):
        clash = _clash(field, found, item)
        if clash is None:
            found.append(item)
        elif not same(clash, item):
            raise UsageError(
                f"{field.key} has {_said(field, clash)} already",
                hint=f"remove that first: `{field.key}-='{_said(field, clash)}'`",
            )
    return found


def without(field: Field, before: Any, less: Sequence[str]) -> Any:
    """The value without what is named; None where nothing is left. Raises UsageError."""
    _must_hold_several(field, before)
    for text in dict.fromkeys(less):
        rest = _rest(field, before, text)
        if len(rest) == len(_as_list(before)):
            raise _not_there(field, before, text)
        before = rest
    return before or None


def _must_hold_several(field: Field, before: Any) -> None:
    if field.shape not in LISTS + TABLES:
        raise UsageError(f"{field.key} holds one value", hint=f"`{field.key}=VALUE` replaces it")
    right = str | list if field.shape in LISTS else dict
    if before is not None and not isinstance(before, right):
        raise UsageError(
            f"{field.key} is {_plain(before)}, which holds one value",
            hint=f"`{field.key}=VALUE` replaces it",
        )


def _as_list(value: Any) -> list[Any]:
    """The items of a list or the names in a table; a bare value is the one item."""
    return list(value) if isinstance(value, list | Mapping) else [] if value is None else [value]


def _table_with(field: Field, before: Any, more: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(before or {})
    for name, value in more.items():
        if name in found and not same(found[name], value):
            raise UsageError(
                f"{field.key} has {visible(name)} already, {_plain(found[name])}",
                hint=f"`{field.key}.{visible(name)}=VALUE` replaces it",
            )
        found[name] = value
    return found


def _clash(field: Field, found: Iterable[Any], item: Any) -> Any:
    """What stands for an item already; None where nothing does."""
    if field.shape != "needs":
        return next((each for each in found if same(each, item)), None)
    wanted = need_in(item)
    kept = ((each, need_in(each)) for each in found)
    return next(
        (e for e, n in kept if n and wanted and (n.on, n.type) == (wanted.on, wanted.type)), None
    )


def _rest(field: Field, before: Any, text: str) -> Any:
    if isinstance(before, Mapping):
        return {name: value for name, value in before.items() if visible(name) != text}
    if field.shape == "needs":
        return [each for each in _as_list(before) if not _is_link(each, text)]
    return [each for each in _as_list(before) if _plain(each) != text]


def _is_link(written: Any, text: str) -> bool:
    """Whether a link is the one that is named: all on an id, those of a type, or one to the lag."""
    on, _, kind = text.partition(" ")
    if need_on(written) != on:
        return False
    need, named = need_in(written), need_in(text)
    if not kind or need is None or named is None:
        return not kind
    return need.type == named.type and named.lag in (None, need.lag)


def _not_there(field: Field, before: Any, text: str) -> UsageError:
    there = [_said(field, each) for each in _as_list(before)]
    near = nearest(text, there, loose=True)
    held = f"it holds {', '.join(there)}" if there else "it holds nothing"
    return UsageError(f"{field.key} does not hold {typed(text)}", hint=did_you_mean(near, held))


def _said(field: Field, item: Any) -> str:
    said = need_text(item).partition(";")[0] if field.shape == "needs" else str(item)
    return visible(from_edited(said))


def _plain(value: Any) -> str:
    return visible(str(value))


def named_items(field: Field, text: str) -> list[str]:
    """What a text names, to be taken out: links a line each, else parts between commas."""
    if field.shape in ("needs", "days", "readings"):
        return [line.strip() for line in text.splitlines() if line.strip()]
    return items(text)
