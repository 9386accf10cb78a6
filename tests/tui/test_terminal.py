"""The program in a real pseudo-terminal: it paints, it is quiet, it leaves in order."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.terminals import Terminal
from tests.tui.conftest import SMALL

LEAVES_SCREEN = b"\x1b[?1049l"


@pytest.fixture
def command(tmp_path: Path) -> list[str]:
    file = tmp_path / "roadmap.toml"
    file.write_text(SMALL, encoding="utf-8")
    return [sys.executable, "-m", "planner", str(file), "--no-mouse"]


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_line_that_drops_ends_it_in_a_second(
    command: list[str], number: signal.Signals, tmp_path: Path
) -> None:
    with Terminal(command, XDG_STATE_HOME=str(tmp_path)) as terminal:
        terminal.wait_for("Web push")
        os.kill(terminal.pid, number)
        started = time.monotonic()
        code = terminal.wait_exit()
        assert time.monotonic() - started < 1.5
        assert code == 128 + number
        assert LEAVES_SCREEN in terminal.written


def test_nothing_is_written_while_nothing_happens(command: list[str], tmp_path: Path) -> None:
    with Terminal(command, XDG_STATE_HOME=str(tmp_path)) as terminal:
        terminal.wait_for("Web push")
        terminal.settle()
        before = len(terminal.written)
        time.sleep(2.0)
        terminal.read(0.1)
        assert len(terminal.written) == before
