"""What can give, so that a piece of work finishes by a day?

How early it gets does not hang on the day that was asked for (earliest.py). A set for a day starts
from the one that gets earliest, and everything that can be taken back is taken back, in several
orders. So every day from the earliest on is reached, and nothing in a set is there for nothing.
Sets that give something up are looked for only before the earliest day. Each set promises what its
own run of the whole plan says (pulling.py).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from planner.conflicts.context import Context
from planner.conflicts.earliest import Found, earliest, pull
from planner.conflicts.levers import (
    CUTS,
    GENTLE,
    GIVES,
    LATE,
    Give,
    Lever,
    levers,
    optimistic_days,
    shorter_by,
)
from planner.conflicts.options import Option, agreed_by, apart, option
from planner.conflicts.pulling import Levers, Pulling
from planner.conflicts.trial import finish_of, together
from planner.errors import UsageError
from planner.schedule.shift import Shift
from planner.text.edits import Edit, SetKey

MOST_LEVERS = 40
"""So many levers are tried alone, those that could win most first."""

OVERDRAFT = 1_000
"""So many schedules more, for one set to be left with nothing that is not needed."""

ALL_BUT_DROPS: tuple[Give, ...] = tuple(give for give in GIVES if give != "drop")
"""Whoever waits for nothing needs nothing dropped."""


class Reach(Struct, frozen=True, kw_only=True):
    """What can give so that `id` finishes by `day`.

    `late` is by how much it does not; None where nothing has to give. `options` are the levers that
    win something alone, best first, and those that give something up last. `best` is the best set
    found that reaches the day; None where none does. `earliest` is the earliest finish without
    giving anything up, and `earliest_dropping` with all levers. `ended` says whether the search for
    it came to its end; where it did not, they are the earliest found.
    """

    id: str
    day: date
    finish: date
    late: Shift | None
    options: tuple[Option, ...]
    best: Option | None
    earliest: date
    earliest_dropping: date
    ended: bool
    left_out: int
    """Levers on the chain that were not tried alone, since there were too many."""

    @property
    def reached(self) -> bool:
        """Whether the day is met, as things are or with the best set."""
        return self.late is None or self.best is not None


def reach(
    context: Context, id: str, day: date, *, trials: int | None = None, how_early: bool = True
) -> Reach:
    """What can give so that `id` finishes on `day` or before.

    `trials` limits how many levers are tried, each alone; without it the plan's size decides. With
    it, without `how_early`, and where nothing has to give, `earliest` is only the earliest found.
    Raises UsageError for an id that names no initiative or has no dates.
    """
    finish = finish_of(context, id)
    if finish is None:
        raise UsageError(f"{id} has no dates", hint="name an initiative that is scheduled")
    search = _Search(Pulling(context, id, finish, trials), day)
    if context.schedule.late(day, finish) is None:
        return search.answer()
    if how_early and trials is None:
        search.look_early(None)
    search.try_alone()
    if trials is None and (how_early or search.best is None or search.best.gives_up):
        if not how_early:
            search.look_early(day)
        search.look_for_best()
    return search.answer()


def another_day(context: Context, id: str) -> Edit | None:
    """For a launch: have its deadline, and announce it for, the day on which it finishes.

    None where it misses no such day.
    """
    initiative, finish = context.roadmap.initiatives[id], finish_of(context, id)
    if not initiative.is_launch:
        return None
    moved: list[Edit] = [
        SetKey("initiatives", id, (key,), finish)
        for key in ("deadline", "announced")
        if context.schedule.late(getattr(initiative, key), finish)
    ]
    return together(moved) if moved else None


def _rank(one: Option, day: date) -> tuple[object, ...]:
    """Best first: what gives nothing up, what reaches the day, then the gentlest kind.

    Of one kind the earliest in the plan, because it leaves the later ones in hand. Of those that
    don't reach it, what wins most.
    """
    reaches = one.finish <= day
    return (
        one.gives_up,
        not reaches,
        0 if reaches else -one.wins,
        GIVES.index(one.give),
        one.start,
        len(one.needs_yes),
        one.title,
    )


class _Search:
    """One question: which levers win something alone, how early it gets, and the best set."""

    def __init__(self, pulling: Pulling, day: date) -> None:
        self.pulling = pulling
        self.context = pulling.context
        self.day = day
        self.gentle = self.dropping = Found(pulling.base)
        self.ended = True
        self.options: list[Option] = []
        self.best: Option | None = None
        self.left_out = 0

    def answer(self) -> Reach:
        """What was found."""
        base = self.pulling.base
        told = [*self.options, *([self.best] if self.best is not None else [])]
        gentle = min([self.gentle.finish, *(one.finish for one in told if not one.gives_up)])
        return Reach(
            id=self.pulling.id,
            day=self.day,
            finish=base,
            late=self.context.schedule.late(self.day, base),
            options=tuple(self.options),
            best=self.best,
            earliest=gentle,
            earliest_dropping=min([gentle, self.dropping.finish, *(one.finish for one in told)]),
            ended=self.ended,
            left_out=self.left_out,
        )

    def look_early(self, enough: date | None) -> None:
        """Find out how early it gets; with `enough` only whether it gets to that day."""
        pulling = self.pulling
        pulling.kept_back = pulling.left // 2
        self.gentle = earliest(pulling, enough)
        self.ended = not pulling.spent
        if not self.gentle.reaches(enough):
            pulling.kept_back = pulling.left // 2
            self.dropping, _ = pull(pulling, frozenset(), ALL_BUT_DROPS)
            self.ended = self.ended and not pulling.spent
        pulling.kept_back = 0

    # --- levers one by one ------------------------------------------------------------------------

    def try_alone(self) -> None:
        """Find the levers that win something alone, best first."""
        pulling = self.pulling
        pulling.kept_back = pulling.left // 2
        groups: dict[tuple[str, ...], list[Lever]] = {}
        for lever in levers(self.context, pulling.id, GIVES):
            on = "" if lever.give == "overlap" else lever.on
            groups.setdefault((lever.give, lever.id, on), []).append(lever)
        offered = sorted(groups.values(), key=self._promising)
        chosen = offered[: min(MOST_LEVERS, pulling.left)]
        found = [one for group in chosen if (one := self._alone(group)) is not None]
        self.options = apart(sorted(found, key=lambda one: _rank(one, self.day)))
        self.best = next((one for one in self.options if one.finish <= self.day), None)
        self.left_out = len(offered) - len(chosen)
        pulling.kept_back = 0

    def _alone(self, group: Sequence[Lever]) -> Option | None:
        finish = self.pulling.finish(frozenset(group))
        if finish >= self.pulling.base:
            return None
        day = max(self.day, finish)
        return self._least(self._taken_back(group, day), day)

    def _promising(self, group: Sequence[Lever]) -> tuple[object, ...]:
        first = min(map(self.pulling.order, group))
        return any(one.gives_up for one in group), -max(map(self._most, group)), first

    def _most(self, lever: Lever) -> int:
        """The most days that a lever could win."""
        if lever.give == "shorten":
            return shorter_by(self.context, lever.id)
        dates = self.context.dates(lever.on if lever.give == "overlap" else lever.id)
        if dates is None:
            return 0
        return dates.duration // 2 if lever.give == "overlap" else dates.duration

    # --- the best set -----------------------------------------------------------------------------

    def look_for_best(self) -> None:
        """Find the best set that reaches the day."""
        if self.gentle.finish <= self.day:
            pool = self.gentle.levers
        elif self.dropping.finish <= self.day:
            pool = self._giving_up()
        else:
            return
        first, *others = self._ways(pool)
        self.pulling.kept_back = -OVERDRAFT
        found = [frozenset(one.levers) for one in self.options if one.finish <= self.day]
        found.append(self._taken_back(first, self.day))
        found += [self._taken_back(way, self.day) for way in others if self.pulling.left > 0]
        self.best = self._least(min(found, key=self._price), self.day)

    def _giving_up(self) -> Levers:
        """A set that reaches the day with one thing given up; where none does, with several."""
        for cut in self._cuts():
            found, _ = pull(self.pulling, self.gentle.levers | {cut}, GENTLE, self.day)
            if found.finish <= self.day:
                return found.levers
            if self.pulling.spent:
                break
        return self.dropping.levers

    def _cuts(self) -> list[Lever]:
        """What could be given up on the chain as it is, and as gentle levers leave it."""
        made = self.pulling.made(self.gentle.levers)
        plans = [self.context] if made is None else [self.context, made.context]
        found = {one for plan in plans for one in levers(plan, self.pulling.id, CUTS)}
        return sorted(found, key=self._loss)

    def _loss(self, lever: Lever) -> tuple[object, ...]:
        """Best first: where it is only placed, what is least to give up, not what it is about."""
        own = lever.id == self.pulling.id
        return lever.on != LATE, GIVES.index(lever.give), own, self.pulling.order(lever)

    def _price(self, pulled: Levers) -> tuple[object, ...]:
        """Best first: what gives up least, takes the fewest sides, the fewest optimistic days."""
        cuts = sorted(self._loss(one) for one in pulled if one.gives_up)
        return (
            len(cuts),
            cuts,
            len(agreed_by(self.context, pulled)),
            optimistic_days(self.context, pulled),
            len(pulled),
            sorted(map(self.pulling.order, pulled)),
        )

    def _ways(self, pool: Levers) -> Iterator[list[Lever]]:
        """The orders in which levers are taken back: always what gives something up first."""
        late_first = sorted(pool, key=self.pulling.order, reverse=True)
        agreed = {one: agreed_by(self.context, [one]) for one in pool}
        sides = {side for each in agreed.values() for side in each}

        def ordered(key: Callable[[Lever], object]) -> list[Lever]:
            return sorted(late_first, key=lambda one: (not one.gives_up, key(one)))

        yield ordered(lambda one: one.give != "shorten")
        yield ordered(lambda one: one.give == "shorten")
        yield ordered(self._most)
        for side in sorted(sides) if len(sides) > 1 else ():
            yield ordered(partial(_only, agreed, side))

    def _taken_back(self, ordered: Sequence[Lever], day: date) -> Levers:
        """The levers without all that can be taken back, the first ones if possible."""
        kept = self._without(ordered, frozenset(ordered), day)
        for lever in ordered:
            if lever in kept and self.pulling.finish(kept - {lever}) <= day:
                return self._taken_back([one for one in ordered if one in kept - {lever}], day)
        return kept

    def _without(self, part: Sequence[Lever], kept: Levers, day: date) -> Levers:
        if self.pulling.finish(kept.difference(part)) <= day:
            return kept.difference(part)
        if len(part) > 1:
            half = len(part) // 2
            kept = self._without(part[:half], kept, day)
            kept = self._without(part[half:], kept, day)
        return kept

    def _least(self, pulled: Levers, day: date) -> Option | None:
        """A set with nothing pulled further than the day needs."""
        for lever in sorted(pulled, key=self.pulling.order):
            if lever.give in ("overlap", "move"):
                others = pulled - {lever}
                pulled = others | {self._shrunk(others, lever, day)}
        made = self.pulling.made(pulled)
        return None if made is None else option(self.pulling, made)

    def _shrunk(self, others: Levers, lever: Lever, day: date) -> Lever:
        """A lever pulled as little as the day needs."""
        low, high = lever.less, self._whole(lever)
        while high - low > 1:
            middle = (low + high) // 2
            if self.pulling.finish(others | {replace(lever, less=middle)}) <= day:
                low = middle
            else:
                high = middle
        return replace(lever, less=low)

    def _whole(self, lever: Lever) -> int:
        """By how many days less a lever would be none."""
        if lever.give == "overlap":
            dates = self.context.dates(lever.on)
            return 0 if dates is None else dates.duration
        if lever.on == LATE:
            return 1
        held: date = getattr(self.context.roadmap.initiatives[lever.id], lever.on)
        return (held - self.context.as_of).days


def _only(agreed: Mapping[Lever, Collection[str]], side: str, lever: Lever) -> bool:
    """Whether a lever needs nobody else's yes."""
    return {side}.issuperset(agreed[lever])
