"""When each part of a roadmap became what it is, looked up in git for the rules that ask.

Not every commit is read. A part that is as it is now at one point of the line, and is not at an
earlier one, became so between the two: halving that stretch again and again, for all parts at once,
reads a handful of texts where thousands of commits are. A change that was taken back is none.

A table is followed by its id, from file to file, and from a file to the folder that it became.
Without a repository, in a clone that lacks history, where git can't be asked, and where there is
too much to read, there is no evidence, and the rules that need it are silent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from msgspec import Struct

from planner.conflicts.evidence import Change, Evidence, Part, as_it_was, part_of, wanted
from planner.errors import PlannerError, ReadError
from planner.git.first_parent import Point, is_whole, line_of
from planner.git.revisions import Repository
from planner.git.workspaces import name_before
from planner.plan.model import Plan
from planner.roadmap.entities import KINDS, Tables
from planner.text.document import Document
from planner.text.limits import decode
from planner.text.scanning import ScanError
from planner.text.sections import split, units

MOST_BYTES = 12_000_000
"""How much text is read for one answer: where it takes more, there is none. Never a clock, so that
the same repository gives the same findings everywhere."""
MANY = 300
"""From so many tables on, parsing a whole text is faster than table by table."""
MOST_MOVES = 5
"""How often a roadmap that was renamed or split is followed to where it was before."""

_MARKERS = "<<<<<<<"


def evidence_for(
    plan: Plan, path: Path, *, stale: bool = False, revision: str = "HEAD"
) -> Evidence | None:
    """What the rules ask about the plan of the roadmap at `path`, as of a revision.

    None where they ask for nothing, and where there is no history to look at. `stale` is for
    `wanted`. Takes some tens of milliseconds, and next to the bound a second or two.
    """
    parts = wanted(plan.context.open, stale=stale)
    if not parts:
        return None
    try:
        return _evidence(path.resolve(), parts, revision)
    except (PlannerError, OSError, ValueError, RecursionError):
        return None


def _evidence(path: Path, parts: frozenset[Part], revision: str) -> Evidence | None:
    repository = Repository.around(path)
    if not is_whole(repository):
        return None
    points = _points(repository, repository.commit(revision), path)
    if not points:
        return None
    texts = _Texts(repository, {(kind, id) for kind, id, _ in parts})
    texts.load(points[:1])
    now = texts.at(points[0])
    if now is None or texts.read * (len(points).bit_length() + 1) > MOST_BYTES:
        return None  # not even one part could be dated
    there = [part for part in sorted(parts) if part_of(now, part) is not None]
    changes = dict(_dated(points, there, texts, now))
    return Evidence(now, changes) if len(changes) == len(there) else None


def _points(repository: Repository, commit: str, path: Path) -> list[Point]:
    """The points of the roadmap's line, newest first, at the places where it was then."""
    found: list[Point] = []
    name = repository.name(path)
    for _ in range(MOST_MOVES + 1):
        points = [point for point in line_of(repository, commit, name) if point.files]
        found += points
        before = name_before(repository, points[-1], name) if points else None
        if before is None:
            return found
        commit, name = points[-1].parents[0], before
    return found


class _Stretch(Struct, frozen=True):
    """Parts that are as now at point `new`, and other than now at point `old`, further back."""

    new: int
    old: int
    parts: list[Part]


def _dated(
    points: list[Point], parts: list[Part], texts: _Texts, now: Tables
) -> Iterator[tuple[Part, Change]]:
    """Each part with its last change; before the oldest point there was nothing."""
    stretches = [_Stretch(0, len(points), parts)]
    while stretches:
        middles = [_middle(each, points, texts) for each in stretches]
        texts.load([points[at] for at in middles if at is not None])
        left: list[_Stretch] = []
        for each, at in zip(stretches, middles, strict=True):
            if at is None:
                change = Change(points[each.new].day, points[each.new].author)
                yield from ((part, change) for part in each.parts)
            elif not texts.knows(points[at]):
                return  # past the bound
            elif (then := texts.at(points[at])) is None:
                left.append(each)
            else:
                left += _halves(each, at, then, now)
        stretches = left


