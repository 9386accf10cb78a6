"""What a shell offers where a word is half typed."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


def offered(typed: str) -> list[str]:
    """The words that `planner` offers bash for the last word of a line."""
    environment = os.environ | {
        "COMP_WORDS": typed,
        "COMP_CWORD": str(len(typed.split(" ")) - 1),
        "_PLANNER_COMPLETE": "bash_complete",
    }
    code = "import sys; sys.argv[0] = 'planner'; from planner.cli.main import main; main()"
    ran = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
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
