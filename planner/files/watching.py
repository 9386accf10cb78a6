"""File watcher: whether the files on disk are still those that were read.

The path is watched, not the file behind it, because editors and git replace files. A check is one
`stat` for each file and for the folder; bytes are read only when those differ. A file that is being
written is ignored until it has not changed for `QUIET_SECONDS`: half a file can be a readable
roadmap with fewer tables.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path

from planner.errors import ReadError
from planner.files.reading import read_file

QUIET_SECONDS = 0.15
COARSE_SECONDS = 2.0
"""Two writes closer than this can leave the same times behind, on the coarsest file systems."""

Mark = tuple[int, int, int, int, int]


class Watch:
    """The files of a workspace as they were read: `bytes_of` by path, in `folder` if it is one."""

    def __init__(self, bytes_of: Mapping[Path, bytes], folder: Path | None) -> None:
        self._known: dict[Path, bytes | str] = dict(bytes_of)
        self._folder = folder
        self._marks = {path: _mark(path) for path in self._known}
        self._names = self._listed()
        # Read once more at the first look: a file may have changed between reading and this.
        self._unsure = set(self._known)

    def changed(self) -> bool:
        """Whether anything differs from the last look and is quiet enough to be read."""
        names = self._listed()
        others, self._names = names != self._names, names
        differing = [path for path in self._known if self._differs(path)]
        return others or bool(differing)

    def _differs(self, path: Path) -> bool:
        mark = _mark(path)
        if mark == self._marks[path] and path not in self._unsure:
            return False
        if mark is not None and not _is_quiet(mark):
            self._unsure.add(path)
            return False
        found = _read(path)
        differs = found != self._known[path]
        self._known[path], self._marks[path] = found, mark
        if mark is None or _age_of(mark) > COARSE_SECONDS:
            self._unsure.discard(path)
        else:
            self._unsure.add(path)
        return differs

    def _listed(self) -> frozenset[str]:
        if self._folder is None:
            return frozenset()
        try:
            with os.scandir(self._folder) as entries:
                return frozenset(
                    entry.name
                    for entry in entries
                    if entry.name.endswith(".toml") and not entry.name.startswith(".")
                )
        except OSError:
            return frozenset()


def _mark(path: Path) -> Mark | None:
    try:
        info = path.stat()
    except OSError:
        return None
    return (info.st_mtime_ns, info.st_ctime_ns, info.st_ino, info.st_dev, info.st_size)


def _is_quiet(mark: Mark) -> bool:
    """Whether nobody can be in the middle of writing: a while ago, or put there as a whole.

    Writing gives a file both times alike; a name given to it later changes only the second.
    """
    return _age_of(mark) >= QUIET_SECONDS or mark[1] > mark[0]


def is_quiet(path: Path) -> bool:
    """Whether a file can be read without finding half of what somebody is writing."""
    mark = _mark(path)
    return mark is None or _is_quiet(mark)


def _age_of(mark: Mark) -> float:
    """Seconds since the file was last written or put there; a time to come counts as long ago."""
    age = time.time() - max(mark[0], mark[1]) / 1e9
    return age if age >= 0 else COARSE_SECONDS * 2


def _read(path: Path) -> bytes | str:
    """A file's bytes, or why it has none: a folder or a pipe in its place is another change."""
    try:
        return read_file(path)
    except ReadError as error:
        return error.message
