"""What has to be asked before a sheet is read, on the command line: nothing is written then."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run, run

__all__ = ["run"]

AMBIGUOUS = "Task,Start,Due\nA,2027-03-01,3/5/27\nB,2027-03-02,4/6/27\n"


def put(folder: Path, name: str, text: str) -> str:
    file = folder / name
    file.write_text(text, "utf-8")
    return str(file)


def test_an_ambiguous_order_is_asked_and_answered_by_a_mapping(run: Run, tmp_path: Path) -> None:
    sheet, target = put(tmp_path, "plan.csv", AMBIGUOUS), tmp_path / "plan.toml"
    asked = run("import", sheet, str(target))
    assert asked.code == 2
    for part in ("Due", "3/5/27", "row 2", "deadline dmy", "--map"):
        assert part in asked.err
    assert not target.exists()
    mapping = put(tmp_path, "map.toml", 'Due = "deadline mdy"\n')
    assert run("import", sheet, str(target), "--map", mapping).code == 0
    assert "deadline = 2027-03-05" in target.read_text("utf-8")


@pytest.mark.parametrize(
    ("mapping", "named"),
    [('Gone = "title"\n', "Gone"), ('Task = "heading"\n', "heading"), ('Due = "cost dmy"', "dmy")],
)
def test_a_mapping_that_can_t_be_is_refused(
    run: Run, tmp_path: Path, mapping: str, named: str
) -> None:
    sheet, target = put(tmp_path, "plan.csv", AMBIGUOUS), tmp_path / "plan.toml"
    refused = run("import", sheet, str(target), "--map", put(tmp_path, "map.toml", mapping))
    assert refused.code == 2
    assert named in refused.err
    assert not target.exists()


def test_a_file_without_headings_says_what_to_do(run: Run, tmp_path: Path) -> None:
    sheet, target = put(tmp_path, "plan.csv", "1,2\n3,4\n"), tmp_path / "plan.toml"
    refused = run("import", sheet, str(target))
    assert refused.code == 2
    assert "--map" in refused.err
    assert not target.exists()
