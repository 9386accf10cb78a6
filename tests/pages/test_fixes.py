"""The fixes of a conflict: `planner check --fix` and the conflicts view."""

from __future__ import annotations

import re
from collections.abc import Callable

from planner.session.session import Session
from planner.tui.views.conflicts import ConflictsView
from tests.cli.conftest import Run
from tests.pages import shown_on
from tests.tui.looking import looking
from tests.tui.test_conflicts_view import LATE, opened

NAME = "DATE01:spring-launch"


def listed(printed: list[str]) -> list[tuple[str, str]]:
    """Title and consequence of each fix that the command lists, in the order of their numbers."""
    text = "\n".join(printed).partition("\n  not applied: ")[0]
    blocks = re.split(r"\n  \d+\. ", text)[1:]
    split = (block.split("\n", 1) for block in blocks)
    return [(title, one_line(told)) for title, told in split]


def one_line(text: str) -> str:
    return " ".join(text.replace(" · ", " ").split())


async def test_command_and_view_say_the_same_of_each_fix(
    run: Run, roadmap: Callable[[str], Session]
) -> None:
    session = roadmap(LATE)
    printed = run("check", str(session.path), "--fix", NAME, "--dry-run").out.splitlines()
    found = listed(printed)
    async with looking(session, (120, 60)) as screen:
        await opened(screen)
        view = screen.app.screen
        assert isinstance(view, ConflictsView)
        await screen.press("tab")
        assert len(found) == len(view.ways_out.found) >= 3
        for number, (title, told) in enumerate(found, 1):
            view.both.page.choose(number - 1)
            shown = "\n".join(shown_on(view.both.page.shown))
            assert re.search(rf"▸ ?{number} +(√ )?{re.escape(title)} ", shown)
            assert told in one_line(shown)
        assert "needs agreement: IT, Marketing" in one_line(shown)
