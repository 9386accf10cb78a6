"""One bar as it is drawn: late with a dark end, done hollow, paused dashed, and where it was."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from planner.exchange.reports.layout import GHOST, LESS, Anchor, Layout
from planner.exchange.reports.rows import DIAMOND, Label, Placed, badge_place
from planner.exchange.reports.shapes import BADGE, Rect, Shape, Text, badge, diamond

CAP = 4.0
"""The dark end of late work."""


class Bar(Struct, frozen=True):
    """A placed bar with its upper edge; on the path it is higher, and its title bold."""

    one: Placed
    top: float
    layout: Layout
    hue: str
    up: bool
    on_path: bool

    @property
    def height(self) -> float:
        """How high it is."""
        return self.layout.path_height if self.on_path else self.layout.pitch - LESS

    def anchors(self) -> Iterator[tuple[str, Anchor]]:
        """Where handovers meet it."""
        edge = self.top + self.height if self.up else self.top
        yield self.one.work.id, Anchor(self.one.left, self.one.right, edge, self.top)

    def shapes(self) -> Iterator[Shape]:
        """The bar, over where it was."""
        one, work = self.one, self.one.work
        wide = one.right - one.left
        yield from self._ghost()
        fill, edge = self._paints()
        yield Rect(one.left, self.top, wide, self.height, fill, edge, 1, 2, work.paused,
                   what="bar", of=work.id)  # fmt: skip
        if work.late:
            cap = min(CAP, wide / 2)
            yield Rect(one.right - cap, self.top, cap, self.height, "red", what="cap", of=work.id)

    def signs(self) -> Iterator[Shape]:
        """Its diamond, and the number of its ask."""
        one, work, middle = self.one, self.one.work, self.top + self.height / 2
        at = badge_place(one.left, one.right)
        crowded = work.number is not None and one.right - at < BADGE + DIAMOND + 1
        if work.launch and not crowded:
            yield diamond(one.right, middle, DIAMOND - 0.5, "paper", "ink", work.id)
        if work.number is not None:
            yield from badge(work.number, at, middle, work.id)

    def texts(self) -> Iterator[Text]:
        """Its title."""
        if self.one.label is not None:
            yield self._label(self.one.label)

    def _ghost(self) -> Iterator[Rect]:
        was, axis = self.one.work.was, self.layout.axis
        if was is not None and axis.shows(was.start, was.finish):
            left, right = axis.at(was.start), axis.after(was.finish)
            yield Rect(left, self.top + self.height + 1.5, max(right - left, 2), 3, "paper",
                       "ghost", 0.9, 1.5, what="ghost", of=self.one.work.id)  # fmt: skip

    def _paints(self) -> tuple[str, str]:
        """Its ground and its edge."""
        if self.one.work.done:
            return "paper", "ghost"
        if self.one.work.critical:
            return f"{self.hue}-critical", "paper"
        return self.hue, f"{self.hue}-edge"

    def _label(self, label: Label) -> Text:
        baseline = self.top + self.height / 2 + label.size * 0.35
        ink, halo = "ink", "paper"
        if label.inside:
            ink = "on-critical" if self.one.work.critical else "ink"
            halo = self._paints()[0]
        elif self.on_path:
            above = self.up or self.layout.narrow
            baseline = self.top - 4 if above else self.top + self.height + GHOST + 10
        return Text(label.x, baseline, label.text, label.size, self.on_path, ink, halo=halo,
                    of=self.one.work.id)  # fmt: skip
