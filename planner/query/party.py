"""Whom a name means: a side, a team or a person, as people write it, and what is theirs.

A title or a name means the same as an id, whatever its case and accents, and so does the first
name of a person whom no other shares it with. What two could be meant by means neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from planner.errors import UsageError
from planner.plan.model import Plan
from planner.roadmap.figures import listed
from planner.roadmap.ids import nearest, plain_letters
from planner.roadmap.sides import JOINT, STANDARD, belongs_to
from planner.text.phrases import did_you_mean, typed

Kind = Literal["side", "team", "person"]


class Party(Struct, frozen=True):
    """A side, a team or a person of a plan. `side` is that of a team or person, where known."""

    kind: Kind
    id: str
    side: str | None


def party_named(plan: Plan, text: str) -> Party:
    """The one party that a name means. Raises UsageError with the nearest one, or with those that
    it could mean.
    """
    found = parties_called(plan, text)
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(
            f"{typed(text)} could be {listed((_said(one) for one in found), 4)}",
            hint="write the id",
        )
    known = dict.fromkeys(name for one in _parties(plan) for name in (one.id, _called(plan, one)))
    near = nearest(text, known, loose=True)
    sides = listed(one.id for one in _parties(plan) if one.kind == "side")
    hint = did_you_mean(near, f"the sides are {sides}; or name a team or a person")
    raise UsageError(f"there is no side, team or person {typed(text)}", hint=hint)


def parties_called(plan: Plan, text: str, kinds: tuple[Kind, ...] = ()) -> list[Party]:
    """Whom a name may mean: an id before a title, a whole name before a first name.

    A side comes before a team of its name, and both before a person, where all kinds are asked for.
    """
    wanted = plain_letters(" ".join(text.split()))
    every = [one for one in _parties(plan) if not kinds or one.kind in kinds]
    for spelled in (_id, _title, _first_name):
        found = [one for one in every if wanted and wanted == spelled(plan, one)]
        if found:
            first = found[0].kind
            return [one for one in found if one.kind == first or first == "person"]
    return []


def work_for(plan: Plan, word: str) -> frozenset[str]:
    """The initiatives that a word means: a side's, a team's with its people, a person's, or one
    with all that it waits for. Raises UsageError with the nearest, or those that it could mean.
    """
    roadmap = plan.roadmap
    if word in roadmap.initiatives:
        return frozenset(plan.network.ancestors(word) | {word})
    if not parties_called(plan, word):
        known = (*STANDARD, *roadmap.portfolios, *roadmap.teams, *roadmap.people)
        near = nearest(word, (*known, *roadmap.initiatives), loose=True)
        hint = did_you_mean(near, "name a side, a team, a person or an id")
        raise UsageError(f"there is no side, team, person or initiative {typed(word)}", hint=hint)
    return _work_of(plan, party_named(plan, word))


def _work_of(plan: Plan, party: Party) -> frozenset[str]:
    """What a side has, or what a team, with its people, or a person owns or is responsible for."""
    if party.kind == "side":
        return frozenset(id for id, side in plan.context.sides.items() if side == party.id)
    who = {party.id, *plan.context.members.get(party.id, ())}
    return frozenset(
        one.id
        for one in plan.roadmap.initiatives.values()
        if not who.isdisjoint(one.owner) or not who.isdisjoint(one.responsible)
    )


def concerns(plan: Plan, party: Party, side: str | None, team: str | None) -> bool:
    """Whether it is for a party where a side, and of it a team or a person, is named: what is for a
    side alone is also for whoever leads it, and what is for a team for its lead.
    """
    if party.kind == "side":
        return party.id == side or party.id in belongs_to(side)
    if party.kind == "team":
        return team is not None and plan.context.team_of_party(team) == party.id
    if team is not None and team in plan.roadmap.teams:
        return plan.roadmap.teams[team].lead == party.id
    led = plan.roadmap.portfolios.get(side or "")
    return team == party.id or (team is None and led is not None and led.lead == party.id)


def _parties(plan: Plan) -> Iterator[Party]:
    roadmap = plan.roadmap
    used = (side for side in plan.context.ends.values() if side is not None)
    for side in dict.fromkeys((*STANDARD[:2], *roadmap.portfolios, *used, JOINT)):
        yield Party("side", side, side)
    for id in _teams(plan):
        yield Party("team", id, plan.context.party(id).side)
    for id in roadmap.people:
        yield Party("person", id, plan.context.party(id).side)


def _teams(plan: Plan) -> dict[str, None]:
    """The teams with a table, then those that only own work."""
    roadmap = plan.roadmap
    owners = (party for one in roadmap.initiatives.values() for party in one.owner)
    found = dict.fromkeys((*roadmap.teams, *owners))
    return {id: None for id in found if id not in roadmap.people}


def _called(plan: Plan, one: Party) -> str:
    roadmap = plan.roadmap
    return roadmap.side_title(one.id) if one.kind == "side" else roadmap.party_title(one.id)


def _id(_plan: Plan, one: Party) -> str:
    return plain_letters(one.id)


def _title(plan: Plan, one: Party) -> str:
    return plain_letters(_called(plan, one))


def _first_name(plan: Plan, one: Party) -> str:
    person = plan.roadmap.people.get(one.id) if one.kind == "person" else None
    words = plain_letters(person.label).split() if person is not None else []
    return words[0] if words else ""


def _said(one: Party) -> str:
    return f"the {one.kind} {one.id}"
