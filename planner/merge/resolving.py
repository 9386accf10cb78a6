"""A file that a merge left open, while a person settles it: questions, answers so far, the save.

Nothing is written before `write`. Each answer is a merge made again with all answers so far, so
that what one answer raises (a table that got two names is compared once it has one) is asked too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path

from planner.errors import ChangedOnDisk, ReadError, SaveError, UsageError
from planner.files.reading import read_file
from planner.files.returning import Place, put_back
from planner.files.saving import Write, save
from planner.files.workspace import Workspace
from planner.merge.answers import remember
from planner.merge.moved import Together
from planner.merge.side_names import whose
from planner.merge.sides import OpenMerge, is_open, open_merge
from planner.merge.three_way import Conflict, Decide, Merged, Side, keep_or_remove, merge_bytes
from planner.merge.together import merge_moves, open_together
from planner.plan.model import Clock, Plan
from planner.roadmap.fields import TABLE_NAMES
from planner.roadmap.reading import read
from planner.text.differences import told
from planner.text.document import Document

__all__ = ["Settling", "file_told", "files_of", "is_open", "merge_open", "write"]

MOST_BYTES = 300_000
"""Of a larger roadmap no plans are made for single answers: the cursor would wait for them."""


class Settling:
    """One file in an open merge, and the answers to its questions so far."""

    def __init__(self, found: OpenMerge) -> None:
        self.found = found
        self._answers: dict[str, Side] = {}
        self.merged = self._merge()

    @classmethod
    def open(cls, path: Path) -> Settling:
        """Raises UsageError where nothing is open in the file, ReadError for no file."""
        return cls(open_together(path)[0])

    @property
    def path(self) -> Path:
        """The file, as the user named it."""
        return self.found.path

    def whose(self) -> str:
        """Whose side A and side B are, in one sentence."""
        return whose(self.path, "side A", "side B")

    @property
    def files(self) -> list[Path]:
        """The files that are settled."""
        return files_of(self.found, self.merged)

    @property
    def questions(self) -> tuple[Conflict, ...]:
        """Every question once, answered or not, in the order of the file."""
        return tuple({_name(each): each for each in self.merged.asked}.values())

    @property
    def left(self) -> int:
        """How many questions have no answer yet."""
        return sum(self.answer(each) is None for each in self.questions)

    def answer(self, question: Conflict) -> Side | None:
        """The side chosen for a question; None while it is open."""
        return self._answers.get(_name(question))

    def decide(self, question: Conflict, side: Side) -> None:
        """Choose a side for one question; an earlier choice is replaced."""
        self._answers[_name(question)] = side
        self.merged = self._merge()

    def decide_rest(self, side: Side) -> None:
        """Choose a side for all that have no answer yet, and for what that raises."""
        self.merged = self._merge(side)
        for each in self.questions:
            self._answers.setdefault(_name(each), side)

    def write(self) -> None:
        """Write the file, all of it or nothing.

        Raises ChangedOnDisk where it is no longer as it was read, ReadError where what came of it
        would be no roadmap, SaveError.
        """
        write(self.found, self.merged)

    def _merge(self, rest: Side | None = None, answers: Mapping[str, Side] | None = None) -> Merged:
        known = self._answers if answers is None else answers

        def decide(question: Conflict) -> Side | None:
            return known.get(_name(question), rest)

        return merge_open(self.found, decide)

    # --- what an answer does ----------------------------------------------------------------------

    def plan(self, question: Conflict, side: Side, today: date) -> Plan | None:
        """The plan that an answer gives, with what else is open as side A has it.

        None where that can't be read, here or in the files beside it that are the same roadmap.
        """
        merged = self._merge("ours", {**self._answers, _name(question): side})
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
        """The same with what tables that went there, or came from there, make of it."""
        if not isinstance(merged, Together) or self._beside is None:
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
        """What else the folder says of a roadmap; None where that can't be read."""
        try:
            return tuple(_others(self.path))
        except ReadError:
            return None


def _others(path: Path) -> Iterator[Document]:
    """The documents beside a file; of one that is in a merge too as side A has it."""
    files = [each for each in sorted(path.parent.glob("*.toml")) if each.name != path.name]
    for file in (each for each in files if not each.name.startswith(".") and not each.is_dir()):
        raw = read_file(file)
        if len(raw) > MOST_BYTES:
            raise ReadError("it is too large to try answers with", file=str(file))
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


def _name(question: Conflict) -> str:
    """What tells questions apart: several about plain text have no name of their own."""
    values = () if question.kind else (question.base, question.ours, question.theirs)
    return repr((question.kind, question.id, question.key, values))


def file_told(question: Conflict, side: Side) -> list[str]:
    """Of a file that one side removed: what a side made of it, in phrases."""
    found = getattr(question, side)
    if found is None:
        return ["(not there)"]
    count = f"{len(found.splitlines())} lines"
    if side == "base" or question.base is None:
        return [count]
    try:
        before, after = (Document.parse(text.encode(), "") for text in (question.base, found))
    except ReadError:
        return [count]
    return [count, *told(before.tables, after.tables)]


# --- the merge, and what comes of it --------------------------------------------------------------


def merge_open(found: OpenMerge, decide: Decide | None = None) -> Merged:
    """The merge of the sides; of a file that one side removed, one question about all of it.

    Raises EditRefused where moved tables can't be written as they were merged.
    """
    if found.together:
        return merge_moves(found, decide)
    if found.ours is None or found.theirs is None:
        return keep_or_remove(found.base, found.ours, found.theirs, str(found.path), decide)
    sides = found.base, found.ours, found.theirs
    return merge_bytes(*sides, str(found.path), decide, found.elsewhere)


def write(found: OpenMerge, merged: Merged) -> None:
    """Write what is settled; what is not keeps its markers. It is read back before.

    A file is removed where that is the answer, unless somebody changed it since the merge. Files
    that share moved tables are written together, once nothing is open in any of them.
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
    """The files that are settled, and are git's to add."""
    names = {each.path for each in (found, *found.also)} | {
        found.path.parent / name for name in (merged.files if isinstance(merged, Together) else ())
    }
    return sorted(names)


def _write_together(found: OpenMerge, merged: Merged) -> None:
    if merged.conflicts or not isinstance(merged, Together):
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
            "it was changed since the merge", file=file, hint="`git rm -f` removes it all the same"
        )
    if read_file(found.path) != found.raw:
        raise ChangedOnDisk("it changed on disk; it was not removed", file=file)
    try:
        found.path.unlink()
    except OSError as error:
        raise SaveError(f"not removed: {error.strerror}", file=file) from None
