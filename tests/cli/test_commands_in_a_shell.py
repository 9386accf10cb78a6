"""A command that is offered is a line for a real shell, and makes the edit to the byte."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from planner.errors import PlannerError
from planner.session.session import Session
from planner.text.edits import AddTable, Edit, RemoveKey, RemoveTable, SetKey
from planner.text.visible import visible
from tests.cli.conftest import Run

HOSTILE = (
    "-x",
    "--help",
    "-1w",
    "a=b",
    'a"=b',
    "a b",
    "it's",
    '"q"',
    "a\nb",
    "a\u200bb",
    "\u202egpj",
    "\x1b]52;c;aGk=\x07",
    "!x",
    "*",
    "$(touch ran)",
    "`touch ran`",
    "é移動",
    "a.b",
    "systems.cdp",
    "a;touch ran",
    "\\n%s",
    "#x",
    "~",
    "ends\n",
)
"""Ids, keys, values and paths that a shell, click, TOML or git could take for something else."""
PATHS = ("-x.toml", "a b.toml", "it's.toml", "a\u202eb\x1b\n.toml", "$(touch ran).toml", "!*.toml")


def roadmap(text: str) -> str:
    key = json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
    return (
        f'[initiatives.{key}]\ntitle = "t"\nestimate = "2w"\n'
        f'needs = ["web"]\n[initiatives.web]\nestimate = "2w"\nnotes = {key}\n'
        f'[systems.{key}]\ntitle = "s"\n[glossary]\n{key} = "was"\n'
    )


def edits(text: str) -> list[Edit]:
    return [
        SetKey("initiatives", text, ("title",), text),
        SetKey("initiatives", "web", ("notes",), f"{text} {text}"),
        SetKey("initiatives", "web", ("tags",), [text, "plain"]),
        SetKey("initiatives", "web", ("needs",), [text]),
        SetKey("initiatives", text, ("needs",), ["web SS+1w"]),
        RemoveKey("initiatives", text, ("needs",)),
        RemoveKey("initiatives", text, ("title",)),
        SetKey("glossary", "", (text,), "now"),
        SetKey("glossary", "", (f"new {text}",), text),
        RemoveKey("glossary", "", (text,)),
        SetKey("systems", text, ("title",), text),
        RemoveTable("systems", text),
        AddTable("systems", "new", {"title": text}),
    ]


def words_of(command: str, folder: Path) -> list[list[str]]:
    """What a real shell makes of a line: the words of each call of `planner` in it."""
    script = f'planner() {{ printf \'%s\\0\' "$#" "$@"; }}\n{command}'
    done = subprocess.run(["sh", "-c", script], cwd=folder, capture_output=True, check=True)
    parts = [os.fsdecode(part) for part in done.stdout.split(b"\0")[:-1]]
    calls = []
    while parts:
        count = int(parts[0])
        calls.append(parts[1 : count + 1])
        parts = parts[count + 1 :]
    return calls


def shown(path: Path, edit: Edit, options: tuple[str, ...] = ()) -> tuple[str | None, bytes] | None:
    """The command of an edit and what the edit writes; None where it can't be made."""
    session = Session.open(path)
    try:
        session.apply(edit)
    except PlannerError:
        return None
    return session.history.last_command(options), session.workspace.documents[0].to_bytes()


