"""Recovery of a dead session: restore its unsaved changes, complete its interrupted save.

Nothing is applied twice: changes that the files already have are not offered, and a restored
journal is deleted. Nothing is restored over somebody else's change: both are merged.
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path

from planner.errors import PlannerError, ReadError
from planner.files.inplace import is_torn
from planner.files.locking import locked
from planner.files.reading import read_file
from planner.files.saving import save
from planner.files.targets import Target, Write, write_all
from planner.files.workspace import Workspace, by_path
from planner.merge.workspaces import merge_workspaces, of_bytes
from planner.roadmap.figures import count, date_text
from planner.session.journal import Orphan, orphans
from planner.text.differences import file_phrases

SHOWN = 3


class Recovery:
    """Unsaved changes of a dead session; claimed until they are restored, discarded or closed."""

    def __init__(self, orphan: Orphan, now: Workspace) -> None:
        self._orphan = orphan
        self.base = of_bytes(now.path, orphan.base)
        self.mine = of_bytes(now.path, orphan.last)
        self.since = datetime.fromisoformat(orphan.since)
        self.changes = file_phrases(self.base.tables, self.mine.tables)
        self.changed_meanwhile = by_path(now).keys() != orphan.base.keys() or any(
            document.to_bytes() != orphan.base[path] for path, document in by_path(now).items()
        )

    def describe(self) -> str:
        """Number of changes, date and time, and the first few changes, in one line."""
        heading, *rest = self.lines(SHOWN)
        return f"{heading} {'; '.join(rest)}"

    def lines(self, most: int = 6) -> list[str]:
        """Number of changes with date and time, then the first `most` changes, then a warning."""
        more = len(self.changes) - most
        since = f"{date_text(self.since.date(), date.today())} {self.since:%H:%M}"
        changes = count(len(self.changes), "unsaved change")
        found = [f"{changes} since {since}:", *self.changes[:most]]
        if more > 0:
            found.append(f"and {more} more")
        if self.changed_meanwhile:
            found.append("the files changed since; both are merged")
        return found

    def discard(self) -> None:
        """Delete the journal: its changes are not wanted, or are in another journal."""
        self._orphan.discard()

    def close(self) -> None:
        """Keep the journal: the next start offers the changes again."""
        self._orphan.close()


def recoverable(now: Workspace) -> Recovery | None:
    """The oldest changes of a dead session that the files do not have, or None.

    Journals whose changes are all in the files are deleted.
    """
    for orphan in orphans(now.path):
        try:
            recovery = Recovery(orphan, now)
            if not _is_spent(recovery, now):
                return recovery
            orphan.discard()
        except ReadError:
            orphan.close()
    return None


def _is_spent(recovery: Recovery, now: Workspace) -> bool:
    """Whether the files have all of its changes, or they were undone."""
    if _texts(recovery.mine) == _texts(recovery.base):
        return True
    try:
        merged = merge_workspaces(recovery.base, recovery.mine, now, lambda _: "ours")
    except PlannerError:
        return False
    return not merged.asked and _texts(merged.workspace) == _texts(now)


def _texts(workspace: Workspace) -> dict[str, str]:
    return {path: document.text for path, document in by_path(workspace).items()}


# --- interrupted saves ----------------------------------------------------------------------------


def complete_saves(roadmap: Path) -> None:
    """Complete a save that a crash interrupted: the rest of a file, and the other files.

    Files that somebody wrote since are not changed. If it can't be completed, the journal stays.
    """
    for orphan in orphans(roadmap):
        try:
            if orphan.interrupted and _completed(orphan.interrupted):
                orphan.discard()
        except (PlannerError, OSError):
            continue
        finally:
            orphan.close()


def _completed(writes: list[Write]) -> bool:
    """Complete the writes; whether all files have their new bytes now.

    A save of which no byte was written is not completed: it was never reported as saved.
    """
    found = {write.path: read_file(write.path) for write in writes}
    torn = [write for write in writes if is_torn(found[write.path], write.base, write.new)]
    if not torn and all(found[write.path] != write.new for write in writes):
        return False
    for write in torn:
        _finish(write)
    rest = [write for write in writes if found[write.path] == write.base]
    # The journal of this save is still there, so there is nothing to record before writing.
    save(rest, lambda _: None)
    return len(rest) + len(torn) + sum(found[w.path] == w.new for w in writes) == len(writes)


def _finish(write: Write) -> None:
    """Overwrite a mixture of old and new bytes with the new bytes."""
    with ExitStack() as stack:
        target = Target.open(write, stack)
        stack.enter_context(locked(target.folder))
        descriptor = target.opened(os.O_RDWR)
        stack.callback(os.close, descriptor)
        write_all(descriptor, write.new)
        os.ftruncate(descriptor, len(write.new))
        os.fsync(descriptor)
