"""Reconciling: what others did to the files, and what is unsaved here, brought together.

One key that got two values is a question. Until it is answered the value here is ours, nothing can
be saved, and the journal goes on from where it began, so that a dead session's question is asked
again and not answered by the restoring.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from planner.conflicts.findings import Finding
from planner.errors import ReadError
from planner.files.merging import MergedFiles, merge_workspaces
from planner.files.presence import Presence, announced, git_directory
from planner.files.workspace import Workspace, by_path
from planner.ground import decided
from planner.text.edits import Tables
from planner.text.merge import Conflict
from planner.text.telling import told

ON_DISK = "on disk"
SHOWN = 2


class Reconciled(Struct, frozen=True):
    """What came of a look at the disk: phrases of what others did, questions, new findings."""

    who: str
    changes: tuple[str, ...]
    questions: tuple[Conflict, ...] = ()
    findings: tuple[Finding, ...] = ()
    broken: str | None = None
    mended: str | None = None
    """The file that could not be read, and now can, with nothing new in it."""

    @property
    def message(self) -> str:
        """All of it in one line: ``ana: profile-api estimate 6w → 8w``."""
        if self.broken:
            return f"The last good plan stays on screen: {self.broken}"
        if self.mended:
            return f"{self.mended} can be read again, and is as it was"
        rest = len(self.changes) - SHOWN
        more = f" and {rest} more" if rest > 0 else ""
        parts = [f"{self.who}: {'; '.join(self.changes[:SHOWN])}{more}"]
        if self.questions:
            names = ", ".join(each.name for each in self.questions[:SHOWN])
            parts.append(f"both changed {names}: choose one")
        if self.findings:
            parts.append(f"now {len(self.findings)} more to solve: {self.findings[0].message}")
        return "; ".join(parts)


def broken(error: ReadError) -> Reconciled:
    """The files can't be read or merged now; a short name is enough, since there is one roadmap."""
    return Reconciled(ON_DISK, (), broken=f"{place_of(error)}: {error.message}")


def mended(error: ReadError) -> Reconciled:
    """The files can be read again, and say what they said before."""
    return Reconciled(ON_DISK, (), mended=Path(error.file or "").name)


def place_of(error: ReadError) -> str:
    """``plan.toml:14``."""
    name = Path(error.file or "").name
    return f"{name}:{error.line}" if error.line else name


def bring_together(base: Workspace, ours: Workspace, theirs: Workspace) -> MergedFiles:
    """Both sides' changes, ours where both changed one key. Raises ReadError."""
    return merge_workspaces(base, ours, theirs, decided({}, "ours"))


def phrases(before: Tables, after: Tables) -> tuple[str, ...]:
    """What others did, in words; they may have touched comments only."""
    return tuple(told(before, after)) or ("comments or layout",)


def author(before: Workspace, after: Workspace, here: Sequence[Presence]) -> str:
    """Who it was: whose saves, or whose commits, led from one content to the other.

    Nobody is named on mere suspicion, such as being here: an editor may have done it.
    """
    old, new = by_path(before), by_path(after)
    names: list[str] = []
    for path in old.keys() | new.keys():
        was, now = (each[path].to_bytes() if path in each else b"" for each in (old, new))
        if was != now:
            found = announced(here, was, now) or _committed(Path(path), was, now)
            if not found:
                return ON_DISK
            names += found
    return listed(names) or ON_DISK


def _committed(path: Path, was: bytes, now: bytes) -> tuple[str, ...]:
    if git_directory(path) is None:
        return ()
    from planner.git.authors import committed

    return committed(path, was, now)


def listed(names: Sequence[str]) -> str:
    """``ana``, ``ana and ben``, ``ana and 2 more``."""
    first, *others = dict.fromkeys(names) or [""]
    if len(others) > 1:
        return f"{first} and {len(others)} more"
    return " and ".join([first, *others])


def gained(before: Sequence[Finding], after: Sequence[Finding]) -> tuple[Finding, ...]:
    """Errors and warnings that were not there before, worst first."""
    known = {finding.fingerprint for finding in before}
    return tuple(
        finding
        for finding in after
        if finding.fingerprint not in known and not finding.waived and finding.severity != "info"
    )
