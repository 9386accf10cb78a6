"""Folded groups: thin strips in packed rows, one lane for each group, with name and count.

Lanes with asks lie nearest the middle, then those with late work, then those with least room. Where
all lanes together are too high, those with neither an ask nor late work become one for their side;
where that is too high still, all do, and strips that find no row of their own share one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter

from msgspec import Struct

from planner.exchange.reports.axis import Axis
from planner.exchange.reports.facts import Work
from planner.exchange.reports.rows import DIAMOND, Interval, bar

STRIP, STEP = 2.8, 4.6
"""The height of a strip, and from one row of strips to the next."""
THIN = 3.6
"""The height of a late strip."""
MOST = 100
"""Rows in any lane: with more of them no page is high enough."""
OTHER = "Other work"


class Strip(Struct, frozen=True):
    """One initiative in a lane, in a row counted from the top."""

    work: Work
    row: int
    left: float
    right: float


class Lane(Struct, frozen=True):
    """One group of a side, or all that is quiet."""

    name: str
    strips: tuple[Strip, ...]
    rows: int

    @property
    def late(self) -> int:
        """How many are late."""
        return sum(strip.work.late for strip in self.strips)

    @property
    def count(self) -> str:
        """``11``, ``6, 1 late``."""
        return f"{len(self.strips)}, {self.late} late" if self.late else str(len(self.strips))


Fold = tuple[str, list[Work]]


def lanes(
    works: Iterable[Work], axis: Axis, asked: frozenset[str], merge: bool, most: int | None = None
) -> tuple[Lane, ...]:
    """The lanes of a side from the middle outwards, none of them with more than `most` rows."""
    folds = _ranked(_by_group(works), asked)
    if merge:
        folds = _merged(folds, asked)
    if most is not None:
        folds = [("All other work", [work for _, fold in folds for work in fold])]
    return tuple(_lane(name, fold, axis, most) for name, fold in folds if fold)


def _by_group(works: Iterable[Work]) -> list[Fold]:
    ordered = sorted(works, key=lambda one: (one.group, one.start, one.id))
    found = groupby(ordered, key=lambda one: one.group)
    return [(name or OTHER, list(fold)) for name, fold in found]


def _ranked(folds: Iterable[Fold], asked: frozenset[str]) -> list[Fold]:
    def rank(fold: Fold) -> tuple[int, int, int, str]:
        name, works = fold
        asks = sum(work.id in asked for work in works)
        late = sum(work.late for work in works)
        return -asks, -late, min(work.slack for work in works), name

    return sorted(folds, key=rank)


def _merged(folds: Sequence[Fold], asked: frozenset[str]) -> list[Fold]:
    def quiet(fold: Fold) -> bool:
        return not any(work.late or work.id in asked for work in fold[1])

    left = [fold for fold in folds if not quiet(fold)]
    rest = [work for fold in folds if quiet(fold) for work in fold[1]]
    return [*left, (OTHER if left else "All other work", rest)]


def _lane(name: str, works: Sequence[Work], axis: Axis, most: int | None) -> Lane:
    """Late work goes in first, so that it has a row of its own while there is one."""
    rows = _Rows(most or MOST)
    strips = []
    for work in sorted(works, key=lambda one: (not one.late, one.done, one.start, one.id)):
        left, right = bar(work, axis)
        row = rows.place(left, right + (DIAMOND if work.launch else 1))
        strips.append(Strip(work, row, left, right))
    return Lane(name, tuple(strips), len(rows))


class _Rows:
    """Rows of strips as they fill up: of each the taken intervals, apart from each other."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken: list[list[Interval]] = []

    def __len__(self) -> int:
        return len(self._taken)

    def place(self, left: float, right: float) -> int:
        """The first row with room, a new one, or of all the one that ends first."""
        row = next((n for n in range(len(self)) if self._is_free(n, left, right)), len(self))
        if row == self._most:
            row = min(range(len(self)), key=lambda n: (self._taken[n][-1][1], n))
        if row == len(self):
            self._taken.append([])
        self._take(row, left, right)
        return row

    def _is_free(self, row: int, left: float, right: float) -> bool:
        taken = self._taken[row]
        at = bisect_left(taken, right, key=itemgetter(0))
        return at == 0 or taken[at - 1][1] <= left

    def _take(self, row: int, left: float, right: float) -> None:
        taken = self._taken[row]
        first = bisect_right(taken, left, key=itemgetter(1))
        last = bisect_left(taken, right, key=itemgetter(0))
        if first < last:
            left, right = min(left, taken[first][0]), max(right, taken[last - 1][1])
        taken[first:last] = [(left, right)]
