"""What can give, so that a piece of work finishes by a day?

Every lever on the chain that drives it is tried on a copy of the plan, because one that shortens
the chain by ten days may win five: another chain takes over. Then the shortest set is looked for
that reaches the day: one lever, else the best one again and again, with the plan run again and the
levers found anew after each, since the path moves; and where that took several, sets of two and
three. Links and work are dropped only where nothing gentler reaches the day.

How early it gets at all does not hang on the day that was asked for, nor on one order of levers: an
overlap may need the length that an optimistic estimate takes away. So several orders are tried, and
then the day before the earliest of them is asked for like any other, until it is not reached.

Each trial is a schedule of its own, so their number is limited; what was not tried is counted. The
limit depends on the size of the plan, never on the clock: the same plan gives the same answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from planner.conflicts.context import Context
from planner.conflicts.levers import CUTS, GIVES, Give, Lever, levers
from planner.conflicts.trial import after_edits, finish_of, together, won
from planner.errors import UsageError
from planner.schedule.shift import Shift
from planner.text.edits import Edit, Edits, RemoveKey, SetKey

MOST_LEVERS = 40
"""So many levers are tried at each step, those that could win most first."""

FEWEST_TRIALS = 60
"""At least so many trials for one question, however large the plan is."""

MOST_STEPS = 12
"""A set longer than this is no answer."""

WIDE = 8
"""How many levers are tried as the first of a set of two or three."""

LIMITLESS = 100_000
"""Days late, where the question is how early it could be."""

RESIZING: tuple[Give, ...] = ("shorten", "start", "exempt")
OVERLAPPING: tuple[Give, ...] = ("overlap",)

GENTLE = tuple(give for give in GIVES if give not in CUTS)

TURNS: tuple[Give, ...] = ("start", "exempt", "overlap", "shorten")
"""In this order the levers of one piece of work are applied where all of them are."""


class Tried(Struct, frozen=True):
    """A lever with what it does to the whole plan: days won, and the finish, of what is late.

    `finish` is with the steps before it, where it is one of several.
    """

    lever: Lever
    wins: int
    finish: date
    start: date
    """When the work that it bends starts, with it."""

    @property
    def edit(self) -> Edit:
        """The edit of the lever."""
        return self.lever.edit


class Reach(Struct, frozen=True, kw_only=True):
    """What can give so that `id` finishes by `day`.

    `levers` are all that were tried, best first, and those that drop something last. `steps` are
    the shortest set found, each with the finish after it; empty where none reaches the day, and
    where nothing has to give. `earliest` is the earliest finish found with levers together that
    drop neither a link nor work, and `earliest_dropping` with all: never later than the steps.
    """

    id: str
    day: date
    finish: date
    short: int
    levers: tuple[Tried, ...]
    steps: tuple[Tried, ...]
    earliest: date
    earliest_dropping: date
    left_out: int
    """Levers on the chain that were not tried, since there were too many."""

    @property
    def reached(self) -> bool:
        """Whether the day is met, as things are or with the steps."""
        return self.late is None or bool(self.steps)

    @property
    def late(self) -> Shift | None:
        """By how much the day is missed as things are; None where it is met."""
        return Shift(self.day, self.finish, self.short) if self.finish > self.day else None

    @property
    def drops(self) -> bool:
        """Whether the steps drop a link or work."""
        return any(map(_cuts, self.steps))

    @property
    def edit(self) -> Edit | None:
        """All steps as one edit; None where there are none."""
        return together([one.edit for one in self.steps], self.title) if self.steps else None

    @property
    def title(self) -> str:
        """What the steps are, in one line."""
        return "; ".join(one.lever.title for one in self.steps)

    @property
    def needs_yes(self) -> tuple[str, ...]:
        """Whose yes the steps need together."""
        return tuple(dict.fromkeys(who for one in self.steps for who in one.lever.needs_yes))


def reach(
    context: Context, id: str, day: date, *, trials: int | None = None, how_early: bool = True
) -> Reach:
    """What can give so that `id` finishes on `day` or before.

    `trials` limits how many schedules are run; without it the plan's size decides. With it, without
    `how_early`, and where nothing has to give, `earliest` is only the earliest of what was tried.
    Raises UsageError for an id that names no initiative or has no dates.
    """
    finish = finish_of(context, id)
    if finish is None:
        raise UsageError(f"{id} has no dates", hint="name an initiative that is scheduled")
    search = _Search(context, id, day, trials)
    short = search.short(context)
    measured, left_out = search.measure(context)
    gentle = [one for one in measured if not _cuts(one)]
    late = finish > day
    steps = search.shortest(context, gentle, GENTLE) if late else ()
    if late and not steps:
        steps = search.shortest(context, measured, GIVES)
    told = (*measured, *steps)
    early = min([finish, *(one.finish for one in told if not any(map(_cuts, (one, *steps))))])
    dropping = min([early, *(one.finish for one in told)])
    if how_early and trials is None and late:
        early = _earliest(context, id, early, GENTLE)
        dropping = _earliest(context, id, min(early, dropping), GIVES)
    return Reach(
        id=id,
        day=day,
        finish=finish,
        short=max(0, short),
        levers=tuple(sorted(measured, key=lambda one: (_cuts(one), rank(one, day)))),
        steps=steps,
        earliest=early,
        earliest_dropping=dropping,
        left_out=left_out,
    )


def rank(one: Tried, day: date) -> tuple[object, ...]:
    """Best first: what reaches the day, then the gentlest kind, then the earliest in the plan.

    The earliest first, because it leaves the later ones in hand. Of those that don't reach it, what
    wins most.
    """
    lever = one.lever
    reaches = one.finish <= day
    return (
        not reaches,
        _cuts(one),
        0 if reaches else -one.wins,
        GIVES.index(lever.give),
        one.start,
        len(lever.needs_yes),
        lever.name,
    )


def _cuts(one: Tried) -> bool:
    return one.lever.give in CUTS


class _Search:
    """One question, with how many trials are left for it."""

    def __init__(self, context: Context, id: str, day: date, trials: int | None) -> None:
        self.context = context
        self.id = id
        self.day = day
        size = len(context.network.ids)
        self.left = max(FEWEST_TRIALS, min(600, 200_000 // size)) if trials is None else trials

    def short(self, context: Context) -> int:
        """Working days by which the day is missed; negative where there is room."""
        finish = finish_of(context, self.id)
        return 0 if finish is None else context.days(self.day, finish)

    def measure(
        self, context: Context, gives: Iterable[Give] = GIVES, used: Sequence[Tried] = ()
    ) -> tuple[list[Tried], int]:
        """Try the levers there are now; how many were left out."""
        names = {one.lever.name for one in used}
        offered = [
            one
            for one in levers(context, self.id, max(1, self.short(context)), gives)
            if one.name not in names
        ]
        order = sorted(range(len(offered)), key=lambda at: (_gentleness(offered[at]), at))
        number = min(MOST_LEVERS, self.left)
        chosen = [offered[at] for at in order[:number]]
        found = [one for lever in chosen if (one := self.attempt(context, lever)) is not None]
        return found, len(offered) - len(chosen)

    def attempt(self, context: Context, lever: Lever) -> Tried | None:
        """What a lever does; None where it makes no sense (a cycle, a refused edit)."""
        self.left -= 1
        after = after_edits(context, [lever.edit])
        finish = None if after is None else finish_of(after, self.id)
        if after is None or finish is None:
            return None
        days = after.schedule.span(lever.id)
        start = date.max if days is None else days[0]
        return Tried(lever, won(context, after, self.id), finish, start)

    # --- the shortest set -------------------------------------------------------------------------

    def shortest(
        self, context: Context, measured: list[Tried], gives: Sequence[Give]
    ) -> tuple[Tried, ...]:
        """The shortest set found that reaches the day; empty where none does."""
        ranked = self._ranked(measured)
        if ranked and ranked[0].finish <= self.day:
            return (ranked[0],)
        greedy = self._greedy(context, ranked, gives)
        for size in (2, 3):
            if not greedy or len(greedy) > size:
                found = self._within(context, ranked, gives, size, ())
                if found:
                    return found
        return greedy

    def _ranked(self, measured: Iterable[Tried]) -> list[Tried]:
        return sorted(measured, key=lambda one: rank(one, self.day))

    def _greedy(
        self, context: Context, ranked: list[Tried], gives: Sequence[Give]
    ) -> tuple[Tried, ...]:
        """What wins most, again and again, until the day is reached."""
        steps: list[Tried] = []
        while ranked and ranked[0].wins > 0 and len(steps) < MOST_STEPS and self.left > 0:
            best = ranked[0]
            steps.append(best)
            if best.finish <= self.day:
                return tuple(steps)
            following = after_edits(context, [best.edit])
            if following is None:
                break
            context = following
            ranked = self._ranked(self.measure(context, gives, steps)[0])
        return ()

    def _within(
        self,
        context: Context,
        ranked: list[Tried],
        gives: Sequence[Give],
        size: int,
        before: tuple[Tried, ...],
    ) -> tuple[Tried, ...]:
        """A set of at most `size` that reaches the day, in the order of its first members."""
        for first in ranked[:WIDE]:
            steps = (*before, first)
            if first.finish <= self.day:
                return steps
            after = after_edits(context, [first.edit]) if size > 1 and self.left > 0 else None
            if after is not None:
                following = self._ranked(self.measure(after, gives, steps)[0])
                found = self._within(after, following, gives, size - 1, steps)
                if found:
                    return found
        return ()

    # --- as early as it gets ----------------------------------------------------------------------

    def all_at_once(self) -> date:
        """The finish with every gentle lever applied, and with those that come to matter then.

        Overlaps come after everything else, since their lags are made for the lengths there are.
        """
        context, used = self.context, set[tuple[str, ...]]()
        best = finish_of(context, self.id)
        assert best is not None
        for _ in range(MOST_STEPS):
            offered = self._limitless(context, used)
            if not offered:
                break
            self.left -= 1
            used.update(one.name for one in offered)
            following = after_edits(context, [one.edit for one in offered])
            finish = None if following is None else finish_of(following, self.id)
            if following is None or finish is None:
                break
            context, best = following, min(best, finish)
        return best

    def in_turn(self) -> date:
        """The finish with gentle levers one by one along the chain, none that makes it later.

        Of one piece of work what holds it comes first, then its overlap, and then its length: what
        comes before it is short by then, and its own length still leaves room to overlap.
        """
        context, used = self.context, set[tuple[str, ...]]()
        best = finish_of(context, self.id)
        assert best is not None
        while self.left > 0:
            offered = levers(context, self.id, LIMITLESS, GENTLE)
            lever = _first_in_turn(one for one in offered if one.name not in used)
            if lever is None:
                break
            self.left -= 1
            used.add(lever.name)
            after = after_edits(context, [lever.edit])
            finish = None if after is None else finish_of(after, self.id)
            if after is not None and finish is not None and finish <= best:
                context, best = after, finish
        return best

    def best_first(self, gives: Sequence[Give]) -> date:
        """The finish with what wins most, again and again until nothing wins."""
        context, steps = self.context, list[Tried]()
        best = finish_of(context, self.id)
        assert best is not None
        while self.left > 0 and len(steps) < MOST_STEPS:
            measured, _ = self.measure(context, gives, steps)
            first = min(measured, key=lambda one: (-one.wins, rank(one, date.max)), default=None)
            if first is None or first.wins <= 0:
                break
            steps.append(first)
            following = after_edits(context, [first.edit])
            if following is None:
                break
            context, best = following, min(best, first.finish)
        return best

    def _limitless(self, context: Context, used: set[tuple[str, ...]]) -> list[Lever]:
        for gives in (RESIZING, OVERLAPPING):
            offered = levers(context, self.id, LIMITLESS, gives)
            found = [one for one in offered if one.name not in used]
            if found:
                return _apart(found)
        return []


def _earliest(context: Context, id: str, known: date, gives: Sequence[Give]) -> date:
    """The earliest finish that any order of these kinds of lever is found to reach."""
    search = _Search(context, id, context.as_of, None)
    orders = (gives, CUTS) if CUTS[0] in gives else (gives,)
    found = [search.all_at_once(), search.in_turn(), *map(search.best_first, orders)]
    best = min(known, *found)
    while search.left > 0 and best > context.as_of:
        search.day = context.schedule.add_working_days(best, -1)
        measured, _ = search.measure(context, gives)
        steps = search.shortest(context, measured, gives)
        if not steps:
            break
        best = steps[-1].finish
    return best


def _first_in_turn(offered: Iterable[Lever]) -> Lever | None:
    """The first lever of the first piece of work on the chain that has any."""
    found = list(offered)
    mine = [one for one in found if one.id == found[0].id]
    return min(mine, key=lambda one: TURNS.index(one.give), default=None)


def _apart(offered: Iterable[Lever]) -> list[Lever]:
    """Levers that write different keys; of two that write the same one, the first."""
    written: set[tuple[str, str, tuple[str, ...]]] = set()
    found = []
    for lever in offered:
        keys = set(_keys(lever.edit))
        if written.isdisjoint(keys):
            written |= keys
            found.append(lever)
    return found


def _keys(edit: Edit) -> Iterable[tuple[str, str, tuple[str, ...]]]:
    if isinstance(edit, Edits):
        for part in edit.edits:
            yield from _keys(part)
    elif isinstance(edit, SetKey | RemoveKey):
        yield edit.kind, edit.id, edit.key


def _gentleness(lever: Lever) -> tuple[bool, int]:
    return lever.give in CUTS, -lever.most
