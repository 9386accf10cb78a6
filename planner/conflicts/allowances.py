"""Allowances: what working agreements of both sides let a team use."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf

from planner.conflicts.context import Context
from planner.conflicts.costs import cost
from planner.roadmap.entities import Agreement, Initiative, System
from planner.roadmap.ids import as_one_word

LEVELS = ("public", "internal", "confidential", "personal", "special")
"""Classifications from open to closed."""


class Allowed:
    """What agreements of both sides allow: up to which cost a team or person may use systems with a
    capability that hold data of a level.
    """

    def __init__(self, context: Context, agreements: Iterable[Agreement]) -> None:
        self._context = context
        self._limit: dict[tuple[str, str, int], float] = {}
        self._held: dict[str, int] = {}
        for one in agreements:
            for capability in map(as_one_word, one.capabilities) if one.of_both else ():
                for party in (*one.accountable, *one.responsible):
                    self._allow(capability, party, one)

    def _allow(self, capability: str, party: str, agreement: Agreement) -> None:
        """What may be used for closed data may be used for data that is more open."""
        limit = inf if agreement.limit is None else agreement.limit
        for held in range(-1, level(agreement.access) + 1):
            key = capability, party, held
            self._limit[key] = max(limit, self._limit.get(key, limit))

    def covers(self, system: System, initiative: Initiative) -> bool:
        """Whether both sides agreed that its team may use such a system, with the data it holds
        and for the money it costs.
        """
        if not self._limit:
            return False
        parties = {self._context.team(initiative.id), initiative.accountable} - {None}
        held = self._holds(system)
        limits = (
            self._limit.get((as_one_word(capability), party, held))
            for capability in system.capabilities
            for party in parties
            if party is not None
        )
        return any(limit is not None and cost(initiative) <= limit for limit in limits)

    def _holds(self, system: System) -> int:
        """How closed the data is that a system holds; −1 without any."""
        if system.id not in self._held:
            classes = map(self._context.classification, system.data)
            self._held[system.id] = max(map(level, classes), default=-1)
        return self._held[system.id]


def access_of_teams(context: Context) -> dict[tuple[str, str | None], int]:
    """How closed the data is that both sides agreed a team may use, by class of data and team."""
    found: dict[tuple[str, str | None], int] = {}
    for one in context.roadmap.agreements.values():
        for party in (*one.accountable, *one.responsible) if one.of_both else ():
            for data in one.data:
                key = data, context.team_of_party(party)
                found[key] = max(level(one.access), found.get(key, -1))
    return found


def level(classification: str | None) -> int:
    """How closed a classification is: public is 0; −1 where none is written."""
    return LEVELS.index(classification) if classification in LEVELS else -1
