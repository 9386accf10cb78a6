"""Header, consequence line and path on the screen speak of one launch, and none of an idea."""

from __future__ import annotations

from collections.abc import Callable

from planner.session.session import Session
from planner.text.edits import SetKey
from planner.tui.views.path import PathView
from tests.forty_one import IDEA, LAUNCH, LAUNCH_TITLE, forty_one
from tests.tui.looking import looking

Open = Callable[[str], Session]
WIDE = (120, 36)


async def test_header_state_and_path(roadmap: Open) -> None:
    async with looking(roadmap(forty_one()), WIDE) as screen:
        assert f"{LAUNCH_TITLE} 11 Jun  5d late" in screen.header
        assert LAUNCH_TITLE in screen.state
        assert screen.selected == LAUNCH
        await screen.press("3")
        await screen.rest()
        assert isinstance(screen.app.screen, PathView)
        assert screen.app.screen.target == LAUNCH


async def test_the_consequence_line(roadmap: Open) -> None:
    async with looking(roadmap(forty_one()), WIDE) as screen:
        for id, line in (
            ("step-2", f"{LAUNCH_TITLE} 14 Jun +1d"),
            (IDEA, f"{LAUNCH_TITLE} 11 Jun unchanged"),
        ):
            screen.app.screen.trail.jump("initiatives", id)  # type: ignore[attr-defined]
            await screen.rest()
            await screen.press("m", "greater_than_sign")
            assert line in screen.state
            await screen.press("escape")
            await screen.rest()


async def test_the_named_one_everywhere(roadmap: Open) -> None:
    session = roadmap(forty_one())
    session.apply(SetKey("roadmap", "", ("main_launch",), "piece-4"), "set")
    async with looking(session, WIDE) as screen:
        assert "piece-4 " in screen.header
        assert (
            session.preview(SetKey("initiatives", "step-2", ("estimate",), "3w")).consequence.target
            == "piece-4"
        )
        await screen.press("3")
        await screen.rest()
        assert isinstance(screen.app.screen, PathView)
        assert screen.app.screen.target == "piece-4"


TOLD = """
[roadmap]
start = 2027-03-01
status_date = 2027-03-01
[initiatives.peak]
title = "Peak"
kind = "campaign"
estimate = "4w"
announced = {}
[initiatives.audit]
estimate = "1w"
deadline = 2027-03-04
"""


async def test_an_announced_day_is_missed_or_kept_like_a_deadline(roadmap: Open) -> None:
    async with looking(roadmap(TOLD.format("2027-03-19")), WIDE) as screen:
        assert "Peak 26 Mar  5d late" in screen.header
        assert "peak (announced 19 Mar) is 5 working days late" in screen.state
    async with looking(roadmap(TOLD.format("2027-03-26")), WIDE) as screen:
        assert "Peak 26 Mar on time" in screen.header
