"""The rows of the agreements view: parts with their headings, duties and handovers.

A mark says at a glance what a row lacks: nobody accountable, more than one, a yes, an answer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from msgspec import Struct

from planner.analysis.raci import Column, Duty, Handover, Matrix
from planner.pages import signs
from planner.pages.agreements import Mark, mark_of

WORST_FIRST = (signs.ERROR, signs.WARNING, signs.COUNTERED, signs.ASKED, signs.DUE)


class Part(Struct, frozen=True):
    """The heading of a part; `marks` counts what its rows lack."""

    key: str
    marks: tuple[tuple[Mark, int], ...]
    count: int
    folded: bool


Row = Part | Duty | Handover


def lacks(row: Row) -> bool:
    """Whether somebody has to do something about a row."""
    return not isinstance(row, Part) and mark_of(row)[0] != signs.AGREED


def rows_of(
    matrix: Matrix,
    handovers: Iterable[Handover],
    folded: Collection[str],
    matching: Collection[str] | None,
    about: Collection[str] = (),
) -> list[Row]:
    """Headings and rows; `matching` are the initiatives that a filter asks for, None for all, and
    `about` the agreements on what they touch.
    """
    work = [one for one in matrix.initiatives if matching is None or one.id in matching]
    hands = [
        one
        for one in handovers
        if matching is None or one.supplier in matching or one.successor in matching
    ]
    parts: dict[str, list[Duty] | list[Handover]] = {
        "agreements": [one for one in matrix.agreements if matching is None or one.id in about],
        "initiatives": work,
        "handovers": hands,
    }
    rows: list[Row] = []
    for key, members in parts.items():
        if members:
            rows.append(_part(key, members, folded=key in folded))
            rows += [] if key in folded else members
    return rows


def _part(key: str, members: list[Duty] | list[Handover], *, folded: bool) -> Part:
    counts: dict[Mark, int] = {}
    for one in members:
        if lacks(one):
            counts[mark_of(one)] = counts.get(mark_of(one), 0) + 1
    order = sorted(counts.items(), key=lambda pair: WORST_FIRST.index(pair[0][0]))
    return Part(key, tuple(order), len(members), folded)


def part_of(row: Row) -> str:
    """The key of the part that a row stands in."""
    if isinstance(row, Part):
        return row.key
    return row.kind if isinstance(row, Duty) else "handovers"


def abbreviated(columns: Iterable[Column], width: int) -> list[str]:
    """Names of teams in at most `width` letters each, no two the same where that can be."""
    found: list[str] = []
    for column in columns:
        names = (name for name in _names(column.id, width) if name not in found)
        found.append(next(names, column.id[:width]))
    return found


def _names(id: str, width: int) -> Iterable[str]:
    first, *rest = id.split("-")
    if len(id) <= width:
        yield id
    if rest:
        yield (first[: max(1, width - 2)] + "-" + rest[-1])[:width]
        yield (first[0] + "-" + rest[-1])[:width]
    yield id[:width]
    for number in range(2, 10):
        yield f"{id[: width - 1]}{number}"
