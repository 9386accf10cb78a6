"""`planner explain CODE:ID`: one conflict in full, with its fixes."""

from __future__ import annotations

import re

import pytest

from tests.cli.conftest import ROADMAPS, Run

ACME = str(ROADMAPS / "acme-2027")


def test_a_conflict_is_explained_with_what_drives_it_and_its_fixes(run: Run) -> None:
    told = run("explain", "DATE01:peak-readiness", "-r", ACME)
    assert told.code == 0
    lines = told.out.splitlines()
    assert lines[0].startswith("✗ peak-readiness ")
    assert re.search(r"DATE01 deadline-missed ·\s+\S*roadmap\.toml:\d+", told.out)
    assert "customer-sso ?━▶ segment-definitions" in told.out
    assert re.search(r"next +Identity and access \(IT\)", told.out)
    assert re.search(r"wins +finish +delay cost +clears +", told.out)
    assert re.search(r"5d +8 Oct +−€11k +✗1 ▲3", told.out)
    assert max(map(len, lines)) <= 100


def test_its_numbers_are_those_that_apply_takes(run: Run) -> None:
    told = run("explain", "DATE01:peak-readiness", "-r", ACME).out
    listed = run("check", ACME, "--fix", "DATE01:peak-readiness", "--dry-run").out
    titles = dict(re.findall(r"^  (\d)\. (.+)$", listed, re.M))
    assert len(titles) >= 4
    for number, title in titles.items():
        begins = " ".join(title.split()[:3])
        assert re.search(rf"\b{number} +(√ )? *{re.escape(begins)}", told)


def test_what_another_conflict_has_taken_in_is_explained_too(run: Run) -> None:
    told = run("explain", "LINK04:consent-signals", "-r", ACME)
    assert told.code == 0
    assert "LINK04 unanswered-request" in told.out


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("DATE01:nobody", "-r", ACME), "planner check"),
        (("DATE01", "-r", ACME), "CODE:ID"),
    ],
)
def test_what_can_not_be_explained_says_why(run: Run, words: tuple[str, ...], hint: str) -> None:
    told = run("explain", *words)
    assert told.code == 2
    assert hint in told.err
