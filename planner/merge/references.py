"""References in a merge of several files: each leads to its table by the id that it has in the end.

A side that gives a table another id changes all that refers to it; what the other side refers to it
meanwhile, in files that git takes as they come, leads nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from msgspec import Struct

from planner.errors import EditRefused
from planner.merge.renames import Elsewhere
from planner.roadmap.entities import KINDS, Tables
from planner.roadmap.fields import reference_shape
from planner.text.document import Document
from planner.text.edits import Edits, RemoveTable, RenameId, SetKey
from planner.text.references import mentions
from planner.text.renames import renamed_tables

Documents = Mapping[str, Document]
"""The documents of one side, by the names of their files."""

Name = tuple[str, str]
"""The kind and the id of a table."""


class Called(Struct, frozen=True):
    """What one table is called: by the base, and otherwise by a side or by both."""

    kind: str
    ids: frozenset[str]

    def renames(self, documents: Documents) -> list[RenameId]:
        """What brings references to the one of the ids that has a table, if there is one."""
        known = [each.tables.get(self.kind, {}) for each in documents.values()]
        there = [id for id in self.ids if any(id in tables for tables in known)]
        rest = sorted(self.ids.difference(there)) if len(there) == 1 else ()
        return [RenameId(self.kind, old, there[0], as_it_was=True) for old in rest]


def renamed_tables_of(base: Documents, ours: Documents, theirs: Documents) -> list[Called]:
    """The tables to which a side gave another id."""
    was, *sides = (tables_of(each) for each in (base, ours, theirs))
    left, right = (renamed_tables(was, each) for each in sides)
    return [
        Called(kind, frozenset({old, left.get((kind, old), old), right.get((kind, old), old)}))
        for kind, old in {**left, **right}
    ]


def missed(documents: Documents, called: Sequence[Called]) -> list[Called]:
    """Those whose new id some reference in the files has missed."""
    tables = tables_of(documents)
    return [
        each
        for each in called
        if any(mentions(tables, edit.kind, edit.old) for edit in each.renames(documents))
    ]


def referring(document: Document, edits: Sequence[RenameId]) -> Document:
    """The document with its references under new ids, none of them twice in a list."""
    for edit in edits:
        with suppress(EditRefused):  # Nothing here refers to it.
            document = _led(document, edit)
            document = document.apply(Edits(tuple(_doubled(document.tables, edit))))
    return document


def _led(document: Document, edit: RenameId) -> Document:
    """With a table of the new id out of the way: a rename is refused where the id is taken."""
    if edit.new not in document.tables.get(edit.kind, {}):
        return document.apply(edit)
    if edit.old in document.tables.get(edit.kind, {}):
        return document
    taken_out = RemoveTable(edit.kind, edit.new)
    back = document.inverse(taken_out)
    return document.apply(taken_out).apply(edit).apply(back)


def _doubled(tables: Tables, edit: RenameId) -> Iterator[SetKey]:
    """What takes a second reference to the new id out of each list."""
    for kind, id in mentions(tables, edit.kind, edit.new):
        for key, value in tables[kind][id].items():
            if reference_shape(kind, key) and isinstance(value, list):
                once = list({repr(each): each for each in value}.values())
                if len(once) < len(value):
                    yield SetKey(kind, id, (key,), once)


# --- the tables of all files ---------------------------------------------------------------------


def tables_of(documents: Documents) -> dict[str, dict[str, Any]]:
    """The tables of all files as one; of one id in two files the first counts."""
    found: dict[str, dict[str, Any]] = {}
    for document in documents.values():
        for kind, id in table_names(document):
            found.setdefault(kind, {}).setdefault(id, document.tables[kind][id])
    return found


def beside(
    file: str,
    base: Documents,
    ours: Documents,
    theirs: Documents,
    moved: frozenset[Name] = frozenset(),
) -> Elsewhere:
    """The tables of all files but one, on each side; `moved` are those that came to this one."""
    others = [
        tables_of({name: each for name, each in side.items() if name != file})
        for side in (base, ours, theirs)
    ]
    return Elsewhere(others[0], others[1], others[2], moved)


def table_names(document: Document) -> Iterator[Name]:
    """The tables with an id of their own in a document."""
    for kind in document.tables.keys() & KINDS:
        for id, table in document.tables[kind].items():
            if isinstance(table, Mapping):
                yield kind, id
