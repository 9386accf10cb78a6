"""The terminal as it is: its size by its own word, its bytes as keys or nothing, its signals.

Textual's driver ends its input thread on a byte that is no text and on a number that it did not
expect, and then prints a traceback over the screen; it takes the size from the environment where
that names one, and from any report that claims one; and it comes back from a stop that it never
went into with a second thread at the keys. What it does about all that is done here instead.
"""

from __future__ import annotations

import errno
import os
import re
import select
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import IO, Any

from textual import events
from textual.drivers.linux_driver import LinuxDriver
from textual.keys import Keys
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from planner.tui.shell.decoding import UNPRINTED, Decoder, Token
from planner.tui.shell.toolkit import (
    FOCUSIN,
    FOCUSOUT,
    FUNCTIONAL_KEYS,
    Sequences,
    end_from_thread,
    is_extended_key,
)

AT_ONCE = 4096
"""Bytes that are read at a time."""
LOOK_UP = 0.1
"""Seconds after which the input thread looks whether it is to end."""
MOUSE = re.compile(r"\x1b\[<\d{1,3};\d{1,4};\d{1,4}[mM]")
SYNCHRONIZED = re.compile(r"\x1b\[\?2026;[1-4]\$y")
EXTENDED = re.compile(r"\x1b\[(\d*)(?:;(\d*))?(?:;([\d:]*))?([u~ABCDEFHPQRS])")
"""A key of the kitty protocol, or one with modifiers: code, modifiers, the text that it types."""


class Reader:
    """Makes messages of what arrives; what means nothing makes none."""

    def __init__(self) -> None:
        self._decoder = Decoder()
        self._sequences = Sequences()

    @property
    def until(self) -> float | None:
        """When to ask for what is `overdue`."""
        return self._decoder.until

    def read(self, data: bytes, now: float) -> Iterator[Message]:
        """What these bytes say."""
        for token in self._decoder.feed(data, now):
            yield from self._said(token)

    def overdue(self) -> Iterator[Message]:
        """What came before, now that nothing followed."""
        for token in self._decoder.give_up():
            yield from self._said(token)

    def _said(self, token: Token) -> Iterator[Message]:
        if token.what == "paste":
            yield events.Paste(token.text)
        elif token.what == "text":
            for letter in token.text:
                yield from self._keys(letter)
        elif token.text in (FOCUSIN, FOCUSOUT):
            yield events.AppFocus() if token.text == FOCUSIN else events.AppBlur()
        elif MOUSE.fullmatch(token.text):
            mouse = self._sequences.mouse(token.text)
            if mouse is not None and not _only_passes(mouse):
                yield mouse
        elif SYNCHRONIZED.fullmatch(token.text):
            yield TerminalSupportsSynchronizedOutput()
        elif is_key(token.text):
            yield from self._keys(token.text)

    def _keys(self, sequence: str) -> Iterator[events.Key]:
        for key in self._sequences.keys(sequence):
            if key.key != Keys.Ignore and not UNPRINTED.search(key.character or ""):
                yield key


def _only_passes(mouse: Message) -> bool:
    """Whether it moved without a button, which terminals tell that know no other way."""
    return isinstance(mouse, events.MouseMove) and not mouse.button


def is_key(sequence: str) -> bool:
    """Whether a sequence names a key, with numbers that there are."""
    found = EXTENDED.fullmatch(sequence)
    if found is None:
        return not is_extended_key(sequence)
    code, _, text, end = found.groups(default="")
    if f"{code or 1}{end}" in FUNCTIONAL_KEYS:
        return True
    letters = [code or "1", *filter(None, text.split(":"))]
    return end == "u" and all(_is_letter(int(each)) for each in letters)


def _is_letter(code: int) -> bool:
    return 0x20 <= code < 0x110000 and not UNPRINTED.match(chr(code))


class ListeningDriver(LinuxDriver):
    """The usual driver with another ear."""

    def __init__(self, app: Any, **options: Any) -> None:
        super().__init__(app, **options)
        self._size = self._size or self._get_terminal_size()
        self._end = partial(end_from_thread, self)
        self._file: IO[str] = Unfailing(self._file, self._end)  # type: ignore[assignment]
        self._stopped = False

    # --- its size ---------------------------------------------------------------------------------

    def _get_terminal_size(self) -> tuple[int, int]:
        """What the terminal says, and only where it says nothing what the environment says."""
        for number in (self.fileno, self._file.fileno()):
            with suppress(OSError):
                size = os.get_terminal_size(number)
                if size.columns > 0 and size.lines > 0:
                    return size.columns, size.lines
        return shutil.get_terminal_size()

    def _query_in_band_window_resize(self) -> None:
        """Nothing: a size comes by signal, and is asked of the terminal."""

    # --- its bytes --------------------------------------------------------------------------------

    def _run_input_thread(self) -> None:
        try:
            self.run_input_thread()
        except Exception as error:
            self._end(error)

    def run_input_thread(self) -> None:
        """Read until the driver ends; whatever arrives, go on."""
        reader, waiting = Reader(), select.poll()
        waiting.register(self.fileno, select.POLLIN)
        while not self.exit_event.is_set():
            left = LOOK_UP
            if reader.until is not None:
                left = min(left, max(0.0, reader.until - time.monotonic()))
            if waiting.poll(1000 * left):
                if not (data := self._arrived()):
                    return
                self._pass_on(reader.read(data, time.monotonic()))
            elif reader.until is not None and time.monotonic() >= reader.until:
                self._pass_on(reader.overdue())

    def _arrived(self) -> bytes:
        """What there is to read; nothing where the terminal is gone: that is heard elsewhere."""
        try:
            return os.read(self.fileno, AT_ONCE)
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            return b""

    def _pass_on(self, said: Iterator[Message]) -> None:
        for message in said:
            self.process_message(message)

    # --- its signals ------------------------------------------------------------------------------

    def suspend_application_mode(self) -> None:
        """Give the terminal back; from now on a return is one."""
        super().suspend_application_mode()
        self._stopped = True

    def resume_application_mode(self) -> None:
        """Take it again."""
        self._stopped = False
        super().resume_application_mode()

    def _sigcont_application(self, *arguments: Any) -> None:
        """Come back; after a stop that gave no time to leave (SIGSTOP) leave now, and then come."""
        if self._auto_restart and not self._stopped:
            self.suspend_application_mode()
            self._must_signal_resume = True
        super()._sigcont_application(*arguments)


class Unfailing:
    """A stream for the thread that writes: what goes wrong is reported once, and writing goes on to
    nowhere, so that nobody waits for a thread that is gone.
    """

    def __init__(self, stream: IO[str], died: Any) -> None:
        self._stream, self._died = stream, died
        self._broken = False

    def write(self, text: str) -> None:
        """Write, while that goes well."""
        self._try(lambda: self._stream.write(text))

    def flush(self) -> None:
        """Pass on what is in hand."""
        self._try(self._stream.flush)

    def _try(self, write: Any) -> None:
        try:
            write()
        except OSError:  # the terminal is gone, which is heard of elsewhere
            pass
        except Exception as error:
            if not self._broken:
                self._broken = True
                self._died(error)

    def fileno(self) -> int:
        """The number of the stream."""
        return self._stream.fileno()

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        return self._stream.isatty()
