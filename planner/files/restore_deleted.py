"""Restore a deleted file with its last read content, so that it can be saved again.

It was deleted or moved, or another branch does not have it. A file is restored only where there is
nothing, and only in its own place: not behind a link made since it was read, nor in a folder that
was replaced by a link.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path

from msgspec import Struct

from planner.files.failures import in_words
from planner.files.interrupted_saves import part_name, unlink
from planner.files.targets import close, write_all

_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})
NEW_FILE = 0o666
"""Before the umask, as for any new file: its old mode went with it."""


class Place(Struct, frozen=True):
    """Where a file was when it was read: by its own name in a real folder, and behind all links."""

    named: Path
    real: Path

    @classmethod
    def of(cls, file: Path) -> Place:
        """The place of a file now."""
        folder = Path(os.path.realpath(file.parent))
        return cls(folder / file.name, Path(os.path.realpath(file)))

    def empty(self) -> Path | None:
        """Where the file is to be put back; None where something is, or no folder for it."""
        if not os.path.lexists(self.named):
            missing = self.named
        elif os.path.realpath(self.named) == str(self.real) and not os.path.lexists(self.real):
            missing = self.real
        else:
            return None
        return missing if _is_real(missing.parent) else None


def gone(files: Iterable[Path]) -> tuple[Path, ...]:
    """Those real paths at which there is nothing, not even a link, while their folder is."""
    return tuple(file for file in files if not os.path.lexists(file) and _is_real(file.parent))


def _is_real(folder: Path) -> bool:
    return folder.is_dir() and os.path.realpath(folder) == str(folder)


def put_back(files: Mapping[Path, bytes]) -> None:
    """Write these again, each whole or not at all, by their real paths: no link is followed.

    Raises SaveError, also where something is.
    """
    for path, content in files.items():
        with in_words(path.name), ExitStack() as stack:
            folder = _opened(path.parent)
            stack.callback(close, folder)
            put(path.name, content, folder)
            with suppress(OSError):  # it is there: the save that follows says what is not durable
                os.fsync(folder)


def _opened(folder: Path) -> int:
    """A real folder, opened one name after the other, none of which may have become a link."""
    flags = getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | os.O_CLOEXEC
    above = os.open(folder.anchor, flags)
    for part in folder.parts[1:]:
        try:
            below = os.open(part, flags | os.O_NOFOLLOW, dir_fd=above)
        finally:
            close(above)
        above = below
    try:
        return os.open(".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=above)
    finally:
        close(above)


def put(name: str, content: bytes, folder: int) -> None:
    """Write a new file to an open folder, whole or not at all. Raises OSError where one exists."""
    part = part_name()
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(part, flags, NEW_FILE, dir_fd=folder)
    try:
        write_all(descriptor, content)
        os.fsync(descriptor)
        _name(part, name, folder)
    finally:
        close(descriptor)
        unlink(part, folder)


def _name(part: str, name: str, folder: int) -> None:
    """Give a file its name unless something has it; a plain rename would replace that."""
    try:
        os.link(part, name, src_dir_fd=folder, dst_dir_fd=folder)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        os.close(os.open(name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, NEW_FILE, dir_fd=folder))
        os.rename(part, name, src_dir_fd=folder, dst_dir_fd=folder)
