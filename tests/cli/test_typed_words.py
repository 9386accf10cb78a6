"""Words as people type them on a command line: commands, options, names of tables, days, paths."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest

from planner.session.session import Session
from tests.cli.conftest import ROADMAPS, Run

SMALL = """[roadmap]
title = "Small"
start = 2027-03-01
status_date = 2027-03-01

[teams.crm]
portfolio = "marketing"

[systems.shop]
owner = "crm"

[initiatives.api]
estimate = "2w"
owner = "crm"

[initiatives.web]
estimate = "1w"

[agreements.mail]
accountable = "crm"
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small roadmap in the folder that commands run in."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "plan.toml"
    path.write_text(SMALL, encoding="utf-8")
    return path


# --- commands and options -------------------------------------------------------------------------


@pytest.mark.usefixtures("file")
@pytest.mark.parametrize("words", [("shwo", "plan.toml"), ("shwo", "--json"), ("shwo",)])
def test_a_misspelt_command_is_named_whatever_stands_behind_it(
    run: Run, words: tuple[str, ...]
) -> None:
    ran = run(*words)
    assert ran.code == 2
    assert ran.out == ""
    assert "`planner show`" in ran.err
    assert "open" not in ran.err


@pytest.mark.usefixtures("file")
@pytest.mark.parametrize(
    ("words", "near", "usage"),
    [
        (("--theem", "dark"), "--theme", "Usage: planner [OPTIONS] [PATH] | COMMAND"),
        (("plan.toml", "--asof", "today"), "--as-of", "Usage: planner [OPTIONS] [PATH] | COMMAND"),
        (("--verison",), "--version", "Usage: planner [OPTIONS] [PATH] | COMMAND"),
        (("show", "--jsno"), "--json", "Usage: planner show"),
        (("show", "-json"), "--json", "Usage: planner show"),
        (("fmt", "--dif"), "--diff", "Usage: planner fmt"),
    ],
)
def test_an_unknown_option_names_the_nearest_under_the_usage_of_what_was_named(
    run: Run, words: tuple[str, ...], near: str, usage: str
) -> None:
    ran = run(*words)
    assert ran.code == 2
    assert f"did you mean `{near}`?" in ran.err
    assert ran.err.startswith(usage)


def test_a_command_behind_its_options_is_named(run: Run, file: Path) -> None:
    ran = run("-r", str(file), "show")
    assert ran.code == 2
    assert f"`planner show -r {file}`" in ran.err


def test_a_group_alone_prints_its_help_once(run: Run) -> None:
    ran = run("git")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Usage: planner git")
    assert ran.err.count("Usage:") == 1
    assert "install" in ran.err


# --- names of tables ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [("teams.crm",), ("team.crm",), ("team", "crm"), ("teams", "crm")])
def test_a_table_is_named_one_way_in_every_command_that_edits(
    run: Run, file: Path, name: tuple[str, ...]
) -> None:
    assert run("set", *name, "capacity=3").code == 0
    assert "capacity = 3" in file.read_text("utf-8")
    assert run("rename", *name, "crew").code == 0
    assert "[teams.crew]" in file.read_text("utf-8")
    new = tuple(word.replace("crm", "crew") for word in name)
    assert run("remove", *new).code == 0
    assert "[teams." not in file.read_text("utf-8")
    assert run("add", *name, "portfolio=marketing").code == 0
    assert '[teams.crm]\nportfolio = "marketing"' in file.read_text("utf-8")


@pytest.mark.parametrize(
    "words",
    [
        ("agreement.mail", "--by", "marketing"),
        ("agreement", "mail", "--by", "marketing"),
        ("mail", "--by", "marketing"),
    ],
)
def test_an_agreement_is_named_as_any_table(run: Run, file: Path, words: tuple[str, ...]) -> None:
    ran = run("agree", *words)
    assert ran.code == 0, ran.err
    assert "agreed = { marketing = 2027-03-01 }" in file.read_text("utf-8")


def test_an_initiative_may_be_named_with_its_kind(run: Run, file: Path) -> None:
    assert run("link", "initiative.api", "initiatives.web").code == 0
    assert 'needs = ["api"]' in file.read_text("utf-8")
    assert run("why", "initiative.web").code == 0
    assert run("check", "--for", "initiative.web").code == 0


