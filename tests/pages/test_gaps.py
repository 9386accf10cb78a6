"""Gaps and overlaps: `planner gaps` and the gaps view."""

from __future__ import annotations

from pathlib import Path

from planner.session.session import Session
from planner.tui.views.gaps import GapsView
from tests.cli.conftest import Run
from tests.pages import shown_on
from tests.tui.looking import looking


async def test_the_screen_says_of_each_thing_what_the_command_says(run: Run, acme: str) -> None:
    printed = run("gaps", acme).out.splitlines()
    async with looking(Session.open(Path(acme)), (120, 36)) as screen:
        await screen.press("c")
        await screen.rest()
        view = screen.app.screen
        assert isinstance(view, GapsView)
        names = [row.name for row in view.named if row.name is not None]
        assert len(names) > 40
        for name in names:
            shown = [f"  {line}" for line in shown_on(view.page(name, 98))]
            at = printed.index(shown[0])
            assert printed[at : at + len(shown)] == shown
