"""SYS01: work on one system coordinated, or one piece after the other."""

from __future__ import annotations

from collections.abc import Iterator

from planner.conflicts.agreement import must_agree
from planner.conflicts.context import Context
from planner.conflicts.fix import Ask, Fix
from planner.conflicts.fix_choice import FIRST
from planner.conflicts.fix_dates import timed
from planner.conflicts.needs import added
from planner.conflicts.trial import after_edits, finish_of, won
from planner.roadmap.figures import listed
from planner.text.edits import SetKey


def overlap(ask: Ask) -> Iterator[Fix]:
    """Say that they are coordinated, or put one after the other."""
    finding, context = ask.finding, ask.context
    if "pairs" in finding.data:
        yield from _coordinated(ask)
        return
    one, other = finding.on
    relates = [*context.roadmap.initiatives[other].relates, one]
    yield Fix(
        title=f"record that {one} and {other} are coordinated",
        edit=SetKey("initiatives", other, ("relates",), relates),
        needs_agreement=must_agree(context, one, other),
    )
    orders = [_after_another(context, *pair) for pair in ((one, other), (other, one))]
    yield from sorted((fix for fix in orders if fix), key=lambda fix: -(fix.wins or 0))


def _coordinated(ask: Ask) -> Iterator[Fix]:
    """Of many pairs on one system: all of them are coordinated, in one edit."""
    finding, context = ask.finding, ask.context
    others: dict[str, list[str]] = {}
    for one, other in finding.data["pairs"]:
        others.setdefault(other, []).append(one)
    edits = [
        SetKey(
            "initiatives", id, ("relates",), [*context.roadmap.initiatives[id].relates, *related]
        )
        for id, related in others.items()
    ]
    title = f"record that all changes of {listed(finding.through)} are coordinated"
    yield from timed(
        ask,
        title,
        edits,
        finding.on[0],
        needs_agreement=must_agree(context, *finding.on),
    )


def _after_another(context: Context, first: str, second: str) -> Fix | None:
    edit = added(context, second, first)
    after = after_edits(context, [edit])
    finish = None if after is None else finish_of(after, second)
    if after is None or finish is None:
        return None
    return Fix(
        title=f"start {second} after {first}",
        edit=edit,
        needs_agreement=must_agree(context, first, second),
        wins=won(context, after, second),
        finish=finish,
        choice=FIRST,
    )
