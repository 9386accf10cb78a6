"""The cheapest set of options that reaches a day: proven by search, not by trying all of them.

The search goes through boxes: from so many bought days of each work, to so many. The cheapest box
is looked at first, and its smallest set is run through the whole schedule. Where that is too late,
one chain of it says what has to change (shortenings.py), in every set of this or any other box. So
few schedules are run, the first that reaches the day is the cheapest that does, and what was found
out for one day serves the next. Free options are applied wherever they are on a chain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from heapq import heappop, heappush
from itertools import count

from msgspec import Struct

from planner.conflicts.acceleration import days_to_buy, price_of
from planner.conflicts.context import Context
from planner.conflicts.option_sets import must_agree_to
from planner.conflicts.option_trials import Options, OptionTrials
from planner.conflicts.path_options import GENTLE, Option, path_options
from planner.conflicts.shortenings import Cut, Levels, cut_of

MOST_BOXES = 20_000
"""So many boxes are looked at for one day."""

CENT = 0.01
"""By so much the sum of two prices, each to the cent, may be more than the price of both."""

Allowed = Callable[[Option], bool]


class Box(Struct, frozen=True):
    """From these levels up; of some options no higher than `most`."""

    least: Levels
    most: Levels


class Cheapest:
    """The cheapest sets of one plan for one day after the other.

    With `free`, estimates and links may be what is hoped for. Only `allowed` options are applied.
    `ended` says whether every search came to its end.
    """

    def __init__(
        self, tries: OptionTrials, *, free: bool, allowed: Allowed = lambda _: True
    ) -> None:
        self.tries = tries
        self.context: Context = tries.context
        self.free = free
        self.allowed = allowed
        self.ended = True
        self._cuts: list[Cut] = []
        self._known: Options = frozenset()
        self._sides: dict[Option, frozenset[str]] = {}

    def find(self, day: date) -> Options | None:
        """The cheapest set that reaches the day; None where none does, or none was found."""
        number = count()
        waiting: list[tuple[tuple[float, int, int], int, Box]] = []

        def put(box: Box) -> None:
            cost = self._cost(box, day)
            if cost is not None:
                heappush(waiting, (cost, next(number), box))

        put(Box({}, {}))
        while waiting:
            if self.tries.spent or next(number) > MOST_BOXES:
                self.ended = False
                return None
            _, _, box = heappop(waiting)
            cut = self._first_cut(box.least, day)
            if cut is None:
                applied = self._run(box.least)
                if applied is not None and self.tries.finish(applied) <= day:
                    return applied
                if applied is not None:
                    put(box)
                continue
            for part in self._parts(cut, box):
                put(part)
        return None

    def _first_cut(self, levels: Levels, day: date) -> Cut | None:
        return next((cut for cut in self._cuts if cut.short(self.context, levels, day)), None)

    def _run(self, levels: Levels) -> Options | None:
        """Run the plan, with every free option that is on the chain; keep what it says."""
        while True:
            applied = self._applied(levels)
            made = self.tries.made(applied)
            if made is None:
                return None
            fresh = self._fresh(made.context) - self._known
            if not fresh:
                break
            self._known |= fresh
        self._cuts.append(cut_of(self.context, made, self.tries.id, self._known))
        return applied

    def _fresh(self, context: Context) -> Options:
        offered = path_options(context, self.tries.id, GENTLE if self.free else ())
        return frozenset(one for one in offered if self.allowed(one))

    def _applied(self, levels: Levels) -> Options:
        bought = {
            Option("accelerate", one.id, less=days_to_buy(self.context, one.id) - level)
            for one, level in levels.items()
            if level and one.kind == "accelerate"
        }
        return frozenset(bought) | {one for one in self._known if not levels.get(one)}

    # --- boxes ------------------------------------------------------------------------------------

    def _parts(self, cut: Cut, box: Box) -> Iterator[Box]:
        """A box apart by what is changed first, with nothing twice; the cheapest change first."""
        most = dict(box.most)
        for option in sorted(cut.more, key=lambda one: (self._rate(one), one.id, one.on)):
            level = max(box.least.get(option, 0), cut.since[option]) + 1
            if level <= self._most(option, box):
                yield Box({**box.least, option: level}, dict(most))
                most[option] = level - 1

    def _most(self, option: Option, box: Box) -> int:
        if not self.allowed(option):
            return 0
        whole = days_to_buy(self.context, option.id) if option.kind == "accelerate" else 1
        return min(whole, box.most.get(option, whole))

    def _cost(self, box: Box, day: date) -> tuple[float, int, int] | None:
        """The least that a set of a box costs, and the sides that have to agree; None for none."""
        extra = 0.0
        for cut in self._cuts:
            missing = cut.short(self.context, box.least, day)
            if missing:
                more = self._cost_of(cut, box, missing)
                if more is None:
                    return None
                extra = max(extra, more - CENT * len(cut.more))
        bought = ((one.id, days) for one, days in box.least.items() if one.kind == "accelerate")
        paid = sum(price_of(self.context, id, days) for id, days in bought)
        sides = {side for one, level in box.least.items() if level for side in self._agree(one)}
        return round(paid + extra, 4), len(sides), sum(box.least.values())

    def _cost_of(self, cut: Cut, box: Box, missing: float) -> float | None:
        """The least that it costs to win what is missing on one chain; None where nothing does."""
        cost = 0.0
        for option in sorted(cut.more, key=lambda one: self._rate(one) / (cut.more[one] or 1)):
            at = max(box.least.get(option, 0), cut.since[option])
            steps = self._most(option, box) - at
            if steps <= 0:
                continue
            won = cut.more[option]
            if won is None:
                return cost  # one step of it may be enough, and what is cheaper is bought already
            taken = min(float(steps), missing / won)
            cost, missing = cost + taken * self._rate(option), missing - taken * won
            if missing <= 0:
                return cost
        return None

    def _rate(self, option: Option) -> float:
        """The price of one step."""
        if option.kind != "accelerate":
            return 0.0
        offer = self.context.roadmap.initiatives[option.id].accelerate
        assert offer is not None
        return float(offer.cost) / days_to_buy(self.context, option.id)

    def _agree(self, option: Option) -> frozenset[str]:
        if option.kind != "accelerate":
            return frozenset()
        if option not in self._sides:
            self._sides[option] = frozenset(must_agree_to(self.context, [option]))
        return self._sides[option]
