"""OUT03 and TERM: one word and one meaning for both sides."""

from __future__ import annotations

from collections.abc import Iterator

from planner.conflicts.fix import Ask, Fix
from planner.roadmap.ids import nearest
from planner.roadmap.sides import BOTH
from planner.text.edits import SetKey


def term(ask: Ask) -> Iterator[Fix]:
    """The nearest term that the glossary has; a new meaning only a person can write."""
    id, kpi = ask.finding.id, ask.finding.data["kpi"]
    known = {term.casefold(): term for term in ask.context.roadmap.glossary}
    near = nearest(kpi.casefold(), sorted(known), loose=True)
    if near:
        owner = ask.context.roadmap.outcomes[id].owner
        yield Fix(
            title=f"set the KPI of {id} to “{known[near]}”",
            edit=SetKey("outcomes", id, ("kpi",), known[near]),
            needs_agreement=(owner,) if owner else (),
        )


def meaning(ask: Ask) -> Iterator[Fix]:
    """One of the two meanings for both."""
    context, word = ask.context, ask.finding.data["term"]
    for side in BOTH:
        said = ask.finding.data[side]
        yield Fix(
            title=f"agree on {context.roadmap.side_title(side)}'s meaning: “{said}”",
            edit=SetKey("glossary", "", (word, "agreed"), said),
            needs_agreement=tuple(context.roadmap.side_title(one) for one in BOTH),
        )
