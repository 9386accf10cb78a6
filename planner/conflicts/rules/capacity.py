"""CAP: teams that have more work than people."""

from __future__ import annotations

from collections.abc import Iterator

from planner.conflicts.context import Context
from planner.conflicts.findings import Finding, Next, Size
from planner.conflicts.rule import Limits, Rule, Topic
from planner.roadmap.entities import TeamEntity
from planner.roadmap.figures import count
from planner.schedule.capacity import Load, Overload, calendar_of, capacity_of, loads, overloads


def overload(context: Context, limits: Limits) -> Iterator[Finding]:
    """Teams above their capacity for some days on end; one finding for each team."""
    counted = {id: team for id, team in context.roadmap.teams.items() if capacity_of(team)}
    if not counted:
        return
    for id, load in loads(context.roadmap, context.schedule, counted).items():
        runs = overloaded(context, load, counted[id], limits)
        if runs:
            yield _finding(context, counted[id], load, runs)


def overloaded(context: Context, load: Load, team: TeamEntity, limits: Limits) -> list[Overload]:
    """The runs of a team that are long enough, the ones that lack most people first."""
    ignored = limits["overload_percent"] / 100
    calendar = calendar_of(context.roadmap, context.calendars, team.id)
    runs = overloads(load, capacity_of(team), calendar, context.as_of, ignored=ignored)
    long = [one for one in runs if one.days >= limits["overload_days"]]
    return sorted(long, key=lambda one: (-one.lacking, -one.days, one.first))


def people(number: float) -> str:
    """``1 person``, ``2.5 people``."""
    return count(number, "person", "people")


def _finding(context: Context, team: TeamEntity, load: Load, runs: list[Overload]) -> Finding:
    worst = runs[0]
    ids = [id for id in load.running(worst.first, worst.last) if context.is_open(id)]
    return Finding(
        kind="teams",
        on=(team.id,),
        key=("capacity",),
        through=tuple(ids),
        root=(team.id,),
        size=_size(runs),
        message=f"{context.roadmap.party_title(team.id)}: {people(worst.most)} needed, "
        f"{worst.capacity:g} available, {count(worst.days, 'working day')} "
        f"from {context.day(worst.first)}",
        who=Next(team.portfolio, team.id),
        data={
            "capacity": worst.capacity,
            "initiatives": ids,
            "runs": [
                {
                    "first": one.first.isoformat(),
                    "last": one.last.isoformat(),
                    "days": one.days,
                    "most": one.most,
                    "capacity": one.capacity,
                }
                for one in runs
            ],
        },
    )


def _size(runs: list[Overload]) -> Size:
    """How many people are too few on the worst day, and on how many days any are."""
    days = sum(one.days for one in runs)
    amount = sum(one.days * one.lacking for one in runs)
    return Size((amount,), f"{people(runs[0].lacking)} too few on {count(days, 'working day')}")


RULES = (
    Rule(
        code="CAP01",
        name="overload",
        severity="warning",
        family="capacity",
        summary="a team that needs more people than it has",
        fires_when="the `staff` of the initiatives under way (one person of the owner's where none "
        "is set) is above the team's `capacity`, or above its `capacity_from` of that date, by "
        "`overload_percent` or more for `overload_days` working days or more in a row",
        not_when="the team has no `capacity`; proposed initiatives, and days on which one waits",
        why_marketing="all of it is planned at full speed, and all of it will take longer",
        why_it="the dates assume that one person can do two jobs at once",
        example='[teams.web]\ncapacity = 1\n[initiatives.a]\nowner = "web"\nestimate = "4w"\n'
        '[initiatives.b]\nowner = "web"\nestimate = "4w"',
        fix_kinds=("move what can wait", "put one after the other"),
        thresholds={"overload_days": 5, "overload_percent": 10},
        topic=Topic(
            "capacity",
            "a team has a `capacity`",
            lambda context: any(map(capacity_of, context.roadmap.teams.values())),
        ),
        find=overload,
        fixes="capacity.level",
    ),
)
