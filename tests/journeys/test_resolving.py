"""Two branches that changed one key: a real merge stops, a person decides, git takes the file."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from planner.text.document import Document
from tests.git.clones import Clone, clone_at
from tests.terminals import Terminal

PLANNER = [sys.executable, "-m", "planner"]
BASE = """[roadmap]
title = "Joint"

[initiatives.api]
portfolio = "it"
estimate = "2w"

[initiatives.push]
portfolio = "marketing"
title = "Push" # said often
estimate = "3w"
needs = ["api"]
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[2]))
    return tmp_path


@pytest.fixture
def stopped(here: Path) -> Clone:
    """A merge that stopped: both sides gave push another estimate and another title."""
    clone = clone_at(here)
    clone.commit("roadmap.toml", BASE, "Base")
    clone.planner("git", "install", "roadmap.toml")
    clone.git("add", "-A")
    clone.git("commit", "-q", "-m", "Set up")
    clone.git("checkout", "-q", "-b", "side")
    clone.commit("roadmap.toml", BASE.replace('"3w"', '"9w"').replace('"Push"', '"Web push"'))
    clone.git("checkout", "-q", "main")
    clone.commit("roadmap.toml", BASE.replace('"3w"', '"5w"').replace('"Push"', '"App push"'))
    clone.git("merge", "side", fails=True)
    assert "<<<<<<<" in clone.read("roadmap.toml")
    return clone


def settled(clone: Clone) -> dict[str, object]:
    """What push says in the file, which has to parse, and which git has to take."""
    raw = (clone.top / "roadmap.toml").read_bytes()
    clone.git("add", "roadmap.toml")
    clone.git("commit", "-q", "-m", "Merged")
    assert clone.git("status", "--porcelain") == ""
    return dict(Document.parse(raw, "roadmap.toml").tables["initiatives"]["push"])


def test_each_key_is_decided_and_git_takes_the_file(stopped: Clone) -> None:
    with Terminal([*PLANNER, "resolve", "roadmap.toml"]) as terminal:
        terminal.wait_for("0 of 2 resolved", "initiatives.push.title", "initiatives.push.estimate")
        terminal.press("enter")
        terminal.wait_for("2 unresolved")
        terminal.press("o", "t")
        terminal.wait_for("enter saves roadmap.toml")
        terminal.press("enter")
        terminal.wait_for("Next: git add roadmap.toml")
        terminal.press("enter")
        assert terminal.wait_exit() == 0
        assert "none unresolved, 2 resolved; next: `git add roadmap.toml`" in terminal.left
    push = settled(stopped)
    assert (push["title"], push["estimate"]) == ("App push", "9w")
    assert "# said often" in stopped.read("roadmap.toml")


def test_escape_leaves_the_file_as_it_was(stopped: Clone) -> None:
    before = stopped.read("roadmap.toml")
    with Terminal([*PLANNER, "resolve", "roadmap.toml"]) as terminal:
        terminal.wait_for("0 of 2 resolved")
        terminal.press("T")
        terminal.wait_for("2 of 2 resolved")
        terminal.press("esc")
        assert terminal.wait_exit() == 1
    assert stopped.read("roadmap.toml") == before


def test_opening_it_offers_to_resolve_and_then_shows_the_plan(stopped: Clone) -> None:
    with Terminal([*PLANNER, "roadmap.toml"], XDG_STATE_HOME=os.fspath(stopped.top)) as terminal:
        terminal.wait_for("▸ Resolve the merge, key by key")
        terminal.press("enter")
        terminal.wait_for("0 of 2 resolved")
        terminal.press("O", "enter")
        terminal.wait_for("Next: git add")
        terminal.press("enter")
        terminal.wait_for("App push", "? help")
        terminal.press("q")
        assert terminal.wait_exit() == 0
    assert stopped.read("roadmap.toml").count('"5w"') == 1
