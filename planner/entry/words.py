"""``KEY=VALUE`` arguments as edits: taken by the editing commands, printed for fixes.

A value is TOML where it looks like a list, a table or quoted text; else it is read as a form reads
it (``deadline="1 mar"``, ``estimate=4w/6w/10w``, ``needs="consent-api SS+5d"``), so that a text
means the same wherever it is typed. ``KEY=`` takes the key out. ``reviews.privacy=2026-11-03``
reaches into a small table. ``outcomes+=retention`` adds to a list or a small table, and
``needs-=consent-api`` takes out of one; ``deadline+=2w`` and ``estimate-=3d`` move a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import tomli

from planner.entry.context import Around
from planner.entry.list_edits import added, named_items, without
from planner.entry.shapes import Field, field_inside, field_of
from planner.entry.shifts import SHIFTS, shifted
from planner.entry.values import understood
from planner.errors import UsageError
from planner.plan.model import Plan
from planner.roadmap.entities import KINDS, SINGLES, Tables
from planner.roadmap.fields import KIND_NOUNS, fields, kind_called, nearest_key
from planner.roadmap.figures import listed
from planner.roadmap.ids import nearest
from planner.roadmap.typed import Unclear
from planner.text.commands import initiative_name
from planner.text.editing import unedited
from planner.text.edits import (
    Edit,
    Edits,
    Key,
    RemoveKey,
    SetKey,
    apply_to_data,
)
from planner.text.locations import MISSING, lookup
from planner.text.phrases import did_you_mean, typed
from planner.text.shell import line


def table_named(plan: Plan, name: str) -> tuple[str, str]:
    """The kind and id of ``web-push``, ``systems.cdp`` (or ``system.cdp``) or ``roadmap``.

    Raises UsageError.
    """
    if name in SINGLES:
        return name, ""
    word, dot, id = name.partition(".")
    kind = kind_called(word)
    if dot and kind is not None:
        if id in plan.roadmap.table(kind):
            return kind, id
        near = nearest(id, plan.roadmap.table(kind), loose=True)
        raise _unknown(f"there is no {typed(f'{kind}.{id}')}", near and f"{kind}.{near}")
    holding = [kind for kind in KINDS if name in plan.roadmap.table(kind)]
    if "initiatives" in holding:
        return "initiatives", name
    if len(holding) > 1:
        names = " or ".join(typed(f"{kind}.{name}") for kind in holding)
        raise UsageError(f"{typed(name)} is {_as_kinds(holding)}", hint=f"write {names}")
    if not holding:
        known = [id for kind in KINDS for id in plan.roadmap.table(kind)]
        raise _unknown(f"there is no {typed(name)}", nearest(name, known, loose=True))
    return holding[0], name


def _as_kinds(kinds: Iterable[str]) -> str:
    """``a team and a system``."""
    nouns = [KIND_NOUNS[kind] for kind in kinds]
    return listed(f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}" for noun in nouns)


def assigned(plan: Plan, kind: str, id: str, words: Iterable[str]) -> Edit:
    """The edit that ``KEY=VALUE …`` means for one table. Raises UsageError."""
    words = tuple(words)
    if not words:
        name = initiative_name(id) if kind == "initiatives" else ".".join(filter(None, (kind, id)))
        example = line(["planner", "set", name, _example(kind)])
        raise UsageError("no KEY=VALUE is given", hint=f"for example `{example}`")
    edits, _ = _made(plan, kind, id, words, plan.written(kind, id))
    return Edits(edits, f"set {' '.join((id or kind, *words))}")


def values_of(plan: Plan, kind: str, words: Iterable[str]) -> dict[str, Any]:
    """The keys of a new table from ``KEY=VALUE …``. Raises UsageError."""
    return dict(_made(plan, kind, "", words, {})[1])


def _made(
    plan: Plan, kind: str, id: str, words: Iterable[str], table: Mapping[str, Any]
) -> tuple[tuple[Edit, ...], Mapping[str, Any]]:
    """The edits that words mean for a table, each on what those before it made, and the table.

    Of several words about one key the last edit says all, so that what stands beside the key stays.
    """
    edits: list[SetKey | RemoveKey] = []
    tables: Tables = {kind: {id: table}}
    for word in words:
        edit = _assignment(plan, kind, id, word, tables[kind][id])
        tables = apply_to_data(edit, tables)
        edits = [each for each in edits if each.key[: len(edit.key)] != edit.key]
        if isinstance(edit, SetKey) or _holds(edits, edit, table):
            edits.append(edit)
    return tuple(edits), tables[kind][id]


def _holds(edits: Iterable[Edit], edit: RemoveKey, table: Mapping[str, Any]) -> bool:
    """Whether the table has, after some edits, what another takes out."""
    after = apply_to_data(Edits(tuple(edits)), {edit.kind: {edit.id: table}})
    return lookup(after[edit.kind][edit.id], edit.key) is not MISSING


def _assignment(
    plan: Plan, kind: str, id: str, word: str, before: Mapping[str, Any]
) -> SetKey | RemoveKey:
    key, sign, text = _split(kind, word, before)
    if sign != "=":
        return _amendment(plan, kind, id, (key, sign, text), before.get(key[0]))
    if not text:
        return RemoveKey(kind, id, key)
    value = _value(plan, kind, key, text, before.get(key[0]))
    return RemoveKey(kind, id, key) if value is None else SetKey(kind, id, key, value)


def _amendment(
    plan: Plan, kind: str, id: str, said: tuple[Key, str, str], before: Any
) -> SetKey | RemoveKey:
    """What ``+=`` and ``-=`` do to a key that holds ``before``."""
    key, sign, text = said
    field = _holding_several(kind, key)
    if not text:
        raise UsageError(
            f"{typed(f'{field.key}{sign}')} has no value", hint=f"name what to {_SIGNS[sign]}"
        )
    if field.shape in SHIFTS:
        by = 1 if sign == "+=" else -1
        return SetKey(kind, id, key, shifted(field, before, text, by, Around(plan)))
    if sign == "+=":
        return SetKey(kind, id, key, added(field, before, _value(plan, kind, key, text, None)))
    left = without(field, before, _named(field, text))
    return RemoveKey(kind, id, key) if left is None else SetKey(kind, id, key, left)


_SIGNS = {"+=": "add", "-=": "remove"}


def _holding_several(kind: str, key: Key) -> Field:
    field = field_of(kind, key[0])
    if field is None or len(key) > 1:
        name = ".".join(key)
        raise UsageError(f"{name} holds one value", hint=f"{typed(f'{name}=VALUE')} replaces it")
    return field


def _named(field: Field, text: str) -> list[str]:
    if text[:1] not in "[{\"'":
        return named_items(field, text)
    value = _toml(text)
    return [str(each) for each in (value if isinstance(value, list | dict) else [value])]


def _value(plan: Plan, kind: str, key: Key, text: str, before: Any) -> Any:
    """A plain TOML value."""
    if text[:1] in "[{\"'":
        return _toml(text)
    if kind == "glossary":
        return text
    around = Around(plan)
    field = field_of(kind, key[0]) if len(key) == 1 else field_inside(kind, key)
    if field is None:
        return _inner(around, text)
    read = understood(field, unedited(text), around, before)
    if isinstance(read, Unclear):
        raise UsageError(f"{'.'.join(key)}={text}: {read}")
    return read.value


def _inner(around: Around, text: str) -> Any:
    """A value inside a small table, whose form is not known: TOML, else a day, else text.

    A word alone is text: ``may`` and ``so`` are days only where one is asked for.
    """
    try:
        return _toml(text)
    except UsageError:
        read = around.day(text) if re.search(r"\d", text) else Unclear("text")
        return text if isinstance(read, Unclear) else read.value


def _toml(text: str) -> Any:
    try:
        value: date | Any = tomli.loads(f"value = {text}")["value"]
    except (tomli.TOMLDecodeError, RecursionError, ValueError):
        raise UsageError(
            f"{typed(text)} is not a TOML value", hint="put quotes around it for the shell"
        ) from None
    return value


_WORD = re.compile(r"""((?:"(?:[^"\\]|\\.)*"|'[^']*'|[^="'])*?|[^=]*?)([+-]?=)(.*)""", re.DOTALL)
"""A key, in which what is quoted may hold ``=``; the sign; a value."""


