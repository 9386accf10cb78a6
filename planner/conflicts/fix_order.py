"""Which of the options that were tried are offered, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from weakref import WeakKeyDictionary

from planner.conflicts.changes import Changes, Parts
from planner.conflicts.context import Context
from planner.conflicts.earliest import SHORTER
from planner.conflicts.fix import Ask, Fix
from planner.conflicts.fix_choice import GIVEN_UP, HOPED, PAID
from planner.conflicts.option_sets import OptionSet
from planner.conflicts.path_options import OPTION_KINDS
from planner.conflicts.reach import Reach
from planner.conflicts.trial import after_edits
from planner.text.edits import Edit

LOOKED_AT = 6
"""So many options are checked for new errors before they are offered."""

_FOUND: WeakKeyDictionary[Context, Parts] = WeakKeyDictionary()


def ranked(ask: Ask, answer: Reach) -> list[Fix]:
    """Single options that reach the day, one of each kind first; the best set; the rest."""
    gentle = [one for one in answer.options if not one.gives_up]
    whole = _varied(_harmless(ask, answer, gentle, LOOKED_AT if ask.thorough else 0))
    best = answer.best
    several = [best] if best is not None and len(best.options) > 1 and not best.gives_up else []
    parts = [one for one in gentle if one.finish > answer.day]
    return [_fix(answer, one) for one in (*whole, *several, *parts[:3])]


def cuts(answer: Reach) -> list[Fix]:
    """The best way to reach the day with each kind of thing given up, and with several."""
    first: dict[tuple[bool, str], OptionSet] = {}
    for one in (*answer.options, answer.best):
        if one is not None and one.gives_up and one.finish <= answer.day:
            first.setdefault((len(one.options) > 1, one.kind), one)
    return [_fix(answer, one) for one in first.values()]


def _varied(groups: Iterable[Sequence[OptionSet]]) -> list[OptionSet]:
    """In each group one of each kind of option first, then the second of each."""
    found = []
    for group in groups:
        seen: dict[str, int] = {}
        keyed = []
        for one in group:
            kind = one.kind
            seen[kind] = seen.get(kind, 0) + 1
            keyed.append(((seen[kind], OPTION_KINDS.index(kind)), one))
        found += [one for _, one in sorted(keyed, key=lambda item: item[0])]
    return found


def _harmless(
    ask: Ask, answer: Reach, gentle: Sequence[OptionSet], number: int
) -> tuple[list[OptionSet], list[OptionSet]]:
    """The options that reach the day: those that add no error elsewhere, and the others.

    Only the first `number` are looked at, since each takes a check of the whole plan.
    """
    reaching = _varied([[one for one in gentle if one.finish <= answer.day]])
    looked_at = reaching[:number]
    known = parts_of(ask) if looked_at else None
    bad = [one for one in looked_at if known and errors_added(ask, one.edit, known)]
    return [one for one in reaching if one not in bad], bad


def parts_of(ask: Ask) -> Parts:
    """What is found in the plan, checked once for all findings whose fixes are looked for."""
    if ask.context not in _FOUND:
        _FOUND[ask.context] = Parts(ask.check(ask.context))
    return _FOUND[ask.context]


def errors_added(ask: Ask, edit: Edit, known: Parts) -> int:
    """How many errors an edit brings or makes larger, beside those that are `known`."""
    after = after_edits(ask.context, [edit])
    return 1 if after is None else len(Changes(known, Parts(ask.check(after))).harm)


def _fix(answer: Reach, one: OptionSet) -> Fix:
    return Fix(
        title=one.title,
        edit=one.edit,
        needs_agreement=one.needs_agreement,
        wins=one.wins,
        finish=one.finish,
        price=one.price,
        clears=one.finish <= answer.day,
        choice=_choice(one),
    )


def _choice(one: OptionSet) -> str | None:
    """Why a person chooses an option, where the tables alone do not say it."""
    if one.gives_up:
        return GIVEN_UP if one.kind == "move" else None
    if one.price:
        return PAID
    return HOPED if any(each.kind in SHORTER for each in one.options) else None
