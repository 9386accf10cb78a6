"""The ground under a session's steps: how others moved the files while they were made.

A merge is no step of its own that could be undone: it would be undone over somebody else's head.
It moves the ground under every step instead, those that undo leads back to as well. `Ground`
remembers each move, and brings an older text up to date when it is returned to.
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
"""By `Conflict.name`: whose value counts. "ours" is what was changed here."""


class Move(Struct):
    """The files went from `base` to `theirs` under us; `choices` are the answers given."""

    base: Workspace
    theirs: Workspace
    choices: dict[str, Side]


class Ground:
    """Every move of the files under one session, oldest first."""

    def __init__(self) -> None:
        self._moves: list[Move] = []

    @property
    def height(self) -> int:
        """How many moves there were: a text that knows of all of them is up to date."""
        return len(self._moves)

    def move(self, base: Workspace, theirs: Workspace) -> None:
        """The files are now as in `theirs`."""
        self._moves.append(Move(base, theirs, {}))

    def answer(self, choices: Choices) -> None:
        """What was chosen, so that a text returned to has the same answers."""
        for move in self._moves:
            move.choices.update(choices)

    def up_to_date(self, workspace: Workspace, height: int) -> Workspace:
        """A text that knows of the first `height` moves, with all later ones. Raises ReadError."""
        from planner.merge.workspaces import merge_workspaces

        for move in self._moves[height:]:
            decide = decided(move.choices, "theirs")
            workspace = merge_workspaces(move.base, workspace, move.theirs, decide).workspace
        return workspace


def decided(choices: Choices, otherwise: Side) -> Decide:
    """Decide as chosen."""
    return lambda conflict: choices.get(conflict.name, otherwise)
