"""Two plans compared: which keys of which tables changed, which dates moved, and because of what.

Both plans have one status date, so nothing moves only because time went by. A move is attributed
to what changed itself or stands before it in what drives its dates: the nearest such change first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import cached_property, partial
from typing import Any, Literal

from msgspec import Struct

from planner.conflicts.changes import Changes as FindingChanges
from planner.conflicts.findings import Finding
from planner.conflicts.registry import told
from planner.network.walks import nearest
from planner.plan.model import Plan
from planner.roadmap.entities import SINGLES
from planner.schedule.compute import Schedule
from planner.schedule.dates import Dates
from planner.schedule.shift import Shift
from planner.text.differences import change
from planner.text.edits import Key, dotted, same
from planner.text.renames import renamed_tables, with_renames

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
        former = self._former.get((kind, id))
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
        former = self._former.get(("initiatives", id), id)
        return self.before.schedule.get(former), self.after.schedule.get(id)

    @cached_property
    def _former(self) -> dict[tuple[str, str], str]:
        """The former id of each table that was renamed, by kind and id afterwards."""
        return {(kind, new): old for (kind, old), new in self.renamed.items()}

    # --- because ----------------------------------------------------------------------------------

    def _causes(self, id: str) -> tuple[str, ...]:
        near = dict.fromkeys(each for found in self._nearest for each in found.get(id, ()))
        found = [cause for each in near for cause in self._causing[each][each != id]]
        return tuple((found or self._wide)[:CAUSES])

    @cached_property
    def _nearest(self) -> tuple[dict[str, list[str]], ...]:
        """The changes that can move each initiative, afterwards and before, the nearest first."""
        return tuple(_nearest(plan.schedule, self._causing) for plan in (self.after, self.before))

    @cached_property
    def _causing(self) -> dict[str, tuple[list[str], list[str]]]:
        """Each initiative that changed so that dates may move: what of it did, in words for its own
        move and for the move of another."""
        changed = (each for each in self.changes if each.kind == "initiatives")
        return {each.id: words for each in changed if any(words := _words(each))}

    @cached_property
    def _wide(self) -> list[str]:
        """The changes that can move everything, in words."""
        wide = (f"{each.kind}.{each.id}".rstrip(".") for each in self.changes if _is_wide(each))
        return [f"{name} changed" for name in wide]

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

    Both have one status date. A finding with many places is compared place by place, and a table
    that only has another id now brings nothing new.
    """
    renamed = renamed_tables(base.tables, plan.tables)
    return told(plan.context, FindingChanges(base.parts, plan.parts, renamed).fresh)


def _is_wide(each: Change) -> bool:
    return each.kind in _MOVES_ALL or (
        each.kind == "teams" and any(key.key[0] in ("calendar", "portfolio") for key in each.keys)
    )


def _words(changed: Change) -> tuple[list[str], list[str]]:
    """What of an initiative's change may move its dates, and those of another one."""
    own, others = [], []
    if changed.what in ("added", "removed"):
        own.append(f"{changed.id} is {'new' if changed.what == 'added' else 'gone'}")
        others += own
    for each in changed.keys:
        if each.key[0] in _MOVES_ONE:
            short = each.key == ("estimate",) and each.before is not None and each.after
            said = change(each.before, each.after) if short else each.text
            own.append(each.text)
            others.append(f"{changed.id} {said}")
    return own[:CAUSES], others[:CAUSES]


def _nearest(schedule: Schedule, changed: Collection[str]) -> dict[str, list[str]]:
    """For each initiative the changed ones among itself and what drives its dates, nearest first.

    As many of each as can matter: each of them names a cause, and of two plans' the same may be
    among both.
    """

    def drivers(id: str) -> tuple[str, ...]:
        dates = schedule.get(id)
        return dates.driven_by if dates else ()

    network = schedule.network
    return nearest((network.ids[node] for node in network.order), drivers, changed, 2 * CAUSES)


def _key_changes(key: Key, old: Any, new: Any) -> Iterator[KeyChange]:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for part in dict.fromkeys((*new, *old)):
            yield from _key_changes((*key, part), old.get(part), new.get(part))
    elif not same(old, new):
        yield KeyChange(key, old, new)
