"""Commands as a shell runs them: what they print, where, and their exit code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import Struct

from planner.cli.main import main

ROADMAPS = Path(__file__).resolve().parents[2] / "roadmaps"


class Ran(Struct, frozen=True):
    """What a command did."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `planner` with these words in this process."""

    def call(*words: str) -> Ran:
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main(words)
        captured = capsys.readouterr()
        return Ran(int(left.value.code or 0), captured.out, captured.err)

    return call


@pytest.fixture
def acme() -> str:
    """The sample roadmap, read only."""
    return str(ROADMAPS / "acme-2027")
