"""`planner schema --for PATH`: the ids in force, for editors to complete; it refuses no right file.

The last test asks the language server that Even Better TOML runs, where node finds `@taplo/lsp`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import tomli

from planner.conflicts.registry import RULES
from planner.roadmap.references import ids_in_force
from planner.roadmap.schema_ids import schema_with_ids
from tests.cli.conftest import Run
from tests.roadmap.samples import EVERYTHING, MINIMAL, as_json, data, reading

IDS = """
[portfolios.shop]
[teams.web]
portfolio = "marketing"
[people.ana]
name = "Ana"
[systems.cms]
[data.profile]
[outcomes.sales]
[groups.spring]
[decisions.tool]
[initiatives.api]
title = "The interface"
owner = "implied-team"
uses = ["implied-system"]
[initiatives.site]
needs = ["api SS+5d"]
"""


@pytest.fixture
def schema(run: Run, tmp_path: Path) -> dict[str, Any]:
    """The schema of a roadmap with one id of each kind."""
    file = tmp_path / "roadmap.toml"
    file.write_text(IDS, encoding="utf-8")
    printed = run("schema", "--for", str(file))
    assert (printed.code, printed.err) == (0, "")
    found: dict[str, Any] = json.loads(printed.out)
    jsonschema.Draft7Validator.check_schema(found)
    return found


def offered(schema: dict[str, Any], value: Any) -> set[str]:
    """The words that a value's schema names, wherever they stand in it."""
    if isinstance(value, list):
        return set().union(*(offered(schema, each) for each in value))
    if not isinstance(value, dict):
        return set()
    if "$ref" in value:
        return offered(schema, schema["definitions"][value["$ref"].rpartition("/")[2]])
    parts = [value.get(key) for key in ("anyOf", "items", "propertyNames")]
    return {*value.get("enum", ())}.union(*(offered(schema, part) for part in parts if part))


@pytest.mark.parametrize(
    ("kind", "key", "ids"),
    [
        ("initiatives", "needs", {"api", "site"}),
        ("initiatives", "relates", {"api", "site"}),
        ("initiatives", "owner", {"web", "ana", "implied-team"}),
        ("initiatives", "portfolio", {"marketing", "it", "joint", "shop"}),
        ("initiatives", "part_of", {"spring"}),
        ("initiatives", "uses", {"cms", "implied-system"}),
        ("initiatives", "processes", {"profile"}),
        ("initiatives", "outcomes", {"sales"}),
        ("initiatives", "awaits", {"tool"}),
        ("initiatives", "calendar", {"standard"}),
        ("initiatives", "staff", {"web", "implied-team"}),
        ("initiatives", "reviews", {"web", "ana", "implied-team"}),
        ("freezes", "exempt", {"api", "site"}),
        ("freezes", "systems", {"cms", "implied-system"}),
        ("roadmap", "main_launch", {"api", "site"}),
        ("waivers", "by", {"web", "ana", "implied-team"}),
        ("waivers", "rule", set(RULES)),
        ("checks", "ignore", set(RULES)),
    ],
)
def test_a_key_names_the_ids_of_its_kinds(
    schema: dict[str, Any], kind: str, key: str, ids: set[str]
) -> None:
    assert offered(schema, schema["definitions"][kind]["properties"][key]) == ids


def test_keys_that_are_ids_or_rules_are_named_too(schema: dict[str, Any]) -> None:
    definitions = schema["definitions"]
    assert set(definitions["initiatives"]["properties"]["staff"]["properties"]) == {
        "web", "implied-team",
    }  # fmt: skip
    assert set(definitions["checks"]["properties"]["severity"]["properties"]) == set(RULES)
    link = definitions["need"]["anyOf"][2]["properties"]
    assert offered(schema, link["on"]) == {"api", "site"}
    assert offered(schema, link["by"]) == {"marketing", "it", "joint", "shop", "web", "ana",
                                           "implied-team"}  # fmt: skip


def test_an_id_is_shown_with_its_title(schema: dict[str, Any]) -> None:
    words = schema["definitions"]["need"]["anyOf"][0]
    titles = dict(zip(words["enum"], words["x-taplo"]["docs"]["enumValues"], strict=True))
    assert titles["api"] == "The interface"


