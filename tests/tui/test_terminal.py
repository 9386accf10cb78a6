"""The program in a real pseudo-terminal: it paints, and it leaves in order."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from tests.terminals import Terminal
from tests.tui.conftest import SMALL

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
