"""`--for`, `--filter`, `--markdown` and `--json`: the same on every command that prints a plan."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
import pytest

from planner.cli.main import COMMANDS, group
from tests.cli.conftest import Run
from tests.git.clones import clone_at

PRINTING = (
    *(
        "show",
        "check",
        "ready",
        "mine",
        "path",
        "agreements",
        "outcomes",
        "gaps",
        "capacity",
        "owes",
    ),
    *("history", "promises", "agenda", "diff"),
)
"""The commands that print what is planned, of all or of some work."""
OF_ONE = ("network", "why", "reach", "announce")
"""The commands that print what is planned of one initiative."""


def options(name: str) -> set[str]:
    command = group.get_command(click.Context(group), name)
    assert command is not None
    return {option for param in command.params for option in param.opts}


@pytest.mark.parametrize("name", PRINTING)
def test_every_printing_command_takes_all_of_them(name: str) -> None:
    assert options(name) >= {"--for", "--filter", "--json", "--short", "--markdown"}
    assert name in COMMANDS


@pytest.mark.parametrize("name", OF_ONE)
def test_what_is_about_one_initiative_is_json_and_markdown_too(name: str) -> None:
    assert options(name) >= {"--json", "--short", "--markdown"}


def asked(run: Run, *words: str) -> Any:
    printed = run(*words, "--json")
    assert printed.err == ""
    return json.loads(printed.out)


def test_show_has_only_what_matches(run: Run, acme: str) -> None:
    whole = {row["id"] for row in asked(run, "show", acme)["initiatives"]}
    crm = {row["id"] for row in asked(run, "show", acme, "--for", "crm")["initiatives"]}
    same = {row["id"] for row in asked(run, "show", acme, "--filter", "owner:crm")["initiatives"]}
    assert crm
    assert crm < whole
    assert crm <= same | crm
    before = {
        row["id"] for row in asked(run, "show", acme, "--for", "peak-campaign")["initiatives"]
    }
    assert {"peak-campaign", "lifecycle-journeys", "customer-sso"} <= before < whole
    text = run("show", acme, "--for", "autumn-range-live").out
    assert "autumn-content" in text
    assert "customer-sso" not in text


def test_outcomes_are_those_that_the_work_contributes_to(run: Run, acme: str) -> None:
    found = asked(run, "outcomes", acme, "--for", "insight")["outcomes"]
    assert {row["id"] for row in found} == {
        row["id"]
        for row in asked(run, "outcomes", acme)["outcomes"]
        for one in row["contributors"]
        if one["id"] in {"segment-definitions", "attribution-dashboard"}
    }


def test_gaps_of_a_team_are_about_its_work(run: Run, acme: str) -> None:
    work = {row["id"] for row in asked(run, "show", acme, "--for", "crm")["initiatives"]}
    rows = asked(run, "gaps", acme, "--for", "crm")["rows"]
    assert rows
    assert all(work & {id for ids in row["work"].values() for id in ids} for row in rows)


def test_the_path_leads_to_what_finishes_last(run: Run, acme: str) -> None:
    assert asked(run, "path", acme, "--for", "autumn-range-live") == asked(
        run, "path", acme, "--to", "autumn-range-live"
    )
    rows = asked(run, "show", acme, "--filter", "owner:crm")["initiatives"]
    last = max((row["finish"] or "", row["id"]) for row in rows)[1]
    assert asked(run, "path", acme, "--filter", "owner:crm") == asked(
        run, "path", acme, "--to", last
    )
    assert run("path", acme, "--filter", "status:dropped").code == 2


# --- who moves next -------------------------------------------------------------------------------


def nexts(run: Run, acme: str, *words: str) -> set[tuple[str | None, str | None]]:
    found = asked(run, "check", acme, *words)["findings"]
    return {(row["next"], row["next_party"]) for row in found if not row["waived"]}


def test_the_conflicts_of_whoever_moves_next(run: Run, acme: str) -> None:
    every = nexts(run, acme)
    of_team = nexts(run, acme, "--next", "identity")
    assert of_team == {("it", "identity")}
    assert nexts(run, acme, "--next", "Nadia Haddad") == of_team  # she leads it
    of_it = nexts(run, acme, "--next", "IT")
    assert of_team < of_it < every
    assert {side for side, _ in of_it} <= {"it", "joint"}  # what is for both is for IT, too


def test_the_exit_code_is_about_what_is_asked_for(run: Run, acme: str) -> None:
    assert run("check", acme, "--next", "legal").code == 2  # no such party
    assert run("check", acme, "--next", "security").code in (0, 1)
    quiet = run("check", acme, "--filter", "data-lake-pilot", "--severity", "error")
    assert quiet.code == 0


def test_grouped_by_who_moves_next_each_conflict_stands_once(run: Run, acme: str) -> None:
    lines = run("check", acme, "--group-by", "next").out.splitlines()
    heads = [line for line in lines if line and line.rsplit(": ", 1)[-1].isdigit()]
    found = asked(run, "check", acme)["findings"]
    open_ones = [one for one in found if not one["waived"]]
    assert sum(int(line.rsplit(": ", 1)[1]) for line in heads) == len(open_ones)
    assert heads[0].startswith("IT · Identity and access: ")
    sides = [line.split(":")[0].split(" · ")[0] for line in heads]
    assert [*dict.fromkeys(sides)] == ["IT", "Marketing", "Marketing and IT"]
    assert sides == sorted(sides), "the desks of a side stand together"
    assert "next:" not in "".join(lines[:-2])


def test_markdown_has_a_heading_for_each(run: Run, acme: str) -> None:
    text = run("check", acme, "--group-by", "next", "--markdown").out
    assert "## IT · Identity and access: 5" in text.splitlines()
    assert text.count("```") % 2 == 0


# --- the record -----------------------------------------------------------------------------------


def test_the_history_of_a_side_is_that_of_its_launches(run: Run, tmp_path: Path) -> None:
    clone = clone_at(tmp_path / "plan")
    text = (
        '[teams.a]\nportfolio = "it"\n[teams.b]\nportfolio = "marketing"\n'
        '[initiatives.one]\nkind = "campaign"\nowner = "a"\nestimate = "1w"\n'
        '[initiatives.two]\nkind = "campaign"\nowner = "b"\nestimate = "1w"\n'
    )
    clone.commit("plan.toml", text)
    clone.commit("plan.toml", text.replace('"1w"', '"2w"'))
    file = str(clone.top / "plan.toml")
    for words, launches in (
        ((), {"one", "two"}),
        (("--for", "it"), {"one"}),
        (("--filter", "owner:b"), {"two"}),
    ):
        found = asked(run, "history", "-r", file, *words)
        assert {trend["id"] for trend in found["trends"]} == launches
    assert run("history", "-r", file, "--filter", "nothing-so").code == 2


def test_a_difference_is_of_the_work_that_is_asked_for(run: Run, tmp_path: Path) -> None:
    clone = clone_at(tmp_path / "plan")
    text = '[initiatives.one]\nestimate = "1w"\n[initiatives.two]\nestimate = "1w"\n'
    clone.commit("plan.toml", text)
    file = str(clone.write("plan.toml", text.replace('"1w"', '"2w"')))
    both = asked(run, "diff", "-r", file)
    found = asked(run, "diff", "-r", file, "--for", "one")
    assert {row["id"] for row in both["moved"]} == {"one", "two"}
    assert {row["id"] for row in found["moved"]} == {"one"}
    assert {row["id"] for row in found["changes"]} == {"one"}
    assert "two" not in run("diff", "-r", file, "--filter", "one").out
    assert run("diff", "-r", file, "--for", "one", "--dates", "--markdown").out.startswith("```")
