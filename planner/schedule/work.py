"""Scheduling input of each initiative: length, calendar and date constraints.

Day boundaries are ordinals (planner.calendars.working); sparse facts are mappings by node number.

Actual dates win: started means `actual_start`; finished means `actual_finish`, or status done, then
at the opening of the status date. A constraint on the start of started work has no effect.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_CEILING, Decimal
from operator import attrgetter

from msgspec import Struct

from planner.calendars.working import Calendars
from planner.network.graph import DROPPED, FINISHED, OPEN, STARTED, Network
from planner.roadmap.entities import Checks, Initiative
from planner.roadmap.quantities import Length, QuantityError, length_days, parse_length

ASSUMED_ESTIMATE = "2w"

START_FROM = ("start_no_earlier_than", "must_start_on")
FINISH_FROM = ("finish_no_earlier_than", "must_finish_on")
START_BY = ("start_no_later_than", "must_start_on")
FINISH_BY = ("finish_no_later_than", "must_finish_on", "deadline")
_KEYS = tuple(dict.fromkeys(START_FROM + FINISH_FROM + START_BY + FINISH_BY))
_SET_DATES = attrgetter(*_KEYS)
_NONE = (None,) * len(_KEYS)


class Terms(Struct, frozen=True):
    """What all work has in common."""

    as_of: int
    """The status date's opening."""
    start: int
    """The opening of the roadmap's first day."""
    assumed: Length
    """The length of work without an estimate."""

    @classmethod
    def of(cls, as_of: date, start: date | None, checks: Checks) -> Terms:
        """From the settings; the roadmap's start defaults to `as_of`."""
        return cls(as_of.toordinal(), (start or as_of).toordinal(), assumed_estimate(checks))


def assumed_estimate(checks: Checks) -> Length:
    """The length that `[checks] assumed_estimate` gives to work without one."""
    written = checks.thresholds.get("assumed_estimate", ASSUMED_ESTIMATE)
    try:
        return parse_length(str(written))
    except QuantityError:
        return parse_length(ASSUMED_ESTIMATE)


class Work:
    """Scheduling input by node number.

    `length` is the estimate in working days and `left` the remaining part. `begun` has the boundary
    of the start of started work; `ended` start and finish of finished work, the start 0 where it is
    not set. `start_from` and so on are the days of date constraints, the strictest of each kind.
    `ideas` are only proposed: no date limits them.
    """

    def __init__(self, network: Network, calendars: Calendars, terms: Terms) -> None:
        count = len(network.ids)
        self.network = network
        self.calendars = calendars
        self.terms = terms
        self.weeks = [calendar.days_per_week for calendar in calendars.all]
        self.calendar = [0] * count
        self.length = [0] * count
        self.left = [0] * count
        self.begun: dict[int, int] = {}
        self.ended: dict[int, tuple[int, int]] = {}
        self.start_from: dict[int, int] = {}
        self.finish_from: dict[int, int] = {}
        self.start_by: dict[int, int] = {}
        self.finish_by: dict[int, int] = {}
        self.late_wanted: set[int] = set()
        self.ideas: set[int] = set()
        self.assumed: dict[int, tuple[str, ...]] = {}
        self._read()

    # --- reading ----------------------------------------------------------------------------------

    def _read(self) -> None:
        position, standing = self.calendars.position, self.network.standing
        for node, initiative in enumerate(self.network.initiatives):
            self.calendar[node] = place = position(initiative)
            stands = standing[node]
            days = self._days(node, initiative, self.weeks[place], stands)
            self.length[node] = self.left[node] = days
            if stands == OPEN:
                self._wait(node, initiative)
            elif stands == STARTED:
                self._go_on(node, initiative, self.weeks[place])
            elif stands == FINISHED:
                self._end(node, initiative)
            if stands < FINISHED and _SET_DATES(initiative) != _NONE:
                self._hold(node, initiative)

    def _days(self, node: int, initiative: Initiative, week: int, stands: int) -> int:
        estimate = initiative.estimate
        if initiative.kind == "milestone":
            return 0
        if estimate is not None:
            return length_days(estimate.likely, week)
        if stands < FINISHED:
            self.assumed[node] = ("estimate",)
        return length_days(self.terms.assumed, week)

    def _wait(self, node: int, initiative: Initiative) -> None:
        if initiative.status in ("active", "paused"):
            self.assumed[node] = (*self.assumed.get(node, ()), "start")
        if initiative.is_idea:
            self.ideas.add(node)
        if initiative.as_late_as_possible:
            self.late_wanted.add(node)

    def _go_on(self, node: int, initiative: Initiative, week: int) -> None:
        assert initiative.actual_start is not None
        self.begun[node] = initiative.actual_start.toordinal()
        if not self.length[node]:
            return  # it has none to be left of, whatever `remaining` says
        if initiative.remaining is not None:
            self.left[node] = length_days(initiative.remaining, week)
        elif initiative.percent_complete:
            self.left[node] = remaining_days(self.length[node], initiative.percent_complete)

    def _end(self, node: int, initiative: Initiative) -> None:
        start, finish = initiative.actual_start, initiative.actual_finish
        ended = self.terms.as_of if finish is None else finish.toordinal() + 1
        self.ended[node] = (0 if start is None else start.toordinal(), ended)
        self.left[node] = 0
        unknown = ("start",) if start is None and self.length[node] else ()
        if finish is None:
            unknown = (*unknown, "finish")
        if unknown:
            self.assumed[node] = unknown

    def _hold(self, node: int, initiative: Initiative) -> None:
        open_, planned = self.network.standing[node] == OPEN, node not in self.ideas
        for keys, into, best in (
            (START_FROM if open_ else (), self.start_from, max),
            (FINISH_FROM, self.finish_from, max),
            (START_BY if open_ and planned else (), self.start_by, min),
            (FINISH_BY if planned else (), self.finish_by, min),
        ):
            days = [day.toordinal() for key in keys if (day := getattr(initiative, key))]
            if days:
                into[node] = best(days)

    # --- what follows -----------------------------------------------------------------------------

    @property
    def floor(self) -> int:
        """The boundary before which no unstarted work is scheduled."""
        return max(self.terms.as_of, self.terms.start)

    def span(self) -> tuple[int, int]:
        """The first and the last boundary of any date in the roadmap."""
        boundaries = [self.terms.as_of, self.terms.start]
        for kept in (self.begun, self.start_from, self.finish_from, self.start_by, self.finish_by):
            boundaries += kept.values()
        for start, finish in self.ended.values():
            boundaries += (start or finish, finish)
        return min(boundaries), max(boundaries) + 1

    def one_calendar(self) -> bool:
        """Whether everything, lags included, counts on one calendar."""
        used = {
            place
            for place, stands in zip(self.calendar, self.network.standing, strict=True)
            if stands != DROPPED
        }
        return used <= {self.calendars.all.index(self.calendars.roadmap)}


def remaining_days(length: int, percent: float) -> int:
    """What is left of `length` days, rounded up to a day. Exact for a percentage as written."""
    left = length * (100 - Decimal(repr(percent))) / 100
    return int(left.to_integral_value(ROUND_CEILING))
