"""Atomic swap of two file names.

A plain rename destroys the file that it replaces. After a swap that file is still there, and can be
swapped back if it is not the expected one. Linux has `renameat2(…, RENAME_EXCHANGE)`; Python does
not, so the C library is called.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from functools import lru_cache

_RENAME_EXCHANGE = 2
_NOT_HERE = frozenset({errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.ENOTSUP})

Rename = Callable[[int, bytes, int, bytes, int], int]


class CanNotExchange(Exception):
    """This system or this file system has no exchange; nothing was changed."""


def exchange(one: str, other: str, folder: int) -> None:
    """Let two names in an open folder change places.

    Raises CanNotExchange where there is no such operation, OSError where it failed; either way
    both names mean what they did.
    """
    rename = _renameat2()
    if rename is None:
        raise CanNotExchange
    code = _call(rename, os.fsencode(one), os.fsencode(other), folder)
    if code in _NOT_HERE:
        raise CanNotExchange
    if code:
        raise OSError(code, os.strerror(code), other)


def _call(rename: Rename, one: bytes, other: bytes, folder: int) -> int:
    """The error number, 0 where it was done."""
    import ctypes

    ctypes.set_errno(0)
    if rename(folder, one, folder, other, _RENAME_EXCHANGE) == 0:
        return 0
    return ctypes.get_errno() or errno.EIO


@lru_cache(maxsize=1)
def _renameat2() -> Rename | None:
    # Loading ctypes takes longer than a save; only the first save of a session pays for it.
    try:
        import ctypes

        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (ImportError, OSError, AttributeError):
        return None
    rename.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint]
    rename.restype = ctypes.c_int
    found: Rename = rename
    return found
