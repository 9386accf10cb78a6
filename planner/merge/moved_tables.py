"""Merge of tables that one side moved to another file while the other side changed them.

The other side may also have moved, renamed or removed them. Git merges files one by one, so the
table is removed in one file and new in another, and the other side's change is lost or the table is
there twice. Here each table is merged by itself, from the file that each side has it in, and
written to one file; two different files are a merge conflict.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from planner.errors import EditRefused
from planner.merge.lines import NOTE, Clash
from planner.merge.references import Called, Documents, Name, referring, table_names, tables_of
from planner.merge.renames import Elsewhere
from planner.merge.three_way import Merged, merge_bytes
from planner.merge.values import Conflict, Decide, Merger
from planner.text.document import Document
from planner.text.edits import AddTable, Place, RemoveTable, RenameId
from planner.text.renames import renamed_tables


class TableVersion(Struct, frozen=True):
    """A table on one side: its file, id and exact text; both empty where it was removed."""

    file: str
    id: str
    text: bytes


class Moved(Struct, frozen=True):
    """A table that is in different files on the sides; without a base both sides added it."""

    kind: str
    base: TableVersion | None
    ours: TableVersion
    theirs: TableVersion

    @property
    def versions(self) -> tuple[TableVersion, ...]:
        """The table on each side, the base included."""
        return tuple(each for each in (self.base, self.ours, self.theirs) if each is not None)

    @property
    def removed(self) -> bool:
        """Whether one side removed it."""
        return not self.ours.file or not self.theirs.file

    @property
    def kept(self) -> TableVersion:
        """The version of the side that did not remove it; theirs where neither did."""
        return self.theirs if self.theirs.file else self.ours

    @property
    def ids(self) -> set[str]:
        """Its ids on all sides."""
        return {each.id for each in self.versions}

    @property
    def id(self) -> str:
        """Its id in merge conflicts."""
        return (self.base or self.ours).id

    @property
    def files(self) -> set[str]:
        """The files that have it on a side."""
        return {each.file for each in self.versions if each.file}


def moved_tables(base: Documents, ours: Documents, theirs: Documents) -> Iterator[Moved]:
    """Tables that both sides changed, at least one of them by moving it to another file."""
    was, mine, others = (_places(each) for each in (base, ours, theirs))
    tables = [tables_of(each) for each in (base, ours, theirs)]
    left, right = (renamed_tables(tables[0], each) for each in tables[1:])
    for name in (each for each in was if _once(each, base)):
        at = _At(base, name, was[name])
        here, there = _now(ours, name, left, mine), _now(theirs, name, right, others)
        if here and there and _both_changed(at, here, there) and (made := _moved(at, here, there)):
            yield made
        stays = here or there
        if (here is None) != (there is None) and stays and _was_taken(at, stays):
            yield from _removed(at, here, there)
    renamed = {(kind, id) for each in (left, right) for (kind, _), id in each.items()}
    for name in mine.keys() & others.keys() - was.keys() - renamed:
        here, there = _At(ours, name, mine[name]), _At(theirs, name, others[name])
        if here.file != there.file and (made := _moved(None, here, there)):
            yield made


def twice(documents: Documents) -> Iterator[Moved]:
    """The tables that stand in two files, and nobody knows from where: the first two places."""
    found = _places(documents)
    for file, document in documents.items():
        for name in table_names(document):
            here, there = (_At(documents, name, each) for each in (found[name], file))
            if here.file != file and (made := _moved(None, here, there)):
                yield made


def as_here(moved: Moved, here: Documents) -> Moved:
    """The same with the sides' text from files as they are, if they have the table."""
    ours, theirs = (_from_here(moved.kind, each, here) for each in (moved.ours, moved.theirs))
    return Moved(moved.kind, moved.base, ours, theirs)


def _from_here(kind: str, version: TableVersion, here: Documents) -> TableVersion:
    document = here.get(version.file)
    if document is None or version.id not in document.tables.get(kind, {}):
        return version
    return _At(here, (kind, version.id), version.file).version or version


class _At(NamedTuple):
    """A table of one side and its file."""

    documents: Documents
    name: Name
    file: str

    @property
    def version(self) -> TableVersion | None:
        """None where its words can't be taken out."""
        alone = taken_out(self.documents[self.file], *self.name)
        return None if alone is None else TableVersion(self.file, self.name[1], alone.to_bytes())


def _now(
    side: Documents, name: Name, renamed: Mapping[Name, str], places: Mapping[Name, str]
) -> _At | None:
    now = (name[0], renamed.get(name, name[1]))
    return _At(side, now, places[now]) if now in places else None


def _both_changed(base: _At, ours: _At, theirs: _At) -> bool:
    """Whether a table is in another file on a side, and the other did not leave it as it was."""
    if base.file == ours.file == theirs.file:
        return False
    left = [each for each in (ours, theirs) if each[1:] == base[1:]]
    return not any(_words(each.version) == _words(base.version) for each in left)


