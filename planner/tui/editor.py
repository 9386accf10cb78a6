"""A person's own editor, from the environment and without a shell, at a line of a file."""

from __future__ import annotations

import shlex
import subprocess
from os import environ


def editor_words() -> list[str]:
    """The editor and its options: `$VISUAL`, else `$EDITOR`, else vi."""
    return shlex.split(environ.get("VISUAL") or environ.get("EDITOR") or "vi")


def run_editor(file: str, line: int | None) -> None:
    """Run it on this terminal, at a 1-based line, until it ends. Raises OSError if it can't."""
    subprocess.run([*editor_words(), *([f"+{line}"] if line else []), file], check=False)
