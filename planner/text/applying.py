"""Apply an edit to the text of one document; read back, and refused unless it is exact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import Any, NamedTuple

import tomli
from msgspec.structs import replace

from planner.errors import EditRefused, ReadError
from planner.roadmap.entities import KINDS, SINGLES, Tables
from planner.text.drafts import Draft, Outline
from planner.text.edits import (
    AddTable,
    Place,
    RemoveKey,
    RemoveTable,
    RenameId,
    SetKey,
    apply_to_data,
    dotted,
    full_key,
    same,
)
from planner.text.key_edits import add_table, change
from planner.text.locations import lookup
from planner.text.naming import rename
from planner.text.queries import asking
from planner.text.references import holders, holding
from planner.text.scanning import ScanError
from planner.text.sections import Path, Section, Unit, split_exactly
from planner.text.verification import read_back, written_by

Single = SetKey | RemoveKey | AddTable | RemoveTable | RenameId
Data = Mapping[str, Any]


class Applied(NamedTuple):
    """The sections after an edit, and what they say."""

    outline: Outline
    data: dict[str, Any]


def apply_to_text(edit: Single, outline: Outline, newline: str, data: Data) -> Applied | None:
    """Make one edit; None where it changes nothing. Raises EditRefused."""
    tables = tables_of(data)
    if edit.kind in data and edit.kind not in tables:
        raise EditRefused(f"{edit.kind} is not made of tables", key=edit.kind)
    if edit.kind in KINDS and not isinstance(edit, RenameId) and not edit.id:
        hint = "give it one in the file by hand"
        raise EditRefused(
            f"a table of {edit.kind} has no id to find it by", key=edit.kind, hint=hint
        )
    new = data_of(apply_to_data(edit, tables), data)
    if _unchanged(edit, data, new):
        return None
    *tries, last = _attempts(edit)
    for attempt in tries:
        try:
            return _apply(attempt, Draft(outline, newline), data, new)
        except (EditRefused, ScanError, ReadError, tomli.TOMLDecodeError, RecursionError):
            continue
    try:
        return _apply(last, Draft(outline, newline), data, new)
    except (ScanError, ReadError, tomli.TOMLDecodeError, RecursionError) as error:
        raise _refusal(edit, error) from None


def _attempts(edit: Single) -> Iterator[Single]:
    """A table with its old text goes back to its old place, else among its kind, else anew."""
    if isinstance(edit, AddTable) and edit.text is not None:
        if edit.place is not None:
            yield edit
        yield replace(edit, place=None)
        yield replace(edit, text=None, place=None)
    else:
        yield edit


def _refusal(edit: Single, error: Exception) -> EditRefused:
    path = dotted(paths_of(edit)[0])
    why = str(error) if isinstance(error, ScanError) else "the result would not be read as meant"
    if isinstance(error, ReadError):
        why = error.message
    return EditRefused(f"can't be written: {why}", key=path, hint="change it in the file by hand")


def _unchanged(edit: Single, old: Data, new: Data) -> bool:
    if isinstance(edit, RenameId):
        return all(new.get(kind) is value for kind, value in old.items())
    return all(same(lookup(old, path), lookup(new, path)) for path in paths_of(edit))


def paths_of(edit: Single) -> tuple[Path, ...]:
    """The tables that an edit names."""
    if isinstance(edit, RenameId):
        return full_key(edit.kind, edit.old), full_key(edit.kind, edit.new)
    return (full_key(edit.kind, edit.id),)


# --- text -----------------------------------------------------------------------------------------


def _apply(edit: Single, draft: Draft, old: Data, new: dict[str, Any]) -> Applied:
    """Read the tables before and after: before, so that none can have been overlooked."""
    units = {draft.unit(path) for path in paths_of(edit)}
    read_back(draft, units, old)
    _perform(edit, draft, old, new)
    read = read_back(draft, draft.touched | units, new)
    return Applied(draft.outline(), _settled(draft, edit, read, old, new))


def _perform(edit: Single, draft: Draft, old: Data, new: Data) -> None:
    if isinstance(edit, RenameId):
        _rename(edit, draft, old, new)
    elif isinstance(edit, AddTable):
        if edit.text is not None and edit.place is not None:
            _put_back(draft, edit.text, edit.place)
        else:
            add_table(draft, full_key(edit.kind, edit.id), edit.text, old, new)
    elif isinstance(edit, RemoveTable):
        change(draft, full_key(edit.kind, edit.id), old, new)
    else:
        change(draft, full_key(edit.kind, edit.id, edit.key), old, new)


def _rename(edit: RenameId, draft: Draft, old: Data, new: Data) -> None:
    """First the id itself, so that the references are changed in the table's new name."""
    tables = tables_of(old)
    found = holders(tables, edit.kind, edit.old)
    if edit.old in tables.get(edit.kind, {}):
        rename(draft, full_key(edit.kind, edit.old), edit.new)
        of_kind = old[edit.kind]
        renamed_only = {edit.new if id == edit.old else id: of_kind[id] for id in of_kind}
        old = {**old, edit.kind: renamed_only}
    for kind, name in found:
        id = edit.new if (kind, name) == (edit.kind, edit.old) else name
        for key, shape in holding(edit.kind)[kind].items():
            path = full_key(kind, id, (key,))
            value = lookup(old, path)
            if value is lookup(new, path):
                continue
            if shape == "keys":
                rename(draft, (*path, edit.old), edit.new)
            else:
                change(draft, path, old, new, in_place=True)
    for name in asking(tables.get("views", {}), edit.kind, edit.old):
        id = edit.new if (edit.kind, name) == ("views", edit.old) else name
        change(draft, full_key("views", id, ("query",)), old, new)


