"""DATA: data about people, and the consent it is used with.

Storing data is never a finding here; using it on customers is.
"""

from __future__ import annotations

from collections.abc import Iterator

from planner.conflicts.context import Context, count, listed
from planner.conflicts.findings import Finding
from planner.conflicts.rule import Limits, RollUp, Rule, Topic
from planner.roadmap.entities import Initiative

CONSENT = "consent"


def consent_missing(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Open work that activates personal data with no consent provider live or before it."""
    activating = _activating(context)
    if not activating or consent_is_live(context):
        return
    providers = consent_providers(context)
    for initiative in activating:
        before = context.network.ancestors(initiative.id) | {initiative.id}
        if before.isdisjoint(providers):
            yield _finding(context, initiative, providers)


def _activating(context: Context) -> list[Initiative]:
    return [one for one in context.open if one.activates and context.is_personal(one.activates)]


def consent_systems(context: Context) -> list[str]:
    """The systems with the capability `consent`."""
    return [id for id, one in context.roadmap.systems.items() if CONSENT in one.capabilities]


def consent_is_live(context: Context) -> bool:
    """Whether a system with that capability is live, or was brought live by finished work.

    A system without a `status` is live unless open work introduces it.
    """
    introduced = {id for one in context.open for id in one.introduces}
    return any(
        context.roadmap.systems[id].status in ("live", "retiring")
        or (context.roadmap.systems[id].status is None and id not in introduced)
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
        code="DATA01",
        severity="error",
        on=(initiative.id,),
        key=("activates",),
        through=tuple(personal),
        root=(initiative.id,),
        message=f"{initiative.id} activates {classes}: {lacking}",
        who=who,
        data={"activates": personal, "providers": providers},
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
        fixes=("put the consent provider before it",),
        topic=Topic(
            "use of data",
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
    ),
)
