"""What makes Microsoft Project reach our dates: constraints, deadlines and lags of unstarted work.

It counts a lag in the successor's calendar and we in the roadmap's, its status date holds nothing
back, its "no later" constraints break links, and it moves "as late as possible" by total float. So
a lag is what it comes to in the successor's calendar; what the status date or free float places is
held by a start-no-earlier-than; and what would break a link is written as a deadline, which bounds
the same late dates. A `Carried` says what was meant, so that the plan comes back as it was.

A **moment** is half a day: twice the ordinal of a day where it opens (8:00), and one more where it
closes (17:00).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from planner.calendars.working import WorkCalendar
from planner.exchange.microsoft.terms import (
    CONSTRAINTS,
    DAY,
    DAYS,
    ELAPSED_DAYS,
    NO_EARLIER,
    SOON,
    WEEKS,
)
from planner.network.graph import DROPPED, OPEN
from planner.plan.model import Plan
from planner.roadmap.entities import Calendar, Initiative
from planner.roadmap.quantities import Need, length_days

EVERY_DAY = WorkCalendar(
    Calendar(
        id="every-day",
        title="Every day",
        workdays=("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
    )
)
"""For milestones on days that their own calendar does not work."""

_NUMBERS = {key: number for number, key in CONSTRAINTS.items()}


class Carried(Struct, frozen=True):
    """The constraint by its number, its moment, and the deadline's; None for none."""

    constraint: int = SOON
    at: int | None = None
    deadline: int | None = None


class LinkOut(Struct, frozen=True):
    """A link as it is written: to the predecessor, with a lag in tenths of minutes."""

    on: str
    type: str
    lag: int
    format: int = DAYS


