"""A picture put together: launches, sides around their handovers, months, freezes, today, legend.

Several ways are tried, the fullest first, and the first that is no higher than the page allows is
taken: rows as far apart as there is room for, then groups folded, quiet lanes merged, all of them
merged. Text never shrinks.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from msgspec.structs import replace

from planner.exchange.reports.axis import (
    axis_of,
    freeze_names,
    freeze_shapes,
    month_shapes,
    today_shapes,
    today_sign,
)
from planner.exchange.reports.band import Band
from planner.exchange.reports.blocks import Block
from planner.exchange.reports.facts import Facts
from planner.exchange.reports.launches import Lane
from planner.exchange.reports.layout import PITCH, Anchor, Layout
from planner.exchange.reports.legend import Legend
from planner.exchange.reports.shapes import Drawing, Line, Rect, Shape, Text
from planner.exchange.reports.telling import described, titled
from planner.exchange.reports.widths import fitting

Shaped = Literal["wide", "narrow", "slide"]

WIDE, NARROW, MARGIN = 1200.0, 358.0, 24.0
FOLDED_MARGIN, OPEN_MARGIN = 192.0, 104.0
"""Where days begin, beside the names of lanes and beside those of sides."""
UNFOLDED = 40
"""With more initiatives groups fold."""
BUDGET = {"wide": 484.0, "narrow": 1_400.0, "slide": 606.0}
WIDEST = {"wide": 26, "narrow": PITCH, "slide": 32}
"""The height of a drawing on its page, and the most that rows are apart."""
FEWEST = (12, 8, 5, 3)
"""Rows of strips in a side that does not fit in any other way."""
TITLE, SENTENCE = 20.0, 13.0


def drawing(facts: Facts, shape: Shaped, was_on: date | None, sentence: str = "") -> Drawing:
    """The picture of a plan in one of its shapes."""
    tried: list[Composition] = []
    for layout in _layouts(facts, shape):
        tried.append(Composition(facts, layout, was_on))
        if tried[-1].height <= BUDGET[shape]:
            break
    fits = tried[-1].height <= BUDGET[shape]
    found = tried[-1] if fits else min(tried, key=lambda one: one.height)
    whole = found.drawing()
    return _on_slide(whole, facts, sentence) if shape == "slide" else whole


def _layouts(facts: Facts, shape: Shaped) -> Iterator[Layout]:
    """The ways to draw a plan, the fullest first."""
    if shape == "narrow":
        axis = axis_of(facts, 2, NARROW - 8)
        base = Layout(axis, NARROW, narrow=True, folded=True)
    else:
        if len(facts.works) <= UNFOLDED:
            base = Layout(axis_of(facts, OPEN_MARGIN, WIDE - 8), WIDE)
            for tight in (False, True):
                for pitch in range(WIDEST[shape], PITCH - 1, -1):
                    yield replace(base, pitch=pitch, tight=tight)
        base = Layout(axis_of(facts, FOLDED_MARGIN, WIDE - 8), WIDE, folded=True)
    yield base
    yield replace(base, merged=True)
    yield replace(base, merged=True, bare=True)
    for most in FEWEST:
        yield replace(base, merged=True, bare=True, most=most)


class Composition:
    """One way to draw a plan: its parts, each with its place."""

    def __init__(self, facts: Facts, layout: Layout, was_on: date | None) -> None:
        self.facts = facts
        self._layout = layout
        self._lane = Lane(facts, layout)
        sides = facts.sides or ("",)
        self._bands = tuple(
            Band(facts, layout, sides[:number], sides[number]) for number in range(1, len(sides))
        )
        self._blocks = tuple(self._block(side, up=not number) for number, side in enumerate(sides))
        self._legend = Legend(facts, layout.width, was_on, layout.folded)
        self._inner, self._tops, self.bottom = self._places()

    def _block(self, side: str, *, up: bool) -> Block:
        critical = self.facts.critical
        stops = [x for band in self._bands for x in band.passing(side, critical)]
        layouts = dict.fromkeys((replace(self._layout, tight=False), self._layout))
        blocks = [
            Block(self.facts, side, layout, up=up, asked=self._asked, stops=stops)
            for layout in layouts
        ]
        return min(blocks, key=lambda one: one.height)

    @property
    def _asked(self) -> frozenset[str]:
        crossings = (one for one in self.facts.crossings if one.number is not None)
        ends = {id for one in crossings for id in (one.supplier, one.successor)}
        return frozenset(ends | {one.id for one in self.facts.works if one.number is not None})

    def _places(self) -> tuple[tuple[float, ...], tuple[float, ...], float]:
        """The inner edge of each block, the upper one of each band, and where they end."""
        first, *others = self._blocks
        y = self._lane.bottom + first.height
        inner, tops = [y], []
        for block, band in zip(others, self._bands, strict=True):
            tops.append(y)
            y += band.height
            inner.append(y)
            y += block.height
        return tuple(inner), tuple(tops), y + 2

    @property
    def height(self) -> float:
        """The whole drawing's."""
        return self.bottom + 6 + self._legend.height

    def drawing(self) -> Drawing:
        """All of it, from the back to the front."""
        return Drawing(
            0, 0, self._layout.width, round(self.height, 1), tuple(self._shapes()),
            titled(self.facts), described(self.facts),
        )  # fmt: skip

    def _shapes(self) -> Iterator[Shape]:
        axis, facts = self._layout.axis, self.facts
        blocks = list(zip(self._blocks, self._inner, strict=True))
        parts = [part for block, y in blocks for part in block.parts(y)]
        bands = list(zip(self._bands, self._tops, strict=True))
        anchors = {id: one for part in parts for id, one in part.anchors()}
        for band, y in bands:
            yield band.ground(y)
        yield from freeze_shapes(facts, axis, self.bottom)
        months = list(month_shapes(axis, self.bottom))
        yield from (one for one in months if not isinstance(one, Text))
        yield Line(0, self._lane.bottom, self._layout.width, self._lane.bottom, "rule", what="rule")
        yield from self._lane.lines(self.bottom)
        yield from self._drop(anchors)
        for band, y in bands:
            yield from band.lines(y, anchors)
        for part in parts:
            yield from part.shapes()
        yield from today_shapes(facts, axis, self.bottom)
        for band, y in bands:
            yield from band.signs(y, anchors)
            yield from band.badges(y)
        for part in parts:
            yield from part.signs()
        yield from self._lane.signs()
        yield from (one for one in months if isinstance(one, Text))
        yield from self._head_texts()
        for part in parts:
            yield from part.texts()
        for block, y in blocks:
            yield from block.margin(y)
        for band, y in bands:
            yield from band.texts(y, anchors)
        yield from self._legend.shapes(self.bottom + 6)

    def _drop(self, anchors: dict[str, Anchor]) -> Iterator[Shape]:
        """The main launch's line down to the bar that it waits for."""
        path = [work for work in self.facts.works if work.critical and work.id in anchors]
        if path:
            last = anchors[max(path, key=lambda work: (work.finish, work.id)).id]
            yield from self._lane.drop(last.right, last.top)

    def _head_texts(self) -> Iterator[Shape]:
        """Today, the names of freezes, and those of launches."""
        sign, name = today_sign(self.facts, self._layout.axis)
        yield sign
        yield name
        yield from freeze_names(self.facts, self._layout.axis, sign.box)
        yield from self._lane.texts()


def _on_slide(whole: Drawing, facts: Facts, sentence: str) -> Drawing:
    """A drawing on a page of 16:9 under its title; it is made wider where it is too high."""
    head = 44.0 if sentence else 30.0
    high = max(whole.height + head + 2 * MARGIN, (WIDE + 2 * MARGIN) * 9 / 16)
    wide = max(WIDE + 2 * MARGIN, high * 16 / 9)
    left, top = -(wide - WIDE) / 2, -head - MARGIN
    title = fitting(facts.title, TITLE, WIDE, bold=True)
    shapes: list[Shape] = [Rect(left, top, wide, high, "paper", what="paper")]
    shapes.append(Text(2, top + MARGIN + 14, title, TITLE, True, what="title"))
    if sentence:
        said = fitting(sentence, SENTENCE, WIDE)
        shapes.append(Text(2, top + MARGIN + 33, said, SENTENCE, ink="second", what="title"))
    return replace(
        whole, left=round(left, 1), top=round(top, 1), width=round(wide, 1), height=round(high, 1),
        shapes=(*shapes, *whole.shapes),
    )  # fmt: skip
