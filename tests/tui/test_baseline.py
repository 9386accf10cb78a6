"""The baseline on the board: on and off, chosen, kept while the plan is edited."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from planner.session.session import Session
from planner.text.edits import RenameId, SetKey
from planner.tui.views.board import BoardView
from tests.git.clones import Clone
from tests.tui.conftest import SMALL, TODAY
from tests.tui.looking import Looked, looking

WIDE, NARROW = (120, 36), (80, 24)
MEETING = """
[meetings.joint]
title = "Joint review"
between = ["marketing", "it"]
last = 2027-03-01
"""


@pytest.fixture
def repository(tmp_path: Path) -> Clone:
    """SMALL and a joint meeting on the day of its first revision; then a longer push."""
    clone = Clone(tmp_path)
    clone.git("init", "-q")
    clone.commit("roadmap.toml", SMALL + MEETING, "First")
    later = SMALL.replace("status_date = 2027-03-01", "status_date = 2027-03-02")
    clone.commit("roadmap.toml", later.replace('["2w", "3w", "5w"]', '"4w"') + MEETING, "Second")
    return clone


def session_of(clone: Clone) -> Session:
    return Session.open(clone.top / "roadmap.toml", today=TODAY)


def board(screen: Looked) -> BoardView:
    assert isinstance(screen.app.screen, BoardView)
    return screen.app.screen


async def pressed(screen: Looked, *keys: str) -> Looked:
    """Keys, and what is looked up after them."""
    await screen.press(*keys)
    await screen.app.workers.wait_for_complete()
    return await screen.rest()


def cells(screen: Looked, title: str) -> list[str]:
    return screen.row(title).line.split()


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=str)
async def test_the_board_with_a_baseline(
    repository: Clone, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    async with looking(session_of(repository), size) as screen:
        await pressed(screen, "b")
        await screen.press("j")
        await screen.rest()
        assert screen.body == snapshot


async def test_b_shows_what_moved_since_the_last_meeting_and_hides_it(repository: Clone) -> None:
    async with looking(session_of(repository), NARROW) as screen:
        assert "▁" not in screen.body
        await pressed(screen, "b")
        assert "since 1 Mar" in screen.lines[2]
        assert "Moved" in screen.lines[2]
        assert "+6d" in cells(screen, "Web push")
        assert "+6d" in cells(screen, "Spring launch"), "a milestone, too"
        assert screen.row("Spring launch").has("▁")
        await pressed(screen, "b")
        assert "▁" not in screen.body
        assert "Moved" not in screen.lines[2]
        await pressed(screen, "b")
        assert "Moved" in screen.lines[2], "the same one again"


async def test_a_revision_is_chosen_by_its_subject(repository: Clone) -> None:
    async with looking(session_of(repository), WIDE) as screen:
        await pressed(screen, "B")
        assert "Ana  Second" in screen.text
        (hash, *_) = repository.git("log", "-1", "--format=%h", "--abbrev=7").split()
        assert hash in screen.text
        await pressed(screen, *"second", "enter")
        assert "since 2 Mar" in screen.lines[2]
        assert "·" in cells(screen, "Web push")


async def test_a_day_is_chosen_as_people_type_it(repository: Clone) -> None:
    async with looking(session_of(repository), WIDE) as screen:
        await pressed(screen, "B", *"1 mar", "enter")
        assert "since 1 Mar" in screen.lines[2]
        assert "+6d" in cells(screen, "Web push")


async def test_what_is_no_revision_is_said(repository: Clone) -> None:
    async with looking(session_of(repository), WIDE) as screen:
        await pressed(screen, "B", *"zzzzz", "enter")
        assert "zzzzz" in screen.foot
        assert "Moved" not in screen.lines[2]


async def test_it_stays_while_the_plan_is_edited(repository: Clone) -> None:
    async with looking(session_of(repository), WIDE) as screen:
        await pressed(screen, "b")
        changes = board(screen).changes
        changes.make(SetKey("initiatives", "profile-api", ("estimate",), "5w"))
        await screen.rest()
        assert "+11d" in cells(screen, "Web push")
        changes.make(RenameId("initiatives", "web-push", "push"))
        await screen.rest()
        assert "+11d" in cells(screen, "Web push"), "also under another id"
        await screen.press("u", "u")
        await screen.rest()
        assert "+6d" in cells(screen, "Web push")


async def test_it_stays_while_another_view_is_looked_at(repository: Clone) -> None:
    async with looking(session_of(repository), WIDE) as screen:
        await pressed(screen, "b")
        await screen.press("2", "1")
        await screen.rest()
        assert "Moved" in screen.lines[2]


async def test_without_a_meeting_it_asks_which(repository: Clone) -> None:
    repository.write("roadmap.toml", SMALL)
    async with looking(session_of(repository), WIDE) as screen:
        await pressed(screen, "b")
        assert "Compare with the plan of" in screen.text
        await screen.press("escape")
        assert "Moved" not in screen.lines[2]


async def test_without_a_repository_it_says_so(small: Session) -> None:
    async with looking(small, WIDE) as screen:
        await pressed(screen, "b")
        assert "in no git repository" in screen.foot


@pytest.mark.one_in(2)
@pytest.mark.parametrize("width", [60, 80, 100, 120, 160, 200])
async def test_the_column_fits_at_every_width(repository: Clone, width: int) -> None:
    async with looking(session_of(repository), (width, 24)) as screen:
        await pressed(screen, "b")
        assert "Moved" in screen.lines[2]
        assert "+6d" in cells(screen, "Web push")
