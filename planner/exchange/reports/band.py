"""The band of handovers between two sides: numbers, names and lines of asks, small signs of others.

A line leads from the bar of the giver to that of the taker, through the number of its ask. A sign
points to the side that gets something. Numbers that would touch stand in rows under each other; a
name stands to the left or right of its number, in one or two lines, where it meets nothing, else
the number stands alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from planner.exchange.reports.axis import NAME, NOTE, Axis
from planner.exchange.reports.facts import Crossing, Facts
from planner.exchange.reports.layout import Anchor, Layout
from planner.exchange.reports.rows import Interval, is_free
from planner.exchange.reports.shapes import (
    BADGE,
    Box,
    Disc,
    Line,
    Polygon,
    Rect,
    Shape,
    Text,
    badge,
    triangle,
)
from planner.exchange.reports.widths import fitting, room_of
from planner.roadmap.figures import date_text

HIGH, LEVEL = 47.0, 21.0
"""The height of the band, and how much another row of numbers adds."""
SIGNS = 9.0
"""The strip of signs along either edge, which names keep out of."""
NEAR = 9.0
"""Signs are at least so far apart; of the same kind on one place there is one."""
MOVES = (0.0, 4.5, 9.0, 13.5, 18.0, 27.0)
"""How far a sign may stand from its day, where something else is there."""
STRAIGHT = 3.0
"""Ends that are no further apart are joined by a straight line."""
LEVELS = 3
"""Rows of numbers, at most, so that no line leads through another number."""
MOST_NAME = 130.0
"""No name of a handover is wider."""
STANDS = {"agreed": "agreed", "late": "agreed", "open": "not agreed", "not asked": "not asked"}


class Ask(Struct, frozen=True):
    """The handovers of one number from one giver: where the number stands."""

    number: int
    crossings: tuple[Crossing, ...]
    x: float
    level: int

    @property
    def first(self) -> Crossing:
        """The one that it is named after."""
        return self.crossings[0]


class Band:
    """The handovers whose lower end is on one side; `above` are the sides over it."""

    def __init__(self, facts: Facts, layout: Layout, above: Sequence[str], below: str) -> None:
        self.facts = facts
        self._layout = layout
        self._axis = layout.axis
        self._below = below
        self._direct = len(above) == 1
        sides = {*above, below}
        self.crossings = tuple(
            one
            for one in facts.crossings
            if below in (one.giver, one.taker) and {one.giver, one.taker} <= sides
        )
        asks = sorted(self._asks(), key=lambda one: (one.x, one.number))
        self.asks = _levelled(asks, [self._span(ask) for ask in asks])

    @property
    def height(self) -> float:
        """As high as its numbers need."""
        levels = 1 + max((ask.level for ask in self.asks), default=0)
        return (40.0 if self._layout.narrow else HIGH) + (levels - 1) * LEVEL

    def _asks(self) -> Iterator[Ask]:
        def key(one: Crossing) -> tuple[int, str]:
            return one.number or 0, one.supplier

        numbered = sorted((one for one in self.crossings if one.number is not None), key=key)
        for (number, _), crossings in groupby(numbered, key=key):
            found = tuple(sorted(crossings, key=self._first_named))
            x = self._axis.after(found[0].given)
            x = min(max(x, self._axis.left + BADGE), self._axis.right - BADGE + 4)
            yield Ask(number, found, x, 0)

    def _span(self, ask: Ask) -> Interval:
        """From the first end of its lines to the last."""
        ends = [self._taken_at(one) for one in ask.crossings if self._reaches(one.taker)]
        return min([ask.x, *ends]) - BADGE - 0.5, max([ask.x, *ends]) + BADGE + 0.5

    def _taken_at(self, one: Crossing) -> float:
        axis = self._axis
        return axis.at(one.taken) + 1.2 if one.starts else axis.after(one.taken) - 1.2

    def _first_named(self, one: Crossing) -> tuple[bool, date, str]:
        return one.successor not in self.facts.critical, one.given, one.successor

    def _middle(self, ask: Ask, top: float) -> float:
        first = 20.0 if self._layout.narrow else 24.0
        return top + first + ask.level * LEVEL

    # --- lines ------------------------------------------------------------------------------------

    def lines(self, top: float, anchors: Mapping[str, Anchor]) -> Iterator[Shape]:
        """The red lines of asks, from bar to bar; for what is not agreed and has no number a short
        one across the band.
        """
        for ask in self.asks:
            yield from self._lines_of(ask, top, anchors)
        for x, one in self._unnumbered():
            yield Line(x, top + SIGNS + 3, x, top + self.height - SIGNS - 3, "red", 1.6,
                       what="open line", of=one.supplier)  # fmt: skip

    def _lines_of(self, ask: Ask, top: float, anchors: Mapping[str, Anchor]) -> Iterator[Shape]:
        middle, first = self._middle(ask, top), ask.first
        upwards = first.giver == self._below
        edge = top + self.height if upwards else top
        giver = anchors.get(first.supplier) if self._reaches(first.giver) else None
        start = giver.y if giver is not None else edge
        yield Line(ask.x, start, ask.x, middle, "red", 2.2, what="line", of=first.supplier)
        for number, one in enumerate(ask.crossings):
            yield from self._to(ask, one, middle, top, anchors, 2.2 if not number else 1.3)

    def _reaches(self, side: str) -> bool:
        """Whether a line may go to a side's bars: between them is nothing but this band."""
        return self._direct or side == self._below

    def _to(
        self,
        ask: Ask,
        one: Crossing,
        middle: float,
        top: float,
        anchors: Mapping[str, Anchor],
        weight: float,
    ) -> Iterator[Shape]:
        up = one.giver == self._below
        taker = anchors.get(one.successor) if self._reaches(one.taker) else None
        end = taker.y if taker is not None else (top + 2 if up else top + self.height - 2)
        x = self._end_x(one, taker) if taker is not None else ask.x
        if abs(x - ask.x) <= STRAIGHT:
            x = ask.x
        else:
            yield Line(ask.x, middle, x, middle, "red", weight, what="line", of=one.successor)
        tip = end + (1 if up else -1)
        back = tip + (7 if up else -7)
        yield Line(x, middle, x, back, "red", weight, what="line", of=one.successor)
        yield Polygon(((x, tip), (x + 4.4, back), (x - 4.4, back)), "red", what="arrow",
                      of=one.successor)  # fmt: skip

    def _end_x(self, one: Crossing, taker: Anchor) -> float:
        return min(max(self._taken_at(one), taker.left + 1), taker.right - 1)

    def passing(self, side: str, critical: frozenset[str]) -> list[float]:
        """Where red lines pass the critical path of a side on their way to other bars."""
        found = []
        for ask in self.asks:
            if ask.first.giver == side and ask.first.supplier not in critical:
                found.append(ask.x)
            found += [
                self._axis.at(one.taken)
                for one in ask.crossings
                if one.taker == side and one.successor not in critical
            ]
        return found

    # --- signs ------------------------------------------------------------------------------------

    def _unnumbered(self) -> list[tuple[float, Crossing]]:
        found = [one for one in self.crossings if one.number is None and one.standing == "open"]
        beside = [ask.x + by for ask in self.asks for by in (-6, 0, 6)]
        return list(_apart(self._axis, found, beside))

    def signs(self, top: float, anchors: Mapping[str, Anchor]) -> Iterator[Shape]:
        """A sign for each handover without a number, along the edge of the side that gets it."""
        lines = self._upright(anchors)
        for up in (True, False):
            mine = [
                one
                for one in self.crossings
                if one.number is None
                and one.standing != "open"
                and (one.giver == self._below) == up
            ]
            y = top + 6 if up else top + self.height - 6
            for x, one in _apart(self._axis, mine, lines):
                yield from _sign(one, x, y, up=up)
        for x, one in self._unnumbered():
            yield Disc(x, top + self.height / 2, 4, "red", "band", 1.4, what="dot",
                       of=one.supplier)  # fmt: skip

    def _upright(self, anchors: Mapping[str, Anchor]) -> list[float]:
        """Where red lines lead through the band."""
        lines = (line for ask in self.asks for line in self._lines_of(ask, 0, anchors))
        return sorted({line.x1 for line in lines if isinstance(line, Line) and line.x1 == line.x2})

    def badges(self, top: float) -> Iterator[Shape]:
        """The numbers."""
        for ask in self.asks:
            yield from badge(ask.number, ask.x, self._middle(ask, top), ask.first.supplier)

    def ground(self, top: float) -> Rect:
        """The grey of the band."""
        return Rect(0, top, self._layout.width, self.height, "band", what="band")

    # --- names ------------------------------------------------------------------------------------

    def texts(self, top: float, anchors: Mapping[str, Anchor]) -> Iterator[Text]:
        """What is handed over, beside each number; the count of what is open in the margin."""
        boxes = [shape.box for shape in self.badges(top)]
        boxes += [shape.box.grown(1) for shape in self.signs(top, anchors)]
        boxes += [line.box.grown(3) for line in self.lines(top, anchors) if isinstance(line, Line)]
        margin = list(self._margin(top, boxes))
        yield from margin
        boxes += [text.box.grown(4) for text in margin]
        if self._layout.narrow:
            return
        for ask in self.asks:
            lines = self._named(ask, top, boxes)
            yield from lines
            boxes += [line.box.grown(4) for line in lines]

    def _named(self, ask: Ask, top: float, boxes: Sequence[Box]) -> tuple[Text, ...]:
        own = _around(ask.x, self._middle(ask, top))
        others = [box for box in boxes if not _same(box, own)]
        for lines in self._ways(ask, self._middle(ask, top)):
            inside = all(
                self._axis.left <= line.box.left and line.box.right <= self._layout.width
                for line in lines
            )
            if inside and not any(line.box.meets(box) for line in lines for box in others):
                return lines
        return ()

    def _ways(self, ask: Ask, y: float) -> Iterator[tuple[Text, ...]]:
        one = ask.first
        day = f"{date_text(one.given, self.facts.as_of)}, {STANDS[one.standing]}"
        day += self._other_end(one)
        called = [name for name in one.names if room_of(name, NAME, bold=True) <= MOST_NAME]
        called = called or [fitting(one.names[-1], NAME, MOST_NAME, bold=True)]
        of = f"{one.supplier}>{one.successor}"
        for name in called:
            yield from _sides(ask.x, y, ((name, NAME, True), (day, NOTE, False)), of)
        for name in called:
            yield from _sides(ask.x, y, tuple((half, NOTE + 0.5, True) for half in _halves(name)),
                              of)  # fmt: skip
        for name in called:
            yield from _sides(ask.x, y, ((name, NAME, True),), of)

    def _other_end(self, one: Crossing) -> str:
        """The side that no line leads to."""
        if self._direct:
            return ""
        if one.giver == self._below:
            return f", to {self.facts.side_title(one.taker)}"
        return f", from {self.facts.side_title(one.giver)}"

    def _margin(self, top: float, boxes: Sequence[Box]) -> Iterator[Text]:
        number = sum(one.standing in ("open", "not asked") for one in self.crossings)
        total = len(self.crossings)
        said = f"{number} of {total} open" if number else f"all {total} agreed" if total else "none"
        ink, bold = ("red", True) if number else ("second", False)
        x, anchor = 2.0, "start"
        if self._layout.narrow:
            place = self._free_place(top, boxes, max(len(said), 9) * 7.0)
            if place is None:
                return
            x, anchor = place, "end"
        y = top + (19 if not self._layout.narrow else 18)
        head = Text(x, y, "Handovers", NAME if not self._layout.narrow else NOTE, True,
                    halo="band", what="margin")  # fmt: skip
        tail = Text(x, y + 14, said, NOTE, bold, ink, halo="band", what="margin")
        if anchor == "end":
            head, tail = _ended(head), _ended(tail)
        yield head
        yield tail

    def _free_place(self, top: float, boxes: Sequence[Box], wide: float) -> float | None:
        """The right edge of a free place in the band of a phone, the last one first."""
        x = self._axis.right
        while x - wide >= self._axis.left:
            wanted = Box(x - wide, top + 8, x, top + 35)
            if not any(wanted.meets(box) for box in boxes):
                return x
            x -= 6
        return None


