"""Tables so alike that one could be the other under a new id, in merges of a folder's files."""

from __future__ import annotations

from pathlib import Path

import pytest
import tomli

from planner.files.workspace import Workspace
from planner.merge.workspaces import merge_workspaces, of_bytes
from planner.session.external_changes import decided
from tests.git.clones import Clone, clone_at
from tests.merge.test_moved_tables import Files, branches, commit, tables


def table(id: str, more: str = "") -> str:
    """One of those of which three keys of four say the same."""
    return (
        f'[initiatives.{id}]\ntitle = "{id}"\nowner = "it"\nportfolio = "it"\nestimate = "4w"\n'
        f"{more}\n"
    )


WEB = table("web").replace('"4w"', '"3w"')
BASE = {
    "roadmap.toml": '[roadmap]\ntitle = "Joint"\n\n' + WEB + table("api"),
    "it.toml": table("hub") + table("late", 'needs = ["api"]\n'),
    "plan.toml": table("site", 'needs = ["api", "hub"]\n').replace('"4w"', '"2w"'),
}
SWAPPED = {
    "roadmap.toml": '[roadmap]\ntitle = "Joint"\n\n' + WEB + table("hub"),
    "it.toml": table("api") + table("late", 'needs = ["api"]\n'),
}
INSTEAD = {
    "roadmap.toml": '[roadmap]\ntitle = "Joint"\n\n' + WEB + table("new"),
    "it.toml": BASE["it.toml"] + table("api"),
}
OTHER = {
    "roadmap.toml": BASE["roadmap.toml"]
    .replace('"Joint"', '"Ours"')
    .replace('"3w"\n', '"3w"\nneeds = ["api"]\n'),
    "it.toml": BASE["it.toml"].replace('needs = ["api"]', 'needs = ["api", "hub"]'),
}


def joint(clone: Clone) -> None:
    clone.write("plan/roadmap.toml", BASE["roadmap.toml"])
    clone.planner("git", "install", "plan")
    commit(clone, BASE, "Base")


def needs(clone: Clone) -> dict[str, list[str]]:
    found = tables(clone)
    assert {id: len(each) for id, each in found.items()} == dict.fromkeys(found, 1)
    return {id: each[0][1].get("needs", []) for id, each in found.items()}


@pytest.mark.one_in(2)
@pytest.mark.parametrize("how", ["merge", "rebase"])
@pytest.mark.parametrize("mover", ["ours", "theirs"])
@pytest.mark.parametrize("moved", [SWAPPED, INSTEAD], ids=["swapped", "another instead"])
def test_no_table_is_taken_for_one_of_another_file(
    moved: Files, mover: str, how: str, tmp_path: Path
) -> None:
    clone = clone_at(tmp_path)
    joint(clone)
    sides = (moved, OTHER)
    branches(clone, *(sides if mover == "ours" else sides[::-1]))
    if how == "merge":
        clone.git("merge", "side", "-m", "Both")
    else:
        clone.git("checkout", "-q", "side")
        clone.git(how, "main")
    assert needs(clone)["late"] == ["api", "hub"]
    assert needs(clone)["site"] == ["api", "hub"]
    assert needs(clone)["web"] == ["api"]
    assert tomli.loads(clone.read("plan/roadmap.toml"))["roadmap"]["title"] == "Ours"
    clone.planner("resolve", "plan", code=2)


def test_what_else_is_asked_is_settled_with_the_same_tables(tmp_path: Path) -> None:
    clone = clone_at(tmp_path)
    joint(clone)
    ours = {**SWAPPED, "it.toml": SWAPPED["it.toml"].replace('"late"', '"Late"')}
    theirs = {**OTHER, "it.toml": OTHER["it.toml"].replace('"late"', '"Later"')}
    branches(clone, ours, theirs)
    clone.git("merge", "side", fails=True)
    listed = clone.planner("resolve", "plan", "--dry-run", code=1)
    assert "initiatives.late.title" in listed
    assert "1 unresolved, 0 resolved" in listed
    clone.planner("resolve", "plan", "--theirs")
    assert needs(clone)["late"] == ["api", "hub"]
    assert "hub" in tomli.loads(clone.read("plan/roadmap.toml"))["initiatives"]


@pytest.mark.parametrize("mover", ["ours", "theirs"])
def test_nor_while_they_are_edited_at_once(mover: str) -> None:
    base, moved, other = (
        of_bytes(Path(), {name: text.encode() for name, text in {**BASE, **files}.items()})
        for files in ({}, SWAPPED, OTHER)
    )
    sides: tuple[Workspace, Workspace] = (moved, other) if mover == "ours" else (other, moved)
    found = merge_workspaces(base, *sides, decided({}, "ours"))
    assert found.asked == ()
    assert found.workspace.tables["initiatives"]["late"]["needs"] == ["api", "hub"]
    assert sorted(found.workspace.tables["initiatives"]) == ["api", "hub", "late", "site", "web"]


def test_an_id_that_something_refers_to_already_is_no_new_one(tmp_path: Path) -> None:
    """Outside of any repository, where nobody knows the other files."""
    clone = Clone(tmp_path)
    base = table("api") + table("late", 'needs = ["hub"]\n')
    for name, text in {
        "base": base,
        "ours": base.replace(table("api"), table("hub")),
        "theirs": base.replace('needs = ["hub"]', 'needs = ["hub", "api"]'),
    }.items():
        clone.write(name, text)
    clone.planner("merge", "base", "ours", "theirs")
    assert tomli.loads(clone.read("ours"))["initiatives"]["late"]["needs"] == ["hub", "api"]
