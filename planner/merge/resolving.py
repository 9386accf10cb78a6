"""Interactive resolution of one file with merge conflicts.

Every choice runs the merge again with all choices so far, because one choice can cause new
conflicts (a table with two new ids is compared once its id is chosen). Only `write` changes files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path

from planner.errors import ChangedOnDisk, ReadError, SaveError, UsageError
from planner.files.reading import read_file
from planner.files.restore_deleted import Place, put_back
from planner.files.saving import Write, save
from planner.files.workspace import Workspace
from planner.merge.joint_files import joint_merges, merge_moves
from planner.merge.moved_tables import JointMerge
from planner.merge.recorded_choices import remember
from planner.merge.side_names import sides_named
from planner.merge.sides import OpenMerge, is_open, open_merge
from planner.merge.three_way import Conflict, Decide, Merged, Side, keep_or_remove, merge_bytes
from planner.plan.model import Clock, Plan
from planner.roadmap.fields import TABLE_NAMES
from planner.roadmap.figures import count
from planner.roadmap.reading import read
from planner.text.differences import difference_phrases
from planner.text.document import Document

__all__ = ["MergeResolution", "file_phrases", "files_of", "is_open", "merge_open", "write"]

MOST_BYTES = 300_000
"""Size up to which a choice is scheduled for preview; larger roadmaps would block the cursor."""


class MergeResolution:
    """One file with merge conflicts, and the choices made so far."""

    def __init__(self, found: OpenMerge) -> None:
        self.found = found
        self._choices: dict[str, Side] = {}
        self.merged = self._merge()

    @classmethod
    def open(cls, path: Path) -> MergeResolution:
        """Raises UsageError for a file without merge conflicts, ReadError for no file."""
        return cls(joint_merges(path)[0])

    @property
    def path(self) -> Path:
        """The file, as the user named it."""
        return self.found.path

    def sides_named(self) -> str:
        """One sentence that names the versions A and B."""
        return sides_named(self.path, "version A", "version B")

    @property
    def files(self) -> list[Path]:
        """The files that `write` writes."""
        return files_of(self.found, self.merged)

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Every merge conflict once, resolved or not, in the order of the file."""
        return tuple({_name(each): each for each in self.merged.asked}.values())

    @property
    def unresolved(self) -> int:
        """Number of unresolved conflicts."""
        return sum(self.choice(each) is None for each in self.conflicts)

    def choice(self, conflict: Conflict) -> Side | None:
        """The side chosen for a conflict; None while it is unresolved."""
        return self._choices.get(_name(conflict))

    def choose(self, conflict: Conflict, side: Side) -> None:
        """Choose a side for one conflict; replaces an earlier choice."""
        self._choices[_name(conflict)] = side
        self.merged = self._merge()

    def choose_rest(self, side: Side) -> None:
        """Choose a side for all unresolved conflicts, and for those that this causes."""
        self.merged = self._merge(side)
        for each in self.conflicts:
            self._choices.setdefault(_name(each), side)

    def write(self) -> None:
        """Write the resolved file, wholly or not at all.

        Raises SaveError, its child ChangedOnDisk where the file was changed since it was read, and
        ReadError where the result is no readable roadmap.
        """
        write(self.found, self.merged)

    def _merge(self, rest: Side | None = None, answers: Mapping[str, Side] | None = None) -> Merged:
        known = self._choices if answers is None else answers

        def decide(conflict: Conflict) -> Side | None:
            return known.get(_name(conflict), rest)

        return merge_open(self.found, decide)

    # --- preview of a choice ----------------------------------------------------------------------

    def plan(self, conflict: Conflict, side: Side, today: date) -> Plan | None:
        """The plan with this choice, other unresolved conflicts as in version A.

        None where the roadmap can't be read with it, or is larger than `MOST_BYTES`.
        """
        merged = self._merge("ours", {**self._choices, _name(conflict): side})
        beside, raw = self._beside_of(merged), merged.to_bytes()
        if not merged.is_roadmap or beside is None or len(raw) + _size(beside) > MOST_BYTES:
            return None
        try:
            document = Document.parse(raw, str(self.path))
        except ReadError:
            return None
        together = sum("roadmap" in each.data for each in (document, *beside)) == 1
        return _plan((document, *beside) if together else (document,), today)

    def _beside_of(self, merged: Merged) -> tuple[Document, ...] | None:
        """The other files of the roadmap, with the tables moved between them and this file."""
        if not isinstance(merged, JointMerge) or self._beside is None:
            return self._beside
        folder = self.path.parent
        new = {str(folder / name): raw for name, raw in merged.files.items()}
        kept = [each for each in self._beside if each.file not in new]
        try:
            made = [
                Document.parse(raw, file) for file, raw in new.items() if file != str(self.path)
            ]
        except ReadError:
            return None
        return (*kept, *made)

    @cached_property
    def _beside(self) -> tuple[Document, ...] | None:
        """The other files of the roadmap; None where one can't be read."""
        try:
            return tuple(_others(self.path))
        except ReadError:
            return None