def _ended(text: Text) -> Text:
    return Text(text.x, text.y, text.text, text.size, text.bold, text.ink, "end", text.halo,
                text.what, text.of)  # fmt: skip


def _levelled(asks: Sequence[Ask], spans: Sequence[Interval]) -> tuple[Ask, ...]:
    """Numbers that would touch, or whose lines would lead through each other, under each other;
    where that takes too many rows, only those that would touch.
    """
    levels = _levels(spans)
    if max(levels, default=0) >= LEVELS:
        levels = _levels([(ask.x - BADGE - 0.5, ask.x + BADGE + 0.5) for ask in asks])
    return tuple(replace(ask, level=level) for ask, level in zip(asks, levels, strict=True))


def _levels(spans: Sequence[Interval]) -> list[int]:
    """The first row for each in which it meets none of those before it."""
    rows: list[list[Interval]] = []
    found = []
    for span in spans:
        row = next((n for n, row in enumerate(rows) if is_free(span, row)), len(rows))
        if row == len(rows):
            rows.append([])
        rows[row].append(span)
        found.append(row)
    return found


def _apart(
    axis: Axis, crossings: Iterable[Crossing], taken: Iterable[float]
) -> Iterator[tuple[float, Crossing]]:
    """Places of signs: those of a kind on one place are one, others stand beside each other."""
    last: dict[str, float] = {}
    places = list(taken)
    for one in sorted(crossings, key=lambda each: (each.given, each.standing, each.supplier)):
        x = min(max(axis.after(one.given), axis.left + 6), axis.right)
        if x - last.get(one.standing, -NEAR) < NEAR / 2:
            continue
        last[one.standing] = x
        moved = (x + step * way for step in MOVES for way in (1, -1))
        free = (at for at in moved if all(abs(at - other) >= NEAR for other in places))
        place = next((at for at in free if axis.left + 5 <= at <= axis.right + 3), None)
        if place is not None:
            places.append(place)
            yield place, one


