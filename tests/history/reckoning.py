"""A small forward pass, written from the rules of scheduling alone; nothing of planner is in it.

It knows what the generated histories use: calendars with holidays, the four links with a lag,
bounds that hold work back, work under way and finished work, and launches without a length. Days
are ordinals; a boundary is the day that opens there. Tables are as TOML has them, by kind and id;
the one of `[roadmap]` has the id ``""``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache, cached_property
from typing import Any

Table = Mapping[str, Any]
Tables = Mapping[str, Mapping[str, Table]]

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FIRST, LAST = date(2026, 1, 1).toordinal(), date(2030, 1, 1).toordinal()


class Working:
    """A calendar: the number of working days before each day, and each working day's."""

    def __init__(self, workdays: tuple[str, ...], off: frozenset[date]) -> None:
        self.week = len(workdays)
        self.before: list[int] = []
        self.days: list[int] = []
        holidays = {day.toordinal() for day in off}
        for day in range(FIRST, LAST):
            self.before.append(len(self.days))
            if WEEK[date.fromordinal(day).weekday()] in workdays and day not in holidays:
                self.days.append(day)

    def number(self, boundary: int) -> int:
        return self.before[boundary - FIRST]

    def opening(self, boundary: int) -> int:
        """The first working day at or after a boundary."""
        return self.days[self.number(boundary)]

    def closing(self, number: int) -> int:
        """The boundary at which so many working days are over."""
        return self.days[number - 1] + 1

    def length(self, written: str) -> int:
        """Working days of ``4w`` or ``20d``."""
        return int(written[:-1]) * (self.week if written.endswith("w") else 1)


@cache
def _working(workdays: tuple[str, ...], off: frozenset[date]) -> Working:
    return Working(workdays, off)


class Reckoning:
    """Where each initiative starts and finishes, as boundaries, at a status date."""

    def __init__(self, tables: Tables, as_of: date) -> None:
        self.tables, self.as_of = tables, as_of.toordinal()
        self.settings = tables["roadmap"][""]
        self.initiatives = tables["initiatives"]
        self.places: dict[str, tuple[int, int]] = {}
        self.calendars: dict[str, Working] = {}

    @cached_property
    def calendar(self) -> Working:
        """The roadmap's."""
        return self._named(self.settings.get("calendar", "standard"))

    def finish(self, id: str) -> date | None:
        """The day on which it is shown to finish; None where it is not in the schedule."""
        one = self.initiatives.get(id)
        if one is None or one.get("status") == "dropped":
            return None
        if _estimate(one) == "0d":
            return date.fromordinal(self._shown(id))
        return date.fromordinal(self._place(id)[1] - 1)

    def start(self, id: str) -> date:
        return date.fromordinal(self._place(id)[0])

    def own(self, id: str) -> Working:
        """Its own calendar, else its owner's, else the roadmap's."""
        one = self.initiatives[id]
        team = self.tables.get("teams", {}).get(one.get("owner", ""), {})
        named = one.get("calendar") or team.get("calendar") or self.settings.get("calendar")
        return self._named(named or "standard")

    def _named(self, id: str) -> Working:
        if id not in self.calendars:
            self.calendars[id] = self._calendar(id)
        return self.calendars[id]

    def _calendar(self, id: str) -> Working:
        table = self.tables.get("calendars", {}).get(id, {})
        off = frozenset(date.fromisoformat(day) for day in table.get("holidays", {}))
        return _working(tuple(table.get("workdays", WEEK[:5])), off)

    def _place(self, id: str) -> tuple[int, int]:
        if id not in self.places:
            self.places[id] = self._placed(id)
        return self.places[id]

    def _placed(self, id: str) -> tuple[int, int]:
        one, own = self.initiatives[id], self.own(id)
        begun, ended = self._known(one, "actual_start"), self._known(one, "actual_finish")
        if ended is not None:
            return (ended if begun is None else begun), ended + 1
        asked = list(self._asked(id))
        start = max(self._held(one), *(day for end, day in asked if end == "S"), 0)
        length = self._left(one, own)
        if length == 0:
            return start, start
        ends = [own.number(day) for end, day in asked if end == "F"]
        if bound := one.get("finish_no_earlier_than"):
            ends.append(own.number(own.opening(bound.toordinal()) + 1))
        last = max(own.number(own.opening(start)) + length, *ends, 0)
        return own.days[last - length], own.closing(last)

    def _known(self, one: Table, key: str) -> int | None:
        """A fact that is dated after the status date is none yet."""
        day = one.get(key)
        return day.toordinal() if day and day.toordinal() <= self.as_of else None

    def _held(self, one: Table) -> int:
        """The day before which it never starts."""
        begun = self._known(one, "actual_start")
        if begun is not None:
            return max(begun, self.as_of)
        first = self.settings.get("start")
        days = [self.as_of, first.toordinal() if first else self.as_of]
        if bound := one.get("start_no_earlier_than"):
            days.append(bound.toordinal())
        return max(days)

    def _left(self, one: Table, own: Working) -> int:
        whole = own.length(_estimate(one))
        if self._known(one, "actual_start") is None:
            return whole
        if "remaining" in one:
            return own.length(one["remaining"])
        done: int = one.get("percent_complete", 0)
        return -(-whole * (100 - done) // 100)

    def _asked(self, id: str) -> Iterator[tuple[str, int]]:
        """The end that each link holds back, and the boundary that it asks for."""
        for on, kind, lag in links(self.initiatives[id]):
            other = self.initiatives.get(on)
            if other is None or other.get("status") == "dropped":
                continue
            begun = self._known(other, "actual_start")
            start, finish = self._place(on)
            boundary = finish if kind[0] == "F" else start if begun is None else begun
            roadmaps = self.calendar
            if lag != "0d" and (days := roadmaps.length(lag)):
                boundary = roadmaps.closing(roadmaps.number(boundary) + days)
            yield kind[1], boundary

    def _shown(self, id: str) -> int:
        """A launch shows on the day that closes there, unless that is before it may be."""
        place, own = self._place(id)[0], self.own(id)
        ends = [day for _, day in self._asked(id) if own.number(day) == own.number(place)]
        closing = max(ends, default=0) - 1
        return closing if closing >= self._held(self.initiatives[id]) else place


def links(one: Table) -> Iterator[tuple[str, str, str]]:
    """Supplier, type and lag of each link: ``("a", "SS", "5d")``."""
    for need in one.get("needs", ()):
        if isinstance(need, Mapping):
            yield need["on"], need.get("type", "FS"), need.get("lag", "0d").lstrip("+")
            continue
        on, _, said = need.partition(" ")
        kind, _, lag = said.partition("+")
        yield on, kind or "FS", lag or "0d"


def _estimate(one: Table) -> str:
    return "0d" if one.get("kind") == "milestone" else str(one["estimate"])
