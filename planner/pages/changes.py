"""What is said of two plans compared: dates that moved and why, keys that differ, conflicts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planner.analysis.changes import Change
from planner.analysis.compared import Compared, Move, Part, ends_of, shift_of
from planner.conflicts.changes import Change as FindingChange
from planner.conflicts.changes import Outcome
from planner.conflicts.findings import SEVERITY_MARKS
from planner.pages.history import who_did_it
from planner.roadmap.figures import date_or_none
from planner.roadmap.output_history import CauseRow, StepRow
from planner.text.visible import visible

OUTCOMES: dict[Outcome, str] = {
    "cleared": "cleared",
    "waived": "waived",
    "unchecked": "no longer checked",
    "better": "better",
    "worse": "worse",
    "regrouped": "now",
    "new": "new",
}
"""What became of a conflict, in front of it."""


def difference_lines(found: Compared, ids: frozenset[str] | None = None) -> Iterator[str]:
    """Moved dates, changed tables and keys, then what became of the conflicts; with `ids` only of
    these initiatives.
    """
    if ids is None and found.nothing:
        only_text = found.then.tables != found.now.tables
        yield "only the text differs" if only_text else "no change"
        return
    lines = [*move_lines(found, ids)]
    for change in found.changes:
        if ids is None or is_of(change, ids):
            lines += map(visible, _change(change))
    findings = (one for one in found.findings.all if ids is None or is_on(one, ids))
    lines += map(finding_change, findings)
    yield from lines or ["no change"]


def is_of(change: Change, ids: frozenset[str]) -> bool:
    """Whether a change is one of some initiatives."""
    return change.kind == "initiatives" and change.id in ids


def is_on(change: FindingChange, ids: frozenset[str]) -> bool:
    """Whether what became of a conflict concerns some initiatives."""
    every = (*change.after, *change.before)
    return any(not ids.isdisjoint((*one.on, *one.through)) for one in every)


def move_lines(found: Compared, ids: frozenset[str] | None = None) -> Iterator[str]:
    """The dates that moved and why: the main launch, the other launches, then by date."""
    launches, main = found.now.schedule.launches, found.now.schedule.main_launch
    order = {True: 0, False: 1}
    for move in sorted(found.moves, key=lambda m: (order[m.id == main], order[m.id in launches])):
        if ids is None or move.id in ids:
            yield move_words(move, found.move(move.id, move.key), found.now.as_of)


def move_words(move: Move, step: StepRow, near: date) -> str:
    """``web-push 22 Jan → 5 Feb (+10d): +5d time went by (push should have started on 8 Jan and has
    not), +5d edits (tags 20d → 25d, Ana, 3f2c1a9)``.
    """
    name = move.id if move.key == "finish" else f"{move.id} {move.key}"
    shift = shift_of(step, "moved")
    days = f" ({shift.short})" if shift is not None else ""
    dates = f"{date_or_none(step.then, near)} → {date_or_none(step.now, near)}{days}"
    parts = [*_part("time went by", step, "time", "; ".join(step.waited))]
    parts += _part("edits", step, "edits", "; ".join(map(cause_words, step.causes)))
    return visible(f"{name} {dates}: {', '.join(parts)}")


def _part(name: str, step: StepRow, part: Part, why: str) -> Iterator[str]:
    first, last = ends_of(step, part)
    if first == last:
        return
    shift = shift_of(step, part)
    figure = f"{shift.short} " if shift is not None else ""
    yield f"{figure}{name}{f' ({why})' if why else ''}"


def cause_words(cause: CauseRow) -> str:
    """``tags 20d → 25d, Ana, 3f2c1a9``; ``tags 20d → 25d, you, not committed``."""
    return f"{cause.text}, {who_did_it(cause)}"


def _change(change: Change) -> Iterator[str]:
    name = f"{change.kind}.{change.id}" if change.id else change.kind
    if change.what == "renamed":
        yield f"{change.kind}.{change.old} renamed to {name}"
    elif change.what != "changed":
        yield f"{name} {change.what}"
    yield from (f"{name}: {each.text}" for each in change.keys)


def finding_change(change: FindingChange) -> str:
    """``worse ▲ COST01 IT €140,000 over budget, was €40,000``."""
    mark = SEVERITY_MARKS[change.severity]
    return visible(f"{OUTCOMES[change.outcome]} {mark} {change.code} {change.text}")
