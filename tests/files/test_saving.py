"""Saving: the old bytes or the new bytes, everything else as it was, and never over another's."""

from __future__ import annotations

import fcntl
import os
import stat
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from planner.errors import ChangedOnDisk, SaveError
from planner.files import atomic_swap as exchanging
from planner.files import locking, saving
from planner.files.interrupted_saves import swap_name
from planner.files.saving import save
from planner.files.targets import Target, Write
from tests.files.saves import NEW, OLD, change, names, roadmap


def test_the_new_text_is_there_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = roadmap(tmp_path)
    saved = save([change(path)])
    assert path.read_bytes() == NEW
    assert (saved.files, saved.size, saved.warning) == (("plan.toml",), len(NEW), None)
    assert names(tmp_path) == ["plan.toml"]


def test_saving_what_is_there_already_writes_nothing(tmp_path: Path) -> None:
    path = roadmap(tmp_path, content=NEW)
    before = path.stat().st_ino
    assert save([change(path)]).files == ()
    assert path.stat().st_ino == before


def test_a_change_of_somebody_else_is_refused_and_kept(tmp_path: Path) -> None:
    path = roadmap(tmp_path, content=b"theirs")
    with pytest.raises(ChangedOnDisk, match="changed on disk"):
        save([change(path)])
    assert path.read_bytes() == b"theirs"


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    path = roadmap(tmp_path)
    link = tmp_path / "link.toml"
    link.symlink_to(path.name)
    save([change(link)])
    assert link.is_symlink()
    assert path.read_bytes() == NEW


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o640])
def test_the_mode_stays(tmp_path: Path, mode: int) -> None:
    path = roadmap(tmp_path)
    path.chmod(mode)
    save([change(path)])
    assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_the_owner_and_the_group_stay(tmp_path: Path) -> None:
    path = roadmap(tmp_path)
    os.chown(path, 12345, 54321)
    save([change(path)])
    assert (path.stat().st_uid, path.stat().st_gid) == (12345, 54321)


def test_attributes_stay(tmp_path: Path) -> None:
    path = roadmap(tmp_path)
    try:
        os.setxattr(path, "user.origin", b"marketing")
    except OSError:
        pytest.skip("this file system has no attributes")
    save([change(path)])
    assert os.getxattr(path, "user.origin") == b"marketing"


def test_an_access_list_stays(tmp_path: Path) -> None:
    path = roadmap(tmp_path)
    # Version 2; user rw, user 1000 rw, group r, mask rw, others nothing.
    entries = [(1, 6, -1), (2, 6, 1000), (4, 4, -1), (16, 6, -1), (32, 0, -1)]
    access = (2).to_bytes(4, "little") + b"".join(
        tag.to_bytes(2, "little")
        + rights.to_bytes(2, "little")
        + (id & 0xFFFFFFFF).to_bytes(4, "little")
        for tag, rights, id in entries
    )
    try:
        os.setxattr(path, "system.posix_acl_access", access)
    except OSError:
        pytest.skip("this file system has no access lists")
    before = path.stat().st_mode
    save([change(path)])
    assert os.getxattr(path, "system.posix_acl_access") == access
    assert path.stat().st_mode == before


def test_without_an_exchange_a_plain_replace_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchanging, "_renameat2", lambda: None)
    path = roadmap(tmp_path)
    save([change(path)])
    assert path.read_bytes() == NEW
    assert names(tmp_path) == ["plan.toml"]


# --- somebody else writes at the worst moment -----------------------------------------------------


def test_what_came_out_by_the_exchange_goes_back_if_it_is_not_what_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = roadmap(tmp_path)
    _before_the_exchange(monkeypatch, lambda: path.write_bytes(b"theirs"))
    with pytest.raises(ChangedOnDisk):
        save([change(path)])
    assert path.read_bytes() == b"theirs"
    assert names(tmp_path) == ["plan.toml"]


def test_the_latest_text_wins_if_they_write_again_while_it_goes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = roadmap(tmp_path)
    other = tmp_path / "other"

    def replace() -> None:
        other.write_bytes(b"theirs %d" % next(counter))
        other.replace(path)

    counter = iter(range(1, 3))
    _before_the_exchange(monkeypatch, replace, replace)
    with pytest.raises(ChangedOnDisk):
        save([change(path)])
    assert path.read_bytes() == b"theirs 2"
    assert names(tmp_path) == ["plan.toml"]


