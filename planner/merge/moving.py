"""Tables that one side took to another file, while the other side changed them, took them elsewhere
or removed them.

Files are merged one by one, so that such a table would be removed in one file and new in another:
what the other side did would be lost, or stand there twice. Before the merge it is brought to one
file on all three sides: where the others have it, else where we do.
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


def in_one_file(
    base: Documents, ours: Documents, theirs: Documents
) -> tuple[Sides, dict[Name, str]]:
    """The three sides' documents by path, each table that was moved and changed in one file; and
    the paths of those of which the change is that a side removed them."""
    sides = (base, ours, theirs)
    if len(base.keys() | ours.keys() | theirs.keys()) < 2:
        return sides, {}
    removed = dict(_removed(*sides))
    for name, path in (*_moved(*sides), *removed.items()):
        base, ours, theirs = (_brought(each, name, path) for each in (base, ours, theirs))
    return (base, ours, theirs), removed


def _removed(base: Documents, ours: Documents, theirs: Documents) -> Iterator[tuple[Name, str]]:
    """The tables that one side moved and the other removed, and where they went."""
    was, mine, others = (_places(each) for each in (base, ours, theirs))
    for name, at in was.items():
        left, right = mine.get(name), others.get(name)
        path = left or right
        if (left is None) != (right is None) and path != at and path in theirs and path in base:
            yield name, path


def _moved(base: Documents, ours: Documents, theirs: Documents) -> Iterator[tuple[Name, str]]:
    """The tables whose move meets something of the other side, and where they go."""
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
    """The file of each table; of one that stands in two the first counts."""
    found: dict[Name, str] = {}
    for path, document in documents.items():
        for kind in document.tables.keys() & KINDS:
            for id in document.tables[kind]:
                found.setdefault((kind, id), path)
    return found


def _table(document: Document, name: Name) -> object:
    return document.tables[name[0]][name[1]]


def _brought(documents: Documents, name: Name, path: str) -> Documents:
    """The documents with the table in that file, word for word; as they are where it can't be."""
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
