"""Tables that one side takes to another file of the roadmap, in real merges: each stays one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
import tomli

from tests.git.clones import Clone, clone_at

PUSH = """\
# Asked for by legal.
[initiatives.push]
title = "Web push"
owner = "crm"
estimate = "3w"
priority = 2
"""
FILES = {
    "roadmap.toml": '[roadmap]\ntitle = "Joint"\n\n[initiatives.api]\nestimate = "4w"\n\n' + PUSH,
    "it.toml": '[initiatives.hub]\nestimate = "2w"\nneeds = [\n    "push",\n]\n',
    "marketing.toml": '[initiatives.spring]\nestimate = "1w"\n',
}
LONGER = PUSH.replace('"3w"', '"5w"')
LATER = PUSH.replace("priority = 2", "priority = 4")
Files = dict[str, str]


def joint(clone: Clone) -> None:
    clone.write("plan/roadmap.toml", FILES["roadmap.toml"])
    clone.planner("git", "install", "plan")
    commit(clone, FILES, "Base")


def commit(clone: Clone, files: Files, message: str) -> None:
    for name, text in files.items():
        clone.write(f"plan/{name}", text)
    clone.git("add", "-A")
    clone.git("commit", "-q", "-m", message)


def branches(clone: Clone, ours: Files, theirs: Files) -> None:
    """`theirs` on a branch `side`, `ours` on main, main checked out."""
    clone.git("checkout", "-q", "-b", "side")
    commit(clone, theirs, "Theirs")
    clone.git("checkout", "-q", "main")
    commit(clone, ours, "Ours")


def taken(to: str, text: str = PUSH) -> Files:
    """The table of the roadmap's file in another one."""
    return {
        "roadmap.toml": FILES["roadmap.toml"].replace(f"\n{PUSH}", ""),
        to: f"{FILES[to]}\n{text}",
    }


def edited(text: str) -> Files:
    return {"roadmap.toml": FILES["roadmap.toml"].replace(PUSH, text)}


def tables(clone: Clone) -> dict[str, list[tuple[str, Any]]]:
    """Of each initiative the files that have it, with what they say."""
    found: dict[str, list[tuple[str, Any]]] = {}
    for file in sorted((clone.top / "plan").glob("*.toml")):
        for id, table in tomli.loads(file.read_text())["initiatives"].items():
            found.setdefault(id, []).append((file.name, table))
    return found


def comments(clone: Clone) -> int:
    return sum(each.read_text().count("# Asked") for each in (clone.top / "plan").glob("*.toml"))


@pytest.mark.one_in(3)
@pytest.mark.parametrize("how", ["merge", "rebase", "cherry-pick"])
@pytest.mark.parametrize(("answer", "file"), [("mover", "it.toml"), ("editor", "roadmap.toml")])
@pytest.mark.parametrize("mover", ["ours", "theirs"])
def test_a_table_that_one_side_moved_and_the_other_changed_is_in_one_file_with_both(
    mover: str, answer: str, file: str, how: str, tmp_path: Path
) -> None:
    clone = clone_at(tmp_path)
    joint(clone)
    sides = (taken("it.toml", LATER), edited(LONGER))
    branches(clone, *(sides if mover == "ours" else sides[::-1]))
    if how == "rebase":
        clone.git("checkout", "-q", "side")
    other = "main" if how == "rebase" else "side"
    said = clone.git(how, other, fails=True)
    if how == "merge":
        files = ("it.toml", "roadmap.toml")
        a, b = files if mover == "ours" else files[::-1]
        assert f"version A has initiatives.push in {a}, version B in {b}" in said
    listed = clone.planner("resolve", "plan", "--dry-run", code=1)
    assert "initiatives.push.file" in listed
    editor = {"ours": "theirs", "theirs": "ours"}[mover]
    side = mover if answer == "mover" else editor
    told = clone.planner("resolve", "plan", "--take", f"initiatives.push={side}")
    assert "git add plan/it.toml plan/roadmap.toml" in told
    found = tables(clone)
    assert {id: len(each) for id, each in found.items()} == dict.fromkeys(found, 1)
    assert found["push"][0][0] == file
    assert found["push"][0][1]["estimate"] == "5w"
    assert found["push"][0][1]["priority"] == 4
    assert comments(clone) == 1
    clone.git("add", "plan")
    clone.planner("check", "plan", "--select", "PLAN03")


def test_naming_one_file_settles_those_that_share_tables_with_it(tmp_path: Path) -> None:
    clone = clone_at(tmp_path)
    joint(clone)
    theirs = {**edited(LONGER), "it.toml": FILES["it.toml"].replace('"2w"', '"9w"')}
    ours = taken("it.toml")
    ours["it.toml"] = ours["it.toml"].replace('"2w"', '"8w"')
    branches(clone, ours, theirs)
    clone.git("merge", "side", fails=True)
    before = {name: clone.read(f"plan/{name}") for name in FILES}
    clone.planner("resolve", "plan/it.toml", "--take", "initiatives.push.file=ours", code=1)
    assert {name: clone.read(f"plan/{name}") for name in FILES} == before
    clone.planner("resolve", "plan/it.toml", "--ours")
    found = tables(clone)
    assert [file for file, _ in found["push"]] == ["it.toml"]
    assert (found["push"][0][1]["estimate"], found["hub"][0][1]["estimate"]) == ("5w", "8w")


