"""DATA: data about people, and the consent it is used with.

Storing data is never a finding here; using it on customers is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from planner.conflicts.allowances import level
from planner.conflicts.context import Context, by_count, count, listed
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
from planner.conflicts.rule import Limits, RollUp, Rule, Topic
from planner.conflicts.rules.system_landscape import is_planned, providers_of
from planner.conflicts.rules.systems import reached_from
from planner.roadmap.entities import Agreement, Initiative


def consent_missing(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Open work that activates personal data with no consent provider live or before it."""
    activating = _activating(context)
    if not activating or consent_is_live(context):
        return
    providers = consent_providers(context)
    after = reached_from(context, dict.fromkeys(providers, 1))
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
    classes = listed(f"{data} ({context.classification(data)})" for data in personal)
    if providers:
        lacking = f"{listed(providers)} brings consent but does not come before it"
    else:
        lacking = "no system with the capability `consent` is live or introduced before it"
    return Finding(
        on=(initiative.id,),
        key=("activates",),
        through=tuple(personal),
        root=(initiative.id,),
        size=by_count(len(personal), "data class", "without consent", plural="data classes"),
        message=f"{initiative.id} activates {classes}: {lacking}",
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
    finishes = f" and finishes {day}" if day else ""
    return Finding(
        severity="error" if soon else "warning",
        on=(initiative.id,),
        key=("processes",),
        through=tuple(personal),
        root=(initiative.id,),
        size=by_count(len(lacking), "review", "missing"),
        message=f"{initiative.id} processes {listed(personal)}{finishes}, and {listed(lacking)} "
        f"{'has' if len(lacking) == 1 else 'have'} given no review",
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
    given = listed(f"{one} {context.day(initiative.reviews[one])}" for one in parties)
    what = {part: key[0] if key else id for part in since for _, id, key in (part,)}
    words = listed(f"{what[part]} {_when(context, change)}" for part, change in since.items())
    return Finding(
        on=(initiative.id,),
        key=("reviews",),
        root=(initiative.id,),
        size=by_count(len(parties), "review", "outdated"),
        message=f"{initiative.id} was reviewed ({given}) before this was changed: {words}",
        who=context.owner(initiative.id),
        data={
            "reviewers": parties,
            "changed": [".".join((kind, id, *key)) for kind, id, key in since],
        },
    )


def _when(context: Context, change: Change) -> str:
    return f"on {context.day(change.day)}" + (f" by {change.author}" if change.author else "")


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
        message=f"{listed(ordered)} {verb} {data}, which is {context.classification(data)}, but "
        f"the agreement {agreement.id} allows only {agreement.access}",
        who=context.party(next(iter(agreement.accountable), None)),
        data={"agreement": agreement.id, "data": data, "access": agreement.access},
    )


RULES = (
    Rule(
        code="DATA01",
        name="consent-missing",
        severity="error",
        family="data",
        summary="personal data used on customers before there is consent",
        fires_when="an initiative `activates` data that is `personal` or `special`, and no system "
        "with the capability `consent` is live or introduced by a predecessor",
        not_when="data is only stored or processed",
        why_marketing="a campaign built on data that may not be used has to stop",
        why_it="nothing tells the systems whom they may address",
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
                f"{number} of {count(total, 'initiative')} that activate personal data have no "
                "consent before them"
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
        summary="work on data about people that its steward has not looked at",
        fires_when="an initiative `processes` data that is `personal` or `special`, and the data's "
        "steward, or who `[checks.reviews_for]` names, is not in its `reviews`; an error within "
        "`review_days` of its finish",
        not_when="the work is the steward's own, or a review",
        why_marketing="a no in the last week costs the launch; a question now costs a meeting",
        why_it="what data may be used for is decided before it is built, not after",
        example='[data.profiles]\nclassification = "personal"\nsteward = "privacy"\n'
        '[initiatives.model]\nowner = "data"\nprocesses = ["profiles"]',
        fix_kinds=("record the review",),
        thresholds={"review_days": 20},
        topic=Topic(
            "data",
            "a data class has a `steward`, or `[checks.reviews_for]` names who looks at it",
            lambda context: (
                bool(context.roadmap.checks.reviews_for)
                or any(one.steward for one in context.roadmap.data.values())
            ),
        ),
        roll_up=RollUp(
            lambda context, _limits: len(_processing(context)),
            lambda number, total: (
                f"{number} of {count(total, 'initiative')} that process data about people have no "
                "review of it"
            ),
            named=lambda one: (
                f"{one.id} (finishes {one.data['finishes']})" if "finishes" in one.data else one.id
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
        summary="work that was changed after somebody had looked at it",
        fires_when="what open work `uses`, `changes`, `introduces`, `processes` or `activates`, or "
        "the table of such a system or data, was changed in git after the day of one of its "
        "`reviews`, and after the commit that wrote that review down",
        not_when="there is no repository, or a clone without its history; the change was taken "
        "back, is a comment, or is of a title",
        why_marketing="a yes to something else is no yes; it is found out when it matters most",
        why_it="what was looked at is not what is being built",
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
                f"{number} of {count(total, 'initiative')} with reviews were changed after them"
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
        summary="data used above what was agreed",
        fires_when="a team's open work processes or activates data whose `classification` is above "
        "the `access` of the agreement that names the data (public < internal < confidential < "
        "personal < special)",
        not_when="no agreement names the data",
        why_marketing="what was agreed as harmless is not, and the audience may have to go",
        why_it="an agreement that says less than what happens protects nobody",
        example='[data.hashed]\nclassification = "personal"\n[agreements.ads]\ndata = ["hashed"]\n'
        'access = "confidential"\n[initiatives.audiences]\nactivates = ["hashed"]',
        fix_kinds=("agree on that access", "leave the data out"),
        topic=Topic(
            "agreements",
            "an agreement names `data` and the `access` to it",
            lambda context: any(
                one.access and one.data for one in context.roadmap.agreements.values()
            ),
        ),
        find=access_against_privacy,
        fixes="data.access",
    ),
)
