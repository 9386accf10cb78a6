"""DEC: decisions that initiatives wait for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from planner.conflicts.context import Context, briefly, by_count
from planner.conflicts.findings import Finding, Next
from planner.conflicts.rule import Limits, Rule, Topic
from planner.roadmap.entities import Decision
from planner.roadmap.figures import count
from planner.roadmap.ids import as_one_word
from planner.roadmap.sides import JOINT

DECISIONS = Topic(
    "decisions", "there is a `[decisions]` table", lambda context: bool(context.roadmap.decisions)
)


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
    held = early or ids
    verb = "waits" if len(held) == 1 else "wait"
    waiting = f"; {briefly(held, 20)} {verb}" if held else ""
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


# --- DEC02 ----------------------------------------------------------------------------------------


def decision_unready(context: Context, limits: Limits) -> Iterator[Finding]:
    """Decisions that are due soon and can't be made yet, and made ones that say not what."""
    for decision in context.roadmap.decisions.values():
        why = _unready(context, decision, limits["decision_days"])
        if why:
            yield Finding(
                kind="decisions",
                on=(decision.id,),
                key=("decided",) if decision.decided else ("needed_by",),
                root=(decision.id,),
                size=by_count(len(why), "reason", "why it can't be made"),
                message=f"decision {decision.id} {', '.join(why)}",
                who=context.party(decision.owner) if decision.owner else Next(JOINT),
                data={"options": list(decision.options), "choice": decision.choice},
            )


def _unready(context: Context, decision: Decision, days: int) -> list[str]:
    """Why a decision is none, or can't be made; empty where all is well, or DEC01 reports it."""
    if decision.decided is not None:
        return _made(context, decision)
    by = decision.needed_by
    if by is None or by < context.as_of or context.days(context.as_of, by) > days:
        return []
    unread = partial(context.unread, "decisions", decision.id)
    options = len(set(map(as_one_word, decision.options)))
    lacks = [f"has {count(options, 'option')}"] if options < 2 and not unread("options") else []
    lacks += ["has no owner"] if decision.owner is None and not unread("owner") else []
    return [f"due {context.day(by)} {lacks[0]}", *lacks[1:]] if lacks else []


def _made(context: Context, decision: Decision) -> list[str]:
    """Why a decision that was made is none: it says not what, or something else than asked."""
    assert decision.decided is not None
    if decision.choice is None:
        said = f"was made {context.day(decision.decided)}: no choice"
        return [] if context.unread("decisions", decision.id, "choice") else [said]
    options = set(map(as_one_word, decision.options))
    if not options or as_one_word(decision.choice) in options:
        return []
    return [f"chose {decision.choice}, no option of {briefly(decision.options, 40)}"]


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
        topic=DECISIONS,
        find=decision_late,
        fixes="decisions.decide",
    ),
    Rule(
        code="DEC02",
        name="decision-unready",
        severity="warning",
        family="decisions",
        summary="a decision that can't be made yet, or that says not what was decided",
        fires_when="a decision is due within `decision_days` working days and has fewer than two "
        "`options` or no `owner`; or it has `decided` and no `choice`, or one that is no option",
        not_when="it is overdue (DEC01)",
        why_marketing="the meeting ends without a decision, and the next one is weeks later",
        why_it="somebody builds what was never decided",
        example='[decisions.region]\noptions = ["EU", "US"]\nneeded_by = 2027-03-22\n'
        '[initiatives.cdp]\nowner = "data"\nawaits = ["region"]\n'
        "start_no_earlier_than = 2027-04-05",
        fix_kinds=("name an owner", "record what was chosen"),
        thresholds={"decision_days": 30},
        topic=DECISIONS,
        find=decision_unready,
        fixes="decisions.prepare",
    ),
)
