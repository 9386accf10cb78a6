"""One side of a picture: its critical path, rows or lanes, stacked from the handovers outwards.

A block knows how high it is before it has a place; then it is drawn from its inner edge, upwards or
downwards. Where a bar meets a handover is kept as an anchor.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from msgspec import Struct

from planner.exchange.reports.axis import NAME, NOTE, Axis
from planner.exchange.reports.critical import CriticalRow, critical_rows, stairs
from planner.exchange.reports.facts import Facts, Work, counts
from planner.exchange.reports.lanes import STEP, STRIP, THIN, Lane, lanes
from planner.exchange.reports.rows import APART as APART_LABEL
from planner.exchange.reports.rows import (
    BADGE,
    DIAMOND,
    Interval,
    Label,
    Placed,
    badge_place,
    by_urgency,
    placed,
)
from planner.exchange.reports.shapes import Disc, Line, Rect, Shape, Text, diamond, room_of
from planner.exchange.reports.widths import fitting

SIDE = 15
"""The size of the name of a side."""
PITCH = 19
"""The least distance of rows."""
GHOST = 7.0
"""Under a bar, for where it was."""
CAPTION = 15.0
"""A strip for the titles of critical bars."""
HEAD = 24.0
"""The line with the name of a side, where it has its own."""
LEAST, LATE = 44.0, 14.0
"""What a side's name and count take in the margin, and late work below them."""
NEAR_UP, NEAR_DOWN, APART, OUTER = 3.0, 5.0, 4.0, 6.0
"""Free next to the handovers, between path and rows, and at the outer end."""

Kind = Literal["critical", "row", "lane", "head"]


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


class Piece(Struct, frozen=True):
    """One row of a block: how far its near edge is from the inner edge, and how high it is."""

    kind: Kind
    number: int
    offset: float
    height: float


