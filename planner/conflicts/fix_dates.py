"""Fixes tried on a copy of the plan: what each does to the dates, and whether its finding is gone.

Where a fix changes when work happens, what it says about days is never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from planner.conflicts.context import Context
from planner.conflicts.fix import Ask, Fix
from planner.conflicts.fix_order import LOOKED_AT, errors_added, parts_of
from planner.conflicts.trial import after_edits, finish_of, together, won
from planner.text.edits import Edit


def timed(
    ask: Ask,
    title: str,
    edits: Sequence[Edit],
    about: str,
    *,
    needs_agreement: Iterable[str] = (),
    choice: str | None = None,
) -> Iterator[Fix]:
    """One fix with the days by which `about` finishes earlier; none where it makes no sense."""
    edit = together(edits, title)
    after = after_edits(ask.context, [edit])
    if after is None or after.network.cycles != ask.context.network.cycles:
        return
    if _lets_started_work_wait(ask, after):
        return
    left = {one.fingerprint for one in ask.left(after)}
    yield Fix(
        title=title,
        edit=edit,
        needs_agreement=tuple(dict.fromkeys(needs_agreement)),
        wins=won(ask.context, after, about),
        finish=finish_of(after, about),
        clears=ask.finding.fingerprint not in left,
        choice=choice,
    )


def _lets_started_work_wait(ask: Ask, after: Context) -> bool:
    """Whether something that has started would have to wait for what it did not wait for."""
    early = {one.fingerprint for one in ask.find(after, "DATE03")}
    return not early <= {one.fingerprint for one in ask.find(ask.context, "DATE03")}


def best_first(ask: Ask, found: Iterable[Fix]) -> list[Fix]:
    """What clears the finding and adds no error elsewhere, then the rest."""
    good, bad = parted(ask, found)
    return [*good, *bad]


def parted(ask: Ask, found: Iterable[Fix]) -> tuple[list[Fix], list[Fix]]:
    """Those that clear the finding without a new error elsewhere, and the others.

    In each what clears it first, then what costs the fewest days. Only the first few are looked at
    for errors, since each takes a check of the whole plan.
    """
    ordered = sorted(found, key=lambda fix: (not fix.clears, -(fix.wins or 0)))
    if not ask.thorough or not ordered:
        return ordered, []
    known = parts_of(ask)
    bad = [fix for fix in ordered if not fix.clears]
    looked_at = [fix for fix in ordered if fix.clears][:LOOKED_AT]
    bad = [fix for fix in looked_at if errors_added(ask, fix.edit, known)] + bad
    return [fix for fix in ordered if fix not in bad], bad
