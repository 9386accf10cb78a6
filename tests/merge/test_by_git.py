"""The merge driver in real merges, rebases and cherry-picks."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import tomli

from tests.git.clones import Clone, clone_at

BASE = """\
[roadmap]
title = "Joint"

[initiatives.api]
estimate = "4w"

[initiatives.push]
estimate = "3w"
needs = [
    "api",
]
"""


def set_up(top: Path, *, planner: bool = True) -> Clone:
    """A clone with the driver installed and the roadmap committed."""
    clone = clone_at(top)
    clone.write("roadmap.toml", BASE)
    clone.planner("git", "install", "roadmap.toml")
    clone.commit("roadmap.toml", BASE, "Base")
    if planner:
        return clone
    clone.lose_planner()
    return Clone(top, planner=False)


def branches(clone: Clone, ours: str, theirs: str) -> None:
    """`theirs` on a branch `side`, `ours` on main, main checked out."""
    clone.git("checkout", "-q", "-b", "side")
    clone.commit("roadmap.toml", theirs, "Theirs")
    clone.git("checkout", "-q", "main")
    clone.commit("roadmap.toml", ours, "Ours")


OURS = BASE.replace('    "api",\n', '    "api",\n    "consent",  # ours\n')
THEIRS = BASE.replace('    "api",\n', '    "api",\n    "data SS",\n').replace('"4w"', '"6w"')


def needs(clone: Clone) -> list[str]:
    found = tomli.loads(clone.read("roadmap.toml"))["initiatives"]["push"]["needs"]
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("how", ["merge", "rebase", "cherry-pick"])
def test_both_sides_links_are_kept_by(how: str, tmp_path: Path) -> None:
    clone = set_up(tmp_path)
    branches(clone, OURS, THEIRS)
    if how == "rebase":
        clone.git("checkout", "-q", "side")
    arguments = {"merge": ["side", "-m", "Both"], "rebase": ["main"], "cherry-pick": ["side"]}[how]
    clone.git(how, *arguments)
    assert needs(clone) == ["api", "consent", "data SS"]
    assert "# ours" in clone.read("roadmap.toml")
    assert clone.git("status", "--porcelain") == ""


def test_one_key_with_two_values_stops_the_merge_with_markers_round_that_line(
    tmp_path: Path,
) -> None:
    clone = set_up(tmp_path)
    branches(clone, OURS.replace('"3w"', '"5w"'), THEIRS.replace('"3w"', '"9w"'))
    said = clone.git("merge", "side", fails=True)
    assert "merge conflict in roadmap.toml: initiatives.push.estimate" in said
    text = clone.read("roadmap.toml")
    assert text.count("<<<<<<< ") == 1
    assert '\nestimate = "5w"\n||||||| ' in text
    assert '\n=======\nestimate = "9w"\n>>>>>>> ' in text
    assert '"6w"' in text
    listed = clone.planner("resolve", "roadmap.toml", code=1)
    assert "initiatives.push.estimate" in listed
    assert "ours   5w" in listed
    clone.planner("resolve", "roadmap.toml", "--take", "initiatives.push.estimate=theirs")
    clone.git("add", "roadmap.toml")
    clone.git("commit", "-q", "-m", "Merged")
    data = tomli.loads(clone.read("roadmap.toml"))["initiatives"]
    assert data["push"]["estimate"] == "9w"
    assert needs(clone) == ["api", "consent", "data SS"]


def test_resolving_all_for_one_side_keeps_what_was_mended_by_hand(tmp_path: Path) -> None:
    clone = set_up(tmp_path)
    branches(clone, BASE.replace('"3w"', '"5w"'), BASE.replace('"3w"', '"9w"'))
    clone.git("merge", "side", fails=True)
    text = clone.read("roadmap.toml").replace('title = "Joint"', 'title = "By hand"')
    clone.write("roadmap.toml", text)
    clone.planner("resolve", "roadmap.toml", "--base")
    assert clone.read("roadmap.toml") == BASE.replace("Joint", "By hand")
    clone.planner("resolve", "roadmap.toml", "--base", code=2)


@pytest.mark.parametrize("how", ["merge", "rebase", "cherry-pick"])
@pytest.mark.parametrize("renaming", ["main", "side"])
def test_a_file_that_one_side_renamed_is_merged_by_key_too(
    renaming: str, how: str, tmp_path: Path
) -> None:
    clone = set_up(tmp_path)
    branches(clone, OURS, THEIRS)
    clone.git("checkout", "-q", renaming)
    clone.git("mv", "roadmap.toml", "joint.toml")
    clone.git("commit", "-q", "--amend", "-m", "Renamed")
    clone.git("checkout", "-q", "side" if how == "rebase" else "main")
    clone.git(how, *{"merge": ["side", "-m", "Both"], "rebase": ["main"]}.get(how, ["side"]))
    found = tomli.loads(clone.read("joint.toml"))["initiatives"]
    assert found["push"]["needs"] == ["api", "consent", "data SS"]
    assert found["api"]["estimate"] == "6w"
    assert not (tmp_path / "roadmap.toml").exists()


def test_a_file_that_both_sides_renamed_is_merged_by_key_under_both_names(tmp_path: Path) -> None:
    clone = set_up(tmp_path)
    branches(clone, OURS.replace('"3w"', '"5w"'), THEIRS.replace('"3w"', '"9w"'))
    for branch, name in (("side", "b.toml"), ("main", "a.toml")):
        clone.git("checkout", "-q", branch)
        clone.git("mv", "roadmap.toml", name)
        clone.git("commit", "-q", "--amend", "-m", "Renamed")
    clone.git("merge", "side", fails=True)
    listed = clone.planner("resolve", "--dry-run", code=1)
    assert listed.count("initiatives.push.estimate") == 2
    clone.planner("resolve", "a.toml", "--theirs")
    clone.planner("resolve", "b.toml", "--theirs")
    found = tomli.loads(clone.read("a.toml"))["initiatives"]
    assert (found["push"]["estimate"], found["api"]["estimate"]) == ("9w", "6w")
    assert found["push"]["needs"] == ["api", "consent", "data SS"]
    assert clone.read("a.toml") == clone.read("b.toml")


def test_a_folder_that_one_side_renamed_keeps_the_driver(tmp_path: Path) -> None:
    clone = clone_at(tmp_path)
    clone.write("plan/roadmap.toml", BASE)
    clone.planner("git", "install", "plan")
    clone.commit("plan/roadmap.toml", BASE)
    clone.git("checkout", "-q", "-b", "side")
    clone.commit("plan/roadmap.toml", THEIRS)
    clone.git("checkout", "-q", "main")
    clone.git("mv", "plan", "roadmaps")
    clone.commit("roadmaps/roadmap.toml", OURS)
    clone.git("merge", "side", "-m", "Both")
    text = clone.read("roadmaps/roadmap.toml")
    assert "consent" in text
    assert "data SS" in text


@pytest.mark.one_in(2)
@pytest.mark.parametrize("installed", [True, False])
@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_what_was_mended_by_hand_to_one_side_is_settled(
    side: str, installed: bool, tmp_path: Path
) -> None:
    clone = clone_at(tmp_path) if not installed else set_up(tmp_path)
    clone.commit("roadmap.toml", BASE + "\n", "Base")
    branches(clone, BASE.replace('"3w"', '"5w"'), BASE.replace('"3w"', '"9w"'))
    clone.git("merge", "side", fails=True)
    clone.planner("resolve", "roadmap.toml", "--dry-run", code=1)
    clone.git("checkout", f"--{side}", "roadmap.toml")
    chosen = clone.read("roadmap.toml")
    for arguments in (["roadmap.toml"], ["--base"], ["--ours"], ["--theirs"]):
        said = clone.run(sys.executable, "-m", "planner", "resolve", *arguments)
        assert (said.returncode, "git add" in said.stderr) == (2, True)
    assert clone.read("roadmap.toml") == chosen
    clone.git("checkout", "--merge", "roadmap.toml")
    clone.planner("resolve", "roadmap.toml", "--dry-run", code=1)


def test_one_of_two_that_was_mended_by_hand_is_not_asked_again(tmp_path: Path) -> None:
    clone = set_up(tmp_path)
    branches(
        clone,
        BASE.replace('"3w"', '"5w"').replace('"4w"', '"5w"'),
        BASE.replace('"3w"', '"9w"').replace('"4w"', '"9w"'),
    )
    clone.git("merge", "side", fails=True)
    text = clone.read("roadmap.toml")
    at, end = text.index("<<<<<<<"), text.index(">>>>>>> version B\n") + len(">>>>>>> version B\n")
    clone.write("roadmap.toml", f'{text[:at]}estimate = "9w"\n{text[end:]}')
    listed = clone.planner("resolve", "roadmap.toml", "--dry-run", code=1)
    assert "initiatives.push.estimate" in listed
    assert "initiatives.api.estimate" not in listed
    clone.planner("resolve", "roadmap.toml", "--ours")
    data = tomli.loads(clone.read("roadmap.toml"))["initiatives"]
    assert [data[id]["estimate"] for id in ("api", "push")] == ["9w", "5w"]


def test_a_program_that_left_one_side_settled_nothing(tmp_path: Path) -> None:
    clone = set_up(tmp_path)
    clone.git("config", "merge.planner.driver", "false")
    branches(clone, BASE.replace('"3w"', '"5w"'), BASE.replace('"3w"', '"9w"'))
    clone.git("merge", "side", fails=True)
    assert "<<<<<<<" not in clone.read("roadmap.toml")
    clone.planner("resolve", "roadmap.toml", "--dry-run", code=1)


def test_a_name_that_looks_like_an_option_is_merged_too(tmp_path: Path) -> None:
    clone = clone_at(tmp_path)
    clone.write("-r.toml", BASE)
    clone.planner("git", "install", "-r", "./-r.toml")
    clone.commit("-r.toml", BASE)
    clone.git("checkout", "-q", "-b", "side")
    clone.commit("-r.toml", THEIRS)
    clone.git("checkout", "-q", "main")
    clone.commit("-r.toml", OURS)
    clone.git("merge", "side", "-m", "Both")
    assert "data SS" in clone.read("-r.toml")


def test_a_planner_that_fails_leaves_the_merge_to_git(tmp_path: Path) -> None:
    clone = set_up(tmp_path / "clone", planner=False)
    branches(clone, BASE.replace('"3w"', '"5w"'), BASE.replace('"3w"', '"9w"'))
    broken = clone.write(".git/bin/planner", "#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    clone.environment["PATH"] = f"{broken.parent}:{clone.environment['PATH']}"
    clone.git("merge", "side", fails=True)
    text = clone.read("roadmap.toml")
    assert text.count("<<<<<<<") == 1
    assert all(f'estimate = "{weeks}w"' in text for weeks in (3, 5, 9))


def test_without_planner_git_merges_by_lines_with_the_base_in_its_markers(tmp_path: Path) -> None:
    clone = set_up(tmp_path, planner=False)
    branches(clone, OURS, THEIRS)
    clone.git("merge", "side", fails=True)
    text = clone.read("roadmap.toml")
    assert "<<<<<<< version A\n" in text
    assert "||||||| base\n" in text
    assert ">>>>>>> version B\n" in text
    assert "data SS" in text
    assert "consent" in text
    # Whoever has planner then settles the rest: nothing was in conflict.
    assert "none unresolved" in clone.planner("resolve", "roadmap.toml")
    assert needs(clone) == ["api", "consent", "data SS"]


def test_whose_each_side_is_is_said(tmp_path: Path) -> None:
    clone = set_up(tmp_path)
    branches(clone, BASE.replace('"3w"', '"5w"'), BASE.replace('"3w"', '"9w"'))
    clone.git("merge", "side", fails=True)
    listed = clone.planner("resolve", "--dry-run", code=1)
    assert "Here ours is your branch (main), theirs what is merged into it." in listed
    clone.git("merge", "--abort")
    clone.git("cherry-pick", "side", fails=True)
    assert "theirs the commit that is picked." in clone.planner("resolve", "--dry-run", code=1)
    clone.git("cherry-pick", "--abort")
    clone.git("checkout", "-q", "side")
    clone.git("rebase", "main", fails=True)
    listed = clone.planner("resolve", "--dry-run", code=1)
    assert "In this rebase ours is what it goes onto, theirs your own work (side)." in listed


def test_a_merge_without_any_driver_is_resolved_from_the_index(tmp_path: Path) -> None:
    clone = clone_at(tmp_path)
    clone.commit("roadmap.toml", BASE, "Base")
    branches(clone, OURS, THEIRS.replace('"3w"', '"9w"'))
    clone.git("merge", "side", fails=True)
    assert "|||||||" not in clone.read("roadmap.toml")
    clone.planner("resolve", "roadmap.toml")
    assert needs(clone) == ["api", "consent", "data SS"]
    assert tomli.loads(clone.read("roadmap.toml"))["initiatives"]["push"]["estimate"] == "9w"


def test_a_file_that_was_resolved_by_hand_is_left_alone(tmp_path: Path) -> None:
    clone = clone_at(tmp_path)
    clone.commit("roadmap.toml", BASE, "Base")
    branches(clone, OURS, THEIRS)
    clone.git("merge", "side", fails=True)
    clone.write("roadmap.toml", BASE)
    clone.planner("resolve", "roadmap.toml", "--ours", code=2)
    assert clone.read("roadmap.toml") == BASE


def test_both_sides_add_the_file(tmp_path: Path) -> None:
    clone = clone_at(tmp_path)
    clone.commit("other.txt", "x\n", "Base")
    clone.write("roadmap.toml", BASE)
    clone.planner("git", "install", "roadmap.toml")
    (tmp_path / "roadmap.toml").unlink()
    clone.commit("other.txt", "y\n", "Driver")
    branches(clone, OURS, THEIRS.replace('"6w"', '"4w"'))
    clone.git("merge", "side", "-m", "Both")
    assert sorted(needs(clone)) == ["api", "consent", "data SS"]


def test_a_broken_side_is_merged_by_lines(tmp_path: Path) -> None:
    clone = set_up(tmp_path)
    branches(clone, BASE.replace('"4w"', "4w"), BASE.replace('"3w"', '"9w"'))
    clone.git("merge", "side", "-m", "Both")
    assert clone.read("roadmap.toml") == BASE.replace('"4w"', "4w").replace('"3w"', '"9w"')


def test_markers_of_a_merge_inside_a_merge_are_longer(tmp_path: Path) -> None:
    clone = set_up(tmp_path)
    clone.write("a", BASE)
    clone.write("b", BASE.replace('"3w"', '"5w"'))
    clone.write("c", BASE.replace('"3w"', '"9w"'))
    clone.planner("merge", "a", "b", "c", "11", "roadmap.toml", code=1)
    assert "\n<<<<<<<<<<< version A\n" in clone.read("b")


def test_the_merged_file_takes_the_place_of_ours_whole(tmp_path: Path) -> None:
    clone = set_up(tmp_path)
    for name, text in (("a", BASE), ("b", OURS), ("c", THEIRS)):
        clone.write(name, text)
    (tmp_path / "kept").hardlink_to(tmp_path / "b")
    clone.planner("merge", "a", "b", "c", "7", "roadmap.toml")
    assert '"6w"' in clone.read("b")
    assert clone.read("kept") == OURS
    assert len(list(tmp_path.glob("b*"))) == 1


def test_a_byte_order_mark_hides_no_conflict_from_git(tmp_path: Path) -> None:
    clone = clone_at(tmp_path)
    base, ours, theirs = (f'\ufeffroadmap.title = "{title}"\n' for title in "abc")
    clone.write("roadmap.toml", base)
    clone.planner("git", "install", "roadmap.toml")
    clone.commit("roadmap.toml", base)
    branches(clone, ours, theirs)
    clone.git("merge", "side", fails=True)
    assert clone.read("roadmap.toml").count("<<<<<<<") == 1
    clone.planner("resolve", "roadmap.toml", "--theirs")
    assert clone.read("roadmap.toml") == theirs


def test_git_diff_shows_keys_and_planner_diff_says_why(tmp_path: Path) -> None:
    clone = set_up(tmp_path)
    changed = BASE.replace(
        'title = "Joint"', 'title = "Joint"\nstart = 2027-03-01\nstatus_date = 2027-03-01'
    )
    clone.commit("roadmap.toml", changed)
    clone.write("roadmap.toml", changed.replace('"4w"', '"5w"'))
    assert "-estimate = 4w\n+estimate = 5w\n" in clone.git("diff")
    said = clone.planner("diff", "-r", "roadmap.toml").splitlines()
    (move,) = [line for line in said if line.startswith("api ")]
    assert "26 Mar → 2 Apr (+5d)" in move
    assert "api 4w → 5w" in move
    (launch,) = [line for line in said if line.startswith("push ")]
    assert "16 Apr → 23 Apr (+5d)" in launch
    assert "api 4w → 5w" in launch
    assert "initiatives.api: estimate 4w → 5w" in said
    assert clone.planner("diff", "HEAD~1", "HEAD", "-r", "roadmap.toml", "--json").startswith("{")
