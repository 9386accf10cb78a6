"""Target of a save: the real file behind all links, in its open folder, as it is on disk."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from msgspec import Struct

from planner.errors import ChangedOnDisk
from planner.files.failures import STILL_OPEN, in_words, refused
from planner.text.limits import MAX_BYTES


class Write(Struct, frozen=True):
    """One file to save: what it was when it was read, and what it shall be.

    `path` is absolute; `name` is what the user calls it.
    """

    path: Path
    name: str
    base: bytes
    new: bytes


@dataclass
class Target:
    """Where a write goes. `temporary` is the name of the complete new file, once there is one."""

    write: Write
    folder: int
    name: str
    info: os.stat_result
    temporary: str | None = None
    swapped: bool = False

    @property
    def in_place(self) -> bool:
        """Whether the file itself is written to, because no other could take its place."""
        return self.temporary is None

    @classmethod
    def open(cls, write: Write, stack: ExitStack) -> Target:
        """Follow links to the real file and open its folder. Raises SaveError."""
        with in_words(write.name):
            if not write.path.parent.is_dir():
                raise refused(
                    write.name, "its folder is no longer there", "put it back, then save again"
                )
            real = Path(os.path.realpath(write.path, strict=True))
            folder = os.open(real.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            stack.callback(close, folder)
            return cls(write, folder, real.name, os.lstat(real.name, dir_fd=folder))

    def is_due(self) -> bool:
        """Whether there is something to write.

        Raises ChangedOnDisk where the file is not as it was read, SaveError where it is read-only:
        a rename would silently beat that.
        """
        with in_words(self.write.name):
            found = self.content()
            self.info = os.lstat(self.name, dir_fd=self.folder)
        if found == self.write.new:
            return False
        if found != self.write.base:
            raise changed(self.write.name)
        mode = self.info.st_mode
        if not mode & 0o222 or not os.access(self.name, os.W_OK, dir_fd=self.folder):
            raise refused(
                self.write.name, "the file is read-only", "make it writable, then save again"
            )
        return True

    def content(self) -> bytes:
        """What is on disk now. A file that has become something else is an error."""
        descriptor = self.opened(os.O_RDONLY)
        try:
            # No roadmap is larger, and what is larger than one was never read.
            return read_all(descriptor, MAX_BYTES + 1)
        finally:
            close(descriptor)

    def opened(self, access: int) -> int:
        """Open the file itself, and nothing that took its place. Raises OSError, SaveError."""
        flags = access | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        descriptor = os.open(self.name, flags, dir_fd=self.folder)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            close(descriptor)
            raise refused(
                self.write.name,
                "something that is no longer a plain file took its place, and is left alone",
                "move that away, then save again",
            )
        return descriptor


def changed(name: str) -> ChangedOnDisk:
    """The refusal where somebody else wrote."""
    return ChangedOnDisk(
        "the file changed on disk after it was read; nothing was saved",
        file=name,
        hint=f"reload, then save again; {STILL_OPEN}",
    )


def distinct_folders(targets: Sequence[Target]) -> list[int]:
    """One open folder each, always in the same order, so that two savers can't wait in a circle."""
    found: dict[tuple[int, int], int] = {}
    for target in targets:
        info = os.fstat(target.folder)
        found.setdefault((info.st_dev, info.st_ino), target.folder)
    return [found[key] for key in sorted(found)]


def close(descriptor: int) -> None:
    """Close what was read, or what has been made durable already: an error says nothing then."""
    with suppress(OSError):
        os.close(descriptor)


def read_all(descriptor: int, most: int = sys.maxsize) -> bytes:
    """The rest of an open file, but no more than `most` bytes of it."""
    parts = []
    while part := os.read(descriptor, min(1 << 20, most)):
        parts.append(part)
        most -= len(part)
    return b"".join(parts)


def write_all(descriptor: int, content: bytes, offset: int = 0) -> None:
    """Write all of `content`, from `offset` on, however little the system takes at a time."""
    left = memoryview(content)
    while left:
        count = os.pwrite(descriptor, left, offset)
        left, offset = left[count:], offset + count
