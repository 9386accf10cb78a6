"""Active work with an end and no progress: what is left reaches to that end, and stays so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run, run

__all__ = ["run"]

SHEET = """\
Task,Status,Start,End,Due
Data platform,In progress,2026-11-02,2026-12-18,
Press kit,In progress,2026-11-16,2026-11-27,
Film,In progress,2026-11-16,,2026-12-04
Flyer,Planned,2027-01-04,2027-01-08,
"""


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    file = tmp_path / "plan.csv"
    file.write_text(SHEET)
    return file


def test_an_end_after_the_status_date_holds(run: Run, tmp_path: Path, sheet: Path) -> None:
    ran = run("import", str(sheet), str(tmp_path / "r.toml"), "--as-of", "2026-11-30", "--json")

    dates = {each["title"]: each["days"] for each in json.loads(ran.out)["dates"]}
    assert dates["Data platform"] == 0
    assert dates["Press kit"] > 0
    assert any("active work" in note for note in json.loads(ran.out)["notes"])
    assert (tmp_path / "r.toml").read_text().count("remaining") == 1


def test_the_same_sheet_a_week_later_changes_nothing(run: Run, tmp_path: Path, sheet: Path) -> None:
    roadmap = tmp_path / "r.toml"
    run("import", str(sheet), str(roadmap), "--as-of", "2026-11-30", "--json")
    before = roadmap.read_bytes()

    ran = run("import", str(sheet), str(roadmap), "--as-of", "2026-12-07", "--json")

    assert json.loads(ran.out)["state"] == "no change"
    assert roadmap.read_bytes() == before


def test_another_end_is_counted_anew(run: Run, tmp_path: Path, sheet: Path) -> None:
    roadmap = tmp_path / "r.toml"
    run("import", str(sheet), str(roadmap), "--as-of", "2026-11-30", "--json")
    sheet.write_text(SHEET.replace("2026-12-18", "2026-12-11"))

    run("import", str(sheet), str(roadmap), "--as-of", "2026-12-07", "--json")

    assert 'remaining = "5d"' in roadmap.read_text()


def test_progress_of_the_roadmaps_own_counts(run: Run, tmp_path: Path, sheet: Path) -> None:
    roadmap = tmp_path / "r.toml"
    sheet.write_text(SHEET.replace("Flyer,Planned,2027-01-04", "Flyer,Planned,2026-11-16"))
    run("import", str(sheet), str(roadmap), "--as-of", "2026-11-30", "--json")
    keys = ("status=active", "actual_start=2026-11-16", "percent_complete=40")
    run("set", "flyer", *keys, "-r", str(roadmap), "--as-of", "2026-11-30")
    sheet.write_text(sheet.read_text().replace("Flyer,Planned", "Flyer,Active"))

    run("import", str(sheet), str(roadmap), "--as-of", "2026-11-30", "--json")

    flyer = roadmap.read_text().split("[initiatives.flyer]")[1].split("[initiatives.")[0]
    assert "percent_complete = 40" in flyer
    assert "remaining" not in flyer
