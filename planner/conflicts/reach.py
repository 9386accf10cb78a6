"""Options to finish an initiative by a day, and the best set of them.

How early it gets does not hang on the day that was asked for (earliest.py). A set for a day starts
from the one that gets earliest, and everything that can be taken back is taken back, in several
orders. So every day from the earliest on is reached, and nothing in a set is there for nothing.
Sets that give something up are looked for only before the earliest day. Each set promises what its
own run of the whole plan says (option_trials.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial

from msgspec import Struct

from planner.conflicts.acceleration import days_to_buy
from planner.conflicts.cheapest import Allowed, Cheapest
from planner.conflicts.context import Context
from planner.conflicts.earliest import Found, apply_all, earliest
from planner.conflicts.least import Least
from planner.conflicts.option_sets import OptionSet, apart, must_agree_to
from planner.conflicts.option_trials import Each, Options, OptionTrials, trials_of, without_a_word
from planner.conflicts.path_options import (
    CERTAIN,
    CUTS,
    KEEPING,
    OPTION_KINDS,
    Option,
    OptionKind,
    path_options,
)
from planner.conflicts.trial import finish_of, together
from planner.schedule.shift import Shift
from planner.text.edits import Edit, SetKey

MOST_OPTIONS = 40
"""So many options are tried alone, those that could win most first."""

MOST_OTHERS = 2
"""So many sets are offered beside the best."""

OVERDRAFT = 1_000
"""So many schedules more, for one set to be left with nothing that is not needed."""

ALL_BUT_DROPS: tuple[OptionKind, ...] = tuple(kind for kind in OPTION_KINDS if kind != "drop")
"""Whoever waits for nothing needs nothing dropped."""


class Reach(Struct, frozen=True, kw_only=True):
    """The options for `id` to finish by `day`.

    `late` is by how much it does not; None where no option is needed. `options` are those that win
    something alone, best first, and those that give something up last. `best` is the best set found
    that reaches the day; None where none does. `others` reach it too, each of the kind that is
    said before it. `earliest` is the earliest finish without giving
    anything up, and `earliest_dropping` with all options. `ended` says whether the search for it
    came to its end; where it did not, they are the earliest found.
    """

    id: str
    day: date
    finish: date
    late: Shift | None
    options: tuple[OptionSet, ...]
    best: OptionSet | None
    others: tuple[tuple[str, OptionSet], ...]
    earliest: date
    earliest_dropping: date
    ended: bool
    cheapest: bool
    """Whether the best set is known to be the cheapest."""
    left_out: int
    """Options on the chain that were not tried alone, since there were too many."""

    @property
    def reached(self) -> bool:
        """Whether the day is met, as things are or with the best set."""
        return self.late is None or self.best is not None

    @property
    def last(self) -> tuple[OptionSet, ...]:
        """The sets that give something up and reach the day; never applied unless chosen."""
        return tuple(one for one in self.options if one.gives_up and one.finish <= self.day)


def reach(
    context: Context,
    id: str,
    day: date,
    *,
    trials: int | None = None,
    how_early: bool = True,
    each: Each = without_a_word,
) -> Reach:
    """The options for `id` to finish on `day` or before.

    `trials` limits how many options are tried, each alone; without it the plan's size decides. With
    it, without `how_early`, and where no option is needed, `earliest` is only the earliest found.
    Raises UsageError for an id that names no initiative or has no dates.
    """
    tries = trials_of(context, id, trials, each)
    search = _Search(tries, day)
    if context.schedule.late(day, tries.base) is None:
        return search.answer()
    if how_early and trials is None:
        search.look_early(None)
    search.try_alone()
    alone = search.best
    if trials is None and (how_early or alone is None or alone.gives_up or search.priced):
        if not how_early:
            search.look_early(day)
        search.look_for_best()
    if trials is None and how_early:
        search.look_for_others()
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


def _rank(one: OptionSet, day: date) -> tuple[object, ...]:
    """Best first: what gives nothing up, what reaches the day, then the gentlest kind.

    Of one kind the earliest in the plan, because the later ones stay possible. Of those that
    don't reach it, what wins most.
    """
    reaches = one.finish <= day
    return (
        one.gives_up,
        not reaches,
        0 if reaches else -one.wins,
        OPTION_KINDS.index(one.kind),
        one.start,
        len(one.needs_agreement),
        [(each.id, each.on) for each in one.options],
    )


class _Search:
    """One question: which options win something alone, how early it gets, and the best set."""

    def __init__(self, tries: OptionTrials, day: date) -> None:
        self.tries = tries
        self.context = tries.context
        self.day = day
        self.gentle = self.dropping = Found(tries.base)
        self.ended = self.proven = True
        self.options: list[OptionSet] = []
        self.best: OptionSet | None = None
        self.others: list[tuple[str, OptionSet]] = []
        self.left_out = 0
        self.least = Least(tries)
        before = (tries.id, *self.context.network.ancestors(tries.id))
        self.priced = any(days_to_buy(self.context, one) for one in before)

    def answer(self) -> Reach:
        """What was found."""
        base = self.tries.base
        told = [*self.options, *([self.best] if self.best is not None else [])]
        gentle = min([self.gentle.finish, *(one.finish for one in told if not one.gives_up)])
        return Reach(
            id=self.tries.id,
            day=self.day,
            finish=base,
            late=self.context.schedule.late(self.day, base),
            options=tuple(self.options),
            best=self.best,
            others=tuple(self.others),
            earliest=gentle,
            earliest_dropping=min([gentle, self.dropping.finish, *(one.finish for one in told)]),
            ended=self.ended,
            cheapest=self.best is not None and self.proven and not self.best.gives_up,
            left_out=self.left_out,
        )

    def look_early(self, enough: date | None) -> None:
        """Find out how early it gets; with `enough` only whether it gets to that day."""
        tries = self.tries
        tries.kept_back = tries.left // 2
        self.gentle = earliest(tries, enough)
        self.ended = not tries.spent
        if self.priced and enough is None:
            self._look_earlier()
        if not self.gentle.reaches(enough):
            tries.kept_back = tries.left // 2
            self.dropping, _ = apply_all(tries, frozenset(), ALL_BUT_DROPS)
            self.ended = self.ended and not tries.spent
        tries.kept_back = 0

    def _look_earlier(self) -> None:
        """With some of the days that money could take, it may finish earlier than with all."""
        search = Cheapest(self.tries, free=True)
        while True:
            found = search.find(self.gentle.finish - timedelta(days=1))
            if found is None:
                break
            self.gentle = Found(self.tries.finish(found), found)
        self.ended = self.ended and search.ended

    # --- options one by one -----------------------------------------------------------------------

    def try_alone(self) -> None:
        """Find the options that win something alone, best first."""
        tries = self.tries
        tries.kept_back = tries.left // 2
        groups: dict[tuple[str, ...], list[Option]] = {}
        for option in path_options(self.context, tries.id, OPTION_KINDS):
            on = "" if option.kind == "overlap" else option.on
            groups.setdefault((option.kind, option.id, on), []).append(option)
        offered = sorted(groups.values(), key=self._promising)
        chosen = offered[: min(MOST_OPTIONS, tries.left)]
        found = [one for group in chosen if (one := self._alone(group)) is not None]
        self.options = apart(sorted(found, key=lambda one: _rank(one, self.day)))
        self.best = next((one for one in self.options if one.finish <= self.day), None)
        self.left_out = len(offered) - len(chosen)
        tries.kept_back = 0

    def _alone(self, group: Sequence[Option]) -> OptionSet | None:
        finish = self.tries.finish(frozenset(group))
        if finish >= self.tries.base:
            return None
        day = max(self.day, finish)
        return self.least.made(self.least.taken_back(group, day), day)

    def _promising(self, group: Sequence[Option]) -> tuple[object, ...]:
        first = min(map(self.tries.order, group))
        return any(one.gives_up for one in group), -max(map(self.least.most, group)), first

    # --- the best set -----------------------------------------------------------------------------

    def look_for_best(self) -> None:
        """Find the best set that reaches the day."""
        pool = self._pool()
        if pool is not None:
            self.tries.kept_back = -OVERDRAFT
            self.best = self.least.best_of(pool, self._alone_enough(), self.day)

    def _pool(self) -> Options | None:
        """Options that reach the day, and all of the best set among them."""
        found = self._cheapest(free=False) if self.priced else None
        if found is None and self.gentle.finish <= self.day:
            found = self._cheapest(free=True) if self.priced else None
            return self.gentle.options if found is None else found
        if found is None and self.dropping.finish <= self.day:
            return self._giving_up()
        return found

    def _alone_enough(self, allowed: Allowed = lambda _: True) -> list[Options]:
        """The options that reach the day alone."""
        enough = (frozenset(one.options) for one in self.options if one.finish <= self.day)
        return [one for one in enough if all(map(allowed, one))]

    def _cheapest(self, *, free: bool, allowed: Allowed = lambda _: True) -> Options | None:
        """The cheapest set that reaches the day, with half of the schedules that are left."""
        tries = self.tries
        tries.kept_back = tries.left // 2
        search = Cheapest(tries, free=free, allowed=allowed)
        found = search.find(self.day)
        self.proven = self.proven and search.ended
        tries.kept_back = 0
        return found

    # --- sets of another kind ---------------------------------------------------------------------

    def look_for_others(self) -> None:
        """Find up to two sets that differ from the best in kind, where that gives nothing up."""
        if self.best is None or self.best.gives_up:
            return
        found, proven = [("best", self.best)], self.proven
        for kind, one in self._of_other_kinds(self.best):
            if len(found) <= MOST_OTHERS and len(apart([*(each for _, each in found), one])) > len(
                found
            ):
                found.append((kind, one))
        self.others, self.proven = found[1:], proven

    def _of_other_kinds(self, best: OptionSet) -> Iterator[tuple[str, OptionSet]]:
        if best.price:
            yield from self._named("no money", lambda one: one.kind not in CERTAIN)
        sides = dict.fromkeys(side for one in self.options for side in one.needs_agreement)
        agreed = {side: partial(self._agrees, side) for side in sorted(sides)}
        for side in agreed if len(sides) > 1 else ():
            if best.needs_agreement != (side,):
                yield from self._named(f"only {side}", agreed[side])

    def _named(self, kind: str, allowed: Allowed) -> Iterator[tuple[str, OptionSet]]:
        """The best set of the options that are allowed."""
        sure = self._cheapest(free=False, allowed=allowed) if self.priced else None
        pool = self._cheapest(free=True, allowed=allowed) if sure is None else sure
        if pool is not None:
            one = self.least.best_of(pool, self._kept(allowed), self.day, allowed)
            if one is not None and one.finish <= self.day:
                yield kind, one

    def _kept(self, allowed: Allowed) -> list[Options]:
        alone = self._alone_enough(allowed)
        return [each for each in alone if not any(one.gives_up for one in each)]

    def _agrees(self, side: str, option: Option) -> bool:
        """Whether an option needs no other side to agree."""
        return {side}.issuperset(must_agree_to(self.context, [option]))

    def _giving_up(self) -> Options:
        """A set that reaches the day with one thing given up; where none does, with several."""
        for cut in self._cuts():
            found, _ = apply_all(self.tries, self.gentle.options | {cut}, KEEPING, self.day)
            if found.finish <= self.day:
                return found.options
            if self.tries.spent:
                break
        return self.dropping.options

    def _cuts(self) -> list[Option]:
        """What could be given up on the chain as it is, and as gentle options leave it."""
        made = self.tries.made(self.gentle.options)
        plans = [self.context] if made is None else [self.context, made.context]
        found = {one for plan in plans for one in path_options(plan, self.tries.id, CUTS)}
        return sorted(found, key=self.least.loss)
