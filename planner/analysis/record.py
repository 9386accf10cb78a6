"""The record of a roadmap: its revisions in git, each at its own moment.

The moment of a revision is the `status_date` in its text, else its author's date, and never before
the moment of its first parent: a rebase keeps old dates. Steps follow first parents, so that each
has one author and one commit. A roadmap that had another name, or was split into a folder, is
followed to where it was before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple, NoReturn

from msgspec import Struct, structs

from planner.errors import ReadError
from planner.git.first_parent import Point, is_whole, line_of, point_at
from planner.git.plumbing import PARTIAL, GitError
from planner.git.revisions import Repository, documents_in
from planner.git.texts import BATCH, Data, Texts, status_date, whole
from planner.git.workspaces import name_before
from planner.plan.model import Clock, Plan, changed
from planner.roadmap.entities import Tables
from planner.roadmap.output_history import RevisionRow
from planner.roadmap.reading import read
from planner.roadmap.values import FIRST_DAY, LAST_DAY
from planner.text.renames import followed, renamed_tables

Where = tuple[str, str]
"""(kind, id) of a table."""
Renamed = Mapping[Where, str]
"""(kind, id before) → id afterwards."""

PATIENCE = 120.0
"""Seconds that git may take to list a line, where somebody asked for it and may cancel."""
MOST_MOVES = 20
"""How often a roadmap that was renamed or split is followed to where it was before."""
NOT_THERE = "there is no roadmap"


class Revision(Struct, frozen=True):
    """One revision that changed the roadmap; `day` is its moment.

    `files` is the data of its files by name, `tables` all of them as one; empty, with a `message`,
    where it can't be read. `changed` are the tables that differ from the readable one before it.
    """

    point: Point
    day: date
    files: Mapping[str, Data]
    tables: Tables
    doubled: bool = False
    changed: frozenset[Where] = frozenset()
    message: str | None = None

    @property
    def commit(self) -> str:
        """The full hash."""
        return self.point.commit

    @property
    def author(self) -> str:
        """Who made it."""
        return self.point.author

    @property
    def subject(self) -> str:
        """The first line of its message."""
        return self.point.subject

    @property
    def row(self) -> RevisionRow:
        """How it is shown."""
        return RevisionRow(
            commit=self.commit, author=self.author, day=self.day, subject=self.subject
        )


class Stretch(NamedTuple):
    """Two revisions, each at its own moment, and what was renamed on the way: first id → last."""

    start: Revision
    last: Revision
    renamed: Renamed


class Moment(Struct, frozen=True):
    """The moment of a revision, and whether it was written as `status_date`."""

    day: date
    written: bool

    def unread(self, made: date) -> Moment:
        """That of a revision after it that can't be read: its author's date says nothing where
        people write the status date.
        """
        return self if self.written else Moment(max(self.day, made), written=False)


_NEVER = Moment(date.min, written=False)


class Record:
    """The line of first parents that led to a commit, as far as it changed the roadmap at `path`.

    Raises UsageError where there is no repository, or no such revision.
    """

    def __init__(self, path: Path, revision: str = "HEAD") -> None:
        self.path = path.resolve()
        self.called = revision
        self.repository = Repository.around(self.path)
        self.tip = self.repository.commit(revision)
        self.texts = Texts(self.repository)
        self.names: tuple[str, ...] = ()
        """What git called the roadmap, the latest name first."""
        self.points: list[Point] = []
        """Oldest first."""
        try:
            self._follow()
        except GitError as error:
            if error.message != PARTIAL:
                raise
            self.points = [self._alone()]

    def _alone(self) -> Point:
        """The commit itself, where a partial clone has not what a line is told from."""
        try:
            return point_at(self.repository, self.tip, self.names[0])
        except GitError:
            self._refuse(self.tip)

    @property
    def shallow(self) -> bool:
        """Whether the clone has no more before the oldest point."""
        return not is_whole(self.repository)

    def _follow(self) -> None:
        commit, name = self.tip, self.repository.name(self.path)
        found: list[Point] = []
        for _ in range(MOST_MOVES + 1):
            self.names = (*self.names, name)
            points = line_of(self.repository, commit, name, seconds=PATIENCE)
            came = self._came(points)
            found += points[: came + 1] if came is not None else []
            before = None if came is None else name_before(self.repository, points[came], name)
            if came is None or before is None or before in self.names:
                break
            commit, name = points[came].parents[0], before
        self.points = found[::-1]

    def _came(self, points: Sequence[Point]) -> int | None:
        """The number of the oldest point at which the roadmap is there, or can't be read."""
        for at in range(len(points) - 1, -1, -1):
            try:
                if points[at].files and self.texts.at(points[at]):
                    return at
            except ReadError:
                return at
        return None

    def revisions(self, first: int = 0) -> Iterator[Revision]:
        """Every revision from the point of a number on, the oldest first.

        Of those before it only the status dates are looked for.
        """
        so_far, before = self._moment_before(first), None
        for batch in _batches(self.points[first:]):
            self.texts.load(batch)
            for point in batch:
                made = self._made(point, so_far, before)
                so_far = so_far.unread(made.day)
                if made.message is None:
                    so_far = Moment(made.day, written=status_date(made.tables) is not None)
                    before = made
                yield made

    def moments(self) -> list[date]:
        """The moment of every point; of one that can't be read mostly that of the one before."""
        return [moment.day for moment in self._moments(len(self.points))]

    def _moment_before(self, number: int) -> Moment:
        """The moment of the last point before the one of a number."""
        *_, found = (_NEVER, *self._moments(number))
        return found

    def _moments(self, count: int) -> Iterator[Moment]:
        found = _NEVER
        for batch in _batches(self.points[:count]):
            self.texts.load(batch)
            for point in batch:
                found = self._next(found, point)
                yield found
            self.texts.forget()

    def _next(self, so_far: Moment, point: Point) -> Moment:
        """The moment of a point; read in full only where that is what the moment depends on."""
        made = _within(point.made)
        try:
            written = self.texts.status_date(point)
            if so_far.written and written is None and not self.texts.at(point):
                return so_far.unread(made)
        except ReadError:
            return so_far.unread(made)
        return Moment(max(so_far.day, written or made), written=written is not None)

    def _made(self, point: Point, so_far: Moment, before: Revision | None) -> Revision:
        try:
            files = self.texts.at(point)
        except ReadError as error:
            said = f"{error.file}: {error.message}" if error.file else error.message
            return _unread(point, so_far, said)
        if not files:
            return _unread(point, so_far, NOT_THERE)
        found = whole(files)
        day = max(so_far.day, status_date(found.tables) or _within(point.made))
        differs = frozenset(changed(before.tables if before else {}, found.tables))
        return Revision(point, day, files, found.tables, found.doubled, differs)

    def last(self) -> Revision:
        """The commit itself as a revision, at its own moment, whether it changed the roadmap or
        not. Takes reading all revisions before it, since none of them is later.
        """
        return self.both(self.called).last

    def both(self, earlier: str) -> Stretch:
        """From an earlier revision to the commit itself; it may be on another line."""
        base = self.repository.commit(earlier)
        point = self.newest(base)
        number = next((n for n, each in enumerate(self.points) if each == point), None)
        start = last = read = None
        renamed: Renamed = {}
        first = len(self.points) - 1 if number is None else number
        for n, last in enumerate(self.revisions(first), first):
            if n == number:
                start = read = last
            elif read is not None and not last.message:
                renamed = followed(renamed, renamed_tables(read.tables, last.tables))
                read = last
        latest = self._of_commit(self.tip, last)
        if number is None and base != self.tip:
            return Stretch(Record(self.path, earlier).last(), latest, {})
        return Stretch(self._of_commit(base, start), latest, renamed)

    def newest(self, commit: str) -> Point | None:
        """The latest point of a commit's line; None where there is none, or git has not all."""
        for name in self.names:
            with suppress(GitError):
                for point in line_of(self.repository, commit, name, most=1, seconds=PATIENCE):
                    if point.files:
                        return point
        return None

    def _of_commit(self, commit: str, latest: Revision | None) -> Revision:
        """A commit as a revision; `latest` is the last one up to it that changed the roadmap."""
        if latest is not None and latest.commit == commit:
            return latest
        point = point_at(self.repository, commit, self.names[0])
        made = _within(point.made)
        if latest is None:
            return Revision(point, made, {}, {}, message=NOT_THERE)
        own = None if latest.message else status_date(latest.tables)
        return structs.replace(latest, point=point, day=max(latest.day, own or made))

    def tables_at(self, point: Point) -> Tables | None:
        """The tables at a point; None where they can't be read."""
        try:
            return whole(self.texts.at(point)).tables
        except ReadError:
            return None

    # --- plans ------------------------------------------------------------------------------------

    def plan(
        self, revision: Revision, previous: Plan | None = None, called: str | None = None
    ) -> Plan:
        """The plan of a revision at its moment; what it shares with `previous` is not read again.

        `previous` is the plan of another revision of this record. Raises ReadError, which names the
        revision as it was `called`.
        """
        if revision.message and revision.message != NOT_THERE:
            self._refuse(revision.commit, called)
        clock = Clock(revision.day, held=revision.day)
        files = {str(self._file(name)): data for name, data in revision.files.items()}
        if previous is None or revision.doubled or _is_other(previous, tuple(files)):
            reading = read(files, title=self.title)
            return Plan(reading, revision.tables, clock, previous)
        return previous.with_tables(revision.tables, clock, lambda kind, id: _home(files, kind, id))

    def _refuse(self, commit: str, called: str | None = None) -> NoReturn:
        """Raise what reading its text raises, which says where and how it may be had."""
        called = called or (self.called if commit == self.tip else commit)
        for name in self.names:
            documents_in(self.repository, commit, self.repository.top / name, called)
        raise ReadError("it can't be read", file=f"{called}:{self.names[0]}")

    @property
    def title(self) -> str:
        """What a roadmap without a title is called."""
        return self.path.name.removesuffix(".toml")

    def _file(self, name: str) -> Path:
        return self.path if name == self.path.name else self.path / name


def _unread(point: Point, so_far: Moment, message: str) -> Revision:
    """A revision that can't be read."""
    return Revision(point, so_far.unread(_within(point.made)).day, {}, {}, message=message)


def _batches(points: Sequence[Point]) -> Iterator[Sequence[Point]]:
    for first in range(0, len(points), BATCH):
        yield points[first : first + BATCH]


def _within(day: date) -> date:
    """A day that calendars know: a commit can have any."""
    return min(max(day, FIRST_DAY), LAST_DAY)


def _is_other(previous: Plan, files: tuple[str, ...]) -> bool:
    """Whether the files are other ones, or doubled ids made tables depend on their order."""
    return bool(previous.reading.copies) or previous.reading.files != files


def _home(files: Mapping[str, Data], kind: str, id: str) -> str | None:
    for file, data in files.items():
        of_kind = data.get(kind)
        if isinstance(of_kind, Mapping) and (not id or id in of_kind):
            return file
    return None
