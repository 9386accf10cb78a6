"""VIEW: the reviews that are missing, recorded as given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from planner.conflicts.fix import Ask, Fix
from planner.conflicts.trial import together
from planner.roadmap.figures import listed
from planner.text.edits import SetKey


def perspective(ask: Ask) -> Iterator[Fix]:
    """The review of those who own the systems, recorded as given today."""
    yield recorded(ask, {ask.finding.id: ask.finding.data["teams"]}, ask.context.as_of)


def recorded(ask: Ask, lacking: Mapping[str, Sequence[str]], day: date, again: str = "") -> Fix:
    """The reviews of these parties of each initiative, recorded as given on a day."""
    parties = list(dict.fromkeys(one for found in lacking.values() for one in found))
    edits = [
        SetKey("initiatives", id, ("reviews", one), day)
        for id, found in lacking.items()
        for one in found
    ]
    names = listed(map(ask.context.roadmap.party_title, parties))
    verb = "has" if len(parties) == 1 else "have"
    title = f"record that {names} {verb} reviewed {listed(ask.finding.on, 3)}{again}"
    return Fix(title=title, edit=together(edits, title), needs_agreement=tuple(parties))
