"""A what-if as values: a plan with edits that are only tried, beside the plan without them.

Launches, money, conflicts and load are those that `compare` has of two revisions, so that a branch
with the edits says the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from planner.analysis.capacity import Capacities, periods_between
from planner.analysis.compare import Named, compared_plans
from planner.conflicts.agreement import must_agree
from planner.conflicts.findings import SEVERITIES
from planner.plan.impact import Consequence
from planner.plan.model import Plan
from planner.roadmap.output import SCHEMA
from planner.roadmap.output_compare import CompareShown
from planner.roadmap.output_whatif import (
    TriedConflict,
    TriedLoad,
    TriedMove,
    TriedRow,
    WhatIfShown,
)
from planner.roadmap.sides import BOTH, belongs_to
from planner.schedule.delay import finish_of
from planner.text.commands import as_command
from planner.text.differences import written_keys
from planner.text.edits import Edit, Edits, renames_of, touched

NOW, WHAT_IF = "now", "what-if"
"""What the two plans are called."""
ORDER = ("cleared", "waived", "unchecked", "better", "regrouped", "worse", "new")
"""What becomes of conflicts: the last two decide."""
WEEKS, BEFORE = 26, 4
"""So many weeks of load at most, and before the first that is other."""
OWNERS = ("portfolio", "owner", "steward", "team", "accountable")
"""Keys that say whose a table is."""


class Step(Struct, frozen=True):
    """One edit, and the plans before and after it."""

    edit: Edit
    before: Plan
    after: Plan


def what_if_shown(
    base: Plan, plan: Plan, steps: Sequence[Step], options: Sequence[str] = ()
) -> WhatIfShown:
    """The edits, and all that is other with them; commands get `options`."""
    found = Consequence(base, plan, Edits(tuple(one.edit for one in steps)))
    compare = compared_plans([Named(NOW, None, base), Named(WHAT_IF, None, plan)])
    moved = _moves(found, steps)
    return WhatIfShown(
        schema=SCHEMA,
        edits=tuple(_row(one, options) for one in steps),
        compare=compare,
        cost=found.cost,
        conflicts=tuple(_conflicts(found)),
        moved=moved,
        unmoved=sum(one not in {each.id for each in moved} for one in plan.roadmap.initiatives),
        load=_load(base, plan, compare),
    )


# --- edits ----------------------------------------------------------------------------------------


def _row(step: Step, options: Sequence[str]) -> TriedRow:
    before, after, edit = step.before, step.after, step.edit
    keys = list(written_keys(before.tables, after.tables, renames_of(edit)))
    key, change = keys[0] if keys else (min(touched(edit))[1], "as it is already")
    sides = (side for at in sorted(touched(edit)) for side in _must_agree(before, after, *at))
    return TriedRow(
        key=key,
        change=change,
        more=max(0, len(keys) - 1),
        needs_agreement=tuple(dict.fromkeys(sides)),
        command=as_command(edit, before.reading.roadmap, options),
    )


def _must_agree(before: Plan, after: Plan, kind: str, id: str) -> tuple[str, ...]:
    """The sides that a table belongs to, before the edit or else after it; both for one of all."""
    plan = before if id in before.tables.get(kind, {}) else after
    if kind == "initiatives":
        return must_agree(plan.context, id)
    sides = [id] if kind == "portfolios" else [_side(plan, kind, id)]
    whose = [each for side in sides for each in belongs_to(side)] or BOTH
    return tuple(plan.roadmap.side_title(side) for side in whose)


def _side(plan: Plan, kind: str, id: str) -> str | None:
    table = plan.written(kind, id)
    for key in OWNERS:
        value = table.get(key)
        named = value[0] if isinstance(value, list) and value else value
        if isinstance(named, str):
            return named if key == "portfolio" else plan.context.party(named).side
    return None


# --- moves ----------------------------------------------------------------------------------------


def _moves(found: Consequence, steps: Sequence[Step]) -> tuple[TriedMove, ...]:
    """What moves, gets dates or loses them, or is edited, by its finish then."""
    edits = _edited(steps)
    there = found.after.roadmap.initiatives
    ids = {*found.after.schedule.moved_since(found.before.schedule), *edits} & there.keys()
    rows = (_move(found, id, edits.get(id, ())) for id in ids)
    kept = (row for row in rows if row.now != row.what_if or row.edits)
    return tuple(sorted(kept, key=lambda row: (row.what_if or date.max, row.id)))


def _edited(steps: Sequence[Step]) -> dict[str, tuple[int, ...]]:
    """The numbers of the edits that change each initiative."""
    found: dict[str, tuple[int, ...]] = {}
    for number, step in enumerate(steps, 1):
        for kind, id in touched(step.edit):
            if kind == "initiatives":
                found[id] = (*found.get(id, ()), number)
    return found


def _move(found: Consequence, id: str, edits: tuple[int, ...]) -> TriedMove:
    now, what_if = finish_of(found.then, found.id_before(id)), finish_of(found.after, id)
    moves = found.after.schedule.shift(now, what_if).working if now and what_if else None
    return TriedMove(
        id=id,
        title=found.after.roadmap.initiatives[id].label,
        now=now,
        what_if=what_if,
        moves=moves,
        within_float=not edits and moves is not None and _is_harmless(found, id, moves),
        edits=edits,
    )


def _is_harmless(found: Consequence, id: str, moves: int) -> bool:
    """Whether it is earlier, no launch, and critical neither before nor after."""
    was, now = found.then.schedule.get(found.id_before(id)), found.after.schedule.get(id)
    critical = any(dates is not None and dates.critical for dates in (was, now))
    return moves <= 0 and not critical and id not in found.after.schedule.launches


# --- conflicts and load ---------------------------------------------------------------------------


def _conflicts(found: Consequence) -> Iterable[TriedConflict]:
    """What becomes of conflicts: of one outcome the worst first."""
    changes = sorted(
        found.changes.all,
        key=lambda each: (ORDER.index(each.outcome), SEVERITIES.index(each.severity)),
    )
    for each in changes:
        first = (each.after or each.before)[0]
        yield TriedConflict(
            outcome=each.outcome,
            severity=each.severity,
            code=each.code,
            id=first.id,
            text=each.text,
        )


def _load(base: Plan, plan: Plan, compare: CompareShown) -> TriedLoad | None:
    """The weeks of the team that is over capacity on the most days more; None where none is."""
    now, then = (column.load for column in compare.columns)
    more = {team: load.days - (now[team].days if team in now else 0) for team, load in then.items()}
    worst = max(more, key=lambda team: more[team], default=None)
    if worst is None or more[worst] <= 0:
        return None
    loads = [Capacities(each) for each in (base, plan)]
    last = max(each.last for each in loads)
    periods = tuple(periods_between("week", plan.as_of, last))
    peaks = [each.peaks(worst, periods) for each in loads]
    over = [at for at, pair in enumerate(zip(*peaks, strict=True)) if pair[0] != pair[1]]
    first = max(0, over[0] - BEFORE) if over else 0
    shown = slice(first, first + WEEKS)
    was, will = ([peak.needed for peak in each[shown]] for each in peaks)
    return TriedLoad(
        team=worst,
        title=plan.roadmap.party_title(worst),
        side=plan.context.party(worst).side or "",
        there=peaks[1][first].there,
        weeks=tuple(day for day, _ in periods[shown]),
        now=tuple(was),
        what_if=tuple(will),
    )
