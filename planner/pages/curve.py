"""The price of each further day won, as bars against what one day of delay costs.

Finishes run from the latest on the left to the earliest on the right. Each bar is the price of one
day between this finish and the one before it, true to scale; bars above the dotted line cost more
than they save. Of more finishes than there is room for, those around the chosen one are drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import groupby

from planner.pages.canvas import cells, shorten
from planner.pages.figure_columns import SEPARATOR, in_colour, line_width
from planner.pages.lines import Line, Piece, cut, fitted
from planner.pages.parties import names
from planner.pages.roles import Role
from planner.plan.model import Plan
from planner.roadmap.figures import date_text, money_short
from planner.roadmap.output_reach import CurvePoint, ReachShown
from planner.text.visible import visible

GUTTER = 8
"""Columns at the left at least: what the rows say, and what a day of delay costs."""
LEAST, MOST = 6, 10
"""Columns of a finish."""
EIGHTHS = " ▁▂▃▄▅▆▇█"
DOTS, GROUND = "┄", "▔"
WORTH = "worth aiming for"
UNITS = ((1_000_000, "m"), (1_000, "k"))
CELL = 8
"""Steps of a bar within a cell."""


class Curve:
    """The finishes of an answer, drawn in so many columns and rows of bars around `chosen`."""

    def __init__(
        self, plan: Plan, shown: ReachShown, width: int, rows: int, chosen: date | None
    ) -> None:
        self.plan, self.shown, self.width = plan, shown, width
        self.rows, self.chosen = max(1, rows), chosen
        self.per_day = [*prices_per_day(shown.curve)]
        self.first, self.points = self._in_view()

    def lines(self) -> Iterator[Line]:
        """The heading, the bars over their axis, and what is written below each."""
        if not self.points:
            return
        yield self._heading()
        if any(self.per_day):
            yield from (self._row(level) for level in range(self.rows, -1, -1))
        else:
            yield self._labelled("", ["0"] * len(self.points), {})
        yield ((fitted(self._more(), self.gutter), "key"), (GROUND * self._across, "faint"))
        yield self._labelled("finish", self._days(), {})
        yield self._labelled("total", [self._money(one.price) for one in self.points], {})
        yield self._needs()
        if self.shown.worth is not None:
            yield self._worth()

    @property
    def _across(self) -> int:
        return self.size * len(self.points)

    def _more(self) -> str:
        """``←+3 +7→``: how many finishes there are on either side."""
        before, after = self.first, len(self.shown.curve) - self.first - len(self.points)
        return f"{f'←+{before} ' if before else ''}{f'+{after}→' if after else ''}".rjust(
            self.gutter - 1
        )

    # --- which finishes ---------------------------------------------------------------------------

    def _in_view(self) -> tuple[int, Sequence[CurvePoint]]:
        """The first finish that is drawn, and all that are: the chosen one is among them."""
        all = self.shown.curve
        most = max(1, (self.width - self.gutter) // self.size)
        at = next((at for at, one in enumerate(all) if one.finish == self.chosen), 0)
        first = max(0, min(at - most // 2, len(all) - most))
        return first, all[first : first + most]

    @cached_property
    def gutter(self) -> int:
        """Columns at the left."""
        cost = self.shown.delay_cost_per_day
        return max(GUTTER, cells(self._money(cost)) + 3) if cost else GUTTER

    @cached_property
    def size(self) -> int:
        """Columns of each finish: those of the widest text below a bar, and a blank; more where all
        finishes have room for more.
        """
        prices = (self._money(one.price) for one in self.shown.curve)
        far = any(one.finish.year != self.plan.as_of.year for one in self.shown.curve)
        crowded = _crowded(self.shown.curve)
        wanted = max((cells(one) + 1 for one in prices), default=0)
        room = (self.width - self.gutter) // max(1, len(self.shown.curve))
        return max(LEAST + crowded + 5 * far, min(max(wanted, room), MOST))

    # --- the bars ---------------------------------------------------------------------------------

    @property
    def shown_prices(self) -> list[float]:
        """The price of a day at each finish that is drawn."""
        return self.per_day[self.first : self.first + len(self.points)]

    @cached_property
    def top(self) -> float:
        """What the highest cell stands for; the same wherever the curve is scrolled to."""
        return max([*self.per_day, self.shown.delay_cost_per_day or 0.0, 1e-9])

    def height(self, price: float) -> int:
        """The eighths of a cell of a bar: of any price at least one."""
        return max(1, round(price / self.top * self.rows * CELL)) if price > 0 else 0

    @property
    def line_at(self) -> int | None:
        """The row, from below, of what a day of delay costs."""
        cost = self.shown.delay_cost_per_day
        return None if not cost else min(self.rows - 1, max(0, (self.height(cost) - 1) // CELL))

    def _row(self, level: int) -> Line:
        """One row of cells; `level` counts from the axis, and one above all has the last label."""
        on_line = level == self.line_at
        cost = self._money(self.shown.delay_cost_per_day or 0.0) if on_line else ""
        pieces: list[Piece] = [(f"{cost:>{self.gutter - 1}} ", "warning")]
        for point, price in zip(self.points, self.shown_prices, strict=True):
            pieces += self._cell(point, price, level, on_line=on_line)
        return tuple(pieces)

    def _cell(
        self, point: CurvePoint, price: float, level: int, *, on_line: bool
    ) -> Iterator[Piece]:
        full, rest = divmod(self.height(price), CELL)
        blank, bar = DOTS if on_line else " ", self.size - 2
        if level < full or (level == full and rest):
            char = EIGHTHS[CELL if level < full else rest]
            yield from ((blank, "warning"), (char * bar, self._role(point)), (blank, "warning"))
        elif level == full + (rest > 0):
            text = shorten(self._figure(price), self.size)
            left = (self.size - cells(text)) // 2
            right = self.size - cells(text) - left
            yield from ((blank * left, "warning"), (text, "text"), (blank * right, "warning"))
        else:
            yield blank * self.size, "warning"

    def _role(self, point: CurvePoint) -> Role:
        """The colour of who has to agree, where the day pays; what no longer does is quiet."""
        worth = self.shown.worth
        if worth is not None and point.finish < worth:
            return "dim"
        return self._agreed(point)

    def _agreed(self, point: CurvePoint) -> Role:
        """The colour of the side that has to agree; of several that of both."""
        roles = {role for _, role in in_colour(self.plan, point.needs_agreement)} - {SEPARATOR[1]}
        return roles.pop() if len(roles) == 1 else "joint"

    # --- what is written below --------------------------------------------------------------------

    def _labelled(self, label: str, texts: Iterable[str], roles: dict[int, Role]) -> Line:
        """A row of texts, each in the middle of its columns; those of the chosen finish strong."""
        pieces: list[Piece] = [(fitted(f" {label}", self.gutter), "dim")]
        for at, (point, text) in enumerate(zip(self.points, texts, strict=True)):
            here = point.finish == self.chosen
            text = shorten(text, self.size)
            left = (self.size - cells(text)) // 2
            line = f"{' ' * left}{text}{' ' * (self.size - cells(text) - left)}"
            pieces.append((line, "title" if here else roles.get(at, "text")))
        return tuple(pieces)

    def _days(self) -> Iterator[str]:
        """``14 Oct``, ``13``, ``12``: the month where it is another, and at the chosen finish."""
        before: date | None = None
        for point in self.points:
            day = point.finish
            whole = before is None or _month(before) != _month(day) or day == self.chosen
            yield date_text(day, self.plan.as_of) if whole else str(day.day)
            before = day

    def _needs(self) -> Line:
        """Who has to agree, as a bracket under each run of finishes for which that is the same."""
        pieces: list[Piece] = [(fitted(" needs", self.gutter), "dim")]
        for needs, run in groupby(self.points, key=lambda one: frozenset(one.needs_agreement)):
            found = [*run]
            room = self.size * len(found) - 2
            inner = self._bracket(found[0], room) if needs else ((" " * room, "text"),)
            pieces += [(" ", "text"), *inner, (" ", "text")]
        return tuple(pieces)

    def _bracket(self, point: CurvePoint, room: int) -> Iterator[Piece]:
        """``└──── Marketing ────┘``; the names alone where there is no room for more."""
        text = names(self.plan, point.needs_agreement)
        left = (room - cells(text)) // 2 - 2
        if left < 0:
            yield fitted(text, room), self._agreed(point)
            return
        yield f"└{'─' * left} ", "faint"
        yield text, self._agreed(point)
        yield f" {'─' * (room - left - cells(text) - 4)}┘", "faint"

    def _worth(self) -> Line:
        """Under the date worth aiming for, why that is; as much of it as there is room for."""
        at = next(
            (at for at, one in enumerate(self.points) if one.finish == self.shown.worth), None
        )
        if at is None:
            return ()
        begin = min(self.gutter + self.size * at + self.size // 2, self.width - 1)
        for told in (self._why(at), WORTH):
            if begin + cells(told) + 2 <= self.width:
                return ((f"{' ' * begin}↑ {told}", "title"),)
            if cells(told) + 2 <= begin:
                return ((f"{' ' * (begin - cells(told) - 1)}{told} ↑", "title"),)
        return ((f"{' ' * begin}↑", "title"),)

    def _why(self, at: int) -> str:
        """``worth aiming for: the next day costs €2.4k and saves €2.2k``."""
        cost, next_at = self.shown.delay_cost_per_day, self.first + at + 1
        if cost is None or next_at >= len(self.per_day):
            return WORTH
        price = self._money(self.per_day[next_at])
        return f"{WORTH}: the next day costs {price} and saves {self._money(cost)}"

    # --- figures ----------------------------------------------------------------------------------

    def _heading(self) -> Line:
        """What the bars and the dotted line are, and, where that has room, how early it gets."""
        unit = f", in {visible(_in_units(self.shown.currency, self._unit[1]))}"
        first: Line = ((" Price of each day won", "title"), (unit, "dim"))
        if not any(self.per_day):
            first = ((" Finishes without money", "title"), (", by estimates and links", "dim"))
        ways = [(*first, *line) for line in self._against()]
        earliest = f"  {self._earliest()}"
        for way in ways:
            room = self.width - line_width(way)
            if cells(earliest) <= room:
                return (*way, (earliest.rjust(room), "dim"))
        fits = (way for way in ways if line_width(way) <= self.width)
        return cut(next(fits, ways[-1]), self.width)

    def _against(self) -> Iterator[Line]:
        """The dotted line in words, in one or more ways, the longest first."""
        cost = self.shown.delay_cost_per_day
        if not cost:
            yield ((" · no outcome has a value: a day of delay has no price", "dim"),)
            yield ()
            return
        dots: Piece = (DOTS * 2, "warning")
        told = f", {self._money(cost)}"
        yield ((", against ", "dim"), dots, (" cost of one day’s delay", "title"), (told, "dim"))
        yield ((" · ", "dim"), dots, (f" one day’s delay{told}", "dim"))
        yield ((" · ", "dim"), dots, (f" {self._money(cost)} a day", "dim"))

    def _earliest(self) -> str:
        """How early money gets it, or, where none is asked for, what is hoped for."""
        last = self.shown.curve[-1]
        found = "the earliest" if self.shown.ended else "the earliest found"
        money = " for money" if last.price and self.shown.earliest < last.finish else ""
        return f"{date_text(last.finish, self.plan.as_of)} is {found}{money}"

    @cached_property
    def _unit(self) -> tuple[float, str]:
        return next((one for one in UNITS if self.top >= one[0]), (1, ""))

    def _figure(self, price: float) -> str:
        """A price in the unit of the heading: ``3.6``."""
        scaled = price / self._unit[0]
        return f"{scaled:.1f}".rstrip("0").rstrip(".") if scaled < 100 else f"{scaled:.0f}"

    def _money(self, amount: float) -> str:
        return visible(money_short(amount, self.shown.currency))


def prices_per_day(curve: Iterable[CurvePoint]) -> Iterator[float]:
    """What one of the working days costs that each finish wins over the one before it."""
    won = 0
    for point in curve:
        yield point.step / max(1, point.wins - won)
        won = point.wins


def _crowded(curve: Sequence[CurvePoint]) -> bool:
    """Whether two neighbours have their month written, with two digits for the day."""
    months = [_month(one.finish) for one in curve]
    return any(a != b != c for a, b, c in zip(months, months[1:], months[2:], strict=False))


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def _in_units(currency: str | None, unit: str) -> str:
    """``€k``, ``CHF k``."""
    return money_short(0, currency).removesuffix("0") + unit
