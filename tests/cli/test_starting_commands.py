"""`planner init`: a first roadmap, all of it or nothing."""

from __future__ import annotations

import errno
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
