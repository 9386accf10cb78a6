"""Yes or no is asked of days, never of counts: what happens over days off is told."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planner.schedule.delay import cost_of_lateness
from planner.session.session import Session
from tests.cli.conftest import Run

SEVEN = '[calendars.seven]\nworkdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]\n'
AS_OF = ("--as-of", "2027-01-01")


@pytest.fixture
def planned(tmp_path: Path) -> Path:
    """Seven days from Monday 4 Jan end on Sunday 10 Jan, a day after the deadline."""
    return written(
        tmp_path,
        "[roadmap]\nstart = 2027-01-04\n"
        + SEVEN
        + '[initiatives.shoot]\nestimate = "7d"\ncalendar = "seven"\ndeadline = 2027-01-09\n',
    )


def written(folder: Path, text: str) -> Path:
    path = folder / "plan.toml"
    path.write_text(text, encoding="utf-8")
    return path


def found(run: Run, path: Path, *words: str) -> list[dict[str, Any]]:
    ran = run("check", str(path), *(words or AS_OF), "--json")
    return list(json.loads(ran.out)["findings"])


def test_a_deadline_on_a_day_off_is_missed_by_the_day_after(run: Run, planned: Path) -> None:
    assert run("check", str(planned), *AS_OF).code == 1
    (finding,) = found(run, planned)
    assert finding["code"] == "DATE01"
    assert finding["data"]["finish"] == "2027-01-10"
    assert (finding["data"]["days"], finding["data"]["calendar_days"]) == (0, 1)


def test_why_and_reach_say_that_it_is_missed(run: Run, planned: Path) -> None:
    why = run("why", "shoot", "-r", str(planned), *AS_OF).out.splitlines()[0]
    assert "1 calendar day" in why
    assert "met" not in why
    reach = run("reach", "shoot", "2027-01-09", "-r", str(planned), *AS_OF)
    assert "1 calendar day" in reach.out
    assert "no option is needed" not in reach.out
    met = run("reach", "shoot", "2027-01-10", "-r", str(planned), *AS_OF)
    assert "no option is needed" in met.out


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ("finish_no_later_than = 2027-01-09", "DATE02"),
        ("announced = 2027-01-09", "PROM01"),
    ],
)
def test_other_days_are_missed_as_a_deadline_is(
    run: Run, planned: Path, keys: str, code: str
) -> None:
    text = planned.read_text("utf-8").replace("deadline = 2027-01-09", keys)
    (finding,) = found(run, written(planned.parent, text))
    assert (finding["code"], finding["severity"]) == (code, "error")
    data = finding["data"]
    missed = data["bounds"]["finish_no_later_than"] if code == "DATE02" else data
    assert (missed["days"], missed["calendar_days"]) == (0, 1)


def test_a_start_bound_on_a_saturday_is_missed_on_sunday(run: Run, tmp_path: Path) -> None:
    text = (
        "[roadmap]\nstart = 2027-01-04\n"
        + SEVEN
        + '[initiatives.set-up]\nestimate = "6d"\ncalendar = "seven"\n'
        '[initiatives.shoot]\nestimate = "2d"\ncalendar = "seven"\nneeds = ["set-up"]\n'
        "start_no_later_than = 2027-01-09\n"
    )
    (finding,) = found(run, written(tmp_path, text))
    assert finding["code"] == "DATE02"
    missed = finding["data"]["bounds"]["start_no_later_than"]
    assert (missed["day"], missed["days"], missed["calendar_days"]) == ("2027-01-10", 0, 1)


def test_a_promise_for_a_saturday_is_broken_on_sunday(run: Run, planned: Path) -> None:
    text = planned.read_text("utf-8").replace("deadline = 2027-01-09\n", 'portfolio = "it"\n')
    text += (
        '[initiatives.film]\nestimate = "2d"\nportfolio = "marketing"\n'
        'needs = [{ on = "shoot", promised = 2027-01-09 }]\n'
    )
    path = written(planned.parent, text)
    gaps = [one for one in found(run, path) if one["code"] == "DATE06"]
    assert [(one["data"]["days"], one["data"]["calendar_days"]) for one in gaps] == [(0, 1)]
    shown = json.loads(run("agreements", str(path), *AS_OF, "--json").out)
    (handover,) = shown["handovers"]
    assert (handover["late"], handover["calendar_days"]) == (0, 1)


def test_a_slip_over_a_weekend_is_told_as_a_move(run: Run, tmp_path: Path) -> None:
    text = (
        "[roadmap]\nstart = 2027-01-04\nstatus_date = 2027-01-04\n"
        + SEVEN
        + '[initiatives.shoot]\nestimate = "5d"\ncalendar = "seven"\n'
        '[initiatives.wrap]\nkind = "milestone"\nneeds = ["shoot"]\ndeadline = 2027-01-08\n'
    )
    path = written(tmp_path, text)
    assert found(run, path) == []
    told = run("set", "shoot", "estimate=7d", "-r", str(path)).out
    assert "unchanged" not in told
    assert "10 Jan" in told.splitlines()[1]
    assert "+2 calendar days" in told.splitlines()[1]
    assert "errors: 1 new" in told.splitlines()[1]
    (finding,) = found(run, path)
    assert finding["code"] == "DATE01"


def test_what_a_milestone_waits_for_hurries_for_its_deadline_over_a_weekend(
    run: Run, tmp_path: Path
) -> None:
    text = (
        "[roadmap]\nstart = 2027-01-04\n"
        + SEVEN
        + '[initiatives.shoot]\nestimate = "7d"\ncalendar = "seven"\n'
        '[initiatives.wrap]\nkind = "milestone"\nneeds = ["shoot"]\ndeadline = 2027-01-08\n'
    )
    path = written(tmp_path, text)
    shoot, wrap = json.loads(run("show", str(path), *AS_OF, "--json").out)["initiatives"]
    assert (shoot["finish"], shoot["late_finish"], shoot["total_float"]) == (
        "2027-01-10",
        "2027-01-08",
        -2,
    )
    assert (wrap["finish"], wrap["late_finish"], wrap["critical"]) == (
        "2027-01-10",
        "2027-01-08",
        True,
    )


def test_what_a_slip_moves_is_told_in_working_and_calendar_days(run: Run, tmp_path: Path) -> None:
    text = (
        "[roadmap]\nstart = 2027-01-04\n"
        + SEVEN
        + '[initiatives.shoot]\nestimate = "5d"\ncalendar = "seven"\nportfolio = "it"\n'
        '[initiatives.wrap]\nkind = "milestone"\nportfolio = "marketing"\nneeds = ["shoot"]\n'
        "deadline = 2027-01-15\n"
    )
    path = written(tmp_path, text)
    shown = json.loads(run("agreements", str(path), *AS_OF, "--slip", "5", "--json").out)
    (slip,) = shown["slips"]
    assert slip["launches"] == [
        {
            "id": "wrap",
            "before": "2027-01-08",
            "after": "2027-01-15",
            "days": 5,
            "calendar_days": 7,
        }
    ]
    assert slip["missed"] == []


def test_a_filter_for_what_is_late_finds_what_is_late_over_a_weekend(
    run: Run, tmp_path: Path
) -> None:
    text = (
        "[roadmap]\nstart = 2027-01-04\n"
        + SEVEN
        + '[initiatives.shoot]\nestimate = "7d"\ncalendar = "seven"\n'
        '[initiatives.wrap]\nkind = "milestone"\nneeds = ["shoot"]\ndeadline = 2027-01-09\n'
    )
    path = written(tmp_path, text)
    shown = run("show", str(path), *AS_OF, "--filter", "late").out
    assert [line for line in shown.splitlines() if " wrap " in line]


def test_an_outcome_that_lands_over_a_weekend_after_its_day_is_late(
    run: Run, planned: Path
) -> None:
    text = planned.read_text("utf-8").replace("deadline = 2027-01-09", 'outcomes = ["sales"]')
    path = written(planned.parent, text + "[outcomes.sales]\nby = 2027-01-09\n")
    (row,) = json.loads(run("outcomes", str(path), *AS_OF, "--json").out)["outcomes"]
    assert (row["lands"], row["margin"], row["calendar_margin"]) == ("2027-01-10", 0, -1)
    assert "1 calendar day after" in run("outcomes", str(path), *AS_OF).out
    path = written(planned.parent, text + "[outcomes.sales]\nby = 2027-01-10\n")
    assert "on its target date (10 Jan)" in run("outcomes", str(path), *AS_OF).out


def test_a_system_that_goes_over_a_weekend_goes_before_its_user_is_done(
    run: Run, planned: Path
) -> None:
    text = planned.read_text("utf-8").replace("deadline = 2027-01-09", 'uses = ["old"]')
    text += '[systems.old]\n[initiatives.off]\nestimate = "5d"\nretires = ["old"]\n'
    gone = [one for one in found(run, written(planned.parent, text)) if one["code"] == "SYS03"]
    assert [(one["data"]["days"], one["data"]["calendar_days"]) for one in gone] == [(0, 2)]
    assert "0 days" not in gone[0]["message"]


def test_the_first_free_day_after_a_freeze_is_one_of_the_work_s_own(
    run: Run, planned: Path
) -> None:
    text = planned.read_text("utf-8").replace("deadline = 2027-01-09", 'changes = ["shop"]')
    text += "[systems.shop]\n[freezes.sale]\nstart = 2027-01-10\nend = 2027-01-15\n"
    path = written(planned.parent, text)
    (finding,) = found(run, path)
    assert finding["code"] == "FREEZE01"
    assert any("2027-01-16" in fix for fix in finding["fixes"])


def test_lateness_costs_working_days_of_the_roadmap(planned: Path) -> None:
    """21 days from 4 Jan end on Sunday 24 Jan: 15 days of its own after the 9th, 10 of all."""
    text = planned.read_text("utf-8").replace('"7d"', '"21d"') + 'outcomes = ["sales"]\n'
    path = written(planned.parent, text + "[outcomes.sales]\nvalue = 261000\n")
    plan = Session.open(path, date(2027, 1, 1)).plan
    assert cost_of_lateness(plan, "shoot") == pytest.approx(10_000)
