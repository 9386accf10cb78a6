"""DATA: data about people, and the consent it is used with.

Storing data is never a finding here; using it on customers is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from planner.conflicts.allowances import level
from planner.conflicts.context import Context, briefly, by_count
from planner.conflicts.evidence import (
    HISTORY,
    HISTORY_START,
    Change,
    Part,
    review,
    reviewed,
)
from planner.conflicts.findings import Finding
from planner.conflicts.personal_data import consent_systems, reviewers
from planner.conflicts.providers import is_planned, providers_of
from planner.conflicts.rule import Limits, RollUp, Rule, Topic
from planner.roadmap.entities import Agreement, Initiative
from planner.roadmap.figures import count


def consent_missing(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Open work that activates personal data with no consent provider live or before it."""
    activating = _activating(context)
    if not activating or consent_is_live(context):
        return
    providers = consent_providers(context)
    after = context.network.descendants(*providers).union(providers)
    for initiative in activating:
        if initiative.id not in after:
            yield _finding(context, initiative, providers)


def _activating(context: Context) -> list[Initiative]:
    return [one for one in context.open if one.activates and context.is_personal(one.activates)]


def consent_is_live(context: Context) -> bool:
    """Whether a system with that capability is live, or was brought live by finished work."""
    providers = providers_of(context)
    return any(
        context.roadmap.systems[id].status != "retired" and not is_planned(context, id, providers)
        for id in consent_systems(context)
    )


def consent_providers(context: Context) -> list[str]:
    """The initiatives that introduce a system with that capability, dropped ones left out."""
    systems = set(consent_systems(context))
    return [
        one.id
        for one in context.roadmap.initiatives.values()
        if one.status != "dropped" and systems.intersection(one.introduces)
    ]


def _finding(context: Context, initiative: Initiative, providers: list[str]) -> Finding:
    personal = [data for data in initiative.activates if context.is_personal((data,))]
    who = context.owner(initiative.id)
    lacking = ", but no system provides consent"
    if providers:
        lacking = f" before consent ({briefly(providers, 20)})"
    return Finding(
        on=(initiative.id,),
        key=("activates",),
        through=tuple(personal),
        root=(initiative.id,),
        size=by_count(len(personal), "data class", "without consent", plural="data classes"),
        message=f"{initiative.id} uses personal data{lacking}",
        who=who,
        data={"activates": personal, "providers": providers},
    )


# --- DATA02 ---------------------------------------------------------------------------------------


def privacy_review_missing(context: Context, limits: Limits) -> Iterator[Finding]:
    """Work that processes data about people and lacks the view of who looks after that data."""
    for initiative in _processing(context):
        personal = [data for data in initiative.processes if context.is_personal((data,))]
        lacking = [
            one for one in reviewers(context, personal) if not _seen(context, initiative, one)
        ]
        if lacking:
            yield _unseen(context, initiative, personal, lacking, limits["review_days"])


def _processing(context: Context) -> list[Initiative]:
    return [
        one
        for one in context.open_having("processes")
        if context.is_personal(one.processes) and one.kind != "review"
    ]


def _seen(context: Context, initiative: Initiative, party: str) -> bool:
    """Whether a team or one of its people has given its view; its own work needs none."""
    team = context.team_of_party(party)
    given = {context.team_of_party(one) for one in initiative.reviews}
    return team in given or party in initiative.reviews or context.team(initiative.id) == team


def _unseen(
    context: Context, initiative: Initiative, personal: list[str], lacking: list[str], near: int
) -> Finding:
    dates = context.dates(initiative.id)
    soon = dates is not None and context.days(context.as_of, dates.finish) <= near
    day = context.day(dates.finish) if dates is not None else ""
    finishes = f" (finishes {day})" if soon else ""
    by = briefly(map(context.roadmap.party_title, lacking), 20)
    return Finding(
        severity="error" if soon else "warning",
        on=(initiative.id,),
        key=("processes",),
        through=tuple(personal),
        root=(initiative.id,),
        size=by_count(len(lacking), "review", "missing"),
        message=f"{initiative.id} has no review of {briefly(personal, 16)} by {by}{finishes}",
        who=context.owner(initiative.id),
        data={"reviewers": lacking, "data": personal} | ({"finishes": day} if soon else {}),
    )


# --- DATA03 ---------------------------------------------------------------------------------------


