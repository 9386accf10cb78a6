"""Which launch a roadmap is about: its main launch.

It is the one that `[roadmap] main_launch` names, else the launch that misses its deadline or its
announced day by most, else the launch that finishes last; without launches what misses its deadline
by most, else what has the last deadline, else what finishes last. Ties go to the first id. Whoever
asks gives only what may be it: work with dates that is not finished and, where there is any such,
more than proposed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from planner.roadmap.entities import Initiative
from planner.schedule.shift import Shift

Aim = tuple[Initiative, date]
"""What may be the main launch, with the last day on which it finishes."""

Late = Callable[[date | None, date | None], Shift | None]
"""By how much a day is after its limit (`Schedule.late`)."""

Ranked = tuple[tuple[int, ...], str]


def main_launch(aims: Iterable[Aim], named: str | None, late: Late) -> str | None:
    """The id of the main launch; None where there is nothing that could be it."""
    every = list(aims)
    if any(one.id == named for one, _ in every):
        return named
    launches = [aim for aim in every if aim[0].is_launch]
    return (
        _most(_missing(launches, late))
        or _most(_finishing(launches))
        or _most(_missing(every, late))
        or _most((_at(one.deadline), one.id) for one, _ in every if one.deadline)
        or _most(_finishing(every))
    )


def _most(ranked: Iterable[Ranked]) -> str | None:
    """Of what ranks highest, the first id."""
    found = list(ranked)
    highest = max((rank for rank, _ in found), default=())
    return min((id for rank, id in found if rank == highest), default=None)


def _missing(aims: Iterable[Aim], late: Late) -> Iterator[Ranked]:
    for one, finish in aims:
        shifts = (late(day, finish) for day in (one.deadline, one.announced))
        for shift in filter(None, shifts):
            yield shift.size, one.id


def _finishing(aims: Iterable[Aim]) -> Iterator[Ranked]:
    return ((_at(finish), one.id) for one, finish in aims)


def _at(day: date) -> tuple[int, ...]:
    return (day.toordinal(),)
