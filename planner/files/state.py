"""The user's state folder: what outlives a session and is nobody else's business.

`$XDG_STATE_HOME/planner`, else `~/.local/state/planner`. Folders are made for the user alone
(0700), files too (0600): a journal holds the text of a roadmap that others may not be allowed
to read.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from zlib import crc32

PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600
JOURNALS = "journals"


def state_folder() -> Path:
    """Where planner keeps its state; it need not exist. Raises OSError where there is no home."""
    named = os.environ.get("XDG_STATE_HOME", "")
    if named and Path(named).is_absolute():
        return Path(named) / "planner"
    try:
        return Path.home() / ".local" / "state" / "planner"
    except RuntimeError as error:
        raise OSError(str(error)) from error


def private_folder(name: str) -> Path:
    """A folder of this name below the state folder, made if need be.

    Raises OSError where it can't be made, or where it is somebody else's.
    """
    folder = state_folder() / name
    folder.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    for each in (folder.parent, folder):
        info = each.lstat()
        if not stat.S_ISDIR(info.st_mode) or info.st_uid != os.geteuid():
            raise PermissionError(1, f"{each} is not yours")
        if stat.S_IMODE(info.st_mode) & 0o077:
            each.chmod(PRIVATE_FOLDER)
    return folder


def slug(roadmap: Path) -> str:
    """A file name for what belongs to the roadmap at a path; two paths may share one by chance."""
    real = os.path.realpath(roadmap)
    name = "".join(c if c.isascii() and c.isalnum() else "-" for c in Path(real).name)[:40]
    return f"{name}-{crc32(os.fsencode(real)):08x}"


def waiting(roadmap: Path) -> list[Path]:
    """Journals for a roadmap, oldest first, those of running sessions too: one look at a folder."""
    start = f"{slug(roadmap)}."
    try:
        folder = state_folder() / JOURNALS
        found = [each for each in folder.iterdir() if each.name.startswith(start)]
        return sorted(found, key=lambda each: each.stat().st_mtime_ns)
    except OSError:
        return []
