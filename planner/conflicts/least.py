"""The least of a set of options: what is not needed for a day is taken back, in several orders."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from msgspec.structs import replace

from planner.conflicts.acceleration import days_to_buy
from planner.conflicts.gentlest import Allowed, gentlest
from planner.conflicts.option_sets import OptionSet, must_agree_to, option_set
from planner.conflicts.option_trials import Options, OptionTrials
from planner.conflicts.path_options import (
    CERTAIN,
    GENTLE,
    LATE,
    OPTION_KINDS,
    Option,
    bought,
    optimistic_days,
    price,
    shorter_by,
)


class Least:
    """Sets of options without what is not needed for a day."""

    def __init__(self, tries: OptionTrials) -> None:
        self.tries = tries
        self.context = tries.context

    def made(self, applied: Options, day: date) -> OptionSet | None:
        """A set with every option applied no further than the day needs; None without a plan."""
        for option in sorted(applied, key=self.tries.order):
            if option.kind in ("accelerate", "overlap", "move"):
                others = applied - {option}
                applied = others | {self._shrunk(others, option, day)}
        made = self.tries.made(applied)
        return None if made is None else option_set(self.tries, made)

    def taken_back(self, ordered: Sequence[Option], day: date) -> Options:
        """The options without all that can be taken back, the first ones if possible."""
        kept = self._without(ordered, frozenset(ordered), day)
        for option in ordered:
            if option in kept and self.tries.finish(kept - {option}) <= day:
                return self.taken_back([one for one in ordered if one in kept - {option}], day)
        return kept

    def _without(self, part: Sequence[Option], kept: Options, day: date) -> Options:
        if self.tries.finish(kept.difference(part)) <= day:
            return kept.difference(part)
        if len(part) > 1:
            half = len(part) // 2
            kept = self._without(part[:half], kept, day)
            kept = self._without(part[half:], kept, day)
        return kept

    def ways(self, pool: Options) -> Iterator[list[Option]]:
        """The orders in which options are taken back: always what gives something up first."""
        late_first = sorted(pool, key=self.tries.order, reverse=True)
        agreed = {one: must_agree_to(self.context, [one]) for one in pool}
        sides = {side for each in agreed.values() for side in each}

        def ordered(key: Callable[[Option], object]) -> list[Option]:
            return sorted(late_first, key=lambda one: (not one.gives_up, key(one)))

        yield ordered(lambda one: one.kind != "accelerate")
        yield ordered(lambda one: one.kind != "shorten")
        yield ordered(lambda one: one.kind == "shorten")
        yield ordered(self.most)
        for side in sorted(sides) if len(sides) > 1 else ():
            yield ordered(partial(_only, agreed, side))

    def best_of(
        self,
        pool: Options,
        known: Iterable[Options],
        day: date,
        allowed: Allowed = lambda _: True,
    ) -> OptionSet | None:
        """The best set that is part of a pool, or is known and reaches the day; of sets that give
        nothing up but certainty the one of allowed options that asks for least.
        """
        first, *others = self.ways(pool)
        found = [*known, self.taken_back(first, day)]
        found += [self.taken_back(way, day) for way in others if self.tries.left > 0]
        best = min(found, key=self.rank)
        if any(one.kind in GENTLE for one in best) and not any(one.gives_up for one in best):
            best = gentlest(self.tries, best, day, allowed)
        return self.made(best, day)

    def rank(self, applied: Options) -> tuple[object, ...]:
        """Best first: what gives up least, takes least money, the fewest sides, the fewest days of
        optimistic estimates.
        """
        cuts = sorted(self.loss(one) for one in applied if one.gives_up)
        return (
            len(cuts),
            cuts,
            any(one.kind not in CERTAIN for one in applied),
            price(self.context, applied),
            len(must_agree_to(self.context, applied)),
            optimistic_days(self.context, applied),
            len(applied),
            sorted(map(self.tries.order, applied)),
        )

    def loss(self, option: Option) -> tuple[object, ...]:
        """Best first: where it is only placed, what is least to give up, not what it is about."""
        own = option.id == self.tries.id
        return option.on != LATE, OPTION_KINDS.index(option.kind), own, self.tries.order(option)

    def most(self, option: Option) -> int:
        """The most days that an option could win."""
        if option.kind == "accelerate":
            return bought(self.context, option)
        if option.kind == "shorten":
            return shorter_by(self.context, option.id)
        dates = self.context.dates(option.on if option.kind == "overlap" else option.id)
        if dates is None:
            return 0
        return dates.duration // 2 if option.kind == "overlap" else dates.duration

    def _shrunk(self, others: Options, option: Option, day: date) -> Option:
        """An option applied as little as the day needs."""
        low, high = option.less, self._whole(option)
        while high - low > 1:
            middle = (low + high) // 2
            if self.tries.finish(others | {replace(option, less=middle)}) <= day:
                low = middle
            else:
                high = middle
        return replace(option, less=low)

    def _whole(self, option: Option) -> int:
        """By how many days less an option would be none."""
        if option.kind == "accelerate":
            return days_to_buy(self.context, option.id)
        if option.kind == "overlap":
            dates = self.context.dates(option.on)
            return 0 if dates is None else dates.duration
        if option.on == LATE:
            return 1
        held: date = getattr(self.context.roadmap.initiatives[option.id], option.on)
        return (held - self.context.as_of).days


def _only(agreed: Mapping[Option, Collection[str]], side: str, option: Option) -> bool:
    """Whether an option needs no other side to agree."""
    return {side}.issuperset(agreed[option])
