"""The board's rows: headings, what is under them, and initiatives, as a tree laid flat.

Rows are facts about the roadmap only (no dates, no texts, no colours), so that ten thousand of them
are made in a few milliseconds; what a row looks like is worked out when it comes into view. What
the headings are, and in which order they stand, is `planner.query.arrangement`'s to know. An
initiative that serves several outcomes has a row under each.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from msgspec import Struct

from planner.query.arrangement import Heading, Under, headings, in_order
from planner.roadmap.entities import Grouping, Initiative, Roadmap

Fold = Under
"""A heading with those over it, the outermost first."""


class Row(Struct, frozen=True):
    """One line of the board. `under` are the headings over it, a heading's own the last; `size` is
    how many initiatives a heading holds.
    """

    kind: str
    id: str
    under: Fold
    folded: bool = False
    size: int = 0

    @property
    def heading(self) -> bool:
        """Whether this row holds others."""
        return self.kind != "initiatives"

    @property
    def depth(self) -> int:
        """How many headings are over it."""
        return len(self.under) - self.heading


@dataclass
class _Branch:
    """A heading while the tree is built."""

    under: Fold = ()
    inner: dict[Heading, _Branch] = field(default_factory=dict)
    items: list[str] = field(default_factory=list)

    def at(self, heading: Heading) -> _Branch:
        """The branch of a heading under this one, made where there is none."""
        if heading not in self.inner:
            self.inner[heading] = _Branch((*self.under, heading))
        return self.inner[heading]

    def all(self) -> Iterator[_Branch]:
        """Every branch under this one."""
        for branch in self.inner.values():
            yield branch
            yield from branch.all()

    def size(self) -> int:
        """How many initiatives are under it."""
        return len(self.items) + sum(len(branch.items) for branch in self.all())

    def ids(self) -> Iterator[str]:
        """The initiatives under it, at any depth."""
        return chain(self.items, *(branch.items for branch in self.all()))


class Outline:
    """The rows in order, and where each thing is. `folded` headings hide what they hold.

    `ordered` are the initiatives in another order than the file's.
    """

    def __init__(
        self,
        roadmap: Roadmap,
        folded: Collection[Fold] = (),
        only: Collection[str] | None = None,
        grouping: Grouping = "portfolio",
        ordered: Iterable[Initiative] | None = None,
    ) -> None:
        self.roadmap = roadmap
        self.grouping: Grouping = grouping
        self._over = headings(roadmap, grouping)
        items = roadmap.initiatives.values() if ordered is None else ordered
        self._tree = self._grown(each for each in items if only is None or each.id in only)
        self._folded = folded
        self.rows: tuple[Row, ...] = tuple(self._flatten(self._tree))
        self._index: dict[Heading, int] = {}
        self._headings: dict[Fold, int] = {}
        for at, row in enumerate(self.rows):
            self._index.setdefault((row.kind, row.id), at)
            if row.heading:
                self._headings[row.under] = at

    def __len__(self) -> int:
        return len(self.rows)

    def find(self, kind: str, id: str) -> int | None:
        """The row of a thing, or of the folded heading it is hidden under; None if filtered out."""
        at = self._index.get((kind, id))
        if at is None and kind == "initiatives" and id in self.roadmap.initiatives:
            unders = self._over(self.roadmap.initiatives[id])
            found = (at for under in unders if (at := self.heading(under)) is not None)
            return next((at for at in found if self.rows[at].folded), None)
        return at

    def near(self, at: int) -> int | None:
        """The row of the first initiative from row `at` on, else of the last before it."""
        ways = chain(range(at, len(self.rows)), range(min(at, len(self.rows)) - 1, -1, -1))
        return next((each for each in ways if not self.rows[each].heading), None)

    def heading(self, under: Fold) -> int | None:
        """The row of a heading, or of the folded one that hides it; None if filtered out."""
        shown = (under[:depth] for depth in range(1, len(under) + 1))
        found = [self._headings[each] for each in shown if each in self._headings]
        return found[-1] if found and self._hides(under, found[-1]) else None

    def _hides(self, under: Fold, at: int) -> bool:
        row = self.rows[at]
        return row.under == under or row.folded

    def members(self, row: Row) -> tuple[str, ...]:
        """The initiatives under a heading, at any depth."""
        if not row.heading:
            return ()
        branch = self._tree
        for heading in row.under:
            branch = branch.inner[heading]
        return tuple(branch.ids())

    def headings(self) -> set[Fold]:
        """Every heading, visible or not."""
        return {branch.under for branch in self._tree.all()}

    def parent(self, at: int) -> int | None:
        """The row of the heading that holds row `at`; None for an outermost one."""
        row = self.rows[at]
        return self._headings.get(row.under[:-1] if row.heading else row.under)

    def folds_over(self, id: str) -> list[Fold]:
        """The headings that hold an initiative, outermost first; the first of several places."""
        under = self._over(self.roadmap.initiatives[id])[0]
        return [under[:depth] for depth in range(1, len(under) + 1)]

    def _grown(self, initiatives: Iterable[Initiative]) -> _Branch:
        root = _Branch()
        places: dict[Under, _Branch] = {}
        for initiative in initiatives:
            for under in self._over(initiative):
                branch = places.get(under)
                if branch is None:
                    branch = root
                    for heading in under:
                        branch = branch.at(heading)
                    places[under] = branch
                branch.items.append(initiative.id)
        order = in_order(self.roadmap, self.grouping, root.inner)
        root.inner = {heading: root.inner[heading] for heading in order}
        return root

    def _flatten(self, branch: _Branch) -> Iterator[Row]:
        for id in branch.items:
            yield Row("initiatives", id, branch.under)
        for (kind, id), inner in branch.inner.items():
            folded = inner.under in self._folded
            yield Row(kind, id, inner.under, folded, inner.size())
            if not folded:
                yield from self._flatten(inner)


def same_rows(before: Roadmap, after: Roadmap, grouping: Grouping = "portfolio") -> bool:
    """Whether two roadmaps, one made from the other by an edit, have the same rows."""
    tables = ("groups", "portfolios", "teams", "people", "outcomes")
    if any(getattr(before, table) != getattr(after, table) for table in tables):
        return False
    if list(before.initiatives) != list(after.initiatives):
        return False
    was, now = headings(before, grouping), headings(after, grouping)
    pairs = zip(before.initiatives.values(), after.initiatives.values(), strict=True)
    return all(old is new or was(old) == now(new) for old, new in pairs)
