"""VIEW: how the two sides see the same work.

Where work touches a system of the other side, that side has a view of it; and where both have
scored it, the scores say how much they agree on what it is worth.
"""

from __future__ import annotations

from collections.abc import Iterator

from planner.conflicts.context import Context, briefly, by_count
from planner.conflicts.findings import Finding, Next
from planner.conflicts.rule import Limits, RollUp, Rule, Topic
from planner.roadmap.entities import Initiative
from planner.roadmap.figures import count, listed
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
    changed = [one for one in systems if one in initiative.changes]
    verb = "changes" if len(changed) == len(systems) else "touches" if changed else "uses"
    teams = briefly(map(context.roadmap.party_title, owners), 20)
    return Finding(
        on=(initiative.id,),
        key=("changes",) if changed else ("uses",),
        through=tuple(systems),
        root=(initiative.id,),
        size=by_count(len(owners), "review", "missing"),
        message=f"{initiative.id} {verb} {briefly(systems, 20)} without a review by {teams}",
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
    said = listed(
        f"{initiative.value[side]} by {context.roadmap.side_title(side)}" for side in BOTH
    )
    return Finding(
        on=(initiative.id,),
        key=("value",),
        root=(initiative.id,),
        size=by_count(
            abs(initiative.value["marketing"] - initiative.value["it"]), "point", "apart"
        ),
        message=f"{initiative.id} is scored {said}",
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
        summary="an initiative on the other side's system that its owner has not reviewed",
        fires_when="an open initiative that starts within the horizon `changes` or `uses` a system "
        "owned by a team of another side, and that team is not in its `reviews`",
        not_when="that team does some of the work itself, or agreed to a handover; joint "
        "initiatives",
        why_marketing="the team that runs the system knows what the brief does not say",
        why_it="a change that arrives without notice is handled as an incident",
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
                f"{number} of {count(total, 'initiative')} lack a system owner's review"
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
        summary="an initiative that the two sides score differently",
        fires_when="the scores (`value`) of marketing and IT differ by `score_gap` or more",
        why_marketing="what is important here may be the first to move there",
        why_it="a foundation that only one side values is the first to be dropped",
        example="[initiatives.api]\nvalue = { marketing = 1, it = 5 }",
        fix_kinds=("discuss it, then set both scores",),
        thresholds={"score_gap": 2},
        topic=Topic(
            "scores",
            "an initiative has the scores (`value`) of both sides",
            lambda context: bool(context.having("value")),
        ),
        roll_up=RollUp(
            lambda context, _limits: len(_scored(context)),
            lambda number, total: (
                f"Marketing:IT scores differ on {number} of {count(total, 'initiative')}"
            ),
            named=lambda one: f"{one.id} {':'.join(str(one.data[side]) for side in BOTH)}",
        ),
        find=scores_disagree,
        by_hand="a score is somebody's view: the two sides talk, and write what they then think",
    ),
)
