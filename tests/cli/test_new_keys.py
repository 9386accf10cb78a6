"""Every key of the format by command: added, set, shown, renamed, merged, and named when wrong.

One small roadmap uses the keys that are small tables, three values or references; each command is
followed by what the file says then.
"""

from __future__ import annotations

import json
import shlex
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planner.roadmap.entities import KINDS
from planner.session.session import Session
from planner.text.commands import as_command
from planner.text.edits import SetKey
from tests.cli.conftest import Run
from tests.roadmap.samples import AS_A_FILE

ROADMAP = """\
[portfolios.it]
budget = 50000

[teams.crm]
portfolio = "marketing"
capacity = 4

[people.jo]
team = "crm"

[outcomes.sales]
kpi = "conversion"
value = 52200

[initiatives.profile]
estimate = "9w"
owner = "crm"
outcomes = "sales"

[meetings.sync]
every = "2w"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "plan.toml"
    path.write_text(ROADMAP, "utf-8")
    return path


def said(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text("utf-8"))


@pytest.mark.parametrize(
    ("name", "words", "written"),
    [
        ("profile", ["short=Profile"], {"short": "Profile"}),
        ("profile", ["cost=30k/40k/60k"], {"cost": [30000, 40000, 60000]}),
        (
            "profile",
            ["cost=it 30k/40k/60k, marketing 5k"],
            {"cost": {"it": [30000, 40000, 60000], "marketing": 5000}},
        ),
        ("profile", ["cost.it=30k/40k/60k"], {"cost": {"it": [30000, 40000, 60000]}}),
        ("profile", ["accelerate=to 6w, cost 12k"], {"accelerate": {"to": "6w", "cost": 12000}}),
        (
            "profile",
            ["accelerate.to=6 weeks", "accelerate.cost=12k"],
            {"accelerate": {"to": "6w", "cost": 12000}},
        ),
        ("crm", ["capacity_from.2027-06-01=5"], {"capacity_from": {"2027-06-01": 5}}),
        ("crm", ["capacity_from+=2027-06-01 3.5"], {"capacity_from": {"2027-06-01": 3.5}}),
        ("jo", ["until=2027-11-30"], {"until": date(2027, 11, 30)}),
        (
            "sales",
            ["answers.2027-06-01=go on: season"],
            {"answers": {"2027-06-01": "go on: season"}},
        ),
        ("sales", ["answers.2027-06-01=mar"], {"answers": {"2027-06-01": "mar"}}),
        ("checks", ["wip=3"], {"wip": 3}),
        ("checks", ["wip.crm=2"], {"wip": {"crm": 2}}),
    ],
)
def test_a_key_is_set_as_it_is_typed(
    run: Run, file: Path, name: str, words: list[str], written: dict[str, Any]
) -> None:
    ran = run("set", name, *words, "-r", str(file))
    assert (ran.code, ran.err) == (0, "")
    tables = said(file)
    found = tables[name] if name in tables else next(t[name] for t in tables.values() if name in t)
    assert {key: found[key] for key in written} == written
    check = run("check", "-r", str(file), "--json", "--select", "READ,PLAN02")
    assert json.loads(check.out)["findings"] == []


def test_small_tables_of_days_stand_below_their_table(run: Run, file: Path) -> None:
    run("set", "crm", "capacity_from.2027-06-01=5", "-r", str(file))
    run("set", "sales", "answers.2027-06-01=stop", "-r", str(file))
    lines = file.read_text("utf-8").splitlines()
    assert lines[lines.index("[teams.crm.capacity_from]") + 1] == "2027-06-01 = 5"
    assert lines[lines.index("[outcomes.sales.answers]") + 1] == '2027-06-01 = "stop"'


@pytest.mark.parametrize(
    "words",
    [
        ["cost=60k/40k/30k"],
        ["cost=30k/40k"],
        ["accelerate=to 6w"],
        ["accelerate.to=6"],
        ["accelerate.cost=much"],
    ],
)
def test_what_can_not_be_meant_is_refused_and_nothing_is_written(
    run: Run, file: Path, words: list[str]
) -> None:
    ran = run("set", "profile", *words, "-r", str(file))
    assert (ran.code, ran.out) == (2, "")
    assert words[0] in ran.err
    assert file.read_text("utf-8") == ROADMAP


def test_an_action_is_a_table_like_others(run: Run, file: Path) -> None:
    at = ("-r", str(file))
    words = ("title=Ask legal", "owner=jo", "due=2027-04-01", "meeting=sync")
    shown = run("show", *at, "--json", "--as-of", "2027-03-01").out
    assert run("add", "action", "ask-legal", *words, *at).code == 0
    assert said(file)["actions"]["ask-legal"] == {
        "title": "Ask legal",
        "owner": "jo",
        "due": date(2027, 4, 1),
        "meeting": "sync",
    }
    # No bar, no load, no launch: the plan is what it was but for the finding on nothing.
    assert json.loads(run("show", *at, "--json", "--as-of", "2027-03-01").out) == json.loads(shown)
    assert run("set", "ask-legal", "done=2027-03-30", *at).code == 0
    assert run("rename", "people.jo", "joan", *at).code == 0
    assert run("rename", "meetings.sync", "joint-sync", *at).code == 0
    action = said(file)["actions"]["ask-legal"]
    assert (action["owner"], action["meeting"]) == ("joan", "joint-sync")
    assert action["done"] == date(2027, 3, 30)
    assert run("remove", "ask-legal", *at).code == 0
    assert "actions" not in said(file)


def test_a_renamed_side_or_team_is_renamed_in_costs_and_work_in_progress(
    run: Run, file: Path
) -> None:
    at = ("-r", str(file))
    run("set", "profile", "cost=it 30k/40k/60k, marketing 5k", *at)
    run("set", "checks", "wip.crm=2", *at)
    assert run("rename", "portfolios.it", "tech", *at).code == 0
    assert run("rename", "teams.crm", "crm-team", *at).code == 0
    found = said(file)
    assert found["initiatives"]["profile"]["cost"] == {
        "tech": [30000, 40000, 60000],
        "marketing": 5000,
    }
    assert found["checks"]["wip"] == {"crm-team": 2}


@pytest.mark.parametrize(
    ("table", "on"),
    [
        ('[actions.a]\nmeeting = "snyc"\n', "a"),
        ('[actions.a]\nowner = "jjo"\n[people.jjoo]\n', "a"),
        ("[initiatives.a]\ncost = { itt = [1, 2, 3] }\n", "a"),
    ],
)
def test_a_reference_that_names_nothing_is_said(run: Run, file: Path, table: str, on: str) -> None:
    file.write_text(ROADMAP + table, "utf-8")
    ran = run("check", "-r", str(file), "--json", "--select", "PLAN02")
    found = json.loads(ran.out)["findings"]
    assert [(one["code"], one["on"]) for one in found] == [("PLAN02", [on])]
    assert found[0]["fixes"]


def test_of_three_costs_the_likely_one_counts(run: Run, file: Path) -> None:
    run("set", "profile", "cost=it 30k/40k/60k", "-r", str(file))
    assert "COST01" not in run("check", "-r", str(file), "--json").out
    run("set", "portfolios.it", "budget=39999", "-r", str(file))
    over = json.loads(run("check", "-r", str(file), "--json").out)["findings"]
    [cost] = [one for one in over if one["code"] == "COST01"]
    assert (cost["data"]["planned"], cost["data"]["open"]) == (40000, 40000)
    [sales] = json.loads(run("outcomes", "-r", str(file), "--json").out)["outcomes"]
    assert (sales["cost"], sales["total_cost"]) == ({"it": 40000}, 40000)
    assert "profile" in run("show", "--filter", "cost:40k", "-r", str(file)).out
    assert "profile" not in run("show", "--filter", "cost>40k", "-r", str(file)).out


def test_the_schema_knows_every_new_key(run: Run) -> None:
    made = json.loads(run("schema").out)["definitions"]
    assert {"capacity_from"} <= made["teams"]["properties"].keys()
    assert made["initiatives"]["properties"]["accelerate"]["required"] == ["to", "cost"]
    assert set(made["actions"]["properties"]) == {"title", "owner", "due", "done", "meeting"}


EVERY_KEY = [
    (kind, id, key, value)
    for kind, tables in tomllib.loads(AS_A_FILE).items()
    if kind in KINDS
    for id, table in tables.items()
    for key, value in table.items()
    if key != "needs"
]


@pytest.mark.one_in(3)
@pytest.mark.parametrize(("kind", "id", "key", "value"), EVERY_KEY)
def test_a_printed_edit_does_what_it_did(
    run: Run, tmp_path: Path, kind: str, id: str, key: str, value: Any
) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(AS_A_FILE, "utf-8")
    session = Session.open(path)
    name = key if key.isidentifier() else f'"{key}"'
    taken = run("set", f"{kind}.{id}", f"{name}=", "-r", str(path))
    assert taken.code == 0
    _, *words = shlex.split(as_command(SetKey(kind, id, (key,), value), session.plan.roadmap))
    assert run(*words, "-r", str(path)).code == 0
    assert said(path)[kind][id][key] == value
