"""Contributions: which initiatives an outcome names, and how near it is."""

from __future__ import annotations

from planner.conflicts.context import Context
from planner.roadmap.entities import Initiative, Outcome


def contributors(context: Context) -> dict[str, list[Initiative]]:
    """The initiatives that name each outcome, dropped ones left out, in file order."""
    found: dict[str, list[Initiative]] = {}
    for one in context.having("outcomes"):
        if one.status != "dropped":
            for outcome in dict.fromkeys(one.outcomes):
                found.setdefault(outcome, []).append(one)
    return found


def enabling(context: Context) -> set[str]:
    """Everything with an outcome, and everything before it."""
    named = [one.id for one in context.having("outcomes")]
    return context.network.ancestors(*named).union(named)


def reached(outcome: Outcome) -> bool:
    """Whether the last reading is at the target, whichever way from the baseline that is."""
    if outcome.target is None or not outcome.readings:
        return False
    last = outcome.readings[max(outcome.readings)]
    down = outcome.baseline is not None and outcome.target < outcome.baseline
    return last <= outcome.target if down else last >= outcome.target
