"""The record as it was last computed, kept in the state folder: one file for each roadmap.

It is of use while nothing changes that it was made from: the commit, which says all that is behind
it, the tables in the files, the status date, and the version of the program. What is malformed, of
another roadmap or that others could have written counts as none; the file may be deleted.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec
from msgspec import Struct

from planner import __version__
from planner.files.state import keep, read_kept, slug
from planner.git.first_parent import is_whole
from planner.git.revisions import Repository
from planner.roadmap.output_history import HistoryShown

FOLDER = "records"
LARGEST = 64 * 1024 * 1024
"""Bytes; more is not kept. Ten thousand commits and ten launches take about half."""


class _Kept(Struct, frozen=True):
    key: str
    shown: HistoryShown


def key_of(path: Path, *made_from: object) -> str:
    """What a record follows from: the commit that is checked out, and what else it is made from.

    Raises UsageError where there is no commit.
    """
    repository, real = Repository.around(path.resolve()), str(path.resolve())
    behind = repository.commit("HEAD"), is_whole(repository)
    text = repr((__version__, real, behind, made_from))
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def kept_record(path: Path, key: str) -> HistoryShown | None:
    """The record that was kept under this key; None where there is none."""
    try:
        kept = msgspec.json.decode(read_kept(FOLDER, _name(path), LARGEST), type=_Kept)
    except (OSError, msgspec.MsgspecError, ValueError):
        return None
    return kept.shown if kept.key == key else None


def keep_record(path: Path, key: str, shown: HistoryShown) -> None:
    """Keep a record in the place of the one before. Where that fails, nothing is kept."""
    raw = msgspec.json.encode(_Kept(key, shown))
    if len(raw) < LARGEST:
        keep(FOLDER, _name(path), raw)


def _name(path: Path) -> str:
    return f"{slug(path)}.json"
