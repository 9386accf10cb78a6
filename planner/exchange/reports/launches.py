"""The lane of launches: a diamond where each is forecast, a flag where it is due, its name beside.

The stretch between them is thick and red where a launch is late, thin where it is early. Names
stand to the left of the signs, else to the right; in the first row where they meet nothing; shorter
where no row has room for all of it, and at last a diamond stands alone. The main launch alone has
lines down into the picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from planner.exchange.reports.axis import NAME, NOTE
from planner.exchange.reports.facts import Facts, Launch
from planner.exchange.reports.layout import Layout
from planner.exchange.reports.rows import Interval, is_free
from planner.exchange.reports.shapes import Line, Polygon, Shape, Text, diamond
from planner.exchange.reports.widths import fitting, room_of, width
from planner.roadmap.figures import count, date_text

TOP, ROW = 51.0, 20.0
"""The middle of the first row, and from row to row."""
HALF = 7.0
"""Half of a diamond in the lane."""
BESIDE, APART = 6.0, 10.0
MOST = 3
"""Rows of the lane."""

Run = tuple[str, bool, str]
"""A piece of a name: its text, whether it is bold, and its colour."""


class Marked(Struct, frozen=True):
    """A launch in a row of the lane: where its signs are, and its name from `x` on.

    The name is in the row `named`: that of the signs, but for a main launch with no room beside it.
    """

    launch: Launch
    row: int
    at: float
    due: float | None
    was: float | None
    x: float
    runs: tuple[Run, ...]
    named: int


class Lane:
    """All launches of a picture in rows."""

    def __init__(self, facts: Facts, layout: Layout) -> None:
        self._facts = facts
        self._layout = layout
        self._taken: list[list[Interval]] = []
        found = (self._marked(launch) for launch in facts.launches)
        self.marks = tuple(mark for mark in found if mark is not None)
        self._more = len(facts.launches) - len(self.marks)

    @property
    def bottom(self) -> float:
        """Where the lane ends."""
        return TOP + ROW * (max(len(self._taken), 1) - 1) + 13

    @property
    def main(self) -> Marked | None:
        """The main launch, where there is one."""
        return next((mark for mark in self.marks if mark.launch.main), None)

    def y(self, mark: Marked) -> float:
        """The middle of the row that a launch is in."""
        return TOP + ROW * mark.row

    # --- placing ----------------------------------------------------------------------------------

    def _marked(self, launch: Launch) -> Marked | None:
        axis = self._layout.axis
        at = min(max(axis.after(launch.finish), axis.left + HALF + 1), axis.right)
        due = None if launch.due is None else axis.after(launch.due)
        was = None if launch.was is None else axis.after(launch.was)
        if was is not None and any(abs(was - x) <= HALF for x in (at, due) if x is not None):
            was = None
        signs = [at, *(x for x in (due, was) if x is not None)]
        solid = min(signs) - HALF - 1, max(signs) + HALF + 1
        mark = Marked(launch, 0, at, due, was, at, (), 0)
        *named, alone = self._called(launch)
        called = self._placed(mark, solid, named if launch.main else (*named, alone))
        if called is not None:
            return called
        if launch.main:
            return self._over(mark, solid, (*named, alone))
        bare, itself = replace(mark, due=None, was=None), (at - HALF - 1, at + HALF + 1)
        called = self._placed(bare, itself, named)
        row = self._row(itself) if called is None else None
        return called if row is None else replace(bare, row=row, named=row)

    def _placed(
        self, mark: Marked, solid: Interval, called: Iterable[tuple[Run, ...]]
    ) -> Marked | None:
        """A launch with the first of what may be said of it that a row has room for."""
        for runs in called:
            for interval, x in self._beside(solid, runs):
                row = self._row(interval)
                if row is not None:
                    return replace(mark, row=row, x=x, runs=runs, named=row)
        return None

    def _over(self, mark: Marked, solid: Interval, called: Sequence[tuple[Run, ...]]) -> Marked:
        """The main launch with its name in the row above its signs; it is the first of all."""
        room = self._layout.width - 2 - self._begin
        runs = next((runs for runs in called if _wide(runs) <= room), called[-1])
        x = max(self._begin, min(mark.at + HALF, self._layout.width - 2) - _wide(runs))
        self._taken += [[(x - APART, x + _wide(runs) + APART)], [solid]]
        return replace(mark, row=1, x=x, runs=runs)

    @property
    def _begin(self) -> float:
        """Where names may begin."""
        return 2.0 if self._layout.narrow else self._layout.axis.left

    def _beside(self, solid: Interval, runs: Sequence[Run]) -> Iterator[tuple[Interval, float]]:
        wide = _wide(runs)
        left, right = solid
        if left - BESIDE - wide >= self._begin:
            yield (left - BESIDE - wide - APART, right), left - BESIDE - wide
        if right + BESIDE + wide <= self._layout.width:
            yield (left, right + BESIDE + wide + APART), right + BESIDE

    def _row(self, wanted: Interval) -> int | None:
        for number, row in enumerate(self._taken):
            if is_free(wanted, row):
                row.append(wanted)
                return number
        if len(self._taken) >= MOST:
            return None
        self._taken.append([wanted])
        return len(self._taken) - 1

    def _called(self, launch: Launch) -> Iterator[tuple[Run, ...]]:
        """What may be said of a launch, the most first: its name, its date, and how that stands."""
        reach = self._layout.axis.right - self._layout.axis.left
        names = [name for name in launch.names if room_of(name, NAME, bold=True) <= reach * 0.6]
        names = names or [fitting(launch.names[-1], NAME, reach * 0.6, bold=True)]
        day = date_text(launch.finish, self._facts.as_of)
        red = launch.late is not None
        for said in dict.fromkeys((f"{day}{self._stands(launch)}", day)):
            for name in names:
                yield (name, True, "ink"), (said, red, "red" if red else "second")
        yield ((day, True, "red" if red else "ink"),)

    def _stands(self, launch: Launch) -> str:
        if launch.late is not None:
            return f", {launch.late.late}"
        if launch.due is None:
            return ""
        due = date_text(launch.due, self._facts.as_of)
        return f", announced for {due}" if launch.announced else f", deadline {due}"

    # --- shapes -----------------------------------------------------------------------------------

    def lines(self, bottom: float) -> Iterator[Shape]:
        """The dotted line of the day on which the main launch is due."""
        main = self.main
        if main is not None and main.due is not None:
            yield Line(main.due, self.y(main) + 5, main.due, bottom, "ink", 1, True, what="due")

    def drop(self, right: float, top: float) -> Iterator[Shape]:
        """The line from the main launch to its last bar, by the bar's end and upper edge."""
        main = self.main
        if main is None:
            return
        reach = abs(main.at - right) > HALF
        end = top + 8 if reach else top
        yield Line(main.at, self.y(main), main.at, end, "ink", 2, what="drop")
        if reach:
            yield Line(right, end, main.at, end, "ink", 2, what="drop")

    def signs(self) -> Iterator[Shape]:
        """Flags, stretches and diamonds."""
        for mark in self.marks:
            yield from self._signs(mark)

    def _signs(self, mark: Marked) -> Iterator[Shape]:
        y, late = self.y(mark), mark.launch.late is not None
        of = mark.launch.id
        if mark.due is not None:
            ink, weight = ("red", 4.0) if late else ("ghost", 1.3)
            yield Line(mark.due, y, mark.at, y, ink, weight, what="stretch", of=of)
            left = mark.due < mark.at and mark.due - 9 > 0
            yield from flag(mark.due, y, -1 if left else 1, of)
        if mark.was is not None:
            yield diamond(mark.was, y, 5, "paper", "ghost", of)
        ink = "red" if late else "ink"
        yield diamond(mark.at, y, HALF + 1 if mark.launch.main else HALF, ink, "paper", of)

    def texts(self) -> Iterator[Text]:
        """Names and dates; in the margin what the lane is."""
        for mark in self.marks:
            yield from self._name(mark)
        if self._layout.narrow:
            return
        yield Text(2, TOP + 4.2, "Launches", NAME, True, what="margin")
        if self._more:
            more = f"{count(self._more, 'more', 'more')}, not drawn"
            yield Text(2, TOP + 18, more, NOTE, ink="second", what="margin")
        elif not self.marks:
            x = 10 + room_of("Launches", NAME, bold=True)
            yield Text(x, TOP + 4.2, "none", NOTE, ink="second", what="margin")

    def _name(self, mark: Marked) -> Iterator[Text]:
        """A name and its date, against the signs that they stand beside."""
        left = mark.x < mark.at
        x, way = (mark.x + _wide(mark.runs), -1) if left else (mark.x, 1)
        for text, bold, ink in mark.runs[::way]:
            yield Text(
                x,
                TOP + ROW * mark.named + 4.2,
                text,
                NAME,
                bold,
                ink,
                "end" if left else "start",
                "paper",
                "launch name",
                mark.launch.id,
            )
            x += way * (width(text, NAME, bold) + 3.4)


def _wide(runs: Sequence[Run]) -> float:
    return sum(width(text, NAME, bold) + 3.4 for text, bold, _ in runs) - 3


def flag(x: float, y: float, way: int, of: str) -> Iterator[Shape]:
    """A flag on a pole that waves to the right (1) or to the left (-1)."""
    yield Line(x, y - 10, x, y + 7, "ink", 1.8, what="flag", of=of)
    points = ((x, y - 10), (x + 8 * way, y - 10), (x + 5.5 * way, y - 7), (x + 8 * way, y - 4),
              (x, y - 4))  # fmt: skip
    yield Polygon(points, "ink", what="flag", of=of)
