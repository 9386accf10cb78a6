"""Names of people, branches and machines are anybody's: hidden letters in them are shown."""

from __future__ import annotations

import fcntl
import json
from datetime import date
from pathlib import Path

import pytest

from planner.files.state import slug
from planner.session.session import Session
from planner.text.visible import visible
from tests.cli.conftest import Run
from tests.cli.conftest import run as run
from tests.git.clones import clone_at
from tests.tui.looking import looking

HIDDEN = "\u202e\u200b\x1b\x9b\u2066\U000e0041"
NAME = f"a{HIDDEN}b"
PLAN = '[roadmap]\nstart = 2027-03-01\n[initiatives.a]\nestimate = "2w"\n'


async def test_who_is_here(tmp_path: Path) -> None:
    clone = clone_at(tmp_path)
    path = clone.write("roadmap.toml", PLAN)
    (tmp_path / ".git" / "planner").mkdir()
    said = {"who": NAME, "host": NAME, "pid": 1, "started": 0, "file": str(path)}
    file = tmp_path / ".git" / "planner" / f"{slug(path)}.1-00000000.json"
    file.write_text(json.dumps(said | {"since": "2027-01-04T09:30:00"}))
    with file.open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        session = Session.open(path, today=date(2027, 1, 4), journal=True)
        assert [each.who for each in session.working_copy.others()] == [NAME]
        async with looking(session) as board:
            board.app.look_round()
            await board.rest()
            assert visible(NAME)[:4] in board.text
            assert not set(board.text) & set(HIDDEN)


def test_branches_and_authors(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    branch = "a\u202eb\u200b"
    clone = clone_at(tmp_path)
    clone.environment |= {"GIT_AUTHOR_NAME": NAME, "GIT_COMMITTER_NAME": NAME}
    clone.commit("roadmap.toml", PLAN)
    clone.git("switch", "-q", "-c", branch)
    clone.commit("roadmap.toml", PLAN.replace("2w", "3w"))
    clone.git("switch", "-q", "main")
    clone.commit("roadmap.toml", PLAN.replace("2w", "4w"))
    clone.git("switch", "-q", branch)
    clone.git("merge", "main", fails=True)
    monkeypatch.chdir(tmp_path)
    for words in (
        ("resolve", "--dry-run"),
        ("diff", branch, "-r", "roadmap.toml"),
        ("diff", "nowhere\u202e"),
        ("check", "--base", branch, "roadmap.toml"),
        ("git", "status", "roadmap.toml"),
    ):
        said = run(*words)
        assert not set(said.out + said.err) & set(HIDDEN), words
