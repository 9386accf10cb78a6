"""The program in a real pseudo-terminal: it paints, and it leaves in order."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.terminals import Terminal, in_line
from tests.tui.conftest import SMALL
from tests.tui.test_listening import NOTHING

LEAVES_SCREEN = b"\x1b[?1049l"


IN_ITS_OWN_SESSION = """
import signal, subprocess, sys
signal.signal(signal.SIGHUP, signal.SIG_IGN)
with subprocess.Popen(sys.argv[1:], start_new_session=True) as program:
    try:
        code = program.wait(60)
    finally:
        program.kill()
sys.exit(code)
"""
"""Starts a program as `su -c` does: nobody signals it when the terminal goes."""


@pytest.fixture
def command(tmp_path: Path) -> list[str]:
    file = tmp_path / "roadmap.toml"
    file.write_text(SMALL, encoding="utf-8")
    return [sys.executable, "-m", "planner", str(file), "--no-mouse"]


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_line_that_drops_ends_it_in_order(
    command: list[str], number: signal.Signals, tmp_path: Path
) -> None:
    with Terminal(command, XDG_STATE_HOME=str(tmp_path)) as terminal:
        terminal.wait_for("Web push")
        os.kill(terminal.pid, number)
        assert terminal.wait_exit() == 128 + number
        assert LEAVES_SCREEN in terminal.written


def test_it_ends_with_a_terminal_whose_end_no_signal_tells(
    command: list[str], tmp_path: Path
) -> None:
    apart = [sys.executable, "-c", IN_ITS_OWN_SESSION, *command]
    with Terminal(apart, XDG_STATE_HOME=str(tmp_path)) as terminal:
        terminal.wait_for("Web push")
        assert terminal.close_window() == 128 + signal.SIGHUP


# --- the terminal's own word ----------------------------------------------------------------------


def test_the_environment_never_beats_the_size_of_the_terminal(
    command: list[str], tmp_path: Path
) -> None:
    said = {"COLUMNS": "200", "LINES": "10", "XDG_STATE_HOME": str(tmp_path)}
    with Terminal(command, columns=80, rows=24, **said) as terminal:
        terminal.wait_for("Web push", in_line(23, "? help"))
        terminal.press("q")
        assert terminal.wait_exit() == 0


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Terminal]:
    """A shell with job control, 100 columns wide."""
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("no shell with job control")
    state = {"XDG_STATE_HOME": str(tmp_path), "PS1": "SHELL> ", "HISTFILE": ""}
    with Terminal([bash, "--norc", "--noprofile", "-i"], columns=100, rows=30, **state) as terminal:
        terminal.wait_for("SHELL>")
        yield terminal


def started(shell: Terminal, command: list[str]) -> str:
    """Start the program in a shell; returns what it shows."""
    shell.press(" ".join(command) + "\r")
    shell.wait_for("Web push", in_line(29, "? help"))
    shell.settle()
    return shell.shown


@pytest.mark.parametrize("stop", ["ctrl+z", "in a dialog", "SIGTSTP", "SIGSTOP"])
def test_after_a_stop_all_is_drawn_again(shell: Terminal, command: list[str], stop: str) -> None:
    shown = started(shell, command)
    if stop.startswith("SIG"):
        os.kill(foremost(shell), getattr(signal, stop))
    else:
        shell.press(*(["x"] if stop == "in a dialog" else []), "\x1a")
    shell.wait_for("Stopped", "SHELL>")
    shell.press("fg\r")
    if stop == "in a dialog":
        shell.wait_for("Remove initiative", in_line(0, "Small"))
        shell.press("esc")
    shell.wait_for(same(shown))
    shell.press("j", "k")
    shell.wait_for(same(shown))
    shell.press("q")
    shell.wait_for("SHELL>", without=["Web push"])


def test_a_key_draws_the_screen_anew(command: list[str], tmp_path: Path) -> None:
    with Terminal(command, XDG_STATE_HOME=str(tmp_path)) as terminal:
        terminal.wait_for("Web push")
        for key in ("k", "x", "?", "e"):
            terminal.press(key)
            terminal.settle()
            before = terminal.shown
            terminal.screen.erase_in_display(2)
            terminal.press("\x0c")
            terminal.wait_for(same(before))
            terminal.press(*["esc"] if key != "k" else [])
            terminal.wait_for("Web push", "? help")


def same(before: str) -> Callable[[str], bool]:
    """Whether a screen is as it was."""
    return lambda text: text == before


def test_where_no_shell_waits_it_does_not_stop(command: list[str], tmp_path: Path) -> None:
    with Terminal(command, XDG_STATE_HOME=str(tmp_path)) as terminal:
        terminal.wait_for("Web push", "? help")
        terminal.press("\x1a")
        terminal.wait_for("No shell waits")
        terminal.press("q")
        assert terminal.wait_exit() == 0


def foremost(shell: Terminal) -> int:
    """The process that the shell has started last."""
    return os.tcgetpgrp(shell.descriptor)


# --- whatever arrives -----------------------------------------------------------------------------


def disturbed(terminal: Terminal, times: int) -> None:
    """Send what can't be decoded, in any order, cut anywhere."""
    chance = random.Random(times)
    for _ in range(times):
        noise = b"".join(chance.choices(NOTHING, k=8))
        cut = chance.randrange(len(noise))
        for part in (noise[:cut], noise[cut:]):
            os.write(terminal.descriptor, part)
            terminal.read(0)


