"""What a party may do without asking, whom it has to ask, and what it owes and awaits.

What both sides agreed allows: those who are accountable or responsible in an agreement of both may
use what it covers, up to its `access` and its `limit`. What the open work of a party touches beyond
that is for its owner or steward to view first. An agreement that a side has not agreed allows
nothing. A party is a side, a team or a person.
"""

from __future__ import annotations

from collections.abc import Iterator

from planner.analysis.owes import is_owed
from planner.analysis.raci import Handover, agreements_on, handovers_of
from planner.conflicts.allowances import access_of_teams, level, of_both
from planner.conflicts.personal_data import reviewers
from planner.plan.model import Plan
from planner.query.party import Party
from planner.roadmap.entities import Agreement, Initiative
from planner.roadmap.output_agreements import Allowance, HasToAsk, Mandate
from planner.roadmap.sides import BOTH

TOUCHED = ("changes", "introduces", "retires", "uses")
"""The keys of the systems that work needs the view of their owners for."""


def mandate_of(plan: Plan, party: Party) -> Mandate:
    """What is agreed, asked, owed and awaited by a party."""
    who = parties_of(plan, party)
    work = tuple(one for one in plan.context.open if not who.isdisjoint(_doing(one)))
    handovers = [one for one in handovers_of(plan) if is_owed(plan, one)]
    initiatives = plan.roadmap.initiatives
    return Mandate(
        who=party.id,
        side=party.side,
        allowed=tuple(_allowed(plan, who)),
        asks=tuple(_asks(plan, who, work)),
        owes=tuple(
            (one.supplier, one.successor)
            for one in handovers
            if _owns(party, who, one.supplier_side, initiatives[one.supplier])
        ),
        awaits=tuple(
            (one.supplier, one.successor)
            for one in handovers
            if _owns(party, who, one.successor_side, initiatives[one.successor])
        ),
        decides=tuple(
            one.id
            for one in plan.roadmap.decisions.values()
            if one.decided is None and one.owner in who
        ),
        does=tuple(
            one.id for one in plan.roadmap.actions.values() if one.done is None and one.owner in who
        ),
    )


def parties_of(plan: Plan, party: Party) -> set[str]:
    """The ids that stand for a party: of a side its teams and their people, of a team its people
    too, of a person also the team.
    """
    context, roadmap = plan.context, plan.roadmap
    if party.kind == "person":
        return {party.id, context.team_of_party(party.id) or party.id}
    if party.kind == "team":
        return {party.id, *context.members.get(party.id, ())}
    named = {*roadmap.teams, *roadmap.people}
    return {id for id in named if context.party(id).side == party.id}


def concerns_handover(plan: Plan, party: Party, one: Handover) -> bool:
    """Whether a party is at one of the ends of a handover."""
    who, initiatives = parties_of(plan, party), plan.roadmap.initiatives
    ends = ((one.supplier, one.supplier_side), (one.successor, one.successor_side))
    return any(_owns(party, who, side, initiatives[id]) for id, side in ends)


def _doing(one: Initiative) -> tuple[str, ...]:
    return (*one.owner, *one.responsible)


def _owns(party: Party, who: set[str], side: str, one: Initiative) -> bool:
    """Whether work is a party's; of a person only what that person owns."""
    if party.kind == "side":
        return side == party.id
    return one.accountable == party.id if party.kind == "person" else one.accountable in who


# --- without asking -------------------------------------------------------------------------------


def _allowed(plan: Plan, who: set[str]) -> Iterator[Allowance]:
    for one in plan.roadmap.agreements.values():
        doing = [id for id in (*one.accountable, *one.responsible) if id in who]
        if doing:
            yield Allowance(
                agreement=one.id,
                title=one.label,
                doing=tuple(dict.fromkeys(doing)),
                limit=one.limit,
                access=one.access,
                capabilities=one.capabilities,
                systems=one.systems,
                data=one.data,
                lacking=tuple(side for side in BOTH if side not in one.agreed),
                review_by=one.review_by,
            )


# --- whom it has to ask ---------------------------------------------------------------------------


def _asks(plan: Plan, who: set[str], work: tuple[Initiative, ...]) -> Iterator[HasToAsk]:
    found: dict[tuple[str, str, str], list[str]] = {}
    for one in work:
        for whom, kind, id in (*_data(plan, one), *_systems(plan, one)):
            if whom not in who:
                found.setdefault((whom, kind, id), []).append(one.id)
    for id in sorted(agreements_on(plan, (one.id for one in work))):
        agreement = plan.roadmap.agreements[id]
        if agreement.of_both and who.isdisjoint(_named(agreement)):
            for whom in agreement.accountable[:1]:
                found.setdefault((whom, "agreements", id), [])
    for (whom, kind, id), ids in found.items():
        yield HasToAsk(whom=whom, kind=kind, id=id, work=tuple(dict.fromkeys(ids)))


def _named(agreement: Agreement) -> tuple[str, ...]:
    return (*agreement.accountable, *agreement.responsible)


def _data(plan: Plan, one: Initiative) -> Iterator[tuple[str, str, str]]:
    """Who looks after the data that work uses beyond what is agreed, and has not seen it."""
    context, team = plan.context, plan.context.team(one.id)
    access = access_of_teams(context)
    for id in dict.fromkeys((*one.processes, *one.activates)):
        known = plan.roadmap.data.get(id)
        if known is None or access(id, team) >= level(known.classification):
            continue
        for whom in reviewers(context, (id,)):
            if not _seen(plan, one, whom):
                yield whom, "data", id


def _systems(plan: Plan, one: Initiative) -> Iterator[tuple[str, str, str]]:
    """Whose systems work touches without an agreement on that, and has not heard them."""
    context, team = plan.context, plan.context.team(one.id)
    agreed = of_both(context)
    for id in dict.fromkeys(id for key in TOUCHED for id in getattr(one, key)):
        known = plan.roadmap.systems.get(id)
        if known is None or known.owner is None or _seen(plan, one, known.owner):
            continue
        if not agreed.naming(("system", id), ("team", team)):
            yield known.owner, "systems", id


def _seen(plan: Plan, one: Initiative, party: str) -> bool:
    """Whether a team has given its view of work, or does some of it."""
    team_of = plan.context.team_of_party
    heard = {team_of(each) for each in (*one.reviews, *_doing(one), *one.staff)}
    return team_of(party) in heard
