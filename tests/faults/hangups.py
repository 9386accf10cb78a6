"""A real terminal that goes away: no edit lost, gone in a second, and nothing left running."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from planner.session import Session
from tests.faults.stage import PLAN, Stage, stage
from tests.faults.tally import Tally
from tests.terminals import Terminal

ROUNDS = 5
SECONDS = 1.0
"""How long a session may take to be gone."""
PATIENCE = 15.0
MAIN_SCREEN = b"\x1b[?1049l"
ROOT = Path(__file__).parents[2]

Fault = Callable[[Terminal], None]


def _signal(number: signal.Signals) -> Fault:
    return lambda terminal: os.kill(terminal.pid, number)


def _close_terminal(terminal: Terminal) -> None:
    os.close(terminal.descriptor)


FAULTS: dict[str, tuple[Fault, int | None]] = {
    "SIGHUP": (_signal(signal.SIGHUP), 128 + signal.SIGHUP),
    "SIGTERM": (_signal(signal.SIGTERM), 128 + signal.SIGTERM),
    "closed terminal": (_close_terminal, None),
    "SIGKILL": (_signal(signal.SIGKILL), -signal.SIGKILL),
}
"""What is done to the terminal or the session, and the exit code that has to come of it."""


def runs(rounds: int = ROUNDS) -> Iterator[Tally]:
    """Edit, then let the terminal go away: after a rest, in a dialog, and with a bar in hand."""
    for name, (fault, code) in FAULTS.items():
        tally = Tally(name)
        for number in range(rounds):
            with stage("replace", PLAN) as made:
                _run(
                    tally,
                    made,
                    fault,
                    code,
                    ((), ("e",), ("m", "right"), ("?",), ("q",))[number % 5],
                )
        yield tally


def _run(tally: Tally, made: Stage, fault: Fault, code: int | None, keys: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "planner", str(made.path)]
    terminal = Terminal(command, PYTHONPATH=str(ROOT))
    terminal.wait_for("Float")
    terminal.press("m", "right", "enter")
    terminal.wait_for("●1")
    terminal.press(*keys)
    terminal.settle(0.1, 2)
    started = time.monotonic()
    fault(terminal)
    ended = _ended(terminal, code)
    took = time.monotonic() - started
    tally.tries += 1
    tally.count(f"exit {ended}")
    if ended is None or took > SECONDS or (code is not None and ended != code):
        tally.note("crashed", f"{keys}: exit {ended} after {took:.1f} s")
    if code is not None and code > 0 and MAIN_SCREEN not in terminal.written:
        tally.note("crashed", f"{keys}: the terminal was not restored")
    with suppress(OSError):
        os.close(terminal.descriptor)
    recovery = Session.recoverable(made.path)
    if recovery is None:
        tally.note("lost", f"{keys}")
    else:
        recovery.close()


def _ended(terminal: Terminal, code: int | None) -> int | None:
    """The exit code; None, and the process killed, where it does not end by itself."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        pid, status = os.waitpid(terminal.pid, os.WNOHANG)
        if pid:
            if code is not None:
                terminal.read(0.05)
            return os.waitstatus_to_exitcode(status)
        if code is None:
            time.sleep(0.02)
        else:
            terminal.read(0.02)
    os.kill(terminal.pid, signal.SIGKILL)
    os.waitpid(terminal.pid, 0)
    return None
