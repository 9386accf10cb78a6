"""Two texts of a roadmap compared: which keys of which tables differ, and which findings are new.

Why a date moved is asked by running the schedule again (planner.analysis.causes).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from msgspec import Struct

from planner.conflicts.changes import Changes as FindingChanges
from planner.conflicts.findings import Finding
from planner.conflicts.registry import told
from planner.plan.model import Plan
from planner.roadmap.entities import SINGLES, Tables
from planner.text.differences import change
from planner.text.edits import Key, dotted, same
from planner.text.renames import renamed_tables

What = Literal["added", "removed", "renamed", "changed"]


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


def table_changes(
    before: Tables, after: Tables, renamed: Mapping[tuple[str, str], str]
) -> tuple[Change, ...]:
    """Every table that differs, new ones in the order of the files, then what is gone.

    `before` has the ids of afterwards; `renamed` says which ids became which.
    """
    former = {(kind, new): old for (kind, old), new in renamed.items()}
    found = (
        _change(kind, id, before.get(kind, {}).get(id), after.get(kind, {}).get(id), former)
        for kind in dict.fromkeys((*after, *before))
        for id in dict.fromkeys((*after.get(kind, {}), *before.get(kind, {})))
    )
    return tuple(each for each in found if each is not None)


def _change(
    kind: str, id: str, old: Any, new: Any, former: Mapping[tuple[str, str], str]
) -> Change | None:
    was = former.get((kind, id))
    if same(old, new) and was is None:
        return None
    if (old is None or new is None) and kind not in SINGLES:
        return Change(kind, id, "added" if old is None else "removed")
    keys = tuple(_key_changes((), old or {}, new or {}))
    return Change(kind, id, "renamed" if was else "changed", keys, was)


def new_findings(plan: Plan, base: Plan) -> tuple[Finding, ...]:
    """Findings of `plan`, not waived, that `base` does not have, or has milder.

    Both have one status date. A finding with many places is compared place by place, and a table
    that only has another id now brings nothing new.
    """
    renamed = renamed_tables(base.tables, plan.tables)
    return told(plan.context, FindingChanges(base.parts, plan.parts, renamed).fresh)


def _key_changes(key: Key, old: Any, new: Any) -> Iterator[KeyChange]:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for part in dict.fromkeys((*new, *old)):
            yield from _key_changes((*key, part), old.get(part), new.get(part))
    elif not same(old, new):
        yield KeyChange(key, old, new)
