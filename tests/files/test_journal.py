"""The journal: what was acknowledged comes back exactly, what was not does not."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from planner.session.journal import EditRecord, Journal, Orphan, Splice, orphans, splices

TEXTS = (b"", b"one", b"one two", b"two", b"two " * 50_000, b"\xf0\x9f\x9a\x80")


def begun(roadmap: Path) -> Journal:
    return Journal.start(roadmap, "2027-01-04T09:30:00", {str(roadmap): TEXTS[0]})


def written(roadmap: Path) -> Journal:
    journal = begun(roadmap)
    for old, new in pairwise(TEXTS):
        journal.append(EditRecord("edit", splices({str(roadmap): old}, {str(roadmap): new})))
    return journal


@pytest.fixture
def roadmap(tmp_path: Path) -> Path:
    return tmp_path / "plan.toml"


def found(roadmap: Path) -> Iterator[Orphan]:
    return orphans(roadmap)


def test_the_last_text_comes_back(roadmap: Path) -> None:
    written(roadmap).close()
    (orphan,) = found(roadmap)
    assert orphan.base == {str(roadmap): TEXTS[0]}
    assert orphan.last == {str(roadmap): TEXTS[-1]}


def test_the_journal_of_a_running_session_is_no_orphan(roadmap: Path) -> None:
    journal = written(roadmap)
    assert [*found(roadmap)] == []
    journal.close()
    assert len([*found(roadmap)]) == 1


def test_an_orphan_is_found_by_one_session_only(roadmap: Path) -> None:
    written(roadmap).close()
    (first,) = found(roadmap)
    assert [*found(roadmap)] == []
    first.close()
    assert len([*found(roadmap)]) == 1


def test_a_spent_journal_is_gone(roadmap: Path, state: Path) -> None:
    written(roadmap).discard()
    assert [*found(roadmap)] == []
    assert [*(state / "planner" / "journals").iterdir()] == []


def test_another_roadmap_has_its_own(roadmap: Path) -> None:
    written(roadmap).close()
    assert [*found(roadmap.with_name("other.toml"))] == []


def test_only_the_user_may_read_it(roadmap: Path, state: Path) -> None:
    journal = begun(roadmap)
    assert stat.S_IMODE(journal.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(journal.path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE((state / "planner").stat().st_mode) == 0o700


@pytest.mark.parametrize("cut", range(0, 400, 7))
def test_a_record_that_was_cut_off_never_happened(roadmap: Path, cut: int) -> None:
    journal = begun(roadmap)
    ends = [journal._end]
    for label in ("one", "two", "three"):
        journal.append(EditRecord(label, ()))
        ends.append(journal._end)
    journal.close()
    raw = journal.path.read_bytes()
    journal.path.write_bytes(raw[:cut])
    labels = [label for orphan in found(roadmap) for label in orphan.labels]
    assert labels == ["one", "two", "three"][: sum(end <= cut for end in ends[1:])]


@pytest.mark.parametrize("at", range(0, 200, 3))
def test_a_flipped_bit_ends_it(roadmap: Path, at: int) -> None:
    journal = begun(roadmap)
    journal.append(EditRecord("one", ()))
    journal.close()
    raw = bytearray(journal.path.read_bytes())
    raw[at] ^= 4
    journal.path.write_bytes(raw)
    labels = [orphan.labels for orphan in found(roadmap)]
    assert labels in ([], [[]], [["one"]])
    assert labels != [["one"]] or at >= journal._end


def test_a_failed_record_leaves_no_trace(roadmap: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = begun(roadmap)
    journal.append(EditRecord("one", ()))

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(os, "fdatasync", full)
        with pytest.raises(OSError, match="No space"):
            journal.append(EditRecord("never", (Splice("x", 0, 0, b"y" * 500, 500),)))
    journal.append(EditRecord("two", ()))
    journal.close()
    (orphan,) = found(roadmap)
    assert orphan.labels == ["one", "two"]
