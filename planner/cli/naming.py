"""Ids as people type them on a command line: checked, with the nearest right one."""

from __future__ import annotations

from planner.errors import UsageError
from planner.plan import Plan
from planner.roadmap.ids import nearest


def known_initiative(plan: Plan, id: str) -> str:
    """`id`, where the roadmap has it. Raises UsageError with the nearest one."""
    if id in plan.roadmap.initiatives:
        return id
    near = nearest(id, plan.roadmap.initiatives, loose=True)
    raise UsageError(
        f"there is no initiative {id!r}",
        hint=f"did you mean {near}?" if near else "see `planner show`",
    )
