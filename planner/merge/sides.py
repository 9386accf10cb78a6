"""The three sides of a file with merge conflicts, merged by planner or by git.

They are stages 1, 2 and 3 of the index while the file is as the merge wrote it. Of a file that was
edited since, the conflict markers give the sides, so that edits in and around them stay; a base
that the markers leave out is stage 1. Outside a repository only the markers are used. A deleted
file is still in the index.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Literal

from msgspec import Struct

from planner.errors import ReadError, UsageError
from planner.files.reading import read_file
from planner.git.plumbing import GitError, git
from planner.git.revisions import Repository
from planner.merge.commits import of_the_last_merge
from planner.merge.lines import unmarked
from planner.merge.moved_tables import Moved
from planner.merge.references import Called, beside
from planner.merge.renames import Elsewhere
from planner.merge.three_way import merge_bytes
from planner.roadmap.fields import TABLE_NAMES
from planner.text.document import Document
from planner.text.shell import git_add, git_on


class OpenMerge(Struct, frozen=True):
    """A file in an open merge: its bytes as they are, and its sides.

    `base` is None where both sides are new, a side is None where it removed the file. `raw` is None
    where the file is gone by now. `mended` says that it is no longer as the merge left it.
    """

    path: Path
    raw: bytes | None
    base: bytes | None
    ours: bytes | None
    theirs: bytes | None
    source: Literal["index", "markers", "files"]
    mended: bool = False
    also: tuple[OpenMerge, ...] = ()
    beside: Mapping[str, Document] = {}
    moved: tuple[Moved, ...] = ()
    renamed: tuple[Called, ...] = ()
    elsewhere: Elsewhere | None = None

    @property
    def removed(self) -> bool:
        """Whether a side removed the whole file, and the other changed it."""
        return self.ours is None or self.theirs is None

    @property
    def together(self) -> bool:
        """Whether several files are settled as one."""
        return bool(self.moved or self.renamed)

    @property
    def names(self) -> set[str]:
        """The names of the files that are settled with this one, its own too."""
        moved = {file for each in self.moved for file in each.files}
        rest = self.beside if self.renamed else ()
        return {self.path.name, *(each.path.name for each in self.also), *moved, *rest}


def open_merge(path: Path) -> OpenMerge:
    """The sides of a file. Raises UsageError where nothing is open, ReadError for no file."""
    found = _found(path)
    if found is None:
        raise _nothing_open(path, [path] if _stages(path, read_file(path)) else [])
    return found


def open_merges(folder: Path, *, below: bool = False) -> list[OpenMerge]:
    """Those of the roadmap files in a folder, or `below` it too, also of one that is gone.

    Raises UsageError where there is none, or where one can't be told.
    """
    unmerged = [each for each in unmerged_files(folder) if below or each.parent == folder]
    found, by_hand = [], []
    for file in sorted({*unmerged, *_with_markers(folder)}):
        made = _found(file)
        if made is None:
            by_hand += [file] if file in unmerged else []
        elif _is_roadmap(made):
            found.append(made)
    if not found:
        raise _nothing_open(folder, by_hand)
    return found


def unmerged_files(folder: Path) -> list[Path]:
    """The TOML files in and below a folder that git has in a merge; none without a repository.

    One of which only the base is left has another name on both sides, or none.
    """
    try:
        repository = Repository.around(folder)
        name = repository.name(folder)
        asked = ["ls-files", "-u", "-z", "--full-name", "--", name or "."]
        rows = repository.git(asked).decode(errors="surrogateescape").split("\0")
    except (UsageError, GitError):
        return []
    named = [row.partition("\t") for row in rows if row.endswith(".toml")]
    names = {name for about, _, name in named if not about.endswith(" 1")}
    return sorted(folder / os.path.relpath(each, name or ".") for each in names)


def _with_markers(folder: Path) -> Iterator[Path]:
    for file in folder.glob("*.toml"):
        with suppress(ReadError):
            if b"<<<<<<<" in read_file(file):
                yield file


def _is_roadmap(found: OpenMerge) -> bool:
    """Whether a side has a table of the format, or none can be read."""
    sides = [side for side in (found.base, found.ours, found.theirs) if side]
    read = [data for side in sides if (data := _parsed(side)) is not None]
    return not read or any(name in data for data in read for name in TABLE_NAMES)


def _parsed(side: bytes) -> Mapping[str, object] | None:
    try:
        return Document.parse(side, "").data
    except ReadError:
        return None


def _found(path: Path) -> OpenMerge | None:
    """The sides of a file, None where nothing is open. Raises UsageError where they can't be told,
    ReadError for a file that can't be read, or that is gone and in no merge."""
    if not os.path.lexists(path) and (gone := _stages(path, None)) is not None:
        return gone
    raw = read_file(path)
    stages = _stages(path, raw)
    marked = _from_markers(path, raw)
    if stages is not None and stages.removed:
        return stages if marked is None else marked
    if stages is not None and _as_left(raw, marked, stages):
        return stages
    if marked is None:
        if stages is not None and b"<<<<<<<" in raw:
            restore = f"`{git_on(['checkout', '--merge'], str(path))}` starts anew"
            raise UsageError("its conflict markers don't match up", file=str(path), hint=restore)
        return None
    if stages is None:
        return marked
    base = stages.base if marked.base is None else marked.base
    return OpenMerge(path, raw, base, marked.ours, marked.theirs, "markers", mended=True)


