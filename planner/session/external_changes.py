"""Changes that other programs made to the files during a session.

Each is kept, and merged into an older undo state when undo returns to it, so that undo never
reverts somebody else's change.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from planner.files.workspace import Workspace

if TYPE_CHECKING:
    # Merging is loaded when others have changed something, and not before.
    from planner.merge.three_way import Decide, Side

Choices = Mapping[str, "Side"]
"""The chosen side by `Conflict.name`; "ours" is the value of this session."""


class ExternalChange(Struct):
    """One external change of the files from `base` to `theirs`, with the choices made since."""

    base: Workspace
    theirs: Workspace
    choices: dict[str, Side]


class ExternalChanges:
    """The external changes of one session, oldest first."""

    def __init__(self) -> None:
        self._changes: list[ExternalChange] = []

    @property
    def count(self) -> int:
        """Number of external changes so far. A text with this many applied is current."""
        return len(self._changes)

    def add(self, base: Workspace, theirs: Workspace) -> None:
        """Record that the files went from `base` to `theirs`."""
        self._changes.append(ExternalChange(base, theirs, {}))

    def add_choices(self, choices: Choices) -> None:
        """Record choices, so that an undo state that is returned to gets the same ones."""
        for change in self._changes:
            change.choices.update(choices)

    def with_later(self, workspace: Workspace, applied: int) -> Workspace:
        """Return the text with every change after the first `applied` merged in.

        Raises ReadError where the merged text can't be read.
        """
        from planner.merge.workspaces import merge_workspaces

        for change in self._changes[applied:]:
            decide = decided(change.choices, "theirs")
            workspace = merge_workspaces(change.base, workspace, change.theirs, decide).workspace
        return workspace


def decided(choices: Choices, otherwise: Side) -> Decide:
    """Return the `decide` of a merge: the chosen side, or `otherwise` where none was chosen."""
    return lambda conflict: choices.get(conflict.name, otherwise)
