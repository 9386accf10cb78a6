"""Sizes and times of the one file, on an interpreter that has nothing else installed."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
import venv
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.release.distributions import ROOT

COMMANDS = (("--version",), ("check", str(ROOT / "roadmaps" / "acme-2027")))
RUNS = 5
WARM = 0.35
"""Seconds that a start may take once it is unpacked."""


def bare_python(folder: Path) -> Path:
    """An interpreter without any package, not even pip."""
    venv.create(folder, with_pip=False, symlinks=True)
    return folder / "bin" / "python"


def measured(program: Path, folder: Path) -> Iterator[tuple[str, float, float]]:
    """Of each command: its words, its first time where nothing is unpacked, its median after."""
    python = bare_python(folder / "bare")
    for number, words in enumerate(COMMANDS):
        environment = fresh(folder / f"home-{number}")
        command = [str(python), str(program), *words]
        cold, *warm = (seconds(command, environment) for _ in range(RUNS + 1))
        yield words[0], cold, statistics.median(warm)


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
