"""DEC: decisions that initiatives wait for."""

from __future__ import annotations

from collections.abc import Iterator

from planner.conflicts.context import Context, briefly, by_count
from planner.conflicts.findings import Finding
from planner.conflicts.rule import Limits, Rule, Topic
from planner.roadmap.entities import Decision


def decision_late(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Undecided questions that are due, or that work starts before; one for each decision."""
    waiting: dict[str, list[str]] = {}
    for initiative in context.open_having("awaits"):
        for id in initiative.awaits:
            waiting.setdefault(id, []).append(initiative.id)
    for decision in context.roadmap.decisions.values():
        if decision.decided is None:
            ids = context.by_start(waiting.get(decision.id, ()))
            early = [id for id in ids if _starts_before(context, id, decision)]
            due = decision.needed_by is not None and decision.needed_by < context.as_of
            if due or early:
                yield _late(context, decision, ids, early)


def _starts_before(context: Context, id: str, decision: Decision) -> bool:
    """Whether work has started, or starts before the day on which the decision is expected.

    Where no day is written, the decision is late for work that could start now.
    """
    dates = context.dates(id)
    if dates is None or dates.finished:
        return False
    if decision.needed_by is None:
        return dates.started or dates.start <= context.as_of
    return dates.started or dates.start < decision.needed_by


def _late(context: Context, decision: Decision, ids: list[str], early: list[str]) -> Finding:
    by = decision.needed_by
    due = "is not made"
    if by is not None:
        due = f"{'was' if by < context.as_of else 'is'} due {context.day(by)}"
    verb = "waits" if len(ids) == 1 else "wait"
    waiting = f"; {briefly(early or ids, 20)} {verb}" if ids else ""
    return Finding(
        kind="decisions",
        on=(decision.id,),
        key=("needed_by",) if by is not None else (),
        through=tuple(ids),
        root=(decision.id,),
        size=by_count(len(ids), "initiative", "waiting for it"),
        message=f"decision {decision.id} {due}{waiting}",
        who=context.party(decision.owner) if decision.owner else context.together(ids),
        data={
            "awaited_by": ids,
            "started": _started(context, ids),
            "needed_by": by.isoformat() if by else None,
            "options": list(decision.options),
        },
    )


def _started(context: Context, ids: list[str]) -> list[str]:
    return [id for id in ids if (dates := context.dates(id)) is not None and dates.started]


RULES = (
    Rule(
        code="DEC01",
        name="decision-late",
        severity="warning",
        family="decisions",
        summary="a decision that is due and not made",
        fires_when="a decision without `decided` is past its `needed_by`, or an open initiative "
        "that `awaits` it has started, starts before that date, or could start now where there is "
        "no date",
        why_marketing="the work continues on an assumption, and is done again if that was wrong",
        why_it="an assumption becomes the design",
        example='[decisions.region]\nneeded_by = 2027-02-15\n[initiatives.cdp]\nestimate = "4w"\n'
        'awaits = ["region"]',
        fix_kinds=("record the decision", "set a new date for it"),
        topic=Topic(
            "decisions",
            "there is a `[decisions]` table",
            lambda context: bool(context.roadmap.decisions),
        ),
        find=decision_late,
        fixes="decisions.decide",
    ),
)
