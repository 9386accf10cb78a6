"""What is said of an initiative against a baseline: by how many working days its finish moved."""

from __future__ import annotations

from planner.analysis.baseline import Was
from planner.pages.roles import Role
from planner.roadmap.figures import signed

MOVED = 5
"""Columns that it takes."""


def moved_short(was: Was) -> str:
    """``+12d``, ``−3d``; ``·`` where it did not move, ``new`` where the baseline has no dates of
    it, ``–`` where there are none now.
    """
    if was.moved is None:
        return "new" if was.new else "–"
    return f"{signed(was.moved)}d" if was.moved else "·"


def moved_role(was: Was) -> Role:
    """Later is critical; earlier is good news, and bold."""
    return "dim" if not was.moved else "critical" if was.moved > 0 else "strong"
