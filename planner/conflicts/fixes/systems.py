"""SYS01: work on one system coordinated, or one piece after the other."""

from __future__ import annotations

from collections.abc import Iterator

from planner.conflicts.agreement import must_agree
from planner.conflicts.fix import Ask, Fix
from planner.conflicts.fix_choice import FIRST
from planner.conflicts.fix_dates import timed
from planner.conflicts.needs import added
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
    orders = [*_after_another(ask, one, other), *_after_another(ask, other, one)]
    yield from sorted(orders, key=lambda fix: -(fix.wins or 0))


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


def _after_another(ask: Ask, first: str, second: str) -> Iterator[Fix]:
    title, parties = f"start {second} after {first}", must_agree(ask.context, first, second)
    link = added(ask.context, second, first)
    yield from timed(ask, title, [link], second, needs_agreement=parties, choice=FIRST)
