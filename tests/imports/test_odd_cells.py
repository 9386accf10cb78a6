"""Cells that nobody means: read or told as lost in the time of others, and never a bug."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.analysis.importing import Incoming
from planner.exchange.importing.linking import MOST_SEARCHED
from planner.exchange.importing.reading import read_incoming

EXPORTS = Path(__file__).parent / "exports"
GAP = " " * 30_000
LONG = MOST_SEARCHED + 1_000


def incoming(folder: Path, column: str, cell: str) -> Incoming:
    """What a sheet of two rows says, the second of which has the cell."""
    file = folder / "plan.csv"
    text = cell.replace('"', '""')
    file.write_text(f'Task,Owner,{column}\nTags,Ann Lee,\nPages,Ben Orr,"{text}"\n', "utf-8")
    return read_incoming(file)


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("Budget", "9" * 5_000),
        ("Budget", "1 " * 15_000),
        ("Budget", f"1{GAP}2"),
        ("Progress", "9" * 5_000),
        ("Duration", f"1{GAP}-{GAP[:500]}2x"),
        ("Start", f"1{GAP}2"),
        ("Start", "9" * 5_000),
    ],
)
def test_what_is_no_value_is_a_loss_of_its_row(tmp_path: Path, column: str, cell: str) -> None:
    losses = incoming(tmp_path, column, cell).losses
    assert [(loss.row, loss.column) for loss in losses] == [(3, column)]


@pytest.mark.parametrize("between", [f"{GAP};", f";{GAP}", f",{GAP}", "\n" * 5_000])
def test_a_gap_between_names_is_a_blank(tmp_path: Path, between: str) -> None:
    found = incoming(tmp_path, "Depends on", f"Tags{between}Nothing known")
    assert [(link.successor, link.predecessor) for link in found.links] == [("pages", "tags")]
    assert [phrase.words for phrase in found.phrases] == ["Nothing known"]


@pytest.mark.parametrize(("column", "cell"), [("Notes", "x" * LONG), ("Notes", "x " * LONG)])
def test_the_end_of_a_long_text_is_told_as_not_searched(
    tmp_path: Path, column: str, cell: str
) -> None:
    found = incoming(tmp_path, column, cell)
    assert [(loss.row, loss.column) for loss in found.losses] == [(3, column)]
    assert found.tables["initiatives"]["pages"]["notes"] == cell.strip()


def test_all_names_of_a_long_dependency_are_asked_for_or_told(tmp_path: Path) -> None:
    found = incoming(tmp_path, "Depends on", "; ".join(f"unknown {n}" for n in range(1_000)))
    told = [loss for loss in found.losses if loss.column == "Depends on"]
    assert len(told) == 1
    assert 100 < len(found.phrases) < 1_000


def test_a_team_called_as_a_person_of_another_row_is_that_person(tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_text("Task,Department,Team,Assignee\nA,Marketing,,Ann Lee\nB,IT,Ann Lee,\n", "utf-8")
    initiatives = read_incoming(file).tables["initiatives"]
    assert initiatives["a"]["owner"] == initiatives["b"]["owner"] == "ann-lee"


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("jira-cloud.csv", "288000", "²"),
        ("jira-server-german.csv", "288000", "9" * 400),
        ("jira-search.json", '"summary"', '"Summary of it"'),
        ("ms-project.csv", ",2,", ",²,"),
        ("linear-german.csv", '"OPS-1",', '"OPS-9"\n"OPS-1",'),
    ],
)
def test_an_export_with_an_odd_value_is_read(tmp_path: Path, name: str, old: str, new: str) -> None:
    raw = (EXPORTS / name).read_bytes()
    file = tmp_path / name
    file.write_bytes(raw.replace(old.encode(), new.encode("utf-8")))
    assert read_incoming(file).tables["initiatives"]


@pytest.mark.parametrize("written", ["mar 16/3/2027", "mar. 16/03/27", "Mar 9/3/2027"])
def test_a_tuesday_before_figures_is_one_in_french_and_spanish(
    tmp_path: Path, written: str
) -> None:
    dates = incoming(tmp_path, "Due date", written).dates
    assert [(each.row, each.finish and each.finish.month) for each in dates] == [(3, 3)]
