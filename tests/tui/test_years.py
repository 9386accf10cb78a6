"""A plan over several years: every day that is not this year's says which year's it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.cli.shared.timeline import timeline_text
from planner.pages.lines import plain
from planner.pages.why import why_page
from planner.session.session import Session
from planner.text.edits import SetKey
from planner.tui.board.scale import YEARS, Scale, labels
from tests.tui.looking import looking

LONG = """
[roadmap]
title = "Long"
start = 2027-03-01
status_date = 2027-03-01
[teams.crm]
title = "CRM"
portfolio = "marketing"

[initiatives.foundation]
owner = "crm"
estimate = "60w"
[initiatives.campaign]
owner = "crm"
estimate = "60w"
needs = ["foundation"]
deadline = 2029-03-01
"""
SIZES = [(80, 24), (120, 36), (200, 60)]


@pytest.mark.parametrize("size", SIZES)
async def test_the_board_shows_years(
    roadmap: Callable[[str], Session], size: tuple[int, int]
) -> None:
    async with looking(roadmap(LONG), size) as board:
        campaign = board.row("campaign").line
        finish = board.app.screen.plan.schedule.get("campaign").finish  # type: ignore[attr-defined]
        assert f"{finish:%-d %b %Y} " in campaign
        assert re.search(r"2027\b.*2028\b", board.lines[2])
        assert f"campaign {finish:%-d %b %Y}" in board.header


async def test_the_pane_shows_years(roadmap: Callable[[str], Session]) -> None:
    async with looking(roadmap(LONG), (120, 36)) as board:
        await board.press("G")
        await board.rest()
        assert "deadline   1 Mar 2029, " in board.text
        assert re.search(r"– \d+ [A-Z][a-z]+ 2029", board.text)


async def test_a_plan_of_one_year_shows_none(small: Session) -> None:
    async with looking(small) as board:
        assert "16 Apr " in board.row("Spring launch").line
        assert "2027" not in "\n".join(board.lines[3:])
        assert "2027" in board.lines[2]


async def test_columns_grow_when_an_edit_reaches_into_another_year(small: Session) -> None:
    async with looking(small) as board:
        edit = SetKey("initiatives", "web-push", ("estimate",), "60w")
        board.app.screen.changes.make(edit)  # type: ignore[attr-defined]
        await board.rest()
        assert re.search(r"\d [A-Z][a-z]{2} 2028 ", board.row("Spring launch").line)
        starts = {line.rindex(" Float") for line in board.lines if " Float" in line}
        assert len(starts) == 1


def test_commands_show_years(roadmap: Callable[[str], Session]) -> None:
    plan = roadmap(LONG).plan
    table = "\n".join(timeline_text(plan))
    assert re.search(r"campaign .* \d+ [A-Z][a-z]+ 2028 +\d+ [A-Z][a-z]+ 2029 ", table)
    why = "\n".join(plain(why_page(plan, "campaign", 100)))
    assert "deadline 1 Mar 2029" in why


@given(
    st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    st.integers(12, 300),
    st.sampled_from([0.25, 0.5, 1.0, 2.7, 3.0, 9.0, 20.0, 40.0]),
)
def test_the_axis_says_its_first_year(origin: date, width: int, days: float) -> None:
    scale = Scale(origin, days, width)
    first = labels(scale).split("  ")[0] if days <= YEARS else labels(scale)
    assert re.search(r"\b20\d\d\b", labels(scale)), (scale, first)


async def test_what_is_in_hand_is_said_where_all_has_no_room(
    roadmap: Callable[[str], Session],
) -> None:
    async with looking(roadmap(LONG)) as board:
        board.app.screen.trail.jump("initiatives", "campaign")  # type: ignore[attr-defined]
        await board.rest()
        await board.press("m")
        assert re.search(r"moving [a-z-]*campaign: \d+ \w+ 2028 – \d+ \w+ 2029", board.state)
