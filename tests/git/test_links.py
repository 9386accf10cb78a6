"""Links where git is set up: followed to the file that they mean, where nobody else has a say."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.errors import UsageError
from planner.files.trusted import meant
from planner.git import install
from tests.git.clones import Clone, clone_at

PLAN = '[roadmap]\nstart = 2027-01-04\n\n[initiatives.a]\nestimate = "2w"\n'
SOMEBODY = 65534
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs the right to give files away")


def moved(link: Path, to: Path) -> Path:
    """A file or folder that is kept somewhere else, with a link in its place."""
    to.parent.mkdir(parents=True, exist_ok=True)
    link.rename(to)
    link.symlink_to(os.path.relpath(to, link.parent))
    return to


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    made = clone_at(tmp_path / "clone")
    made.commit("roadmap.toml", PLAN)
    return made


def attribute(clone: Clone, name: str = "roadmap.toml") -> str:
    return clone.git("check-attr", "merge", "--", name).split()[-1]


def test_a_linked_configuration_is_written_where_it_is_kept(clone: Clone, tmp_path: Path) -> None:
    config = moved(clone.top / ".git" / "config", tmp_path / "kept" / "config")
    before = config.read_bytes()
    said = clone.planner("git", "install", "roadmap.toml")
    assert f"{config}: merge.planner" in said
    assert b"merge --" in config.read_bytes()
    assert (clone.top / ".git" / "config").is_symlink()
    clone.planner("git", "status", "roadmap.toml")
    clone.planner("git", "uninstall", "roadmap.toml")
    assert (clone.top / ".git" / "config").is_symlink()
    assert config.read_bytes() == before


@pytest.mark.parametrize("linked", ["nothing", "the file", "the folder"])
def test_attributes_that_git_does_not_follow_are_the_clones_own(
    clone: Clone, tmp_path: Path, linked: str
) -> None:
    """Git ignores a .gitattributes that is a link; it follows links to its own file."""
    (tmp_path / "shared").write_text("*.png binary\n")
    (clone.top / ".gitattributes").symlink_to(tmp_path / "shared")
    info = clone.top / ".git" / "info"
    info.mkdir(exist_ok=True)
    own = info / "attributes"
    own.write_text("*.jpg binary\n")
    if linked != "nothing":
        kept = moved(own if linked == "the file" else info, tmp_path / "kept" / "x")
        own = kept if linked == "the file" else kept / "attributes"
    said = clone.planner("git", "install", "roadmap.toml")
    assert f"{own}: /roadmap.toml" in said
    assert "commit .gitattributes" not in said
    assert attribute(clone) == "planner"
    assert f"{own}: set up" in clone.planner("git", "status", "roadmap.toml")
    assert (tmp_path / "shared").read_text() == "*.png binary\n"
    clone.planner("git", "uninstall", "roadmap.toml")
    assert own.read_text() == "*.jpg binary\n"
    assert attribute(clone) == "unspecified"


@pytest.mark.parametrize("how", ["a linked folder", "core.hooksPath", "core.hooksPath by a link"])
def test_a_hook_stands_where_the_clone_keeps_its_own(
    clone: Clone, tmp_path: Path, how: str
) -> None:
    kept = tmp_path / "kept"
    if how == "a linked folder":
        (clone.top / ".git" / "hooks").mkdir(exist_ok=True)
        moved(clone.top / ".git" / "hooks", kept)
    elif how == "core.hooksPath":
        kept = clone.top / ".ours"
        clone.git("config", "core.hooksPath", ".ours")
    else:
        kept.mkdir()
        (clone.top / "link").symlink_to(kept)
        clone.git("config", "core.hooksPath", str(clone.top / "link"))
    said = clone.planner("git", "install", "--hooks", "roadmap.toml")
    assert f"{kept / 'pre-push'}: checks before a push" in said
    assert install.status(clone.top / "roadmap.toml").hook
    far = clone_at(tmp_path / "far").top
    clone.write("roadmap.toml", "[roadmap\n")
    assert "planner: the push is stopped" in clone.git("push", str(far), "main:x", fails=True)
    clone.planner("git", "uninstall", "roadmap.toml")
    assert not (kept / "pre-push").exists()


def test_a_check_that_is_kept_elsewhere_is_brought_up_to_date_there(
    clone: Clone, tmp_path: Path
) -> None:
    clone.planner("git", "install", "--hooks", "roadmap.toml")
    hook = clone.top / ".git" / "hooks" / "pre-push"
    kept = moved(hook, tmp_path / "kept" / "pre-push")
    clone.write("other.toml", PLAN)
    clone.planner("git", "install", "--hooks", "other.toml")
    assert hook.is_symlink()
    assert "other.toml" in kept.read_text()
    assert install.status(clone.top / "other.toml").hook


def config_of_others(clone: Clone, home: Path) -> Path:
    moved(clone.top / ".git" / "config", home / "config")
    return clone.top / ".git" / "config"


def attributes_of_others(clone: Clone, home: Path) -> Path:
    (clone.top / ".gitattributes").symlink_to("nowhere")
    (clone.top / ".git" / "info").mkdir(exist_ok=True)
    (home / "login").write_text("mine\n")
    (clone.top / ".git" / "info" / "attributes").symlink_to(home / "login")
    return clone.top / ".git" / "info" / "attributes"


def hooks_of_others(clone: Clone, home: Path) -> Path:
    folder = clone.top / ".git" / "hooks"
    folder.mkdir(exist_ok=True)
    moved(folder, home / "hooks")
    return folder


PLANTS: tuple[Callable[[Clone, Path], Path], ...] = (
    config_of_others,
    attributes_of_others,
    hooks_of_others,
)


@pytest.mark.parametrize("plant", PLANTS)
@pytest.mark.parametrize("whose", ["their link", "their target", "a target open to all"])
@as_root
def test_what_others_have_a_say_in_is_not_written_through(
    clone: Clone, tmp_path: Path, plant: Callable[[Clone, Path], Path], whose: str
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    link = plant(clone, home)
    if whose == "their link":
        os.lchown(link, SOMEBODY, SOMEBODY)
    elif whose == "their target":
        os.chown(link.resolve(), SOMEBODY, SOMEBODY)
    else:
        link.resolve().chmod(0o777)
    before = {each: each.read_bytes() for each in home.rglob("*") if each.is_file()}
    done = clone.run(
        sys.executable, "-m", "planner", "git", "install", "--hooks", "-r", "roadmap.toml"
    )
    assert done.returncode == 2
    assert str(link) in done.stderr or str(link.resolve()) in done.stderr
    assert {each: each.read_bytes() for each in home.rglob("*") if each.is_file()} == before
    drivers = plant is hooks_of_others
    assert (attribute(clone) == "planner") == drivers
    assert ("merge.planner" in done.stdout) == drivers
    assert not install.status(clone.top / "roadmap.toml").hook


@pytest.mark.parametrize("name", ["config", "attributes", "hooks"])
def test_nothing_is_made_behind_a_link_to_nothing(clone: Clone, tmp_path: Path, name: str) -> None:
    home = tmp_path / "home"
    home.mkdir()
    place = clone.top / ".git" / ("info/attributes" if name == "attributes" else name)
    (clone.top / ".git" / "info").mkdir(exist_ok=True)
    if name == "hooks":
        (clone.top / ".git" / "hooks").rename(tmp_path / "old") if place.exists() else None
    elif name == "config":
        place.unlink()
    else:
        (clone.top / ".gitattributes").symlink_to("nowhere")
    place.symlink_to(home / "login")
    done = clone.run(sys.executable, "-m", "planner", "git", "install", "--hooks", "roadmap.toml")
    assert done.returncode == 2
    assert [*home.iterdir()] == []
    assert "Traceback" not in done.stderr


def test_links_in_a_circle_are_an_end_too(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(OSError, match="circle"):
        meant(tmp_path / "a")


@pytest.mark.parametrize("where", ["worktree", "submodule"])
def test_a_git_file_is_followed(clone: Clone, tmp_path: Path, where: str) -> None:
    if where == "worktree":
        clone.git("worktree", "add", "-q", str(tmp_path / "wt"), "-b", "wt")
        top, common = tmp_path / "wt", clone.top / ".git"
    else:
        above = clone_at(tmp_path / "above")
        allowed = "protocol.file.allow=always"
        above.git("-c", allowed, "submodule", "--quiet", "add", str(clone.top), "sub")
        top, common = above.top / "sub", above.top / ".git" / "modules" / "sub"
    inside = Clone(top)
    said = inside.planner("git", "install", "--hooks", "roadmap.toml")
    assert f"{common}/config" in said
    assert (common / "hooks" / "pre-push").exists()
    assert install.status(top / "roadmap.toml").hook
    inside.planner("git", "uninstall", "roadmap.toml")
    assert not (common / "hooks" / "pre-push").exists()
    assert install.uninstall(top / "roadmap.toml") == []


def test_a_folder_that_is_no_repository_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no git repository"):
        install.status(tmp_path)