class Carrying:
    """The moments of one plan, and what carries those of some initiatives."""

    def __init__(self, plan: Plan, ids: Iterable[str]) -> None:
        self._plan = plan
        self._ids = frozenset(ids)
        self._schedule = plan.schedule
        self._work, self._network = plan.schedule.work, plan.network
        self._roadmap = plan.calendars.roadmap
        self.start = plan.roadmap.settings.start or plan.as_of

    # --- where everything is ----------------------------------------------------------------------

    def moments(self, id: str) -> tuple[int, int] | None:
        """When it starts and finishes; None where it has no dates."""
        days = self._schedule.span(id)
        if days is None:
            return None
        node = self._network.index[id]
        closes, day = self._schedule.boundaries.shown.get(node, (True, days[1].toordinal()))
        finish = 2 * day + closes
        return opening(days[0]) if self._work.length[node] else finish, finish

    def calendar(self, one: Initiative) -> WorkCalendar:
        """The calendar that Microsoft Project counts it on: its own.

        A milestone may show on a day that its own does not work; there it has one that works every
        day, since a calendar is nothing to it but where its lags count.
        """
        own = self._plan.calendars.for_initiative(one)
        moments = self.moments(one.id)
        if moments is None or not self._is_milestone(one):
            return own
        return own if own.is_working(date.fromordinal(moments[1] // 2)) else EVERY_DAY

    def days(self, one: Initiative) -> float:
        """Its length there: of what has begun, the working days from its start to its finish."""
        node = self._network.index[one.id]
        moments = self.moments(one.id)
        length = self._work.length[node]
        if moments is None or not length or self._network.standing[node] == OPEN:
            return length
        calendar = self._plan.calendars.for_initiative(one)
        return max(0, calendar.number(boundary(moments[1])) - calendar.number(boundary(moments[0])))

    # --- what carries them ------------------------------------------------------------------------

    def links(self, one: Initiative) -> tuple[LinkOut, ...]:
        """Its links, each with the lag that leads to the same day there.

        Where no number of working days does, hours of the clock do.
        """
        calendar, moments = self.calendar(one), self.moments(one.id)
        found = [self._link(one, need, calendar) for need in one.needs if self._is_kept(one, need)]
        if moments is None or self._network.standing[self._network.index[one.id]] != OPEN:
            return tuple(found)
        start = moments[0]
        asked = [self._asked(one, link, calendar) for link in found]
        late = [at is not None and self._next_start(one, calendar, at) > start for at in asked]
        return tuple(
            self._elapsed(one, link, start) if is_late else link
            for link, is_late in zip(found, late, strict=True)
        )

    def carried(self, one: Initiative) -> Carried:
        """The constraint and the deadline that lead to its dates."""
        target = self.moments(one.id)
        node = self._network.index[one.id]
        if target is None or self._network.standing[node] != OPEN:
            return self._begun(one, node, target)
        native = self._native(one, target)
        if native is not None and self._reached(one, native) == target[0]:
            return native
        held = self._reached(one, Carried()) < target[0]
        limit = min(self._limits(one), default=None)
        return Carried(NO_EARLIER if held else SOON, target[0] if held else None, limit)

    def _begun(self, one: Initiative, node: int, target: tuple[int, int] | None) -> Carried:
        """What has begun has its length; with nothing left it is held to the day that opens."""
        deadline = self._deadline(one, one.deadline)
        spent = node in self._work.begun and self._work.length[node] and not self._work.left[node]
        if spent and target is not None and not target[1] % 2:
            return Carried(_NUMBERS["finish_no_earlier_than"], target[1], deadline)
        return Carried(deadline=deadline)

    def reaches(self, one: Initiative) -> bool:
        """Whether Microsoft Project starts it when we do; what has begun starts when it did."""
        target = self.moments(one.id)
        if target is None or self._network.standing[self._network.index[one.id]] != OPEN:
            return True
        return self._reached(one, self.carried(one)) == target[0]

    def _native(self, one: Initiative, target: tuple[int, int]) -> Carried | None:
        """Its one set date as it stands, where Microsoft means by it what we do."""
        deadline = self._deadline(one, one.deadline)
        given = [(key, day) for key in CONSTRAINTS.values() if (day := getattr(one, key))]
        if one.as_late_as_possible or len(given) > 1:
            return None
        if not given:
            return Carried(deadline=deadline)
        (key, day), calendar = given[0], self.calendar(one)
        later = key.endswith("no_earlier_than")
        day = calendar.first_working(day) if later else calendar.last_working(day)
        at = closing(day) if "finish" in key else opening(day)
        reached = target["finish" in key]
        agrees = later or (reached <= at if key.endswith("no_later_than") else reached == at)
        return Carried(_NUMBERS[key], at, deadline) if agrees else None

    def _limits(self, one: Initiative) -> Iterator[int]:
        """The moments at which it has to have finished, by its deadline and its set dates."""
        for key in ("deadline", "finish_no_later_than", "must_finish_on"):
            limit = self._deadline(one, getattr(one, key))
            yield from () if limit is None else (limit,)
        calendar = self._plan.calendars.for_initiative(one)
        length = self._work.length[self._network.index[one.id]]
        for key in ("start_no_later_than", "must_start_on"):
            if day := getattr(one, key):
                first = calendar.last_working(day)
                number = calendar.number(first.toordinal()) + length
                yield 2 * (calendar.closing(number) - 1) + 1 if length else opening(first)

    def _deadline(self, one: Initiative, day: date | None) -> int | None:
        """The moment a day means: its closing, or its opening for what shows as it opens."""
        if day is None:
            return None
        moments = self.moments(one.id)
        opens = moments is not None and self._is_milestone(one) and not moments[1] % 2
        return opening(day) if opens else closing(day)

    # --- what Microsoft Project makes of it -------------------------------------------------------

    def _reached(self, one: Initiative, carried: Carried) -> int:
        """The moment at which it starts unstarted work with these terms."""
        calendar, length = self.calendar(one), self._work.length[self._network.index[one.id]]
        asked = [self._asked(one, link, calendar) for link in self.links(one)]
        found = max(filter(None, asked), default=opening(self.start))
        found = self._next_start(one, calendar, found)
        if carried.at is None:
            return found
        at = carried.at
        if "finish" in CONSTRAINTS[carried.constraint]:
            at = self._back(calendar, at, length)
        match CONSTRAINTS[carried.constraint]:
            case "must_start_on" | "must_finish_on":
                return at
            case "start_no_later_than" | "finish_no_later_than":
                return min(found, at)
            case _:
                return max(found, at)

    def _asked(self, one: Initiative, link: LinkOut, calendar: WorkCalendar) -> int | None:
        """The moment at which a link lets it start, before that is moved to a working day."""
        if self.moments(link.on) is None:
            return None
        at = self._from(one, link, calendar)
        if link.format == ELAPSED_DAYS:
            return _at_clock(_clock(at) + link.lag * 6)
        days = link.lag // (10 * DAY)
        number = calendar.number(boundary(at)) + days
        if days:
            at = 2 * calendar.closing(number) - 1 if days > 0 else 2 * calendar.opening(number)
        return max(at, opening(self.start)) if link.type == "FF" else at

    def _from(self, one: Initiative, link: LinkOut, calendar: WorkCalendar) -> int:
        """The moment from which a link's lag counts: a length before the end for a finish."""
        moments = self.moments(link.on)
        assert moments is not None
        at = moments[link.type[0] == "F"]
        length = self._work.length[self._network.index[one.id]]
        return self._back(calendar, at, length) if link.type[1] == "F" else at

    def _back(self, calendar: WorkCalendar, at: int, length: int) -> int:
        """The moment from which a length of work leads to another."""
        return 2 * calendar.opening(calendar.number(boundary(at)) - length) if length else at

    def _next_start(self, one: Initiative, calendar: WorkCalendar, at: int) -> int:
        day = date.fromordinal(at // 2)
        if self._is_milestone(one) and at % 2 and calendar.is_working(day):
            return at
        return 2 * calendar.opening(calendar.number(boundary(at)))

    # --- links ------------------------------------------------------------------------------------

    def _is_kept(self, one: Initiative, need: Need) -> bool:
        """Whether a link can be written: to what is in the file, has dates and is in no circle."""
        index = self._network.index
        if need.on not in index or need.on not in self._ids:
            return False
        has_dates = self.moments(need.on) is not None or is_dropped(self._plan, need.on)
        return has_dates or (
            self.moments(one.id) is None and index[one.id] not in self._network.stuck
        )

    def _link(self, one: Initiative, need: Need, calendar: WorkCalendar) -> LinkOut:
        days = 0 if need.lag is None else length_days(need.lag, self._network.week)
        plain = LinkOut(need.on, need.type, days * DAY * 10)
        moments = self.moments(need.on)
        if not days or moments is None or self.moments(one.id) is None:
            return plain
        source = 2 * self._network.index[need.on] + (need.type[0] == "F")
        number = self._roadmap.number(self._schedule.boundaries.ends[source]) + days
        at = boundary(moments[need.type[0] == "F"])
        counted = calendar.number(self._roadmap.closing(number)) - calendar.number(at)
        weeks = need.lag is not None and need.lag.unit == "w" and counted == days
        return LinkOut(need.on, need.type, counted * DAY * 10, WEEKS if weeks else DAYS)

    def _elapsed(self, one: Initiative, link: LinkOut, start: int) -> LinkOut:
        """The link with the hours of the clock that lead to a start."""
        minutes = _between(self._from(one, link, self.calendar(one)), start)
        return LinkOut(link.on, link.type, minutes * 10, ELAPSED_DAYS)

    def _is_milestone(self, one: Initiative) -> bool:
        return not self._work.length[self._network.index[one.id]]


def _between(at: int, until: int) -> int:
    """Minutes of the clock from one moment to another."""
    return (_clock(until) - _clock(at)) // 60


def _clock(at: int) -> int:
    return at // 2 * 86_400 + (17 if at % 2 else 8) * 3_600


def _at_clock(seconds: int) -> int:
    """The moment of a time of the clock, which is 8:00 or 17:00."""
    return seconds // 86_400 * 2 + (seconds % 86_400 > 12 * 3_600)


def boundary(at: int) -> int:
    """The day boundary of a moment."""
    return at // 2 + at % 2


def opening(day: date) -> int:
    """The moment at which a day opens."""
    return 2 * day.toordinal()


def closing(day: date) -> int:
    """The moment at which a day closes."""
    return 2 * day.toordinal() + 1


def written(at: int) -> str:
    """A moment as the file writes it: ``2027-03-01T08:00:00``."""
    return f"{date.fromordinal(at // 2).isoformat()}T{'17' if at % 2 else '08'}:00:00"


def is_dropped(plan: Plan, id: str) -> bool:
    """Whether it is out of the plan: inactive in Microsoft Project."""
    return plan.network.standing[plan.network.index[id]] == DROPPED
