"""The parts of the agreements view: agreements, initiatives, handovers, and the names of teams.

A mark says at a glance what a row lacks: nobody accountable, more than one, a yes, an answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from msgspec import Struct

from planner.analysis.owes import answering, group_of, owes_of
from planner.analysis.raci import Column, Duty, Handover, Matrix
from planner.pages import signs
from planner.pages.agreements import TITLES, Mark, mark_of
from planner.pages.owes import group_name
from planner.pages.parties import side_name
from planner.plan.model import Plan
from planner.roadmap.output_owes import By

ANSWERS = "answers"
"""The part of the answers that are owed; a handover may stand in it and among what is owed."""
WORST_FIRST = (signs.ERROR, signs.WARNING, signs.COUNTERED, signs.ASKED, signs.DUE)


Member = Duty | Handover
"""What stands in a part."""


class Part(Struct, frozen=True):
    """A part; `marks` counts what its members lack. Its members are handovers or have a row in
    the matrix; `side` owes what stands in it.
    """

    key: str
    title: str
    marks: tuple[tuple[Mark, int], ...]
    members: tuple[Member, ...]
    hands: bool = False
    side: str | None = None


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
    hands = of_matching(handovers, matching)
    agreed = [one for one in matrix.agreements if matching is None or one.id in about]
    parts = (
        _part("agreements", TITLES["agreements"], agreed),
        _part("initiatives", TITLES["initiatives"], work),
        _part("handovers", TITLES["handovers"], hands, hands=True),
    )
    return [part for part in parts if part.members]


def of_matching(handovers: Iterable[Handover], matching: Collection[str] | None) -> list[Handover]:
    """The handovers with an end that a filter asks for; all where it asks for none."""
    return [
        one
        for one in handovers
        if matching is None or one.supplier in matching or one.successor in matching
    ]


def owed_parts(plan: Plan, handovers: Iterable[Handover], by: By) -> list[Part]:
    """What is owed, by side and then by team or month, and at the end the answers."""
    found = list(handovers)
    shown, pairs = owes_of(plan, found, by), {(one.supplier, one.successor): one for one in found}
    groups: dict[tuple[str, str], list[Handover]] = {}
    for row in shown.debts:
        debt = pairs[row.supplier, row.successor]
        groups.setdefault((row.giver, group_of(row, by)), []).append(debt)
    parts = []
    for (giver, group), members in groups.items():
        title = f"{side_name(plan, giver)} owes: {group_name(plan, by, group)}"
        parts.append(_part(f"owes {giver} {group}", title, members, hands=True, side=giver))
    answers = answering(found)
    if answers:
        parts.append(_part(ANSWERS, "Answers owed", answers, hands=True))
    return parts


def _part(
    key: str,
    title: str,
    members: Iterable[Member],
    *,
    hands: bool = False,
    side: str | None = None,
) -> Part:
    members = tuple(members)
    counts = Counter(mark_of(one) for one in members if lacks(one))
    order = sorted(counts.items(), key=lambda pair: WORST_FIRST.index(pair[0][0]))
    return Part(key, title, tuple(order), members, hands, side)


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
