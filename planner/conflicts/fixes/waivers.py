"""WAIVE: waivers removed, or renewed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from planner.conflicts.fix import Ask, Fix
from planner.conflicts.fix_choice import GIVEN_UP
from planner.roadmap.figures import listed
from planner.text.edits import RemoveTable, SetKey


def waiver(ask: Ask) -> Iterator[Fix]:
    """Remove it, or let it name all it has to, or last longer where it is still needed."""
    finding, context = ask.finding, ask.context
    waiver = context.roadmap.waivers[finding.id]
    by = (waiver.by,) if waiver.by else ()
    near: list[str] = finding.data.get("near", [])
    if near:
        yield Fix(
            title=f"extend waiver {finding.id} to {listed(near, 3)}",
            edit=SetKey("waivers", finding.id, ("on",), near),
            needs_agreement=by,
        )
    needed = bool(finding.data.get("needed"))
    yield Fix(
        title=f"remove waiver {finding.id}",
        edit=RemoveTable("waivers", finding.id),
        needs_agreement=by,
        choice=GIVEN_UP if near or needed else None,
    )
    if needed:
        until = context.as_of + timedelta(weeks=4)
        yield Fix(
            title=f"extend waiver {finding.id} to {context.day(until)} (4 weeks)",
            edit=SetKey("waivers", finding.id, ("until",), until),
            needs_agreement=by,
        )
