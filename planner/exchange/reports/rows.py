"""Bars and their labels in rows, so that nothing overlaps.

Bars go in by urgency. For each row from the middle outwards the label is tried inside the bar, to
its right and to its left, the full title first, then what that may be cut to. Bar and label
together are the taken interval. Where no row has room there is a new one. Rows have no height here:
the pitch is chosen when all rows are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from planner.exchange.reports.axis import NAME, Axis
from planner.exchange.reports.facts import Work
from planner.exchange.reports.shapes import BADGE
from planner.exchange.reports.widths import fitting, room_of

INSIDE, BESIDE, APART = 5.0, 5.0, 6.0
"""Between a bar's edge and the label in it, a bar and the label beside it, a label and what is
next.
"""
LEAST = 3.0
"""The width of the shortest bar."""
DIAMOND = 6.0
"""Half of a diamond."""
LABEL_ROOM = 330.0
"""No label beside a bar is wider."""

Interval = tuple[float, float]


class Label(Struct, frozen=True):
    """A title where it is drawn: the left edge, and whether that is inside its bar."""

    text: str
    x: float
    size: float
    inside: bool
    room: float


class Placed(Struct, frozen=True):
    """A bar in a row, counted from the middle; done work has no label."""

    work: Work
    row: int
    left: float
    right: float
    label: Label | None


class Rows:
    """Rows of one side, as they fill up."""

    def __init__(self, axis: Axis, reserved: Sequence[Interval] = ()) -> None:
        self._axis = axis
        self._taken: list[list[Interval]] = [list(reserved)] if reserved else []

    def __len__(self) -> int:
        return len(self._taken)

    def place(self, work: Work) -> Placed | None:
        """Where a bar goes; None for done work that has no room in any row."""
        left, right = bar(work, self._axis)
        for row, taken in enumerate(self._taken):
            found = self._in_row(work, row, left, right, taken)
            if found is not None:
                return found
        if work.done:
            return None
        self._taken.append([])
        row = len(self._taken) - 1
        found = self._in_row(work, row, left, right, self._taken[row])
        return found or self._squeezed(work, row, left, right)

    def _in_row(
        self, work: Work, row: int, left: float, right: float, taken: list[Interval]
    ) -> Placed | None:
        solid = self._solid(work, left, right)
        if not is_free(solid, taken):
            return None
        if work.done:
            taken.append(solid)
            return Placed(work, row, left, right, None)
        for label in self._labels(work, left, right):
            whole = _with(solid, label)
            if (
                self._axis.left <= whole[0]
                and whole[1] <= self._axis.right + 8
                and is_free(whole, taken)
            ):
                taken.append(whole)
                return Placed(work, row, left, right, label)
        return None

    def _squeezed(self, work: Work, row: int, left: float, right: float) -> Placed:
        """In a row of its own, with as much of the title as there is room for."""
        solid = self._solid(work, left, right)
        rooms = (
            (solid[1] + BESIDE, min(self._axis.right + 8 - solid[1] - BESIDE, LABEL_ROOM), False),
            (left + _start(work), right - left - _start(work) - INSIDE, True),
            (self._axis.left, min(solid[0] - BESIDE - self._axis.left, LABEL_ROOM), False),
        )
        x, room, inside = max(rooms, key=lambda one: one[1])
        text = fitting(work.names[-1], NAME, room)
        wide = room_of(text, NAME)
        if x == self._axis.left and not inside and solid[0] > x:
            x = solid[0] - BESIDE - wide
        label = Label(text, x, NAME, inside, wide) if text else None
        self._taken[row].append(_with(solid, label) if label else solid)
        return Placed(work, row, left, right, label)

    def _solid(self, work: Work, left: float, right: float) -> Interval:
        """The bar with the signs on it."""
        reach = DIAMOND + 1 if work.launch else 0
        first = left if work.number is None else min(left, left + _badge_at(left, right) - 10)
        last = right + reach
        if work.number is not None:
            last = max(last, left + _badge_at(left, right) + 10)
        return first, last

    def _labels(self, work: Work, left: float, right: float) -> Iterator[Label]:
        first, last = self._solid(work, left, right)
        for text in work.names:
            room = room_of(text, NAME)
            if _start(work) + room + 2 + (DIAMOND if work.launch else 0) <= right - left:
                yield Label(text, left + _start(work), NAME, True, room)
            if room <= LABEL_ROOM:
                yield Label(text, last + BESIDE, NAME, False, room)
                yield Label(text, first - BESIDE - room, NAME, False, room)


def bar(work: Work, axis: Axis) -> Interval:
    """The edges of a bar; the shortest can still be seen."""
    left, right = axis.at(work.start), axis.after(work.finish)
    if right - left >= LEAST:
        return left, right
    return (left, left + LEAST) if left + LEAST <= axis.right else (axis.right - LEAST, axis.right)


def _badge_at(left: float, right: float) -> float:
    """Where the number on a bar is, from its left edge."""
    return min(12.0, (right - left) / 2)


def badge_place(left: float, right: float) -> float:
    """Where the number on a bar is."""
    return left + _badge_at(left, right)


def _start(work: Work) -> float:
    """Where a label in a bar begins, behind the number on it."""
    return INSIDE if work.number is None else 12.0 + BADGE + 4


def _with(solid: Interval, label: Label) -> Interval:
    left, right = solid
    if not label.inside:
        left = min(left, label.x - APART if label.x < left else left)
        right = max(right, label.x + label.room + APART if label.x >= right else right)
    return left, right


def is_free(wanted: Interval, taken: Iterable[Interval]) -> bool:
    """Whether an interval meets none of these; touching is not meeting."""
    return all(right <= wanted[0] or wanted[1] <= left for left, right in taken)


def by_urgency(works: Iterable[Work], numbered: frozenset[str], open: frozenset[str]) -> list[Work]:
    """Numbered handovers first, then other open ones, late work, what can slip least; done last."""

    def rank(one: Work) -> tuple[bool, bool, bool, bool, int, str, str]:
        urgent = one.id in numbered or one.number is not None
        return (one.done, not urgent, one.id not in open, not one.late, one.slack,
                one.start.isoformat(), one.id)  # fmt: skip

    return sorted(works, key=rank)


def placed(
    axis: Axis, works: Sequence[Work], reserved: Sequence[Interval] = ()
) -> tuple[list[Placed], int]:
    """All bars of one side in rows, and the number of rows; `reserved` is not free in the first."""
    rows = Rows(axis, reserved)
    found = [one for work in works if (one := rows.place(work)) is not None]
    return found, len(rows)
