"""In-place write, where the file can't be replaced by another.

That is so for a hard link, a folder without write permission, a sticky folder, a mount, or a group
or access list that a new file can't get. Such a write can be interrupted half way. So the caller
first makes both texts durable elsewhere; `is_torn` recognises an interrupted file: every byte is
the old or the new one.
"""

from __future__ import annotations

import os
from contextlib import suppress

from planner.errors import SaveError
from planner.files.failures import in_words, why
from planner.files.targets import Target, changed, close, read_all, write_all

_BLOCK = 4096


def write_in_place(target: Target) -> None:
    """Change the old bytes into the new ones.

    Raises ChangedOnDisk or SaveError with the old bytes put back, else the message says so.
    """
    with in_words(target.write.name):
        descriptor = target.opened(os.O_RDWR)
    try:
        with in_words(target.write.name):
            if read_all(descriptor, len(target.write.base) + 1) != target.write.base:
                raise changed(target.write.name)
            _grow(descriptor, target)
        _overwrite(descriptor, target)
    finally:
        close(descriptor)


def _grow(descriptor: int, target: Target) -> None:
    """Take the room that more bytes need before any old byte changes: only this can fill a disk."""
    old, new = target.write.base, target.write.new
    try:
        write_all(descriptor, new[len(old) :], len(old))
    except OSError:
        os.ftruncate(descriptor, len(old))
        raise


def _overwrite(descriptor: int, target: Target) -> None:
    old, new = target.write.base, target.write.new
    try:
        with in_words(target.write.name):
            write_all(descriptor, new[: len(old)])
            os.ftruncate(descriptor, len(new))
            os.fsync(descriptor)
    except SaveError as error:
        put_back(descriptor, target, error)
        raise


def put_back(descriptor: int, target: Target, error: SaveError) -> None:
    """Restore the old bytes; where that fails too, `error` says what is there instead."""
    try:
        write_all(descriptor, target.write.base)
        os.ftruncate(descriptor, len(target.write.base))
        with suppress(OSError):
            os.fsync(descriptor)
    except OSError as second:
        error.message = (
            f"half saved: {why(second)}; the file holds old and new bytes, "
            "and the next start of planner completes it from the recovery file"
        )


def is_torn(found: bytes, old: bytes, new: bytes) -> bool:
    """Whether `found` is what a cut-off change of `old` into `new` can leave behind."""
    if found in (old, new):
        return False
    if not min(len(old), len(new)) <= len(found) <= max(len(old), len(new)):
        return False
    for at in range(0, len(found), _BLOCK):
        block = slice(at, min(at + _BLOCK, len(found)))
        if found[block] not in (old[block], new[block]) and not _mixed(
            found[block], old[block], new[block]
        ):
            return False
    return True


def _mixed(found: bytes, old: bytes, new: bytes) -> bool:
    size = len(found)
    old, new = old.ljust(size, b"\xff"), new.ljust(size, b"\xff")
    return all(byte in (old[at], new[at]) for at, byte in enumerate(found))
