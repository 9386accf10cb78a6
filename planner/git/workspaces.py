"""Workspace of a roadmap at a revision, also where its files were elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from planner.errors import ReadError
from planner.files.workspace import Workspace
from planner.git.first_parent import Point
from planner.git.revisions import MOST_GONE, Repository, could_be, documents_at, gone_since
from planner.git.texts import Texts, whole
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


def name_before(repository: Repository, point: Point, name: str) -> str | None:
    """What git called the roadmap before the commit with which it came to this name.

    A file or a folder that the commit took away, and most of whose initiatives it has; None where
    there is none: then the roadmap was new.
    """
    if not point.parents:
        return None
    there = {one.path for one in repository.everything(point.commit)}
    entries = repository.everything(point.parents[0])
    gone = [one for one in entries if could_be(one.path, "") and one.path not in there]
    held = Texts(repository)
    here = _ids_in(held, point.files)
    if not gone or not here:
        return None
    places: dict[str, set[str]] = {}
    for one in gone[:MOST_GONE]:
        ids = _ids_in(held, ((one.path, one.hash),))
        for place in dict.fromkeys((one.path, one.path.rpartition("/")[0])):
            places[place] = places.get(place, set()) | ids
    best = max(places, key=lambda place: len(places[place] & here))
    shared = len(places[best] & here)
    return best if best != name and shared and 2 * shared >= len(places[best]) else None


def _ids_in(texts: Texts, files: tuple[tuple[str, str], ...]) -> set[str]:
    """The ids of the initiatives in files; of those that can't be read none."""
    found: set[str] = set()
    for file in files:
        with suppress(ReadError):
            found.update(whole(texts.of((file,))).tables.get("initiatives", {}))
    return found