def _was_taken(base: _At, now: _At) -> bool:
    """Whether a table is in another file, and not in its own under a new name."""
    is_new = now.file not in base.documents and base.file not in now.documents
    return now.file != base.file and not is_new


def _removed(base: _At, ours: _At | None, theirs: _At | None) -> Iterator[Moved]:
    """Nothing where the words of a table can't be taken out."""
    gone = TableVersion("", base.name[1], b"")
    was, left, right = (
        base.version,
        *(gone if each is None else each.version for each in (ours, theirs)),
    )
    if was and left and right:
        yield Moved(base.name[0], was, left, right)


def _words(version: TableVersion | None) -> bytes | None:
    return None if version is None else version.text.strip()


def _moved(base: _At | None, ours: _At, theirs: _At) -> Moved | None:
    """None where a side has it in words that can't be taken out."""
    was, left, right = base and base.version, ours.version, theirs.version
    if left is None or right is None or (base is not None and was is None):
        return None
    return Moved(ours.name[0], was, left, right)


def _places(documents: Documents) -> dict[Name, str]:
    """The file of each table; of one that stands in two the first counts."""
    found: dict[Name, str] = {}
    for file, document in documents.items():
        for name in table_names(document):
            found.setdefault(name, file)
    return found


def _once(name: Name, documents: Documents) -> bool:
    return sum(name[1] in each.tables.get(name[0], {}) for each in documents.values()) == 1


def ask_where(merged: Merged, moved: Sequence[Moved]) -> None:
    """Ask, in a file that both sides took a table from, in which of two others it stays, or whether
    it is removed.

    The merge of this file says nothing of it, so that a note of each side stands between markers.
    """
    for each in moved:
        files = (each.base and each.base.file, each.ours.file, each.theirs.file)
        if files[0] in files[1:] or files[1] == files[2]:
            continue
        name = f"{each.kind}.{each.id}"
        places = (f"in {file}" if file else "removed" for file in files[1:])
        merged.pieces += ["\n", Clash("", *(f"{NOTE}{name} is {place}\n" for place in places))]
        key = () if each.removed else ("file",)
        merged.conflicts += (Conflict(each.kind, each.id, key, *files),)


# --- one table ------------------------------------------------------------------------------------


def taken_out(document: Document, kind: str, id: str) -> Document | None:
    """A document of one table alone, word for word; None where it can't be taken out."""
    alone = Document.parse(b"", document.file)
    with suppress(EditRefused):
        back = document.inverse(RemoveTable(kind, id))
        if isinstance(back, AddTable):
            return alone.apply(replace(back, place=None, as_it_was=True))
    return None


def without(document: Document, tables: Sequence[Moved]) -> Document:
    """The document without those of the tables that stand in it. Raises EditRefused."""
    for each in tables:
        for id in _standing(document, each):
            document = document.apply(RemoveTable(each.kind, id))
    return document


def _standing(document: Document, moved: Moved) -> list[str]:
    """Ids that the table has in this document."""
    ids = {each.id for each in moved.versions if each.file == document.file}
    return sorted(ids & document.tables.get(moved.kind, {}).keys())


class MovedResult(Struct, frozen=True):
    """A merged table: its text alone and its file, each None while unresolved.

    The file is ``""`` for a table that is removed.
    """

    moved: Moved
    alone: Document | None
    file: str | None

    def stands_in(self, document: Document) -> bool:
        """Whether a document already has exactly this table, under its only id."""
        if self.alone is None or self.file != document.file:
            return False
        ids = _standing(document, self.moved)
        there = taken_out(document, self.moved.kind, ids[0]) if len(ids) == 1 else None
        return there is not None and there.to_bytes() == self.alone.to_bytes()

    @property
    def renames(self) -> list[RenameId]:
        """Renames for references to the ids that it no longer has."""
        if self.alone is None:
            return []
        ids = list(self.alone.tables.get(self.moved.kind, {}))
        return [
            RenameId(self.moved.kind, old, ids[0], as_it_was=True)
            for old in sorted(self.moved.ids)
            if ids and old != ids[0]
        ]


def merge_moved(moved: Moved, merger: Merger) -> MovedResult:
    """Merge a moved table and choose its file; unresolved conflicts are added to `merger`."""
    if moved.removed:
        return _kept_or_removed(moved, merger)
    base, ours, theirs = moved.base, moved.ours, moved.theirs
    was = None if base is None else base.text
    merged = merge_bytes(was, ours.text, theirs.text, ours.file, merger.decide)
    merger.asked += merged.asked
    merger.conflicts += merged.conflicts
    return MovedResult(moved, merged.document, _place(moved, merger))


