"""`planner reach`: the set that it offers is taken, and the plan then says what was promised."""

from __future__ import annotations

import json
import shlex
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Run

CASES = Path(__file__).parents[1] / "cases"


@pytest.fixture
def case(tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """A copy of the case that a test names."""
    return str(shutil.copyfile(CASES / f"{request.param}.toml", tmp_path / "plan.toml"))


def taken(run: Run, path: str, id: str, day: str) -> tuple[str, str]:
    """The best set that is offered, and the finish after its commands were run."""
    lines = run("reach", id, day, "-r", path).out.splitlines()
    at = next(number for number, line in enumerate(lines) if "option found: " in line)
    command = next(line for line in lines[at:] if line.startswith("  planner "))
    for one in command.split("&&"):
        assert run(*shlex.split(one)[1:], "-r", path).code == 0
    rows = json.loads(run("show", path, "--json").out)["initiatives"]
    return lines[at], next(row["finish"] for row in rows if row["id"] == id)


def gives_up(words: str) -> bool:
    """Whether a set drops something, or does not wait or hold any more."""
    return any(one in words for one in ("drop", "unlink", "exempt", "move "))


@pytest.mark.parametrize("case", ["reach-gentle-first"], indirect=True)
def test_a_day_that_is_reached_without_dropping_is_so_reached(run: Run, case: str) -> None:
    words, finish = taken(run, case, "launch", "2027-03-24")
    assert not gives_up(words)
    assert finish == "2027-03-24"


@pytest.mark.parametrize("case", ["reach-earliest"], indirect=True)
def test_the_earliest_day_is_reached_and_the_day_before_takes_more(run: Run, case: str) -> None:
    before = run("reach", "launch", "2027-04-25", "-r", case).out
    assert "Without dropping anything the earliest is 26 Apr" in before
    assert gives_up(next(line for line in before.splitlines() if "option found" in line))
    words, finish = taken(run, case, "launch", "2027-04-26")
    assert not gives_up(words)
    assert finish == "2027-04-26"


def test_a_day_that_is_missed_over_a_weekend_is_missed(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(
        '[roadmap]\nstart = 2027-01-04\n[calendars.seven]\nworkdays = ["mon", "tue", "wed", "thu",'
        '"fri", "sat", "sun"]\n[initiatives.shoot]\nestimate = ["6d", "7d", "9d"]\n'
        'calendar = "seven"\ndeadline = 2027-01-09\n'
    )
    when = ("-r", str(path), "--as-of", "2027-01-01")
    missed = run("reach", "shoot", "2027-01-09", *when).out
    assert "1 calendar day late" in missed
    assert "1 calendar day  shorten shoot to its optimistic estimate 6d" in missed
    assert "no option is needed" in run("reach", "shoot", "2027-01-10", *when).out
