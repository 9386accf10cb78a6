"""Every command speaks of the launch that the roadmap is about, and none of an idea behind it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.forty_one import FINISH, IDEA, IDEA_TITLE, LATE_BY, LAUNCH, LAUNCH_TITLE, forty_one


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "plan.toml"
    path.write_text(forty_one(), "utf-8")
    return path


def test_what_programs_read(run: Run, file: Path) -> None:
    shown = json.loads(run("show", "--json", "-r", str(file)).out)
    assert len(shown["initiatives"]) == 41
    assert shown["finish"] == FINISH.isoformat()
    assert shown["main_launch"] == shown["paths"][0]["target"] == LAUNCH
    assert shown["critical_path"] == [*(f"step-{n}" for n in range(7)), LAUNCH]
    (idea,) = [one for one in shown["initiatives"] if one["id"] == IDEA]
    assert idea["finish"] > shown["finish"]
    assert (idea["critical"], idea["near_critical"], idea["total_float"]) == (False, False, 0)
    (own,) = [path["initiatives"] for path in shown["paths"] if path["target"] == IDEA]
    assert own == ["step-0", "step-1", "step-2", "step-3", IDEA]
    (late,) = [one for one in shown["findings"] if one["code"] == "DATE01"]
    assert (late["on"][0], late["data"]["days"]) == (LAUNCH, LATE_BY)


def test_the_path(run: Run, file: Path) -> None:
    assert LAUNCH_TITLE in run("path", "-r", str(file)).out.splitlines()[0]
    assert IDEA_TITLE in run("path", "--to", IDEA, "-r", str(file)).out.splitlines()[0]


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_the_consequence_of_an_edit(run: Run, file: Path, options: tuple[str, ...]) -> None:
    ran = run("set", "step-2", "estimate=3w", *options, "-r", str(file))
    assert ran.code == 0
    said = ran.out + ran.err
    assert f"{LAUNCH_TITLE} 18 Jun +5d" in said
    assert f"{IDEA_TITLE} " not in said


def test_the_consequence_of_an_edit_of_the_idea(run: Run, file: Path) -> None:
    ran = run("set", IDEA, "estimate=50w", "--dry-run", "-r", str(file))
    assert f"{LAUNCH_TITLE} 11 Jun unchanged" in ran.out + ran.err


def test_the_named_one_instead(run: Run, file: Path) -> None:
    run("set", "roadmap", "main_launch=piece-4", "-r", str(file))
    shown = json.loads(run("show", "--json", "-r", str(file)).out)
    assert shown["paths"][0]["target"] == shown["critical_path"][-1] == "piece-4"
    assert "piece-4" in run("path", "-r", str(file)).out.splitlines()[0]
    ran = run("set", "step-2", "estimate=3w", "--dry-run", "-r", str(file))
    assert "piece-4 " in ran.out + ran.err


def test_an_edit_is_told_of_the_launch_that_was_the_main_one_before_it(
    run: Run, tmp_path: Path
) -> None:
    """beta, a week late at most, would be the main launch once it takes six weeks."""
    file = tmp_path / "two.toml"
    campaign = '[initiatives.{}]\nkind = "campaign"\nestimate = "{}"\ndeadline = 2027-03-12\n'
    head = "[roadmap]\nstart = 2027-03-01\nstatus_date = 2027-03-01\n"
    file.write_text(head + campaign.format("alpha", "3w") + campaign.format("beta", "1w"), "utf-8")
    line = run("set", "beta", "estimate=6w", "-r", str(file)).out
    assert line.index("alpha 19 Mar unchanged") < line.index("beta 9 Apr +25d")
    assert json.loads(run("show", "--json", "-r", str(file)).out)["main_launch"] == "beta"
    assert "beta 16 Apr +5d" in run("set", "beta", "estimate=7w", "-r", str(file)).out
