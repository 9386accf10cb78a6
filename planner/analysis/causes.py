"""Why edits moved a date: the tables that it would not have moved without.

The schedule is run again, in both directions: with one table's edit alone, and with all but that
one. A table is a cause where its edit alone moves the date, or where the date moves by less without
it. Where no table is one, it is the smallest set that moves the date.

A run answers for every initiative, and is kept: comparing hundreds of dates takes as many runs as
there are tables that can move one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import chain, combinations, islice
from typing import Any, Literal

from msgspec import Struct

from planner.network.walks import nearest, reached
from planner.plan.model import Plan, changed
from planner.roadmap.entities import SINGLES, Tables
from planner.roadmap.quantities import format_length, parse_estimate
from planner.roadmap.values import NotAllowedError
from planner.schedule.compute import Schedule
from planner.schedule.inputs import LATE, differing_inputs
from planner.text.differences import change
from planner.text.edits import Key

Where = tuple[str, str]
"""(kind, id) of a table; single tables have the id ``""``."""
End = Literal["start", "finish"]

MOST_TOGETHER = 3
"""How many tables a set has at most of which each alone, and the lack of each, moves nothing."""
MOST_SETS = 400
"""So many sets are tried at most, for all dates together; in a large plan fewer."""
MOST_TABLES, LEAST_TABLES = 60, 10
"""So many tables are tried at most, each with two runs."""
MOST_NODES = 120_000
"""So many initiatives are scheduled for it, in each direction: in a large plan fewer are tried."""


class Edited(Struct, frozen=True):
    """One table whose edit moves dates: the keys that do, and the edit in words."""

    kind: str
    id: str
    keys: tuple[Key, ...]
    text: str


class Found(Struct, frozen=True):
    """The causes of a move; `whole` where every table that can have moved it was tried."""

    causes: tuple[Edited, ...]
    whole: bool


class Causes:
    """What moved the dates of `now` away from those of `seen`, two plans at one moment.

    Both have the same facts, and a table has the same id in both.
    """

    def __init__(self, seen: Plan, now: Plan) -> None:
        self.seen = seen
        self.now = now
        self._sets = 0
        self._runs: dict[tuple[bool, frozenset[Where]], Schedule] = {}

    @cached_property
    def edited(self) -> Mapping[Where, Edited]:
        """The tables that differ in what dates are computed from."""
        found = {}
        for kind, id in sorted(changed(self.seen.tables, self.now.tables)):
            old, new = self.seen.written(kind, id), self.now.written(kind, id)
            keys = [key for key in differing_inputs(kind, old, new) if self._counts(kind, key)]
            there = [id in plan.tables.get(kind, {}) for plan in (self.seen, self.now)]
            if keys or (kind == "initiatives" and not all(there)):
                text = _words(kind, id, there, keys, old, new)
                found[kind, id] = Edited(kind, id, tuple((key,) for key in keys), text)
        return found

    def _counts(self, kind: str, key: str) -> bool:
        return kind != "initiatives" or key not in LATE or self._any_late

    @cached_property
    def _any_late(self) -> bool:
        return any(plan.schedule.work.late_wanted for plan in (self.seen, self.now))

    def of(self, id: str, end: End = "finish") -> Found:
        """The causes of one date's move, by kind and id; none where its edits moved nothing."""
        was, now = (_date(plan.schedule, id, end) for plan in (self.seen, self.now))
        if was == now:
            return Found((), whole=True)
        near = self._near(id)
        if len(near) == 1:  # nothing else can have moved it
            return Found((self.edited[near[0]],), whole=True)
        tried = [one for one in near if one in self._tried]
        found = [one for one in tried if self._is_cause(one, id, end, was, now)]
        found = found or self._together(tried, id, end, was, now)
        whole = len(tried) == len(near) and min(len(near), len(self.edited) - 1) < MOST_TABLES
        return Found(tuple(self.edited[one] for one in found), whole)

    def _is_cause(self, one: Where, id: str, end: End, was: date | None, now: date | None) -> bool:
        alone = _date(self._with([one]), id, end)
        if _moves(alone, was, now):
            return True
        return _falls_short(_date(self._without([one]), id, end), was, now)

    def _together(
        self, near: Sequence[Where], id: str, end: End, was: date | None, now: date | None
    ) -> list[Where]:
        """The smallest set that moves the date the way it went."""

        def moves(some: Iterable[Where]) -> bool:
            self._sets += 1
            return _went(_date(self._with(some), id, end), was, now)

        most = min(MOST_SETS, self._runs_for(4 * MOST_NODES))
        for size in range(2, MOST_TOGETHER + 1):
            for some in combinations(near, size):
                if self._sets < most and moves(some):
                    return list(some)
        left = list(near)
        for one in near:  # they are too many to try all sets: leave out one after the other
            less = [other for other in left if other != one]
            if self._sets < most + MOST_TABLES and moves(less):
                left = less
        return left[:MOST_TOGETHER]

    def _runs_for(self, nodes: int) -> int:
        """How often the plan can be scheduled so that so many initiatives are."""
        return nodes // max(1, len(self.now.network.ids))

    # --- which can --------------------------------------------------------------------------------

    def _near(self, id: str) -> list[Where]:
        """The tables that can move an initiative's dates: its own, those of what it waits for, and
        those of no initiative. What comes after it too, where that places it.
        """
        plans = (self.seen, self.now)
        if any(p.network.index.get(id) in p.schedule.work.late_wanted for p in plans):
            return list(self.edited)
        before = {one for near in self._before for one in near.get(id, (id,))}
        return [one for one in self.edited if one[0] != "initiatives" or one[1] in before]

    @cached_property
    def _before(self) -> tuple[dict[str, list[str]], ...]:
        """For each initiative the edited ones among itself and all that it waits for, in each plan;
        of many the nearest.
        """
        edited = {id for kind, id in self.edited if kind == "initiatives"}
        return tuple(_edited_before(plan, edited) for plan in (self.seen, self.now))

    @cached_property
    def _tried(self) -> set[Where]:
        """The tables that are tried: all, or of many those that the launches wait for."""
        most = max(LEAST_TABLES, min(MOST_TABLES, self._runs_for(MOST_NODES)))
        if len(self.edited) <= most:
            return set(self.edited)
        schedule = self.now.schedule
        main = [schedule.main_launch] if schedule.main_launch else []
        near = (self._near(id) for id in dict.fromkeys((*main, *schedule.launches)))
        return set(islice(dict.fromkeys(chain.from_iterable(near)), most))

    # --- runs -------------------------------------------------------------------------------------

    def _with(self, some: Iterable[Where]) -> Schedule:
        """The schedule of `seen` with the edits of some tables."""
        return self._run(self.seen, self.now, frozenset(some), alone=True)

    def _without(self, some: Iterable[Where]) -> Schedule:
        """The schedule of `now` without the edits of some tables."""
        return self._run(self.now, self.seen, frozenset(some), alone=False)

    def _run(self, plan: Plan, other: Plan, some: frozenset[Where], *, alone: bool) -> Schedule:
        found = self._runs.get((alone, some))
        if found is None:
            tables = exchanged(plan.tables, other.tables, some)
            found = self._runs[alone, some] = plan.with_tables(tables).schedule
        return found


