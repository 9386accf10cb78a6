"""PROM: what was announced outside, against what is agreed inside."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planner.conflicts.context import Context, briefly, by_count, by_days
from planner.conflicts.findings import Finding
from planner.conflicts.handovers import answer
from planner.conflicts.rule import Limits, Rule, Topic
from planner.conflicts.rules.dates import cause, late_by, next_for
from planner.roadmap.entities import Initiative
from planner.schedule.shift import Shift

Pair = tuple[str, str]


def announced_early(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Announced work that is late, or that rests on a handover nobody has agreed to."""
    for initiative in context.having("announced"):
        day = initiative.announced
        if not initiative.open or day is None:
            continue
        late = late_by(context, initiative.id, day)
        loose = unagreed(context, initiative.id)
        if late or loose:
            yield _finding(context, initiative, day, late, loose)


def unagreed(context: Context, id: str) -> list[Pair]:
    """(successor, supplier) of each handover on the chain that drives `id` and is not agreed."""
    found: dict[Pair, None] = {}
    path = context.path_to(id)
    context.spent.work += len(path)
    for successor in path:
        for link in context.schedule.driving_into(successor):
            if (
                context.is_open(link.on)
                and context.across(link.on, successor)
                and answer(context, successor, link.on)[0] != "agreed"
            ):
                found[successor, link.on] = None
    return list(found)


def _finding(
    context: Context, initiative: Initiative, day: date, late: Shift | None, loose: list[Pair]
) -> Finding:
    id = initiative.id
    suppliers = briefly((supplier for _, supplier in loose), 20)
    states = [answer(context, *pair)[0] for pair in loose]
    said = "declined" if states and set(states) == {"declined"} else "not agreed"
    if late:
        why = f"due to {suppliers} ({said})" if loose else cause(context, id)
        text = f" is {late.amount} late {why}"
    else:
        text = f": handover {suppliers} {said}"
    who = context.owner(id)
    if loose:
        who = next_for(context, *loose[0], states[0])
    return Finding(
        severity="error" if late else "warning",
        on=(id,),
        key=("announced",),
        through=tuple(dict.fromkeys(supplier for _, supplier in loose)),
        root=(id,),
        size=by_days(late, "later than announced")
        if late
        else by_count(len(loose), "handover", "not agreed"),
        message=f"{id} (announced {context.day(day)}){text}",
        who=who,
        data={
            "days": late.working if late else 0,
            "calendar_days": late.calendar if late else 0,
            "announced": day.isoformat(),
            "unagreed": [list(pair) for pair in loose],
        },
    )


RULES = (
    Rule(
        code="PROM01",
        name="announced-early",
        severity="warning",
        family="dates",
        summary="an announced date whose handovers are not agreed",
        fires_when="`announced` is set while a handover on the driving path is not agreed; an "
        "error where the initiative finishes later than announced",
        why_marketing="customers are promised a date that the other side has not agreed",
        why_it="a team should not learn a date from a public announcement",
        example='[initiatives.range]\nportfolio = "it"\nestimate = "2w"\n[initiatives.launch]\n'
        'portfolio = "marketing"\nneeds = ["range"]\nannounced = 2027-06-01',
        fix_kinds=(
            "record that the other side agrees",
            "announce the planned finish",
            "withdraw the date",
        ),
        topic=Topic(
            "announcements",
            "an initiative has `announced`",
            lambda context: bool(context.having("announced")),
        ),
        find=announced_early,
        fixes="promises.announced",
    ),
)