def test_what_cant_be_decoded_changes_nothing(command: list[str], tmp_path: Path) -> None:
    with Terminal(command, EDITOR="true", XDG_STATE_HOME=str(tmp_path)) as terminal:
        terminal.wait_for("Web push", "? help")
        terminal.settle()
        shown = terminal.shown
        for keys in ((), ("=",), ("?",), ("/",), ("o",)):
            terminal.press(*keys)
            terminal.settle()
            disturbed(terminal, 100)
            terminal.press("esc")
            terminal.wait_for("Web push")
        terminal.press("j", "k")
        terminal.wait_for(same(shown))
        terminal.press("q")
        assert terminal.wait_exit() == 0


@pytest.mark.parametrize("text", ["", "[roadmap\n"], ids=["nothing here", "can't be read"])
def test_nor_does_it_before_there_is_a_roadmap(tmp_path: Path, text: str) -> None:
    if text:
        (tmp_path / "roadmap.toml").write_text(text, encoding="utf-8")
    here = f"cd '{tmp_path}' && exec '{sys.executable}' -m planner"
    with Terminal(["sh", "-c", here], XDG_STATE_HOME=str(tmp_path / "state")) as terminal:
        terminal.wait_for("esc quit")
        disturbed(terminal, 100)
        terminal.press("4")
        terminal.wait_for("4 has no meaning")
        terminal.press("esc")
        assert terminal.wait_exit() == (2 if text else 0)


DYING = """
import sys
from planner.tui.shell import listening
from planner.__main__ import main
heard = []
reads, writes = listening.Reader.read, listening.Unfailing.write
def read(self, data, now):
    heard.append(data)
    if {reading} and b"!" in data:
        raise RuntimeError("[31m \\x1b[31m")
    yield from reads(self, data, now)
def write(self, text):
    self._try(lambda: 1 / int({reading} or b"!" not in b"".join(heard)))
    writes(self, text)
listening.Reader.read, listening.Unfailing.write = read, write
main(sys.argv[1:])
"""
"""The program, one of whose threads dies when it hears an exclamation mark."""


@pytest.mark.parametrize("reading", [True, False], ids=["the one that reads", "that writes"])
def test_a_thread_that_dies_ends_it_with_the_terminal_restored(
    command: list[str], tmp_path: Path, reading: bool
) -> None:
    dying = [sys.executable, "-c", DYING.format(reading=reading), *command[3:]]
    with Terminal(dying, XDG_STATE_HOME=str(tmp_path)) as terminal:
        terminal.wait_for("Web push", "? help")
        terminal.press("m", "l", "enter")
        terminal.wait_for(in_line(0, "unsaved"))
        terminal.press("!")
        assert terminal.wait_exit() == 3
        after = terminal.written.rpartition(LEAVES_SCREEN)[2].decode()
        assert "recovery file" in after
        assert "Traceback" not in after
        assert "␛" not in after
        assert "svg" not in after
    with Terminal(command, XDG_STATE_HOME=str(tmp_path)) as terminal:
        terminal.wait_for("Restore unsaved changes of a session that ended?")
