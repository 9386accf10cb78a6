"""What is worked out of one plan for one launch, in threads, so that no key waits for it.

That is the answer for each date that was looked at, the curve of prices, and what follows of each
set.

What is known is kept as long as its plan is the one on screen.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from time import monotonic
from typing import Any, cast

from textual.screen import Screen
from textual.worker import get_current_worker

from planner.analysis.aiming import Aim, aim, along
from planner.conflicts.option_trials import Each
from planner.plan.impact import Consequence, compare
from planner.plan.impact_line import parts_of
from planner.plan.model import Plan
from planner.roadmap.output_reach import ReachShown
from planner.text.edits import Edit
from planner.tui.shell.stage import Shell

TELL = 0.3
"""Seconds between two looks at how far a search has come."""


class GivenUp(Exception):
    """Nobody waits for the answer any more."""


class Aims:
    """The answers for a launch; `told` is called when another one is known."""

    def __init__(self, screen: Screen[Any], told: Callable[[], None]) -> None:
        self._screen, self._told = screen, told
        self._plan: Plan | None = None
        self._id = ""
        self._known: dict[date, Aim] = {}
        self._tried: dict[str, Consequence] = {}
        self._asked: object = None
        self._drawing = False
        self._trying = ""
        self.schedules = 0
        """How many schedules were run for what is being worked out."""
        self.priced: ReachShown | None = None
        """The answer that has the curve; None until that is known."""

    def begin(self, plan: Plan, id: str) -> None:
        """Start afresh with another plan or launch."""
        self.stop()
        self._plan, self._id, self.priced = plan, id, None
        self._known, self._tried = {}, {}

    def stop(self) -> None:
        """Give up what is being worked out; it can be asked for again."""
        self._screen.workers.cancel_node(self._screen)
        self._asked, self._drawing, self._trying = None, False, ""
        self.schedules = 0

    def of(self, day: date | None) -> Aim | None:
        """What is known for a date."""
        return None if day is None else self._known.get(day)

    @property
    def any(self) -> Aim | None:
        """What is known for whichever date."""
        return next(iter(self._known.values()), None)

    def ask(self, day: date) -> None:
        """Work out a date, unless that is done or being done; no longer any other."""
        if self._plan is None or day in self._known:
            self._draw_curve()
        elif self._asked != day:
            self._asked = day
            self._in_thread(partial(aim, self._plan, self._id, day), self._keep, "aim")

    def _keep(self, found: Aim) -> None:
        self.schedules = 0
        self._known[found.shown.day] = found
        if self._asked == found.shown.day:
            self._asked = None
        self._draw_curve()

    def _draw_curve(self) -> None:
        if self._plan is not None and self.priced is None and self.any and not self._drawing:
            self._drawing = True
            self._in_thread(partial(along, self._plan, self.any), self._keep_curve, "curve")

    def _keep_curve(self, shown: ReachShown) -> None:
        self.priced, self._drawing = shown, False

    # --- what follows of a set --------------------------------------------------------------------

    def consequence(self, edit: Edit) -> Consequence | None:
        """What follows of a set; None until it was tried."""
        return self._tried.get(repr(edit))

    def try_set(self, edit: Edit) -> None:
        """Try a set on the whole plan, unless that is done or being done; no longer any other."""
        if self._plan is None or self._trying == repr(edit):
            return
        self._trying = repr(edit)
        if self.consequence(edit) is None:
            keep = partial(self._tried.__setitem__, repr(edit))
            self._in_thread(partial(_tried, self._plan, edit), keep, "set")

    # --- in threads -------------------------------------------------------------------------------

    def _in_thread(
        self, find: Callable[[Each], Any], keep: Callable[[Any], None], group: str
    ) -> None:
        plan, id = self._plan, self._id

        def known(found: Any) -> None:
            current = plan is self._plan and id == self._id
            if found is not None and current and self._screen.is_mounted:
                keep(found)
                self._told()

        shell, work = cast("Shell", self._screen.app), partial(self._work, find)
        shell.in_thread(work, known, group, of=self._screen, exclusive=True)

    def _work(self, find: Callable[[Each], Any]) -> Any:
        """What is found; None where nobody waits for it any more."""
        worker, told = get_current_worker(), monotonic()

        def each() -> None:
            nonlocal told
            if worker.is_cancelled:
                raise GivenUp
            self.schedules += 1
            if monotonic() - told >= TELL:
                told = monotonic()
                self._screen.app.call_from_thread(self._told)

        try:
            return find(each)
        except GivenUp:
            return None


def _tried(plan: Plan, edit: Edit, _each: Each) -> Consequence:
    """What follows of an edit, with all that is said of it looked for already."""
    made = compare(plan, plan.with_edit(edit), edit)
    tuple(parts_of(made))
    return made
