"""Undo history: past states, the current state and redo states.

A state is the text and its plan; both are immutable, so undo restores the exact bytes. External
changes (see external_changes), evidence from git and a new day are not undo steps: a state gets
them when undo or redo returns to it.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct, structs

from planner.errors import EditRefused, ReadError
from planner.files.workspace import Workspace
from planner.plan.model import Plan
from planner.session.external_changes import ExternalChanges
from planner.text.edits import Edit


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
    """The undo states of a session. `record` makes a state durable before it becomes current."""

    def __init__(
        self,
        workspace: Workspace,
        plan_of: Callable[[Workspace], Plan],
        external_changes: ExternalChanges,
        record: Callable[[str, Workspace], None],
    ) -> None:
        self._plan_of = plan_of
        self._external_changes = external_changes
        self._record = record
        self._past = [
            UndoState("open", None, workspace, plan_of(workspace), external_changes.count)
        ]
        self._future: list[UndoState] = []

    @property
    def current(self) -> UndoState:
        """The current state, with every external change applied."""
        return self._past[-1]

    @property
    def previous(self) -> UndoState | None:
        """The state that undo returns to; None where there is no edit."""
        return self._past[-2] if len(self._past) > 1 else None

    @property
    def undone(self) -> UndoState | None:
        """The state that redo returns to; None where nothing was undone."""
        return self._future[-1] if self._future else None

    def add(self, label: str, workspace: Workspace, plan: Plan, edit: Edit | None = None) -> None:
        """Add a state and make it current; the redo states go."""
        self._record(label, workspace)
        self._past.append(UndoState(label, edit, workspace, plan, self._external_changes.count))
        self._future.clear()

    def undo(self) -> str | None:
        """Go back one state; returns the label of the edit undone, None where there is none.

        Raises EditRefused where external changes can't be merged in; nothing has changed then.
        """
        if self.previous is None:
            return None
        back = self._with_external_changes(self.previous)
        self._record("undo", back.workspace)
        state = self._past.pop()
        self._past[-1] = back
        self._future.append(state)
        return state.label

    def redo(self) -> str | None:
        """Go forward one undone state; returns the label of its edit. None and errors as `undo`."""
        if self.undone is None:
            return None
        state = self._with_external_changes(self.undone)
        self._record("redo", state.workspace)
        self._future.pop()
        self._past.append(state)
        return state.label

    def replace_current(self, workspace: Workspace, plan: Plan) -> None:
        """Give the current state another text and plan, which undo does not take back."""
        self._past[-1] = structs.replace(
            self.current, workspace=workspace, plan=plan, applied=self._external_changes.count
        )

    def _with_external_changes(self, state: UndoState) -> UndoState:
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
