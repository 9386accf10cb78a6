"""An option as values: what it wins, who has to agree, and the command that writes it."""

from __future__ import annotations

from planner.conflicts.option_sets import OptionSet
from planner.plan.model import Plan
from planner.roadmap.output_why import ReachOption
from planner.text.commands import as_command


def option_row(plan: Plan, one: OptionSet) -> ReachOption:
    """One set of options, as JSON has it."""
    return ReachOption(
        title=one.title,
        assumes=one.assumes,
        wins=one.wins,
        finish=one.finish,
        gives_up=one.gives_up,
        needs_agreement=one.needs_agreement,
        command=as_command(one.edit, plan.reading.roadmap),
    )
