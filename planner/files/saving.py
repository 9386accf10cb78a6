"""Atomic save: a file is either the old or the new bytes, and no external change is overwritten.

Each file is written to a temporary file beside it, flushed, read back, and then exchanged with the
old one in one step of the file system. If the file that came out is not the one that was read,
somebody wrote in between, and it is exchanged back. Several files are one save: all temporary files
are complete before the first exchange. A lock on the folder separates two planners; the comparison
protects all other changes.

Links are followed, so a link stays one. Owner, mode, access list and attributes stay. Where a new
file can't have these, the old one is written in place; then, as with several files, the caller
first makes both texts durable elsewhere (`promise`), to complete an interrupted save.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Sequence
from contextlib import ExitStack

from msgspec import Struct

from planner.errors import SaveError
from planner.files import attributes
from planner.files.atomic_swap import CanNotExchange, exchange
from planner.files.failures import in_words, refused, why, why_no_journal
from planner.files.inplace import write_in_place
from planner.files.interrupted_saves import part_name, swap_name, tidy, unlink
from planner.files.locking import locked
from planner.files.targets import (
    Target,
    Write,
    changed,
    close,
    distinct_folders,
    read_all,
    write_all,
)

__all__ = ["Promise", "Saved", "Write", "save"]

Promise = Callable[[Sequence[Write]], None]
"""Makes durable what is about to be written, old and new; raises OSError where it can't."""

_CAN_NOT_REPLACE = frozenset({errno.EACCES, errno.EPERM, errno.EBUSY, errno.EXDEV})
_ROUNDS = 100
"""How often a file may change during the one step in which it is put back. Twice is a wonder."""


class Saved(Struct, frozen=True):
    """Result of a save: files and bytes written. `warning`: it may not survive a power failure.

    `merged` reports external changes that were merged first.
    """

    files: tuple[str, ...] = ()
    size: int = 0
    warning: str | None = None
    merged: str | None = None


def save(writes: Sequence[Write], promise: Promise | None = None) -> Saved:
    """Write the files, all or none.

    Raises ChangedOnDisk where a file is not as it was read, and SaveError for all else; both leave
    every file as it is on disk, or say which one is not.
    """
    with ExitStack() as stack:
        targets = [Target.open(write, stack) for write in writes]
        with in_words(writes[0].name if writes else ""):
            folders = distinct_folders(targets)
        for folder in folders:
            stack.enter_context(locked(folder))
        for file in _shared_files(targets, stack):
            stack.enter_context(locked(file))
        for target in targets:
            tidy(target)
        due = [target for target in targets if target.is_due()]
        warning = _replace_all(due, promise)
    return Saved(
        tuple(target.write.name for target in due),
        sum(len(target.write.new) for target in due),
        warning,
    )


def _shared_files(targets: Sequence[Target], stack: ExitStack) -> list[int]:
    """The files that have another name, maybe in another folder, open: they share this lock only.

    Always in the same order, and after all folders, so that two savers can't wait in a circle.
    """
    found: dict[tuple[int, int], int] = {}
    for target in targets:
        if target.info.st_nlink > 1:
            with in_words(target.write.name):
                descriptor = target.opened(os.O_RDONLY)
                stack.callback(close, descriptor)
                info = os.fstat(descriptor)
            found.setdefault((info.st_dev, info.st_ino), descriptor)
    return [found[key] for key in sorted(found)]


def _replace_all(targets: Sequence[Target], promise: Promise | None) -> str | None:
    try:
        for target in targets:
            _prepare(target)
        if len(targets) > 1 or any(target.in_place for target in targets):
            _make(promise, targets)
        for target in targets:
            _put(target, promise)
        warning = _sync_folders(targets)
        for target in targets:
            _refuse_if_written_to_late(target)
        return warning
    except OSError as error:
        said = refused(targets[0].write.name, why(error))
        _take_back(targets, said)
        raise said from error
    except BaseException as error:
        _take_back(targets, error)
        raise
    finally:
        for target in targets:
            if target.temporary:
                unlink(target.temporary, target.folder)


def _make(promise: Promise | None, targets: Sequence[Target]) -> None:
    """Only a write to the file itself depends on the promise; two files are whole either way."""
    try:
        if promise is None:
            raise OSError(errno.ENOENT, "there is no recovery file")
        promise([target.write for target in targets])
    except OSError as error:
        for target in targets:
            if target.in_place:
                raise refused(
                    target.write.name,
                    "the file can only be written in place, and no recovery file can be kept "
                    f"({why_no_journal(error)})",
                    "give planner a folder for recovery files (XDG_STATE_HOME)",
                ) from error


# --- the new file ---------------------------------------------------------------------------------


def _prepare(target: Target) -> None:
    """A complete copy of the new text beside the target, unless none could take its place."""
    if target.info.st_nlink > 1 or _is_kept_by_sticky(target):
        return
    part, folder = part_name(), target.folder
    with in_words(target.write.name):
        try:
            _write_temporary(target, part)
            complete = swap_name(target.write)
            os.rename(part, complete, src_dir_fd=folder, dst_dir_fd=folder)
        except (attributes.CanNotKeep, PermissionError):
            unlink(part, folder)
            return
        except BaseException:
            unlink(part, folder)
            raise
    target.temporary = complete


