"""A roadmap with three sides and a team of none, through the commands: what crosses the line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from planner.cli.main import main
from tests.cli.conftest import Run

ROADMAP = """\
[roadmap]
start = 2027-03-01
status_date = 2027-03-01

[portfolios.partners]
title = "Partners"

[teams.crm]
portfolio = "marketing"

[teams.identity]
portfolio = "it"

[teams.retail]
portfolio = "partners"

[teams.council]
portfolio = "joint"

[teams.agency]
title = "Agency"

[initiatives.shots]
owner = "agency"
estimate = "2w"

[initiatives.api]
owner = "identity"
estimate = "4w"

[initiatives.till]
owner = "retail"
estimate = "1w"
needs = [{ on = "api", asked = 2027-02-15 }]

[initiatives.rules]
owner = "council"
estimate = "1w"
needs = ["shots", "till"]

[initiatives.prints]
owner = "agency"
estimate = "1w"
needs = ["shots"]

[initiatives.push]
owner = "crm"
estimate = "2w"
needs = ["shots", "till"]
deadline = 2027-04-09

[initiatives.brief]
estimate = "1w"
needs = ["push"]
"""

HANDOVERS = {("till", "api"), ("push", "till"), ("push", "shots")}


@pytest.fixture
def roadmap(tmp_path: Path) -> str:
    """Marketing, IT, partners, joint work, an agency that is external, and work of nobody."""
    path = tmp_path / "plan.toml"
    path.write_text(ROADMAP, "utf-8")
    return str(path)


def finding(run: Run, roadmap: str, code: str) -> dict[str, Any]:
    """The one finding of a rule."""
    found: list[dict[str, Any]] = json.loads(run("check", roadmap, "--json").out)["findings"]
    (one,) = (one for one in found if one["code"] == code)
    return one


def test_every_handover_between_two_sides_is_asked_for(run: Run, roadmap: str) -> None:
    found = finding(run, roadmap, "LINK01")
    assert set(map(tuple, found["data"]["each"])) == HANDOVERS


def test_a_date_waits_for_the_first_open_handover(run: Run, roadmap: str) -> None:
    waits = finding(run, roadmap, "DATE01")["data"]["waits_on"]
    assert (waits["supplier"], waits["successor"], waits["side"]) == ("api", "till", "it")


def test_agreements_have_a_third_side_and_an_external_team(run: Run, roadmap: str) -> None:
    shown = json.loads(run("agreements", roadmap, "--json").out)["handovers"]
    ends = {(one["successor"], one["supplier"]): one for one in shown}
    assert set(ends) == HANDOVERS
    assert [ends[pair]["supplier_side"] for pair in sorted(HANDOVERS)] == [
        "external",
        "partners",
        "it",
    ]
    out = run("agreements", roadmap).out
    assert "External to Marketing" in out
    assert "Partners to Marketing" in out
    assert "IT to Partners" in out


def test_an_external_team_answers_for_itself(run: Run, roadmap: str) -> None:
    fixes = finding(run, roadmap, "LINK01")["fixes"]
    (agreed,) = (fix for fix in fixes if '"shots", promised' in fix)
    assert 'by = "agency"' in agreed
    assert run("agree", "push", "shots", "-r", roadmap).code == 0
    assert 'by = "agency"' in Path(roadmap).read_text("utf-8")
    shown = json.loads(run("agreements", roadmap, "--json").out)["handovers"]
    states = {(one["successor"], one["supplier"]): one["state"] for one in shown}
    assert states["push", "shots"] == "agreed"


def test_the_path_has_a_lane_for_each_side(run: Run, roadmap: str) -> None:
    out = run("path", roadmap, "--to", "push").out
    places = [out.index(name) for name in ("MARKETING", "IT", "PARTNERS")]
    assert places == sorted(places)
    assert "2 handovers" in out.splitlines()[0]


def test_gaps_has_every_side_once(run: Run, roadmap: str) -> None:
    shown = json.loads(run("gaps", roadmap, "--json").out)
    assert shown["sides"] == {
        "marketing": "Marketing",
        "it": "IT",
        "joint": "Joint",
        "partners": "Partners",
        "": "No side",
    }
    assert run("gaps", roadmap, "--for", "partners").code == 0


def test_show_groups_by_every_side(run: Run, roadmap: str) -> None:
    out = run("show", roadmap).out
    headings = [line.split()[0] for line in out.splitlines() if line[:1].isupper()]
    places = [headings.index(name) for name in ("MARKETING", "JOINT", "IT", "PARTNERS")]
    assert places == sorted(places)


def test_a_side_is_called_the_same_everywhere(
    roadmap: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("check", "agreements", "path", "gaps", "show"):
        with pytest.raises(SystemExit):
            main((command, roadmap))
        out = capsys.readouterr().out
        assert "marketing" not in out.replace("plan.toml", "")
        assert "no side" not in out
