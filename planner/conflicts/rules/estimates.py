"""EST: who estimates the work, those who do it or others, and how such estimates did so far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.conflicts.context import Context, briefly
from planner.conflicts.durations import begun, estimated_days, is_measured, median, ratio
from planner.conflicts.evidence import HISTORY, Part, Wanted, in_git
from planner.conflicts.findings import Finding, Size
from planner.conflicts.rule import Limits, RollUp, Rule, Topic
from planner.roadmap.entities import Initiative
from planner.roadmap.figures import count, working_days
from planner.roadmap.quantities import Estimate, parse_estimate
from planner.roadmap.values import NotAllowedError

# --- EST01 ----------------------------------------------------------------------------------------


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


# --- EST02 ----------------------------------------------------------------------------------------

Group = tuple[str, str]
"""A team and a kind of work."""


def against_the_record(context: Context, limits: Limits) -> Iterator[Finding]:
    """Estimates that are far from what the record of their team and kind makes likely."""
    done = _done(context) if context.evidence else {}
    for group, work in _estimated(context).items() if done else ():
        ratios = (_ratio(context, one) for one in done.get(group, ()))
        known = [each for each in ratios if each is not None]
        if len(known) >= limits["record_cases"]:
            yield from _unlikely(context, work, known, limits["record_times"])


def _unlikely(
    context: Context, work: Iterable[Initiative], known: list[float], times: int
) -> Iterator[Finding]:
    """The work whose estimate is not within so many times of its first one, times the ratio."""
    for one in work:
        first = _first(context, one)
        if first is None or one.estimate is None:
            continue
        days = estimated_days(context, one, one.estimate)
        likely = round(estimated_days(context, one, first) * median(known))
        if times * days < likely or days > times * likely:
            yield _against(context, one, days, likely, known)


def _against(
    context: Context, one: Initiative, days: int, likely: int, known: list[float]
) -> Finding:
    found = median(known)
    return Finding(
        on=(one.id,),
        key=("estimate",),
        root=(one.id,),
        size=Size((abs(likely - days),), working_days(abs(likely - days)), "from the record"),
        message=f"{one.id}: estimate {working_days(days)}, {likely} likely by the record of "
        f"{len(known)} done ({found:.1f} ×)",
        who=context.owner(one.id),
        data={
            "days": days,
            "likely": likely,
            "team": context.team(one.id),
            "kind": one.effective_kind,
            "done": len(known),
            "median": round(found, 2),
        },
    )


def _ratio(context: Context, one: Initiative) -> float | None:
    return ratio(context, one, _first(context, one))


def _first(context: Context, one: Initiative) -> Estimate | None:
    """The first estimate on record; None where the work had begun when it was written."""
    found = context.evidence.firsts.get(_estimate(one)) if context.evidence else None
    if found is None or begun(found.table):
        return None
    try:
        return parse_estimate(found.table["estimate"])
    except NotAllowedError:
        return None


def _estimate(one: Initiative) -> Part:
    return ("initiatives", one.id, ("estimate",))


def _estimated(context: Context) -> dict[Group, list[Initiative]]:
    """The work that has an estimate and has not begun."""
    waiting = (one for one in context.open if one.actual_start is None and not one.is_milestone)
    return _grouped(context, (one for one in waiting if one.estimate is not None))


def _done(context: Context) -> dict[Group, list[Initiative]]:
    return _grouped(context, filter(is_measured, context.having("actual_finish")))


def _grouped(context: Context, work: Iterable[Initiative]) -> dict[Group, list[Initiative]]:
    """By team and kind; work without a team is in none."""
    found: dict[Group, list[Initiative]] = {}
    for one in work:
        if (team := context.team(one.id)) is not None:
            found.setdefault((team, one.effective_kind), []).append(one)
    return found


def _estimates_asked(context: Context, limits: Limits) -> Wanted:
    """The first estimate of work that is to come, and of work like it that is done."""
    many = {
        group: work for group, work in _done(context).items() if len(work) >= limits["record_cases"]
    }
    waiting = _estimated(context) if many else {}
    both = (
        one for group in many.keys() & waiting.keys() for one in (*many[group], *waiting[group])
    )
    return Wanted(first=frozenset(map(_estimate, both)))


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
    Rule(
        code="EST02",
        name="against-the-record",
        severity="info",
        family="estimates",
        summary="an estimate that the record of its team and kind makes unlikely",
        fires_when="the estimate of an initiative that has not started is under a half, or over "
        "`record_times` times, of what the record makes likely: its first estimate, times the "
        "median of actual working days by first estimate of done work of its team and kind",
        not_when="fewer than `record_cases` of that team and kind are done with an estimate on "
        "record before they started; there is no repository, or a clone without its history",
        why_marketing="a date rests on an estimate as others before it that took far longer",
        why_it="an estimate can be corrected before the work starts, not after it",
        example='[initiatives.api]\nowner = "web"\nkind = "integration"\nestimate = "4w"',
        fix_kinds=("set the estimate that the record makes likely",),
        thresholds={"record_cases": 8, "record_times": 2},
        topic=Topic(
            HISTORY,
            in_git("a team has done much work of a kind"),
            lambda context: context.evidence is not None and bool(context.evidence.firsts),
        ),
        asks=_estimates_asked,
        roll_up=RollUp(
            lambda context, _limits: sum(map(len, _estimated(context).values())),
            lambda number, total: (
                f"{number} of {count(total, 'estimate')} are far from what the record makes likely"
            ),
        ),
        find=against_the_record,
        fixes="estimates.likely",
    ),
)
