"""The keeper of one session's unsaved work: when its journal begins, goes on, and is spent.

A session that changed nothing has no journal. The first change starts one; a save, or a merge with
what others did, starts it again from the new bytes, and only when that is on the disk does the old
one go. A journal that can't be written is said, and never stops anybody from working.

What was left behind, to read the files again, is one undo away: its journal is kept too, until it
is there again or the session is left as a person leaves it.
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
    """Journals the changes of a session, if it is `active`; else only saves that depend on it."""

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
        """Why the last change is in no journal; None where it is."""

    @property
    def holds(self) -> bool:
        """Whether everything that is unsaved is in a journal."""
        return self._journal is not None and self.problem is None

    def record(self, label: str, workspace: Workspace) -> None:
        """Make a change durable; `problem` says where that failed."""
        if not self.active:
            return
        from planner.session.journal import Step, splices

        now = self._bytes(workspace)
        steps = splices(self._last, now)
        if not steps:
            return
        try:
            journal = self._journal or self._started()
            journal.append(Step(label, steps))
            self._journal, self._last, self.problem = journal, now, None
            self._drop([each for each in self._aside if each[1] == now])
        except OSError as error:
            self.problem = f"your edits are in no journal, save often: {why_no_journal(error)}"

    def promise(self, writes: Sequence[Write]) -> None:
        """Make a save durable that could be cut off half way. Raises OSError where it can't be."""
        from planner.session.journal import Promised

        if self._journal is None:
            self._journal = self._started()
        self._journal.append(
            Promised({os.path.realpath(each.path): (each.base, each.new) for each in writes})
        )

    def start_again(self, saved: Workspace, workspace: Workspace) -> None:
        """The files are now as in `saved`; what `workspace` has beyond that is what is unsaved."""
        before = self._journal, self._saved, self._last
        self._real.clear()
        self._journal, self._saved, self._last = None, saved, self._bytes(saved)
        self.record("unsaved changes", workspace)
        if self.problem and before[0] is not None:
            # The old journal still says all of it, from where it began.
            self._journal, self._saved, self._last = before
            self.record("unsaved changes", workspace)
        elif before[0] is not None:
            before[0].discard()

    def leave_behind(self, saved: Workspace) -> None:
        """The files are now as in `saved`; what was unsaved is left, and may be returned to."""
        if self._journal is not None and self._last != self._bytes(self._saved):
            self._aside.append((self._journal, self._last))
            self._journal = None
        self.start_again(saved, saved)

    def _drop(self, aside: list[tuple[Journal, dict[str, bytes]]]) -> None:
        for each in aside:
            each[0].discard()
            self._aside.remove(each)

    def forget(self) -> None:
        """The unsaved changes are not wanted, nor those that were left behind."""
        self._drop([*self._aside])
        if self._journal is not None:
            self._journal.discard()
            self._journal = None

    def close(self) -> None:
        """Leave what is unsaved for the next start to find, and what was left behind."""
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
        """The bytes of each file by real path; encoded once for each document."""
        found = {
            self._real_path(file): document
            for file, document in zip(workspace.absolute, workspace.documents, strict=True)
        }
        for path, document in found.items():
            if self._bytes_of.get(path, (None, b""))[0] is not document:
                self._bytes_of[path] = (document, document.to_bytes())
        return {path: self._bytes_of[path][1] for path in found}

    def _real_path(self, file: Path) -> str:
        """What a file was behind all links when it was read, not what it was made to be since."""
        if file not in self._real:
            self._real[file] = os.path.realpath(file)
        return self._real[file]
