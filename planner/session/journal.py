"""Write-ahead journal of a session's unsaved changes: durable before a change is shown.

One file for each session with unsaved changes. The first record is the files as they were read;
each later record is the byte changes of an edit, undo or redo, so that recovery restores the exact
bytes. Each record has a checksum continued from the record before, so that a partly written or
older record is not read. Space is allocated in advance: an edit costs one write of data and no
change of file metadata.

The session that writes a journal holds its lock. A journal whose lock is free is an orphan; on a
Python without locks, one whose process is gone.
"""

from __future__ import annotations

import errno
import os
import stat
import struct
import time
from binascii import crc32
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from planner.files.locking import claim, has_locks
from planner.files.state import (
    JOURNALS,
    PRIVATE_FILE,
    opened_folder,
    private_folder,
    slug_of,
    waiting,
    why_not_mine,
)
from planner.files.targets import Write, read_all, write_all

ROOM = 1 << 16
"""Bytes allocated in advance."""
LARGEST = 1 << 30
ABANDONED_SECONDS = 3600.0

_HEAD = struct.Struct("<4sII")
"""Head of a record: mark, length and checksum of the body."""
_MARK = b"plj1"


class BaseRecord(Struct, frozen=True, tag="base"):
    """First record: the roadmap's path and its files' bytes as read, by real path."""

    roadmap: str
    since: str
    files: dict[str, bytes]


class Splice(Struct, frozen=True, array_like=True):
    """Byte change of a file: `removed` bytes at `at` became `added`; `total` is the new length."""

    file: str
    at: int
    removed: int
    added: bytes
    total: int


class EditRecord(Struct, frozen=True, tag="step"):
    """One edit, undo or redo with its label."""

    label: str
    splices: tuple[Splice, ...]


class SaveRecord(Struct, frozen=True, tag="save"):
    """A save that starts to write files: path → (old bytes, new bytes)."""

    writes: dict[str, tuple[bytes, bytes]]


Record = BaseRecord | EditRecord | SaveRecord

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Record).decode


class Held:
    """A journal's file that is open, and by that locked, until it is closed or deleted."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self._descriptor = descriptor

    def discard(self) -> None:
        """Delete the journal."""
        with suppress(OSError):
            self.path.unlink()
        self.close()

    def close(self) -> None:
        """Unlock the journal and keep it: the next start offers its changes."""
        if self._descriptor >= 0:
            with suppress(OSError):
                os.close(self._descriptor)
            self._descriptor = -1


class Journal(Held):
    """Journal of a running session. What writes raises OSError where it can't be written."""

    def __init__(self, path: Path, descriptor: int) -> None:
        super().__init__(path, descriptor)
        self._end = 0
        self._room = 0
        self._check = 0

    @classmethod
    def start(cls, roadmap: Path, since: str, files: Mapping[str, bytes]) -> Journal:
        """Start a journal with the saved files, by real path; durable when this returns."""
        folder = private_folder(JOURNALS)
        _sweep(folder)
        name = f"{slug_of(str(roadmap))}.{os.getpid()}-{_machine()}-{os.urandom(4).hex()}.journal"
        # Under a name that nobody looks for until it is locked: it is never taken for an orphan.
        hidden = folder / f".{name}"
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        place = opened_folder(JOURNALS)
        try:
            journal = cls(hidden, os.open(hidden.name, flags, PRIVATE_FILE, dir_fd=place))
            try:
                claim(journal._descriptor)
                journal.append(BaseRecord(str(roadmap), since, dict(files)))
                os.rename(hidden.name, name, src_dir_fd=place, dst_dir_fd=place)
                journal.path = folder / name
                os.fsync(place)
            except BaseException:
                journal.discard()
                raise
        finally:
            os.close(place)
        return journal

    def append(self, record: Record) -> None:
        """Append a record; durable when this returns. A failed write leaves no readable record."""
        body = _encode(record)
        if len(body) > LARGEST:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
        check = crc32(body, self._check)
        whole = _HEAD.pack(_MARK, len(body), check) + body
        self._make_room(len(whole))
        write_all(self._descriptor, whole, self._end)
        _flush(self._descriptor)
        self._end += len(whole)
        self._check = check

    def _make_room(self, size: int) -> None:
        if self._end + size <= self._room:
            return
        room = self._end + size + ROOM
        with suppress(OSError, AttributeError):  # room in advance is speed, no promise
            os.posix_fallocate(self._descriptor, self._room, room - self._room)
            self._room = room


def _flush(descriptor: int) -> None:
    """Flush the data to disk, without metadata where the system can."""
    if hasattr(os, "fdatasync"):
        os.fdatasync(descriptor)
    else:
        os.fsync(descriptor)


