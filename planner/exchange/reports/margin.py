"""The margin of one side: its name, how much it has and how much of it is late, and its path."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from planner.exchange.reports.axis import NAME, NOTE
from planner.exchange.reports.facts import Work, counts
from planner.exchange.reports.layout import Layout
from planner.exchange.reports.shapes import Text
from planner.exchange.reports.widths import fitting, room_of

SIDE = 15
"""The size of the name of a side."""
NAMED, COUNTED, LATE = 17.0, 15.0, 14.0
"""From an edge down to the side's name, from there to its count, and on to what is late."""
PATH = "critical path"


class Margin(Struct, frozen=True):
    """What stands beside one side. Places are upper edges: of its head, of the bars of its critical
    path nearest the middle, of its first row of other work; None where there is none.
    """

    name: str
    works: Sequence[Work]
    layout: Layout
    up: bool
    top: float
    head: float | None
    path: float | None
    row: float | None

    def texts(self) -> Iterator[Text]:
        """All of it."""
        if self.layout.folded:
            yield from self._folded()
        elif self.up:
            y = self.top + NAMED
            yield Text(2, y, fitting(self.name, SIDE, self._room, bold=True), SIDE, True,
                       what="side")  # fmt: skip
            yield from self._counted(y + COUNTED)
            yield from self._path_note(PATH, NOTE)
        else:
            yield from self._lower()

    @property
    def _room(self) -> float:
        return self.layout.axis.left - 8

    def _folded(self) -> Iterator[Text]:
        """The name has a line of its own; lanes count themselves."""
        wide = self.layout.axis.right - 4 if self.layout.narrow else self.layout.width
        text = fitting(self.name, SIDE, wide, bold=True)
        yield Text(2, (self.head or 0) + NAMED, text, SIDE, True, halo="paper", what="side")
        if not self.layout.narrow:
            yield from self._path_note(PATH.capitalize(), NAME)

    def _lower(self) -> Iterator[Text]:
        """The name stands beside the critical path, the count beside other work."""
        y = self.top + self.layout.path_height / 2 + SIDE * 0.35
        name = fitting(self.name, SIDE, self._room, bold=True)
        yield Text(2, y, name, SIDE, True, what="side")
        x = 11 + room_of(name, SIDE, bold=True)
        if self.path is not None and x - 2 + room_of(PATH, NOTE) <= self._room:
            yield Text(x, y - 1, PATH, NOTE, ink="second", what="margin")
        beside = y if self.row is None or self.path is None else self.row + 9
        yield from self._counted(max(beside, y + COUNTED))

    def _counted(self, y: float) -> Iterator[Text]:
        text = fitting(counts(self.works), NOTE, self._room)
        yield Text(2, y, text, NOTE, ink="second", what="margin")
        late = sum(one.late for one in self.works)
        if late:
            yield Text(2, y + LATE, f"{late} late", NOTE, True, "red", what="margin")

    def _path_note(self, text: str, size: float) -> Iterator[Text]:
        if self.path is not None:
            y = self.path + self.layout.path_height / 2 + 4
            yield Text(2, y, text, size, ink="second", what="margin")


def least_height(works: Sequence[Work], layout: Layout, *, up: bool, has_path: bool) -> float:
    """What the margin of an unfolded side needs."""
    path = layout.path_height if up and has_path else 0
    return 44 + path + (LATE if any(one.late for one in works) else 0)
