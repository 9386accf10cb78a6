"""Which reader a file gets, by its name and by its columns; what is no export says what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from planner.errors import ReadError
from planner.exchange.importing.reading import read_incoming
from tests.imports.books import EXPORTS


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("jira-cloud.csv", "SHOP-3"),
        ("jira-search.json", "PLAT-2"),
        ("linear-members.csv", "MAR-9"),
        ("github-issues.json", "web#21"),
        ("github-project.tsv", "web#61"),
    ],
)
def test_an_export_of_a_tracker_is_known_by_its_columns(name: str, key: str) -> None:
    incoming = read_incoming(EXPORTS / name)

    assert key in incoming.keys.values()
    assert incoming.source == name


def test_a_persons_own_mapping_counts_before_what_is_known() -> None:
    incoming = read_incoming(EXPORTS / "linear-members.csv", {"Estimate": "duration w"})

    assert incoming.tables["initiatives"]["it-4-login-service"]["estimate"] == "25d"
    assert all(loss.column != "Estimate" for loss in incoming.losses)


def test_of_two_lengths_the_one_that_a_person_maps_counts() -> None:
    points = "Custom field (Story Points)"

    incoming = read_incoming(EXPORTS / "jira-cloud.csv", {points: "duration d"})

    assert incoming.tables["initiatives"]["shop-3-single-sign-on"]["estimate"] == "13d"
    assert "Original estimate" in {loss.column for loss in incoming.losses}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[1,", "no JSON"),
        ("[" * 100_000, "no JSON"),
        (json.dumps({"name": "a board of Trello", "cards": []}), "kind that is not known"),
        (json.dumps([{"number": "12"}]), "kind that is not known"),
        ("[" + "[]," * 1_100_000 + "[]]", "more than"),
    ],
)
def test_other_json_is_refused(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "export.json"
    file.write_text(text)

    with pytest.raises(ReadError, match=says):
        read_incoming(file)
