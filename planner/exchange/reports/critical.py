"""The critical path of one side: dark bars next to the handovers, with their titles.

A title stays inside its bar, one size smaller if needed; else it stands in a strip beside the row,
and ends before a red line. On a phone every title stands above its bar.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, structs

from planner.exchange.reports.axis import NAME, NOTE, Axis
from planner.exchange.reports.facts import Work
from planner.exchange.reports.rows import (
    APART,
    DIAMOND,
    INSIDE,
    Interval,
    Label,
    Placed,
    bar,
    is_free,
)
from planner.exchange.reports.shapes import BADGE
from planner.exchange.reports.widths import fitting, room_of

SIZES = (NAME, NOTE)
STAIRS = 6
"""On a phone so many bars of a side have a row each; of more, several share one."""
LEAST_NAME = 64.0
"""A name cut with an ellipsis has at least this room."""


class CriticalRow(Struct, frozen=True):
    """Bars that follow each other in time, and whether titles stand in the strip beside them."""

    bars: tuple[Placed, ...]

    @property
    def captioned(self) -> bool:
        """Whether any title is outside its bar."""
        return any(one.label is not None and not one.label.inside for one in self.bars)


def critical_rows(
    works: Sequence[Work], axis: Axis, stops: Sequence[float]
) -> tuple[CriticalRow, ...]:
    """Rows in which no two bars overlap, titles inside where they fit; `stops` are the places of
    red lines that pass beside the rows.
    """
    rows: list[list[Placed]] = []
    for work in works:
        left, right = bar(work, axis)
        last = right + DIAMOND if work.launch else right
        row = next((n for n, row in enumerate(rows) if _end(row) <= left + 0.05), len(rows))
        if row == len(rows):
            rows.append([])
        rows[row].append(Placed(work, row, left, right, _inside(work, left, last)))
    return tuple(_captioned(row, axis, stops) for row in rows)


def _end(row: Sequence[Placed]) -> float:
    last = row[-1]
    reach = last.right + (DIAMOND if last.work.launch else 0)
    return max(reach, _badge_end(last)) if last.work.number is not None else reach


def _badge_end(one: Placed) -> float:
    return one.left + min(12.0, (one.right - one.left) / 2) + BADGE + 1


def _inside(work: Work, left: float, last: float) -> Label | None:
    start = INSIDE + 1 if work.number is None else 12.0 + BADGE + 4
    room = last - left - start - (2 * DIAMOND + 2 if work.launch else INSIDE)
    for text in work.names:
        for size in SIZES:
            wide = room_of(text, size, bold=True)
            if wide <= room:
                return Label(text, left + start, size, True, wide)
    return None


def _captioned(row: Sequence[Placed], axis: Axis, stops: Sequence[float]) -> CriticalRow:
    """A row with its titles beside it where they are not inside, as many as there is room for."""
    taken: list[Interval] = []
    bars = []
    for one in row:
        label = one.label or _beside(one, axis, stops, taken)
        if label is not None and not label.inside:
            taken.append((label.x - APART, label.x + label.room + APART))
        bars.append(structs.replace(one, label=label))
    return CriticalRow(tuple(bars))


def _beside(
    one: Placed, axis: Axis, stops: Sequence[float], taken: Sequence[Interval]
) -> Label | None:
    beyond = [stop + 4 for stop in stops if one.left - 2 < stop < one.left + LEAST_NAME]
    for begin in (one.left, *beyond, None):
        for text in one.work.names:
            wide = room_of(text, NAME, bold=True)
            x = one.right - wide if begin is None else begin
            inside = axis.left <= x and x + wide <= axis.right + 8
            if inside and _clear((x, x + wide), stops, taken):
                return Label(text, x, NAME, False, wide)
    end = min([axis.right + 8, *(stop - 3 for stop in stops if stop > one.left + LEAST_NAME)])
    text = fitting(one.work.names[-1], NAME, end - one.left, bold=True)
    wide = room_of(text, NAME, bold=True)
    if wide >= LEAST_NAME and _clear((one.left, one.left + wide), stops, taken):
        return Label(text, one.left, NAME, False, wide)
    return None


def _clear(wanted: Interval, stops: Sequence[float], taken: Sequence[Interval]) -> bool:
    left, right = wanted
    return is_free(wanted, taken) and not any(left - 2 < stop < right + 2 for stop in stops)


def stairs(
    works: Sequence[Work], axis: Axis, arrows: frozenset[str] = frozenset()
) -> tuple[CriticalRow, ...]:
    """The rows of a phone: every title above its bar, earlier bars above later ones; `arrows` come
    to the starts of these bars through their titles.
    """
    rows: list[list[Placed]] = []
    ends: list[float] = []
    share = len(works) > STAIRS
    for work in works:
        left, right = bar(work, axis)
        label = _above(work, left + (8 if work.id in arrows else 0), axis)
        begin = min(left, label.x) - APART
        row = next((n for n, end in enumerate(ends) if share and end <= begin), len(rows))
        if row == len(rows):
            rows.append([])
            ends.append(0)
        rows[row].append(Placed(work, row, left, right, label))
        ends[row] = max(right + DIAMOND, label.x + label.room)
    return tuple(CriticalRow(tuple(row)) for row in rows)


def _above(work: Work, left: float, axis: Axis) -> Label:
    reach = axis.right - axis.left
    names = (one for one in work.names if room_of(one, NAME, bold=True) <= reach * 0.6)
    text = next(names, None) or fitting(work.names[-1], NAME, reach * 0.6, bold=True)
    wide = room_of(text, NAME, bold=True)
    return Label(text, max(axis.left, min(left, axis.right - wide)), NAME, False, wide)
