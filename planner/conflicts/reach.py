"""Options to finish an initiative by a day, and the best set of them.

How early it gets does not hang on the day that was asked for (earliest.py). A set for a day starts
from the one that gets earliest, and everything that can be taken back is taken back, in several
orders. So every day from the earliest on is reached, and nothing in a set is there for nothing.
Sets that give something up are looked for only before the earliest day. Each set promises what its
own run of the whole plan says (option_trials.py).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from planner.conflicts.context import Context
from planner.conflicts.earliest import Found, apply_all, earliest
from planner.conflicts.option_sets import OptionSet, apart, must_agree_to, option_set
from planner.conflicts.option_trials import Options, OptionTrials
from planner.conflicts.path_options import (
    CUTS,
    GENTLE,
    LATE,
    OPTION_KINDS,
    Option,
    OptionKind,
    optimistic_days,
    path_options,
    shorter_by,
)
from planner.conflicts.trial import finish_of, together
from planner.errors import UsageError
from planner.schedule.shift import Shift
from planner.text.edits import Edit, SetKey

MOST_OPTIONS = 40
"""So many options are tried alone, those that could win most first."""

OVERDRAFT = 1_000
"""So many schedules more, for one set to be left with nothing that is not needed."""

ALL_BUT_DROPS: tuple[OptionKind, ...] = tuple(kind for kind in OPTION_KINDS if kind != "drop")
"""Whoever waits for nothing needs nothing dropped."""


class Reach(Struct, frozen=True, kw_only=True):
    """The options for `id` to finish by `day`.

    `late` is by how much it does not; None where no option is needed. `options` are those that win
    something alone, best first, and those that give something up last. `best` is the best set found
    that reaches the day; None where none does. `earliest` is the earliest finish without giving
    anything up, and `earliest_dropping` with all options. `ended` says whether the search for it
    came to its end; where it did not, they are the earliest found.
    """

    id: str
    day: date
    finish: date
    late: Shift | None
    options: tuple[OptionSet, ...]
    best: OptionSet | None
    earliest: date
    earliest_dropping: date
    ended: bool
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
    context: Context, id: str, day: date, *, trials: int | None = None, how_early: bool = True
) -> Reach:
    """The options for `id` to finish on `day` or before.

    `trials` limits how many options are tried, each alone; without it the plan's size decides. With
    it, without `how_early`, and where no option is needed, `earliest` is only the earliest found.
    Raises UsageError for an id that names no initiative or has no dates.
    """
    finish = finish_of(context, id)
    if finish is None:
        raise UsageError(f"{id} has no dates", hint="name an initiative that is scheduled")
    search = _Search(OptionTrials(context, id, finish, trials), day)
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
        self.ended = True
        self.options: list[OptionSet] = []
        self.best: OptionSet | None = None
        self.left_out = 0

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
            earliest=gentle,
            earliest_dropping=min([gentle, self.dropping.finish, *(one.finish for one in told)]),
            ended=self.ended,
            left_out=self.left_out,
        )

    def look_early(self, enough: date | None) -> None:
        """Find out how early it gets; with `enough` only whether it gets to that day."""
        tries = self.tries
        tries.kept_back = tries.left // 2
        self.gentle = earliest(tries, enough)
        self.ended = not tries.spent
        if not self.gentle.reaches(enough):
            tries.kept_back = tries.left // 2
            self.dropping, _ = apply_all(tries, frozenset(), ALL_BUT_DROPS)
            self.ended = self.ended and not tries.spent
        tries.kept_back = 0

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
        return self._least(self._taken_back(group, day), day)

    def _promising(self, group: Sequence[Option]) -> tuple[object, ...]:
        first = min(map(self.tries.order, group))
        return any(one.gives_up for one in group), -max(map(self._most, group)), first

    def _most(self, option: Option) -> int:
        """The most days that an option could win."""
        if option.kind == "shorten":
            return shorter_by(self.context, option.id)
        dates = self.context.dates(option.on if option.kind == "overlap" else option.id)
        if dates is None:
            return 0
        return dates.duration // 2 if option.kind == "overlap" else dates.duration

    # --- the best set -----------------------------------------------------------------------------

    def look_for_best(self) -> None:
        """Find the best set that reaches the day."""
        if self.gentle.finish <= self.day:
            pool = self.gentle.options
        elif self.dropping.finish <= self.day:
            pool = self._giving_up()
        else:
            return
        first, *others = self._ways(pool)
        self.tries.kept_back = -OVERDRAFT
        found = [frozenset(one.options) for one in self.options if one.finish <= self.day]
        found.append(self._taken_back(first, self.day))
        found += [self._taken_back(way, self.day) for way in others if self.tries.left > 0]
        self.best = self._least(min(found, key=self._price), self.day)

    def _giving_up(self) -> Options:
        """A set that reaches the day with one thing given up; where none does, with several."""
        for cut in self._cuts():
            found, _ = apply_all(self.tries, self.gentle.options | {cut}, GENTLE, self.day)
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
        return sorted(found, key=self._loss)

    def _loss(self, option: Option) -> tuple[object, ...]:
        """Best first: where it is only placed, what is least to give up, not what it is about."""
        own = option.id == self.tries.id
        return option.on != LATE, OPTION_KINDS.index(option.kind), own, self.tries.order(option)

    def _price(self, applied: Options) -> tuple[object, ...]:
        """Best first: what gives up least, takes the fewest sides, the fewest optimistic days."""
        cuts = sorted(self._loss(one) for one in applied if one.gives_up)
        return (
            len(cuts),
            cuts,
            len(must_agree_to(self.context, applied)),
            optimistic_days(self.context, applied),
            len(applied),
            sorted(map(self.tries.order, applied)),
        )

    def _ways(self, pool: Options) -> Iterator[list[Option]]:
        """The orders in which options are taken back: always what gives something up first."""
        late_first = sorted(pool, key=self.tries.order, reverse=True)
        agreed = {one: must_agree_to(self.context, [one]) for one in pool}
        sides = {side for each in agreed.values() for side in each}

        def ordered(key: Callable[[Option], object]) -> list[Option]:
            return sorted(late_first, key=lambda one: (not one.gives_up, key(one)))

        yield ordered(lambda one: one.kind != "shorten")
        yield ordered(lambda one: one.kind == "shorten")
        yield ordered(self._most)
        for side in sorted(sides) if len(sides) > 1 else ():
            yield ordered(partial(_only, agreed, side))

    def _taken_back(self, ordered: Sequence[Option], day: date) -> Options:
        """The options without all that can be taken back, the first ones if possible."""
        kept = self._without(ordered, frozenset(ordered), day)
        for option in ordered:
            if option in kept and self.tries.finish(kept - {option}) <= day:
                return self._taken_back([one for one in ordered if one in kept - {option}], day)
        return kept

    def _without(self, part: Sequence[Option], kept: Options, day: date) -> Options:
        if self.tries.finish(kept.difference(part)) <= day:
            return kept.difference(part)
        if len(part) > 1:
            half = len(part) // 2
            kept = self._without(part[:half], kept, day)
            kept = self._without(part[half:], kept, day)
        return kept

    def _least(self, applied: Options, day: date) -> OptionSet | None:
        """A set with every option applied no further than the day needs."""
        for option in sorted(applied, key=self.tries.order):
            if option.kind in ("overlap", "move"):
                others = applied - {option}
                applied = others | {self._shrunk(others, option, day)}
        made = self.tries.made(applied)
        return None if made is None else option_set(self.tries, made)

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
