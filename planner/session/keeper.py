"""Journal lifecycle of one session: started at the first edit, restarted after a save or merge.

The old journal is deleted only when the new one is durable. A journal that can't be written is
reported and never blocks editing. After a reload the journal of the discarded changes is kept,
since undo can restore them; it goes when undo does, or on a clean exit.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from planner.files.failures import why_no_journal
from planner.files.targets import Write
from planner.files.workspace import Workspace
from planner.text.document import Document

if TYPE_CHECKING:
    # Loaded with the first change: a command that only reads has nothing to journal.
    from planner.session.journal import Journal


class Keeper:
    """Writes the journal of a session; where not `active`, only of saves that need one."""

    def __init__(self, saved: Workspace, *, active: bool) -> None:
        self.active = active
        self._roadmap = Path(os.path.realpath(saved.path))
        self._real: dict[Path, str] = {}
        self._bytes_of: dict[str, tuple[Document, bytes]] = {}
        self._saved = saved
        self._last = self._bytes(saved)
        self._journal: Journal | None = None
        self._aside: list[tuple[Journal, dict[str, bytes]]] = []
        self.problem: str | None = None
        """Why the last change could not be journalled; None where it was."""

    @property
    def holds(self) -> bool:
        """Whether every unsaved change is in a journal."""
        return self._journal is not None and self.problem is None

    def record(self, label: str, workspace: Workspace) -> None:
        """Journal a change; where that fails, `problem` is set."""
        if not self.active:
            return
        from planner.session.journal import EditRecord, splices

        now = self._bytes(workspace)
        steps = splices(self._last, now)
        if not steps:
            return
        try:
            journal = self._journal or self._started()
            journal.append(EditRecord(label, steps))
            self._journal, self._last, self.problem = journal, now, None
            self._drop([each for each in self._aside if each[1] == now])
        except OSError as error:
            self.problem = f"no recovery file can be written, save often: {why_no_journal(error)}"

    def record_save(self, writes: Sequence[Write]) -> None:
        """Journal a save that may be interrupted half way. Raises OSError where that fails."""
        from planner.session.journal import SaveRecord

        if self._journal is None:
            self._journal = self._started()
        self._journal.append(
            SaveRecord({os.path.realpath(each.path): (each.base, each.new) for each in writes})
        )

    def start_again(self, saved: Workspace, workspace: Workspace) -> None:
        """Restart from the files as in `saved`; differences of `workspace` are unsaved changes."""
        before = self._journal, self._saved, self._last
        self._real.clear()
        self._journal, self._saved, self._last = None, saved, self._bytes(saved)
        self.record("unsaved changes", workspace)
        if self.problem and before[0] is not None:
            # The old journal still has every change since its first record.
            self._journal, self._saved, self._last = before
            self.record("unsaved changes", workspace)
        elif before[0] is not None:
            before[0].discard()

    def set_aside(self, saved: Workspace) -> None:
        """Restart after a reload; the journal of the unsaved changes is kept for undo."""
        if self._journal is not None and self._last != self._bytes(self._saved):
            self._aside.append((self._journal, self._last))
            self._journal = None
        self.start_again(saved, saved)

    def _drop(self, aside: list[tuple[Journal, dict[str, bytes]]]) -> None:
        for each in aside:
            each[0].discard()
            self._aside.remove(each)

    def discard(self) -> None:
        """Delete all journals of the session."""
        self._drop([*self._aside])
        if self._journal is not None:
            self._journal.discard()
            self._journal = None

    def close(self) -> None:
        """Close all journals; the next start offers their changes."""
        for journal, _ in self._aside:
            journal.close()
        self._aside.clear()
        if self._journal is not None:
            self._journal.close()
            self._journal = None

    def _started(self) -> Journal:
        from planner.session.journal import Journal

        since = datetime.now().isoformat(timespec="seconds")
        return Journal.start(self._roadmap, since, self._bytes(self._saved))

    def _bytes(self, workspace: Workspace) -> dict[str, bytes]:
        """Bytes of each file by real path; encoded once for each document."""
        found = {
            self._real_path(file): document
            for file, document in zip(workspace.absolute, workspace.documents, strict=True)
        }
        for path, document in found.items():
            if self._bytes_of.get(path, (None, b""))[0] is not document:
                self._bytes_of[path] = (document, document.to_bytes())
        return {path: self._bytes_of[path][1] for path in found}

    def _real_path(self, file: Path) -> str:
        """Real path of a file when it was first read; links may have changed since."""
        if file not in self._real:
            self._real[file] = os.path.realpath(file)
        return self._real[file]
