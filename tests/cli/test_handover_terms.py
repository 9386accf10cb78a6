"""What the two sides agree on when one hands over to the other, through the commands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import tomli

from tests.cli.conftest import Run

TERMS = (
    '{ on = "api", delivers = "sign-in", accepted_when = "a customer signs in", '
    "promised = 2027-03-05, agreed = 2027-01-11, rejected = 2027-02-22, "
    'counter = { by = "identity", on = 2027-02-22, type = "SS", lag = "1w" }, '
    'by = "identity", note = "half of it; the rest later" }'
)
ROADMAP = f"""\
[roadmap]
start = 2027-03-01
status_date = 2027-03-01

[teams.identity]
portfolio = "it"

[teams.crm]
portfolio = "marketing"

[initiatives.api]
owner = "identity"
estimate = "4w"

[initiatives.push]
owner = "crm"
estimate = "2w"
needs = [{TERMS}]
"""


@pytest.fixture
def roadmap(tmp_path: Path) -> Path:
    """A roadmap with one handover that says all that one can say."""
    path = tmp_path / "plan.toml"
    path.write_text(ROADMAP, "utf-8")
    return path


def link(roadmap: Path, id: str = "push") -> dict[str, Any]:
    """The first link of an initiative, as it is written."""
    found: dict[str, Any] = tomli.loads(roadmap.read_text("utf-8"))["initiatives"][id]["needs"][0]
    return found


def test_all_terms_are_printed_as_json(run: Run, roadmap: Path) -> None:
    shown = json.loads(run("show", str(roadmap), "--json").out)
    (need,) = shown["initiatives"][1]["needs"]
    assert need == {
        "on": "api",
        "type": "FS",
        "lag": 0,
        "slack": 0,
        "driving": True,
        "delivers": "sign-in",
        "why": None,
        "accepted_when": "a customer signs in",
        "asked": None,
        "needed_by": None,
        "promised": "2027-03-05",
        "agreed": "2027-01-11",
        "declined": None,
        "accepted": None,
        "rejected": "2027-02-22",
        "counter": {
            "by": "identity",
            "on": "2027-02-22",
            "promised": None,
            "needed_by": None,
            "type": "SS",
            "lag": 5,
        },
        "by": "identity",
        "note": "half of it; the rest later",
    }


def test_a_bad_counter_is_told_with_its_place(run: Run, roadmap: Path) -> None:
    roadmap.write_text(ROADMAP.replace("on = 2027-02-22, type", "on = true, type"), "utf-8")
    shown = json.loads(run("check", str(roadmap), "--json").out)
    (bad,) = [one for one in shown["findings"] if one["code"] == "READ01"]
    assert (bad["on"], bad["line"]) == (["push"], 18)
    assert "push.needs.counter.on" in bad["message"]


def test_terms_are_set_in_the_order_of_the_format(run: Run, roadmap: Path) -> None:
    words = "api; note by phone; by identity; counter by crm needed by 12 mar; rejected 22 feb"
    ran = run("set", "push", f"needs={words}; accepted_when it works", "-r", str(roadmap))
    assert ran.code == 0, ran.err
    written = link(roadmap)
    assert list(written) == ["on", "accepted_when", "rejected", "counter", "by", "note"]
    assert list(written["counter"]) == ["by", "needed_by"]


def test_a_rename_follows_who_said_it(run: Run, roadmap: Path) -> None:
    assert run("rename", "identity", "sign-in", "-r", str(roadmap)).code == 0
    assert (link(roadmap)["by"], link(roadmap)["counter"]["by"]) == ("sign-in", "sign-in")
    assert roadmap.read_text("utf-8") == ROADMAP.replace('"identity"', '"sign-in"').replace(
        "teams.identity", "teams.sign-in"
    )


def test_who_gave_an_answer_stays_known_when_the_team_goes(run: Run, roadmap: Path) -> None:
    assert run("remove", "teams.identity", "-r", str(roadmap)).code == 0
    assert link(roadmap)["by"] == "identity"


def test_the_normal_form_keeps_all_terms(run: Run, roadmap: Path) -> None:
    assert run("fmt", str(roadmap)).code == 0
    assert link(roadmap) == tomli.loads(f"x = {TERMS}")["x"]
