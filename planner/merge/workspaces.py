"""Three-way merge of workspaces: external changes and this session's changes.

Files are merged one by one, by table and key (three_way); a table that one side moved to another
file is moved there first (moved_files). A file that only one side changed is taken byte for byte.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from msgspec import Struct

from planner.errors import ReadError
from planner.files.watching import QUIET_SECONDS, is_quiet
from planner.files.workspace import Workspace, by_path
from planner.merge.moved_files import moved_into_one_file
from planner.merge.references import beside
from planner.merge.renames import Elsewhere
from planner.merge.three_way import Conflict, Decide, merge
from planner.text.document import Document

PATIENCE_SECONDS = 2.0
"""How long to wait for somebody to finish writing before their file is read all the same."""


class MergedFiles(Struct, frozen=True):
    """The merged workspace, with our side of everything in `asked` that nobody decided."""

    workspace: Workspace
    asked: tuple[Conflict, ...]


def merge_workspaces(
    base: Workspace, ours: Workspace, theirs: Workspace, decide: Decide
) -> MergedFiles:
    """Merge `ours` and `theirs`, which both come from `base`; files are theirs, by real path.

    Raises ReadError where a file is gone in which we changed something, and where what comes of a
    merge can't be read.
    """
    was, mine, there = (by_path(each) for each in (base, ours, theirs))
    _refuse_if_gone(was, mine, there)
    (was, mine, there), removed = moved_into_one_file(was, mine, there)
    merged: list[Document] = []
    asked: list[Conflict] = []
    for path, document in there.items():
        if path not in was and path not in mine:
            merged.append(document)
            continue
        sides = was.get(path), mine.get(path, document), document
        moved = frozenset(name for name, at in removed.items() if at == path)
        elsewhere = partial(beside, path, was, mine, there, moved)
        found, conflicts = _merge(*sides, decide, elsewhere, whole=not moved)
        merged.append(found.named(document.file))
        asked += conflicts
    workspace = Workspace(theirs.path, theirs.files, tuple(merged), theirs.absolute)
    return MergedFiles(workspace, tuple(asked))


def _merge(
    base: Document | None,
    ours: Document,
    theirs: Document,
    decide: Decide,
    elsewhere: Callable[[], Elsewhere],
    *,
    whole: bool,
) -> tuple[Document, tuple[Conflict, ...]]:
    if whole and base is not None and _alike(base, theirs):
        return ours, ()
    if whole and ((base is not None and _alike(base, ours)) or _alike(ours, theirs)):
        return theirs, ()
    merged = merge(base, ours, theirs, decide, elsewhere())
    document = merged.document
    if document is None:
        raise ReadError("your changes and theirs can't be put together", file=theirs.file)
    return document, merged.asked


def _alike(one: Document, other: Document) -> bool:
    return one is other or one.to_bytes() == other.to_bytes()


def _refuse_if_gone(
    was: Mapping[str, Document], mine: Mapping[str, Document], there: Mapping[str, Document]
) -> None:
    for path, document in mine.items():
        if path not in there and (path not in was or not _alike(was[path], document)):
            raise ReadError("the file with your unsaved changes is gone", file=document.file)


def of_bytes(path: Path, files: Mapping[str, bytes]) -> Workspace:
    """A workspace of these texts, by path. Raises ReadError."""
    parsed = tuple(Document.parse(raw, file) for file, raw in files.items())
    return Workspace(path, tuple(Path(file) for file in files), parsed)


def read_again(saved: Workspace, *, patient: bool) -> Workspace:
    """Read the files again; returns `saved` itself where they are unchanged.

    `patient` waits up to two seconds for a write that is under way: a partly written file can be a
    readable roadmap with fewer tables. Raises ReadError, for an empty file too.
    """
    if patient:
        _wait_for_quiet(saved)
    now = Workspace.open(saved.path)
    for document in now.documents:
        if not document.text.strip():
            raise ReadError("the file is empty", file=document.file)
    here, there = by_path(saved), by_path(now)
    if here.keys() == there.keys() and all(_alike(here[path], there[path]) for path in here):
        return saved
    return now


def _wait_for_quiet(saved: Workspace) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end and not all(map(is_quiet, saved.absolute)):
        time.sleep(QUIET_SECONDS / 3)
