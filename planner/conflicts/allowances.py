"""Allowances: what working agreements of both sides let a team use."""

from __future__ import annotations

from collections.abc import Iterable

from planner.conflicts.context import Context
from planner.conflicts.costs import cost
from planner.roadmap.entities import Agreement, Initiative, System
from planner.roadmap.ids import as_one_word
from planner.roadmap.sides import BOTH

LEVELS = ("public", "internal", "confidential", "personal", "special")
"""Classifications from open to closed."""


class Allowed:
    """What agreements of both sides allow: for a capability and a team or person the agreements
    that let it use such systems.
    """

    def __init__(self, context: Context, agreements: Iterable[Agreement]) -> None:
        self._context = context
        self._by: dict[tuple[str, str], list[Agreement]] = {}
        self._held: dict[str, int] = {}
        for one in agreements:
            if all(side in one.agreed for side in BOTH):
                for capability in dict.fromkeys(map(as_one_word, one.capabilities)):
                    for party in dict.fromkeys((*one.accountable, *one.responsible)):
                        self._by.setdefault((capability, party), []).append(one)

    def covers(self, system: System, initiative: Initiative) -> bool:
        """Whether both sides agreed that its team may use such a system, with the data it holds
        and for the money it costs.
        """
        parties = (self._context.team(initiative.id), initiative.accountable)
        return any(
            level(one.access) >= self._holds(system) and self._within(one, initiative)
            for capability in system.capabilities
            for party in parties
            if party is not None
            for one in self._by.get((as_one_word(capability), party), ())
        )

    def _within(self, agreement: Agreement, initiative: Initiative) -> bool:
        """Whether the work costs no more than may be committed without asking."""
        if agreement.limit is None:
            return True
        return cost(initiative) <= agreement.limit

    def _holds(self, system: System) -> int:
        """How closed the data is that a system holds; −1 without any."""
        if system.id not in self._held:
            classes = map(self._context.classification, system.data)
            self._held[system.id] = max(map(level, classes), default=-1)
        return self._held[system.id]


def level(classification: str | None) -> int:
    """How closed a classification is: public is 0; −1 where none is written."""
    return LEVELS.index(classification) if classification in LEVELS else -1
