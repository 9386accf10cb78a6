"""Fixes of one finding, each tried on a copy of the whole plan.

Each trial schedules the plan and checks all rules, so they are yielded one by one and stop when no
longer wanted. What does not do what it says, or would bring an error or make another one larger, is
not offered: unless it puts right what was written or records what was said or done, since then the
error is there already. What makes a launch later comes after what is as good and does not. A bug in
one does not affect the others, and is reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from msgspec import Struct

from planner.conflicts.findings import Finding
from planner.conflicts.fix_choice import SAID
from planner.conflicts.fixing import Fix, failure, fixes, rank
from planner.conflicts.slips import SLIPS
from planner.errors import EditRefused
from planner.plan.impact import Consequence, compare
from planner.plan.impact_line import Part, parts_of
from planner.plan.model import Plan

TRIALS_WHEN_LARGE = 8
"""Fixes tried for each of many findings in a large plan: the most promising ones."""


PLANNED = frozenset(
    ("DATE01", "DATE02", "DATE06", "PROM01", "FREEZE01", "FREEZE02", "FREEZE03", "FREEZE04")
)
"""Rules whose fixes plan otherwise, and record no fact, also where that changes somebody's word."""


class Offer(Struct, frozen=True):
    """A fix, its consequence for the whole plan, and the parts of its consequence line."""

    fix: Fix
    consequence: Consequence
    parts: tuple[Part, ...]

    @property
    def harm(self) -> str:
        """What the fix makes worse, in one clause; empty where nothing. It then needs a person."""
        made = self.consequence
        later = next((each for each in made.launches_moved if each.shift.later), None)
        if made.changes.harm:
            return "it brings a new error, or makes one larger"
        if made.launches_left:
            return f"{made.launches_left[0].id} would have no dates"
        if later is not None:
            return f"{later.id} would be {later.shift.amount} later"
        whole = made.whole
        return f"the whole plan would be {whole.amount} later" if whole and whole.later else ""

    @property
    def only_listed(self) -> str:
        """Why the fix is not applied unless a person chooses it; empty where it may be."""
        return self.fix.choice or self.harm

    def holds(self, finding: Finding) -> bool:
        """Whether it does to a finding what it says, and no harm that was not there before."""
        left = {one.fingerprint for one in self.consequence.after.report.each if not one.waived}
        if self.fix.clears and finding.fingerprint in left:
            return False
        said = self.fix.choice == SAID and finding.code not in PLANNED
        truth = said or finding.code in SLIPS
        return truth or not self.consequence.changes.harm


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
    may: Callable[[Fix], bool] = lambda _: True,
) -> Iterator[Offers]:
    """Yield the offers found so far after each trial, of fixes that `may` be chosen; ends early
    once not `wanted`.
    """
    ways = fixes(finding, plan.context, trials=trials)
    failed = ways.failed
    ready: list[Offer] = []
    for _, alike in groupby(filter(may, ways), rank):
        later: list[Offer] = []  # what is read already does not move
        for fix in alike:
            if not wanted():
                return
            try:
                offer = _tried(plan, fix)
                if offer.holds(finding):
                    (later if offer.harm and not fix.choice else ready).append(offer)
            except EditRefused:
                continue
            except Exception as bug:  # the others can still be made
                failed = failed or failure(bug)
                continue
            yield Offers(tuple(ready), failed=failed)
        ready += later
    yield Offers(tuple(ready), complete=True, failed=failed)


def all_offers(plan: Plan, finding: Finding, may: Callable[[Fix], bool] = lambda _: True) -> Offers:
    """The offers of one of many findings, once all that `may` be chosen are tried."""
    trials = TRIALS_WHEN_LARGE if plan.is_large else None
    *_, offers = try_fixes(plan, finding, trials=trials, may=may)
    return offers


def _tried(plan: Plan, fix: Fix) -> Offer:
    consequence = compare(plan, plan.with_edit(fix.edit), fix.edit)
    return Offer(fix, consequence, tuple(parts_of(consequence)))
