"""Workspace: the file, or the files of a folder, of one roadmap.

It is a value like its documents: an edit makes another workspace. Edits name no file; the workspace
finds it. Files have the names that the user gave, relative or absolute.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator, Mapping, Set
from functools import cached_property
from itertools import chain, islice
from pathlib import Path
from typing import Any

from planner.errors import EditRefused, ReadError, SaveError, UsageError
from planner.files.reading import read_file, unread
from planner.files.saving import Promise, Saved, Write, save
from planner.roadmap import sides
from planner.roadmap.entities import KINDS, SINGLES, Tables
from planner.text.document import Document
from planner.text.edits import (
    AddTable,
    Edit,
    Edits,
    Key,
    RemoveKey,
    RemoveTable,
    RenameId,
    SetKey,
    apply_to_data,
    dotted,
    full_key,
    inverse,
)

NAMED = "roadmap.toml"
"""What is called so is a roadmap, also where it can't be read."""

TABLE_NAMES = frozenset(KINDS) | frozenset(SINGLES)

_NAMES = "|".join(sorted(TABLE_NAMES))
# A line begins behind a byte order mark too.
_LINE = rb"(?:\A\xef\xbb\xbf|^)[ \t]*+"
_COULD_HAVE_A_TABLE = re.compile(
    _LINE + rf"(?:\[\[?[ \t]*+)?[\"']?(?:{_NAMES})[\"']?[ \t]*+[\].=]".encode(), re.MULTILINE
)
_HAS_ROADMAP = re.compile(_LINE + rb"\[[ \t]*+[\"']?roadmap[\"']?[ \t]*+[\].]", re.MULTILINE)
_COULD_HAVE_ROADMAP = re.compile(_LINE + rb"[\"']?roadmap[\"']?[ \t]*+[.=]", re.MULTILINE)


Counts = dict[str | None, dict[int, int]]
"""Portfolio (None: of all) → number of a document → tables of one kind in it."""
DECIDE_SIDES = frozenset(("portfolios", "teams", "people"))
"""Kinds that say whose the tables of others are."""


class NotOneRoadmap(UsageError):
    """A folder that is no roadmap by itself; `candidates` are the roadmaps in it, if any."""

    def __init__(self, message: str, candidates: tuple[Path, ...], **where: str | None) -> None:
        super().__init__(message, **where)  # type: ignore[arg-type]
        self.candidates = candidates


