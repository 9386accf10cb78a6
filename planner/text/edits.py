"""Edits as values: every possible change of a roadmap, and its effect on the data.

An edit names kind, id and key, never a file and never a position. It can be applied to text
(`Document.apply`) and to parsed tables (`apply_to_data`), which have to agree; it has an inverse;
it can be printed as the command that does the same. There is no second way to change anything.

Tables here are ``{kind: {id: keys}}``, as they were parsed. The single tables (`roadmap`, `checks`,
`glossary`) have the id ``""``. Nothing is changed in place: what an edit does not touch is shared
between the old tables and the new ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from typing import Any, NamedTuple

from msgspec import Struct

from planner.errors import EditRefused
from planner.roadmap.entities import KINDS, SINGLES, Tables
from planner.roadmap.ids import ALLOWED, id_like, is_id
from planner.text.references import mentions, renamed
from planner.text.scanning import MAX_DIGITS

Table = Mapping[str, Any]
Key = tuple[str, ...]


class SetKey(Struct, frozen=True, tag=True):
    """Give a key a value: text, number, flag, day, list or table.

    `key` is the path inside the table: ``("estimate",)``, ``("reviews", "privacy")``. Tables on the
    way are made. Only a single table is made when it is missing; another has to be added first.
    """

    kind: str
    id: str
    key: Key
    value: Any


class RemoveKey(Struct, frozen=True, tag=True):
    """Take a key out. The table that held it stays, empty if need be."""

    kind: str
    id: str
    key: Key


class Place(Struct, frozen=True, tag=True):
    """Where text was: `line` lines below the start of the section with this header.

    ``()`` is what stands before the first header, where `line` counts from the top of the file.
    """

    section: Key
    line: int


class AddTable(Struct, frozen=True, tag=True):
    """Add a table with these keys and values.

    `text` is its source word for word, comments and blank lines included, and `place` is where it
    stood: an undo restores both if it can. Without them it is written in the normal form.
    `as_it_was` says that somebody has written the table before, so that its id is kept even where
    the format does not allow it.
    """

    kind: str
    id: str
    values: dict[str, Any]
    text: str | None = None
    place: Place | None = None
    as_it_was: bool = False


class RemoveTable(Struct, frozen=True, tag=True):
    """Take a table out, with the comments directly above it. References to it stay."""

    kind: str
    id: str


class RenameId(Struct, frozen=True, tag=True):
    """Give a table another id, and every reference to it too, in the queries of views as well.

    `as_it_was` says that somebody has written the new id before, as in an undo: it is kept even
    where the format does not allow it.
    """

    kind: str
    old: str
    new: str
    as_it_was: bool = False


class Edits(Struct, frozen=True, tag=True):
    """Several edits as one, in order: all of them are made, or none. `label` says what for."""

    edits: tuple[Edit, ...]
    label: str = ""


Edit = SetKey | RemoveKey | AddTable | RemoveTable | RenameId | Edits


def touched(edit: Edit, tables: Tables | None = None) -> set[tuple[str, str]]:
    """The (kind, id) that an edit names; with `tables`, also those whose references it rewrites."""
    if isinstance(edit, Edits):
        return {each for part in edit.edits for each in touched(part, tables)}
    if isinstance(edit, RenameId):
        found = {(edit.kind, edit.old), (edit.kind, edit.new)}
        return found | set(mentions(tables or {}, edit.kind, edit.old))
    return {(edit.kind, edit.id)}


def renamed_ids(renames: Iterable[RenameId]) -> dict[tuple[str, str], str]:
    """(kind, id before) → id afterwards, of renames that are made one after the other."""
    found: dict[tuple[str, str], str] = {}
    for each in renames:
        first = (was for was, now in found.items() if (was[0], now) == (each.kind, each.old))
        found[next(first, (each.kind, each.old))] = each.new
    return found


def renames_of(edit: Edit) -> tuple[RenameId, ...]:
    """The renames in an edit, in order."""
    if isinstance(edit, Edits):
        return tuple(each for part in edit.edits for each in renames_of(part))
    return (edit,) if isinstance(edit, RenameId) else ()


def label_of(edit: Edit) -> str:
    """What an edit is for: its label, else what it renames; empty where neither is known."""
    label = edit.label if isinstance(edit, Edits) else ""
    return label or ", ".join(f"rename {each.old} to {each.new}" for each in renames_of(edit))


def named_by(edit: Edit) -> tuple[str, str] | None:
    """The (kind, id) that an edit adds or renames; of several the last, which the others serve."""
    each = reversed(edit.edits if isinstance(edit, Edits) else (edit,))
    made = next((one for one in each if isinstance(one, AddTable | RenameId)), None)
    if made is None:
        return None
    return made.kind, made.id if isinstance(made, AddTable) else made.new


def values_written(edit: Edit) -> Iterator[tuple[str, str, frozenset[str]]]:
    """The kind, the id and the keys of the tables that an edit gives values that nobody has written
    before.
    """
    if isinstance(edit, Edits):
        for part in edit.edits:
            yield from values_written(part)
    elif isinstance(edit, SetKey):
        yield edit.kind, edit.id, frozenset(edit.key[:1])
    elif isinstance(edit, AddTable) and edit.text is None and not edit.as_it_was:
        yield edit.kind, edit.id, frozenset(edit.values)


def full_key(kind: str, id: str, key: Key = ()) -> Key:
    """The path of a key from the top of the file; a single table has no id in it."""
    return (kind, id, *key) if id else (kind, *key)


def dotted(path: Key) -> str:
    """A path as people read it: ``initiatives.web-push.estimate``."""
    return ".".join(path)


# --- what an edit means ---------------------------------------------------------------------------


def apply_to_data(edit: Edit, tables: Tables) -> Tables:
    """The tables as `edit` makes them. Raises EditRefused where it has no meaning on them."""
    if isinstance(edit, Edits):
        for part in edit.edits:
            tables = apply_to_data(part, tables)
        return tables
    if isinstance(edit, RenameId):
        return _rename(edit, tables)
    if isinstance(edit, AddTable):
        return _add(edit, tables)
    table = _table(edit, tables)
    if isinstance(edit, RemoveTable):
        return _with_table(tables, edit, None)
    if isinstance(edit, SetKey):
        return _with_table(tables, edit, _set(table, edit.key, plain(edit.value), edit))
    return _with_table(tables, edit, _remove(table, edit.key, edit))


def _table(edit: SetKey | RemoveKey | RemoveTable, tables: Tables) -> Table:
    where = dotted(full_key(edit.kind, edit.id))
    table = tables.get(edit.kind, {}).get(edit.id)
    if isinstance(table, Mapping):
        return table
    if table is not None:
        raise EditRefused(f"{where} is not a table", key=where)
    if isinstance(edit, SetKey) and edit.kind in SINGLES and not edit.id:
        return {}
    raise EditRefused(f"there is no [{where}]", key=where, hint="add the table first")


def _add(edit: AddTable, tables: Tables) -> Tables:
    where = dotted(full_key(edit.kind, edit.id))
    if edit.id in tables.get(edit.kind, {}):
        raise EditRefused(f"there is a [{where}] already", key=where)
    if bool(edit.id) == (edit.kind in SINGLES):
        raise EditRefused(f"[{where}] is no table of this format", key=where)
    if edit.text is None and not edit.as_it_was:
        _must_be_an_id(edit.kind, edit.id)
    return _with_table(tables, edit, plain(edit.values))


def _is_odd(kind: str, id: str) -> bool:
    """Whether the format does not allow this id, although it may stand in a file."""
    return kind in KINDS and not is_id(id)


def _must_be_an_id(kind: str, id: str) -> None:
    if _is_odd(kind, id):
        near = id_like(id)
        raise EditRefused(
            f"'{id}' is not an id ({ALLOWED})",
            key=kind,
            hint=f"nearest: {near}" if near else None,
        )


def _with_table(tables: Tables, edit: Edit, table: Table | None) -> Tables:
    assert not isinstance(edit, Edits | RenameId)
    of_kind = dict(tables.get(edit.kind, {}))
    if table is not None:
        of_kind[edit.id] = table
        return {**tables, edit.kind: of_kind}
    del of_kind[edit.id]
    rest = {kind: each for kind, each in tables.items() if kind != edit.kind}
    return {**tables, edit.kind: of_kind} if of_kind else rest


def _set(table: Table, key: Key, value: Any, edit: SetKey) -> Table:
    _must_name_a_key(key, edit)
    head, rest = key[0], key[1:]
    if not rest:
        return {**table, head: value}
    inner = table.get(head, {})
    if not isinstance(inner, Mapping):
        raise EditRefused(
            f"{head} is not a table", key=dotted(full_key(edit.kind, edit.id, (head,)))
        )
    return {**table, head: _set(inner, rest, value, edit)}


def _remove(table: Table, key: Key, edit: RemoveKey) -> Table:
    _must_name_a_key(key, edit)
    head, rest = key[0], key[1:]
    inner = table.get(head)
    if head not in table or (rest and not isinstance(inner, Mapping)):
        where = dotted(full_key(edit.kind, edit.id))
        raise EditRefused(f"[{where}] has no {dotted(edit.key)}")
    if not rest:
        return {name: value for name, value in table.items() if name != head}
    assert isinstance(inner, Mapping)
    return {**table, head: _remove(inner, rest, edit)}


def _must_name_a_key(key: Key, edit: SetKey | RemoveKey) -> None:
    if not key:
        raise EditRefused("no key is named", key=dotted(full_key(edit.kind, edit.id)))


def _rename(edit: RenameId, tables: Tables) -> Tables:
    """All references follow. An id that has a table is taken; one only referred to is not."""
    if edit.old == edit.new:
        return tables
    shared = ("teams", "people") if edit.kind in ("teams", "people") else (edit.kind,)
    for kind in shared:
        if edit.new in tables.get(kind, {}):
            raise EditRefused(f"there is a [{kind}.{edit.new}] already", key=f"{kind}.{edit.new}")
    if edit.kind in SINGLES or not edit.new or not edit.old:
        raise EditRefused(f"[{edit.kind}] has no id to rename")
    if not edit.as_it_was:
        _must_be_an_id(edit.kind, edit.new)
    return renamed(tables, edit.kind, edit.old, edit.new)


# --- values ---------------------------------------------------------------------------------------


def plain(value: Any) -> Any:
    """`value` in the parser's own types. Raises EditRefused for what TOML can't write."""
    if isinstance(value, str):
        return _writable(value)
    if isinstance(value, int) and abs(value) >= 10**MAX_DIGITS:
        raise EditRefused(f"a number has more than {MAX_DIGITS} digits")
    if isinstance(value, int | float | date | time):
        return value
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return {_writable(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    raise EditRefused(f"a {type(value).__name__} can't be written to a roadmap file")


def _writable(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise EditRefused("a character that is half of a pair can't be written") from None
    return text


def same(one: object, other: object) -> bool:
    """Whether two parsed values are the same to the last detail: 1, 1.0 and true are three."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, str | int):
        return one == other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(map(same, one.values(), map(other.get, one)))
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return repr(one) == repr(other)


