"""The parts of the agreements view: agreements, initiatives, handovers, and the names of teams.

A mark says at a glance what a row lacks: nobody accountable, more than one, a yes, an answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from msgspec import Struct

from planner.analysis.raci import Column, Duty, Handover, Matrix
from planner.pages import signs
from planner.pages.agreements import Mark, mark_of

WORST_FIRST = (signs.ERROR, signs.WARNING, signs.COUNTERED, signs.ASKED, signs.DUE)


Member = Duty | Handover
"""What stands in a part."""


class Part(Struct, frozen=True):
    """A part; `marks` counts what its members lack."""

    key: str
    marks: tuple[tuple[Mark, int], ...]
    members: tuple[Member, ...]


def lacks(member: Member) -> bool:
    """Whether somebody has to do something about it."""
    return mark_of(member)[0] != signs.AGREED


def parts_of(
    matrix: Matrix,
    handovers: Iterable[Handover],
    matching: Collection[str] | None,
    about: Collection[str] = (),
) -> list[Part]:
    """The parts that have members; `matching` are the initiatives that a filter asks for, None for
    all, and `about` the agreements on what they touch.
    """
    work = [one for one in matrix.initiatives if matching is None or one.id in matching]
    hands = [
        one
        for one in handovers
        if matching is None or one.supplier in matching or one.successor in matching
    ]
    agreed = [one for one in matrix.agreements if matching is None or one.id in about]
    parts = (_part("agreements", agreed), _part("initiatives", work), _part("handovers", hands))
    return [part for part in parts if part.members]


def _part(key: str, members: Iterable[Member]) -> Part:
    members = tuple(members)
    counts = Counter(mark_of(one) for one in members if lacks(one))
    order = sorted(counts.items(), key=lambda pair: WORST_FIRST.index(pair[0][0]))
    return Part(key, tuple(order), members)


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
