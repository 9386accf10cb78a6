"""The milestone trend, drawn: across reporting days, up the day on which a launch would land.

A flat line is a promise kept, a step up is a slip, and the figure on a step is its working days.
One launch is drawn heavy, the others light; dotted lines are a deadline and what was announced. A
day without a plan, because its text can't be read or the launch had no date, is a gap in the line.
Where more days are on record than there is room for, those at which most moved are drawn.

Text never covers text: of what has no room the least important is left out, and the lists below
the drawing say it. Pure: from values to lines of (text, role), so that the command prints what the
view shows.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise

from msgspec import Struct

from planner.pages import signs
from planner.pages.canvas import HEAVY, LIGHT, Canvas, cells, shorten
from planner.pages.lines import Line
from planner.pages.roles import Role
from planner.roadmap.figures import date_text, date_width, day_before, signed
from planner.roadmap.output_history import HistoryShown, TrendRow
from planner.text.visible import visible

STEPS = (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 21, 28, 56, 84, 182, 364, 728)
"""Calendar days that a row may stand for."""
APART, CLOSEST = 12, 2
"""Columns from one reporting day to the next, at most and at least."""
FOOT = 2
"""Rows below the plot: the axis and its days."""
LEAST = 8
"""Rows of a drawing with which it can be read."""
NAMES, LONGER = 22, 32
"""Columns for names at the right at most, and in a drawing of 120 columns and more."""
NEAR = 3
"""So many rows away from its line a name may stand."""
POINT, OTHER_POINT = "●", "•"
LEVELS = " ▁▂▃▄▅▆▇█"


# --- which days, and where each launch stood ------------------------------------------------------


def reporting_days(shown: HistoryShown) -> tuple[date, ...]:
    """The days across: of the meetings where there were two, else of the revisions.

    The first revision's and the last day are always among them.
    """
    known = {point.revision.day for trend in shown.trends for point in trend.points}
    known |= {gap.revision.day for gap in shown.gaps}
    if not known:
        return ()
    first, last = min(known), max(known)
    if len(shown.meetings) < 2:
        return tuple(sorted(known))
    return tuple(sorted({first, last, *(day for day in shown.meetings if first <= day <= last)}))


def place_of(days: Sequence[date], day: date) -> int:
    """At which of the days across something shows that came on a day."""
    return min(bisect_left(days, day), len(days) - 1)


def dates_on(shown: HistoryShown, trend: TrendRow, days: Iterable[date]) -> tuple[date | None, ...]:
    """Where a launch would have landed on each day; None in a gap and where it had no date."""
    told = [point.revision.day for point in trend.points]
    unread = sorted(gap.revision.day for gap in shown.gaps)
    found: list[date | None] = []
    for day in days:
        at, lost = bisect_right(told, day), bisect_right(unread, day)
        gap = lost > 0 and (at == 0 or unread[lost - 1] > told[at - 1])
        found.append(None if gap or at == 0 else trend.points[at - 1].finish)
    return tuple(found)


def moves_on(trend: TrendRow, days: Sequence[date]) -> dict[int, int]:
    """By how many working days the launch moved up to each of the days across, where it did."""
    found: dict[int, int] = {}
    for step in trend.steps:
        if step.moved is not None:
            at = place_of(days, step.revision.day)
            found[at] = found.get(at, 0) + step.moved
    return {at: moved for at, moved in found.items() if moved}


def fewer(shown: HistoryShown, days: Sequence[date], most: int) -> tuple[date, ...]:
    """At most so many of the days: both ends, those at which most moved, then evenly."""
    if len(days) <= most:
        return tuple(days)
    weight: dict[int, int] = {}
    for trend in shown.trends:
        for at, moved in moves_on(trend, days).items():
            weight[at] = weight.get(at, 0) + abs(moved) + 1000 * trend.main
    heavy = sorted(weight, key=lambda at: (-weight[at], at))[: max(0, most * 2 // 3)]
    evenly = [round(each * (len(days) - 1) / max(1, most - 1)) for each in range(most)]
    kept = list(dict.fromkeys((len(days) - 1, 0, *heavy, *evenly)))[:most]
    return tuple(days[at] for at in sorted(kept))


# --- drawing --------------------------------------------------------------------------------------


class Look(Struct, frozen=True):
    """What is drawn: the launch that is heavy and what stands at its end, the colour of each, and
    the day that is marked. Without `others` the one launch is alone.
    """

    launch: str
    end: str
    roles: Mapping[str, Role]
    marked: date | None = None
    others: bool = True


def trend_lines(shown: HistoryShown, look: Look, width: int, height: int) -> list[Line]:
    """The drawing in at most `width` columns and `height` rows; no more rows than it needs."""
    days = reporting_days(shown)
    trends = [each for each in shown.trends if look.others or each.id == look.launch]
    if not days or not trends:
        return []
    return _Drawer(shown, look, days, trends, width, max(LEAST, height)).lines()


class _Scale(Struct, frozen=True):
    """`top` is the day of row `head`; a row stands for `step` calendar days, downwards."""

    top: date
    step: int
    rows: int
    head: int = 1

    def row(self, day: date) -> int:
        """The row of a day."""
        return self.head + round((self.top - day).days / self.step)

    def day(self, row: int) -> date:
        """The day of a row."""
        return self.top - timedelta(days=(row - self.head) * self.step)

    @property
    def last(self) -> int:
        """The lowest row."""
        return self.head + self.rows - 1


class _Drawer:
    """Draws one trend, the important first: what has no room later is left out."""

    def __init__(
        self,
        shown: HistoryShown,
        look: Look,
        days: Sequence[date],
        trends: Sequence[TrendRow],
        width: int,
        height: int,
    ) -> None:
        self.shown, self.look, self.as_of = shown, look, shown.as_of
        ordered = sorted(trends, key=lambda each: each.id != look.launch)
        self.heavy = ordered[0] if ordered[0].id == look.launch else None
        self.names = {each.id: self._name(each, width) for each in ordered}
        self.left = 3 + max(6, self._date_width(ordered))
        room = min(_longest_name(width), max(18, *(cells(name) for name in self.names.values())))
        across = max(CLOSEST, width - self.left - room - 4)
        self.all_days = len(days)
        self.days = fewer(shown, days, across // CLOSEST + 1)
        apart = min(APART, across // max(1, len(self.days) - 1))
        self.ticks = [self.left + 1 + apart * at for at in range(len(self.days))]
        self.bend = 2 if apart > 3 else 1
        self.values = {each.id: dates_on(shown, each, self.days) for each in ordered}
        self.trends = ordered
        self.scale = self._scaled(height - FOOT - 1)
        self.canvas = Canvas(width)
        self._told: set[tuple[int, int, int]] = set()
        """Steps that have their figure: two launches on one line have one."""

    def _name(self, trend: TrendRow, width: int) -> str:
        name = self.look.end if trend.id == self.look.launch else visible(trend.title)
        return shorten(name, _longest_name(width))

    def _date_width(self, trends: Sequence[TrendRow]) -> int:
        return date_width(
            *(point.finish for trend in trends for point in trend.points), near=self.as_of
        )

    def _scaled(self, rows: int) -> _Scale:
        """As few days a row as there is room for; a deadline far away does not flatten the line."""
        known = [day for each in self.values.values() for day in each if day is not None]
        known = known or [self.as_of]
        first, last = min(known), max(known)
        most = max(45, 2 * (last - first).days)
        for day in self._promised():
            if (max(last, day) - min(first, day)).days <= most:
                first, last = min(first, day), max(last, day)
        span = (last - first).days
        step = next((each for each in STEPS if span <= each * (rows - 1)), span // (rows - 1) + 1)
        return _Scale(last, step, max(3, -(-span // step) + 1))

    def _promised(self) -> Iterator[date]:
        if self.heavy is not None:
            yield from (day for day in (self.heavy.deadline, self.heavy.announced) if day)

    # --- the parts --------------------------------------------------------------------------------

    def lines(self) -> list[Line]:
        """The rows as lines of a page."""
        for trend in self.trends:
            self._points(trend)
        for trend in self.trends:
            self._line(trend)
        self._names()
        for trend in self.trends:
            self._figures(trend)
        self._promises()
        self._marker()
        self._axis()
        return [tuple((run.text, _role(run.tone)) for run in row) for row in self.canvas.rows()]

    def _is_heavy(self, trend: TrendRow) -> bool:
        return self.heavy is trend

    def _role_of(self, trend: TrendRow) -> Role:
        return self.look.roles.get(trend.id, "other")

    def _points(self, trend: TrendRow) -> None:
        """A sign at each reporting day; the last one is the launch."""
        close = len(self.ticks) > 1 and self.ticks[1] - self.ticks[0] <= CLOSEST
        sign = POINT if self._is_heavy(trend) else OTHER_POINT
        for at, day in enumerate(self.values[trend.id]):
            last = at == len(self.days) - 1
            if day is not None and (last or not close):
                shown = signs.MILESTONE if last else sign
                self.canvas.put(self.scale.row(day), self.ticks[at], shown, self._role_of(trend))

    def _line(self, trend: TrendRow) -> None:
        """From day to day: level, and up or down just before the day that brought the move."""
        role, weight = self._role_of(trend), HEAVY if self._is_heavy(trend) else LIGHT
        values = self.values[trend.id]
        for at in range(1, len(values)):
            before, after = values[at - 1], values[at]
            if before is None or after is None:
                continue
            old, new, bend = self.scale.row(before), self.scale.row(after), self._bend(at)
            self.canvas.across(old, self.ticks[at - 1], bend, role, weight)
            self.canvas.down(bend, old, new, role, weight)
            self.canvas.across(new, bend, self.ticks[at], role, weight)

    def _bend(self, at: int) -> int:
        return self.ticks[at] - self.bend

    def _names(self) -> None:
        """What each line is, beside its end or as near to that as there is room; a name that
        stands elsewhere has its date with it.
        """
        at = self.ticks[-1] + 2
        for trend in self.trends:
            known = [day for day in self.values[trend.id] if day is not None]
            if not known:
                continue
            name, role, row = self.names[trend.id], self._role_of(trend), self.scale.row(known[-1])
            if self.values[trend.id][-1] is None:
                name = f"{name}, then no date"
            for away in _outwards(NEAR):
                there = row + away
                text = self._elsewhere(name, known[-1], at) if away else name
                if self._in_plot(there) and self._free(there, at, cells(text)):
                    text = shorten(text, self.canvas.width - at)
                    self.canvas.put(there, at, text, "title" if self._is_heavy(trend) else role)
                    break

    def _elsewhere(self, name: str, day: date, column: int) -> str:
        text = f" {date_text(day, self.as_of)}"
        return shorten(name, self.canvas.width - column - cells(text)) + text

    def _in_plot(self, row: int) -> bool:
        return 0 <= row <= self.scale.last

    def _free(self, row: int, column: int, size: int) -> bool:
        """Whether so many columns from here, and one on each side, have no text and no line."""
        left = self.canvas.width - column
        free = self.canvas.room(row, max(0, column - 1))
        return column >= 0 and left > 1 and free >= min(size + 2, left + 1)

    def _figures(self, trend: TrendRow) -> None:
        """The working days of each step, over it."""
        values = self.values[trend.id]
        for at, moved in moves_on(trend, self.days).items():
            before, after = values[at - 1] if at else None, values[at]
            if after is None or before is None:
                continue
            if (same := (at, self.scale.row(after), moved)) in self._told:
                continue
            self._told.add(same)
            text = signed(moved)
            role: Role = "critical" if moved > 0 else "strong"
            for row, column in self._beside(at, before, after, len(text)):
                if column > self.left and self._in_plot(row) and self._free(row, column, len(text)):
                    self.canvas.put(row, column, text, role)
                    break

    def _beside(self, at: int, before: date, after: date, size: int) -> Iterator[tuple[int, int]]:
        """Where a figure may stand: over the new level, or where it falls beside the old one."""
        old, new, tick = self.scale.row(before), self.scale.row(after), self.ticks[at]
        bend = self._bend(at)
        if new > old:
            yield old, bend + 2
        top = min(old, new)
        for up in (1, 2):
            for column in (tick - size + 1, bend - size, tick + 1):
                yield top - up, column

    def _promises(self) -> None:
        """Deadline of the heavy launch, and what was announced of each: dotted, with its date."""
        for trend in self.trends:
            if self._is_heavy(trend) and trend.deadline is not None:
                words = f"{signs.DUE} deadline {date_text(trend.deadline, self.as_of)}"
                self._promise(trend.deadline, words, "critical")
            if trend.announced is not None:
                words = f"announced {date_text(trend.announced, self.as_of)}"
                self._promise(trend.announced, words, self._role_of(trend))

    def _promise(self, day: date, words: str, role: Role) -> None:
        row, at, end = self.scale.row(day), self.ticks[-1] + 3, self.ticks[-1]
        inside = self.scale.head <= row <= self.scale.last
        if not inside:
            above = row < self.scale.head
            row = self.scale.head if above else self.scale.last
            words = f"{signs.ABOVE if above else signs.BELOW} {words}"
        for away in (0, 1, -1):
            if self._in_plot(row + away) and self._free(row + away, at, cells(words)):
                self.canvas.put(row + away, at, shorten(words, self.canvas.width - at), role)
                end = end if away else at - 1
                break
        if inside:
            self.canvas.fill(row, self.left + 1, end, "┈", "faint")

    @cached_property
    def _marked(self) -> int | None:
        """Which of the days across is marked."""
        return None if self.look.marked is None else place_of(self.days, self.look.marked)

    def _marker(self) -> None:
        """Down from the marked day's point, and the line of dates at the left."""
        canvas, head, last = self.canvas, self.scale.head, self.scale.last
        if self._marked is not None:
            for row in range(head, last + 1):
                tick = self.ticks[self._marked]
                canvas.fill(row, tick, tick, "┊", "dim")
        for row in range(head, last + 1):
            canvas.put(row, self.left, "┊", "faint")
        canvas.put(0, 1, "would land", "dim")
        for row in range(head + (self.scale.rows > 3), last + 1, 2):
            text = date_text(self.scale.day(row), self.as_of)
            if cells(text) < self.left - 1:
                canvas.put(row, self.left - 1 - cells(text), text, "dim")

    def _axis(self) -> None:
        row, end = self.scale.last + 1, self.ticks[-1] + 2
        for column in self.ticks:
            self.canvas.put(row, column, "┴", "faint")
        self.canvas.fill(row, self.left, end, "─", "faint")
        for at, start, text in day_labels(self.days, self.ticks, self.as_of, self._marked):
            self.canvas.put(row + 1, start, text, "title" if at == self._marked else "dim")
        if len(self.days) < self.all_days:
            said = f"{len(self.days)} of {self.all_days} days"
            if self._free(row + 1, end + 2, cells(said)):
                self.canvas.put(row + 1, end + 2, said, "dim")