def _sign(one: Crossing, x: float, y: float, *, up: bool) -> Iterator[Shape]:
    if one.standing == "not asked":
        yield triangle(x, y, 3.8, up=up, fill="paper", edge="red", of=one.supplier)
    elif one.standing == "agreed":
        yield triangle(x, y, 3.8, up=up, fill="ghost", edge=None, of=one.supplier)
    else:
        yield triangle(x, y, 4.4, up=up, fill="red", edge=None, of=one.supplier)
        bar = y + (5.6 if up else -5.6)
        yield Line(x - 4, bar, x + 4, bar, "red", 1.4, what="sign", of=one.supplier)


def _sides(
    x: float, y: float, lines: Sequence[tuple[str, float, bool]], of: str
) -> Iterator[tuple[Text, ...]]:
    """The lines of a name to the left and to the right of a number."""
    first = y - 3 if len(lines) > 1 else y + 4
    for anchor, at in (("end", x - BADGE - 5), ("start", x + BADGE + 5)):
        yield tuple(
            Text(at, first + number * 13.5, text, size, bold, "red", anchor, "band",  # type: ignore[arg-type]
                 what="handover name", of=of)
            for number, (text, size, bold) in enumerate(lines)
        )  # fmt: skip


def _halves(name: str) -> tuple[str, ...]:
    """A name in two lines, as equal as its words allow."""
    words = name.split()
    if len(words) == 1:
        return (name,)
    cuts = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    return min(cuts, key=lambda pair: max(map(len, pair)))


def _around(x: float, y: float) -> Box:
    return Box(x, y, x, y).grown(BADGE)


def _same(box: Box, own: Box) -> bool:
    """Whether a box is the number itself or a line that leads straight to it."""
    return own.left - 0.1 <= box.left and box.right <= own.right + 0.1
