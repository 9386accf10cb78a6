"""A real terminal that goes away: no edit lost, gone in a second, and nothing left running."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from planner.session.dead_sessions import recoverable
from tests.faults.stage import PLAN, Stage, stage
from tests.faults.tally import Tally
from tests.terminals import Terminal

EDITOR = "#!/bin/sh\necho EDITING\nsleep 30\n"
SECONDS = 1.0
"""How long a session may take to be gone."""
PATIENCE = 15.0
MAIN_SCREEN = b"\x1b[?1049l"
ROOT = Path(__file__).parents[2]

Fault = Callable[[Terminal], None]


def _signal(number: signal.Signals) -> Fault:
    return lambda terminal: os.kill(terminal.pid, number)


def _interrupt(terminal: Terminal) -> None:
    """Ctrl+c asks about what is unsaved, or is the editor's; then the link drops."""
    terminal.press("ctrl+c", "ctrl+c")
    os.kill(terminal.pid, signal.SIGHUP)


def _close_terminal(terminal: Terminal) -> None:
    os.close(terminal.descriptor)


FAULTS: dict[str, tuple[Fault, int | None]] = {
    "SIGHUP": (_signal(signal.SIGHUP), 128 + signal.SIGHUP),
    "SIGTERM": (_signal(signal.SIGTERM), 128 + signal.SIGTERM),
    "SIGINT": (_signal(signal.SIGINT), 128 + signal.SIGINT),
    "ctrl+c, then SIGHUP": (_interrupt, 128 + signal.SIGHUP),
    "closed terminal": (_close_terminal, None),
    "SIGKILL": (_signal(signal.SIGKILL), -signal.SIGKILL),
}
"""What is done to the terminal or the session, and the exit code that has to come of it."""


STATES: dict[str, tuple[tuple[str, ...], str]] = {
    "at rest": ((), "1 unsaved"),
    "in a dialog": (("e",), "enter apply"),
    "with a bar in hand": (("m", "right"), "esc cancel"),
    "in the help": (("?",), "esc closes"),
    "at the question before leaving": (("q",), "Quit with unsaved changes?"),
    "while it saves": (("w",), ""),
    "in an editor": (("o", "enter"), "EDITING"),
    "at the question of recovery": ((), "ended before its changes were saved"),
    "at two values": ((), "Changed here and on disk"),
}
"""Where a person is when it happens: the keys that lead there, and what is on screen then."""


SAVED_FIRST = ("while it saves", "in an editor")


def runs(rounds: int = len(STATES), within: float = SECONDS) -> Iterator[Tally]:
    """Edit, then let the terminal go away; the session is to be gone within some seconds."""
    for name in FAULTS:
        tally = Tally(name)
        for state in list(STATES)[:rounds]:
            if name == "SIGINT" and state == "in an editor":
                continue  # where it is the editor's
            with stage("replace", PLAN) as made:
                _run(tally, made, state, within)
        yield tally


def _edited(made: Stage) -> Terminal:
    """A session with one edit that is not saved."""
    editor = made.folder / "editor"
    editor.write_text(EDITOR)
    editor.chmod(0o755)
    command = [sys.executable, "-m", "planner", str(made.path)]
    terminal = Terminal(command, PYTHONPATH=str(ROOT), EDITOR=str(editor))
    terminal.wait_for("Float")
    terminal.press("m", ">", "enter")
    terminal.wait_for("1 unsaved")
    return terminal


def _brought(made: Stage, state: str) -> Terminal:
    """A session with one edit, saved or not, in this state."""
    keys, shows = STATES[state]
    terminal = _edited(made)
    if state == "at the question of recovery":
        terminal.close()
        command = [sys.executable, "-m", "planner", str(made.path)]
        terminal = Terminal(command, PYTHONPATH=str(ROOT))
    if state == "at two values":
        made.path.write_text(PLAN.replace('"3w"', '"9w"'))
    terminal.press(*keys)
    if shows:
        terminal.wait_for(shows)
    return terminal


def _run(tally: Tally, made: Stage, state: str, within: float) -> None:
    fault, code = FAULTS[tally.name]
    terminal = _brought(made, state)
    started = time.monotonic()
    fault(terminal)
    ended = _ended(terminal, code)
    took = time.monotonic() - started
    tally.tries += 1
    tally.count(f"exit {ended}")
    if ended is None or took > within or (code is not None and ended != code):
        tally.note("crashed", f"{state}: exit {ended} after {took:.1f} s")
    if code is not None and code > 0 and MAIN_SCREEN not in terminal.written:
        tally.note("crashed", f"{state}: the terminal was not restored")
    with suppress(OSError):
        os.close(terminal.descriptor)
    recovery = recoverable(made.path)
    if recovery is not None:
        recovery.close()
    elif state not in SAVED_FIRST or made.path.read_text() == PLAN:
        tally.note("lost", state)


def _ended(terminal: Terminal, code: int | None) -> int | None:
    """The exit code; None, and the process killed, where it does not end by itself."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        pid, status = os.waitpid(terminal.pid, os.WNOHANG)
        if pid:
            if code is not None:
                terminal.read_the_rest()
            return os.waitstatus_to_exitcode(status)
        if code is None:
            time.sleep(0.02)
        else:
            terminal.read(0.02)
    os.kill(terminal.pid, signal.SIGKILL)
    os.waitpid(terminal.pid, 0)
    return None
