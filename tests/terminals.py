"""A real process in a real pseudo-terminal, with a terminal emulator that reads what it draws.

No test here sleeps and hopes: everything waits for something to appear, with a generous limit that
only a failure reaches. What a screen shows while the program runs may be half painted, so a test
can't have it: it says all that it expects, and waits until all of it is there.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyte

KEYS = {
    "enter": "\r", "esc": "\x1b", "tab": "\t", "down": "\x1b[B", "up": "\x1b[A",
    "right": "\x1b[C", "left": "\x1b[D", "backspace": "\x7f", "ctrl+c": "\x03", "ctrl+s": "\x13",
    "pgdn": "\x1b[6~", "space": " ",
}  # fmt: skip
CLEARED = (
    "NO_COLOR",
    "COLORTERM",
    "TEXTUAL_ANIMATIONS",
    "TEXTUAL",
    "EDITOR",
    "VISUAL",
    "COLUMNS",
    "LINES",
)
"""What the terminal or the person's shell says of itself; here the terminal is another one."""


Shows = str | Callable[[str], bool]
"""A text that a screen shows, or a question about all of it."""
PATIENCE = 60.0
"""Seconds, which only a failure takes."""
OTHER_SCREEN = 1049


class Screen(pyte.Screen):
    """A screen on which nothing stays of one program when another takes the terminal over."""

    @property
    def display(self) -> list[str]:
        """The lines, also where half of a wide sign was written over."""
        columns = range(self.columns)
        return ["".join(self.buffer[y][x].data for x in columns) for y in range(self.lines)]

    def set_mode(self, *modes: int, **how: Any) -> None:
        super().set_mode(*modes, **how)
        self._turned(modes)

    def reset_mode(self, *modes: int, **how: Any) -> None:
        super().reset_mode(*modes, **how)
        self._turned(modes)

    def _turned(self, modes: tuple[int, ...]) -> None:
        if OTHER_SCREEN in modes:
            self.erase_in_display(2)


class Terminal:
    """Runs a command in a pseudo-terminal of a given size; use it as a context manager."""

    def __init__(
        self, command: Sequence[str], columns: int = 80, rows: int = 24, **environment: str
    ) -> None:
        self.screen = Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.written = b""
        self.started = time.perf_counter()
        self.descriptor, inside = pty.openpty()
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(inside, termios.TIOCSWINSZ, size)  # before anybody asks for it
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self.descriptor)
            os.login_tty(inside)
            self._become(command, environment)
        os.close(inside)

    @staticmethod
    def _become(command: Sequence[str], environment: dict[str, str]) -> None:
        env = {key: value for key, value in os.environ.items() if key not in CLEARED}
        env |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
        try:
            os.execvpe(command[0], list(command), env | environment)
        finally:
            os._exit(127)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- what is on screen ------------------------------------------------------------------------

    def wait_for(self, *wanted: Shows, without: Sequence[str] = ()) -> None:
        """Read until the screen shows all that is wanted at once, and nothing of `without`.

        A question that fails for a screen that is half painted is one that it does not answer yet.
        Fails with what is missing, and the screen.
        """
        end = time.perf_counter() + PATIENCE
        while missing := [*_missing(self._text, wanted), *(w for w in without if w in self._text)]:
            if time.perf_counter() > end:
                raise AssertionError(f"{missing} is not so; the screen is:\n{self._text}")
            self.read(0.05)

    @property
    def _text(self) -> str:
        """The whole screen, a line each, without trailing blanks."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    @property
    def shown(self) -> str:
        """The whole screen as it is now: settle first."""
        return self._text

    @property
    def left(self) -> str:
        """What stands on the terminal when the program has ended."""
        assert not self.pid, "it is still running: wait for what you want to see"
        return self._text

    # --- what a person does -----------------------------------------------------------------------

    def press(self, *keys: str) -> None:
        """Send keys by name, or text as it is; what is written meanwhile is read."""
        for key in keys:
            os.write(self.descriptor, KEYS.get(key, key).encode())
            self.read(0.02)

    def timed(self, key: str, quiet: float = 0.06) -> tuple[int, float]:
        """Send a key; returns the bytes until the first pause, and the seconds to the last."""
        started = last = time.perf_counter()
        os.write(self.descriptor, KEYS.get(key, key).encode())
        count = 0
        while time.perf_counter() - last < quiet or (count == 0 and last - started < 5):
            if more := self.read(0.002):
                count += more
                last = time.perf_counter()
            elif count == 0 and time.perf_counter() - started > 5:
                break
        return count, last - started

    def settle(self, quiet: float = 0.4, timeout: float = 30.0) -> int:
        """Read until nothing was written for `quiet` seconds; returns the bytes read."""
        count = 0
        end = time.perf_counter() + timeout
        last = time.perf_counter()
        while time.perf_counter() < end and time.perf_counter() - last < quiet:
            if more := self.read(0.02):
                count += more
                last = time.perf_counter()
        return count

    # --- the process ------------------------------------------------------------------------------

    def processor_seconds(self) -> float:
        """Processor time that the process has used so far."""
        stat = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii")
        fields = stat.rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory_megabytes(self) -> float:
        """Resident memory at its highest."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        return int(status.split("VmHWM:")[1].split()[0]) / 1024

    def wait_exit(self) -> int:
        """Read until the process ends, all of it; returns its exit code, or minus the signal."""
        end = time.perf_counter() + PATIENCE
        while time.perf_counter() < end:
            self.read(0.05)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.pid = 0
                self.read_the_rest()
                return os.waitstatus_to_exitcode(status)
        raise AssertionError(f"the process did not end; the screen is:\n{self._text}")

    def read_the_rest(self) -> None:
        """Read what a process wrote that has ended."""
        while self.read(0.2):
            pass

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size, as who drags an edge of its window does."""
        self.screen.resize(rows, columns)
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self.descriptor, termios.TIOCSWINSZ, size)

    def hang_up(self) -> None:
        """Send SIGHUP, as a dropped link does."""
        os.kill(self.pid, signal.SIGHUP)

    def close_window(self) -> int:
        """Take the terminal away; returns the exit code of the process, which then has to end."""
        os.close(self.descriptor)
        _, status = os.waitpid(self.pid, 0)
        self.pid = 0
        return os.waitstatus_to_exitcode(status)

    def close(self) -> None:
        """End the process if it still runs."""
        if self.pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            self.pid = 0
        with contextlib.suppress(OSError):
            os.close(self.descriptor)

    def read(self, timeout: float) -> int:
        """Read what is there, waiting at most `timeout` seconds; returns the number of bytes: 0
        also where nobody has the other end any more."""
        ready, _, _ = select.select([self.descriptor], [], [], timeout)
        if not ready:
            return 0
        try:
            got = os.read(self.descriptor, 65536)
        except OSError:
            return 0
        self.written += got
        self._stream.feed(got)
        return len(got)


def in_line(number: int, *wanted: str, without: Sequence[str] = ()) -> Callable[[str], bool]:
    """Whether one line of a screen, 0 at the top, has all these texts, and none of `without`."""

    def shows(text: str) -> bool:
        line = text.split("\n")[number]
        return all(each in line for each in wanted) and not any(each in line for each in without)

    return shows


def _missing(text: str, wanted: Sequence[Shows]) -> list[Shows]:
    return [each for each in wanted if not (each(text) if callable(each) else each in text)]