class Workspace:
    """The documents of one roadmap, in the order of their names. Immutable."""

    def __init__(
        self,
        path: Path,
        files: tuple[Path, ...],
        documents: tuple[Document, ...],
        absolute: tuple[Path, ...] | None = None,
    ) -> None:
        self.path = path
        self.files = files
        self.documents = documents
        # Taken when the files are read, so that a save finds them from any folder.
        self.absolute = absolute or tuple(file.absolute() for file in files)

    # --- opening ----------------------------------------------------------------------------------

    @classmethod
    def open(cls, path: Path) -> Workspace:
        """Read a file, or a folder in which exactly one file has `[roadmap]`.

        Raises ReadError for a file that can't be read or parsed (in a folder too: one that is left
        out would be missed by nobody), NotOneRoadmap (a UsageError) for a folder with no roadmap or
        several.
        """
        if not _is_folder(path):
            document = Document.parse(read_file(path), str(path))
            return cls(path, (path,), (document,))
        documents: dict[Path, Document] = {}
        for file in _toml_entries(_listed(path)):
            raw = read_file(file)
            if _COULD_HAVE_A_TABLE.search(raw) or file.name == NAMED or not _is_utf8(raw):
                document = Document.parse(raw, str(file))
                if _has_a_table(document):
                    documents[file] = document
        _refuse_unless_one(path, documents)
        return cls(path, tuple(documents), tuple(documents.values()))

    @property
    def title(self) -> str:
        """What a roadmap without a title is called: the name of its file or folder."""
        name = self.path.name or self.path.resolve().name
        return os.fsencode(name).decode(errors="backslashreplace").removesuffix(".toml")

    # --- what it says -----------------------------------------------------------------------------

    @cached_property
    def tables(self) -> Tables:
        """All files' tables as one: ``{kind: {id: keys}}``.

        Of one id in two files the first counts; the glossary has the terms of all.
        """
        if len(self.documents) == 1:
            return self.documents[0].tables
        found: dict[str, dict[str, Any]] = {}
        for document in self.documents:
            for kind, of_kind in document.tables.items():
                here = found.setdefault(kind, {})
                if kind == "glossary" and here:
                    here[""] = _terms_of_both(here[""], of_kind[""])
                else:
                    found[kind] = {**here, **{i: t for i, t in of_kind.items() if i not in here}}
        return found

    def locate(self, kind: str, id: str, key: Key = ()) -> tuple[str, int | None]:
        """The file and 1-based line of a key, else of its table; no line where there is neither."""
        document = self.documents[self._home(kind, id, key)]
        for length in range(len(key), -1, -1):
            line = document.line_of(full_key(kind, id, key[:length]))
            if line is not None:
                return document.file, line
        return document.file, None

    def lines(self, kind: str) -> dict[str, tuple[str, int]]:
        """The file and 1-based line of every table of a kind, by id: `locate` for all at once."""
        found: dict[str, tuple[str, int]] = {}
        for document in reversed(self.documents):
            found |= {id: (document.file, line) for id, line in document.lines_of(kind).items()}
        return found

    def reads_as(self, other: Workspace) -> bool:
        """Whether both have the same files with the same text."""
        return self.absolute == other.absolute and all(
            one is another or one.text == another.text
            for one, another in zip(self.documents, other.documents, strict=True)
        )

    def differing(self, base: Workspace) -> Iterator[tuple[Path, Document, Document]]:
        """The files whose text is not that of `base`, which has them all: path, there, here."""
        before = dict(zip(base.absolute, base.documents, strict=True))
        for file, document in zip(self.absolute, self.documents, strict=True):
            old = before[file]
            if document is not old and document.text != old.text:
                yield file, old, document

    # --- changing ---------------------------------------------------------------------------------

    def apply(self, edit: Edit) -> Workspace:
        """The workspace with `edit` made; itself if that changes nothing.

        Raises EditRefused with nothing changed.
        """
        if isinstance(edit, Edits):
            workspace = self
            for part in edit.edits:
                workspace = workspace.apply(part)
            return workspace
        places = self._places(edit)
        documents = tuple(
            document.apply(edit) if at in places else document
            for at, document in enumerate(self.documents)
        )
        if all(new is old for new, old in zip(documents, self.documents, strict=True)):
            return self
        made = Workspace(self.path, self.files, documents, self.absolute)
        if isinstance(edit, AddTable) and edit.kind not in DECIDE_SIDES:
            made._held = self._held_with(edit, min(places))
        return made

    def inverse(self, edit: Edit) -> Edit:
        """The edit that takes `edit` back; a removed table comes back with its text and place."""
        if isinstance(edit, Edits):
            workspace, found = self, []
            for part in edit.edits:
                found.append(workspace.inverse(part))
                workspace = workspace.apply(part)
            return Edits(tuple(reversed(found)), edit.label)
        if isinstance(edit, RenameId):
            return inverse(edit, self.tables)
        return self.documents[min(self._places(edit))].inverse(edit)

    def _places(self, edit: SetKey | RemoveKey | AddTable | RemoveTable | RenameId) -> set[int]:
        """The numbers of the documents that an edit goes to. Raises EditRefused if it can't be."""
        if isinstance(edit, RenameId):
            return self._places_of_rename(edit)
        if isinstance(edit, AddTable):
            apply_to_data(edit, self.tables)
            return {self._place_for(edit)}
        if edit.id not in self.tables.get(edit.kind, {}) and not _makes_a_single(edit):
            apply_to_data(edit, self.tables)
        if isinstance(edit, RemoveTable) and edit.kind == "glossary":
            return {at for at, document in enumerate(self.documents) if "glossary" in document.data}
        return {self._home(edit.kind, edit.id, () if isinstance(edit, RemoveTable) else edit.key)}

    def _places_of_rename(self, edit: RenameId) -> set[int]:
        after = apply_to_data(edit, self.tables)
        if all(after.get(kind) is of_kind for kind, of_kind in self.tables.items()):
            where = dotted(full_key(edit.kind, edit.old))
            raise EditRefused(f"there is no {where}, and nothing refers to it", key=where)
        return set(range(len(self.documents)))

    # --- routing ----------------------------------------------------------------------------------

    def formatted(self) -> Workspace:
        """The workspace with every file in the normal form; itself where they are."""
        from planner.text.formatting import formatted

        documents = tuple(formatted(document) for document in self.documents)
        if all(new is old for new, old in zip(documents, self.documents, strict=True)):
            return self
        return Workspace(self.path, self.files, documents, self.absolute)

    def _home(self, kind: str, id: str, key: Key = ()) -> int:
        """The number of the document that has a table, or would have it if it is a single one."""
        if kind == "glossary":
            return self._home_of_term(key)
        for at, document in enumerate(self.documents):
            if id in document.tables.get(kind, {}):
                return at
        return self._main

    def _home_of_term(self, key: Key) -> int:
        """Where a side's meaning of a term stands, else the term; a new one goes where most are."""
        written = [document.data.get("glossary") for document in self.documents]
        terms = [each if isinstance(each, Mapping) else {} for each in written]
        for path in (key[:2], key[:1]):
            for at, known in enumerate(terms):
                if path and _has(known, path):
                    return at
        sizes = [len(known) for known in terms]
        if any(sizes):
            return sizes.index(max(sizes))
        return next((at for at, each in enumerate(written) if each is not None), self._main)

    @property
    def _main(self) -> int:
        """The document with `[roadmap]`, else the first."""
        return next((at for at, each in enumerate(self.documents) if "roadmap" in each.data), 0)

    def _place_for(self, edit: AddTable) -> int:
        """The file of a new table: where its old text stood; else the one that holds most of its
        kind for its portfolio, is named for that, holds most of its kind, or has `[roadmap]`."""
        if len(self.documents) == 1 or edit.kind in SINGLES:
            return self._home(edit.kind, edit.id)
        if edit.place is not None and edit.place.section:
            for at, document in enumerate(self.documents):
                if document.line_of(edit.place.section) is not None:
                    return at
        portfolio = self._portfolio(edit.kind, edit.id, edit.values, None)
        if portfolio and (counts := self._count(edit.kind, portfolio)):
            return _most(counts)
        if portfolio and (named := self._named(portfolio)) is not None:
            return named
        counts = self._count(edit.kind, None)
        return _most(counts) if counts else self._main

    def _count(self, kind: str, portfolio: str | None) -> Mapping[int, int]:
        """How many tables of a kind (of one portfolio, if given) each document holds."""
        if kind not in self._held:
            self._held[kind] = self._counted(kind)
        return self._held[kind].get(portfolio, {})

    @cached_property
    def _held(self) -> dict[str, Counts]:
        """What `_count` has counted. New tables are counted on: 5,000 of them, each an edit of its
        own, would be counted anew for each.
        """
        return {}

    def _counted(self, kind: str) -> Counts:
        found: Counts = {}
        for at, document in enumerate(self.documents):
            for id, table in document.tables.get(kind, {}).items():
                self._count_in(found, at, kind, id, table)
        return found

    def _held_with(self, edit: AddTable, at: int) -> dict[str, Counts]:
        """The counts with a new table in one document."""
        if edit.kind not in self._held:
            return {**self._held}
        counts = {side: {**each} for side, each in self._held[edit.kind].items()}
        self._count_in(counts, at, edit.kind, edit.id, edit.values)
        return {**self._held, edit.kind: counts}

    def _count_in(self, counts: Counts, at: int, kind: str, id: str, table: object) -> None:
        side = self._portfolio(kind, id, table, self.files[at])
        for each in dict.fromkeys((None, side)):
            of_side = counts.setdefault(each, {})
            of_side[at] = of_side.get(at, 0) + 1

    def _named(self, portfolio: str) -> int | None:
        return next((at for at, file in enumerate(self.files) if file.stem == portfolio), None)

    def _portfolio(self, kind: str, id: str, table: object, file: Path | None) -> str | None:
        """Whose a table is: its own `portfolio`, else its owner's, else its file's."""
        if kind == "portfolios":
            return id
        if isinstance(table, Mapping):
            own = table.get("portfolio")
            if isinstance(own, str):
                return own
            for key in ("owner", "steward", "team", "accountable"):
                if side := self._portfolio_of_party(table.get(key)):
                    return side
        stem = file.stem if file else ""
        return stem if stem in sides.STANDARD or stem in self.tables.get("portfolios", {}) else None

    def _portfolio_of_party(self, party: object) -> str | None:
        """The portfolio of a team, or of a person's team."""
        if isinstance(party, list):
            party = next(iter(party), None)
        if not isinstance(party, str):
            return None
        person = self.tables.get("people", {}).get(party)
        name = person.get("team", party) if isinstance(person, Mapping) else party
        team = self.tables.get("teams", {}).get(name)
        side = team.get("portfolio") if isinstance(team, Mapping) else None
        return side if isinstance(side, str) else None

    # --- saving -----------------------------------------------------------------------------------

    def save(self, base: Workspace, promise: Promise | None = None) -> Saved:
        """Write the files that differ from `base`, the workspace as it was read or last saved.

        Each is read back whole before it is written. Raises ChangedOnDisk or SaveError, with every
        file as it was unless the message says otherwise. `promise`: see saving.py.
        """
        return save([*self._writes(base)], promise)

    def verify(self, base: Workspace) -> None:
        """Read back what `save` would write, ahead of it. Raises EditRefused."""
        for _, _, document in self.differing(base):
            document.verify()

    def _writes(self, base: Workspace) -> Iterator[Write]:
        for file, old, document in self.differing(base):
            _verify(document)
            yield Write(file, document.file, old.to_bytes(), document.to_bytes())


