"""Steps: a session's past, the moment in which it is now, and what was undone.

A moment is the text and the plan that follows from it, both values that are kept: undo goes back to
the very bytes that were there. What others did to the files meanwhile is no step, nor is what was
learnt from git, nor a new day. They lie under every step (the first in ground.py), and a moment is
brought up to date when it is returned to.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct, structs

from planner.errors import EditRefused, ReadError
from planner.files.workspace import Workspace
from planner.plan.model import Plan
from planner.session.external_changes import Ground
from planner.text.edits import Edit


class Moment(Struct, frozen=True):
    """One state in the past or future: what was done to come here, and all that held.

    `height` is how many of others' changes it knows of.
    """

    label: str
    edit: Edit | None
    workspace: Workspace
    plan: Plan
    height: int


class Steps:
    """The moments of a session. `record` makes a step durable, and does so before it counts."""

    def __init__(
        self,
        workspace: Workspace,
        plan_of: Callable[[Workspace], Plan],
        ground: Ground,
        record: Callable[[str, Workspace], None],
    ) -> None:
        self._plan_of = plan_of
        self._ground = ground
        self._record = record
        self._past = [Moment("open", None, workspace, plan_of(workspace), ground.height)]
        self._future: list[Moment] = []

    @property
    def now(self) -> Moment:
        """The moment that holds, always up to date."""
        return self._past[-1]

    @property
    def before(self) -> Moment | None:
        """The moment that undo leads back to; None where nothing was done."""
        return self._past[-2] if len(self._past) > 1 else None

    @property
    def undone(self) -> Moment | None:
        """The moment that redo leads to; None where nothing was undone."""
        return self._future[-1] if self._future else None

    def take(self, label: str, workspace: Workspace, plan: Plan, edit: Edit | None = None) -> None:
        """One step more."""
        self._record(label, workspace)
        self._past.append(Moment(label, edit, workspace, plan, self._ground.height))
        self._future.clear()

    def undo(self) -> str | None:
        """Back by a step; returns its label, None without one. Raises EditRefused, still there."""
        if self.before is None:
            return None
        back = self._up_to_date(self.before)
        self._record("undo", back.workspace)
        moment = self._past.pop()
        self._past[-1] = back
        self._future.append(moment)
        return moment.label

    def redo(self) -> str | None:
        """Forward by a step that was undone; returns its label, None without one. As `undo`."""
        if self.undone is None:
            return None
        moment = self._up_to_date(self.undone)
        self._record("redo", moment.workspace)
        self._future.pop()
        self._past.append(moment)
        return moment.label

    def stand_on(self, workspace: Workspace, plan: Plan) -> None:
        """The same moment with another text or plan under it: no step, since it is not ours."""
        self._past[-1] = structs.replace(
            self.now, workspace=workspace, plan=plan, height=self._ground.height
        )

    def _up_to_date(self, moment: Moment) -> Moment:
        """The moment as it would be if others had made their changes before it, if what is known
        of git now had been known then, and if it had been today.
        """
        height, evidence = self._ground.height, self.now.plan.evidence
        if moment.height == height:
            plan = moment.plan.by(self.now.plan.clock).knowing(evidence)
            return moment if plan is moment.plan else structs.replace(moment, plan=plan)
        try:
            workspace = self._ground.up_to_date(moment.workspace, moment.height)
        except ReadError as error:
            raise EditRefused(f"what others changed is in the way: {error.message}") from error
        plan = self._plan_of(workspace).knowing(evidence)
        return structs.replace(moment, workspace=workspace, plan=plan, height=height)