def test_both_sides_change_one_key_of_a_table_that_one_moved(tmp_path: Path) -> None:
    clone = clone_at(tmp_path)
    joint(clone)
    branches(clone, taken("it.toml", PUSH.replace("3w", "9w")), edited(LONGER))
    clone.git("merge", "side", fails=True)
    take = ("--take", "initiatives.push.estimate=theirs", "--take", "initiatives.push.file=ours")
    clone.planner("resolve", "plan", *take)
    ((file, push),) = tables(clone)["push"]
    assert (file, push["estimate"]) == ("it.toml", "5w")


@pytest.mark.parametrize("committed", [True, False])
@pytest.mark.parametrize(("side", "file"), [("ours", "it.toml"), ("theirs", "marketing.toml")])
def test_a_table_that_each_side_took_to_another_file_is_asked_about(
    side: str, file: str, committed: bool, tmp_path: Path
) -> None:
    clone = clone_at(tmp_path)
    joint(clone)
    branches(clone, taken("it.toml", LATER), taken("marketing.toml", LONGER))
    clone.git("merge", "side", "-m", "Both", *([] if committed else ["--no-commit"]))
    clone.planner("check", "plan", "--select", "PLAN03", code=1)
    listed = clone.planner("resolve", "plan", "--dry-run", code=1)
    assert "it.toml" in listed
    assert "marketing.toml" in listed
    clone.planner("resolve", "plan", f"--{side}")
    ((where, push),) = tables(clone)["push"]
    assert (where, push["estimate"], push["priority"]) == (file, "5w", 4)
    assert comments(clone) == 1
    clone.planner("check", "plan", "--select", "PLAN03")
    clone.planner("resolve", "plan", code=2)


def test_a_table_in_two_files_is_settled_outside_of_any_repository(tmp_path: Path) -> None:
    clone = Clone(tmp_path)
    for name, text in FILES.items():
        clone.write(f"plan/{name}", text)
    clone.write("plan/marketing.toml", f"{FILES['marketing.toml']}\n{LONGER}")
    done = clone.run(sys.executable, "-m", "planner", "resolve", "plan", "--theirs")
    assert done.returncode == 0, done.stderr
    assert len(tables(clone)["push"]) == 1


RENAMED = PUSH.replace("initiatives.push", "initiatives.web-push")


@pytest.mark.parametrize("mover", ["ours", "theirs"])
@pytest.mark.parametrize("answer", ["ours", "theirs"])
def test_a_table_that_one_side_renamed_and_the_other_moved_is_one_and_referred_to(
    answer: str, mover: str, tmp_path: Path
) -> None:
    clone = clone_at(tmp_path)
    joint(clone)
    it = FILES["it.toml"].replace('"push"', '"web-push"')
    spring = FILES["marketing.toml"] + 'needs = ["push"]\n'
    sides = (
        taken("marketing.toml"),
        {**edited(RENAMED.replace("priority = 2", "priority = 4")), "it.toml": it},
    )
    sides[0]["marketing.toml"] = f"{spring}\n{LONGER}"
    branches(clone, *(sides if mover == "ours" else sides[::-1]))
    clone.git("merge", "side", fails=True)
    clone.planner("resolve", "plan", f"--{answer}")
    found = tables(clone)
    assert "push" not in found
    ((file, push),) = found["web-push"]
    assert file == ("marketing.toml" if answer == mover else "roadmap.toml")
    assert (push["estimate"], push["priority"]) == ("5w", 4)
    assert found["hub"][0][1]["needs"] == ["web-push"]
    assert found["spring"][0][1]["needs"] == ["web-push"]


def test_a_table_that_one_side_moved_under_a_new_name_is_one(tmp_path: Path) -> None:
    clone = clone_at(tmp_path)
    joint(clone)
    ours = taken("it.toml", RENAMED)
    ours["it.toml"] = ours["it.toml"].replace('"push"', '"web-push"')
    spring = {"marketing.toml": FILES["marketing.toml"] + 'needs = ["push"]\n'}
    branches(clone, ours, {**edited(LONGER), **spring})
    clone.git("merge", "side", fails=True)
    clone.planner("resolve", "plan", "--ours")
    found = tables(clone)
    assert "push" not in found
    ((file, push),) = found["web-push"]
    assert (file, push["estimate"]) == ("it.toml", "5w")
    assert found["spring"][0][1]["needs"] == ["web-push"]


def test_two_new_files_for_one_table_and_two_names_are_asked_about(tmp_path: Path) -> None:
    clone = clone_at(tmp_path)
    joint(clone)
    theirs = taken("marketing.toml", RENAMED.replace('"3w"', '"5w"'))
    branches(clone, taken("it.toml", LATER), theirs)
    clone.git("merge", "side", "-m", "Both")
    clone.planner("resolve", "plan", "--theirs")
    found = tables(clone)
    assert "push" not in found
    ((file, push),) = found["web-push"]
    assert (file, push["estimate"], push["priority"]) == ("marketing.toml", "5w", 4)
    assert found["hub"][0][1]["needs"] == ["web-push"]


