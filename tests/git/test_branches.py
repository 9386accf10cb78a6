"""A branch of a roadmap's files is one commit on HEAD, made without touching anything else."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.errors import UsageError
from planner.files.workspace import Workspace
from planner.git.branches import make_branch
from planner.text.edits import SetKey
from tests.git.clones import Clone, clone_at

PLAN = '[roadmap]\ntitle = "P"\n\n[initiatives.a]\nestimate = "9w"\n'
LONGER = SetKey("initiatives", "a", ("estimate",), "8w")
OTHER = "kept as it is\n"


@pytest.fixture(autouse=True)
def _identity(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in Clone(tmp_path).environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    made = clone_at(tmp_path / "clone")
    made.write("other.txt", OTHER)
    made.commit("plans/roadmap.toml", PLAN)
    return made


def branch(path: Path, name: str = "sso-8w") -> str:
    base = Workspace.open(path)
    return make_branch(name, base, base.apply(LONGER), "shorter").commit


def state(clone: Clone) -> tuple[object, ...]:
    """All that making a branch leaves alone: HEAD, the index byte for byte, the files."""
    index = Path(clone.git("rev-parse", "--absolute-git-dir").strip()) / "index"
    files = [each for each in sorted(clone.top.rglob("*")) if ".git" not in each.parts]
    texts = [(each, each.lstat().st_mode, each.is_file() and each.read_bytes()) for each in files]
    return clone.git("symbolic-ref", "-q", "HEAD"), index.read_bytes(), texts


def changed(clone: Clone, name: str = "sso-8w") -> str:
    return clone.git("diff", "--raw", "--no-abbrev", f"{name}~1", name)


def test_only_the_roadmap_differs_and_nothing_else_is_touched(clone: Clone) -> None:
    clone.write("other.txt", "changed, not committed\n")
    clone.write("staged.txt", "staged\n")
    clone.git("add", "staged.txt")
    before = state(clone)
    commit = branch(clone.top / "plans" / "roadmap.toml")
    assert state(clone) == before
    assert clone.git("rev-parse", "sso-8w", "sso-8w~1").split() == [
        commit,
        clone.git("rev-parse", "HEAD").strip(),
    ]
    assert clone.git("diff", "--stat", "HEAD", "sso-8w").splitlines()[:-1] == [
        " plans/roadmap.toml | 2 +-"
    ]
    assert clone.git("show", "sso-8w:plans/roadmap.toml") == PLAN.replace("9w", "8w")
    assert clone.git("log", "-1", "--format=%an %ae %cn %s", "sso-8w").strip() == (
        "Ana ana@example.com Ana shorter"
    )
    assert clone.git("fsck", "--strict", "--no-dangling") == ""


def test_modes_and_links_stay(clone: Clone) -> None:
    shared = clone.write("shared/it.toml", '[teams.crm]\nportfolio = "it"\n')
    (clone.top / "plans" / "it.toml").symlink_to(os.path.relpath(shared, clone.top / "plans"))
    (clone.top / "plans" / "roadmap.toml").chmod(0o755)
    (clone.top / "link").symlink_to("plans")
    clone.git("add", "-A")
    clone.git("commit", "-q", "-m", "Links")
    base = Workspace.open(clone.top / "link")
    edit = SetKey("teams", "crm", ("portfolio",), "marketing")
    make_branch("both", base, base.apply(LONGER).apply(edit), "both")
    rows = [row.split() for row in changed(clone, "both").splitlines()]
    assert [(row[0], row[1], row[-1]) for row in rows] == [
        (":100755", "100755", "plans/roadmap.toml"),
        (":100644", "100644", "shared/it.toml"),
    ]
    assert clone.git("ls-tree", "both", "link", "plans/it.toml").split()[0::4] == [
        "120000",
        "120000",
    ]


@pytest.mark.parametrize("attributes", ["", "* text=auto\n", "*.toml text eol=crlf\n"])
@pytest.mark.parametrize("autocrlf", ["false", "true", "input"])
@pytest.mark.parametrize("committed_with", ["false", "true"])
def test_the_bytes_are_those_that_git_add_would_store(
    tmp_path: Path, attributes: str, autocrlf: str, committed_with: str
) -> None:
    clone = clone_at(tmp_path / "clone")
    clone.git("config", "core.autocrlf", committed_with)
    clone.write(".gitattributes", attributes)
    file = clone.top / "roadmap.toml"
    file.write_bytes(PLAN.replace("\n", "\r\n").encode())
    clone.git("add", "-A")
    clone.git("commit", "-q", "-m", "One")
    clone.git("config", "core.autocrlf", autocrlf)
    base = Workspace.open(file)
    after = base.apply(LONGER)
    if clone.git("status", "--porcelain"):  # git itself says that it is changed
        with pytest.raises(UsageError, match="not committed yet"):
            make_branch("sso-8w", base, after, "shorter")
        return
    make_branch("sso-8w", base, after, "shorter")
    file.write_bytes(after.documents[0].to_bytes())
    clone.git("add", "-A")
    assert clone.git("rev-parse", "sso-8w^{tree}") == clone.git("write-tree")


def dirty(clone: Clone) -> None:
    clone.write("plans/roadmap.toml", PLAN + "# a word\n")


def staged(clone: Clone) -> None:
    dirty(clone)
    clone.git("add", "-A")
    clone.write("plans/roadmap.toml", PLAN)


def one_is_gone(clone: Clone) -> None:
    clone.commit("plans/it.toml", '[teams.crm]\nportfolio = "it"\n')
    (clone.top / "plans" / "it.toml").unlink()


def one_is_new(clone: Clone) -> None:
    clone.write("plans/it.toml", '[teams.crm]\nportfolio = "it"\n')


def merging(clone: Clone) -> None:
    clone.git("switch", "-q", "-c", "theirs")
    clone.commit("other.txt", "theirs\n")
    clone.git("switch", "-q", "main")
    clone.commit("other.txt", "ours\n")
    clone.git("merge", "theirs", fails=True)


def rebasing(clone: Clone) -> None:
    merging(clone)
    clone.git("merge", "--abort")
    clone.git("rebase", "theirs", fails=True)


def filtered(clone: Clone) -> None:
    clone.commit(".gitattributes", "*.toml filter=evil\n")
    clone.git("config", "filter.evil.clean", "touch /tmp/whatif-evil; cat")


def nobody(clone: Clone) -> None:
    clone.git("config", "user.useConfigOnly", "true")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (dirty, "not committed yet: roadmap.toml"),
        (staged, "not committed yet: roadmap.toml"),
        (one_is_gone, "not committed yet: it.toml"),
        (one_is_new, "not committed yet: it.toml"),
        (merging, "a merge is under way"),
        (rebasing, "a rebase is under way"),
        (filtered, "runs a filter"),
        (nobody, "does not know who you are"),
    ],
)
def test_what_a_branch_would_get_wrong_is_refused(
    clone: Clone, make: Callable[[Clone], None], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(clone)
    if make is nobody:
        for name in ("NAME", "EMAIL"):
            monkeypatch.delenv(f"GIT_AUTHOR_{name}")
            monkeypatch.delenv(f"GIT_COMMITTER_{name}")
    with pytest.raises(UsageError, match=words):
        branch(clone.top / "plans")
    assert not clone.git("branch", "--list", "sso-8w")
    assert not Path("/tmp/whatif-evil").exists()


def test_without_git_without_a_commit_and_in_a_bare_repository(tmp_path: Path) -> None:
    alone = tmp_path / "alone"
    alone.mkdir()
    (alone / "roadmap.toml").write_text(PLAN)
    with pytest.raises(UsageError, match="in no git repository"):
        branch(alone)
    new = clone_at(tmp_path / "new")
    with pytest.raises(UsageError, match="nothing is committed yet"):
        branch(new.write("roadmap.toml", PLAN))
    new.git("config", "core.bare", "true")
    with pytest.raises(UsageError, match=r"bare repository|no git repository"):
        branch(new.top)


NAMES = [
    "",
    "-d",
    "--orphan",
    "a b",
    "a..b",
    "@{-1}",
    "HEAD",
    "a\nb",
    "a\0b",
    "x.lock",
    "/a",
    "é\udc80~",
]


@pytest.mark.parametrize("name", [*NAMES, "main", "main/a", "refs"])
def test_a_name_that_is_none_or_taken_is_refused(clone: Clone, name: str) -> None:
    clone.git("branch", "refs/x") if name == "refs" else None
    before = clone.git("for-each-ref")
    with pytest.raises(UsageError):
        branch(clone.top / "plans", name)
    assert clone.git("for-each-ref") == before


@pytest.mark.parametrize("name", ["$(touch)", "a'b;c", "\u202eevil", "é", "a/b/c"])
def test_an_odd_name_that_git_takes_is_the_name(clone: Clone, name: str) -> None:
    branch(clone.top / "plans", name)
    assert clone.git("show-ref", "--verify", f"refs/heads/{name}")


def test_a_worktree_a_detached_head_and_no_hook(clone: Clone) -> None:
    hook = clone.top / ".git" / "hooks" / "reference-transaction"
    hook.write_text(f"#!/bin/sh\ntouch {clone.top}/ran\n")
    clone.git("worktree", "add", "-q", "--detach", "../tree")
    hook.chmod(0o755)
    tree = Clone(clone.top.parent / "tree")
    base = Workspace.open(tree.top / "plans")
    made = make_branch("sso-8w", base, base.apply(LONGER), "shorter")
    head = clone.git("rev-parse", "HEAD").strip()
    assert (made.base, made.name) == (head[:7], "sso-8w")
    assert clone.git("rev-parse", "sso-8w~1").strip() == head
    assert not (clone.top / "ran").exists()


def test_a_roadmap_in_a_submodule_has_its_branch_there(clone: Clone, tmp_path: Path) -> None:
    outer = clone_at(tmp_path / "outer")
    outer.commit("roadmap.toml", PLAN)
    outer.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(clone.top), "sub")
    outer.git("commit", "-q", "-m", "Submodule")
    branch(outer.top / "sub" / "plans")
    assert Clone(outer.top / "sub").git("branch", "--list", "sso-8w")
    assert not outer.git("branch", "--list", "sso-8w")
    (outer.top / "it.toml").symlink_to("sub/plans/roadmap.toml")
    (outer.top / "roadmap.toml").write_text("[roadmap]\n")
    (outer.top / "sub/plans/roadmap.toml").write_text('[teams.crm]\nportfolio = "it"\n')
    with pytest.raises(UsageError, match=r"it\.toml leads out of this repository"):
        make_branch("x", (base := Workspace.open(outer.top)), base, "x")
