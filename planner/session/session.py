"""Session: one open roadmap; the only mutable state of the program.

It holds the text (a workspace) and the plan made from it. Every change is an edit: tried on the
data, applied to the text, verified, and only then shown. Text and plan are immutable, so undo
restores the exact bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, structs

from planner.conflicts.findings import Finding
from planner.errors import ChangedOnDisk, PlannerError, ReadError, UsageError
from planner.files.saving import Saved
from planner.files.workspace import Workspace
from planner.plan.impact import Consequence, compare
from planner.plan.model import Clock, Plan, plan_of
from planner.schedule.delay import finish_of
from planner.session.dead_sessions import complete_saves
from planner.session.keeper import Keeper
from planner.session.roadmaps import from_here, refuse_left_out
from planner.session.undo import SessionHistory, UndoHistory, UndoState, with_edit
from planner.session.what_if import Tried, WhatIf, refuse_to_save
from planner.session.working_copy import WorkingCopy
from planner.text.edits import Edit, Edits

if TYPE_CHECKING:
    from planner.conflicts.evidence import Evidence
    from planner.files.looked import Look
    from planner.git.branches import NewBranch
    from planner.session.external_changes import Choices
    from planner.session.external_merge import MergeReport
    from planner.session.recovery import Recovery

TRIES = 20
"""Saves tried, each with the external changes merged in, before one is refused."""


FIRST_COMMIT = "W saves and commits them, and the what-if stays; then try again"


class Preview(Struct, frozen=True):
    """Plan after an edit that is not applied, and its differences from the current plan."""

    plan: Plan
    consequence: Consequence


class Attempt(Struct, frozen=True):
    """An edit that is made and not taken: the state that it was made on, and text and plan then."""

    on: UndoState
    edit: Edit
    workspace: Workspace
    plan: Plan
    consequence: Consequence


Today = Callable[[], date]
"""Returns today's date; injected by tests."""

OpeningStep = Literal["reading", "scheduling"]
Opening = Generator[OpeningStep, None, "Session"]
"""Opens a session; yields the step that follows."""


def _read(path: Path) -> Workspace:
    complete_saves(path)
    refuse_left_out(path)
    return Workspace.open(path)