def _nothing_open(path: Path, by_hand: Sequence[Path]) -> UsageError:
    """With what is next: what was settled by hand, or where a merge is open."""
    where = "here" if path.is_dir() else "in this file"
    return UsageError(f"no merge is open {where}", file=str(path), hint=_next(path, by_hand))


def _next(path: Path, by_hand: Sequence[Path]) -> str | None:
    if by_hand:
        return f"`{git_add(*map(str, by_hand))}` where it is right"
    try:
        top = Repository.around(path).top
    except UsageError:
        return "the file is in no git repository and has no conflict markers"
    open_elsewhere = [os.path.relpath(each) for each in unmerged_files(top)]
    return f"open: {', '.join(open_elsewhere)}" if open_elsewhere else None


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
    sides = unmarked(raw.decode("utf-8", "surrogateescape"), notes=False)
    if sides is None:
        return None
    base, ours, theirs = (
        None if text is None else text.encode("utf-8", "surrogateescape")
        for text in (sides.base, sides.ours, sides.theirs)
    )
    return OpenMerge(path, raw, base, ours or b"", theirs or b"", "markers")


def _stages(path: Path, raw: bytes | None) -> OpenMerge | None:
    """The sides from the index; None outside a repository or a merge.

    Of a file that one side removed the other is the file itself, as it is by now, if it is there.
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
        _ended_like(raw or b"", blobs[stages[at]]) if at in stages else None for at in (1, 2, 3)
    )
    if raw is None or (ours is not None and theirs is not None):
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
    missing, else markers, which give the sides that planner or git makes. Ours or theirs where the
    merge left markers is somebody's choice."""
    if marked is None:
        return raw in (stages.ours, stages.theirs) and not _had_markers(stages)
    sides = _text(marked.ours), _text(marked.theirs)
    return any(sides == made for made in _made(stages))


def _had_markers(stages: OpenMerge) -> bool:
    """Whether git remembers that this merge left markers in the file."""
    try:
        repository = Repository.around(stages.path)
        left = repository.left_by_merge(repository.name(stages.path))
    except (UsageError, GitError):
        return False
    marked = None if left is None else _from_markers(stages.path, left)
    return left is not None and marked is not None and _as_left(left, marked, stages)


def _made(stages: OpenMerge) -> Iterator[tuple[str, str]]:
    """The merged text with all clashes as one side has them, by planner and by git."""
    base, ours, theirs = stages.base, stages.ours or b"", stages.theirs or b""
    for known in (lambda _: None, _known_beside):
        with suppress(ReadError):
            merged = merge_bytes(base, ours, theirs, elsewhere=known(stages.path))
            yield _lean(merged.side("ours")), _lean(merged.side("theirs"))
    for how in ((), ("--diff-algorithm=histogram",)):
        try:
            left = _by_git(base or b"", ours, theirs, (*how, "--ours"))
            yield left, _by_git(base or b"", ours, theirs, (*how, "--theirs"))
        except GitError:
            continue


def _known_beside(path: Path) -> Elsewhere | None:
    sides = of_the_last_merge(path.parent)
    return beside(path.name, *sides) if sides else None


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
