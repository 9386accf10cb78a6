"""Session: one open roadmap, and the only thing in the program that changes.

It holds the text (a workspace) and what follows from it (a plan). Every change is an edit: tried on
the data, applied to the text, verified, and only then shown. Undo goes back to the very bytes that
were there, because both text and plan are values that are kept.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable
from datetime import date
from pathlib import Path

from msgspec import Struct

from planner.conflicts.findings import Finding
from planner.conflicts.fixes import Fix, fixes
from planner.conflicts.reach import Reach, reach
from planner.consequence import Consequence, compare
from planner.errors import EditRefused, UsageError
from planner.files import starting
from planner.files.saving import Saved
from planner.files.workspace import Workspace, find_roadmaps
from planner.plan import Clock, Plan
from planner.roadmap.reading import read
from planner.text.edits import Edit, as_command

LARGE = 2_000
TRIALS_WHEN_LARGE = 8
"""Past `LARGE` initiatives the ways out are sought among the levers that look best only."""


class Moment(Struct, frozen=True):
    """One state in the session's past or future: what was done to come here, and all that held."""

    label: str
    edit: Edit | None
    workspace: Workspace
    plan: Plan


class Preview(Struct, frozen=True):
    """What an edit would do: the plan as it would be, seen from the plan as it is."""

    plan: Plan
    consequence: Consequence


Listener = Callable[[Plan, Plan], None]


