"""How far a hand-over is agreed: one reading of the days that are written on its links."""

from __future__ import annotations

from datetime import date

import pytest

from planner.roadmap.answers import handover_state
from planner.roadmap.quantities import Need, parse_need


def day(number: int) -> date:
    return date(2027, 3, number)


def test_nothing_was_said() -> None:
    assert handover_state([Need(on="a"), Need(on="a", promised=day(9))]) == ("not asked", None)


@pytest.mark.parametrize(
    ("days", "state", "on"),
    [
        ({"asked": 1}, "asked", 1),
        ({"asked": 1, "declined": 2}, "declined", 2),
        ({"asked": 3, "declined": 2}, "asked", 3),
        ({"declined": 2, "agreed": 5}, "agreed", 5),
        ({"declined": 5, "agreed": 2}, "declined", 5),
        ({"asked": 4, "declined": 4, "agreed": 4}, "agreed", 4),
        ({"agreed": 2, "accepted": 8}, "accepted", 8),
        ({"accepted": 8, "agreed": 9}, "accepted", 8),
        ({"accepted": 8, "declined": 9}, "declined", 9),
        ({"agreed": 2, "rejected": 8}, "not accepted", 8),
        ({"accepted": 8, "rejected": 9}, "not accepted", 9),
        ({"accepted": 9, "rejected": 8}, "accepted", 9),
        ({"accepted": 8, "rejected": 8}, "accepted", 8),
        ({"accepted": 7, "rejected": 8, "agreed": 9}, "agreed", 9),
    ],
)
def test_what_was_said_last_holds(days: dict[str, int], state: str, on: int) -> None:
    said = {key: day(number) for key, number in days.items()}
    assert handover_state([parse_need({"on": "a", **said})]) == (state, day(on))
    each = [parse_need({"on": "a", key: value}) for key, value in said.items()]
    assert handover_state(reversed(each)) == (state, day(on)), "links of a pair are one hand-over"
