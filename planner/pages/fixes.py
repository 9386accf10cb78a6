"""What is said of a fix: what it does, its consequence for the whole plan, who has to agree.

A command lists fixes under numbers, screens mark one of them; the lines are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.conflicts.fix import Fix
from planner.pages import canvas
from planner.pages.lines import Line, Page, Piece
from planner.pages.parties import names
from planner.pages.roles import Role
from planner.plan.impact_line import Part
from planner.plan.impact_line import Role as PartRole
from planner.plan.model import Plan
from planner.roadmap.figures import priced
from planner.text.visible import visible

NONE_READY = "No fix is ready"
TESTING = "testing fixes on the whole plan …"

PART_ROLES: dict[PartRole, Role] = {
    "plain": "text",
    "good": "good",
    "bad": "critical",
    "warn": "warning",
    "dim": "dim",
    "key": "key",
}
INDENT = 3
"""Columns by which the consequence is set in under its fix."""


def needs_agreement(plan: Plan, parties: tuple[str, ...]) -> str:
    """``needs agreement: IT, Marketing``; empty where nobody has to agree."""
    return f"needs agreement: {names(plan, parties)}" if parties else ""


def fix_title(plan: Plan, fix: Fix) -> str:
    """What a fix does, and the money that it takes."""
    return visible(priced(fix.title, fix.price, plan.roadmap.settings.currency))


def fix_lines(
    plan: Plan, fix: Fix, parts: Iterable[Part], width: int, mark: str, *, marked: bool = False
) -> list[Line]:
    """A fix after its number or mark, and under it its consequence, made of `parts`."""
    title = fix_title(plan, fix)
    return marked_lines(mark, title, outcome(plan, fix, parts), width, marked=marked)


def marked_lines(
    mark: str, title: str, told: Iterable[Piece], width: int, *, marked: bool = False
) -> list[Line]:
    """What can be chosen: a title that hangs under its first word, and what is told of it."""
    page, size = Page(width), canvas.cells(mark)
    for at, part in enumerate(canvas.wrap(title, page.width - size)):
        lead = mark if at == 0 else " " * size
        page.line((lead, "key"), (part, "title" if marked else "text"))
    page.joined(told, " " * (size + INDENT - 1))
    return page.lines


def outcome_lines(plan: Plan, fix: Fix, parts: Iterable[Part], width: int) -> list[Line]:
    """The consequence alone."""
    page = Page(width)
    page.joined(outcome(plan, fix, parts), "  ")
    return page.lines


def outcome(plan: Plan, fix: Fix, parts: Iterable[Part]) -> Iterator[Piece]:
    """What it does to the whole plan, in phrases, then who has to agree."""
    for part in parts:
        yield visible(part.text), PART_ROLES[part.role]
    if needs := needs_agreement(plan, fix.needs_agreement):
        yield needs, "joint"
