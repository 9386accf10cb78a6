"""A baseline: the plan of an earlier revision at its own status date, and what moved since.

Of each initiative it says where it was, and by how many working days its finish is later now,
counted on the roadmap's calendar as it is now. A baseline is a value of its own: it stays while the
plan is edited, and what was renamed since is followed. The board shows one without reading git,
which is imported where a baseline is looked up.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from planner.plan.model import Plan
from planner.roadmap.output_history import RevisionRow
from planner.text.renames import renamed_tables

MOST = 500
"""So many revisions are offered."""


class Baseline(Struct, frozen=True):
    """A revision that others are compared with: its commit (hash), and its plan at its own time."""

    commit: str
    plan: Plan

    @property
    def day(self) -> date:
        """Its status date: what a person calls it by."""
        return self.plan.as_of


class Was(Struct, frozen=True):
    """Where an initiative was by the baseline, and where its finish is now; both days inclusive,
    None where it has or had no dates. `moved` is by how many working days the finish is later.
    """

    start: date | None
    finish: date | None
    now: date | None
    moved: int | None

    @property
    def new(self) -> bool:
        """Whether only the plan of now has dates of it."""
        return self.finish is None and self.now is not None


def baseline_of(path: Path, plan: Plan, words: str) -> Baseline:
    """The baseline that words name: a revision, a day, ``last``, ``looked``.

    Raises UsageError for what is none, ReadError for one that can't be read.
    """
    from planner.analysis.history import plan_of_revision, revision_named

    commit = revision_named(path, plan, words)
    return Baseline(commit, plan_of_revision(path, commit))


def revisions_to_choose(path: Path) -> tuple[RevisionRow, ...]:
    """The last revisions of a roadmap, the latest first, each on its author's day.

    Raises UsageError where there is no repository.
    """
    from planner.analysis.record import Record

    return tuple(
        RevisionRow(commit=point.commit, author=point.author, day=point.made, subject=point.subject)
        for point in reversed(Record(path).points[-MOST:])
    )


class Against:
    """A plan against a baseline, looked up one initiative at a time."""

    def __init__(self, baseline: Baseline, plan: Plan) -> None:
        self.baseline = baseline
        self._plan = plan

    def was(self, id: str) -> Was:
        """Where an initiative was."""
        then = self.baseline.plan.schedule.get(self._former.get(id, id))
        dates = self._plan.schedule.get(id)
        now = dates.finish if dates is not None else None
        if then is None:
            return Was(None, None, now, None)
        moved = None if now is None else self._plan.schedule.shift(then.finish, now).working
        return Was(then.start, then.finish, now, moved)

    @cached_property
    def _former(self) -> dict[str, str]:
        """The id in the baseline of each initiative that has another one now."""
        before, after = self.baseline.plan.tables, self._plan.tables
        if before.get("initiatives", {}).keys() == after.get("initiatives", {}).keys():
            return {}
        renamed = renamed_tables(before, after)
        return {now: was for (kind, was), now in renamed.items() if kind == "initiatives"}