class Session:
    """An open workspace. Raises PlannerError's children only; a refused edit changes nothing."""

    def __init__(self, workspace: Workspace, clock: Clock) -> None:
        self.clock = clock
        self._saved = workspace
        self._past: list[Moment] = [Moment("open", None, workspace, plan_of(workspace, clock))]
        self._future: list[Moment] = []
        self._listeners: list[Listener] = []

    @classmethod
    def open(cls, path: Path, as_of: date | None = None, today: date | None = None) -> Session:
        """Read a roadmap, a file or a folder. Raises ReadError or UsageError."""
        return cls(Workspace.open(path), Clock(today=today or date.today(), fixed=as_of))

    # --- what holds now ---------------------------------------------------------------------------

    @property
    def plan(self) -> Plan:
        """The plan of the text as it is now, saved or not."""
        return self._past[-1].plan

    @property
    def workspace(self) -> Workspace:
        """The text as it is now, saved or not."""
        return self._past[-1].workspace

    @property
    def path(self) -> Path:
        """The file or folder, as it was named."""
        return self.workspace.path

    @property
    def unsaved(self) -> bool:
        """Whether any file's bytes differ from what was read or last saved."""
        return self.unsaved_files > 0

    @property
    def unsaved_files(self) -> int:
        """How many files have unsaved changes."""
        saved = {doc.file: doc for doc in self._saved.documents}
        return sum(_differs(saved.get(doc.file), doc) for doc in self.workspace.documents)

    def locate(self, kind: str, id: str, key: tuple[str, ...] = ()) -> tuple[str, int | None]:
        """The file, as the user names it, and the 1-based line of a table or a key in it."""
        return self.workspace.locate(kind, id, key)

    def place(self, finding: Finding) -> tuple[str, int | None]:
        """The file and 1-based line where a finding is to be looked at."""
        for document in self.workspace.documents:
            if document.file == finding.file:
                path = tuple(part for part in (finding.kind, finding.id, *finding.key) if part)
                return document.file, document.line_of(path)
        return self.locate(finding.kind, finding.id, finding.key)

    def diff(self) -> str:
        """What saving would write, as a unified diff; empty where there is nothing to save."""
        saved = {doc.file: doc.text for doc in self._saved.documents}
        return "".join(
            line
            for doc in self.workspace.documents
            for line in difflib.unified_diff(
                saved.get(doc.file, "").splitlines(keepends=True),
                doc.text.splitlines(keepends=True),
                f"{doc.file} (saved)",
                f"{doc.file} (unsaved)",
            )
        )

    # --- changing ---------------------------------------------------------------------------------

    def preview(self, edit: Edit) -> Preview:
        """What `edit` would do to the whole plan; nothing is changed. Raises EditRefused."""
        plan = self.plan.with_edit(edit)
        return Preview(plan, compare(self.plan, plan))

    def apply(self, edit: Edit, label: str = "") -> Consequence:
        """Make `edit`, in text and plan; it can be undone. Raises EditRefused, nothing changed."""
        before = self.plan
        workspace = self.workspace.apply(edit)
        if workspace is self.workspace:
            return compare(before, before)
        plan = before.with_edit(edit, file_of=lambda kind, id: workspace.locate(kind, id)[0])
        self._past.append(Moment(label or "edit", edit, workspace, plan))
        self._future.clear()
        self._tell(before, plan)
        return compare(before, plan)

    @property
    def undo_label(self) -> str | None:
        """What `undo` would take back; None where there is nothing."""
        return self._past[-1].label if len(self._past) > 1 else None

    @property
    def redo_label(self) -> str | None:
        """What `redo` would make again; None where there is nothing."""
        return self._future[-1].label if self._future else None

    def undo(self) -> str | None:
        """Take the last change back, byte for byte; returns its label, None without one."""
        if len(self._past) == 1:
            return None
        moment = self._past.pop()
        self._future.append(moment)
        self._tell(moment.plan, self.plan)
        return moment.label

    def redo(self) -> str | None:
        """Make the change again that was undone last; returns its label, None without one."""
        if not self._future:
            return None
        before = self.plan
        moment = self._future.pop()
        self._past.append(moment)
        self._tell(before, moment.plan)
        return moment.label

    def fixes(self, finding: Finding) -> list[tuple[Fix, Consequence]]:
        """The ways out of a finding, best first, each with what it does to the whole plan."""
        found = []
        for fix in fixes(finding, self.plan.context, trials=_trials(self.plan)):
            try:
                found.append((fix, self.preview(fix.edit).consequence))
            except EditRefused:
                continue
        return found

    def commands(self, finding: Finding) -> tuple[str, ...]:
        """The fixes of a finding as commands; none where it is waived."""
        if finding.waived:
            return ()
        plan = self.plan
        found = fixes(finding, plan.context, trials=_trials(plan))
        return tuple(as_command(fix.edit, plan.roadmap) for fix in found)

    def reach(self, id: str, day: date) -> Reach:
        """What can give, for an initiative to finish by `day` (inclusive). Raises UsageError."""
        return reach(self.plan.context, id, day)

    # --- the disk ---------------------------------------------------------------------------------

    def save(self) -> Saved:
        """Write what changed; refused with ChangedOnDisk where somebody else wrote meanwhile."""
        saved = self.workspace.save(self._saved)
        self._saved = self.workspace
        return saved

    def reload(self) -> None:
        """Read the files again. Unsaved changes are left behind, one undo away."""
        before = self.plan
        workspace = Workspace.open(self.path)
        self._saved = workspace
        self._past.append(Moment("reload", None, workspace, plan_of(workspace, self.clock)))
        self._future.clear()
        self._tell(before, self.plan)

    # --- who listens ------------------------------------------------------------------------------

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener(before, after)` after every change; returns the way to stop that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _tell(self, before: Plan, after: Plan) -> None:
        for listener in tuple(self._listeners):
            listener(before, after)


def plan_of(workspace: Workspace, clock: Clock) -> Plan:
    """Read the text of a workspace into a plan."""
    files = {document.file: document.data for document in workspace.documents}
    reading = read(files, title=workspace.title)
    return Plan(reading, workspace.tables, clock)


def _trials(plan: Plan) -> int | None:
    """How many levers may be tried for one finding: each is a schedule run; None is no limit."""
    return None if len(plan.roadmap.initiatives) <= LARGE else TRIALS_WHEN_LARGE


def _differs(saved: object, document: object) -> bool:
    if saved is document:
        return False
    old, new = getattr(saved, "text", None), getattr(document, "text", None)
    return old != new


# --- finding and starting roadmaps ----------------------------------------------------------------


def find_all(folder: Path) -> list[Path]:
    """The roadmaps in a folder, else in its `roadmaps/`; empty where there is none."""
    return find_roadmaps(folder) or find_roadmaps(folder / "roadmaps")


def find_one(folder: Path) -> Path:
    """The one roadmap of a folder. Raises UsageError where there is none, or more than one."""
    found = find_all(folder)
    if not found:
        raise UsageError("no roadmap here", hint="name one, or start one with `planner init`")
    if len(found) > 1:
        names = ", ".join(str(path) for path in found)
        raise UsageError(f"several roadmaps here: {names}", hint="name one with -r PATH")
    return found[0]


def start_roadmap(path: Path, *, title: str | None, folder: bool) -> list[Path]:
    """Write a first roadmap where there is nothing yet; returns the files written."""
    return starting.start_roadmap(path, title=title, folder=folder, today=date.today())
