"""Where there is no roadmap, where there are several, and where it can't be read."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from tests.terminals import Terminal

ALTERNATE_SCREEN, MAIN_SCREEN = b"\x1b[?1049h", b"\x1b[?1049l"
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


def test_a_folder_that_was_deleted_is_left_with_a_line(here: Path) -> None:
    here.rmdir()
    with Terminal(PLANNER) as terminal:
        assert terminal.wait_exit() == 2
        assert "`cd`" in terminal.left
        assert "bug" not in terminal.left


def test_several_are_a_choice(here: Path) -> None:
    for name in ("one", "two"):
        text = f'[roadmap]\ntitle = "Plan {name}"\n[initiatives.{name}]\nestimate = "2w"\n'
        (here / f"{name}.toml").write_text(text, encoding="utf-8")
    with Terminal(PLANNER) as terminal:
        terminal.wait_for("Which roadmap?", "one.toml", "two.toml")
        terminal.press("down", "enter")
        terminal.wait_for("Plan two", "Float")


def test_a_file_that_can_not_be_read_is_shown_and_can_be_mended(here: Path) -> None:
    broken = here / "plan.toml"
    broken.write_text("[initiatives.a]\nestimate = \n", encoding="utf-8")
    editor = here / "editor"
    editor.write_text('#!/bin/sh\nsed -i \'s/= $/= "2w"/\' "$2"\n', encoding="utf-8")
    editor.chmod(0o755)
    with Terminal([*PLANNER, "plan.toml"], EDITOR=os.fspath(editor)) as terminal:
        terminal.wait_for("can't be read", "✗    2 │ estimate =")
        terminal.press("enter")
        terminal.wait_for("Float")
        terminal.press("q")
        assert terminal.wait_exit() == 0
    assert broken.read_text(encoding="utf-8") == '[initiatives.a]\nestimate = "2w"\n'


def test_a_bug_leaves_one_line_and_a_restored_terminal(here: Path) -> None:
    (here / "plan.toml").write_text('[initiatives.a]\nestimate = "2w"\n', encoding="utf-8")
    program = (
        "from planner.tui.views.board import BoardView\n"
        "def bug(self): raise KeyError('a bug')\n"
        "BoardView.do_help = bug\n"
        "from planner.__main__ import main\n"
        "main(['plan.toml'])\n"
    )
    with Terminal([sys.executable, "-c", program], 100, 24) as terminal:
        terminal.wait_for("Float")
        terminal.press("?")
        assert terminal.wait_exit() == 3
        said = terminal.left
    assert "this is a bug in planner (KeyError)" in said
    assert "Traceback" not in said


def test_an_editor_that_is_not_there_brings_the_same_screen_back(here: Path) -> None:
    (here / "plan.toml").write_text("[initiatives.a]\nestimate = \n", encoding="utf-8")
    with Terminal([*PLANNER, "plan.toml"], EDITOR="no-such-editor") as terminal:
        terminal.wait_for("can't be read")
        terminal.press("enter")
        terminal.wait_for(
            lambda _: terminal.written.count(ALTERNATE_SCREEN) == 2, "can't be read", "estimate ="
        )
        terminal.press("q")
        assert terminal.wait_exit() == 2


def test_a_file_that_is_gone_comes_back_with_what_was_unsaved(here: Path) -> None:
    plan = here / "plan.toml"
    plan.write_text('[initiatives.a]\nestimate = "2w"\n', encoding="utf-8")
    state = os.fspath(here / "state")
    with Terminal([*PLANNER, "plan.toml"], XDG_STATE_HOME=state) as terminal:
        terminal.wait_for("Float")
        terminal.press("m", ">", "enter")
        terminal.wait_for("1 unsaved")
        terminal.hang_up()
        assert terminal.wait_exit() == 129
    plan.unlink()
    with Terminal([*PLANNER, "plan.toml"], XDG_STATE_HOME=state) as terminal:
        terminal.wait_for("Restore plan.toml as last read")
        terminal.press("enter")
        terminal.wait_for("a estimate 2w → ")
        terminal.press("enter")
        terminal.wait_for("Restored")
        terminal.press("w")
        terminal.wait_for("Saved plan.toml")
    assert plan.read_text(encoding="utf-8") == '[initiatives.a]\nestimate = "11d"\n'


def test_ctrl_c_in_the_editor_is_the_editor_s(here: Path) -> None:
    (here / "plan.toml").write_text('[initiatives.a]\nestimate = "2w"\n', encoding="utf-8")
    editor = here / "editor"
    editor.write_text("#!/bin/sh\ntrap 'echo INTERRUPTED; exit' INT\necho EDITING; read line\n")
    editor.chmod(0o755)
    with Terminal([*PLANNER, "plan.toml"], EDITOR=os.fspath(editor)) as terminal:
        terminal.wait_for("Float")
        terminal.press("o")
        terminal.wait_for("EDITING")
        terminal.press("ctrl+c")
        terminal.wait_for(lambda _: b"INTERRUPTED" in terminal.written, "Float")
        terminal.press("q")
        assert terminal.wait_exit() == 0


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT])
def test_the_end_of_the_line_at_the_first_question_restores_the_terminal(
    here: Path, number: signal.Signals
) -> None:
    (here / "plan.toml").write_text("[initiatives.a\n", encoding="utf-8")
    with Terminal([*PLANNER, "plan.toml"]) as terminal:
        terminal.wait_for("can't be read")
        os.kill(terminal.pid, number)
        assert terminal.wait_exit() == 128 + number
        assert MAIN_SCREEN in terminal.written
