"""Reading of one table key by key: what is not allowed is reported, the rest is kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import UNSET, Struct

from planner.roadmap.entities import KINDS, Checks, Settings, Term
from planner.roadmap.fields import Field, Form, Guesses, fields, term_keys
from planner.roadmap.ids import ALLOWED, id_like, is_id, nearest
from planner.roadmap.problems import Problem, invalid_value, unknown_key, unreadable
from planner.roadmap.quantities import (
    AMOUNT_WORDS,
    COUNTER_KEYS,
    COUNTER_TERMS,
    ESTIMATE_WORDS,
    LENGTH_WORDS,
    LINK_KEYS,
    NEED_KEYS,
    NEED_WORDS,
    Need,
    QuantityError,
    counter_of,
    counter_part,
    format_estimate,
    need_of,
    need_part,
    parse_amount,
    parse_estimate,
    parse_length,
    parse_need,
)
from planner.roadmap.values import (
    MAX_NUMBER,
    NotAllowedError,
    choice,
    day,
    day_key,
    flag,
    identifier,
    number,
    shown,
    text,
)

_SETTING = re.compile("[a-z][a-z0-9_]*")
THRESHOLD_WORDS = 'a number, a length such as "2w", or a table of them'


class Table(Struct, frozen=True):
    """What one table came to: its entity, its problems, and the keys that count as absent.

    A table without a name has no entity.
    """

    entity: Any
    problems: tuple[Problem, ...]
    invalid: frozenset[str]


def read_table(
    kind: str, id: str, mapping: object, file: str, guesses: Guesses | None = None
) -> Table:
    """One keyed table. A value that is no table leaves an entity with only its id."""
    reader = _Reader(kind, id, file, guesses)
    reader.check_id()
    values: dict[str, Any] = {}
    if isinstance(mapping, Mapping):
        values = reader.read(mapping)
        reader.contradictions(values)
    else:
        reader.not_a_table(mapping)
    return reader.table(KINDS[kind](id=id, **values) if id else None)


def read_settings(mapping: object, file: str) -> Table:
    """`[roadmap]`."""
    reader = _Reader("roadmap", "", file)
    if not isinstance(mapping, Mapping):
        reader.not_a_table(mapping)
        return reader.table(Settings())
    return reader.table(Settings(**reader.read(mapping)))


def read_checks(mapping: object, file: str) -> Table:
    """`[checks]`; every key that is no field of it is a threshold, kept as written."""
    reader = _Reader("checks", "", file)
    if not isinstance(mapping, Mapping):
        reader.not_a_table(mapping)
        return reader.table(Checks())
    known = {key: value for key, value in mapping.items() if key in reader.fields}
    values = reader.read(known)
    thresholds = {
        key: value
        for key, value in mapping.items()
        if key not in reader.fields and reader.is_threshold(key, value)
    }
    return reader.table(Checks(**values, thresholds=thresholds))


def read_terms(mapping: object, file: str) -> Table:
    """`[glossary]`: the entity is a dict of term to `Term`."""
    reader = _Reader("glossary", "", file)
    if not isinstance(mapping, Mapping):
        reader.not_a_table(mapping)
        return reader.table({})
    terms = {term: reader.read_term(term, value) for term, value in mapping.items()}
    return reader.table({term: value for term, value in terms.items() if value is not None})


class _Reader:
    """Reads the values of one table and remembers what was wrong with them."""

    def __init__(self, kind: str, id: str, file: str, guesses: Guesses | None = None) -> None:
        self.kind, self.id, self.file = kind, id, file
        self.guesses = guesses or Guesses()
        self.fields: Mapping[str, Field] = fields(kind)
        self.problems: list[Problem] = []
        self.invalid: set[str] = set()

    def table(self, entity: Any) -> Table:
        return Table(entity, tuple(self.problems), frozenset(self.invalid))

    def wrong(self, key: tuple[str, ...], error: NotAllowedError, *, as_key: bool = False) -> None:
        problem = invalid_value(self.kind, self.id, key, self.file, error, as_key=as_key)
        self.problems.append(problem)

    def unknown(self, key: tuple[str, ...], near: str | None, table: str = "") -> None:
        self.problems.append(unknown_key(self.kind, self.id, key, self.file, near, table))

    # --- the table --------------------------------------------------------------------------------

    def check_id(self) -> None:
        if is_id(self.id):
            return
        name, near = f"{self.kind}.{shown(self.id)}", id_like(self.id) or None
        self.problems.append(
            unreadable(
                self.kind,
                self.id,
                self.file,
                f"{name} is not an id ({ALLOWED})",
                found=shown(self.id),
                allowed=ALLOWED,
                nearest=near,
            )
        )

    def not_a_table(self, found: object) -> None:
        """A single value, or an array of tables, stands where a table belongs."""
        name = f"{self.kind}.{self.id}" if self.id else self.kind
        several = isinstance(found, list) and found and isinstance(found[0], Mapping)
        what = f"[[{name}]] makes a list" if several else f"{name} = {shown(found)} is a value"
        self.problems.append(
            unreadable(
                self.kind,
                self.id,
                self.file,
                f"{what}, where a table belongs",
                found=shown(found),
                allowed=f"a table, [{name}]",
                nearest=f"[{name}]",
            )
        )
        self.invalid |= {"needs", "estimate"} if self.kind == "initiatives" else set(self.fields)

    def read(self, mapping: Mapping[str, Any]) -> dict[str, Any]:
        """The values of all known keys that can be read."""
        values: dict[str, Any] = {}
        for key, value in mapping.items():
            field = self.fields.get(key)
            if field is None:
                self.unknown((key,), self.guesses.key(self.kind, key))
                continue
            found = self.value(field.form, value, (key,))
            if found is UNSET:
                self.invalid.add(key)
            else:
                values[key] = found
        return values

    # --- values by form ---------------------------------------------------------------------------

    def value(self, form: Form, value: object, key: tuple[str, ...]) -> Any:
        """The value as the struct holds it, or UNSET where nothing of it can be read."""
        if form.what == "list" and form.item is not None:
            return self.items(form.item, value, key)
        if form.what == "table" or (form.item is not None and isinstance(value, Mapping)):
            return self.entries(form, value, key)
        if form.what == "need" and isinstance(value, Mapping):
            return self.need(value, key)
        if form.struct is not None:
            return self.record(form, form.struct, value, key)
        try:
            return _scalar(form, value)
        except NotAllowedError as error:
            self.wrong(key, error)
            return UNSET

    def items(self, item: Form, value: object, key: tuple[str, ...]) -> Any:
        """A list without its bad elements; a bare string is a list of one."""
        if not isinstance(value, (list, tuple)):
            if not isinstance(value, str) and not (item.what == "need" and isinstance(value, dict)):
                self.wrong(
                    key, NotAllowedError(value, f"a list: {_words(item)}, or several in [ ]")
                )
                return UNSET
            value = [value]
        found = [self.value(item, one, key) for one in value]
        kept = tuple(one for one in found if one is not UNSET)
        if item.what == "need" and len(kept) < len(found):
            self.invalid.add("needs")
        return UNSET if found and not kept else kept

    def entries(self, form: Form, value: object, key: tuple[str, ...]) -> Any:
        """A small table without its bad entries."""
        if not isinstance(value, Mapping) or form.item is None:
            self.wrong(key, NotAllowedError(value, _table_words(form)))
            return UNSET
        found: dict[Any, Any] = {}
        for name, one in value.items():
            entry = (*key, name)
            try:
                known = _KEYS[form.key](name)
            except NotAllowedError as error:
                self.wrong(entry, error, as_key=True)
                continue
            read = self.value(form.item, one, entry)
            if read is not UNSET:
                found[known] = read
        return UNSET if value and not found else found

    def record(self, form: Form, struct: type[Struct], value: object, key: tuple[str, ...]) -> Any:
        """A small table with keys of its own; without one of them it can't be read."""
        parts = dict(form.parts)
        if not isinstance(value, Mapping) or parts.keys() - value.keys():
            self.wrong(key, NotAllowedError(value, f"a table with {' and '.join(parts)}"))
            return UNSET
        for name in value:
            if name not in parts:
                self.unknown((*key, name), nearest(name, parts, loose=True), key[-1])
        found = {name: self.value(part, value[name], (*key, name)) for name, part in form.parts}
        return UNSET if any(one is UNSET for one in found.values()) else struct(**found)

    def need(self, value: Mapping[str, Any], key: tuple[str, ...]) -> Any:
        """A link's table. Without what places the link it can't be read; the rest is only lost."""
        parts: dict[str, Any] = {}
        broken = "on" not in value
        if broken:
            self.wrong(key, QuantityError(dict(value), f"{NEED_WORDS}, or a table with `on`"))
        for name, one in value.items():
            if name not in NEED_KEYS:
                self.unknown((*key, name), self.guesses.key("needs", name), "a link")
                continue
            try:
                parts[name] = self.need_part(name, one, (*key, name))
            except NotAllowedError as error:
                self.wrong((*key, name), error)
                broken = broken or name in LINK_KEYS
        return UNSET if broken else need_of(parts)

    def need_part(self, name: str, value: object, key: tuple[str, ...]) -> Any:
        """One value of a link's table; a counter loses no more than its own bad values."""
        if name != "counter" or not isinstance(value, Mapping):
            return need_part(name, value)
        parts: dict[str, Any] = {}
        wrong = len(self.problems)
        for part, one in value.items():
            if part not in COUNTER_KEYS:
                self.unknown((*key, part), self.guesses.key("counter", part), "a counter")
                continue
            try:
                parts[part] = counter_part(part, one)
            except NotAllowedError as error:
                self.wrong((*key, part), error)
        told = any(each.code == "READ01" for each in self.problems[wrong:])
        return None if told and parts.keys().isdisjoint(COUNTER_TERMS) else counter_of(parts, value)

    # --- what contradicts itself ------------------------------------------------------------------

    def contradictions(self, values: dict[str, Any]) -> None:
        """Values that are right alone and wrong together; what they cost is taken from `values`."""
        if not contradicts(self.kind, values):
            return
        if self.kind == "freezes":
            self.wrong(("end",), _backwards(values, "start", "end"))
            self.invalid |= {"start", "end"}
            del values["start"], values["end"]
            return
        if _is_long_milestone(values):
            # The kind says what it is, so it stays in the schedule, without length.
            written = format_estimate(values["estimate"])
            said = f"a milestone takes no time, its estimate is {shown(written)}"
            self.wrong(("estimate",), NotAllowedError(written, NO_TIME, "0d", said))
            del values["estimate"]
        if _is_finished_first(values):
            self.wrong(("actual_finish",), _backwards(values, "actual_start", "actual_finish"))
            self.invalid.add("actual_finish")
            del values["actual_finish"]

    # --- tables with keys of their own ------------------------------------------------------------

    def is_threshold(self, key: str, value: object) -> bool:
        """Whether `[checks] key` may be a rule's threshold; which ones exist, the rules know."""
        plain = isinstance(value, (int, float, str))
        near = nearest(key, self.fields, loose=not plain)
        if near is not None or _SETTING.fullmatch(key) is None:
            self.unknown((key,), near or key.lower().replace("-", "_"))
            return False
        try:
            _threshold(value)
        except NotAllowedError as error:
            self.wrong((key,), error)
            self.invalid.add(key)
            return False
        return True

    def read_term(self, term: str, value: object) -> Term | None:
        if isinstance(value, str):
            return Term(agreed=value)
        if not isinstance(value, Mapping):
            allowed = 'a meaning in quotes, or { marketing = "…", it = "…", agreed = "…" }'
            self.wrong((term,), NotAllowedError(value, allowed))
            self.invalid.add(term)
            return None
        meanings: dict[str, str] = {}
        for side, meaning in value.items():
            if side not in term_keys():
                near = nearest(side, term_keys(), loose=True)
                self.unknown((term, side), near, "a glossary entry")
                continue
            try:
                meanings[side] = text(meaning)
            except NotAllowedError as error:
                self.wrong((term, side), error)
        return Term(**meanings)


