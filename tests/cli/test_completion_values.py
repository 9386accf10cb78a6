"""What is offered for each argument and option: ids of the right kind, keys, codes, revisions."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.shell_completion import CompletionItem, ShellComplete

from planner.cli.main import COMMANDS, group
from planner.cli.shared.completing import BY_METAVAR, NOTHING, called, completion
from tests.hostile.roadmaps import LEAKS, Words, readable

ROADMAP = """
[roadmap]
title = "Plan"
[teams.crm]
title = "CRM and lifecycle"
portfolio = "marketing"
[people.ana]
name = "Ana"
[systems.cms]
[outcomes.sales]
[views.late-work]
query = "late"
[initiatives.api]
title = "The interface"
owner = "implied"
[initiatives.app]
needs = ["api SS+5d"]
[initiatives.web]
needs = [{ on = "app", type = "FF" }]
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one roadmap, in which a line is typed."""
    (tmp_path / "plan.toml").write_text(ROADMAP, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def items(*words: str) -> list[CompletionItem]:
    """What is offered for the last of these words."""
    shell = ShellComplete(group, {}, "planner", "_PLANNER_COMPLETE")
    return shell.get_completions(list(words[:-1]), words[-1])


def offered(*words: str) -> list[str]:
    return [one.value if one.type == "plain" else f"<{one.type}>" for one in items(*words)]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("why", "a"), ["api", "app"]),
        (("why", ""), ["api", "app", "web"]),
        (("path", "--to", "w"), ["web"]),
        (("reach", "ap"), ["api", "app"]),
        (("network", "we"), ["web"]),
        (("status", "api", "p"), ["proposed", "planned", "paused"]),
        (("set", "te"), ["teams.crm", "teams.implied"]),
        (("set", "team", ""), ["crm", "implied"]),
        (("set", "api", "own"), ["owner="]),
        (("set", "api", "owner=cr"), ["owner=crm"]),
        (("set", "api", "owner=im"), ["owner=implied"]),
        (("set", "app", "needs+=w"), ["needs+=web"]),
        (("set", "app", "needs=api,w"), ["needs=api,web"]),
        (("set", "app", "status=pl"), ["status=planned"]),
        (("set", "app", "as_late_as_possible=t"), ["as_late_as_possible=true"]),
        (("set", "teams.crm", "cap"), ["capacity=", "capacity_from="]),
        (("set", "team", "crm", "portfolio=m"), ["portfolio=marketing"]),
        (("add", "out"), ["outcomes."]),
        (("add", "outcomes.x", "own"), ["owner="]),
        (("add", "outcomes.x", "owner=a"), ["owner=ana"]),
        (("remove", "sys"), ["systems.cms"]),
        (("remove", "team", "c"), ["crm"]),
        (("rename", "w"), ["web"]),
        (("rename", "web", "w"), []),
        (("link", "api", "w"), ["web"]),
        (("link", "api", "web", "S"), ["SS", "SF"]),
        (("unlink", "api", ""), ["app"]),
        (("agree", "web", ""), ["app"]),
        (("agree", "api", "--by", "m"), ["marketing"]),
        (("agree", "api", "--by", "an"), ["ana"]),
        (("gaps", "--for", "j"), ["joint"]),
        (("ready", "--for", "c"), ["crm"]),
        (("ready", "--for", "w"), ["web"]),
        (("check", "--for", "w"), ["web"]),
        (("check", "--select", "CAP"), ["CAP", "CAP01"]),
        (("check", "--ignore", "DATE01,cyc"), ["DATE01,cycle"]),
        (("check", "--fix", "CAP0"), ["CAP01"]),
        (("check", "--fix", "DATE01:ap"), ["DATE01:api", "DATE01:app"]),
        (("explain", "SYS01:cm"), ["SYS01:cms"]),
        (("show", "--filter", "crit"), ["critical"]),
        (("show", "--filter", "late -own"), ["late -owner:"]),
        (("show", "--filter", "owner:cr"), ["owner:crm"]),
        (("show", "--filter", "status:active,pl"), ["status:active,planned"]),
        (("show", "--filter", "side:ma"), ["side:marketing"]),
        (("show", "--filter", "(@needs:w"), ["(@needs:web"]),
        (("show", "--view", ""), ["late-work"]),
        (("show", "--group-by", "o"), ["owner", "outcome"]),
        (("show", "--sort", "f"), ["finish", "float", "free_float"]),
        (("show", "--columns", "finish,ne"), ["finish,next"]),
        (("help", "filt"), ["filters"]),
        (("help", "agreem"), ["agreements"]),
        (("show", "x"), ["<file>"]),
        (("why", "api", "-r", ""), ["<file>"]),
        (("schema", "--for", ""), ["<file>"]),
        (("git", "status", ""), ["<file>"]),
        (("merge", ""), ["<file>"]),
    ],
)
@pytest.mark.usefixtures("here")
def test_it_is_what_can_stand_there(words: tuple[str, ...], wanted: list[str]) -> None:
    assert offered(*words) == wanted


def test_a_title_stands_beside_its_id(here: Path) -> None:
    assert here.is_dir()
    assert [(one.value, one.help) for one in items("why", "api")] == [("api", "The interface")]


def test_ids_are_those_of_the_roadmap_that_the_line_names(here: Path) -> None:
    other = here / "other"
    other.mkdir()
    (other / "it.toml").write_text("[roadmap]\n[initiatives.elsewhere]\n", encoding="utf-8")
    assert offered("why", "-r", "other", "") == ["elsewhere"]
    assert offered("path", "other", "--to", "") == ["elsewhere"]


def test_revisions_are_branches_tags_and_head(here: Path) -> None:
    for words in (("init", "-q", "-b", "main"), ("add", "-A"), ("tag", "v1")):
        if words[0] == "tag":
            who = ("-c", "user.name=a", "-c", "user.email=a@b.example")
            subprocess.run(["git", *who, "commit", "-q", "-m", "x"], cwd=here, check=True)
        subprocess.run(["git", *words], cwd=here, check=True)
    assert offered("check", "--base", "") == ["HEAD", "main", "v1"]
    assert offered("check", "--at", "v") == ["v1"]
    assert offered("diff", "ma") == ["main", "<file>"]


# --- whatever is there ----------------------------------------------------------------------------

BROKEN = {
    "nothing": None,
    "broken": "[initiatives.a",
    "binary": "\x00\x01",
    "no-tables": "initiatives = 3\nteams = []\n",
    "odd-tables": "[initiatives]\na = 3\n[initiatives.b]\nneeds = 7\n[teams]\ncrm = 'x'\n",
}


@pytest.mark.parametrize("name", sorted(BROKEN))
@pytest.mark.parametrize(
    "line",
    ["why ", "set a own", "set a owner=", "unlink a ", "agree a ", "check --fix DATE01:",
     "check --base ", "show --view ", "show --filter owner:", "ready --for "],
)  # fmt: skip
def test_a_roadmap_that_cannot_be_read_offers_nothing_in_silence(
    name: str, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    text = BROKEN[name]
    if text is not None:
        (tmp_path / "plan.toml").write_text(text, encoding="utf-8")
    found = offered(*line.split(" "))
    assert "tables" in name or not set(found) - {"owner="}
    assert capfd.readouterr() == ("", "")


def test_hostile_text_reaches_no_shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.toml").write_text(readable(Words()), encoding="utf-8")
    found = [one for words in (("why", ""), ("set", "t"), ("ready", "--for", ""))
             for one in items(*words)]  # fmt: skip
    assert len(found) > 3
    assert not [one for one in found if LEAKS.search(f"{one.value}{one.help}") or "\n" in one.value]


@pytest.mark.usefixtures("here")
def test_ids_are_read_and_nothing_is_scheduled(monkeypatch: pytest.MonkeyPatch) -> None:
    """A word that goes wrong offers nothing, so what is offered was found without a schedule."""

    def refuse(*_: object) -> None:
        raise AssertionError("scheduled")

    monkeypatch.setattr("planner.plan.model.compute", refuse)
    monkeypatch.setattr("planner.plan.model.Network.of", refuse)
    assert offered("set", "api", "owner=c") == ["owner=crm"]
    assert offered("check", "--fix", "DATE01:w") == ["DATE01:web"]
    assert offered("show", "--filter", "owner:c") == ["owner:crm"]
    assert offered("why", "a") == ["api", "app"]


# --- every parameter ------------------------------------------------------------------------------


def _parameters() -> Iterator[tuple[str, click.Parameter]]:
    context = group.make_context("planner", ["help"])
    for name in COMMANDS:
        command = group.get_command(context, name)
        assert command is not None
        inner = command.commands.values() if isinstance(command, click.Group) else [command]
        for one in inner:
            yield from ((f"{name} {one.name}", param) for param in one.params)


def _completes_itself(param: click.Parameter) -> bool:
    """Whether there is nothing to type, or a choice, a number or a file of click's own."""
    flag = isinstance(param, click.Option) and param.is_flag
    return flag or not isinstance(param.type, click.types.StringParamType)


def test_every_parameter_is_completed_or_says_why_it_cannot_be() -> None:
    typed = [(name, one) for name, one in _parameters() if not _completes_itself(one)]
    assert len(typed) > 60
    assert not [
        f"{name}: {called(one)}"
        for name, one in typed
        if (completion(one) is None) == (called(one) not in NOTHING)
    ]


def test_no_reason_is_kept_that_nothing_needs() -> None:
    used = {called(one) for _, one in _parameters()}
    assert set(NOTHING) <= used
    assert set(BY_METAVAR) - used <= {"FILE", "[FILE] [PATH]", "TEAM", "ID..."}