def _others(path: Path) -> Iterator[Document]:
    """Roadmap documents in the folder of a file; those with merge conflicts as version A."""
    files = [each for each in sorted(path.parent.glob("*.toml")) if each.name != path.name]
    for file in (each for each in files if not each.name.startswith(".") and not each.is_dir()):
        raw = read_file(file)
        if len(raw) > MOST_BYTES:
            raise ReadError("the file is too large to try answers with", file=str(file))
        document = _as_side_a(file) if b"<<<<<<<" in raw else Document.parse(raw, str(file))
        if any(name in document.data for name in TABLE_NAMES):
            yield document


def _as_side_a(file: Path) -> Document:
    try:
        merged = merge_open(open_merge(file), lambda _: "ours")
    except UsageError as error:
        raise ReadError(error.message, file=str(file)) from None
    return Document.parse(merged.to_bytes(), str(file))


def _size(documents: tuple[Document, ...]) -> int:
    return sum(len(each.text) for each in documents)


def _plan(documents: tuple[Document, ...], today: date) -> Plan:
    files = tuple(Path(each.file) for each in documents)
    path = files[0] if len(files) == 1 else files[0].parent
    workspace = Workspace(path, files, documents)
    reading = read({each.file: each.data for each in documents}, title=workspace.title)
    return Plan(reading, workspace.tables, Clock(today))


def _name(conflict: Conflict) -> str:
    """Key of a conflict; conflicts in plain text have no name, so their values are part of it."""
    values = () if conflict.kind else (conflict.base, conflict.ours, conflict.theirs)
    return repr((conflict.kind, conflict.id, conflict.key, values))


def file_phrases(conflict: Conflict, side: Side) -> list[str]:
    """One side's version of a file that the other side removed: its size, then its differences."""
    found = getattr(conflict, side)
    if found is None:
        return ["(not there)"]
    size = count(len(found.splitlines()), "line")
    if side == "base" or conflict.base is None:
        return [size]
    try:
        before, after = (Document.parse(text.encode(), "") for text in (conflict.base, found))
    except ReadError:
        return [size]
    return [size, *difference_phrases(before.tables, after.tables)]


# --- merging and writing --------------------------------------------------------------------------


def merge_open(found: OpenMerge, decide: Decide | None = None) -> Merged:
    """Merge the sides; a file that one side removed is one conflict as a whole.

    Raises EditRefused where moved tables can't be written as merged.
    """
    if found.together:
        return merge_moves(found, decide)
    if found.ours is None or found.theirs is None:
        return keep_or_remove(found.base, found.ours, found.theirs, str(found.path), decide)
    sides = found.base, found.ours, found.theirs
    return merge_bytes(*sides, str(found.path), decide, found.elsewhere)


def write(found: OpenMerge, merged: Merged) -> None:
    """Verify and write a merge; unresolved conflicts keep their markers.

    A file is removed where that was chosen, unless it was changed since the merge. Files that share
    moved tables are written together, once all their conflicts are resolved.
    """
    if found.together:
        _write_together(found, merged)
        return
    if found.removed:
        _keep_or_remove(found, merged)
        return
    merged.verify()
    _save(found, merged.to_bytes())


def files_of(found: OpenMerge, merged: Merged) -> list[Path]:
    """The files of a merge, for `git add`."""
    names = {each.path for each in (found, *found.also)} | {
        found.path.parent / name
        for name in (merged.files if isinstance(merged, JointMerge) else ())
    }
    return sorted(names)


def _write_together(found: OpenMerge, merged: Merged) -> None:
    if merged.conflicts or not isinstance(merged, JointMerge):
        return
    merged.verify()
    before = {each.path.name: each.raw for each in (found, *found.also)}
    before |= {name: each.to_bytes() for name, each in found.beside.items()}
    writes = []
    for name, new in merged.files.items():
        path, raw = found.path.parent / name, before[name]
        if raw is None:
            put_back({Place.of(path.absolute()).named: new})
        elif raw != new:
            writes.append(Write(path.absolute(), str(path), raw, new))
    if writes:
        save(writes)
    remember(found.path.parent, [each for each in found.moved if each.removed])


def _save(found: OpenMerge, new: bytes) -> None:
    if found.raw is None:
        put_back({Place.of(found.path.absolute()).named: new})
    elif new != found.raw:
        save([Write(found.path.absolute(), str(found.path), found.raw, new)])


def _keep_or_remove(found: OpenMerge, merged: Merged) -> None:
    if merged.conflicts:
        return
    if merged.text:
        _save(found, merged.to_bytes())
        return
    file = str(found.path)
    if found.raw is None:
        return
    if found.mended:
        raise UsageError(
            "the file was changed since the merge",
            file=file,
            hint="`git rm -f` removes it all the same",
        )
    if read_file(found.path) != found.raw:
        raise ChangedOnDisk("the file changed on disk and was not removed", file=file)
    try:
        found.path.unlink()
    except OSError as error:
        raise SaveError(f"not removed: {error.strerror}", file=file) from None
