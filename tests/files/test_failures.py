"""Each failure of a save in words: what happened, what is on disk now, where the work is."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from planner.errors import SaveError
from planner.files import saving, targets
from planner.files.saving import save
from tests.files.saves import NEW, OLD, change, names, roadmap

WORDS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your disk quota is used up",
    errno.EROFS: "the disk is mounted read-only",
    errno.EIO: "the disk reports an error",
}


@pytest.mark.parametrize("number", WORDS)
@pytest.mark.parametrize("call", ["pwrite", "fsync", "open"])
def test_a_failure_before_the_exchange(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    path = roadmap(tmp_path)
    real = getattr(os, call)

    def fail(*arguments: object, **named: object) -> object:
        if call == "open" and ".planner-part" not in str(arguments[0]):
            return real(*arguments, **named)
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(SaveError) as caught:
        save([change(path)])
    monkeypatch.undo()
    assert caught.value.message == f"not saved: {WORDS[number]}; the file is as it was"
    assert "your changes are still here, unsaved" in str(caught.value.hint)
    assert path.read_bytes() == OLD
    assert names(tmp_path) == ["plan.toml"]


def test_a_failure_after_the_exchange_never_reads_not_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = roadmap(tmp_path)
    real, calls = os.fsync, []

    def fail_on_the_folder(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == 2:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fail_on_the_folder)
    saved = save([change(path)])
    assert path.read_bytes() == NEW
    assert saved.warning is not None
    assert saved.warning.startswith("saved, durability unknown: the disk reports an error")


def test_a_read_only_file_is_not_beaten(tmp_path: Path) -> None:
    path = roadmap(tmp_path)
    path.chmod(0o444)
    with pytest.raises(SaveError, match="the file is read-only; the file is as it was"):
        save([change(path)])
    assert path.read_bytes() == OLD


def test_a_folder_that_vanished(tmp_path: Path) -> None:
    folder = tmp_path / "roadmaps"
    folder.mkdir()
    path = roadmap(folder)
    shutil.rmtree(folder)
    with pytest.raises(SaveError, match="its folder is no longer there"):
        save([change(path)])


def test_a_file_that_vanished(tmp_path: Path) -> None:
    path = roadmap(tmp_path)
    path.unlink()
    with pytest.raises(SaveError, match="the file is no longer there"):
        save([change(path)])
    assert names(tmp_path) == []


def test_something_else_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.mkdir()
    with pytest.raises(SaveError, match="no longer a plain file"):
        save([change(path)])


def test_a_disk_that_gives_back_other_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = roadmap(tmp_path)
    monkeypatch.setattr(saving, "read_all", lambda descriptor: targets.read_all(descriptor)[:-1])
    with pytest.raises(SaveError, match="the disk gave back other bytes"):
        save([change(path)])
    assert path.read_bytes() == OLD