def _put_back(draft: Draft, text: str, place: Place) -> None:
    """Put text back, word for word, at the line where it stood."""
    for section in draft.around(place.section):
        if section.path == place.section and place.line <= section.newlines + 1:
            at = _line_start(section.text, place.line)
            pieces = split_exactly(section.text[:at] + text + section.text[at:])
            draft.replace(section, pieces[1:] if section.path else pieces)
            return
    raise EditRefused("the place where it stood is gone")


def _line_start(text: str, line: int) -> int:
    """Where a line begins, counted from 0; the end of the text for one more than it has."""
    at = 0
    for _ in range(line):
        at = text.find("\n", at) + 1 or len(text)
    return at


# --- data -----------------------------------------------------------------------------------------


def tables_of(data: Data) -> Tables:
    """Parsed data as edits see it: single tables with the id ``""``; what is no table left out."""
    return {
        kind: {"": value} if kind in SINGLES else value
        for kind, value in data.items()
        if isinstance(value, Mapping)
    }


def data_of(tables: Tables, data: Data) -> dict[str, Any]:
    """Tables as a parser gives them, in the order of `data`, with what in it is no table."""
    found: dict[str, Any] = {}
    for kind in dict.fromkeys((*data, *tables)):
        if kind in tables:
            found[kind] = tables[kind][""] if kind in SINGLES else tables[kind]
        elif not isinstance(data[kind], Mapping):
            found[kind] = data[kind]
    return found


def _settled(
    draft: Draft, edit: Single, read: Data, old: Data, new: dict[str, Any]
) -> dict[str, Any]:
    """The expected data with what was read in its place: keys and ids in the order of the file."""
    data = dict(new)
    for kind, of_kind in new.items():
        if of_kind is old.get(kind) or kind not in read:
            continue
        if kind in KINDS and isinstance(of_kind, Mapping):
            data[kind] = {**of_kind, **{id: read[kind][id] for id in read[kind]}}
        else:
            data[kind] = read[kind]
    data |= {kind: {} for kind in KINDS if kind in read and kind not in data}
    if isinstance(edit, AddTable) and edit.kind in KINDS:
        data[edit.kind] = _in_place(draft, edit.kind, edit.id, data[edit.kind], read[edit.kind])
    return data


def _in_place(draft: Draft, kind: str, id: str, tables: Data, read: Data) -> Data:
    """The tables of a kind in the order of the file, of which the newest is at the end."""
    sections = draft.sections((kind, id))
    if not sections:
        return read if read.keys() == tables.keys() else tables
    above = takewhile(lambda each: each is not sections[0], draft.outline().sections)
    seen = {unit[1] for each in above for unit in _units_above(each) if unit[:1] == (kind,)}
    rest = [each for each in tables if each != id]
    at = max((at for at, each in enumerate(rest, 1) if each in seen), default=0)
    return {each: tables[each] for each in (*rest[:at], id, *rest[at:])}


def _units_above(section: Section) -> set[Unit]:
    """The keyed tables that a section is about, by its header or by its statements."""
    if len(section.path) > 1:
        return {section.path[:2]}
    return {unit for unit in written_by(section) if len(unit) > 1}
