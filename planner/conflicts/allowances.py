"""Allowances: what working agreements of both sides let a team use."""

from __future__ import annotations

from collections.abc import Iterable

from planner.conflicts.context import Context
from planner.roadmap.entities import Agreement, Initiative, System
from planner.roadmap.sides import BOTH

LEVELS = ("public", "internal", "confidential", "personal", "special")
"""Classifications from open to closed."""


class Allowed:
    """What agreements of both sides allow: for a capability and a team or person the most closed
    data that some agreement lets it use.
    """

    def __init__(self, context: Context, agreements: Iterable[Agreement]) -> None:
        self._context = context
        self._access: dict[tuple[str, str], int] = {}
        self._held: dict[str, int] = {}
        for one in agreements:
            if all(side in one.agreed for side in BOTH):
                for capability in one.capabilities:
                    for party in (*one.accountable, *one.responsible):
                        at = capability, party
                        self._access[at] = max(level(one.access), self._access.get(at, -1))

    def covers(self, system: System, initiative: Initiative) -> bool:
        """Whether both sides agreed that its team may use such a system with the data it holds."""
        parties = {self._context.team(initiative.id), initiative.accountable} - {None}
        most = max(
            (
                self._access.get((capability, party), -2)
                for capability in system.capabilities
                for party in parties
                if party is not None
            ),
            default=-2,
        )
        return most > -2 and most >= self._holds(system)

    def _holds(self, system: System) -> int:
        """How closed the data is that a system holds; −1 without any."""
        if system.id not in self._held:
            classes = map(self._context.classification, system.data)
            self._held[system.id] = max(map(level, classes), default=-1)
        return self._held[system.id]


def level(classification: str | None) -> int:
    """How closed a classification is: public is 0; −1 where none is written."""
    return LEVELS.index(classification) if classification in LEVELS else -1
