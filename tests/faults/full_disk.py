"""A disk that is full at 28 levels: from no room at all to just enough for a save.

The disk is a small one in memory, where we may mount one; else the calls that write are counted.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from planner.session.dead_sessions import recoverable
from tests.faults.stage import LONGER, PLAN, REFUSED, SAVED, ended, in_child, opened, stage
from tests.faults.tally import Tally

LEVELS = 28
PAGE = 4096
TEXT = PLAN + "".join(f"# {line:05d} {'x' * 60}\n" for line in range(1600))
"""About 110 kB, so that a save needs 27 pages beside those of the old text."""


def available() -> bool:
    """Whether we may mount a disk."""
    return os.geteuid() == 0


def levels(count: int = LEVELS) -> Iterator[Tally]:
    """Save at each level, a new file and in place, with the journal on this disk or elsewhere."""
    for kind in ("replace", "in place"):
        for elsewhere in (True, False):
            where = "elsewhere" if elsewhere else "there too"
            tally = Tally(f"full disk, {kind}, journal {where}")
            for level in range(0, LEVELS, LEVELS // count):
                with _disk() as disk, stage(kind, TEXT, under=disk) as made:
                    if elsewhere:
                        os.environ["XDG_STATE_HOME"] = tempfile.mkdtemp()
                    _try(tally, kind, level, disk, made.path)
            yield tally


def _try(tally: Tally, kind: str, level: int, disk: Path, path: Path) -> None:
    before = path.read_text()
    _fill(disk, 2 * level * PAGE)

    def act() -> None:
        session = opened(path)
        session.apply(LONGER)
        session.save()

    code = ended(in_child(act))
    tally.tries += 1
    tally.count({SAVED: "saved", REFUSED: "not saved"}.get(code, "crashed"))
    if code not in (SAVED, REFUSED):
        tally.note("crashed", f"{kind} {level}")
    text = path.read_text()
    if text not in (before, before.replace('"3w"', f'"{LONGER.value}"')):
        tally.note("torn", f"{kind} {level}")
    if code == SAVED and text == before:
        tally.note("lost", f"{kind} {level}")
    if code == REFUSED and text == before:
        (disk / "ballast").unlink()
        recovery = recoverable(path)
        tally.count("recoverable" if recovery else "said to be in no journal")
        if recovery:
            recovery.close()


@contextmanager
def _disk() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], check=True)
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "-l", folder], check=True)


def _fill(disk: Path, leave: int) -> None:
    info = os.statvfs(disk)
    with (disk / "ballast").open("wb") as ballast:
        ballast.write(b"x" * max(0, info.f_bavail * info.f_frsize - leave - PAGE))
        with_room = os.statvfs(disk)
        left = with_room.f_bavail * with_room.f_frsize
        if left > leave:
            ballast.write(b"x" * (left - leave))
