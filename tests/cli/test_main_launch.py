"""What the roadmap is about, `[roadmap] main_launch`, by command: set, renamed, removed, named."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from planner.merge.three_way import merge_bytes
from planner.session.session import Session
from planner.text.commands import as_command
from planner.text.edits import SetKey
from tests.cli.conftest import Run

ROADMAP = """\
[roadmap]
start = 2027-03-01
status_date = 2027-03-01

[initiatives.peak]
kind = "campaign"
estimate = "4w"
deadline = 2027-03-12

[initiatives.spring]
kind = "campaign"
estimate = "1w"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "plan.toml"
    path.write_text(ROADMAP, "utf-8")
    return path


def settings(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads(file.read_text("utf-8"))["roadmap"]
    return found


def shown(run: Run, file: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("show", "--json", "-r", str(file)).out)
    return found


def test_is_set_and_everything_speaks_of_it(run: Run, file: Path) -> None:
    assert shown(run, file)["paths"][0]["target"] == "peak"
    ran = run("set", "roadmap", "main_launch=spring", "-r", str(file))
    assert (ran.code, ran.err) == (0, "")
    assert settings(file)["main_launch"] == "spring"
    found = shown(run, file)
    assert found["paths"][0]["target"] == "spring"
    assert found["critical_path"] == ["spring"]
    assert found["findings"][0]["code"] == "DATE01"
    run("set", "roadmap", "main_launch=", "-r", str(file))
    assert "main_launch" not in settings(file)


def test_is_renamed_with_what_it_names(run: Run, file: Path) -> None:
    run("set", "roadmap", "main_launch=spring", "-r", str(file))
    assert run("rename", "spring", "spring-2027", "-r", str(file)).code == 0
    assert settings(file)["main_launch"] == "spring-2027"


def test_goes_with_what_it_names(run: Run, file: Path) -> None:
    run("set", "roadmap", "main_launch=spring", "-r", str(file))
    assert run("remove", "spring", "-r", str(file)).code == 0
    assert "main_launch" not in settings(file)


def test_names_an_initiative_that_there_is(run: Run, file: Path) -> None:
    file.write_text(ROADMAP.replace("start", 'main_launch = "sprin"\nstart', 1), "utf-8")
    found = json.loads(run("check", "--json", "--select", "PLAN02", "-r", str(file)).out)
    (finding,) = found["findings"]
    assert (finding["line"], finding["data"]["nearest"]) == (2, "spring")
    assert run("check", "--fix", "PLAN02", "-r", str(file)).code == 1
    assert settings(file)["main_launch"] == "spring"
    assert run("set", "roadmap", "main_launch=nothing", "-r", str(file)).code == 2


def test_is_an_id_in_the_schema(run: Run) -> None:
    keys = json.loads(run("schema").out)["definitions"]["roadmap"]["properties"]
    assert keys["main_launch"]["anyOf"] == keys["calendar"]["anyOf"]


def test_is_a_command(file: Path) -> None:
    session = Session.open(file)
    edit = SetKey("roadmap", "", ("main_launch",), "spring")
    assert as_command(edit, session.plan.roadmap) == "planner set roadmap main_launch=spring"


def test_is_merged_like_any_key() -> None:
    base = ROADMAP.encode()
    ours = ROADMAP.replace("[roadmap]", '[roadmap]\ntitle = "Ours"').encode()
    theirs = ROADMAP.replace("[roadmap]", '[roadmap]\nmain_launch = "spring"').encode()
    merged = merge_bytes(base, ours, theirs)
    assert merged.text is not None
    assert tomllib.loads(merged.text)["roadmap"] == {
        "title": "Ours",
        "main_launch": "spring",
        **tomllib.loads(ROADMAP)["roadmap"],
    }


def test_is_renamed_by_a_merge() -> None:
    base = ROADMAP.encode()
    ours = ROADMAP.replace("spring]", "spring-2027]").encode()
    theirs = ROADMAP.replace("[roadmap]", '[roadmap]\nmain_launch = "spring"').encode()
    merged = merge_bytes(base, ours, theirs)
    assert merged.text is not None
    assert tomllib.loads(merged.text)["roadmap"]["main_launch"] == "spring-2027"


def test_a_launch_is_a_milestone_a_campaign_or_announced_and_no_deadline(
    run: Run, tmp_path: Path
) -> None:
    work = {
        "gate": 'kind = "milestone"',
        "point": 'estimate = "0d"',
        "peak": 'kind = "campaign"',
        "told": "announced = 2027-06-01",
        "due": "deadline = 2027-03-02",
        "past": 'kind = "campaign"\nstatus = "done"',
    }
    file = tmp_path / "launches.toml"
    file.write_text("\n".join(f"[initiatives.{id}]\n{keys}" for id, keys in work.items()), "utf-8")
    shown = json.loads(run("show", "--json", "-r", str(file), "--as-of", "2027-03-01").out)
    assert {path["target"] for path in shown["paths"]} == {"gate", "point", "peak", "told"}
    table = run("show", "-r", str(file), "--filter", "launch", "--as-of", "2027-03-01").out
    listed = {id for id in work if any(f" {id} " in line for line in table.splitlines()[1:])}
    assert listed == {"gate", "point", "peak", "told"}
