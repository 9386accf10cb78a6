"""Findings of a large plan, looked for in a thread, so that nobody who types waits for them.

A plan of usual size is checked at once. Of a large one the dates are shown first; its findings
follow, and what shows them says "checking" until then.
"""

from __future__ import annotations

import sys

from planner.plan.model import Plan

LARGE = 300
"""Initiatives from which checking all rules takes longer than a key press may."""


def large(plan: Plan) -> bool:
    """Whether a plan's findings come later than its dates."""
    return len(plan.roadmap.initiatives) >= LARGE


def graph_at_once(plan: Plan) -> bool:
    """Whether to ask the dependency graph at once: networkx is loaded, and the plan not large."""
    return "networkx" in sys.modules and not large(plan)


def known(plan: Plan) -> bool:
    """Whether asking for the findings costs nothing, or little enough to do it at once."""
    return not large(plan) or "report" in plan.__dict__
