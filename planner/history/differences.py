"""Two plans compared: which keys of which tables changed, which dates moved, and because of what.

Both plans are of one moment, so that nothing moves only because time went by. A move is put down
to what changed itself or stands before it in what drives its dates: the nearest such change first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property, partial
from typing import Any, Literal

from msgspec import Struct

from planner.conflicts.changes import Changes as FindingChanges
from planner.conflicts.findings import Finding
from planner.conflicts.registry import told
from planner.plan import Plan
from planner.roadmap.entities import SINGLES
from planner.schedule.dates import Dates
from planner.schedule.shift import Shift
from planner.text.edits import Key, dotted, same
from planner.text.renames import renamed_tables, with_renames
from planner.text.telling import change

What = Literal["added", "removed", "renamed", "changed"]
CAUSES = 3
"""How many causes of a move are named."""

_MOVES_ALL = ("roadmap", "calendars", "freezes")
_MOVES_ONE = frozenset(
    {
        "estimate", "needs", "status", "kind", "owner", "calendar", "percent_complete", "remaining",
        "actual_start", "actual_finish", "start_no_earlier_than", "finish_no_earlier_than",
        "must_start_on", "must_finish_on", "as_late_as_possible",
    }
)  # fmt: skip


class KeyChange(Struct, frozen=True):
    """One key with its value before and after; None where it is not there."""

    key: Key
    before: Any
    after: Any

    @property
    def text(self) -> str:
        """``estimate 20d → 25d``; of an estimate or a link the value says enough."""
        return f"{dotted(self.key)} {change(self.before, self.after)}"


class Change(Struct, frozen=True):
    """One table that is new, gone, renamed (`old` is the former id) or has other keys."""

    kind: str
    id: str
    what: What
    keys: tuple[KeyChange, ...] = ()
    old: str | None = None


class Move(Struct, frozen=True):
    """A date that moved: `days` are working days, later is positive; None on one side is no date.

    Over a weekend `days` is 0 and `calendar_days` is not. `because` are phrases, the nearest cause
    first.
    """

    id: str
    key: Literal["start", "finish"]
    before: date | None
    after: date | None
    days: int | None
    calendar_days: int | None
    because: tuple[str, ...] = ()

    @property
    def shift(self) -> Shift | None:
        """How far it moved; None where it has no date on one side."""
        if self.before is None or self.after is None or self.days is None:
            return None
        return Shift(self.before, self.after, self.days)


class Differences:
    """`after` seen from `before`. Renamed tables are compared under their new ids."""

    def __init__(self, before: Plan, after: Plan) -> None:
        self.before = before
        self.after = after
        self.renamed = renamed_tables(before.tables, after.tables)
        self._old_tables = with_renames(before.tables, self.renamed)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Every table that differs, new ones in the order of the files, then what is gone."""
        old, new = self._old_tables, self.after.tables
        kinds = dict.fromkeys((*new, *old))
        found = (
            self._change(kind, id, old.get(kind, {}).get(id), new.get(kind, {}).get(id))
            for kind in kinds
            for id in dict.fromkeys((*new.get(kind, {}), *old.get(kind, {})))
        )
        return tuple(each for each in found if each is not None)

    def _change(self, kind: str, id: str, old: Any, new: Any) -> Change | None:
        former = {new: old for (k, old), new in self.renamed.items() if k == kind}.get(id)
        if same(old, new) and former is None:
            return None
        if (old is None or new is None) and kind not in SINGLES:
            return Change(kind, id, "added" if old is None else "removed")
        keys = tuple(_key_changes((), old or {}, new or {}))
        return Change(kind, id, "renamed" if former else "changed", keys, former)

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """Each initiative whose finish moved, or only its start, by its finish afterwards."""
        found = [move for id in self._ids() if (move := self._move(id))]
        return tuple(sorted(found, key=lambda move: (move.after or date.max, move.id)))

    def _ids(self) -> list[str]:
        return list(self.after.roadmap.initiatives)

    def _move(self, id: str) -> Move | None:
        old, new = self._dates(id)
        added = id not in self._old_tables.get("initiatives", {})
        if added or (old is None and new is None):
            return None
        if old is None or new is None:
            before, after = (each.finish if each else None for each in (old, new))
            return Move(id, "finish", before, after, None, None, self._causes(id))
        for key in ("finish", "start"):
            moved = self.before.schedule.shift(getattr(old, key), getattr(new, key))
            if moved:
                days = moved.working, moved.calendar
                return Move(id, key, moved.first, moved.last, *days, self._causes(id))
        return None

    def _dates(self, id: str) -> tuple[Dates | None, Dates | None]:
        former = {new: old for (kind, old), new in self.renamed.items() if kind == "initiatives"}
        return self.before.schedule.get(former.get(id, id)), self.after.schedule.get(id)

    # --- because ----------------------------------------------------------------------------------

    def _causes(self, id: str) -> tuple[str, ...]:
        chain = list(dict.fromkeys((*_drivers(self.after, id), *_drivers(self.before, id))))
        found = [cause for each in chain for cause in self._own_causes(each, each == id)]
        if not found:
            found = [f"{name} changed" for name in self._wide]
        return tuple(found[:CAUSES])

    def _own_causes(self, id: str, itself: bool) -> Iterator[str]:
        about = self._by_initiative.get(id)
        if about is None:
            return
        name = "" if itself else f"{id} "
        if about.what in ("added", "removed"):
            yield f"{id} is {'new' if about.what == 'added' else 'gone'}"
        for each in about.keys:
            if each.key[0] in _MOVES_ONE:
                short = each.key == ("estimate",) and each.before is not None and each.after
                words = change(each.before, each.after) if short and not itself else each.text
                yield f"{name}{words}"

    @cached_property
    def _by_initiative(self) -> dict[str, Change]:
        return {each.id: each for each in self.changes if each.kind == "initiatives"}

    @cached_property
    def _wide(self) -> list[str]:
        """Changed tables that can move everything."""
        return [f"{each.kind}.{each.id}".rstrip(".") for each in self.changes if _is_wide(each)]

    # --- findings ---------------------------------------------------------------------------------

    @cached_property
    def findings(self) -> FindingChanges:
        """What became of the findings."""
        unlost = partial(self.after.unlost, self._old_tables)
        return FindingChanges(self.before.parts, self.after.parts, self.renamed, unlost)

    @property
    def nothing(self) -> bool:
        """Neither a table nor a date differs."""
        return not (self.changes or self.moves)


