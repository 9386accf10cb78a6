"""EST: who estimates the work: those who will do it, or others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.conflicts.context import Context, briefly
from planner.conflicts.findings import Finding
from planner.conflicts.rule import Limits, Rule
from planner.roadmap.entities import Initiative


def estimated_without(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Open work whose estimate comes from nobody on its owner's or responsible teams."""
    known = _known(context)
    for initiative in context.open_having("estimated_by"):
        by, doing = initiative.estimated_by, (*initiative.owner, *initiative.responsible)
        if by not in known or initiative.estimate is None or not _is_owned(context, initiative):
            continue
        if _teams(context, (by,)).isdisjoint(_teams(context, doing)):
            yield _finding(context, initiative, by, doing)


def _known(context: Context) -> set[str]:
    """The teams and people with a table, and those who own something: of any other name nobody
    knows which team it belongs to.
    """
    owners = {party for one in context.having("owner") for party in one.owner}
    return {*context.roadmap.teams, *context.roadmap.people, *owners}


def _teams(context: Context, parties: Iterable[str]) -> set[str]:
    """Teams as they are, and people with their teams."""
    found = ((one, context.team_of_party(one)) for one in parties)
    return {team for both in found for team in both if team}


def _is_owned(context: Context, initiative: Initiative) -> bool:
    unread = context.unread("initiatives", initiative.id, "owner", "responsible")
    return not unread and bool(initiative.owner or initiative.responsible)


def _finding(context: Context, initiative: Initiative, by: str, doing: tuple[str, ...]) -> Finding:
    title = context.roadmap.party_title
    return Finding(
        on=(initiative.id,),
        key=("estimated_by",),
        root=(initiative.id,),
        message=f"{initiative.id} is estimated by {title(by)}, "
        f"not by {briefly(map(title, dict.fromkeys(doing)), 20)}",
        who=context.owner(initiative.id),
        data={"estimated_by": by, "doing": list(doing)},
    )


RULES = (
    Rule(
        code="EST01",
        name="estimated-without",
        severity="info",
        family="estimates",
        summary="an estimate from nobody on the teams that do it",
        fires_when="`estimated_by` of an open initiative names nobody of its owner's or "
        "responsible teams",
        not_when="it has no estimate, or neither owner nor responsible; nobody knows the team of "
        "who is named",
        why_marketing="the date rests on a figure from people who do not do the work",
        why_it="a team is held to an estimate that it never gave",
        example='[checks.severity]\nEST01 = "info"\n[teams.crm]\n[teams.web]\n'
        '[initiatives.site]\nowner = "web"\nestimate = "4w"\nestimated_by = "crm"',
        by_hand="only who does the work knows how long it takes: ask them, and write who said it "
        "(`planner set ID estimated_by TEAM`)",
        off=True,
        find=estimated_without,
    ),
)
