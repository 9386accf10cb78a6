"""`planner compare`: branches and revisions beside each other, each as it was then."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.git.clones import Clone, clone_at

PLAN = """
[roadmap]
title = "Spring"
start = 2027-03-01
status_date = 2027-03-01
currency = "EUR"
[portfolios.it]
title = "IT"
[teams.data]
title = "Data"
portfolio = "it"
capacity = 1
[initiatives.feed]
owner = "data"
estimate = "2w"
cost = 1000
[initiatives.launch]
title = "Spring launch"
kind = "milestone"
needs = ["feed"]
deadline = 2027-03-12
"""


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    """Main, and a branch on which the feed takes a week more and costs twice as much."""
    made = clone_at(tmp_path / "plan")
    made.commit("roadmap.toml", PLAN)
    made.git("checkout", "-q", "-b", "slow")
    text = PLAN.replace('"2w"', '"3w"').replace("cost = 1000", "cost = 2000")
    made.commit("roadmap.toml", text.replace("2027-03-01\ncurrency", "2027-03-02\ncurrency"))
    made.git("checkout", "-q", "main")
    return made


def compared(clone: Clone, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(clone.planner("compare", *words, "--json"))
    return found


def test_two_branches_each_at_its_own_status_date(clone: Clone) -> None:
    main, slow = compared(clone, "main", "slow")["columns"]
    assert (main["name"], slow["name"]) == ("main", "slow")
    assert (main["as_of"], slow["as_of"]) == ("2027-03-01", "2027-03-02")
    assert main["launches"]["launch"] == {"finish": "2027-03-12", "late": None, "moved": 0}
    late = {"working": 6, "calendar": 10}
    # A day went by on which nothing began, and the feed takes five more.
    assert slow["launches"]["launch"] == {"finish": "2027-03-22", "late": late, "moved": 6}
    assert (main["cost"]["it"], slow["cost"]["it"]) == (1000, 2000)
    assert main["errors"] < slow["errors"]


def test_one_revision_is_compared_with_the_files_as_they_are(clone: Clone) -> None:
    clone.write("roadmap.toml", PLAN.replace('"2w"', '"1w"'))
    then, now = compared(clone, "main")["columns"]
    assert (then["commit"] is None, now["commit"] is None) == (False, True)
    assert now["launches"]["launch"]["moved"] == -5


def test_two_revisions_are_compared_while_the_files_have_a_merge_open(clone: Clone) -> None:
    clone.write("roadmap.toml", PLAN.replace("cost", "<<<<<<< HEAD\ncost"))
    main, slow = compared(clone, "main", "slow")["columns"]
    assert (main["cost"]["it"], slow["cost"]["it"]) == (1000, 2000)
    for words in (["main"], ["main", "2027-03-01"]):
        done = clone.run(sys.executable, "-m", "planner", "compare", *words)
        assert (done.returncode, "roadmap.toml:16:" in done.stderr) == (2, True), done.stderr


def test_work_that_was_renamed_is_the_same_work(clone: Clone) -> None:
    clone.write("roadmap.toml", PLAN.replace("initiatives.launch", "initiatives.spring-launch"))
    shown = compared(clone, "main")
    assert list(shown["launches"]) == ["spring-launch"]
    then, now = (each["launches"]["spring-launch"] for each in shown["columns"])
    assert then["finish"] == now["finish"]


def test_the_finish_of_each_is_that_of_one_launch(clone: Clone) -> None:
    fair = '[initiatives.fair]\nkind = "milestone"\nneeds = ["feed"]\ndeadline = 2027-03-08\n'
    text = PLAN.replace("[roadmap]", '[roadmap]\nmain_launch = "fair"').replace('"2w"', '"1w"')
    clone.write("roadmap.toml", text + fair)
    shown = compared(clone, "main")
    assert next(iter(shown["launches"])) == "launch"
    assert [one["finish"] for one in shown["columns"]] == ["2027-03-12", "2027-03-05"]
    clone.write("roadmap.toml", text.replace('needs = ["feed"]', "", 1) + fair)
    then, now = compared(clone, "main")["columns"]
    assert now["finish"] == now["launches"]["launch"]["finish"] != then["finish"]


def test_a_launch_that_one_of_them_does_not_have_has_no_date_there(clone: Clone) -> None:
    clone.write("roadmap.toml", f'{PLAN}[initiatives.fair]\nkind = "campaign"\nestimate = "1w"\n')
    then, now = (each["launches"]["fair"] for each in compared(clone, "main")["columns"])
    assert then == {"finish": None, "late": None, "moved": None}
    assert now["finish"] is not None


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_the_page_stays_in_its_columns(clone: Clone, width: int) -> None:
    lines = clone.planner("compare", "main", "slow", "--width", str(width)).splitlines()
    assert any(line.startswith("Spring launch") for line in lines)
    assert max(map(len, lines)) <= max(width, 60)
    assert clone.planner("compare", "main", "slow", "--markdown").startswith("```text\n")


def test_what_is_no_revision_is_refused(clone: Clone) -> None:
    clone.planner("compare", code=2)
    clone.planner("compare", "nowhere", code=2)
    clone.planner("compare", *["main"] * 7, code=2)
    clone.planner("compare", "main", "-r", os.devnull, code=2)
