"""One side of a picture: its critical path, rows or lanes, stacked from the handovers outwards.

A block knows how high it is before it has a place; then it is drawn from its inner edge, upwards or
downwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from msgspec import Struct

from planner.exchange.reports.bar_shapes import Bar
from planner.exchange.reports.critical import CriticalRow, critical_rows, stairs
from planner.exchange.reports.facts import Facts, Work
from planner.exchange.reports.lane_shapes import LaneRow, lane_height
from planner.exchange.reports.lanes import Lane, lanes
from planner.exchange.reports.layout import GHOST, Layout, Part
from planner.exchange.reports.margin import Margin, least_height
from planner.exchange.reports.rows import APART as APART_LABEL
from planner.exchange.reports.rows import Interval, Placed, by_urgency, placed
from planner.exchange.reports.shapes import Text

CAPTION = 15.0
"""A strip for the titles of critical bars."""
HEAD_UP, HEAD_DOWN = 24.0, 22.0
"""The line with the name of a side, where it has its own."""
NEAR_UP, NEAR_DOWN, APART, OUTER = 3.0, 5.0, 4.0, 6.0
"""Free next to the handovers, between path and rows, and at the outer end."""

Kind = Literal["critical", "row", "lane", "head"]


class Piece(Struct, frozen=True):
    """One row of a block: how far its near edge is from the inner edge, and how high it is."""

    kind: Kind
    number: int
    offset: float
    height: float


class Block:
    """One side, above the middle (`up`) or below it."""

    def __init__(
        self,
        facts: Facts,
        side: str,
        layout: Layout,
        *,
        up: bool,
        asked: frozenset[str],
        stops: Sequence[float] = (),
    ) -> None:
        self.facts = facts
        self.side = side
        self.up = up
        self._layout = layout
        self._axis = layout.axis
        self._hue = facts.hue(side)
        self.works = [one for one in facts.of_side(side) if self._shown(one)]
        path = [one for one in self.works if self._on_path(one)]
        others = [one for one in self.works if not self._on_path(one)]
        self.critical = self._path_rows(path, stops)
        rows, self.lanes = self._rows_and_lanes(others, asked)
        self.bars, self._row_count = placed(self._axis, rows, self._in_first_row())
        self.pieces = tuple(self._stacked())

    def _path_rows(self, path: Sequence[Work], stops: Sequence[float]) -> tuple[CriticalRow, ...]:
        if not self._layout.narrow:
            return critical_rows(path, self._axis, stops)
        return stairs(path, self._axis, frozenset() if self.up else self._arrows())

    def _arrows(self) -> frozenset[str]:
        """The work at whose start a numbered handover arrives."""
        crossings = self.facts.crossings
        return frozenset(one.successor for one in crossings if one.number and one.starts)

    def _in_first_row(self) -> list[Interval]:
        """What titles beside critical bars take of the first row of other work."""
        if not (self._layout.tight and self.critical):
            return []
        labels = [one.label for one in self.critical[-1].bars]
        return [
            (label.x - APART_LABEL, label.x + label.room + APART_LABEL)
            for label in labels
            if label is not None and not label.inside
        ]

    def _has_strip(self, number: int) -> bool:
        """Whether titles beside a row of the critical path have a strip of their own."""
        shares = self._layout.tight and number == len(self.critical) - 1
        return self.critical[number].captioned and not shares

    def _shown(self, one: Work) -> bool:
        return self._axis.shows(one.start, one.finish)

    def _on_path(self, one: Work) -> bool:
        """On the phone what has a number stands with the path: nowhere else is room for it."""
        return one.critical or (self._layout.narrow and one.number is not None)

    def _rows_and_lanes(
        self, others: Sequence[Work], asked: frozenset[str]
    ) -> tuple[list[Work], tuple[Lane, ...]]:
        layout, facts = self._layout, self.facts
        waiting = {one for each in facts.crossings if each.standing == "open"
                   for one in (each.supplier, each.successor)}  # fmt: skip
        if not layout.folded:
            return by_urgency(others, asked, frozenset(waiting)), ()
        apart = [one for one in others if one.number is not None or one.id in asked]
        if layout.narrow or layout.bare:
            apart = [one for one in apart if one.number is not None and not layout.narrow]
        rest = [one for one in others if one not in apart]
        folds = lanes(rest, self._axis, asked, layout.merged, layout.most)
        return by_urgency(apart, asked, frozenset(waiting)), folds

    # --- heights ----------------------------------------------------------------------------------

    @property
    def height(self) -> float:
        """From the inner edge to the outer one."""
        reach = max((one.offset + one.height for one in self.pieces), default=0.0) + OUTER
        if self._layout.folded:
            return reach
        has_path = bool(self.critical)
        return max(reach, least_height(self.works, self._layout, up=self.up, has_path=has_path))

    def _stacked(self) -> Iterator[Piece]:
        """The pieces from the inner edge outwards."""
        offset = NEAR_UP if self.up else NEAR_DOWN
        for kind, number, height, before in self._heights():
            offset += before
            yield Piece(kind, number, offset, height)
            offset += height

    def _heights(self) -> Iterator[tuple[Kind, int, float, float]]:
        """Each piece: its kind and number, its height, and what is free before it."""
        layout = self._layout
        if layout.folded and not self.up:
            yield "head", 0, HEAD_DOWN, 0
        order: Iterable[int] = range(len(self.critical))
        if layout.narrow and self.up:
            order = reversed(range(len(self.critical)))
        for number in order:
            captions = CAPTION if self._has_strip(number) else 0
            yield "critical", number, layout.path_height + GHOST + captions, 0
        for number in range(self._row_count):
            yield "row", number, float(layout.pitch), 0 if number else APART
        for number, lane in enumerate(self.lanes):
            yield "lane", number, lane_height(lane, layout), 0 if number else APART
        if layout.folded and self.up:
            yield "head", 0, HEAD_UP, 0

    # --- places -----------------------------------------------------------------------------------

    def parts(self, inner: float) -> list[Part]:
        """Everything in its place, from the inner edge outwards."""
        return [*self._bars(inner), *self._lane_rows(inner)]

    def margin(self, inner: float) -> Iterator[Text]:
        """What stands beside it."""
        path = [bar.top for bar in self._bars(inner) if bar.one.work.critical]
        nearest = (max if self.up else min)(path, default=None)
        return Margin(
            self.facts.side_title(self.side), self.works, self._layout, self.up,
            inner - self.height if self.up else inner + NEAR_DOWN,
            self._first("head", inner), nearest, self._first("row", inner),
        ).texts()  # fmt: skip

    def _top(self, piece: Piece, inner: float) -> float:
        """The upper edge of a piece."""
        return inner - piece.offset - piece.height if self.up else inner + piece.offset

    def _first(self, kind: Kind, inner: float) -> float | None:
        """The upper edge of the first piece of a kind."""
        return next((self._top(one, inner) for one in self.pieces if one.kind == kind), None)

    def _bars(self, inner: float) -> Iterator[Bar]:
        rows = {piece.number: piece for piece in self.pieces if piece.kind == "row"}
        for piece in self.pieces:
            if piece.kind == "critical":
                top = self._top(piece, inner)
                if self._has_strip(piece.number) and (self.up or self._layout.narrow):
                    top += CAPTION
                for one in self.critical[piece.number].bars:
                    yield self._bar(one, top, on_path=True)
        for one in self.bars:
            yield self._bar(one, self._top(rows[one.row], inner), on_path=False)

    def _bar(self, one: Placed, top: float, *, on_path: bool) -> Bar:
        return Bar(one, top, self._layout, self._hue, self.up, on_path)

    def _lane_rows(self, inner: float) -> Iterator[LaneRow]:
        for piece in self.pieces:
            if piece.kind == "lane":
                lane, top = self.lanes[piece.number], self._top(piece, inner)
                yield LaneRow(lane, top, self._layout, self._hue, self.up)
