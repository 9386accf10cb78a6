"""VIEW: how the two sides see the same work.

Where work touches a system of the other side, that side has a view of it; and where both have
scored it, the scores say how much they agree on what it is worth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache

from planner.conflicts.allowances import of_both
from planner.conflicts.context import Context, briefly, by_count, naming
from planner.conflicts.findings import Finding, Next
from planner.conflicts.providers import users_of
from planner.conflicts.rule import Limits, RollUp, Rule, Topic, where_others_do
from planner.roadmap.entities import Initiative
from planner.roadmap.figures import count, listed
from planner.roadmap.sides import BOTH, JOINT, crosses

TOUCHES = ("changes", "uses", "introduces")
"""The keys of the systems whose owners have a view of the work."""

# --- VIEW01 ---------------------------------------------------------------------------------------


def perspective_missing(context: Context, limits: Limits) -> Iterator[Finding]:
    """Work that starts soon on another side's systems, without a review of those who own them."""
    agreed = _agreed_on(context)
    for initiative in _reviewable(context):
        if not context.starts_within(initiative.id, limits["horizon"]):
            continue
        owners = _not_heard(context, initiative, agreed)
        if owners:
            yield _unheard(context, initiative, owners)


def _reviewable(context: Context) -> list[Initiative]:
    """Open work that touches systems, and is no review itself."""
    touching = context.open_having(*TOUCHES)
    return [one for one in touching if one.effective_kind != "review"]


def touched(initiative: Initiative) -> tuple[str, ...]:
    """The systems that it changes, uses or introduces, each once."""
    return tuple(dict.fromkeys(one for key in TOUCHES for one in getattr(initiative, key)))


def _not_heard(context: Context, initiative: Initiative, agreed: Agreed) -> dict[str, list[str]]:
    """The teams of another side whose systems it touches and that gave no review: team → systems.

    A team that does some of the work itself (`responsible`, `staff`) knows of it; and it need not
    be asked about what a working agreement allows, but for a system that is not live yet.
    """
    given = {context.team_of_party(one) for one in initiative.reviews}
    given.update(context.team_of_party(one) for one in initiative.responsible)
    given.update(initiative.staff)
    doing = {context.team_of_party(one) for one in (*initiative.owner, *initiative.responsible)}
    found: dict[str, list[str]] = {}
    for system in touched(initiative):
        known = context.roadmap.systems.get(system)
        team = context.team_of_party(known.owner) if known is not None else None
        if team and team not in given and _elsewhere(context, initiative.id, system):
            allowed = any(agreed(system, one) for one in doing)
            if system in initiative.introduces or not allowed:
                found.setdefault(team, []).append(system)
    return found


Agreed = Callable[[str, str | None], bool]
"""Whether both sides agreed what a team does with a system."""


def _agreed_on(context: Context) -> Agreed:
    agreed = of_both(context)
    return cache(lambda system, team: bool(agreed.naming(("system", system), ("team", team))))


def _elsewhere(context: Context, id: str, system: str) -> bool:
    return crosses(context.ends[id], context.system_side(system))


def _unheard(context: Context, initiative: Initiative, owners: dict[str, list[str]]) -> Finding:
    systems = [system for found in owners.values() for system in found]
    keys = list(dict.fromkeys(naming(initiative, one, TOUCHES) for one in systems))
    verb = keys[0] if len(keys) == 1 else "touches"
    teams = briefly(map(context.roadmap.party_title, owners), 20)
    return Finding(
        on=(initiative.id,),
        key=(keys[0],),
        through=tuple(systems),
        root=(initiative.id,),
        size=by_count(len(owners), "review", "missing"),
        message=f"{initiative.id} {verb} {briefly(systems, 20)} without a review by {teams}",
        who=context.owner(initiative.id),
        data={"teams": list(owners), "systems": systems},
    )


def _touching(context: Context, limits: Limits) -> int:
    return sum(
        context.starts_within(one.id, limits["horizon"]) and _touches_theirs(context, one)
        for one in _reviewable(context)
    )


def _touches_theirs(context: Context, initiative: Initiative) -> bool:
    return any(_elsewhere(context, initiative.id, system) for system in touched(initiative))


def _reviewed(context: Context) -> tuple[int, int]:
    """How many initiatives have reviews, and how many touch systems of another side."""
    theirs = sum(_touches_theirs(context, one) for one in _reviewable(context))
    return len(context.having("reviews")), theirs


# --- VIEW03 ---------------------------------------------------------------------------------------