NO_TIME = "0, as a milestone's must be"
"""What the estimate of a milestone may be."""


# --- contradictions -------------------------------------------------------------------------------


def contradicts(kind: str, values: Mapping[str, Any]) -> bool:
    """Whether values that are right alone are wrong together."""
    if kind == "initiatives":
        return _is_long_milestone(values) or _is_finished_first(values)
    return kind == "freezes" and _is_before(values, "end", "start")


def _is_long_milestone(values: Mapping[str, Any]) -> bool:
    estimate = values.get("estimate") if values.get("kind") == "milestone" else None
    return estimate is not None and not estimate.is_zero


def _is_finished_first(values: Mapping[str, Any]) -> bool:
    return "actual_finish" in values and _is_before(values, "actual_finish", "actual_start")


def _is_before(values: Mapping[str, Any], one: str, other: str) -> bool:
    return one in values and other in values and bool(values[one] < values[other])


def _backwards(values: Mapping[str, Any], first: str, last: str) -> NotAllowedError:
    """Two days of which the last comes before the first."""
    return NotAllowedError(
        values[last],
        f"{shown(values[first])} ({first}) or later",
        values[first],
        f"{first} and {last} are swapped",
        first,
    )


# --- single values --------------------------------------------------------------------------------


def _length(value: object) -> Any:
    if isinstance(value, str):
        return parse_length(value)
    near = f"{value}d" if type(value) is int and 0 <= value < 10**4 else None
    raise QuantityError(value, LENGTH_WORDS, near)


