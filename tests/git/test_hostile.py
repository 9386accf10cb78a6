"""A repository whose configuration tries to run something when it is only looked at."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from planner.cli.main import main
from planner.errors import ReadError, UsageError
from planner.git import install
from planner.git.plumbing import environment, git
from planner.git.revisions import Repository, documents_at
from planner.merge.sides import open_merge
from tests.git.clones import Clone, clone_at

PLAN = '[roadmap]\ntitle = "one"\n'
SETTINGS = (
    "core.fsmonitor",
    "core.pager",
    "pager.cat-file",
    "core.editor",
    "core.sshCommand",
    "core.askPass",
    "core.gitProxy",
    "core.alternateRefsCommand",
    "diff.external",
    "diff.evil.textconv",
    "diff.evil.command",
    "merge.evil.driver",
    "filter.evil.clean",
    "filter.evil.smudge",
    "filter.evil.process",
    "credential.helper",
    "gpg.program",
    "uploadpack.packObjectsHook",
    "remote.origin.uploadpack",
    "alias.rev-parse",
    "alias.cat-file",
    "alias.ls-files",
)


@pytest.fixture
def hostile(tmp_path: Path) -> tuple[Clone, Path]:
    """A clone in the middle of a merge, and the file that anything it runs would write."""
    clone = clone_at(tmp_path / "clone")
    ran = tmp_path / "ran"
    clone.commit("roadmap.toml", PLAN)
    clone.commit("link.toml", PLAN)
    clone.git("checkout", "-q", "-b", "side")
    clone.commit("roadmap.toml", PLAN.replace("one", "side"))
    clone.git("checkout", "-q", "main")
    clone.commit("roadmap.toml", PLAN.replace("one", "main"))
    clone.git("merge", "side", fails=True)
    script = tmp_path / "script"
    script.write_text(f"#!/bin/sh\necho \"$0 $*\" >> '{ran}'\n")
    script.chmod(0o755)
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for name in ("post-index-change", "post-checkout", "pre-commit", "reference-transaction"):
        (hooks / name).write_text(script.read_text())
        (hooks / name).chmod(0o755)
    for name in SETTINGS:
        clone.git("config", name, f"!{script}" if name.startswith("alias") else str(script))
    clone.git("config", "core.hooksPath", str(hooks))
    clone.git("config", "extensions.partialClone", "origin")
    clone.git("config", "core.repositoryFormatVersion", "1")
    clone.git("config", "remote.origin.url", f"ext::{script} %S")
    clone.git("config", "remote.origin.promisor", "true")
    clone.git("config", "protocol.ext.allow", "always")
    (clone.top / ".git" / "info").mkdir(exist_ok=True)
    (clone.top / ".git" / "info" / "attributes").write_text("* filter=evil diff=evil merge=evil\n")
    ran.unlink(missing_ok=True)
    return clone, ran


def test_the_repository_would_run_something(hostile: tuple[Clone, Path]) -> None:
    clone, ran = hostile
    clone.run("git", "status")
    clone.run("git", "diff", "side")
    assert "script" in ran.read_text()


def test_looking_runs_nothing(hostile: tuple[Clone, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    clone, ran = hostile
    plan = clone.top / "roadmap.toml"
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "false")
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    assert documents_at(plan, "main")[0].data == {"roadmap": {"title": "main"}}
    repository = Repository.around(plan)
    assert repository.merge_base(repository.commit("main"), repository.commit("side"))
    assert len(repository.history(repository.commit("main"), "roadmap.toml")) == 2
    assert open_merge(plan).source == "index"
    assert not install.status(plan).installed
    assert not ran.exists(), ran.read_text()


def test_commands_run_nothing(hostile: tuple[Clone, Path]) -> None:
    clone, ran = hostile
    clone.planner("resolve", "roadmap.toml", code=1)
    clone.planner("resolve", "roadmap.toml", "--ours")
    clone.planner("diff", "side", "-r", "roadmap.toml")
    clone.planner("diff", "side", "main", "-r", "roadmap.toml", "--json")
    clone.planner("check", "roadmap.toml", "--base", "side")
    clone.planner("git", "status", "roadmap.toml", code=1)
    assert not ran.exists(), ran.read_text()


def test_a_missing_object_is_not_fetched(hostile: tuple[Clone, Path]) -> None:
    clone, ran = hostile
    blob = clone.git("rev-parse", "side:roadmap.toml").strip()
    ran.unlink(missing_ok=True)
    (clone.top / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    said = clone.run("planner", "diff", "side", "-r", "roadmap.toml")
    assert said.returncode == 2
    assert "Traceback" not in said.stderr
    assert not ran.exists(), ran.read_text()


def test_history_is_what_was_committed(tmp_path: Path) -> None:
    clone = clone_at(tmp_path)
    first = clone.commit("roadmap.toml", PLAN)
    second = clone.commit("roadmap.toml", PLAN.replace("one", "two"))
    true, other = (clone.git("rev-parse", f"{each}:roadmap.toml").strip() for each in ("@~", "@"))
    clone.git("replace", true, other)
    clone.write(".git/info/grafts", f"{second}\n")
    assert documents_at(tmp_path, first)[0].data == {"roadmap": {"title": "one"}}
    assert Repository.around(tmp_path).history(second, "roadmap.toml") == [second, first]
    # What git shows by itself is another story.
    assert "two" in clone.git("show", f"{first}:roadmap.toml")
    assert clone.git("rev-list", "@").split() == [second]


def test_settings_that_lead_elsewhere_are_not_followed(tmp_path: Path) -> None:
    clone, far = clone_at(tmp_path / "clone"), tmp_path / "far"
    far.mkdir()
    clone.commit("roadmap.toml", PLAN)
    clone.git("config", "core.worktree", str(far))
    with pytest.raises(UsageError, match="is outside"):
        install.install(clone.top / "roadmap.toml")
    assert list(far.iterdir()) == []


def test_the_configuration_that_a_caller_hands_down_runs_nothing(
    hostile: tuple[Clone, Path],
) -> None:
    clone, ran = hostile
    script = clone.git("config", "diff.external").strip()
    ran.unlink(missing_ok=True)
    named = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.fsmonitor"}
    named |= {"GIT_CONFIG_VALUE_0": script, "GIT_EXTERNAL_DIFF": script, "GIT_PAGER": script}
    named |= {"GIT_CONFIG_PARAMETERS": f"'core.fsmonitor'='{script}'", "GIT_DIR": "/nowhere"}
    clone.environment |= named
    clone.planner("diff", "side", "main", "-r", "roadmap.toml")
    clone.planner("resolve", "roadmap.toml", "--theirs")
    assert not ran.exists(), ran.read_text()


@pytest.mark.skipif(os.geteuid() != 0, reason="needs the right to give files away")
def test_a_repository_of_somebody_else_is_said_to_be_one(tmp_path: Path) -> None:
    clone = clone_at(tmp_path)
    clone.commit("roadmap.toml", PLAN)
    for each in (tmp_path, tmp_path / ".git"):
        os.chown(each, 65534, 65534)
    said = clone.run("planner", "diff").stderr
    assert "which git does not trust" in said
    assert f"git config --global --add safe.directory {tmp_path}" in said


def test_a_pipe_for_attributes_is_not_waited_for(tmp_path: Path) -> None:
    clone = clone_at(tmp_path)
    plan = clone.write("roadmap.toml", PLAN)
    os.mkfifo(tmp_path / ".gitattributes")
    with pytest.raises(ReadError, match="a pipe"):
        install.install(plan)


def test_words_from_the_repository_reach_the_terminal_visibly(tmp_path: Path) -> None:
    clone = clone_at(tmp_path)
    clone.commit("roadmap.toml", '[roadmap]\ntitle = "one"\n[initiatives.a]\ntitle = "a"\n')
    clone.write(
        "roadmap.toml",
        '[roadmap]\ntitle = "\\u001B]52;c;x\\u0007"\n\n'
        '[initiatives.a]\ntitle = "\\u009B31m\\u202E"\n',
    )
    for arguments in (
        ["diff"],
        ["diff", "--json"],
        ["diff", "--textconv", "roadmap.toml"],
        ["check", "--base", "HEAD"],
    ):
        said = clone.planner(*arguments)
        assert not set(said) & set("\x1b\x07\x9b\u202e"), arguments


def test_the_environment_says_nothing_of_a_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_DIR", "GIT_CONFIG_COUNT", "GIT_CONFIG_KEY_0", "GIT_SSH_COMMAND"):
        monkeypatch.setenv(name, "x")
    assert (
        not {"GIT_DIR", "GIT_CONFIG_COUNT", "GIT_CONFIG_KEY_0", "GIT_SSH_COMMAND"}
        & environment().keys()
    )


def test_a_git_that_hangs_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = tmp_path / "git"
    slow.write_text("#!/bin/sh\nexec sleep 30\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(Exception, match="took longer"):
        git(tmp_path, ["rev-parse"], seconds=0.2)


def test_nothing_is_written_through_a_planted_link(tmp_path: Path) -> None:
    clone = clone_at(tmp_path / "clone")
    plan = clone.write("roadmap.toml", PLAN)
    home = tmp_path / "home"
    home.mkdir()
    hooks = plan.parent / ".git" / "hooks"
    for link in (
        plan.with_name(f".gitattributes.planner-{os.getpid()}"),
        hooks / f"pre-push.planner-{os.getpid()}",
        plan.with_name(f"roadmap.toml.{os.getpid()}"),
    ):
        link.parent.mkdir(exist_ok=True)
        link.symlink_to(home / "login")
    install.install(plan, hooks=True)
    with pytest.raises(SystemExit) as left:
        main(["merge", "--", *[str(plan)] * 3])
    assert left.value.code == 0
    assert [*home.iterdir()] == []
    assert plan.read_text() == PLAN
    assert os.access(hooks / "pre-push", os.X_OK)
