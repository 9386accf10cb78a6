"""The baseline of the board: on and off, and which one, looked up beside the screen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from planner.analysis.baseline import Baseline, baseline_of, revisions_to_choose
from planner.analysis.meetings import last_held
from planner.errors import PlannerError
from planner.plan.model import Plan
from planner.roadmap.figures import day_before, short_commit
from planner.roadmap.output_history import RevisionRow
from planner.tui.shell.stage import Stage
from planner.tui.views.part import Part

if TYPE_CHECKING:
    from planner.tui.dialogs.baseline import BaselineDialog

USUAL = "last"
"""What is compared with first, where nothing was chosen: the last joint meeting."""


class Comparing(Part):
    """Shows a baseline or not; `then` draws what the desk says of it."""

    offers = ("baseline", "choose_baseline")

    def __init__(self, view: Stage, then: Callable[[], None]) -> None:
        super().__init__(view)
        self._then = then

    def do_baseline(self) -> None:
        """On or off; the first time the plan of the last joint meeting, or one that is chosen."""
        if self.desk.baseline is None:
            usual = last_held(self.view.plan)
            self._look_up(USUAL) if usual is not None else self.do_choose_baseline()
        else:
            self.desk.compared = not self.desk.compared
            self._then()

    def do_choose_baseline(self) -> None:
        """Choose a revision, a day or the last meeting."""
        from planner.tui.dialogs.baseline import BaselineDialog

        dialog = BaselineDialog(self.view.plan)
        self.view.app.push_screen(dialog, self._look_up)
        ask = partial(_tried, partial(revisions_to_choose, self.session.path))
        offer = partial(self._offer, dialog)
        self.view.planner.in_thread(ask, offer, "baseline", exclusive=True)

    def _offer(self, dialog: BaselineDialog, found: tuple[RevisionRow, ...] | PlannerError) -> None:
        if not dialog.is_attached:
            return
        if isinstance(found, PlannerError):
            dialog.dismiss(None)
            self.view.say(str(found), "error")
        else:
            dialog.offer(found)

    def _look_up(self, words: str | None) -> None:
        if words is not None:
            look = partial(_looked_up, self.session.path, self.view.plan, words)
            self.view.say(f"Reading the plan of {words} …")
            self.view.planner.in_thread(look, self._found, "baseline", exclusive=True)

    def _found(self, found: Baseline | PlannerError) -> None:
        if isinstance(found, PlannerError):
            self.view.say(str(found), "error")
            return
        self.desk.baseline, self.desk.compared = found, True
        self._then()
        day = day_before(found.day, self.view.plan.as_of)
        self.view.say(
            f"Compared with {day}, {short_commit(found.commit)}: b hides it, B chooses another"
        )


def _tried(look: Callable[[], tuple[RevisionRow, ...]]) -> tuple[RevisionRow, ...] | PlannerError:
    try:
        return look()
    except PlannerError as error:
        return error


def _looked_up(path: Path, plan: Plan, words: str) -> Baseline | PlannerError:
    try:
        return baseline_of(path, plan, words)
    except PlannerError as error:
        return error
