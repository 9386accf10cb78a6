"""Trials of sets of options: the whole plan with each, one schedule for a set.

The lag of an overlap depends on how long its predecessor then is, and where calendars differ on
where it lies: it is made for the plan that it leads to. How many schedules are run depends on the
size of the plan, never on the clock: the same plan gives the same answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from planner.conflicts.acceleration import shorter_than_hoped
from planner.conflicts.context import Context
from planner.conflicts.option_edits import Lags, edit_of
from planner.conflicts.path_options import OPTION_KINDS, Option, bought, least_lag, lengths
from planner.conflicts.trial import after_edits, finish_of
from planner.errors import UsageError

FEWEST, MOST = 60, 1_000
"""So many schedules are run for one question, the fewer the larger the plan is."""

OPTION, FREE = 30, 500
"""An option costs as much as to schedule so many initiatives; each schedule has so much free."""

ROUNDS = 4
"""So often lags are only made longer, where making them anew does not come to an end."""

NEVER = date.max
"""The finish of what was not tried, or makes no sense."""

Options = frozenset[Option]


Each = Callable[[], None]
"""Called before each schedule; what it raises ends the search."""


def without_a_word() -> None:
    """Nobody waits for a search who could count its schedules or end it."""


def trials_of(
    context: Context, id: str, most: int | None = None, each: Each = without_a_word
) -> OptionTrials:
    """Trials for an initiative. Raises UsageError where it is none, or has no dates."""
    finish = finish_of(context, id)
    if finish is None:
        why = context.schedule.unscheduled.get(id)
        told = f"{id} has no dates: {why}" if why else f"{id} has no dates"
        raise UsageError(told, hint="name an initiative that is scheduled")
    return OptionTrials(context, id, finish, most, each)


class Made(Struct, frozen=True):
    """The plan with options applied."""

    options: Options
    context: Context
    lags: Lags
    finish: date


class OptionTrials:
    """The finish of `id` with one set of options after the other, as long as schedules are left.

    `kept_back` of them are not for what is done now; below 0, so many more are.
    """

    def __init__(
        self,
        context: Context,
        id: str,
        finish: date,
        most: int | None = None,
        each: Each = without_a_word,
    ) -> None:
        self.context = context
        self.each = each
        self.id = id
        self.base = finish
        size = len(context.network.ids)
        self.left = max(FEWEST, min(MOST, 200_000 // size)) if most is None else most
        self.kept_back = 0
        self._known: dict[Options, date] = {frozenset(): finish}
        self._lags: dict[tuple[Option, bool], int] = {}

    @property
    def spent(self) -> bool:
        """Whether no schedule is left for what is done now."""
        return self.left <= self.kept_back

    def finish(self, options: Options) -> date:
        """The finish with options applied; `NEVER` where no schedule was left to find out."""
        known = self._known.get(options)
        if known is not None or self.spent:
            return known or NEVER
        made = self.made(options)
        return NEVER if made is None else made.finish

    def made(self, options: Options) -> Made | None:
        """The plan with options applied; None where that makes no sense."""
        made = self._made(options)
        self._known[options] = NEVER if made is None else made.finish
        return made

    def _made(self, options: Options) -> Made | None:
        ordered = self.in_effect(options)
        overlaps = [one for one in ordered if one.kind == "overlap"]
        lags = {(one.id, one.on): self._likely_lag(one, options) for one in overlaps}
        cost = 1 + OPTION * len(ordered) // max(FREE, len(self.context.network.ids))
        enough = len(lags) + 1  # each depends on what comes before it only, but for moved work
        for number in range(enough + ROUNDS):
            self.each()
            self.left -= cost
            after = after_edits(self.context, [edit_of(self.context, ordered, lags)])
            finish = None if after is None else finish_of(after, self.id)
            if after is None or finish is None:
                return None
            asked = {(one.id, one.on): least_lag(after, one.on) + one.less for one in overlaps}
            if asked == lags or (number > enough and all(lags[at] >= asked[at] for at in lags)):
                self._lags |= {self._key(one, options): lags[one.id, one.on] for one in overlaps}
                return Made(options, after, lags, finish)
            lags = asked if number < enough else {at: max(lags[at], asked[at]) for at in lags}
        return None

    def in_effect(self, options: Iterable[Option]) -> list[Option]:
        """The options in order, without those on what others drop or unlink."""
        applied = [*options]
        dropped = {one.id for one in applied if one.kind == "drop"}
        unlinked = {(one.id, one.on) for one in applied if one.kind == "unlink"}
        void = {Option("overlap", id, on) for id, on in unlinked} | self._pointless(applied)
        kept = (
            one
            for one in applied
            if one.kind == "drop"
            or (dropped.isdisjoint((one.id, one.on)) and replace(one, less=0) not in void)
        )
        return sorted(kept, key=self.order)

    def _pointless(self, applied: list[Option]) -> set[Option]:
        """Of work that is accelerated and goes as well as hoped, the one that is longer."""
        hoped = {one.id for one in applied if one.kind == "shorten"}
        found = set()
        for one in applied:
            if one.kind == "accelerate" and one.id in hoped:
                shorter = shorter_than_hoped(self.context, one.id, bought(self.context, one))
                found.add(Option("shorten" if shorter else "accelerate", one.id))
        return found

    def order(self, option: Option) -> tuple[object, ...]:
        """The order of options: by start in the plan as it is, then by kind."""
        days = self.context.schedule.span(option.id)
        start = NEVER if days is None else days[0]
        return start, OPTION_KINDS.index(option.kind), option.id, option.on

    def _likely_lag(self, option: Option, options: Options) -> int:
        """The lag that an overlap had before, else where all is in one piece on one calendar."""
        lag = self._lags.get(self._key(option, options))
        if lag is not None:
            return lag
        dates = self.context.dates(option.on)
        assert dates is not None
        days = dates.duration
        if Option("shorten", option.on) in options:
            days = min(days, lengths(self.context, option.on)[1])
        return days - days // 2 + option.less

    def _key(self, option: Option, options: Options) -> tuple[Option, bool]:
        return option, Option("shorten", option.on) in options
