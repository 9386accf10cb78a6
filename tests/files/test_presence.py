"""Presence: who else is here, for exactly as long as they are."""

from __future__ import annotations

import os
import signal
import time
from datetime import datetime
from pathlib import Path

import msgspec
import pytest

from planner.files.state import private_folder
from planner.session.presence import Announcement, Presence

NOW = datetime(2027, 1, 4, 9, 40)


@pytest.fixture
def roadmap(tmp_path: Path) -> Path:
    git = tmp_path / ".git"
    git.mkdir()
    (git / "HEAD").write_text("ref: refs/heads/main\n")
    path = tmp_path / "plan.toml"
    path.touch()
    return path


class Somebody:
    """Another process that has the roadmap open; as another user, with a state folder of theirs."""

    def __init__(self, roadmap: Path, state: Path) -> None:
        reader, writer = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.environ["XDG_STATE_HOME"] = str(state)
            os.environ["LOGNAME"] = "ana"
            Announcement(roadmap, NOW)
            os.write(writer, b".")
            time.sleep(60)
            os._exit(0)
        os.read(reader, 1)

    def is_killed(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)


def test_two_users_see_each_other(roadmap: Path, tmp_path: Path) -> None:
    mine = Announcement(roadmap, NOW)
    assert mine.others() == ()
    ana = Somebody(roadmap, tmp_path / "hers")
    (other,) = mine.others()
    assert (other.who, other.pid) == ("ana", ana.pid)
    assert other.line(NOW) == "ana since 09:40"
    ana.is_killed()
    assert mine.others() == ()
    assert len([*(roadmap.parent / ".git" / "planner").iterdir()]) == 1
    mine.close()
    assert [*(roadmap.parent / ".git" / "planner").iterdir()] == []


def test_one_user_s_two_sessions_are_seen_once_and_without_a_repository(
    tmp_path: Path, state: Path
) -> None:
    roadmap = tmp_path / "plan.toml"
    roadmap.touch()
    mine = Announcement(roadmap, NOW)
    other = Somebody(roadmap, state)
    assert [each.pid for each in mine.others()] == [other.pid]
    other.is_killed()


def test_another_roadmap_is_not_ours(roadmap: Path, tmp_path: Path) -> None:
    other = Somebody(roadmap.with_name("other.toml"), tmp_path / "hers")
    assert Announcement(roadmap, NOW).others() == ()
    other.is_killed()


@pytest.mark.parametrize(
    "content", [b"", b"{", b"x" * 10_000, b'{"who": 1}', msgspec.json.encode({"who": "x"})]
)
def test_what_others_put_there_is_not_trusted(roadmap: Path, content: bytes) -> None:
    mine = Announcement(roadmap, NOW)
    (own,) = [*(roadmap.parent / ".git" / "planner").iterdir()]
    own.with_name(own.name.replace(".json", "-x.json")).write_bytes(content)
    os.mkfifo(own.with_name(own.name.replace(".json", "-y.json")))
    assert mine.others() == ()


def test_a_folder_that_may_not_be_written_to_stops_nobody(
    roadmap: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "blocked"
    blocked.touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(blocked))
    (roadmap.parent / ".git" / "planner").touch()
    assert Announcement(roadmap, NOW).others() == ()


def test_the_line_names_the_day_where_it_is_another() -> None:
    presence = Presence("ana", "srv", 1, 1, NOW, "plan.toml")
    assert presence.line(datetime(2027, 1, 5)) == "ana since 4 Jan 09:40"


def test_who_comes_after_a_long_quiet_is_seen(roadmap: Path, tmp_path: Path) -> None:
    mine = Announcement(roadmap, NOW)
    for folder in mine.folders:
        os.utime(folder, (1, 1))
    assert mine.others() == mine.others() == ()
    ana = Somebody(roadmap, tmp_path / "hers")
    assert [each.who for each in mine.others()] == ["ana"]
    for folder in mine.folders:
        os.utime(folder, (1, 1))
    assert [each.who for each in mine.others()] == ["ana"]
    ana.is_killed()
    assert mine.others() == ()
    mine.close()


def test_others_can_read_who_is_here_whatever_the_umask(roadmap: Path) -> None:
    before = os.umask(0o077)
    try:
        mine = Announcement(roadmap, NOW)
    finally:
        os.umask(before)
    (file,) = (roadmap.parent / ".git" / "planner").iterdir()
    assert file.stat().st_mode & 0o777 == 0o644
    mine.close()


@pytest.mark.parametrize("way", ["its folder", "a second name", "elsewhere", "a link"])
def test_who_is_at_another_name_of_the_roadmap_is_here(
    roadmap: Path, tmp_path: Path, way: str
) -> None:
    other = {
        "its folder": roadmap.parent,
        "a second name": roadmap.with_name("second.toml"),
        "elsewhere": roadmap.parent / "deep" / "second.toml",
        "a link": roadmap.with_name("link.toml"),
    }[way]
    other.parent.mkdir(exist_ok=True)
    if way == "a link":
        other.symlink_to(roadmap)
    elif way != "its folder":
        other.hardlink_to(roadmap)
    mine = Announcement(roadmap, NOW)
    ana = Somebody(other, tmp_path / "hers")
    assert [each.pid for each in mine.others()] == [ana.pid]
    ana.is_killed()
    mine.close()


def test_no_presence_goes_through_a_planted_link(roadmap: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (roadmap.parent / ".git" / "planner").symlink_to(home)
    mine = Announcement(roadmap, NOW)
    assert [*home.iterdir()] == []
    assert len(mine.folders) == 2
    mine.close()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_a_presence_folder_of_somebody_else_is_not_ours(tmp_path: Path, state: Path) -> None:
    roadmap = tmp_path / "plan.toml"
    roadmap.touch()
    mine = Announcement(roadmap, NOW)
    ana = Somebody(roadmap, state)
    assert [each.who for each in mine.others()] == ["ana"]
    os.chown(state / "planner" / "presence", 65534, 65534)
    assert mine.others() == ()
    with pytest.raises(PermissionError):
        private_folder("presence")
    ana.is_killed()
    mine.close()
