"""What git merges now, or merged last: its commits, and a roadmap's files on their three sides.

A driver is told no commits but by what git leaves in its environment and its files: which of these
it merges is known where the file that it is given is what the commit has.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from planner.errors import ReadError, UsageError
from planner.git.plumbing import GitError
from planner.git.revisions import Repository, documents_in
from planner.merge.references import Documents
from planner.text.document import Document

Three = tuple[dict[str, Document], dict[str, Document], dict[str, Document]]
"""The files of base, ours and theirs by name."""


class Commits(NamedTuple):
    """The hashes of what is merged."""

    base: str | None
    ours: str
    theirs: str


def given_to_driver(path: Path, theirs: bytes) -> Three | None:
    """The sides of what git merges while it has a file merged; None where nobody can tell."""
    try:
        repository = Repository.around(path)
        commits = _told(repository) or _picked(repository)
        sides = documents_of(repository, commits, path.parent)
    except (UsageError, GitError, ReadError):
        return None
    there = sides and sides[2].get(path.name)
    return sides if there is None or there.to_bytes() == theirs else None


def of_the_last_merge(folder: Path) -> Three | None:
    """Those of the merge that is going on, or that made HEAD."""
    try:
        repository = Repository.around(folder)
        return documents_of(repository, of_merge(repository), folder)
    except (UsageError, GitError, ReadError):
        return None


def documents_of(repository: Repository, commits: Commits | None, folder: Path) -> Three | None:
    """Where each side is one roadmap: else one id may mean two things. Raises ReadError."""
    if commits is None:
        return None
    base, ours, theirs = (
        {} if commit is None else dict(named(documents_in(repository, commit, folder)))
        for commit in commits
    )
    return (base, ours, theirs) if all(map(_is_one_roadmap, (ours, theirs))) else None


def _is_one_roadmap(side: Documents) -> bool:
    return sum("roadmap" in each.data for each in side.values()) == 1


def named(documents: Sequence[Document]) -> Iterator[tuple[str, Document]]:
    """Each by the name of its file."""
    for each in documents:
        name = Path(each.file).name
        yield name, each.named(name)


# --- the commits ----------------------------------------------------------------------------------


def of_merge(repository: Repository) -> Commits | None:
    """What is being merged now, or made HEAD; None where that is no merge."""
    return merging(repository) or _merged(repository)


def merging(repository: Repository) -> Commits | None:
    """What is being merged now: two branches, or a commit that is picked or reverted."""
    theirs = _head(repository, "MERGE_HEAD")
    found = _told(repository) if theirs is None else _branches(repository, theirs)
    if found is not None:
        return found
    for name in ("REBASE_HEAD", "CHERRY_PICK_HEAD"):
        picked = _head(repository, name)
        if picked is not None:
            return _pick(repository, picked)
    taken_back = _head(repository, "REVERT_HEAD")
    before = None if taken_back is None else repository.parent(taken_back)
    return None if before is None else Commits(taken_back, repository.commit("HEAD"), before)


def _head(repository: Repository, name: str) -> str | None:
    return repository.commit(name) if (repository.directory / name).is_file() else None


def _branches(repository: Repository, theirs: str) -> Commits:
    ours = repository.commit("HEAD")
    return Commits(repository.merge_base(ours, theirs), ours, theirs)


def _pick(repository: Repository, picked: str) -> Commits:
    return Commits(repository.parent(picked), repository.commit("HEAD"), picked)


def _told(repository: Repository) -> Commits | None:
    """What git tells a hook or a driver that it merges; more than one is no merge of two."""
    given = [name.removeprefix(_GIVEN) for name in os.environ if name.startswith(_GIVEN)]
    return _branches(repository, repository.commit(given[0])) if len(given) == 1 else None


_GIVEN = "GITHEAD_"


def _picked(repository: Repository) -> Commits | None:
    """The commit that a rebase has come to: the last one of those that it has begun with."""
    try:
        begun = (repository.directory / "rebase-merge" / "done").read_text().splitlines()
    except (OSError, ValueError):
        return None
    words = begun[-1].split(" ") if begun else []
    at = 2 if words[1:2] in (["-C"], ["-c"]) else 1
    return _pick(repository, repository.commit(words[at])) if words[at:] else None


def _merged(repository: Repository) -> Commits | None:
    """What HEAD is a merge of; None where it is none."""
    try:
        ours, theirs = repository.commit("HEAD^1"), repository.commit("HEAD^2")
    except UsageError:
        return None
    return Commits(repository.merge_base(ours, theirs), ours, theirs)
