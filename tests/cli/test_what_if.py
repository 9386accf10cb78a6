"""`planner what-if`: commands tried together, compared, and applied or kept as a branch."""

from __future__ import annotations

import io
import json
import shutil
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planner.session.session import Session
from planner.text.commands import as_command
from planner.text.edits import SetKey
from tests.cli.conftest import ROADMAPS, Run, printed_json
from tests.git.clones import Clone, clone_at

DAY = "2027-03-22"
THREE = """\
# shorter, later, and a link
planner set customer-sso estimate=8w
set brand-site start_no_earlier_than=2027-05-06 && planner link consent-platform loyalty-relaunch

"""


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clone:
    """The sample in a repository, the working folder beside it."""
    made = clone_at(tmp_path / "clone")
    for name, value in made.environment.items():
        monkeypatch.setenv(name, value)
    shutil.copytree(ROADMAPS / "acme-2027", made.top / "acme")
    made.git("add", "-A")
    made.git("commit", "-q", "-m", "Sample")
    monkeypatch.chdir(made.top)
    return made


@pytest.fixture
def lines(tmp_path: Path) -> str:
    file = tmp_path / "lines"
    file.write_text(THREE, encoding="utf-8")
    return str(file)


def given(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    raw = io.BytesIO(text.encode("utf-8", "surrogateescape"))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(raw, encoding="utf-8"))


def asked(run: Run, *words: str) -> dict[str, Any]:
    ran = run("what-if", *words, "--json")
    assert ran.code == 0, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    printed_json().validate(found)
    return found


def files(clone: Clone) -> dict[Path, bytes]:
    return {each: each.read_bytes() for each in clone.top.rglob("*.toml")}


def test_it_says_what_moves_and_whose_agreement_it_needs(
    run: Run, clone: Clone, lines: str
) -> None:
    before = files(clone)
    found = asked(run, lines, "-r", "acme", "--as-of", DAY)
    assert [row["key"] for row in found["edits"]] == [
        "customer-sso.estimate",
        "brand-site.start_no_earlier_than",
        "loyalty-relaunch.needs",
    ]
    assert [row["needs_agreement"] for row in found["edits"]] == [
        ["IT"],
        ["Marketing"],
        ["Marketing"],
    ]
    moves = {row["id"]: (row["moves"], row["edits"]) for row in found["moved"]}
    assert moves["customer-sso"] == (-4, [1])
    assert moves["influencer-pages"] == (10, [])
    assert moves["loyalty-relaunch"] == (0, [3])
    assert (found["unmoved"], round(found["cost"])) == (24, -4331)
    outcomes = [row["outcome"] for row in found["conflicts"]]
    assert [*dict.fromkeys(outcomes)] == ["cleared", "better", "worse", "new"]
    load = found["load"]
    assert (load["team"], load["weeks"][0], load["there"]) == ("data", "2027-04-05", 4)
    assert load["now"][:5] == [4, 4, 4, 2, 2]
    assert load["what_if"][:5] == [4, 4, 4, 2, 5]
    assert files(clone) == before
    page = run("what-if", lines, "-r", "acme", "--as-of", DAY)
    assert "11 Oct" in page.out
    assert "…" not in page.out.partition("Edits")[0].partition("Conflicts")[2]


def test_the_branch_says_the_same_as_the_comparison(run: Run, clone: Clone, lines: str) -> None:
    found = asked(run, lines, "-r", "acme", "--branch", "sso-8w")
    beside = json.loads(run("compare", "main", "sso-8w", "-r", "acme", "--json").out)
    for mine, theirs in zip(found["compare"]["columns"], beside["columns"], strict=True):
        for key in ("launches", "cost", "cost_of_delay", "errors", "warnings", "load", "as_of"):
            assert mine[key] == theirs[key], key
    assert clone.git("status", "--porcelain") == ""
    clone.git("switch", "-q", "sso-8w")
    checked = json.loads(run("check", "acme", "--json").out)
    open_ones = [one["severity"] for one in checked["findings"] if not one["waived"]]
    assert open_ones.count("error") == found["compare"]["columns"][1]["errors"]


