"""The reference of a rule: `planner explain` and the rules view."""

from __future__ import annotations

import re

import pytest

from planner.conflicts.registry import RULES
from planner.pages.rules import facts, on_samples
from planner.tui.views.rules import told
from tests.cli.conftest import Run
from tests.pages import shown_on


@pytest.mark.parametrize("code", [*RULES])
def test_the_screen_says_what_the_command_says(run: Run, code: str) -> None:
    shown = shown_on(told(RULES[code], 100))
    assert run("explain", code).out.splitlines() == shown
    assert any(line.startswith("Why it matters to marketing: ") for line in shown)
    assert all(fact.text.split()[0] in " ".join(shown) for fact in facts(RULES[code]))


@pytest.mark.parametrize("code", [*RULES])
def test_since_when_an_example_fixes_and_how_often_are_told_of_each_rule(
    run: Run, code: str
) -> None:
    told = {fact.label: fact.text for fact in facts(RULES[code])}
    assert told.keys() & {"Active", "Active once"}
    assert told["Fixes"]
    assert told["On the samples"]
    reference = run("rules", "--markdown").out.split(f"## {code} ")[1].split("\n## ")[0]
    for label, text in told.items():
        assert f"- **{label}:** " in reference
        assert text in reference
    assert f"```toml\n{RULES[code].example.strip()}\n```" in reference


def test_how_often_is_counted() -> None:
    told = {code: on_samples(RULES[code]) for code in ("DATE01", "PLAN01", "STALE01")}
    assert told["PLAN01"] == "none in acme-2027, none in minimal"
    assert re.fullmatch(r"[1-9]\d* conflicts? in acme-2027, .*", told["DATE01"])
    assert told["STALE01"] == "not counted: it asks git"
