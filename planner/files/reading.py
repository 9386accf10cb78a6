"""Safe read of a file's bytes: never waits for a pipe, never reads more than the size limit."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from planner.errors import ReadError
from planner.text.limits import MAX_BYTES, refuse_size


def read_file(path: Path, refuse: Callable[[os.stat_result], str | None] | None = None) -> bytes:
    """A file's bytes. Raises ReadError, at once also for a pipe, a device or too large a file.

    `refuse` says why what is open is not to be read, if so.
    """
    with opened(path) as file:
        found = os.fstat(file.fileno())
        if refuse and (reason := refuse(found)):
            raise ReadError(f"not read: {reason}", file=str(path))
        refuse_size(found.st_size, str(path))
        # The size may be a lie (in /proc it is 0) or change: one byte more is refused later.
        return file.read(MAX_BYTES + 1)


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A file to read from. Raises ReadError, at once also for a folder, a pipe or a device."""
    try:
        # Without waiting: a pipe that nobody writes to would never open.
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            if not stat.S_ISREG(mode):
                raise ReadError(f"{_what(mode)}, not a file", file=str(path))
            yield file
    except OSError as error:
        raise unread(path, error) from None


def unread(path: Path, error: OSError) -> ReadError:
    """What is said of a file or folder that the system does not let us read."""
    why = (error.strerror or str(error)).lower()
    return ReadError(f"can't be read: {why}", file=str(path))


def _what(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "a folder"
    return "a pipe" if stat.S_ISFIFO(mode) else "a device or socket"
