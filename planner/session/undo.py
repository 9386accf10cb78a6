"""Undo history: past states, the current state and redo states, and who hears of a change.

A state is the text and its plan; both are immutable, so undo restores the exact bytes. External
changes (see external_changes), evidence from git and a new day are not undo steps: a state gets
them when undo or redo returns to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct, structs

from planner.errors import EditRefused, ReadError
from planner.files.workspace import Workspace
from planner.plan.model import Plan
from planner.session.external_changes import ExternalChanges
from planner.text.commands import as_command
from planner.text.edits import Edit

Listener = Callable[[Plan, Plan], None]
"""Called with the plan before and after a change."""


class UndoState(Struct, frozen=True):
    """One undo state: the label and edit that led to it, text and plan.

    `applied` is the number of external changes in its text.
    """

    label: str
    edit: Edit | None
    workspace: Workspace
    plan: Plan
    applied: int


class UndoHistory:
    """Undo states of which the last is current. `record` makes one durable before it becomes so.

    `listeners` are those of another history that is shown in turn with this one.
    """

    def __init__(
        self,
        first: UndoState,
        record: Callable[[str, Workspace], None],
        listeners: list[Listener] | None = None,
    ) -> None:
        self._record = record
        self._past = [first]
        self._future: list[UndoState] = []
        self.listeners: list[Listener] = [] if listeners is None else listeners

    @property
    def current(self) -> UndoState:
        """The current state, with every external change applied."""
        return self._past[-1]

    @property
    def undo_label(self) -> str | None:
        """Label of the edit that `undo` would undo; None where there is none."""
        return self.current.label if len(self._past) > 1 else None

    @property
    def redo_label(self) -> str | None:
        """Label of the edit that `redo` would redo; None where there is none."""
        return self._future[-1].label if self._future else None

    def holds(self, edit: Edit) -> bool:
        """Whether an edit is among those that led to the current state."""
        return any(state.edit is edit for state in self._past)

    def last_command(self, options: Sequence[str] = ()) -> str | None:
        """The last edit as the `planner` command that makes it.

        None where there is no edit, or none that a command makes (a reload).
        """
        if self.current.edit is None or len(self._past) == 1:
            return None
        return as_command(self.current.edit, self._past[-2].plan.reading.roadmap, options)

    def add(self, label: str, workspace: Workspace, plan: Plan, edit: Edit | None = None) -> None:
        """Add a state, durable first, and make it current; the redo states go."""
        self._push(UndoState(label, edit, workspace, plan, 0))

    def _push(self, state: UndoState) -> None:
        before = self.current
        self._record(state.label, state.workspace)
        self._past.append(state)
        self._future.clear()
        self._tell(before)

    def undo(self) -> str | None:
        """Undo the last edit, byte for byte; returns its label, None where there is none.

        Raises EditRefused where external changes can't be merged in; nothing has changed then.
        """
        if len(self._past) == 1:
            return None
        back = self._brought_up(self._past[-2])
        self._record("undo", back.workspace)
        state = self._past.pop()
        self._past[-1] = back
        self._future.append(state)
        self._tell(state)
        return state.label

    def redo(self) -> str | None:
        """Redo the edit undone last; returns its label. None and errors as `undo`."""
        if not self._future:
            return None
        before, state = self.current, self._brought_up(self._future[-1])
        self._record("redo", state.workspace)
        self._future.pop()
        self._past.append(state)
        self._tell(before)
        return state.label

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener(before, after)` after every change; returns the unsubscribe function."""
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    def _tell(self, before: UndoState) -> None:
        self.tell(before.plan, self.current.plan)

    def tell(self, before: Plan, after: Plan) -> None:
        """Tell the listeners that another plan is shown, where it is another."""
        if after is not before:
            for listener in tuple(self.listeners):
                listener(before, after)

    def _brought_up(self, state: UndoState) -> UndoState:
        """Hook: a state that undo or redo returns to, with what it has missed meanwhile."""
        return state


class SessionHistory(UndoHistory):
    """The undo states of a session, which get external changes where they are returned to."""

    def __init__(
        self,
        workspace: Workspace,
        plan_of: Callable[[Workspace], Plan],
        external_changes: ExternalChanges,
        record: Callable[[str, Workspace], None],
    ) -> None:
        self._plan_of = plan_of
        self._external_changes = external_changes
        plan = plan_of(workspace)
        super().__init__(UndoState("open", None, workspace, plan, external_changes.count), record)
        self.was_saved()

    def was_saved(self) -> None:
        """The current state is what the files hold."""
        self._saved, self._undone = len(self._past), 0

    @property
    def since_saved(self) -> int:
        """How many edits were made or undone since the last save."""
        return abs(len(self._past) - self._saved) + self._undone

    def add(self, label: str, workspace: Workspace, plan: Plan, edit: Edit | None = None) -> None:
        """Add a state, durable first, and make it current; the redo states go."""
        if len(self._past) < self._saved:  # what was saved goes with them
            self._undone += self._saved - len(self._past)
            self._saved = len(self._past)
        self._push(UndoState(label, edit, workspace, plan, self._external_changes.count))

    def replace_current(self, workspace: Workspace, plan: Plan) -> None:
        """Give the current state another text and plan, which undo does not take back."""
        before = self.current
        self._past[-1] = structs.replace(
            before, workspace=workspace, plan=plan, applied=self._external_changes.count
        )
        self._tell(before)

    def _brought_up(self, state: UndoState) -> UndoState:
        """Return the state with all external changes, the current evidence and today's date."""
        applied, evidence = self._external_changes.count, self.current.plan.evidence
        if state.applied == applied:
            plan = state.plan.with_clock(self.current.plan.clock).with_evidence(evidence)
            return state if plan is state.plan else structs.replace(state, plan=plan)
        try:
            workspace = self._external_changes.with_later(state.workspace, state.applied)
        except ReadError as error:
            raise EditRefused(f"what others changed is in the way: {error.message}") from error
        plan = self._plan_of(workspace).with_evidence(evidence)
        return structs.replace(state, workspace=workspace, plan=plan, applied=applied)


def with_edit(workspace: Workspace, plan: Plan, edit: Edit) -> tuple[Workspace, Plan]:
    """Text and plan with an edit made; themselves where it changes nothing. Raises EditRefused."""
    made = workspace.apply(edit)
    if made is workspace:
        return workspace, plan
    return made, plan.with_edit(edit, made.tables, lambda kind, id: made.locate(kind, id)[0])
