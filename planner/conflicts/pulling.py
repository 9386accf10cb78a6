"""Pulling levers: what the whole plan is with a set of them, one schedule for each set.

The lag of an overlap depends on how long its predecessor then is, and where calendars differ on
where it lies: it is made for the plan that it leads to. How many schedules are run depends on the
size of the plan, never on the clock: the same plan gives the same answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from planner.conflicts.context import Context
from planner.conflicts.lever_edits import Lags, edit_of
from planner.conflicts.levers import GIVES, Lever, least_lag, lengths
from planner.conflicts.trial import after_edits, finish_of

FEWEST, MOST = 60, 1_000
"""So many schedules are run for one question, the fewer the larger the plan is."""

LEVER, FREE = 30, 500
"""A lever costs as much as to schedule so many initiatives; so much has every schedule for free."""

ROUNDS = 4
"""So often lags are only made longer, where making them anew does not come to an end."""

NEVER = date.max
"""The finish of what was not tried, or makes no sense."""

Levers = frozenset[Lever]


class Made(Struct, frozen=True):
    """The plan with levers pulled."""

    levers: Levers
    context: Context
    lags: Lags
    finish: date


class Pulling:
    """The finish of `id` with one set of levers after the other, as long as schedules are left.

    `kept_back` of them are not for what is done now; below 0, so many more are.
    """

    def __init__(self, context: Context, id: str, finish: date, most: int | None = None) -> None:
        self.context = context
        self.id = id
        self.base = finish
        size = len(context.network.ids)
        self.left = max(FEWEST, min(MOST, 200_000 // size)) if most is None else most
        self.kept_back = 0
        self._known: dict[Levers, date] = {frozenset(): finish}
        self._lags: dict[tuple[Lever, bool], int] = {}

    @property
    def spent(self) -> bool:
        """Whether no schedule is left for what is done now."""
        return self.left <= self.kept_back

    def finish(self, levers: Levers) -> date:
        """The finish with levers pulled; `NEVER` where no schedule was left to find out."""
        known = self._known.get(levers)
        if known is not None or self.spent:
            return known or NEVER
        made = self.made(levers)
        return NEVER if made is None else made.finish

    def made(self, levers: Levers) -> Made | None:
        """The plan with levers pulled; None where that makes no sense."""
        made = self._made(levers)
        self._known[levers] = NEVER if made is None else made.finish
        return made

    def _made(self, levers: Levers) -> Made | None:
        ordered = self.in_effect(levers)
        overlaps = [one for one in ordered if one.give == "overlap"]
        lags = {(one.id, one.on): self._likely_lag(one, levers) for one in overlaps}
        cost = 1 + LEVER * len(ordered) // max(FREE, len(self.context.network.ids))
        enough = len(lags) + 1  # each depends on what comes before it only, but for moved work
        for number in range(enough + ROUNDS):
            self.left -= cost
            after = after_edits(self.context, [edit_of(self.context, ordered, lags)])
            finish = None if after is None else finish_of(after, self.id)
            if after is None or finish is None:
                return None
            asked = {(one.id, one.on): least_lag(after, one.on) + one.less for one in overlaps}
            if asked == lags or (number > enough and all(lags[at] >= asked[at] for at in lags)):
                self._lags |= {self._key(one, levers): lags[one.id, one.on] for one in overlaps}
                return Made(levers, after, lags, finish)
            lags = asked if number < enough else {at: max(lags[at], asked[at]) for at in lags}
        return None

    def in_effect(self, levers: Iterable[Lever]) -> list[Lever]:
        """The levers in order, without those on what others drop or unlink."""
        pulled = [*levers]
        dropped = {one.id for one in pulled if one.give == "drop"}
        unlinked = {(one.id, one.on) for one in pulled if one.give == "unlink"}
        void = {Lever("overlap", id, on) for id, on in unlinked}
        kept = (
            one
            for one in pulled
            if one.give == "drop"
            or (dropped.isdisjoint((one.id, one.on)) and replace(one, less=0) not in void)
        )
        return sorted(kept, key=self.order)

    def order(self, lever: Lever) -> tuple[object, ...]:
        """The order of levers: by start in the plan as it is, then by kind."""
        days = self.context.schedule.span(lever.id)
        start = NEVER if days is None else days[0]
        return start, GIVES.index(lever.give), lever.id, lever.on

    def _likely_lag(self, lever: Lever, levers: Levers) -> int:
        """The lag that an overlap had before, else where all is in one piece on one calendar."""
        lag = self._lags.get(self._key(lever, levers))
        if lag is not None:
            return lag
        dates = self.context.dates(lever.on)
        assert dates is not None
        days = dates.duration
        if Lever("shorten", lever.on) in levers:
            days = min(days, lengths(self.context, lever.on)[1])
        return days - days // 2 + lever.less

    def _key(self, lever: Lever, levers: Levers) -> tuple[Lever, bool]:
        return lever, Lever("shorten", lever.on) in levers