def by_path(workspace: Workspace) -> dict[str, Document]:
    """The documents by the real path of their files, however these are called."""
    return {
        os.path.realpath(file): document
        for file, document in zip(workspace.absolute, workspace.documents, strict=True)
    }


def _most(counts: Mapping[int, int]) -> int:
    """The number of the document that holds most; of several the first."""
    return min(counts, key=lambda at: (-counts[at], at))


def _terms_of_both(here: Mapping[str, Any], there: Mapping[str, Any]) -> dict[str, Any]:
    """The terms of two files; of one that stands in both, what each says for a side."""
    found = dict(here)
    for term, meaning in there.items():
        known = found.setdefault(term, meaning)
        if isinstance(known, Mapping) and isinstance(meaning, Mapping):
            found[term] = {**known, **{k: each for k, each in meaning.items() if k not in known}}
    return found


def _has(table: object, path: Key) -> bool:
    """Whether a table holds a key, or one inside a small table of it."""
    for part in path:
        if not isinstance(table, Mapping) or part not in table:
            return False
        table = table[part]
    return True


def _makes_a_single(edit: SetKey | RemoveKey | RemoveTable) -> bool:
    return isinstance(edit, SetKey) and edit.kind in SINGLES


def _verify(document: Document) -> None:
    try:
        document.verify()
    except EditRefused as error:
        raise SaveError(
            f"not saved: {error.message}; the file is as it was",
            file=document.file,
            line=error.line,
        ) from None


