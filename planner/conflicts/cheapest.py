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
from planner.conflicts.shortenings import Cut, Levels, Step, cut_of

MOST_WORK = 200_000
"""So often a box is held against a chain, for all days."""

CENT = 0.01
"""By so much the sum of two prices, each to the cent, may be more than the price of both."""

Allowed = Callable[[Option], bool]

Cost = tuple[float, int, int]
"""Money, the sides that have to agree, and how many steps."""


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
        self._work = 0
        self._whole: dict[Option, int] = {}
        self._sides: dict[Option, frozenset[str]] = {}

    def find(self, day: date) -> Options | None:
        """The cheapest set that reaches the day; None where none does. Where the search does not
        come to its end, a set that is found by taking the cheapest step each time.
        """
        enough = self.tries.left - self.tries.kept_back
        self.tries.kept_back += enough // 4
        found = self._proven(day)
        self.tries.kept_back -= enough // 4
        if found is None and self._given_up:
            self.ended = False
            return self._by_steps(day)
        return found

    def _proven(self, day: date) -> Options | None:
        """The cheapest set; None where none reaches the day, or the search is given up."""
        number, at = count(), self._numbered(day)
        waiting: list[tuple[Cost, int, Box]] = []

        def put(box: Box) -> None:
            cost = self._cost(box, day, at)
            if cost is not None:
                heappush(waiting, (cost, next(number), box))

        put(Box({}, {}))
        while waiting:
            if self._given_up:
                return None
            _, _, box = heappop(waiting)
            cut = self._first_cut(box.least, day, at)
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

    @property
    def _given_up(self) -> bool:
        return self.tries.spent or self._work > MOST_WORK

    def _by_steps(self, day: date) -> Options | None:
        """A set in which each chain was shortened where that is cheapest."""
        levels, at = dict[Option, int](), self._numbered(day)
        while not self.tries.spent:
            cut = self._first_cut(levels, day, at)
            if cut is None:
                applied = self._run(levels)
                if applied is None or self.tries.finish(applied) <= day:
                    return applied
                continue
            missing, box = cut.short(levels, day, at), Box(levels, {})
            step = next((one for one in cut.steps if self._room(one, box) > 0), None)
            if step is None:
                return None
            steps = min(self._room(step, box), -(-int(missing) // (step.wins or int(missing))))
            levels[step.option] = max(levels.get(step.option, 0), step.since) + steps
        return None

    def _numbered(self, day: date) -> int:
        """The boundary at the end of a day, as a number of the roadmap's calendar."""
        return self.context.calendars.roadmap.number(day.toordinal() + 1)

    def _first_cut(self, levels: Levels, day: date, at: int) -> Cut | None:
        return next((cut for cut in self._cuts if cut.short(levels, day, at)), None)

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
        for step in cut.steps:
            if self._room(step, box) > 0:
                level = max(box.least.get(step.option, 0), step.since) + 1
                yield Box({**box.least, step.option: level}, dict(most))
                most[step.option] = level - 1

    def _room(self, step: Step, box: Box) -> int:
        """How many steps can be taken in a box that win anything."""
        option = step.option
        if option not in self._whole:
            whole = days_to_buy(self.context, option.id) if option.kind == "accelerate" else 1
            self._whole[option] = whole if self.allowed(option) else 0
        whole = self._whole[option]
        most = min(whole, box.most.get(option, whole))
        return most - max(box.least.get(option, 0), step.since)

    def _cost(self, box: Box, day: date, at: int) -> Cost | None:
        """The least that a set of a box costs, and the sides that have to agree; None for none."""
        extra = 0.0
        self._work += len(self._cuts)
        for cut in self._cuts:
            missing = cut.short(box.least, day, at)
            if missing:
                more = self._cost_of(cut, box, missing)
                if more is None:
                    return None
                extra = max(extra, more - CENT * len(cut.steps))
        bought = ((one.id, days) for one, days in box.least.items() if one.kind == "accelerate")
        paid = sum(price_of(self.context, id, days) for id, days in bought)
        sides = {side for one, level in box.least.items() if level for side in self._agree(one)}
        return round(paid + extra, 4), len(sides), sum(box.least.values())

    def _cost_of(self, cut: Cut, box: Box, missing: float) -> float | None:
        """The least that it costs to win what is missing on one chain; None where nothing does."""
        cost = 0.0
        for step in cut.steps:
            room = self._room(step, box)
            if room <= 0:
                continue
            if step.wins is None:
                return cost  # one step of it may be enough, and what is cheaper is bought already
            taken = min(float(room), missing / step.wins)
            cost, missing = cost + taken * step.price, missing - taken * step.wins
            if missing <= 0:
                return cost
        return None

    def _agree(self, option: Option) -> frozenset[str]:
        if option.kind != "accelerate":
            return frozenset()
        if option not in self._sides:
            self._sides[option] = frozenset(must_agree_to(self.context, [option]))
        return self._sides[option]
