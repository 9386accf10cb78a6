"""Tables that one side removes while the other takes them to another file: asked about once."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.merge.three_way import Side
from planner.merge.workspaces import merge_workspaces, of_bytes
from planner.session.external_changes import decided
from tests.git.clones import clone_at
from tests.long import of_length
from tests.merge.test_moved_tables import (
    FILES,
    LATER,
    PUSH,
    RENAMED,
    branches,
    joint,
    tables,
    taken,
)

GONE = {
    "roadmap.toml": FILES["roadmap.toml"].replace(f"\n{PUSH}", ""),
    "it.toml": FILES["it.toml"].replace('needs = [\n    "push",\n]\n', ""),
}
TITLED = {**GONE, "roadmap.toml": GONE["roadmap.toml"].replace('"Joint"', '"Ours"')}
ELSEWHERE = {**GONE, "marketing.toml": FILES["marketing.toml"].replace('"1w"', '"2w"')}
WAYS = {
    "its file": (TITLED, PUSH),
    "its file, changed": (TITLED, LATER),
    "the other file": (ELSEWHERE, PUSH),
    "the other file, changed": (ELSEWHERE, LATER),
}
"""What else the side that removes does, and whether the other one changes what it moves."""


@pytest.mark.one_in(2)
@pytest.mark.parametrize("remover", ["ours", "theirs"])
@pytest.mark.parametrize("answer", ["remover", "mover"])
@pytest.mark.parametrize("way", of_length(WAYS, ["its file, changed", "the other file"]))
def test_a_removal_meets_a_move_and_is_asked_about(
    way: str, answer: str, remover: str, tmp_path: Path
) -> None:
    clone = clone_at(tmp_path)
    joint(clone)
    gone, text = WAYS[way]
    sides = (gone, taken("marketing.toml", text))
    branches(clone, *(sides if remover == "ours" else sides[::-1]))
    said = clone.git("merge", "side", fails=True)
    assert "removed initiatives.push" in said
    listed = clone.planner("resolve", "plan", "--dry-run", code=1)
    assert "initiatives.push\n" in listed
    assert "1 unresolved, 0 resolved" in listed
    mover = {"ours": "theirs", "theirs": "ours"}[remover]
    side = remover if answer == "remover" else mover
    clone.planner("resolve", "plan", "--take", f"initiatives.push={side}")
    found = tables(clone).get("push", [])
    assert [file for file, _ in found] == (["marketing.toml"] if answer == "mover" else [])
    clone.git("add", "plan")
    clone.planner("resolve", "plan", code=2)
    clone.git("commit", "-q", "-m", "Both")
    clone.planner("resolve", "plan", code=2)


@pytest.mark.one_in(2)
@pytest.mark.parametrize("hooks", [True, False])
@pytest.mark.parametrize(("side", "left"), [("ours", 0), ("theirs", 1), ("base", 1)])
def test_where_git_asks_nobody_the_hook_and_resolve_do(
    side: str, left: int, hooks: bool, tmp_path: Path
) -> None:
    clone = clone_at(tmp_path)
    joint(clone)
    if hooks:
        clone.planner("git", "install", "plan", "--hooks")
    branches(clone, GONE, taken("marketing.toml"))
    clone.git("merge", "side", "-m", "Both", fails=hooks)
    assert "initiatives.push\n" in clone.planner("resolve", "plan", "--dry-run", code=1)
    before = clone.read("plan/marketing.toml")
    clone.planner("resolve", "plan", f"--{side}")
    assert len(tables(clone).get("push", [])) == left
    assert (clone.read("plan/marketing.toml") == before) == (side == "theirs")
    clone.git("add", "plan")
    clone.planner("resolve", "plan", code=2)
    clone.git("commit", "-q", "--allow-empty", "-m", "Both")
    clone.planner("resolve", "plan", code=2)


def test_a_new_id_with_most_keys_changed_is_asked_about_too(tmp_path: Path) -> None:
    clone = clone_at(tmp_path)
    joint(clone)
    other = RENAMED.replace('"3w"', '"9w"').replace('"crm"', '"web"')
    renamed = FILES["roadmap.toml"].replace(PUSH, other.replace('"Web push"', '"Push"'))
    branches(clone, {"roadmap.toml": renamed}, taken("it.toml"))
    clone.git("merge", "side", fails=True)
    clone.planner("resolve", "plan", "--ours")
    found = tables(clone)
    assert "push" not in found
    assert len(found["web-push"]) == 1


def test_a_file_under_a_new_name_has_moved_no_table(tmp_path: Path) -> None:
    clone = clone_at(tmp_path)
    joint(clone)
    clone.git("checkout", "-q", "-b", "side")
    clone.git("mv", "plan/it.toml", "plan/systems.toml")
    clone.git("commit", "-q", "-m", "Theirs")
    clone.git("checkout", "-q", "main")
    it = FILES["it.toml"] + '\n[initiatives.more]\nestimate = "1w"\n'
    clone.commit("plan/it.toml", it.replace('[initiatives.hub]\nestimate = "2w"\n', ""))
    clone.git("checkout", "-q", "--", ".")
    clone.commit("plan/it.toml", '[initiatives.more]\nestimate = "1w"\n', "Ours")
    clone.run("git", "merge", "side", "-m", "Both")
    listed = clone.run("planner", "resolve", "plan", "--dry-run").stdout
    assert "initiatives.hub\n" not in listed


@pytest.mark.parametrize("remover", ["ours", "theirs"])
@pytest.mark.parametrize("answer", ["ours", "theirs"])
def test_while_they_are_edited_at_once(answer: Side, remover: str) -> None:
    base, gone, moved = (
        of_bytes(Path(), {name: text.encode() for name, text in {**FILES, **files}.items()})
        for files in ({}, GONE, taken("marketing.toml"))
    )
    sides = (gone, moved) if remover == "ours" else (moved, gone)
    asked = merge_workspaces(base, *sides, decided({}, "ours")).asked
    assert [(each.name, each.key) for each in asked] == [("initiatives.push", ())]
    found = merge_workspaces(base, *sides, lambda _: answer).workspace
    files = [each.file for each in found.documents if "push" in each.tables.get("initiatives", {})]
    assert files == ([] if answer == remover else ["marketing.toml"])


@pytest.mark.parametrize("remover", ["ours", "theirs"])
def test_within_one_file_a_removal_wins_over_another_place(remover: str, tmp_path: Path) -> None:
    clone = clone_at(tmp_path)
    joint(clone)
    first, rest = FILES["roadmap.toml"].split("[initiatives.api]")
    api, _ = rest.split(f"\n{PUSH}")
    sides = (GONE, {"roadmap.toml": f"{first}{PUSH}\n[initiatives.api]{api}"})
    branches(clone, *(sides if remover == "ours" else sides[::-1]))
    clone.git("merge", "side", "-m", "Both")
    assert "push" not in tables(clone)
    clone.planner("resolve", "plan", code=2)
