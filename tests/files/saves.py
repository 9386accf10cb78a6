"""What the tests of saving share: a roadmap file, and the writing of one change to it."""

from __future__ import annotations

from pathlib import Path

from planner.files.targets import Write

OLD = b'[initiatives.web-push]\nestimate = "3w"\n'
NEW = b'[initiatives.web-push]\nestimate = "4w"  # as agreed\n'


def roadmap(folder: Path, name: str = "plan.toml", content: bytes = OLD) -> Path:
    """A file with the old text."""
    path = folder / name
    path.write_bytes(content)
    return path


def change(path: Path, base: bytes = OLD, new: bytes = NEW) -> Write:
    """Turn the old text into the new one."""
    return Write(path.absolute(), path.name, base, new)


def names(folder: Path) -> list[str]:
    """Everything in the folder, hidden files too."""
    return sorted(each.name for each in folder.iterdir())
