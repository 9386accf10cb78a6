"""The first hour of a lead, here, with the program that is installed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.first_hour import FirstHour
from tests.terminals import Terminal


class Here:
    """This machine, with a home of the lead's own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        own = {"XDG_CONFIG_HOME": ".config", "XDG_STATE_HOME": ".state", "XDG_CACHE_HOME": ".cache"}
        self._environment = {name: str(home / folder) for name, folder in own.items()}
        programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        self._environment |= {"HOME": str(home), "PATH": programs}

    def run(self, command: str) -> subprocess.CompletedProcess[str]:
        """Run a line of shell in the home."""
        return subprocess.run(
            ["sh", "-c", command],
            cwd=self.home,
            env={**os.environ, **self._environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def put(self, file: Path, name: str) -> None:
        """Copy a file to a name in the home."""
        (self.home / name).parent.mkdir(parents=True, exist_ok=True)
        (self.home / name).write_bytes(file.read_bytes())

    def get(self, name: str) -> bytes:
        """What a file in the home has."""
        return (self.home / name).read_bytes()

    def terminal(self, command: str = "", columns: int = 80, rows: int = 24) -> Terminal:
        """A line of shell in the home, in a terminal."""
        line = f"cd {self.home} && {command}"
        return Terminal(["sh", "-c", line], columns, rows, **self._environment)


@pytest.fixture
def hour(tmp_path: Path) -> FirstHour:
    """An hour of a lead at this machine."""
    for name in ("home", "elsewhere"):
        (tmp_path / name).mkdir()
    return FirstHour(Here(tmp_path / "home"), tmp_path / "elsewhere")


def test_a_lead_gets_from_a_sheet_to_an_agreed_roadmap_in_git(hour: FirstHour) -> None:
    hour.run()


def test_the_same_sheet_comes_in_on_the_screen(hour: FirstHour) -> None:
    hour.imports_on_the_screen()
