"""Which planner git runs: the one that set git up, else the PATH's, else git's own merge."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from planner.files.trusted import is_settled
from planner.git import program
from planner.git.install import settings
from tests.git.clones import BIN, Clone, clone_at

PLAN = '[roadmap]\nstart = 2027-01-04\n\n[initiatives.a]\nestimate = "2w"\nowner = "x"\n'
settled = pytest.mark.skipif(
    not is_settled(BIN / "planner"), reason="others could put a program in planner's place"
)


def branched(clone: Clone) -> Clone:
    """Two branches that change neighbouring lines: by table and key that is no conflict."""
    clone.commit("roadmap.toml", PLAN)
    clone.git("switch", "-q", "-c", "other")
    clone.commit("roadmap.toml", PLAN.replace("2w", "3w"))
    clone.git("switch", "-q", "main")
    clone.commit("roadmap.toml", PLAN.replace('"x"', '"y"'))
    return clone


def installed(top: Path, *, planner: bool) -> Clone:
    clone = clone_at(top, planner=planner)
    clone.write("roadmap.toml", PLAN)
    clone.planner("git", "install", "roadmap.toml")
    return branched(clone)


@settled
def test_git_runs_the_planner_that_set_it_up_without_a_path_to_it(tmp_path: Path) -> None:
    clone = installed(tmp_path, planner=False)
    assert shutil.which("planner", path=clone.environment["PATH"]) is None
    clone.git("merge", "-q", "other")
    assert clone.read("roadmap.toml") == PLAN.replace("2w", "3w").replace('"x"', '"y"')
    assert f"run by git: {BIN / 'planner'}\n" in clone.planner("git", "status", "roadmap.toml")
    clone.write("roadmap.toml", PLAN.replace("2w", "9w"))
    assert "-estimate = 3w\n" in clone.git("diff")


@settled
def test_where_it_is_gone_the_paths_planner_merges(tmp_path: Path) -> None:
    clone = installed(tmp_path, planner=True)
    clone.lose_planner()
    clone.git("merge", "-q", "other")
    assert 'estimate = "3w"' in clone.read("roadmap.toml")
    said = clone.planner("git", "status", "roadmap.toml")
    assert f"run by git: {BIN / 'planner'} (/gone/planner is gone)" in said


@settled
def test_where_none_is_left_git_merges_with_markers(tmp_path: Path) -> None:
    clone = installed(tmp_path, planner=False)
    clone.lose_planner()
    clone.git("merge", "other", fails=True)
    assert all(each in clone.read("roadmap.toml") for each in ("<<<<<<<", "|||||||", "3w", '"y"'))
    said = clone.planner("git", "status", "roadmap.toml", code=1)
    assert all(each in said for each in ("PATH", "/gone/planner"))
    assert "estimate" in clone.git("diff", "HEAD", "other")


@settled
def test_one_that_cannot_run_falls_back_too(tmp_path: Path) -> None:
    """The script of an environment that was moved is there, and what runs it is not."""
    clone = installed(tmp_path, planner=False)
    script = tmp_path / "moved"
    script.write_text("#!/gone/python3\n")
    script.chmod(0o755)
    clone.lose_planner(str(script))
    clone.git("merge", "other", fails=True)
    assert "|||||||" in clone.read("roadmap.toml")


def test_a_place_that_others_can_fill_is_not_told_to_git(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o777)
    for name in ("planner", "python"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setattr(sys, "argv", [str(tmp_path / "planner")])
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    assert program.running() is None


AWAY = "import sys; sys.argv[0] = sys.executable = '/gone'; from planner.__main__ import main; main"
"""A planner that is no program of its own, as in a process of somebody else's."""


def test_a_planner_that_git_will_not_find_is_told(tmp_path: Path) -> None:
    clone = clone_at(tmp_path, planner=False)
    clone.write("roadmap.toml", PLAN)
    done = clone.run(sys.executable, "-c", f"{AWAY}(['git', 'install', 'roadmap.toml'])")
    assert (done.returncode, "PATH" in done.stderr) == (0, True)
    assert "PATH" in clone.planner("git", "status", "roadmap.toml", code=1)
    branched(clone).git("merge", "other", fails=True)
    clone.git("merge", "--abort")
    Clone(tmp_path).git("merge", "-q", "other")
    assert str(BIN / "planner") in Clone(tmp_path).planner("git", "status", "roadmap.toml")


@pytest.mark.parametrize(
    "path", ["/a b/planner", "/a'b/planner", '/a"$(x)/planner', "/%O%%/planner"]
)
def test_any_path_is_one_word_and_no_place_of_gits(path: str, tmp_path: Path) -> None:
    """The planner of such a path, which notes that it ran and leaves the merge to git."""
    there = tmp_path / path.removeprefix("/")
    there.parent.mkdir()
    there.write_text(f"#!/bin/sh\ntouch '{tmp_path}/ran'; exit 3\n")
    there.chmod(0o755)
    clone = clone_at(tmp_path / "clone", planner=False)
    clone.write("roadmap.toml", PLAN)
    clone.planner("git", "install", "roadmap.toml")
    for name, value in settings(str(there)).items():
        clone.git("config", name, value)
    assert str(there) in clone.planner("git", "status", "roadmap.toml")
    branched(clone).git("merge", "other", fails=True)
    assert (tmp_path / "ran").exists()
    assert "|||||||" in clone.read("roadmap.toml")
    clone.git("diff", "HEAD", "other")


@pytest.mark.parametrize("word", ["'", "'a' b", "$(touch ran)", "'\x1b]52;c;x\x07\u202e'"])
def test_a_driver_of_somebody_else_s_is_only_looked_at(word: str, tmp_path: Path) -> None:
    clone = clone_at(tmp_path)
    clone.write("roadmap.toml", PLAN)
    driver = f'planner={word}; test -x "$planner" || planner=planner; true'
    clone.git("config", "merge.planner.driver", driver)
    said = clone.planner("git", "status", "roadmap.toml", code=1)
    assert "configuration of this clone: not set up" in said
    assert not set(said) & set("\x1b\x07\u202e")
    assert not (tmp_path / "ran").exists()
