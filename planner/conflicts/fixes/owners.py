"""OWN: an owner, one accountable, agreements by both sides, and somebody else who does it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from planner.conflicts.agreement import must_agree
from planner.conflicts.context import Context
from planner.conflicts.fix import Ask, Fix
from planner.conflicts.fix_choice import FIRST, THEIRS
from planner.conflicts.fix_dates import best_first, timed
from planner.conflicts.needs import added
from planner.conflicts.trial import together
from planner.roadmap.figures import listed
from planner.roadmap.sides import BOTH
from planner.text.edits import Edit, SetKey

REVIEW_EVERY = timedelta(weeks=26)
"""How long a renewed agreement holds before it is looked at again."""


def one_accountable(ask: Ask) -> Iterator[Fix]:
    """Each of those named as the one, the others responsible."""
    finding, context = ask.finding, ask.context
    parties, key = finding.data["accountable"], finding.data["key"]
    table = context.roadmap.table(finding.kind)[finding.id]
    doing: tuple[str, ...] = table.responsible  # type: ignore[attr-defined]
    for party in parties:
        others = [*doing, *(one for one in parties if one != party and one not in doing)]
        others_named = [one for one in parties if one != party]
        title = f"make {party} accountable and {listed(others_named)} responsible"
        edits = [
            SetKey(finding.kind, finding.id, (key,), party),
            SetKey(finding.kind, finding.id, ("responsible",), others),
        ]
        yield Fix(title=title, edit=together(edits, title), needs_agreement=tuple(parties))


def agreement(ask: Ask) -> Iterator[Fix]:
    """The yes that is missing, and the review that is due, recorded as of today."""
    finding, context = ask.finding, ask.context
    lacking: list[str] = finding.data["lacking"]
    known = context.roadmap.agreements[finding.id]
    due = known.review_by is not None and known.review_by < context.as_of
    sides = list(BOTH) if due else lacking
    names = tuple(context.roadmap.side_title(side) for side in sides)
    agreed = {**known.agreed, **dict.fromkeys(sides, context.as_of)}
    edits: list[Edit] = [SetKey("agreements", known.id, ("agreed",), agreed)]
    agree = "agrees" if len(names) == 1 else "agree"
    title = f"record that {listed(names)} {agree} to agreement {known.id}"
    if due:
        again = context.as_of + REVIEW_EVERY
        edits.append(SetKey("agreements", known.id, ("review_by",), again))
        title = f"{title}, next review by {context.day(again)}"
    yield Fix(title=title, edit=together(edits, title), needs_agreement=names)


def relieve(ask: Ask) -> Iterator[Fix]:
    """One of them left to somebody else of its team, or one put after the one before it."""
    finding, context = ask.finding, ask.context
    person: str = finding.data["person"]
    others: dict[str, list[str]] = finding.data["others"]
    found: list[Fix] = []
    for id in finding.on:
        for stand_in in others[id][:1]:
            title = f"assign {id} to {context.roadmap.party_title(stand_in)}"
            edits = _passed_on(context, id, person, stand_in)
            found += timed(ask, title, edits, id, needs_agreement=(person, stand_in))
    for one, other in pairwise(finding.on):
        title, parties = f"start {other} after {one}", must_agree(context, other)
        link = added(context, other, one)
        found += timed(ask, title, [link], other, needs_agreement=parties, choice=FIRST)
    yield from best_first(ask, found)


def succeed(ask: Ask) -> Iterator[Fix]:
    """What somebody leaves behind passed on to one who could do all of it, else to several."""
    finding, context = ask.finding, ask.context
    person: str = finding.data["person"]
    others: dict[str, list[str]] = finding.data["others"]
    able = dict.fromkeys(one for each in others.values() for one in each)
    whole = [one for one in able if all(one in each for each in others.values())]
    offers = [dict.fromkeys(others, one) for one in whole[:3]]
    if not offers and able:
        offers = [{id: each[0] for id, each in others.items() if each}]
    for offer in offers:
        named = {id: context.roadmap.party_title(one) for id, one in offer.items()}
        title = "; ".join(
            f"assign {listed((id for id in named if named[id] == one), 2)} to {one}"
            for one in dict.fromkeys(named.values())
        )
        edits = [e for id, one in offer.items() for e in _passed_on(context, id, person, one)]
        yield Fix(
            title=title,
            edit=together(edits, title),
            needs_agreement=tuple(dict.fromkeys(offer.values())),
            clears=offer.keys() == others.keys(),
            choice=THEIRS,
        )


def _passed_on(context: Context, id: str, person: str, to: str) -> list[Edit]:
    """One person in the place of another in what both keys of work say, each once."""
    initiative = context.roadmap.initiatives[id]
    edits: list[Edit] = []
    if person == initiative.accountable:
        named = list(dict.fromkeys((to, *initiative.owner[1:])))
        edits.append(SetKey("initiatives", id, ("owner",), named if len(named) > 1 else to))
    if person in initiative.responsible:
        named = [to if one == person else one for one in initiative.responsible]
        edits.append(SetKey("initiatives", id, ("responsible",), list(dict.fromkeys(named))))
    return edits


def owner(ask: Ask) -> Iterator[Fix]:
    """The teams of its side that own what is around it, most of that first; then the others."""
    finding, context = ask.finding, ask.context
    side = context.sides[finding.id]
    network = context.network
    around = [link.pred for link in network.links_into(finding.id)]
    around += [link.succ for link in network.links_out_of(finding.id)]
    number: dict[str, int] = {}
    for id in around:
        team = context.team(id)
        if team and context.sides[id] == side:
            number[team] = number.get(team, 0) + 1
    others = [id for id, team in context.roadmap.teams.items() if team.portfolio == side]
    if not context.roadmap.teams:
        owning = (context.team(one.id) for one in context.open if context.sides[one.id] == side)
        others = list(dict.fromkeys(team for team in owning if team))
    ranked = sorted(number, key=lambda team: (-number[team], team))
    for team in [*ranked, *(one for one in others if one not in number)][:3]:
        yield Fix(
            title=f"assign {finding.id} to {context.roadmap.party_title(team)}",
            edit=SetKey("initiatives", finding.id, ("owner",), team),
            needs_agreement=(team,),
        )
