"""Conflicts of a plan, in the order in which they matter to a lead."""

from __future__ import annotations

from planner.conflicts.findings import Finding
from planner.plan.model import Plan


def worst_finding(plan: Plan) -> Finding | None:
    """What a lead should hear first: the first that is not waived."""
    return next((finding for finding in plan.findings if not finding.waived), None)


def findings_on(plan: Plan, id: str) -> list[Finding]:
    """The findings, not waived, that involve an initiative; those that start with it first."""
    here = [f for f in plan.findings if id in f.initiatives and not f.waived]
    rank = {"error": 0, "warning": 1, "info": 2}
    return sorted(here, key=lambda f: (rank[f.severity], f.id != id))