def _split(kind: str, word: str, before: Mapping[str, Any]) -> tuple[Key, str, str]:
    """The key, ``=``, ``+=`` or ``-=``, and the text behind it; a key that the format doesn't know
    can only be taken out.
    """
    found = _WORD.fullmatch(word)
    if found is None:
        raise UsageError(f"{typed(word)} is not KEY=VALUE", hint="for example `estimate=4w`")
    name, sign, text = found.groups()
    key = _key(name.strip())
    known = kind in ("glossary", "checks") or key[0] in fields(kind)
    if not known and (sign != "=" or text.strip() or key[0] not in before):
        raise _unknown(f"{kind} have no key {typed(key[0])}", nearest_key(kind, key[0]))
    return key, sign, text.strip()


def _key(name: str) -> Key:
    try:
        found: Any = tomli.loads(f"{name} = true")
    except (tomli.TOMLDecodeError, RecursionError, ValueError):
        raise UsageError(
            f"{typed(name)} is not a key", hint="for example `estimate` or `reviews.privacy`"
        ) from None
    parts: list[str] = []
    while isinstance(found, dict):
        [(part, found)] = found.items()
        parts.append(part)
    return tuple(parts)


def _example(kind: str) -> str:
    """A word that sets something of a table of this kind."""
    if kind == "initiatives":
        return "estimate=4w"
    return f"{next(iter(fields(kind)), 'term')}=New words"


def _unknown(message: str, near: str | None) -> UsageError:
    return UsageError(message, hint=did_you_mean(near))
