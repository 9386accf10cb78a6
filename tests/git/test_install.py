"""What `planner git` writes, and that it can be taken out to the byte."""

from __future__ import annotations

import shutil
import stat
import sys
from pathlib import Path

import pytest

from planner.git import install
from planner.text.visible import visible
from tests.git.clones import Clone, clone_at

PLAN = '[roadmap]\ntitle = "x"\n'


@pytest.mark.parametrize(
    "before", [None, b"", b"*.png binary\n", b"*.png binary", b"*.png binary\r\n", b"\n\n# \xff\n"]
)
def test_uninstalling_restores_attributes_and_configuration(
    before: bytes | None, tmp_path: Path
) -> None:
    clone = clone_at(tmp_path)
    plan = clone.write("plans/a b/roadmap.toml", PLAN)
    attributes, config = tmp_path / ".gitattributes", tmp_path / ".git" / "config"
    if before is not None:
        attributes.write_bytes(before)
    configured = config.read_bytes()
    for path in (plan, plan.parent, plan):
        install.install(path)
    assert install.status(plan).installed
    assert install.status(plan.parent).installed
    assert attributes.read_bytes().count(b"# planner: begin") == 1
    install.uninstall(plan)
    assert not install.status(plan).installed
    assert install.status(plan.parent).installed
    install.uninstall(plan.parent)
    assert (attributes.read_bytes() if attributes.exists() else None) == before
    assert config.read_bytes() == configured
    assert install.uninstall(plan) == []


def test_only_the_roadmaps_files_get_the_driver(tmp_path: Path) -> None:
    clone = clone_at(tmp_path)
    clone.write("plans/a b/roadmap.toml", PLAN)
    for name in ("plans/a b/below/it.toml", "pyproject.toml", 'o"d d[1].toml'):
        clone.write(name, "")
    clone.git("add", "-A")
    install.install(tmp_path / "plans" / "a b")
    names = ["plans/a b/it.toml", "plans/a b/below/it.toml", "pyproject.toml", "plans/a b/x.md"]
    for attribute in ("merge", "diff"):
        said = clone.git("check-attr", attribute, "--", *names).splitlines()
        assert [line.rpartition(" ")[2] for line in said] == ["planner", *["unspecified"] * 3]


@pytest.mark.parametrize(
    "name",
    ["we[i]rd.toml", 'a"b.toml', "-r.toml", "#x.toml", "!no.toml", "é.toml", "a\nb.toml", "\u2028"],
)
def test_odd_names_are_named_exactly(name: str, tmp_path: Path) -> None:
    clone = clone_at(tmp_path)
    plan = clone.write(name, PLAN)
    install.install(plan)
    said = clone.git("check-attr", "-z", "diff", "--", name, "weird.toml")
    assert said.split("\0")[:6] == [name, "diff", "planner", "weird.toml", "diff", "unspecified"]
    assert install.status(plan).installed
    install.uninstall(plan)
    assert not (tmp_path / ".gitattributes").exists()


def test_the_hook_goes_with_the_last_roadmap_that_it_checks(tmp_path: Path) -> None:
    clone = clone_at(tmp_path)
    plans = [clone.write(name, PLAN) for name in ("roadmap.toml", "-b's/roadmap.toml")]
    before_push = tmp_path / ".git" / "hooks" / "pre-push"
    for plan in (*plans, plans[0]):
        install.install(plan, hooks=True)
    assert before_push.stat().st_mode & stat.S_IXUSR
    assert before_push.read_text().count("\ncheck ") == 2
    assert clone.run("sh", "-n", str(before_push)).returncode == 0
    assert all(install.status(plan).hook for plan in plans)
    install.uninstall(plans[0])
    assert [install.status(plan).hook for plan in plans] == [False, True]
    install.uninstall(plans[1])
    assert not before_push.exists()


