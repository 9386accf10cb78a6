"""VIEW: the reviews that are missing, recorded as given."""

from __future__ import annotations

from collections.abc import Iterator

from planner.conflicts.fix import Ask, Fix
from planner.conflicts.trial import together
from planner.roadmap.figures import listed
from planner.text.edits import SetKey


def perspective(ask: Ask) -> Iterator[Fix]:
    """The review of those who own the systems, recorded as given today."""
    id, parties = ask.finding.id, ask.finding.data["teams"]
    edits = [SetKey("initiatives", id, ("reviews", one), ask.context.as_of) for one in parties]
    names = listed(map(ask.context.roadmap.party_title, parties))
    title = f"record that {names} {'has' if len(parties) == 1 else 'have'} reviewed {id}"
    yield Fix(title=title, edit=together(edits, title), needs_agreement=tuple(parties))
