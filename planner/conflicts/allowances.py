"""Allowances: what working agreements of both sides let a team use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from math import inf

from planner.conflicts.context import Context
from planner.conflicts.costs import cost
from planner.roadmap.entities import Agreement, Initiative, System
from planner.roadmap.ids import as_one_word

LEVELS = ("public", "internal", "confidential", "personal", "special")
"""Classifications from open to closed."""


Name = tuple[str, str | None]
"""What an agreement names, and under which heading: ``("data", "profiles")``."""


class Agreements:
    """Working agreements by what they name. Those that name two things are found among the fewer
    of the two, since one may name all there is, and all may name one.
    """

    def __init__(self, context: Context, agreements: Iterable[Agreement]) -> None:
        self._context = context
        self._by: dict[Name, dict[str, Agreement]] = {}
        for one in agreements:
            for name in self._names(one):
                self._by.setdefault(name, {})[one.id] = one

    def _names(self, agreement: Agreement) -> Iterator[Name]:
        doing = (*agreement.accountable, *agreement.responsible)
        team_of = self._context.team_of_party
        yield from (("data", one) for one in agreement.data)
        yield from (("system", one) for one in agreement.systems or (None,))
        yield from (("capability", as_one_word(one)) for one in agreement.capabilities)
        yield from (("doing", one) for one in doing)
        yield from (("team doing", team_of(one)) for one in doing)
        yield from (("team", team_of(one)) for one in agreement.parties)

    def naming(self, one: Name, other: Name | None = None) -> list[Agreement]:
        """The agreements that name both, in file order; `("system", None)` is any system."""
        found = self._by.get(one, {})
        if other is None:
            return list(found.values())
        fewer, more = sorted((found, self._by.get(other, {})), key=len)
        return [fewer[id] for id in fewer if id in more]


def of_both(context: Context) -> Agreements:
    """The agreements that both sides agreed."""
    return Agreements(context, (one for one in context.roadmap.agreements.values() if one.of_both))


class Allowed:
    """What agreements of both sides allow: up to which cost a team or person may use systems with a
    capability that hold data of a level.
    """

    def __init__(self, context: Context, agreements: Iterable[Agreement]) -> None:
        self._context = context
        agreed = [one for one in agreements if one.of_both]
        self._none = not agreed
        self._agreements = Agreements(context, agreed)
        self._limit = cache(self._limit_of)
        self._held: dict[str, int] = {}

    def _limit_of(self, capability: str, party: str, held: int) -> float:
        """The cost up to which it may be used; below 0 where it may not."""
        both = self._agreements.naming(("capability", capability), ("doing", party))
        found = (one.limit for one in both if level(one.access) >= held)
        return max((inf if limit is None else limit for limit in found), default=-1)

    def covers(self, system: System, initiative: Initiative) -> bool:
        """Whether both sides agreed that its team may use such a system, with the data it holds
        and for the money it costs.
        """
        if self._none:
            return False
        parties = {self._context.team(initiative.id), initiative.accountable} - {None}
        held = self._holds(system)
        limits = (
            self._limit(as_one_word(capability), party, held)
            for capability in system.capabilities
            for party in parties
            if party is not None
        )
        return any(cost(initiative) <= limit for limit in limits)

    def _holds(self, system: System) -> int:
        """How closed the data is that a system holds; −1 without any."""
        if system.id not in self._held:
            classes = map(self._context.classification, system.data)
            self._held[system.id] = max(map(level, classes), default=-1)
        return self._held[system.id]


def access_of_teams(context: Context) -> Callable[[str, str | None], int]:
    """How closed some data may be for a team to use it, by what both sides agreed on the two."""
    agreed = of_both(context)

    @cache
    def access(data: str, team: str | None) -> int:
        both = agreed.naming(("data", data), ("team doing", team))
        return max((level(one.access) for one in both), default=-1)

    return access


def level(classification: str | None) -> int:
    """How closed a classification is: public is 0; −1 where none is written."""
    return LEVELS.index(classification) if classification in LEVELS else -1
