"""State folder of the user: journals and presence, and what is kept for a later start.

`$XDG_STATE_HOME/planner`, else `~/.local/state/planner`. Folders (0700) and files (0600) are
private: a journal has the text of a roadmap that others may not be permitted to read. Files there
count only if they and their folders belong to the user and nobody else can write to them, since
others may have made them first.
"""

from __future__ import annotations

import errno
import os
import stat
from binascii import crc32
from contextlib import suppress
from pathlib import Path

PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600
JOURNALS = "journals"
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC


def state_folder() -> Path:
    """Where planner keeps its state; it need not exist. Raises OSError where there is no home."""
    named = os.environ.get("XDG_STATE_HOME", "")
    if named and Path(named).is_absolute():
        return Path(named) / "planner"
    try:
        return Path.home() / ".local" / "state" / "planner"
    except RuntimeError as error:
        raise OSError(str(error)) from error


class NotMine(PermissionError):
    """Something under the state folder that others could have made, or can write."""


def private_folder(name: str) -> Path:
    """A folder of this name below the state folder, made if need be.

    Raises OSError where it can't be made, or where it is somebody else's.
    """
    folder = state_folder() / name
    folder.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    for each in (folder.parent, folder):
        _close_to_others(each)
    return folder


def _close_to_others(folder: Path) -> None:
    descriptor = os.open(folder.parent, _FOLDER)
    try:
        descriptor = _entered(descriptor, folder, refuse_open=False)
        if stat.S_IMODE(os.fstat(descriptor).st_mode) & 0o077:
            os.fchmod(descriptor, PRIVATE_FOLDER)
    finally:
        os.close(descriptor)


def opened_folder(name: str) -> int:
    """The folder of this name below the state folder, open, if it is there and mine alone.

    Raises NotMine, and OSError where it is not there. What is in it is named from this handle: the
    folder above may be one in which others can change names.
    """
    folder = state_folder() / name
    descriptor = os.open(folder.parent.parent, _FOLDER)
    try:
        for each in (folder.parent, folder):
            descriptor = _entered(descriptor, each, refuse_open=True)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _entered(above: int, folder: Path, *, refuse_open: bool) -> int:
    """The folder opened from the open one above it, which is closed; no link is followed."""
    try:
        descriptor = os.open(folder.name, _FOLDER | os.O_NOFOLLOW, dir_fd=above)
    except OSError as error:
        if error.errno in (errno.ENOTDIR, errno.ELOOP):
            raise NotMine(errno.EPERM, "not a folder", str(folder)) from None
        raise
    info = os.fstat(descriptor)
    if reason := why_not_mine(info) if refuse_open else _whose(info):
        os.close(descriptor)
        raise NotMine(errno.EPERM, reason, str(folder))
    os.close(above)
    return descriptor


def read_kept(folder: str, name: str, most: int) -> bytes:
    """The file of this name in a folder below the state folder, up to so many bytes.

    Raises OSError where it is not there, or where others could have written it.
    """
    place = opened_folder(folder)
    try:
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        descriptor = os.open(name, flags, dir_fd=place)
    finally:
        os.close(place)
    with os.fdopen(descriptor, "rb") as file:
        if reason := why_not_mine(os.fstat(descriptor)):
            raise PermissionError(reason)
        return file.read(most)


def keep(folder: str, name: str, raw: bytes) -> None:
    """Replace a file in a folder below the state folder as a whole; where that fails it stays."""
    with suppress(OSError):
        private_folder(folder)
        place = opened_folder(folder)
        try:
            _replace(place, name, raw)
        finally:
            os.close(place)


def _replace(folder: int, name: str, raw: bytes) -> None:
    fresh = f".{name}.{os.urandom(4).hex()}"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(fresh, flags, PRIVATE_FILE, dir_fd=folder)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(raw)
        os.rename(fresh, name, src_dir_fd=folder, dst_dir_fd=folder)
    except OSError:
        with suppress(OSError):
            os.unlink(fresh, dir_fd=folder)
        raise


def why_not_mine(info: os.stat_result) -> str | None:
    """Why others may have written what this is of; None where it is mine alone."""
    others = stat.S_IMODE(info.st_mode) & (stat.S_IWGRP | stat.S_IWOTH)
    return _whose(info) or ("other users can write to it" if others else None)


def _whose(info: os.stat_result) -> str | None:
    return None if info.st_uid == os.geteuid() else "its owner is another user"


def slug(roadmap: Path) -> str:
    """A file name for what belongs to the roadmap at a path; two paths may share one by chance."""
    return slug_of(os.path.realpath(roadmap))


def slug_of(real: str) -> str:
    """The same by the path behind all links."""
    name = "".join(c if c.isascii() and c.isalnum() else "-" for c in Path(real).name)[:40]
    return f"{name}-{crc32(os.fsencode(real)):08x}"


def waiting(roadmap: Path) -> list[Path]:
    """Journals for a roadmap, oldest first, those of running sessions too: one look at a folder.

    Those that others could have written are left alone; `distrusted` names them.
    """
    found = [(path, info) for path, info in _journals(roadmap) if not why_not_mine(info)]
    return [path for path, info in sorted(found, key=lambda each: each[1].st_mtime_ns)]


def distrusted(roadmap: Path) -> str | None:
    """What is left alone because others could have written it, in one line; mostly None."""
    try:
        for path, info in _journals(roadmap, careful=True):
            if reason := why_not_mine(info):
                raise NotMine(errno.EPERM, reason, str(path))
    except NotMine as error:
        return f"{error.filename} is not trusted ({error.strerror}) and left alone"
    return None


def _journals(roadmap: Path, *, careful: bool = False) -> list[tuple[Path, os.stat_result]]:
    """What is called a journal of the roadmap. Raises NotMine if `careful`, else finds nothing."""
    start, found = f"{slug(roadmap)}.", []
    try:
        where = state_folder() / JOURNALS
        folder = opened_folder(JOURNALS)
        try:
            for name in os.listdir(folder):  # noqa: PTH208 (an open folder has no path)
                if name.startswith(start):
                    info = os.stat(name, dir_fd=folder, follow_symlinks=False)
                    found.append((where / name, info))
        finally:
            os.close(folder)
    except NotMine:
        if careful:
            raise
    except OSError:
        return found
    return found
