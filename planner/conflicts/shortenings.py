"""What could shorten the chain that drives a finish: the reason why a set of options is not enough.

A finish is as late as each chain of links that drives it. So whoever wants it earlier has to change
something on one of them, whichever it is: to buy more days of its work, or to do without an option
that is in the way (work that is held by its finish begins later when it is shorter). One chain is
enough, the one on which least could be changed; a chain that seems to allow more than it does costs
schedules, and never makes an answer wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct

from planner.conflicts.acceleration import (
    days_to_buy,
    hoped_days,
    planned_days,
    price_of_a_day,
    remaining_with,
)
from planner.conflicts.context import Context
from planner.conflicts.earliest import may_hinder
from planner.conflicts.option_trials import Made
from planner.conflicts.path_options import Option, chain, moved_up_to

Levels = Mapping[Option, int]
"""How far options are changed: the days that are bought, and 1 for a free one that is left out."""


class Way(Struct, frozen=True):
    """A chain of links that drives an end: what could shorten it. `plain`: all of it counts on the
    roadmap's calendar, so that a day less of its work is a day less of it.
    """

    more: frozenset[Option] = frozenset()
    less: frozenset[Option] = frozenset()
    plain: bool = True

    @property
    def rank(self) -> tuple[bool, int]:
        """The chain that says most comes first."""
        return not self.plain, len(self.more)


class Step(Struct, frozen=True):
    """An option to change by one step: how many days that could win, None where it could be any
    number; from which level on, and for which price.
    """

    option: Option
    wins: int | None
    since: int
    price: float

    @property
    def price_of_a_day(self) -> float:
        """What a day costs that it wins."""
        return self.price / (self.wins or 1)


class Cut(Struct, frozen=True):
    """A plan that was run, and what has to be changed for an earlier finish, the cheapest first.

    Options of `less` could help below their levels.
    """

    steps: tuple[Step, ...]
    less: Levels
    ends: int
    """The boundary of the finish, as a number of the roadmap's calendar."""
    shown: date

    def short(self, levels: Levels, day: date, number: int) -> float:
        """How many days are still to be won by a day, the boundary of which has a number, with
        other levels; 0 where they may be enough.
        """
        if self.shown <= day or any(levels.get(one, 0) < at for one, at in self.less.items()):
            return 0
        missing = max(1, self.ends - number)
        for step in self.steps:
            taken = levels.get(step.option, 0) - step.since
            if taken > 0:
                if step.wins is None:
                    return 0
                missing -= step.wins * taken
        return max(0, missing)


def cut_of(before: Context, made: Made, target: str, free: frozenset[Option]) -> Cut:
    """What a plan that was made with options says. `free` are those that it could do without."""
    after = made.context
    node = after.network.index[target]
    way = _shortest(_Ways(before, made, free), node)
    bought = {one.id: days_to_buy(before, one.id) - one.less for one in made.options if _buys(one)}
    steps = (_step(before, made, one, bought, plain=way.plain) for one in way.more)
    return Cut(
        steps=tuple(sorted(steps, key=lambda one: (one.price_of_a_day, one.option.id))),
        less={one: bought.get(one.id, 0) if _buys(one) else 1 for one in way.less},
        ends=after.calendars.roadmap.number(after.schedule.boundaries.ends[2 * node + 1]),
        shown=made.finish,
    )


def _step(
    before: Context, made: Made, option: Option, bought: Mapping[str, int], *, plain: bool
) -> Step:
    if not _buys(option):
        return Step(option, None, 0, 0.0)
    since = max(bought.get(option.id, 0), _hoped(before, made, option))
    return Step(
        option, _won(before, option) if plain else None, since, price_of_a_day(before, option.id)
    )


def _shortest(ways: _Ways, node: int) -> Way:
    """The chain to the finish of the target; where it is moved late, all to what holds it."""
    context = ways.context
    if node not in context.schedule.boundaries.moved:
        return ways.to(node, 1)
    held = [ways.to(one, 1) for one in moved_up_to(context, context.network.ids[node])]
    return Way(
        frozenset().union(*(one.more for one in held)),
        frozenset().union(*(one.less for one in held)),
        plain=False,
    )


class _Ways:
    """The chain with least to change to each end of what drives the target."""

    def __init__(self, before: Context, made: Made, free: frozenset[Option]) -> None:
        self.before = before
        self.context = made.context
        self.applied = made.options
        self.out = frozenset(free - made.options)
        self._standard = before.calendars.all.index(before.calendars.roadmap)
        self._found: dict[int, Way] = {}

    def to(self, node: int, end: int) -> Way:
        """The chain to one end, found by way of all that are before it."""
        context = self.context
        on_chain = {context.network.index[id] for id in chain(context, context.network.ids[node])}
        for one in context.schedule.boundaries.live:
            for side in (0, 1) if one in on_chain else ():
                if 2 * one + side not in self._found:
                    ways = self._to(one, side)
                    self._found[2 * one + side] = min(ways, key=lambda way: way.rank)
        return self._found.get(2 * node + end, Way())

    def _to(self, node: int, end: int) -> Iterator[Way]:
        """One way for each link that drives the node."""
        work = self.context.schedule.work
        ties = self.context.schedule.boundaries.early.drivers(node)
        for source, _, onto in ties:
            before = self._found.get(source, Way())
            length = not onto if end else -(onto or node in work.begun)
            yield self._through(node, before, length, self._overlap(node, source >> 1, source & 1))
        if not ties:
            held = node in work.finish_from
            length = 1 if end else -(held or node in work.begun)
            yield self._through(node, Way(), length, frozenset())

    def _through(self, node: int, before: Way, length: int, overlap: frozenset[Option]) -> Way:
        """A way and the node on its end: its length counts, or what is before it does."""
        schedule, id = self.context.schedule, self.context.network.ids[node]
        own = self._own(id)
        less = frozenset(one for one in self.applied if one.id == id and _buys(one))
        more = own if length > 0 else frozenset()
        if length < 0:
            more = frozenset({Option("shorten", id)} & self.applied)
        plain = schedule.work.calendar[node] == self._standard
        return Way(
            before.more | more | overlap,
            before.less | self.out | frozenset(_level(one) for one in less if length < 0),
            before.plain and plain,
        )

    def _own(self, id: str) -> frozenset[Option]:
        return frozenset({Option("accelerate", id)} if days_to_buy(self.before, id) else ())

    def _overlap(self, node: int, on: int, end: int) -> frozenset[Option]:
        """What changes the lag of an overlap, and the overlap where it could be in the way."""
        ids = self.context.network.ids
        overlap = Option("overlap", ids[node], ids[on])
        if overlap not in self.applied:
            return frozenset()
        hinders = {overlap} if may_hinder(self.before, overlap) else set()
        return frozenset(hinders) | (self._own(ids[on]) if not end else frozenset())


def _buys(option: Option) -> bool:
    return option.kind == "accelerate"


def _level(option: Option) -> Option:
    """The option as levels name it."""
    return Option(option.kind, option.id, option.on)


def _won(context: Context, option: Option) -> int:
    """The most working days that one more bought day wins; of started work as much as remains."""
    left, planned = remaining_with(context, option.id, 0), planned_days(context, option.id)
    return 1 if left is None else max(1, -(-left // max(1, planned)))


def _hoped(context: Context, made: Made, option: Option) -> int:
    """So many of its days win nothing, since work goes as well as hoped already."""
    hoped = Option("shorten", option.id) in made.options
    return hoped_days(context, option.id) if hoped else 0