def _sweep(folder: Path) -> None:
    """Delete journals of sessions that died before the first record: no edit had been shown."""
    for path in folder.glob(".*.journal"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > ABANDONED_SECONDS:
                path.unlink()


def splices(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> tuple[Splice, ...]:
    """Byte changes of the files that differ; identical objects are not compared."""
    return tuple(
        _splice(file, before.get(file, b""), new)
        for file, new in after.items()
        if (old := before.get(file, b"")) is not new and old != new
    )


def _splice(file: str, old: bytes, new: bytes) -> Splice:
    short = min(len(old), len(new))
    head = _common_prefix(old, new, short)
    tail = _common_suffix(old, new, short - head)
    return Splice(file, head, len(old) - head - tail, new[head : len(new) - tail], len(new))


def _common_prefix(old: bytes, new: bytes, limit: int) -> int:
    """Length of the common prefix, at most `limit`; found by bisection."""
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        if old[low:middle] == new[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _common_suffix(old: bytes, new: bytes, limit: int) -> int:
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        if old[len(old) - middle : len(old) - low] == new[len(new) - middle : len(new) - low]:
            low = middle
        else:
            high = middle - 1
    return low


# --- orphans --------------------------------------------------------------------------------------


class Orphan(Held):
    """Journal of a dead session; locked while this object is open, so nobody else restores it.

    `base` and `last` are the files' bytes as read and as last shown. `interrupted` are the writes
    of a save that was under way when the session died; it may have been completed.
    """

    def __init__(self, path: Path, descriptor: int, records: Sequence[Record]) -> None:
        super().__init__(path, descriptor)
        first = records[0]
        assert isinstance(first, BaseRecord)
        self.roadmap = Path(first.roadmap)
        self.since = first.since
        self.base = first.files
        self.last = dict(first.files)
        self.labels: list[str] = []
        self.interrupted: list[Write] = []
        for record in records[1:]:
            self._replay(record)

    def _replay(self, record: Record) -> None:
        if isinstance(record, SaveRecord):
            self.interrupted = [
                Write(Path(path), path, old, new) for path, (old, new) in record.writes.items()
            ]
        if isinstance(record, EditRecord):
            self.interrupted = []
            self.labels.append(record.label)
            for each in record.splices:
                old = self.last.get(each.file, b"")
                new = old[: each.at] + each.added + old[each.at + each.removed :]
                if len(new) != each.total:
                    raise ValueError("the entries do not fit together")
                self.last[each.file] = new


def orphans(roadmap: Path) -> Iterator[Orphan]:
    """Journals of a roadmap's dead sessions, oldest first; each is locked for the caller."""
    for path in waiting(roadmap):
        if orphan := _claimed(path, roadmap):
            yield orphan


def _claimed(path: Path, roadmap: Path) -> Orphan | None:
    try:
        descriptor = _opened(path.name)
    except OSError:
        return None
    try:
        if _is_mine(descriptor) and (claim(descriptor) or _is_left(path.name)):
            records = [*_records(read_all(descriptor))]
            if not records:
                # The session died before its first record was whole, so before any edit was shown.
                path.unlink()
            elif _is_of(records, Path(os.path.realpath(roadmap))):
                orphan = Orphan(path, descriptor, records)
                descriptor = -1
                return orphan
    except (OSError, ValueError):
        return None
    finally:
        if descriptor >= 0:
            with suppress(OSError):
                os.close(descriptor)
    return None


def _machine() -> str:
    return f"{crc32(os.fsencode(os.uname().nodename)):08x}"


def _is_left(name: str) -> bool:
    """Whether a journal's process is gone, for a Python without locks; False on other machines."""
    pid, _, rest = name.rpartition(".journal")[0].rpartition(".")[2].partition("-")
    if has_locks() or not pid.isdecimal() or rest.partition("-")[0] != _machine():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False


def _opened(name: str) -> int:
    folder = opened_folder(JOURNALS)
    try:
        flags = os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        return os.open(name, flags, dir_fd=folder)
    finally:
        os.close(folder)


def _is_mine(descriptor: int) -> bool:
    info = os.fstat(descriptor)
    return stat.S_ISREG(info.st_mode) and not why_not_mine(info)


def _is_of(records: Sequence[Record], roadmap: Path) -> bool:
    """Whether a journal belongs to the roadmap and names no file outside of it."""
    first = records[0]
    if not isinstance(first, BaseRecord) or first.roadmap != str(roadmap):
        return False
    files = {file for record in records for file in _named(record)}
    others = {file for file in files if not _is_own(file, roadmap)}
    return not others or others <= _linked(roadmap)


def _named(record: Record) -> Iterator[str]:
    if isinstance(record, BaseRecord):
        yield from record.files
    elif isinstance(record, SaveRecord):
        yield from record.writes
    else:
        yield from (each.file for each in record.splices)


def _is_own(file: str, roadmap: Path) -> bool:
    """Whether a path is the roadmap or a file of its folder, existing or not, and not a link."""
    if "\0" in file or os.path.realpath(file) != file:
        return False
    path = Path(file)
    if path == roadmap:
        return True
    return path.parent == roadmap and path.suffix == ".toml" and not path.name.startswith(".")


def _linked(roadmap: Path) -> set[str]:
    """Real paths behind the links in a roadmap's folder that root or the user made."""
    found = set()
    with suppress(OSError):
        for each in roadmap.iterdir():
            shown = each.suffix == ".toml" and not each.name.startswith(".")
            if shown and each.is_symlink() and each.lstat().st_uid in (0, os.geteuid()):
                found.add(os.path.realpath(each))
    return found


def _records(raw: bytes) -> Iterator[Record]:
    """Records from the start up to the first that is not whole."""
    at, check = 0, 0
    while at + _HEAD.size <= len(raw):
        mark, length, wanted = _HEAD.unpack_from(raw, at)
        body = raw[at + _HEAD.size : at + _HEAD.size + length]
        check = crc32(body, check)
        if mark != _MARK or len(body) != length or check != wanted:
            return
        try:
            yield _decode(body)
        except msgspec.MsgspecError:
            return
        at += _HEAD.size + length
