"""Histories that are not one commit after the other: merges of every shape, gaps, no git."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from planner.analysis.history import moment_of, plan_of_revision
from planner.analysis.record import Record
from planner.errors import ReadError, UsageError
from tests.analysis.records import Committed, causes

LONGER = ('[initiatives.second]\nestimate = "3w"', '[initiatives.second]\nestimate = "4w"')
ASIDE = ('estimate = "1w"', 'estimate = "8w"')


@pytest.fixture
def roadmap(tmp_path: Path) -> Committed:
    return Committed(tmp_path)


def branch(roadmap: Committed, name: str, *edit: tuple[str, str], by: str) -> str:
    """A commit on a branch of its own; the files are those of main again."""
    text = roadmap.text
    roadmap.clone.git("checkout", "-q", "-b", name)
    commit = roadmap.commit(name, *edit, by=by)
    roadmap.clone.git("checkout", "-q", "main")
    roadmap.text = text
    return commit


def merge(roadmap: Committed, *names: str, text: str) -> str:
    """A merge by Mia with this text, whatever git makes of it."""
    git = roadmap.clone.git
    parents = [git("rev-parse", name).strip() for name in ("HEAD", *names)]
    roadmap.text = text
    roadmap.path.write_text(text, encoding="utf-8")
    git("add", "-A")
    tree = git("write-tree").strip()
    roadmap.clone.environment |= {"GIT_AUTHOR_NAME": "Mia"}
    words = [word for parent in parents for word in ("-p", parent)]
    commit = git("commit-tree", tree, *words, "-m", "Merge").strip()
    git("reset", "-q", "--hard", commit)
    return commit


def edited(text: str, *pairs: tuple[str, str]) -> str:
    for old, new in pairs:
        text = text.replace(old, new)
    return text


def test_an_octopus_merge_is_one_step_of_several_authors(roadmap: Committed) -> None:
    ben = branch(roadmap, "ben", LONGER, by="Ben")
    cem = branch(roadmap, "cem", ASIDE, by="Cem")
    commit = merge(roadmap, "ben", "cem", text=edited(roadmap.text, LONGER, ASIDE))
    (step,) = roadmap.steps()
    assert step.revision.commit == commit
    both = [("aside", "Cem", cem), ("second", "Ben", ben)]
    assert [(each.id, each.author, each.commit) for each in step.causes] == both
    roadmap.commit("Aside is short again", ASIDE[::-1], by="Ana")
    row = roadmap.compared("HEAD~2").move("launch")
    assert [(each.id, each.author, each.commit) for each in row.causes] == both[1:]


def test_what_a_merge_makes_of_a_table_itself_is_of_who_merged(roadmap: Committed) -> None:
    branch(roadmap, "ben", LONGER, by="Ben")
    commit = merge(roadmap, "ben", text=edited(roadmap.text, ('"3w"', '"6w"')))
    (step,) = roadmap.steps()
    assert [(each.author, each.commit) for each in step.causes] == [("Mia", commit)]


def test_a_criss_cross_merge_finds_who_changed_it(roadmap: Committed) -> None:
    """`side` took main in, went on, and came back to main."""
    roadmap.clone.git("checkout", "-q", "-b", "side")
    longer = roadmap.commit("Longer", LONGER, by="Ben")
    roadmap.clone.git("checkout", "-q", "main")
    roadmap.text = edited(roadmap.text, LONGER[::-1])
    roadmap.commit("A title", ("[initiatives.aside]\n", '[initiatives.aside]\ntitle = "A"\n'))
    text = edited(roadmap.text, LONGER)
    roadmap.clone.git("checkout", "-q", "side")
    merge(roadmap, "main", text=text)
    roadmap.commit("Note", ("[initiatives.first]\n", '[initiatives.first]\nnotes = "n"\n'), by="Di")
    text = roadmap.text
    roadmap.clone.git("checkout", "-q", "main")
    merge(roadmap, "side", text=text)
    (step,) = roadmap.steps()
    assert [(each.author, each.commit) for each in step.causes] == [("Ben", longer)]


def test_a_merge_inside_a_merge_is_followed(roadmap: Committed) -> None:
    deep = branch(roadmap, "deep", LONGER, by="Ben")
    roadmap.clone.git("checkout", "-q", "-b", "side")
    merge(roadmap, "deep", text=edited(roadmap.text, LONGER))
    text = roadmap.text
    roadmap.clone.git("checkout", "-q", "main")
    merge(roadmap, "side", text=text)
    (step,) = roadmap.steps()
    assert [(each.author, each.commit) for each in step.causes] == [("Ben", deep)]


def test_a_conflict_that_was_committed_is_a_gap(roadmap: Committed) -> None:
    whole = roadmap.text
    roadmap.text = "<<<<<<< ours\n" + whole + "=======\n" + whole + ">>>>>>> theirs\n"
    broken = roadmap.commit("Oh")
    roadmap.text = whole
    roadmap.commit("Resolved")
    shown = roadmap.history("launch")
    assert [gap.revision.commit for gap in shown.gaps] == [broken]
    assert [trend.steps for trend in shown.trends] == [()]
    with pytest.raises(ReadError):
        plan_of_revision(roadmap.path, broken)


def test_a_revision_that_cannot_be_read_moves_no_status_date(roadmap: Committed) -> None:
    whole = roadmap.text
    roadmap.text = "no toml\n"
    roadmap.commit("Oh", day="2027-03-20")
    roadmap.text = whole
    roadmap.commit("Mended", day="2027-03-21")
    assert moment_of(roadmap.path, "HEAD") == date(2027, 3, 1)
    assert roadmap.steps() == []


def test_a_repository_is_older_than_its_roadmap(tmp_path: Path) -> None:
    roadmap = Committed(tmp_path)
    git = roadmap.clone.git
    git("checkout", "-q", "--orphan", "late")
    git("rm", "-q", "-rf", ".")
    roadmap.clone.commit("other.txt", "x", "Something else")
    roadmap.path.write_text(roadmap.text, encoding="utf-8")
    git("add", "-A")
    git("commit", "-q", "-m", "A roadmap")
    roadmap.commit("Longer", LONGER, by="Ben")
    (trend,) = roadmap.history("launch").trends
    assert len(trend.points) == 2
    assert [causes(step) for step in trend.steps] == [[("second 3w → 4w", "Ben", 5)]]
    found = roadmap.compared("HEAD~2")
    assert found.moves == ()
    assert {change.what for change in found.changes} >= {"added"}


def test_a_roadmap_that_was_away_for_a_while_goes_on(roadmap: Committed) -> None:
    roadmap.clone.git("rm", "-q", "roadmap.toml")
    roadmap.clone.git("commit", "-q", "-m", "Gone")
    roadmap.commit("Back, and longer", LONGER)
    shown = roadmap.history("launch")
    assert len(shown.gaps) == 1
    assert [causes(step)[0][0] for step in shown.trends[0].steps] == ["second 3w → 4w"]


def test_a_commit_that_did_not_touch_it_is_at_its_own_moment(roadmap: Committed) -> None:
    roadmap.commit("No status date", ("status_date = 2027-03-01\n", ""), day="2027-03-05")
    roadmap.clone.write("other.txt", "x")
    roadmap.commit("Something else", day="2027-03-10")
    assert moment_of(roadmap.path, "HEAD") == date(2027, 3, 10)
    assert plan_of_revision(roadmap.path, "HEAD").as_of == date(2027, 3, 10)


def test_a_clone_that_ends_says_so(roadmap: Committed, tmp_path: Path) -> None:
    roadmap.commit("Longer", LONGER)
    roadmap.commit("Shorter", LONGER[::-1])
    other = tmp_path / "clone"
    roadmap.clone.git("clone", "-q", "--depth=2", f"file://{roadmap.clone.top}", str(other))
    roadmap.path = other / "roadmap.toml"
    shown = roadmap.history("launch")
    assert shown.shallow
    assert [len(trend.points) for trend in shown.trends] == [2]
    with pytest.raises(UsageError):
        roadmap.compared("HEAD~2")


def test_without_git_there_is_no_history(
    roadmap: Committed, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    with pytest.raises(UsageError, match="git can't be run"):
        roadmap.history()


def test_before_the_first_commit_there_is_none(roadmap: Committed) -> None:
    roadmap.clone.git("checkout", "-q", "--orphan", "fresh")
    with pytest.raises(UsageError, match="nothing is committed yet"):
        roadmap.history()
    with pytest.raises(UsageError, match="nothing is committed yet"):
        roadmap.compared("HEAD")


def test_what_was_never_committed_is_one_step(roadmap: Committed, tmp_path: Path) -> None:
    roadmap.path = tmp_path / "other.toml"
    roadmap.path.write_text(roadmap.text, encoding="utf-8")
    (trend,) = roadmap.history("launch").trends
    assert [(point.revision.commit, point.finish) for point in trend.points] == [
        (None, date(2027, 4, 2))
    ]
    assert trend.steps == ()
    assert roadmap.compared("HEAD").moves == ()


@pytest.mark.parametrize(
    "text",
    [
        "[roadmap]\nstatus_date = 2027-03-20\n",
        '[roadmap]\ntitle = "x"  # said\nstatus_date = 2027-03-20 # so far\nstart = 2027-03-01\n',
        "[roadmap]\r\nstatus_date = 2027-03-20\r\n",
        "[ roadmap ]\n  status_date=2027-03-20\n",
        "roadmap.status_date = 2027-03-20\n",
        "roadmap = { status_date = 2027-03-20 }\n",
        '"roadmap"."status_date" = 2027-03-20\n',
        '[roadmap]\nnotes = """\nstatus_date = 2027-03-11\n"""\nstatus_date = 2027-03-20\n',
        '[roadmap]\n\n[initiatives.a]\nnotes = """\n[roadmap]\nstatus_date = 2027-03-11\n"""\n',
        "[roadmap]\n[initiatives.a]\nstatus_date = 2027-03-11\n",
        '[roadmap]\nstatus_date = "2027-03-11"\n',
        "[roadmap]\nstatus_date = 1827-03-11\n",
        "[roadmap]\nstatus_date = 2027-03-11T10:00:00\n",
        "[roadmap]\n# status_date = 2027-03-11\n",
        '[initiatives.a]\nestimate = "1w"\n',
        '[initiatives.a]\nnotes = "no roadmap"\n[roadmap]\nstatus_date = 2027-03-20',
    ],
)
def test_a_status_date_that_is_only_looked_for_is_the_one_that_is_read(
    tmp_path: Path, text: str
) -> None:
    roadmap = Committed(tmp_path)
    roadmap.text = text
    roadmap.commit("Text", day="2027-03-15")
    record = Record(roadmap.path)
    assert record.moments() == [revision.day for revision in Record(roadmap.path).revisions()]