def _kept_or_removed(moved: Moved, merger: Merger) -> MovedResult:
    """Resolve a table that one side removed: one conflict about the whole table."""
    versions = {"base": moved.base or moved.kept, "ours": moved.ours, "theirs": moved.theirs}
    alone = {side: Document.parse(version.text, version.file) for side, version in versions.items()}
    says = (each.tables.get(moved.kind, {}).get(versions[side].id) for side, each in alone.items())
    side = merger.choose(Conflict(moved.kind, moved.id, (), *says))
    return MovedResult(
        moved, *((None, None) if side is None else (alone[side], versions[side].file))
    )


def _place(moved: Moved, merger: Merger) -> str | None:
    files = {"base": moved.base and moved.base.file, "ours": moved.ours.file}
    files["theirs"] = moved.theirs.file
    if files["ours"] == files["theirs"]:
        return moved.ours.file
    side = merger.choose(Conflict(moved.kind, moved.id, ("file",), *files.values()))
    return None if side is None else files[side] or ""


def put_in(
    documents: Documents, results: Sequence[MovedResult], edits: Sequence[RenameId]
) -> Documents:
    """Return the documents with each table in one file and references by its only id.

    Raises EditRefused where that can't be written.
    """
    places = [
        {file: _place_in(document, each.moved) for file, document in documents.items()}
        for each in results
    ]
    found = {}
    for file, document in documents.items():
        moved = [each.moved for each in results if not each.stands_in(document)]
        found[file] = referring(without(document, moved), edits)
    for each, place in zip(results, places, strict=True):
        if each.alone is None or not each.file:
            continue
        if each.file not in documents or not each.stands_in(documents[each.file]):
            alone = referring(each.alone, edits)
            found[each.file] = _with(found[each.file], each.moved.kind, alone, place[each.file])
    return found


def _place_in(document: Document, moved: Moved) -> Place | None:
    for id in _standing(document, moved):
        with suppress(EditRefused):
            back = document.inverse(RemoveTable(moved.kind, id))
            return back.place if isinstance(back, AddTable) else None
    return None


def _with(document: Document, kind: str, alone: Document, place: Place | None) -> Document:
    for id, table in alone.tables.get(kind, {}).items():
        edit = AddTable(kind, id, dict(table), alone.text, place, as_it_was=True)
        document = document.apply(edit)
    return document


# --- whole files ----------------------------------------------------------------------------------


class Sides(Struct, frozen=True):
    """A file that a merge left open: its bytes on three sides."""

    file: str
    base: bytes | None
    ours: bytes
    theirs: bytes
    elsewhere: Elsewhere | None = None


class JointMerge(Merged):
    """Several files merged at once, since tables went from one to another; `files` has all that
    are new, by name, and is empty while anything is open."""

    def __init__(self, first: Merged, merger: Merger, files: Mapping[str, bytes]) -> None:
        super().__init__(
            first.pieces, merger, first.file, bom=False, newline="\n", read=first.is_roadmap
        )
        self.files = files

    def to_bytes(self, size: int = 7) -> bytes:
        """The first of the files."""
        return self.files.get(self.file) or super().to_bytes(size)

    def verify(self) -> None:
        """Read back every file. Raises ReadError."""
        for file, raw in self.files.items():
            Document.parse(raw, file)


def merge_together(
    opened: Sequence[Sides],
    beside: Documents,
    moved: Sequence[Moved],
    called: Sequence[Called],
    decide: Decide | None,
) -> JointMerge:
    """Merge files that are open, with the tables that went between them and those `beside` them,
    all references by the ids that tables have in the end.

    Raises EditRefused and ReadError where that can't be written: then they are merged one by one.
    """
    merger = Merger(decide)
    results = [merge_moved(each, merger) for each in moved]
    edits = [edit for each in results for edit in each.renames]
    merged = [_merged(each, moved, edits, decide) for each in opened]
    for each in merged:
        merger.asked += each.asked
        merger.conflicts += each.conflicts
    if merger.conflicts:
        return JointMerge(merged[0], merger, {})
    documents = {
        **beside,
        **{each.file: Document.parse(each.to_bytes(), each.file) for each in merged},
    }
    found = put_in(documents, results, edits)
    edits = [edit for each in called for edit in each.renames(found)]
    found = {file: referring(document, edits) for file, document in found.items()}
    files = {
        file: document.to_bytes()
        for file, document in found.items()
        if file not in beside or document.to_bytes() != beside[file].to_bytes()
    }
    return JointMerge(merged[0], merger, files)


def _merged(
    sides: Sides, moved: Sequence[Moved], edits: Sequence[RenameId], decide: Decide | None
) -> Merged:
    three = (
        None if raw is None else _bare(raw, sides.file, moved, edits)
        for raw in (sides.base, sides.ours, sides.theirs)
    )
    base, ours, theirs = three
    assert ours is not None
    assert theirs is not None
    return merge_bytes(base, ours, theirs, sides.file, decide, sides.elsewhere)


def _bare(raw: bytes, file: str, moved: Sequence[Moved], edits: Sequence[RenameId]) -> bytes:
    return referring(without(Document.parse(raw, file), moved), edits).to_bytes()