def review_too_late(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Reviews that finish when the work that they look at is nearly done, or after it."""
    reviews = [one for one in context.open_having("uses") if one.effective_kind == "review"]
    brought = users_of(context, ("introduces",)) if reviews else {}
    for review in reviews:
        dates = context.dates(review.id)
        if dates is None:
            continue
        looked_at = _looked_at(context, review, brought)
        late = [one for one in looked_at if _too_late(context, one, dates.finish)]
        if late:
            yield _late_review(context, review, dates.finish, late)


def _looked_at(
    context: Context, review: Initiative, brought: Mapping[str, list[Initiative]]
) -> list[str]:
    """What a review looks at: of the work linked to it, what touches its systems; that after it
    where there is any, else that before it. Without such a link it is what brings its systems.
    """
    systems = set(review.uses)

    def shares(id: str) -> bool:
        one = context.roadmap.initiatives[id]
        touches = not systems.isdisjoint(touched(one))
        return touches and one.status != "dropped" and one.effective_kind != "review"

    network = context.network
    node = network.index[review.id]
    after = (network.ids[other] for other in network.successors[node])
    before = (network.ids[other] for other in network.predecessors[node])
    bringing = (one.id for id in review.uses for one in brought.get(id, ()))
    linked = dict.fromkeys(filter(shares, after)) or dict.fromkeys(filter(shares, before))
    return list(linked or dict.fromkeys(bringing))


def _too_late(context: Context, id: str, reviewed: date) -> bool:
    """Whether a review finishes on or after the day on which the last quarter of work begins."""
    dates = context.dates(id)
    if dates is None:
        return False
    if dates.finished:
        return dates.finish <= reviewed
    calendar = context.calendars.for_initiative(context.roadmap.initiatives[id])
    return reviewed > calendar.add(dates.start, 3 * dates.duration // 4 - 1)


def _late_review(context: Context, review: Initiative, finish: date, late: list[str]) -> Finding:
    dates = context.dates(late[0])
    assert dates is not None
    work = f"{briefly(late, 20)} (ends {context.day(dates.finish)})"
    return Finding(
        on=(review.id, *late),
        key=("needs",),
        through=review.uses,
        root=(review.id,),
        size=by_count(len(late), "initiative", "reviewed too late"),
        message=f"{review.id} ends {context.day(finish)}, too late for {work}",
        who=context.owner(review.id),
        data={"work": late, "finish": finish.isoformat()},
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
        fires_when="an open initiative that starts within the horizon `changes`, `uses` or "
        "`introduces` a system owned by a team of another side, and that team is not in its "
        "`reviews`",
        not_when="that team does some of the work itself; joint initiatives, reviews; both sides "
        "agreed on an agreement that names the system and the initiative's team, and it is no new "
        "system",
        why_marketing="the team that runs the system knows what the brief does not say",
        why_it="a change that arrives without notice is handled as an incident",
        example='[teams.web]\nportfolio = "marketing"\n[teams.eng]\nportfolio = "it"\n'
        '[systems.cms]\nowner = "eng"\n[initiatives.site]\nowner = "web"\nchanges = ["cms"]\n'
        "reviews = { web = 2027-02-01 }",
        fix_kinds=("record the review",),
        thresholds={"horizon": 65},
        topic=where_others_do(
            "reviews",
            "three initiatives, or a third of those on the other side's systems, have `reviews`",
            _reviewed,
        ),
        roll_up=RollUp(
            _touching,
            lambda number, total: f"{number} of {count(total, 'initiative')} lack owner reviews",
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
    Rule(
        code="VIEW03",
        name="review-too-late",
        severity="warning",
        family="views",
        summary="a review that comes when its initiative is nearly done",
        fires_when="an open initiative of kind `review` finishes after the initiative that it "
        "looks at begins its last quarter; it looks at what shares a system with it and is linked "
        "to it: its successors, or else its predecessors; else at what introduces the system",
        not_when="the initiative it looks at is dropped",
        why_marketing="what the review asks for is found when the launch can't wait",
        why_it="a review after the work is a signature, and changes nothing",
        example='[systems.dwh]\n[initiatives.customer-view]\nestimate = "4w"\nuses = ["dwh"]\n'
        '[initiatives.privacy-check]\nkind = "review"\nestimate = "1w"\nuses = ["dwh"]\n'
        'needs = ["customer-view"]',
        find=review_too_late,
        by_hand="who reviews and who builds have to agree what can still be changed: plan the "
        "review before the initiative, or part of it",
    ),
)
