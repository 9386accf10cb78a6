"""`planner init`: a first roadmap, all of it or nothing."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def everything(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


@pytest.mark.parametrize("name", ["plan.toml", "plan/", "deep/down/plan/"])
def test_what_it_writes_is_a_roadmap(run: Run, tmp_path: Path, name: str) -> None:
    ran = run("init", f"{tmp_path}/{name}")
    assert ran.code == 0
    assert run("check", f"{tmp_path}/{name}").code == 0
    assert all(Path(line).is_file() for line in ran.out.splitlines())


def test_what_is_there_stays(run: Run, tmp_path: Path) -> None:
    theirs = tmp_path / "plan" / "it.toml"
    theirs.parent.mkdir()
    theirs.write_text("# mine\n", "utf-8")
    ran = run("init", f"{tmp_path}/plan/")
    assert ran.code == 2
    assert "it.toml exists already" in ran.err
    assert everything(tmp_path) == ["plan", "plan/it.toml"]
    assert theirs.read_text("utf-8") == "# mine\n"


@pytest.mark.parametrize("files", [0, 1, 2])
def test_a_full_disk_leaves_nothing_behind(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: int
) -> None:
    written: list[int] = []
    real = os.fsync

    def full(descriptor: int) -> None:
        written.append(descriptor)
        if len(written) > files:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    ran = run("init", f"{tmp_path}/new/plan/")
    assert ran.code == 2
    assert ran.err.endswith("was not written: the disk is full (nothing was made)\n")
    assert everything(tmp_path) == []


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("/proc/nope/plan.toml", "no file can be made there"),
        ("/dev/null/plan/", "something that is no folder is in its way"),
        ("", "exists already"),
    ],
)
def test_an_impossible_place_is_said(run: Run, place: str, said: str) -> None:
    ran = run("init", place)
    assert ran.code == 2
    assert said in ran.err


# --- a pilot --------------------------------------------------------------------------------------

OVERLAPS = {
    "app-development",
    "consent",
    "content-publishing",
    "market-data-analytics",
    "vendor-selection",
}


@pytest.fixture(params=["plan.toml", "plan/"])
def pilot(request: pytest.FixtureRequest, run: Run, tmp_path: Path) -> str:
    """A roadmap that two leads begin with, as one file and as a folder."""
    path = f"{tmp_path}/{request.param}"
    ran = run("init", "--pilot", "Summer campaign", path)
    assert ran.code == 0, ran.err
    return path


def test_a_pilot_has_no_errors_and_reads_back(run: Run, pilot: str) -> None:
    checked = run("check", pilot, "--json")
    assert checked.code == 0
    findings = json.loads(checked.out)["findings"]
    assert {one["code"] for one in findings} <= {"LINK01", "OWN03"}
    shown = json.loads(run("show", pilot, "--json").out)
    assert shown["title"] == "Summer campaign"
    assert shown["main_launch"] == "summer-campaign"
    assert {one["portfolio"] for one in shown["initiatives"]} == {"marketing", "it"}
    assert run("fmt", "--check", pilot).code in (0, 1)


def test_a_pilot_asks_who_does_what_where_the_sides_meet(run: Run, pilot: str) -> None:
    rows = json.loads(run("agreements", pilot, "--json").out)["agreements"]
    assert {row["id"]: row["standing"] for row in rows} == dict.fromkeys(OVERLAPS, "gap")
    asked = {
        row["id"] for row in json.loads(run("gaps", pilot, "--json").out)["rows"] if row["question"]
    }
    assert asked >= OVERLAPS
    found = json.loads(run("check", pilot, "--json").out)["findings"]
    assert {id for one in found if one["code"] == "OWN03" for id in one["on"]} == OVERLAPS


def test_a_pilot_has_questions_for_both_sides(run: Run, pilot: str) -> None:
    for side, first in (("marketing", "landing-page"), ("it", "summer-campaign")):
        words = ("asks", "--for", side, "--all", "--json", "-r", pilot)
        rows = json.loads(run(*words).out)["questions"]
        assert (rows[0]["act"], rows[0]["id"]) == ("agree", first)
        missing = [(row["id"], row["other"]) for row in rows if row["kind"] == "agreements"]
        keys = ("accountable", "responsible", "why")
        assert missing == [(id, key) for id in sorted(OVERLAPS) for key in keys]


def test_the_answers_to_a_pilot_come_back(run: Run, pilot: str, tmp_path: Path) -> None:
    words = ("asks", "--for", "it", "--all", "--json", "-r", pilot)
    said = {"accountable": "Development", "responsible": "Development and Campaigns"}
    said["why"] = "They keep it running at night."
    rows = json.loads(run(*words).out)["questions"]
    cells = [("Answer", "Key"), *((said.get(row["other"], "yes"), row["key"]) for row in rows)]
    file = tmp_path / "a.csv"
    file.write_text("".join(f"{answer};{key}\n" for answer, key in cells), "utf-8")
    back = json.loads(run("asks", str(file), "-r", pilot, "--json").out)
    assert {one["state"] for one in back["answers"]} == {"understood"}
    rows = json.loads(run("agreements", pilot, "--json").out)["agreements"]
    assert {row["standing"] for row in rows} == {"unagreed"}
    assert {tuple(row["accountables"]) for row in rows} == {("development",)}


def test_a_pilot_is_read_in_a_small_terminal(run: Run, tmp_path: Path) -> None:
    run("init", "--pilot", "Summer campaign", str(tmp_path / "plan.toml"))
    lines = (tmp_path / "plan.toml").read_text("utf-8").splitlines()
    wide = [line for line in lines if len(line) > 80]
    assert all(line.startswith(("    { on =", "# (For completion")) for line in wide)


def test_a_pilot_is_named_by_any_name(run: Run, tmp_path: Path) -> None:
    for number, name in enumerate(('"{x}"\n[a]', "Landing page", "夏", "a" * 300)):
        path = str(tmp_path / f"{number}.toml")
        assert run("init", "--pilot", name, path).code == 0
        assert json.loads(run("show", path, "--json").out)["title"] == name
    assert run("init", "--pilot", " ", str(tmp_path / "no.toml")).code == 2
    assert not (tmp_path / "no.toml").exists()
