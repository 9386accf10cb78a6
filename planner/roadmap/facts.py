"""What counts as a fact on a day: nothing that is dated after it.

An actual date, a yes, an acceptance, a decision or a review that is dated in the future is a slip
of the pen, or a plan. It is reported (DATE05), and counts as absent for everything else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from planner.roadmap.entities import Agreement, Decision, Initiative, Roadmap, System
from planner.roadmap.quantities import Need

ACTUALS = ("actual_start", "actual_finish")
ANSWERS = ("agreed", "accepted")
"""What the two sides of a handover have said, by the key of the link."""


Facts = Mapping[tuple[str, ...], date | None]


class Fact(Struct, frozen=True):
    """A dated fact of a table: the keys that lead to it (of a link: ``needs``, its supplier, its
    key), and its day.
    """

    kind: str
    id: str
    key: tuple[str, ...]
    day: date


def known_by(roadmap: Roadmap, day: date) -> Roadmap:
    """The roadmap without the facts that are dated after a day; itself where there are none."""
    initiatives = _known(roadmap.initiatives, day, _initiative)
    agreements = _known(roadmap.agreements, day, _agreement)
    decisions = _known(roadmap.decisions, day, _decision)
    systems = _known(roadmap.systems, day, _system)
    if not (initiatives or agreements or decisions or systems):
        return roadmap
    return replace(
        roadmap,
        initiatives={**roadmap.initiatives, **initiatives},
        agreements={**roadmap.agreements, **agreements},
        decisions={**roadmap.decisions, **decisions},
        systems={**roadmap.systems, **systems},
    )


def dated_after(roadmap: Roadmap, day: date) -> Iterator[Fact]:
    """The facts that are dated after a day, in file order."""
    for one in roadmap.initiatives.values():
        if _initiative(one, day) is not one:
            yield from _after("initiatives", one.id, _facts(one), day)
    for agreement in roadmap.agreements.values():
        agreed: Facts = {("agreed", side): at for side, at in agreement.agreed.items()}
        yield from _after("agreements", agreement.id, agreed, day)
    for decision in roadmap.decisions.values():
        yield from _after("decisions", decision.id, {("decided",): decision.decided}, day)
    for system in roadmap.systems.values():
        seen: Facts = {("reviews", party): at for party, at in system.reviews.items()}
        yield from _after("systems", system.id, seen, day)


def _facts(one: Initiative) -> Facts:
    facts: dict[tuple[str, ...], date | None] = {(key,): getattr(one, key) for key in ACTUALS}
    facts |= {("reviews", party): at for party, at in one.reviews.items()}
    return facts | {("needs", n.on, key): getattr(n, key) for n in one.needs for key in ANSWERS}


def _after(kind: str, id: str, facts: Facts, day: date) -> Iterator[Fact]:
    return (Fact(kind, id, key, at) for key, at in facts.items() if at is not None and at > day)


def _known(
    table: Mapping[str, Any], day: date, known: Callable[[Any, date], Any]
) -> dict[str, Any]:
    """Those of a table that are something else without their facts of later days."""
    return {id: less for id, one in table.items() if (less := known(one, day)) is not one}


def _initiative(one: Initiative, day: date) -> Initiative:
    dated = [one.actual_start, one.actual_finish, *one.reviews.values()]
    for need in one.needs:
        dated += (need.agreed, need.accepted)
    if all(at is None or at <= day for at in dated):
        return one
    return replace(
        one,
        actual_start=_by(one.actual_start, day),
        actual_finish=_by(one.actual_finish, day),
        reviews=_all_by(one.reviews, day),
        needs=tuple(_need(need, day) for need in one.needs),
    )


def _need(need: Need, day: date) -> Need:
    return replace(need, agreed=_by(need.agreed, day), accepted=_by(need.accepted, day))


def _agreement(one: Agreement, day: date) -> Agreement:
    agreed = _all_by(one.agreed, day)
    return one if len(agreed) == len(one.agreed) else replace(one, agreed=agreed)


def _decision(one: Decision, day: date) -> Decision:
    return replace(one, decided=None) if one.decided and one.decided > day else one


def _system(one: System, day: date) -> System:
    reviews = _all_by(one.reviews, day)
    return one if len(reviews) == len(one.reviews) else replace(one, reviews=reviews)


def _by(at: date | None, day: date) -> date | None:
    return at if at is not None and at <= day else None


def _all_by(dates: Mapping[str, date], day: date) -> dict[str, date]:
    return {name: at for name, at in dates.items() if at <= day}
