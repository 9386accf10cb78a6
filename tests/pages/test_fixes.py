"""The fixes of a conflict: `planner check --fix` and the conflicts view."""

from __future__ import annotations

from collections.abc import Callable

from planner.session.session import Session
from planner.tui.views.conflicts import ConflictsView
from tests.cli.conftest import Run
from tests.pages import shown_on
from tests.tui.looking import looking
from tests.tui.test_conflicts_view import LATE, opened

NAME = "DATE01:spring-launch"


def words(lines: list[str]) -> list[str]:
    """The words of fixes without their numbers and marks."""
    return [word for line in lines for word in line.split() if word not in "▸·" and word[1:] != "."]


async def test_command_and_view_say_the_same_of_each_fix(
    run: Run, roadmap: Callable[[str], Session]
) -> None:
    session = roadmap(LATE)
    printed = run("check", str(session.path), "--fix", NAME, "--dry-run").out.splitlines()
    first = next(at for at, line in enumerate(printed) if line.startswith("  1. "))
    last = next(at for at, line in enumerate(printed) if line.startswith("  not applied: "))
    async with looking(session, (120, 60)) as screen:
        await opened(screen)
        view = screen.app.screen
        assert isinstance(view, ConflictsView)
        page = view.both.page.shown
        shown = shown_on(page)[page.places[0][0] : page.places[-1][1] + 1]
        assert words(printed[first:last]) == words(shown)
        assert "needs agreement: IT, Marketing" in " ".join(shown)
