"""Name and e-mail address of the user in git's configuration."""

from __future__ import annotations

from pathlib import Path

from planner.errors import PlannerError
from planner.git.plumbing import git

SECONDS = 5.0
"""Neither is not worth a longer wait."""


def email(path: Path) -> str | None:
    """git's `user.email` where a file or folder is; None without one, and without git."""
    return _configured(path, "user.email")


def name(path: Path) -> str | None:
    """git's `user.name` in the same way: who would be the author of what is not committed."""
    return _configured(path, "user.name")


def _configured(path: Path, key: str) -> str | None:
    folder = path if path.is_dir() else path.absolute().parent
    try:
        said = git(folder, ["config", "--get", key], seconds=SECONDS)
    except PlannerError:
        return None
    return said.decode(errors="replace").strip() or None