def _need(value: object) -> Need:
    if isinstance(value, str):
        return parse_need(value)
    raise QuantityError(value, f"{NEED_WORDS}, or a table with `on`")


_READERS: dict[str, Callable[[Any], Any]] = {
    "text": text,
    "id": identifier,
    "flag": flag,
    "day": day,
    "length": _length,
    "estimate": parse_estimate,
    "amount": parse_amount,
    "need": _need,
}


def _scalar(form: Form, value: object) -> Any:
    if form.what == "choice":
        return choice(value, form.choices)
    if form.what in ("number", "whole"):
        return number(value, form.low, form.high, whole=form.what == "whole")
    return _READERS[form.what](value)


_KEYS: dict[str, Callable[[str], Any]] = {"text": text, "id": identifier, "day": day_key}

_WORDS = {
    "text": "text in quotes",
    "id": "an id in quotes",
    "choice": "a word",
    "whole": "a whole number",
    "number": "a number",
    "day": "a date",
    "need": NEED_WORDS,
    "estimate": ESTIMATE_WORDS,
    "amount": AMOUNT_WORDS,
    "list": "a list",
}


def _words(form: Form) -> str:
    return "one of " + ", ".join(form.choices) if form.choices else _WORDS.get(form.what, form.what)


def _table_words(form: Form) -> str:
    item = _words(form.item) if form.item else "a value"
    if form.key == "day":
        return f"a table of days, each with {item}: 2027-12-24 = …"
    return f"a table, {{ {'id' if form.key == 'id' else 'name'} = {item} }}"


def _threshold(value: Any, inside: bool = False) -> None:
    """Raises unless `value` is a finite number, a length, or (once) a table of such."""
    if isinstance(value, str):
        parse_length(value)
    elif isinstance(value, Mapping) and not inside:
        for one in value.values():
            _threshold(one, inside=True)
    elif type(value) not in (int, float) or not -MAX_NUMBER <= value <= MAX_NUMBER:
        raise NotAllowedError(value, THRESHOLD_WORDS)