def test_an_initiative_that_is_called_as_a_kind_is_itself(run: Run, file: Path) -> None:
    file.write_text(SMALL.replace("initiatives.api", "initiatives.team"), encoding="utf-8")
    assert run("rename", "team", "crew").code == 0
    assert "[initiatives.crew]" in file.read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("set", "team.cmr", "capacity=3"), "there is no `teams.cmr`"),
        (("set", "team", "crm"), "KEY=VALUE"),
        (("add", "team"), "`planner add teams.ID`"),
        (("add", "team", "capacity=3"), "`planner add teams.ID`"),
        (("add", "tema.crm"), "did you mean `team`?"),
        (("remove", "api", "web"), "`web` is too much"),
        (("rename", "api"), "`planner rename api NEW`"),
        (("agree", "api", "web", "mail"), "`mail` is too much"),
    ],
)
def test_a_name_that_is_none_is_refused(
    run: Run, file: Path, words: tuple[str, ...], said: str
) -> None:
    ran = run(*words)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert file.read_text("utf-8") == SMALL


# --- days -----------------------------------------------------------------------------------------


def test_a_day_may_be_typed_wherever_one_is_asked_for(run: Run, file: Path) -> None:
    tomorrow = (date.today() + timedelta(days=1)).isoformat()
    for words in (("show", "--json"), ("check", "--json"), ("outcomes", "--json")):
        ran = run(*words, "--as-of", "tomorrow")
        assert json.loads(ran.out)["as_of"] == tomorrow, ran.err
    assert run("reach", "web", "end q2").code == 0
    assert run("status", "api", "active", "--on", "1 mar").code == 0
    assert "actual_start = 2027-03-01" in file.read_text("utf-8")


def test_working_days_to_reach_are_those_of_the_roadmap(run: Run, file: Path) -> None:
    """`+7d` is a week later where every day is worked, and not the Wednesday after that."""
    days = '["mon", "tue", "wed", "thu", "fri", "sat", "sun"]'
    calendar = f'calendar = "all"\n[calendars.all]\nworkdays = {days}\n'
    day = "status_date = 2027-03-01\n"
    file.write_text(SMALL.replace(day, day + calendar), encoding="utf-8")
    assert "wanted by 8 Mar" in run("reach", "web", "+7d").out


FOUR = '[calendars.standard]\nworkdays = ["mon", "tue", "wed", "thu"]\n'


def test_a_week_has_the_days_of_the_standard_calendar(run: Run, file: Path) -> None:
    """`standard` is the roadmap's calendar where it names none, also where it has a table."""
    file.write_text(SMALL + FOUR, encoding="utf-8")
    shown = json.loads(run("show", "--json").out)["initiatives"]
    assert {one["id"]: one["duration"] for one in shown} == {"api": 8, "web": 4}
    for asked, ids in (("estimate<5d", {"web"}), ("estimate>8d", set()), ("float<1w", {"api"})):
        out = run("show", "--filter", asked).out
        assert {id for id in ("api", "web") if id in out} == ids, asked
    assert run("set", "api", "estimate=1w 1d").code == 0
    assert 'estimate = "5d"' in file.read_text("utf-8")


# --- paths ----------------------------------------------------------------------------------------


def committed(*commands: str) -> None:
    """Run commands of git, as somebody."""
    for command in commands:
        who = ("-c", "user.name=Ana", "-c", "user.email=ana@example.org")
        subprocess.run(["git", *who, *command.split()], check=True)


def test_what_changed_may_be_asked_of_a_path(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROADMAPS / "acme-2027", "acme")
    committed("init -q", "add .", "commit -qm first")
    assert run("set", "team.crm", "capacity=3", "-r", "acme").code == 0
    for words in (("acme",), ("HEAD", "acme"), ("acme", "HEAD"), ("-r", "acme"), ("acme/",)):
        ran = run("diff", *words, "--json")
        assert ran.code == 0, ran.err
        (change,) = json.loads(ran.out)["changes"]
        assert (change["kind"], change["id"]) == ("teams", "crm")


def test_a_path_that_is_a_revision_too_is_asked_back(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROADMAPS / "acme-2027", "acme")
    committed("init -q", "add .", "commit -qm first", "branch acme")
    ran = run("diff", "acme")
    assert ran.code == 2
    assert "a revision and a path" in ran.err
    assert json.loads(run("diff", "acme", "-r", "acme", "--json").out)["from"] == "acme"


