"""DEC: decisions that work waits for."""

from __future__ import annotations

from collections.abc import Iterator

from planner.conflicts.context import Context, by_count, count, listed
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
    said = []
    by = decision.needed_by
    if by is not None and by < context.as_of:
        said.append(f"it was needed by {context.day(by)}")
    for id in early:
        dates = context.dates(id)
        assert dates is not None
        verb = "started" if dates.started else "starts"
        said.append(f"{id}, which awaits it, {verb} {context.day(dates.start)}")
    if ids and not early:
        said.append(f"{listed(ids)} {'waits' if len(ids) == 1 else 'wait'} for it")
    options = f" ({count(len(decision.options), 'option')})" if decision.options else ""
    return Finding(
        kind="decisions",
        on=(decision.id,),
        key=("needed_by",) if by is not None else (),
        through=tuple(ids),
        root=(decision.id,),
        size=by_count(len(ids), "initiative", "waiting for it"),
        message=f"the decision {decision.id}{options} is not made: {listed(said)}",
        who=context.party(decision.owner) if decision.owner else context.together(ids),
        data={"awaited_by": ids, "needed_by": by.isoformat() if by else None},
    )


RULES = (
    Rule(
        code="DEC01",
        name="decision-late",
        severity="warning",
        family="decisions",
        summary="a decision that is due and not made",
        fires_when="a decision without `decided` is past its `needed_by`, or open work that "
        "`awaits` it has started, starts before then, or could start now where no day is written",
        why_marketing="work goes on as if it had been decided, and is done twice if it is not so",
        why_it="an assumption becomes the design",
        example='[decisions.region]\nneeded_by = 2027-02-15\n[initiatives.cdp]\nestimate = "4w"\n'
        'awaits = ["region"]',
        fix_kinds=("record what was decided", "say when it is needed now"),
        topic=Topic(
            "decisions",
            "there is a `[decisions]` table",
            lambda context: bool(context.roadmap.decisions),
        ),
        find=decision_late,
        fixes="decisions.decide",
    ),
)
