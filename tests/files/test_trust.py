"""Whom to trust: a journal is mine alone and names the roadmap's own files, or it is left alone."""

from __future__ import annotations

import fcntl
import os
from binascii import crc32
from pathlib import Path

import pytest

from planner.errors import SaveError
from planner.session.dead_sessions import left_behind, recoverable
from tests.files.forged import (
    HALF,
    SOMEBODY,
    forged,
    needs_another_user,
    shown,
    victim,
)
from tests.files.people import dies, estimate, opened, start


@needs_another_user
@pytest.mark.parametrize("whose", ["planner", "planner/journals", "the file"])
def test_a_journal_of_somebody_else_writes_nothing(
    whose: str, tmp_path: Path, state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state.chmod(0o1777)
    path = start(tmp_path)
    file = victim(tmp_path)
    journal = forged(path, str(file))
    os.chown(journal if whose == "the file" else state / whose, SOMEBODY, SOMEBODY)
    said = shown(path, capsys)
    assert file.read_bytes() == HALF
    assert len(said.splitlines()) == 1
    assert str(state) in said
    assert journal.exists()


@pytest.mark.parametrize("what", ["planner", "planner/journals", "the file"])
def test_what_others_can_write_to_is_said_and_not_offered(
    what: str, tmp_path: Path, state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = start(tmp_path)
    session = opened(path)
    session.apply(estimate("web-push", "4w"))
    (journal,) = (state / "planner" / "journals").iterdir()
    dies(session)
    (journal if what == "the file" else state / what).chmod(0o777)
    assert recoverable(path) is None
    assert len(shown(path, capsys).splitlines()) == 1
    assert journal.exists()


def test_a_folder_that_is_a_link_is_not_trusted(
    tmp_path: Path, state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = start(tmp_path)
    file = victim(tmp_path)
    forged(path, str(file))
    (state / "planner").rename(tmp_path / "elsewhere")
    (state / "planner").symlink_to(tmp_path / "elsewhere")
    assert len(shown(path, capsys).splitlines()) == 1
    assert file.read_bytes() == HALF
    session = opened(path)
    session.apply(estimate("web-push", "4w"))
    assert session.keeper.problem
    session.save()
    assert '"4w"' in path.read_text()


@pytest.mark.parametrize("way", ["whole", "dots", "beside", "link", "hidden", "no toml"])
def test_a_journal_names_the_roadmap_s_own_files_only(
    way: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "map"
    folder.mkdir()
    start(folder)
    file = victim(tmp_path)
    name = {
        "whole": str(file),
        "dots": f"{folder}/../login",
        "beside": str(tmp_path / "other.toml"),
        "link": f"{folder}/it.toml",
        "hidden": f"{folder}/.login.toml",
        "no toml": f"{folder}/login",
    }[way]
    if way == "link":
        Path(name).symlink_to(file)
    elif way not in ("whole", "dots"):
        file = Path(name)
        file.write_bytes(HALF)
    roadmap = folder / "plan.toml" if way == "link" else folder
    forged(roadmap, name)
    shown(roadmap, capsys)
    assert file.read_bytes() == HALF
    assert left_behind(roadmap) == {}


@needs_another_user
def test_what_somebody_leaves_in_a_sticky_folder_replaces_nothing(tmp_path: Path) -> None:
    path = start(tmp_path)
    path.parent.chmod(0o1777)
    session = opened(path)
    session.apply(estimate("web-push", "4w"))
    planted = tmp_path / f".00000000-{_sum(path.read_bytes())}-0badcafe.planner-swap"
    planted.write_text("theirs")
    os.chown(planted, SOMEBODY, SOMEBODY)
    session.save()
    assert '"4w"' in path.read_text()
    assert planted.read_text() == "theirs"


def test_two_names_of_one_file_share_one_lock(tmp_path: Path) -> None:
    path = start(tmp_path)
    other = tmp_path / "elsewhere" / "second.toml"
    other.parent.mkdir()
    other.hardlink_to(path)
    session = opened(other)
    session.apply(estimate("web-push", "4w"))
    with path.open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("planner.files.locking.LOCK_SECONDS", 0.0)
            with pytest.raises(SaveError, match="another planner"):
                session.save()
    session.save()
    assert '"4w"' in path.read_text()


def _sum(content: bytes) -> str:
    return f"{crc32(content):08x}{len(content):x}"
