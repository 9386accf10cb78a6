"""What is worked out of one plan for one launch, in threads, so that no key waits for it.

That is the answer for each date that was looked at, the curve of prices, and what follows of each
set.

What is known is kept as long as its plan is the one on screen.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, cast

from textual.screen import Screen

from planner.analysis.aiming import Aim, aim, along
from planner.plan.impact import Consequence, compare
from planner.plan.model import Plan
from planner.roadmap.output_reach import ReachShown
from planner.text.edits import Edit
from planner.tui.shell.stage import Shell


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

    def _in_thread(self, work: Callable[[], Any], keep: Callable[[Any], None], group: str) -> None:
        plan, id = self._plan, self._id

        def known(found: Any) -> None:
            if plan is self._plan and id == self._id and self._screen.is_mounted:
                keep(found)
                self._told()

        shell = cast("Shell", self._screen.app)
        shell.in_thread(work, known, group, of=self._screen, exclusive=True)


def _tried(plan: Plan, edit: Edit) -> Consequence:
    """What follows of an edit, its conflicts looked for already."""
    made = compare(plan, plan.with_edit(edit), edit)
    assert made.changes is not None
    return made
