"""What a person last looked at: in the state folder, one file for each roadmap and person.

It holds the commit, the status date and the date of each launch, so that the next opening can say
what moved since. It is advice: a file that is malformed, of another roadmap, or that others could
have written counts as none.
"""

from __future__ import annotations

import os
from binascii import crc32
from datetime import date
from pathlib import Path

import msgspec
from msgspec import Struct

from planner.files.state import keep, read_kept, slug

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
        raw = read_kept(FOLDER, _name(roadmap, person or ""), LARGEST)
        kept = msgspec.json.decode(raw, type=_Kept)
    except (OSError, msgspec.MsgspecError, ValueError):
        return None
    same = (kept.roadmap, kept.person) == (os.path.realpath(roadmap), person or "")
    return Look(commit=kept.commit, day=kept.day, launches=kept.launches) if same else None


def keep_look(roadmap: Path, person: str | None, look: Look) -> None:
    """Keep what a person looks at now. Where that fails, the look before it stays."""
    real, who = os.path.realpath(roadmap), person or ""
    kept = _Kept(commit=look.commit, day=look.day, launches=look.launches, roadmap=real, person=who)
    keep(FOLDER, _name(roadmap, who), msgspec.json.encode(kept))


def _name(roadmap: Path, person: str) -> str:
    return f"{slug(roadmap)}.{crc32(person.encode(errors='surrogateescape')):08x}.json"
