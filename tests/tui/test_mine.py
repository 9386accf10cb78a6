"""`@me` in the terminal: who that is, is looked up beside the screen when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from planner.session.session import Session
from tests.tui.looking import Looked, looking

MINE = """
[roadmap]
title = "Mine"
start = 2027-03-01
status_date = 2027-03-01
[teams.crm]
portfolio = "marketing"
[teams.data]
portfolio = "it"
[people.ana]
team = "crm"
[initiatives.profile-api]
title = "Profile API"
owner = "data"
estimate = "4w"
[initiatives.web-push]
title = "Web push"
owner = "crm"
estimate = "3w"
needs = ["profile-api"]
[views.own]
query = "@me"
"""

Open = Callable[[str], Session]


@pytest.fixture(autouse=True)
def configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The configuration of Ana."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    file = tmp_path / "planner" / "config.toml"
    file.parent.mkdir()
    file.write_text('me = "ana"\n', encoding="utf-8")
    return file


async def looked_up(board: Looked) -> None:
    """Let the look-up end."""
    await board.app.workers.wait_for_complete()
    await board.pilot.pause()


async def test_my_work_is_shown_as_soon_as_it_is_known_who_i_am(roadmap: Open) -> None:
    async with looking(roadmap(MINE)) as board:
        await board.press("slash", "@", "m", "e")
        await looked_up(board)
        assert "1 of 2" in board.foot
        assert board.shows("Web push")
        assert not board.shows("Profile API")
        await board.press("enter")
        assert "/@me" in board.header


async def test_other_views_follow(roadmap: Open) -> None:
    async with looking(roadmap(MINE), (120, 36)) as board:
        await board.press("slash", *"@me", "enter")
        await looked_up(board)
        of_all = {f.key for f in board.app.desk.session.plan.findings if not f.waived}
        await board.press("2", "slash")
        found = [f for f in board.app.desk.session.plan.findings if "web-push" in f.initiatives]
        assert f"{len([f for f in found if not f.waived])} of {len(of_all)}" in board.foot


async def test_a_saved_view_can_ask_for_it(roadmap: Open) -> None:
    async with looking(roadmap(MINE)) as board:
        await board.press("colon", *"view: own", "enter")
        await looked_up(board)
        assert not board.shows("Profile API")
        assert "1 of 2 initiatives" in board.foot


async def test_what_is_missing_is_said_beside_the_filter(
    roadmap: Open, configuration: Path
) -> None:
    configuration.write_text('me = "anne"\n', encoding="utf-8")
    async with looking(roadmap(MINE)) as board:
        await board.press("slash", *"@me")
        await looked_up(board)
        assert "the configuration's me, anne, is nobody here" in board.foot


async def test_nobody_is_looked_up_for_another_filter(roadmap: Open) -> None:
    async with looking(roadmap(MINE)) as board:
        await board.press("slash", *"owner:crm", "enter")
        await looked_up(board)
        assert board.app.desk.who is None