class Session:
    """An open workspace. Raises children of PlannerError only; a refused edit changes nothing.

    `as_of` is a fixed status date; `today` is called on opening and by `new_day`. With `journal`,
    for interactive editing, every change is in the journal before it is shown, and other sessions
    see this one, until `close`.
    """

    def __init__(
        self,
        workspace: Workspace,
        as_of: date | None = None,
        today: Today | None = None,
        *,
        journal: bool = False,
    ) -> None:
        self._today = today or date.today
        self.clock = Clock(self._today(), as_of)
        self.keeper = Keeper(workspace, active=journal)
        self._looked = False
        """Whether somebody was told what moved since the last look."""
        self.working_copy = WorkingCopy(workspace, self.keeper)
        self._own = SessionHistory(
            workspace,
            lambda workspace: plan_of(workspace, self.clock),
            self.working_copy.external_changes,
            self.keeper.record,
        )
        self.what_if: WhatIf | None = None
        """What is tried on top of it; None where nothing is. `begin_what_if` begins one."""

    @classmethod
    def open(
        cls,
        path: Path,
        as_of: date | None = None,
        today: Today | date | None = None,
        *,
        journal: bool = False,
    ) -> Session:
        """Read a roadmap, a file or a folder. Raises ReadError or UsageError."""
        asking = (lambda: today) if isinstance(today, date) else today
        return cls(_read(path), as_of, asking, journal=journal)

    @classmethod
    def opening(cls, path: Path, as_of: date | None = None, *, journal: bool = False) -> Opening:
        """As `open`, for a background thread that says what it does and may be stopped."""
        yield "reading"
        workspace = _read(path)
        yield "scheduling"
        return cls(workspace, as_of, journal=journal)

    # --- current state ----------------------------------------------------------------------------

    @property
    def history(self) -> UndoHistory:
        """What undo and redo step through: that of the what-if, while one is on."""
        return self._own if self.what_if is None else self.what_if

    @property
    def base(self) -> UndoState:
        """The current state without what is tried in a what-if."""
        return self._own.current

    @property
    def plan(self) -> Plan:
        """The plan of the current text, saved or not."""
        return self.history.current.plan

    @property
    def workspace(self) -> Workspace:
        """The current text, saved or not, with what is tried."""
        return self.history.current.workspace

    @property
    def path(self) -> Path:
        """The file or folder, as the user named it."""
        return self.workspace.path

    @property
    def unsaved(self) -> int:
        """Number of edits made or undone since the last save, as undo counts them; 0 where no text
        differs from it. A what-if changes none.
        """
        differs = any(self.base.workspace.differing(self.working_copy.saved))
        return max(1, self._own.since_saved) if differs else 0

    def place(self, finding: Finding) -> tuple[str, int | None]:
        """The file and 1-based line of a finding: of its key, else of the nearest table above."""
        for document in self.workspace.documents:
            if document.file == finding.file:
                path = tuple(part for part in (finding.kind, finding.id, *finding.key) if part)
                parts = (path[:length] for length in range(len(path), 0, -1))
                lines = (document.line_of(part) for part in parts)
                return document.file, next((line for line in lines if line is not None), None)
        return self.workspace.locate(finding.kind, finding.id, finding.key)

    def diff(self) -> str:
        """Unsaved changes as a patch for `git apply`; empty where there are none. With a what-if
        its edits, against what they stand on.
        """
        from planner.text.patching import patch

        saved = self.working_copy.saved if self.what_if is None else self.base.workspace
        return "".join(
            patch(from_here(new.file), old.to_bytes().decode(), new.to_bytes().decode())
            for _, old, new in self.workspace.differing(saved)
        )

    def use_evidence(self, evidence: Evidence | None, known: Plan | None = None) -> None:
        """Use evidence from git for this plan and every later one, undo states included.

        `known` is a plan with this evidence, made in the background; used if still current.
        """
        plan = self.base.plan
        if evidence != plan.evidence:
            same = known is not None and known.reading is plan.reading and known.clock == plan.clock
            self._replace(self.base.workspace, known if same else plan.with_evidence(evidence))

    def new_day(self) -> bool:
        """Schedule again if the date changed since the last call; whether the status date did."""
        before, today = self.plan, self._today()
        if today == self.clock.today or self.clock.fixed is not None:
            return False
        self.clock = structs.replace(self.clock, today=today)
        self._replace(self.base.workspace, self.base.plan.with_clock(self.clock))
        return self.plan.as_of != before.as_of

    # --- changing ---------------------------------------------------------------------------------

    def preview(self, edit: Edit | None) -> Preview:
        """Plan after `edit` and its consequence; changes nothing, None too. Raises EditRefused."""
        plan = self.plan if edit is None else self.plan.with_edit(edit)
        return Preview(plan, compare(self.plan, plan, edit))

    def attempt(self, edit: Edit) -> Attempt:
        """Make `edit` and do not take it yet; safe in a thread. Raises EditRefused."""
        state = self.history.current
        workspace, plan = with_edit(state.workspace, state.plan, edit)
        return Attempt(state, edit, workspace, plan, compare(state.plan, plan, edit))

    def take(self, made: Attempt, label: str = "") -> bool:
        """Take what was made as one undo step; False where the session has changed since."""
        if made.on is not self.history.current:
            return False
        if made.plan is not made.on.plan:
            self.history.add(label or "edit", made.workspace, made.plan, made.edit)
        return True

    def apply(self, edit: Edit, label: str = "") -> Consequence:
        """Apply `edit` to text and plan as one undo step; returns its consequence.

        Raises EditRefused; nothing has changed then.
        """
        made = self.attempt(edit)
        self.take(made, label)
        return made.consequence

    def with_counters(self, edit: Edit) -> Edit:
        """Return an edit in which links that ask more than the other side agreed are counters.

        Every command and dialog that may write links applies its edit through this.
        """
        from planner.conflicts.terms import Saying, settled_edit, writes_links

        parts = edit.edits if isinstance(edit, Edits) else (edit,)
        if not any(map(writes_links, parts)):
            return edit
        return settled_edit(self.plan.context, edit, Saying(by=self.me))

    @cached_property
    def me(self) -> str | None:
        """Id of the current person or team, None where unknown; may run git once."""
        from planner.query.filters import Nobody
        from planner.query.me import who

        found = who(self.path).among(self.plan.roadmap)
        return None if isinstance(found, Nobody) else found

    # --- what-if ----------------------------------------------------------------------------------

    def begin_what_if(self) -> WhatIf:
        """From now on edits are tried only: on a what-if, the one that is on or a new one."""
        if self.what_if is None:
            self.what_if = WhatIf(self._own)
        return self.what_if

    def drop_what_if(self) -> None:
        """End the what-if: the session is as it was without it."""
        before, self.what_if = self.plan, None
        self.history.tell(before, self.plan)

    def apply_what_if(self) -> Consequence:
        """Make all that is tried an edit of the session, as one undo step, and end the what-if.

        Raises EditRefused; the what-if is still on then.
        """
        tried = self.begin_what_if()
        self.what_if = None
        try:
            return self.apply(tried.as_one, tried.title)
        except PlannerError:
            self.what_if = tried
            raise

    def branch_what_if(self, name: str) -> NewBranch:
        """Keep what is tried as a git branch of the roadmap's files; the what-if goes on.

        Raises UsageError where it can't be: the files have changes that are not saved, or not
        committed, or nothing is tried.
        """
        from planner.git.branches import make_branch

        tried = self.begin_what_if()
        if not tried.edits:
            raise UsageError("nothing is tried: a branch would be the same")
        if self.unsaved:
            raise UsageError("unsaved changes: a branch begins at a commit", hint=FIRST_COMMIT)
        return make_branch(name, self.base.workspace, self.workspace, tried.title)

    # --- looking ----------------------------------------------------------------------------------

    def last_look(self) -> Look | None:
        """What the current person last looked at here; None for nothing, and where the plan is seen
        from a fixed status date, which moves every date. May run git once.
        """
        from planner.files.looked import last_look

        return last_look(self.path, self.me) if self.clock.fixed is None else None

    def keep_look(self) -> None:
        """Keep what is on screen as looked at: the commit, and where each launch is. Runs git.

        Nothing is kept of a plan that is seen from a fixed status date.
        """
        if self.clock.fixed is not None:
            return
        from planner.files.looked import Look, keep_look
        from planner.git.revisions import head_of

        plan = self.base.plan
        launches = {id: finish_of(plan, id) for id in plan.schedule.launches}
        look = Look(commit=head_of(self.path), day=plan.as_of, launches=launches)
        keep_look(self.path, self.me, look)
        self._looked = True

    # --- files ------------------------------------------------------------------------------------

    def before_save(self) -> None:
        """Verify what `save` would write, for a background thread: `save` does not verify again.

        Raises EditRefused.
        """
        self.base.workspace.verify(self.working_copy.saved)

    def save(self) -> Saved:
        """Write the changed files, after merging external changes (reported in `Saved.merged`).
        In a what-if what was changed before it: its edits stay tried.

        Raises SaveError, and its child ChangedOnDisk where external changes are unreadable or a
        merge conflict is unresolved.
        """
        if self.what_if is not None and not self.unsaved:
            refuse_to_save()
        told: list[str] = []
        for _ in range(TRIES):
            try:
                saved = self.working_copy.save(self.base.workspace)
                self._own.was_saved()
                return structs.replace(saved, merged="; ".join(told) or None)
            except ChangedOnDisk:
                report = None if self.working_copy.merge_conflicts else self.merge_external()
                if self.working_copy.broken:
                    raise self.working_copy.refusal(self.working_copy.broken) from None
                if report is None or self.working_copy.merge_conflicts:
                    raise
                told.append(report.message)
        raise ChangedOnDisk("not saved: others keep writing it", hint="wait, then save again")

    def reformat(self) -> tuple[str, ...]:
        """Format every file in the standard format, as one undo step; returns the changed files."""
        workspace = self.workspace.formatted()
        changed = tuple(new.file for _, _, new in workspace.differing(self.workspace))
        if changed:
            self.history.add("fmt", workspace, self._plan_of(workspace))
        return changed

    def reload(self) -> None:
        """Reload the files and discard unsaved changes: one undo step where a text is another."""
        if self.what_if is not None:
            refuse_to_save()
        workspace = Workspace.open(self.path)
        self.working_copy.read(workspace)
        if not workspace.reads_as(self.base.workspace):
            self.history.add("reload", workspace, self._plan_of(workspace))
        self._own.was_saved()

    def close(self, *, discard: bool = False) -> None:
        """End the session. The next start offers its unsaved changes, unless `discard`.

        What was looked at is kept as it is saved, where somebody was told what moved before.
        """
        if self._looked and not self.unsaved:
            self.keep_look()
        self._looked = False
        self.working_copy.close(discard=discard)

    # --- external changes -------------------------------------------------------------------------

    def poll(self) -> MergeReport | None:
        """As `merge_external` without waiting, for a timer: one `stat` a file if unchanged."""
        return self.merge_external(patient=False) if self.working_copy.changed() else None

    def merge_external(self, *, patient: bool = True) -> MergeReport | None:
        """Merge external file changes into the current state; None where there are none.

        `patient` waits up to two seconds for a write that is under way.
        """
        from planner.session import external_merge

        was_broken = self.working_copy.broken
        try:
            found = self.working_copy.look(self.base.workspace, patient=patient)
        except ReadError as error:
            return external_merge.broken(error)
        if found is None:
            return external_merge.readable_again(was_broken) if was_broken else None
        before = self.plan
        lost = self._replace(found.merged)
        report = external_merge.merge_report(
            found.before,
            found.theirs,
            self.working_copy.others(),
            self.working_copy.merge_conflicts,
            external_merge.new_conflicts(before, self.plan),
        )
        return structs.replace(report, lost=tuple(each.label for each in lost))

    def put_back(self) -> None:
        """Restore deleted files with their last read content. Raises SaveError."""
        self.working_copy.put_back()
        self.merge_external()

    def resolve(self, choices: Choices) -> None:
        """Resolve merge conflicts by name: "ours" (changed here), "theirs" (on disk) or "base"."""
        self._replace(self.working_copy.resolved(self.base.workspace, choices))

    def _replace(self, workspace: Workspace, plan: Plan | None = None) -> tuple[Tried, ...]:
        """Give the current state another text or plan; no undo step, since no edit made it.

        A what-if follows; returns its edits that can't be made any more.
        """
        self._own.replace_current(workspace, self._plan_of(workspace) if plan is None else plan)
        return () if self.what_if is None else self.what_if.follow()

    def _plan_of(self, workspace: Workspace) -> Plan:
        if workspace is self.base.workspace:
            return self.base.plan
        return plan_of(workspace, self.clock, self.base.plan.evidence)

    def restore(self, recovery: Recovery) -> None:
        """Restore a dead session's changes, merged with the current text, as one undo step.

        A key that has another value since is a merge conflict. Raises ReadError.
        """
        from planner.session.external_merge import merge_texts

        now = self.base.workspace
        merged = merge_texts(recovery.base, recovery.mine, now)
        self._own.add("restored changes", merged.workspace, self._plan_of(merged.workspace))
        if self.what_if is not None:
            self.what_if.follow()
        if merged.asked:
            self.working_copy.add_recovered_conflicts(merged, recovery.base, now)
        if self.keeper.holds:
            recovery.discard()
