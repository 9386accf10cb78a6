"""Fixes of one finding, each tried on a copy of the whole plan.

Each trial schedules the plan and checks all rules, so they are yielded one by one and stop when no
longer wanted. A bug in one does not affect the others, and is reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from planner.conflicts.findings import Finding
from planner.conflicts.fixing import Fix, failure, fixes
from planner.errors import EditRefused
from planner.plan.impact import Consequence, compare
from planner.plan.impact_line import Part, parts_of
from planner.plan.model import Plan

TRIALS_WHEN_LARGE = 8
"""Fixes tried for each of many findings in a large plan: the most promising ones."""


class Offer(Struct, frozen=True):
    """A fix, its consequence for the whole plan, and the parts of its consequence line."""

    fix: Fix
    consequence: Consequence
    parts: tuple[Part, ...]

    @property
    def harm(self) -> str:
        """What the fix makes worse, in one clause; empty where nothing. It then needs a person."""
        later = next((each for each in self.consequence.launches_moved if each.shift.later), None)
        whole = self.consequence.whole
        if self.consequence.makes_errors:
            return "it brings a new error"
        if later is not None:
            return f"{later.id} would be {later.shift.amount} later"
        return f"the whole plan would be {whole.amount} later" if whole and whole.later else ""


class Offers(Struct, frozen=True):
    """Fixes found so far, best first; `complete` when there are no more.

    `failed` reports a bug that kept some from being found or tried.
    """

    found: tuple[Offer, ...] = ()
    complete: bool = False
    failed: str = ""


def try_fixes(
    plan: Plan,
    finding: Finding,
    wanted: Callable[[], bool] = lambda: True,
    *,
    trials: int | None = None,
) -> Iterator[Offers]:
    """Yield the offers found so far after each trial; ends early once not `wanted`."""
    ways = fixes(finding, plan.context, trials=trials)
    found: tuple[Offer, ...] = ()
    failed = ways.failed
    for fix in ways:
        if not wanted():
            return
        try:
            found = (*found, _tried(plan, fix))
        except EditRefused:
            continue
        except Exception as bug:  # the others can still be made
            failed = failed or failure(bug)
            continue
        yield Offers(found, failed=failed)
    yield Offers(found, complete=True, failed=failed)


def all_offers(plan: Plan, finding: Finding) -> Offers:
    """The offers of one of many findings, once all are tried."""
    trials = TRIALS_WHEN_LARGE if plan.is_large else None
    *_, offers = try_fixes(plan, finding, trials=trials)
    return offers


def _tried(plan: Plan, fix: Fix) -> Offer:
    consequence = compare(plan, plan.with_edit(fix.edit), fix.edit)
    return Offer(fix, consequence, tuple(parts_of(consequence)))
