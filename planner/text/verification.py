"""Verify that a changed text has exactly the intended data, without parsing all of it.

A bundle is parsed again: the edited tables and everything that can write to them (keys above all
headers, the `[kind]` section of a kind). Two tables of different ids can only contradict each other
through those, so a text whose bundles are valid TOML is valid TOML.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import tomli

from planner.errors import EditRefused
from planner.roadmap.entities import KINDS
from planner.text.drafts import Draft
from planner.text.edits import dotted, same
from planner.text.limits import refuse_too_much
from planner.text.scanning import Item
from planner.text.sections import Section, Unit

Data = Mapping[str, Any]


def read_back(draft: Draft, touched: Iterable[Unit], expected: Data) -> dict[str, Any]:
    """What the bundle of the touched units says. Raises EditRefused if it is not as expected.

    Raises ScanError, ReadError and TOMLDecodeError where the new text is not even allowed.
    """
    units = set(touched)
    _refuse_bad_pieces(draft)
    bundle = _bundle(draft, units)
    parsed = tomli.loads("".join(_ended(section.text) for section in bundle))
    for kind, tables in parsed.items():
        if kind in KINDS and kind not in draft.base.whole and isinstance(tables, dict):
            meant = expected.get(kind, {})
            for id, table in tables.items():
                _must_be((kind, id), table, meant.get(id))
        else:
            _must_be((kind,), tables, expected.get(kind))
    for unit in units:
        if _has(parsed, unit) != _has(expected, unit):
            raise _refusal(unit)
    return parsed


def _ended(text: str) -> str:
    return text if text.endswith("\n") or not text else text + "\n"


def _refuse_bad_pieces(draft: Draft) -> None:
    """New sections are within the limits and TOML 1.0, and end where the next one begins."""
    for section in draft.changed():
        refuse_too_much(section.text.encode(), section.text, "")
        _ = section.statements
        if section.text and not section.text.endswith("\n") and draft.after(section) is not None:
            raise _refusal(section.path)


def _must_be(path: Unit, found: Any, meant: Any) -> None:
    if not same(found, meant):
        raise _refusal(path)


def _has(data: Data, unit: Unit) -> bool:
    if len(unit) == 2:
        tables = data.get(unit[0], {})
        return isinstance(tables, Mapping) and unit[1] in tables
    return not unit or unit[0] in KINDS or unit[0] in data


def _refusal(path: Unit) -> EditRefused:
    name = dotted(path) or "the file"
    return EditRefused(
        f"{name} can't be changed here without changing something else too",
        key=name,
        hint="change it in the file by hand",
    )


# --- bundles --------------------------------------------------------------------------------------


def _bundle(draft: Draft, units: set[Unit]) -> list[Section]:
    """The sections that can write to the units, in the order of the document."""
    found = {unit for unit in units if unit}
    found |= written_by(draft.root)
    shared = {unit[:1] for unit in found if unit[0] in KINDS}
    spread = {
        unit for kind in shared for section in draft.sections(kind) for unit in written_by(section)
    }
    found |= shared | spread
    sections = [section for unit in found for section in draft.sections(unit)]
    if not draft.root.statements and not spread:
        return sections
    wanted = {draft.root, *sections}
    return [section for section in draft.outline().sections if section in wanted]


def written_by(section: Section) -> set[Unit]:
    """The units that the statements of a section write to that several tables share."""
    base = section.path
    return {unit for statement in section.statements for unit in _units_of(statement.item, base)}


def _units_of(item: Item, base: Unit) -> set[Unit]:
    names = base + item.names
    if len(names) > 1 or names[0] not in KINDS:
        return {names[:2] if names[0] in KINDS else names[:1]}
    return {unit for inner in item.value.items for unit in _units_of(inner, names)} or {names}
