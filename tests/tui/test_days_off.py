"""What moves or is missed over a weekend is told as moved and missed on every screen."""

from __future__ import annotations

from collections.abc import Callable

from planner.session.session import Session
from tests.tui.looking import looking

SEVEN = """
[roadmap]
start = 2027-01-04
status_date = 2027-01-04
[calendars.seven]
workdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
[initiatives.shoot]
portfolio = "marketing"
estimate = "{}"
calendar = "seven"
[initiatives.wrap]
portfolio = "marketing"
kind = "milestone"
needs = ["shoot"]
deadline = 2027-01-08
"""


async def test_a_bar_stretched_over_a_weekend_moves_its_launch(
    roadmap: Callable[[str], Session],
) -> None:
    async with looking(roadmap(SEVEN.format("5d")), (120, 36)) as board:
        assert "on time" in board.header
        await board.press("slash", *"shoot", "enter")
        await board.rest()
        await board.press("j", "m", "greater_than_sign", "greater_than_sign")
        await board.rest()
        assert "+2 calendar days" in board.state
        assert "unchanged" not in board.state


async def test_a_deadline_missed_over_a_weekend_is_missed(
    roadmap: Callable[[str], Session],
) -> None:
    async with looking(roadmap(SEVEN.format("7d")), (120, 36)) as board:
        assert "2 calendar days late" in board.header
        assert "on time" not in board.header
        await board.press("slash", *"wrap", "enter")
        await board.rest()
        await board.press("j")
        await board.rest()
        assert "missed by 2 calendar days" in board.text
        await board.press("3")
        await board.rest()
        assert "2 calendar days late" in board.text
        assert "on time for" not in board.text
