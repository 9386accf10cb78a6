"""`W`: the difference, a message, then the roadmap's files are saved and committed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from planner.session.session import Session
from planner.text.edits import SetKey
from planner.tui.dialogs.ask import AskDialog
from planner.tui.dialogs.commit import CommitDialog
from tests.git.clones import Clone, clone_at
from tests.terminals import Terminal
from tests.tui.conftest import SMALL, TODAY
from tests.tui.looking import Looked, looking
from tests.tui.test_colours import hard_to_read

SHORTER = SetKey("initiatives", "profile-api", ("estimate",), "3w")


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clone:
    made = clone_at(tmp_path / "clone")
    for name, value in made.environment.items():
        monkeypatch.setenv(name, value)
    made.commit("roadmap.toml", SMALL)
    made.write("staged.txt", "staged\n")
    made.git("add", "staged.txt")
    return made


async def asked(screen: Looked) -> Looked:
    await screen.press("W")
    await screen.app.workers.wait_for_complete()
    return await screen.rest()


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_the_difference_is_seen_and_committed(
    clone: Clone, snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    hook = clone.write(".git/hooks/pre-commit", "#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    session = Session.open(clone.top / "roadmap.toml", today=TODAY)
    async with looking(session, size) as screen:
        view = screen.app.stage()
        assert view is not None
        view.changes.make(SHORTER)
        assert "1 unsaved" in screen.header
        await asked(screen)
        assert screen.body == snapshot(name="in words")
        assert not hard_to_read(screen.app)
        await screen.press("tab")
        assert '+estimate = "3w"' in screen.text
        assert screen.body == snapshot(name="as text")
        await screen.press("end", *" (agreed)", "enter")
        await screen.app.workers.wait_for_complete()
        await screen.rest()
        assert "unsaved" not in screen.header
        subject = "profile-api: estimate 4w → 3w (agreed)"
        assert subject in screen.foot
        assert clone.git("log", "-1", "--format=%s") == f"{subject}\n"
        assert clone.git("status", "--porcelain") == "A  staged.txt\n"
        await asked(screen)
        assert "Nothing to commit" in screen.foot


async def test_the_history_on_screen_has_the_new_commit(clone: Clone) -> None:
    clone.git("commit", "-q", "--amend", "--no-edit", "--date", "2027-03-01T12:00:00")
    session = Session.open(clone.top / "roadmap.toml", today=TODAY)
    async with looking(session, (120, 36)) as screen:
        await screen.press("9")
        await screen.app.workers.wait_for_complete()
        await screen.rest()
        view = screen.app.stage()
        assert view is not None
        view.changes.make(SHORTER)
        await asked(screen)
        await screen.press("enter")
        await screen.app.workers.wait_for_complete()
        await screen.rest()
        head = clone.git("rev-parse", "HEAD").strip()
        shown = view.found  # type: ignore[attr-defined]
        revisions = {step.revision.commit for trend in shown.trends for step in trend.steps}
        assert head in revisions


async def test_where_it_cannot_be_committed_saving_alone_is_asked(clone: Clone) -> None:
    session = Session.open(clone.top / "roadmap.toml", today=TODAY)
    clone.write(".git/MERGE_HEAD", clone.git("rev-parse", "HEAD"))
    async with looking(session) as screen:
        view = screen.app.stage()
        assert view is not None
        await asked(screen)
        assert "a merge is under way" in screen.foot
        view.changes.make(SHORTER)
        await asked(screen)
        assert isinstance(screen.app.screen, AskDialog)
        assert "a merge is under way" in screen.text
        await screen.press("enter")
        assert session.unsaved == 1
        await asked(screen)
        await screen.press("right", "enter")
        assert session.unsaved == 0
        assert clone.git("rev-list", "--count", "HEAD").strip() == "1"


async def test_escape_and_an_empty_message_commit_nothing(clone: Clone) -> None:
    session = Session.open(clone.top / "roadmap.toml", today=TODAY)
    async with looking(session) as screen:
        view = screen.app.stage()
        assert view is not None
        view.changes.make(SHORTER)
        await asked(screen)
        await screen.press("ctrl+u", "enter")
        assert isinstance(screen.app.screen, CommitDialog)
        assert "needs a message" in screen.text
        await screen.press("escape")
        assert session.unsaved == 1
        assert clone.git("rev-list", "--count", "HEAD").strip() == "1"


def test_in_a_terminal_from_an_edit_to_the_commit(clone: Clone, tmp_path: Path) -> None:
    command = (sys.executable, "-m", "planner", "--as-of", "2027-03-01", str(clone.top))
    variables = {**clone.environment, "XDG_STATE_HOME": str(tmp_path / "state")}
    with Terminal(command, 80, 24, **variables) as terminal:
        terminal.wait_for("Spring launch")
        terminal.press(":", *"profile-api", "enter")
        terminal.settle()
        terminal.press("=", *"3w", "enter")
        terminal.wait_for("unsaved")
        terminal.press("W")
        terminal.wait_for("Commit 1 file on main", "profile-api: estimate 4w → 3w")
        terminal.press("enter")
        terminal.wait_for("Committed main")
        terminal.press("q")
        assert terminal.wait_exit() == 0
    assert clone.git("log", "-1", "--format=%s") == "profile-api: estimate 4w → 3w\n"
    assert clone.git("status", "--porcelain") == "A  staged.txt\n"
