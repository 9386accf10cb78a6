"""E-mail address of the user in git's configuration."""

from __future__ import annotations

from pathlib import Path

from planner.errors import PlannerError
from planner.git.plumbing import git

SECONDS = 5.0
"""An address is not worth a longer wait."""


def email(path: Path) -> str | None:
    """git's `user.email` where a file or folder is; None without one, and without git."""
    folder = path if path.is_dir() else path.absolute().parent
    try:
        said = git(folder, ["config", "--get", "user.email"], seconds=SECONDS)
    except PlannerError:
        return None
    return said.decode(errors="replace").strip() or None
