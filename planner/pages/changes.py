"""What is said of two plans compared: dates that moved and why, keys that differ, conflicts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planner.analysis.changes import Change, Differences, Move
from planner.conflicts.changes import Change as FindingChange
from planner.conflicts.changes import Outcome
from planner.conflicts.findings import SEVERITY_MARKS
from planner.roadmap.figures import date_text
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


def difference_lines(found: Differences) -> Iterator[str]:
    """Moved dates, changed tables and keys, then what became of the conflicts."""
    if found.nothing:
        only_text = found.before.tables != found.after.tables
        yield "only the text differs" if only_text else "no change"
        return
    yield from move_lines(found)
    for change in found.changes:
        yield from map(visible, _change(change))
    yield from map(finding_change, found.findings.all)


def move_lines(found: Differences) -> Iterator[str]:
    """The dates that moved, each with the changes behind it."""
    yield from (move_words(move, found.after.as_of) for move in found.moves)


def move_words(move: Move, near: date) -> str:
    """``web-push: finish 22 Jan → 29 Jan (+5d) because tag-migration 20d → 25d``."""
    before, after = (_day(day, near) for day in (move.before, move.after))
    days = f" ({move.shift.short})" if move.shift is not None else ""
    because = f" because {', '.join(move.because)}" if move.because else ""
    return visible(f"{move.id}: {move.key} {before} → {after}{days}{because}")


def _day(day: date | None, near: date) -> str:
    return "no date" if day is None else date_text(day, near)


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
