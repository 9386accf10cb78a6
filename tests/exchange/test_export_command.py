"""`planner export`: what is written where, what is chosen, what is said, what is not replaced."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from planner.exchange.exporting import FORMATS
from tests.cli.conftest import Run, acme, run

__all__ = ["acme", "run"]

SUFFIXES = tuple(FORMATS)


def rows(text: str) -> list[dict[str, str]]:
    """The rows of a CSV by its headings."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_it_writes_the_format_of_the_suffix(
    run: Run, acme: str, tmp_path: Path, suffix: str
) -> None:
    first, second = tmp_path / f"one{suffix}", tmp_path / f"two{suffix.upper()}"

    assert run("export", str(first), acme).code == 0
    assert run("export", str(second), acme).code == 0
    assert first.read_bytes() == second.read_bytes() != b""
    assert oct(first.stat().st_mode & 0o777) == oct(0o666 & ~_umask())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@pytest.mark.parametrize("suffix", [each for each in SUFFIXES if each != ".xlsx"])
def test_a_dash_is_stdout(run: Run, acme: str, tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"plan{suffix}"
    run("export", str(file), acme)

    printed = run("export", "-", acme, "--format", suffix[1:])
    assert printed.out == file.read_bytes().decode("utf-8-sig")


def test_a_workbook_goes_to_a_pipe(acme: str) -> None:
    words = ["-m", "planner", "export", "-", acme, "--format", "xlsx"]
    ran = subprocess.run([sys.executable, *words], capture_output=True, check=True)

    assert openpyxl.load_workbook(io.BytesIO(ran.stdout)).sheetnames[:2] == ["initiatives", "links"]


@pytest.mark.parametrize("file", ["plan", "plan.pdf", "-", "plan.toml"])
def test_another_suffix_is_refused_with_those_there_are(
    run: Run, acme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    monkeypatch.chdir(tmp_path)

    ran = run("export", file, acme)
    assert ran.code == 2
    assert "csv" in ran.err
    assert not list(tmp_path.iterdir())


def test_what_was_written_since_is_not_replaced_unasked(
    run: Run, acme: str, tmp_path: Path
) -> None:
    file = tmp_path / "plan.csv"
    run("export", str(file), acme)
    before = file.read_bytes()
    assert run("export", str(file), acme).code == 0

    file.write_bytes(b"mine")
    refused = run("export", str(file), acme)
    assert (refused.code, file.read_bytes()) == (2, b"mine")
    assert "--force" in refused.err

    assert run("export", str(file), acme, "--force").code == 0
    assert file.read_bytes() == before


@pytest.mark.parametrize("kind", ["folder", "link", "lost link", "pipe"])
def test_what_is_no_plain_file_is_never_replaced(
    run: Run, acme: str, tmp_path: Path, kind: str
) -> None:
    file, other = tmp_path / "plan.csv", tmp_path / "other"
    if kind == "folder":
        file.mkdir()
    elif kind == "pipe":
        os.mkfifo(file)
    else:
        file.symlink_to(other)
        if kind == "link":
            other.write_text("theirs")

    assert run("export", str(file), acme, "--force").code == 2
    assert kind != "link" or other.read_text() == "theirs"
    assert kind != "lost link" or not other.exists()


def test_a_folder_that_is_not_there(run: Run, acme: str, tmp_path: Path) -> None:
    ran = run("export", str(tmp_path / "gone" / "plan.csv"), acme)

    assert ran.code == 2
    assert str(tmp_path / "gone" / "plan.csv") in ran.err


def test_only_what_is_asked_for(run: Run, acme: str) -> None:
    def ids(*words: str) -> set[str]:
        found = rows(run("export", "-", acme, "--format", "csv", *words).out)
        return {row["id"] for row in found}

    everything = ids()
    marketing, critical = ids("--for", "marketing"), ids("--filter", "critical")
    before_peak = ids("--for", "peak-readiness")
    assert len(everything) == 39
    assert 0 < len(marketing) < 39
    assert {"peak-readiness", "customer-sso"} <= before_peak < everything
    assert ids("--side", "marketing") == marketing
    assert ids("--for", "peak-readiness", "--side", "marketing") == before_peak & marketing
    assert ids("--filter", "critical", "--for", "marketing") == critical & marketing
    assert run("export", "-", acme, "--format", "csv", "--filter", "nokey:x").code == 2
    assert run("export", "-", acme, "--format", "csv", "--for", "nobody").code == 2


def test_links_that_lead_out_are_counted(run: Run, acme: str) -> None:
    ran = run("export", "-", acme, "--format", "csv", "--filter", "id:cdp-foundation")

    (row,) = rows(ran.out)
    assert row["needs"] == ""
    assert "links to other initiatives (4)" in ran.err


def test_what_a_format_has_no_place_for_is_counted(run: Run, acme: str) -> None:
    def said(suffix: str) -> str:
        return run("export", "-", acme, "--format", suffix).err

    assert "teams (16)" in said("csv")
    assert "links (51)" in said("mmd")
    assert "initiatives without dates (1)" in said("ics")
    assert said("graphml") == ""


def test_columns_are_the_keys_of_the_format(run: Run, acme: str) -> None:
    found = {row["id"]: row for row in rows(run("export", "-", acme, "--format", "csv").out)}

    sso = found["customer-sso"]
    assert (sso["start"], sso["finish"], sso["total_float"], sso["critical"]) == (
        "2027-03-08",
        "2027-05-12",
        "-5",
        "True",
    )
    assert found["api-gateway"]["estimate"] == "4w/5w/7w"
    assert found["api-gateway"]["actual_start"] == "2027-03-01"


def test_a_workbook_has_days_and_numbers(run: Run, acme: str, tmp_path: Path) -> None:
    file = tmp_path / "plan.xlsx"
    run("export", str(file), acme)

    page: Any = openpyxl.load_workbook(file)["initiatives"]
    (sso,) = (row for row in _rows(page) if row["id"] == "customer-sso")
    assert sso["finish"].date() == date(2027, 5, 12)
    assert (sso["total_float"], sso["critical"]) == (-5, True)
    assert page.freeze_panes == "A2"
    assert page["A1"].font.bold
    assert page.auto_filter.ref == page.dimensions


def _rows(page: Any) -> list[dict[str, Any]]:
    heading, *found = page.iter_rows(values_only=True)
    return [dict(zip(heading, row, strict=True)) for row in found]


def test_links_of_a_workbook_have_what_was_agreed(run: Run, acme: str, tmp_path: Path) -> None:
    file = tmp_path / "plan.xlsx"
    run("export", str(file), acme)

    found = _rows(openpyxl.load_workbook(file)["links"])
    (link,) = (row for row in found if (row["id"], row["on"]) == ("cdp-foundation", "customer-sso"))
    assert len(found) == 51
    assert link["needed_by"].date() == date(2027, 5, 12)
    assert (link["slack"], link["driving"]) == (0, True)
    assert link["delivers"] == "one customer id and the sign-in events"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_page_names_every_format(run: Run, suffix: str) -> None:
    assert f"`{suffix}`" in run("help", "exchange").out


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "xml", "docx"])
@pytest.mark.parametrize("command", ["export", "import"])
def test_the_wrong_way_round_is_told_with_the_right_one(
    run: Run, acme: str, tmp_path: Path, command: str, suffix: str
) -> None:
    file = tmp_path / f"out.{suffix}"
    if command == "import":
        run("export", str(file), acme)

    for path in (acme, str(Path(acme) / "it.toml")):
        ran = run(command, path, str(file))
        assert ran.code == 2
        assert f"planner {command} {file} {path}" in ran.err
        assert "can't be read" not in ran.err


def test_questions_are_asked_and_read_whichever_is_named_first(
    run: Run, acme: str, tmp_path: Path
) -> None:
    for suffix in ("md", "csv"):
        first, second = tmp_path / f"first.{suffix}", tmp_path / f"second.{suffix}"
        for words in ((str(first), acme), (acme, str(second))):
            assert run("asks", *words, "--for", "it").code == 0
            assert run("asks", *words).code == 0
        assert first.exists()
        assert second.exists()
