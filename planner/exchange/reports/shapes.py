"""What a drawing is made of, as values: rectangles, lines, polygons, discs and lines of text.

Units are those of the drawing, y grows downwards. `what` says what a shape is in the picture (bar,
label, badge, …) and `of` which initiative or handover it belongs to. Colours are names of the
palette (`planner.exchange.reports.palette`), so that the same drawing is light, dark, or a slide.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from planner.exchange.reports.widths import width

Anchor = Literal["start", "middle", "end"]

ASCENT, DESCENT = 0.76, 0.24
"""How far letters reach above and below their baseline, in sizes."""


class Box(Struct, frozen=True):
    """An upright rectangle by its edges."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether they overlap; touching is not meeting."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def grown(self, by: float) -> Box:
        """The box with so much more on each side."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)


class Rect(Struct, frozen=True):
    """A rectangle, filled, edged, or both; `hatched` draws the pattern of freezes over it."""

    x: float
    y: float
    width: float
    height: float
    fill: str | None = None
    edge: str | None = None
    weight: float = 1
    radius: float = 0
    dashed: bool = False
    hatched: bool = False
    what: str = ""
    of: str = ""

    @property
    def box(self) -> Box:
        """What it covers."""
        return Box(self.x, self.y, self.x + self.width, self.y + self.height)


class Line(Struct, frozen=True):
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    ink: str
    weight: float = 1
    dotted: bool = False
    what: str = ""
    of: str = ""

    @property
    def box(self) -> Box:
        """What it covers; its ends are blunt."""
        half = self.weight / 2
        left, right = sorted((self.x1, self.x2))
        top, bottom = sorted((self.y1, self.y2))
        if left == right:
            return Box(left - half, top, right + half, bottom)
        return Box(left, top - half, right, bottom + half)


class Polygon(Struct, frozen=True):
    """A closed shape with straight edges."""

    points: tuple[tuple[float, float], ...]
    fill: str | None = None
    edge: str | None = None
    weight: float = 1
    what: str = ""
    of: str = ""

    @property
    def box(self) -> Box:
        """What it covers, without the edge."""
        across, down = zip(*self.points, strict=True)
        return Box(min(across), min(down), max(across), max(down))


class Disc(Struct, frozen=True):
    """A filled circle with a ring."""

    x: float
    y: float
    radius: float
    fill: str
    edge: str | None = None
    weight: float = 1
    what: str = ""
    of: str = ""

    @property
    def box(self) -> Box:
        """What it covers."""
        return Box(self.x, self.y, self.x, self.y).grown(self.radius)


class Text(Struct, frozen=True):
    """One line of text; `y` is its baseline, `halo` the colour around its letters."""

    x: float
    y: float
    text: str
    size: float = 12
    bold: bool = False
    ink: str = "ink"
    anchor: Anchor = "start"
    halo: str | None = None
    what: str = "label"
    of: str = ""

    @property
    def width(self) -> float:
        """How wide it is drawn, or a bound of that."""
        return width(self.text, self.size, self.bold)

    @property
    def box(self) -> Box:
        """What it covers."""
        wide = self.width
        left = self.x - {"start": 0.0, "middle": wide / 2, "end": wide}[self.anchor]
        return Box(left, self.y - ASCENT * self.size, left + wide, self.y + DESCENT * self.size)


Shape = Rect | Line | Polygon | Disc | Text


class Drawing(Struct, frozen=True):
    """A whole drawing, its shapes from the back to the front, and what it says without eyes."""

    left: float
    top: float
    width: float
    height: float
    shapes: tuple[Shape, ...]
    title: str
    description: str

    def of(self, *whats: str) -> list[Shape]:
        """The shapes that are any of these."""
        return [shape for shape in self.shapes if shape.what in whats]


def diamond(x: float, y: float, half: float, fill: str, edge: str | None, of: str) -> Polygon:
    """The sign of a launch: black where it has a lane, hollow on a bar."""
    points = ((x, y - half), (x + half, y), (x, y + half), (x - half, y))
    return Polygon(points, fill, edge, 1.6, what="diamond", of=of)


BADGE = 9.0
"""The radius of a number in a ring."""


def badge(number: int, x: float, y: float, of: str) -> Iterator[Shape]:
    """The number of an ask, in a ring of paper so that it shows on dark bars."""
    yield Disc(x, y, BADGE, "red", "paper", 1.6, what="badge", of=of)
    size = 12 if number < 10 else 10
    yield Text(x, y + size * 0.35, str(number), size, True, "on-red", "middle", what="number",
               of=of)  # fmt: skip


def triangle(
    x: float, y: float, half: float, *, up: bool, fill: str | None, edge: str | None, of: str
) -> Polygon:
    """A triangle around a point, its tip up or down."""
    tip = -half if up else half
    points = ((x, y + tip), (x + half, y - tip), (x - half, y - tip))
    return Polygon(points, fill, edge, 1.5, what="sign", of=of)
