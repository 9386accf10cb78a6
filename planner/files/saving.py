"""Saving: a file is either the old bytes or the new bytes, and no change is overwritten unseen.

Each file is written to a temporary file beside it, flushed to the disk, read back, and only then
put in the old one's place, in one step of the file system. Several files are one save: all
temporary files are complete before the first is put in place. A lock on the folder keeps two
planners apart; the comparison with what was read keeps everybody else's changes.

Links are followed, so that a link stays one. Mode, owner and group stay. What can't be kept is
refused rather than lost: a read-only file, a file with a second name, one that changed.
"""

from __future__ import annotations

import errno
import fcntl
import os
import secrets
import stat
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from msgspec import Struct

from planner.errors import ChangedOnDisk, SaveError

LOCK_SECONDS = 5.0
"""How long to wait for another planner that is saving in the same folder."""

_STILL_OPEN = "your edits are still open here, unsaved"
_WORDS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EACCES: "you may not write there",
    errno.EPERM: "you may not write there",
    errno.EROFS: "the disk is mounted read-only",
    errno.ENOENT: "it is no longer there",
    errno.ENOTDIR: "its folder is no longer there",
    errno.ELOOP: "its link leads in a circle",
    errno.EIO: "the disk reports an error",
}


class Write(Struct, frozen=True):
    """One file to save: what it was when it was read, and what it shall be.

    `path` is absolute; `name` is what the user calls it.
    """

    path: Path
    name: str
    base: bytes
    new: bytes


class Saved(Struct, frozen=True):
    """What was written. `warning` says that it is there but may not outlive a power cut."""

    files: tuple[str, ...] = ()
    size: int = 0
    warning: str | None = None


@dataclass
class _Target:
    """A file to be replaced: the real one behind all links, in its open folder."""

    write: Write
    folder: int
    name: str
    info: os.stat_result
    temporary: str = field(default_factory=lambda: f".{secrets.token_hex(8)}.planner-save")
    swapped: bool = False


def save(writes: Sequence[Write]) -> Saved:
    """Write the files, all or none.

    Raises ChangedOnDisk where a file is not as it was read, and SaveError for all else; both leave
    every file as it is on disk, or say which one is not.
    """
    with ExitStack() as stack:
        targets = [_open(write, stack) for write in writes]
        for folder in _distinct_folders(targets):
            stack.enter_context(_locked(folder))
        due = [target for target in targets if _is_due(target)]
        _replace_all(due)
        warning = _sync_folders(due)
    return Saved(
        tuple(target.write.name for target in due),
        sum(len(target.write.new) for target in due),
        warning,
    )


def _replace_all(targets: Sequence[_Target]) -> None:
    try:
        for target in targets:
            with _in_words(target.write):
                _write_temporary(target)
        for target in targets:
            with _in_words(target.write):
                _swap(target)
    except BaseException as error:
        _take_back(targets, error)
        raise
    finally:
        for target in targets:
            if not target.swapped:
                _remove(target)


# --- before anything is written -------------------------------------------------------------------


