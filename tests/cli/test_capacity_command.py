"""`planner capacity`: teams by week, what runs in one of them, and who could help."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run, printed_json

DRAWN = {
    "brand": "11......................2222",
    "crm": "222333332211111...222222....",
    "growth": "............................",
    "insight": ".........1222222............",
    "loyalty": "........22222222222.........",
    "media": "..................1111......",
    "studio": "............11111111........",
    "web": "....222222222222111111......",
    "joint": "............................",
    "commerce": "..222222211111111111111.....",
    "data": "2244422555544443222.........",
    "identity": "22222222....................",
    "platform": "222........11221..........11",
    "privacy": "111............11111........",
    "security": "............................",
    "web-eng": "..22333111111111............",
}
"""The sample as it was drawn by hand, 28 weeks from 22 March 2027; a dot is nobody."""

PLAN = """
[roadmap]
status_date = 2027-03-01
[teams.web]
portfolio = "marketing"
capacity = 2
[teams.web.capacity_from]
2027-03-15 = 4
[teams.data]
portfolio = "it"
[people.ana]
team = "web"
skills = ["SQL"]
[people.leo]
team = "ops"
skills = ["sql"]
until = 2027-03-17
[initiatives.model]
owner = "data"
estimate = "3w"
skills = ["sql", "etl"]
staff = { web = 3, data = 0.5 }
[initiatives.shop]
owner = "ops"
estimate = "1w"
start_no_earlier_than = 2027-03-15
responsible = ["leo"]
"""


@pytest.fixture
def plan(tmp_path: Path) -> str:
    """Three teams, one of which has more people from 15 March on, one of which no table has."""
    path = tmp_path / "plan.toml"
    path.write_text(PLAN, encoding="utf-8")
    return str(path)


def asked(run: Run, *words: str) -> Any:
    printed = run("capacity", *words, "--json")
    assert (printed.code, printed.err) == (0, "")
    found = json.loads(printed.out)
    printed_json().validate(found)
    return found


def teams(found: Any) -> dict[str, Any]:
    return {row["id"]: row for row in found["teams"]}


def test_the_sample_is_as_it_was_drawn(run: Run, acme: str) -> None:
    found = asked(run, acme)
    weeks = {
        row["id"]: "".join(f"{most:g}" if most else "." for most in row["needed"])
        for row in found["teams"]
    }
    assert list(weeks) == list(DRAWN)
    assert {id: weeks[id][:28] for id in weeks} == DRAWN
    assert (found["periods"][0], found["periods"][8]) == ("2027-03-22", "2027-05-17")
    assert (found["overloaded"], found["total"]) == (2, 16)


def test_what_is_overloaded_is_what_the_conflicts_say(run: Run, acme: str) -> None:
    told = json.loads(run("check", acme, "--json").out)["findings"]
    each = [part for one in told for part in (one, *one["data"].get("parts", ()))]
    conflicts = {one["on"][0] for one in each if one["code"] == "CAP01"}
    rows = teams(asked(run, acme))
    assert {id for id, row in rows.items() if row["overloads"]} == conflicts == {"data", "web-eng"}
    assert rows["data"]["overloads"] == [
        {"first": "2027-05-13", "last": "2027-06-03", "days": 15, "needed": 5.0, "there": 4.0}
    ]
    assert rows["data"]["most"] == {"period": "2027-05-10", "needed": 5.0, "there": 4.0}


def test_a_team_is_told_with_what_runs_and_who_could_help(run: Run, acme: str) -> None:
    (cell,) = asked(run, acme, "--team", "Data platform", "--on", "18 may")["cells"]
    assert (cell["period"], cell["needed"], cell["there"]) == ("2027-05-17", 5.0, 4.0)
    assert [
        (one["id"], one["people"], one["first"], one["last"], one["total_float"], one["critical"])
        for one in cell["work"]
    ] == [
        ("cdp-foundation", 3.0, "2027-05-13", "2027-07-08", -5, True),
        ("warehouse-customer-model", 2.0, "2027-04-07", "2027-06-03", 5, False),
    ]
    modelling, resolution = cell["help"]
    (ines,) = modelling["people"]
    assert (ines["name"], ines["team"], ines["needed"], ines["there"]) == (
        *("Inês Duarte", "crm"),
        *(2.0, 4.0),
    )
    assert ines["responsible"] == ["cdp-foundation"]
    assert (resolution["skill"], resolution["people"]) == ("identity-resolution", [])
    assert [(one["team"], one["free"]) for one in cell["free"][:2]] == [
        ("platform", 4.0),
        ("brand", 3.0),
    ]


def test_capacity_is_that_of_each_week(run: Run, plan: str) -> None:
    found = asked(run, plan)
    rows = teams(found)
    assert found["periods"] == ["2027-03-01", "2027-03-08", "2027-03-15"]
    assert (rows["web"]["needed"], rows["web"]["there"]) == ([3, 3, 3], [2, 2, 4])
    assert [one["last"] for one in rows["web"]["overloads"]] == ["2027-03-12"]
    assert (rows["web"]["capacity"], rows["web"]["capacity_from"]) == (2, {"2027-03-15": 4})
    assert (rows["data"]["needed"], rows["data"]["there"]) == ([0.5] * 3, [None] * 3)
    assert (rows["ops"]["side"], rows["ops"]["needed"]) == ("", [0, 0, 1])
    months = asked(run, plan, "--months")
    assert months["periods"] == ["2027-03-01"]
    web = teams(months)["web"]
    assert (web["needed"], web["there"]) == ([3], [2])
    assert asked(run, plan, "--quarters")["periods"] == ["2027-01-01"]


def test_help_says_what_speaks_against_it(run: Run, plan: str) -> None:
    (cell,) = asked(run, plan, "--team", "data", "--on", "2027-03-16")["cells"]
    sql, etl = cell["help"]
    assert [one["person"] for one in sql["people"]] == ["ana", "leo"]
    leo = sql["people"][1]
    assert (leo["leaves"], leo["responsible"]) == ("2027-03-17", ["shop"])
    assert etl["people"] == []
    (early,) = asked(run, plan, "--team", "data", "--on", "2027-03-02")["cells"]
    assert [one["overloaded"] for one in early["help"][0]["people"]] == [True, False]
    printed = run("capacity", plan, "--team", "data", "--on", "2027-03-16").out
    assert "leaves on 17 Mar" in printed
    assert "planner set teams.data capacity" in printed


def test_skills_that_the_teams_lack_stand_beside_it(run: Run, plan: str, acme: str) -> None:
    (gap,) = asked(run, plan)["skills"]
    assert (gap["id"], gap["skills"], gap["people"]) == ("model", ["etl"], [])
    assert [one["id"] for one in asked(run, acme, "--for", "insight")["skills"]] == [
        "attribution-dashboard"
    ]


def test_it_is_of_those_asked_for(run: Run, acme: str) -> None:
    assert {row["side"] for row in asked(run, acme, "--for", "it")["teams"]} == {"it"}
    assert list(teams(asked(run, acme, "--for", "crm"))) == ["crm"]
    assert list(teams(asked(run, acme, "--filter", "id:cdp-foundation"))) == ["data"]
    whole = asked(run, acme)
    before = asked(run, acme, "--for", "peak-campaign")
    assert 1 < len(before["teams"]) < len(whole["teams"])
    assert before["overloaded"] == whole["overloaded"]
    first = [row["id"] for row in asked(run, acme, "--by-load")["teams"]][:2]
    assert first == ["web-eng", "data"]
    wrong = run("capacity", acme, "--team", "dat")
    assert (wrong.code, wrong.out) == (2, "")
    assert "`data`" in wrong.err


def test_the_page_is_the_grid_and_as_wide_as_asked(run: Run, acme: str) -> None:
    for width in (40, 60, 80, 120, 200):
        printed = run("capacity", acme, "--width", str(width)).out.splitlines()
        assert max(map(len, printed)) <= width
    wide = run("capacity", acme, "--width", "120").out
    assert "▒2▒▒2▒!5!!5!!5!!5!▓4▓" in wide
    assert "▲ 5/4" in wide
    fixes = run("capacity", acme, "--team", "data").out
    assert "raise the capacity of Data platform to 5" in fixes
    assert run("capacity", acme, "--team", "data", "--markdown").out.startswith("```text")


def test_where_there_is_no_load_it_says_how_to_begin(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text("[initiatives.a]\nestimate = '2w'\n", encoding="utf-8")
    printed = run("capacity", str(path))
    assert printed.code == 0
    assert "planner set teams.ID capacity=3" in printed.out
    assert asked(run, str(path))["teams"] == []
