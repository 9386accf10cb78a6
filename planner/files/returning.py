"""A file that is gone from the disk, put back as it was last read, so that it can be saved again.

Somebody deleted or moved it, or another branch has none. Whatever is there instead is left alone:
a file is put back only where there is nothing.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path

from planner.files.failures import in_words
from planner.files.leftovers import part_name, unlink
from planner.files.targets import close, write_all

_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})
NEW_FILE = 0o666
"""Before the umask, as for any new file: its old mode went with it."""


def gone(files: Iterable[Path]) -> tuple[Path, ...]:
    """Those that are not there, behind all links, while their folder is."""
    return tuple(
        file
        for file, real in ((each, Path(os.path.realpath(each))) for each in files)
        if not os.path.lexists(real) and real.parent.is_dir()
    )


def put_back(files: Mapping[Path, bytes]) -> None:
    """Write these again, each whole or not at all. Raises SaveError, also where something is."""
    for path, content in files.items():
        with in_words(path.name), ExitStack() as stack:
            real = Path(os.path.realpath(path))
            folder = os.open(real.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            stack.callback(close, folder)
            _put(real.name, content, folder)
            with suppress(OSError):  # it is there: the save that follows says what is not durable
                os.fsync(folder)


def _put(name: str, content: bytes, folder: int) -> None:
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
