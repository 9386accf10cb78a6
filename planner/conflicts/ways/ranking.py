"""Which of the levers that were tried are offered, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planner.conflicts.changes import Changes, Parts
from planner.conflicts.context import Context
from planner.conflicts.levers import CUTS, GIVES
from planner.conflicts.reach import Reach, Tried
from planner.conflicts.registry import check
from planner.conflicts.trial import after_edits
from planner.conflicts.ways.fix import Fix
from planner.text.edits import Edit

LOOKED_AT = 6
"""So many levers are checked for new errors before they are offered."""


def ranked(context: Context, answer: Reach, *, thorough: bool = True) -> list[Fix]:
    """Single levers that reach the day, one of each kind first; the shortest set; the rest."""
    gentle = [one for one in answer.levers if one.wins > 0 and one.lever.give not in CUTS]
    whole = [
        _of_lever(answer, one)
        for one in _varied(_harmless(context, answer, gentle, LOOKED_AT if thorough else 0))
    ]
    several = [_of_steps(answer)] if len(answer.steps) > 1 else []
    parts = [_of_lever(answer, one) for one in gentle if one.finish > answer.day]
    return [*whole, *several, *parts[:3]]


def cuts(answer: Reach) -> list[Fix]:
    """The best way to reach the day by dropping a link, and by dropping work."""
    first: dict[str, Tried] = {}
    for one in answer.levers:
        if one.lever.give in CUTS and one.finish <= answer.day:
            first.setdefault(one.lever.give, one)
    return [_of_lever(answer, one) for one in first.values()]


def _varied(groups: Iterable[Sequence[Tried]]) -> list[Tried]:
    """In each group one of each kind of lever first, then the second of each."""
    found = []
    for group in groups:
        seen: dict[str, int] = {}
        keyed = []
        for one in group:
            give = one.lever.give
            seen[give] = seen.get(give, 0) + 1
            keyed.append(((seen[give], GIVES.index(give)), one))
        found += [one for _, one in sorted(keyed, key=lambda item: item[0])]
    return found


def _harmless(
    context: Context, answer: Reach, gentle: Sequence[Tried], number: int
) -> tuple[list[Tried], list[Tried]]:
    """The levers that reach the day: those that add no error elsewhere, and the others.

    Only the first `number` are looked at, since each takes a check of the whole plan.
    """
    reaching = _varied([[one for one in gentle if one.finish <= answer.day]])
    looked_at = reaching[:number]
    known = Parts(check(context)) if looked_at else None
    bad = [one for one in looked_at if known and errors_added(context, one.edit, known)]
    return [one for one in reaching if one not in bad], bad


def errors_added(context: Context, edit: Edit, known: Parts) -> int:
    """How many errors an edit brings, or makes of less, beside those of `context`."""
    after = after_edits(context, [edit])
    if after is None:
        return 1
    fresh = Changes(known, Parts(check(after))).fresh
    return sum(one.severity == "error" for one in fresh)


def _of_lever(answer: Reach, one: Tried) -> Fix:
    return Fix(
        title=one.lever.title,
        edit=one.lever.edit,
        needs_yes=one.lever.needs_yes,
        wins=one.wins,
        finish=one.finish,
        assumes=one.lever.assumes,
        clears=one.finish <= answer.day,
    )


def _of_steps(answer: Reach) -> Fix:
    edit = answer.edit
    assert edit is not None
    return Fix(
        title=answer.title,
        edit=edit,
        needs_yes=answer.needs_yes,
        wins=sum(one.wins for one in answer.steps),
        finish=answer.steps[-1].finish,
        assumes="; ".join(one.lever.assumes for one in answer.steps),
    )
