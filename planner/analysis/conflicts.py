"""Conflicts of a plan, in the order in which they matter to a lead."""

from __future__ import annotations

from planner.conflicts.findings import Finding
from planner.plan.model import Plan

MISSED = ("DATE01", "PROM01")
"""The rules that report that a launch is late."""


def worst_finding(plan: Plan) -> Finding | None:
    """What a lead should hear first: that the main launch is late, else the worst of the rest."""
    open_ = [finding for finding in plan.findings if not finding.waived]
    main = plan.schedule.main_launch
    missed = (f for f in open_ if f.code in MISSED and f.severity == "error" and main in f.on)
    return next(missed, open_[0] if open_ else None)


def findings_on(plan: Plan, id: str) -> list[Finding]:
    """The findings, not waived, that involve an initiative; those that start with it first."""
    here = [f for f in plan.findings if id in f.initiatives and not f.waived]
    rank = {"error": 0, "warning": 1, "info": 2}
    return sorted(here, key=lambda f: (rank[f.severity], f.id != id))
