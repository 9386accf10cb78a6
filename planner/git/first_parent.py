"""First-parent history of a revision, and the file or folder at each commit.

From each commit to its first parent: the states that people on this branch had. Changes of a merge
have the merge's date, since they were not on the branch before.
"""

from __future__ import annotations

import os
from datetime import date

from msgspec import Struct

from planner.git.revisions import PLAIN, Repository, tree_entries

MOST = 10_000
"""No more commits of a line than this are looked at."""
SECONDS = 5.0
"""How long git may look for them: a repository of other things too can be very large."""


class Point(Struct, frozen=True):
    """A commit that changed a file or folder, and that one's files then.

    `day` is when it was committed here, `made` its author's date where he was; both are the day
    that was written down. `files` are the names in the folder (of a file its own) and the hashes.
    """

    commit: str
    day: date
    made: date
    author: str
    subject: str
    parents: tuple[str, ...]
    files: tuple[tuple[str, str], ...]

    @property
    def contents(self) -> tuple[str, ...]:
        """The hashes of the files."""
        return tuple(hash for _, hash in self.files)


def is_whole(repository: Repository) -> bool:
    """Whether all history is here: a shallow clone ends somewhere in the middle."""
    said = repository.git(["rev-parse", "--is-shallow-repository"])
    return said.strip() == b"false"


def line_of(
    repository: Repository,
    commit: str,
    name: str,
    *,
    beyond: str | None = None,
    most: int = MOST,
    seconds: float = SECONDS,
) -> list[Point]:
    """The points of a line that changed what git calls `name`, from a commit (hash), newest first.

    Down to the oldest of `most`, or to what another commit (hash), `beyond`, has too. Empty for
    names that have line ends.
    """
    if "\n" in name:
        return []
    arguments = ["rev-list", "--first-parent", f"--max-count={most}", "--encoding=UTF-8", _ABOUT]
    asked = [*arguments, commit, *([f"^{beyond}"] if beyond else []), "--", name or "."]
    rows = repository.git(asked, seconds=seconds).decode(errors="replace").split("\n")
    about = [row.split("\0") for row in rows[1::2]]
    files = _files(repository, [fields[0] for fields in about], name)
    return [_point(fields, held) for fields, held in zip(about, files, strict=True)]


def point_at(repository: Repository, commit: str, name: str) -> Point:
    """A commit (hash) as a point, whether it changed what git calls `name` or not."""
    arguments = ["rev-list", "--max-count=1", "--encoding=UTF-8", _ABOUT, commit, "--"]
    row = repository.git(arguments).decode(errors="replace").split("\n")[1]
    files = () if "\n" in name else _files(repository, [commit], name)[0]
    return _point(row.split("\0"), files)


_ABOUT = "--format=%H%x00%P%x00%cs%x00%as%x00%an%x00%s"


def _point(fields: list[str], files: tuple[tuple[str, str], ...]) -> Point:
    commit, parents, committed, made, author = fields[:5]
    day = _day(committed) or _day(made) or date.min
    subject = "\0".join(fields[5:])
    parted = tuple(parents.split())
    return Point(commit, day, _day(made) or day, author, subject, parted, files)


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:  # git takes any number for a date
        return None


def _files(
    repository: Repository, commits: list[str], name: str
) -> list[tuple[tuple[str, str], ...]]:
    """The hash of a file, or of the TOML files of a folder, at each commit."""
    asked = "".join(f"{commit}:{name}\n" for commit in commits)
    given = asked.encode(errors="surrogateescape")
    rows = repository.git(["cat-file", "--batch-check"], given=given)
    found = [row.split(" ") for row in rows.decode(errors="replace").splitlines()]
    trees = tree_entries(repository, [row[0] for row in found if row[1:2] == ["tree"]])
    held = {hash: _roadmap_files(entries) for hash, entries in trees.items()}
    own = name.rpartition("/")[2]
    return [held.get(row[0], ((own, row[0]),) if row[1:2] == ["blob"] else ()) for row in found]


def _roadmap_files(entries: list[tuple[str, bytes, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (os.fsdecode(name), hash)
        for mode, name, hash in entries
        if mode in PLAIN and name.endswith(b".toml") and not name.startswith(b".")
    )
