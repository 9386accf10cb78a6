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
        rows = [row for row in view.listing.rows if row.key is not None]
        assert len(rows) > 40
        for row in rows:
            shown = [f"  {line}" for line in shown_on(row.page(98))]
            at = printed.index(shown[0])
            assert printed[at : at + len(shown)] == shown
