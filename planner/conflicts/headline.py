"""A finding in one short line, as the top of the board says it: by names instead of ids."""

from __future__ import annotations

import re

from planner.conflicts.context import Context
from planner.conflicts.findings import Finding
from planner.conflicts.handovers import WaitsOn, waits_on
from planner.conflicts.ideas import ONLY_PROPOSED
from planner.conflicts.rules.dates import chain, late_by
from planner.roadmap.sides import JOINT

LONG = 24
"""A longer title is cut at its first "and", comma or colon."""


def headline(finding: Finding, context: Context) -> str:
    """``Peak readiness is 5 working days late: waiting for IT's customer identity (not agreed)``.

    Other findings than a missed deadline are their own headline.
    """
    if finding.code != "DATE01" or finding.together:
        return finding.message
    late = late_by(context, finding.id, context.roadmap.initiatives[finding.id].deadline)
    told = late.late if late is not None else "late"
    if finding.data.get("only_proposed"):
        told = f"{told} {ONLY_PROPOSED}"
    return f"{short_title(context, finding.id)} is {told}{_because(context, finding.id)}"


def _because(context: Context, id: str) -> str:
    waits = waits_on(context, id)
    if waits is not None:
        return f": waiting for {_whose(context, waits.supplier)} ({_state(context, waits)})"
    before = chain(context, id)
    return f": waiting for {_whose(context, before[0])}" if before else ""


def _state(context: Context, waits: WaitsOn) -> str:
    since = context.day(waits.since) if waits.since else ""
    words = {
        "agreed": f"agreed {since}",
        "declined": f"declined {since}",
        "countered": f"countered {since}",
        "not asked": "not asked",
    }
    return words.get(waits.state, "not agreed").rstrip()


def _whose(context: Context, id: str) -> str:
    """``IT's customer identity``; joint work is nobody's alone."""
    side = context.sides.get(id)
    title = short_title(context, id)
    first, _, rest = title.partition(" ")
    plain = first[:1].lower() + first[1:] if first[1:].islower() else first
    name = f"{plain} {rest}".strip()
    return f"{context.roadmap.side_title(side)}'s {name}" if side not in (None, JOINT) else name


def short_title(context: Context, id: str) -> str:
    """A title without what stands in brackets; a long one ends before its first "and" or comma."""
    title = re.sub(r"\s*\([^)]*\)", "", context.roadmap.initiatives[id].label).strip()
    if len(title) > LONG:
        title = re.split(r" and |, |: | for ", title, maxsplit=1)[0]
    return title or id
