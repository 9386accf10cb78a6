"""Sizes and times of the one file, on an interpreter that has nothing else installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.release.distributions import ROOT
from tests.release.wheels import PYTHONS

COMMANDS = (("--version",), ("check", str(ROOT / "roadmaps" / "acme-2027")))
RUNS = 5
WARM = 0.35
"""Seconds that a start may take once it is unpacked."""


def bare_python(folder: Path) -> Path:
    """An interpreter without any package, not even pip."""
    venv.create(folder, with_pip=False, symlinks=True)
    return folder / "bin" / "python"


def measured(program: Path, folder: Path) -> Iterator[tuple[str, float, float]]:
    """Of each command: its words, its first time where nothing is unpacked, its best one after."""
    python = bare_python(folder / "bare")
    for number, words in enumerate(COMMANDS):
        environment = fresh(folder / f"home-{number}")
        command = [str(python), str(program), *words]
        cold, *warm = (seconds(command, environment) for _ in range(RUNS + 1))
        yield words[0], cold, min(warm)


def others(program: Path, folder: Path) -> Iterator[tuple[str, float]]:
    """The other Pythons on this machine that the file is for, and their first start with it."""
    for version in PYTHONS:
        found = shutil.which(f"python{version}")
        if found is not None and not is_this(version) and runs(found):
            environment = fresh(folder / f"home-{version}")
            yield f"python{version}", seconds([found, str(program), "--version"], environment)


def runs(python: str) -> bool:
    """Whether an interpreter is one: a name on the path may only stand for those of a manager."""
    return subprocess.run([python, "-c", ""], capture_output=True, check=False).returncode == 0


def is_this(version: str) -> bool:
    """Whether this interpreter is of that version."""
    return version == f"{sys.version_info[0]}.{sys.version_info[1]}"


def fresh(home: Path) -> dict[str, str]:
    """An environment with a home of its own, in which nothing was ever unpacked."""
    home.mkdir()
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return kept | {"HOME": str(home)}


def seconds(command: Sequence[str], environment: dict[str, str]) -> float:
    """How long a command takes that says something."""
    started = time.perf_counter()
    ran = subprocess.run(command, env=environment, capture_output=True, check=False)
    if ran.returncode not in (0, 1) or not ran.stdout:
        sys.exit(f"{' '.join(command)}: {ran.stderr.decode(errors='replace')}")
    return time.perf_counter() - started