# --- finding roadmaps -----------------------------------------------------------------------------


def find_roadmaps(folder: Path) -> list[Path]:
    """The roadmaps in a folder, to choose from.

    The folder itself where exactly one of its files has `[roadmap]`; each such file where several
    have; else the folders in it that are roadmaps; else its files that have any table of the
    format, unless one beside them can't be read. Empty where there is nothing, or no such folder.
    Nothing is parsed unless it has to be.
    """
    own = _roadmap_files(folder)
    if own:
        return [folder] if len(own) == 1 else own
    below = [each for each in _folders(folder) if _roadmap_files(each)]
    if below:
        return below
    having = [each for each in _toml_files(folder) if _reads_as_a_roadmap(each)]
    return unread_roadmap(folder) or having if having else []


def unread_roadmap(folder: Path, *, below: bool = False) -> list[Path]:
    """What may be a roadmap in a folder, and can't be read: opening it says why; at most one.

    The folder itself, the first of its TOML files; with `below`, the first of its folders too.
    """
    try:
        entries = _listed(folder) if os.path.lexists(folder) else []
    except ReadError:
        return [folder]
    unread = (each for each in _toml_entries(entries) if not _can_be_read(each))
    folders = (each for each in entries if below and _is_folder(each))
    deeper = (found for each in folders for found in unread_roadmap(each))
    return [*islice(chain(unread, deeper), 1)]


