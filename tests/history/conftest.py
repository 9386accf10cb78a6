"""What a command says of a roadmap with a history, as values."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run, run
from tests.git.clones import environment
from tests.history.small import Record, Shown

__all__ = ["Shown", "run"]


@pytest.fixture(autouse=True)
def own(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No configuration of this machine, and nothing kept in its state folder."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
    for name, value in environment().items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def shown(run: Run) -> Shown:
    """``shown(path, "history")``: the JSON of a command on a roadmap."""

    def call(path: Path, *words: str) -> dict[str, Any]:
        ran = run(*words, "--json", "-r", str(path))
        assert ran.code == 0, ran.err
        said: dict[str, Any] = json.loads(ran.out)
        return said

    return call


@pytest.fixture
def record(shown: Shown, tmp_path: Path) -> Any:
    """``record(*line(text, text))``: a repository of these commits."""
    return lambda *commits: Record(shown, tmp_path, commits)
