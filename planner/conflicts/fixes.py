"""Fixes: the ways out of a finding, as edits.

Each is one edit with whose yes it needs and, where it is about dates, what it wins on the whole
plan: the schedule was run again for it. None of them is made here; whoever shows them previews
each, and applies one. Best first: what clears the finding without a new error, then what wins most.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from planner.conflicts.context import Context
from planner.conflicts.findings import Finding
from planner.conflicts.registry import run_rule
from planner.conflicts.trial import tables_of
from planner.conflicts.ways import dates, freezes, links, plan, reads, systems
from planner.conflicts.ways.fix import Ask, Fix

__all__ = ["FIXERS", "Fix", "fixes"]

MOST = 8
"""No finding has more fixes than this."""

Fixer = Callable[[Ask], Iterator[Fix]]

FIXERS: dict[str, Fixer] = {
    "READ01": reads.value,
    "READ02": reads.key,
    "PLAN01": plan.uncircle,
    "PLAN02": plan.reference,
    "PLAN04": plan.dropped,
    "PLAN07": plan.estimate,
    "DATE01": dates.deadline,
    "DATE02": dates.bounds,
    "DATE06": dates.promise,
    "FREEZE01": freezes.freeze,
    "FREEZE03": freezes.freeze,
    "SYS01": systems.overlap,
    "STD01": systems.review,
    "DATA01": systems.consent,
    "OWN01": plan.owner,
    "LINK01": links.agree,
    "WAIVE01": reads.waiver,
    "WAIVE02": reads.waiver,
}
"""The rules with fixes. A doubled id has none: which of the two is meant, only a person knows."""


def fixes(finding: Finding, context: Context, *, trials: int | None = None) -> list[Fix]:
    """The ways out of a finding, best first; empty where there is none that an edit can make.

    `trials` limits how many schedules are run to find what can give, where a list of many findings
    has to be quick; without it the plan's size decides.
    Raises EditRefused where the plan was made without its tables.
    """
    tables_of(context)
    if finding.root == ("*",):
        return _of_each(finding, context, trials)
    fixer = FIXERS.get(finding.code)
    return [] if fixer is None else list(islice(fixer(Ask(finding, context, trials)), MOST))


def _of_each(finding: Finding, context: Context, trials: int | None) -> list[Fix]:
    """For many findings told as one: the best way out of each of the first few."""
    told = [tuple(on) for on in finding.data["each"]]
    single = {one.on: one for one in run_rule(context, finding.code)}
    known = [single[on] for on in told[:MOST] if on in single]
    return [fix for one in known for fix in fixes(one, context, trials=trials)[:1]]
