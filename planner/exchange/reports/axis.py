"""The time axis of a picture: days across, months or longer above, freezes and today.

It reaches from the first open work to the last day that anything is about, with a little room
beyond; what ended before it is cut off at its edge. The steps of the axis are the shortest of
months, quarters, half-years, years and more that leave room for their names.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from planner.exchange.reports.facts import Closed, Facts
from planner.exchange.reports.shapes import Box, Line, Rect, Shape, Text
from planner.exchange.reports.widths import fitting, room_of
from planner.roadmap.figures import MONTHS, date_range, date_text

DAY = timedelta(days=1)
LEAST_DAYS = 28
"""A plan of one day has a month around it."""
BEYOND = 0.03
"""The part of the axis that is free behind the last day."""
STEPS = (1, 3, 6, 12, 24, 60, 120)
"""Months from one line to the next."""
NAME, NOTE = 12, 11
"""Sizes of labels and of notes."""


class Axis(Struct, frozen=True):
    """Days from `first` up to `end`, which is not among them, between two places."""

    first: date
    end: date
    left: float
    right: float

    @property
    def day(self) -> float:
        """The width of a day."""
        return (self.right - self.left) / (self.end - self.first).days

    def at(self, day: date) -> float:
        """Where a day begins, inside the axis."""
        place = self.left + (day - self.first).days * self.day
        return round(min(max(place, self.left), self.right), 1)

    def after(self, day: date) -> float:
        """Where a day ends."""
        return self.at(day + DAY) if day < date.max else self.right

    def shows(self, start: date, finish: date) -> bool:
        """Whether any of these days is on the axis."""
        return start < self.end and finish >= self.first


def axis_of(facts: Facts, left: float, right: float) -> Axis:
    """The axis that all of a plan fits on."""
    first, last = _ends(facts)
    first = first.replace(day=1)
    days = max((last - first).days + 1, LEAST_DAYS)
    reach = min(days + round(days * BEYOND), (date.max - first).days)
    return Axis(first, first + timedelta(days=reach), left, right)


def _ends(facts: Facts) -> tuple[date, date]:
    begin, last = [facts.as_of], [facts.as_of]
    for work in facts.works:
        last.append(work.finish)
        if not work.done:
            begin.append(work.start)
        if work.was is not None:
            begin.append(work.was.start)
            last.append(work.was.finish)
    for launch in facts.launches:
        last += [day for day in (launch.finish, launch.due, launch.was) if day]
    return min(begin), _with_freeze(facts, min(begin), max(last))


def _with_freeze(facts: Facts, first: date, last: date) -> date:
    """The last day, or a little of the freeze that begins soon after it."""
    soon = max(14, (last - first).days // 8)
    for freeze in facts.freezes:
        if 0 < (freeze.start - last).days <= soon:
            return min(freeze.end, freeze.start + timedelta(days=soon // 3))
    return last


# --- months ---------------------------------------------------------------------------------------


def months(axis: Axis) -> Iterator[tuple[date, tuple[str, ...]]]:
    """The first days from line to line, and what they may be called, the longest first: the year
    stands at the first and where it begins.
    """
    step = next((one for one in STEPS if _room(axis, one)), STEPS[-1])
    day, year = _on_step(axis.first, step), None
    while day < axis.end:
        if day >= axis.first:
            yield day, _called(day, step, year)
            year = day.year
        if day.year + step // 12 + 1 > date.max.year:
            return
        day = _later(day, step)


def _room(axis: Axis, step: int) -> bool:
    called = "2027" if step >= 12 else "Mar"
    return axis.day * 30.4 * step >= room_of(called, NAME) + 8


def _on_step(day: date, step: int) -> date:
    if step < 12:
        return day.replace(month=(day.month - 1) // step * step + 1)
    years = step // 12
    return date(max(1, day.year // years * years), 1, 1)


def _later(day: date, step: int) -> date:
    months = day.year * 12 + day.month - 1 + step
    return date(months // 12, months % 12 + 1, 1)


def _called(day: date, step: int, year: int | None) -> tuple[str, ...]:
    if step >= 12:
        return (str(day.year),)
    month = MONTHS[day.month - 1]
    if day.year == year:
        return (month,)
    return f"{month} {day.year}", month if year is None else str(day.year)


def month_shapes(axis: Axis, bottom: float) -> Iterator[Shape]:
    """Lines from month to month, and their names above."""
    found = list(months(axis))
    ends = [axis.at(day) for day, _ in found[1:]] + [axis.right + 8]
    for (day, names), end in zip(found, ends, strict=True):
        x = axis.at(day)
        yield Line(x, 0, x, bottom, "hairline", what="grid")
        name = next((one for one in names if x + 4 + room_of(one, NAME) <= end), None)
        if name is not None:
            yield Text(x + 4, 13, name, NAME, ink="second", what="month")


# --- today and freezes, in the strip under the months ---------------------------------------------

STRIP = 20.0
"""Where the strip begins; it is 15 high."""


def today_shapes(facts: Facts, axis: Axis, bottom: float) -> Iterator[Shape]:
    """The line of the status date."""
    x = axis.at(facts.as_of)
    yield Line(x, STRIP + 1, x, bottom, "ink", 1.5, what="today")


def today_sign(facts: Facts, axis: Axis) -> tuple[Rect, Text]:
    """``Today, 22 Mar`` on a dark ground, inside the picture."""
    text = f"Today, {date_text(facts.as_of, facts.as_of)}"
    wide = room_of(text, NOTE, bold=True) + 10
    x = min(axis.at(facts.as_of) - 0.7, axis.right - wide)
    sign = Rect(x, STRIP, wide, 15, fill="ink", radius=2, what="today sign")
    return sign, Text(x + 5, STRIP + 11.4, text, NOTE, bold=True, ink="paper", what="today name")


def freeze_shapes(facts: Facts, axis: Axis, bottom: float) -> Iterator[Shape]:
    """The hatched days of each freeze, those that overlap as one."""
    for start, end in _spans(facts, axis):
        x = axis.at(start)
        wide = max(axis.after(end) - x, 1.5)
        yield Rect(
            x, STRIP + 17, wide, bottom - STRIP - 17, fill="freeze", hatched=True, what="freeze"
        )
        yield Line(x, STRIP + 17, x, bottom, "hatch", what="grid")


def _spans(facts: Facts, axis: Axis) -> Iterator[tuple[date, date]]:
    last: tuple[date, date] | None = None
    for freeze in facts.freezes:
        if not axis.shows(freeze.start, freeze.end):
            continue
        if last is not None and freeze.start <= last[1]:
            last = last[0], max(last[1], freeze.end)
            continue
        if last is not None:
            yield last
        last = freeze.start, freeze.end
    if last is not None:
        yield last


def freeze_names(facts: Facts, axis: Axis, taken: Box) -> Iterator[Text]:
    """The names of freezes beside each other in the strip, as much of each as there is room for."""
    free = [(axis.left, taken.left - 8), (taken.right + 8, axis.right + 4)]
    shown = [one for one in facts.freezes if axis.shows(one.start, one.end)]
    for freeze in shown:
        text = _freeze_name(freeze, facts, axis, free)
        if text is not None:
            yield text
            free = [part for gap in free for part in _without(gap, text.box)]


def _freeze_name(
    freeze: Closed, facts: Facts, axis: Axis, free: list[tuple[float, float]]
) -> Text | None:
    days = date_range(freeze.start, freeze.end, facts.as_of)
    x = axis.at(freeze.start)
    short = freeze.name if len(freeze.name) <= 40 else fitting(freeze.name, NOTE, 190)
    for text in (f"{short}, {days}", short):
        room = room_of(text, NOTE)
        for left, right in free:
            place = min(max(x, left), right - room)
            if place >= left and abs(place - x) <= room:
                return Text(place, STRIP + 11.4, text, NOTE, ink="second", halo="paper",
                            what="freeze name", of=freeze.id)  # fmt: skip
    return None


def _without(gap: tuple[float, float], box: Box) -> Iterator[tuple[float, float]]:
    left, right = gap
    if box.right <= left or box.left >= right:
        yield gap
    else:
        yield left, box.left - 12
        yield box.right + 12, right
