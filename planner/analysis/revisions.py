"""The plan of an earlier revision, at the moment of a later one."""

from __future__ import annotations

from pathlib import Path

from planner.git.workspaces import workspace_at
from planner.plan.model import Clock, Plan, plan_of


def plan_at(path: Path, revision: str, clock: Clock) -> Plan:
    """The plan of the roadmap at `path` as it was at a revision, `clock` saying when it is.

    A roadmap that was not there yet is an empty plan. Raises UsageError for no such revision.
    """
    return plan_of(workspace_at(path, revision), clock)


def moment_of(plan: Plan) -> Clock:
    """The clock that stands still at a plan's moment, so that another plan can be held to it."""
    return Clock(plan.clock.today, plan.clock.fixed, held=plan.as_of)
