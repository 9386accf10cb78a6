"""Journals that nobody's session wrote: what somebody else puts where planner looks."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from planner.cli.main import main
from planner.session.journal import Journal, SaveRecord

OLD = b"mine, first line\nmine, second line\n"
NEW = b"ours, first line\nours, second line\n"
HALF = NEW[:17] + OLD[17:]
"""What a save that was cut off leaves of a file: the next start completes it."""
SOMEBODY = 65534

needs_another_user = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")


def forged(roadmap: Path, name: str) -> Path:
    """A journal for a roadmap that promises to write a file called `name`."""
    journal = Journal.start(roadmap, "2027-01-04T09:30:00", {os.path.realpath(roadmap): b""})
    journal.append(SaveRecord({name: (OLD, NEW)}))
    journal.close()
    return journal.path


def victim(folder: Path) -> Path:
    """A file of mine that is no roadmap's, in a state that a cut-off save would leave."""
    file = folder / "login"
    file.write_bytes(HALF)
    return file


def shown(roadmap: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What `planner show` says beside its data; it has to go well."""
    capsys.readouterr()
    with pytest.raises(SystemExit) as left:
        main(["show", str(roadmap)])
    assert left.value.code == 0
    return capsys.readouterr().err
