"""Commands as a shell runs them: what they print, where, and their exit code."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import jsonschema
import pytest
from msgspec import Struct

from planner.cli.main import main
from planner.roadmap.schema import output_schema

ROADMAPS = Path(__file__).resolve().parents[2] / "roadmaps"


class Ran(Struct, frozen=True):
    """What a command did."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `planner` with these words in this process."""

    def call(*words: str) -> Ran:
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main(words)
        captured = capsys.readouterr()
        return Ran(int(left.value.code or 0), captured.out, captured.err)

    return call


@cache
def printed_json(title: str | None = None) -> jsonschema.Draft202012Validator:
    """What checks the JSON of any command, or of one kind; the schema is itself checked in
    `tests.roadmap`, and to check it takes half a second.
    """
    one = {} if title is None else {"anyOf": [{"$ref": f"#/$defs/{title}"}]}
    return jsonschema.Draft202012Validator({**output_schema(), **one})


@pytest.fixture
def acme() -> str:
    """The sample roadmap, read only."""
    return str(ROADMAPS / "acme-2027")