def test_whoever_had_the_old_file_open_is_seen_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = roadmap(tmp_path)
    with path.open("r+b") as theirs:
        sync = saving._sync_folders

        def write_late(targets: Sequence[Target]) -> str | None:
            theirs.write(b"# theirs")
            theirs.flush()
            return sync(targets)

        monkeypatch.setattr(saving, "_sync_folders", write_late)
        with pytest.raises(ChangedOnDisk):
            save([change(path)])
    assert path.read_bytes().startswith(b"# theirs")


def _before_the_exchange(monkeypatch: pytest.MonkeyPatch, *acts: object) -> None:
    waiting = list(acts)
    real = exchanging.exchange

    def exchange(one: str, other: str, folder: int) -> None:
        if waiting:
            waiting.pop(0)()  # type: ignore[operator]
        real(one, other, folder)

    monkeypatch.setattr("planner.files.saving.exchange", exchange)


def test_text_that_a_dead_save_left_over_comes_back(tmp_path: Path) -> None:
    path = roadmap(tmp_path, content=NEW)
    (tmp_path / swap_name(change(path))).write_bytes(b"theirs, which came out")
    with pytest.raises(ChangedOnDisk):
        save([change(path, base=NEW, new=b"newer")])
    assert path.read_bytes() == b"theirs, which came out"
    assert names(tmp_path) == ["plan.toml"]


def test_other_left_overs_are_removed(tmp_path: Path) -> None:
    path = roadmap(tmp_path)
    (tmp_path / ".0123456789abcdef.planner-part").write_bytes(NEW[:5])
    (tmp_path / swap_name(change(path))).write_bytes(NEW)
    save([change(path)])
    assert names(tmp_path) == ["plan.toml"]


# --- two planners ---------------------------------------------------------------------------------


def test_two_planners_wait_for_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = roadmap(tmp_path)
    folder = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    waiting = threading.Event()
    monkeypatch.setattr("planner.files.locking.time.sleep", lambda _: waiting.set())
    thread = threading.Thread(target=save, args=([change(path)],))
    thread.start()
    assert waiting.wait(30)
    assert path.read_bytes() == OLD
    os.close(folder)
    thread.join(30)
    assert path.read_bytes() == NEW


def test_the_wait_for_another_planner_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = roadmap(tmp_path)
    monkeypatch.setattr(locking, "LOCK_SECONDS", 0.05)
    folder = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    with pytest.raises(SaveError, match="another planner is saving"):
        save([change(path)])
    os.close(folder)
    assert path.read_bytes() == OLD


# --- several files --------------------------------------------------------------------------------


def test_several_files_are_one_save(tmp_path: Path) -> None:
    one, two = roadmap(tmp_path, "it.toml"), roadmap(tmp_path, "marketing.toml")
    promised: list[Write] = []
    save([change(one), change(two)], promised.extend)
    assert one.read_bytes() == two.read_bytes() == NEW
    assert [each.name for each in promised] == ["it.toml", "marketing.toml"]


def test_all_files_are_as_they_were_if_one_was_changed(tmp_path: Path) -> None:
    one, two = roadmap(tmp_path, "it.toml"), roadmap(tmp_path, "marketing.toml", b"theirs")
    with pytest.raises(ChangedOnDisk):
        save([change(one), change(two)])
    assert (one.read_bytes(), two.read_bytes()) == (OLD, b"theirs")


def test_the_first_is_taken_back_if_the_second_can_not_be_put_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = roadmap(tmp_path, "it.toml"), roadmap(tmp_path, "marketing.toml")
    _before_the_exchange(monkeypatch, lambda: None, lambda: two.write_bytes(b"theirs"))
    with pytest.raises(ChangedOnDisk):
        save([change(one), change(two)])
    assert (one.read_bytes(), two.read_bytes()) == (OLD, b"theirs")
    assert names(tmp_path) == ["it.toml", "marketing.toml"]
