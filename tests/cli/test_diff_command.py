"""`planner diff`: then, then as it is seen now, and now; by date, by word, and by revision."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.analysis.records import Committed
from tests.cli.conftest import printed_json

LONGER = ('[initiatives.second]\nestimate = "3w"', '[initiatives.second]\nestimate = "4w"')


@pytest.fixture
def roadmap(tmp_path: Path) -> Committed:
    """`launch` was planned for 2 Apr; a week went by, then Ben made `second` a week longer, Ana set
    a title and an agreement, and another week went by.
    """
    made = Committed(tmp_path)
    made.commit("A week", ("status_date = 2027-03-01", "status_date = 2027-03-08"))
    made.commit("Longer", LONGER, by="Ben", day="2027-03-08")
    made.commit(
        "Said",
        ("[initiatives.aside]\n", '[initiatives.aside]\ntitle = "Aside"\n'),
        ('["first"]', '[{ on = "first", agreed = 2027-03-08 }]'),
    )
    made.commit("Another", ("status_date = 2027-03-08", "status_date = 2027-03-15"))
    return made


def diff(roadmap: Committed, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        roadmap.clone.planner("diff", *words, "-r", "roadmap.toml", "--json")
    )
    return found


def launch(found: dict[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = next(each for each in found["moved"] if each["id"] == "launch")
    return row


def test_then_is_shown_as_it_was_then(roadmap: Committed) -> None:
    row = launch(diff(roadmap, "HEAD~4"))
    assert (row["then"], row["seen"], row["now"]) == ("2027-04-02", "2027-04-16", "2027-04-23")
    assert (row["moved"], row["time"], row["edits"]) == (15, 10, 5)
    assert [(each["id"], each["author"], each["days"]) for each in row["causes"]] == [
        ("second", "Ben", 5)
    ]
    assert row["causes"][0]["commit"] == roadmap.clone.git("rev-parse", "HEAD~2").strip()
    assert row["waited"] == ["first should have started on 1 Mar and has not"]


def test_the_keys_of_before_are_there_with_the_same_values(roadmap: Committed) -> None:
    found = diff(roadmap, "HEAD~4")
    row = launch(found)
    assert (row["before"], row["after"], row["days"]) == (row["then"], row["now"], row["moved"])
    assert (found["from"], found["to"], found["as_of"]) == ("HEAD~4", None, "2027-03-15")
    assert (found["base"]["day"], found["revision"]["day"]) == ("2027-03-01", "2027-03-15")


def test_two_revisions_are_each_at_their_own_moment(roadmap: Committed) -> None:
    found = diff(roadmap, "HEAD~4", "HEAD~2")
    row = launch(found)
    assert (row["then"], row["seen"], row["now"]) == ("2027-04-02", "2027-04-09", "2027-04-16")
    assert found["revision"]["author"] == "Ben"
    back = launch(diff(roadmap, "HEAD~2", "HEAD~4"))
    assert (back["then"], back["now"], back["moved"]) == ("2027-04-16", "2027-04-02", -10)


@pytest.mark.parametrize("words", [("2027-03-10",), ("--since", "2027-03-10"), ("2027-03-08",)])
def test_a_date_is_the_last_revision_up_to_then(roadmap: Committed, words: tuple[str]) -> None:
    found = diff(roadmap, *words)
    assert found["base"]["commit"] == roadmap.clone.git("rev-parse", "HEAD~1").strip()
    assert (launch(found)["time"], launch(found)["edits"]) == (5, 0)


def test_a_weekday_is_the_last_one_before_the_status_date(roadmap: Committed) -> None:
    found = diff(roadmap, "--since", "fri")  # Monday 15 March: the 12th
    assert found["base"]["commit"] == roadmap.clone.git("rev-parse", "HEAD~1").strip()


def test_last_is_the_last_joint_meeting(roadmap: Committed) -> None:
    done = roadmap.clone.run("planner", "diff", "--since", "last", "-r", "roadmap.toml")
    assert done.returncode == 2
    meeting = "[meetings.joint]\nlast = 2027-03-02\n\n[initiatives.first]"
    roadmap.edit(("[initiatives.first]", meeting))
    found = diff(roadmap, "--since", "last")
    assert found["base"]["commit"] == roadmap.clone.git("rev-parse", "HEAD~4").strip()


def test_looked_is_what_one_last_looked_at(roadmap: Committed, tmp_path: Path) -> None:
    roadmap.clone.environment |= {"XDG_STATE_HOME": str(tmp_path / "state"), "HOME": str(tmp_path)}
    done = roadmap.clone.run("planner", "diff", "--since", "looked", "-r", "roadmap.toml")
    assert done.returncode == 2
    look = "from pathlib import Path; from planner.session.session import Session; "
    look += "Session.open(Path('roadmap.toml')).keep_look()"
    done = roadmap.clone.run(sys.executable, "-c", look)
    assert done.returncode == 0, done.stderr
    looked = roadmap.clone.git("rev-parse", "HEAD").strip()
    roadmap.commit("Longer still", ('"4w"', '"5w"'), by="Cem")
    found = diff(roadmap, "--since", "looked")
    assert found["base"]["commit"] == looked
    assert [each["author"] for each in launch(found)["causes"]] == ["Cem"]


def test_a_date_before_the_first_revision_is_refused_with_the_first(roadmap: Committed) -> None:
    done = roadmap.clone.run("planner", "diff", "2027-02-01", "-r", "roadmap.toml")
    assert done.returncode == 2
    assert "2027-03-01" in done.stderr


def test_a_branch_that_is_called_like_a_date_is_asked_about(roadmap: Committed) -> None:
    roadmap.clone.git("branch", "2027-03-10", "HEAD~4")
    done = roadmap.clone.run("planner", "diff", "2027-03-10", "-r", "roadmap.toml")
    assert done.returncode == 2
    found = diff(roadmap, "refs/heads/2027-03-10")
    assert found["base"]["day"] == "2027-03-01"
    roadmap.clone.git("branch", "q1", "HEAD~4")
    assert diff(roadmap, "q1")["base"]["day"] == "2027-03-01"


def test_what_is_not_committed_is_nobodys(roadmap: Committed) -> None:
    roadmap.edit(('"4w"', '"5w"'))
    row = launch(diff(roadmap))
    assert (row["time"], row["edits"]) == (0, 5)
    assert [(each["commit"], each["author"]) for each in row["causes"]] == [(None, "")]
    both = launch(diff(roadmap, "HEAD~4"))
    assert both["edits"] == 10
    assert [(each["commit"], each["days"]) for each in both["causes"]] == [(None, 10)]


def test_the_clock_alone_makes_no_conflict(tmp_path: Path) -> None:
    made = Committed(tmp_path)
    made.commit("Due", ('kind = "milestone"\n', 'kind = "milestone"\ndeadline = 2027-04-05\n'))
    made.commit("Late", ("status_date = 2027-03-01", "status_date = 2027-03-15"))
    found = diff(made, "HEAD~1")
    assert launch(found)["time"] == 10
    assert [found[each] for each in ("gained", "worse", "better", "lost")] == [[], [], [], []]


def test_as_of_is_the_moment_of_the_later_one(roadmap: Committed) -> None:
    found = diff(roadmap, "HEAD~4", "--as-of", "2027-03-22")
    assert (found["base"]["day"], found["as_of"]) == ("2027-03-01", "2027-03-22")
    assert launch(found)["time"] == 15


def test_it_is_what_its_schema_says(roadmap: Committed) -> None:
    found = diff(roadmap, "HEAD~4")
    printed_json("DiffShown").validate(found)
    shown = json.loads(roadmap.clone.planner("history", "-r", "roadmap.toml", "--json"))
    printed_json("HistoryShown").validate(shown)


def test_a_page_says_both_parts_with_author_and_commit(roadmap: Committed) -> None:
    page = roadmap.clone.planner("diff", "HEAD~4", "-r", "roadmap.toml", "--dates")
    first = page.splitlines()[0]
    for words in ("launch 2 Apr → 23 Apr (+15d)", "+10d time", "+5d edits", "second 3w → 4w, Ben"):
        assert words in first
    assert date(2027, 4, 23) == roadmap.plan.schedule.finish


# --- merges ---------------------------------------------------------------------------------------


def test_in_a_merge_the_author_is_who_changed_the_table_there(tmp_path: Path) -> None:
    made = Committed(tmp_path)
    made.clone.git("checkout", "-q", "-b", "side")
    longer = made.commit("Longer", LONGER, by="Ben")
    title = ("[initiatives.aside]\n", '[initiatives.aside]\ntitle = "A"\n')
    made.commit("A title", title, by="Cem")
    made.clone.git("checkout", "-q", "main")
    made.clone.git("merge", "-q", "--no-ff", "-m", "Merge", "side")
    made.text = made.path.read_text(encoding="utf-8")
    merge = made.clone.git("rev-parse", "HEAD").strip()
    (step,) = made.steps()
    assert step.revision.commit == merge
    assert [(each.author, each.commit, each.days) for each in step.causes] == [("Ben", longer, 5)]
    row = launch(diff(made, "HEAD~1"))
    assert [(each["author"], each["commit"]) for each in row["causes"]] == [("Ben", longer)]


def test_what_another_branch_changed_is_of_whoever_changed_it_there(tmp_path: Path) -> None:
    made = Committed(tmp_path)
    made.clone.git("checkout", "-q", "-b", "side")
    longer = made.commit("Longer", LONGER, by="Ben")
    made.clone.git("checkout", "-q", "main")
    made.text = made.path.read_text(encoding="utf-8")
    made.commit("Aside", ('"1w"', '"2w"'), by="Cem")
    row = launch(diff(made, "side"))
    assert row["edits"] == -5
    assert [(each["author"], each["commit"]) for each in row["causes"]] == [("Ben", longer)]
