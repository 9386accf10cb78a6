"""When each part of a roadmap became what it is, looked up in git for the rules that ask.

Not every commit is read. A part that is as it is now at one point of the line, and is not at an
earlier one, became so between the two: halving that stretch again and again, for all parts at once,
reads a handful of texts where thousands of commits are. A change that was taken back is none. So it
is with what is there at one point and was not at an earlier one: it was written first between them.

A table is followed by its id, from file to file, and from a file to the folder that it became.
Without a repository, in a clone that lacks history, where git can't be asked, and where there is
too much to read, there is no evidence, and the rules that need it are silent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate, chain
from pathlib import Path
from typing import Any

from msgspec import Struct, structs

from planner.analysis.revisions import plan_at
from planner.conflicts.evidence import (
    Change,
    Evidence,
    Part,
    Planned,
    Wanted,
    as_it_was,
    part_of,
)
from planner.conflicts.registry import wanted
from planner.errors import PlannerError, ReadError
from planner.git.first_parent import Point, is_whole, line_of
from planner.git.revisions import Repository
from planner.git.workspaces import name_before
from planner.plan.model import Clock, Plan
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

Alike = Callable[[Any, Any], bool]
"""Whether a part as it was belongs with the part as it is now."""

_MARKERS = "<<<<<<<"


def evidence_for(
    plan: Plan, path: Path, *, told: bool = False, revision: str = "HEAD"
) -> Evidence | None:
    """What the rules ask about the plan of the roadmap at `path`, as of a revision.

    None where they ask for nothing, and where there is no history to look at. `told` is for
    `wanted`. Takes some tens of milliseconds, and next to the bound a second or two.
    """
    asked = wanted(plan.context, told=told)
    if not asked:
        return None
    try:
        return _evidence(path.resolve(), asked, revision)
    except (PlannerError, OSError, ValueError, RecursionError):
        return None


def _evidence(path: Path, asked: Sequence[Wanted], revision: str) -> Evidence | None:
    repository = Repository.around(path)
    if not is_whole(repository):
        return None
    points = _points(repository, repository.commit(revision), path)
    if not points:
        return None
    starts = _starts(path, points, {day for each in asked for day in each.starts})
    found = _changes(repository, points, [each for each in asked if each.last or each.first])
    if found is None and not starts:
        return None
    return structs.replace(found or Evidence({}), starts=starts)


def _changes(
    repository: Repository, points: list[Point], asked: Sequence[Wanted]
) -> Evidence | None:
    """What is asked of parts, rule by rule, as far as the bound allows it; None for nothing."""
    names = {(kind, id) for each in asked for kind, id, _ in each.last | each.first}
    texts = _Texts(repository, names)
    if names:
        texts.load(points[:1])
    now = texts.at(points[0]) if names else None
    if now is None or texts.read * (len(points).bit_length() + 1) > MOST_BYTES:
        return None  # not even one part could be dated
    found = None
    for each in asked:
        last = _all_dated(points, each.last, texts, now, as_it_was)
        first = _all_dated(points, each.first, texts, now, _is_there)
        if last is not None and first is not None:
            known = found or Evidence(now)
            found = Evidence(now, {**known.changes, **last}, {**known.firsts, **first})
    return found


def _all_dated(
    points: list[Point], parts: frozenset[Part], texts: _Texts, now: Tables, alike: Alike
) -> dict[Part, Change] | None:
    """All of these parts that are there, each with its day; None past the bound."""
    there = [part for part in sorted(parts) if part_of(now, part) is not None]
    found = dict(_dated(points, there, texts, now, alike))
    return found if len(found) == len(there) else None


def _is_there(before: Any, _now: Any) -> bool:
    return before is not None


def _starts(path: Path, points: list[Point], days: Iterable[date]) -> dict[str, Planned]:
    """When work that had not begun was to start, by the first of these plans that has it; by a
    later one where more than the status date held it there.
    """
    found: dict[str, Planned] = {}
    plans = (_plan_on(path, points, day) for day in sorted(days))
    for plan in filter(None, plans):
        for id in plan.roadmap.initiatives:
            dates = plan.schedule.get(id)
            if dates is None or dates.started:
                continue
            if id not in found or dates.reason.kind != "status_date":
                found[id] = Planned(dates.start, plan.as_of)
    return found


def _plan_on(path: Path, points: list[Point], day: date) -> Plan | None:
    """The plan as it was committed on a day; None where there was none, or it can't be read.

    A commit is never earlier than those before it, whatever day a rebase has left it.
    """
    known = [*accumulate((point.day for point in reversed(points)), max)][::-1]
    at = next((at for at, each in enumerate(known) if each <= day), None)
    if at is None:
        return None
    try:
        return plan_at(path, points[at].commit, Clock(known[at]))
    except ReadError:
        return None


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
    points: list[Point], parts: list[Part], texts: _Texts, now: Tables, alike: Alike
) -> Iterator[tuple[Part, Change]]:
    """Each part with the oldest point from which on it is alike what it is now; before the oldest
    of all there was nothing.
    """
    stretches = [_Stretch(0, len(points), parts)]
    while stretches:
        middles = [_middle(each, points, texts) for each in stretches]
        texts.load([points[at] for at in middles if at is not None])
        left: list[_Stretch] = []
        for each, at in zip(stretches, middles, strict=True):
            if at is None:
                point = points[each.new]
                known = texts.at(point) or {}
                for kind, id, key in each.parts:
                    table = known.get(kind, {}).get(id)
                    yield (kind, id, key), Change(point.day, point.author, table)
            elif not texts.knows(points[at]):
                return  # past the bound
            elif (then := texts.at(points[at])) is None:
                left.append(each)
            else:
                left += _halves(each, at, then, now, alike)
        stretches = left


def _middle(stretch: _Stretch, points: list[Point], texts: _Texts) -> int | None:
    """A point about the middle of a stretch that may be readable; None where there is none."""
    middle = (stretch.new + stretch.old) // 2
    inside = chain(range(middle, stretch.old), range(middle - 1, stretch.new, -1))
    readable = (at for at in inside if at > stretch.new and not texts.broken(points[at]))
    return next(readable, None)


def _halves(
    stretch: _Stretch, at: int, then: Tables, now: Tables, alike: Alike
) -> Iterator[_Stretch]:
    same = [part for part in stretch.parts if alike(part_of(then, part), part_of(now, part))]
    known = set(same)
    other = [part for part in stretch.parts if part not in known]
    if same:
        yield _Stretch(at, stretch.old, same)
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
