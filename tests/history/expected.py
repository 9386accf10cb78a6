"""What history.md says of a step, reckoned again: three dates, and what moved the date by edits.

Every cause is tried both ways on plans of `tests.history.reckoning`: what the step's facts leave
open is *seen*, and each table that differs is put into it alone, or taken out of *now*.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import combinations
from typing import NamedTuple

from tests.history.reckoning import Reckoning, Working
from tests.history.roadmaps import Set, State, Where

FACTS = ("status", "actual_start", "actual_finish", "percent_complete", "remaining")
MOST = 3
"""No more tables are named together where none moves the date by itself."""


Causes = frozenset[frozenset[Where]]
"""The tables that are named: any one of these sets, where several are the smallest."""


class Moment(NamedTuple):
    """A revision: its tables, and the day at which it is planned."""

    state: State
    as_of: date


class Step(NamedTuple):
    """From one revision to the next, of one launch. `days` counts working days, later positive."""

    then: date
    seen: date
    now: date
    time: int
    edits: int
    causes: Causes


def step(
    before: Moment, after: Moment, launch: str, renames: Mapping[str, str], last: Moment
) -> Step:
    """The step of a launch, named as it is after it; `renames` are ids then and now.

    Days are counted on the calendar of the `last` revision, so that the steps of a story add up.
    """
    old = renamed(before.state, renames)
    seen_state = with_facts(old, after.state)
    seen = _finish(seen_state, after.as_of, launch)
    was = next((a for a, b in renames.items() if b == launch), launch)
    then, now = _finish(*before, was), _finish(*after, launch)
    calendar = Reckoning(last.state.tables, last.as_of).calendar
    return Step(
        then,
        seen,
        now,
        _days(calendar, then, seen),
        _days(calendar, seen, now),
        causes(seen_state, after, launch),
    )


def renamed(state: State, renames: Mapping[str, str]) -> State:
    for old, new in renames.items():
        state = state.renamed(old, new)
    return state


def with_facts(state: State, later: State) -> State:
    """A text with the facts of a later one, of the initiatives that both have."""
    rows = {**state.tables["initiatives"]}
    for id in rows.keys() & later.tables["initiatives"].keys():
        facts = {k: v for k, v in later.tables["initiatives"][id].items() if k in FACTS}
        rows[id] = {k: v for k, v in rows[id].items() if k not in FACTS} | facts
    settings = {**state.tables["roadmap"][""]}
    settings.pop("status_date", None)
    if day := later.tables["roadmap"][""].get("status_date"):
        settings["status_date"] = day
    return state._replace(tables={**state.tables, "initiatives": rows, "roadmap": {"": settings}})


def causes(seen: State, after: Moment, launch: str) -> Causes:
    """The tables that the date would not have moved without."""
    now, tables = after.state, sorted(seen.differing(after.state))
    first, last = _finish(seen, after.as_of, launch), _finish(now, after.as_of, launch)
    if first == last:
        return frozenset((frozenset(),))
    later = last > first

    def further(day: date, other: date) -> bool:
        """Whether a day lies further in the direction of the whole move than another."""
        return day > other if later else day < other

    def with_(chosen: Iterable[Where]) -> date:
        return _finish(_taking(seen, now, chosen), after.as_of, launch)

    def without(one: Where) -> date:
        return _finish(_taking(now, seen, [one]), after.as_of, launch)

    found = {one for one in tables if with_([one]) != first or further(last, without(one))}
    if found:
        return frozenset((frozenset(found),))
    for size in range(2, MOST + 1):
        sets = {frozenset(each) for each in combinations(tables, size) if with_(each) != first}
        if sets:
            return frozenset(sets)
    return frozenset((frozenset(),))


def _taking(state: State, other: State, tables: Iterable[Where]) -> State:
    """A state with some tables as another one has them."""
    return state.edited(Set(k, i, None, other.tables.get(k, {}).get(i)) for k, i in tables)


def _finish(state: State, as_of: date, launch: str) -> date:
    """When a launch finishes; launches are there from the beginning."""
    finish = Reckoning(state.tables, as_of).finish(launch)
    assert finish
    return finish


def _days(calendar: Working, first: date, last: date) -> int:
    """Working days from the closing of a day to that of another, on the roadmap's calendar."""
    return calendar.number(last.toordinal() + 1) - calendar.number(first.toordinal() + 1)
