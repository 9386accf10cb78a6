"""PRIO: more important initiatives that less important ones delay."""

from __future__ import annotations

from collections.abc import Iterator

from planner.conflicts.context import Context, briefly, by_count
from planner.conflicts.findings import Finding
from planner.conflicts.rule import Limits, RollUp, Rule, Topic
from planner.conflicts.rules.dates import line
from planner.roadmap.figures import count


def priority_inversion(context: Context, limits: Limits) -> Iterator[Finding]:
    """Late work that drives work of higher priority; one for each that holds others up."""
    held: dict[str, list[str]] = {}
    initiatives = context.roadmap.initiatives
    for initiative in context.open_having("priority"):
        mine, dates = initiative.priority, context.dates(initiative.id)
        if mine is None or dates is None or (dates.total_float or 0) > limits["priority_float"]:
            continue
        for on in dict.fromkeys(_rated(context, on) for on in dates.driven_by):
            theirs = initiatives[on].priority
            if theirs is not None and theirs > mine and _late(context, on):
                held.setdefault(on, []).append(initiative.id)
    for on, ids in held.items():
        yield _finding(context, on, context.by_start(ids))


def _rated(context: Context, id: str) -> str:
    """The nearest that has a priority among what drives: itself, else one on the line behind it."""
    initiatives = context.roadmap.initiatives
    if initiatives[id].priority is not None:
        return id
    before = reversed(line(context, id))
    return next((one for one in before if initiatives[one].priority is not None), id)


def _late(context: Context, id: str) -> bool:
    dates = context.dates(id)
    return dates is not None and dates.total_float is not None and dates.total_float < 0


def _finding(context: Context, on: str, ids: list[str]) -> Finding:
    initiatives = context.roadmap.initiatives
    dates = context.dates(on)
    assert dates is not None
    short = by_count(-(dates.total_float or 0), "working day", "late")
    ids = sorted(ids, key=lambda id: initiatives[id].priority or 5)
    most = initiatives[ids[0]].priority
    return Finding(
        on=(on, *ids),
        key=("priority",),
        root=(on,),
        size=short,
        message=f"{on} (priority {initiatives[on].priority}) delays {briefly(ids, 20)} "
        f"(priority {most})",
        who=context.owner(on),
        data={"holds_up": ids, "priority": most, "float": dates.total_float},
    )


RULES = (
    Rule(
        code="PRIO01",
        name="priority-inversion",
        severity="warning",
        family="priorities",
        summary="an initiative that a late one of lower priority delays",
        fires_when="what drives an initiative, at any distance the nearest with a `priority`, has "
        "a lower one and negative float",
        not_when="the successor has more than `priority_float` working days of float",
        why_marketing="the team that could help works on something else first",
        why_it="the third priority of one side is the first of the other, and neither knows",
        example='[initiatives.sso]\npriority = 3\nestimate = "4w"\n[initiatives.journeys]\n'
        'priority = 1\nestimate = "4w"\nneeds = ["sso"]\ndeadline = 2027-04-01',
        fix_kinds=("raise its priority",),
        thresholds={"priority_float": 5},
        topic=Topic(
            "priorities",
            "an initiative has a `priority`",
            lambda context: bool(context.having("priority")),
        ),
        roll_up=RollUp(
            lambda context, _limits: len(context.open_having("priority")),
            lambda number, total: (
                f"{number} of {count(total, 'initiative')} delay more important ones"
            ),
            by_share=False,
        ),
        find=priority_inversion,
        fixes="priorities.priority",
    ),
)
