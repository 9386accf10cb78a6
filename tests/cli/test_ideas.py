"""What is only proposed takes nobody's time and no money, and delays no outcome."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

ROADMAP = """\
[roadmap]
start = 2027-03-01
status_date = 2027-03-01
currency = "EUR"

[portfolios.marketing]
budget = 10000

[teams.crm]
portfolio = "marketing"
capacity = 1

[outcomes.sales]
kpi = "conversion"
value = 52200

[initiatives.site]
owner = "crm"
estimate = "4w"
cost = 9000
outcomes = "sales"

[initiatives.referral]
owner = "crm"
status = "proposed"
estimate = "8w"
cost = 7000
outcomes = "sales"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "plan.toml"
    path.write_text(ROADMAP, "utf-8")
    return path


def codes(run: Run, file: Path) -> set[str]:
    found = json.loads(run("check", "--json", "--select", "CAP01,COST01", "-r", str(file)).out)
    return {one["code"] for one in found["findings"]}


def outcomes(run: Run, file: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("outcomes", "--json", "-r", str(file)).out)
    return found


def test_is_no_load_and_no_cost(run: Run, file: Path) -> None:
    assert codes(run, file) == set()
    (money,) = outcomes(run, file)["money"]
    assert (money["spent"], money["open"], money["left"]) == (0, 9000, 1000)


def test_is_both_once_it_is_planned_or_has_started(run: Run, file: Path) -> None:
    run("set", "referral", "actual_start=2027-02-22", "-r", str(file))
    assert codes(run, file) == {"CAP01", "COST01"}
    run("set", "referral", "actual_start=", "status=planned", "-r", str(file))
    assert codes(run, file) == {"CAP01", "COST01"}


def test_is_hollow_and_wholly_in_view(run: Run, file: Path) -> None:
    lines = run("show", "-r", str(file)).out.splitlines()
    (referral,) = [line for line in lines if line.lstrip("◌ ").startswith("referral")]
    assert referral.rstrip().endswith("□" * 8)
    assert "23 Apr" in referral
    assert "□ proposed" in lines[-1]
    assert "□" in run("path", "--to", "referral", "-r", str(file)).out


def test_delays_no_outcome_that_has_planned_work(run: Run, file: Path) -> None:
    (sales,) = outcomes(run, file)["outcomes"]
    assert (sales["lands"], sales["total_cost"]) == ("2027-03-26", 9000)
    assert {one["id"]: one["last"] for one in sales["contributors"]} == {
        "site": True,
        "referral": False,
    }
    ran = run("set", "referral", "estimate=20w", "--dry-run", "-r", str(file))
    assert "€" not in ran.out + ran.err


def test_lands_an_outcome_that_has_nothing_else(run: Run, file: Path) -> None:
    run("set", "site", "outcomes=", "-r", str(file))
    (sales,) = outcomes(run, file)["outcomes"]
    assert (sales["lands"], sales["total_cost"]) == ("2027-04-23", 0)
    done = ("status=done", "actual_start=2027-02-01", "actual_finish=2027-02-26")
    assert run("set", "site", "outcomes=sales", *done, "-r", str(file)).code == 0
    (sales,) = outcomes(run, file)["outcomes"]
    assert (sales["lands"], sales["landed"]) == ("2027-04-23", False)


def test_is_no_part_of_the_balance_of_work(run: Run, file: Path) -> None:
    (row,) = outcomes(run, file)["balance"]
    assert (row["initiatives"], row["days"], row["cost"]) == (1, 20, 9000)
