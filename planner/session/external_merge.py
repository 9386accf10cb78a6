"""Merge external file changes with unsaved changes.

A key with two different values is a merge conflict: this session's value stays until the user
chooses, and saving is blocked. The journal keeps its first record meanwhile, so that a session
restored after a crash has the conflict again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct, structs

from planner.conflicts.changes import Changes
from planner.conflicts.findings import Finding, in_order
from planner.errors import ReadError
from planner.files.workspace import Workspace, by_path
from planner.git.directory import git_directory
from planner.merge.three_way import Conflict
from planner.merge.workspaces import MergedFiles, merge_workspaces
from planner.plan.model import Plan
from planner.roadmap.figures import listed
from planner.session.external_changes import decided
from planner.session.presence import Presence, announced
from planner.text.differences import file_phrases
from planner.text.renames import renamed_tables

ON_DISK = "on disk"
SHOWN = 2


class MergeReport(Struct, frozen=True):
    """Result of a merge: external changes as phrases, merge conflicts, new errors and warnings."""

    who: str
    changes: tuple[str, ...]
    merge_conflicts: tuple[Conflict, ...] = ()
    findings: tuple[Finding, ...] = ()
    broken: str | None = None
    readable_again: str | None = None
    """The file that was unreadable and is readable again, unchanged."""
    lost: tuple[str, ...] = ()
    """What was tried in a what-if and can't be made any more."""
    ask: Callable[[], str] | None = None
    """Looks the author up in git; None where the author is known."""

    def named(self) -> MergeReport:
        """Return the report with its author looked up. Runs git: call it off the UI thread."""
        return structs.replace(self, who=self.ask(), ask=None) if self.ask else self

    @property
    def message(self) -> str:
        """The report in one line: ``ana: profile-api estimate 6w → 8w``."""
        if self.broken:
            return f"Showing the last readable version. {self.broken}"
        if self.readable_again:
            return f"{self.readable_again} can be read again, and is as it was"
        rest = len(self.changes) - SHOWN
        more = f" and {rest} more" if rest > 0 else ""
        parts = [f"{self.who}: {'; '.join(self.changes[:SHOWN])}{more}"]
        if self.merge_conflicts:
            names = ", ".join(each.name for each in self.merge_conflicts[:SHOWN])
            parts.append(f"both changed {names}: choose one")
        if self.findings:
            parts.append(f"now {len(self.findings)} more to solve: {self.findings[0].message}")
        if self.lost:
            parts.append(f"no longer possible in the what-if: {', '.join(self.lost)}")
        return "; ".join(parts)


def broken(error: ReadError) -> MergeReport:
    """Report that the files can't be read or merged now; files by name without their folder."""
    return MergeReport(ON_DISK, (), broken=f"{file_and_line(error)}: {error.message}")


def readable_again(error: ReadError) -> MergeReport:
    """Report that the files are readable again and unchanged."""
    return MergeReport(ON_DISK, (), readable_again=Path(error.file or "").name)


def file_and_line(error: ReadError) -> str:
    """``plan.toml:14``."""
    name = Path(error.file or "").name
    return f"{name}:{error.line}" if error.line else name


def merge_texts(base: Workspace, ours: Workspace, theirs: Workspace) -> MergedFiles:
    """Merge both sides' changes, ours where both changed one key. Raises ReadError."""
    return merge_workspaces(base, ours, theirs, decided({}, "ours"))


def merge_report(
    before: Workspace,
    theirs: Workspace,
    here: Sequence[Presence],
    merge_conflicts: tuple[Conflict, ...],
    findings: tuple[Finding, ...],
) -> MergeReport:
    """Report an external change that was merged; the author as far as other sessions tell."""
    who = author(before, theirs, here)
    ask = partial(author, before, theirs, here, _committed) if who == ON_DISK else None
    changes = (*_files(before, theirs), *file_phrases(before.tables, theirs.tables))
    return MergeReport(who, changes, merge_conflicts, findings, ask=ask)


def _files(before: Workspace, theirs: Workspace) -> Iterator[str]:
    """Phrases for whole files that were removed or added."""
    old, new = set(before.absolute), set(theirs.absolute)
    yield from (f"{file.name} is gone" for file in sorted(old - new))
    yield from (f"{file.name} is new" for file in sorted(new - old))


Asking = Callable[[Path, bytes, bytes], tuple[str, ...]]
"""Names of those who changed a file from one content to another; empty where unknown."""


def author(
    before: Workspace,
    after: Workspace,
    here: Sequence[Presence],
    asking: Asking = lambda *_: (),
) -> str:
    """Name the authors of a change: whose saves made it, else those that `asking` finds.

    `ON_DISK` where any file has no known author: having the roadmap open is no proof.
    """
    old, new = by_path(before), by_path(after)
    names: list[str] = []
    for path in sorted(old.keys() | new.keys()):
        was, now = (each[path].to_bytes() if path in each else b"" for each in (old, new))
        if was != now:
            found = announced(here, was, now) or asking(Path(path), was, now)
            if not found:
                return ON_DISK
            names += found
    return listed(dict.fromkeys(names), SHOWN) or ON_DISK


def _committed(path: Path, was: bytes, now: bytes) -> tuple[str, ...]:
    if git_directory(path) is None:
        return ()
    from planner.git.authors import committed

    return committed(path, was, now)


def new_conflicts(before: Plan, after: Plan) -> tuple[Finding, ...]:
    """Errors and warnings that are new in `after`, worst first; not looked for in a large plan."""
    if after.is_large:
        return ()
    renamed = renamed_tables(before.tables, after.tables)
    fresh = Changes(before.parts, after.parts, renamed).fresh
    return in_order(one for one in fresh if one.severity != "info")