def review_outdated(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Open work of which something was changed after somebody looked at it."""
    for initiative in context.open_having("reviews") if context.evidence else ():
        changes = {part: _changed(context, part) for part in reviewed(initiative)}
        since: dict[Part, Change] = {}
        outdated = []
        for party, day in initiative.reviews.items():
            later = _later(context, changes, review(initiative, party), day)
            since |= later
            outdated += [party] if later else []
        if outdated:
            yield _outdated(context, initiative, outdated, since)


def _changed(context: Context, part: Part) -> Change | None:
    return context.last_change(part)


def _later(
    context: Context, changes: Mapping[Part, Change | None], given: Part, day: date
) -> dict[Part, Change]:
    """What was changed after a review, and after it was written down: it saw what came with it."""
    written = _changed(context, given)
    if written is None:
        return {}
    seen = max(day, written.day)
    return {part: each for part, each in changes.items() if each is not None and each.day > seen}


def _outdated(
    context: Context, initiative: Initiative, parties: list[str], since: Mapping[Part, Change]
) -> Finding:
    (_, id, key), change = max(since.items(), key=lambda one: one[1].day)
    by = briefly(map(context.roadmap.party_title, parties), 20)
    return Finding(
        on=(initiative.id,),
        key=("reviews",),
        root=(initiative.id,),
        size=by_count(len(parties), "review", "outdated"),
        message=f"{initiative.id}: {key[0] if key else id} changed {context.day(change.day)}, "
        f"after the review by {by}",
        who=context.owner(initiative.id),
        data={
            "reviewers": parties,
            "changed": [".".join((kind, id, *key)) for kind, id, key in since],
            "by": {".".join((k, i, *path)): each.author for (k, i, path), each in since.items()},
        },
    )


# --- DATA04 ---------------------------------------------------------------------------------------


def access_against_privacy(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Teams that use data above what its agreement allows; one finding for each data class."""
    naming: dict[str, dict[str | None, Agreement]] = {}
    for agreement in context.roadmap.agreements.values():
        if agreement.access is not None:
            for data in agreement.data:
                _name(naming.setdefault(data, {}), agreement)
    above: dict[tuple[str, str], list[str]] = {}
    for initiative in context.open_having("processes", "activates") if naming else ():
        for data in dict.fromkeys((*initiative.processes, *initiative.activates)):
            if data in naming:
                found = _best(context, naming[data], initiative)
                if level(context.classification(data)) > level(found.access):
                    above.setdefault((found.id, data), []).append(initiative.id)
    for (agreement_id, data), ids in above.items():
        yield _above(context, context.roadmap.agreements[agreement_id], data, ids)


def _name(most: dict[str | None, Agreement], agreement: Agreement) -> None:
    """Keep which agreement on some data allows each party most, and all others (None)."""
    for party in (None, *agreement.accountable, *agreement.responsible):
        known = most.get(party)
        if known is None or level(agreement.access) > level(known.access):
            most[party] = agreement


def _best(
    context: Context, most: Mapping[str | None, Agreement], initiative: Initiative
) -> Agreement:
    """Of the agreements on some data the one that allows a team most, its own ones first."""
    parties = dict.fromkeys((context.team(initiative.id), initiative.accountable))
    own = [most[party] for party in parties if party is not None and party in most]
    return max(own, key=lambda one: level(one.access)) if own else most[None]


def _above(context: Context, agreement: Agreement, data: str, ids: list[str]) -> Finding:
    ordered = context.by_start(ids)
    verb = "uses" if len(ordered) == 1 else "use"
    return Finding(
        on=tuple(ordered),
        key=(
            ("activates",)
            if data in context.roadmap.initiatives[ordered[0]].activates
            else ("processes",)
        ),
        through=(agreement.id, data),
        root=(agreement.id, data),
        message=f"{briefly(ordered, 20)} {verb} {context.classification(data)} data, agreed "
        f"access: {agreement.access}",
        who=context.party(next(iter(agreement.accountable), None)),
        data={"agreement": agreement.id, "data": data, "access": agreement.access},
    )


RULES = (
    Rule(
        code="DATA01",
        name="consent-missing",
        severity="error",
        family="data",
        summary="personal data used on customers before consent",
        fires_when="an initiative `activates` data that is `personal` or `special`, and no system "
        "with the capability `consent` is live or introduced by a predecessor",
        not_when="data is only stored or processed",
        why_marketing="a campaign on data that it may not use has to stop",
        why_it="the systems don't know whom they may address",
        example='[data.customer-profile]\nclassification = "personal"\n'
        '[initiatives.audiences]\nactivates = ["customer-profile"]',
        fix_kinds=("put the consent provider before it", "plan one", "leave the data out"),
        topic=Topic(
            "data",
            "an initiative names the data it `activates`",
            lambda context: any(one.activates for one in context.roadmap.initiatives.values()),
        ),
        roll_up=RollUp(
            lambda context, _limits: len(_activating(context)),
            lambda number, total: (
                f"{number} of {count(total, 'initiative')} use data before consent"
            ),
        ),
        find=consent_missing,
        fixes="data.consent",
    ),
    Rule(
        code="DATA02",
        name="privacy-review-missing",
        severity="warning",
        family="data",
        summary="an initiative on personal data that the data's steward has not reviewed",
        fires_when="an initiative `processes` data that is `personal` or `special`, and the data's "
        "steward, or the reviewer in `[checks.reviews_for]`, is not in its `reviews`; an error "
        "within `review_days` working days of its finish",
        not_when="the initiative is the steward's own, or a review",
        why_marketing="a refusal in the last week costs the launch; a question now costs a meeting",
        why_it="the use of data has to be decided before it is built, not after",
        example='[data.profiles]\nclassification = "personal"\nsteward = "privacy"\n'
        '[initiatives.model]\nowner = "data"\nprocesses = ["profiles"]',
        fix_kinds=("record the review",),
        thresholds={"review_days": 20},
        topic=Topic(
            "data",
            "a data class has a `steward`, or `[checks.reviews_for]` names a reviewer",
            lambda context: (
                bool(context.roadmap.checks.reviews_for)
                or any(one.steward for one in context.roadmap.data.values())
            ),
        ),
        roll_up=RollUp(
            lambda context, _limits: len(_processing(context)),
            lambda number, total: f"{number} of {count(total, 'initiative')} lack a privacy review",
            named=lambda one: (
                f"{one.id} ({one.data['finishes']})" if "finishes" in one.data else one.id
            ),
        ),
        find=privacy_review_missing,
        fixes="data.steward",
    ),
    Rule(
        code="DATA03",
        name="review-outdated",
        severity="warning",
        family="data",
        summary="an initiative that changed after its review",
        fires_when="what an open initiative `uses`, `changes`, `introduces`, `processes` or "
        "`activates`, or the table of such a system or data, changed in git after the date of one "
        "of its `reviews`, and after the commit that recorded that review",
        not_when="there is no repository, or a clone without its history; the change was reverted, "
        "is a comment, or is of a title",
        why_marketing="the review was of something else, and this is found out too late",
        why_it="what is built is not what was reviewed",
        example='[systems.cdp]\nstatus = "live"\n[initiatives.audiences]\nuses = ["cdp"]\n'
        "reviews = { privacy = 2027-02-01 }",
        fix_kinds=("record a new review",),
        topic=Topic(
            HISTORY,
            HISTORY_START,
            lambda context: context.evidence is not None and bool(context.having("reviews")),
        ),
        roll_up=RollUp(
            lambda context, _limits: len(context.open_having("reviews")),
            lambda number, total: (
                f"{number} of {count(total, 'reviewed initiative')} changed after the review"
            ),
        ),
        find=review_outdated,
        fixes="data.looked_again",
    ),
    Rule(
        code="DATA04",
        name="access-against-privacy",
        severity="warning",
        family="data",
        summary="data used above the agreed access",
        fires_when="a team's open initiative processes or activates data whose `classification` is "
        "above the `access` of the working agreement that names the data (public < internal < "
        "confidential < personal < special)",
        not_when="no working agreement names the data",
        why_marketing="an audience of data that nobody agreed to may have to be deleted",
        why_it="an agreement that allows less than what happens protects nobody",
        example='[data.hashed]\nclassification = "personal"\n[agreements.ads]\ndata = ["hashed"]\n'
        'access = "confidential"\n[initiatives.audiences]\nactivates = ["hashed"]',
        fix_kinds=("agree on that access", "leave the data out"),
        topic=Topic(
            "working agreements",
            "a working agreement names `data` and the `access` to it",
            lambda context: any(
                one.access and one.data for one in context.roadmap.agreements.values()
            ),
        ),
        find=access_against_privacy,
        fixes="data.access",
    ),
)
