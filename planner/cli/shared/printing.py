"""The second guard of the terminal: what commands print passes here, and no control byte does.

Strings from files are made visible where they are printed (`planner.text.visible`). What slips
through all the same, a name that nobody thought of or words of a library, is made visible here.
Line ends and tabs pass, and so do bytes, as which data goes out (`print_data`). It is also the one
place where signs that the terminal lacks become ASCII (`planner.text.ascii`).
"""

from __future__ import annotations

import codecs
import io
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from typing import IO, Any, TextIO, cast

import click

from planner.cli.shared.glyphs import IN_FORCE, Glyphs
from planner.text.ascii import in_ascii
from planner.text.visible import visible_page


class Printed:
    """A text stream that makes visible what is written to it; all else is the stream's own."""

    def __init__(self, stream: TextIO, glyphs: Glyphs) -> None:
        self._stream = stream
        self._glyphs = glyphs

    def write(self, text: str) -> int:
        """Write `text` without anything that a terminal could obey, in signs that it has."""
        shown = visible_page(text)
        if not shown.isascii() and self._glyphs.ascii_only:
            shown = in_ascii(shown)
        return self._stream.write(shown)

    def write_data(self, text: str) -> None:
        """Write what programs read, in its own letters."""
        self._stream.write(text)

    def writelines(self, lines: list[str]) -> None:
        """Write several texts."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextmanager
def guarded() -> Iterator[None]:
    """Guard stdout and stderr; a letter that their encoding lacks is escaped, not an error.

    Where the shell closed one of them (``>&-``), what is written to it goes nowhere.
    """
    with ExitStack() as stack:
        glyphs = Glyphs()
        stack.callback(IN_FORCE.reset, IN_FORCE.set(glyphs))
        for stream, redirect in ((sys.stdout, redirect_stdout), (sys.stderr, redirect_stderr)):
            there = stream or stack.enter_context(Path(os.devnull).open("w", encoding="utf-8"))
            if isinstance(there, io.TextIOWrapper):
                stack.enter_context(_escaping(there))
            stack.enter_context(redirect(cast("IO[str]", Printed(there, glyphs))))
        yield


@contextmanager
def _escaping(stream: io.TextIOWrapper) -> Iterator[None]:
    """Escape what a stream's encoding lacks, and leave it as it was."""
    encoding, errors = stream.encoding, stream.errors
    ascii = codecs.lookup(encoding).name == "ascii"  # no locale is set at all
    stream.reconfigure(encoding="utf-8" if ascii else None, errors="backslashreplace")
    try:
        yield
    finally:
        with suppress(OSError, ValueError):  # nobody reads it any more
            stream.reconfigure(encoding=encoding, errors=errors)


def terminal_columns() -> int | None:
    """The columns of the terminal that stdout is; None where it is none.

    Asked of the terminal itself: a shell's COLUMNS may be that of another one.
    """
    with suppress(OSError, ValueError, AttributeError):  # no terminal, or a stream of Python's own
        return os.get_terminal_size(sys.stdout.fileno()).columns or None
    return None


def print_data(text: str, *, nl: bool = True, is_visible: bool = False) -> None:
    """Print what programs read: UTF-8, whatever the terminal or the shell speaks.

    A stream of Python's own, which has no bytes, gets the text. What `is_visible` already is not
    looked through again.
    """
    shown = text if is_visible else visible_page(text)
    if getattr(sys.stdout, "buffer", None) is not None:
        click.echo(shown.encode(), nl=nl)
    elif isinstance(sys.stdout, Printed):
        sys.stdout.write_data(f"{shown}\n" if nl else shown)
    else:
        click.echo(shown, nl=nl)
