"""What a person last looked at: one file for each roadmap and person, which only they can write."""

from __future__ import annotations

import stat
from datetime import date
from pathlib import Path

import pytest

from planner.files.looked import FOLDER, Look, keep_look, last_look
from planner.files.state import state_folder
from planner.session.session import Session
from tests.git.clones import clone_at

LOOK = Look(commit="a" * 40, day=date(2027, 3, 18), launches={"peak": date(2027, 10, 15)})
TEXT = """
[roadmap]
title = "Small"
start = 2027-03-01
status_date = 2027-03-01
[initiatives.launch]
kind = "milestone"
estimate = "0d"
needs = ["work"]
[initiatives.work]
estimate = "2w"
"""


@pytest.fixture
def looked(state: Path) -> Path:
    assert state_folder().parent == state
    return state_folder() / FOLDER


@pytest.fixture
def roadmap(tmp_path: Path) -> Path:
    file = tmp_path / "roadmap.toml"
    file.write_text(TEXT, encoding="utf-8")
    return file


def test_what_is_kept_is_read_back_for_that_person_alone(roadmap: Path) -> None:
    keep_look(roadmap, "ana", LOOK)
    assert last_look(roadmap, "ana") == LOOK
    assert last_look(roadmap, "ben") is None
    assert last_look(roadmap, None) is None
    assert last_look(roadmap.parent / "other.toml", "ana") is None


def test_a_later_look_replaces_it_and_leaves_nothing_else(roadmap: Path, looked: Path) -> None:
    keep_look(roadmap, None, LOOK)
    later = Look(commit=None, day=date(2027, 3, 22), launches={"peak": None})
    keep_look(roadmap, None, later)
    assert last_look(roadmap, None) == later
    [file] = looked.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(looked.stat().st_mode) == 0o700


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'{"commit": 1}', b"\xff" * 9])
def test_a_malformed_file_counts_as_none(roadmap: Path, looked: Path, raw: bytes) -> None:
    keep_look(roadmap, "ana", LOOK)
    [file] = looked.iterdir()
    file.write_bytes(raw)
    assert last_look(roadmap, "ana") is None


def test_what_others_can_write_and_links_are_not_trusted(roadmap: Path, looked: Path) -> None:
    keep_look(roadmap, "ana", LOOK)
    [file] = looked.iterdir()
    file.chmod(0o622)
    assert last_look(roadmap, "ana") is None
    file.chmod(0o600)
    moved = file.rename(roadmap.parent / "elsewhere")
    file.symlink_to(moved)
    assert last_look(roadmap, "ana") is None


def test_a_state_folder_that_cannot_be_made_is_no_error(
    roadmap: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(roadmap))
    keep_look(roadmap, "ana", LOOK)
    assert last_look(roadmap, "ana") is None


def test_a_session_keeps_the_commit_and_its_launches_and_again_when_it_closes(
    tmp_path: Path,
) -> None:
    clone = clone_at(tmp_path / "clone")
    head = clone.commit("roadmap.toml", TEXT)
    file = clone.top / "roadmap.toml"
    session = Session.open(file, journal=True)
    assert session.last_look() is None
    session.keep_look()
    first = session.last_look()
    assert first is not None
    assert first.commit == head
    assert (first.day, first.launches) == (date(2027, 3, 1), {"launch": date(2027, 3, 12)})
    later = clone.commit("roadmap.toml", TEXT.replace('"2w"', '"3w"'))
    session.merge_external()
    session.close()
    after = Session.open(file).last_look()
    assert after is not None
    assert after.commit == later
    assert after.launches == {"launch": date(2027, 3, 19)}


def test_a_session_that_nobody_looked_at_keeps_nothing(roadmap: Path, looked: Path) -> None:
    Session.open(roadmap, journal=True).close()
    assert not looked.exists()


def test_a_plan_seen_from_another_day_is_no_look(roadmap: Path, looked: Path) -> None:
    session = Session.open(roadmap, as_of=date(2027, 6, 1), journal=True)
    session.keep_look()
    session.close()
    assert not looked.exists()
    keep_look(roadmap, session.me, LOOK)
    assert Session.open(roadmap).last_look() == LOOK
    assert Session.open(roadmap, as_of=date(2027, 6, 1)).last_look() is None
