"""Load, overlap and freezes are asked of the days that are worked: waiting is no work."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.cli.test_days_off import AS_OF, SEVEN, found, written

WAITING = """
[roadmap]
start = 2027-01-04
status_date = 2027-01-11
[teams.web]
portfolio = "it"
capacity = 1
[teams.other]
portfolio = "it"
[initiatives.gate]
owner = "other"
estimate = "30d"
actual_start = 2027-01-04
[initiatives.early]
owner = "web"
estimate = "10d"
actual_start = 2027-01-06
remaining = "8d"
needs = ["gate"]
[initiatives.filler]
owner = "web"
estimate = "10d"
start_no_earlier_than = 2027-01-18
"""
"""early's remaining 8 days run from 22 February to 3 March; until then it waits for the gate."""
NOW = ("--as-of", "2027-01-11")
AT_ONCE = WAITING.replace("2027-01-18", "2027-02-22")
"""The same where the filler takes the web team just when early goes on: 22 February to 3 March."""


def of(run: Run, folder: Path, text: str, code: str) -> list[dict[str, Any]]:
    return [one for one in found(run, written(folder, text), *NOW) if one["code"] == code]


def test_what_waits_is_no_load(run: Run, tmp_path: Path) -> None:
    assert of(run, tmp_path, WAITING, "CAP01") == []
    run("check", str(tmp_path / "plan.toml"), *NOW, "--fix", "CAP01")
    assert (tmp_path / "plan.toml").read_text("utf-8") == WAITING
    assert [one["on"] for one in of(run, tmp_path, WAITING, "DATE03")] == [["early", "gate"]]


def test_what_goes_on_is_load_again(run: Run, tmp_path: Path) -> None:
    (finding,) = of(run, tmp_path, AT_ONCE, "CAP01")
    assert finding["data"]["initiatives"] == ["early", "filler"]
    (only,) = finding["data"]["runs"]
    assert (only["first"], only["last"], only["days"]) == ("2027-02-22", "2027-03-03", 8)


def test_paused_work_is_load_from_the_status_date_on(run: Run, tmp_path: Path) -> None:
    paused = WAITING.replace('needs = ["gate"]', 'status = "paused"')
    paused = paused.replace("2027-01-18", "2027-01-11")
    (finding,) = of(run, tmp_path, paused, "CAP01")
    assert [one["days"] for one in finding["data"]["runs"]] == [8]


SHARED = (
    WAITING.replace('owner = "other"\nest', 'owner = "web"\nest')
    .replace('[initiatives.filler]\nowner = "web"', '[initiatives.filler]\nowner = "other"')
    .replace('needs = ["gate"]', 'needs = ["gate"]\nchanges = ["shop"]')
    + 'changes = ["shop"]\n[systems.shop]\n'
)


def test_what_waits_changes_no_system_meanwhile(run: Run, tmp_path: Path) -> None:
    assert of(run, tmp_path, SHARED, "SYS01") == []
    (finding,) = of(run, tmp_path, SHARED.replace("2027-01-18", "2027-02-17"), "SYS01")
    assert finding["data"] == {
        "systems": ["shop"],
        "start": "2027-02-22",
        "finish": "2027-03-02",
        "days": 7,
    }


def test_a_person_is_not_needed_by_what_waits(run: Run, tmp_path: Path) -> None:
    person = WAITING + 'responsible = ["ana"]\ndeadline = 2027-01-29\n[people.ana]\nteam = "web"\n'
    early = 'needs = ["gate"]\nresponsible = ["ana"]\ndeadline = 2027-03-03'
    person = person.replace('needs = ["gate"]', early)
    assert of(run, tmp_path, person, "OWN04") == []
    person = person.replace("2027-01-18", "2027-03-02").replace("2027-01-29", "2027-03-03")
    (finding,) = of(run, tmp_path, person, "OWN04")
    assert sorted(finding["on"]) == ["early", "filler"]
    assert finding["data"] == {
        "person": "ana",
        "others": {"early": [], "filler": []},
        "start": "2027-03-02",
        "finish": "2027-03-03",
        "days": 2,
    }


@pytest.mark.parametrize(
    ("freeze", "caught"),
    [(("2027-01-25", "2027-02-05"), 0), (("2027-02-15", "2027-02-26"), 5)],
)
def test_what_waits_is_in_no_freeze(
    run: Run, tmp_path: Path, freeze: tuple[str, str], caught: int
) -> None:
    text = WAITING.replace('needs = ["gate"]', 'needs = ["gate"]\nchanges = ["shop"]')
    text += '[systems.shop]\n[freezes.f]\nstart = {}\nend = {}\nblocks = "work"\n'.format(*freeze)
    days = [one["data"]["days"] for one in of(run, tmp_path, text, "FREEZE02")]
    assert days == ([caught] if caught else [])


# --- days off -------------------------------------------------------------------------------------

FREEZE = """
[roadmap]
start = 2027-01-04
[systems.shop]
[freezes.wk]
start = 2027-01-09
end = 2027-01-10
blocks = "work"
[initiatives.a]
estimate = "8d"
changes = ["shop"]
"""
"""a is worked from 4 to 8 and from 11 to 13 January; the freeze is the weekend between."""


def codes(run: Run, path: Path) -> list[str]:
    return [one["code"] for one in found(run, path, *AS_OF)]


