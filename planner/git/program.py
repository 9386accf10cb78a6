"""Path of planner for git's drivers and hooks: the one that set git up if safe, else from PATH.

Git runs drivers and hooks with its own PATH, which has no `.venv/bin`. So they name planner by its
path, if nobody else can ever put a program there, and look on the PATH where it is gone: a clone
or an environment that was moved merges with that planner, or as git always did.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from pathlib import Path

from planner.files.trusted import is_settled
from planner.text.visible import visible

NAMES = ("planner", "planner.pyz", "planner-macos.pyz")
"""What a file that is planner is called; the longer names are those of a release's one file."""
_NAMED = re.compile(r'planner=(.+?); test -x "\$planner" \|\| planner=planner; ', re.S)
_ON_THE_PATH = "planner=planner; "


def running() -> str | None:
    """The running program, where git can safely run it by its path."""
    beside = (Path(sys.argv[0]), Path(sys.executable).with_name("planner"))
    for each in beside:
        path = each.absolute()
        if each.name in NAMES and _is_program(path) and _is_safe(path):
            return str(path)
    return None


def _is_safe(path: Path) -> bool:
    return visible(str(path)) == str(path) and is_settled(path) and is_settled(path.resolve())


def choice(program: str | None) -> str:
    """The words of a shell that let ``$planner`` be a program's path, or what the PATH has."""
    if program is None:
        return _ON_THE_PATH
    return f'planner={shlex.quote(program)}; test -x "$planner" || {_ON_THE_PATH}'


def named_in(command: str) -> str | None:
    """The program that such words name; None where they leave it to the PATH."""
    found = _NAMED.match(command)
    try:
        words = shlex.split(found[1]) if found else []
    except ValueError:  # not as we write it
        words = []
    return words[0] if len(words) == 1 else None


def run_by_git(program: str | None) -> str | None:
    """The planner that git runs when set up with this one; None where there is none."""
    if program is not None and _is_program(Path(program)):
        return program
    return shutil.which("planner")


def _is_program(path: Path) -> bool:
    return path.is_file() and os.access(path, os.X_OK)