def _is_kept_by_sticky(target: Target) -> bool:
    """Whether the folder lets only a file's owner replace it, and that is somebody else."""
    folder, me = os.fstat(target.folder), os.geteuid()
    return bool(folder.st_mode & stat.S_ISVTX) and me not in (0, folder.st_uid, target.info.st_uid)


def _write_temporary(target: Target, name: str) -> None:
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(name, flags, 0o600, dir_fd=target.folder)
    try:
        write_all(descriptor, target.write.new)
        like = target.opened(os.O_RDONLY)
        try:
            attributes.keep(descriptor, like, target.info)
        finally:
            close(like)
        os.fsync(descriptor)
        os.lseek(descriptor, 0, os.SEEK_SET)
        if read_all(descriptor) != target.write.new:
            raise refused(target.write.name, "the disk gave back other bytes than were written")
    finally:
        close(descriptor)


# --- putting it in place --------------------------------------------------------------------------


def _put(target: Target, promise: Promise | None) -> None:
    """Make the file say the new text, unless it changed meanwhile."""
    if not target.in_place and _swapped(target):
        return
    if not target.in_place:
        unlink(target.temporary or "", target.folder)
        target.temporary = None
        _make(promise, [target])
    write_in_place(target)
    target.swapped = True


def _swapped(target: Target) -> bool:
    """Exchange the files; False where the system lets nobody replace this one, as with a mount."""
    try:
        with in_words(target.write.name):
            _swap(target, target.temporary or "")
    except SaveError as error:
        cause = error.__cause__
        if isinstance(cause, OSError) and cause.errno in _CAN_NOT_REPLACE:
            return False
        raise
    return True


def _swap(target: Target, temporary: str) -> None:
    if target.content() != target.write.base:
        raise changed(target.write.name)
    try:
        exchange(temporary, target.name, target.folder)
    except CanNotExchange:
        folder = target.folder
        os.replace(temporary, target.name, src_dir_fd=folder, dst_dir_fd=folder)
        target.temporary, target.swapped = "", True
        return
    target.swapped = True
    came_out = _content(temporary, target)
    if came_out != target.write.base:
        _give_back(target, temporary, came_out)
        raise changed(target.write.name)


def _give_back(target: Target, temporary: str, came_out: bytes | None) -> None:
    """Put back what came out; and if yet another text came out by that, that one is the latest."""
    expected: bytes | None = target.write.new
    try:
        for _ in range(_ROUNDS):
            exchange(temporary, target.name, target.folder)
            previous, came_out = came_out, _content(temporary, target)
            if came_out == expected:
                target.swapped = False
                return
            expected = previous
        raise OSError(errno.EBUSY, "another program writes it all the time")
    except OSError as error:
        # From here on the temporary file is somebody's only copy: it is not ours to remove.
        target.temporary = ""
        raise SaveError(
            f"saved over somebody else's change ({why(error)}), which is in {temporary} beside it",
            file=target.write.name,
            hint="compare the two files",
        ) from error


def _content(name: str, target: Target) -> bytes | None:
    """What a name in the target's folder holds; None where it is no plain file."""
    try:
        return Target(target.write, target.folder, name, target.info).content()
    except (OSError, SaveError):
        return None


def _refuse_if_written_to_late(target: Target) -> None:
    """Whoever had the old file open may have written to it after it came out."""
    if target.temporary and _content(target.temporary, target) != target.write.base:
        _give_back(target, target.temporary, _content(target.temporary, target))
        raise changed(target.write.name)


def _sync_folders(targets: Sequence[Target]) -> str | None:
    """Make the new names durable. From here on a failure is a warning: the new text is there."""
    try:
        for folder in distinct_folders(targets):
            os.fsync(folder)
    except OSError as error:
        return f"saved, durability unknown: {why(error)}; it may not outlive a power cut"
    return None


# --- when it fails --------------------------------------------------------------------------------


def _take_back(targets: Sequence[Target], error: BaseException) -> None:
    """Put back what was put in place before a later file failed; say so where that fails too."""
    stuck = [target.write.name for target in targets if target.swapped and not _restored(target)]
    if stuck and isinstance(error, SaveError):
        error.message += f"; {', '.join(stuck)} was written already"


def _restored(target: Target) -> bool:
    write = target.write
    back = Target(
        Write(write.path, write.name, base=write.new, new=write.base),
        target.folder,
        target.name,
        target.info,
    )
    try:
        if target.temporary:
            _give_back(target, target.temporary, write.base)
        elif target.in_place:
            write_in_place(back)
        else:
            _prepare(back)
            _swap(back, back.temporary or "")
    except (OSError, SaveError, CanNotExchange):
        return False
    target.swapped = False
    return True
