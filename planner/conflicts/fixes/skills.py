"""SKILL: somebody responsible who has the skill."""

from __future__ import annotations

from collections.abc import Iterator

from planner.conflicts.fix import Ask, Fix
from planner.conflicts.fix_dates import timed
from planner.text.edits import SetKey


def skilled(ask: Ask) -> Iterator[Fix]:
    """Somebody responsible who can; none where nobody on file can."""
    finding, context = ask.finding, ask.context
    doing = context.roadmap.initiatives[finding.id].responsible
    for person in finding.data["people"][:3]:
        named = [*doing, person]
        team = context.team_of_party(person)
        yield from timed(
            ask,
            f"make {person} responsible for {finding.id} too",
            [SetKey("initiatives", finding.id, ("responsible",), named)],
            finding.id,
            needs_agreement=(person, *((team,) if team and team != person else ())),
        )
