"""`planner set` of several initiatives: one change of all, or of none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

PLAN = """
[roadmap]
start = 2027-03-01
[teams.crm]
portfolio = "marketing"
[initiatives.mail]
owner = "crm"
estimate = ["2w", "4w", "8w"]
deadline = 2027-06-01
tags = ["old"]
[initiatives.push]
owner = "crm"
estimate = "13d"
priority = 2
deadline = 2027-06-04
[initiatives.api]
estimate = "1w"
"""


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "plan.toml"
    file.write_text(PLAN)
    return file


def estimates(run: Run) -> dict[str, list[int]]:
    rows = json.loads(run("show", "--json").out)["initiatives"]
    return {row["id"]: row["estimate"] for row in rows}


def test_all_that_match_are_moved_from_where_each_is(run: Run, plan: Path) -> None:
    words = ("estimate+=1w", "deadline+=2w", "tags+=q3")
    assert run("set", "--filter", "owner:crm", *words).code == 0
    text = plan.read_text()
    assert 'estimate = ["3w", "5w", "9w"]' in text
    assert 'estimate = "18d"' in text
    assert "deadline = 2027-06-15" in text
    assert "deadline = 2027-06-18" in text
    assert text.count('"q3"') == 2
    assert estimates(run)["api"] == [5]
    assert run("set", "--filter", "owner:crm", "estimate-=1w", "deadline-=2w", "tags-=q3").code == 0
    assert estimates(run)["mail"] == [10, 20, 40]
    assert "2027-06-04" in plan.read_text()


def test_several_ids_are_one_change(run: Run, plan: Path) -> None:
    shown = run("set", "mail", "api", "priority=3", "--dry-run")
    assert shown.code == 0
    assert shown.out.count("+priority = 3") == 2
    assert plan.read_text() == PLAN
    assert run("set", "mail", "api", "priority=3").code == 0
    assert plan.read_text().count("priority = 3") == 2
    assert run("set", "team", "crm", "title=CRM").code == 0, "two words for one table"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("mail", "api", "deadline+=2w"), "api: deadline has no value to move"),
        (("mail", "push", "priority+=1"), "mail: priority has no value to move"),
        (("mail", "push", "priority=9"), "mail: priority"),
        (("mail", "puhs", "priority=1"), "did you mean `push`?"),
        (("--filter", "owner:crm", "mail", "priority=1"), "--filter names the initiatives"),
        (("--filter", "zzz", "priority=1"), "no initiative matches zzz"),
        (("mail", "push", "needs+=push"), "push: "),
    ],
)
def test_where_one_cannot_be_none_is_changed(
    run: Run, plan: Path, words: tuple[str, ...], said: str
) -> None:
    refused = run("set", *words)
    assert (refused.code, refused.out) == (2, "")
    assert said in refused.err
    assert plan.read_text() == PLAN
