"""VIEW: the reviews that are missing, recorded as given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planner.conflicts.fix import Ask, Fix
from planner.conflicts.trial import together
from planner.roadmap.figures import listed
from planner.text.edits import SetKey


def perspective(ask: Ask) -> Iterator[Fix]:
    """The review of those who own the systems, recorded as given today."""
    yield reviewed(ask, ask.finding.data["teams"])


def reviewed(ask: Ask, parties: list[str], day: date | None = None, again: str = "") -> Fix:
    """The reviews of these parties, recorded as given on a day, else at the status date."""
    id, given = ask.finding.id, day or ask.context.as_of
    edits = [SetKey("initiatives", id, ("reviews", one), given) for one in parties]
    names = listed(map(ask.context.roadmap.party_title, parties))
    title = f"record that {names} {'has' if len(parties) == 1 else 'have'} reviewed {id}"
    title += again
    return Fix(title=title, edit=together(edits, title), needs_agreement=tuple(parties))
