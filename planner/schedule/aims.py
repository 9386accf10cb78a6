"""Main launch of a roadmap.

It is the one that `[roadmap] main_launch` names, else the launch that misses its deadline or its
announced date by most, else the launch that finishes last; without launches the initiative that
misses its deadline by most, else the one with the last deadline, else the last to finish. Ties go
to the first id. It is never finished, and only proposed where there is nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from planner.roadmap.entities import Initiative
from planner.schedule.shift import Shift


class Aim(Struct, frozen=True):
    """What may be the main launch: the last day on which it finishes, and what that misses."""

    initiative: Initiative
    finish: date
    missed: Shift | None

    @property
    def id(self) -> str:
        """The initiative's id."""
        return self.initiative.id


Ranked = tuple[tuple[int, ...], str]


def main_of(aims: Iterable[Aim]) -> str | None:
    """The id of the main one of all launches or, where there is none, of all work."""
    every = list(aims)
    without_launches = not any(aim.initiative.is_launch for aim in every)
    due = ((aim.initiative.deadline, aim.id) for aim in every if without_launches)
    return (
        _most((aim.missed.size, aim.id) for aim in every if aim.missed)
        or _most((_at(day), id) for day, id in due if day)
        or _most((_at(aim.finish), aim.id) for aim in every)
    )


def _most(ranked: Iterable[Ranked]) -> str | None:
    """Of what ranks highest, the first id."""
    found = list(ranked)
    highest = max((rank for rank, _ in found), default=())
    return min((id for rank, id in found if rank == highest), default=None)


def _at(day: date) -> tuple[int, ...]:
    return (day.toordinal(),)
