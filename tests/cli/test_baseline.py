"""`planner show --baseline`: where everything was by an earlier revision, and how far it moved."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.git.clones import Clone

PLAN = """
[roadmap]
start = 2027-03-01
status_date = {day}

[teams.web]
portfolio = "it"

[initiatives.api]
owner = "web"
estimate = "{api}"

[initiatives.{app}]
title = "The app that customers wait for"
owner = "web"
estimate = "2w"
needs = ["api"]

[initiatives.launch]
portfolio = "it"
estimate = "0d"
needs = ["{app}"]

[meetings.joint]
title = "Joint review"
between = ["marketing", "it"]
last = 2027-03-01
"""


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    """Two revisions: in the second `api` takes a week more. In the files it takes two more, `app`
    has another name, and there is a new initiative. Nothing has begun, so each day is a day more.
    """
    made = Clone(tmp_path)
    made.git("init", "-q")
    for day, api in (("2027-03-01", "2w"), ("2027-03-02", "3w")):
        made.commit("roadmap.toml", PLAN.format(day=day, api=api, app="app"))
    text = PLAN.format(day="2027-03-03", api="4w", app="application")
    made.write("roadmap.toml", text + '\n[initiatives.extra]\nowner = "web"\nestimate = "1w"\n')
    return made


def shown(clone: Clone, base: str) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(clone.planner("show", "--json", "--baseline", base))
    return said


def moved(clone: Clone, base: str) -> dict[str, int | None]:
    return {each["id"]: each["was"]["moved"] for each in shown(clone, base)["initiatives"]}


@pytest.mark.parametrize(
    ("base", "day", "days"),
    [
        ("HEAD~1", "2027-03-01", 12),
        ("HEAD", "2027-03-02", 6),
        ("2027-03-01", "2027-03-01", 12),
        ("last", "2027-03-01", 12),
    ],
)
def test_each_finish_is_compared_with_what_it_was_then(
    clone: Clone, base: str, day: str, days: int
) -> None:
    said = shown(clone, base)
    assert said["baseline"]["day"] == day
    assert len(said["baseline"]["commit"]) == 40
    found = moved(clone, base)
    assert found == {"api": days, "application": days, "launch": days, "extra": None}


def test_it_says_where_each_was(clone: Clone) -> None:
    rows = {each["id"]: each["was"] for each in shown(clone, "HEAD~1")["initiatives"]}
    assert rows["api"] == {"start": "2027-03-01", "finish": "2027-03-12", "moved": 12}
    assert rows["extra"] == {"start": None, "finish": None, "moved": None}


def test_without_a_baseline_the_json_is_as_it_was(clone: Clone) -> None:
    said = json.loads(clone.planner("show", "--json"))
    assert "baseline" not in said
    assert not any("was" in each for each in said["initiatives"])


@pytest.mark.parametrize("width", ["60", "80", "120"])
def test_the_table_has_a_column_and_the_bar_is_drawn(clone: Clone, width: str) -> None:
    lines = clone.planner("show", "--baseline", "HEAD~1", "--width", width).splitlines()
    assert "moved since 1 Mar 2027" in "\n".join(lines[:3])
    assert max(map(len, lines)) <= int(width)
    row = {line.split()[1]: line for line in lines if line.startswith("○")}
    assert "+12d" in row["api"].split()
    assert "▁" in row["api"]
    assert "new" in row["extra"].split()
    assert "▁ baseline" in "\n".join(lines)


def test_what_moved_nowhere_has_a_dot(clone: Clone) -> None:
    clone.git("checkout", "-q", "roadmap.toml")
    lines = clone.planner("show", "--baseline", "HEAD").splitlines()
    row = next(line for line in lines if " api " in line)
    assert "·" in row.split()
    assert "▁" not in row


@pytest.mark.parametrize("base", ["nothing", "2020-01-01"])
def test_what_is_no_revision_is_refused(clone: Clone, base: str) -> None:
    done = clone.run("planner", "show", "--baseline", base)
    assert done.returncode == 2
    assert done.stdout == ""
    assert base in done.stderr
    assert "Traceback" not in done.stderr


def test_outside_of_a_repository_it_is_refused(tmp_path: Path) -> None:
    lone = Clone(tmp_path)
    lone.write("roadmap.toml", PLAN.format(day="2027-03-01", api="2w", app="app"))
    done = lone.run("planner", "show", "--baseline", "HEAD")
    assert done.returncode == 2
    assert "in no git repository" in done.stderr