def test_a_table_that_nobody_else_changed_goes_where_it_was_taken(tmp_path: Path) -> None:
    clone = clone_at(tmp_path)
    joint(clone)
    other = FILES["roadmap.toml"].replace('"4w"', '"6w"')
    branches(clone, taken("it.toml", LONGER), {"roadmap.toml": other})
    clone.git("merge", "side", "-m", "Both")
    found = tables(clone)
    assert (found["push"][0][0], len(found["push"])) == ("it.toml", 1)
    assert found["api"][0][1]["estimate"] == "6w"
    clone.planner("resolve", "plan", code=2)


@pytest.mark.parametrize("stopped", [True, False])
def test_what_refers_elsewhere_to_a_table_that_one_side_renamed_follows(
    stopped: bool, tmp_path: Path
) -> None:
    clone = clone_at(tmp_path)
    joint(clone)
    it = FILES["it.toml"].replace('"push"', '"web-push"')
    spring = {"marketing.toml": FILES["marketing.toml"] + 'needs = ["push"]\n'}
    theirs = {**spring, **(edited(LONGER) if stopped else {})}
    ours = PUSH.replace('"3w"', '"9w"').replace("[initiatives.push]", "[initiatives.web-push]")
    branches(clone, {**edited(ours), "it.toml": it}, theirs)
    clone.git("merge", "side", *([] if stopped else ["-m", "Both"]), fails=stopped)
    clone.planner("resolve", "plan", "--theirs")
    found = tables(clone)
    assert found["spring"][0][1]["needs"] == found["hub"][0][1]["needs"] == ["web-push"]
    assert found["web-push"][0][1]["estimate"] == ("5w" if stopped else "9w")


@pytest.mark.parametrize("theirs", [LONGER, RENAMED])
def test_the_hook_stops_a_merge_that_git_would_commit_with_one_table_in_two_files(
    theirs: str, tmp_path: Path
) -> None:
    clone = clone_at(tmp_path)
    joint(clone)
    own = clone.write(".git/hooks/pre-merge-commit", "#!/bin/sh\necho own >&2\n")
    own.chmod(0o755)
    clone.planner("git", "install", "plan", "--hooks")
    assert "pre-merge-commit check: set up" in clone.planner("git", "status", "plan")
    branches(clone, taken("it.toml", LATER), taken("marketing.toml", theirs))
    said = clone.git("merge", "side", "-m", "Both", fails=True)
    assert "own" in said
    assert "initiatives.push.file" in said
    clone.planner("resolve", "plan", "--ours")
    clone.git("add", "plan")
    clone.git("commit", "-q", "-m", "Both")
    assert sum(len(tables(clone).get(id, ())) for id in ("push", "web-push")) == 1
    assert len(clone.git("rev-parse", "HEAD^1", "HEAD^2").split()) == 2
    clone.planner("git", "uninstall", "plan")
    assert own.read_text().endswith("echo own >&2\n")


def test_the_hook_lets_any_other_merge_pass(tmp_path: Path) -> None:
    clone = clone_at(tmp_path)
    joint(clone)
    clone.planner("git", "install", "plan", "--hooks")
    spring = {"marketing.toml": FILES["marketing.toml"].replace("1w", "2w")}
    branches(clone, taken("it.toml", LATER), spring)
    clone.git("merge", "side", "-m", "Both")
    assert len(clone.git("rev-parse", "HEAD^1", "HEAD^2").split()) == 2
    assert clone.git("status", "--porcelain") == ""


@pytest.mark.parametrize(("side", "file"), [("ours", "it.toml"), ("theirs", "marketing.toml")])
def test_the_driver_asks_about_a_table_that_each_side_took_from_its_file(
    side: str, file: str, tmp_path: Path
) -> None:
    clone = clone_at(tmp_path)
    joint(clone)
    ours, theirs = taken("it.toml", LATER), taken("marketing.toml", LONGER)
    ours["roadmap.toml"] = ours["roadmap.toml"].replace('"4w"', '"6w"')
    theirs["roadmap.toml"] = theirs["roadmap.toml"].replace('"Joint"', '"Ours"')
    branches(clone, ours, theirs)
    said = clone.git("merge", "side", fails=True)
    assert "merge conflict in plan/roadmap.toml: initiatives.push.file" in said
    text = clone.read("plan/roadmap.toml")
    assert text.count("<<<<<<<") == 1
    assert "it.toml" in text
    assert "marketing.toml" in text
    clone.planner("resolve", "plan", f"--{side}")
    ((where, push),) = tables(clone)["push"]
    assert (where, push["estimate"], push["priority"]) == (file, "5w", 4)
    roadmap = clone.read("plan/roadmap.toml")
    assert roadmap == ours["roadmap.toml"].replace('"Joint"', '"Ours"')
