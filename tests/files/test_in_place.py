"""Where no new file can take the old one's place, the file itself is written to, journal first."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from planner.errors import ChangedOnDisk, SaveError
from planner.files.inplace import is_torn
from planner.files.saving import save
from planner.files.targets import Write, write_all
from tests.files.saves import NEW, OLD, change, names, roadmap

LONG = NEW + b"# " + b"x" * 9000 + b"\n"


def two_names(folder: Path) -> tuple[Path, Path]:
    path = roadmap(folder)
    other = folder / "other.toml"
    os.link(path, other)
    return path, other


@pytest.mark.parametrize("new", [NEW, LONG, b"", b"[roadmap]\n"])
def test_both_names_of_a_file_say_the_new_text(tmp_path: Path, new: bytes) -> None:
    path, other = two_names(tmp_path)
    promised: list[Write] = []
    save([change(path, new=new)], promised.extend)
    assert path.read_bytes() == other.read_bytes() == new
    assert path.samefile(other)
    assert [(each.base, each.new) for each in promised] == [(OLD, new)]


def test_without_a_journal_it_is_refused(tmp_path: Path) -> None:
    path, _ = two_names(tmp_path)
    with pytest.raises(SaveError, match="no recovery file can be kept"):
        save([change(path)])
    assert path.read_bytes() == OLD


def test_a_journal_that_can_not_be_written_is_said(tmp_path: Path) -> None:
    path, _ = two_names(tmp_path)

    def full(_: Sequence[Write]) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(SaveError, match="the disk is full"):
        save([change(path)], full)
    assert path.read_bytes() == OLD


def test_a_change_of_somebody_else_is_kept(tmp_path: Path) -> None:
    path, _ = two_names(tmp_path)

    def they_write(_: Sequence[Write]) -> None:
        path.write_bytes(b"theirs")

    with pytest.raises(ChangedOnDisk):
        save([change(path)], they_write)
    assert path.read_bytes() == b"theirs"


def test_a_full_disk_leaves_the_old_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, _ = two_names(tmp_path)
    real = write_all

    def write(descriptor: int, content: bytes, offset: int = 0) -> None:
        if offset:
            real(descriptor, content[:10], offset)
            raise OSError(28, "No space left on device")
        real(descriptor, content, offset)

    monkeypatch.setattr("planner.files.inplace.write_all", write)
    with pytest.raises(SaveError, match=r"the disk is full; the file is as it was"):
        save([change(path, new=LONG)], lambda _: None)
    assert path.read_bytes() == OLD


@pytest.mark.skipif(os.geteuid() != 0, reason="needs another user")
def test_a_folder_that_may_not_be_written_to(open_folder: Path) -> None:
    path = roadmap(open_folder)
    path.chmod(0o666)
    open_folder.chmod(0o755)
    code = _as_nobody(lambda: save([change(path)], lambda _: None))
    assert code == 0
    assert path.read_bytes() == NEW
    assert names(open_folder) == ["plan.toml"]


@pytest.mark.skipif(os.geteuid() != 0, reason="needs another user")
def test_a_sticky_folder_keeps_others_files(open_folder: Path) -> None:
    path = roadmap(open_folder)
    path.chmod(0o666)
    open_folder.chmod(0o1777)
    assert _as_nobody(lambda: save([change(path)], lambda _: None)) == 0
    assert path.read_bytes() == NEW
    assert path.stat().st_uid == 0


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users can reach; `tmp_path` is root's own."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        yield Path(folder)


def _as_nobody(act: object) -> int:
    """Do it in a child that has given up root's rights; 0 if it went well."""
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
            act()  # type: ignore[operator]
            os._exit(0)
        except BaseException as error:
            os.write(2, repr(error).encode())
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.parametrize("cut", range(0, len(LONG), 700))
def test_a_write_that_was_cut_off_is_recognised(cut: int) -> None:
    old, new = OLD * 300, LONG
    assert is_torn(new[:cut] + old[cut:], old, new) == (cut > 0)
    assert not is_torn(old, old, new)
    assert not is_torn(new, old, new)
    assert not is_torn(b"# theirs\n" + old[9:], old, new)
