"""The record in the state folder: used while nothing changed, and never trusted blindly."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from planner.analysis.history import history_of
from planner.files.state import state_folder
from planner.git.records import FOLDER
from planner.session.session import Session
from tests.git.clones import Clone
from tests.history.conftest import Shown
from tests.history.repositories import written
from tests.history.stories import story

Row = dict[str, Any]
FALSE = "Not what is in the files"


@pytest.fixture
def roadmap(tmp_path: Path) -> Path:
    return written(tmp_path / "repository", story(7))[0]


@pytest.fixture
def kept() -> Callable[[], Path]:
    """The file of the record, which is the only one."""

    def found() -> Path:
        (file,) = (state_folder() / FOLDER).iterdir()
        return file

    return found


def doctored(file: Path) -> None:
    """The same file with another title."""
    said = json.loads(file.read_text(encoding="utf-8"))
    said["shown"]["title"] = FALSE
    file.write_text(json.dumps(said), encoding="utf-8")


def test_it_is_private_and_says_the_same(
    roadmap: Path, shown: Shown, kept: Callable[[], Path]
) -> None:
    first = shown(roadmap, "history")
    assert stat.S_IMODE(kept().stat().st_mode) == 0o600
    assert shown(roadmap, "history") == first


def test_it_is_used_for_all_launches_and_for_one(
    roadmap: Path, shown: Shown, kept: Callable[[], Path]
) -> None:
    first = shown(roadmap, "history")
    one = first["trends"][-1]["id"]
    alone = shown(roadmap, "history", one)
    doctored(kept())
    assert shown(roadmap, "history")["title"] == FALSE
    assert shown(roadmap, "history", one) == {**alone, "title": FALSE}
    assert alone["trends"] == first["trends"][-1:]


def test_what_others_could_have_written_counts_as_none(
    roadmap: Path, shown: Shown, kept: Callable[[], Path]
) -> None:
    first = shown(roadmap, "history")
    doctored(kept())
    kept().chmod(0o666)
    assert shown(roadmap, "history") == first
    assert stat.S_IMODE(kept().stat().st_mode) == 0o600


def test_what_is_malformed_counts_as_none(
    roadmap: Path, shown: Shown, kept: Callable[[], Path]
) -> None:
    first = shown(roadmap, "history")
    for raw in (b"", b"{", b"[1]", b"\xff\xfe", b'{"key": "x", "shown": {}}'):
        kept().write_bytes(raw)
        assert shown(roadmap, "history") == first, raw


def _edited(roadmap: Path) -> None:
    file = roadmap / "joint.toml"
    file.write_text(file.read_text().replace('title = "Joint"', 'title = "Ours"'))


def _another_day(_: Path) -> tuple[str, ...]:
    return ("--as-of", "2027-09-01")


@pytest.mark.parametrize("change", [_edited, _another_day])
def test_it_is_of_no_use_once_something_changed(
    roadmap: Path, shown: Shown, kept: Callable[[], Path], change: Callable[[Path], Any]
) -> None:
    first = shown(roadmap, "history")
    doctored(kept())
    now = shown(roadmap, "history", *(change(roadmap) or ()))
    assert now["title"] != FALSE
    assert now != first


def test_a_commit_makes_another_one(roadmap: Path, shown: Shown, kept: Callable[[], Path]) -> None:
    shown(roadmap, "history")
    doctored(kept())
    text = (roadmap / "joint.toml").read_text()
    commit = Clone(roadmap.parent).commit("roadmap/joint.toml", f"{text}\n")
    now = shown(roadmap, "history")
    assert now["title"] != FALSE
    assert now["trends"][0]["points"][-1]["revision"]["commit"] == commit


def test_what_was_cancelled_is_not_kept(roadmap: Path) -> None:
    class Cancelled(Exception):
        pass

    def stop(done: int, _: int) -> None:
        if done > 5:
            raise Cancelled

    plan = Session.open(roadmap).plan
    with pytest.raises(Cancelled):
        history_of(roadmap, plan, progress=stop)
    assert not (state_folder() / FOLDER).exists()
