"""`planner outcomes` and `planner gaps`, as a shell runs them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run, printed_json


@pytest.mark.parametrize("name", ["outcomes", "gaps"])
def test_json_is_what_its_schema_says_and_stable(run: Run, acme: str, name: str) -> None:
    printed = run(name, "--json", acme)
    assert (printed.code, printed.err) == (0, "")
    title = {"outcomes": "OutcomesShown", "gaps": "GapsShown"}[name]
    document = json.loads(printed.out)
    printed_json(title).validate(document)
    assert document["schema"] == 1
    assert run(name, "--json", acme) == printed


def test_outcomes_says_what_peak_revenue_costs_and_brings(run: Run, acme: str) -> None:
    lines = run("outcomes", acme).out.splitlines()
    at = lines.index("peak-revenue, A peak season without a standstill")
    told = " ".join("\n".join(lines[at : lines.index("", at)]).split())
    assert "Complete 15 Oct, 58 working days before its target date (7 Jan 2028)" in told
    assert "Cost €206k: IT €88k, Marketing €118k; " in told
    assert "return 1.7× a year = €340k value / €206k cost" in told
    assert "peak-readiness · Joint · planned · 15 Oct, the last" in told


def test_outcomes_sets_cost_against_the_budget(run: Run, acme: str) -> None:
    out = run("outcomes", acme).out
    assert "Marketing   €945k, €905k of it open; budget €960k, €15k left" in out
    assert "IT          €1.02m, €1.01m of it open; budget €980k, €40k over" in out
    assert "influencer-pages · Marketing campaign · €25k" in out


def test_outcomes_says_how_to_start(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    file.write_text('[initiatives.site]\nestimate = "2w"\n', encoding="utf-8")
    lines = run("outcomes", str(file)).out.splitlines()
    assert lines[0] == "No outcomes yet"
    for command in ("planner add outcomes.ID", "planner set INITIATIVE outcomes=ID"):
        assert any(line.startswith(f"  {command}") for line in lines)
    assert any("cost=…" in line for line in lines)
    assert any("market-facing · 1 initiative · 10d · 100%" in line for line in lines)
    assert json.loads(run("outcomes", "--json", str(file)).out)["outcomes"] == []


def test_outcomes_without_one_still_shows_the_money(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    file.write_text('[initiatives.site]\nestimate = "2w"\ncost = 900\n', encoding="utf-8")
    out = run("outcomes", str(file)).out
    assert re.search(r"Cost by side\n[Nn]o side +900, 900 of it open", out)
    assert not any(words in out for words in ("cost=…", "How it is computed", "For no outcome"))


def test_gaps_is_the_list_to_bring_to_the_other_side(run: Run, acme: str) -> None:
    asked = run("gaps", "--questions", acme).out.splitlines()
    assert asked[0] == "Questions for the other side: 9"
    assert "skill attribution-modelling: who can do it?" in asked
    shared = [line for line in asked if line.startswith("system commerce:")]
    assert shared == ["system commerce: both change it; no agreement covers it"]
    whole = run("gaps", acme).out
    assert "Bridging roles" in whole
    assert "Inês Duarte · Marketing technologist · Marketing" in whole


def test_gaps_for_a_side_is_what_its_lead_brings(run: Run, acme: str) -> None:
    of_it = run("gaps", "--for", "IT", acme).out.splitlines()
    assert of_it[0] == "Questions for the other side: 6"
    assert any(line.startswith("  crm, ") for line in of_it)
    assert sum("  Question " in line for line in of_it) == 6
    assert not any("IT plans nothing" in line for line in of_it)
    shown = json.loads(run("gaps", "--for", "marketing", "--json", acme).out)
    assert len(shown["rows"]) == 9
    assert all("marketing" in row["asked_by"] for row in shown["rows"])
    wrong = run("gaps", "--for", "sales", acme)
    assert wrong.code == 2
    assert "there is no side, team, person or initiative `sales`" in wrong.err


def test_gaps_says_how_to_start(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    file.write_text('[initiatives.site]\nestimate = "2w"\n', encoding="utf-8")
    out = run("gaps", str(file)).out
    assert "Skills: none yet (people with `skills`" in out
    assert run("gaps", "--questions", str(file)).out == "No questions for the other side\n"


@pytest.mark.parametrize("name", ["outcomes", "gaps"])
def test_text_of_the_file_stays_text(run: Run, tmp_path: Path, name: str) -> None:
    file = tmp_path / "plan.toml"
    file.write_text(
        '[outcomes.o]\ntitle = "\\u001b[2J[/]\\u202e"\nkpi = "a\\nb"\n'
        '[systems.s]\ncapabilities = ["\\u001b[31m"]\n'
        '[people.p]\nname = "\\u0007"\nbridges = true\nskills = ["x\\u009b"]\n',
        encoding="utf-8",
    )
    out = run(name, str(file)).out
    assert not set(out) & {"\x1b", "\x07", "\x9b", "\u202e"}
