"""The board's rows: portfolios, the groups in them, and initiatives, as a tree laid flat.

Rows are facts about the roadmap only (no dates, no texts, no colours), so that ten thousand of them
are made in a few milliseconds; what a row looks like is worked out when it comes into view.
Marketing stands first, joint work in the middle, IT last; other portfolios follow, and work that
belongs to none comes at the end. Within a lane the order is the file's: an edit never makes rows
hop about.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Literal

from msgspec import Struct

from planner.roadmap.entities import Roadmap

Fold = tuple[str, str]
"""(lane, group) of a heading; the group is ``""`` for the lane itself."""

LANES = ("marketing", "joint", "it")
NO_LANE = ""


class Row(Struct, frozen=True):
    """One line of the board. `size` is how many initiatives a heading holds."""

    kind: Literal["portfolios", "groups", "initiatives"]
    id: str
    lane: str
    depth: int
    folded: bool = False
    size: int = 0

    @property
    def heading(self) -> bool:
        """Whether this row holds others."""
        return self.kind != "initiatives"

    @property
    def fold(self) -> Fold:
        """What folding this heading is remembered under."""
        return (self.lane, self.id if self.kind == "groups" else "")


@dataclass
class _Branch:
    """A heading while the tree is built."""

    groups: dict[str, _Branch] = field(default_factory=dict)
    items: list[str] = field(default_factory=list)

    def size(self) -> int:
        return len(self.items) + sum(branch.size() for branch in self.groups.values())

    def ids(self) -> Iterator[str]:
        yield from self.items
        for branch in self.groups.values():
            yield from branch.ids()


class Outline:
    """The rows in order, and where each thing is. `folded` headings hide what they hold."""

    def __init__(
        self,
        roadmap: Roadmap,
        folded: Collection[Fold] = (),
        only: Collection[str] | None = None,
    ) -> None:
        self.roadmap = roadmap
        self._tree = _tree(roadmap, only)
        self._folded = folded
        self.rows: tuple[Row, ...] = tuple(self._flatten())
        self._index: dict[tuple[str, str], int] = {
            (row.kind, row.id): at for at, row in reversed([*enumerate(self.rows)])
        }

    def __len__(self) -> int:
        return len(self.rows)

    def find(self, kind: str, id: str) -> int | None:
        """The row of a thing, or of the folded heading it is hidden under; None if filtered out."""
        at = self._index.get((kind, id))
        if at is None and kind == "initiatives" and id in self.roadmap.initiatives:
            return self._hidden_under(id)
        return at

    def members(self, row: Row) -> tuple[str, ...]:
        """The initiatives under a heading, at any depth."""
        branch = self._tree.get(row.lane)
        if branch is None or not row.heading:
            return ()
        found = branch if row.kind == "portfolios" else _branch(branch, row.id)
        return tuple(found.ids()) if found else ()

    def headings(self) -> set[Fold]:
        """Every heading, visible or not."""
        found: set[Fold] = set()
        for lane, branch in self._tree.items():
            found.add((lane, ""))
            found |= {(lane, group) for group in _all_groups(branch)}
        return found

    def parent(self, at: int) -> int | None:
        """The row of the heading that holds row `at`; None for a lane."""
        depth = self.rows[at].depth
        above = range(at - 1, -1, -1)
        return next((up for up in above if self.rows[up].depth < depth), None)

    def folds_over(self, id: str) -> list[Fold]:
        """The headings that hold an initiative, outermost first."""
        initiative = self.roadmap.initiatives[id]
        lane = self.roadmap.portfolio_of(initiative) or NO_LANE
        return [(lane, ""), *((lane, group) for group in chain(self.roadmap, initiative.part_of))]

    def _hidden_under(self, id: str) -> int | None:
        for lane, group in self.folds_over(id):
            if (lane, group) in self._folded:
                for at, row in enumerate(self.rows):
                    if row.heading and row.fold == (lane, group):
                        return at
        return None

    def _flatten(self) -> Iterator[Row]:
        for lane, branch in self._tree.items():
            folded = (lane, "") in self._folded
            yield Row("portfolios", lane, lane, 0, folded, branch.size())
            if not folded:
                yield from self._under(lane, branch, 1)

    def _under(self, lane: str, branch: _Branch, depth: int) -> Iterator[Row]:
        for id in branch.items:
            yield Row("initiatives", id, lane, depth)
        for group, inner in branch.groups.items():
            folded = (lane, group) in self._folded
            yield Row("groups", group, lane, depth, folded, inner.size())
            if not folded:
                yield from self._under(lane, inner, depth + 1)


def same_rows(before: Roadmap, after: Roadmap) -> bool:
    """Whether two roadmaps, one made from the other by an edit, have the same rows."""
    tables = ("groups", "portfolios", "teams", "people")
    if any(getattr(before, table) != getattr(after, table) for table in tables):
        return False
    if list(before.initiatives) != list(after.initiatives):
        return False
    return all(
        old is new
        or (old.part_of, before.portfolio_of(old)) == (new.part_of, after.portfolio_of(new))
        for old, new in zip(before.initiatives.values(), after.initiatives.values(), strict=True)
    )


def chain(roadmap: Roadmap, group: str | None) -> list[str]:
    """A group and the groups it is part of, outermost first; a loop is cut where it closes."""
    found: list[str] = []
    while group and group not in found:
        found.append(group)
        table = roadmap.groups.get(group)
        group = table.part_of if table else None
    return found[::-1]


def _tree(roadmap: Roadmap, only: Collection[str] | None) -> dict[str, _Branch]:
    lanes: dict[str, _Branch] = {}
    chains: dict[str, list[str]] = {}
    for id, initiative in roadmap.initiatives.items():
        if only is not None and id not in only:
            continue
        branch = lanes.setdefault(roadmap.portfolio_of(initiative) or NO_LANE, _Branch())
        group = initiative.part_of
        if group:
            if group not in chains:
                chains[group] = chain(roadmap, group)
            for name in chains[group]:
                branch = branch.groups.setdefault(name, _Branch())
        branch.items.append(id)
    named = [*(lane for lane in LANES if lane in lanes), *(i for i in lanes if i not in LANES)]
    return {lane: lanes[lane] for lane in sorted(named, key=lambda lane: lane == NO_LANE)}


def _branch(branch: _Branch, group: str) -> _Branch | None:
    for name, inner in branch.groups.items():
        if name == group:
            return inner
        if found := _branch(inner, group):
            return found
    return None


def _all_groups(branch: _Branch) -> Iterator[str]:
    for name, inner in branch.groups.items():
        yield name
        yield from _all_groups(inner)