def _role(tone: str) -> Role:
    """Canvas and page mean the same by a role; nothing else is drawn here."""
    return tone  # type: ignore[return-value]


def _longest_name(width: int) -> int:
    """Columns that names have at most in a drawing of a width."""
    return min(NAMES if width < 120 else LONGER, width // 3)


def _outwards(most: int) -> Iterator[int]:
    """``0, 1, -1, 2, -2``."""
    yield 0
    for away in range(1, most + 1):
        yield from (away, -away)


# --- the days below the axis ----------------------------------------------------------------------


def day_labels(
    days: Sequence[date], ticks: Sequence[int], as_of: date, marked: int | None
) -> list[tuple[int, int, str]]:
    """(which day, first column, words) of the labels that have room below their ticks.

    The marked day, the last and the first come first. A month is said where it is another one.
    """
    ends = [each for each in (marked, len(days) - 1, 0) if each is not None]
    chosen: list[int] = []
    placed: list[tuple[int, int, str]] = []
    for at in dict.fromkeys((*ends, *range(len(days)))):
        tried = list(_placed(sorted((*chosen, at)), days, ticks, as_of))
        apart = all(
            start + cells(text) < following
            for (_, start, text), (_, following, _) in pairwise(tried)
        )
        if apart:
            chosen.append(at)
            placed = tried
    return placed


def _placed(
    chosen: Iterable[int], days: Sequence[date], ticks: Sequence[int], as_of: date
) -> Iterator[tuple[int, int, str]]:
    month = ""
    for at in chosen:
        number, _, said = day_before(days[at], as_of).partition(" ")
        text = number if said == month else f"{number} {said}"
        month = said
        yield at, max(0, ticks[at] - len(text) // 2), text


# --- a trend in a few columns ---------------------------------------------------------------------


def small_trend(values: Sequence[date | None], longest: int) -> str:
    """One character a day, the higher the later; a blank in a gap.

    `longest` is how many calendar days the highest character stands for.
    """
    known = [day for day in values if day is not None]
    first = min(known, default=date.min)
    top = len(LEVELS) - 3
    return "".join(
        " " if day is None else LEVELS[2 + round(top * (day - first).days / max(1, longest))]
        for day in values
    )
