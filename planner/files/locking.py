"""File locks that end with their process; no lock file stays behind.

`flock`, not `lockf`: a POSIX lock vanishes as soon as any handle on the same file is closed.
"""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from planner.errors import SaveError
from planner.files.failures import STILL_OPEN

try:
    import fcntl
except ImportError:  # A Python without it saves all the same: the comparison keeps what others did.
    fcntl = None  # type: ignore[assignment]

LOCK_SECONDS = 5.0
"""How long to wait for another planner that is saving in the same folder."""


@contextmanager
def locked(folder: int) -> Iterator[None]:
    """Hold the lock of an open folder; go on without one where the file system has none.

    Raises SaveError where another planner holds it for longer than LOCK_SECONDS.
    """
    held = _wait_for(folder)
    try:
        yield
    finally:
        if held:
            # It ends with the open folder too, so that a failure here changes nothing.
            with suppress(OSError):
                _unlock(folder)


def _wait_for(folder: int) -> bool:
    end = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            _lock(folder)
            return True
        except BlockingIOError:
            if time.monotonic() > end:
                raise SaveError(
                    "not saved: another planner is saving in this folder; the file is as it was",
                    hint=f"try again; {STILL_OPEN}",
                ) from None
            time.sleep(0.005)
        except OSError:
            return False


def has_locks() -> bool:
    """Whether this Python was built with them."""
    return fcntl is not None


def claim(descriptor: int) -> bool:
    """Take an open file for as long as it stays open; False where somebody has it, or may have."""
    try:
        _lock(descriptor)
    except OSError:
        return False
    return os.fstat(descriptor).st_nlink > 0


def is_free(descriptor: int) -> bool:
    """Whether nobody holds an open file's lock; False where that can't be known."""
    try:
        _lock(descriptor, shared=True)
    except OSError:
        return False
    _unlock(descriptor)
    return True


def _lock(descriptor: int, *, shared: bool = False) -> None:
    """Take the lock, or raise OSError at once."""
    if fcntl is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)


def _unlock(descriptor: int) -> None:
    fcntl.flock(descriptor, fcntl.LOCK_UN)
