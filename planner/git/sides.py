"""The three sides of a file that a merge left open, whoever merged it.

They are the index's stages 1, 2 and 3 while the file is as planner or git left it. A file that
somebody edited since then speaks for itself: its markers give the sides, so that what was mended
in and around them stays, and the base that its markers leave out is stage 1. Outside a repository
the markers are all there is.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from msgspec import Struct

from planner.errors import ReadError, UsageError
from planner.files.reading import read_file
from planner.git.plumbing import GitError, git
from planner.git.revisions import Repository
from planner.text.merge import merge_bytes
from planner.text.merge_lines import unmarked


class OpenMerge(Struct, frozen=True):
    """A file in an open merge: its bytes as they are, and its sides.

    `base` is None where both sides are new, a side is None where it removed the file. `mended` says
    that the file is no longer as the merge left it.
    """

    path: Path
    raw: bytes
    base: bytes | None
    ours: bytes | None
    theirs: bytes | None
    source: Literal["index", "markers"]
    mended: bool = False

    @property
    def removed(self) -> bool:
        """Whether a side removed the whole file, and the other changed it."""
        return self.ours is None or self.theirs is None


def open_merge(path: Path) -> OpenMerge:
    """The sides of a file. Raises UsageError where nothing is open, ReadError for no file."""
    raw = read_file(path)
    stages = _stages(path, raw)
    marked = _from_markers(path, raw)
    if stages is not None and (stages.removed or _as_left(raw, marked, stages)):
        return stages
    if marked is None:
        raise _nothing_open(path, raw, staged=stages is not None)
    if stages is None:
        return marked
    base = stages.base if marked.base is None else marked.base
    return OpenMerge(path, raw, base, marked.ours, marked.theirs, "markers", mended=True)


def _nothing_open(path: Path, raw: bytes, *, staged: bool) -> UsageError:
    if staged and b"<<<<<<<" in raw:
        restore = f"`git checkout --merge {path}` starts anew"
        return UsageError("its conflict markers don't match up", file=str(path), hint=restore)
    hint = "`git add` it" if staged else None
    return UsageError("no merge is open in this file", file=str(path), hint=hint)


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


def _stages(path: Path, raw: bytes) -> OpenMerge | None:
    """The sides from the index; None outside a repository or a merge.

    Of a file that one side removed the other is the file itself, as it is by now.
    """
    try:
        repository = Repository.around(path)
        stages = repository.stages(repository.name(path))
        blobs = repository.blobs(stages.values())
    except (UsageError, GitError):
        return None
    if not stages.keys() & {2, 3}:
        return None
    base, ours, theirs = (
        _ended_like(raw, blobs[stages[at]]) if at in stages else None for at in (1, 2, 3)
    )
    if ours is not None and theirs is not None:
        return OpenMerge(path, raw, base, ours, theirs, "index")
    mended = raw not in (ours, theirs)
    ours, theirs = (None if side is None else raw for side in (ours, theirs))
    return OpenMerge(path, raw, base, ours, theirs, "index", mended)


def _ended_like(raw: bytes, blob: bytes) -> bytes:
    """What git stores, with the line ends that it has in the working tree."""
    if b"\r\n" in raw and b"\r\n" not in blob:
        return blob.replace(b"\n", b"\r\n")
    return blob


# --- whether anybody edited it --------------------------------------------------------------------


def _as_left(raw: bytes, marked: OpenMerge | None, stages: OpenMerge) -> bool:
    """Whether the file is what a merge of the stages leaves: ours or theirs where the program was
    missing, else markers, which give the sides that planner or git makes."""
    if marked is None:
        return raw in (stages.ours, stages.theirs)
    sides = _text(marked.ours), _text(marked.theirs)
    return any(sides == made for made in _made(stages))


def _made(stages: OpenMerge) -> Iterator[tuple[str, str]]:
    """The merged text with all clashes as one side has them, by planner and by git."""
    base, ours, theirs = stages.base, stages.ours or b"", stages.theirs or b""
    try:
        merged = merge_bytes(base, ours, theirs)
        yield _lean(merged.side("ours")), _lean(merged.side("theirs"))
    except ReadError:
        pass
    for how in ((), ("--diff-algorithm=histogram",)):
        try:
            left = _by_git(base or b"", ours, theirs, (*how, "--ours"))
            yield left, _by_git(base or b"", ours, theirs, (*how, "--theirs"))
        except GitError:
            continue


def _by_git(base: bytes, ours: bytes, theirs: bytes, options: tuple[str, ...]) -> str:
    with tempfile.TemporaryDirectory(prefix="planner-") as folder:
        for name, side in (("base", base), ("ours", ours), ("theirs", theirs)):
            (Path(folder) / name).write_bytes(side)
        files = ("ours", "base", "theirs")
        return _text(git(Path(folder), ["merge-file", "-p", "-q", *options, *files]))


def _text(raw: bytes | None) -> str:
    return _lean((raw or b"").decode("utf-8", "surrogateescape"))


def _lean(text: str) -> str:
    """Without what a merge may do to the ends of a text and of its lines."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").rstrip("\n")