@pytest.mark.one_in(3)
@pytest.mark.parametrize(
    "name",
    [
        "a\ncheck b'\n.toml",
        "\u2028.toml",
        "\udcff.toml",
        ":(top)x[1].toml",
        '\\c$(x)`"',
        "- ",
        "\x1b",
    ],
)
def test_the_hook_checks_odd_names(name: str, pushed: Clone) -> None:
    plan = pushed.top / name
    plan.write_text(LATE)
    install.install(plan, hooks=True)
    install.install(pushed.top / "roadmap.toml", hooks=True)
    assert install.status(plan).hook
    said = pushed.run("git", "push", "--dry-run", "origin", "main:new").stderr
    assert f"planner: {visible(name)} is checked as it is here" in said
    assert "DATE01" in said
    assert "\x1b" not in said
    install.uninstall(plan)
    assert not install.status(plan).hook
    assert install.status(pushed.top / "roadmap.toml").hook


@pytest.mark.parametrize("link", [False, True])
def test_somebody_elses_hook_is_kept_and_put_back(link: bool, tmp_path: Path) -> None:
    clone = clone_at(tmp_path)
    plan = clone.write("roadmap.toml", PLAN)
    before_push = tmp_path / ".git" / "hooks" / "pre-push"
    before_push.parent.mkdir(exist_ok=True)
    target = tmp_path / "theirs" if link else before_push
    target.write_text("#!/bin/sh\nexit 0\n")
    target.chmod(0o750)
    if link:
        before_push.symlink_to("../../theirs")
    for _ in range(2):
        install.install(plan, hooks=True)
    assert install.status(plan).hook
    install.uninstall(plan)
    assert before_push.is_symlink() == link
    assert before_push.read_text() == "#!/bin/sh\nexit 0\n"
    assert stat.S_IMODE(before_push.stat().st_mode) == 0o750
    assert (
        len(list(before_push.parent.glob("pre-push*")))
        == len(list(before_push.parent.glob("pre-push.sample"))) + 1
    )


