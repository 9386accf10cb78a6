"""What a shell offers where a word is half typed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


def asked(typed: str) -> subprocess.CompletedProcess[str]:
    """What `planner` answers bash that asks how a line goes on."""
    environment = os.environ | {
        "COMP_WORDS": typed,
        "COMP_CWORD": str(len(typed.split(" ")) - 1),
        "_PLANNER_COMPLETE": "bash_complete",
    }
    code = "import sys; sys.argv[0] = 'planner'; from planner.__main__ import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )


def offered(typed: str) -> list[str]:
    """The words that `planner` offers bash for the last word of a line."""
    ran = asked(typed)
    assert (ran.returncode, ran.stderr) == (0, "")
    return [line.removeprefix("plain,") for line in ran.stdout.split()]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("planner sh", ["show"]),
        ("planner check --sel", ["--select"]),
        ("planner check --format s", ["sarif"]),
    ],
)
def test_it_offers_what_begins_so(typed: str, words: list[str]) -> None:
    assert offered(typed) == words


@pytest.mark.parametrize(
    "typed",
    [
        "planner nowhere ",
        "planner nowhere.toml --th",
        "planner -c!x.toml ",
        "planner check -- -x",
        "planner check -x.to",
        "planner $(touch ran) --",
        "planner set -x ",
        "planner 'unclosed",
    ],
)
def test_whatever_is_typed_nothing_is_said_or_run(typed: str, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        ran = asked(typed)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert [*tmp_path.iterdir()] == []
