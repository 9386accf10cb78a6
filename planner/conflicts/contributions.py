"""Contributions: which initiatives an outcome names, and how near it is."""

from __future__ import annotations

from datetime import date

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
    last = last_reading(outcome)
    return last is not None and at_target(outcome, last)


def last_reading(outcome: Outcome) -> float | None:
    """What was measured last; None where nothing was."""
    return outcome.readings[max(outcome.readings)] if outcome.readings else None


def at_target(outcome: Outcome, value: float) -> bool:
    """Whether a reading is at the target or beyond it."""
    if outcome.target is None:
        return False
    return value <= outcome.target if falls(outcome) else value >= outcome.target


def falls(outcome: Outcome) -> bool:
    """Whether less is better: the target is below the baseline."""
    baseline, target = outcome.baseline, outcome.target
    return baseline is not None and target is not None and target < baseline


def answered(outcome: Outcome, day: date) -> bool:
    """Whether somebody has said on a day or after it how to go on."""
    return any(one >= day for one in outcome.answers)
