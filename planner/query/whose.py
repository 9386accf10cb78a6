"""Whose work is meant by one word: a side's, a team's, a person's, or what an initiative waits for.

A side, a team or a person is named by id or by title; a team stands for its people too.
"""

from __future__ import annotations

from planner.errors import UsageError
from planner.plan.model import Plan
from planner.query.party import parties_called
from planner.roadmap.ids import nearest
from planner.roadmap.sides import STANDARD
from planner.text.phrases import did_you_mean, typed


def work_for(plan: Plan, word: str) -> frozenset[str]:
    """The initiatives that are meant by a word. Raises UsageError with the nearest one."""
    roadmap = plan.roadmap
    if word in roadmap.initiatives:
        return frozenset(plan.network.ancestors(word) | {word})
    for party in parties_called(plan, word)[:1]:
        return _of_side(plan, party.id) if party.kind == "side" else _of_party(plan, party.id)
    known = (*STANDARD, *roadmap.portfolios, *roadmap.teams, *roadmap.people, *roadmap.initiatives)
    hint = did_you_mean(nearest(word, known, loose=True), "name a side, a team, a person or an id")
    raise UsageError(f"there is no side, team, person or initiative {typed(word)}", hint=hint)


def _of_side(plan: Plan, side: str) -> frozenset[str]:
    return frozenset(id for id, each in plan.context.sides.items() if each == side)


def _of_party(plan: Plan, party: str) -> frozenset[str]:
    """What a team, with its people, or a person owns or is responsible for."""
    who = {party, *plan.context.members.get(party, ())}
    return frozenset(
        one.id
        for one in plan.roadmap.initiatives.values()
        if not who.isdisjoint(one.owner) or not who.isdisjoint(one.responsible)
    )
