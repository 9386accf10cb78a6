"""Others at the same files: seen, merged, told, and never overwritten."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.errors import ChangedOnDisk, EditRefused, SaveError
from planner.files.restore_deleted import put_back
from planner.files.watching import COARSE_SECONDS
from planner.session.dead_sessions import recoverable
from planner.session.session import Session
from planner.text.edits import AddTable, RemoveTable
from tests.files.people import PLAN, estimate, opened, start, they_write


def said(session: Session) -> str:
    """The line about what others did."""
    report = session.merge_external()
    return report.message if report else ""


def value(session: Session, id: str, key: str = "estimate") -> object:
    return session.plan.tables["initiatives"][id].get(key)


def test_a_change_on_disk_is_taken_in_and_told(tmp_path: Path) -> None:
    path = start(tmp_path)
    session = opened(path)
    they_write(path, '"6w"', '"8w"')
    assert said(session) == "on disk: profile-api estimate 6w → 8w"
    assert value(session, "profile-api") == "8w"
    assert not session.unsaved


def test_nothing_new_is_nothing_said(tmp_path: Path) -> None:
    path = start(tmp_path)
    session = opened(path)
    assert session.merge_external() is None
    session.apply(estimate("web-push", "4w"))
    assert session.merge_external() is None
    session.save()
    assert session.merge_external() is None


def test_both_changes_are_kept(tmp_path: Path) -> None:
    path = start(tmp_path)
    session = opened(path)
    session.apply(estimate("web-push", "4w"))
    they_write(path, '"6w"', '"8w"')
    assert said(session) == "on disk: profile-api estimate 6w → 8w"
    assert (value(session, "web-push"), value(session, "profile-api")) == ("4w", "8w")
    assert session.unsaved
    session.save()
    assert path.read_text() == PLAN.replace('"3w"', '"4w"').replace('"6w"', '"8w"')


def test_a_save_takes_in_what_others_wrote(tmp_path: Path) -> None:
    path = start(tmp_path)
    session = opened(path)
    session.apply(estimate("web-push", "4w"))
    they_write(path, '"6w"', '"8w"')
    saved = session.save()
    assert saved.merged == "on disk: profile-api estimate 6w → 8w"
    assert path.read_text() == PLAN.replace('"3w"', '"4w"').replace('"6w"', '"8w"')


def test_two_sessions_see_each_other_s_saves(tmp_path: Path) -> None:
    path = start(tmp_path)
    one, two = opened(path), opened(path)
    one.apply(estimate("web-push", "4w"))
    one.save()
    two.apply(estimate("profile-api", "8w"))
    two.save()
    assert one.merge_external() is not None
    assert value(one, "profile-api") == value(two, "profile-api") == "8w"
    assert value(one, "web-push") == value(two, "web-push") == "4w"


def test_comments_of_others_come_too(tmp_path: Path) -> None:
    path = start(tmp_path)
    session = opened(path)
    session.apply(estimate("web-push", "4w"))
    they_write(path, "# Legal asked for this.", "# Legal asked for this, twice.")
    assert said(session) == "on disk: comments or layout"
    session.save()
    assert "# Legal asked for this, twice." in path.read_text()


# --- one key, two values --------------------------------------------------------------------------


def both_changed(tmp_path: Path) -> tuple[Path, Session]:
    path = start(tmp_path)
    session = opened(path)
    session.apply(estimate("web-push", "4w"))
    they_write(path, '"3w"', '"5w"')
    return path, session


def test_one_key_with_two_values_asks(tmp_path: Path) -> None:
    _, session = both_changed(tmp_path)
    assert "both changed initiatives.web-push.estimate: choose one" in said(session)
    (question,) = session.working_copy.merge_conflicts
    assert (question.base, question.ours, question.theirs) == ("3w", "4w", "5w")


def test_nothing_is_saved_over_an_open_question(tmp_path: Path) -> None:
    path, session = both_changed(tmp_path)
    for _ in range(2):
        with pytest.raises(ChangedOnDisk):
            session.save()
        assert '"5w"' in path.read_text()


@pytest.mark.parametrize(("choice", "chosen"), [("ours", "4w"), ("theirs", "5w"), ("base", "3w")])
def test_the_answer_is_saved(tmp_path: Path, choice: str, chosen: str) -> None:
    path, session = both_changed(tmp_path)
    session.merge_external()
    session.resolve({session.working_copy.merge_conflicts[0].name: choice})  # type: ignore[dict-item]
    assert not session.working_copy.merge_conflicts
    session.save()
    assert path.read_text() == PLAN.replace('"3w"', f'"{chosen}"')


def test_a_table_removed_here_and_changed_there_asks(tmp_path: Path) -> None:
    path = start(tmp_path)
    session = opened(path)
    session.apply(RemoveTable("initiatives", "web-push"))
    they_write(path, '"3w"', '"5w"')
    session.merge_external()
    assert [each.name for each in session.working_copy.merge_conflicts] == ["initiatives.web-push"]
    session.resolve({"initiatives.web-push": "theirs"})
    assert value(session, "web-push") == "5w"


def test_edits_go_on_while_a_question_is_open(tmp_path: Path) -> None:
    path, session = both_changed(tmp_path)
    session.merge_external()
    session.apply(estimate("consent-center", "9w"))
    session.resolve({session.working_copy.merge_conflicts[0].name: "theirs"})
    session.save()
    assert path.read_text() == PLAN.replace('"3w"', '"5w"').replace('"5w"', '"9w"', 1)


def test_an_open_question_outlives_the_session(tmp_path: Path) -> None:
    path, session = both_changed(tmp_path)
    session.merge_external()
    session.close()
    recovery = recoverable(path)
    assert recovery is not None
    after = opened(path)
    after.restore(recovery)
    assert [each.theirs for each in after.working_copy.merge_conflicts] == ["5w"]


# --- undo -----------------------------------------------------------------------------------------


def test_undo_takes_back_ours_and_never_theirs(tmp_path: Path) -> None:
    path = start(tmp_path)
    session = opened(path)
    session.apply(estimate("web-push", "4w"), "longer")
    they_write(path, '"6w"', '"8w"')
    session.merge_external()
    assert session.history.undo() == "longer"
    assert (value(session, "web-push"), value(session, "profile-api")) == ("3w", "8w")
    assert not session.unsaved
    assert session.history.undo() is None
    assert session.history.redo() == "longer"
    assert (value(session, "web-push"), value(session, "profile-api")) == ("4w", "8w")


def test_undo_after_a_choice_keeps_the_choice(tmp_path: Path) -> None:
    _, session = both_changed(tmp_path)
    session.apply(estimate("profile-api", "7w"))
    session.merge_external()
    session.resolve({session.working_copy.merge_conflicts[0].name: "theirs"})
    session.history.undo()
    assert value(session, "web-push") == "5w"
    session.history.undo()
    assert value(session, "web-push") == "5w"


# --- files that can't be read ---------------------------------------------------------------------


@pytest.mark.parametrize("text", ["[initiatives.web-push\n", "", "a = 1\na = 2\n"])
def test_a_file_that_no_longer_parses_keeps_the_last_good_plan(tmp_path: Path, text: str) -> None:
    path = start(tmp_path)
    session = opened(path)
    session.apply(estimate("web-push", "4w"))
    path.write_text(text)
    assert "Showing the last readable version" in said(session)
    assert "plan.toml" in str(session.working_copy.broken)
    assert value(session, "web-push") == "4w"
    with pytest.raises(ChangedOnDisk):
        session.save()
    assert path.read_text() == text

    path.write_text(PLAN.replace('"6w"', '"8w"'))
    assert "profile-api" in said(session)
    assert str(session.working_copy.broken) == "None"
    assert value(session, "web-push") == "4w"


def test_a_merge_that_breaks_the_plan_says_so(tmp_path: Path) -> None:
    path = start(tmp_path)
    session = opened(path)
    session.apply(estimate("web-push", "4w"))
    session.history.undo()
    session.apply(AddTable("initiatives", "loyalty", {"needs": ["web-push"]}))
    text = PLAN[: PLAN.index("[initiatives.web-push]")]
    path.write_text(text)
    line = said(session)
    assert "web-push removed" in line
    assert "more to solve" in line


def test_an_id_that_others_renamed_brings_nothing_to_solve(tmp_path: Path) -> None:
    late = PLAN.replace('"6w"', '"6w"\ndeadline = 2027-01-05', 1)
    path = start(tmp_path)
    path.write_text(late)
    session = opened(path)
    assert "DATE01:profile-api" in {one.fingerprint for one in session.plan.findings}
    path.write_text(late.replace("profile-api", "api"))
    line = said(session)
    assert "DATE01:api" in {one.fingerprint for one in session.plan.findings}
    assert "more to solve" not in line


def test_what_was_left_out_comes_back_without_taking_back_what_they_wrote(tmp_path: Path) -> None:
    path = start(tmp_path)
    session = opened(path)
    session.apply(estimate("web-push", "4w"))
    they_write(path, '"6w"', '"8w"')
    session.reload()
    session.history.undo()
    assert (value(session, "web-push"), value(session, "profile-api")) == ("4w", "8w")
    session.save()
    assert path.read_text() == PLAN.replace('"3w"', '"4w"').replace('"6w"', '"8w"')


# --- folders --------------------------------------------------------------------------------------


def folder(tmp_path: Path) -> Path:
    (tmp_path / "roadmap.toml").write_text("[roadmap]\n")
    (tmp_path / "it.toml").write_text('[initiatives.profile-api]\nestimate = "6w"\n')
    return tmp_path


def test_a_file_that_was_added_to_a_folder(tmp_path: Path) -> None:
    session = opened(folder(tmp_path))
    session.apply(estimate("profile-api", "7w"))
    (tmp_path / "marketing.toml").write_text('[initiatives.web-push]\nestimate = "3w"\n')
    assert said(session) == "on disk: marketing.toml is new; web-push added"
    session.save()
    assert '"7w"' in (tmp_path / "it.toml").read_text()


def test_a_file_that_was_removed_from_a_folder(tmp_path: Path) -> None:
    session = opened(folder(tmp_path))
    (tmp_path / "it.toml").unlink()
    assert said(session) == "on disk: it.toml is gone; profile-api removed"


def test_a_file_that_was_removed_with_unsaved_changes_in_it(tmp_path: Path) -> None:
    session = opened(folder(tmp_path))
    session.apply(estimate("profile-api", "7w"))
    (tmp_path / "it.toml").unlink()
    assert "the file with your unsaved changes is gone" in said(session)
    assert value(session, "profile-api") == "7w"


def test_a_file_that_was_removed_before_all_was_read_again_stays_so(tmp_path: Path) -> None:
    session = opened(folder(tmp_path))
    (tmp_path / "marketing.toml").write_text('[initiatives.web-push]\nestimate = "3w"\n')
    session.merge_external()
    session.apply(estimate("profile-api", "7w"))
    (tmp_path / "marketing.toml").unlink()
    session.reload()
    session.history.undo()
    assert value(session, "profile-api") == "7w"
    session.save()
    assert sorted(path.name for path in tmp_path.glob("*.toml")) == ["it.toml", "roadmap.toml"]


def test_what_was_left_out_of_a_file_that_is_removed_cannot_come_back(tmp_path: Path) -> None:
    session = opened(folder(tmp_path))
    session.apply(estimate("profile-api", "7w"))
    (tmp_path / "it.toml").unlink()
    session.reload()
    with pytest.raises(EditRefused, match="the file with your unsaved changes is gone"):
        session.history.undo()
    assert not session.unsaved


# --- noticing -------------------------------------------------------------------------------------


class Clock:
    """The time that a look at the disk sees, a second on from one look to the next."""

    def __init__(self) -> None:
        self.now = time.time()

    def time(self) -> float:
        return self.now

    def passes(self, seconds: float = 1.0) -> None:
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Time that passes when a test says so."""
    clock = Clock()
    monkeypatch.setattr("planner.files.watching.time", clock)
    return clock


