"""One folded group as it is drawn: strips in rows, its name, and how many there are."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from planner.exchange.reports.axis import NAME, NOTE
from planner.exchange.reports.lanes import STEP, STRIP, THIN, Lane, Strip
from planner.exchange.reports.layout import Anchor, Layout
from planner.exchange.reports.shapes import Line, Rect, Shape, Text, diamond
from planner.exchange.reports.widths import fitting, room_of

TITLE = 17.0
"""The line with a lane's name: on a phone above its strips, else as high as they are at least."""
AROUND = 7.0
"""Free above and below the strips of a lane."""
SIGN = 3.6
"""Half of a diamond on a strip."""


def lane_height(lane: Lane, layout: Layout) -> float:
    """What a lane takes."""
    if layout.narrow:
        return TITLE + lane.rows * STEP + 3
    return max(TITLE, lane.rows * STEP + AROUND)


class LaneRow(Struct, frozen=True):
    """A lane with its upper edge."""

    lane: Lane
    top: float
    layout: Layout
    hue: str
    up: bool

    def anchors(self) -> Iterator[tuple[str, Anchor]]:
        """Where handovers meet each strip."""
        for strip in self.lane.strips:
            y = self._y(strip)
            edge = y + STRIP if self.up else y
            yield strip.work.id, Anchor(strip.left, strip.right, edge, y)

    def shapes(self) -> Iterator[Shape]:
        """The strips, late ones over others."""
        if not self.layout.narrow:
            yield Line(0, self.top, self.layout.width, self.top, "hairline", what="grid")
        for strip in sorted(self.lane.strips, key=lambda one: one.work.late):
            work, high = strip.work, THIN if strip.work.late else STRIP
            ink = "red" if work.late else "done-strip" if work.done else f"{self.hue}-edge"
            y = self._y(strip) - (high - STRIP) / 2
            yield Rect(strip.left, y, strip.right - strip.left, high, ink, what="strip",
                       of=work.id)  # fmt: skip

    def signs(self) -> Iterator[Shape]:
        """The diamonds of campaigns."""
        for strip in self.lane.strips:
            if strip.work.launch:
                middle = self._y(strip) + STRIP / 2
                yield diamond(strip.right, middle, SIGN, "paper", "ink", strip.work.id)

    def texts(self) -> Iterator[Text]:
        """Its name and its count: in the margin, on a phone above the strips."""
        lane, axis = self.lane, self.layout.axis
        ink, bold = ("red", True) if lane.late else ("second", False)
        room = room_of(lane.count, NOTE, bold)
        if self.layout.narrow:
            y = self.top + 12
            name = fitting(lane.name, NAME, axis.right - axis.left - room - 12)
            yield Text(axis.left, y, name, NAME, ink="second", halo="paper", what="margin")
            x = axis.left + room_of(name, NAME) + 8
            yield Text(x, y, lane.count, NOTE, bold, ink, halo="paper", what="margin")
        else:
            y = self.top + lane_height(lane, self.layout) / 2 + 4
            yield Text(2, y, fitting(lane.name, NAME, axis.left - room - 24), NAME, what="margin")
            yield Text(axis.left - 8, y, lane.count, NOTE, bold, ink, "end", what="margin")

    def _y(self, strip: Strip) -> float:
        """The upper edge of a strip."""
        first = self.top + TITLE
        if not self.layout.narrow:
            spare = lane_height(self.lane, self.layout) - self.lane.rows * STEP
            first = self.top + (spare + STEP - STRIP) / 2
        return first + strip.row * STEP