def exchanged(tables: Tables, other: Tables, some: Iterable[Where]) -> Tables:
    """The tables with some of another roadmap's in their place; what that has not is not there."""
    found: dict[str, Mapping[str, Any]] = dict(tables)
    for kind, id in some:
        of_kind = dict(found.get(kind, {}))
        if id in other.get(kind, {}):
            of_kind[id] = other[kind][id]
        else:
            of_kind.pop(id, None)
        found[kind] = of_kind
    return found


def _edited_before(plan: Plan, edited: set[str]) -> dict[str, list[str]]:
    network = plan.network

    def before(id: str) -> list[str]:
        return [link.pred for link in network.links_into(id)]

    order = [network.ids[node] for node in network.order]
    found = nearest(order, before, edited, MOST_TABLES)
    circle = [id for id in network.ids if id not in found]
    return found | {id: reached([id], before) for id in circle}


# --- dates ----------------------------------------------------------------------------------------


def _date(schedule: Schedule, id: str, end: End) -> date | None:
    span = schedule.span(id)
    return None if span is None else span[0 if end == "start" else 1]


def _moves(day: date | None, was: date | None, now: date | None) -> bool:
    """Whether an edit moves the date; that it has none any more counts where that happened."""
    if was is None or now is None:
        return (day is None) == (now is None)
    return day is not None and day != was


def _falls_short(day: date | None, was: date | None, now: date | None) -> bool:
    """Whether the date moves by less than it did."""
    if was is None or now is None:
        return (day is None) == (was is None)
    return day is not None and (day < now if now > was else day > now)


def _went(day: date | None, was: date | None, now: date | None) -> bool:
    """Whether the date moves the way it did."""
    if was is None or now is None:
        return (day is None) == (now is None)
    return day is not None and (day > was if now > was else day < was)


# --- words ----------------------------------------------------------------------------------------


def _words(
    kind: str, id: str, there: Sequence[bool], keys: Sequence[str], old: Any, new: Any
) -> str:
    """``customer-sso 7w → 9w``, ``push needs +tags``, ``calendar X holidays +2027-05-06``."""
    name = id if kind == "initiatives" else " ".join(filter(None, (_ONE.get(kind, kind), id)))
    if kind not in SINGLES and not all(there):
        return f"{name} is {'new' if there[1] else 'gone'}"
    parts = (_key_words(key, old.get(key), new.get(key)) for key in keys)
    return f"{name} {', '.join(parts)}"


_ONE = {"calendars": "calendar", "teams": "team", "people": "person"}


def _key_words(key: str, old: Any, new: Any) -> str:
    if key == "estimate" and old is not None and new is not None:
        return f"{_length(old)} → {_length(new)}"
    if isinstance(old, Mapping) or isinstance(new, Mapping):
        old, new = (list(each) if isinstance(each, Mapping) else [] for each in (old, new))
    if key == "needs":
        old, new = (_links(each) for each in (old, new))
    return f"{key} {change(old, new)}"


def _length(estimate: Any) -> str:
    """The length that the schedule uses."""
    try:
        return format_length(parse_estimate(estimate).likely)
    except NotAllowedError:
        return change(estimate, estimate).partition(" → ")[0]


def _links(written: Any) -> Any:
    """The links without what was said about them."""
    if not isinstance(written, list):
        return written
    kept = ("on", "type", "lag")
    return [
        {key: each[key] for key in kept if key in each} if isinstance(each, Mapping) else each
        for each in written
    ]