def test_a_change_is_noticed_within_two_seconds(tmp_path: Path, clock: Clock) -> None:
    path = start(tmp_path)
    session = opened(path)
    session.poll()
    path.write_text(PLAN.replace('"6w"', '"8w"'))
    clock.now = path.stat().st_mtime_ns / 1e9
    assert session.poll() is None
    clock.passes()
    assert session.poll() is not None
    assert value(session, "profile-api") == "8w"
    clock.passes()
    assert session.poll() is None


def test_our_own_save_is_nothing_new(tmp_path: Path, clock: Clock) -> None:
    path = start(tmp_path)
    session = opened(path)
    session.poll()
    session.apply(estimate("web-push", "4w"))
    session.save()
    for _ in range(4):
        clock.passes()
        assert session.poll() is None


def test_a_look_reads_nothing_once_the_file_is_old(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two writes in one tick of a coarse clock look alike: a young file is read at each look."""
    path, read = start(tmp_path), []

    def reading(file: Path) -> bytes:
        read.append(file)
        return file.read_bytes()

    monkeypatch.setattr("planner.files.watching.read_file", reading)
    session = opened(path)
    session.poll()
    clock.passes(COARSE_SECONDS + 1)
    session.poll()
    young = len(read)
    assert young > 0
    for _ in range(20):
        clock.passes()
        session.poll()
    assert len(read) == young


# --- something else in the file's place -----------------------------------------------------------


def nothing(_path: Path) -> None:
    """The file is gone."""


def a_huge_file(path: Path) -> None:
    path.touch()
    os.truncate(path, 100 << 30)


INSTEAD: dict[Callable[[Path], None], str] = {
    nothing: "no such file",
    os.mkfifo: "a pipe, not a file",
    Path.mkdir: "",  # a folder with no roadmap in it
    a_huge_file: "102400 MB are more than a roadmap can have",
    lambda path: path.symlink_to("nowhere"): "no such file",
    lambda path: path.symlink_to(path.name): "symbolic links",
    lambda path: path.symlink_to("/dev/zero"): "a device",
}
"""What took the file's place, and what is said of it."""


@pytest.mark.parametrize("put", INSTEAD)
def test_whatever_takes_the_file_s_place_is_told_and_left_alone(
    tmp_path: Path, clock: Clock, put: Callable[[Path], None]
) -> None:
    path = start(tmp_path)
    session = opened(path)
    session.apply(estimate("web-push", "4w"))
    session.poll()
    path.rename(tmp_path / "away")
    put(path)
    told = until_told(session, clock)
    assert "Showing the last readable version" in told
    assert INSTEAD[put] in told
    with pytest.raises(SaveError, match="not saved"):
        session.save()
    if put != nothing:
        path.rmdir() if path.is_dir() else path.unlink()
    (tmp_path / "away").rename(path)
    assert until_told(session, clock) == "plan.toml can be read again, and is as it was"
    session.save()
    assert path.read_text() == PLAN.replace('"3w"', '"4w"')


def until_told(session: Session, clock: Clock) -> str:
    """The next thing that the look at the disk tells; it waits until a file is quiet."""
    for _ in range(3):
        if report := session.poll():
            return report.message
        clock.passes()
    raise AssertionError("nothing was told")


def test_a_save_says_that_the_file_on_disk_can_not_be_read(tmp_path: Path) -> None:
    path = start(tmp_path)
    session = opened(path)
    session.apply(estimate("web-push", "4w"))
    path.write_text("[initiatives.web-push\n")
    with pytest.raises(ChangedOnDisk) as caught:
        session.save()
    assert "what is on disk can't be read" in caught.value.message
    assert "correct it there, then save again" in str(caught.value.hint)
    assert "in a recovery file" in str(caught.value.hint)


def test_a_file_that_is_gone_is_put_back_and_saved(tmp_path: Path) -> None:
    path = start(tmp_path)
    session = opened(path)
    session.apply(estimate("web-push", "4w"))
    path.unlink()
    assert session.working_copy.gone() == (path,)
    session.put_back()
    assert path.read_text() == PLAN
    session.save()
    assert path.read_text() == PLAN.replace('"3w"', '"4w"')
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


def test_a_file_is_put_back_over_nothing_that_is_there(tmp_path: Path) -> None:
    path = start(tmp_path)
    with pytest.raises(SaveError, match="something of its name is there again"):
        put_back({path: b"other"})
    assert path.read_text() == PLAN
