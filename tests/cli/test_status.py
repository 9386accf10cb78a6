"""`planner status`: a recorded date is a fact, and goes only where somebody asks for just that."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

AS_OF = ("--as-of", "2027-03-15")
STARTED = 'status = "active"\nactual_start = 2027-02-01\n'
FINISHED = 'status = "done"\nactual_start = 2027-02-01\nactual_finish = 2027-02-26\n'
OPEN = 'estimate = "8w"\n'


def roadmap(folder: Path, written: str) -> Path:
    path = folder / "plan.toml"
    path.write_text(f"[initiatives.a]\n{OPEN}{written}", encoding="utf-8")
    return path


def keys(path: Path) -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))["initiatives"]["a"]
    return {key: str(value) for key, value in table.items() if key != "estimate"}


@pytest.mark.parametrize(
    ("written", "status", "then"),
    [
        (STARTED, "active", {"status": "active", "actual_start": "2027-02-01"}),
        (STARTED, "paused", {"status": "paused", "actual_start": "2027-02-01"}),
        (
            STARTED,
            "done",
            {"status": "done", "actual_start": "2027-02-01", "actual_finish": "2027-03-15"},
        ),
        (
            FINISHED,
            "done",
            {"status": "done", "actual_start": "2027-02-01", "actual_finish": "2027-02-26"},
        ),
        (STARTED, "dropped", {"status": "dropped", "actual_start": "2027-02-01"}),
        ("", "active", {"status": "active", "actual_start": "2027-03-15"}),
        (
            "actual_start = 2027-02-01\n",
            "active",
            {"status": "active", "actual_start": "2027-02-01"},
        ),
        (
            'actual_start = "in spring"\n',
            "active",
            {"status": "active", "actual_start": "in spring"},
        ),
    ],
)
def test_a_recorded_date_stays(
    run: Run, tmp_path: Path, written: str, status: str, then: dict[str, str]
) -> None:
    path = roadmap(tmp_path, written)
    assert run("status", "a", status, "-r", str(path), *AS_OF).code == 0
    assert keys(path) == then


@pytest.mark.parametrize(
    ("written", "words", "named", "then"),
    [
        (
            STARTED,
            ("planned",),
            ("status active", "actual_start 2027-02-01"),
            {"status": "planned"},
        ),
        ('status = "active"\n', ("planned",), ("status active",), {"status": "planned"}),
        ('status = "done"\n', ("dropped",), ("status done",), {"status": "dropped"}),
        (STARTED, ("proposed",), ("actual_start 2027-02-01",), {"status": "proposed"}),
        (
            FINISHED,
            ("planned",),
            ("status done", "actual_start 2027-02-01", "actual_finish 2027-02-26"),
            {"status": "planned"},
        ),
        (
            FINISHED,
            ("active",),
            ("actual_finish 2027-02-26",),
            {"status": "active", "actual_start": "2027-02-01"},
        ),
        (
            FINISHED,
            ("paused",),
            ("actual_finish 2027-02-26",),
            {"status": "paused", "actual_start": "2027-02-01"},
        ),
        (
            STARTED,
            ("active", "--on", "2027-02-03"),
            ("actual_start 2027-02-01",),
            {"status": "active", "actual_start": "2027-02-03"},
        ),
        (
            FINISHED,
            ("done", "--on", "2027-03-01"),
            ("actual_finish 2027-02-26",),
            {"status": "done", "actual_start": "2027-02-01", "actual_finish": "2027-03-01"},
        ),
    ],
)
def test_going_back_names_what_goes_and_takes_an_option_of_its_own(
    run: Run,
    tmp_path: Path,
    written: str,
    words: tuple[str, ...],
    named: tuple[str, ...],
    then: dict[str, str],
) -> None:
    path = roadmap(tmp_path, written)
    before = path.read_bytes()
    refused = run("status", "a", *words, "-r", str(path), *AS_OF)
    assert (refused.code, refused.out, path.read_bytes()) == (2, "", before)
    assert all(each in refused.err for each in (*named, "--take-back"))
    assert run("status", "a", *words, "--take-back", "-r", str(path), *AS_OF).code == 0
    assert keys(path) == then


def test_the_day_that_is_recorded_can_be_said_again(run: Run, tmp_path: Path) -> None:
    path = roadmap(tmp_path, STARTED)
    before = path.read_bytes()
    words = ("status", "a", "active", "--on", "2027-02-01", "-r", str(path), *AS_OF)
    assert run(*words).code == 0
    assert path.read_bytes() == before


def test_a_status_that_states_no_day_takes_none(run: Run, tmp_path: Path) -> None:
    path = roadmap(tmp_path, "")
    ran = run("status", "a", "dropped", "--on", "2027-02-01", "-r", str(path), *AS_OF)
    assert ran.code == 2
    assert keys(path) == {}
