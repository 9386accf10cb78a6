"""Yes or no is asked of days, never of counts: what happens over days off is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

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
    assert "nothing has to give" not in reach.out
    met = run("reach", "shoot", "2027-01-10", "-r", str(planned), *AS_OF)
    assert "nothing has to give" in met.out


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
    assert "10 Jan" in told.splitlines()[0]
    assert "+2 calendar days" in told.splitlines()[0]
    assert "✗" in told.splitlines()[0]
    (finding,) = found(run, path)
    assert finding["code"] == "DATE01"
