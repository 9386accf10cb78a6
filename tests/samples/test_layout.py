"""The samples are written as planner writes: what an edit adds then looks like its neighbours."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from planner.roadmap.fields import keys_in_order
from planner.roadmap.schema import json_schema
from planner.text.document import Document
from planner.text.formatting import formatted
from tests.samples.samples import ACME, MINIMAL

FILES = [*sorted(ACME.glob("*.toml")), MINIMAL]
KEYED = ("agreements", "decisions", "initiatives", "outcomes", "people", "systems", "teams")

SUB_TABLES = ("readings",)
"""Written under a header of their own, which TOML wants after all other keys."""


def tables_of(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


def as_json(value: Any) -> Any:
    """What a JSON Schema can look at: days as text."""
    if isinstance(value, Mapping):
        return {str(key): as_json(one) for key, one in value.items()}
    if isinstance(value, list):
        return [as_json(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_is_what_the_schema_describes(path: Path) -> None:
    errors = jsonschema.Draft7Validator(json_schema()).iter_errors(as_json(tables_of(path)))
    assert [error.message for error in errors] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_keys_stand_in_the_formats_order(path: Path) -> None:
    for kind in KEYED:
        order = list(keys_in_order(kind))
        for id, table in tables_of(path).get(kind, {}).items():
            keys = [key for key in table if key not in SUB_TABLES]
            assert keys == sorted(keys, key=order.index), f"{kind}.{id}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_lists_of_more_than_one_stand_on_lines_of_their_own(path: Path) -> None:
    for line in path.read_text("utf-8").splitlines():
        key, _, value = line.partition(" = ")
        if value.startswith("[") and "," in value and not line.startswith("#"):
            assert key == "estimate", line


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_ids_stand_in_order_in_each_section(path: Path) -> None:
    """A section ends at a line like ``# --- Teams and people ---``."""
    for section in re.split(r"(?m)^# -{3,}.*$", path.read_text("utf-8")):
        for kind in KEYED:
            ids = re.findall(rf"(?m)^\[{kind}\.([a-z0-9-]+)\]$", section)
            assert ids == sorted(ids)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_is_in_the_normal_form(path: Path) -> None:
    document = Document.parse(path.read_bytes(), path.name)
    assert formatted(document).text == document.text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_lines_end_plainly(path: Path) -> None:
    raw = path.read_bytes()
    assert raw.endswith(b"\n")
    assert not re.search(rb"[ \t\r]\n|\n\n\n", raw)
