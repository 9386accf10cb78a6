"""An export of ours comes in again whole; keys of the format in other sheets have its own words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from planner.exchange import csv, xlsx
from planner.exchange.importing.rows import incoming_of
from planner.exchange.sheets.reading import read_sheets
from planner.exchange.sheets.sheet import sheet_of
from planner.session.session import Session
from tests.imports.rows import TODAY, read, work

SAMPLE = Path(__file__).parents[2] / "roadmaps" / "acme-2027"


def test_the_sample_comes_out_as_a_workbook_and_in_again_whole(tmp_path: Path) -> None:
    plan = Session.open(SAMPLE).plan
    file = tmp_path / "plan.xlsx"
    file.write_bytes(xlsx.export(plan, list(plan.roadmap.initiatives)))
    found = incoming_of(read_sheets(file), file.name)
    assert found.losses == ()
    assert {kind: dict(of_kind) for kind, of_kind in found.tables.items()} == plan.tables


def test_the_initiatives_of_the_sample_come_out_as_csv_and_in_again(tmp_path: Path) -> None:
    plan = Session.open(SAMPLE).plan
    file = tmp_path / "plan.csv"
    file.write_bytes(csv.export(plan, list(plan.roadmap.initiatives)))
    found = incoming_of(read_sheets(file), file.name)
    assert found.losses == ()
    assert found.tables == {"initiatives": plan.tables["initiatives"]}
    assert found.rows == {id: row for row, id in enumerate(plan.roadmap.initiatives, 2)}


OWN = ["id", "title", "owner", "estimate", "needs", "start_no_earlier_than", "total_float"]


def test_what_the_format_would_not_take_is_a_loss_by_row() -> None:
    found = read(
        OWN,
        ["sso", "SSO", "identity", "3w/4w/7w", "", date(2027, 3, 1), 5],
        ["web", "Web", "", "soon", "sso SS+5d; api", "", 0],
        ["web", "Web again", "", "2w", "", "never", 0],
    )
    assert work(found, "sso")["estimate"] == ["3w", "4w", "7w"]
    assert work(found, "sso")["start_no_earlier_than"] == date(2027, 3, 1)
    assert work(found, "web")["needs"] == ["sso SS+5d", "api"]
    assert [(each.row, each.column, each.value) for each in found.losses] == [
        (3, "estimate", "soon"),
        (4, "id", "web"),
        (4, "start_no_earlier_than", "never"),
    ]


def test_links_of_a_sheet_of_their_own_keep_what_was_agreed() -> None:
    initiatives = sheet_of("initiatives", [["id", "title", "total_float"], ["a", "A"], ["b", "B"]])
    links = sheet_of(
        "links",
        [
            ["id", "on", "type", "lag", "agreed", "slack"],
            ["b", "a", "SS", "+5d", "", 0],
            ["b", "c", "", "", date(2026, 11, 5), 0],
            ["x", "a", "", "", "", 0],
        ],
    )
    found = incoming_of([initiatives, links], "p.xlsx", None, TODAY)
    assert work(found, "b")["needs"] == ["a SS+5d", {"on": "c", "agreed": date(2026, 11, 5)}]
    assert [(each.row, each.column) for each in found.losses] == [(4, "links: id")]


@pytest.mark.parametrize("key", ["must_start_on", "finish_no_later_than"])
def test_a_key_of_the_format_among_other_headings_has_its_own_words(key: str) -> None:
    found = read(["Task", "Owner", key], ["A", "CRM", "2027-03-01"], ["B", "CRM", "soon"])
    assert work(found, "a")[key] == date(2027, 3, 1)
    assert [(each.row, each.column, each.value) for each in found.losses] == [(3, key, "soon")]


def test_needs_in_the_format_s_own_words_become_links() -> None:
    found = read(
        ["Task", "Start", "needs"],
        ["Customer SSO", date(2027, 3, 1), ""],
        ["Profile API", date(2027, 3, 1), ""],
        ["Web push", date(2027, 3, 1), "customer-sso SS+5d; profile-api"],
    )
    links = [(each.predecessor, each.type, each.lag) for each in found.links]
    assert links == [("customer-sso", "SS", "+5d"), ("profile-api", "FS", "")]
