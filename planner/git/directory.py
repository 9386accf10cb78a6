"""Git directory of a path, found by file names: no program is run."""

from __future__ import annotations

import os
from pathlib import Path

_LONGEST = 4096
"""No file that names a git directory is longer, in bytes."""


def git_directory(roadmap: Path) -> Path | None:
    """The git directory of the repository that a path is in, found without running git."""
    start = Path(os.path.realpath(roadmap))
    for folder in (start, *start.parents):
        found = folder / ".git"
        if found.is_file():
            return _pointed_to(found)
        if (found / "HEAD").is_file():
            return found
    return None


def is_sparse(path: Path) -> bool:
    """Whether git may keep files out of the working tree that a path is in."""
    directory = git_directory(path.absolute())
    return directory is not None and (directory / "info" / "sparse-checkout").is_file()


def _pointed_to(file: Path) -> Path | None:
    """A work tree's `.git` is a file that names the directory."""
    try:
        with file.open("rb") as text:
            mark, _, name = text.read(_LONGEST).decode().strip().partition(": ")
    except (OSError, ValueError):
        return None
    directory = file.parent / name
    return directory if mark == "gitdir" and (directory / "HEAD").is_file() else None
