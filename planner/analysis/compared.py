"""Two moments of a plan compared: then, then as it is seen now, and now.

`then` is a text at its own moment. `seen` is the same text with the facts of `now`, at the moment
of `now`: what differs between these two is time. What differs between `seen` and `now` is edits. So
each move of a date has two parts, and they add up: all days are counted on one calendar, the
roadmap's as it is now.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property, partial
from typing import Any, Literal

from msgspec import Struct, structs

from planner.analysis.authors import Inputs
from planner.analysis.causes import Causes, Edited, End, Found
from planner.analysis.changes import Change, table_changes
from planner.analysis.waited import Waited
from planner.conflicts.changes import Changes as FindingChanges
from planner.plan.model import Plan
from planner.roadmap.entities import Tables
from planner.roadmap.output_history import CauseRow, RevisionRow, StepRow
from planner.schedule.inputs import FACTS
from planner.schedule.shift import Shift
from planner.text.renames import followed, renamed_tables, with_renames

Where = tuple[str, str]
By = tuple[str | None, str]
"""The commit that changed a table, and its author; None and nobody for what is not committed."""
Changers = Callable[[Inputs], Mapping[Where, By]]
"""Who changed these keys of tables last."""


class Move(Struct, frozen=True):
    """One end of an initiative in the three plans; None where it has no date there."""

    id: str
    key: End
    then: date | None
    seen: date | None
    now: date | None


class Compared:
    """Three plans, and what moved between them. All ids are those of `now`.

    `revision` is what `now` is a plan of, `base` what `then` is a plan of. Days are counted on the
    roadmap's calendar in `calendar`, else in `now`. What is known to have been `renamed` on the way
    need not be alike any more.
    """

    def __init__(
        self,
        then: Plan,
        now: Plan,
        base: RevisionRow | None = None,
        revision: RevisionRow | None = None,
        changers: Changers = lambda _: {},
        calendar: Plan | None = None,
        renamed: Mapping[Where, str] | None = None,
    ) -> None:
        self.then = then
        self.now = now
        self.base = base or uncommitted(then)
        self.revision = revision or uncommitted(now)
        self.renamed = _renamed(then.tables, now.tables, renamed or {})
        self._changers = changers
        self._calendar = calendar or now

    @cached_property
    def seen(self) -> Plan:
        """The text of `then` under the ids of `now`, with its facts and at its status date."""
        clock = structs.replace(self.now.clock, held=self.now.as_of)
        origins = self.now.roadmap.origins

        def file_of(kind: str, id: str) -> str | None:
            origin = origins.get((kind, id))
            return origin.file if origin is not None else None

        tables = with_facts(self.old_tables, self.now.tables)
        if tables is self.then.tables and clock == self.then.clock:
            return self.then
        return self.then.with_tables(tables, clock, file_of)

    @cached_property
    def old_tables(self) -> Tables:
        """The tables of `then` under the ids of `now`."""
        return with_renames(self.then.tables, self.renamed)

    @cached_property
    def former(self) -> dict[str, str]:
        """The id in `then` of each initiative that was renamed."""
        return {new: old for (kind, old), new in self.renamed.items() if kind == "initiatives"}

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Every table that differs."""
        return table_changes(self.old_tables, self.now.tables, self.renamed)

    @cached_property
    def findings(self) -> FindingChanges:
        """What became of the findings by the edits: both plans have one moment, so that the clock
        alone makes nothing new.
        """
        unlost = partial(self.now.unlost, self.old_tables)
        return FindingChanges(self.seen.parts, self.now.parts, self.renamed, unlost)

    @property
    def nothing(self) -> bool:
        """Neither a table nor a date differs."""
        return not (self.changes or self.moves)

    # --- moves ------------------------------------------------------------------------------------

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """Each initiative that moved by time or by edits: its finish, or only its start.

        What is new or gone is none. By its finish now, then id.
        """
        there = [id for id in self.now.roadmap.initiatives if self._was_there(id)]
        found = [move for id in there if (move := self._moved(id))]
        return tuple(sorted(found, key=lambda move: (move.now or date.max, move.id)))

    @property
    def launches(self) -> list[str]:
        """The launches whose finish moved, the main one first, then by finish."""
        main = self.now.schedule.main_launch
        known = {*self.now.schedule.launches, main}
        ids = [move.id for move in self.moves if move.id in known and move.key == "finish"]
        return sorted(ids, key=lambda id: id != main)

    def _was_there(self, id: str) -> bool:
        return id in self.old_tables.get("initiatives", {})

    def _moved(self, id: str) -> Move | None:
        for end in ("finish", "start"):
            found = self.end(id, end)
            if not found.then == found.seen == found.now:
                return found
        return None

    def end(self, id: str, key: End = "finish") -> Move:
        """The dates of one end of an initiative."""
        then = self.then.schedule.span(self.former.get(id, id))
        spans = then, self.seen.schedule.span(id), self.now.schedule.span(id)
        return Move(id, key, *(span and span[key == "finish"] for span in spans))

    def move(self, id: str, key: End = "finish") -> StepRow:
        """How a date moved, and why: the schedule is run again for its causes."""
        ends = self.end(id, key)
        moved, time, edits = (
            self.working(*pair)
            for pair in ((ends.then, ends.now), (ends.then, ends.seen), (ends.seen, ends.now))
        )
        by_time = ends.then is not None and ends.then != ends.seen
        return StepRow(
            revision=self.revision,
            then=ends.then,
            seen=ends.seen,
            now=ends.now,
            moved=moved,
            time=time,
            edits=edits,
            waited=self._waited.of(id) if by_time else (),
            causes=self._named(self.causes.of(id, key), edits),
        )

    def working(self, first: date | None, last: date | None) -> int | None:
        """Working days from one date to the other; None where either is missing."""
        if first is None or last is None:
            return None
        return self._calendar.schedule.shift(first, last).working

    @cached_property
    def _waited(self) -> Waited:
        return Waited(self.then, self.seen, self.former)

    @cached_property
    def causes(self) -> Causes:
        """What the edits did, table by table."""
        return Causes(self.seen, self.now)

    @cached_property
    def _changed_by(self) -> Mapping[Where, By]:
        edited = self.causes.edited
        return self._changers({at: [key for (key,) in each.keys] for at, each in edited.items()})

    def _named(self, found: Found, edits: int | None) -> tuple[CauseRow, ...]:
        days = edits if found.whole and len(found.causes) == 1 else None
        return tuple(self._row(each, days) for each in found.causes)

    def _row(self, each: Edited, days: int | None) -> CauseRow:
        last = (self.revision.commit, self.revision.author)
        commit, author = self._changed_by.get((each.kind, each.id), last)
        return CauseRow(
            kind=each.kind,
            id=each.id,
            text=each.text,
            keys=each.keys,
            commit=commit,
            author=author,
            days=days,
        )


