"""Bring tables that one side moved to another file into one file on all three sides.

For the merge of external changes: files are merged one by one, so a table that one side moved and
the other changed would be lost or be there twice. It goes to theirs' file, else to ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from msgspec.structs import replace

from planner.errors import EditRefused
from planner.roadmap.entities import KINDS
from planner.text.document import Document
from planner.text.edits import AddTable, RemoveTable, same

Documents = dict[str, Document]
Name = tuple[str, str]


Sides = tuple[Documents, Documents, Documents]


def moved_into_one_file(
    base: Documents, ours: Documents, theirs: Documents
) -> tuple[Sides, dict[Name, str]]:
    """Return the three sides with each moved and changed table in one file.

    Also returns the file of each table that one side moved and the other removed.
    """
    sides = (base, ours, theirs)
    if len(base.keys() | ours.keys() | theirs.keys()) < 2:
        return sides, {}
    removed = dict(_removed(*sides))
    for name, path in (*_moved(*sides), *removed.items()):
        base, ours, theirs = (_with_table_in(each, name, path) for each in (base, ours, theirs))
    return (base, ours, theirs), removed


def _removed(base: Documents, ours: Documents, theirs: Documents) -> Iterator[tuple[Name, str]]:
    """Tables that one side moved and the other removed, with their new files."""
    was, mine, others = (_places(each) for each in (base, ours, theirs))
    for name, at in was.items():
        left, right = mine.get(name), others.get(name)
        path = left or right
        if (left is None) != (right is None) and path != at and path in theirs and path in base:
            yield name, path


def _moved(base: Documents, ours: Documents, theirs: Documents) -> Iterator[tuple[Name, str]]:
    """Tables that one side moved and the other moved or changed, with the file for them."""
    was, mine, others = (_places(each) for each in (base, ours, theirs))
    for name, at in was.items():
        left, right = mine.get(name), others.get(name)
        if left is None or right is None or left == right:
            continue
        path = left if right == at else right
        one, other = _table(ours[left], name), _table(theirs[right], name)
        before = _table(base[at], name)
        apart = at not in (left, right)
        if path in theirs and (apart or not same(one if left == at else other, before)):
            yield name, path


def _places(documents: Documents) -> dict[Name, str]:
    """The file of each table; the first of several."""
    found: dict[Name, str] = {}
    for path, document in documents.items():
        for kind in document.tables.keys() & KINDS:
            for id in document.tables[kind]:
                found.setdefault((kind, id), path)
    return found


def _table(document: Document, name: Name) -> object:
    return document.tables[name[0]][name[1]]


def _with_table_in(documents: Documents, name: Name, path: str) -> Documents:
    """Return the documents with the table in that file, unchanged where that is not possible."""
    at = _places(documents).get(name)
    if at in (None, path):
        return documents
    source = documents[at]
    into = documents.get(path) or Document.parse(b"", path)
    with suppress(EditRefused):
        back = source.inverse(RemoveTable(*name))
        if isinstance(back, AddTable):
            moved = into.apply(replace(back, place=None, as_it_was=True))
            return documents | {at: source.apply(RemoveTable(*name)), path: moved}
    return documents
