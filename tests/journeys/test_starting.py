"""Where there is no roadmap, where there are several, and where it can't be read."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.terminals import Terminal

PLANNER = [sys.executable, "-m", "planner"]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[2]))
    return tmp_path


def test_nothing_here_offers_to_start_one(here: Path) -> None:
    with Terminal(PLANNER) as terminal:
        terminal.wait_for("No roadmap here yet")
        terminal.press("enter")
        terminal.wait_for("Spring launch")
        assert (here / "roadmap.toml").is_file()
        terminal.press("q")
        assert terminal.wait_exit() == 0


def test_several_are_a_choice(here: Path) -> None:
    for name in ("one", "two"):
        text = f'[roadmap]\ntitle = "Plan {name}"\n[initiatives.{name}]\nestimate = "2w"\n'
        (here / f"{name}.toml").write_text(text, encoding="utf-8")
    with Terminal(PLANNER) as terminal:
        screen = terminal.wait_for("Which roadmap?")
        assert "one.toml" in screen
        terminal.press("down", "enter")
        terminal.wait_for("Plan two")


def test_a_file_that_can_not_be_read_is_shown_and_can_be_mended(here: Path) -> None:
    broken = here / "plan.toml"
    broken.write_text("[initiatives.a]\nestimate = \n", encoding="utf-8")
    editor = here / "editor"
    editor.write_text('#!/bin/sh\nsed -i \'s/= $/= "2w"/\' "$2"\n', encoding="utf-8")
    editor.chmod(0o755)
    with Terminal([*PLANNER, "plan.toml"], EDITOR=os.fspath(editor)) as terminal:
        screen = terminal.wait_for("can't be read")
        assert "✗    2 │ estimate =" in screen
        terminal.press("enter")
        terminal.wait_for("Float")
        terminal.press("q")
        assert terminal.wait_exit() == 0
    assert broken.read_text(encoding="utf-8") == '[initiatives.a]\nestimate = "2w"\n'


def test_a_bug_leaves_one_line_and_a_restored_terminal(here: Path) -> None:
    (here / "plan.toml").write_text('[initiatives.a]\nestimate = "2w"\n', encoding="utf-8")
    program = (
        "from planner.tui.screens.board import BoardView\n"
        "def bug(self): raise KeyError('a bug')\n"
        "BoardView.do_help = bug\n"
        "from planner.cli.main import main\n"
        "main(['plan.toml'])\n"
    )
    with Terminal([sys.executable, "-c", program], 100, 24) as terminal:
        terminal.wait_for("Float")
        terminal.press("?")
        assert terminal.wait_exit() == 3
        said = terminal.text
    assert "this is a bug in planner (KeyError)" in said
    assert "Traceback" not in said
