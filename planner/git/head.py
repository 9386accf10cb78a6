"""HEAD of a roadmap's repository: its branch, and whether it moved, without running git.

A commit, a pull and a checkout each write HEAD, its branch, or the packed refs. A check is one
`stat` for each of these, cheap enough for a timer. A false alarm costs the caller one run of git; a
move is never missed.
"""

from __future__ import annotations

import os
from pathlib import Path

from planner.git.directory import git_directory

LONGEST = 4096
"""No name of a branch is longer, in bytes."""

DIGITS = 7
"""Of a commit that is checked out without a branch, so many digits are its name."""

Mark = tuple[object, ...]


class Head:
    """HEAD of the repository that a roadmap is in, if it is in one."""

    def __init__(self, roadmap: Path) -> None:
        self._directory = git_directory(roadmap)
        self._before: Mark | None = None
        self._told: Mark | None = None

    def moved(self) -> bool:
        """Whether HEAD is somewhere else than when this was last true; true at the first look.

        Later moves count once HEAD has rested from one look to the next: git writes the files of a
        working tree and HEAD one after the other, and a rebase moves it again and again.
        """
        if self._directory is None:
            return False
        now = _mark(self._directory)
        rests, self._before = now == self._before, now
        if now == self._told or not (rests or self._told is None):
            return False
        self._told = now
        return True


def branch_of(roadmap: Path) -> str | None:
    """The branch that is checked out where a roadmap is, of none the first digits of the commit;
    None outside a repository.
    """
    directory = git_directory(roadmap)
    if directory is None or not (head := _text(directory / "HEAD")):
        return None
    return head.removeprefix("ref: refs/heads/") if head.startswith("ref: ") else head[:DIGITS]


def _mark(directory: Path) -> Mark:
    """What differs where HEAD, or how much history there is, does."""
    common = directory / (_text(directory / "commondir") or ".")
    head = _text(directory / "HEAD")
    files = [common / "packed-refs", common / "shallow"]
    files += [each / "reftable" / "tables.list" for each in (directory, common)]
    branch = head.removeprefix("ref: ")
    if branch.startswith("refs/"):
        files.append(common / branch)
    return (head, *map(_stat, files))


def _text(file: Path) -> str:
    """The first line of a small file; empty where there is none."""
    try:
        if not file.is_file():
            return ""
        with file.open("rb") as opened:
            return os.fsdecode(opened.read(LONGEST)).partition("\n")[0]
    except (OSError, ValueError):
        return ""


def _stat(file: Path) -> tuple[int, int, int] | None:
    try:
        info = file.stat()
    except (OSError, ValueError):
        return None
    return info.st_mtime_ns, info.st_ino, info.st_size
