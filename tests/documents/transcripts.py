"""Commands in a document, run again: what they print today stands under them."""

from __future__ import annotations

import os
import shlex
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, chdir, redirect_stderr, redirect_stdout, suppress
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Self
from unittest.mock import patch

from planner.cli.main import main
from planner.exchange.importing import target
from planner.session import session


def transcript(shown: str, where: Path | tuple[str, str], today: date | None = None) -> str:
    """The commands of a block (``$ planner …``, ``$ cat …``), each with what it prints.

    They run in a folder, or in a new one with a file of this name and content; `today` is the day
    of it, where that counts.
    """
    commands = [line for line in shown.splitlines() if line.startswith("$ ")]
    with tempfile.TemporaryDirectory() as made, ExitStack() as stack:
        if isinstance(where, tuple):
            name, content = where
            Path(made, name).write_text(content, encoding="utf-8")
        if today is not None:
            for module in (session, target):
                stack.enter_context(patch.object(module, "date", _day(today)))
        stack.enter_context(chdir(made if isinstance(where, tuple) else where))
        return "\n".join(line for command in commands for line in _ran(command))


def _day(today: date) -> type[date]:
    class Then(date):
        """A calendar that is open at a day."""

        @classmethod
        def today(cls) -> Self:
            return cls.fromordinal(today.toordinal())

    return Then


def _ran(command: str) -> Iterator[str]:
    yield command
    program, *words = shlex.split(command.removeprefix("$ "), comments=True)
    if program == "cat":
        yield from Path(*words).read_text(encoding="utf-8").rstrip("\n").split("\n")
        return
    assert program == "planner", command
    printed = StringIO()
    with redirect_stdout(printed), redirect_stderr(printed), suppress(SystemExit):
        main(words)
    yield from printed.getvalue().rstrip("\n").split(os.linesep)
