"""State of a handover (asked, agreed, declined), from the dates written on its links.

The latest date counts; on one date an answer is later than a request, and an agreement than a
refusal. Links between one pair of initiatives (start to start with finish to finish) are one
handover. Rules, views and commands all read the state here.

A counter does not change the state: until the other side answers, the state before it holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

from planner.roadmap.quantities import Need

Answer = Literal["not asked", "asked", "declined", "agreed", "accepted", "not accepted"]
"""State of a handover; accepted and not accepted ones had been agreed."""

DATED_STATES: tuple[tuple[str, Answer], ...] = (
    ("asked", "asked"),
    ("declined", "declined"),
    ("agreed", "agreed"),
    ("rejected", "not accepted"),
    ("accepted", "accepted"),
)
"""Keys of a link with the date of a state; on one date the later key counts."""


def handover_state(needs: Iterable[Need]) -> tuple[Answer, date | None]:
    """State of the handover that the links of one pair form, and its date.

    An agreement after an acceptance leaves it accepted.
    """
    said = sorted(
        (day, rank, state)
        for need in needs
        for rank, (key, state) in enumerate(DATED_STATES)
        if (day := getattr(need, key)) is not None
    )
    if not said:
        return "not asked", None
    day, _, state = said[-1]
    taken = [(day, state) for day, _, state in said if state in ("accepted", "not accepted")]
    if state == "agreed" and taken and taken[-1][1] == "accepted":
        return "accepted", taken[-1][0]
    return state, day