def test_hooks_that_are_kept_elsewhere_are_left_to_their_owner(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone = clone_at(tmp_path / "clone")
    plan = clone.write("roadmap.toml", PLAN)
    (tmp_path / ".gitconfig").write_text("[core]\n\thooksPath = /elsewhere\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    installed = install.install(plan, hooks=True)
    assert "hooks elsewhere" in str(installed.no_hook)
    assert install.status(plan).installed
    assert not install.status(plan).hook


def test_without_a_place_for_the_hook_the_drivers_are_installed(tmp_path: Path) -> None:
    clone = clone_at(tmp_path)
    clone.write("roadmap.toml", PLAN)
    hooks = tmp_path / ".git" / "hooks"
    shutil.rmtree(hooks, ignore_errors=True)
    hooks.write_text("no folder")
    done = clone.run(sys.executable, "-m", "planner", "git", "install", "--hooks", "roadmap.toml")
    assert done.returncode == 2
    assert "hooks/pre-push" in done.stderr
    assert "merge.planner" in done.stdout
    assert "pre-push check: not set up" in clone.planner("git", "status", "roadmap.toml")
    assert clone.git("check-attr", "merge", "roadmap.toml") == "roadmap.toml: merge: planner\n"
    assert hooks.read_text() == "no folder"


ON_TIME = (
    "[roadmap]\nstart = 2027-03-01\nstatus_date = 2027-03-01\n\n"
    '[initiatives.api]\nestimate = "4w"\ndeadline = 2027-03-31\n'
)
LATE = ON_TIME.replace('"4w"', '"8w"')


@pytest.fixture
def pushed(tmp_path: Path) -> Clone:
    """A clone with the check before a push, behind somebody else's, that has pushed once."""
    clone = clone_at(tmp_path / "clone")
    clone.run("git", "init", "-q", "--bare", str(tmp_path / "far.git"))
    clone.git("remote", "add", "origin", str(tmp_path / "far.git"))
    theirs = clone.top / ".git" / "hooks" / "pre-push"
    theirs.parent.mkdir(exist_ok=True)
    theirs.write_text('#!/bin/sh\ncat >"$(git rev-parse --git-dir)/asked"; test ! -e stop\n')
    theirs.chmod(0o755)
    clone.write("roadmap.toml", ON_TIME)
    clone.planner("git", "install", "roadmap.toml", "--hooks")
    clone.commit("roadmap.toml", ON_TIME)
    clone.git("push", "-q", "-u", "origin", "main")
    return clone


def test_the_hook_stops_a_push_that_brings_new_errors(pushed: Clone) -> None:
    pushed.commit("roadmap.toml", LATE)
    said = pushed.git("push", "origin", "main", fails=True)
    assert "api 26 Mar → 23 Apr (+20d): +20d edits (api 4w → 8w" in said
    assert "DATE01" in said
    assert "git push --no-verify" in said
    pushed.commit("roadmap.toml", ON_TIME.replace('"4w"', '"3w"'))
    pushed.git("push", "-q", "origin", "main")
    pushed.commit("roadmap.toml", LATE)
    pushed.git("push", "-q", "--no-verify", "origin", "main")


def test_the_hook_says_where_it_checks_more_than_is_pushed(pushed: Clone) -> None:
    pushed.commit("roadmap.toml", ON_TIME.replace('"4w"', '"3w"'))
    uncommitted = "roadmap.toml is checked as it is here, with changes that are in no commit"
    assert uncommitted not in pushed.run("git", "push", "--dry-run", "origin", "main").stderr
    pushed.write("roadmap.toml", ON_TIME)
    assert uncommitted in pushed.run("git", "push", "--dry-run", "origin", "main").stderr


@pytest.mark.one_in(2)
@pytest.mark.parametrize("name", ["plan[1].toml", "plan"])
def test_the_hook_looks_at_a_roadmaps_own_files(name: str, pushed: Clone) -> None:
    inside = f"{name}/it.toml" if name == "plan" else name
    pushed.commit(f"{name}/x.toml" if name == "plan" else name, ON_TIME)
    pushed.planner("git", "install", name, "--hooks")
    pushed.write("plan/notes.md" if name == "plan" else "plan1.toml", "beside")
    uncommitted = f"{name} is checked as it is here"
    assert uncommitted not in pushed.run("git", "push", "--dry-run", "origin", "main").stderr
    pushed.write(inside, '[initiatives.new]\nestimate = "1w"\n')
    assert uncommitted in pushed.run("git", "push", "--dry-run", "origin", "main").stderr


def test_the_hook_before_it_is_asked_first_and_gets_what_is_pushed(pushed: Clone) -> None:
    pushed.commit("roadmap.toml", ON_TIME.replace('"4w"', '"3w"'))
    pushed.git("push", "-q", "origin", "main")
    asked = (pushed.top / ".git" / "asked").read_text()
    assert asked.startswith("refs/heads/main ")
    pushed.commit("stop", "")
    assert "planner" not in pushed.git("push", "origin", "main", fails=True)


def test_a_push_that_only_deletes_brings_nothing(pushed: Clone) -> None:
    pushed.git("push", "-q", "origin", "main:old", "main:older")
    pushed.commit("roadmap.toml", LATE)
    pushed.git("push", "-q", "origin", ":old")
    assert (pushed.top / ".git" / "asked").read_text().startswith("(delete) ")
    assert "DATE01" in pushed.git("push", "origin", ":older", "main", fails=True)


def test_what_cannot_be_checked_is_not_pushed_unseen(pushed: Clone) -> None:
    pushed.commit("roadmap.toml", "[roadmap\n")
    said = pushed.git("push", "origin", "main", fails=True)
    assert "roadmap.toml:1" in said
    assert "git push --no-verify" in said
    pushed.git("push", "-q", "--no-verify", "origin", "main")
    # What is there can't be read: nothing to compare with is no reason to stop what mends it.
    pushed.commit("roadmap.toml", ON_TIME)
    assert "nothing to compare" in pushed.run("git", "push", "origin", "main").stderr
    pushed.git("checkout", "-q", "-b", "other")
    pushed.git("rm", "-q", "roadmap.toml")
    pushed.git("commit", "-q", "-m", "Without a roadmap")
    pushed.git("push", "-q", "-u", "origin", "other")


def test_a_new_branch_is_held_to_the_main_one(pushed: Clone) -> None:
    pushed.git("checkout", "-q", "-b", "new")
    said = pushed.run("git", "push", "--dry-run", "origin", "new").stderr
    assert "nothing to compare" not in said
    assert "fatal" not in said
    pushed.commit("roadmap.toml", LATE)
    assert "DATE01" in pushed.git("push", "origin", "new", fails=True)
    without = Clone(pushed.top, planner=False)
    without.lose_planner()
    without.git("push", "-q", "-u", "origin", "new")


def test_a_new_branch_answers_for_no_more_than_it_brings(pushed: Clone) -> None:
    """It began before the main one was mended: the error is there already."""
    pushed.commit("roadmap.toml", LATE)
    pushed.git("push", "-q", "--no-verify", "origin", "main")
    pushed.git("branch", "new")
    pushed.commit("roadmap.toml", ON_TIME)
    pushed.git("push", "-q", "origin", "main")
    pushed.git("checkout", "-q", "new")
    pushed.commit("notes.md", "nothing of the roadmap")
    pushed.git("push", "-q", "origin", "new")


def test_an_empty_other_side_gives_nothing_to_compare_with(pushed: Clone) -> None:
    pushed.run("git", "init", "-q", "--bare", str(pushed.top.parent / "empty.git"))
    pushed.git("remote", "add", "empty", str(pushed.top.parent / "empty.git"))
    pushed.git("branch", "--unset-upstream")
    pushed.commit("roadmap.toml", LATE)
    said = pushed.run("git", "push", "empty", "main")
    assert said.returncode == 0
    assert "nothing to compare roadmap.toml with" in said.stderr
    assert "fatal" not in said.stderr


def test_without_an_upstream_it_is_held_to_what_the_other_side_has(pushed: Clone) -> None:
    pushed.git("branch", "--unset-upstream")
    pushed.git("update-ref", "-d", "refs/remotes/origin/main")
    pushed.commit("roadmap.toml", LATE)
    said = pushed.git("push", "origin", "main", fails=True)
    assert "api 26 Mar → 23 Apr (+20d): +20d edits (api 4w → 8w" in said
    assert "DATE01" in said


def test_an_address_without_a_name_is_another_side_too(pushed: Clone) -> None:
    far = str(pushed.top.parent / "far.git")
    pushed.git("remote", "remove", "origin")
    pushed.commit("roadmap.toml", LATE)
    assert "DATE01" in pushed.git("push", far, "main", fails=True)


def test_another_side_than_the_upstream_is_asked_what_it_has(pushed: Clone) -> None:
    pushed.run("git", "init", "-q", "--bare", str(pushed.top.parent / "other.git"))
    pushed.git("remote", "add", "other", str(pushed.top.parent / "other.git"))
    pushed.git("push", "-q", "other", "main")
    pushed.commit("roadmap.toml", LATE)
    pushed.git("push", "-q", "--no-verify", "origin", "main")
    pushed.git("push", "-q", "origin", "main:later")  # nothing new to the one side,
    assert "DATE01" in pushed.git("push", "other", "main", fails=True)  # but to the other


def test_every_branch_that_is_pushed_is_held_to_its_own(pushed: Clone) -> None:
    pushed.git("checkout", "-q", "-b", "late")
    pushed.git("push", "-q", "origin", "late")
    pushed.commit("roadmap.toml", LATE)
    pushed.git("checkout", "-q", "main")
    pushed.commit("roadmap.toml", ON_TIME.replace('"4w"', '"3w"'))
    said = pushed.git("push", "origin", "main", "late", fails=True)
    assert "api 26 Mar → 19 Mar (−5d): −5d edits (api 4w → 3w" in said
    assert "api 26 Mar → 23 Apr (+20d): +20d edits (api 4w → 8w" in said
    assert said.count("DATE01") == 1
    pushed.git("push", "-q", "origin", "main")
    # What is here is no part of what is pushed: only its own commit counts.
    pushed.write("roadmap.toml", "[roadmap\n")
    assert "DATE01" in pushed.git("push", "origin", "late", fails=True)
    pushed.git("push", "-q", "origin", "main^:refs/heads/more")


def test_a_commit_may_be_called_by_several_words(pushed: Clone) -> None:
    pushed.commit("roadmap.toml", LATE, "Take longer than was said")
    pushed.commit("roadmap.toml", ON_TIME, "Mend it")
    called = "HEAD^{/longer than was}:refs/heads/called"
    assert "DATE01" in pushed.git("push", "origin", called, fails=True)
    pushed.git("tag", "-a", "-m", "A tag", "v1", "HEAD^")
    assert "DATE01" in pushed.git("push", "origin", "v1", fails=True)
    pushed.git("push", "-q", "origin", "HEAD:refs/heads/mended")


def test_what_is_no_commit_brings_no_roadmap(pushed: Clone) -> None:
    blob = pushed.git("hash-object", "-w", "roadmap.toml").strip()
    pushed.git("tag", "picture", blob)
    pushed.write("roadmap.toml", LATE)
    said = pushed.run("git", "push", "origin", "picture")
    assert (said.returncode, "planner" in said.stderr) == (0, False)


def test_what_the_other_side_has_already_is_not_looked_at_again(pushed: Clone) -> None:
    pushed.commit("roadmap.toml", LATE)
    pushed.git("push", "-q", "--no-verify", "origin", "main")
    pushed.git("checkout", "-q", "-b", "side", "HEAD^")
    pushed.write("roadmap.toml", "[roadmap\n")
    said = pushed.run("git", "push", "origin", "main:again")
    assert (said.returncode, "planner" in said.stderr) == (0, False)


def test_what_the_other_side_has_may_not_be_here(pushed: Clone) -> None:
    other = Clone(pushed.top.parent / "other")
    pushed.git("clone", "-q", "-b", "main", str(pushed.top.parent / "far.git"), str(other.top))
    theirs = other.commit("theirs.md", "they were quicker")
    other.git("push", "-q", "origin", "HEAD:main")
    pushed.commit("roadmap.toml", LATE)
    said = pushed.git("push", "--force", "origin", "main", fails=True)
    assert theirs not in pushed.git("rev-list", "--all")
    assert "is not here; git fetch brings it" in said
    assert "DATE01" in said
    pushed.commit("roadmap.toml", ON_TIME)
    assert (
        "is not here" in pushed.run("git", "push", "--force", "--dry-run", "origin", "main").stderr
    )
    pushed.git("push", "-q", "--force", "origin", "main")


def test_outside_a_repository_it_says_so(tmp_path: Path) -> None:
    clone = clone_at(tmp_path / "a")
    outside = tmp_path / "roadmap.toml"
    outside.write_text(PLAN)
    assert "is in no git repository" in clone.run("planner", "git", "status", str(outside)).stderr


@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_gits_choice_of_a_side_is_left_open(side: str, tmp_path: Path) -> None:
    clone = clone_at(tmp_path)
    clone.write("roadmap.toml", PLAN)
    clone.planner("git", "install", "roadmap.toml")
    clone.commit("roadmap.toml", PLAN)
    clone.git("switch", "-q", "-c", "other")
    clone.commit("roadmap.toml", PLAN.replace("x", "theirs"))
    clone.git("switch", "-q", "main")
    clone.commit("roadmap.toml", PLAN.replace("x", "ours"))
    clone.git("merge", "-X", side, "other", fails=True)
    assert 'title = "ours"' in clone.read("roadmap.toml")
    assert 'title = "theirs"' in clone.read("roadmap.toml")


def test_a_patch_to_apply_is_made_without_the_readable_text(tmp_path: Path) -> None:
    clone = clone_at(tmp_path)
    clone.write("roadmap.toml", PLAN)
    clone.planner("git", "install", "roadmap.toml")
    clone.commit("roadmap.toml", PLAN)
    clone.write("roadmap.toml", PLAN.replace("x", "y"))
    clone.write("read.patch", clone.git("diff"))
    clone.write("apply.patch", clone.git("diff", "--no-textconv"))
    clone.git("checkout", "-q", "roadmap.toml")
    clone.git("apply", "--check", "read.patch", fails=True)
    clone.git("apply", "--check", "apply.patch")
