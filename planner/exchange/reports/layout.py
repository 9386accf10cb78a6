"""What the parts of a drawing share: its axis and how it is laid out, and where handovers end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from msgspec import Struct

from planner.exchange.reports.axis import Axis
from planner.exchange.reports.shapes import Shape, Text

PITCH = 19
"""The least distance of rows."""
GHOST = 7.0
"""Under a bar, for where it was."""
LESS, MORE = 7, 2
"""How much lower than the distance of rows a bar is, and one of the critical path."""


class Layout(Struct, frozen=True):
    """What a drawing has in common: its axis, whether groups fold, and whether it is a phone's.

    Where it is `tight`, titles beside critical bars share the next row, where that saves height.
    Folded groups may be `merged` where they are quiet, the ends of numbered handovers be strips
    like others (`bare`), and all that is left of a side have `most` rows.
    """

    axis: Axis
    width: float
    narrow: bool = False
    folded: bool = False
    merged: bool = False
    bare: bool = False
    most: int | None = None
    tight: bool = False
    pitch: int = PITCH

    @property
    def path_height(self) -> float:
        """The height of a bar of the critical path."""
        return self.pitch - MORE


class Anchor(Struct, frozen=True):
    """A bar as handovers meet it: its ends, its edge towards the middle (`y`), its upper edge."""

    left: float
    right: float
    y: float
    top: float


class Part(Protocol):
    """What is drawn in its place: shapes, the signs that lie over all of them, and texts."""

    def anchors(self) -> Iterator[tuple[str, Anchor]]:
        """Where handovers meet each initiative."""

    def shapes(self) -> Iterator[Shape]:
        """Bars, strips and what lies under them."""

    def signs(self) -> Iterator[Shape]:
        """Diamonds and numbers."""

    def texts(self) -> Iterator[Text]:
        """Titles and counts."""
