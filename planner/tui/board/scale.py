"""The time axis: which day is drawn in which cell, at which zoom, and what the axis says.

Days are calendar days; a cell stands for `days` of them, possibly less than one. Cells count from
the left edge of the timeline, 0 first; what lies outside the view has a cell outside the width.
"""

from __future__ import annotations

from calendar import month_abbr
from collections.abc import Iterator
from datetime import date, timedelta
from math import ceil, floor

from msgspec import Struct

ZOOMS: dict[str, float] = {"day": 1 / 4, "week": 1.0, "month": 3.0, "quarter": 9.0}
"""Days per cell, finest first: a day is 4 cells, a week 7, a month and a quarter are 10."""

QUARTERS, YEARS = 7, 24
"""Days per cell above which the axis counts in quarters, and in years."""

FIRST, LAST = date(1990, 1, 1), date(2200, 1, 1)


class Scale(Struct, frozen=True):
    """`origin` is the day at the left edge; `days` calendar days go into one of `width` cells."""

    origin: date
    days: float
    width: int

    def cell(self, day: date) -> int:
        """The cell in which `day` begins."""
        return floor((day.toordinal() - self.origin.toordinal()) / self.days + 1e-9)

    def last_cell(self, day: date) -> int:
        """The cell in which `day` ends: where a bar that includes `day` is drawn last."""
        return ceil((day.toordinal() + 1 - self.origin.toordinal()) / self.days - 1e-9) - 1

    def span(self, first: date, last: date) -> tuple[int, int]:
        """First and last cell of a bar over two inclusive days; at least one cell."""
        left = self.cell(first)
        return left, max(left, self.last_cell(last))

    def day(self, cell: int) -> date:
        """The day at the left edge of a cell."""
        return self.origin + timedelta(days=floor(cell * self.days))

    @property
    def end(self) -> date:
        """The first day beyond the right edge."""
        return self.day(self.width)

    @property
    def zoom(self) -> str:
        """The zoom whose days per cell are nearest."""
        return min(ZOOMS, key=lambda name: abs(ZOOMS[name] - self.days))

    def panned(self, cells: int) -> Scale:
        """Moved to the right by so many cells (to the left where negative)."""
        return self.starting(self.origin + timedelta(days=round(cells * self.days) or cells))

    def starting(self, origin: date) -> Scale:
        """The same zoom from another day."""
        return Scale(min(max(origin, FIRST), LAST), self.days, self.width)

    def centred(self, day: date) -> Scale:
        """The same zoom with `day` a third from the left edge."""
        return self.starting(day - timedelta(days=floor(self.days * self.width / 3)))

    def zoomed(self, days: float, on: date) -> Scale:
        """Another zoom; `on` stays in its cell."""
        cell = self.cell(on)
        if not 0 <= cell < self.width:
            cell = self.width // 3
        return Scale(on - timedelta(days=floor(cell * days)), days, self.width)

    def resized(self, width: int) -> Scale:
        """The same days from the left, in another width."""
        return Scale(self.origin, self.days, max(1, width))


def fit(first: date, last: date, width: int) -> Scale:
    """A scale that shows two inclusive days and all between them, with a little air."""
    width = max(10, width)
    days = max(ZOOMS["day"], ((last - first).days + 1) / (width - 2))
    return Scale(first - timedelta(days=floor(days / 2)), days, width)


def finer(days: float) -> float:
    """Days per cell of the next finer zoom."""
    return max((step for step in ZOOMS.values() if step < days * 0.99), default=min(ZOOMS.values()))


def coarser(days: float) -> float:
    """Days per cell of the next coarser zoom."""
    return min((step for step in ZOOMS.values() if step > days * 1.01), default=max(ZOOMS.values()))


def boundaries(scale: Scale) -> Iterator[tuple[int, date]]:
    """Cells with a grid line, left to right: weeks, months, quarters or years, by the zoom."""
    days = _mondays(scale) if scale.days <= 1 else _months(scale)
    step = 12 if scale.days > YEARS else 3 if scale.days > QUARTERS else 1
    for day in days:
        if step == 1 or (day.month - 1) % step == 0:
            cell = scale.cell(day)
            if 0 <= cell < scale.width:
                yield cell, day


def labels(scale: Scale) -> str:
    """The axis: names of months, weeks or quarters where they begin, as wide as the scale.

    The first label shows its year, and so does each first one of another year: where there is no
    room for both, the year stands in place of the month.
    """
    line = [" "] * scale.width
    free = shown_year = 0
    for cell, day, room in _marks(scale):
        for name, says_year in _names(scale, day, room, new=day.year != shown_year):
            if cell >= free and len(name) <= scale.width - cell:
                line[cell : cell + len(name)] = name
                free = cell + len(name) + 1
                shown_year = day.year if says_year else shown_year
                break
    return "".join(line)


def _marks(scale: Scale) -> Iterator[tuple[int, date, int]]:
    """(cell, day, cells to the next) of each label, the view's first day included."""
    marks = list(boundaries(scale))
    if not marks or marks[0][0] > 3:
        marks.insert(0, (0, scale.origin))
    ends = [*(cell for cell, _ in marks[1:]), scale.width + 1]
    for (cell, day), end in zip(marks, ends, strict=True):
        yield cell, day, end - cell


def _names(scale: Scale, day: date, room: int, *, new: bool) -> Iterator[tuple[str, bool]]:
    """What a label may say, the best first, and whether that says the year."""
    short, year = _label(scale, day), str(day.year)
    if new and scale.days <= YEARS:
        if len(f"{short} {year}") < room or scale.days <= 1:
            yield f"{short} {year}", True
        yield year, True
    yield short, scale.days > YEARS


def _label(scale: Scale, day: date) -> str:
    if scale.days <= 1:
        return f"{day.day} {month_abbr[day.month]}"
    if scale.days > YEARS:
        return str(day.year)
    if scale.days > QUARTERS:
        return f"Q{(day.month + 2) // 3}"
    return month_abbr[day.month]


def _months(scale: Scale) -> Iterator[date]:
    day = scale.origin.replace(day=1)
    while day <= scale.end and day < LAST:
        if day >= scale.origin:
            yield day
        day = (day + timedelta(days=32)).replace(day=1)


def _mondays(scale: Scale) -> Iterator[date]:
    day = scale.origin + timedelta(days=-scale.origin.weekday() % 7)
    while day <= scale.end:
        yield day
        day += timedelta(days=7)
