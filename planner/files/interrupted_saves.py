"""Temporary files of interrupted saves: which are deleted, and which are restored.

A new file is called `.….planner-part` while it is written, and `.OLD-NEW.planner-swap` when it is
complete and about to be swapped; OLD and NEW are checksums of the replaced and the new content. So
a swap file with neither content is an external change that was swapped out and not back. Only files
of a dead process are found: the caller holds the folder's lock.
"""

from __future__ import annotations

import os
import re
import stat
from binascii import crc32
from contextlib import suppress

from planner.errors import SaveError
from planner.files.atomic_swap import CanNotExchange, exchange
from planner.files.targets import Target, Write

_PART = re.compile(r"\.[0-9a-f]{16}\.planner-part")
_SWAP = re.compile(r"\.([0-9a-f]{8,24})-([0-9a-f]{8,24})-[0-9a-f]{8}\.planner-swap")


def part_name() -> str:
    """A new name for a file that is being written."""
    return f".{os.urandom(8).hex()}.planner-part"


def swap_name(write: Write) -> str:
    """A new name for a complete file that is about to change places."""
    return f".{_sum(write.base)}-{_sum(write.new)}-{os.urandom(4).hex()}.planner-swap"


def unlink(name: str, folder: int) -> None:
    """Remove a file of ours if we can."""
    # Nothing is lost by a left-over: its name begins with a dot, so that no roadmap reads it.
    with suppress(OSError):
        os.unlink(name, dir_fd=folder)


def tidy(target: Target) -> None:
    """Remove what is left over in the target's folder; put somebody's text back if it is there."""
    with suppress(OSError):
        for name in os.listdir(target.folder):  # noqa: PTH208 (an open folder has no path)
            if _PART.fullmatch(name):
                unlink(name, target.folder)
            elif match := _SWAP.fullmatch(name):
                _settle(target, name, match[1], match[2])


def _settle(target: Target, name: str, old: str, new: str) -> None:
    with suppress(OSError, SaveError, CanNotExchange):
        if not _may_replace(os.lstat(name, dir_fd=target.folder), target):
            return
        held = _sum(Target(target.write, target.folder, name, target.info).content())
        if held in (old, new):
            unlink(name, target.folder)
        elif _sum(target.content()) == new:
            exchange(name, target.name, target.folder)
            unlink(name, target.folder)


def _may_replace(found: os.stat_result, target: Target) -> bool:
    """Whether whoever has a file could have put it in the target's place without us.

    In a sticky folder anybody may leave one, and only the owners may replace the target.
    """
    folder = os.fstat(target.folder)
    owners = (0, os.geteuid(), folder.st_uid, target.info.st_uid)
    return not folder.st_mode & stat.S_ISVTX or found.st_uid in owners


def _sum(content: bytes) -> str:
    return f"{crc32(content):08x}{len(content):x}"
