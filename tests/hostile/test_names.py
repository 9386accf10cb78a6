"""Names that begin as an option, hold a command or can't be seen are names to every program."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from planner.text.visible import visible
from tests.git.clones import clone_at
from tests.terminals import Terminal

PLANNER = [sys.executable, "-m", "planner"]
PLAN = '[initiatives.a]\nestimate = "2w"\n'
NAMES = (
    "-c!touch ran;: .toml",
    "+!touch ran.toml",
    "--cmd=!touch ran.toml",
    "-.toml",
    "`touch ran`.toml",
    "$(touch ran).toml",
    "'; touch ran;'.toml",
    "a\nb\x1b]52;c;aGk=\x07.toml",
    ":(glob)*.toml",
)
"""What editors, shells and git could take for something else."""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to start in."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.one_in(3)
@pytest.mark.parametrize("name", NAMES)
def test_an_editor_gets_the_file_as_a_file(here: Path, tmp_path: Path, name: str) -> None:
    (here / name).write_text(PLAN, encoding="utf-8")
    said = tmp_path / "said"
    editor = tmp_path / "editor"
    editor.write_text(f"#!/bin/sh\nprintf '%s\\0' \"$@\" > '{said}'\n", encoding="utf-8")
    editor.chmod(0o755)
    with Terminal(PLANNER, EDITOR=f"'{editor}' --wait") as terminal:
        terminal.wait_for("Float")
        terminal.press("o")
        terminal.wait_for(lambda _: said.exists() and said.read_bytes()[-1:] == b"\0", "Float")
        terminal.press("q")
        assert terminal.wait_exit() == 0
    *options, file = said.read_bytes().split(b"\0")[:-1]
    assert options == [b"--wait", b"+1"]
    assert file == os.fsencode(here / name)


def test_vi_runs_no_name(here: Path) -> None:
    (here / NAMES[0]).write_text(PLAN, encoding="utf-8")
    with Terminal(PLANNER, EDITOR="env TERM=ansi vi") as terminal:
        terminal.wait_for("Float")
        terminal.press("o")
        terminal.wait_for("[initiatives.a]", without=["Float"])
        terminal.press(":q!", "enter")
        terminal.wait_for("Float")
        terminal.press("q")
        assert terminal.wait_exit() == 0
    assert [each.name for each in here.iterdir()] == [NAMES[0]]


@pytest.mark.parametrize("editor", ["vi '", '"', "no-such-editor"])
def test_an_editor_that_is_no_command_is_said_to_be_none(here: Path, editor: str) -> None:
    (here / "plan.toml").write_text(PLAN, encoding="utf-8")
    with Terminal(PLANNER, EDITOR=editor) as terminal:
        terminal.wait_for("Float")
        terminal.press("o")
        terminal.wait_for("set $EDITOR", "Float")
        terminal.press("q")
        assert terminal.wait_exit() == 0


def test_without_an_editor_it_is_vi(here: Path, tmp_path: Path) -> None:
    """`$EDITOR` of blanks is none: else what is to be edited is what is run."""
    (here / "plan.toml").write_text(PLAN, encoding="utf-8")
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "vi").write_text("#!/bin/sh\necho THIS IS VI; read line\n", encoding="utf-8")
    (programs / "vi").chmod(0o755)
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    with Terminal(PLANNER, EDITOR="  ", PATH=path) as terminal:
        terminal.wait_for("Float")
        terminal.press("o")
        terminal.wait_for("THIS IS VI")
        terminal.press("enter")
        terminal.wait_for("Float")
        terminal.press("q")
        assert terminal.wait_exit() == 0


@pytest.mark.one_in(3)
@pytest.mark.parametrize("name", NAMES)
def test_git_shows_a_difference_of_any_name(tmp_path: Path, name: str) -> None:
    clone = clone_at(tmp_path / "clone")
    clone.commit(name, PLAN)
    clone.planner("git", "install", "--", name)
    clone.write(name, PLAN.replace("2w", "3w"))
    shown = clone.git("diff", "--", f"./{name}")
    assert "+estimate = 3w" in shown
    assert "ran" not in {each.name for each in clone.top.iterdir()}


HIDDEN = ("a\u202eb.toml", "a\u200bb.toml", "a\x9b1mb.toml", "a b\u2066.toml")
"""What shows nothing, or turns or obeys what others show."""


@pytest.mark.one_in(3)
@pytest.mark.parametrize("name", [*NAMES, *HIDDEN])
def test_git_s_attributes_are_seen_and_mean_the_file(tmp_path: Path, name: str) -> None:
    clone = clone_at(tmp_path / "clone")
    clone.commit(name, PLAN)
    clone.planner("git", "install", "--", name)
    written = clone.read(".gitattributes")
    assert visible(written, keep_newlines=True) == written
    found = clone.git("--literal-pathspecs", "check-attr", "-z", "merge", "diff", "--", name)
    assert found.split("\0")[2::3] == ["planner", "planner"]
    clone.planner("git", "status", "--", name)
    clone.planner("git", "uninstall", "--", name)
    assert not (clone.top / ".gitattributes").exists()


def test_a_push_from_below_a_folder_with_a_line_end_checks_that_folder(tmp_path: Path) -> None:
    """What the shell takes from a command has lost its line ends: it would be another folder."""
    clone = clone_at(tmp_path / "clone\n")
    (tmp_path / "clone").mkdir()
    clone.commit("below/plan.toml", PLAN)
    clone.planner("git", "install", "--hooks", "below/plan.toml")
    hook = clone.top / ".git" / "hooks" / "pre-push"
    done = clone.run("sh", "-c", 'cd below && exec "$1" origin url </dev/null', "-", str(hook))
    assert "below/plan.toml" in done.stderr, done