class Anchor(Struct, frozen=True):
    """A bar as handovers meet it: its ends, and the edge towards the middle."""

    left: float
    right: float
    y: float
    top: float


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
        return reach if self._layout.folded else max(reach, self._least)

    @property
    def _least(self) -> float:
        """What the margin needs: name, count, late work, and in the upper side its path."""
        path = self._layout.pitch - 2 if self.up and self.critical else 0
        return LEAST + path + (LATE if any(one.late for one in self.works) else 0)

    def _stacked(self) -> Iterator[Piece]:
        """The pieces from the inner edge outwards."""
        offset = NEAR_UP if self.up else NEAR_DOWN
        for kind, number, height, before in self._heights():
            offset += before
            yield Piece(kind, number, offset, height)
            offset += height

    def _heights(self) -> Iterator[tuple[Kind, int, float, float]]:
        layout = self._layout
        head = layout.folded
        if head and not self.up:
            yield "head", 0, HEAD - 2, 0
        order: Iterable[int] = range(len(self.critical))
        if layout.narrow and self.up:
            order = reversed(range(len(self.critical)))
        for number in order:
            captions = CAPTION if self._has_strip(number) else 0
            yield "critical", number, layout.pitch - 2 + GHOST + captions, 0
        for number in range(self._row_count):
            yield "row", number, float(layout.pitch), 0 if number else APART
        for number, lane in enumerate(self.lanes):
            yield "lane", number, self._lane_height(lane), 0 if number else APART
        if head and self.up:
            yield "head", 0, HEAD, 0
        if not (head or self.works):
            yield "head", 0, HEAD, 0

    def _lane_height(self, lane: Lane) -> float:
        if self._layout.narrow:
            return 17 + lane.rows * STEP + 3
        return max(17.0, lane.rows * STEP + 7)

    # --- shapes -----------------------------------------------------------------------------------

    def top(self, piece: Piece, inner: float) -> float:
        """The upper edge of a piece."""
        return inner - piece.offset - piece.height if self.up else inner + piece.offset

    def anchors(self, inner: float) -> Iterator[tuple[str, Anchor]]:
        """Where handovers meet each bar."""
        for one, top in self._bars(inner):
            height = self._height_of(one)
            edge = top + height if self.up else top
            yield one.work.id, Anchor(one.left, one.right, edge, top)
        for piece in self.pieces:
            if piece.kind == "lane":
                for strip in self.lanes[piece.number].strips:
                    y = self._strip_top(piece, inner) + strip.row * STEP
                    edge = y + STRIP if self.up else y
                    yield strip.work.id, Anchor(strip.left, strip.right, edge, y)

    def shapes(self, inner: float) -> Iterator[Shape]:
        """Everything but what lies over all of it (`signs`) and the texts."""
        for one, top in self._bars(inner):
            yield from self._bar(one, top)
        for piece in self.pieces:
            if piece.kind == "lane":
                yield from self._lane(piece, inner)

    def signs(self, inner: float) -> Iterator[Shape]:
        """Diamonds and numbers on bars, which lie over lines."""
        for one, top in self._bars(inner):
            middle = top + self._height_of(one) / 2
            if one.work.launch and not self._crowded(one):
                yield diamond(one.right, middle, DIAMOND - 0.5, "paper", "ink", one.work.id)
            if one.work.number is not None:
                x = badge_place(one.left, one.right)
                yield from badge(one.work.number, x, middle, one.work.id)
        for piece in self.pieces:
            if piece.kind == "lane":
                yield from self._lane_signs(piece, inner)

    def texts(self, inner: float) -> Iterator[Text]:
        """The labels of bars, and what stands in the margin."""
        for one, top in self._bars(inner):
            if one.label is not None:
                yield self._label(one, one.label, top)
        for piece in self.pieces:
            if piece.kind == "lane":
                yield from self._lane_texts(piece, inner)
        yield from self._margin(inner)

    def _bars(self, inner: float) -> Iterator[tuple[Placed, float]]:
        """Each bar with its upper edge."""
        rows = {piece.number: piece for piece in self.pieces if piece.kind == "row"}
        for piece in self.pieces:
            if piece.kind == "critical":
                top = self.top(piece, inner)
                if self._has_strip(piece.number) and (self.up or self._layout.narrow):
                    top += CAPTION
                for one in self.critical[piece.number].bars:
                    yield one, top
        for one in self.bars:
            yield one, self.top(rows[one.row], inner)

    def _crowded(self, one: Placed) -> bool:
        """Whether a number stands where its diamond would."""
        at = badge_place(one.left, one.right) if one.work.number is not None else -1e6
        return one.right - at < BADGE + DIAMOND + 1

    def _height_of(self, one: Placed) -> float:
        return self._layout.pitch - (2 if self._on_path(one.work) else 7)

    def _bar(self, one: Placed, top: float) -> Iterator[Shape]:
        work, height = one.work, self._height_of(one)
        wide = one.right - one.left
        if work.was is not None and self._axis.shows(work.was.start, work.was.finish):
            yield self._ghost(work, top + height)
        fill, edge = self._paints(work)
        yield Rect(
            one.left, top, wide, height, fill, edge, 1, 2, work.paused, what="bar", of=work.id
        )
        if work.late:
            cap = min(4.0, wide / 2)
            yield Rect(one.right - cap, top, cap, height, "red", what="cap", of=work.id)

    def _ghost(self, work: Work, top: float) -> Rect:
        assert work.was is not None
        left, right = self._axis.at(work.was.start), self._axis.after(work.was.finish)
        return Rect(left, top + 1.5, max(right - left, 2), 3, "paper", "ghost", 0.9, 1.5,
                    what="ghost", of=work.id)  # fmt: skip

    def _paints(self, work: Work) -> tuple[str, str]:
        if work.done:
            return "paper", "ghost"
        if work.critical:
            return f"{self._hue}-critical", "paper"
        return self._hue, f"{self._hue}-edge"

    def _label(self, one: Placed, label: Label, top: float) -> Text:
        height, critical = self._height_of(one), self._on_path(one.work)
        baseline = top + height / 2 + label.size * 0.35
        ink, halo = "ink", "paper"
        if label.inside:
            ink = "on-critical" if one.work.critical else "ink"
            halo = self._paints(one.work)[0]
        elif critical:
            above = self.up or self._layout.narrow
            baseline = top - 4 if above else top + height + GHOST + 10
        return Text(label.x, baseline, label.text, label.size, critical, ink, halo=halo,
                    of=one.work.id)  # fmt: skip

    # --- lanes ------------------------------------------------------------------------------------

    def _strip_top(self, piece: Piece, inner: float) -> float:
        """The upper edge of the first strip of a lane."""
        top = self.top(piece, inner)
        if self._layout.narrow:
            return top + 17
        lane = self.lanes[piece.number]
        return top + (piece.height - lane.rows * STEP) / 2 + (STEP - STRIP) / 2

    def _lane(self, piece: Piece, inner: float) -> Iterator[Shape]:
        if not self._layout.narrow:
            y = self.top(piece, inner)
            yield Line(0, y, self._layout.width, y, "hairline", what="grid")
        first = self._strip_top(piece, inner)
        for strip in sorted(self.lanes[piece.number].strips, key=lambda one: one.work.late):
            work, high = strip.work, THIN if strip.work.late else STRIP
            ink = "red" if work.late else "done-strip" if work.done else f"{self._hue}-edge"
            y = first + strip.row * STEP - (high - STRIP) / 2
            yield Rect(strip.left, y, strip.right - strip.left, high, ink, what="strip",
                       of=work.id)  # fmt: skip

    def _lane_signs(self, piece: Piece, inner: float) -> Iterator[Shape]:
        first = self._strip_top(piece, inner)
        for strip in self.lanes[piece.number].strips:
            if strip.work.launch:
                y = first + strip.row * STEP + STRIP / 2
                yield diamond(strip.right, y, 3.6, "paper", "ink", strip.work.id)

    def _lane_texts(self, piece: Piece, inner: float) -> Iterator[Text]:
        lane, top = self.lanes[piece.number], self.top(piece, inner)
        ink, bold = ("red", True) if lane.late else ("second", False)
        room = room_of(lane.count, NOTE, bold)
        if self._layout.narrow:
            name = fitting(lane.name, NAME, self._axis.right - self._axis.left - room - 12)
            x = self._axis.left
            yield Text(x, top + 12, name, NAME, ink="second", halo="paper", what="margin")
            x += room_of(name, NAME) + 8
            yield Text(x, top + 12, lane.count, NOTE, bold, ink, halo="paper", what="margin")
            return
        y = top + piece.height / 2 + 4
        name = fitting(lane.name, NAME, self._axis.left - room - 24)
        yield Text(2, y, name, NAME, what="margin")
        yield Text(self._axis.left - 8, y, lane.count, NOTE, bold, ink, "end", what="margin")

    # --- the margin -------------------------------------------------------------------------------

    def _margin(self, inner: float) -> Iterator[Text]:
        """The side's name, how much it has, and which rows are the critical path."""
        name = self.facts.side_title(self.side)
        room = self._axis.left - 8
        if self._layout.folded:
            head = next(piece for piece in self.pieces if piece.kind == "head")
            top = self.top(head, inner)
            wide = self._axis.right - 4 if self._layout.narrow else self._layout.width
            text = fitting(name, SIDE, wide, bold=True)
            yield Text(2, top + 17, text, SIDE, True, halo="paper", what="side")
            if not self._layout.narrow:
                yield from self._path_note(inner, NAME)
            return
        name = fitting(name, SIDE, room, bold=True)
        if self.up:
            y = inner - self.height + 17
            yield Text(2, y, name, SIDE, True, what="side")
            yield from self._counted(y + 15, room)
            yield from self._path_note(inner, NOTE)
        else:
            yield from self._lower_margin(inner, name, room)

    def _lower_margin(self, inner: float, name: str, room: float) -> Iterator[Text]:
        y = inner + NEAR_DOWN + (self._layout.pitch - 2) / 2 + SIDE * 0.35
        yield Text(2, y, name, SIDE, True, what="side")
        wide = room_of(name, SIDE, bold=True) + 9
        if self.critical and wide + room_of("critical path", NOTE) <= room:
            yield Text(2 + wide, y - 1, "critical path", NOTE, ink="second", what="margin")
        first = next((piece for piece in self.pieces if piece.kind == "row"), None)
        below = y + 15 if first is None or not self.critical else self.top(first, inner) + 9
        yield from self._counted(max(below, y + 15), room)

    def _counted(self, y: float, room: float) -> Iterator[Text]:
        text = fitting(counts(self.works), NOTE, room)
        yield Text(2, y, text, NOTE, ink="second", what="margin")
        late = sum(one.late for one in self.works)
        if late:
            yield Text(2, y + 14, f"{late} late", NOTE, True, "red", what="margin")

    def _path_note(self, inner: float, size: float) -> Iterator[Text]:
        found = [(one, top) for one, top in self._bars(inner) if one.work.critical]
        if found:
            top = max(top for _, top in found) if self.up else min(top for _, top in found)
            y = top + (self._layout.pitch - 2) / 2 + 4
            text = "Critical path" if size == NAME else "critical path"
            yield Text(2, y, text, size, ink="second", what="margin")


def badge(number: int, x: float, y: float, of: str) -> Iterator[Shape]:
    """The number of an ask, in a ring of paper so that it shows on dark bars."""
    yield Disc(x, y, BADGE, "red", "paper", 1.6, what="badge", of=of)
    size = 12 if number < 10 else 10
    yield Text(x, y + size * 0.35, str(number), size, True, "on-red", "middle", what="number",
               of=of)  # fmt: skip
