"""Choices of a merge that leave no trace in the files: which removed tables stay.

One side removed a table, the other moved it to another file, and git took both. Where the choice is
that it stays, the files do not change, so a line in the git directory records the choice. Lines of
other merges are deleted.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from planner.errors import ReadError, UsageError
from planner.files.reading import read_file
from planner.files.whole_file import replace_whole
from planner.git.plumbing import GitError
from planner.git.revisions import Repository
from planner.merge.commits import Commits, of_merge
from planner.merge.moved_tables import Moved

NAME = "planner-answered"


def unanswered(folder: Path, moved: Iterable[Moved]) -> list[Moved]:
    """Tables without a recorded choice in the merge in progress, or in the one that made HEAD."""
    try:
        repository = Repository.around(folder)
        known, head = _known(repository), _head(of_merge(repository))
    except (UsageError, GitError):
        return list(moved)
    return [each for each in moved if head + _called(repository, folder, each) not in known]


def remember(folder: Path, moved: Iterable[Moved]) -> None:
    """Record that these are resolved; where that fails they are unresolved again next time."""
    with suppress(UsageError, GitError, OSError):
        repository = Repository.around(folder)
        head = _head(of_merge(repository))
        new = [head + _called(repository, folder, each) for each in moved]
        kept = {line for line in _known(repository) if line.startswith(head)}
        if head and new:
            text = "".join(f"{line}\n" for line in sorted({*kept, *new}))
            replace_whole(repository.directory / NAME, text.encode("utf-8", "surrogateescape"))


def _known(repository: Repository) -> set[str]:
    try:
        raw = read_file(repository.directory / NAME)
    except ReadError:
        return set()
    return set(raw.decode("utf-8", "surrogateescape").splitlines())


def _head(commits: Commits | None) -> str:
    return "" if commits is None else " ".join(each or "-" for each in commits) + " "


def _called(repository: Repository, folder: Path, moved: Moved) -> str:
    return repr((repository.name(folder), moved.kind, moved.id))
