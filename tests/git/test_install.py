"""What `planner git` writes, and that it can be taken out to the byte."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from planner.git import install
from tests.git.clones import clone_at

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
    install.install(tmp_path / "plans" / "a b")
    names = ["plans/a b/it.toml", "plans/a b/below/it.toml", "pyproject.toml", "plans/a b/x.md"]
    said = clone.git("check-attr", "merge", "--", *names).splitlines()
    assert [line.rpartition(" ")[2] for line in said] == ["planner", *["unspecified"] * 3]


@pytest.mark.parametrize(
    "name", ["we[i]rd.toml", 'a"b.toml', "-r.toml", "#x.toml", "!no.toml", "é.toml"]
)
def test_odd_names_are_named_exactly(name: str, tmp_path: Path) -> None:
    clone = clone_at(tmp_path)
    plan = clone.write(name, PLAN)
    install.install(plan)
    said = clone.git("check-attr", "-z", "merge", "--", name, "weird.toml")
    assert said.split("\0")[:6] == [name, "merge", "planner", "weird.toml", "merge", "unspecified"]


def test_the_hook_is_written_once_and_never_over_another(tmp_path: Path) -> None:
    clone = clone_at(tmp_path)
    plan = clone.write("roadmap.toml", PLAN)
    hook = tmp_path / ".git" / "hooks" / "pre-push"
    install.install(plan, hooks=True)
    install.install(plan, hooks=True)
    assert hook.stat().st_mode & stat.S_IXUSR
    assert install.status(plan).hook
    install.uninstall(plan)
    assert not hook.exists()
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 0\n")
    assert (
        "pre-push hook already"
        in clone.run("planner", "git", "install", "roadmap.toml", "--hooks").stderr
    )
    assert hook.read_text() == "#!/bin/sh\nexit 0\n"
    assert not install.status(plan).attributes


def test_the_hook_stops_a_push_that_brings_new_errors(tmp_path: Path) -> None:
    clone = clone_at(tmp_path / "clone")
    clone.run("git", "init", "-q", "--bare", str(tmp_path / "far.git"))
    plan = (
        "[roadmap]\nstart = 2027-03-01\nstatus_date = 2027-03-01\n\n"
        '[initiatives.api]\nestimate = "4w"\ndeadline = 2027-03-31\n'
    )
    clone.commit("roadmap.toml", plan)
    clone.git("remote", "add", "origin", str(tmp_path / "far.git"))
    clone.git("push", "-q", "-u", "origin", "main")
    clone.planner("git", "install", "roadmap.toml", "--hooks")
    clone.commit("roadmap.toml", plan.replace('"4w"', '"8w"'))
    said = clone.git("push", "origin", "main", fails=True)
    assert "api: finish 26 Mar → 23 Apr (+20d) because estimate 4w → 8w" in said
    assert "DATE01" in said
    clone.commit("roadmap.toml", plan.replace('"4w"', '"3w"'))
    clone.git("push", "-q", "origin", "main")


def test_outside_a_repository_it_says_so(tmp_path: Path) -> None:
    clone = clone_at(tmp_path / "a")
    outside = tmp_path / "roadmap.toml"
    outside.write_text(PLAN)
    assert "is in no git repository" in clone.run("planner", "git", "status", str(outside)).stderr
