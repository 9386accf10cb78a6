"""What sessions that died left of a roadmap, looked for at every start.

Nearly always there is nothing, which one look into a folder tells; the journals are read, and
recovery imported, only where there is something.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from planner.files.restore_deleted import gone, put_back
from planner.files.state import distrusted as distrusted
from planner.files.state import waiting
from planner.files.workspace import Workspace

if TYPE_CHECKING:
    from planner.session.recovery import Recovery as Recovery


def recoverable(path: Path) -> Recovery | None:
    """Unsaved changes, the oldest first; None where there are none. Raises ReadError."""
    if not waiting(path):
        return None
    from planner.session.recovery import recoverable

    return recoverable(Workspace.open(path))


def left_behind(path: Path) -> dict[Path, bytes]:
    """Deleted files whose last read content is in a journal, by path.

    Their unsaved changes can be restored only once the files are there again.
    """
    found: dict[Path, bytes] = {}
    if waiting(path):
        from planner.session.journal import orphans

        for orphan in orphans(path):
            found |= {Path(file): text for file, text in orphan.base.items()}
            orphan.close()
    return {file: found[file] for file in gone(found)}


def put_back_left_behind(path: Path) -> None:
    """Restore the deleted files with the content in a journal. Raises SaveError."""
    put_back(left_behind(path))


def complete_saves(path: Path) -> None:
    """Complete an interrupted save, if there is one."""
    if waiting(path):
        from planner.session.recovery import complete_saves

        complete_saves(path)
