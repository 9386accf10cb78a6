"""Conflicts of a plan, in the order in which they matter to a lead."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from msgspec import Struct

from planner.conflicts.findings import SEVERITIES, Finding
from planner.conflicts.roots import LATE, MISSED
from planner.plan.model import Plan
from planner.roadmap.entities import Severity
from planner.schedule.delay import CostsOfLateness


def worst_finding(plan: Plan) -> Finding | None:
    """What a lead should hear first: the first that is not waived."""
    return next((finding for finding in plan.findings if not finding.waived), None)


def findings_on(plan: Plan, id: str) -> list[Finding]:
    """The findings, not waived, that involve an initiative; those that start with it first."""
    here = [f for f in plan.findings if id in f.initiatives and not f.waived]
    return sorted(here, key=lambda f: (SEVERITIES.index(f.severity), f.id != id))


def marked(plan: Plan) -> dict[str, Severity]:
    """The worst severity of the findings, not waived, that involve each initiative."""
    ranks = {severity: rank for rank, severity in enumerate(SEVERITIES)}
    found: dict[str, Severity] = {}
    for finding in plan.findings:
        if not finding.waived:
            for id in finding.initiatives:
                if id not in found or ranks[finding.severity] < ranks[found[id]]:
                    found[id] = finding.severity
    return found


class Stake(Struct, frozen=True):
    """What a cause puts at stake: the cost of delay of what is late for it, and whether an
    announced date is.
    """

    cost: float = 0.0
    announced: bool = False


class Stakes:
    """What is at stake with the findings of one plan; of each worked out when it is asked for."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._known: dict[str, Stake] = {}

    def of(self, findings: Sequence[Finding]) -> Stake:
        """That of findings with one cause, or of one alone."""
        key = findings[0].fingerprint
        if key not in self._known:
            self._known[key] = self._stake(findings)
        return self._known[key]

    def _stake(self, findings: Sequence[Finding]) -> Stake:
        known = self._plan.roadmap.initiatives
        late = (one for one in findings if one.code in LATE and not one.waived)
        found = [(one.code, id) for one in late for id in one.initiatives if id in known]
        announced = any(known[id].announced and known[id].open for _, id in found)
        missed = {id for code, id in found if code in MISSED}
        return Stake(self._costs.behind(missed) or 0.0, announced)

    @cached_property
    def _costs(self) -> CostsOfLateness:
        return CostsOfLateness(self._plan)
