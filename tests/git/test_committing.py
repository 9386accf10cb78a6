"""A commit of a roadmap's files leaves everything else as it is, and is refused where it can't."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from planner.errors import UsageError
from planner.git.committing import Committed
from planner.session.committing import draft, save_and_commit
from planner.session.session import Session
from planner.text.edits import SetKey
from tests.git.clones import Clone, clone_at

PLAN = '[roadmap]\ntitle = "P"\n\n[initiatives.a]\nestimate = "9w"\n'
SHORTER = SetKey("initiatives", "a", ("estimate",), "8w")


@pytest.fixture(autouse=True)
def _identity(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in Clone(tmp_path).environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    made = clone_at(tmp_path / "clone")
    made.write("other.txt", "as it is\n")
    made.commit("plans/roadmap.toml", PLAN)
    return made


def opened(clone: Clone, name: str = "plans/roadmap.toml") -> Session:
    return Session.open(clone.top / name)


def shortened(clone: Clone, name: str = "plans/roadmap.toml") -> Session:
    session = opened(clone, name)
    session.apply(SHORTER)
    return session


def committed(session: Session, message: str | None = None) -> Committed:
    found = draft(session)
    return save_and_commit(session, found, found.message if message is None else message)


def changed(clone: Clone, commit: str = "HEAD") -> list[str]:
    """The files of a commit, and the letter of what became of each."""
    return clone.git("diff-tree", "-r", "--root", "--no-commit-id", "--name-status", commit).split()


def state(clone: Clone) -> tuple[object, ...]:
    """HEAD, the index byte for byte, and every file."""
    index = Path(clone.git("rev-parse", "--absolute-git-dir").strip()) / "index"
    files = [each for each in sorted(clone.top.rglob("*")) if ".git" not in each.parts]
    texts = [each.read_bytes() for each in files if each.is_file()]
    return clone.git("rev-parse", "HEAD"), index.read_bytes(), texts


def test_only_the_roadmap_is_committed_and_the_rest_stays_as_it_is(clone: Clone) -> None:
    clone.write("staged.txt", "staged\n")
    clone.git("add", "staged.txt")
    clone.write("staged.txt", "staged, then changed\n")
    clone.write("other.txt", "changed\n")
    clone.write("plans/untracked.txt", "untracked\n")
    before = clone.git("status", "--porcelain", "-uall")
    session = shortened(clone)
    made = committed(session)
    assert changed(clone) == ["M", "plans/roadmap.toml"]
    assert clone.git("status", "--porcelain", "-uall") == before
    assert clone.git("show", ":staged.txt") == "staged\n"
    assert session.unsaved == 0
    assert (
        clone.git("log", "-1", "--format=%H %an %s") == f"{made.commit} Ana a: estimate 9w → 8w\n"
    )
    assert "commit: a: estimate" in clone.git("reflog", "-1")
    assert not draft(session).found.files


def test_what_was_saved_before_is_committed_with_it(clone: Clone) -> None:
    clone.write("plans/roadmap.toml", PLAN.replace('"P"', '"Q"'))
    committed(shortened(clone))
    assert 'title = "Q"' in clone.git("show", "HEAD:plans/roadmap.toml")
    assert clone.git("status", "--porcelain") == ""


def test_a_roadmap_that_is_staged_as_it_is_on_disk_is_committed(clone: Clone) -> None:
    clone.write("plans/roadmap.toml", PLAN.replace('"P"', '"Q"'))
    clone.git("add", "plans/roadmap.toml")
    committed(shortened(clone))
    assert clone.git("status", "--porcelain") == ""


def partly_staged(clone: Clone) -> None:
    clone.write("plans/roadmap.toml", PLAN.replace('"P"', '"Q"'))
    clone.git("add", "plans/roadmap.toml")
    clone.write("plans/roadmap.toml", PLAN.replace('"P"', '"R"'))


def staged_to_be_removed(clone: Clone) -> None:
    clone.git("rm", "-q", "--cached", "plans/roadmap.toml")


def in_a_merge(clone: Clone) -> None:
    clone.git("checkout", "-q", "-b", "theirs")
    clone.commit("other.txt", "theirs\n")
    clone.git("checkout", "-q", "main")
    clone.commit("other.txt", "ours\n")
    clone.git("merge", "theirs", fails=True)


def in_a_rebase(clone: Clone) -> None:
    clone.git("checkout", "-q", "-b", "theirs")
    clone.commit("other.txt", "theirs\n")
    clone.git("checkout", "-q", "main")
    clone.commit("other.txt", "ours\n")
    clone.git("rebase", "theirs", fails=True)


def in_a_cherry_pick(clone: Clone) -> None:
    clone.git("checkout", "-q", "-b", "theirs")
    clone.commit("other.txt", "theirs\n")
    clone.git("checkout", "-q", "main")
    clone.commit("other.txt", "ours\n")
    clone.git("cherry-pick", "theirs", fails=True)


def in_a_bisect(clone: Clone) -> None:
    clone.git("bisect", "start")


def locked(clone: Clone) -> None:
    clone.write(".git/index.lock", "")


def filtered(clone: Clone) -> None:
    clone.write(".gitattributes", "*.toml filter=own\n")
    clone.git("config", "filter.own.clean", "touch ../ran; cat")


@pytest.mark.parametrize(
    ("way", "why"),
    [
        (partly_staged, "staged with other content"),
        (staged_to_be_removed, "staged to be removed"),
        (in_a_merge, "a merge is under way"),
        (in_a_rebase, "a rebase is under way"),
        (in_a_cherry_pick, "a cherry-pick is under way"),
        (in_a_bisect, "a bisect is under way"),
        (locked, "another command of git"),
        (filtered, "filter"),
    ],
)
def test_it_is_refused_with_a_reason_and_nothing_changes(
    clone: Clone, way: Callable[[Clone], None], why: str
) -> None:
    way(clone)
    before = state(clone)
    with pytest.raises(UsageError, match=why) as refused:
        draft(shortened(clone))
    assert refused.value.hint
    assert state(clone) == before
    assert not (clone.top / "ran").exists()
    assert not (clone.top.parent / "ran").exists()


def test_head_that_moved_meanwhile_is_not_committed_on(clone: Clone) -> None:
    session = shortened(clone)
    found = draft(session)
    clone.commit("other.txt", "somebody else's\n")
    before = clone.git("rev-parse", "HEAD")
    with pytest.raises(UsageError, match="meanwhile"):
        save_and_commit(session, found, "mine")
    assert clone.git("rev-parse", "HEAD") == before
    assert session.unsaved == 0  # it is saved
    assert committed(session).commit == clone.git("rev-parse", "HEAD").strip()


def test_the_first_commit_and_a_new_file(tmp_path: Path) -> None:
    clone = clone_at(tmp_path / "new")
    clone.write("plans/roadmap.toml", PLAN)
    clone.write("other.txt", "untracked\n")
    session = opened(clone, "plans")
    assert draft(session).message == "Add the roadmap P"
    committed(session)
    assert clone.git("ls-files") == "plans/roadmap.toml\n"
    clone.write("plans/more.toml", '[initiatives.b]\nestimate = "1w"\n')
    clone.git("add", "-N", "plans/more.toml")
    committed(opened(clone, "plans"))
    assert changed(clone) == ["A", "plans/more.toml"]
    (clone.top / "plans" / "more.toml").unlink()
    committed(opened(clone, "plans"))
    assert changed(clone) == ["D", "plans/more.toml"]
    assert clone.git("status", "--porcelain") == "?? other.txt\n"


def test_a_file_that_git_ignores_is_left_out_and_named(tmp_path: Path) -> None:
    clone = clone_at(tmp_path / "ignoring")
    clone.write("plans/private.toml", '[initiatives.b]\nestimate = "1w"\n')
    clone.write(".gitignore", "private.toml\n")
    clone.git("add", ".gitignore")
    clone.commit("plans/roadmap.toml", PLAN)
    session = shortened(clone, "plans")
    assert any("plans/private.toml" in note for note in draft(session).found.notes)
    committed(session)
    assert changed(clone) == ["M", "plans/roadmap.toml"]


@pytest.mark.parametrize("kept", ["\n", "\r\n"])
def test_line_ends_are_stored_as_git_would(clone: Clone, kept: str) -> None:
    clone.git("config", "core.autocrlf", "false")
    file = clone.top / "plans" / "roadmap.toml"
    file.write_bytes(PLAN.replace("\n", kept).encode())
    clone.git("commit", "-q", "-a", "--allow-empty", "-m", "ends")
    file.write_bytes(PLAN.replace("\n", "\r\n").encode())
    clone.git("config", "core.autocrlf", "true")
    committed(shortened(clone))
    assert clone.git("diff", "--stat", "HEAD~1", "HEAD").endswith(
        "1 file changed, 1 insertion(+), 1 deletion(-)\n"
    )
    assert clone.git("status", "--porcelain") == ""
    assert b'"8w"\r\n' in file.read_bytes()


def test_in_another_working_tree_and_through_a_link(clone: Clone, tmp_path: Path) -> None:
    clone.git("worktree", "add", "-q", "-b", "aside", str(tmp_path / "aside"))
    (tmp_path / "aside" / "link.toml").symlink_to("plans/roadmap.toml")
    session = Session.open(tmp_path / "aside" / "link.toml")
    session.apply(SHORTER)
    made = committed(session)
    assert clone.git("rev-parse", "aside").strip() == made.commit
    assert clone.git("rev-parse", "main").strip() != made.commit
    assert changed(clone, "aside") == ["M", "plans/roadmap.toml"]


def test_what_git_would_do_and_planner_does_not_is_said(clone: Clone) -> None:
    hook = clone.write(".git/hooks/pre-commit", "#!/bin/sh\ntouch ran\n")
    hook.chmod(0o755)
    clone.git("config", "commit.gpgsign", "true")
    clone.git("checkout", "-q", "--detach")
    session = shortened(clone)
    notes = " · ".join(draft(session).found.notes)
    assert "pre-commit" in notes
    assert "gpgsign" in notes
    assert "detached" in notes
    main = clone.git("rev-parse", "main")
    made = committed(session)
    assert clone.git("rev-parse", "main") == main
    assert clone.git("rev-parse", "HEAD").strip() == made.commit
    assert not (clone.top / "ran").exists()


def test_nobody_known_is_told_how_to_say_who(clone: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NAME", "EMAIL"):
        monkeypatch.delenv(f"GIT_AUTHOR_{name}")
        monkeypatch.delenv(f"GIT_COMMITTER_{name}")
    clone.git("config", "user.useConfigOnly", "true")
    with pytest.raises(UsageError) as refused:
        draft(shortened(clone))
    assert "user.name" in (refused.value.hint or "")


@pytest.mark.parametrize("message", ["", "  \n ", "a\0b", "a\udc80b"])
def test_a_message_that_is_none_is_refused(clone: Clone, message: str) -> None:
    session = shortened(clone)
    before = clone.git("rev-parse", "HEAD")
    with pytest.raises(UsageError):
        committed(session, message)
    assert clone.git("rev-parse", "HEAD") == before


def test_the_message_says_the_edits_and_what_has_no_room_below(clone: Clone) -> None:
    session = shortened(clone)
    for number in range(4):
        session.apply(SetKey("roadmap", "", ("currency",), "EUR"))
        session.apply(
            SetKey("initiatives", "a", ("title",), f"A longer title {number} than before")
        )
    message = draft(session).message.splitlines()
    assert len(message[0]) <= 72
    assert message[0].startswith("roadmap: currency") or message[0].startswith("a: ")
    assert message[0].endswith("1 more change")
    assert message[1] == ""
    assert {"- roadmap: currency not set → EUR"} & {*message[2:]} or "currency" in message[0]
