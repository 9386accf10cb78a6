"""What programs read is UTF-8, whatever the shell speaks; what people read never fails."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any, cast

import pytest

from planner.cli.main import main

TITLE = "Čekárna für Łukasz — 予定"
PLAN = f"""\
[roadmap]
start = 2027-03-01
status_date = 2027-03-01
title = "{TITLE}"
[teams.it]
title = "{TITLE}"
portfolio = "it"
[initiatives.a]
title = "{TITLE}"
owner = "it"
estimate = "6w"
deadline = 2027-03-05
[initiatives.b]
title = "{TITLE}"
portfolio = "marketing"
owner = "{TITLE}"
estimate = "1w"
needs = ["a"]
"""
SPOKEN = [
    {"PYTHONIOENCODING": "latin-1"},
    {"PYTHONIOENCODING": "cp1252"},
    {"PYTHONIOENCODING": "ascii:strict"},
    {"PYTHONIOENCODING": "utf-16"},
    {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
]


def spoken(words: Sequence[str], speaks: dict[str, str]) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "planner", *words]
    return subprocess.run(command, env=os.environ | speaks, capture_output=True, check=False)


@pytest.fixture
def plan(tmp_path: Path) -> str:
    path = tmp_path / "roadmap.toml"
    path.write_text(PLAN, encoding="utf-8")
    return str(path)


def texts(found: Any) -> Iterator[str]:
    """Every text in a JSON value."""
    if isinstance(found, str):
        yield found
    for each in found.values() if isinstance(found, dict) else found:
        if not isinstance(found, str) and not isinstance(each, int | float | None):
            yield from texts(each)


@pytest.mark.one_in(3)
@pytest.mark.parametrize("speaks", SPOKEN, ids=lambda each: next(iter(each.values())))
@pytest.mark.parametrize(
    "words",
    [
        ("show", "--json"),
        ("check", "--json"),
        ("check", "--format", "sarif"),
        ("gaps", "--json"),
        ("agreements", "--json"),
    ],
)
def test_json_is_utf_8(words: tuple[str, ...], speaks: dict[str, str], plan: str) -> None:
    done = spoken((*words, "-r", plan), speaks)
    assert b"Traceback" not in done.stderr
    assert any(TITLE in each for each in texts(json.loads(done.stdout.decode("utf-8"))))


@pytest.mark.parametrize("speaks", SPOKEN, ids=lambda each: next(iter(each.values())))
def test_reports_for_services_are_utf_8(speaks: dict[str, str], plan: str) -> None:
    junit = spoken(("check", "--format", "junit", "-r", plan), speaks).stdout
    suite = ElementTree.fromstring(junit).find("testsuite")
    assert suite is not None
    assert suite.get("name") == TITLE
    github = spoken(("check", "--format", "github", "-r", plan), speaks).stdout
    assert TITLE in github.decode("utf-8")


def test_a_patch_is_what_the_file_is(plan: str) -> None:
    words = ("set", "a", f"title={TITLE}!", "--dry-run", "-r", plan)
    done = spoken(words, {"PYTHONIOENCODING": "latin-1"})
    assert f'+title = "{TITLE}!"\n'.encode() in done.stdout


def test_so_is_the_patch_of_a_fix(plan: str) -> None:
    words = ("check", "--fix", "READ01:b", "--apply", "2", "--dry-run", plan)
    done = spoken(words, {"PYTHONIOENCODING": "latin-1"})
    assert f'-owner = "{TITLE}"\n'.encode() in done.stdout


def test_the_text_that_git_compares_is_utf_8(plan: str) -> None:
    done = spoken(("diff", "--textconv", plan), {"PYTHONIOENCODING": "latin-1"})
    assert TITLE in done.stdout.decode("utf-8")


def test_text_for_people_says_what_it_can(plan: str) -> None:
    done = spoken(("show", plan), {"PYTHONIOENCODING": "latin-1"})
    assert (done.returncode, done.stderr) == (0, b"")
    assert "für".encode("latin-1") in done.stdout


class Least:
    """The least that takes text: what an embedding program may hand us."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> int:
        self.text += text
        return len(text)

    def flush(self) -> None:
        """There is nothing to do."""

    def getvalue(self) -> str:
        return self.text


@pytest.mark.parametrize("stream", [io.StringIO, Least])
@pytest.mark.parametrize(
    "words",
    [
        ("show", "--json"),
        ("check", "--json"),
        ("check", "--format", "sarif"),
        ("agreements", "--json"),
        ("outcomes", "--json"),
        ("gaps", "--json"),
        ("show",),
        ("path",),
    ],
)
def test_a_stream_without_bytes_gets_the_text(
    plan: str, words: tuple[str, ...], stream: type[io.StringIO | Least]
) -> None:
    printed = stream()
    with redirect_stdout(cast("io.StringIO", printed)), pytest.raises(SystemExit) as left:
        main([*words, "-r", plan])
    assert left.value.code in (0, 1)
    assert TITLE in printed.getvalue() or words[0] in ("outcomes", "path", "show")
    if len(words) > 1:
        assert json.loads(printed.getvalue())