def test_applied_it_is_what_the_commands_write(run: Run, clone: Clone, lines: str) -> None:
    assert run("what-if", lines, "-r", "acme", "--apply").code == 0
    written = files(clone)
    clone.git("checkout", "-q", ".")
    for line in THREE.replace("&&", "\n").splitlines():
        words = line.split()
        if words and words[0] != "#":
            assert run(*[each for each in words if each != "planner"], "-r", "acme").code == 0
    assert files(clone) == written


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing",
        "planner set customer-sso estimate=8w; touch evil",
        "planner set customer-sso estimate=8w > evil",
        "planner set customer-sso title=x | tee evil",
        "planner set customer-sso estimate=8w &&",
        "&& planner set customer-sso estimate=8w",
        "planner report evil",
        "touch evil",
        "planner what-if -",
        "planner set --help",
        "planner set nobody estimate=8w",
        "planner set customer-sso estimate=long",
        "planner set customer-sso 'title=x",
        "planner set -r elsewhere customer-sso estimate=8w",
        "planner set --as-of 2027-01-01 customer-sso estimate=8w",
        "planner link customer-sso customer-sso",
    ],
)
def test_what_is_no_edit_is_refused_with_its_line(
    run: Run, clone: Clone, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    before = files(clone)
    given(monkeypatch, f"# first\n{text}\n")
    ran = run("what-if", "-", "-r", "acme")
    assert (ran.code, ran.out) == (2, "")
    assert "stdin:2:" in ran.err or text in ("", "# nothing")
    assert files(clone) == before
    assert not (clone.top / "evil").exists()


@pytest.mark.parametrize("name", ["", "-d", "a b", "main", "@{-1}", "a\nb", "HEAD", "\x1b]0;x\x07"])
def test_no_branch_of_a_name_that_is_none(run: Run, clone: Clone, lines: str, name: str) -> None:
    before = clone.git("for-each-ref")
    ran = run("what-if", lines, "-r", "acme", "--branch", name)
    assert (ran.code, ran.out) == (2, "")
    assert "\x1b" not in ran.err
    assert clone.git("for-each-ref") == before


def test_no_branch_while_the_roadmap_is_not_committed(run: Run, clone: Clone, lines: str) -> None:
    with (clone.top / "acme" / "it.toml").open("a") as file:
        file.write("# open\n")
    ran = run("what-if", lines, "-r", "acme", "--branch", "sso-8w")
    assert (ran.code, clone.git("branch", "--list", "sso-8w")) == (2, "")
    assert "it.toml" in ran.err
    assert run("what-if", lines, "-r", "acme", "--branch", "x", "--apply").code == 2
    assert run("what-if", "no-such-file", "-r", "acme").code == 2


@pytest.mark.parametrize("value", ["é", "a'b\"c", "\u202ehidden", "$(touch evil)", "a#b", "x && y"])
def test_what_is_copied_is_what_is_tried(
    run: Run, clone: Clone, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    session = Session.open(Path("acme"), today=date(2027, 3, 22))
    command = as_command(
        SetKey("initiatives", "brand-site", ("title",), value), session.plan.roadmap
    )
    assert command is not None
    given(monkeypatch, command)
    assert run("what-if", "-", "-r", "acme", "--apply").code == 0
    now = Session.open(Path("acme"), today=date(2027, 3, 22)).plan
    assert now.written("initiatives", "brand-site")["title"] == value
    assert not (clone.top / "evil").exists()


def test_a_narrow_page_cuts_no_conflict(run: Run, clone: Clone, lines: str) -> None:
    here = str(clone.top / "acme")
    ran = run("what-if", lines, "--roadmap", here, "--as-of", DAY, "--width", "60")
    words = " ".join(ran.out.partition("Conflicts")[2].partition("Edits")[0].split())
    for each in asked(run, lines, "--roadmap", here, "--as-of", DAY)["conflicts"]:
        assert each["text"] in words
