"""OWN: who is accountable: one team or person for each piece of work, who can be asked."""

from __future__ import annotations

from collections.abc import Iterator

from planner.conflicts.context import Context, count
from planner.conflicts.findings import Finding, Next
from planner.conflicts.rule import Limits, RollUp, Rule, Topic
from planner.roadmap.entities import Initiative


def no_accountable(context: Context, limits: Limits) -> Iterator[Finding]:
    """Open work without an owner; a warning where it starts within the horizon."""
    for initiative in context.open:
        if not initiative.owner:
            yield _finding(context, initiative, limits["horizon"])


def _finding(context: Context, initiative: Initiative, horizon: int) -> Finding:
    soon = context.starts_within(initiative.id, horizon)
    dates = context.dates(initiative.id)
    side = context.sides[initiative.id]
    lead = context.roadmap.portfolios[side].lead if side in context.roadmap.portfolios else None
    when = ""
    if dates is not None:
        when = " and has started" if dates.started else f" and starts {context.day(dates.start)}"
    return Finding(
        code="OWN01",
        severity="warning" if soon else "info",
        on=(initiative.id,),
        root=(initiative.id,),
        message=f"{initiative.id} has no owner{when}",
        who=Next(side, lead),
        data={"start": dates.start.isoformat() if dates is not None else None},
    )


RULES = (
    Rule(
        code="OWN01",
        name="no-accountable",
        severity="warning",
        family="owners",
        summary="work that nobody is accountable for",
        fires_when="open work has no `owner`; information where it starts after the horizon",
        why_marketing="there is nobody to ask when the date moves",
        why_it="work that is everybody's is started by nobody",
        example='[initiatives.web-push]\nestimate = "3w"\n[initiatives.cdp]\nowner = "data"',
        fixes=("name an owner",),
        thresholds={"horizon": 65},
        topic=Topic(
            "owners",
            "an initiative has an `owner`",
            lambda context: any(one.owner for one in context.roadmap.initiatives.values()),
        ),
        roll_up=RollUp(
            lambda context, _limits: len(context.open),
            lambda number, total: f"{number} of {count(total, 'open initiative')} have no owner",
        ),
        find=no_accountable,
    ),
)
