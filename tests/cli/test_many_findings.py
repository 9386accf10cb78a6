"""JSON of a plan that is late everywhere: fixes for as many findings as there is time for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from planner.exchange import report
from tests.cli.conftest import Run

LATE = """
[initiatives.design-{n}]
owner = "web"
estimate = ["2w", "8w", "9w"]

[initiatives.build-{n}]
owner = "web"
estimate = ["2w", "8w", "9w"]
needs = ["design-{n}"]
deadline = 2027-03-12
"""


@pytest.fixture
def late(tmp_path: Path) -> str:
    """Six chains of work that nothing joins, each of which misses its deadline."""
    start = "[roadmap]\nstart = 2027-03-01\nstatus_date = 2027-03-01\n"
    path = tmp_path / "late.toml"
    team = '[teams.web]\nportfolio = "it"\n'
    path.write_text(start + team + "".join(LATE.format(n=n) for n in range(6)), encoding="utf-8")
    return str(path)


def missed(run: Run, path: str) -> list[dict[str, Any]]:
    """The missed deadlines that `check --json` tells."""
    findings: list[dict[str, Any]] = json.loads(run("check", "--json", path).out)["findings"]
    return [finding for finding in findings if finding["code"] == "DATE01"]


def test_each_has_its_ways_out(run: Run, late: str) -> None:
    assert [bool(finding["fixes"]) for finding in missed(run, late)] == [True] * 6


def test_of_very_many_the_first_have_them(
    run: Run, late: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "EFFORT", 2_000)
    found = [finding["fixes"] for finding in missed(run, late)]
    looked = [one is not None for one in found]  # none is not the same as that nobody looked
    assert looked == sorted(looked, reverse=True)
    assert 0 < sum(looked) < 6
    assert all(found[: sum(looked)])


def test_of_few_that_take_long_the_last_have_what_looks_best(
    run: Run, late: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = [len(finding["fixes"]) for finding in missed(run, late)]
    monkeypatch.setattr(report, "TRIALS", 2_000)
    found = [len(finding["fixes"]) for finding in missed(run, late)]
    assert found[0] == every[0]
    assert 0 < found[-1] < every[-1]


def test_of_many_each_has_what_looks_best(
    run: Run, late: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = missed(run, late)
    monkeypatch.setattr(report, "THOROUGH", 0)
    quick = missed(run, late)
    for one, all in zip(quick, every, strict=True):
        assert 0 < len(one["fixes"]) < len(all["fixes"])
