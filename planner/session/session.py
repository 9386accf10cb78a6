"""Session: one open roadmap, and the only thing in the program that changes.

It holds the text (a workspace) and what follows from it (a plan). Every change is an edit: tried on
the data, applied to the text, verified, and only then shown. Undo goes back to the very bytes that
were there, because both text and plan are values that are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, structs

from planner.conflicts.findings import Finding
from planner.errors import ChangedOnDisk, ReadError, UsageError
from planner.files.returning import put_back as put_back
from planner.files.saving import Saved
from planner.files.state import distrusted as distrusted
from planner.files.workspace import Workspace, find_roadmaps, unread_roadmap
from planner.git.directory import is_sparse
from planner.plan.impact import Consequence, compare
from planner.plan.model import Clock, Plan, plan_of
from planner.session.undo import Steps
from planner.session.working_copy import Disk, complete_saves, recoverable
from planner.session.working_copy import left_behind as left_behind
from planner.text.commands import as_command
from planner.text.edits import Edit, Edits

if TYPE_CHECKING:
    from planner.conflicts.evidence import Evidence
    from planner.conflicts.fixing import Ways
    from planner.conflicts.reach import Reach
    from planner.merge.three_way import Conflict
    from planner.plan.offers import Offers
    from planner.session.external_changes import Choices
    from planner.session.external_merge import Reconciled
    from planner.session.presence import Presence
    from planner.session.recovery import Recovery as Recovery

LARGE = 2_000
TRIALS_WHEN_LARGE = 8
"""Past `LARGE` initiatives the ways out are sought among the levers that look best only."""
TRIALS_FOR_COMMANDS = 1
"""The same for the commands that JSON gives for each finding."""
TRIES = 20
"""How often a save takes in what others wrote in the meantime before it gives up."""


class Preview(Struct, frozen=True):
    """What an edit would do: the plan as it would be, seen from the plan as it is."""

    plan: Plan
    consequence: Consequence


Listener = Callable[[Plan, Plan], None]

Today = Callable[[], date]
"""Says which day it is."""

Step = Literal["reading", "scheduling"]
Opening = Generator[Step, None, "Session"]
"""The steps in which a session is opened."""


class Session:
    """An open workspace. Raises PlannerError's children only; a refused edit changes nothing.

    `today` is asked when it is opened, and again by `new_day`; `as_of` holds whatever day it is.
    With `keep`, for a person who is editing, every change is in a journal before it is told, and
    others see who is here; `close` ends that.
    """

    def __init__(
        self,
        workspace: Workspace,
        as_of: date | None = None,
        today: Today | None = None,
        *,
        keep: bool = False,
    ) -> None:
        self._today = today or date.today
        self.clock = Clock(self._today(), as_of)
        self.disk = Disk(workspace, keep=keep)
        self._steps = Steps(
            workspace,
            lambda workspace: plan_of(workspace, self.clock),
            self.disk.ground,
            self.disk.keeper.record,
        )
        self._listeners: list[Listener] = []

    @classmethod
    def open(
        cls,
        path: Path,
        as_of: date | None = None,
        today: Today | date | None = None,
        *,
        keep: bool = False,
    ) -> Session:
        """Read a roadmap, a file or a folder. Raises ReadError or UsageError."""
        complete_saves(path)
        _refuse_left_out(path)
        asking = (lambda: today) if isinstance(today, date) else today
        return cls(Workspace.open(path), as_of, asking, keep=keep)

    @classmethod
    def open_slices(cls, path: Path, as_of: date | None = None, *, keep: bool = False) -> Opening:
        """As `open`, for a thread beside a screen: says what it is about to do, again and again."""
        complete_saves(path)
        _refuse_left_out(path)
        reading = Workspace.open_slices(path)
        while True:
            yield "reading"
            try:
                next(reading)
            except StopIteration as read:
                yield "scheduling"
                return cls(read.value, as_of, keep=keep)

    # --- what holds now ---------------------------------------------------------------------------

    @property
    def plan(self) -> Plan:
        """The plan of the text as it is now, saved or not."""
        return self._steps.now.plan

    @property
    def workspace(self) -> Workspace:
        """The text as it is now, saved or not."""
        return self._steps.now.workspace

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
        saved = {doc.file: doc for doc in self.disk.saved.documents}
        return sum(_differs(saved.get(doc.file), doc) for doc in self.workspace.documents)

    def locate(self, kind: str, id: str, key: tuple[str, ...] = ()) -> tuple[str, int | None]:
        """The file, as the user names it, and the 1-based line of a table or a key in it."""
        return self.workspace.locate(kind, id, key)

    def lines(self, kind: str) -> dict[str, tuple[str, int]]:
        """The file and 1-based line of every table of a kind, by id."""
        return self.workspace.lines(kind)

    def place(self, finding: Finding) -> tuple[str, int | None]:
        """The file and 1-based line where a finding is to be looked at: of its key, or of as much
        of it as has a line.
        """
        for document in self.workspace.documents:
            if document.file == finding.file:
                path = tuple(part for part in (finding.kind, finding.id, *finding.key) if part)
                parts = (path[:length] for length in range(len(path), 0, -1))
                lines = (document.line_of(part) for part in parts)
                return document.file, next((line for line in lines if line is not None), None)
        return self.locate(finding.kind, finding.id, finding.key)

    def diff(self) -> str:
        """What saving would write, for `git apply`; empty where there is nothing to save."""
        from planner.text.patching import patch

        saved = {doc.file: doc.to_bytes().decode() for doc in self.disk.saved.documents}
        return "".join(
            patch(_from_here(doc.file), saved.get(doc.file, ""), doc.to_bytes().decode())
            for doc in self.workspace.documents
        )

    def learn(self, evidence: Evidence | None, known: Plan | None = None) -> None:
        """What was looked up in git. It holds for every plan from now on: of later edits, of steps
        that were undone, of files read again.

        `known` is a plan that knows it, worked out beside a screen: taken if none was made since.
        """
        plan = self.plan
        if evidence != plan.evidence:
            same = known is not None and known.reading is plan.reading and known.clock == plan.clock
            self._replace(self.workspace, known if same else plan.knowing(evidence))

    def new_day(self) -> bool:
        """Plan again where midnight has passed since the last look; whether the moment moved."""
        before, today = self.plan, self._today()
        if today == self.clock.today or self.clock.fixed is not None:
            return False
        self.clock = structs.replace(self.clock, today=today)
        self._replace(self.workspace, before.by(self.clock))
        return self.plan.as_of != before.as_of

    # --- changing ---------------------------------------------------------------------------------

    def preview(self, edit: Edit) -> Preview:
        """What `edit` would do to the whole plan; nothing is changed. Raises EditRefused."""
        plan = self.plan.with_edit(edit)
        return Preview(plan, compare(self.plan, plan, edit))

    def apply(self, edit: Edit, label: str = "") -> Consequence:
        """Make `edit`, in text and plan; it can be undone. Raises EditRefused, nothing changed."""
        before = self.plan
        workspace = self.workspace.apply(edit)
        if workspace is self.workspace:
            return compare(before, before)
        plan = before.with_edit(
            edit, workspace.tables, lambda kind, id: workspace.locate(kind, id)[0]
        )
        self._step(label or "edit", workspace, plan, edit)
        return compare(before, plan, edit)

    @property
    def undo_label(self) -> str | None:
        """What `undo` would take back; None where there is nothing."""
        return self._steps.now.label if self._steps.before else None

    @property
    def redo_label(self) -> str | None:
        """What `redo` would make again; None where there is nothing."""
        return self._steps.undone.label if self._steps.undone else None

    def last_command(self, options: Sequence[str] = ()) -> str | None:
        """The last change that holds, as the `planner` command that makes it; None where there is
        no change, or one that no command makes (files read again).
        """
        edit, before = self._steps.now.edit, self._steps.before
        if edit is None or before is None:
            return None
        return as_command(edit, before.plan.roadmap, options)

    def undo(self) -> str | None:
        """Take the last change back, byte for byte; returns its label, None without one."""
        before, label = self.plan, self._steps.undo()
        self._tell(before, self.plan)
        return label

    def redo(self) -> str | None:
        """Make the change again that was undone last; returns its label, None without one."""
        before, label = self.plan, self._steps.redo()
        self._tell(before, self.plan)
        return label

    def _step(self, label: str, workspace: Workspace, plan: Plan, edit: Edit | None = None) -> None:
        """One change more: durable first, then shown."""
        before = self.plan
        self._steps.take(label, workspace, plan, edit)
        self._tell(before, plan)

    def settled(self, edit: Edit) -> Edit:
        """An edit that somebody typed, with what asks more of the other side of an agreed hand-over
        as a counter: what every command and dialog that may write links makes of its edit.
        """
        from planner.conflicts.terms import Saying, settled_edit, writes_links

        parts = edit.edits if isinstance(edit, Edits) else (edit,)
        if not any(map(writes_links, parts)):
            return edit
        return settled_edit(self.plan.context, edit, Saying(by=self.me))

    @cached_property
    def me(self) -> str | None:
        """The person or team at the keys, where that is known; looking it up may ask git."""
        from planner.query.filters import Nobody
        from planner.query.me import who

        found = who(self.path).among(self.plan.roadmap)
        return None if isinstance(found, Nobody) else found

    def fixes(self, finding: Finding) -> Offers:
        """The ways out of a finding, best first, each with what it does to the whole plan."""
        from planner.plan.offers import try_fixes  # 20 ms, which `check` has no use for

        *_, offers = try_fixes(self.plan, finding, trials=_trials(self.plan))
        return offers

    def ways(self, finding: Finding, *, thorough: bool = True) -> Ways:
        """The ways out of a finding, not tried on the whole plan; none where it is waived.

        Without `thorough`, for one of very many, they are sought as in a large plan.
        """
        from planner.conflicts.fixing import Ways, fixes

        if finding.waived:
            return Ways()
        trials = _trials(self.plan, TRIALS_FOR_COMMANDS) if thorough else TRIALS_FOR_COMMANDS
        return fixes(finding, self.plan.context, trials=trials)

    def reach(self, id: str, day: date) -> Reach:
        """What can give, for an initiative to finish by `day` (inclusive). Raises UsageError."""
        from planner.conflicts.reach import reach

        return reach(self.plan.context, id, day)

    # --- the disk ---------------------------------------------------------------------------------

    def before_save(self) -> Generator[None, None, None]:
        """What of a save takes long, in steps for a thread beside a screen: reading back what would
        be written. Changes nothing; `save` does not do it again. Raises EditRefused.
        """
        return self.workspace.verify_slices(self.disk.saved)

    def save(self) -> Saved:
        """Write what changed, with what others wrote meanwhile merged in first (`Saved.told`).

        Raises ChangedOnDisk where theirs can't be read or merged without an answer, SaveError.
        """
        told: list[str] = []
        for _ in range(TRIES):
            try:
                saved = self.disk.save(self.workspace)
                return structs.replace(saved, told="; ".join(told) or None)
            except ChangedOnDisk:
                reconciled = None if self.questions else self.reconcile()
                if self.broken:
                    raise self.disk.refusal(self.broken) from None
                if reconciled is None or self.questions:
                    raise
                told.append(reconciled.message)
        raise ChangedOnDisk("not saved: others keep writing it", hint="try again in a moment")

    def reformat(self) -> tuple[str, ...]:
        """Put every file in the normal form; returns the files that this changes. Can be undone."""
        workspace = self.workspace.formatted()
        pairs = zip(self.workspace.documents, workspace.documents, strict=True)
        changed = tuple(new.file for old, new in pairs if new is not old)
        if changed:
            self._step("fmt", workspace, self._plan_of(workspace))
        return changed

    def reload(self) -> None:
        """Read the files again. Unsaved changes are left behind, one undo away."""
        workspace = Workspace.open(self.path)
        self.disk.read(workspace)
        self._step("reload", workspace, self._plan_of(workspace))

    def close(self, *, lose: bool = False) -> None:
        """Leave. What is unsaved is offered at the next start, and what was left behind by reading
        the files again; with `lose` none of it.
        """
        self.disk.close(lose=lose)

    @property
    def keeps(self) -> bool:
        """Whether changes go to a journal, and others see who is here."""
        return self.disk.keeper.active

    @property
    def journal_problem(self) -> str | None:
        """Why the last change is in no journal, for a person; None where it is in one."""
        return self.disk.keeper.problem

    # --- others -----------------------------------------------------------------------------------

    def others(self) -> tuple[Presence, ...]:
        """Who else has this roadmap open, and since when."""
        return self.disk.others()

    def poll(self) -> Reconciled | None:
        """A look at the disk for a timer: costs next to nothing where nobody wrote."""
        return self.reconcile(patient=False) if self.disk.changed() else None

    def reconcile(self, *, patient: bool = True) -> Reconciled | None:
        """Take in what others did to the files; None where there is nothing new.

        `patient` waits, for two seconds at most, for somebody who is writing just now.
        """
        from planner.session import external_merge

        was_broken = self.broken
        try:
            found = self.disk.look(self.workspace, patient=patient)
        except ReadError as error:
            return external_merge.broken(error)
        if found is None:
            return external_merge.mended(was_broken) if was_broken else None
        before = self.plan
        self._replace(found.merged)
        gained = self._gained(before)
        return external_merge.taken_in(
            found.before, found.theirs, self.others(), self.questions, gained
        )

    @property
    def questions(self) -> tuple[Conflict, ...]:
        """Keys that got two values, here and on disk; nothing is saved while one is open."""
        return self.disk.questions

    @property
    def broken(self) -> ReadError | None:
        """Why the files on disk can't be read now; the plan is the last good one."""
        return self.disk.broken

    @property
    def trouble(self) -> str | None:
        """What keeps the files here and on disk apart, in one line; None where nothing does."""
        return self.disk.trouble

    @property
    def gone(self) -> tuple[Path, ...]:
        """The files that are no longer on disk, while their folder is."""
        return self.disk.gone()

    def put_back(self) -> None:
        """Write the files that are gone as they were last read, to save them. Raises SaveError."""
        self.disk.put_back()
        self.reconcile()

    def resolve(self, choices: Choices) -> None:
        """Answer questions by name: "ours" (changed here), "theirs" (on disk) or "base"."""
        self._replace(self.disk.answered(self.workspace, choices))

    def _replace(self, workspace: Workspace, plan: Plan | None = None) -> None:
        """The last moment as others' changes make it: no step, since it is not ours to undo."""
        before = self.plan
        self._steps.stand_on(workspace, self._plan_of(workspace) if plan is None else plan)
        self._tell(before, self.plan)

    def _plan_of(self, workspace: Workspace) -> Plan:
        if workspace is self.workspace:
            return self.plan
        return plan_of(workspace, self.clock, self.plan.evidence)

    def _gained(self, before: Plan) -> tuple[Finding, ...]:
        if len(self.plan.roadmap.initiatives) > LARGE:
            return ()
        from planner.session.external_merge import gained

        return gained(before, self.plan)

    # --- a session that died ----------------------------------------------------------------------

    @staticmethod
    def recoverable(path: Path) -> Recovery | None:
        """What a session that died left unsaved, oldest first; None once there is no more."""
        return recoverable(path)

    def restore(self, recovery: Recovery) -> None:
        """Make the changes of a dead session again, merged with the text as it is; can be undone.

        A key that others gave another value since is a question. Raises ReadError.
        """
        from planner.session.external_merge import bring_together

        now = self.workspace
        merged = bring_together(recovery.base, recovery.mine, now)
        self._step("restored changes", merged.workspace, self._plan_of(merged.workspace))
        if merged.asked:
            self.disk.ask_again(merged, recovery.base, now)
        if self.disk.keeper.holds:
            recovery.discard()

    # --- who listens ------------------------------------------------------------------------------

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener(before, after)` after every change; returns the way to stop that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _tell(self, before: Plan, after: Plan) -> None:
        if after is not before:
            for listener in tuple(self._listeners):
                listener(before, after)


def _trials(plan: Plan, most: int = TRIALS_WHEN_LARGE) -> int | None:
    """How many levers may be tried for one finding: each is a schedule run; None is no limit."""
    return None if len(plan.roadmap.initiatives) <= LARGE else most


def _differs(saved: object, document: object) -> bool:
    if saved is document:
        return False
    old, new = getattr(saved, "text", None), getattr(document, "text", None)
    return old != new


def _from_here(file: str) -> str:
    """A file's path as tools name it that are run here; its whole path where it is elsewhere."""
    path, here = Path(file).absolute(), Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.as_posix()


# --- finding and starting roadmaps ----------------------------------------------------------------


def find_all(folder: Path) -> list[Path]:
    """The roadmaps in a folder, else in its `roadmaps/`; empty where there is none.

    One that can't be read is one too: opening it says why.
    """
    below = folder / "roadmaps"
    return (
        find_roadmaps(folder)
        or find_roadmaps(below)
        or unread_roadmap(folder)
        or unread_roadmap(below, below=True)
    )


def left_out(path: Path) -> list[Path]:
    """The roadmap files of a file or folder that git keeps out of the working tree; mostly none."""
    if not is_sparse(path):
        return []
    from planner.git.sparse import left_out  # git is asked only here

    return left_out(path)


def _refuse_left_out(path: Path) -> None:
    """Raises ReadError where a part of the roadmap is kept out of the working tree."""
    if is_sparse(path):
        from planner.git.sparse import refuse_left_out

        refuse_left_out(path)


def find_one(folder: Path) -> Path:
    """The one roadmap of a folder. Raises UsageError where there is none, or more than one."""
    found = find_all(folder)
    if not found and (hidden := left_out(folder)):
        from planner.git.sparse import bringing, why_not_here

        raise UsageError(f"no roadmap here: {why_not_here(hidden)}", hint=bringing(hidden))
    if not found:
        raise UsageError("no roadmap here", hint="name one, or start one with `planner init`")
    if len(found) > 1:
        names = ", ".join(str(path) for path in found)
        raise UsageError(f"several roadmaps here: {names}", hint="name one with -r PATH")
    return found[0]


def option_for(path: Path) -> tuple[str, ...]:
    """``-r PATH``, where a command that is run here would not find that roadmap by itself."""
    found = [each.resolve() for each in find_all(Path())]
    return () if found == [path.resolve()] else ("-r", _from_here(str(path)))


def start_roadmap(path: Path, *, title: str | None, folder: bool) -> list[Path]:
    """Write a first roadmap where there is nothing yet; returns the files written."""
    from planner.session import starting

    return starting.start_roadmap(path, title=title, folder=folder, today=date.today())
