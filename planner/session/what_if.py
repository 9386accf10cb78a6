"""What-if: edits that are tried on top of a session, and applied, kept as a branch, or dropped.

While one is on, every change of the session is one of it: it has an undo history of its own, and
nothing of it reaches the journal, the files, or the session's own edits. What it stands on is the
session without it. That may become another, by changes of others, evidence from git, or a new day:
then the edits are made again on top, and one that can't be made any more is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct, structs

from planner.errors import EditRefused, SaveError
from planner.files.workspace import Workspace
from planner.plan.model import Plan
from planner.session.undo import UndoHistory, UndoState, with_edit
from planner.text.commands import as_command
from planner.text.differences import file_phrases
from planner.text.edits import Edit, Edits

NAMED = 3
"""So many differences are named in a title."""


class Tried(Struct, frozen=True):
    """One edit of a what-if, with what it is for in words."""

    label: str
    edit: Edit


class _State(UndoState, frozen=True):
    """An undo state of a what-if: the edits that are in force, and what they were made on."""

    edits: tuple[Tried, ...]
    base: UndoState


class WhatIf(UndoHistory):
    """The undo history of what is tried; `below` is the history of the session itself."""

    def __init__(self, below: UndoHistory) -> None:
        self._below = below
        base = below.current
        super().__init__(_on(base), _record_nothing, below.listeners)

    # --- what is tried ----------------------------------------------------------------------------

    @property
    def base(self) -> UndoState:
        """What the edits stand on."""
        return self._below.current

    @property
    def edits(self) -> tuple[Tried, ...]:
        """The edits in force, in the order in which they are made."""
        return self._state.edits

    @property
    def as_one(self) -> Edits:
        """All edits as one, in order."""
        parts = [part for each in self.edits for part in _parts(each.edit)]
        return Edits(tuple(parts), self.title)

    @property
    def title(self) -> str:
        """All that is other by it, in one line: ``what-if: customer-sso estimate 9w → 8w``."""
        found = file_phrases(self.base.plan.tables, self.current.plan.tables)
        more = f" and {len(found) - NAMED} more" if len(found) > NAMED else ""
        return f"what-if: {'; '.join(found[:NAMED])}{more}"

    def holds(self, edit: Edit) -> bool:
        """Whether an edit is in force, here or in the session itself."""
        return any(each.edit is edit for each in self.edits) or self._below.holds(edit)

    def steps(self) -> Iterator[tuple[Tried, Plan, Plan]]:
        """Each edit with the plan before it and after it."""
        plan = self.base.plan
        for each in self.edits:
            after = plan.with_edit(each.edit)
            yield each, plan, after
            plan = after

    def commands(self, options: Sequence[str] = ()) -> list[str | None]:
        """The commands that make the edits, one for each; None for one that no command makes."""
        return [as_command(one.edit, was.reading.roadmap, options) for one, was, _ in self.steps()]

    # --- changing it ------------------------------------------------------------------------------

    def add(self, label: str, workspace: Workspace, plan: Plan, edit: Edit | None = None) -> None:
        """Try one more edit. Raises EditRefused for a change that is no edit."""
        if edit is None:
            raise EditRefused(f"{label}: a what-if takes edits only")
        edits = (*self.edits, Tried(label, edit))
        self._push(_State(label, edit, workspace, plan, 0, edits, self.base))

    def remove(self, number: int) -> None:
        """Leave out one edit (from 0), as a step that undo takes back.

        Raises EditRefused where a later edit needs it.
        """
        gone = self.edits[number]
        left = (*self.edits[:number], *self.edits[number + 1 :])
        state, lost = _with(self.base, f"without {gone.label}", left)
        if lost:
            at = self.edits.index(lost[0]) + 1
            raise EditRefused(f"e{at} ({lost[0].label}) needs it: remove that first")
        self._push(state)

    def follow(self) -> tuple[Tried, ...]:
        """Make the edits again on what they stand on now; returns those that can't be made."""
        before = self._state
        state, lost = _with(self.base, before.label, before.edits)
        self._past[-1] = structs.replace(state, edit=before.edit)
        self._tell(before)
        return lost

    @property
    def _state(self) -> _State:
        state = self.current
        assert isinstance(state, _State)
        return state

    def _brought_up(self, state: UndoState) -> UndoState:
        """The state on what the edits stand on now."""
        assert isinstance(state, _State)
        if state.base is self.base:
            return state
        made, _ = _with(self.base, state.label, state.edits)
        return structs.replace(made, edit=state.edit)


def refuse_to_save() -> None:
    """Raises SaveError, which names the ways out of a what-if."""
    hint = "apply its edits, keep them as a branch, or drop them: T asks which"
    raise SaveError("not saved: a what-if is on, and nothing of it is applied", hint=hint)


def _record_nothing(_label: str, _workspace: Workspace) -> None:
    """What is tried is in no journal."""


def _parts(edit: Edit) -> Iterator[Edit]:
    if isinstance(edit, Edits):
        for part in edit.edits:
            yield from _parts(part)
    else:
        yield edit


def _on(base: UndoState) -> _State:
    return _State("what-if", None, base.workspace, base.plan, 0, (), base)


def _with(
    base: UndoState, label: str, edits: tuple[Tried, ...]
) -> tuple[_State, tuple[Tried, ...]]:
    """The state with these edits on `base`, and those that can't be made."""
    workspace, plan = base.workspace, base.plan
    kept, lost = [], []
    for each in edits:
        try:
            workspace, plan = with_edit(workspace, plan, each.edit)
            kept.append(each)
        except EditRefused:
            lost.append(each)
    return _State(label, None, workspace, plan, 0, tuple(kept), base), tuple(lost)