def _renamed(then: Tables, now: Tables, known: Mapping[Where, str]) -> dict[Where, str]:
    """All tables that have another id now; of those that are known only what is there and free."""
    found = {
        (kind, old): new
        for (kind, old), new in known.items()
        if old in then.get(kind, {}) and new in now.get(kind, {}) and new not in then.get(kind, {})
    }
    return followed(found, renamed_tables(with_renames(then, found), now))


def uncommitted(plan: Plan) -> RevisionRow:
    """What is in the files and not committed."""
    return RevisionRow(commit=None, author="", day=plan.as_of, subject="")


Part = Literal["moved", "time", "edits"]
_ENDS: dict[Part, tuple[str, str]] = {
    "moved": ("then", "now"),
    "time": ("then", "seen"),
    "edits": ("seen", "now"),
}


def ends_of(step: StepRow, part: Part) -> tuple[date | None, date | None]:
    """The dates between which a part of a step lies."""
    first, last = _ENDS[part]
    return getattr(step, first), getattr(step, last)


def shift_of(step: StepRow, part: Part) -> Shift | None:
    """How far one part of a step goes, as a shift: over a weekend it has only calendar days."""
    first, last = ends_of(step, part)
    days: int | None = getattr(step, part)
    if first is None or last is None or days is None:
        return None
    return Shift(first, last, days)


def with_facts(tables: Tables, later: Tables) -> Tables:
    """The tables with the facts of later ones: what happened to each initiative of both."""
    found: dict[str, Any] = dict(tables)
    old, new = tables.get("initiatives", {}), later.get("initiatives", {})
    told = {id: _told(old[id], new[id]) for id in old if id in new and old[id] is not new[id]}
    if any(told[id] is not old[id] for id in told):
        found["initiatives"] = {**old, **told}
    settings = [each.get("roadmap", {}).get("") for each in (tables, later)]
    if all(isinstance(each, Mapping) for each in settings):
        was, now = settings
        if (told_settings := _with_keys(was, now, ("status_date",))) is not was:
            found["roadmap"] = {"": told_settings}
    return tables if all(found[kind] is tables[kind] for kind in tables) else found


def _told(table: Any, later: Any) -> Any:
    if not isinstance(table, Mapping) or not isinstance(later, Mapping):
        return table
    return _with_keys(table, later, FACTS)


def _with_keys(table: Any, later: Any, keys: tuple[str, ...]) -> Any:
    """A table with some keys as a later one has them; itself where they are the same."""
    if all(table.get(key) == later.get(key) for key in keys):
        return table
    rest = {key: value for key, value in table.items() if key not in keys}
    return rest | {key: later[key] for key in keys if key in later}
