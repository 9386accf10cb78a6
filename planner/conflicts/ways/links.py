"""LINK: record what a supplier agrees to, or ask for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from planner.conflicts.levers import yes_of
from planner.conflicts.needs import say
from planner.conflicts.rules.dates import answer
from planner.conflicts.trial import finish_of
from planner.conflicts.ways.fix import Ask, Fix


def agree(ask: Ask) -> Iterator[Fix]:
    """Record the agreement, with the supplier's finish as the day it is promised for; or ask."""
    finding, context = ask.finding, ask.context
    successor, supplier = finding.on
    finish = finish_of(context, supplier)
    links = [n for n in context.roadmap.initiatives[successor].needs if n.on == supplier]
    words: dict[str, Any] = {"agreed": context.as_of}
    by = next((need.promised for need in links if need.promised), None)
    if by is None and finish is not None:
        by = words["promised"] = finish
    side = context.side_name(context.sides[supplier])
    until = f" by {context.day(by)}" if by else ""
    yield Fix(
        title=f"record that {side} agrees to {supplier}{until}",
        edit=say(context, successor, supplier, words),
        needs_yes=yes_of(context, supplier),
    )
    if answer(context, successor, supplier)[0] == "not asked":
        yield Fix(
            title=f"ask {side} for {supplier} (asked {context.day(context.as_of)})",
            edit=say(context, successor, supplier, {"asked": context.as_of}),
            needs_yes=yes_of(context, successor),
            clears=False,
        )
