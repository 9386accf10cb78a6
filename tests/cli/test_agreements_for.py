"""`planner agreements --for WHO`: what may be done without asking, and whom to ask."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

PLAN = """
[teams.growth]
portfolio = "marketing"
[teams.privacy]
portfolio = "it"
[teams.platform]
portfolio = "it"
[people.anna]
name = "Anna Berg"
team = "growth"
[data.profile]
classification = "special"
steward = "privacy"
[systems.tags]
owner = "platform"
[systems.shop]
owner = "platform"
[agreements.tagging]
title = "Tags on the site"
accountable = "growth"
capabilities = ["tagging"]
systems = ["tags"]
access = "personal"
limit = 15000
agreed = { marketing = 2027-01-01, it = 2027-01-02 }
[agreements.mail]
responsible = ["growth"]
capabilities = ["email"]
agreed = { marketing = 2027-01-01 }
[decisions.tool]
owner = "anna"
options = ["a", "b"]
[initiatives.pages]
owner = "growth"
estimate = "2w"
uses = ["tags", "shop"]
processes = ["profile"]
needs = [{ on = "api", asked = 2027-03-01, needed_by = 2027-04-01 }]
[initiatives.api]
owner = "platform"
estimate = "2w"
[initiatives.report]
owner = "platform"
estimate = "1w"
needs = [{ on = "pages", delivers = "pages" }]
"""


@pytest.fixture
def plan(tmp_path: Path) -> str:
    (tmp_path / "plan.toml").write_text(PLAN, "utf-8")
    return str(tmp_path / "plan.toml")


def shown(run: Run, plan: str, *words: str) -> dict[str, Any]:
    ran = run("agreements", plan, "--as-of", "2027-03-22", "--json", *words)
    assert ran.code == 0, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


@pytest.mark.parametrize("whom", ["growth", "marketing", "anna", "Anna Berg"])
def test_what_may_be_done_without_asking(run: Run, plan: str, whom: str) -> None:
    allowed = {
        one["agreement"]: one for one in shown(run, plan, "--for", whom)["mandate"]["allowed"]
    }
    assert set(allowed) == {"tagging", "mail"}
    tagging = allowed["tagging"]
    assert (tagging["limit"], tagging["access"], tagging["lacking"]) == (15_000, "personal", [])
    assert allowed["mail"]["lacking"] == ["it"]


def test_it_is_said_in_words(run: Run, plan: str) -> None:
    said = run("agreements", plan, "--as-of", "2027-03-22", "--for", "growth").out
    assert "up to 15,000, data up to personal, tagging" in said
    assert "not agreed by IT" in said


def test_whom_it_has_to_ask(run: Run, plan: str) -> None:
    asks = shown(run, plan, "--for", "growth")["mandate"]["asks"]
    assert {(one["whom"], one["kind"], one["id"]) for one in asks} == {
        ("privacy", "data", "profile"),
        ("platform", "systems", "shop"),
    }
    assert all(one["work"] == ["pages"] for one in asks)


def test_who_was_heard_is_not_asked_again(run: Run, plan: str) -> None:
    for party in ("privacy", "platform"):
        words = ("pages", "--review", "--by", party, "--on", "2027-03-01")
        assert run("agree", *words, "-r", plan, "--as-of", "2027-03-22").code == 0
    assert shown(run, plan, "--for", "growth")["mandate"]["asks"] == []


def test_what_it_owes_and_awaits(run: Run, plan: str) -> None:
    for whom in ("growth", "marketing"):
        mandate = shown(run, plan, "--for", whom)["mandate"]
        assert mandate["owes"] == [["pages", "report"]]
        assert mandate["awaits"] == [["api", "pages"]]
        assert mandate["decides"] == ["tool"]
    assert shown(run, plan, "--for", "it")["mandate"]["owes"] == [["api", "pages"]]
    assert shown(run, plan, "--for", "anna")["mandate"]["owes"] == []


def test_rows_of_others_are_left_out(run: Run, plan: str) -> None:
    found = shown(run, plan, "--for", "privacy")
    assert (found["agreements"], found["initiatives"], found["handovers"]) == ([], [], [])
    assert {one["id"] for one in shown(run, plan, "--for", "growth")["initiatives"]} == {"pages"}


def test_a_filter_keeps_what_matches_and_what_covers_it(run: Run, plan: str) -> None:
    found = shown(run, plan, "--filter", "owner:growth")
    assert [one["id"] for one in found["initiatives"]] == ["pages"]
    assert [one["id"] for one in found["agreements"]] == ["tagging"]
    assert len(found["handovers"]) == 2
    found = shown(run, plan, "--filter", "id:report")
    assert [(one["supplier"], one["successor"]) for one in found["handovers"]] == [
        ("pages", "report")
    ]
    assert run("agreements", plan, "--filter", "owner:nobody-x").code == 2
    assert run("agreements", plan, "--filter", "status:done").code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("agreements",),
        ("agreements", "--for", "growth"),
        ("gaps",),
        ("gaps", "--for", "it"),
        ("outcomes",),
        ("ready",),
    ],
)
def test_a_page_in_markdown(run: Run, acme: str, words: tuple[str, ...]) -> None:
    """Headings are headings, and what stands in columns keeps them."""
    text, page = run(*words, acme).out, run(*words, acme, "--markdown").out
    lines = page.splitlines()
    assert any(line.startswith("## ") for line in lines)
    assert [line for line in lines if line and line[:3] not in ("## ", "```")] == [
        line for line in text.splitlines() if line and f"## {line.strip()}" not in lines
    ]
    assert lines.count("```text") == lines.count("```") > 0


def test_somebody_unknown(run: Run, plan: str) -> None:
    ran = run("agreements", plan, "--for", "grwth")
    assert ran.code == 2
    assert "growth" in ran.err
