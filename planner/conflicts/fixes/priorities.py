"""PRIO: as important as what it holds up."""

from __future__ import annotations

from collections.abc import Iterator

from planner.conflicts.agreement import must_agree
from planner.conflicts.fix import Ask, Fix
from planner.text.edits import SetKey


def priority(ask: Ask) -> Iterator[Fix]:
    """As important as what it holds up."""
    finding, context = ask.finding, ask.context
    wanted: int = finding.data["priority"]
    yield Fix(
        title=f"set the priority of {finding.id} to {wanted}",
        edit=SetKey("initiatives", finding.id, ("priority",), wanted),
        needs_agreement=must_agree(context, finding.id),
    )