def test_a_freeze_on_days_off_freezes_nothing(run: Run, tmp_path: Path) -> None:
    assert codes(run, written(tmp_path, FREEZE)) == []
    monday = written(tmp_path, FREEZE.replace("2027-01-10", "2027-01-11"))
    assert codes(run, monday) == ["FREEZE02"]
    assert found(run, monday, *AS_OF)[0]["data"]["days"] == 1
    seven = FREEZE.replace('changes = ["shop"]', 'changes = ["shop"]\ncalendar = "seven"')
    assert codes(run, written(tmp_path, SEVEN + seven)) == ["FREEZE02"]


WEEKENDS = '[calendars.weekends]\nworkdays = ["sat", "sun"]\n'
TWO_TEAMS = """
[roadmap]
start = 2027-01-04
[teams.web]
portfolio = "it"
[teams.crm]
portfolio = "marketing"
[systems.shop]
[initiatives.week]
owner = "web"
estimate = "10d"
changes = ["shop"]
[initiatives.fair]
owner = "crm"
estimate = "2d"
changes = ["shop"]
"""


def test_two_that_never_work_on_one_day_do_not_overlap(run: Run, tmp_path: Path) -> None:
    never = WEEKENDS + TWO_TEAMS + 'calendar = "weekends"\n'
    assert "SYS01" not in codes(run, written(tmp_path, never))
    assert "SYS01" in codes(run, written(tmp_path, TWO_TEAMS))


def test_an_overlap_counts_the_days_between_the_two_that_it_names(run: Run, tmp_path: Path) -> None:
    """The fair is on from Saturday 9 to Monday 11 January, of which the web team works one day."""
    text = SEVEN + TWO_TEAMS.replace('"2d"', '"3d"')
    text += 'calendar = "seven"\nstart_no_earlier_than = 2027-01-09\n'
    (finding,) = [
        one for one in found(run, written(tmp_path, text), *AS_OF) if one["code"] == "SYS01"
    ]
    data = finding["data"]
    assert (data["start"], data["finish"], data["days"]) == ("2027-01-11", "2027-01-11", 1)


def test_a_team_is_needed_on_the_days_that_its_work_is_done_on(run: Run, tmp_path: Path) -> None:
    """A calendar of the work's own: on its days off the team has only the other piece to do."""
    text = (
        "[roadmap]\nstart = 2027-01-04\n[calendars.half]\n"
        'workdays = ["mon", "tue"]\n[teams.web]\ncapacity = 1\n'
        '[initiatives.a]\nowner = "web"\nestimate = "10d"\n'
        '[initiatives.b]\nowner = "web"\ncalendar = "half"\nestimate = "4d"\n'
        "[checks]\noverload_days = 1\n"
    )
    (finding,) = [
        one for one in found(run, written(tmp_path, text), *AS_OF) if one["code"] == "CAP01"
    ]
    runs = [(one["first"], one["last"], one["days"]) for one in finding["data"]["runs"]]
    assert sorted(runs) == [("2027-01-04", "2027-01-05", 2), ("2027-01-11", "2027-01-12", 2)]


def test_show_draws_what_waits_as_waiting(run: Run, tmp_path: Path) -> None:
    shown = run("show", str(written(tmp_path, WAITING)), *NOW, "--width", "200").out.splitlines()
    early = next(line for line in shown if " early " in line)
    assert "█═" in early
    assert "═▒" in early or "═█" in early
    assert early.count("═") > early.count("█") - 1
    assert any("═ waiting" in line for line in shown)
    rows = json.loads(run("show", str(tmp_path / "plan.toml"), *NOW, "--json").out)["initiatives"]
    waiting = {row["id"]: row["waiting"] for row in rows}
    assert waiting == {"gate": None, "early": ["2027-01-08", "2027-02-21"], "filler": None}


CAPACITY = """
[roadmap]
start = 2027-01-04
[teams.web]
capacity = 2
[teams.web.capacity_from]
2027-01-11 = 1
2027-01-25 = 3
[initiatives.a]
owner = "web"
estimate = "20d"
[initiatives.b]
owner = "web"
estimate = "20d"
"""


def test_how_many_people_there_are_may_change(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, CAPACITY)
    (finding,) = [one for one in found(run, path, *AS_OF) if one["code"] == "CAP01"]
    assert finding["data"]["runs"] == [
        {"first": "2027-01-11", "last": "2027-01-22", "days": 10, "most": 2, "capacity": 1}
    ]
    assert any("capacity_from" in fix and "2027-01-11" in fix for fix in finding["fixes"])
    only = CAPACITY.replace("capacity = 2\n", "").replace("2027-01-25 = 3\n", "")
    path = written(tmp_path, only)
    (finding,) = [one for one in found(run, path, *AS_OF) if one["code"] == "CAP01"]
    assert [one["first"] for one in finding["data"]["runs"]] == ["2027-01-11"]


def test_a_run_goes_on_where_the_number_of_people_changes(run: Run, tmp_path: Path) -> None:
    fewer = CAPACITY.replace("2027-01-25 = 3", "2027-01-25 = 0.5")
    path = written(tmp_path, fewer)
    (finding,) = [one for one in found(run, path, *AS_OF) if one["code"] == "CAP01"]
    assert finding["data"]["runs"] == [
        {"first": "2027-01-11", "last": "2027-01-29", "days": 15, "most": 2, "capacity": 0.5}
    ]