def new_findings(plan: Plan, base: Plan) -> tuple[Finding, ...]:
    """Findings of `plan`, not waived, that `base` does not have, or has milder.

    Both are of one moment. What is missing in many places is compared place by place, and a table
    that only has another id now brings nothing new.
    """
    renamed = renamed_tables(base.tables, plan.tables)
    return told(plan.context, FindingChanges(base.parts, plan.parts, renamed).fresh)


def move_text(move: Move) -> str:
    """``web-push: finish 22 Jan → 29 Jan (+5d) because tag-migration 20d → 25d``."""
    before, after = _day(move.before, move.after), _day(move.after, move.before)
    days = f" ({move.shift.short})" if move.shift is not None else ""
    because = f" because {', '.join(move.because)}" if move.because else ""
    return f"{move.id}: {move.key} {before} → {after}{days}{because}"


def _day(day: date | None, other: date | None) -> str:
    """The year only where the two are not of one year."""
    if day is None:
        return "no date"
    year = f" {day.year}" if other is not None and other.year != day.year else ""
    return f"{day.day} {day:%b}{year}"


def _is_wide(each: Change) -> bool:
    return each.kind in _MOVES_ALL or (
        each.kind == "teams" and any(key.key[0] in ("calendar", "portfolio") for key in each.keys)
    )


def _drivers(plan: Plan, id: str) -> Iterator[str]:
    """An initiative and what drives its dates, the nearest first."""
    level, seen = [id], {id}
    while level:
        yield from level
        dates = [plan.schedule.get(each) for each in level]
        found = [on for each in dates if each for on in each.driven_by]
        level = [on for on in dict.fromkeys(found) if on not in seen]
        seen.update(level)


def _key_changes(key: Key, old: Any, new: Any) -> Iterator[KeyChange]:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for part in dict.fromkeys((*new, *old)):
            yield from _key_changes((*key, part), old.get(part), new.get(part))
    elif not same(old, new):
        yield KeyChange(key, old, new)