@pytest.mark.parametrize("place", [".", "..", "empty", "empty/"])
def test_an_empty_folder_becomes_a_roadmap(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    folder = tmp_path / "spring-plan"
    for each in (folder / "sub", folder / "empty"):
        each.mkdir(parents=True)
    monkeypatch.chdir(folder / "sub" if place == ".." else folder)
    ran = run("init", place)
    assert ran.code == 0, ran.err
    made = Path(place)
    files = {each.name for each in made.iterdir() if each.is_file()}
    assert files == {"roadmap.toml", "it.toml", "marketing.toml"}
    named = "Empty" if "empty" in place else "Spring plan"
    assert Session.open(made).plan.roadmap.title == named


def test_a_folder_that_is_a_roadmap_stays_as_it_is(run: Run, file: Path) -> None:
    ran = run("init", ".")
    assert ran.code == 2
    assert "a roadmap already" in ran.err
    assert [*file.parent.iterdir()] == [file]


# --- what an edit says ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        (("set", "api", "estimate=3w/4w/5w"), ["plan.toml: api.estimate 2w → 3w/4w/5w"]),
        (("set", "api", "deadline=1 apr"), ["plan.toml: api.deadline not set → 2027-04-01"]),
        (("set", "api", "owner="), ["plan.toml: api.owner crm → removed"]),
        (("set", "roadmap", "title=Two"), ["plan.toml: roadmap.title Small → Two"]),
        (
            ("add", "team.it-ops", "capacity=2"),
            ["plan.toml: teams.it-ops added", "plan.toml: teams.it-ops.capacity not set → 2"],
        ),
        (("remove", "web"), ["plan.toml: web removed"]),
        (
            ("rename", "team.crm", "crew"),
            [
                "plan.toml: teams.crm renamed to teams.crew",
                "plan.toml: systems.shop.owner crm → crew",
                "plan.toml: api.owner crm → crew",
                "plan.toml: agreements.mail.accountable crm → crew",
            ],
        ),
        (("link", "api", "web", "SS+5d"), ["plan.toml: web.needs not set → api SS+5d"]),
        (
            ("status", "api", "paused"),
            [
                "plan.toml: api.status not set → paused",
                "plan.toml: api.actual_start not set → 2027-03-01",
            ],
        ),
        (
            ("agree", "mail", "--by", "marketing"),
            ["plan.toml: agreements.mail.agreed not set → marketing 2027-03-01"],
        ),
    ],
)
def test_an_edit_first_says_what_it_wrote(
    run: Run, file: Path, words: tuple[str, ...], lines: list[str]
) -> None:
    ran = run(*words)
    assert ran.code == 0, ran.err
    told = ran.out.replace(f"{file.parent}/", "").splitlines()
    assert told[: len(lines)] == lines
    assert not any(line.startswith("plan.toml: ") for line in told[len(lines) :])


@pytest.mark.usefixtures("file")
def test_links_and_waivers_say_what_was_written(run: Run) -> None:
    assert run("link", "api", "web").code == 0
    cut = run("unlink", "api", "web")
    assert cut.out.startswith("plan.toml: web.needs api → removed\n")
    waived = run(
        "add", "waiver.later", "rule=DATE01", "on=web", "until=1 apr", "by=crm", "reason=ok"
    )
    assert waived.code == 0, waived.err
    assert "plan.toml: waivers.later.until not set → 2027-04-01" in waived.out.splitlines()


def test_a_fix_says_what_it_wrote(run: Run, file: Path) -> None:
    text = SMALL.replace('owner = "crm"\n\n[initiatives.web]', "\n[initiatives.web]")
    file.write_text(
        f"{text}\n[initiatives.late]\nneeds = ['api FS', 'web']\n"
        "deadline = 2027-03-05\nestimate = '1w'\n",
        encoding="utf-8",
    )
    ran = run("check", "--fix", "DATE01:late", "--apply", "1")
    done = [line for line in ran.out.splitlines() if line.startswith("  ")]
    assert "plan.toml: " in done[0]
    assert " → " in done[0] or " −" in done[0]


def test_what_writes_nothing_names_no_file(run: Run, file: Path) -> None:
    assert "plan.toml" not in run("set", "api", "estimate=2w").out
    assert file.read_text("utf-8") == SMALL


@pytest.mark.usefixtures("file")
def test_an_initiative_where_a_roadmap_belongs_is_told_its_commands(run: Run) -> None:
    for command in ("show", "path", "check"):
        ran = run(command, "api")
        assert ran.code == 2
        assert "planner why api" in ran.err
        assert "planner path --to api" in ran.err


def test_reach_without_a_day_shows_one(run: Run, file: Path) -> None:
    ran = run("reach", "api", "-r", str(file))
    assert ran.code == 2
    assert "planner reach api 2027-03-12" in ran.err


def test_taking_out_what_is_not_there_names_the_table_once(run: Run, file: Path) -> None:
    ran = run("set", "api", "deadline=none", "-r", str(file))
    assert ran.code == 2
    assert ran.err.count("api") == 1
