"""A fix of a finding, and the question that it answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from weakref import WeakKeyDictionary

from msgspec import Struct

from planner.conflicts.context import Context
from planner.conflicts.findings import Finding
from planner.conflicts.reach import Reach, reach
from planner.conflicts.report import Report
from planner.text.edits import Edit

_SOUGHT: WeakKeyDictionary[Context, dict[tuple[str, date, int | None], Reach]] = WeakKeyDictionary()


class Fix(Struct, frozen=True, kw_only=True):
    """One fix. `wins` are working days by which what is late finishes earlier; None where the
    fix is not about dates. `finish` is its finish then, `price` the money that it takes. `clears`:
    the finding is gone afterwards.

    `choice` says why a person has to choose it; empty, it may be made by itself. What leaves it
    None is judged by what it would change (fix_choice.py).
    """

    title: str
    edit: Edit
    needs_agreement: tuple[str, ...] = ()
    wins: int | None = None
    finish: date | None = None
    price: float = 0.0
    clears: bool = True
    choice: str | None = None


class Ask(Struct, frozen=True):
    """What is asked: the fixes of `finding` in a plan, with at most `trials` schedules run.

    Without a number of trials they are as many as the plan's size allows.
    """

    finding: Finding
    context: Context
    find: Callable[[Context, str], tuple[Finding, ...]]
    """What the rule with a code finds in a plan."""
    check: Callable[[Context], Report]
    """What all rules find in a plan."""
    trials: int | None = None

    @property
    def thorough(self) -> bool:
        """Whether each way is also checked for what it would break elsewhere."""
        return self.trials is None

    def left(self, after: Context) -> tuple[Finding, ...]:
        """What the finding's rule finds in the plan that a fix would make."""
        return self.find(after, self.finding.code)

    def reach(self, id: str, day: date) -> Reach:
        """What can give, so that `id` finishes by `day`; sought once for all findings of a plan."""
        known = _SOUGHT.setdefault(self.context, {})
        question = id, day, self.trials
        if question not in known:
            known[question] = reach(self.context, id, day, trials=self.trials, how_early=False)
        return known[question]
