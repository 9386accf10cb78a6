"""Reconciling: what others did to the files, and what is unsaved here, brought together.

One key that got two values is a question. Until it is answered the value here is ours, nothing can
be saved, and the journal goes on from where it began, so that a dead session's question is asked
again and not answered by the restoring.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct, structs

from planner.conflicts.changes import Changes
from planner.conflicts.context import listed
from planner.conflicts.findings import Finding, in_order
from planner.errors import ReadError
from planner.files.workspace import Workspace, by_path
from planner.git.directory import git_directory
from planner.merge.three_way import Conflict
from planner.merge.workspaces import MergedFiles, merge_workspaces
from planner.plan.model import Plan
from planner.roadmap.entities import Tables
from planner.session.external_changes import decided
from planner.session.presence import Presence, announced
from planner.text.differences import told
from planner.text.renames import renamed_tables

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
    ask: Callable[[], str] | None = None
    """Who it was, asked of git where nobody who is here tells of it; None where that is known."""

    def named(self) -> Reconciled:
        """The same, with whoever committed it. Runs git: beside a screen, in a thread."""
        return structs.replace(self, who=self.ask(), ask=None) if self.ask else self

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


def taken_in(
    before: Workspace,
    theirs: Workspace,
    here: Sequence[Presence],
    questions: tuple[Conflict, ...],
    findings: tuple[Finding, ...],
) -> Reconciled:
    """What others did to the files, and what came of it."""
    who = author(before, theirs, here)
    ask = partial(author, before, theirs, here, _committed) if who == ON_DISK else None
    changes = (*_files(before, theirs), *phrases(before.tables, theirs.tables))
    return Reconciled(who, changes, questions, findings, ask=ask)


def _files(before: Workspace, theirs: Workspace) -> Iterator[str]:
    """A whole file that went or came stands before what it takes or brings."""
    old, new = set(before.absolute), set(theirs.absolute)
    yield from (f"{file.name} is gone" for file in sorted(old - new))
    yield from (f"{file.name} is new" for file in sorted(new - old))


Asking = Callable[[Path, bytes, bytes], tuple[str, ...]]
"""Who led a file from one content to another; empty where nobody can tell."""


def author(
    before: Workspace,
    after: Workspace,
    here: Sequence[Presence],
    asking: Asking = lambda *_: (),
) -> str:
    """Who it was: whose saves led from one content to the other, else who `asking` names.

    Nobody is named on mere suspicion, such as being here: an editor may have done it.
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


def gained(before: Plan, after: Plan) -> tuple[Finding, ...]:
    """Errors and warnings that were not there before, worst first."""
    renamed = renamed_tables(before.tables, after.tables)
    fresh = Changes(before.parts, after.parts, renamed).fresh
    return in_order(one for one in fresh if one.severity != "info")
