"""What is found out about the finding under the cursor in a thread, so that no key waits for it:
its fixes, tried one by one, and how much hangs on what it is about.

What was tried is kept as long as its plan is the one on screen.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import Any, cast

from textual.screen import Screen
from textual.worker import get_current_worker

from planner.conflicts.findings import Finding
from planner.plan.model import Plan
from planner.plan.offers import Offers, try_fixes
from planner.roadmap.output_network import HangingRow
from planner.tui.shell.checking import graph_at_once
from planner.tui.shell.stage import Shell

NOTHING_YET = Offers()
TELL = 0.3
"""Seconds between two looks at how far trying has come."""


class TriedFixes:
    """What is known of the fixes of each finding of one plan; another plan starts afresh."""

    def __init__(self, screen: Screen[Any], told: Callable[[], None]) -> None:
        self._screen, self._told = screen, told
        self._plan: Plan | None = None
        self._kept: dict[str, Offers] = {}
        self._trying = ""

    def of(self, plan: Plan, finding: Finding) -> Offers:
        """What is known about a finding of this plan."""
        if plan is not self._plan:
            return NOTHING_YET
        return self._kept.get(finding.fingerprint, NOTHING_YET)

    def try_all(self, plan: Plan, finding: Finding) -> None:
        """Try the fixes of a finding, unless that is done or being done; no longer any other's."""
        if plan is not self._plan:
            self._plan, self._kept, self._trying = plan, {}, ""
        if self.of(plan, finding).complete or self._trying == finding.fingerprint:
            return
        self._trying = finding.fingerprint
        keep = partial(self._keep, plan, finding)
        work = partial(self._work, plan, finding, keep)
        shell = cast("Shell", self._screen.app)
        shell.in_thread(work, keep, "offers", of=self._screen, exclusive=True)

    def _work(self, plan: Plan, finding: Finding, keep: Callable[[Offers], None]) -> Offers:
        worker, told, offers = get_current_worker(), monotonic(), NOTHING_YET
        for offers in try_fixes(plan, finding, lambda: not worker.is_cancelled):
            if not worker.is_cancelled and monotonic() - told >= TELL:
                told = monotonic()
                self._screen.app.call_from_thread(keep, offers)
        return offers

    def _keep(self, plan: Plan, finding: Finding, offers: Offers) -> None:
        if plan is self._plan:
            self._kept[finding.fingerprint] = offers
            self._told()


class Hanging:
    """What waits for the initiative that a finding names first; another plan starts afresh."""

    def __init__(self, screen: Screen[Any], told: Callable[[], None]) -> None:
        self._screen, self._told = screen, told
        self._plan: Plan | None = None
        self._kept: dict[str, HangingRow] = {}

    def of(self, plan: Plan, finding: Finding) -> HangingRow | None:
        """What is known of it; where that is quick, it is found out."""
        if plan is not self._plan:
            self._plan, self._kept = plan, {}
        if finding.id not in self._kept and _initiative(plan, finding) and graph_at_once(plan):
            self._kept[finding.id] = _hanging(plan, finding.id)
        return self._kept.get(finding.id)

    def learn(self, plan: Plan, finding: Finding) -> None:
        """Find it out in a thread, where it is not known."""
        if self.of(plan, finding) is None and _initiative(plan, finding):
            work, keep = partial(_hanging, plan, finding.id), partial(self._keep, plan, finding.id)
            shell = cast("Shell", self._screen.app)
            shell.in_thread(work, keep, "hanging", of=self._screen, exclusive=True)

    def _keep(self, plan: Plan, id: str, found: HangingRow) -> None:
        if plan is self._plan:
            self._kept[id] = found
            self._told()


def _initiative(plan: Plan, finding: Finding) -> bool:
    return finding.kind == "initiatives" and finding.id in plan.roadmap.initiatives


def _hanging(plan: Plan, id: str) -> HangingRow:
    from planner.analysis.network import hanging  # networkx is loaded with it

    return hanging(plan, id)
