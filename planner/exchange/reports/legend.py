"""The legend under a picture: what is in it and no more, in lines as wide as the picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from msgspec.structs import replace

from planner.exchange.reports.axis import NOTE
from planner.exchange.reports.facts import Facts
from planner.exchange.reports.launches import flag
from planner.exchange.reports.shapes import (
    Disc,
    Line,
    Rect,
    Shape,
    Text,
    diamond,
    triangle,
)
from planner.exchange.reports.widths import room_of
from planner.roadmap.figures import date_text

LINE = 17.0
GAP, AFTER = 7.0, 18.0

Draw = Callable[[float, float], Iterator[Shape]]
Item = tuple[float, Draw, str]
"""How wide a sign is, how it is drawn from its left edge and middle, and what it means."""


class Legend:
    """The items of a legend in lines; `was_on` is the day of the last meeting."""

    def __init__(self, facts: Facts, width: float, was_on: date | None, folded: bool) -> None:
        self._width = width
        self._lines: list[list[tuple[float, Item]]] = [[]]
        x = 2.0
        for item in _items(facts, was_on, folded):
            wide = item[0] + GAP + room_of(item[2], NOTE)
            if x + wide > width and self._lines[-1]:
                self._lines.append([])
                x = 2.0
            self._lines[-1].append((x, item))
            x += wide + AFTER

    @property
    def height(self) -> float:
        """What all lines take."""
        return 8 + LINE * len(self._lines)

    def shapes(self, top: float) -> Iterator[Shape]:
        """The rule above, then each sign with its text."""
        yield Line(0, top, self._width, top, "rule", what="rule")
        for number, line in enumerate(self._lines):
            y = top + 8 + LINE * number + LINE / 2 - 1
            for x, (wide, draw, text) in line:
                for shape in draw(x, y):
                    yield replace(shape, what="legend", of="")
                yield Text(x + wide + GAP, y + 3.9, text, NOTE, ink="second", what="legend name")


def _items(facts: Facts, was_on: date | None, folded: bool) -> Iterator[Item]:
    yield from _of_bars(facts, folded)
    if facts.launches or any(work.launch for work in facts.works):
        yield 14, lambda x, y: iter((diamond(x + 7, y, 6, "ink", None, ""),)), "launch"
    if any(launch.due for launch in facts.launches):
        yield 10, lambda x, y: flag(x + 1, y + 1, 1, ""), "deadline, announced date"
    yield from _of_handovers(facts)
    moved = any(one.was for one in facts.works) or any(one.was for one in facts.launches)
    if was_on is not None and moved:
        yield 18, _was, f"was on {date_text(was_on, facts.as_of)}"


def _of_bars(facts: Facts, folded: bool) -> Iterator[Item]:
    works = facts.works
    hues = [facts.hue(side) for side in facts.sides][:3] or ["marketing"]
    wide = 9.0 * len(hues)
    if any(work.critical for work in works):
        yield wide, lambda x, y: _swatches(x, y, hues, "-critical"), "critical path"
    if folded:
        yield 22, lambda x, y: _strips(x, y, hues), "other work"
    else:
        yield wide, lambda x, y: _swatches(x, y, hues, ""), "other work"
    if any(work.done for work in works):
        yield 18, lambda x, y: _done(x, y, folded), "done"
    if not folded and any(work.paused for work in works):
        yield 18, lambda x, y: _paused(x, y, hues[0]), "on hold"
    if any(work.late for work in works):
        yield 18, lambda x, y: _late(x, y, hues[-1], folded), "late"


def _of_handovers(facts: Facts) -> Iterator[Item]:
    stands = {one.standing for one in facts.crossings if one.number is None}
    if any(one.number is not None for one in facts.crossings):
        yield 18, _ask, "handover not agreed, with its ask"
    if "open" in stands:
        yield 8, lambda x, y: iter((Disc(x + 4, y, 4, "red"),)), "not agreed"
    if "not asked" in stands:
        yield 9, lambda x, y: iter((_sign(x, y, "paper", "red"),)), "not asked"
    if "agreed" in stands:
        yield 9, lambda x, y: iter((_sign(x, y, "ghost", None),)), "agreed"
    if "late" in stands:
        yield 9, _agreed_late, "agreed, late"


def _swatches(x: float, y: float, hues: list[str], weight: str) -> Iterator[Shape]:
    for number, hue in enumerate(hues):
        edge = "paper" if weight else f"{hue}-edge"
        yield Rect(x + 9 * number, y - 5, 9, 10, f"{hue}{weight}", edge, 1, 2)


def _strips(x: float, y: float, hues: list[str]) -> Iterator[Shape]:
    for number, hue in enumerate(hues):
        yield Rect(x, y - 3.6 + 5 * number, 20, 2.8, f"{hue}-edge")


def _done(x: float, y: float, folded: bool) -> Iterator[Shape]:
    if folded:
        yield Rect(x, y - 1.4, 18, 2.8, "done-strip")
    else:
        yield Rect(x, y - 5, 18, 10, "paper", "ghost", 1, 2)


def _paused(x: float, y: float, hue: str) -> Iterator[Shape]:
    yield Rect(x, y - 5, 18, 10, hue, f"{hue}-edge", 1, 2, True)


def _late(x: float, y: float, hue: str, folded: bool) -> Iterator[Shape]:
    if folded:
        yield Rect(x, y - 1.8, 18, 3.6, "red")
    else:
        yield Rect(x, y - 5, 18, 10, hue, f"{hue}-edge", 1, 2)
        yield Rect(x + 14, y - 5, 4, 10, "red")


def _ask(x: float, y: float) -> Iterator[Shape]:
    yield Line(x, y, x + 18, y, "red", 2.2)
    yield Disc(x + 9, y, 5, "red", "paper", 1.6)


def _sign(x: float, y: float, fill: str, edge: str | None) -> Shape:
    return triangle(x + 4.5, y, 3.8, up=True, fill=fill, edge=edge, of="")


def _agreed_late(x: float, y: float) -> Iterator[Shape]:
    yield triangle(x + 4.5, y - 1, 4.4, up=True, fill="red", edge=None, of="")
    yield Line(x + 0.5, y + 5, x + 8.5, y + 5, "red", 1.4)


def _was(x: float, y: float) -> Iterator[Shape]:
    yield Rect(x, y - 1.5, 18, 3, "paper", "ghost", 0.9, 1.5)
