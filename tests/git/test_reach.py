"""Repositories of which a part is somewhere else: true words, right results, nothing fetched."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from planner.errors import ReadError
from planner.git import install
from planner.git.revisions import documents_at
from planner.git.workspaces import workspace_at
from planner.session.session import Session
from tests.git.clones import Clone, clone_at
from tests.terminals import Terminal

PLAN = (
    "[roadmap]\nstart = 2027-03-01\nstatus_date = 2027-03-01\n\n"
    '[initiatives.api]\nestimate = "4w"\ndeadline = 2027-04-15\n'
)
LATER = PLAN.replace('"4w"', '"5w"')
LATE = PLAN.replace('"4w"', '"8w"')
PLANNER = [sys.executable, "-m", "planner"]


@pytest.fixture
def far(tmp_path: Path) -> Clone:
    """What others clone: two commits that change the plan."""
    made = clone_at(tmp_path / "far")
    made.commit("roadmap.toml", PLAN)
    made.commit("docs/x.md", "x")
    made.commit("roadmap.toml", LATER)
    made.git("config", "uploadpack.allowFilter", "true")
    made.git("config", "receive.denyCurrentBranch", "ignore")
    return made


def cloned(far: Clone, *how: str) -> Clone:
    top = far.top.parent / "here"
    far.git("clone", "-q", *how, far.top.as_uri(), str(top))
    return Clone(top)


def said(clone: Clone, *words: str, code: int = 2) -> str:
    """What planner says on stderr; never a traceback."""
    done = clone.run(*PLANNER, *words)
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def moves(clone: Clone, *words: str) -> list[str]:
    found = json.loads(clone.planner("diff", *words, "--json"))
    return [row["id"] for row in found["moved"]]


# --- sparse checkouts -----------------------------------------------------------------------------


@pytest.fixture
def sparse(far: Clone) -> Clone:
    clone = cloned(far)
    clone.git("sparse-checkout", "set", "--no-cone", "/docs/")
    assert not (clone.top / "roadmap.toml").exists()
    return clone


def hint_of(words: str) -> str:
    """The command between backticks."""
    return words.split("`")[1]


@pytest.mark.parametrize(
    "command",
    [
        ("check", "roadmap.toml"),
        ("check", "--base", "HEAD~1", "-r", "roadmap.toml"),
        ("diff", "-r", "roadmap.toml"),
        ("show", "-r", "roadmap.toml"),
        ("check",),
        ("git", "status"),
        ("git", "install"),
    ],
)
def test_a_roadmap_out_of_the_cone_is_said_to_be_one(
    sparse: Clone, command: tuple[str, ...]
) -> None:
    words = said(sparse, *command)
    assert "sparse checkout leaves out roadmap.toml" in words
    assert "planner init" not in words
    assert sparse.run("sh", "-c", hint_of(words)).returncode == 0
    assert sparse.read("roadmap.toml") == LATER


def test_what_is_committed_is_looked_at_all_the_same(sparse: Clone) -> None:
    assert moves(sparse, "HEAD~1", "HEAD", "-r", "roadmap.toml") == ["api"]
    sparse.planner("check", "--at", "HEAD", "roadmap.toml")
    assert "not set up" in sparse.planner("git", "status", "roadmap.toml", code=1)


def test_attributes_out_of_the_cone_are_left_as_they_are(far: Clone) -> None:
    far.commit(".gitattributes", "*.png binary\n")
    clone = cloned(far)
    clone.git("sparse-checkout", "set", "--no-cone", "/roadmap.toml")
    clone.planner("git", "install", "roadmap.toml")
    assert not (clone.top / ".gitattributes").exists()
    assert clone.git("status", "--porcelain") == ""
    values = clone.git("check-attr", "merge", "binary", "--", "roadmap.toml", "a.png")
    assert [values.split("\n")[row].split()[-1] for row in (0, 3)] == ["planner", "set"]
    clone.planner("git", "uninstall", "roadmap.toml")
    assert install.uninstall(clone.top / "roadmap.toml") == []


def test_attributes_of_the_index_count_where_the_file_is_left_out(far: Clone) -> None:
    far.planner("git", "install", "roadmap.toml")
    far.git("add", "-A")
    far.git("commit", "-qm", "Attributes")
    clone = cloned(far)
    clone.git("sparse-checkout", "set", "--no-cone", "/roadmap.toml")
    assert not (clone.top / ".gitattributes").exists()
    found = install.status(clone.top / "roadmap.toml")
    assert (found.attributes, found.configured) == (True, False)


def test_a_folder_without_one_of_its_files_is_no_roadmap(far: Clone) -> None:
    far.commit("plan/roadmap.toml", "[roadmap]\n")
    far.commit("plan/it.toml", '[initiatives.api]\nestimate = "4w"\n')
    far.commit("plan/tools.toml", "[tool]\nx = 1\n")
    clone = cloned(far)
    clone.git("sparse-checkout", "set", "--no-cone", "/plan/roadmap.toml", "/plan/it.toml")
    clone.planner("check", "plan")
    clone.git("sparse-checkout", "set", "--no-cone", "/plan/roadmap.toml")
    assert "leaves out plan/it.toml (`git" in said(clone, "check", "plan")
    with pytest.raises(ReadError):
        list(Session.opening(clone.top / "plan"))


def test_what_is_left_out_is_checked_before_a_push(far: Clone) -> None:
    clone = cloned(far)
    clone.planner("git", "install", "--hooks", "roadmap.toml")
    clone.commit("roadmap.toml", LATE)
    clone.git("sparse-checkout", "set", "--no-cone", "/docs/")
    assert not (clone.top / "roadmap.toml").exists()
    assert "DATE01" in clone.git("push", "origin", "main:new", fails=True)
    clone.git("reset", "-q", "--soft", "HEAD~1")
    clone.git("push", "-q", "origin", "main:new")


def test_what_is_left_out_is_not_what_a_roadmap_was_called_before(far: Clone) -> None:
    """By its ids it could be: it is there, only not in the working tree."""
    clone = cloned(far)
    clone.git("mv", "roadmap.toml", "docs/copy.toml")
    clone.commit("roadmap.toml", LATER)
    clone.git("rm", "-q", "--cached", "docs/copy.toml")
    clone.git("commit", "-qm", "Without it")
    clone.git("sparse-checkout", "set", "--no-cone", "/docs/")
    assert not (clone.top / "roadmap.toml").exists()
    assert workspace_at(clone.top / "docs" / "copy.toml", "HEAD").documents == ()


def test_the_start_says_what_is_left_out(sparse: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(sparse.top)
    with Terminal(PLANNER) as terminal:
        terminal.wait_for("sparse checkout")
        terminal.press("q")
        assert terminal.wait_exit() == 2


# --- a repository that is kept apart --------------------------------------------------------------


@pytest.fixture
def apart(far: Clone) -> Clone:
    """A bare repository, and its files in a folder that does not know of it."""
    home = far.top.parent / "home"
    home.mkdir()
    far.git("clone", "-q", "--bare", far.top.as_uri(), str(far.top.parent / "dot.git"))
    clone = Clone(home)
    named = {"GIT_DIR": str(far.top.parent / "dot.git"), "GIT_WORK_TREE": str(home)}
    clone.environment |= named
    clone.git("checkout", "-q", "-f", "main")
    return clone


def test_a_repository_apart_from_its_files_is_found_by_its_name(apart: Clone) -> None:
    assert moves(apart, "HEAD~1") == ["api"]
    assert "no conflicts" in apart.planner("check", "--base", "HEAD~1")
    apart.planner("git", "install", "--hooks", "roadmap.toml")
    apart.planner("git", "status", "roadmap.toml")
    apart.git("add", "-A")
    apart.git("commit", "-qm", "Attributes")
    apart.git("switch", "-q", "-c", "side")
    apart.commit("roadmap.toml", LATER.replace('"5w"', '"3w"'))
    apart.git("switch", "-q", "main")
    apart.commit("roadmap.toml", LATER.replace("04-15", "04-30"))
    apart.git("merge", "-q", "side")
    assert apart.read("roadmap.toml") == PLAN.replace('"4w"', '"3w"').replace("04-15", "04-30")
    apart.git("remote", "add", "there", str(apart.top.parent / "far"))
    apart.git("fetch", "-q", "there")
    apart.commit("roadmap.toml", LATE)
    assert "DATE01" in apart.git("push", "there", "main:new", fails=True)
    apart.planner("git", "uninstall", "roadmap.toml")
    assert not (apart.top.parent / "dot.git" / "hooks" / "pre-push").exists()


def test_a_relative_name_is_one_from_here(apart: Clone) -> None:
    apart.environment |= {"GIT_DIR": "../dot.git", "GIT_WORK_TREE": "."}
    assert moves(apart, "HEAD~1") == ["api"]


def test_files_of_no_working_tree_are_said_to_be_in_none(apart: Clone) -> None:
    outside = apart.top.parent / "outside.toml"
    outside.write_text(PLAN)
    words = said(apart, "git", "status", "-r", str(outside))
    assert "in no git repository" in words
    assert "GIT_DIR" in words


def test_a_repository_around_a_file_wins(apart: Clone, far: Clone) -> None:
    apart.environment["GIT_WORK_TREE"] = str(apart.top.parent)
    apart.planner("git", "install", "-r", str(far.top / "roadmap.toml"))
    assert install.status(far.top / "roadmap.toml").installed


def test_a_bare_repository_is_said_to_have_no_files(far: Clone) -> None:
    far.git("clone", "-q", "--bare", far.top.as_uri(), str(far.top.parent / "bare.git"))
    bare = Clone(far.top.parent / "bare.git")
    for command in (("git", "status"), ("git", "install"), ("git", "uninstall")):
        words = said(bare, *command, "-r", "roadmap.toml")
        assert "bare repository" in words
        assert "safe.bareRepository" not in words
    assert "bare repository" in said(bare, "diff", "HEAD~1", "HEAD", "-r", "roadmap.toml")


# --- clones that have only a part -----------------------------------------------------------------


def test_a_shallow_clone_says_where_its_history_ends(far: Clone) -> None:
    clone = cloned(far, "--depth", "1")
    for command in (("diff", "HEAD~1"), ("check", "--base", "HEAD~1")):
        assert "fetch-depth" in said(clone, *command)
    assert moves(clone, "HEAD") == []
    clone.planner("git", "install", "--hooks", "roadmap.toml")
    clone.planner("git", "status", "roadmap.toml")
    clone.commit("roadmap.toml", LATE)
    assert "DATE01" in clone.git("push", "origin", "main:new", fails=True)


@pytest.mark.parametrize("part", ["blob:none", "tree:0"])
def test_a_partial_clone_says_what_is_not_here_and_fetches_nothing(far: Clone, part: str) -> None:
    clone = cloned(far, f"--filter={part}")
    missing = clone.git("rev-list", "--objects", "--all", "--missing=print").count("\n?")
    assert missing
    for command in (
        ("diff", "HEAD~2"),
        ("check", "--base", "HEAD~2"),
        ("check", "--at", "HEAD~2"),
    ):
        words = said(clone, *command)
        assert "partial clone" in words
        assert "promisor" not in words
    clone.planner("check", "roadmap.toml")
    clone.planner("git", "install", "--hooks", "roadmap.toml")
    after = clone.git("rev-list", "--objects", "--all", "--missing=print").count("\n?")
    assert after == missing
    for _ in range(3):  # a tree first, then what is in it
        done = clone.run(*PLANNER, "diff", "HEAD~2", "--json")
        if done.returncode:
            assert clone.run("sh", "-c", hint_of(done.stderr)).returncode == 0
    assert moves(clone, "HEAD~2") == ["api"]


def test_a_promisor_that_is_gone_is_no_traceback(
    far: Clone, monkeypatch: pytest.MonkeyPatch
) -> None:
    far.commit("roadmap.toml", "[checks]\nstale_after = '4w'\n" + LATER)
    clone = cloned(far, "--filter=blob:none")
    far.top.rename(far.top.parent / "gone")
    assert "HEAD~1:roadmap.toml" in said(clone, "check", "--base", "HEAD~1")
    clone.planner("check", "roadmap.toml")
    clone.planner("git", "status", "roadmap.toml", code=1)
    monkeypatch.chdir(clone.top)
    with Terminal(PLANNER) as terminal:
        terminal.wait_for("Float")
        terminal.press("q")
        assert terminal.wait_exit() == 0


# --- what is no text of a roadmap -----------------------------------------------------------------


def test_a_revision_that_cannot_be_read_is_named_with_its_file(tmp_path: Path) -> None:
    clone = clone_at(tmp_path)
    clone.write("other.toml", PLAN)
    (tmp_path / "roadmap.toml").symlink_to("other.toml")
    clone.git("add", "-A")
    clone.git("commit", "-qm", "A link")
    (tmp_path / "roadmap.toml").unlink()
    (tmp_path / "roadmap.toml").write_bytes(PLAN.encode() + b"# \xff\n")
    clone.git("commit", "-qam", "Other bytes")
    (tmp_path / "roadmap.toml").write_bytes(b"#" * (65 << 20))
    clone.git("commit", "-qam", "Large")
    clone.write("roadmap.toml", PLAN)
    for back, reason in enumerate(("MB", "UTF-8", "link")):
        for command in (("check", "--base"), ("diff",)):
            words = said(clone, *command, f"HEAD~{back}", "-r", "roadmap.toml")
            assert f"HEAD~{back}:roadmap.toml" in words
            assert reason in words


def test_a_link_in_a_folder_is_not_left_out_unseen(tmp_path: Path) -> None:
    clone = clone_at(tmp_path)
    clone.write("plan/roadmap.toml", PLAN)
    (tmp_path / "plan" / "it.toml").symlink_to("/nowhere.toml")
    clone.git("add", "-A")
    clone.git("commit", "-qm", "A link")
    with pytest.raises(ReadError, match="link") as caught:
        documents_at(tmp_path / "plan", "HEAD")
    assert caught.value.file == "HEAD:plan/it.toml"