def _open(write: Write, stack: ExitStack) -> _Target:
    """Follow links to the real file and open its folder. Raises SaveError."""
    with _in_words(write):
        real = write.path.resolve(strict=True)
        folder = os.open(real.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        stack.callback(os.close, folder)
        return _Target(write, folder, real.name, os.lstat(real.name, dir_fd=folder))


def _distinct_folders(targets: Sequence[_Target]) -> list[int]:
    """One open folder each, always in the same order, so that two savers can't wait in a circle."""
    found: dict[tuple[int, int], int] = {}
    for target in targets:
        info = os.fstat(target.folder)
        found.setdefault((info.st_dev, info.st_ino), target.folder)
    return [found[key] for key in sorted(found)]


@contextmanager
def _locked(folder: int) -> Iterator[None]:
    """Hold the folder's lock; go on without one where the file system has none."""
    end = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError:
            if time.monotonic() > end:
                raise SaveError(
                    "another planner is saving in this folder; nothing was written",
                    hint=f"try again; {_STILL_OPEN}",
                ) from None
            time.sleep(0.02)
        except OSError:
            yield
            return
    try:
        yield
    finally:
        fcntl.flock(folder, fcntl.LOCK_UN)


def _is_due(target: _Target) -> bool:
    """Whether there is something to write. Refuses what a replacement would change or hide."""
    write = target.write
    with _in_words(write):
        target.info = os.lstat(target.name, dir_fd=target.folder)
        found = _content(target)
    if found == write.new:
        return False
    _refuse_unless_base(target, found)
    mode = target.info.st_mode
    if not mode & 0o222 or not os.access(target.name, os.W_OK, dir_fd=target.folder):
        raise _refused(write, "it is read-only", "make it writable, then save again")
    if target.info.st_nlink > 1:
        raise _refused(
            write, "it has a second name (a hard link), which would keep the old text", "unlink it"
        )
    return True


def _content(target: _Target) -> bytes:
    """What is on disk now. A file that has become something else is an error."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    descriptor = os.open(target.name, flags, dir_fd=target.folder)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise _refused(target.write, "it is no longer a plain file", "look what took its place")
        return _read_all(descriptor)
    finally:
        os.close(descriptor)


def _read_all(descriptor: int) -> bytes:
    parts = []
    while part := os.read(descriptor, 1 << 20):
        parts.append(part)
    return b"".join(parts)


def _refuse_unless_base(target: _Target, found: bytes) -> None:
    if found != target.write.base:
        raise ChangedOnDisk(
            "somebody else changed it since it was read; nothing was written",
            file=target.write.name,
            hint=f"reload to see their change; {_STILL_OPEN}",
        )


# --- writing --------------------------------------------------------------------------------------


def _write_temporary(target: _Target) -> None:
    """A complete copy of the new text beside the target, on the disk and read back."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(target.temporary, flags, 0o600, dir_fd=target.folder)
    try:
        _write_all(descriptor, target.write.new)
        _keep_owner_and_mode(descriptor, target)
        os.fsync(descriptor)
        os.lseek(descriptor, 0, os.SEEK_SET)
        if _read_all(descriptor) != target.write.new:
            raise _refused(target.write, "the disk gave back other bytes than were written", "")
    finally:
        os.close(descriptor)


def _write_all(descriptor: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(descriptor, left) :]


def _keep_owner_and_mode(descriptor: int, target: _Target) -> None:
    """Owner where the system lets us; group and mode always, or the save is refused."""
    mine, info = os.fstat(descriptor), target.info
    if (mine.st_uid, mine.st_gid) != (info.st_uid, info.st_gid):
        try:
            os.fchown(descriptor, info.st_uid, info.st_gid)
        except PermissionError:
            _keep_group(descriptor, target, mine.st_gid)
    os.fchmod(descriptor, stat.S_IMODE(info.st_mode))


def _keep_group(descriptor: int, target: _Target, gid: int) -> None:
    if gid == target.info.st_gid:
        return
    try:
        os.fchown(descriptor, -1, target.info.st_gid)
    except PermissionError:
        raise _refused(
            target.write,
            "it belongs to a group that you are not in, and would be taken from it",
            "ask its owner",
        ) from None


def _swap(target: _Target) -> None:
    """Put the new file in the old one's place, unless that changed while it was written."""
    _refuse_unless_base(target, _content(target))
    folder = target.folder
    os.replace(target.temporary, target.name, src_dir_fd=folder, dst_dir_fd=folder)
    target.swapped = True


def _sync_folders(targets: Sequence[_Target]) -> str | None:
    """Make the new names durable. From here on a failure is a warning: the new text is there."""
    try:
        for folder in _distinct_folders(targets):
            os.fsync(folder)
    except OSError as error:
        return f"saved, but it is not certain to outlive a power cut: {_why(error)}"
    return None


# --- when it fails --------------------------------------------------------------------------------


def _take_back(targets: Sequence[_Target], error: BaseException) -> None:
    """Put back what was swapped before a later file failed; say so where that fails too."""
    stuck = [target.write.name for target in targets if target.swapped and not _restored(target)]
    if stuck and isinstance(error, SaveError):
        error.message += f"; {', '.join(stuck)} was written already"


def _restored(target: _Target) -> bool:
    write = target.write
    back = _Target(
        Write(write.path, write.name, base=write.new, new=write.base),
        target.folder,
        target.name,
        target.info,
    )
    try:
        _write_temporary(back)
        _swap(back)
    except (OSError, SaveError):
        _remove(back)
        return False
    return True


def _remove(target: _Target) -> None:
    try:
        os.unlink(target.temporary, dir_fd=target.folder)
    except OSError:
        # Nothing is lost by a left-over: its name begins with a dot, so that no roadmap reads it.
        return


@contextmanager
def _in_words(write: Write) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _refused(write, _why(error), _hint(error)) from error


def _why(error: OSError) -> str:
    return _WORDS.get(error.errno or 0) or (error.strerror or str(error)).lower()


def _hint(error: OSError) -> str:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return "make room, then save again" if full else ""


def _refused(write: Write, why: str, advice: str) -> SaveError:
    hint = f"{advice}; {_STILL_OPEN}" if advice else _STILL_OPEN
    return SaveError(f"not saved: {why}; the file is as it was", file=write.name, hint=hint)
