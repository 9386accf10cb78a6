"""The ways out of one finding, each tried on a copy of the plan, without holding up the keyboard.

Trying a fix schedules the plan again and checks all rules, so it is done in a thread, one fix after
another, and stops between two fixes when nobody waits for it any more. What was found for a finding
is kept as long as its plan is the one on screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from planner.conflicts.findings import Finding
from planner.conflicts.fixes import Fix, fixes
from planner.consequence import Part, compare
from planner.errors import EditRefused
from planner.plan import Plan


class Offer(Struct, frozen=True):
    """A fix, and the pieces of the line that says what it does to the whole plan."""

    fix: Fix
    parts: tuple[Part, ...]


class Offers(Struct, frozen=True):
    """The ways out found so far; `complete` when there are no more to come."""

    found: tuple[Offer, ...] = ()
    complete: bool = False


NOTHING_YET = Offers()


def try_fixes(plan: Plan, finding: Finding, wanted: Callable[[], bool]) -> Iterator[Offers]:
    """The offers one by one, each time with those before; ends early once not `wanted`."""
    found: tuple[Offer, ...] = ()
    for fix in fixes(finding, plan.context):
        if not wanted():
            return
        try:
            after = plan.with_edit(fix.edit)
        except EditRefused:
            continue
        found = (*found, Offer(fix, tuple(compare(plan, after).parts())))
        yield Offers(found)
    yield Offers(found, complete=True)


class KeptOffers:
    """Offers by finding, for one plan; another plan starts afresh."""

    def __init__(self) -> None:
        self._plan: Plan | None = None
        self._kept: dict[str, Offers] = {}

    def get(self, plan: Plan, finding: Finding) -> Offers:
        """What is known about a finding of this plan."""
        return (
            self._kept.get(finding.fingerprint, NOTHING_YET) if plan is self._plan else NOTHING_YET
        )

    def put(self, plan: Plan, finding: Finding, offers: Offers) -> None:
        """Keep what was found."""
        if plan is not self._plan:
            self._plan, self._kept = plan, {}
        self._kept[finding.fingerprint] = offers
