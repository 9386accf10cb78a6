"""What is said of a fix: what it does, its consequence for the whole plan, who has to agree."""

from __future__ import annotations

from planner.conflicts.fix import Fix
from planner.pages.parties import names
from planner.pages.roles import phrases
from planner.plan.impact import Consequence
from planner.plan.model import Plan
from planner.text.visible import visible

NONE_READY = "No fix is ready"


def needs_agreement(plan: Plan, parties: tuple[str, ...]) -> str:
    """``needs agreement: IT, Marketing``; empty where nobody has to agree."""
    return f"needs agreement: {names(plan, parties)}" if parties else ""


def outcome(plan: Plan, fix: Fix, consequence: Consequence) -> list[str]:
    """What it does to the whole plan, in phrases, then who has to agree."""
    said = [visible(part.text) for part in consequence.parts()]
    needs = needs_agreement(plan, fix.needs_yes)
    return [*said, needs] if needs else said


def outcome_lines(plan: Plan, fix: Fix, consequence: Consequence, width: int) -> list[str]:
    """The same after an arrow, in as many lines as it needs."""
    first, *more = outcome(plan, fix, consequence)
    return phrases([f"  → {first}", *more], width, "    ")


def numbered(plan: Plan, number: int, fix: Fix, consequence: Consequence, width: int) -> list[str]:
    """A fix under its number, as one of several to choose from."""
    title = phrases([f"  {number}.", *visible(fix.title).split()], width, "     ", " ")
    return [*title, *(f"   {line}" for line in outcome_lines(plan, fix, consequence, width - 3))]
