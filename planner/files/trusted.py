"""Trusted files and links: those that only the user can change.

Files of root, and those that only the user's own group can also write, count as the user's own. A
link is followed only where nobody else can have made it or can change its target.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from planner.files.state import NotMine

MOST_LINKS = 40
"""No system follows more, one to another."""


def why_not_trusted(info: os.stat_result) -> str | None:
    """Whose word it may be instead; None where it is one's own."""
    if info.st_uid not in (0, os.geteuid()):
        return "its owner is another user"
    mine = info.st_gid in (0, os.getegid())
    others = stat.S_IWOTH if mine else stat.S_IWOTH | stat.S_IWGRP
    return "other users can write to it" if info.st_mode & others else None


def meant(path: Path) -> Path:
    """The file or folder that an absolute path means; itself where no part of it is a link.

    Raises NotMine for a link that somebody else made, and for one that leads to nothing or to what
    others can write. Without links others' folders are no reason: a repository may be shared.
    """
    real, links = Path(path.anchor), 0
    left = list(reversed(path.parts[1:]))
    while left:
        if (part := left.pop()) == "..":
            real = real.parent
            continue
        link = _link(real / part)
        if link is None:
            real /= part
            continue
        if (links := links + 1) > MOST_LINKS:
            raise NotMine(errno.ELOOP, "its links lead in a circle", str(path))
        real = Path(real.anchor) if link.is_absolute() else real
        left += reversed(link.parts[1:] if link.is_absolute() else link.parts)
    if links:
        _refuse(real)
    return real


def _link(path: Path) -> Path | None:
    """What a link says; None where it is none. Raises NotMine where it is somebody else's."""
    try:
        info = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    if not stat.S_ISLNK(info.st_mode):
        return None
    if info.st_uid not in (0, os.geteuid()):
        raise NotMine(errno.EPERM, "a link of another user", str(path))
    return path.readlink()


def _refuse(real: Path) -> None:
    if not os.path.lexists(real):
        raise NotMine(errno.ENOENT, "a link leads to a missing file", str(real))
    for each in (real.parent, real):
        if reason := why_not_trusted(each.stat()):
            raise NotMine(errno.EPERM, f"a link leads there: {reason}", str(each))


def is_settled(path: Path) -> bool:
    """Whether nobody else can put another file in the place of this one, now or once it is gone."""
    try:
        return not any(why_not_trusted(each.stat()) for each in (path, *path.parents))
    except OSError:
        return False
