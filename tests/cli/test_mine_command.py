"""`planner mine`: what waits for one person, team or side, and the command that answers each."""

from __future__ import annotations

import json
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest
from jsonschema import validate

from planner.roadmap.schema import output_schema
from tests.cli.conftest import ROADMAPS, Run

TEXT = """
[roadmap]
title = "Small"
start = 2027-03-01
status_date = 2027-03-22
[teams.crm]
portfolio = "marketing"
lead = "mara"
[teams.data]
portfolio = "it"
[people.mara]
name = "Mara"
team = "crm"
email = "Mara@example.com"
[people.ben]
team = "crm"
[people.dana]
team = "data"
[initiatives.feed]
owner = "data"
estimate = "4w"
[initiatives.mails]
owner = "crm"
estimate = "2w"
needs = [{ on = "feed", asked = 2027-03-01, needed_by = 2027-05-03, delivers = "a feed" }]
[decisions.sender]
options = ["ours", "theirs"]
owner = "ben"
needed_by = 2027-03-15
[actions.quote]
title = "Ask for a quote"
owner = "ben"
due = 2027-03-19
[actions.later]
title = "Ask again"
owner = "crm"
due = 2027-04-09
[actions.asked]
title = "Asked before"
owner = "crm"
due = 2027-03-09
done = 2027-03-08
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    file = tmp_path / "roadmap.toml"
    file.write_text(TEXT, encoding="utf-8")
    return file


@pytest.fixture
def me(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Says in the configuration who is at the keys."""

    def said(id: str) -> None:
        file = tmp_path / "config" / "planner" / "config.toml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f'me = "{id}"\n', encoding="utf-8")
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))

    return said


def mine(run: Run, path: Path, *words: str) -> dict[str, Any]:
    """The object that `mine --json` prints."""
    printed = run("mine", "--json", str(path), *words)
    assert (printed.code, printed.err) == (0, "")
    found: dict[str, Any] = json.loads(printed.out)
    return found


def rows(run: Run, path: Path, *words: str) -> list[tuple[str, str]]:
    return [(row["act"], row["id"]) for row in mine(run, path, *words)["rows"]]


def test_a_person_has_their_own_their_teams_and_no_colleagues(
    run: Run, small: Path, me: Any
) -> None:
    me("ben")
    assert rows(run, small) == [("decide", "sender"), ("do", "quote"), ("do", "later")]
    me("mara")
    assert rows(run, small) == [("do", "later")]
    me("crm")
    assert rows(run, small) == [("decide", "sender"), ("do", "quote"), ("do", "later")]
    me("dana")
    assert rows(run, small) == [("agree", "mails")]


def test_the_row_of_a_handover_says_since_when_by_when_and_what_records_the_answer(
    run: Run, small: Path
) -> None:
    [row] = mine(run, small, "--for", "dana")["rows"]
    assert (row["other"], row["what"], row["side"], row["team"]) == (
        "feed",
        "2027-05-03",
        "it",
        "data",
    )
    assert (row["since"], row["waiting"], row["overdue"]) == ("2027-03-01", 15, False)
    assert row["command"].startswith("planner agree mails feed")


def test_what_is_overdue_or_has_waited_longest_stands_first(run: Run, small: Path) -> None:
    found = mine(run, small, "--for", "marketing")["rows"]
    assert [(row["id"], row["due"], row["overdue"]) for row in found][:2] == [
        ("sender", "2027-03-15", True),
        ("quote", "2027-03-19", True),
    ]


def test_it_is_valid_by_its_schema(run: Run, small: Path) -> None:
    schema = output_schema()
    found = mine(run, small, "--for", "marketing")
    validate(found, {**schema, "anyOf": [{"$ref": "#/$defs/MineShown"}]})


def test_nobody_at_the_keys_is_told_how_to_say_who_it_is(
    run: Run, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("HOME", str(small.parent))
    ran = run("mine", str(small))
    assert (ran.code, ran.out) == (2, "")
    assert 'me = "ID"' in ran.err
    assert "config.toml" in ran.err


def test_for_an_initiative_and_a_filter_leave_out_all_else(run: Run, small: Path, me: Any) -> None:
    me("data")
    assert rows(run, small, "--for", "mails") == [("agree", "mails")]
    assert rows(run, small, "--for", "feed") == [("agree", "mails")]
    assert rows(run, small, "--filter", "status:done") == []
    me("ben")
    assert rows(run, small, "--for", "mails") == []
    assert run("mine", str(small), "--for", "mials").code == 2


def test_the_pages_have_what_json_has(run: Run, small: Path) -> None:
    found = mine(run, small, "--for", "marketing")["rows"]
    for words in ((), ("--markdown",)):
        page = run("mine", str(small), "--for", "marketing", *words).out
        assert all(row["command"] in page for row in found)
        assert "15 Mar" in page


@pytest.mark.parametrize("side", ["marketing", "it"])
def test_each_command_of_the_sample_answers_its_row(run: Run, tmp_path: Path, side: str) -> None:
    """What stands in capitals is said; then the row is gone, or a conflict is explained."""
    said = {"=CHOICE": "=that", "=WHO": "=ruth-adler", "=VALUE": "=2.2", "=TEXT": "='As agreed.'"}
    found = mine(run, ROADMAPS / "acme-2027", "--for", side)["rows"]
    assert {row["act"] for row in found} >= {"agree", "decide", "settle", "sign", "need"} - (
        {"sign"} if side == "marketing" else {"need"}
    )
    for number, row in enumerate(found):
        folder = tmp_path / str(number)
        shutil.copytree(ROADMAPS / "acme-2027", folder)
        command = row["command"]
        for capitals, value in said.items():
            command = command.replace(capitals, value)
        words = shlex.split(command)[1:]
        if "-r" in words:
            words = words[: words.index("-r")]
        assert run(*words, "-r", str(folder)).code == 0, command
        after = mine(run, folder, "--for", side)["rows"]
        key = [row["act"], row["kind"], row["id"], row["other"]]
        stays = key in [[one["act"], one["kind"], one["id"], one["other"]] for one in after]
        assert stays == (row["act"] == "settle"), command
