"""A session that died: everything it acknowledged is offered at the next start, and only once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from planner.roadmap.figures import date_text
from planner.session.dead_sessions import recoverable
from planner.session.journal import Journal, SaveRecord
from planner.session.recovery import Recovery
from planner.session.session import Session
from tests.files.people import PLAN, dies, estimate, opened, start, they_write


def unsaved(path: Path) -> str | None:
    """What the next start offers to restore."""
    recovery = recoverable(path)
    if recovery is None:
        return None
    recovery.close()
    return recovery.describe()


def test_nothing_is_offered_where_nothing_was_lost(tmp_path: Path) -> None:
    path = start(tmp_path)
    dies(opened(path))
    assert unsaved(path) is None


def test_an_edit_is_offered_and_restored(tmp_path: Path) -> None:
    path = start(tmp_path)
    session = opened(path)
    session.apply(estimate("web-push", "4w"))
    text = session.workspace.documents[0].text
    dies(session)

    recovery = recoverable(path)
    assert recovery is not None
    since = f"{date_text(recovery.since.date(), recovery.since.date())} {recovery.since:%H:%M}"
    assert f"1 unsaved change since {since}:" in recovery.describe()
    assert "web-push estimate 3w → 4w" in recovery.describe()
    after = opened(path)
    after.restore(recovery)
    assert after.workspace.documents[0].text == text
    assert after.unsaved
    after.save()
    assert path.read_text() == text
    after.close()
    assert unsaved(path) is None


def test_what_was_left_out_to_read_the_files_again_is_offered_until_it_is_back(
    tmp_path: Path,
) -> None:
    path = start(tmp_path)
    session = opened(path)
    session.apply(estimate("web-push", "4w"))
    session.reload()
    assert not session.unsaved
    session.apply(estimate("profile-api", "7w"))
    dies(session)
    after = opened(path)
    for change in ("web-push estimate 3w → 4w", "profile-api estimate 6w → 7w"):
        recovery = recoverable(path)
        assert recovery is not None
        assert change in recovery.describe()
        after.restore(recovery)
    after.save()
    assert path.read_text() == PLAN.replace('"3w"', '"4w"').replace('"6w"', '"7w"')


def test_what_was_left_out_and_brought_back_is_offered_once(tmp_path: Path) -> None:
    path = start(tmp_path)
    session = opened(path)
    session.apply(estimate("web-push", "4w"))
    session.reload()
    session.history.undo()
    dies(session)
    recovery = recoverable(path)
    assert recovery is not None
    recovery.discard()
    assert unsaved(path) is None


def test_what_was_left_out_goes_with_whoever_leaves_on_purpose(tmp_path: Path) -> None:
    path = start(tmp_path)
    session = opened(path)
    session.apply(estimate("web-push", "4w"))
    session.reload()
    session.close(discard=True)
    assert unsaved(path) is None


def test_undo_and_redo_are_journalled_too(tmp_path: Path) -> None:
    path = start(tmp_path)
    session = opened(path)
    session.apply(estimate("web-push", "4w"))
    session.apply(estimate("profile-api", "7w"))
    session.history.undo()
    session.history.undo()
    session.history.redo()
    dies(session)
    assert "web-push estimate 3w → 4w" in str(unsaved(path))
    assert "profile-api" not in str(unsaved(path))


def test_what_was_undone_again_is_not_offered(tmp_path: Path) -> None:
    path = start(tmp_path)
    session = opened(path)
    session.apply(estimate("web-push", "4w"))
    session.history.undo()
    dies(session)
    assert unsaved(path) is None


def test_a_running_session_is_not_offered(tmp_path: Path) -> None:
    path = start(tmp_path)
    session = opened(path)
    session.apply(estimate("web-push", "4w"))
    assert unsaved(path) is None


def test_what_was_saved_is_not_offered(tmp_path: Path, state: Path) -> None:
    path = start(tmp_path)
    session = opened(path)
    session.apply(estimate("web-push", "4w"))
    session.save()
    assert [*(state / "planner" / "journals").iterdir()] == []
    dies(session)
    assert unsaved(path) is None


def test_a_save_right_before_the_end_is_not_applied_twice(tmp_path: Path) -> None:
    path = start(tmp_path)
    session = opened(path)
    session.apply(estimate("web-push", "4w"))
    # As if it died between the save and the end of the journal.
    session.workspace.save(session.working_copy.saved)
    dies(session)
    assert unsaved(path) is None


def test_only_what_came_after_a_save_is_offered(tmp_path: Path) -> None:
    path = start(tmp_path)
    session = opened(path)
    session.apply(estimate("web-push", "4w"))
    session.save()
    session.apply(estimate("profile-api", "7w"))
    dies(session)
    assert "1 unsaved change" in str(unsaved(path))
    assert "profile-api estimate 6w → 7w" in str(unsaved(path))


def test_changes_that_are_not_wanted_are_gone(tmp_path: Path) -> None:
    path = start(tmp_path)
    session = opened(path)
    session.apply(estimate("web-push", "4w"))
    session.close(discard=True)
    assert unsaved(path) is None


def test_discarded_changes_are_gone(tmp_path: Path) -> None:
    path = start(tmp_path)
    session = opened(path)
    session.apply(estimate("web-push", "4w"))
    dies(session)
    recovery = recoverable(path)
    assert recovery is not None
    recovery.discard()
    assert unsaved(path) is None


def test_it_is_merged_with_what_others_did_since(tmp_path: Path) -> None:
    path = start(tmp_path)
    session = opened(path)
    session.apply(estimate("web-push", "4w"))
    dies(session)
    they_write(path, '"6w"', '"8w"')

    recovery = recoverable(path)
    assert recovery is not None
    assert "the files changed since" in recovery.describe()
    after = opened(path)
    after.restore(recovery)
    assert after.plan.tables["initiatives"]["profile-api"]["estimate"] == "8w"
    assert after.plan.tables["initiatives"]["web-push"]["estimate"] == "4w"
    assert not after.working_copy.merge_conflicts


def test_one_key_with_two_values_asks(tmp_path: Path) -> None:
    path = start(tmp_path)
    session = opened(path)
    session.apply(estimate("web-push", "4w"))
    dies(session)
    they_write(path, '"3w"', '"9w"')

    recovery = recoverable(path)
    assert recovery is not None
    after = opened(path)
    after.restore(recovery)
    (question,) = after.working_copy.merge_conflicts
    assert (question.base, question.ours, question.theirs) == ("3w", "4w", "9w")
    after.resolve({question.name: "theirs"})
    assert not after.unsaved


def test_a_restored_change_can_be_undone(tmp_path: Path) -> None:
    path = start(tmp_path)
    session = opened(path)
    session.apply(estimate("web-push", "4w"))
    dies(session)
    recovery = recoverable(path)
    assert recovery is not None
    after = opened(path)
    after.restore(recovery)
    assert after.history.undo() == "restored changes"
    assert not after.unsaved


def test_dying_again_after_restoring_loses_nothing(tmp_path: Path) -> None:
    path = start(tmp_path)
    session = opened(path)
    session.apply(estimate("web-push", "4w"))
    dies(session)
    recovery = recoverable(path)
    assert recovery is not None
    after = opened(path)
    after.restore(recovery)
    dies(after)
    assert "web-push estimate 3w → 4w" in str(unsaved(path))


def test_a_journal_that_can_not_be_written_is_said_and_stops_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = start(tmp_path)
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be")
    monkeypatch.setenv("XDG_STATE_HOME", str(blocked))
    session = opened(path)
    session.apply(estimate("web-push", "4w"))
    said = f"no recovery file can be written, save often: no folder can be made at {blocked}"
    assert str(session.keeper.problem).startswith(said)
    session.save()
    assert '"4w"' in path.read_text()


def test_a_journal_takes_up_again_what_it_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = start(tmp_path)
    session = opened(path)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(os, "fdatasync", full)
        session.apply(estimate("web-push", "4w"))
        assert "the disk is full" in str(session.keeper.problem)
    session.apply(estimate("profile-api", "7w"))
    assert session.keeper.holds
    dies(session)
    assert "web-push estimate 3w → 4w" in str(unsaved(path))
    assert "profile-api estimate 6w → 7w" in str(unsaved(path))


def test_a_save_of_two_files_that_was_cut_off_is_completed(tmp_path: Path) -> None:
    one, two = tmp_path / "it.toml", tmp_path / "marketing.toml"
    one.write_text("[roadmap]\n[initiatives.a]\n")
    two.write_text('[initiatives.b]\nneeds = ["a"]\n')
    journal = Journal.start(tmp_path, "2027-01-04T09:30:00", {})
    new_one, new_two = b"[roadmap]\n[initiatives.c]\n", b'[initiatives.b]\nneeds = ["c"]\n'
    journal.append(
        SaveRecord(
            {
                str(one): (one.read_bytes(), new_one),
                str(two): (two.read_bytes(), new_two),
            }
        )
    )
    one.write_bytes(new_one)
    journal.close()
    Session.open(tmp_path)
    assert (one.read_bytes(), two.read_bytes()) == (new_one, new_two)
    assert not journal.path.exists()


@pytest.mark.parametrize("cut", [1, 20, 60])
def test_a_file_that_was_half_written_in_place_is_completed(tmp_path: Path, cut: int) -> None:
    path = start(tmp_path)
    old, new = PLAN.encode(), PLAN.replace("5w", "15w").encode()
    journal = Journal.start(path, "2027-01-04T09:30:00", {str(path): old})
    journal.append(SaveRecord({str(path): (old, new)}))
    at = new.index(b"15w") + 2
    path.write_bytes(new[: at + cut] + old[at + cut :])
    journal.close()
    Session.open(path)
    assert path.read_bytes() == new
    assert not journal.path.exists()


def test_a_save_that_never_began_is_left_alone(tmp_path: Path) -> None:
    path = start(tmp_path)
    journal = Journal.start(path, "2027-01-04T09:30:00", {str(path): PLAN.encode()})
    journal.append(SaveRecord({str(path): (PLAN.encode(), b"[roadmap]\n")}))
    journal.close()
    Session.open(path)
    assert path.read_text() == PLAN


def test_it_is_the_same_roadmap_under_another_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = start(tmp_path)
    session = opened(path)
    session.apply(estimate("web-push", "4w"))
    dies(session)

    monkeypatch.chdir(path.parent)
    after = opened(Path(path.name))
    recovery = recoverable(Path(path.name))
    assert recovery is not None
    after.restore(recovery)
    assert after.unsaved == 1
    assert [line for line in after.diff().splitlines() if line[:1] in "+-"] == [
        f"--- a/{path.name}",
        f"+++ b/{path.name}",
        '-estimate = "3w"',
        '+estimate = "4w"',
    ]
    after.close()


# --- several dead sessions ------------------------------------------------------------------------


def left(path: Path, id: str, value: str) -> None:
    """A session that dies with one estimate unsaved."""
    session = opened(path)
    session.apply(estimate(id, value))
    dies(session)


def offered(path: Path) -> Recovery:
    recovery = recoverable(path)
    assert recovery is not None
    return recovery


def test_orphans_that_contradict_each_other_and_the_disk_ask_one_by_one(tmp_path: Path) -> None:
    path = start(tmp_path)
    for id, value in (("web-push", "4w"), ("web-push", "5w"), ("profile-api", "7w")):
        left(path, id, value)
    they_write(path, '"3w"', '"9w"')
    session = opened(path)

    session.restore(offered(path))
    (question,) = session.working_copy.merge_conflicts
    assert (question.base, question.ours, question.theirs) == ("3w", "4w", "9w")
    session.resolve({question.name: "ours"})

    session.restore(offered(path))
    (question,) = session.working_copy.merge_conflicts
    assert (question.base, question.ours, question.theirs) == ("3w", "5w", "4w")
    session.resolve({question.name: "theirs"})

    session.restore(offered(path))
    assert session.working_copy.merge_conflicts == ()
    assert recoverable(path) is None
    session.save()
    assert path.read_text() == PLAN.replace('"3w"', '"4w"').replace('"6w"', '"7w"')
    session.close()
    assert recoverable(path) is None


def test_another_death_before_the_answer_asks_again(tmp_path: Path) -> None:
    path = start(tmp_path)
    left(path, "web-push", "4w")
    they_write(path, '"3w"', '"9w"')
    for _ in range(2):
        session = opened(path)
        session.restore(offered(path))
        (question,) = session.working_copy.merge_conflicts
        assert (question.base, question.ours, question.theirs) == ("3w", "4w", "9w")
        session.apply(estimate("consent-center", "8w"))
        dies(session)
    assert '"9w"' in path.read_text()


def test_a_restored_edit_survives_the_death_of_who_restored_it(tmp_path: Path) -> None:
    path = start(tmp_path)
    left(path, "web-push", "4w")
    left(path, "profile-api", "7w")
    session = opened(path)
    session.restore(offered(path))
    dies(session)
    session = opened(path)
    while recovery := recoverable(path):
        session.restore(recovery)
    session.save()
    assert path.read_text() == PLAN.replace('"3w"', '"4w"').replace('"6w"', '"7w"')
