"""Leaving when the line drops or the machine goes down: in a second, with the terminal restored.

Nothing has to be saved for that: every edit is in the journal already. Left alone, SIGHUP would end
the program without cleaning up, and ignored it would leave one that nobody sees. A program in a
session of its own (`su -c`, a container) gets no signal when its terminal is closed, and would read
its end for ever: so a thread waits for that as well.
"""

from __future__ import annotations

import asyncio
import os
import select
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from textual.app import App

from planner.tui.shell.toolkit import restore_terminal

GRACE_SECONDS = 0.7
"""How long the interface has to close by itself: what hangs is cut off then."""
RESTORE_SECONDS = 0.25
"""How long the terminal then has to take what restores it: all in all less than a second."""
ENDING = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT)
TAKEN = (*ENDING, signal.SIGTSTP, signal.SIGCONT, signal.SIGTTIN, signal.SIGTTOU, signal.SIGWINCH)
"""The signals that an app takes for as long as it runs."""


@contextmanager
def signals_given_back() -> Iterator[None]:
    """What is done on a signal is the same before and after, whatever the toolkit takes."""
    before = {number: signal.getsignal(number) for number in TAKEN}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)


class Shutdown:
    """The part of an app that lets it exit with 128 + the signal that ended it."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self.leaving = False
        """Whether it has been told to end."""

    def listen(self) -> None:
        """Hear of the end of the line, and of the machine."""
        loop = asyncio.get_running_loop()
        for number in ENDING:
            loop.add_signal_handler(number, self._ended, number)
        terminal = sys.__stdin__
        if not self._app.is_headless and terminal is not None and terminal.isatty():
            waiting = (loop, terminal.fileno())
            threading.Thread(target=self._wait_for_its_end, args=waiting, daemon=True).start()

    def _wait_for_its_end(self, loop: asyncio.AbstractEventLoop, terminal: int) -> None:
        """Take no input, only notice that there will be no more: reading that would spin."""
        waiting = select.poll()
        waiting.register(terminal, 0)
        if any(event & select.POLLHUP for _, event in waiting.poll()):
            with suppress(RuntimeError):  # the loop is closed: it has left already
                loop.call_soon_threadsafe(self._ended, signal.SIGHUP)

    def _ended(self, number: int) -> None:
        if self.leaving:
            return
        self.leaving = True
        cut_off = threading.Timer(GRACE_SECONDS, self._cut_off, (128 + number,))
        cut_off.daemon = True
        cut_off.start()
        self._app.exit(return_code=128 + number)

    def _cut_off(self, code: int) -> None:
        """Something hangs, such as a terminal that takes no more output."""
        writer = threading.Thread(target=restore_terminal, args=(self._app,), daemon=True)
        writer.start()
        writer.join(RESTORE_SECONDS)
        os._exit(code)
