"""Fixes tried on a copy of the plan: what each does to the dates, and whether its finding is gone.

Where a fix changes when work happens, what it says about days is never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from planner.conflicts.reach import after_edits
from planner.conflicts.registry import check, run_rule
from planner.conflicts.trial import finish_of, together, won
from planner.conflicts.ways.fix import Ask, Fix
from planner.conflicts.ways.ranking import LOOKED_AT, errors_added
from planner.text.edits import Edit


def timed(
    ask: Ask,
    title: str,
    edits: Sequence[Edit],
    about: str,
    *,
    needs_yes: Iterable[str] = (),
    assumes: str = "",
) -> Iterator[Fix]:
    """One fix with the days by which `about` finishes earlier; none where it makes no sense."""
    edit = together(edits, title)
    after = after_edits(ask.context, [edit])
    if after is None or after.network.cycles != ask.context.network.cycles:
        return
    left = {one.fingerprint for one in run_rule(after, ask.finding.code)}
    yield Fix(
        title=title,
        edit=edit,
        needs_yes=tuple(dict.fromkeys(needs_yes)),
        wins=won(ask.context, after, about),
        finish=finish_of(after, about),
        assumes=assumes,
        clears=ask.finding.fingerprint not in left,
    )


def best_first(ask: Ask, found: Iterable[Fix]) -> list[Fix]:
    """What clears the finding and adds no error elsewhere first, then what costs the fewest days.

    Only the first few are looked at for errors, since each takes a check of the whole plan.
    """
    ordered = sorted(found, key=lambda fix: (not fix.clears, -(fix.wins or 0)))
    if not ask.thorough or len(ordered) < 2:
        return ordered
    known = {one.fingerprint for one in check(ask.context).findings}
    harm = [errors_added(ask.context, fix.edit, known) for fix in ordered[:LOOKED_AT]]
    harm += [0] * (len(ordered) - len(harm))
    ranked = sorted(
        zip(harm, ordered, strict=True), key=lambda one: (not one[1].clears, one[0] > 0)
    )
    return [fix for _, fix in ranked]
