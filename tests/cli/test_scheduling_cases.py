"""Small roadmaps whose dates are known (tests/cases, the answer on top), as `show --json` has them.

Each is a place where two sensible schedulers differ by a day, or name another cause.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

CASES = Path(__file__).parents[1] / "cases"


def case(name: str) -> str:
    """Where a case is."""
    return str(CASES / f"{name}.toml")


def shown(run: Run, name: str, *words: str) -> dict[str, dict[str, Any]]:
    """What `show --json` says of each initiative of a case, by id."""
    printed = run("show", case(name), "--json", *words)
    return {one["id"]: one for one in json.loads(printed.out)["initiatives"]}


def found(run: Run, name: str, *words: str) -> dict[str, dict[str, Any]]:
    """The findings of a case by code, where each rule speaks once."""
    printed = run("check", case(name), "--json", *words)
    return {one["code"]: one for one in json.loads(printed.out)["findings"]}


def test_a_day_off_that_was_swapped_makes_its_exchange_day_a_working_day(run: Run) -> None:
    rows = shown(run, "swapped-working-day", "--as-of", "2026-08-01")
    assert rows["a"]["finish"] == "2026-08-08"
    assert rows["b"]["finish"] == "2026-08-31"


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("milestone-on-its-own-calendar", {"doors-open": "2027-03-06"}),
        ("milestone-held-by-a-floor", {"go-live": "2027-03-08", "held": "2027-03-08"}),
        ("milestone-held-by-a-bound", {"go-live": "2027-02-08"}),
        ("milestone-after-a-late-one", {"m": "2027-01-05"}),
    ],
)
def test_a_milestone_shows_on_the_right_day(run: Run, name: str, day: dict[str, str]) -> None:
    rows = shown(run, name)
    assert {id: (rows[id]["start"], rows[id]["finish"]) for id in day} == {
        id: (shows, shows) for id, shows in day.items()
    }


def test_a_deadline_of_one_that_opens_is_the_opening_of_that_day(run: Run) -> None:
    rows = shown(run, "milestone-on-its-own-calendar")
    assert rows["doors-open"]["total_float"] == 0
    assert rows["first-sales"]["start"] == "2027-03-06"
    assert found(run, "milestone-on-its-own-calendar") == {}


@pytest.mark.parametrize(("day", "late"), [("2027-03-06", 0), ("2027-03-05", -1)])
def test_float_and_findings_say_the_same_of_it(
    run: Run, tmp_path: Path, day: str, late: int
) -> None:
    """A day too late: a finding, and a float that is negative back to what drives it."""
    text = Path(case("milestone-on-its-own-calendar")).read_text()
    path = tmp_path / "roadmap.toml"
    path.write_text(text.replace("deadline = 2027-03-06", f"deadline = {day}"))
    printed = run("show", str(path), "--json", "--as-of", "2027-03-01")
    plan = json.loads(printed.out)
    floats = {one["id"]: one["total_float"] for one in plan["initiatives"]}
    assert (floats["doors-open"], floats["build"]) == (late, late)
    assert any(one["code"] == "DATE01" for one in plan["findings"]) == (late < 0)


def test_one_that_is_held_lets_work_start_on_its_day(run: Run) -> None:
    assert shown(run, "milestone-held-by-a-floor")["after"]["start"] == "2027-03-08"


def test_it_shows_the_same_without_the_flag_on_what_it_waits_for(run: Run, tmp_path: Path) -> None:
    text = Path(case("milestone-after-a-late-one")).read_text()
    path = tmp_path / "roadmap.toml"
    path.write_text(text.replace("as_late_as_possible = true", ""))
    printed = run("show", str(path), "--json")
    rows = {one["id"]: one for one in json.loads(printed.out)["initiatives"]}
    assert rows["m"]["finish"] == "2027-01-05"


def test_active_with_nothing_remaining_finishes_on_a_working_day(run: Run) -> None:
    rows = shown(run, "done-on-a-saturday")
    assert rows["a"]["finish"] == rows["b"]["start"] == "2027-01-18"


AS_OF = ("--as-of", "2027-01-01")


def test_what_is_as_late_as_possible_is_no_cause(run: Run) -> None:
    name = "late-as-possible-is-no-cause"
    rows = shown(run, name, *AS_OF)
    launch, training = rows["launch"], rows["train-staff"]
    assert launch["driven_by"] == ["build"]
    assert (launch["reason"]["kind"], launch["reason"]["on"]) == ("link", "build")
    assert {one["on"]: one["driving"] for one in launch["needs"]} == {
        "build": True,
        "train-staff": False,
    }
    assert training["finish"] == launch["finish"] == "2027-01-29"
    assert training["reason"] == {
        "kind": "date",
        "on": "launch",
        "type": None,
        "lag": None,
        "key": "as_late_as_possible",
        "day": None,
    }
    said = found(run, name, *AS_OF)["PROM01"]["message"]
    assert "build" in said
    assert "train-staff" not in said
    why = run("why", "launch", "--roadmap", case(name), *AS_OF).out.splitlines()
    assert [line.split()[0] for line in why[1:3]] == ["launch", "build"]
    assert "train-staff" not in run("path", "launch", "--roadmap", case(name), *AS_OF).out


def test_without_it_the_launch_is_no_earlier(run: Run, tmp_path: Path) -> None:
    text = Path(case("late-as-possible-is-no-cause")).read_text()
    path = tmp_path / "roadmap.toml"
    path.write_text(text.replace('["build", "train-staff"]', '["build"]'))
    rows = json.loads(run("show", str(path), "--json", *AS_OF).out)["initiatives"]
    assert next(one for one in rows if one["id"] == "launch")["finish"] == "2027-01-29"


def test_why_says_up_to_what_it_is_placed(run: Run) -> None:
    roadmap = case("late-as-possible-is-no-cause")
    why = run("why", "train-staff", "--roadmap", roadmap, *AS_OF).out.splitlines()
    assert why[1].endswith("as late as possible before launch")
    assert [line.split()[0] for line in why[2:]] == ["launch", "build"]


UNREADABLE = """
[roadmap]
start = 2027-01-04
[initiatives.a]
estimate = "5d"
{line}
[initiatives.b]
estimate = "5d"
needs = ["a"]
"""


@pytest.mark.parametrize(
    ("line", "out"),
    [
        ('deadline = "soon"', False),
        ('announced = "soon"', False),
        ('start_no_later_than = "soon"', False),
        ('finish_no_later_than = "soon"', False),
        ('needs = [{ on = "c", promised = "soon" }]\n[initiatives.c]\nestimate = "0d"', False),
        ('remaining = "soon"', False),
        ("calendar = 5", False),
        ('start_no_earlier_than = "soon"', True),
        ('finish_no_earlier_than = "soon"', True),
        ('must_start_on = "soon"', True),
        ('must_finish_on = "soon"', True),
        ('actual_start = "soon"', True),
        ('actual_finish = "soon"', True),
    ],
)
def test_what_can_not_be_read_takes_out_only_what_it_places(
    run: Run, tmp_path: Path, line: str, out: bool
) -> None:
    path = tmp_path / "roadmap.toml"
    path.write_text(UNREADABLE.format(line=line))
    printed = run("show", str(path), "--json", "--as-of", "2027-01-01")
    plan = json.loads(printed.out)
    rows = {one["id"]: one for one in plan["initiatives"]}
    assert plan["unscheduled"] == (["a"] if out else [])
    assert rows["b"]["start"] == ("2027-01-04" if out else "2027-01-11")
    (read,) = (one for one in plan["findings"] if one["code"] == "READ01")
    assert read["on"] == (["a", "b"] if out else ["a"])
    assert run("check", str(path), "--as-of", "2027-01-01").code == 1