# --- the way back ---------------------------------------------------------------------------------


def inverse(edit: Edit, tables: Tables) -> Edit:
    """The edit that takes `edit` back, given the tables before it. Restores data, not comments.

    Raises EditRefused where `edit` has no meaning on `tables`.
    """
    if isinstance(edit, Edits):
        return Edits(tuple(reversed([*_inverses(edit, tables)])), edit.label)
    if isinstance(edit, RenameId):
        return _inverse_rename(edit, tables)
    if isinstance(edit, AddTable):
        return RemoveTable(edit.kind, edit.id)
    if isinstance(edit, SetKey):
        return _inverse_set(edit, tables)
    table = _table(edit, tables)
    if isinstance(edit, RemoveTable):
        return AddTable(edit.kind, edit.id, dict(table), as_it_was=_is_odd(edit.kind, edit.id))
    return SetKey(edit.kind, edit.id, edit.key, _lookup(table, edit.key).value)


def _inverses(edits: Edits, tables: Tables) -> Iterator[Edit]:
    for part in edits.edits:
        yield inverse(part, tables)
        tables = apply_to_data(part, tables)


class _Found(NamedTuple):
    """How far along a key a table goes, and the value at its end (None unless it is all there)."""

    depth: int
    value: Any


def _lookup(table: Table, key: Key) -> _Found:
    value: Any = table
    for depth, part in enumerate(key):
        if not isinstance(value, Mapping) or part not in value:
            return _Found(depth, None)
        value = value[part]
    return _Found(len(key), value)


def _inverse_set(edit: SetKey, tables: Tables) -> Edit:
    """Take out what was made, tables on the way included, or put back what was there."""
    table = tables.get(edit.kind, {}).get(edit.id)
    if table is None and edit.kind in SINGLES:
        return RemoveTable(edit.kind, edit.id)
    found = _lookup(_table(edit, tables), edit.key)
    if found.depth == len(edit.key):
        return SetKey(edit.kind, edit.id, edit.key, found.value)
    return RemoveKey(edit.kind, edit.id, edit.key[: found.depth + 1])


def _inverse_rename(edit: RenameId, tables: Tables) -> Edit:
    """Rename back; what referred to the new id before anything had it has to be put right again."""
    back = RenameId(edit.kind, edit.new, edit.old, _is_odd(edit.kind, edit.old))
    dangling = mentions(tables, edit.kind, edit.new)
    if not dangling:
        return back
    after = apply_to_data(edit, tables)
    again = apply_to_data(back, after)
    repairs = [
        SetKey(kind, id, (key,), value)
        for kind, id in dangling
        for key, value in tables[kind][id].items()
        if not same(value, again[kind][id].get(key))
    ]
    return Edits((back, *repairs))
