"""Time grows no faster than the file, whatever is in it: the work of `check` and an edit, counted.

Work is the lines of Python that run, so the figures are the same on every machine. What N odd
things cost beyond a start is taken from the difference between N, 2 N and 4 N of them: twice as
many more should cost about twice as much more, and a comparison of all with all four times.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from planner import report
from planner.cli.main import main
from planner.conflicts.context import NEAR
from planner.roadmap import ids
from planner.session import Session
from tests.benchmarks.growing import KINDS

FEW = 32
MOST = 2.8
"""So many times as much may the second doubling cost as the first."""


def lines(call: Callable[[], object]) -> int:
    """How many lines of Python run."""
    seen = 0

    def trace(_frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal seen
        seen += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return seen


def growth(kind: str, folder: Path, *words: str) -> float:
    """How many times as much the second doubling of a file costs a command as the first."""
    files: list[Path] = []
    for times in (1, 1, 2, 4):
        files.append(folder / f"{kind}-{len(files)}.toml")
        files[-1].write_text(KINDS[kind](times * FEW), encoding="utf-8")
    _, first, second, third = (lines(lambda: command(*words, file)) for file in files)  # noqa: B023
    return (third - second) / max(second - first, FEW)


def command(*words: object) -> None:
    """Run `planner` in this process."""
    with (
        pytest.raises(SystemExit) as left,
        redirect_stdout(StringIO()),
        redirect_stderr(StringIO()),
    ):
        main([str(word) for word in words])
    assert left.value.code in (None, 0, 1)


@pytest.fixture(autouse=True)
def few_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is done at most so often whatever the file is, is done so often in a small one too."""
    monkeypatch.setattr(ids, "MOST_LOOKS", FEW)


@pytest.mark.parametrize("kind", KINDS)
def test_the_work_of_a_check_grows_no_faster_than_the_file(kind: str, tmp_path: Path) -> None:
    assert growth(kind, tmp_path, "check") < MOST


@pytest.mark.parametrize("kind", KINDS)
def test_the_work_of_an_edit_grows_no_faster_than_the_file(kind: str, tmp_path: Path) -> None:
    assert growth(kind, tmp_path, "set", "roadmap", "near_critical=3", "--roadmap") < MOST


def test_the_paths_that_json_tells_are_no_longer_than_a_few_times_the_plan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "EFFORT", 0)
    file = tmp_path / "row.toml"
    file.write_text(KINDS["launches_in_a_row"](200), encoding="utf-8")
    paths = json.loads(report.show_json(Session.open(file)))["paths"]
    assert len(paths) == 200
    assert sum(len(one["initiatives"]) for one in paths) <= 200 * NEAR + 200
    assert max(len(one["initiatives"]) for one in paths) == 200