@pytest.mark.one_in(3)
@pytest.mark.parametrize("text", HOSTILE)
def test_an_edit_is_a_line_for_a_shell(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.chdir(tmp_path)
    path, made = tmp_path / "plan.toml", 0
    for edit in edits(text):
        path.write_text(roadmap(text), encoding="utf-8")
        if (said := shown(path, edit)) is None:
            continue
        command, wanted = said
        if command is None:
            assert text.endswith("\n"), edit  # which no shell keeps
            continue
        assert visible(command) == command
        for words in words_of(command, tmp_path):
            ran = run(*words, "-r", str(path))
            assert ran.code == 0, (command, ran.err)
        assert path.read_bytes() == wanted, command
        made += 1
    assert made >= 5
    assert [each.name for each in tmp_path.iterdir()] == ["plan.toml"]


@pytest.mark.parametrize("name", PATHS)
def test_a_path_is_a_word_of_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / name
    path.write_text(roadmap("a"), encoding="utf-8")
    said = shown(path, SetKey("initiatives", "web", ("estimate",), "3w"), ("-r", name))
    assert said is not None
    command, wanted = said
    assert command is not None
    assert visible(command) == command
    [words] = words_of(command, tmp_path)
    assert run(*words).code == 0
    assert path.read_bytes() == wanted
    assert [each.name for each in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("text", HOSTILE)
def test_every_way_out_in_json_is_a_line_for_a_shell(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "plan.toml"
    key = json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
    late = f"[initiatives.{key}]\nestimate = '4w'\nstart = 2027-03-01\ndeadline = 2027-03-08\n"
    path.write_text(f"{late}odd{key} = 1\n".replace(f"odd{key}", key), encoding="utf-8")
    findings = json.loads(run("check", "plan.toml", "--json").out)["findings"]
    lines = [line for finding in findings for line in finding["fixes"] or () if line is not None]
    assert lines or text.endswith("\n")
    for line in lines:
        assert visible(line) == line
        path.write_text(f"{late}{key} = 1\n", encoding="utf-8")
        before = path.read_bytes()
        for words in words_of(line, tmp_path):
            ran = run(*words)
            assert ran.code == 0, (line, ran.err)
        assert path.read_bytes() != before, line
    assert [each.name for each in tmp_path.iterdir()] == ["plan.toml"]


@pytest.mark.parametrize(
    "name", ["-x.toml", "check", "a b.toml", "$(touch ran).toml", "!\u202e.toml"]
)
def test_the_line_after_init_opens_what_was_started(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    said = run("init", "--", name)
    assert said.code == 0
    [words] = words_of(said.err.split("`", 1)[1].rpartition("`")[0], tmp_path)
    assert words in ([name], [f"./{name}"])
    assert (words[0] == name) == (name[0] != "-" and name != "check")
    assert [each.name for each in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("text", [text for text in HOSTILE if not text.endswith("\n")])
def test_hints_name_links_for_a_shell(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "plan.toml"
    path.write_text(roadmap(text), encoding="utf-8")
    there = run("link", "-r", "plan.toml", "--", "web", f"initiatives.{text}")
    assert there.code == 2
    [words] = words_of(there.err.split("`")[1] if "`" not in text else "planner", tmp_path)
    if words:
        assert run(*words, "-r", "plan.toml").code == 0
        assert Session.open(path).plan.roadmap.initiatives[text].needs == ()
    assert [each.name for each in tmp_path.iterdir()] == ["plan.toml"]


@pytest.mark.parametrize("text", [text for text in HOSTILE if not text.endswith("\n")])
def test_what_a_refusal_offers_is_a_line_for_a_shell(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "plan.toml"
    late = f"[initiatives.{quoted(text)}]\nestimate = '4w'\nactual_finish = 2026-03-01\n"
    path.write_text(f"{late}status = 'done'\n[systems.{quoted(text)}]\ntitle = 's'\n")
    refused = (
        (f"initiatives.{text}", "set", (f"initiatives.{text}",)),
        (f"systems.{text}", "set", (f"systems.{text}",)),
        (f"systems.{text}", "rename", (f"systems.{text}",)),
        (f"systems.{text}", "add", (f"systems.{text}", "title=x")),
        (f"initiatives.{text}", "status", (f"initiatives.{text}", "planned")),
    )
    for name, verb, words in refused:
        said = run(verb, "-r", "plan.toml", "--", *words)
        assert said.code == 2, said
        hint = said.err.rpartition(" (")[2]
        if "is not an id" in said.err or "`" in text:
            continue
        [offered] = words_of(hint.split("`")[1], tmp_path)
        assert offered[0] == ("rename" if verb == "rename" else "set")
        assert offered[1] in (name, name.partition(".")[2]), hint
    assert [each.name for each in tmp_path.iterdir()] == ["plan.toml"]


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


@pytest.mark.parametrize("text", [*HOSTILE, "a:b"])
def test_a_way_out_is_made_by_the_name_that_is_offered(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "plan.toml"
    start = "[roadmap]\nstart = 2027-03-01\nstatus_date = 2027-03-01\n"
    late = f"[initiatives.{quoted(text)}]\nestimate = ['2w', '8w', '9w']\ndeadline = 2027-03-12\n"
    path.write_text(f"{start}{late}", encoding="utf-8")
    said = run("check", "-r", "plan.toml", "--fix", "DATE01").out
    offers = [line for line in said.splitlines() if " with --fix " in line]
    assert bool(offers) != text.endswith("\n"), said
    for offer in offers:
        shown = "planner check plan.toml --fix " + offer.partition(" --fix ")[2].removesuffix(" N")
        [words] = words_of(f"{shown} 1", tmp_path)
        before = path.read_bytes()
        done = run(*words)
        assert done.code in (0, 1), (shown, done.err)
        assert path.read_bytes() != before
    assert [each.name for each in tmp_path.iterdir()] == ["plan.toml"]
