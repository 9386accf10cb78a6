"""Who changed tables last between two revisions: the commit of each, and its author.

The line of first parents is walked back from the later one. What came with a merge was changed on
its other side: there the walk goes on, from the parent that has the table as the merge has it. What
the merge itself made of a table is of whoever merged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from planner.analysis.record import Record, Where
from planner.errors import PlannerError
from planner.git.first_parent import MOST, Point, line_of
from planner.roadmap.entities import Tables
from planner.schedule.inputs import differing_inputs
from planner.text.renames import renamed_tables, with_renames

Inputs = Mapping[Where, Iterable[str]]
"""Tables, each with the keys of which it matters who changed them last."""

THERE = ""
"""Stands among keys for the table itself, where that is new or gone."""

DEEP = 20
"""How many merges inside merges are followed."""


class Authors:
    """The commits of a record that changed what moves dates."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def of_step(self, point: Point, tables: Tables, ids: Inputs) -> dict[Where, Point]:
        """Who changed these tables of the revision at a point, seen from its first parent."""
        return {where: self._of(point, tables, where, keys, DEEP) for where, keys in ids.items()}

    def since(self, base: str, start: Tables | None, ids: Inputs) -> dict[Where, Point]:
        """The same over all points since a commit (hash), whose tables are `start`; None where
        that is on another line. What none of them changed is missing.
        """
        found: dict[Where, Point] = {}
        left = {where: where for where in ids}
        points = self._points_since(base) if left else []
        self._record.texts.load(points)
        for point, tables, before in self._pairs(points, start):
            for where, at in list(left.items()):
                if changed := before.differing(at, tables, ids[where]):
                    found[where] = self._of(point, tables, at, changed, DEEP)
                    del left[where]
                else:
                    left[where] = before.id_of(at)
            if not left:
                break
        return found

    def _points_since(self, base: str) -> list[Point]:
        """The points of the record that came after a commit or beside it, newest first."""
        record = self._record
        lines = (self._line(record.tip, name, beyond=base) for name in record.names)
        new = {point.commit for line in lines for point in line}
        return [point for point in reversed(record.points) if point.commit in new]

    def _pairs(
        self, points: Iterable[Point], base: Tables | None
    ) -> Iterator[tuple[Point, Tables, Before]]:
        """Each readable point with its tables and those of the readable one before it."""
        later: tuple[Point, Tables] | None = None
        for point in points:
            tables = self._record.tables_at(point)
            if tables is None:
                continue
            if later is not None:
                yield (*later, Before(tables, later[1]))
            later = point, tables
        if later is not None:
            before = base if base is not None else self._before(later[0])
            yield (*later, Before(before, later[1]))

    def _before(self, point: Point) -> Tables:
        """The tables at the first parent of a point; none where it has none."""
        for name in self._record.names if point.parents else ():
            for parent in self._line(point.parents[0], name, most=1):
                return self._record.tables_at(parent) or {}
        return {}

    def _line(
        self, commit: str, name: str, *, beyond: str | None = None, most: int = MOST
    ) -> list[Point]:
        try:
            found = line_of(self._record.repository, commit, name, beyond=beyond, most=most)
        except PlannerError:
            return []
        return [point for point in found if point.files]

    # --- merges -----------------------------------------------------------------------------------

    def _of(
        self, point: Point, tables: Tables, where: Where, keys: Iterable[str], deep: int
    ) -> Point:
        return point if len(point.parents) < 2 else self._merged(point, tables, where, keys, deep)

    def _merged(
        self, merge: Point, tables: Tables, where: Where, keys: Iterable[str], deep: int
    ) -> Point:
        """Who changed a table last on the side that has it as the merge has it."""
        for parent in merge.parents[1:] if deep else ():
            points = self._side(parent, merge.parents[0])
            self._record.texts.load(points)
            at = where
            for number, (point, there, before) in enumerate(self._pairs(points, None)):
                if number == 0:
                    side = Before(there, tables)
                    if side.differing(where, tables, keys):
                        break  # not from this side
                    at = side.id_of(where)
                if changed := before.differing(at, there, keys):
                    return self._of(point, there, at, changed, deep - 1)
                at = before.id_of(at)
        return merge

    def _side(self, parent: str, first: str) -> list[Point]:
        """The points of a merged side, newest first, at the place where the roadmap was there."""
        lines = (self._line(parent, name, beyond=first) for name in self._record.names)
        return next(filter(None, lines), [])


class Before:
    """Tables as they were, under the ids that they have in later ones: so a rename, of a table or
    of what it needs, is no change of it.
    """

    def __init__(self, tables: Tables, later: Tables) -> None:
        renamed: Mapping[Where, str] = renamed_tables(tables, later)
        self._tables = with_renames(tables, renamed) if renamed else tables
        self._former = {(kind, new): (kind, old) for (kind, old), new in renamed.items()}

    def id_of(self, where: Where) -> Where:
        """What a table was called."""
        return self._former.get(where, where)

    def differing(self, where: Where, later: Tables, keys: Iterable[str]) -> frozenset[str]:
        """Which of the keys mean something else later; all, where a table is new or gone.

        Of what a merge changed only these are looked for on its other side, where other keys of
        the table may not be as they are here.
        """
        kind, id = where
        old, now = (tables.get(kind, {}).get(id) for tables in (self._tables, later))
        if now is old:
            return frozenset()
        if now is None or old is None:
            return frozenset(keys) | {THERE}
        return frozenset(keys) & {*differing_inputs(kind, old, now)}
