"""Earlier revisions and open merges, read by hashes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from planner.errors import ReadError, UsageError
from planner.git.revisions import Repository, documents_at
from planner.merge.resolving import merge_open
from planner.merge.sides import open_merge, open_merges
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
    again = open_merge(tmp_path / "roadmap.toml")
    assert (again.source, again.mended) == ("index", False)
    assert [again.base, again.ours, again.theirs] == sides


LONG = """\
[roadmap]
title = "one"

[initiatives.api]
estimate = "4w"

[initiatives.push]
estimate = "3w"
"""


def stopped(top: Path, style: str) -> Path:
    """A merge by git alone that stopped at two keys of push, with markers of a style."""
    clone = clone_at(top)
    clone.git("config", "merge.conflictStyle", style)
    clone.commit("roadmap.toml", LONG)
    clone.git("checkout", "-q", "-b", "side")
    clone.commit("roadmap.toml", LONG.replace('"3w"', '"9w"').replace("one", "side"))
    clone.git("checkout", "-q", "main")
    clone.commit("roadmap.toml", LONG.replace('"3w"', '"5w"').replace("one", "main"))
    clone.git("merge", "side", fails=True)
    return top / "roadmap.toml"


@pytest.mark.parametrize("style", ["merge", "diff3", "zdiff3"])
def test_what_was_mended_by_hand_stays_whatever_the_markers_say(style: str, tmp_path: Path) -> None:
    path = stopped(tmp_path, style)
    assert open_merge(path).source == "index"
    text = path.read_text().replace('estimate = "4w"', 'estimate = "6w"  # by hand')
    title = text[text.index("<<<<<<<") : text.index("[initiatives.api]")]
    path.write_text(text.replace(title, 'title = "both"\n\n'))
    found = open_merge(path)
    assert found.mended
    merged = merge_open(found, lambda _: "theirs")
    assert [each.name for each in merged.asked] == ["initiatives.push.estimate"]
    expected = LONG.replace("one", "both").replace('"4w"', '"6w"  # by hand')
    assert merged.text == expected.replace('"3w"', '"9w"')


def test_markers_that_do_not_match_up_are_said(tmp_path: Path) -> None:
    path = stopped(tmp_path, "merge")
    path.write_text(path.read_text().replace(">>>>>>> side\n", "", 2))
    with pytest.raises(UsageError, match="don't match up"):
        open_merge(path)


# --- a file that one side removed -----------------------------------------------------------------


@pytest.fixture(params=["removed there", "removed here"])
def removed(request: pytest.FixtureRequest, tmp_path: Path) -> Clone:
    """A merge that stopped: one side removed the file, the other changed its title to `main`."""
    clone = clone_at(tmp_path)
    clone.commit("roadmap.toml", PLAN)
    clone.git("checkout", "-q", "-b", "side")
    clone.git("rm", "-q", "roadmap.toml")
    clone.git("commit", "-q", "-m", "Gone")
    clone.git("checkout", "-q", "main")
    clone.commit("roadmap.toml", PLAN.replace("one", "main"))
    if request.param == "removed here":
        clone.git("checkout", "-q", "side")
    clone.git("merge", "main" if request.param == "removed here" else "side", fails=True)
    return clone


def test_a_removed_file_is_kept_or_removed_as_a_whole(removed: Clone) -> None:
    path = removed.top / "roadmap.toml"
    found = open_merge(path)
    kept, gone = ("ours", "theirs") if found.theirs is None else ("theirs", "ours")
    assert "file\n" in removed.planner("resolve", ".", code=1)
    assert path.exists()
    removed.planner("resolve", ".", f"--{kept}")
    assert path.read_text() == PLAN.replace("one", "main")
    removed.planner("resolve", ".", "--base")
    assert path.read_text() == PLAN
    assert found.raw is not None
    path.write_bytes(found.raw)
    removed.planner("resolve", ".", "--take", f"file={gone}")
    assert not path.exists()
    removed.git("add", "roadmap.toml")
    removed.git("commit", "-q", "-m", "Merged")
    assert removed.git("ls-files") == ""


@pytest.mark.parametrize("named", [["."], ["roadmap.toml"], []])
def test_what_somebody_took_away_is_still_open(removed: Clone, named: list[str]) -> None:
    path = removed.top / "roadmap.toml"
    kept, gone = ("ours", "theirs") if open_merge(path).theirs is None else ("theirs", "ours")
    path.unlink()
    told = removed.planner("resolve", *named, code=1)
    assert "the file was removed; it is written again" in told
    assert "roadmap.toml: 1 unresolved, 0 resolved" in told
    removed.planner("resolve", *named, f"--{gone}")
    assert not path.exists()
    removed.planner("resolve", *named, f"--{kept}")
    assert path.read_text() == PLAN.replace("one", "main")
    removed.git("add", "roadmap.toml")
    removed.git("commit", "-q", "-m", "Merged")


def test_what_both_changed_and_somebody_took_away_is_merged_again(tmp_path: Path) -> None:
    path = stopped(tmp_path, "merge")
    before = merge_open(open_merge(path), lambda _: "ours").text
    path.unlink()
    assert merge_open(open_merge(path), lambda _: "ours").text == before


def test_a_folder_without_a_merge_says_where_one_is(tmp_path: Path) -> None:
    stopped(tmp_path, "merge")
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / "it.toml").write_text(PLAN)
    with pytest.raises(UsageError, match=r"no merge is open here .*open: .*roadmap.toml"):
        open_merges(tmp_path / "plan")
    with pytest.raises(UsageError, match=r"no merge is open in this file .*open: .*roadmap.toml"):
        open_merge(tmp_path / "plan" / "it.toml")


def test_what_was_settled_by_hand_wants_to_be_added(tmp_path: Path) -> None:
    path = stopped(tmp_path, "merge")
    path.write_text("# by hand\n" + PLAN)
    with pytest.raises(UsageError, match=r"`git add .*roadmap.toml` where it is right"):
        open_merges(tmp_path)


def test_a_folder_does_not_pass_over_markers_that_do_not_match_up(tmp_path: Path) -> None:
    path = stopped(tmp_path, "merge")
    path.write_text(path.read_text().replace(">>>>>>> side\n", "", 2))
    with pytest.raises(UsageError, match="don't match up"):
        open_merges(tmp_path)


def test_other_toml_files_of_a_folder_are_left_alone(tmp_path: Path) -> None:
    clone = clone_at(tmp_path)
    clone.write("pyproject.toml", 'name = "a"\n')
    clone.commit("roadmap.toml", PLAN)
    clone.git("checkout", "-q", "-b", "side")
    clone.write("pyproject.toml", 'name = "b"\n')
    clone.commit("roadmap.toml", PLAN.replace("one", "side"))
    clone.git("checkout", "-q", "main")
    clone.write("pyproject.toml", 'name = "c"\n')
    clone.commit("roadmap.toml", PLAN.replace("one", "main"))
    clone.git("merge", "side", fails=True)
    assert [each.path.name for each in open_merges(tmp_path)] == ["roadmap.toml"]


def test_outside_a_repository_it_is_said_that_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "roadmap.toml").write_text(PLAN)
    with pytest.raises(UsageError, match="in no git repository and has no conflict markers"):
        open_merges(tmp_path)
    with pytest.raises(UsageError, match="in no git repository and has no conflict markers"):
        open_merge(tmp_path / "roadmap.toml")


def test_a_file_that_was_changed_since_is_not_removed(removed: Clone) -> None:
    path = removed.top / "roadmap.toml"
    gone = "theirs" if open_merge(path).theirs is None else "ours"
    path.write_text(PLAN.replace("one", "by hand"))
    assert "changed since the merge" in removed.run("planner", "resolve", ".", f"--{gone}").stderr
    assert path.read_text() == PLAN.replace("one", "by hand")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    clone = a_history(tmp_path)
    pipe = tmp_path / "plan" / "pipe.toml"
    os.mkfifo(pipe)
    with pytest.raises(ReadError, match="a pipe, not a file"):
        open_merge(pipe)
    assert "a pipe, not a file" in clone.run("planner", "diff", "--textconv", str(pipe)).stderr