def _middle(stretch: _Stretch, points: list[Point], texts: _Texts) -> int | None:
    """A point about the middle of a stretch that may be readable; None where there is none."""
    middle = (stretch.new + stretch.old) // 2
    inside = chain(range(middle, stretch.old), range(middle - 1, stretch.new, -1))
    readable = (at for at in inside if at > stretch.new and not texts.broken(points[at]))
    return next(readable, None)


def _halves(stretch: _Stretch, at: int, then: Tables, now: Tables) -> Iterator[_Stretch]:
    alike = [part for part in stretch.parts if as_it_was(part_of(then, part), part_of(now, part))]
    known = set(alike)
    other = [part for part in stretch.parts if part not in known]
    if alike:
        yield _Stretch(at, stretch.old, alike)
    if other:
        yield _Stretch(stretch.new, at, other)


class _Texts:
    """The tables that are asked for, at the points that were read so far."""

    def __init__(self, repository: Repository, names: set[tuple[str, str]]) -> None:
        self._repository = repository
        self._names = names
        self._held: dict[str, Tables | None] = {}
        self._said: dict[str, Any] = {}
        self._left = MOST_BYTES

    def load(self, points: Iterable[Point]) -> None:
        """Read what is not read yet of these points, while the bound allows it."""
        for point in points:
            new = [hash for hash in point.contents if hash not in self._held]
            if self._left <= 0 or not new:
                continue
            for hash, raw in self._repository.blobs(new).items():
                self._left -= len(raw)
                self._held[hash] = self._tables(raw)

    def _tables(self, raw: bytes) -> Tables | None:
        """The tables that are asked for in a text; None where it can't be read.

        A table that is written as in another text says the same: only the others are parsed.
        """
        try:
            written = self._written(raw)
            unread = [name for name, text in written.items() if text not in self._said]
            if not written or len(unread) > MANY:
                tables = Document.parse(raw, "").tables
                return self._picked(tables, written)
            for kind, id in unread:
                piece = written[kind, id]
                self._said[piece] = Document.parse(piece.encode(), "").tables[kind][id]
        except (ReadError, ScanError, KeyError):
            return None
        found: dict[str, dict[str, Any]] = {}
        for (kind, id), text in written.items():
            found.setdefault(kind, {})[id] = self._said[text]
        return found

    def _written(self, raw: bytes) -> dict[tuple[str, str], str]:
        """How each table is written; empty where some are not written under headers of their own,
        and where the text is no TOML for certain."""
        text = decode(raw, "")
        pieces = units(split(text))
        if _MARKERS in text or any(unit[0] in KINDS for unit in pieces if len(unit) == 1):
            return {}
        if pieces.get((), ()) and any(each.statements for each in pieces[()]):
            return {}
        named = {name: pieces[name] for name in self._names if name in pieces}
        return {name: "".join(each.text for each in found) for name, found in named.items()}

    def _picked(self, tables: Tables, written: Mapping[tuple[str, str], str]) -> Tables:
        found: dict[str, dict[str, Any]] = {}
        for kind, id in self._names:
            if id in tables.get(kind, {}):
                table = tables[kind][id]
                found.setdefault(kind, {})[id] = table
                if (kind, id) in written:
                    self._said[written[kind, id]] = table
        return found

    @property
    def read(self) -> int:
        """How many bytes were read."""
        return MOST_BYTES - self._left

    def knows(self, point: Point) -> bool:
        """Whether a point was read."""
        return all(hash in self._held for hash in point.contents)

    def broken(self, point: Point) -> bool:
        """Whether a point was read, and what stood there can't be parsed."""
        return any(hash in self._held and self._held[hash] is None for hash in point.contents)

    def at(self, point: Point) -> Tables | None:
        """The tables at a point that was read; None where one of its files can't be parsed."""
        if self.broken(point):
            return None
        found: dict[str, dict[str, Any]] = {}
        for hash in point.contents:
            for kind, tables in (self._held[hash] or {}).items():
                found.setdefault(kind, {}).update(tables)
        return found
