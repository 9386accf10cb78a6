"""Outcomes: `planner outcomes` and the outcomes view."""

from __future__ import annotations

from pathlib import Path

from planner.session.session import Session
from planner.tui.views.outcomes import OutcomesView
from tests.cli.conftest import Run
from tests.pages import shown_on
from tests.tui.looking import looking


async def test_the_screen_says_of_each_row_what_the_command_says(run: Run, acme: str) -> None:
    printed = run("outcomes", acme).out.splitlines()
    async with looking(Session.open(Path(acme)), (120, 36)) as screen:
        await screen.press("8")
        await screen.rest()
        view = screen.app.screen
        assert isinstance(view, OutcomesView)
        rows = [row for row in view.listing.rows if row.key is not None]
        assert len(rows) > 8
        for row in rows:
            shown = shown_on(row.page(100))
            at = printed.index(shown[0])
            assert printed[at : at + len(shown)] == shown
