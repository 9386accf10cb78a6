"""Who speaks to something in a meeting: a person where the file names one, else a team or a side.

For a team speaks who leads it, for a side who leads that; for joint work without a lead both sides.
"""

from __future__ import annotations

from planner.conflicts.findings import Next
from planner.plan.model import Plan
from planner.roadmap.entities import Meeting
from planner.roadmap.output_agenda import SpeakerRow
from planner.roadmap.sides import belongs_to


class Speakers:
    """Who speaks for a side, a team or a person, and whether they come to a meeting."""

    def __init__(self, plan: Plan, meeting: Meeting | None) -> None:
        self._plan = plan
        self._coming = frozenset(meeting.attends) if meeting is not None else frozenset()

    def of(self, side: str | None, party: str | None = None) -> tuple[SpeakerRow, ...]:
        """Who speaks where a side, and of it a team or a person, is named: the person, the lead of
        the team, the lead of the side. Of joint work without a lead both sides do.
        """
        if party is not None:
            return (self._party(party, side),)
        lead = self._lead_of_side(side)
        if lead is not None:
            return (self._party(lead, side),)
        return tuple(self._side(each) for each in belongs_to(side))

    def owner(self, id: str) -> tuple[SpeakerRow, ...]:
        """Who speaks for an initiative."""
        who = self._plan.context.owner(id)
        return self.of(who.side, who.team)

    def next(self, who: Next) -> tuple[SpeakerRow, ...]:
        """Who speaks where somebody moves next."""
        return self.of(who.side, who.team)

    def _lead_of_side(self, side: str | None) -> str | None:
        led = self._plan.roadmap.portfolios.get(side or "")
        return led.lead if led is not None else None

    def _party(self, party: str, side: str | None) -> SpeakerRow:
        roadmap, context = self._plan.roadmap, self._plan.context
        team = roadmap.teams.get(party)
        person = party if team is None else team.lead if team.lead in roadmap.people else None
        of = party if team is not None else context.team_of_party(party)
        return SpeakerRow(
            id=person or party,
            name=roadmap.party_title(person or party),
            team=of if of in roadmap.teams else None,
            side=context.party(party).side or side,
            attends=not self._coming.isdisjoint((party, person, of)),
        )

    def _side(self, side: str) -> SpeakerRow:
        title = self._plan.roadmap.side_title(side)
        return SpeakerRow(id=None, name=title, team=None, side=side, attends=False)
