"""Saving on a Python built without its optional modules, and where some calls are missing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.files.people import start

MODULES = (
    *("fcntl", "ctypes", "_ctypes", "zlib", "lzma", "_lzma", "bz2", "_bz2", "sqlite3", "_sqlite3"),
    *("ssl", "_ssl", "readline", "pwd", "grp", "_blake2", "_hashlib", "_uuid", "resource"),
)
CALLS = ("fdatasync", "posix_fallocate", "listxattr", "getxattr", "setxattr", "O_PATH")


def without(names: Iterable[str]) -> str:
    """Code that takes modules, and calls of `os`, away from the Python that runs it."""
    return f"""
import os, sys
for name in {tuple(names)!r}:
    if vars(os).pop(name, None) is None:
        sys.modules[name] = None
"""


COMMAND = "from planner.__main__ import main; main(sys.argv[1:])"
SESSION = """
from pathlib import Path
from planner.session.session import Session
from tests.files.people import estimate, opened
session = opened(Path(sys.argv[1]))
session.apply(estimate("web-push", "4w"))
assert session.keeper.holds
Path(sys.argv[1]).unlink()
session.put_back()
session.save()
session.close()
"""


def ran(code: str, *words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", without((*MODULES, *CALLS)) + code, *words],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("second_name", [False, True])
def test_a_command_saves(tmp_path: Path, second_name: bool) -> None:
    path = start(tmp_path)
    if second_name:
        (tmp_path / "other").hardlink_to(path)
    ran(COMMAND, "set", "web-push", "estimate=4w", "-r", str(path))
    assert 'estimate = "4w"' in path.read_text()


def test_a_session_saves(tmp_path: Path) -> None:
    path = start(tmp_path)
    ran(SESSION, str(path))
    assert 'estimate = "4w"' in path.read_text()
