"""Fast reading of all tables of one kind in one file.

Values are normalised in one pass (lengths, links, bare strings) and msgspec builds many structs at
once. Tables that it refuses are read again key by key (`planner.roadmap.tables`), which reports
problems and keeps the rest. Both give the same structs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any

import msgspec

from planner.roadmap import tables
from planner.roadmap.entities import KINDS, Entity
from planner.roadmap.fields import Form, Guesses, fields
from planner.roadmap.ids import is_id
from planner.roadmap.problems import Problem, unknown_key
from planner.roadmap.quantities import (
    COUNTER_KEYS,
    NEED_KEYS,
    Amount,
    parse_amount,
    parse_estimate,
    parse_length,
    parse_need,
    read_estimate,
    read_need,
)
from planner.roadmap.values import MAX_NUMBER, NotAllowedError, day, day_key

_UNKNOWN: Any = object()

SLICE = 256
"""Tables built at once: few enough that what is made on the way never stirs the garbage collector,
and that one bad value makes only few others slower."""


class Batch:
    """Reads the tables of one kind from one file, and holds what was wrong by id.

    `guesses` are those of the whole reading.
    """

    def __init__(self, kind: str, file: str, guesses: Guesses | None = None) -> None:
        self.kind, self.file = kind, file
        self.guesses = guesses or Guesses()
        self.normal_of = _normalisers(kind).get
        self.contradicts = tables.contradicts if kind in tables.CONTRADICTABLE else None
        self.problems: dict[str, list[Problem]] = {}
        self.invalid: dict[str, frozenset[str]] = {}

    def read(self, found: Mapping[str, Any]) -> dict[str, Entity]:
        """Every table's entity, in the order of `found`. A table without a name has none."""
        built: dict[str, Entity] = {}
        tables_left = iter(found.items())
        while slice := list(islice(tables_left, SLICE)):
            self._read_slice(slice, built)
        if len(built) == len(found):
            return built
        entities = {id: built.get(id) or self._careful(id, table) for id, table in found.items()}
        entities.pop("", None)
        return entities

    def _read_slice(self, slice: list[tuple[str, Any]], built: dict[str, Entity]) -> None:
        """Build what is right in some tables; what is not is left out."""
        ready: dict[str, dict[str, Any]] = {}
        for id, table in slice:
            if type(table) is dict and is_id(id):
                values = self._normal(id, table)
                if values is not None:
                    ready[id] = values
        struct = KINDS[self.kind]
        try:
            built |= msgspec.convert(ready, dict[str, struct])  # type: ignore[valid-type]
        except msgspec.ValidationError:
            for id, values in ready.items():
                try:
                    built[id] = msgspec.convert(values, struct)
                except msgspec.ValidationError:
                    self.problems.pop(id, None)

    def _normal(self, id: str, table: dict[str, Any]) -> dict[str, Any] | None:
        """The table with its values as the struct holds them; None where one looks wrong."""
        normal_of = self.normal_of
        values = table.copy()
        unknown = False
        try:
            for key, value in table.items():
                normal = normal_of(key, _UNKNOWN)
                if normal is _UNKNOWN:
                    unknown = True
                elif normal is not None:
                    values[key] = normal(value)
        except (NotAllowedError, TypeError, AttributeError):
            return None
        if self.contradicts is not None and self.contradicts(self.kind, values):
            return None
        if unknown:
            self._unknown(id, table)
        values["id"] = id
        return values

    def _unknown(self, id: str, table: Mapping[str, Any]) -> None:
        known, kind, file, guesses = fields(self.kind), self.kind, self.file, self.guesses
        self.problems[id] = [
            unknown_key(kind, id, (key,), file, guesses.key(kind, key))
            for key in table
            if key not in known
        ]

    def _careful(self, id: str, table: object) -> Entity:
        made = tables.read_table(self.kind, id, table, self.file, self.guesses)
        if made.problems:
            self.problems[id] = list(made.problems)
        if made.invalid:
            self.invalid[id] = made.invalid
        entity: Entity = made.entity
        return entity


# --- normalisers: a value as the struct holds it; they raise for what the careful way must see ----

Normal = Callable[[Any], Any]


@lru_cache(maxsize=32)
def _normalisers(kind: str) -> dict[str, Normal | None]:
    """For each key, what makes its value ready; None where msgspec alone can tell."""
    return {name: _normaliser(field.form) for name, field in fields(kind).items()}


def _normaliser(form: Form) -> Normal | None:
    if form.what == "list" and form.item is not None:
        return _list_normaliser(form.item)
    if form.item is not None:
        return _table_normaliser(form)
    if form.parts:
        return _record_normaliser(form)
    return _SCALARS.get(form.what)


def _number(value: Any) -> Any:
    if type(value) not in (int, float) or not -MAX_NUMBER <= value <= MAX_NUMBER:
        raise TypeError
    return value


def _id(value: Any) -> Any:
    if not is_id(value):
        raise TypeError
    return value


def _length(value: Any) -> Any:
    if type(value) is not str:
        raise TypeError
    return parse_length(value)


def _estimate(value: Any) -> Any:
    return read_estimate(value) if type(value) is str else parse_estimate(value)


def _amount(value: Any) -> Any:
    if type(value) is list or value < 0:
        return parse_amount(value)
    return Amount(_number(value))


def _needs(value: Any) -> Any:
    if type(value) is not list:
        value = (value,)
    return [read_need(one) if type(one) is str else _need_table(one) for one in value]


def _need_table(value: Any) -> Any:
    if not value.keys() <= _LINK_TABLE:
        raise TypeError  # an unknown key of a link is reported by the careful way
    if "counter" in value and not value["counter"].keys() <= _COUNTER_TABLE:
        raise TypeError
    return parse_need(value)


_LINK_TABLE = frozenset(NEED_KEYS)
_COUNTER_TABLE = frozenset(COUNTER_KEYS)

_SCALARS: dict[str, Normal] = {
    "day": day,
    "number": _number,
    "whole": _number,
    "id": _id,
    "length": _length,
    "estimate": _estimate,
    "amount": _amount,
}


def _list_normaliser(item: Form) -> Normal:
    if item.what == "need":
        return _needs
    return _ids if item.what == "id" else _texts


def _ids(value: Any) -> Any:
    if type(value) is not list:
        value = (value,)
    for one in value:
        if not is_id(one):
            raise TypeError
    return value


def _texts(value: Any) -> Any:
    return (value,) if type(value) is str else value


def _table_normaliser(form: Form) -> Normal:
    keys: Normal = {"day": day_key, "id": _id, "text": _same}[form.key]
    items = (_normaliser(form.item) if form.item else None) or _same
    alone = _SCALARS.get(form.what)

    def table(value: Any) -> Any:
        if alone is not None and type(value) is not dict:
            return alone(value)
        return {keys(key): items(one) for key, one in value.items()}

    return table


def _record_normaliser(form: Form) -> Normal:
    parts = {name: _normaliser(part) or _same for name, part in form.parts}

    def record(value: Any) -> Any:
        if value.keys() != parts.keys():
            raise TypeError
        return {name: normal(value[name]) for name, normal in parts.items()}

    return record


def _same(value: Any) -> Any:
    return value
