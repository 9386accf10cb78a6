"""Authors of the commits that led a file from one content to another, as after a `git pull`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from planner.errors import PlannerError
from planner.git.revisions import Repository

LIMIT = 100
"""How many commits that changed the file are looked at."""


def committed(path: Path, before: bytes, after: bytes) -> tuple[str, ...]:
    """The authors of the commits between two contents of a file, the first to commit first.

    Empty where HEAD does not have the later one, where no commit before it has the earlier one, and
    outside a repository: then nobody can tell.
    """
    try:
        return _between(Repository.around(path), path, before, after)
    except (PlannerError, OSError, ValueError):
        return ()


def _between(repository: Repository, path: Path, before: bytes, after: bytes) -> tuple[str, ...]:
    name, head = repository.name(path), repository.commit("HEAD")
    commits = repository.history(head, name, LIMIT)
    contents = _contents(repository, commits, name)
    if not contents or contents[0] != _hash(after, len(head)):
        return ()
    known = contents.index(_hash(before, len(head)))
    new = set(commits) - set(repository.history(commits[known], name, LIMIT))
    return _authors(repository, [each for each in reversed(commits) if each in new])


def _contents(repository: Repository, commits: Iterable[str], name: str) -> list[str]:
    """The hash of the file's content at each commit; empty text where it had none."""
    if "\n" in name:
        return []
    asked = "".join(f"{commit}:{name}\n" for commit in commits)
    given = asked.encode(errors="surrogateescape")
    rows = repository.git(["cat-file", "--batch-check"], given=given)
    fields = [row.split(" ") for row in rows.decode(errors="replace").splitlines()]
    return [row[0] if row[1:2] == ["blob"] else "" for row in fields]


def _hash(content: bytes, length: int) -> str:
    """What git calls a content, in a repository whose hashes have so many digits."""
    made = hashlib.sha1 if length == 40 else hashlib.sha256
    return made(b"blob %d\0" % len(content) + content).hexdigest()


def _authors(repository: Repository, commits: list[str]) -> tuple[str, ...]:
    texts = repository.blobs(commits)
    names = [_author(texts[each].decode(errors="replace")) for each in commits]
    return tuple(dict.fromkeys(names))


def _author(commit: str) -> str:
    line = next(line for line in commit.splitlines() if line.startswith("author "))
    return line.removeprefix("author ").rpartition(" <")[0]
