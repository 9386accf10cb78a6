"""What sides, teams and people are called wherever a person reads of them: by title, not by id.

`it` in a sentence reads as the pronoun, and `crm` as a system; an id is for typing. What these
functions return is safe to show.
"""

from __future__ import annotations

from planner.plan.model import Plan
from planner.roadmap.figures import listed
from planner.roadmap.sides import STANDARD, belongs_to
from planner.text.visible import visible

SHORTEST = 3
"""Letters of a word at least, with which a shortened title may end."""


def side_name(plan: Plan, side: str) -> str:
    """What a side is called."""
    return visible(plan.roadmap.side_title(side))


def party_name(plan: Plan, party: str) -> str:
    """A team's title or a person's name, else the id."""
    return visible(plan.roadmap.party_title(party))


def side_of_party(plan: Plan, party: str) -> str | None:
    """The side of a team, or of a person's team."""
    person = plan.roadmap.people.get(party)
    team = plan.roadmap.teams.get((person.team or "") if person is not None else party)
    return team.portfolio if team is not None else None


def party_of_side(plan: Plan, party: str, side: str | None = None) -> str:
    """``Identity and access (IT)``; `side` is where the file puts somebody in no team."""
    side = side_of_party(plan, party) or side
    name = party_name(plan, party)
    return f"{name} ({side_name(plan, side)})" if side else name


def of_side(plan: Plan, party: str, side: str | None = None) -> tuple[str, str | None]:
    """``IT · Identity and access``, and the side: a party in a list that is by side."""
    side, name = side_of_party(plan, party) or side, party_name(plan, party)
    return (f"{side_name(plan, side)} · {name}" if side else name), side


def short_party(plan: Plan, party: str) -> str:
    """``Identity``: the first words of a team's title, as many as tell it from all other teams and
    from the sides.
    """
    name = party_name(plan, party)
    words = name.split()
    if party not in plan.roadmap.teams:
        return name
    names = [party_name(plan, id) for id in plan.roadmap.teams if id != party]
    sides = [side_name(plan, side) for side in (*STANDARD, *plan.roadmap.portfolios)]
    others = [f"{other} " for other in (*names, *sides)]
    for number, word in enumerate(words[:-1], 1):
        start = " ".join(words[:number])
        ends = word[0].isupper() and len(word) >= SHORTEST
        if ends and not any(other.startswith(f"{start} ") for other in others):
            return start
    return name


def sides_acting(plan: Plan, side: str) -> str:
    """Who acts where nobody of a side is named; of joint work each side does."""
    return listed(side_name(plan, each) for each in belongs_to(side))


def names(plan: Plan, ids: tuple[str, ...]) -> str:
    """``IT, Identity and access``: sides and parties by what they are called, each once."""
    sides = {*plan.roadmap.portfolios, *STANDARD}
    return ", ".join(
        dict.fromkeys(side_name(plan, id) if id in sides else party_name(plan, id) for id in ids)
    )
