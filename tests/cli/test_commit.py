"""`planner commit`: what it prints, and that a rehearsal changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.git.clones import Clone, clone_at

PLAN = '[roadmap]\nstatus_date = 2027-03-01\n[initiatives.a]\nestimate = "9w"\n'


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    made = clone_at(tmp_path / "clone")
    made.commit("roadmap.toml", PLAN)
    return made


def test_it_commits_with_its_own_words_or_with_ones_that_are_given(clone: Clone) -> None:
    clone.write("staged.txt", "staged\n")
    clone.git("add", "staged.txt")
    assert clone.planner("commit") == ""
    clone.write("roadmap.toml", PLAN.replace("9w", "8w"))
    head = clone.git("rev-parse", "HEAD")
    told = clone.planner("commit", "--dry-run")
    assert "would commit roadmap.toml: a: estimate 9w → 8w" in told
    assert "a 30 Apr → 23 Apr (−5d)" in told
    assert '+estimate = "8w"' in clone.planner("commit", "--dry-run", "--diff")
    assert clone.git("rev-parse", "HEAD") == head
    told = clone.planner("commit")
    assert told == f"committed main {clone.git('rev-parse', 'HEAD')[:7]}: a: estimate 9w → 8w\n"
    clone.write("roadmap.toml", PLAN.replace("9w", "7w"))
    clone.planner("commit", "-m", "Agreed with Ben")
    assert clone.git("log", "--format=%s", "-2") == "Agreed with Ben\na: estimate 9w → 8w\n"
    assert clone.git("status", "--porcelain") == "A  staged.txt\n"


def test_without_git_and_in_a_merge_it_says_why(clone: Clone, tmp_path: Path) -> None:
    clone.write("roadmap.toml", PLAN.replace("9w", "8w"))
    clone.write(".git/MERGE_HEAD", clone.git("rev-parse", "HEAD"))
    assert clone.planner("commit", code=2) == ""
    (tmp_path / "alone").mkdir()
    (tmp_path / "alone" / "roadmap.toml").write_text(PLAN, encoding="utf-8")
    done = clone.run("planner", "commit", str(tmp_path / "alone"))
    assert done.returncode == 2
    assert "no git repository" in done.stderr
    assert "`git init`" in done.stderr
    assert "rev-parse" not in done.stderr
