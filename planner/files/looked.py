"""What a person last looked at: in the state folder, one file for each roadmap and person.

It holds the commit, the status date and the date of each launch, so that the next opening can say
what moved since. It is advice: a file that is malformed, of another roadmap, or that others could
have written counts as none.
"""

from __future__ import annotations

import os
from binascii import crc32
from contextlib import suppress
from datetime import date
from pathlib import Path

import msgspec
from msgspec import Struct

from planner.files.state import PRIVATE_FILE, opened_folder, private_folder, slug, why_not_mine

FOLDER = "looked"
LARGEST = 4 * 1024 * 1024
"""Far more than the dates of a hundred thousand launches need."""


class Look(Struct, frozen=True, kw_only=True):
    """What was on screen: `commit` is a full hash, None without a repository; `day` is the status
    date, and `launches` has the date of each launch, None for one in a circle.
    """

    commit: str | None
    day: date
    launches: dict[str, date | None]


class _Kept(Look, frozen=True, kw_only=True):
    roadmap: str
    """The path behind all links: two paths may share a name by chance."""
    person: str


def last_look(roadmap: Path, person: str | None) -> Look | None:
    """What a person (an id, None where nobody knows who it is) last looked at; None for nothing."""
    try:
        kept = msgspec.json.decode(_read(roadmap, person or ""), type=_Kept)
    except (OSError, msgspec.MsgspecError, ValueError):
        return None
    same = (kept.roadmap, kept.person) == (os.path.realpath(roadmap), person or "")
    return Look(commit=kept.commit, day=kept.day, launches=kept.launches) if same else None


def _read(roadmap: Path, person: str) -> bytes:
    folder = opened_folder(FOLDER)
    try:
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        descriptor = os.open(_name(roadmap, person), flags, dir_fd=folder)
    finally:
        os.close(folder)
    with os.fdopen(descriptor, "rb") as file:
        if reason := why_not_mine(os.fstat(descriptor)):
            raise PermissionError(reason)
        return file.read(LARGEST)


def keep_look(roadmap: Path, person: str | None, look: Look) -> None:
    """Keep what a person looks at now. Where that fails, the look before it stays."""
    real, who = os.path.realpath(roadmap), person or ""
    kept = _Kept(commit=look.commit, day=look.day, launches=look.launches, roadmap=real, person=who)
    with suppress(OSError):
        private_folder(FOLDER)
        folder = opened_folder(FOLDER)
        try:
            _write(folder, _name(roadmap, who), msgspec.json.encode(kept))
        finally:
            os.close(folder)


def _write(folder: int, name: str, raw: bytes) -> None:
    """Replace a file in an open folder as a whole."""
    fresh = f".{name}.{os.urandom(4).hex()}"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(fresh, flags, PRIVATE_FILE, dir_fd=folder)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(raw)
        os.rename(fresh, name, src_dir_fd=folder, dst_dir_fd=folder)
    except OSError:
        with suppress(OSError):
            os.unlink(fresh, dir_fd=folder)
        raise


def _name(roadmap: Path, person: str) -> str:
    return f"{slug(roadmap)}.{crc32(person.encode(errors='surrogateescape')):08x}.json"
