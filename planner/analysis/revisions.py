"""Plan of an earlier revision, at the status date of a later plan."""

from __future__ import annotations

from pathlib import Path

from planner.git.workspaces import workspace_at
from planner.plan.model import Clock, Plan, plan_of


def plan_at(path: Path, revision: str, clock: Clock) -> Plan:
    """The plan of the roadmap at `path` as it was at a revision, `clock` saying when it is.

    A roadmap that was not there yet is an empty plan. Raises UsageError for no such revision.
    """
    return plan_of(workspace_at(path, revision), clock)


def clock_of(plan: Plan) -> Clock:
    """Clock fixed at a plan's status date, to schedule another plan for comparison."""
    return Clock(plan.clock.today, plan.clock.fixed, held=plan.as_of)
