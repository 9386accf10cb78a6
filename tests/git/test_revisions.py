"""Earlier revisions and open merges, read by hashes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from planner.errors import ReadError, UsageError
from planner.git.revisions import Repository, documents_at
from planner.git.sides import open_merge
from tests.git.clones import Clone, clone_at

PLAN = '[roadmap]\ntitle = "one"\n'


def a_history(top: Path) -> Clone:
    clone = clone_at(top)
    clone.commit("plan/roadmap.toml", PLAN, "One")
    clone.write("plan/it.toml", '[initiatives.api]\nestimate = "4w"\n')
    clone.write("plan/.hidden.toml", "x = 1\n")
    clone.write("plan/tools.toml", "[tool.other]\nx = 1\n")
    clone.write("plan/below/more.toml", '[initiatives.more]\nestimate = "4w"\n')
    clone.commit("plan/roadmap.toml", PLAN.replace("one", "two"), "Two")
    return clone


def test_a_folder_at_a_revision_has_the_files_that_are_a_roadmap(tmp_path: Path) -> None:
    a_history(tmp_path)
    folder = tmp_path / "plan"
    assert [Path(each.file).name for each in documents_at(folder, "HEAD")] == [
        "it.toml",
        "roadmap.toml",
    ]
    before = documents_at(folder, "HEAD~1")
    assert [each.data for each in before] == [{"roadmap": {"title": "one"}}]
    assert documents_at(folder / "it.toml", "HEAD~1") == ()
    assert documents_at(folder / "it.toml", "main")[0].file == str(folder / "it.toml")


def test_a_revision_becomes_a_hash_or_is_refused(tmp_path: Path) -> None:
    clone = a_history(tmp_path)
    repository = Repository.around(tmp_path / "plan")
    head = clone.git("rev-parse", "HEAD").strip()
    assert repository.commit("main") == head
    assert repository.merge_base(head, repository.commit("HEAD~1")) == repository.commit("main~1")
    assert repository.history(head, "plan/it.toml") == [head]
    for odd in (
        "",
        "--all",
        "-h",
        "nowhere",
        "main\n",
        "HEAD:plan",
        "--output=x",
        "main..main",
        "@{-99}",
    ):
        with pytest.raises(UsageError):
            repository.commit(odd)


def test_a_revision_that_is_no_toml_is_named(tmp_path: Path) -> None:
    clone = clone_at(tmp_path)
    clone.commit("roadmap.toml", "[", "Broken")
    with pytest.raises(ReadError) as caught:
        documents_at(tmp_path / "roadmap.toml", "HEAD")
    assert caught.value.where == "HEAD:roadmap.toml:1"


def test_a_worktree_and_a_link_are_followed(tmp_path: Path) -> None:
    clone = a_history(tmp_path / "clone")
    clone.git("worktree", "add", "-q", str(tmp_path / "other"), "HEAD~1")
    (tmp_path / "link").symlink_to(tmp_path / "clone" / "plan")
    assert len(documents_at(tmp_path / "other" / "plan", "HEAD")) == 1
    assert len(documents_at(tmp_path / "link", "HEAD")) == 2


def test_an_open_merge_gives_its_three_sides(tmp_path: Path) -> None:
    clone = clone_at(tmp_path)
    clone.commit("roadmap.toml", PLAN)
    clone.git("checkout", "-q", "-b", "side")
    clone.commit("roadmap.toml", PLAN.replace("one", "side"))
    clone.git("checkout", "-q", "main")
    clone.commit("roadmap.toml", PLAN.replace("one", "main"))
    clone.git("merge", "side", fails=True)
    found = open_merge(tmp_path / "roadmap.toml")
    assert found.source == "index"
    sides = [PLAN.replace("one", name).encode() for name in ("one", "main", "side")]
    assert [found.base, found.ours, found.theirs] == sides
    clone.git("checkout", "--conflict=diff3", "roadmap.toml")
    found = open_merge(tmp_path / "roadmap.toml")
    assert found.source == "markers"
    assert [found.base, found.ours, found.theirs] == sides


def test_a_file_that_one_side_removed_is_not_decided_here(tmp_path: Path) -> None:
    clone = clone_at(tmp_path)
    clone.commit("roadmap.toml", PLAN)
    clone.git("checkout", "-q", "-b", "side")
    clone.git("rm", "-q", "roadmap.toml")
    clone.git("commit", "-q", "-m", "Gone")
    clone.git("checkout", "-q", "main")
    clone.commit("roadmap.toml", PLAN.replace("one", "main"))
    clone.git("merge", "side", fails=True)
    with pytest.raises(UsageError, match="one side removed"):
        open_merge(tmp_path / "roadmap.toml")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    clone = a_history(tmp_path)
    pipe = tmp_path / "plan" / "pipe.toml"
    os.mkfifo(pipe)
    with pytest.raises(ReadError, match="a pipe, not a file"):
        open_merge(pipe)
    assert "a pipe, not a file" in clone.run("planner", "diff", "--textconv", str(pipe)).stderr
