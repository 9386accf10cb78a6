"""Workspace of a roadmap at a revision, also where its files were elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from planner.files.workspace import Workspace
from planner.git.revisions import documents_at, gone_since
from planner.text.document import Document


def workspace_at(path: Path, revision: str) -> Workspace:
    """The roadmap's text at a revision; without documents where it was not there yet.

    One that had another name then, or became a folder since, has the path of that time.
    """
    documents = documents_at(path.resolve() if path.is_symlink() else path, revision)
    if not documents:
        path, documents = _moved(path, revision) or (path, ())
    return Workspace(path, tuple(Path(each.file) for each in documents), documents)


def _moved(path: Path, revision: str) -> tuple[Path, tuple[Document, ...]] | None:
    """What is gone since a revision and has most of its initiatives here now."""
    gone = gone_since(path, revision)
    here = _ids(Workspace.open(path).documents) if gone else set()
    best, most = None, 0
    for where, documents in gone.items():
        ids = _ids(documents)
        shared = len(ids & here)
        if shared > most and 2 * shared >= len(ids):
            best, most = (where, documents), shared
    return best


def _ids(documents: Iterable[Document]) -> set[str]:
    return {id for each in documents for id in each.tables.get("initiatives", {})}
