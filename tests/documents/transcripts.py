"""Commands in a document, run again: what they print today stands under them."""

from __future__ import annotations

import os
import shlex
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout, suppress
from io import StringIO
from pathlib import Path

from planner.cli.main import main


def transcript(shown: str, folder: Path | None, files: Sequence[str]) -> str:
    """The commands of a block (``$ planner …``), each with what it prints.

    They run in `folder`; without one in a new folder whose `roadmap.toml` is the first of `files`.
    """
    commands = [line for line in shown.splitlines() if line.startswith("$ ")]
    with tempfile.TemporaryDirectory() as made:
        if folder is None:
            Path(made, "roadmap.toml").write_text(files[0], encoding="utf-8")
        with chdir(folder or made):
            return "\n".join(line for command in commands for line in _ran(command))


def _ran(command: str) -> Iterator[str]:
    yield command
    program, *words = shlex.split(command.removeprefix("$ "), comments=True)
    assert program == "planner", command
    printed = StringIO()
    with redirect_stdout(printed), redirect_stderr(printed), suppress(SystemExit):
        main(words)
    yield from printed.getvalue().rstrip("\n").split(os.linesep)
