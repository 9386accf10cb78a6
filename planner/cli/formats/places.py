"""Where a finding is, as services name it that show findings beside a change.

They call a file by its name from the top of the repository, wherever the command ran. Without a
repository a file has the name that the user gave it.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from planner.conflicts.findings import Finding
from planner.session.session import Session


def place(session: Session, finding: Finding) -> tuple[str, int | None]:
    """The file, with ``/``, and the 1-based line."""
    file, line = session.place(finding)
    return from_the_top(file), line


@lru_cache(maxsize=64)
def from_the_top(file: str) -> str:
    """A file's name from the top of its repository, which has `.git` (in a worktree a file)."""
    real = Path(file).resolve()
    top = next((folder for folder in real.parents if (folder / ".git").exists()), None)
    return (real.relative_to(top) if top else Path(file)).as_posix()