def _can_be_read(file: Path) -> bool:
    try:
        return _is_utf8(read_file(file))
    except ReadError:
        return False


def _parses(file: Path) -> bool:
    try:
        Document.parse(read_file(file), str(file))
    except ReadError:
        return False
    return True


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def _roadmap_files(folder: Path) -> list[Path]:
    """The files with `[roadmap]`; of one that can't be read its name tells."""
    return [
        each
        for each in _toml_entries(_entries(folder))
        if (_is(each, stat.S_ISREG) and _has_roadmap(each))
        or (each.name == NAMED and not _parses(each))
    ]


def _toml_files(folder: Path) -> list[Path]:
    """The files to look into; what can't be read, or is no file, has nothing to choose."""
    return [each for each in _toml_entries(_entries(folder)) if _is(each, stat.S_ISREG)]


def _toml_entries(entries: list[Path]) -> list[Path]:
    """What is called like a file of a roadmap and is no folder."""
    return [each for each in entries if each.suffix == ".toml" and not _is_folder(each)]


def _folders(folder: Path) -> list[Path]:
    return [each for each in _entries(folder) if _is_folder(each)]


def _is_folder(path: Path) -> bool:
    return _is(path, stat.S_ISDIR)


def _is(path: Path, what: Callable[[int], bool]) -> bool:
    """Whether a path leads to a folder, or to a file; what nobody may look at is neither."""
    try:
        return what(path.stat().st_mode)
    except OSError:
        return False


def _entries(folder: Path) -> list[Path]:
    try:
        return _listed(folder)
    except ReadError:
        return []


def _listed(folder: Path) -> list[Path]:
    """What is in a folder and not hidden, by name. Raises ReadError."""
    try:
        return sorted(each for each in folder.iterdir() if not each.name.startswith("."))
    except OSError as error:
        raise unread(folder, error) from None


def _has_roadmap(file: Path) -> bool:
    """Whether a file has `[roadmap]`; one that can't be parsed counts by what it looks like."""
    raw = _raw(file)
    if _HAS_ROADMAP.search(raw):
        return True
    return bool(_COULD_HAVE_ROADMAP.search(raw)) and "roadmap" in _tables_in(file, raw, {"roadmap"})


def _reads_as_a_roadmap(file: Path) -> bool:
    """The same for any table of the format."""
    raw = _raw(file)
    return bool(_COULD_HAVE_A_TABLE.search(raw)) and not TABLE_NAMES.isdisjoint(
        _tables_in(file, raw, TABLE_NAMES)
    )


def _raw(file: Path) -> bytes:
    try:
        return read_file(file)
    except ReadError:
        return b""


def _tables_in(file: Path, raw: bytes, looks_like: Set[str]) -> Set[str]:
    """The names of a file's tables; those that it looks like where it can't be parsed."""
    try:
        return Document.parse(raw, str(file)).data.keys()
    except ReadError:
        return looks_like


def _has_a_table(document: Document) -> bool:
    return any(isinstance(document.data.get(name), Mapping) for name in TABLE_NAMES)


def _refuse_unless_one(folder: Path, documents: Mapping[Path, Document]) -> None:
    having = [file for file, each in documents.items() if "roadmap" in each.data]
    if len(having) == 1:
        return
    if having:
        names = ", ".join(file.name for file in having)
        raise NotOneRoadmap(
            f"{folder} holds several roadmaps: {names}", tuple(having), hint="name one of them"
        )
    found = tuple(find_roadmaps(folder))
    names = ", ".join(str(path) for path in found)
    raise NotOneRoadmap(
        f"no file in {folder} has [roadmap]",
        found,
        hint=f"name one: {names}" if found else "start one with `planner init`",
    )
