"""`planner announce`: yes, or what speaks against it and the first date that is safe."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

PLAN = """
[roadmap]
title = "Range"
start = 2027-03-01
status_date = 2027-03-01
currency = "EUR"
[calendars.standard]
workdays = ["mon", "tue", "wed", "thu", "fri"]
[portfolios.marketing]
[portfolios.it]
[teams.shop]
title = "Shop"
portfolio = "it"
[teams.brand]
portfolio = "marketing"
[systems.cms]
[outcomes.orders]
value = 260000
[initiatives.feed]
owner = "shop"
estimate = "2w"
changes = ["cms"]
[initiatives.launch]
kind = "campaign"
owner = "brand"
estimate = "1w"
outcomes = ["orders"]
needs = [{ on = "feed", delivers = "prices", asked = 2027-02-01, AGREED }]
"""
AGREED = "agreed = 2027-02-05, promised = 2027-03-12"
FREEZE = """
[freezes.peak]
start = 2027-03-15
end = 2027-03-26
systems = ["cms"]
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    file = tmp_path / "plan.toml"
    file.write_text(PLAN.replace("AGREED", AGREED), encoding="utf-8")
    return file


def asked(run: Run, plan: Path, *words: str) -> dict[str, Any]:
    ran = run("announce", *words, "--json", "-r", str(plan))
    assert (ran.code, ran.err) == (0, "")
    found: dict[str, Any] = json.loads(ran.out)
    return found


def test_yes_where_it_is_planned_in_time_and_agreed(run: Run, plan: Path) -> None:
    found = asked(run, plan, "launch", "2027-03-22")
    assert found["yes"] is True
    assert (found["finish"], found["late"], found["option"]) == ("2027-03-19", None, None)
    assert found["handovers"] == found["others"] == []
    assert run("announce", "launch", "2027-03-22", "-r", str(plan)).out.splitlines()[0] == (
        "launch on 22 Mar: yes"
    )


def test_no_where_it_is_late_with_the_first_safe_date_and_what_a_week_costs(
    run: Run, plan: Path
) -> None:
    found = asked(run, plan, "launch", "2027-03-17")
    assert found["yes"] is False
    assert found["late"] == {"working": 2, "calendar": 2}
    assert found["first_safe"] == "2027-03-19"
    assert 4_900 < found["week_later"] < 5_100  # a 52nd of what the outcome brings in a year


def test_what_would_make_it_yes_makes_it_yes(run: Run, plan: Path) -> None:
    text = plan.read_text(encoding="utf-8").replace(
        'estimate = "2w"', 'estimate = ["1w", "2w", "3w"]'
    )
    plan.write_text(text, encoding="utf-8")
    option = asked(run, plan, "launch", "2027-03-17")["option"]
    assert option["command"] is not None
    assert option["finish"] <= "2027-03-17"


def test_no_while_a_handover_is_not_agreed_and_by_whom(run: Run, plan: Path) -> None:
    plan.write_text(PLAN.replace(", AGREED", ""), encoding="utf-8")
    found = asked(run, plan, "launch", "2027-04-30")
    assert found["yes"] is False
    assert found["late"] is None
    assert found["handovers"] == [
        {
            "supplier": "feed",
            "successor": "launch",
            "delivers": "prices",
            "state": "asked",
            "asked": "2027-02-01",
            "party": "shop",
            "side": "it",
        }
    ]
    assert "Shop (IT)" in run("announce", "launch", "2027-04-30", "-r", str(plan)).out


def test_no_while_a_handover_with_slack_is_not_agreed_and_what_drives_comes_first(
    run: Run, plan: Path
) -> None:
    text = PLAN.replace("AGREED", AGREED).replace(
        "needs = [", 'needs = [{ on = "sign-in", asked = 2027-02-22 }, '
    )
    plan.write_text(
        f'{text}[initiatives.sign-in]\nowner = "shop"\nestimate = "2d"\n', encoding="utf-8"
    )
    found = asked(run, plan, "launch", "2027-04-30")
    assert found["yes"] is False
    assert [(row["supplier"], row["state"]) for row in found["handovers"]] == [("sign-in", "asked")]
    plan.write_text(
        plan.read_text(encoding="utf-8").replace(
            ", agreed = 2027-02-05, promised = 2027-03-12", ""
        ),
        encoding="utf-8",
    )
    found = asked(run, plan, "launch", "2027-04-30")
    assert [row["supplier"] for row in found["handovers"]] == ["feed", "sign-in"]
    run("agree", "launch", "feed", "-r", str(plan))
    run("agree", "launch", "sign-in", "-r", str(plan))
    assert asked(run, plan, "launch", "2027-04-30")["yes"] is True


def test_a_day_in_a_freeze_is_no_and_the_safe_one_lies_behind_it(run: Run, plan: Path) -> None:
    plan.write_text(PLAN.replace("AGREED", AGREED) + FREEZE, encoding="utf-8")
    found = asked(run, plan, "launch", "2027-03-22")
    assert found["yes"] is False
    assert found["others"]
    assert found["first_safe"] == "2027-03-29"
    page = run("announce", "launch", "2027-03-22", "-r", str(plan)).out
    assert "29 Mar, since 19 Mar lies in a freeze" in page
    assert asked(run, plan, "launch", "2027-03-29")["yes"] is True


def test_asking_writes_nothing_and_write_writes_the_date(run: Run, plan: Path) -> None:
    before = plan.read_bytes()
    run("announce", "launch", "2027-03-17", "-r", str(plan))
    run("announce", "launch", "2027-03-17", "--write", "--dry-run", "-r", str(plan))
    assert plan.read_bytes() == before
    ran = run("announce", "launch", "2027-03-17", "--write", "-r", str(plan))
    assert ran.code == 0
    written = tomllib.loads(plan.read_text(encoding="utf-8"))["initiatives"]["launch"]
    assert written["announced"].isoformat() == "2027-03-17"


def test_the_answer_does_not_hang_on_what_is_announced_already(run: Run, plan: Path) -> None:
    fresh = asked(run, plan, "launch", "2027-03-17")
    run("announce", "launch", "2027-03-17", "--write", "-r", str(plan))
    assert asked(run, plan, "launch", "2027-03-17") == {**fresh, "announced": "2027-03-17"}


def test_work_without_dates_is_no_and_work_that_is_over_is_refused(run: Run, plan: Path) -> None:
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace('changes = ["cms"]', 'needs = ["launch"]'), encoding="utf-8")
    found = asked(run, plan, "launch", "2027-03-22")
    assert (found["yes"], found["finish"], found["first_safe"]) == (False, None, None)
    plan.write_text(text.replace('kind = "campaign"', 'status = "done"'), encoding="utf-8")
    ran = run("announce", "launch", "2027-03-22", "-r", str(plan))
    assert ran.code == 2
    assert "launch is done" in ran.err