@pytest.mark.parametrize("text", [MINIMAL, EVERYTHING])
def test_what_reading_takes_it_takes(text: str) -> None:
    """With the ids of the file itself, and with those of another one: unknown ids are allowed."""
    for ids in (text, IDS):
        known = ids_in_force(reading(ids).roadmap)
        jsonschema.Draft7Validator(schema_with_ids(known, {})).validate(as_json(data(text)))


def test_the_samples_are_right_by_their_own_schema(run: Run, acme: str) -> None:
    validator = jsonschema.Draft7Validator(json.loads(run("schema", "--for", acme).out))
    for file in Path(acme).glob("*.toml"):
        validator.validate(as_json(tomli.loads(file.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("line", ['needs = "NOT AN ID"', 'owner = "a b"', "uses = [3]"])
def test_what_can_be_no_id_is_refused(schema: dict[str, Any], line: str) -> None:
    text = f"[initiatives.x]\n{line}\n"
    assert not jsonschema.Draft7Validator(schema).is_valid(as_json(data(text)))


def test_roadmap_is_the_one_that_is_here(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plan.toml").write_text(IDS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run("schema", "--for", "roadmap") == run("schema", "--for", "plan.toml")
    (tmp_path / "roadmap").mkdir()
    assert run("schema", "--for", "roadmap").code == 2


def test_without_ids_it_is_the_schema_of_the_format(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.toml").write_text("[roadmap]\n", encoding="utf-8")
    found = json.loads(run("schema", "--for", str(tmp_path / "empty.toml")).out)
    assert set(found["definitions"]) > set(json.loads(run("schema").out)["definitions"])


def test_output_is_no_roadmaps(run: Run, acme: str) -> None:
    ran = run("schema", "--output", "--for", acme)
    assert (ran.code, ran.out) == (2, "")
    assert run("schema", "--for", "nowhere.toml").code == 2


# --- in an editor ---------------------------------------------------------------------------------

TAPLO = shutil.which("taplo") or shutil.which("taplo", path=str(Path(sys.executable).parent))
SCRIPT = Path(__file__).with_name("taplo.js")


@pytest.mark.skipif(TAPLO is None, reason="taplo is not installed")
def test_taplo_finds_nothing_wrong_with_the_sample(run: Run, acme: str, tmp_path: Path) -> None:
    schema = tmp_path / "roadmap.schema.json"
    schema.write_text(run("schema", "--for", acme).out, encoding="utf-8")
    wrong = tmp_path / "wrong.toml"
    wrong.write_text('[initiatives.a]\nowner = "no id"\n', encoding="utf-8")
    codes = []
    for file in (*Path(acme).glob("*.toml"), wrong):
        words = [str(TAPLO), "lint", "--schema", schema.as_uri(), str(file)]
        codes.append(subprocess.run(words, capture_output=True, check=False).returncode)
    assert codes == [0, 0, 0, 1]


def _has_language_server() -> bool:
    node = shutil.which("node")
    if node is None:
        return False
    asked = [node, "-e", "require.resolve('@taplo/lsp')"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


EDITED = """#:schema ./roadmap.schema.json
[initiatives.new]
needs = []
owner = ""
uses = []
[waivers.w]
rule = ""
"""
"""In an empty list, or between quotes, an editor asks for words."""


@pytest.mark.skipif(not _has_language_server(), reason="node finds no @taplo/lsp (NODE_PATH)")
def test_an_editor_is_offered_the_ids(schema: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "roadmap.schema.json").write_text(json.dumps(schema), encoding="utf-8")
    file = tmp_path / "edited.toml"
    file.write_text(EDITED, encoding="utf-8")
    places = ["2:9", "3:9", "4:8", "6:8"]
    ran = subprocess.run(
        ["node", str(SCRIPT), str(file), *places],
        env=os.environ, capture_output=True, text=True, check=True,
    )  # fmt: skip
    needs, owner, uses, rule = (
        {label.strip('"') for label in labels} for labels in json.loads(ran.stdout)
    )
    assert {"api", "site"} <= needs
    assert owner >= {"web", "ana", "implied-team"}
    assert uses >= {"cms", "implied-system"}
    assert rule >= set(RULES)
