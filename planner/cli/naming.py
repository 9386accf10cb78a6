"""Ids as people type them on a command line: checked, with the nearest right one."""

from __future__ import annotations

from planner.errors import UsageError
from planner.plan import Plan
from planner.roadmap.ids import nearest


def initiative_said(plan: Plan, name: str) -> str:
    """The id that a name means, whether or not the roadmap has it: ``initiatives.-x`` is ``-x``."""
    kind, _, id = name.partition(".")
    return id if kind == "initiatives" and id and name not in plan.roadmap.initiatives else name


def known_initiative(plan: Plan, id: str) -> str:
    """`id`, where the roadmap has it, also as ``initiatives.ID``. Raises UsageError with the
    nearest one.
    """
    id = initiative_said(plan, id)
    if id in plan.roadmap.initiatives:
        return id
    near = nearest(id, plan.roadmap.initiatives, loose=True)
    raise UsageError(
        f"there is no initiative {id!r}",
        hint=f"did you mean {near}?" if near else "see `planner show`",
    )
