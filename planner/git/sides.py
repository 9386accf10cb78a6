"""The three sides of a file that a merge left open, whoever merged it.

They come from the markers in the file where these have the base (what planner and git's diff3
style write): so what somebody mended by hand since then stays. Else they come from the index's
stages 1, 2 and 3, else from markers that leave the base out.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from msgspec import Struct

from planner.errors import ReadError, UsageError
from planner.files.reading import read_file
from planner.git.plumbing import GitError
from planner.git.revisions import Repository
from planner.text.document import Document
from planner.text.merge_lines import unmarked


class OpenMerge(Struct, frozen=True):
    """A file in an open merge: its bytes as they are, and its sides. `base` is None for none."""

    path: Path
    raw: bytes
    base: bytes | None
    ours: bytes
    theirs: bytes
    source: Literal["index", "markers"]


def open_merge(path: Path) -> OpenMerge:
    """The sides of a file. Raises UsageError where nothing is open, ReadError for no file."""
    raw = read_file(path)
    stages = _stages(path)
    marked = _from_markers(path, raw)
    if marked is not None and marked.base is not None and _readable(marked):
        return marked
    if stages is not None and (marked is not None or raw in (stages.ours, stages.theirs)):
        return stages
    if marked is not None:
        return marked
    hint = "`git add` it" if stages is not None else None
    raise UsageError("no merge is open in this file", file=str(path), hint=hint)


def is_open(path: Path) -> bool:
    """Whether a merge left something open in a file."""
    try:
        open_merge(path)
    except (UsageError, ReadError):
        return False
    return True


def _from_markers(path: Path, raw: bytes) -> OpenMerge | None:
    if b"<<<<<<<" not in raw:
        return None
    sides = unmarked(raw.decode("utf-8", "surrogateescape"))
    if sides is None:
        return None
    base, ours, theirs = (
        None if text is None else text.encode("utf-8", "surrogateescape")
        for text in (sides.base, sides.ours, sides.theirs)
    )
    return OpenMerge(path, raw, base, ours or b"", theirs or b"", "markers")


def _readable(sides: OpenMerge) -> bool:
    try:
        for each in (sides.base, sides.ours, sides.theirs):
            Document.parse(each or b"", "")
    except ReadError:
        return False
    return True


def _stages(path: Path) -> OpenMerge | None:
    """The sides from the index; None outside a repository or a merge."""
    try:
        repository = Repository.around(path)
        stages = repository.stages(repository.name(path))
        blobs = repository.blobs(stages.values())
    except (UsageError, GitError):
        return None
    if not stages.keys() & {2, 3}:
        return None
    if not {2, 3} <= stages.keys():
        raise UsageError(
            "one side removed this file and the other changed it",
            file=str(path),
            hint="`git add` keeps it, `git rm` removes it",
        )
    base = blobs[stages[1]] if 1 in stages else None
    return OpenMerge(path, read_file(path), base, blobs[stages[2]], blobs[stages[3]], "index")
