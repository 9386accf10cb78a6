"""First-parent history of a revision, and the file or folder at each commit.

From each commit to its first parent: the states that people on this branch had. Changes of a merge
have the merge's date, since they were not on the branch before.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from planner.git.revisions import Repository, tree_entries

MOST = 10_000
"""No more commits of a line than this are looked at."""
SECONDS = 5.0
"""How long git may look for them: a repository of other things too can be very large."""


class Point(Struct, frozen=True):
    """A commit that changed a file or folder: its day there, its author, and the contents then."""

    commit: str
    day: date
    author: str
    contents: tuple[str, ...]


def is_whole(repository: Repository) -> bool:
    """Whether all history is here: a shallow clone ends somewhere in the middle."""
    said = repository.git(["rev-parse", "--is-shallow-repository"])
    return said.strip() == b"false"


def line_of(repository: Repository, commit: str, name: str) -> list[Point]:
    """The points of a line that changed what git calls `name`, from a commit (hash), newest first.

    Empty for names that have line ends.
    """
    if "\n" in name:
        return []
    arguments = ["rev-list", "--first-parent", f"--max-count={MOST}", "--format=%cs %an"]
    asked = [*arguments, commit, "--", name or "."]
    rows = repository.git(asked, seconds=SECONDS).decode(errors="replace").split("\n")
    about = [(rows[at].removeprefix("commit "), rows[at + 1]) for at in range(0, len(rows) - 1, 2)]
    contents = _contents(repository, [hash for hash, _ in about], name)
    return [
        Point(hash, date.fromisoformat(said[:10]), said[11:], held)
        for (hash, said), held in zip(about, contents, strict=True)
    ]


def _contents(repository: Repository, commits: list[str], name: str) -> list[tuple[str, ...]]:
    """The hashes of a file, or of the TOML files of a folder, at each commit."""
    asked = "".join(f"{commit}:{name}\n" for commit in commits)
    given = asked.encode(errors="surrogateescape")
    rows = repository.git(["cat-file", "--batch-check"], given=given)
    found = [row.split(" ") for row in rows.decode(errors="replace").splitlines()]
    trees = tree_entries(repository, [row[0] for row in found if row[1:2] == ["tree"]])
    held = {hash: _roadmap_files(entries) for hash, entries in trees.items()}
    return [held.get(row[0], (row[0],) if row[1:2] == ["blob"] else ()) for row in found]


def _roadmap_files(entries: list[tuple[str, bytes, str]]) -> tuple[str, ...]:
    return tuple(
        hash
        for mode, name, hash in entries
        if mode in ("100644", "100755") and name.endswith(b".toml") and not name.startswith(b".")
    )
