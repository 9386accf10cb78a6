"""Recovery: what a dead session left unsaved, what it would restore, and a save that was cut off.

Nothing is applied twice: what is in the files already is not offered, and a journal that was
restored is gone. Nothing is restored over somebody else's change: both are merged.
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from planner.errors import PlannerError, ReadError
from planner.files.inplace import is_torn
from planner.files.locking import locked
from planner.files.reading import read_file
from planner.files.saving import save
from planner.files.targets import Target, Write, write_all
from planner.files.workspace import Workspace, by_path
from planner.merge.workspaces import merge_workspaces, of_bytes
from planner.session.journal import Orphan, orphans
from planner.text.differences import told

SHOWN = 3


class Recovery:
    """Unsaved changes of a dead session, ours until they are restored, discarded, or let go."""

    def __init__(self, orphan: Orphan, now: Workspace) -> None:
        self._orphan = orphan
        self.base = of_bytes(now.path, orphan.base)
        self.mine = of_bytes(now.path, orphan.last)
        self.since = datetime.fromisoformat(orphan.since)
        self.changes = tuple(told(self.base.tables, self.mine.tables)) or ("comments or layout",)
        self.changed_meanwhile = by_path(now).keys() != orphan.base.keys() or any(
            document.to_bytes() != orphan.base[path] for path, document in by_path(now).items()
        )

    def describe(self) -> str:
        """One line: how many changes, from when, the first few of them."""
        heading, *rest = self.lines(SHOWN)
        return f"{heading} {'; '.join(rest)}"

    def lines(self, most: int = 6) -> list[str]:
        """How many changes and from when; then what they are, the first few; then a warning."""
        count, more = len(self.changes), len(self.changes) - most
        changes = "1 unsaved change" if count == 1 else f"{count} unsaved changes"
        found = [f"{changes} since {self.since:%-d %b %H:%M}:", *self.changes[:most]]
        if more > 0:
            found.append(f"and {more} more")
        if self.changed_meanwhile:
            found.append("the files changed since; both are merged")
        return found

    def discard(self) -> None:
        """The changes are not wanted, or they are in another journal now."""
        self._orphan.discard()

    def close(self) -> None:
        """Decide later: the next start finds them again."""
        self._orphan.close()


def recoverable(now: Workspace) -> Recovery | None:
    """The oldest changes of a dead session that are not in the files; spent journals go."""
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
    """Whether everything in it is in the files, or was taken back again."""
    if _texts(recovery.mine) == _texts(recovery.base):
        return True
    try:
        merged = merge_workspaces(recovery.base, recovery.mine, now, lambda _: "ours")
    except PlannerError:
        return False
    return not merged.asked and _texts(merged.workspace) == _texts(now)


def _texts(workspace: Workspace) -> dict[str, str]:
    return {path: document.text for path, document in by_path(workspace).items()}


# --- a save that was cut off ----------------------------------------------------------------------


def complete_saves(roadmap: Path) -> None:
    """Complete what was saved in part when a session died: the other files, the rest of one.

    What somebody else wrote since is left alone. If it can't be completed now, the journal stays.
    """
    for orphan in orphans(roadmap):
        try:
            if orphan.unfinished and _completed(orphan.unfinished):
                orphan.discard()
        except (PlannerError, OSError):
            continue
        finally:
            orphan.close()


def _completed(writes: list[Write]) -> bool:
    """Whether the files say it all now. A save of which nothing is there yet never began."""
    found = {write.path: read_file(write.path) for write in writes}
    torn = [write for write in writes if is_torn(found[write.path], write.base, write.new)]
    if not torn and all(found[write.path] != write.new for write in writes):
        return False
    for write in torn:
        _finish(write)
    rest = [write for write in writes if found[write.path] == write.base]
    # The journal that promised this is still there, so the promise is kept already.
    save(rest, lambda _: None)
    return len(rest) + len(torn) + sum(found[w.path] == w.new for w in writes) == len(writes)


def _finish(write: Write) -> None:
    """Write all of the new bytes over the mixture of old and new."""
    with ExitStack() as stack:
        target = Target.open(write, stack)
        stack.enter_context(locked(target.folder))
        descriptor = target.opened(os.O_RDWR)
        stack.callback(os.close, descriptor)
        write_all(descriptor, write.new)
        os.ftruncate(descriptor, len(write.new))
        os.fsync(descriptor)
