"""VIEW: how the two sides see the same work.

Where work touches a system of the other side, that side has a view of it; and where both have
scored it, the scores say how much they agree on what it is worth.
"""

from __future__ import annotations

from collections.abc import Iterator

from planner.conflicts.context import Context, by_count, count, listed
from planner.conflicts.findings import Finding, Next
from planner.conflicts.rule import Limits, RollUp, Rule, Topic
from planner.roadmap.entities import Initiative
from planner.roadmap.sides import BOTH, JOINT, crosses

# --- VIEW01 ---------------------------------------------------------------------------------------


def perspective_missing(context: Context, limits: Limits) -> Iterator[Finding]:
    """Work that starts soon on another side's systems, without a review of those who own them."""
    for initiative in context.open_having("changes", "uses"):
        if not context.starts_within(initiative.id, limits["horizon"]):
            continue
        owners = unheard(context, initiative)
        if owners:
            yield _unheard(context, initiative, owners)


def unheard(context: Context, initiative: Initiative) -> dict[str, list[str]]:
    """The teams of another side whose systems it touches and that gave no review: team → systems.

    A team that does some of the work itself (`responsible`, `staff`), or agreed to hand something
    over to it, knows of it.
    """
    given = {context.team_of_party(one) for one in initiative.reviews}
    given.update(context.team_of_party(one) for one in initiative.responsible)
    given.update(initiative.staff)
    agreed = [need.on for need in initiative.needs if need.agreed]
    given.update(context.team(on) for on in agreed if on in context.sides)
    found: dict[str, list[str]] = {}
    for system in dict.fromkeys((*initiative.changes, *initiative.uses)):
        known = context.roadmap.systems.get(system)
        team = context.team_of_party(known.owner) if known is not None else None
        if team and team not in given and _elsewhere(context, initiative.id, system):
            found.setdefault(team, []).append(system)
    return found


def _elsewhere(context: Context, id: str, system: str) -> bool:
    return crosses(context.sides[id], context.system_side(system))


def _unheard(context: Context, initiative: Initiative, owners: dict[str, list[str]]) -> Finding:
    systems = [system for found in owners.values() for system in found]
    dates = context.dates(initiative.id)
    assert dates is not None
    when = "has started" if dates.started else f"starts {context.day(dates.start)}"
    changed = [one for one in systems if one in initiative.changes]
    verb = "changes" if len(changed) == len(systems) else "touches" if changed else "uses"
    teams = listed(owners)
    return Finding(
        on=(initiative.id,),
        key=("changes",) if changed else ("uses",),
        through=tuple(systems),
        root=(initiative.id,),
        size=by_count(len(owners), "review", "missing"),
        message=f"{initiative.id} {when} and {verb} {listed(systems)}, which {teams} "
        f"{'owns' if len(owners) == 1 else 'own'}, without a review from there",
        who=context.owner(initiative.id),
        data={"teams": list(owners), "systems": systems},
    )


def _touching(context: Context, limits: Limits) -> int:
    return sum(
        context.starts_within(one.id, limits["horizon"])
        and any(_elsewhere(context, one.id, system) for system in (*one.changes, *one.uses))
        for one in context.open_having("changes", "uses")
    )


# --- VIEW02 ---------------------------------------------------------------------------------------


def scores_disagree(context: Context, limits: Limits) -> Iterator[Finding]:
    """Open work that the two sides value differently."""
    for initiative in context.open_having("value"):
        scores = initiative.value
        if all(side in scores for side in BOTH):
            gap = scores["marketing"] - scores["it"]
            if abs(gap) >= limits["score_gap"]:
                yield _disagree(context, initiative)


def _disagree(context: Context, initiative: Initiative) -> Finding:
    said = listed(f"{context.side_name(side)} {initiative.value[side]}" for side in BOTH)
    return Finding(
        on=(initiative.id,),
        key=("value",),
        root=(initiative.id,),
        size=by_count(
            abs(initiative.value["marketing"] - initiative.value["it"]), "point", "apart"
        ),
        message=f"the sides value {initiative.id} differently: {said} of 5",
        who=Next(JOINT),
        data={side: initiative.value[side] for side in BOTH},
    )


def _scored(context: Context) -> list[Initiative]:
    return [one for one in context.open_having("value") if all(side in one.value for side in BOTH)]


RULES = (
    Rule(
        code="VIEW01",
        name="perspective-missing",
        severity="warning",
        family="views",
        summary="work on the other side's system that its owners have not looked at",
        fires_when="open work that starts within the horizon `changes` or `uses` a system owned by "
        "a team of another side, and that team is not in its `reviews`",
        not_when="that team does some of the work itself, or agreed to hand something over; joint "
        "work",
        why_marketing="those who run the system know what the brief does not say",
        why_it="a change or a load that arrives unannounced is handled as an incident",
        example='[teams.web]\nportfolio = "marketing"\n[teams.eng]\nportfolio = "it"\n'
        '[systems.cms]\nowner = "eng"\n[initiatives.site]\nowner = "web"\nchanges = ["cms"]\n'
        "reviews = { web = 2027-02-01 }",
        fix_kinds=("record the review",),
        thresholds={"horizon": 65},
        topic=Topic(
            "reviews",
            "an initiative has `reviews`",
            lambda context: bool(context.having("reviews")),
        ),
        roll_up=RollUp(
            _touching,
            lambda number, total: (
                f"{number} of {count(total, 'initiative')} that start soon on the other side's "
                "systems have no review from there"
            ),
        ),
        find=perspective_missing,
        fixes="reviews.perspective",
    ),
    Rule(
        code="VIEW02",
        name="scores-disagree",
        severity="info",
        family="views",
        summary="work that the two sides value differently",
        fires_when="marketing's and IT's `value` differ by `score_gap` or more",
        why_marketing="what matters here may be what gives way there",
        why_it="a foundation that only one side sees the point of is the first to be cut",
        example="[initiatives.api]\nvalue = { marketing = 1, it = 5 }",
        fix_kinds=("talk about it, and write what both then think",),
        thresholds={"score_gap": 2},
        topic=Topic(
            "scores",
            "an initiative has the `value` that both sides give it",
            lambda context: bool(context.having("value")),
        ),
        roll_up=RollUp(
            lambda context, _limits: len(_scored(context)),
            lambda number, total: (
                f"the sides value {number} of {count(total, 'initiative')} differently "
                "(marketing:IT)"
            ),
            named=lambda one: f"{one.id} {':'.join(str(one.data[side]) for side in BOTH)}",
        ),
        find=scores_disagree,
        by_hand="a score is somebody's view: the two sides talk, and write what they then think",
    ),
)
